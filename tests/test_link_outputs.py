"""What ``alsu-kg link`` writes: identifiers filled in with nothing else changed, and persons' decisions that are never lost."""

import csv
import io
import json
import re
from pathlib import Path

import bibtexparser
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from link_desk import AZA, LIU, WERDELIN, link_file, make_index, rows_of, work_ids

from alsu_kg.cli import main
from alsu_kg.decision_log import add_decision, read_log
from alsu_kg.model.decision import Candidate, Decision, Proposal
from alsu_kg.model.decision_rows import NOTHING
from alsu_kg.model.errors import WorkError
from alsu_kg.readers.bibtex import parse_bibtex
from alsu_kg.readers.bibtex_writing import fill_bibtex

BIB = r"""% my library, kept by hand
@string{acta = "Acta Neurol Scand"}

@Article{liu2017,
    Title   = {{NF}-kappa{B} signaling in inflammation},
	author  = "Liu, T.",
    journal = {Signal Transduct Target Ther}, year = 2017, volume = 2, pages = {17023},
    annote  = {M{\"u}ller said: 50\% {of it}},
}

@comment{jabref-meta: grouping}
@article{wer86, author={Werdelin, L.}, title={Azathioprine in motor neuron disease}, journal=acta, year=1986,
 volume=73, pages={1--5}}
@misc{nobody, title = {Nothing at all}, year = 1999}
@misc{nobody, title = {The same key again}, year = 2001}
@article{broken, title = {No end
"""
RIS = (
    "\ufeffTY  - JOUR\r\nAU  - Liu, T\r\nTI  - NF-kappaB signaling in inflammation\r\nPY  - 2017\r\nKW  - odd  spacing\r\n"
    "JO  - Signal Transduct Target Ther\r\nVL  - 2\r\nSP  - 17023\r\nER  - \r\n\r\nTY  - JOUR\r\nAU  - Werdelin, L\r\n"
    "TI  - Azathioprine in motor neuron disease\r\nPY  - 1986\r\nJO  - Acta Neurol Scand\r\nVL  - 73\r\nSP  - 1\r\nER  - \r\n"
)
CSL = [
    {"id": "a", "type": "article-journal", "title": "NF-κB signaling in inflammation", "author": [{"family": "Liu", "given": "T"}],
     "volume": "2", "container-title": "Signal Transduct Target Ther", "issued": {"date-parts": [[2017, 7]]}, "custom": {"x": [1]}},
    {"id": "b", "type": "article-journal", "title": "Azathioprine in motor neuron disease", "author": [{"family": "Werdelin"}],
     "page": "1", "issued": {"date-parts": [[1986]]}, "container-title": "Acta Neurol Scand", "volume": "73"},
    {"id": "c", "type": "webpage", "title": "A page", "URL": "https://example.org/"},
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_index(tmp_path_factory.mktemp("works"))


def write(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


def test_bibtex_gets_identifiers_and_stays_otherwise_as_it_is(tmp_path: Path, index: Path) -> None:
    text = link_file(write(tmp_path / "my.bib", BIB), index, "--format", "bibtex")
    assert text.count("10.1000/nfkb") == text.count("10.1000/aza") == 1
    assert "pmid = {77}" in text
    without = re.sub(r",?\s*(?:doi|pmid) = \{(?:10\.1000/\w+|77)\}", "", text)
    assert re.sub(r"[\s,]", "", without) == re.sub(r"[\s,]", "", BIB)
    entries = {entry.key: entry for entry in bibtexparser.parse_string(text).entries}
    assert entries["liu2017"].fields_dict["doi"].value == "10.1000/nfkb"
    assert entries["liu2017"].fields_dict["annote"].value == r"M{\"u}ller said: 50\% {of it}"


def test_every_bibtex_entry_is_a_reference_even_with_a_repeated_key(tmp_path: Path, index: Path) -> None:
    rows = rows_of(link_file(write(tmp_path / "my.bib", BIB), index))
    assert [row["id"] for row in rows] == ["liu2017", "wer86", "nobody", "nobody"]


def test_doi_that_an_entry_has_is_never_replaced(tmp_path: Path, index: Path) -> None:
    text = BIB.replace("volume = 2,", "volume = 2, doi = {10.9999/other},")
    linked = link_file(write(tmp_path / "my.bib", text), index, "--format", "bibtex")
    assert "10.9999/other" in linked
    assert "10.1000/nfkb" not in linked


def test_ris_gets_identifiers_and_stays_otherwise_as_it_is(tmp_path: Path, index: Path) -> None:
    source = write(tmp_path / "my.ris", RIS)
    target = tmp_path / "out.ris"
    assert main(["link", str(source), "--index", str(index), "--format", "ris", "-o", str(target), "--quiet"]) == 0
    text = target.read_bytes().decode()
    added = [line for line in text.splitlines() if line.startswith(("DO ", "AN "))]
    assert added == ["DO  - 10.1000/nfkb", "DO  - 10.1000/aza", "AN  - 77"]
    assert "".join(line for line in text.splitlines(keepends=True) if line.strip() not in added) == RIS.removeprefix(
        "\ufeff"
    )
    assert [entry["doi"] for entry in rispy.loads(text)] == ["10.1000/nfkb", "10.1000/aza"]


def test_csl_json_gets_identifiers_and_keeps_every_field(tmp_path: Path, index: Path) -> None:
    items = json.loads(link_file(write(tmp_path / "my.json", json.dumps(CSL)), index, "--format", "csl-json"))
    assert [item.pop("DOI", None) for item in items] == ["10.1000/nfkb", "10.1000/aza", None]
    assert items[1].pop("PMID") == "77"
    assert items == CSL


def test_another_format_keeps_what_the_reference_says(tmp_path: Path, index: Path) -> None:
    text = link_file(write(tmp_path / "my.json", json.dumps(CSL)), index, "--format", "bibtex")
    [first, *_] = bibtexparser.parse_string(text).entries
    assert first.fields_dict["journal"].value == "Signal Transduct Target Ther"
    assert first.fields_dict["doi"].value == "10.1000/nfkb"


@given(st.lists(st.sampled_from(["liu2017", "wer86", "x y", "ü"]), min_size=1, max_size=4))
def test_filling_in_nothing_changes_nothing(keys: list[str]) -> None:
    from_keys = "\n".join(f"@misc{{{key}, title = {{T}} }}" for key in keys)
    assert_unchanged(from_keys)


def assert_unchanged(text: str) -> None:
    from_text = parse_bibtex(text)[0]
    assert fill_bibtex(text, from_text, [{}] * len(from_text)) == text


def keep(file: Path, subject: str, chosen: str | None) -> None:
    proposal = Proposal(key=subject)
    work = Candidate(id=chosen) if chosen else None
    verdict = "accept" if chosen else "reject"
    add_decision(file, Decision(verdict=verdict, by="orcid:0", at="2026-01-02", proposal=proposal, chosen=work))  # type: ignore[arg-type]


def ambiguous_index(folder: Path) -> Path:
    twins = [
        {**AZA, "id": f"10.1000/twin{n}", "doi": f"10.1000/twin{n}", "pmid": "", "title": title}
        for n, title in enumerate(["Summer rain in the hills", "Winter snow on the lakes"])
    ]
    return make_index(folder, twins)


PRINTED = "Werdelin L. Acta Neurol Scand 1986;73:1."


def answer(
    text: str, folder: Path, monkeypatch: pytest.MonkeyPatch, *answers: str, decisions: str = "decisions.sssom.tsv"
) -> list[dict[str, object]]:
    source = write(folder / "in.txt", text)
    more = ["--decisions", str(folder / decisions)]
    if answers:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in answers)))
        more += ["--interactive", "--author", "orcid:0000-0002-1825-0097"]
    return rows_of(link_file(source, folder / "index", *more))


def test_decision_is_kept_with_name_and_date_and_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ambiguous_index(tmp_path)
    assert answer(PRINTED + "\n", tmp_path, monkeypatch)[0]["decision"] == "ambiguous"
    [chosen] = answer(PRINTED + "\n", tmp_path, monkeypatch, "7", "2")
    assert chosen["decision"] == "linked"
    table = (tmp_path / "decisions.sssom.tsv").read_text(encoding="utf-8")
    assert re.search(r"semapv:ManualMappingCuration\torcid:0000-0002-1825-0097\t\t20\d\d-\d\d-\d\d\t", table)
    [again] = answer(PRINTED + "\n", tmp_path, monkeypatch)
    assert (again["work"], again["reason"]) == (chosen["work"], "decided by a person")


def test_decision_belongs_to_the_text_and_not_to_the_line_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ambiguous_index(tmp_path)
    answer(PRINTED + "\n", tmp_path, monkeypatch, "1")
    moved = answer(f"Doe J. Something else. 2001;5:6.\n{PRINTED}\n", tmp_path, monkeypatch)
    assert work_ids(moved) == [None, "10.1000/twin0"]


def test_decision_on_a_key_is_not_taken_for_another_text_under_the_same_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ambiguous_index(tmp_path)
    keyed = json.dumps({"id": "doe2001", "unstructured": PRINTED}) + "\n"
    answer(keyed, tmp_path, monkeypatch, "1")
    [same] = answer(keyed.replace("Doe", "Dow"), tmp_path, monkeypatch)
    assert same["reason"] == "decided by a person"
    other = json.dumps({"id": "doe2001", "unstructured": "Doe J. Something else. 2001;5:6."}) + "\n"
    [row] = answer(other, tmp_path, monkeypatch)
    assert row["work"] is None
    assert "decision on this id is not followed: it was on another text" in str(row["reason"])


def test_changed_mind_is_added_and_the_last_word_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ambiguous_index(tmp_path)
    answer(PRINTED + "\n", tmp_path, monkeypatch, "1")
    [subject] = read_log(tmp_path / "decisions.sssom.tsv").standing
    keep(tmp_path / "decisions.sssom.tsv", subject, None)
    assert (tmp_path / "decisions.sssom.tsv").read_text(encoding="utf-8").count("ManualMappingCuration") == 2
    [row] = answer(PRINTED + "\n", tmp_path, monkeypatch)
    assert (row["decision"], row["reason"]) == ("unlinked", "decided by a person: no work")


def test_stopping_keeps_what_was_decided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ambiguous_index(tmp_path)
    lines = "".join(f"Werdelin L. Acta Neurol Scand 1986;73:1{mark}\n" for mark in (".", ";", ","))
    rows = answer(lines, tmp_path, monkeypatch, "s", "r", "q")
    assert [row["decision"] for row in rows] == ["ambiguous", "unlinked", "ambiguous"]
    assert len(read_log(tmp_path / "decisions.sssom.tsv").standing) == 1


def test_table_of_somebody_else_keeps_its_rows_and_columns(tmp_path: Path) -> None:
    file = tmp_path / "theirs.sssom.tsv"
    head = "# theirs\nsubject_id\tobject_id\tmapping_justification\textra\n"
    table = head + "alsu-ref:x/1\tdoi:10.1/a\tsemapv:LexicalMatching\tkept\n"
    file.write_text(table, encoding="utf-8")
    keep(file, "alsu-ref:x/2", "pmid:7")
    assert file.read_text(encoding="utf-8").startswith(table)
    assert {key: d.chosen.id for key, d in read_log(file).standing.items() if d.chosen} == {"alsu-ref:x/2": "pmid:7"}
    file.write_text("no table\n", encoding="utf-8")
    with pytest.raises(WorkError, match="subject_id"):
        read_log(file)


def test_sssom_output_tells_machine_from_person(tmp_path: Path, index: Path) -> None:
    file = tmp_path / "d.sssom.tsv"
    keep(file, "alsu-ref:b", None)
    lines = [{"id": "a", "unstructured": LIU}, {"id": "b", "unstructured": WERDELIN}]
    source = write(tmp_path / "in.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    text = link_file(source, index, "--format", "sssom", "--decisions", str(file))
    lines_of_table = [line for line in text.splitlines() if not line.startswith("#")]
    table = {row["subject_id"]: row for row in csv.DictReader(lines_of_table, delimiter="\t")}
    machine, person = table["alsu-ref:a"], table["alsu-ref:b"]
    assert (machine["object_id"], machine["mapping_justification"]) == ("doi:10.1000/nfkb", "semapv:CompositeMatching")
    assert machine["mapping_tool"]
    assert float(machine["confidence"]) > 0.5
    assert (person["object_id"], person["mapping_justification"]) == (NOTHING, "semapv:ManualMappingCuration")
    assert (person["author_id"], person["mapping_date"]) == ("orcid:0", "2026-01-02")
