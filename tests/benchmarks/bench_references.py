"""How well and how fast reference strings are read: ``python tests/benchmarks/bench_references.py [--peer PYTHON] [--words DIR]``.

Field-level F1 over the references of ../shared/evaluation that carry parsed fields, by set and by half of the journals. Tables
made without one half (``alsu_kg.train_references --without-half``) are given by ``--words``. ``--peer`` names a Python that has
refextract, which reads the same printed strings in the same run. A gold title that stops where italics begin is counted as it
is; tags in gold values are left out.
"""

import argparse
import json
import re
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from alsu_kg.documents import load_vocabulary
from alsu_kg.extraction.references.citation_words import parse_citation_words
from alsu_kg.extraction.references.reference_string import parse_reference
from alsu_kg.train_references import in_half

GOLD = Path(__file__).resolve().parents[3] / "shared" / "evaluation" / "references" / "gold.dev.jsonl"
NAMES = ("author", "year", "volume", "page", "title", "container")
Row = dict[str, object]
Found = Mapping[str, object]
_PEER = """
import json, sys
from refextract import extract_references_from_string
for line in sys.stdin:
    text = json.loads(line)
    try:
        found = (extract_references_from_string(text) or [{}])[0]
    except Exception:
        found = {}
    print(json.dumps(found, default=str), flush=True)
"""


def fold(value: object) -> str:
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", re.sub(r"</?[A-Za-z]{1,8}>", "", str(value))).lower())


def gold_of(row: Row) -> dict[str, object]:
    parsed = row["parsed"]
    assert isinstance(parsed, dict)
    authors = parsed.get("authors")
    first = authors[0][0] if authors else parsed.get("first_author") or parsed.get("author")
    keys = (
        (),
        ("year",),
        ("volume",),
        ("fpage", "first-page"),
        ("title", "article-title"),
        ("source", "journal-title"),
    )
    values = [next((parsed[key] for key in options if parsed.get(key)), None) for options in keys]
    return dict(zip(NAMES, [first, *values[1:]], strict=True))


def same(name: str, gold: object, found: object) -> bool:
    if name != "author":
        return fold(gold) == fold(found)
    family = fold(re.sub(r"(?:\s+(?:[A-Z]{1,4}|(?:[A-Z]\.[\s-]?)+))+$", "", str(found)))
    return bool(family) and family in fold(gold)


def measure(rows: Iterable[Row], read: Callable[[str], Found]) -> dict[str, float]:
    """Give F1 by field."""
    wanted, made, right = Counter[str](), Counter[str](), Counter[str]()
    for row in rows:
        found = read(str(row["unstructured"]))
        for name, gold in gold_of(row).items():
            if gold not in (None, ""):
                wanted[name] += 1
                made[name] += bool(found.get(name))
                right[name] += bool(found.get(name)) and same(name, gold, found[name])
    return {name: 2 * right[name] / (wanted[name] + made[name]) for name in NAMES if wanted[name]}


def show(label: str, rows: list[Row], read: Callable[[str], Found]) -> None:
    scores = measure(rows, read)
    figures = "  ".join(f"{name} {scores[name]:.3f}" if name in scores else f"{name}     -" for name in NAMES)
    print(f"{label:<34}{len(rows):>5}  {figures}")


def read_peer(python: str, texts: list[str]) -> dict[str, Found]:
    lines = "".join(json.dumps(" ".join(text.split())) + "\n" for text in texts)
    started = time.perf_counter()
    done = subprocess.run([python, "-c", _PEER], input=lines, capture_output=True, text=True, check=True)
    print(f"refextract: {(time.perf_counter() - started) / len(texts) * 1e6:.0f} microseconds a string, with its start")
    return {text: fields_of_peer(json.loads(line)) for text, line in zip(texts, done.stdout.splitlines(), strict=True)}


def fields_of_peer(found: dict[str, list[str]]) -> Found:
    """Give the fields of refextract by our names; its first author is cut from the list that it gives as one text."""
    first = re.split(r",|;|\band\b|\bet al", (found.get("author") or [""])[0])[0].strip()
    names = {
        "year": "year",
        "volume": "journal_volume",
        "page": "journal_page",
        "title": "title",
        "container": "journal_title",
    }
    fields: dict[str, object] = {ours: next(iter(found.get(theirs) or ()), None) for ours, theirs in names.items()}
    page = fields["page"]
    family = " ".join(word for word in first.split() if not re.fullmatch(r"(?:[A-Z]\.?-?){1,4}", word))
    return fields | {"author": family, "page": re.split(r"[-–]", str(page))[0] if page else None}


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure how reference strings are taken apart.")
    parser.add_argument("--peer", help="a Python that has refextract")
    parser.add_argument("--words", type=Path, help="directory with other tables of words and weights")
    args = parser.parse_args()
    if not GOLD.exists():
        print("needs ../shared/evaluation", file=sys.stderr)
        return 0
    words = load_vocabulary().journal_words
    if args.words:
        words = parse_citation_words({path.name: path.read_text(encoding="utf-8") for path in args.words.glob("*.tsv")})

    def read(text: str) -> Found:
        fields = parse_reference(text, words)
        first = fields.authors[0] if fields.authors else None
        return dict(
            zip(
                NAMES,
                (first, fields.year, fields.volume, fields.first_page, fields.title, fields.container),
                strict=True,
            )
        )

    rows: list[Row] = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row.get("parsed") and row["unstructured"]]
    show("all", rows, read)
    for half in "AB":
        show(
            f"half {half} of the journals",
            [row for row in rows if in_half(str(row["journal_key"] or row["id"]), half)],
            read,
        )
    for source in sorted({str(row["source"]) for row in rows}):
        show(source, [row for row in rows if row["source"] == source], read)
    for kind in ("unstructured", "structured"):
        texts = [str(row["unstructured"]) for row in rows if row["kind"] == kind]
        started = time.process_time()
        for text in texts:
            read(text)
        print(f"{kind}: {(time.process_time() - started) / len(texts) * 1e6:.0f} microseconds a string")
    if args.peer:
        chosen = [row for row in rows if row["kind"] == "unstructured"]
        peer = read_peer(args.peer, [str(row["unstructured"]) for row in chosen])
        show("refextract, printed strings", chosen, lambda text: peer[text])
        show("alsu-kg, printed strings", chosen, read)
    return 0


if __name__ == "__main__":
    sys.exit(main())
