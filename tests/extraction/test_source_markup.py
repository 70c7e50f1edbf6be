"""Reviews in the sources of wikis, of light markup languages and of LaTeX say what the same review says in Markdown."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layouts import GRADES, PARTS, POINTERS, REFERENCES
from source_markup import SOURCES

from alsu_kg.documents import load_vocabulary, parse_document
from alsu_kg.extraction.record import extract_record
from alsu_kg.model.review import ReviewRecord
from alsu_kg.readers.latex_markup import latex_to_markdown
from alsu_kg.readers.light_markup import to_markdown


def read(text: str, name: str) -> ReviewRecord:
    return extract_record(parse_document(text.encode(), name), load_vocabulary())


def role_at(record: ReviewRecord, start: int | None) -> str | None:
    found = [s.role for s in record.sections if s.start is not None and start is not None and s.start <= start]
    return found[-1] if found else None


@pytest.mark.parametrize("name", SOURCES)
def test_every_source_says_the_same(name: str) -> None:
    record = read(SOURCES[name](), name)
    assert (record.review.number, record.review.published) == (87, "2021-05-12")
    assert record.treatment is not None
    assert record.treatment.label == "Velorin"
    assert [s.role for s in record.sections if s.role != "other"] == [role for _, role, _ in PARTS] + ["references"]
    assert [(grade.category, grade.letter) for grade in record.grades] == list(GRADES)
    assert [reference.authors[0].split()[0] for reference in record.references] == [w.split()[0] for w in REFERENCES]
    assert [(role_at(record, p.place.start if p.place else None), p.numbers) for p in record.pointers] == POINTERS


@pytest.mark.parametrize("name", SOURCES)
def test_every_place_gives_the_item_again(name: str) -> None:
    text = SOURCES[name]()
    record = read(text, name)
    for reference in record.references:
        assert reference.raw_place is not None
        cut = text[reference.raw_place.start : reference.raw_place.end]
        assert (reference.raw or "")[:15] in cut
        assert str(reference.year) in cut
    for pointer in record.pointers:
        assert pointer.place is not None
        cut = text[pointer.place.start : pointer.place.end]
        numbers = {int(n) for n in re.findall(r"\d+", cut)}
        assert numbers <= set(pointer.numbers) or "cite" in cut


@pytest.mark.parametrize(
    "name", [name for name in SOURCES if name not in ("restructured.txt", "carets in brackets.txt")]
)
def test_the_rewritten_text_is_as_long(name: str) -> None:
    text = SOURCES[name]()
    rewritten = latex_to_markdown(text) or to_markdown(text)
    assert rewritten is not None
    assert len(rewritten) == len(text)
    assert rewritten.count("## References") + rewritten.count("#  ") + rewritten.count("# ") > 0


@given(
    st.lists(
        st.sampled_from(
            [
                "== a ==\n",
                "== b ==\n",
                "# x\n",
                "{| c\n",
                "|-\n",
                "| d\n",
                "|}\n",
                "''e''",
                "[[f|g]]",
                "\n",
                "^h^",
                "* ",
            ]
        )
    )
)
def test_any_wiki_text_keeps_its_length(parts: list[str]) -> None:
    text = "== a ==\n== b ==\n== c ==\n" + "".join(parts)
    assert len(to_markdown(text) or "") == len(text)


@given(
    st.lists(
        st.sampled_from(
            [
                "\\section{a}\n",
                "\\emph{b",
                "}",
                "{",
                "\\\\",
                "&",
                "%c\n",
                "\\item ",
                "\\begin{tabular}{l}",
                "\\end{tabular}",
                "~\\cite{k}",
                "\\title{T}",
                "\\title{\nT\n}",
                "\\date{}",
                "\\begin{document}",
                "\\( { }^{1,2} \\)",
                "\\bibitem{k} ",
                "\\textsuperscript{1}",
                "\\title{T}",
                "\\title{\nT\n}",
                "\\date{}",
                "\\date{\n}",
                "\\begin{document}",
                "\\( { }^{1,2} \\)",
                "\\bibitem{k} ",
                "\\textsuperscript{1}",
                "--",
                "\n",
            ]
        )
    )
)
def test_any_latex_keeps_its_length(parts: list[str]) -> None:
    text = "".join(parts) + "\\section{a}\n\\section{b}\n\\section{c}\n" + "".join(parts)
    assert len(latex_to_markdown(text) or "") == len(text)


MARKDOWN = [
    "# Title\n\n* Mechanism\n* Cases\n* Trials\n* Risks\n\nNo more.",  # a list of contents
    "Title\n=====\n\nRisks\n-----\n\nNone.",
    "a = b\n\n== c\n\nd == e\n",
    "Prices in \\$ and 5\\%.\n\n\\section is a command of LaTeX.",
]


@pytest.mark.parametrize("text", MARKDOWN)
def test_markdown_is_left_as_it_is(text: str) -> None:
    assert to_markdown(text) is None
    assert latex_to_markdown(text) is None


def test_the_place_of_a_citation_in_latex_is_its_command() -> None:
    parts = "".join(
        f"\\section{{{part}}}\nIt was seen~\\cite{{ay}}.\n" for part in ("Mechanism", "Cases", "Trials", "Risks")
    )
    listed = "\\begin{thebibliography}{9}\n\\bibitem{ay} Ay B. One. Cell. 2001;2:3.\n\\end{thebibliography}"
    raw = f"\\documentclass{{article}}\n\\begin{{document}}\n\\title{{ALSUntangled 99: Tea}}\n{parts}{listed}\n\\end{{document}}"
    record = extract_record(parse_document(raw.encode(), "x.tex"), load_vocabulary())
    places = [pointer.place for pointer in record.pointers]
    assert [raw[place.start : place.end].lstrip("~") for place in places if place] == ["\\cite{ay}"] * 4
