"""CSL-JSON, BibTeX and RIS of every recorded work: read back by other people's parsers, and rendered by citeproc."""

import json
import re
from collections.abc import Iterator

import bibtexparser
import msgspec
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pylatexenc.latex2text import LatexNodes2Text
from recorded import FOLDER, recorded_replies

from alsu_kg.answers.citation_formats import bibtex_text, citation_keys, csl_json_text, ris_text
from alsu_kg.model.csl_json import csl_to_work, work_to_csl
from alsu_kg.model.work import Name, Work


def works_in(value: object) -> Iterator[Work]:
    if isinstance(value, Work):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from works_in(item)


WORKS = [work for reply in recorded_replies() for work in works_in(reply.read(reply.response).value)]
needs_replies = pytest.mark.skipif(
    not FOLDER.exists(), reason="the recorded replies of ../shared/responses are not here"
)
ODD_NAMES = (
    Name(family="van der Berg", given="J. W."),
    Name(family="King", given="M L", suffix="Jr"),
    Name(literal="A and B"),
)
ODD_TITLE = r"50% of {NF-κB} & H₂O: $5 #1 ~x^y \z_ -- and"
ODD = Work(type="article-journal", doi="10.1000/a_b", title=ODD_TITLE, issued="2014-02", page="1-9", authors=ODD_NAMES)


@needs_replies
def test_there_are_many_recorded_works() -> None:
    assert len(WORKS) > 400


@needs_replies
def test_every_recorded_work_reads_back_from_its_csl_json() -> None:
    """All but abstract and subjects, which are other people's words and stay in the cache."""
    for work in WORKS:
        written = json.loads(json.dumps(work_to_csl(work)))
        assert "abstract" not in written
        kept = msgspec.structs.replace(work, abstract=None, headings=(), chemicals=(), keywords=())
        assert csl_to_work(written) == kept


def plain(text: object) -> str:
    return " ".join(str(text).split())


def decoded(text: str) -> str:
    text = text.removeprefix("{").removesuffix("}")
    if not set(text) & set("\\{}-"):
        return plain(text)
    return plain(LatexNodes2Text(strict_latex_spaces=True, keep_braced_groups=False).latex_to_text(text)).replace(
        "ˆ", "^"
    )


@needs_replies
def test_every_recorded_work_in_bibtex() -> None:
    entries = bibtexparser.parse_string(bibtex_text([*WORKS, ODD]))
    assert not entries.failed_blocks
    assert len(entries.entries) == len(WORKS) + 1
    for work, entry in zip([*WORKS, ODD], entries.entries, strict=True):
        fields = {field.key: field.value for field in entry.fields}
        assert decoded(fields.get("title", "")) == plain(work.title or "")
        assert fields.get("doi") == work.doi
        assert fields.get("year") == (str(work.year) if work.year else None)
        people = [decoded(person) for person in re.split(r" and (?![^{]*\})", fields.get("author", "")) if person]
        assert len(people) == len(work.authors)
        for person, name in zip(people, work.authors, strict=True):
            assert all(part in person for part in (name.family, name.given, name.literal, name.suffix) if part)
        assert decoded(fields.get("pages", "")).replace("–", "-") == (work.page or work.article_number or "")


@needs_replies
def test_every_recorded_work_in_ris() -> None:
    entries = rispy.loads(ris_text([*WORKS, ODD]))
    assert len(entries) == len(WORKS) + 1
    for work, entry in zip([*WORKS, ODD], entries, strict=True):
        assert plain(entry.get("title", "")) == plain(work.title or "")
        assert entry.get("doi") == work.doi
        assert entry.get("year") == (str(work.year) if work.year else None)
        assert len(entry.get("authors", [])) == len(work.authors)
        assert entry.get("start_page") == work.first_page
        assert entry.get("end_page") == work.last_page


def rendered(items: list[dict[str, object]]) -> list[str]:
    """Render by citeproc, each item alone (a bibliography drops what it has rendered before)."""
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    texts = []
    for item in items:
        bibliography = CitationStylesBibliography(style, CiteProcJSON([item]), formatter.plain)
        bibliography.register(Citation([CitationItem(str(item["id"]).lower())]))
        texts.append(plain(bibliography.bibliography()[0]))
    return texts


def from_ris(entry: dict[str, object], kind: str) -> dict[str, object]:
    """Make a CSL item out of what a RIS reader sees."""
    pages = "-".join(str(entry[key]) for key in ("start_page", "end_page") if key in entry)
    names = [str(name).split(", ") for name in entry.get("authors", [])]  # type: ignore[attr-defined]
    authors = [{"family": n[0], "given": n[1]} if len(n) == 2 else {"literal": ", ".join(n)} for n in names]
    item: dict[str, object] = {"id": "x", "type": kind, "page": pages, "author": authors}
    variables = {"container-title": "secondary_title", "issue": "number"}
    for variable in ("title", "container-title", "publisher", "volume", "issue"):
        item[variable] = entry.get(variables.get(variable, variable))
    if "year" in entry:
        item["issued"] = {"date-parts": [[int(part) for part in str(entry["date"]).split("/") if part]]}
    return {key: value for key, value in item.items() if value}


@needs_replies
@pytest.mark.filterwarnings("ignore")
def test_citeproc_renders_ris_and_csl_json_alike() -> None:
    articles = [work for work in WORKS if work.type == "article-journal"]
    chosen = [work for work in articles if work.authors and work.issued and work.title][::6]
    assert len(chosen) > 40
    ours = [{**work_to_csl(work), "id": "x"} for work in chosen]
    shown = ("id", "type", "title", "container-title", "publisher", "volume", "issue", "page", "author", "issued")
    ours = [{key: item[key] for key in shown if key in item} for item in ours]
    theirs = [from_ris(entry, "article-journal") for entry in rispy.loads(ris_text(chosen))]
    for work, left, right in zip(chosen, rendered(ours), rendered(theirs), strict=True):
        if not any(name.suffix for name in work.authors):
            assert left == right
        assert str(work.year) in left
        assert (work.authors[0].family or work.authors[0].literal or "").split()[0] in left


def test_odd_characters_survive_in_csl_json() -> None:
    assert csl_to_work(json.loads(csl_json_text([ODD]))[0]) == ODD


def test_keys_are_unique_for_many_works_of_one_author() -> None:
    keys = citation_keys([Work(authors=(Name(family="Müller"),), issued="2014")] * 800)
    assert len(set(keys)) == 800
    assert keys[:3] == ["muller2014", "muller2014a", "muller2014b"]
