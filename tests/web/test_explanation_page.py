"""The page of an explanation: text stays text, nothing is loaded, headings and tables say what they are, colours can be read."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from alsu_kg.analysis.explanation import (
    NOTICE,
    Assessment,
    Change,
    Clause,
    Explanation,
    Hop,
    MechanismPath,
    RubricNote,
    Source,
    Statement,
    Work,
)
from alsu_kg.answers.drawing import render
from alsu_kg.answers.drawing_explanation import lay_out_explanation
from alsu_kg.answers.explanation_text import write_text
from alsu_kg.explanations import explain_grade
from alsu_kg.store import Graph
from alsu_kg.web.elements import element, link
from alsu_kg.web.explanation_page import write_page
from alsu_kg.web.style import STYLE

HOSTILE = "<script>alert(1)</script>\"'&amp; \x00\x1b[31m\u202e\ud800 κ " + "x" * 400
VOID = {"meta", "br"}
AA_CONTRAST = 4.5


class Tags(HTMLParser):
    """Collects start tags with attributes, and checks that every element is closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _tags(page: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Tags()
    parser.feed(page)
    parser.close()
    assert not parser.open
    return parser.found


def _hostile() -> Explanation:
    source = Source("javascript:alert(1)", HOSTILE, HOSTILE, HOSTILE)
    statement = Statement(
        HOSTILE,
        "Claim",
        HOSTILE,
        HOSTILE,
        HOSTILE,
        ((HOSTILE, HOSTILE),),
        HOSTILE,
        HOSTILE,
        (source,),
        (HOSTILE,),
        (HOSTILE,),
    )
    return Explanation(
        treatment=HOSTILE,
        reviews=(HOSTILE,),
        category=HOSTILE,
        question=HOSTILE,
        letters=(HOSTILE,),
        in_words=(HOSTILE,),
        rubric_version=HOSTILE,
        clauses=(
            Clause(
                HOSTILE,
                HOSTILE,
                HOSTILE,
                HOSTILE,
                is_current=True,
                sources=(HOSTILE,),
                examples=(HOSTILE,),
                notes=(HOSTILE,),
            ),
        ),
        paths=(
            MechanismPath(
                HOSTILE,
                (Hop(statement, is_weakest=True, reasons=HOSTILE, not_known=HOSTILE, context_change=HOSTILE),),
                HOSTILE,
            ),
        ),
        statements=(statement,),
        works=(Work(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
        history=(
            Assessment(
                HOSTILE,
                HOSTILE,
                current=True,
                source=source,
                until=HOSTILE,
                section=HOSTILE,
                note=HOSTILE,
                flags=(HOSTILE,),
            ),
        ),
        changes=(Change(HOSTILE, HOSTILE, HOSTILE, HOSTILE), Change(HOSTILE, HOSTILE, None, HOSTILE)),
        rubric_notes=(RubricNote(HOSTILE, HOSTILE, HOSTILE, (HOSTILE,)),),
        flags=(HOSTILE,),
        unknown=(HOSTILE,),
    )


def test_hostile_text_stays_text() -> None:
    page = write_page(_hostile())
    tags = _tags(page)
    assert "script" not in {tag for tag, _ in tags}
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]
    addresses = [attributes["href"] or "" for _, attributes in tags if "href" in attributes]
    assert all(address.startswith(("https://", "http://", "#")) for address in addresses)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", page)
    page.encode("utf-8")


@pytest.mark.slow
def test_hostile_text_neither_steers_the_terminal_nor_breaks_the_picture() -> None:
    text = write_text(_hostile(), width=60)
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 60
    assert render(lay_out_explanation(_hostile()), "svg").startswith(b"<?xml")


@pytest.fixture(scope="module", params=[("azathioprine", "mechanism"), ("azathioprine", "risks"), ("copper", "trials")])
def page(request: pytest.FixtureRequest, reviews_graph: Graph) -> str:
    return write_page(explain_grade(reviews_graph, *request.param))


def test_it_loads_nothing(page: str) -> None:
    tags = _tags(page)
    assert not {tag for tag, _ in tags} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "video",
        "source",
        "base",
        "form",
    }
    assert not [attributes for _, attributes in tags if "src" in attributes]
    assert "url(" not in STYLE
    assert "@import" not in STYLE
    policy = next(attributes["content"] for tag, attributes in tags if attributes.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'")


def test_headings_follow_each_other_and_tables_name_their_cells(page: str) -> None:
    tags = _tags(page)
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    names = [tag for tag, _ in tags]
    assert names.count("table") == names.count("caption") == names.count("thead")
    assert all("scope" in attributes for tag, attributes in tags if tag == "th")
    assert {attributes["role"] for tag, attributes in tags if tag == "td"} == {"cell"}
    html = next(attributes for tag, attributes in tags if tag == "html")
    assert html == {"lang": "en"}
    assert {"main", "header", "nav", "footer", "title"} <= set(names)


def test_links_inside_the_page_lead_somewhere(page: str) -> None:
    tags = _tags(page)
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    inside = {
        (attributes["href"] or "")[1:] for _, attributes in tags if (attributes.get("href") or "").startswith("#")
    }
    assert inside
    assert inside <= set(ids)


def test_the_notice_stands_at_both_ends(page: str) -> None:
    assert page.count(NOTICE) == 2


def test_every_statement_says_status_source_and_date(reviews_graph: Graph) -> None:
    found = explain_grade(reviews_graph, "azathioprine", "mechanism")
    page = write_page(found)
    rows = page.count('data-label="Stated in"')
    assert rows == page.count('data-label="Status"') == len(found.statements)
    assert page.count('<span class="date">2020-08-20</span>') >= rows


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2, definition) of a colour ``#rrggbb`` or ``#rgb``."""
    digits = colour.lstrip("#")
    full = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
    parts = [int(full[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_text_colour_can_be_read_on_every_background() -> None:
    variables = dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6})", STYLE))
    named = re.sub(r"var\(--(\w+)\)", lambda match: variables[match.group(1)], STYLE)
    texts = {colour for colour in re.findall(r"(?<![-\w])color: (#[0-9a-f]{3,6})", named) if colour != "#fff"}
    light = {"#fff", variables["pale"], variables["warnpale"], "#e9f1f8"}
    assert len(texts) >= 6
    for text in texts:
        for ground in light:
            brighter, darker = sorted((_luminance(ground), _luminance(text)), reverse=True)
            assert (brighter + 0.05) / (darker + 0.05) >= AA_CONTRAST, (text, ground)


def test_only_addresses_of_the_web_become_links() -> None:
    assert [link("x", address).tag for address in ("https://x.org", "http://x.org", "ftp://x", "data:x", None)] == [
        "a",
        "a",
        "span",
        "span",
        "span",
    ]
    assert element("p", data_label="a").attrib == {"data-label": "a"}
