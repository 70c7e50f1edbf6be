"""What spares a pattern its work never hides what the pattern finds: tried for every way to say it."""

import re
from collections.abc import Callable
from typing import Final

import pytest

from alsu_kg.extraction.cases import _TOOK_IT, _took_it
from alsu_kg.extraction.monitoring import find_monitored
from alsu_kg.extraction.quantities import _SMALL, _TENS, DOSE, NUMBER, number_of
from alsu_kg.extraction.risks import _DENIED, _is_denied
from alsu_kg.extraction.sections import Passage
from alsu_kg.extraction.sentences import Sentence
from alsu_kg.extraction.taken_beside import find_taken
from alsu_kg.model.document import Text

PRINTED: Final = [str, str.upper, str.capitalize]
TAKING: Final = (
    "take|takes|taking|taken|took|tried|try|tries|trying|use|uses|used|using|receiving|received|started|starting"
)
DENYING: Final = (
    "no report|no reports|no evidence|no data|no serious|no significant|no known|not associated|not been linked"
    "|not reported|without"
)
ENDS: Final = (
    ". He slept.|; he slept|(3)|[3]| (3)| for 3 weeks| for several years| for twenty days| prior to dosing| over time"
    "| while he slept| when asked| who slept| which helped| during sleep| before sleep| until May| described it"
    "|, described it| and reported it|, and noted it| noticed| said so| felt well| had it| has it| saw it"
    "| experienced it| showed it| improved| regained it| found it| died| progressed| declined| continued| remained"
    "|, his son slept|, her son slept|, their son slept|, he slept|, she slept|, they slept|, with them"
    "|, and his son slept|, and she slept"
)


@pytest.mark.parametrize("printed", PRINTED)
@pytest.mark.parametrize("verb", TAKING.split("|"))
@pytest.mark.parametrize("what", ["it", "it.", "this.", "this for a year", "this"])
def test_it_is_taken(printed: Callable[[str], str], verb: str, what: str) -> None:
    for told in (printed(f"{verb} {what}"), f"They {printed(f'{verb} {what}')}", f"They {verb}\n{printed(what)}"):
        assert _TOOK_IT.search(told)
        assert _took_it(told)


def test_nothing_is_taken_without_a_word_for_it() -> None:
    assert not _took_it("They tried its taste and used titanium.")


@pytest.mark.parametrize("printed", PRINTED)
@pytest.mark.parametrize("words", DENYING.split("|"))
def test_a_harm_is_denied(printed: Callable[[str], str], words: str) -> None:
    assert _DENIED.search(printed(words))
    assert _is_denied(f"It is {printed(words)} ")


@pytest.mark.parametrize("end", ENDS.split("|"))
@pytest.mark.parametrize("printed", [str, str.upper])
def test_what_was_taken_ends(printed: Callable[[str], str], end: str) -> None:
    assert find_taken(f"He took riluzole and foo bar{printed(end)}", ["aspirin"]) == ("riluzole", "foo bar")


@pytest.mark.parametrize("printed", PRINTED)
def test_every_number_is_read_whole(printed: Callable[[str], str]) -> None:
    below = [*_SMALL, *_TENS, *(f"{tens}-{digit}" for tens in _TENS for digit in list(_SMALL)[1:10])]
    hundreds = [f"{digit} hundred" for digit in list(_SMALL)[1:10]]
    words = [*below, *hundreds, *(f"one hundred{between}{word}" for between in (" and ", " ", "-") for word in below)]
    for word in (*words, "7", "12.5", "1,200", "12,000,000"):
        found = re.match(NUMBER, printed(word), re.IGNORECASE)
        assert found is not None
        assert found[0] == printed(word)
        assert number_of(found[0]) is not None


@pytest.mark.parametrize("before", ["", "a dose of ", "(", "1 to ", "–", "x/"])
@pytest.mark.parametrize("amount", ["5", "12", "1,200", "2.5", "10,000,000", "1234"])
def test_a_dose_starts_with_its_amount(before: str, amount: str) -> None:
    found = DOSE.search(f"{before}{amount} mg daily")
    assert found is not None
    assert (found["amount"], found["high"]) == (("1", amount) if before == "1 to " else (amount, None))


@pytest.mark.parametrize("before", ["x", "a_", "v.", "$", "€", "£", "NF-"])
def test_no_dose_starts_within_a_word_number_or_price(before: str) -> None:
    assert DOSE.search(f"{before}5 mg daily") is None


def test_what_is_monitored_needs_no_pattern() -> None:
    passage = Passage(Text(""), "Risks", "risks", "paragraph")
    assert find_monitored(Sentence("It is monitored.", passage, 0, (), (), 0)) == 6
