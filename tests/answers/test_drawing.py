"""Pages and pictures: nothing overlaps or leaves the page, line styles tell the status, the same page gives the same bytes."""

from itertools import combinations
from xml.etree import ElementTree

import pytest

from alsu_kg.answers.answer import Answer, Value
from alsu_kg.answers.drawing import Format, render
from alsu_kg.answers.drawing_heatmap import draw_evidence_heatmap
from alsu_kg.answers.drawing_marks import STATUS_MARKS, WARNING, Caption
from alsu_kg.answers.drawing_mechanism import draw_mechanism
from alsu_kg.answers.drawing_page import Area, Box, Font, Line, Page, Rect, clean_text, text_width, wrap
from alsu_kg.answers.drawing_shared import draw_shared_mechanisms
from alsu_kg.answers.network import (
    STATUSES,
    DirectedNetwork,
    GridRow,
    SharedNetwork,
    make_mechanism_network,
    make_shared_mechanism_network,
)

PATH = ("path", "position", "subject", "predicate", "object", "status", "context", "references", "polarity", "why_weak")
CLAIM = ("claim", "subject", "predicate", "object", "status", "polarity", "context", "references", "section")
SHARED = ("treatment_a", "treatment_b", "mechanism", "status_a", "status_b", "review_a", "review_b")
HOSTILE = (
    '$\\kappa$ <b>bold</b> & "q" _x^2 {}',
    "very long " * 40,
    "x" * 300,
    "\U0001f9e0 日本語",
    "a\nb\x00c\t\x1b[31m",
)
CAPTION = Caption("A title", ("a fact",), ("a note",))
FORMATS: tuple[Format, ...] = ("svg", "png")


def mechanism(*rows: tuple[Value, ...], treatment: str = "X") -> DirectedNetwork:
    return make_mechanism_network(Answer("?", PATH, rows), Answer("?", CLAIM, ()), treatment)


def hop(number: int, subject: str, target: str, status: str = "asserted", **other: str) -> tuple[Value, ...]:
    path, polarity, why = other.get("path", "p/1"), other.get("polarity", "none"), other.get("why")
    return (path, number, subject, "affects", target, status, "species: mouse", ("3",), polarity, why)


def shared(*rows: tuple[Value, ...]) -> SharedNetwork:
    return make_shared_mechanism_network(Answer("?", SHARED, rows))


def pages() -> dict[str, Page]:
    """A page of each kind, with ordinary words and with hostile ones."""
    chain = [hop(i + 1, ("X", *HOSTILE)[i], word, STATUSES[i], why=HOSTILE[i]) for i, word in enumerate(HOSTILE)]
    forks = [hop(1, "X", f"target {i}", path=f"p/{i}", why="why " * 30) for i in range(2, 12)]
    pairs = [
        (f"treatment {i}", f"treatment {i + 1}", f"mechanism {i % 7}", "asserted", "unclear", "1", "2")
        for i in range(60)
    ]
    odd = [(HOSTILE[i], HOSTILE[i - 1], HOSTILE[i - 2], "asserted", "speculated", "1", "2") for i in range(5)]
    cells = ((("A",),), (("B", "D"),), (), (("C",), ("D",), ("F",)), (("U",),))
    grid = [GridRow(f"treatment {i}", cells) for i in range(78)]
    return {
        "chain": draw_mechanism(mechanism(*chain), CAPTION),
        "forks": draw_mechanism(mechanism(*chain, *forks), CAPTION),
        "nothing": draw_mechanism(mechanism(), CAPTION),
        "pairs": draw_shared_mechanisms(shared(*pairs), CAPTION),
        "odd pairs": draw_shared_mechanisms(shared(*odd), CAPTION, chosen=HOSTILE[0]),
        "no pairs": draw_shared_mechanisms(shared(), CAPTION),
        "grid": draw_evidence_heatmap(grid, CAPTION),
        "odd grid": draw_evidence_heatmap([GridRow(word, cells) for word in HOSTILE], CAPTION),
        "no grid": draw_evidence_heatmap([], CAPTION),
    }


PAGES = pages()


def overlap(one: Rect, other: Rect) -> bool:
    slack = 0.01
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return across > slack and down > slack


def inside(inner: Rect, outer: Rect) -> bool:
    slack = 0.5
    return (
        outer.x - slack <= inner.x
        and outer.y - slack <= inner.y
        and inner.x + inner.width <= outer.x + outer.width + slack
        and inner.y + inner.height <= outer.y + outer.height + slack
    )


@pytest.mark.parametrize("name", PAGES)
def test_no_two_texts_overlap(name: str) -> None:
    for one, other in combinations(PAGES[name].texts, 2):
        assert not overlap(one.rect, other.rect), (one.text, other.text)


@pytest.mark.parametrize("name", PAGES)
def test_every_text_and_box_stands_on_the_page(name: str) -> None:
    page = PAGES[name]
    whole = Rect(0, 0, page.width, page.height)
    rects = [text.rect for text in page.texts] + [shape.rect for shape in page.shapes if isinstance(shape, Box)]
    assert all(inside(rect, whole) for rect in rects)


@pytest.mark.parametrize("name", ["chain", "forks", "pairs", "odd pairs"])
def test_a_text_stands_in_a_box_or_beside_it(name: str) -> None:
    boxes = [shape for shape in PAGES[name].shapes if isinstance(shape, Box)]
    for text in PAGES[name].texts:
        for box in boxes:
            assert inside(text.rect, box.rect) or not overlap(text.rect, box.rect), (text.text, box)


@pytest.mark.parametrize("name", ["chain", "pairs", "odd grid"])
@pytest.mark.parametrize("form", FORMATS)
def test_the_same_page_gives_the_same_bytes(name: str, form: Format) -> None:
    assert render(PAGES[name], form) == render(PAGES[name], form)


def test_the_same_answers_give_the_same_page() -> None:
    assert pages() == PAGES


@pytest.mark.parametrize("name", ["chain", "odd pairs", "odd grid"])
def test_an_svg_is_well_formed_and_has_no_date(name: str) -> None:
    svg = render(PAGES[name], "svg")
    assert ElementTree.fromstring(svg).tag.endswith("}svg")
    assert b"<dc:date>" not in svg


def test_measuring_after_drawing_gives_the_same_widths() -> None:
    before = text_width("neuroinflammation", Font(9, bold=True))
    render(PAGES["chain"], "png")
    clean_text.cache_clear()
    assert text_width("neuroinflammation", Font(9, bold=True)) == before
    assert before == pytest.approx(text_width("neuroinflammation", Font(18, bold=True)) / 2)


def test_wrapped_lines_are_no_wider_than_the_room_and_lose_no_words() -> None:
    text = "inflammatory cytokines of microglia in the spinal cord/anterior-horn " + "y" * 100
    lines = wrap(text, 60, Font())
    assert all(text_width(line, Font()) <= 60 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_text_that_is_cut_says_so() -> None:
    lines = wrap("word " * 50, 60, Font(), most=3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert text_width(lines[-1], Font()) <= 60


def arrows(page: Page) -> list[Line]:
    """The lines of claims: as long as the room between two boxes."""
    lines = [s for s in page.shapes if isinstance(s, Line) and len(s.points) == 2]
    return [s for s in lines if s.points[1][0] - s.points[0][0] > 100 and s.points[0][1] == s.points[1][1]]


@pytest.mark.parametrize("status", STATUSES)
def test_the_line_of_a_claim_has_the_style_of_its_status(status: str) -> None:
    (arrow,) = arrows(draw_mechanism(mechanism(hop(1, "X", "y", status)), CAPTION))
    assert (arrow.colour, arrow.dashes) == (STATUS_MARKS[status].colour, STATUS_MARKS[status].dashes)


def test_no_two_statuses_look_alike() -> None:
    looks = {(mark.dashes, mark.denied) for mark in STATUS_MARKS.values()}
    assert len(looks) == len(STATUS_MARKS) == len(STATUSES)


@pytest.mark.parametrize("status", STATUSES)
def test_denied_claims_and_no_others_are_crossed_out(status: str) -> None:
    page = draw_mechanism(mechanism(hop(1, "X", "y", status)), CAPTION)
    (arrow,) = arrows(page)
    middle = (arrow.points[0][0] + arrow.points[1][0]) / 2
    lines = [s for s in page.shapes if isinstance(s, Line)]
    crossing = [s for s in lines if abs((s.points[0][0] + s.points[-1][0]) / 2 - middle) < 5 and s is not arrow]
    assert bool(crossing) == (status in ("negated", "no-evidence"))


def heads(polarity: str) -> tuple[int, int]:
    """Count filled heads and bars; those of the legend are on every page."""
    page = draw_mechanism(mechanism(hop(1, "X", "y", polarity=polarity)), CAPTION)
    areas = sum(isinstance(shape, Area) for shape in page.shapes)
    lines = [s for s in page.shapes if isinstance(s, Line) and s.points[0][0] == s.points[-1][0] and len(s.points) == 2]
    return areas - 1, len(lines) - 1


def test_the_arrow_head_tells_the_direction() -> None:
    assert heads("increases") == (1, 0)
    assert heads("decreases") == (0, 1)
    assert heads("none") == heads("unknown") == (0, 0)


def words(page: Page) -> str:
    return " ".join(text.text for text in page.texts)


def test_the_weakest_hop_says_why() -> None:
    page = draw_mechanism(mechanism(hop(1, "X", "y", why="seen in one mouse")), CAPTION)
    assert "Weakest hop, X → y: seen in one mouse" in words(page)
    assert any(text.text == "weakest hop" and text.font.colour == WARNING for text in page.texts)


def test_an_arrow_has_status_context_and_references_and_says_if_there_are_none() -> None:
    page = draw_mechanism(mechanism(hop(1, "X", "y", "hypothesised")), CAPTION)
    assert "hypothesised · ref. 3" in words(page)
    assert "species: mouse" in words(page)
    bare: tuple[Value, ...] = ("p/1", 1, "X", "affects", "y", "unclear", None, (), "none", None)
    assert "no reference recorded" in words(draw_mechanism(mechanism(bare), CAPTION))


def test_paths_that_begin_alike_share_their_boxes_and_arrows() -> None:
    rows = [hop(1, "X", "a"), hop(2, "a", "b"), hop(1, "X", "a", path="p/2"), hop(2, "a", "c", path="p/2")]
    page = draw_mechanism(mechanism(*rows), CAPTION)
    assert [text.text for text in page.texts].count("a") == 1
    assert len(arrows(page)) == 3


def test_claims_of_different_status_on_the_same_thing_stay_two_arrows() -> None:
    rows = [hop(1, "X", "a", "asserted"), hop(1, "X", "a", "negated", path="p/2")]
    assert len(arrows(draw_mechanism(mechanism(*rows), CAPTION))) == 2


def test_hops_are_read_from_left_to_right_and_paths_in_number_order() -> None:
    rows = [hop(2, "a", "b"), hop(1, "X", "a"), hop(1, "X", "late", path="p/10"), hop(1, "X", "soon", path="p/2")]
    places = {text.text: text.rect for text in draw_mechanism(mechanism(*rows), CAPTION).texts}
    assert places["X"].x < places["a"].x < places["b"].x
    assert places["a"].y < places["soon"].y < places["late"].y


def test_no_claim_is_said_to_be_not_known() -> None:
    assert "not known" in words(PAGES["nothing"])


def test_every_page_says_that_it_is_no_medical_advice() -> None:
    assert all("not medical advice" in words(page) for page in PAGES.values())


def curves(page: Page) -> list[tuple[str, tuple[float, ...]]]:
    return sorted((s.colour, s.dashes) for s in page.shapes if isinstance(s, Line) and s.curved)


def test_a_shared_hypothesis_is_drawn_as_two_hypotheses_and_never_as_a_fact() -> None:
    page = draw_shared_mechanisms(shared(("A", "B", "m", "hypothesised", "hypothesised", "1", "2")), CAPTION)
    mark = STATUS_MARKS["hypothesised"]
    assert curves(page) == [(mark.colour, mark.dashes)] * 2
    assert "2\u00a0hypothesised" in words(page)
    assert "a shared hypothesis is no shared fact" in words(page)


def test_each_side_of_a_shared_mechanism_has_its_own_style() -> None:
    page = draw_shared_mechanisms(shared(("A", "B", "m", "asserted", "unclear", "1", "2")), CAPTION)
    assert curves(page) == sorted((STATUS_MARKS[s].colour, STATUS_MARKS[s].dashes) for s in ("asserted", "unclear"))


def test_the_chosen_treatment_stands_alone_on_the_left() -> None:
    rows = [("A", name, "m", "asserted", "asserted", "1", "2") for name in ("B", "C", "D")]
    places = {text.text: text.rect.x for text in draw_shared_mechanisms(shared(*rows), CAPTION, chosen="A").texts}
    assert places["A"] < places["m"] < min(places[name] for name in ("B", "C", "D"))
