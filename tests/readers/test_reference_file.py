"""Reference lists alone: BibTeX, RIS, CSL-JSON, EndNote XML, one reference a line; whole, broken and hostile."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.document_files import is_reference_file
from alsu_kg.documents import load_vocabulary, parse_document
from alsu_kg.extraction.record import extract_record
from alsu_kg.model.errors import WorkError
from alsu_kg.model.review import Reference, ReviewRecord
from alsu_kg.pipeline import read_records

BIBTEX = r"""% my library
@article{one2017,
  author = {van der Berg, Jo and {World Health Organization}},
  title = {{NF-}$\kappa$B in M{\"u}ller cells}, journal = {Made Up Lett}, year = 2017, volume = 2, number = 5,
  pages = {17--29}, doi = {10.1000/one}
}
@misc{two, title = {A page}, url = {https://example.org/two}, year = {2020}}
"""
RIS = (
    "TY  - JOUR\nAU  - van der Berg, Jo\nAU  - World Health Organization\nTI  - NF-κB in Müller cells\nJO  - Made Up Lett\n"
    "PY  - 2017/05/01\nVL  - 2\nIS  - 5\nSP  - 17\nEP  - 29\nDO  - 10.1000/one\nER  - \n\n"
    "TY  - ELEC\nTI  - A page\nUR  - https://example.org/two\nPY  - 2020\n"
)
CSL = json.dumps(
    [
        {
            "id": "one", "type": "article-journal", "title": "NF-κB in Müller cells", "container-title": "Made Up Lett",
            "author": [
                {"non-dropping-particle": "van der", "family": "Berg", "given": "Jo"}, {"literal": "World Health Organization"},
            ],
            "issued": {"date-parts": [["2017", 5]]}, "volume": 2, "issue": "5", "page": "17-29", "DOI": "https://doi.org/10.1000/ONE",
        },
        {"id": "two", "type": "webpage", "title": "A page", "URL": "https://example.org/two", "issued": {"raw": "2020"}},
    ],
    indent=1,
    ensure_ascii=False,
)  # fmt: skip
ENDNOTE = (
    '<?xml version="1.0"?><xml><records><record><ref-type name="Journal Article">17</ref-type><contributors><authors>'
    "<author><style face='normal'>van der Berg, Jo</style></author><author><style>World Health Organization</style></author>"
    "</authors></contributors><titles><title><style>NF-κB in </style><style face='italic'>Müller</style><style> cells</style>"
    "</title><secondary-title>Made Up Lett</secondary-title></titles><pages><style>17-29</style></pages><volume>2</volume>"
    "<number>5</number><dates><year><style>2017</style></year></dates><electronic-resource-num>10.1000/one"
    "</electronic-resource-num></record>\n<record><ref-type name='Web Page'>12</ref-type><titles><title>A page</title></titles>"
    "<dates><year>2020</year></dates><urls><related-urls><url>https://example.org/two</url></related-urls></urls></record>"
    "</records></xml>"
)
FILES = {"a.bib": BIBTEX, "a.ris": RIS, "a.json": CSL, "a.xml": ENDNOTE}


def read(text: str | bytes, name: str) -> ReviewRecord:
    data = text if isinstance(text, bytes) else text.encode()
    return extract_record(parse_document(data, name), load_vocabulary())


def fields(reference: Reference) -> tuple[object, ...]:
    r = reference
    return (
        r.number,
        r.kind,
        r.authors,
        r.title,
        r.container,
        r.year,
        r.volume,
        r.issue,
        r.first_page,
        r.last_page,
        r.doi,
        r.url,
    )


@pytest.mark.parametrize("name", FILES)
def test_every_form_gives_the_same_references(name: str) -> None:
    record = read(FILES[name], name)
    one, two = record.references
    assert fields(one) == (
        1, "article", ("van der Berg Jo", "World Health Organization"), "NF-κB in Müller cells", "Made Up Lett", 2017, "2", "5",
        "17", "29", "10.1000/one", None,
    )  # fmt: skip
    assert (two.number, two.title, two.year, two.url) == (2, "A page", 2020, "https://example.org/two")
    assert two.kind == ("other" if name == "a.bib" else "web-page")
    assert (record.sections, record.claims, record.grades) == ((), (), ())


@pytest.mark.parametrize("name", FILES)
def test_every_place_holds_its_entry(name: str) -> None:
    text = FILES[name]
    starts = {"a.bib": "@", "a.ris": "TY  -", "a.json": "{", "a.xml": "<record>"}[name]
    ends = {"a.bib": ("}",), "a.ris": ("ER  -", "2020"), "a.json": ("}",), "a.xml": ("</record>",)}[name]
    for reference in read(text, name).references:
        assert reference.raw_place is not None
        part = text[reference.raw_place.start : reference.raw_place.end]
        assert part.startswith(starts)
        assert part.endswith(ends)
        assert part == reference.raw
        assert "A page" in part or "10.1000" in part.lower()


@pytest.mark.parametrize(
    ("text", "name", "titles", "noted"),
    [
        ("@article{a, title={A}}\n@article{b, title={B\n@article{c, title={C}}\n", "x.bib", {"A", "C"}, 1),
        ("@article{a, title={A}}\n@article{a, title={B}}\n", "x.bib", {"A", "B"}, 0),
        ("TY  - JOUR\nTI  - A\nTY  - JOUR\nTI  - B\nER  - \n", "x.ris", {"A", "B"}, 0),
        ("TY  - JOUR\r\nTI  - A\r\nER  - \r\n", "x.ris", {"A"}, 0),
        ('[{"type": "book", "title": "A"}, 7, null, {"type": "book", "title": ["B"]}]', "x.json", {"A", "B"}, 2),
        ('{"type": "book", "title": "A"}\n{"type": "book", "title": "B"}\n', "x.jsonl", {"A", "B"}, 0),
        ('{"items": [{"title": "A", "volume": 1e999, "author": "x", "issued": {"date-parts": [[]]}}]}', "x.json", {"A"}, 0),
        ('[{"title": "A", "author": [{"family": null}, 5], "issued": {"date-parts": [["9", {}]]}}]', "x.json", {"A"}, 0),
    ],
)  # fmt: skip
def test_what_is_broken_costs_itself_only(text: str, name: str, titles: set[str], noted: int) -> None:
    references = read(text, name).references
    assert titles <= {r.title for r in references}
    assert sum(r.note is not None and r.note.startswith("could not be read: ") for r in references) == noted
    assert [r.number for r in references] == list(range(1, len(references) + 1))


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ('[{"title": "A"}, {"title": ', "x.json", "line 1"),
        ("[" + '{"a":[' * 200_000, "x.json", "JSON"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><xml><records><record><titles/></record></records></xml>', "x.xml", "entities"),
        ("<xml><records><record><titles></record></records></xml>", "x.xml", "well-formed"),
    ],
)
def test_hostile_files_are_refused_with_a_reason(text: str, name: str, said: str) -> None:
    with pytest.raises(WorkError) as error:
        read(text, name)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


PUBMED = """PMID- 30000001
OWN - NLM
IS  - 0000-0000 (Print)
VI  - 55
IP  - 2
DP  - 1990 Mar
TI  - Making of a thing, told in a title that goes on in the
      next line.
PG  - 101-9
LID - 10.1000/one [doi]
FAU - Maker, Ann B
AU  - Maker AB
FAU - van Second, C
JT  - The journal of things
PMC - PMC12345

PMID- 30000002
TI  - Another thing.
DP  - 1991
AU  - Third D
TA  - J Things
"""
REFER = """%0 Journal Article
%T Making of a thing, told in a title that goes on in the next line
%A Maker, Ann B
%A van Second, C
%J The journal of things
%V 55
%N 2
%P 101-9
%D 1990
%R 10.1000/one

%0 Journal Article
%T Another thing
%A Third, D
%J J Things
%D 1991
"""


@pytest.mark.parametrize(("text", "name"), [(PUBMED, "pubmed.nbib"), (REFER, "list.enw"), (REFER, "list.txt")])
def test_exports_with_tags_before_lines(text: str, name: str) -> None:
    first, second = read(text, name).references
    assert first.title == "Making of a thing, told in a title that goes on in the next line"
    assert (first.container, first.year, first.volume, first.issue) == ("The journal of things", 1990, "55", "2")
    assert (first.first_page, first.last_page, first.doi) == ("101", "109", "10.1000/one")
    assert first.authors == ("Maker Ann B", "van Second C")
    assert (second.title, second.container, second.year) == ("Another thing", "J Things", 1991)
    assert second.raw_place is not None
    assert "Another thing" in text[second.raw_place.start : second.raw_place.end]


def test_lines_of_the_program_before_the_first_bibtex_entry() -> None:
    text = 'Automatically generated by some program\nAny changes will be lost.\n@string{j = "J"}\n' + FILES["a.bib"]
    assert len(read(text, "a.bib").references) == len(read(FILES["a.bib"], "a.bib").references)
    assert read("See x@y.org or\n@name for more on aspirin.", "a.txt").references == ()


def test_works_as_a_service_answers_them() -> None:
    work = {"title": ["One"], "container-title": ["Cell"], "issued": {"date-parts": [[2001]]}}
    found = read(json.dumps({"status": "ok", "message": {"total-results": 1, "items": [work]}}), "a.json").references
    assert [(ref.title, ref.container, ref.year) for ref in found] == [("One", "Cell", 2001)]


def test_the_full_name_of_a_periodical_under_its_other_tag() -> None:
    found = read("TY  - JOUR\nT1  - One\nJF  - Journal of Things\nY1  - 2001/03/01/\nER  - \n", "a.ris").references
    assert [(ref.container, ref.year) for ref in found] == [("Journal of Things", 2001)]


KEYS = st.sampled_from(("title", "author", "issued", "page", "DOI", "type", "URL", "volume"))
INNER = st.sampled_from(("family", "date-parts", "raw"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(INNER, inner, max_size=3),
    max_leaves=5,
)


@given(st.lists(st.dictionaries(KEYS, VALUES), min_size=1, max_size=5))
def test_any_json_values_give_one_reference_an_object(items: list[dict[str, object]]) -> None:
    items = [{"title": "x", **item} for item in items]
    assert len(read(json.dumps(items), "x.json").references) == len(items)


@given(st.text(alphabet='@{}(),="#%\n TY-ERabc12\\$', max_size=120))
def test_any_bibtex_or_ris_is_read_or_refused(text: str) -> None:
    for start, name in (("@article{k, title={A}}\n", "x.bib"), ("TY  - JOUR\n", "x.ris")):
        record = read(start + text, name)
        assert record.references


def test_build_takes_them_beside_records(tmp_path: Path) -> None:
    paths = []
    for name, text in FILES.items():
        paths.append(tmp_path / f"list-{name.replace('.', '-')}.{name.rpartition('.')[2]}")
        paths[-1].write_text(text, encoding="utf-8")
    found, failures = read_records(paths)
    assert failures == []
    assert [len(record.references) for record in found] == [2, 2, 2, 2]
    assert all(is_reference_file(path) for path in paths)
