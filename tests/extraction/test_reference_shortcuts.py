"""What is read on a short way is what the long way finds."""

import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from alsu_kg.extraction.front_matter import _BRACKETED, _bracketed
from alsu_kg.extraction.references import author_names, authors, identifiers, tail
from alsu_kg.extraction.references.author_names import _is_closed, parse_authors
from alsu_kg.extraction.references.reference_string import parse_reference
from alsu_kg.extraction.references.tail import find_tail

NUMBERS = (
    "2013;128:287–96.", "(2013;128:287–96.", "2013; 12(3): e7-e9", "2013", "1983;40:", "(2009)", "[2010]", "20:12-15", "45",
    "12(3):45.", "vol. 3", "no. 4", "pp. 12-14", "p. 7", "pages 3 to 9", "XII", "(May 20)", "May", "Suppl 2", "S12", "3-4",
    "2001, 20", ", (26), 3352", ". Cell. ", " of mice", " ", ", ", "; ", ": ", ".", "(", ")",
)  # fmt: skip
NAMES = (
    "Liu T", "Sun SC", "van Es M", "Łoś-Żak B", "Smith, J. A.", "J. A. Smith", "Nature", "The Group", "Role A", "Eds",
    "McGee R Jr", ", ", ", et al. ", " et al. ", ". ", ".", " and ", "; ", " (eds.) ", "In Cells", "One", "in", " ", "A",
)  # fmt: skip
NOTED = (
    "Ay B.", "One press of cells.", "Drugs.com page", "WHO Group.", "Cell. 2001;2:3.", "[online].", "(in press).", "(Review)",
    "[Epub]",
    "Epub ahead of print.", "EPUB 2012.", "Erratum in: Cell. 2012;", "Published online May 2012;", "Accessed 3 May 2021.", "CITED",
    "[cited 2012 Jun 5]", "viewedhttps://example.org/a", "https://example.org/pub", "3 May 2021", "inherited", "doi:10.1000/ab",
    "PMID: 1234567", "doi", "Available at:", ".", ":", ";", "–", "é",
)  # fmt: skip
BRACKETS = (
    "AZA",
    "aza",
    "plaza",
    "Za",
    "(one)",
    "(or two)",
    "(1)",
    "(",
    ")",
    "(also known as Foo)",
    " ",
    "  ",
    "\n",
    "é",
    "x",
)
# What the patterns at these places start with.
STARTS = (
    (tail._VOLUME_AHEAD, tail._VOLUME_FIRST),
    (tail._YEAR_AHEAD, tail._YEAR_FIRST),
)


@given(st.lists(st.sampled_from(NUMBERS), max_size=7), st.integers(0, 9))
@example(["2001", "12, 3-4", "(2013;128:287–96."], 0)
@example(["(2013;128:287–96."], 0)
def test_numbers(pieces: list[str], start: int) -> None:
    text = " ".join(pieces)
    found = find_tail(text, start)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tail, "_plain_tail", lambda _text, _start: None)
        patch.setattr(tail, "_patterns_for", lambda _told, **_given: range(len(tail._PATTERNS)))
        patch.setattr(tail, "_VOLUME_FIRST", frozenset())
        patch.setattr(tail, "_YEAR_FIRST", frozenset())
        assert found == find_tail(text, start)


@pytest.mark.parametrize("place", range(len(tail._PATTERNS)))
def test_a_pattern_is_tried_on_what_it_matches(place: int) -> None:
    pattern = tail._PATTERNS[place]

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.from_regex(pattern))
    def check(text: str) -> None:
        told = tuple(part for part in tail._TOLD if part in text)
        closed = tail._CLOSED_YEAR.search(text) is not None
        assert place in tail._patterns_for(told, has_closed_year=closed)
        for ahead, places in STARTS:
            if place in places:
                found = {match.start() for match in ahead.finditer(text)}
                assert {match.start() for match in pattern.finditer(text)} <= found

    check()


@pytest.mark.parametrize(
    "server", ["bioRxiv", "medRxiv", "BioRxiv", "chemRxiv", "PsyRxiv", "arXiv", "Research Square", "Preprint"]
)
@pytest.mark.parametrize("printed", [str, str.lower, str.upper])
def test_a_preprint_is_one_however_its_server_is_printed(server: str, printed: Callable[[str], str]) -> None:
    assert parse_reference(f"Ay B. One thing of cells. {printed(server)}. 2021.").kind == "preprint"


@pytest.mark.parametrize("printed", [str, str.lower, str.upper])
@pytest.mark.parametrize("word", ["Accessed", "Last accessed:", "[cited", "Retrieved on", "(Viewed", "Date accessed"])
def test_a_date_of_access_is_one_however_it_is_printed(word: str, printed: Callable[[str], str]) -> None:
    text = f"Ay B. One thing of cells. https://example.org/a. {printed(word)} 3 May 2021"
    assert parse_reference(text).accessed == "2021-05-03"


@given(st.lists(st.sampled_from(NAMES), max_size=9))
@example(["Liu T", ", ", "Sun SC", ", et al. ", "In Cells"])
@example(["Liu T", ", ", "Sun SC", ". ", "In Cells"])
@example(["Liu T", ", ", "The Group", ". ", "One"])
@example(["Liu T", ". ", "One"])
@example(["Smith", " Smith" * 9, ", J. A."])
@example(["Liu T", ". ", "Smith, J. A.", ", ", "Liu T"])
@example(["Liu T", ". ", "In Cells", " and ", "Liu T"])
def test_authors(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = parse_authors(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(author_names, "_plain_list", lambda _text, _printed: None)
        patch.setattr(author_names, "_UNPARTED_FORMS", author_names._FORMS)
        patch.setattr(author_names, "_COMMA_FORMS", frozenset())
        patch.setattr(author_names, "_is_best", lambda text, bare: len(bare.names) > 1 and _is_closed(text, bare))
        assert found == parse_authors(text)


@pytest.mark.parametrize("text", ["Liu T, Sun SC. One.", "Liu T, Sun SC, et al. One."])
def test_plain_authors_are_read_at_once(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(author_names, "_FORMS", ())
    assert parse_authors(text).names == ("Liu T", "Sun SC")


def test_plain_numbers_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tail, "_PATTERNS", ())
    found = find_tail("Of NUDT15. Cell. 2001; 2(3): 40–9.")
    assert found is not None
    assert found[2:] == (2001, "2", "3", "40", "49")


@pytest.mark.parametrize("space", ["\n", "\t", "\u00a0", "  ", " \u2009"])
def test_white_space_of_any_kind_parts_words(space: str) -> None:
    plain = "Ay B, Cee D. One thing of cells. Cell. 2001;2:3–9. PMID: 12345"
    assert parse_reference(plain.replace(" ", space)) == parse_reference(plain)


@given(st.lists(st.sampled_from(NOTED), max_size=7))
@example(["Ay B.", "One press of cells.", "EPUB 2012."])
@example(["Ay B.", "viewedhttps://example.org/a", "3 May 2021"])
def test_notes_and_groups(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = parse_reference(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(identifiers, "_VERB_OF_ACCESS", re.compile(""))
        patch.setattr(identifiers, "_may_hold_note", lambda _letters: True)
        patch.setattr(authors, "_may_name_group", lambda _body: True)
        assert found == parse_reference(text)


@given(st.lists(st.sampled_from(BRACKETS), max_size=8))
@example(["AZA", " ", "(one)", "aza", "(or two)"])
def test_brackets_behind_a_name(pieces: list[str]) -> None:
    text = "".join(pieces)
    behind = re.compile(r"\baza\s*\Z", re.IGNORECASE)
    matches = [
        match for match in _BRACKETED.finditer(text) if behind.search(text[max(0, match.start() - 8) : match.start()])
    ]
    assert list(_bracketed("aza", text)) == [match["alias"] for match in matches]
