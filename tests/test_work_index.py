"""The index of works: built from what people have, added to, resumed, refused when damaged or foreign."""

import gzip
import io
import json
import shutil
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from alsu_kg import work_dumps, work_index
from alsu_kg.index_build import BuildReport, build_index
from alsu_kg.index_files import MANIFEST, Manifest, Segment, verify
from alsu_kg.model.errors import StoreError, WorkError
from alsu_kg.model.reference import Reference
from alsu_kg.work_index import WorkIndex

ROW = {
    "id": "10.1000/nfkb",
    "doi": "10.1000/nfkb",
    "title": "NF-κB signaling in inflammation",
    "authors": [["Liu", "T"]],
    "year": 2017,
    "container": "Signal Transduction and Targeted Therapy",
    "volume": "2",
    "first_page": "17023",
}
CROSSREF = {
    "DOI": "10.1000/Crossref",
    "title": ["Azathioprine in mice"],
    "author": [{"family": "Doe", "given": "Jane"}],
    "container-title": ["Acta Testica"],
    "issued": {"date-parts": [[2001, 2]]},
    "volume": "12",
    "page": "34-56",
    "type": "journal-article",
}
OPENALEX = {
    "id": "https://openalex.org/W1",
    "doi": "https://doi.org/10.1000/openalex",
    "title": "Open works",
    "publication_year": 1999,
    "authorships": [{"author": {"display_name": "Ann Roe"}}],
    "biblio": {"volume": "3", "first_page": "9"},
}
PUBMED = """<?xml version="1.0"?><!DOCTYPE PubmedArticleSet SYSTEM "http://example.org/x.dtd"><PubmedArticleSet>
<PubmedArticle><MedlineCitation><PMID>123</PMID><Article><Journal><JournalIssue><Volume>5</Volume><PubDate><Year>2010</Year>
</PubDate></JournalIssue><Title>J Test</Title></Journal><ArticleTitle>Masitinib in rats.</ArticleTitle><Pagination><MedlinePgn>
7-9</MedlinePgn></Pagination><AuthorList><Author><LastName>Poe</LastName><Initials>E</Initials></Author></AuthorList></Article>
</MedlineCitation></PubmedArticle><PubmedArticle><MedlineCitation/></PubmedArticle></PubmedArticleSet>"""
BIBTEX = '@article{key1, title={The M{\\"u}ller cell}, author={Doe, A.}, year=2004, doi={10.1000/bib}}\n@article{bad, title={x'
RIS = "TY  - JOUR\nAU  - Liu, T\nTI  - A title in RIS\nPY  - 2017\nDO  - 10.1000/ris\nER  - \n"


def build(directory: Path, *dumps: Path) -> tuple[Manifest, BuildReport]:
    return build_index(
        dumps, directory, now=lambda: datetime(2026, 1, 1, tzinfo=UTC), processes=1, progress=lambda *_: None
    )


def write(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def tar_of(name: str, data: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        info = tarfile.TarInfo(name)
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


DUMPS: dict[str, tuple[str | bytes, str]] = {
    "rows.jsonl": (json.dumps(ROW) + "\n", "10.1000/nfkb"),
    "rows.jsonl.gz": (gzip.compress((json.dumps(ROW) + "\n").encode()), "10.1000/nfkb"),
    "public.json": (json.dumps({"items": [CROSSREF]}), "10.1000/crossref"),
    "public.tar.gz": (
        tar_of("0.json.gz", gzip.compress(json.dumps({"items": [CROSSREF]}).encode())),
        "10.1000/crossref",
    ),
    "rest.json": (json.dumps({"status": "ok", "message": {"items": [CROSSREF]}}, indent=1), "10.1000/crossref"),
    "one.json": (json.dumps({"status": "ok", "message": CROSSREF}), "10.1000/crossref"),
    "crossref.jsonl": (json.dumps(CROSSREF) + "\n" + json.dumps(CROSSREF) + "\n", "10.1000/crossref"),
    "csl.json": (json.dumps([{**CROSSREF, "title": "T", "container-title": "Acta"}]), "10.1000/crossref"),
    "openalex.jsonl": (json.dumps(OPENALEX) + "\n", "10.1000/openalex"),
    "pubmed.xml": (PUBMED, "pmid:123"),
    "library.bib": (BIBTEX, "10.1000/bib"),
    "library.ris": (RIS, "10.1000/ris"),
}


@pytest.mark.parametrize("name", DUMPS)
def test_every_format_gives_its_record(name: str, tmp_path: Path) -> None:
    data, identifier = DUMPS[name]
    manifest, _ = build(tmp_path / "index", write(tmp_path / name, data))
    assert manifest.records == 1
    assert [work.id for work in WorkIndex(tmp_path / "index").look_up([identifier])] == [identifier]


def test_bad_records_are_skipped_and_counted_with_place(tmp_path: Path) -> None:
    lines = [json.dumps(ROW), "{broken", "[1]", json.dumps({"colour": "red"}), json.dumps({**CROSSREF, "DOI": ""})]
    manifest, report = build(tmp_path / "index", write(tmp_path / "rows.jsonl", "\n".join(lines)))
    assert manifest.records == 1
    assert sum(report.reasons.values()) == 4
    assert [problem.place.rsplit(":", 1)[1] for problem in report.problems] == ["2", "3", "4", "5"]


def test_update_replaces_by_id_doi_and_pmid(tmp_path: Path) -> None:
    build(tmp_path / "index", write(tmp_path / "old.jsonl", json.dumps(ROW)))
    newer = {**ROW, "id": "other", "title": "Changed title", "doi": "10.1000/NFKB"}
    manifest, _ = build(tmp_path / "index", write(tmp_path / "new.jsonl", json.dumps(newer)))
    assert manifest.records == 1
    assert WorkIndex(tmp_path / "index").look_up(["doi:10.1000/nfkb"])[0].title == "Changed title"


def test_second_run_over_the_same_dump_does_nothing(tmp_path: Path) -> None:
    dump = write(tmp_path / "rows.jsonl", json.dumps(ROW))
    build(tmp_path / "index", dump)
    manifest, report = build(tmp_path / "index", dump)
    assert (manifest.records, report.read, report.resumed) == (1, 0, 1)


def test_finds_the_work_of_a_printed_reference(tmp_path: Path) -> None:
    build(tmp_path / "index", write(tmp_path / "rows.jsonl", json.dumps(ROW) + "\n" + json.dumps(CROSSREF)))
    index = WorkIndex(tmp_path / "index")
    printed = Reference(id="1", unstructured="Liu T. NF-kB. Signal Transduct Target Ther 2017;2:17023")
    assert index.candidates(printed)[0].id == "10.1000/nfkb"
    assert index.candidates(Reference(id="2", unstructured="")) == []


def test_reader_open_during_a_build_keeps_what_it_saw(tmp_path: Path) -> None:
    build(tmp_path / "index", write(tmp_path / "a.jsonl", json.dumps(ROW)))
    opened = WorkIndex(tmp_path / "index")
    build(tmp_path / "index", write(tmp_path / "b.json", json.dumps({"items": [CROSSREF]})))
    assert opened.records == 1
    assert opened.look_up(["10.1000/nfkb"])
    assert WorkIndex(tmp_path / "index").records == 2


def test_foreign_unfinished_and_other_version_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="not an index"):
        WorkIndex(tmp_path)
    build(tmp_path / "index", write(tmp_path / "a.jsonl", json.dumps(ROW)))
    manifest = tmp_path / "index" / MANIFEST
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace('"version": 3', '"version": 99'), encoding="utf-8")
    with pytest.raises(StoreError, match="version 99"):
        WorkIndex(tmp_path / "index")
    manifest.unlink()
    with pytest.raises(StoreError, match="has not committed"):
        WorkIndex(tmp_path / "index")


def test_truncated_index_is_a_clear_error(tmp_path: Path) -> None:
    build(tmp_path / "index", write(tmp_path / "a.jsonl", json.dumps(ROW)))
    parts = sorted({*(tmp_path / "index").glob("s-*"), *(tmp_path / "index").glob("dictionary-*")})
    assert len(parts) == 8
    for part in parts:
        damaged = tmp_path / f"damaged-{part.name}"
        shutil.copytree(tmp_path / "index", damaged)
        (damaged / part.name).write_bytes(part.read_bytes()[: part.stat().st_size // 2])
        with pytest.raises(StoreError, match="damaged"):
            WorkIndex(damaged).look_up(["10.1000/nfkb"])
        with pytest.raises(StoreError, match="damaged"):
            verify(damaged)
        (damaged / part.name).unlink()
        with pytest.raises(StoreError, match="missing"):
            WorkIndex(damaged)


def test_a_changed_byte_is_found_and_never_gives_another_record(tmp_path: Path) -> None:
    dump = write(tmp_path / "a.jsonl", "".join(json.dumps({**ROW, "id": f"w{n}", "doi": ""}) + "\n" for n in range(50)))
    build(tmp_path / "index", dump)
    assert verify(tmp_path / "index") > 0
    whole = WorkIndex(tmp_path / "index").look_up(["w7"])
    for part in sorted((tmp_path / "index").glob("s-*")):
        data = bytearray(part.read_bytes())
        for place in range(0, len(data), max(1, len(data) // 40)):
            changed = bytes([*data[:place], data[place] ^ 0x10, *data[place + 1 :]])
            part.write_bytes(changed)
            with pytest.raises(StoreError, match=part.name):
                verify(tmp_path / "index")
            try:
                found = WorkIndex(tmp_path / "index").look_up(["w7"])
            except StoreError:
                continue
            assert found in (whole, []), (part.name, place)
        part.write_bytes(data)


def test_dump_of_no_known_format_names_file_and_repair(tmp_path: Path) -> None:
    with pytest.raises(WorkError, match="known format"):
        build(tmp_path / "index", write(tmp_path / "notes.txt", "just words"))
    with pytest.raises(WorkError, match="no such file"):
        build(tmp_path / "index", tmp_path / "missing.json")


def test_truncated_gzip_keeps_what_was_good(tmp_path: Path) -> None:
    rows = "".join(json.dumps({**ROW, "id": f"w{n}", "doi": f"10.1000/w{n}"}) + "\n" for n in range(5000))
    data = gzip.compress(rows.encode())
    _, report = build(tmp_path / "index", write(tmp_path / "rows.jsonl.gz", data[: len(data) // 2]))
    assert 1000 < report.read < 5000
    assert "breaks off or cannot be read" in report.reasons
    manifest, _ = build(tmp_path / "index", write(tmp_path / "rows.jsonl.gz", data))
    assert manifest.records == 5000


def test_directory_that_is_no_index_is_not_written_into(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    write(tmp_path / "photos" / "cat.jpg", b"x")
    with pytest.raises(StoreError, match="not empty"):
        build(tmp_path / "photos", write(tmp_path / "a.jsonl", json.dumps(ROW)))


def test_record_without_any_word_is_kept(tmp_path: Path) -> None:
    dump = write(tmp_path / "a.jsonl", json.dumps({"id": "w1", "title": "?!", "authors": []}))
    assert build(tmp_path / "index", dump)[0].records == 1
    index = WorkIndex(tmp_path / "index")
    assert index.look_up(["w1"])[0].title == "?!"
    assert index.candidates(Reference(id="1", unstructured="A title of words")) == []


def test_pages_that_were_let_go_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(json.dumps({**ROW, "id": f"w{n}", "doi": "", "volume": str(n)}) + "\n" for n in range(200))
    build(tmp_path / "index", write(tmp_path / "rows.jsonl", rows))
    asked = [Reference(id=str(n), unstructured=f"Liu T. NF-kB signaling 2017;{n}:17023") for n in range(0, 200, 9)]
    before = [WorkIndex(tmp_path / "index").candidates(reference) for reference in asked]
    assert [found[0].volume for found in before] == [str(n) for n in range(0, 200, 9)]
    forgotten: list[Segment] = []
    forget = Segment.forget

    def note(segment: Segment) -> None:
        forgotten.append(segment)
        forget(segment)

    monkeypatch.setattr(work_index, "MOST_MAPPED", 0)
    monkeypatch.setattr(Segment, "forget", note)
    index = WorkIndex(tmp_path / "index")
    assert [index.candidates(reference) for reference in asked] == before
    assert len(forgotten) > len(asked)


def test_many_references_find_what_each_finds_alone(tmp_path: Path) -> None:
    rows = "".join(
        json.dumps({**ROW, "id": f"w{n}", "doi": f"10.1000/w{n}", "volume": str(n)}) + "\n" for n in range(60)
    )
    build(tmp_path / "index", write(tmp_path / "rows.jsonl", rows))
    texts = [f"Liu T. NF-kB signaling 2017;{n}:17023. doi:10.1000/w{59 - n}" if n % 9 else "" for n in range(60)]
    asked = [Reference(id=str(n), unstructured=text) for n, text in enumerate(texts)]
    index = WorkIndex(tmp_path / "index")
    alone = [index.candidates(reference) for reference in asked]
    assert WorkIndex(tmp_path / "index").candidates_of_all(asked) == alone
    assert [len(found) > 1 for found in alone] == [bool(text) for text in texts]


def test_another_process_opens_the_same_state_or_says_that_it_is_gone(tmp_path: Path) -> None:
    build(tmp_path / "index", write(tmp_path / "a.jsonl", json.dumps(ROW)))
    opened = WorkIndex(tmp_path / "index")
    kept = tmp_path / "kept"
    shutil.copytree(tmp_path / "index", kept)
    build(tmp_path / "index", write(tmp_path / "b.jsonl", json.dumps(CROSSREF)))
    with pytest.raises(StoreError, match=r"rebuilt while it was opened.*run the same command again"):
        WorkIndex(tmp_path / "index", opened.manifest)
    for path in kept.iterdir():
        if not (tmp_path / "index" / path.name).exists():
            shutil.copy(path, tmp_path / "index")  # as if the writer had not removed it yet
    again = WorkIndex(tmp_path / "index", opened.manifest)
    assert (again.records, WorkIndex(tmp_path / "index").records) == (1, 2)
    assert not again.look_up(["doi:10.1000/crossref"])


def test_an_index_of_the_version_before_says_how_to_repair(tmp_path: Path) -> None:
    build(tmp_path / "index", write(tmp_path / "a.jsonl", json.dumps(ROW)))
    manifest = tmp_path / "index" / MANIFEST
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"version": 3', '"version": 2'), encoding="utf-8")
    for use in (lambda: WorkIndex(tmp_path / "index"), lambda: build(tmp_path / "index", tmp_path / "a.jsonl")):
        with pytest.raises(StoreError, match="version 2") as caught:
            use()
        assert "build it again" in str(caught.value.repair)


def test_a_long_document_is_read_whole_or_record_by_record_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [
        {**CROSSREF, "DOI": f"10.1000/{n}", "reference": [{"key": str(k)} for k in range(9)]} for n in range(300)
    ]
    dump = write(tmp_path / "public.json.gz", gzip.compress(json.dumps({"items": records}).encode()))
    whole, _ = build(tmp_path / "whole", dump)
    monkeypatch.setattr(work_dumps, "WHOLE_DOCUMENT", 1 << 12)
    cut, _ = build(tmp_path / "cut", dump)
    assert whole.records == cut.records == 300
    assert whole.segments == cut.segments


def test_what_stands_before_a_damage_in_gzip_is_read(tmp_path: Path) -> None:
    rows = "".join(json.dumps({**ROW, "id": f"w{n}", "doi": f"10.1000/w{n}"}) + "\n" for n in range(20_000)).encode()
    data = bytearray(gzip.compress(rows))
    data[len(data) * 3 // 4 : len(data) * 3 // 4 + 50] = b"\xff" * 50
    _, report = build(tmp_path / "index", write(tmp_path / "rows.jsonl.gz", bytes(data)))
    assert report.read > 10_000
    assert "breaks off or cannot be read" in report.reasons
