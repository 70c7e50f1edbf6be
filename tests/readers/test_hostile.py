"""Hostile and broken documents: an error that says what is wrong, in time, never a traceback, a fetch or a file read."""

import contextlib
import socket
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from alsu_kg.documents import load_vocabulary, parse_document
from alsu_kg.extraction.bylines import names_of_byline
from alsu_kg.extraction.record import extract_record
from alsu_kg.model.errors import WorkError

CORPUS = Path(__file__).resolve().parents[1] / "fuzz"


def encrypted_pdf() -> bytes:
    target = BytesIO()
    canvas = Canvas(target, encrypt=StandardEncryption("secret"))
    canvas.drawString(100, 700, "Hidden words of a review that nobody may read")
    canvas.save()
    return target.getvalue()


def scanned_pdf() -> bytes:
    target = BytesIO()
    canvas = Canvas(target)
    for _ in range(3):
        canvas.rect(100, 100, 300, 500, fill=1)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def far_flung_pdf(*, far: float, size: float) -> bytes:
    """A page of plain words, with some more that stand where no page can be or have no size."""
    target = BytesIO()
    canvas = Canvas(target)
    for i in range(30):
        canvas.drawString(72, 760 - 14 * i, "It may cause harm to people who take it for a long time.")
    canvas.setFont("Helvetica", size)
    for place in (far, -far):
        canvas.drawString(place, 100, "far")
        canvas.drawString(100, place, "away")
    canvas.save()
    return target.getvalue()


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + "]><article><body><p>&j;</p></body></article>"
)
REFUSED: dict[str, tuple[str, bytes | Callable[[], bytes], str]] = {
    "entity bomb": ("a.xml", BOMB.encode(), "entities of its own"),
    "external entity": (
        "a.xml",
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><article><p>&x;</p></article>',
        "entities of its own",
    ),
    "deep xml": (
        "a.xml",
        b"<?xml version='1.0'?><article>" + b"<sec>" * 50_000 + b"</sec>" * 50_000 + b"</article>",
        "nested",
    ),
    "broken xml": ("a.xml", b"<?xml version='1.0'?><article><body><p>x</body></article>", "not well-formed"),
    "nothing but spaces": ("a.txt", b" \n" * 1000, "no text"),
    "zip": ("a.docx", b"PK\x03\x04" + b"\x00" * 500, "ZIP"),
    "gzip": ("a.txt", b"\x1f\x8b" + b"\x00" * 500, "gzip"),
    "rich text": ("a.txt", b"{\\rtf1\\ansi Risks\\par None}", "RTF"),
    "markup without text": ("a.html", b"<html><body><div></div></body></html>", "no text"),
    "pdf that is cut off": (
        "a.pdf",
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type",
        "broken",
    ),
    "nul bytes": ("a.txt", b"ab\x00\x00" * 500, "NUL"),
    "broken utf-16": ("a.txt", b"\xff\xfe\x00\xd8" + b"a", "utf-16"),
    "broken pdf": ("a.pdf", b"%PDF-1.7\n" + b"\x9f garbage" * 100, "PDF"),
    "encrypted pdf": ("a.pdf", encrypted_pdf, "encrypted"),
    "scanned pdf": ("a.pdf", scanned_pdf, "no text"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_reason(name: str) -> None:
    file, data, reason = REFUSED[name]
    with pytest.raises(WorkError, match=reason) as caught:
        parse_document(data() if callable(data) else data, file)
    assert file in str(caught.value)
    assert "Repair:" in str(caught.value)


SURVIVED: dict[str, tuple[str, bytes]] = {
    "an endless line": ("a.txt", b"word " * 150_000),
    "an endless line of markup": ("a.md", b"# x\n\n" + b"[a](b) **c** `d` $e$ <f> &amp; " * 8_000),
    "brackets": ("a.md", b"# x\n\n" + b"[" * 50_000),
    "stars": ("a.md", b"# x\n\n" + b"*a " * 60_000),
    "quotes in quotes": ("a.md", b"# x\n\n" + b">" * 20_000 + b"x"),
    "10,000 cells": ("a.html", b"<table>" + b"<tr>" + b"<td>B</td>" * 100 + b"</tr>" * 100 + b"</table>" * 5),
    "10,000 cells in pipes": ("a.md", b"|a" * 100 + b"|\n" + b"|-" * 100 + b"|\n" + (b"|B" * 100 + b"|\n") * 100),
    "deep html": ("a.html", b"<div>" * 50_000 + b"words"),
    "open tags only": ("a.html", b"<p><b><i><li><td>" * 8_000 + b"words"),
    "bidi controls": ("a.txt", "Risks\n\nIt \u202emay\u202c cause \u2066harm\u2069.\n".encode()),
    "some NUL bytes": ("a.txt", b"Risks\n\nIt may\x00 cause harm" + b" and more harm" * 20 + b".\n"),
    "latin-1": ("a.txt", "Risks\n\nNaïve café naïveté.\n".encode("cp1252")),
    "utf-16": ("a.txt", "Risks\n\nIt may cause harm.\n".encode("utf-16")),
    "utf-16 without a mark": ("a.txt", "Risks\n\nIt may cause harm.\n".encode("utf-16-le")),
    "carets": ("a.txt", b"Risks\n\n" + b"^1" * 100_000 + b"\n\nReferences\n\n1. Ay B. One. Cell. 2001;2:3.\n"),
    "glued numbers": (
        "a.txt",
        b"Risks\n\n"
        + b"".join(b"word%d mice.%d and " % (i % 90 + 1, i % 90 + 1) for i in range(8_000))
        + b"\n\nReferences\n"
        + b"".join(b"%d. A B. C d. J E. 2001;%d:3.\n" % (i, i) for i in range(1, 90)),
    ),
    "numbers of lines": ("a.txt", b"".join(b"%d some words here %d\n" % (i, i) for i in range(1, 20_000))),
    "running heads": ("a.txt", b"".join(b"\x0c%d   A. Author\nsome words here\n" % i for i in range(10_000))),
    "open tables in markdown": ("a.md", b"# Risks\n\n" + b"<table><tr><td>" * 10_000),
    "100,000 attributes": ("a.html", b"<p " + b" ".join(b"a%d=1" % i for i in range(100_000)) + b">x</p>"),
    "spaces in a line": ("a.txt", b"Risks\n\nIt" + b" " * 1_000_000 + b"harms.\n"),
    "numbers only": ("a.txt", b"References\n\n" + b"1. 2. 3. 4. (5) [6] 7-9 " * 5_000),
    "many references": (
        "a.txt",
        b"Risks\n\nx [1].\n\nReferences\n"
        + b"".join(b"%d. A B. C d. J E. 2001;%d:3.\n" % (i, i) for i in range(1, 1200)),
    ),
    "a long word without spaces": ("a.txt", b"Risks\n\n" + b"9" * 60_000 + b"\nIt harms.\n"),
    "spaces behind a comment": ("a.txt", b"% a\n" + b" " * 50_000 + b"Risks\n\nIt harms.\n"),
    "dashes": ("a.txt", b"x " + b"-" * 200_000),
    "quotation marks": ("a.txt", b'References\n\n1. "' + b'a" "' * 20_000),
    "names": ("a.txt", b"References\n\n1. " + b"Smith AB, " * 20_000),
    "capitals": ("a.txt", b"References\n\n1. " + b"AB CD. " * 8_000),
    "undefined entities": ("a.xml", b"<?xml version='1.0'?><article><body><p>a&nbsp;b &foo; c</p></body></article>"),
}


@pytest.mark.slow  # up to megabytes each
@pytest.mark.parametrize("name", SURVIVED)
def test_read_in_time(name: str) -> None:
    """Each is read within seconds; the reading pool would stop it after seven."""
    file, data = SURVIVED[name]
    record = extract_record(parse_document(data, file), load_vocabulary())
    assert record.record


def test_nothing_is_fetched_or_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a document made the reader reach out")

    load_vocabulary()
    monkeypatch.setattr(socket, "socket", refuse)
    opened = []
    sys.addaudithook(lambda event, args: opened.append(args[0]) if event == "open" else None)
    xml = (
        b'<?xml version="1.0"?><!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "http://example.org/JATS.dtd">'
        b"<article><body><p>Text</p></body></article>"
    )
    before = len(opened)
    assert parse_document(xml, "a.xml").form == "jats"
    parse_document(
        b"<html><link rel=stylesheet href='http://example.org/x'><img src='file:///etc/passwd'><p>Text", "a.html"
    )
    parse_document(b"# x\n\n![a](file:///etc/passwd)", "a.md")
    assert [path for path in opened[before:] if not str(path).endswith((".py", ".pyc"))] == []


@pytest.mark.parametrize(("far", "size"), [(1e6, 10), (1e12, 10), (3e9, 1e7), (200, 0)])
def test_words_outside_any_page_are_left_out(far: float, size: float) -> None:
    """Places in a broken file may be any number: none of them may cost memory or time."""
    document = parse_document(far_flung_pdf(far=far, size=size), "a.pdf")
    assert document.raw.count("It may cause harm") == 30


@pytest.mark.parametrize("marks", ["9" * 2_000, " 1" * 1_000, " , 1" * 700])
def test_bylines_are_told_in_time(marks: str) -> None:
    """Digits can be cut into marks of affiliations in more ways than anybody can try."""
    assert names_of_byline(f"Ann Lee, Bob Dole{marks}x and Cy Wei")[:1] in ((), ("Ann Lee",))
    assert names_of_byline("Ann Lee1,2, Bob Dole 3 and Cy Wei") == ("Ann Lee", "Bob Dole", "Cy Wei")


@pytest.mark.parametrize("path", sorted(p for p in CORPUS.glob("*") if p.is_file()), ids=lambda p: p.name)
def test_corpus(path: Path) -> None:
    """Documents that once broke the reader, or look as if they might."""
    with contextlib.suppress(WorkError):
        assert extract_record(parse_document(path.read_bytes(), path.name), load_vocabulary()).record


PIECES = st.sampled_from(
    [
        "# ",
        "## Risks\n",
        "\n\n",
        "|",
        "| a | b |\n|---|---|\n",
        "- ",
        "1. ",
        "[1]",
        "(2,3)",
        "^4^",
        "$\\kappa$",
        "<sup>5</sup>",
        "<p>",
        "</div>",
        "<!",
        "<![",
        "<!--",
        "]>",
        "<table><tr><td>",
        "&amp;",
        "&#x;",
        "\\",
        "*",
        "_",
        "`",
        "References\n",
        "Smith AB. Title. J Org. 2001;3:4–5.\n",
        "https://x.org/a_(b)",
        "10.1000/x;y",
        "“B”",
        "Trials Grade: B\n",
        "\u202e",
        "\ufeff",
        "\x00",
        "\r",
        "\t",
        "\u2028",
        "é",
        "😀",
        "ALSUntangled 7: X\n",
        "Table 1. ",
        "mice may slow ALS ",
        "$5 to $7 per month. ",
        "NCT01234567 ",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["a.md", "a.txt", "a.html"]))
def test_any_mixture_is_read_or_refused(text: str, name: str) -> None:
    try:
        document = parse_document(text.encode(), name)
    except WorkError:
        return
    record = extract_record(document, load_vocabulary())
    for pointer in record.pointers:
        assert pointer.place is not None
        assert 0 <= (pointer.place.start or 0) < (pointer.place.end or 0) <= len(document.raw)
