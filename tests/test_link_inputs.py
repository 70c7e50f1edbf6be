"""Whatever ``alsu-kg link`` is given: a result or a clear error for each reference, never a wrong link, never a lost batch."""

import gzip
import json
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from link_desk import AZA, LIU, NFKB, WERDELIN, link_file, make_index, rows_of, work_ids

from alsu_kg.cli import main
from alsu_kg.linker import link_references
from alsu_kg.model.reference import Reference
from alsu_kg.references import form_of, parse_references
from alsu_kg.work_index import WorkIndex

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
TWO = [LIU, WERDELIN]
RIGHT = ["10.1000/nfkb", "10.1000/aza"]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_index(tmp_path_factory.mktemp("works"))


def link(folder: Path, index: Path, data: str | bytes, name: str = "in.txt", *more: str) -> list[dict[str, object]]:
    source = folder / name
    source.write_bytes(data.encode() if isinstance(data, str) else data)
    return rows_of(link_file(source, index, *more))


BODY = "NF-kB is said to matter (1). One small study saw nothing (2)."
DOCUMENTS = {
    "review.md": f"# ALSUntangled 99: Testazine\n\n## Mechanism\n\n{BODY}\n\n## References\n\n1. {LIU}\n2. {WERDELIN}\n",
    "review.txt": f"Testazine\n\nMechanism\n\n{BODY}\n\nReferences\n\n1. {LIU}\n2. {WERDELIN}\n",
    "list.md": f"1. {LIU}\n2. {WERDELIN}\n",
    "review.html": f"<html><body><h1>Testazine</h1><h2>Mechanism</h2><p>{BODY}</p><h2>References</h2>"
    f"<ol><li>{LIU}</li><li>{WERDELIN}</li></ol></body></html>",
    "review.xml": f"""<article><front><article-meta><title-group><article-title>Testazine</article-title></title-group>
</article-meta></front><body><sec><title>Mechanism</title><p>{BODY}</p></sec></body><back><ref-list>
<ref id="r1"><label>1</label><element-citation><person-group><name><surname>Liu</surname><given-names>T</given-names></name>
</person-group><year>2017</year><article-title>NF-kappaB signaling in inflammation</article-title>
<source>Signal Transduct Target Ther</source><volume>2</volume><fpage>17023</fpage></element-citation></ref>
<ref id="r2"><label>2</label><mixed-citation>{WERDELIN}</mixed-citation></ref></ref-list></back></article>""",
}  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_reference_list_of_a_document_is_linked(name: str, tmp_path: Path, index: Path) -> None:
    rows = link(tmp_path, index, DOCUMENTS[name], name)
    assert work_ids(rows) == RIGHT
    assert [str(row["id"]).rsplit("/", 1)[1] for row in rows] == ["1", "2"]


def test_pdf_is_linked(tmp_path: Path, index: Path) -> None:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas", reason="reportlab writes the PDF of this test")
    source = tmp_path / "review.pdf"
    page = canvas.Canvas(str(source))
    for place, line in enumerate(["Testazine", "Mechanism", BODY, "References", f"1. {LIU}", f"2. {WERDELIN}"]):
        page.setFont("Helvetica-Bold" if len(line) < 12 else "Helvetica", 9)
        page.drawString(40, 780 - 24 * place, line)
    page.save()
    assert work_ids(rows_of(link_file(source, index))) == RIGHT


def test_document_on_standard_input(tmp_path: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.jsonl"
    with (tmp_path / "in").open("wb+") as file:
        file.write(DOCUMENTS["review.html"].encode())
        file.seek(0)
        monkeypatch.setattr("sys.stdin", type("Standard", (), {"buffer": file}))
        assert main(["link", "-", "--index", str(index), "-o", str(target), "--quiet"]) == 0
    assert work_ids(rows_of(target.read_text(encoding="utf-8"))) == RIGHT


@pytest.mark.parametrize(
    ("data", "name", "what"),
    [
        (b"# Only text\n\nNothing is cited here, at all, by anybody.", "a.md", "no reference list"),
        (b"%PDF-1.7\nbroken", "a.pdf", "PDF"),
        (b"PK\x03\x04" + b"\0" * 60, "a.pdf", "ZIP"),
        (b"record: x\nreview: {numbr: 3}", "a.yaml", "numbr"),
        (b'[{"title": "A"', "a.json", "not well-formed JSON"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(
    data: bytes, name: str, what: str, tmp_path: Path, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(data)
    assert main(["link", str(tmp_path / name), "--index", str(index), "--quiet"]) in (2, 3)
    error = capsys.readouterr().err
    assert what in error
    assert name in error
    assert error.count("\n") == 1


def test_form_can_be_given(tmp_path: Path, index: Path) -> None:
    text = f"References\n{LIU}\n"
    assert len(link(tmp_path, index, text, "in.txt", "--from", "lines")) == 2


def test_work_with_its_references_as_crossref_gives_it(tmp_path: Path, index: Path) -> None:
    work = {
        "message": {
            "DOI": "10.1/x",
            "reference": [{"key": "a", "unstructured": LIU}, {"key": "b", "DOI": "10.1000/aza"}],
        }
    }
    assert work_ids(link(tmp_path, index, json.dumps(work, indent=1), "work.json"))[0] == "10.1000/nfkb"


ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252")
MUELLER = "Müller K. Über die Wirkung von Salzen auf Nervenzellen. Dtsch Med Wochenschr 1986;73:1-5."


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings(encoding: str, tmp_path: Path) -> None:
    work = {**AZA, "title": "Über die Wirkung von Salzen auf Nervenzellen", "authors": [["Müller", "K"]],
            "container": "Deutsche Medizinische Wochenschrift"}  # fmt: skip
    index = make_index(tmp_path, [work, NFKB])
    rows = link(tmp_path, index, f"{MUELLER}\r\n{LIU}\r\n".encode(encoding))
    assert work_ids(rows) == ["10.1000/aza", "10.1000/nfkb"]


def test_one_line_in_another_encoding_costs_the_others_nothing() -> None:
    lines = parse_references("Müller\nMéndez\n".encode() + "Müller\n".encode("latin-1"), "x.txt").references
    assert [line.text for line in lines] == ["Müller", "Méndez", "Müller"]


SCRIPTS = {
    "10.1000/zh": "王伟. 炎症中的信号通路研究. 中华医学杂志 2011; 91(5): 300-305",
    "10.1000/ru": "Иванов А. Сигнальные пути при воспалении нервной ткани. Журнал неврологии. 2009;109:44-9.",
    "10.1000/ar": "أحمد م. دراسة مسارات الالتهاب في الجهاز العصبي. المجلة العربية للطب 2015;12:88",
}
OTHERS = (
    "李明. 高血压患者的护理. 护理学杂志 2011; 91(5): 300-305",
    "Петров Б. Лечение переломов у детей. Журнал хирургии. 2009;109:44-9.",
    "علي س. تغذية الأطفال في المدارس. مجلة التغذية 2015;12:88",
    "田中. 日本の鉄道の歴史. 鉄道史学 1986;73:1-5.",
)


@pytest.mark.parametrize("work", SCRIPTS)
def test_other_scripts_link_or_say_why_not(work: str, tmp_path: Path, index: Path) -> None:
    [row] = link(tmp_path, index, SCRIPTS[work] + "\n")
    assert work_ids([row])[0] in (work, None)
    assert row["reason"]


@pytest.mark.parametrize("line", OTHERS)
def test_other_works_in_other_scripts_are_not_linked(line: str, tmp_path: Path, index: Path) -> None:
    assert work_ids(link(tmp_path, index, line + "\n")) == [None]


@pytest.mark.parametrize("glue", ["  ", "; ", ". ", " b) ", " (b) ", " [2] ", " 12. "])
def test_two_references_in_one_string_are_no_link(glue: str, tmp_path: Path, index: Path) -> None:
    [row] = link(tmp_path, index, LIU.rstrip(".") + glue + WERDELIN + "\n")
    assert row["decision"] == "ambiguous"
    assert "two references in one string" in str(row["reason"])
    assert {candidate["id"] for candidate in row["candidates"]} == set(RIGHT)  # type: ignore[attr-defined]


def test_two_references_of_which_one_is_known_are_no_link(tmp_path: Path, index: Path) -> None:
    unknown = "Doe J, Roe B. Traffic lights in cities of the north. J Urban Stud. 1999;12:345-56."
    for text in (f"{LIU} {unknown}", f"{unknown} {LIU}"):
        [row] = link(tmp_path, index, text + "\n")
        assert row["work"] is None
        assert "two references" in str(row["reason"])


BAD = {
    "empty": "",
    "blanks": " \t ",
    "control characters": "\x00\x01\x1b[31m \x85\x0c",
    "one hundred kilobytes": "signaling inflammation " * 5_000,
    "one hundred kilobytes without a space": "x" * 100_000,
    "a number": "17023",
    "half a reference": "2017;2",
    "half a title": "signaling in",
    "noise": "L1u T_ NF-icappaR sgna1ing 1n inflamm@t1on 5lgnal Tran5duct",
    "web page": "Drugs.com. Azathioprine. https://www.drugs.com/monograph/azathioprine.html. Accessed May 2020",
    "another work of the same page": "Doe J. Traffic lights in cities of the north. J Urban Stud 1986;73:1-5.",
    "see above": "Ibid., p. 73",
    "markup": "<script>alert(1)</script> {{7*7}} '; DROP TABLE works; --",
    "emoji": "🧠🧠🧠 2017",
    "lone surrogate": "\\ud800 2017;2:17023",
}


@pytest.mark.parametrize("name", BAD)
def test_bad_line_gives_no_link_and_spares_the_batch(name: str, tmp_path: Path, index: Path) -> None:
    rows = link(tmp_path, index, f"{LIU}\n{BAD[name]}\n{WERDELIN}\n")
    assert work_ids(rows) == ["10.1000/nfkb", None, "10.1000/aza"]
    assert rows[1]["reason"]
    assert rows[1]["decision"] in ("unlinked", "ambiguous")


@pytest.mark.parametrize("value", ["\\ud800", 7, None, True, [], {}, [["a"]], {"x": 1}, "x" * 100_000])
def test_odd_values_in_json_spare_the_batch(value: object, tmp_path: Path, index: Path) -> None:
    fields = (
        "unstructured",
        "title",
        "author",
        "year",
        "volume",
        "first_page",
        "doi",
        "pmid",
        "id",
        "authors",
        "container",
    )
    rows = [{"id": name, name: value} for name in fields] + [{"id": "right", "unstructured": LIU}]
    text = "\n".join(json.dumps(row) for row in rows).replace('"\\\\ud800"', '"\\ud800"')
    linked = link(tmp_path, index, text + "\n", "in.jsonl")
    assert work_ids(linked) == [None] * len(fields) + ["10.1000/nfkb"]


def test_ocr_noise_still_links_or_is_left(tmp_path: Path, index: Path) -> None:
    noisy = LIU.replace("signaling", "signa1ing").replace("inflammation", "inflarnmation").replace("Liu", "Llu")
    [row] = link(tmp_path, index, noisy + "\n")
    assert work_ids([row])[0] in ("10.1000/nfkb", None)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300))
def test_any_bytes_are_references_or_a_clear_error(data: bytes) -> None:
    form = form_of(data, "in.txt")
    if form in ("lines", "jsonl", "bibtex", "ris"):
        references = parse_references(data, "in.txt", form).references
        assert all(isinstance(reference, Reference) for reference in references)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
def test_any_text_links_to_nothing_it_does_not_name(text: str, index: Path) -> None:
    [linked] = link_references([Reference(id="1", unstructured=text)], WorkIndex(index).candidates)
    assert linked.work is None
    assert linked.reason


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (gzip.compress(LIU.encode()), "gzip"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "picture"),
        (random.Random(1).randbytes(5_000), "no text"),
    ],
)
def test_what_is_no_text_is_refused(
    data: bytes, what: str, tmp_path: Path, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in.txt").write_bytes(data)
    assert main(["link", str(tmp_path / "in.txt"), "--index", str(index)]) == 3
    captured = capsys.readouterr()
    assert what in captured.err
    assert captured.out == ""


def test_a_line_in_utf16_costs_the_others_nothing(tmp_path: Path, index: Path) -> None:
    rows = link(tmp_path, index, f"{LIU}\n".encode() + f"{LIU}\n".encode("utf-16-le") * 3 + f"{WERDELIN}\n".encode())
    assert work_ids(rows)[0] == "10.1000/nfkb"
    assert len(rows) >= 5
    assert work_ids(link(tmp_path, index, WERDELIN.encode() + b"\n\xff\xfe\n" + LIU.encode()))[::2] == RIGHT[::-1]


def test_records_of_ris_without_an_end_are_all_linked(
    tmp_path: Path, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = "TY  - JOUR\nAU  - Liu, T\nTI  - NF-kappaB signaling in inflammation\nPY  - 2017\nVL  - 2\nSP  - 17023\n"
    two = "TY - JOUR\r\nAU - Werdelin, L\r\nTI - Azathioprine in motor neuron disease\r\nPY - 1986\r\nVL - 73\r\nSP - 1\r\n"
    assert work_ids(link(tmp_path, index, f"{one}{two}ER  - \nTI  - lost\n{one}", "in.ris")) == [*RIGHT, RIGHT[0]]
    assert "line 14: stands in no record" in capsys.readouterr().err


def test_an_empty_file_says_so(tmp_path: Path, index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in.txt").write_bytes(b"")
    assert main(["link", str(tmp_path / "in.txt"), "--index", str(index)]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "no reference" in captured.err
