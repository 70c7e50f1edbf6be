"""What is searched only near letters that every match must hold is found as by a search of the whole text."""

import re
from collections.abc import Callable, Sequence
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alsu_kg.extraction import (
    cases,
    disclosures,
    dosing,
    evidence_table,
    harm_scope,
    monitoring,
    publication_date,
    quantities,
    risks,
    taken_beside,
    trial_people,
    trials,
)
from alsu_kg.extraction.near import Started, at_words, find_started, search_near
from alsu_kg.extraction.references import identifiers

Near = tuple[re.Pattern[str], Sequence[str], int]
GENES: Final[Near] = (monitoring._GENOTYPED, monitoring._OF_GENES, monitoring._MOST_BEFORE)
DATES: Final[Near] = (publication_date._PUBLISHED, publication_date._OF_DATES, publication_date._MOST_BEFORE_DATE)
ACCESS: Final[Near] = (
    identifiers._ACCESSED,
    identifiers._OF_ACCESS,
    identifiers._MOST_BEFORE_ACCESS,
)
# What each pattern is there to find: one of every way to say it.
WORDS: Final[tuple[tuple[Near, str], ...]] = (
    (GENES, "genotyping for TPMT should be done|TPMT genotyping"),
    (DATES, "published: 3 May 2020|published online 3 May 2020|publication date: 3 May 2020|first published 3 May 2020"),
    (DATES, "version of record 3 May 2020|available online 3 May 2020|date: 3 May 2020"),
    (ACCESS, "accessed 3 May 2020|last accessed: 3 May 2020|cited 2020 May 3|retrieved on 3 May 2020|viewed 2020-05-03"),
    (ACCESS, "date accessed May 3, 2020"),
)  # fmt: skip
CASES: Final = [(near, words) for near, all_words in WORDS for words in all_words.split("|")]


@pytest.mark.parametrize("printed", [str, str.lower, str.upper, str.capitalize])
@pytest.mark.parametrize(("near", "words"), CASES, ids=[words for _, words in CASES])
def test_it_is_found_near_its_letters(near: Near, words: str, printed: Callable[[str], str]) -> None:
    pattern, stems, before = near
    for told in (printed(words), f"{'Something was told. ' * 10}{printed(words)} of it."):
        whole, found = pattern.search(told), search_near(pattern, stems, told, before)
        if printed in (str, str.lower):
            assert whole is not None
        assert (found and found.span()) == (whole and whole.span())


STARTED: Final = [
    (module.__name__.rpartition(".")[2] + name, sought)
    for module in (disclosures, dosing, evidence_table)
    for name, sought in vars(module).items()
    if isinstance(sought, Started) and sought is not disclosures._INTEREST  # texts of which take long to make
]
PLAIN: Final = st.characters(codec="latin-1")


@pytest.mark.parametrize("sought", [sought for _, sought in STARTED], ids=[name for name, _ in STARTED])
def test_what_a_pattern_finds_starts_as_is_told_of_it(sought: Started) -> None:
    pattern = sought.pattern

    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.text(PLAIN, max_size=4), st.from_regex(pattern, alphabet=PLAIN), st.from_regex(pattern, alphabet=PLAIN))
    def check(before: str, first: str, second: str) -> None:
        text = f"{before}{first} {second}"
        found = find_started(sought, text, text.lower() if pattern.flags & re.IGNORECASE else text)
        assert [match.span() for match in found] == [match.span() for match in pattern.finditer(text)]

    check()


GAP: Final = re.compile(r"\[\^a-zA-Z0-9_\]\(\?=\[[0-9a-zA-Z-]+\]\)")  # how ``after_gap`` starts
AT_WORDS: Final = [
    (module.__name__.rpartition(".")[2] + name, pattern)
    for module in (cases, dosing, harm_scope, monitoring, quantities, risks, taken_beside, trial_people, trials)
    for name, pattern in vars(module).items()
    if isinstance(pattern, re.Pattern) and GAP.match(pattern.pattern)
]


@pytest.mark.parametrize("pattern", [pattern for _, pattern in AT_WORDS], ids=[name for name, _ in AT_WORDS])
def test_words_are_found_from_gap_to_gap_as_by_a_search_of_every_character(pattern: re.Pattern[str]) -> None:
    plain = re.compile(GAP.sub("", pattern.pattern))

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.text(PLAIN, max_size=4), st.from_regex(plain, alphabet=PLAIN), st.from_regex(plain, alphabet=PLAIN))
    def check(before: str, first: str, second: str) -> None:
        text = f"{before}{first} {second}"
        for start in range(len(text) + 1):
            found, whole = pattern.search(f" {text}", start), plain.search(text, start)
            assert (found and (found.start(), found.end() - 1)) == (whole and whole.span())

    check()


WAYS: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (
        risks._OF_HARMS,
        "side effects|adverse event|rare reactions|common effects|harmful event|toxic reactions|risk",
    ),
    (
        risks._OF_HARMS,
        "serious-effect|severe events|life-threatening reactions|toxicity|fatal|fatality|causes|cause",
    ),
    (risks._OF_HARMS, "case of|cases of|complications|complication|risks|warning|warnings"),
    (risks._HARSH_WORDS, "serious|severe|life-threatening|life threatening|fatal|deadly|lethal"),
    (monitoring._MONITORED, "monitor|monitoring|blood work|blood test|blood tests|genotyping|screened|screening"),
    (
        monitoring._MONITORED,
        "should be checked|must be tested|needs to be performed|need measured|has to be obtained",
    ),
    (monitoring._MONITORED, "have repeated|should be assessed|should done|is advised|are recommended|is required"),
    (monitoring._MONITORED, "are needed|is suggested|require close|requires regular|checked|checking"),
    (harm_scope._BANS, "contraindicated|avoid|avoided|caution|must not|should not|cannot|not used|not be taken"),
    (harm_scope._BANS, "not given|not be recommended|not advised|not suitable"),
    (dosing._GIVEN, "dose|doses|dosed|dosing|dosage|administered|given|take|takes|recommended|titrated|infused"),
    (dosing._GIVEN, "injected|ingested|sprayed"),
    (cases._AGED, "a 45-year-old|an 80 year old"),
    (cases._COUNT, "two patients|two PALS|two PwALS|two people|two persons|two individuals|two users|two cases|7 men"),
    (
        cases._COUNT,
        "two participants|two respondents|two members|two women|one man|one woman|12 of these very sick people",
    ),
    (cases._COUNT, "one hundred and ten of these very sick people"),
    (taken_beside._TAKEN, "treated with x|taking x|took x|together with x|cocktail of x|combination of x|along with x"),
    (taken_beside._TAKEN, "in addition to x|as well as x|after starting x|also used x|also using x|started on x"),
    (taken_beside._TAKEN, "started x|starting x|received x|receiving x"),
    (taken_beside._INCLUDING, "including x|such as x|like x|namely x|consisting of x"),
    (
        quantities.DURATION,
        "for 2 weeks|over a total of 3 days|during up to an hour|lasting about five years|of 2 months",
    ),
    (
        quantities.DURATION,
        "lasted approximately 2 years|duration was 2 weeks|duration of treatment will be at least 3 days",
    ),
    (
        quantities.DURATION,
        "over the first 2 weeks|for another 2 months|12-week, double-blind trial|two month open-label study",
    ),
    (quantities.DURATION, "day-long|week-long|month-long|year-long|thirty-two days of placebo|20 weeks study"),
)


@pytest.mark.parametrize("printed", [str, str.upper, str.capitalize])
@pytest.mark.parametrize(("pattern", "words"), WAYS, ids=[words for _, words in WAYS])
def test_each_way_to_say_it_is_found_where_a_word_starts(
    pattern: re.Pattern[str], words: str, printed: Callable[[str], str]
) -> None:
    for word in words.split("|"):
        for before in ("", "It is ", "(", "non-", "“", "µ\u2009"):
            found = pattern.search(f" {before}{printed(word)}")
            assert found is not None, word
            assert found.start() == len(before)
        assert pattern.search(f" x{printed(word)}") is None or " " in word
        assert pattern.search(f" é{printed(word)}") is None or " " in word


def test_of_patterns_of_one_letter_the_first_counts() -> None:
    found = at_words("ab", "abc", "b").search(" abc")
    assert found is not None
    assert found[0] == " ab"


def test_what_grows_in_small_letters_is_searched_whole() -> None:
    text = "İ. We support it"
    sought = disclosures._REASONABLE
    assert [match[0] for match in find_started(sought, text, text.lower())] == ["We support"]


@pytest.mark.parametrize("printed", [str, str.lower, str.upper, str.capitalize])
@pytest.mark.parametrize(
    "kind",
    [
        *("research", "consulting", "advisory", "speaking", "grant", "grants", "honoraria", "personal fees", "travel"),
        *("stock", "equity", "royalties", "employment", "funding", "fees"),
    ],
)
def test_an_interest_is_found_by_its_letters(kind: str, printed: Callable[[str], str]) -> None:
    text = f"She has {printed(kind)} from Acme; {printed(kind)} for Orion in the past."
    found = find_started(disclosures._INTEREST, text, text.lower())
    spans = [match.span() for match in disclosures._INTEREST.pattern.finditer(text)]
    assert len(spans) > 1
    assert [match.span() for match in found] == spans
