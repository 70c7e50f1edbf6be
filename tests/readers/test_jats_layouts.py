# ruff: noqa: E501 - an article part a line is easier to read than one wrapped
"""The layouts in which publishers write JATS: own small articles with expected counts, and any mixture of them.

The expected values come from the generator that writes the XML, and again from lxml.
"""

from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from alsu_kg.documents import load_vocabulary, parse_document
from alsu_kg.extraction.record import extract_record
from alsu_kg.model.review import ReviewRecord

REFS = {
    "mixed": '<ref id="B{n}"><label>{n}</label><mixed-citation publication-type="journal"><name><surname>Ay</surname><given-names>B'
    "</given-names></name>. Title {n}. <source>Cell</source>. <year>2001</year>;<volume>{n}</volume>:<fpage>5</fpage>.</mixed-citation></ref>",
    "bare": '<ref id="B{n}"><mixed-citation>Ay B. Title {n}. Cell. 2001;{n}:5-9.</mixed-citation></ref>',
    "element": '<ref id="B{n}"><label>{n}.</label><element-citation publication-type="journal"><person-group person-group-type="author">'
    "<name><surname>Ay</surname><given-names>B</given-names></name></person-group><article-title>Title {n}</article-title><source>Cell"
    "</source><year>2001</year><volume>{n}</volume><fpage>5</fpage></element-citation></ref>",
    "alternatives": '<ref id="B{n}"><citation-alternatives><element-citation id="E{n}"><article-title>Title {n}</article-title><source>Cell'
    '</source><year>2001</year></element-citation><mixed-citation id="M{n}">Ay B. Title {n}. Cell. 2001.</mixed-citation>'
    "</citation-alternatives></ref>",
    "two in one": '<ref id="B{n}"><label>{n}</label><citation id="B{n}a">(a) Ay B. Title {n}. Cell. 2001;1:2.</citation>'
    '<citation id="B{n}b">(b) Cee D. Other. Cell. 2002;3:4.</citation></ref>',
    "id inside": '<ref><citation id="B{n}" citation-type="journal"><article-title>Title {n}</article-title><source>Cell</source><year>2001'
    "</year></citation></ref>",
    "note": '<ref id="B{n}"><label>{n}</label><note><p>Title {n} was seen by ourselves.</p></note></ref>',
    "link": '<ref id="B{n}"><mixed-citation publication-type="webpage">Title {n}. <ext-link ext-link-type="uri" '
    'xlink:href="https://example.org/{n}">https://example.org/{n}</ext-link></mixed-citation></ref>',
}  # fmt: skip
DASHES = ("-", "–", "—", "&#x2013;", " – ", "\u2011")


def xref(n: int, words: str | None = None, kind: str = ' ref-type="bibr"') -> str:
    return f'<xref{kind} rid="B{n}">{n if words is None else words}</xref>'


CITES: dict[str, Callable[[int, int], tuple[str, list[int]]]] = {
    "one": lambda a, _b: (f"[{xref(a)}]", [a]),
    "two": lambda a, b: (f"[{xref(a)}, {xref(b)}]", [a, b]),
    "several ids": lambda a, b: (f'(<xref ref-type="bibr" rid="B{a} B{b}">{a}, {b}</xref>)', [a, b]),
    "range": lambda a, b: (f"[{xref(a)}–{xref(b)}]", [*range(a, b + 1)]),
    "raised range": lambda a, b: (f"<sup>{xref(a)}-{xref(b)}</sup>", [*range(a, b + 1)]),
    "range in brackets of their own": lambda a, b: (f"[{xref(a)}]–[{xref(b)}]", [*range(a, b + 1)]),
    "range in one tag": lambda a, b: (f'<xref ref-type="bibr" rid="B{a}">{a}–{b}</xref>', [*range(a, b + 1)]),
    "range with ids of its ends": lambda a, b: (f'<xref ref-type="bibr" rid="B{a} B{b}">{a}–{b}</xref>', [*range(a, b + 1)]),
    "raised inside": lambda a, b: (xref(a, f"<sup>{a}</sup>") + "<sup>,</sup>" + xref(b, f"<sup>{b}</sup>"), [a, b]),
    "empty tags": lambda a, b: (f"[{xref(a)}{xref(b, '')}]", [a, b]),
    "no type": lambda a, _b: (f"[{xref(a, kind='')}]", [a]),
    "type ref": lambda a, _b: (f"({xref(a, kind=chr(32) + 'ref-type=' + chr(34) + 'ref' + chr(34))})", [a]),
    "names": lambda a, b: (f"({xref(a, 'Ay, 2001')}; {xref(b, 'Ay et al., 2002')})", [a, b]),
    "range in two hyphens": lambda a, b: (f"[{xref(a)}--{xref(b)}]", [*range(a, b + 1)]),
    "one twice": lambda a, b: (f"[{xref(a)},{xref(a)},{xref(b)}]", [a, a, b]),
    "name and year apart": lambda a, _b: (f"{xref(a, 'Ay')} ({xref(a, '2001')})", [a, a]),
    "names with a dash": lambda a, b: (f"{xref(a, 'Ay 2001')}–{xref(b, '2003')}", [a, b]),
}  # fmt: skip
PLACES = {
    "paragraph": "<sec><title>Results</title><p>It {}.</p></sec>",
    "list": "<sec><title>Results</title><list><list-item><p>It {}.</p></list-item></list></sec>",
    "nested section": "<sec><title>Methods</title><sec><title>Results</title><p>It {}.</p></sec></sec>",
    "heading": "<sec><title>Results {}</title><p>Text.</p></sec>",
    "table cell": "<sec><title>Results</title><table-wrap><label>Table 1</label><table><tr><th>A</th><td>It {}</td></tr></table></table-wrap></sec>",
    "cals table": "<sec><title>Results</title><table-wrap><table><tgroup><tbody><row><entry>It {}</entry></row></tbody></tgroup></table></table-wrap></sec>",
    "table in alternatives": "<sec><title>Results</title><table-wrap><alternatives><graphic/><table><tr><td>It {}</td></tr></table></alternatives></table-wrap></sec>",
    "table in a cell": "<sec><title>Results</title><table-wrap><table><tr><td><table><tr><td>It {}</td></tr></table></td></tr></table></table-wrap></sec>",
    "table foot": "<sec><title>Results</title><table-wrap><table><tr><td>x</td></tr></table><table-wrap-foot><fn><p>It {}</p></fn></table-wrap-foot></table-wrap></sec>",
    "table caption": "<sec><title>Results</title><table-wrap><caption><title>It {}</title><p>More.</p></caption></table-wrap></sec>",
    "figure caption": "<sec><title>Results</title><fig><label>Figure 1</label><caption><p>It {}.</p></caption><graphic/></fig></sec>",
    "media caption": "<sec><title>Results</title><media><label>Video 1</label><caption><p>It {}.</p></caption></media></sec>",
    "boxed text": "<sec><title>Results</title><boxed-text><p>It {}.</p></boxed-text></sec>",
    "footnote in the text": "<sec><title>Results</title><p>Text<fn><p>It {}.</p></fn> goes on.</p></sec>",
    "definition list": "<sec><title>Results</title><def-list><def-item><term>A</term><def><p>It {}.</p></def></def-item></def-list></sec>",
    "quote": "<sec><title>Results</title><disp-quote><p>It {}.</p><attrib>Someone</attrib></disp-quote></sec>",
    "styled": "<sec><title>Results</title><p>It <italic>is <bold>so {}</bold></italic> and <named-content>more</named-content>.</p></sec>",
}  # fmt: skip
BACK = {
    "acknowledgement": "<ack><title>Thanks</title><p>It {}.</p></ack>",
    "appendix": "<app-group><app><title>Appendix 1</title><p>It {}.</p></app></app-group>",
    "footnote group": "<fn-group><title>Notes</title><fn><p>It {}.</p></fn></fn-group>",
    "glossary": "<glossary><title>Words</title><p>It {}.</p></glossary>",
}
Item = tuple[str, str, int, int]


def article(refs: Sequence[str], items: Sequence[Item], lists: int = 1) -> tuple[str, Counter[int]]:
    """An article with ``refs`` (kinds) and ``items`` (place, cite, first and second number), and how often each is cited."""
    written = [REFS[kind].format(n=n) for n, kind in enumerate(refs, 1)]
    cut = len(written) // lists
    groups = [written[i * cut : (i + 1) * cut if i + 1 < lists else None] for i in range(lists)]
    inner = "".join(
        f"<ref-list><title>Part {i}</title>{''.join(group)}</ref-list>" for i, group in enumerate(groups[1:], 2)
    )
    listed = f"<ref-list><title>References</title>{''.join(groups[0])}{inner}</ref-list>"
    body, back, gold = "", "", Counter[int]()
    for place, cite, a, b in items:
        words, numbers = CITES[cite](a, b)
        gold.update(numbers)
        if place in PLACES:
            body += PLACES[place].format(words)
        else:
            back += BACK[place].format(words)
    return (
        '<?xml version="1.0"?><article xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta><title-group>'
        f"<article-title>A title</article-title></title-group></article-meta></front><body>{body}</body><back>{back}{listed}</back></article>"
    ), gold


def read(xml: str) -> ReviewRecord:
    return extract_record(parse_document(xml.encode(), "a.xml"), load_vocabulary())


def references_in(root: etree._Element) -> list[etree._Element]:
    return [ref for ref in root.iter("ref") if next(ref.iterancestors("ref-list"), None) is not None]


def cited(record: ReviewRecord) -> Counter[int]:
    return Counter(n for pointer in record.pointers for n in pointer.numbers)


@pytest.mark.parametrize("kind", REFS)
def test_every_kind_of_reference_counts_once(kind: str) -> None:
    xml, gold = article([kind] * 3, [("paragraph", "two", 1, 3)])
    record = read(xml)
    assert [r.number for r in record.references] == [1, 2, 3]
    assert all(f"itle {n}" in f"{r.title} {r.raw}" for n, r in enumerate(record.references, 1))
    assert cited(record) == gold


@pytest.mark.parametrize("cite", CITES)
@pytest.mark.parametrize("place", [*PLACES, *BACK])
def test_every_place_and_form_of_a_citation(place: str, cite: str) -> None:
    xml, gold = article(["element"] * 6, [(place, cite, 2, 5)])
    record = read(xml)
    assert cited(record) == gold
    section = {
        "heading": None,
        "appendix": "Appendix 1",
        "acknowledgement": "Thanks",
        "footnote group": "Notes",
        "glossary": "Words",
    }
    wanted = section.get(place, "Results")
    assert all(wanted is None or pointer.section == wanted for pointer in record.pointers)
    assert all(xml[p.place.start : p.place.end].strip() for p in record.pointers if p.place)


@pytest.mark.parametrize(
    ("part", "gold"),
    [
        ('<front><article-meta><abstract><p>It [<xref ref-type="bibr" rid="B1">1</xref>].</p></abstract></article-meta></front>', {1: 1}),
        ('<front><article-meta><custom-meta-group><custom-meta><meta-name>Data</meta-name><meta-value>In <xref ref-type="bibr" rid="B2">2'
         "</xref></meta-value></custom-meta></custom-meta-group></article-meta></front>", {2: 1}),
        ('<front><notes><p>It [<xref ref-type="bibr" rid="B1">1</xref>].</p></notes></front>', {1: 1}),
        ('<floats-group><fig><caption><p>It [<xref ref-type="bibr" rid="B2">2</xref>].</p></caption></fig></floats-group>', {2: 1}),
        ('<sub-article><front-stub><title-group><article-title>Decision letter</article-title></title-group></front-stub><body><p>It [<xref '
         'ref-type="bibr" rid="B1">1</xref>].</p></body><back><ref-list><ref id="S1"><mixed-citation>Cee D. Sub. 2003.</mixed-citation></ref>'
         '</ref-list></back></sub-article>', {1: 1}),
        ('<response><body><p>It [<xref ref-type="bibr" rid="B2">2</xref>].</p></body></response>', {2: 1}),
        ('<back><ref-list><title>Notes</title><ref id="N1"><note><p>As in <xref ref-type="bibr" rid="B1">1</xref>.</p></note></ref></ref-list>'
         "</back>", {1: 1}),
    ],
    ids=["abstract", "data statement", "front notes", "floats", "sub-article", "response", "note among references"],
)  # fmt: skip
def test_parts_outside_the_body(part: str, gold: dict[int, int]) -> None:
    refs = "".join(REFS["bare"].format(n=n) for n in (1, 2))
    xml = f"<article>{part}<body><p>Text.</p></body><back><ref-list>{refs}</ref-list></back></article>"
    if part.startswith(("<sub-article>", "<response>")):
        xml = f"<article><body><p>Text.</p></body><back><ref-list>{refs}</ref-list></back>{part}</article>"
    if part.startswith("<back>"):
        xml = f"<article><body><p>Text.</p></body><back><ref-list>{refs}</ref-list>{part[6:]}</article>"
    record = read(xml)
    assert cited(record) == Counter(gold)
    assert len(record.references) == len(references_in(etree.fromstring(xml.encode())))
    if "Decision" in part:
        assert record.pointers[0].section == "Decision letter"


def test_what_points_elsewhere_is_no_citation() -> None:
    body = '<p>See <xref ref-type="fig" rid="F1">Figure 1</xref>, <xref ref-type="bibr" rid="gone">9</xref> and (2020).</p>'
    record = read(f"<article><body>{body}</body><back><ref-list>{REFS['bare'].format(n=1)}</ref-list></back></article>")
    assert record.pointers == ()


def whole(body: str, *, back: str = "", front: str = "", after: str = "") -> str:
    refs = "".join(REFS["bare"].format(n=n) for n in (1, 2, 3, 4))
    return (
        f"<article><front><article-meta><title-group><article-title>Main</article-title></title-group>{front}</article-meta></front>"
        f"<body>{body}</body><back>{back}<ref-list>{refs}</ref-list></back>{after}</article>"
    )


@pytest.mark.parametrize(
    ("xml", "sections"),
    [
        (whole(f"<p>It {xref(1)}.</p><boxed-text><sec><title>Box</title><p>{xref(2)}</p></sec></boxed-text><p>{xref(3)}</p>"),
         {1: "Main", 2: "Box", 3: "Main"}),
        (whole(f"<sec><title>Results</title><sec><p>{xref(1)}</p></sec></sec><p>{xref(2)}</p>"), {1: "Results", 2: "Main"}),
        (whole(f"<sec><title>Results<sup>{xref(1)}</sup></title><p>{xref(2)}</p></sec>"), {1: "Results1", 2: "Results1"}),
        (whole(f"<sec><title>Results{xref(1, '')}</title><p>{xref(2)}</p></sec>"), {1: "Results", 2: "Results"}),
        (whole("<p>Text.</p>", after="<sub-article><front-stub><title-group><article-title>Letter</article-title></title-group></front-stub>"
               f"<body><p>{xref(1)}</p><sec><title>Inner</title><p>{xref(2)}</p></sec></body></sub-article>"), {1: "Letter", 2: "Inner"}),
    ],
    ids=["around a box", "after a section", "heading that cites", "heading with an empty tag", "sub-article"],
)  # fmt: skip
def test_sections_of_citations(xml: str, sections: dict[int, str]) -> None:
    assert {n: pointer.section for pointer in read(xml).pointers for n in pointer.numbers} == sections


def test_of_a_collection_only_the_first_article_is_read() -> None:
    second = whole(f"<p>{xref(2)}</p>").replace("Main", "Second").replace('"B', '"C')
    record = read(f"<articles>{whole(f'<p>{xref(1)}</p>')}{second}</articles>")
    assert (len(record.references), cited(record), record.review.title) == (4, Counter({1: 1}), "Main")


def test_a_dtd_and_pictures_may_be_declared() -> None:
    declared = (
        '<?xml version="1.0"?><!DOCTYPE article [<!ENTITY % dtd SYSTEM "https://example.org/a.dtd"><!NOTATION gif SYSTEM "gif">'
        '<!ENTITY figure SYSTEM "f.gif" NDATA gif>]>'
    )
    assert cited(read(declared + whole(f"<p>{xref(1)}</p>"))) == Counter({1: 1})


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ('<pub-date pub-type="epub"><day>7</day><month>November</month><year>2022</year></pub-date>', "2022-11-07"),
        ('<pub-date pub-type="ppub"><month>Jan-Feb</month><year>2022</year></pub-date>', "2022-01"),
        ('<pub-date pub-type="ppub"><season>Winter</season><year>2022</year></pub-date>', "2022"),
        ('<pub-date date-type="pub" publication-format="print"><year>2023</year></pub-date><pub-date date-type="pub" '
         'publication-format="electronic"><day>9</day><month>8</month><year>2022</year></pub-date>', "2022-08-09"),
        ('<pub-date pub-type="epub"><string-date>2021-03-04</string-date></pub-date>', "2021-03-04"),
        ('<pub-date pub-type="epub" iso-8601-date="2020-07-00"><string-date>July 2020</string-date></pub-date>', "2020-07"),
    ],
)  # fmt: skip
def test_dates_of_publication(dates: str, expected: str) -> None:
    assert read(whole("<p>x</p>", front=dates)).review.published == expected


@pytest.mark.parametrize(
    ("kind", "inside", "expected"),
    [
        ("journal", "<source>Cell</source>", "article"),
        ("article-journal", "<source>Cell</source>", "article"),
        ("journal", "<source>bioRxiv</source>", "preprint"),
        ("eprint", "", "preprint"),
        ("preprint", "<source>arXiv:2001.1</source>", "preprint"),
        ("book", "<source>All of it</source>", "book"),
        ("book", "<chapter-title>Part</chapter-title><source>All of it</source>", "book-chapter"),
        ("website", "", "web-page"),
        ("techreport", "", "report"),
        ("patent", "<article-title>Of it</article-title>", "other"),
    ],
)
def test_kinds_of_references(kind: str, inside: str, expected: str) -> None:
    ref = f'<ref id="Z"><element-citation publication-type="{kind}">{inside}<year>2001</year></element-citation></ref>'
    record = read(f"<article><body><p>x</p></body><back><ref-list>{ref}</ref-list></back></article>")
    assert record.references[0].kind == expected


@given(
    st.lists(st.sampled_from(sorted(REFS)), min_size=6, max_size=12),
    st.lists(
        st.tuples(
            st.sampled_from(sorted({**PLACES, **BACK})),
            st.sampled_from(sorted(CITES)),
            st.integers(1, 3),
            st.integers(4, 6),
        ),
        max_size=8,
    ),
    st.integers(1, 3),
)
def test_any_mixture(refs: list[str], items: list[Item], lists: int) -> None:
    xml, gold = article(refs, items, lists)
    record = read(xml)
    assert len(record.references) == len(refs)
    assert cited(record) == gold
    root = etree.fromstring(xml.encode())
    assert len(references_in(root)) == len(refs)
    tagged = {key for node in root.iter("xref") for key in str(node.get("rid")).split()}
    assert {f"B{n}" for n in cited(record)} >= tagged
