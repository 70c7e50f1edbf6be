"""A small index of works and the command ``alsu-kg link`` over it, for the tests of linking."""

import json
from collections.abc import Sequence
from pathlib import Path

from alsu_kg.cli import main

NFKB = {
    "id": "10.1000/nfkb", "doi": "10.1000/nfkb", "title": "NF-κB signaling in inflammation", "authors": [["Liu", "T"]],
    "year": 2017, "container": "Signal Transduction and Targeted Therapy", "volume": "2", "first_page": "17023",
}  # fmt: skip
REPLY = {
    "id": "10.1000/reply", "doi": "10.1000/reply", "title": "Reply to: NF-κB signaling in inflammation", "year": 2018,
    "authors": [["Novak", "A"]], "container": "Signal Transduction and Targeted Therapy", "volume": "3", "first_page": "9",
}  # fmt: skip
AZA = {
    "id": "10.1000/aza", "doi": "10.1000/aza", "pmid": "77", "title": "Azathioprine in motor neuron disease", "year": 1986,
    "authors": [["Werdelin", "L"]], "container": "Acta Neurologica Scandinavica", "volume": "73", "first_page": "1",
}  # fmt: skip
CHINESE = {
    "id": "10.1000/zh", "doi": "10.1000/zh", "title": "炎症中的信号通路研究", "authors": [["王", "伟"]], "year": 2011,
    "container": "中华医学杂志", "volume": "91", "first_page": "300",
}  # fmt: skip
RUSSIAN = {
    "id": "10.1000/ru", "doi": "10.1000/ru", "title": "Сигнальные пути при воспалении нервной ткани", "year": 2009,
    "authors": [["Иванов", "А"]], "container": "Журнал неврологии", "volume": "109", "first_page": "44",
}  # fmt: skip
ARABIC = {
    "id": "10.1000/ar", "doi": "10.1000/ar", "title": "دراسة مسارات الالتهاب في الجهاز العصبي", "year": 2015,
    "authors": [["أحمد", "م"]], "container": "المجلة العربية للطب", "volume": "12", "first_page": "88",
}  # fmt: skip
WORKS = (NFKB, REPLY, AZA, CHINESE, RUSSIAN, ARABIC)

LIU = "Liu T. NF-kappaB signaling in inflammation. Signal Transduct Target Ther. 2017;2:17023."
WERDELIN = "Werdelin L. Azathioprine in motor neuron disease. Acta Neurol Scand 1986;73:1-5."


def make_index(folder: Path, works: Sequence[dict[str, object]] = WORKS) -> Path:
    """Build an index of ``works`` in ``folder``."""
    dump = folder / "works.jsonl"
    dump.write_text("\n".join(map(json.dumps, works)), encoding="utf-8")
    assert main(["index", "build", str(dump), "-o", str(folder / "index"), "--processes", "1", "--quiet"]) == 0
    return folder / "index"


def link_file(source: Path, index: Path, *more: str) -> str:
    """Link a file and give what is written."""
    target = source.with_name(f"{source.name}.linked")
    arguments = ["link", str(source), "--index", str(index), "-o", str(target), "--processes", "1", "--quiet", *more]
    assert main(arguments) == 0
    return target.read_text(encoding="utf-8")


def rows_of(text: str) -> list[dict[str, object]]:
    """Give the rows of JSONL output."""
    return [json.loads(line) for line in text.splitlines()]


def work_ids(rows: Sequence[dict[str, object]]) -> list[object]:
    """Give the id of each row's work, or ``None``."""
    return [row["work"]["id"] if isinstance(row["work"], dict) else None for row in rows]
