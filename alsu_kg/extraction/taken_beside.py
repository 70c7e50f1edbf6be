"""What persons took beside the treatment that a review is about."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from alsu_kg.extraction.near import at_words
from alsu_kg.extraction.quantities import NUMBER, split_list
from alsu_kg.extraction.stems import tree_pattern

_TAKEN = at_words(
    *(
        r"t(?:reated with|aking|ook|ogether with)\s+(?=.)",
        r"c(?:ocktail|ombination) of\s+(?=.)",
        r"in addition to\s+(?=.)",
    ),
    *(r"a(?:long with|s well as|fter starting|lso us(?:ed|ing))\s+(?=.)", r"start(?:ed(?: on)?|ing)\s+(?=.)"),
    r"recei(?:ved|ving)\s+(?=.)",
)
_MEANWHILE: Final = "over while when who which during before until"
_TELLING: Final = (
    "described reported noted noticed said felt had has saw experienced showed improved regained found died progressed declined "
    "continued remained"
)
_MEANWHILE_OR_TELLS: Final = tree_pattern(f"{_MEANWHILE} {_TELLING}".split(), any_case=True)
_TELLS: Final = tree_pattern(_TELLING.split(), any_case=True)
_WHOSE: Final = ("his", "her", "he", "she", "they")
_ITS_OWN: Final = tree_pattern(["their", "with", *_WHOSE, *(f"and {who}" for who in _WHOSE)], any_case=True)
# Starts with the characters that every match starts with; the first is told apart from the others first, as most are spaces.
_TAKEN_END = re.compile(
    r"[.;,(\[\s](?i:(?<=\s)\s*(?:(?-i:[(\[])\d|(?-i:[fF])or\s+(?:\d|(?:an?|several|many|some|about|over|more than|at least|"
    rf"{NUMBER})\b)|(?-i:[pP])rior to\b|(?-i:[aA])nd\s+{_TELLS}\b|{_MEANWHILE_OR_TELLS}\b)"
    rf"|(?<!\s)(?:(?<=,)\s+(?:(?-i:[aA])nd\s+{_TELLS}\b|(?:{_TELLS}|{_ITS_OWN})\b)"
    r"|(?<=[(\[])\d|(?<=[.;])))"
)
_INCLUDING = at_words(*(rf"{word}(?=\s)" for word in ("including", "such as", "like", "namely", "consisting of")))
_INCLUDING_WORDS: Final = ("ncluding", "uch as", "ike", "amely", "onsisting")
_BESIDE_OWN = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:(?:at )?\d[\d.,]*\s*(?:m?g|mcg|µg|ug|IU|units?|m?L|ml)\b(?:/\w+)*(?:\s+"
    r"(?:(?:once|twice|three times) )?(?:daily|weekly|a day|per day))?\s*)?(?:together with|along with|in combination with"
    r"|combined with|as well as|in addition to|plus|and|with|,)\s*",
    re.IGNORECASE,
)
_DOSE = re.compile(
    r"^\d[\d.,]*\s*(?:m?g|mcg|µg|ug|IU|units?|m?L|ml)\b(?:/\w+)*"
    r"(?:\s+(?:(?:once|twice|three times|\d times) )?(?:daily|weekly|a day|per day|a week|per week))?(?:\s+of\b)?\s*"
)
_LETTERS = re.compile(r"[^\W\d_]{2}")
_CITED_AFTER = re.compile(r"(?<=[a-z]{3})\s\d{1,3}$")
_LEADING = re.compile(
    r"^(?:eventually|also|with|of|a|an|the|some|his|her|their|only|experimental|oral|daily|intravenous)\s+",
    re.IGNORECASE,
)
_NO_WORDS_OF_SUBSTANCES: Final = "was were is their recovery care month months year years week weeks he she they had"
_NO_SUBSTANCES: Final = frozenset(_NO_WORDS_OF_SUBSTANCES.split())
_NO_SUBSTANCE = re.compile(rf"\b{tree_pattern(_NO_SUBSTANCES)}\b")
_GENERIC: Final = frozenset(
    [
        "medications",
        "medication",
        "supplements",
        "supplement",
        "treatments",
        "treatment",
        "drugs",
        "drug",
        "it",
        "this",
        "others",
        "other",
        "therapies",
        "many",
        "different",
        "it",
    ]
)


def find_taken(text: str, names: Sequence[str]) -> tuple[str, ...]:
    """Give what else a person took who took the treatment, which has these ``names``.

    >>> find_taken("She took aspirin along with oral riluzole and edaravone.", ["aspirin"])
    ('riluzole', 'edaravone')
    """
    own = {name.casefold() for name in names}
    items: list[str] = []
    for what in _told_of(text):
        what = what[_past_own_name(what, names) :]
        if any(word in what for word in _INCLUDING_WORDS):
            what = _past_including(what)
        found = split_list(what)
        items += [item for item in found if len(item.split()) <= 5]
    cleaned = []
    for item in items:
        if item.isalpha():  # one word, as most
            folded = item.casefold()
            if len(item) > 1 and not (folded in own or folded in _GENERIC or folded in _NO_SUBSTANCES):
                cleaned.append(item)
            continue
        named = item if item[-1:].isalpha() else _CITED_AFTER.sub("", item)
        named = named if named[:1].isalpha() else _DOSE.sub("", named)
        bare = (named if named.isalpha() else _LEADING.sub("", named)).strip(' "“”')
        folded = bare.casefold()
        words = folded.split()
        if (
            _LETTERS.search(bare)
            and folded not in own
            and not _GENERIC.issuperset(words)
            and own.isdisjoint(words)
            and not _NO_SUBSTANCE.search(folded)
        ):
            cleaned.append(bare)
    return tuple(dict.fromkeys(cleaned))


def _told_of(text: str) -> Iterator[str]:
    """Give the words after each verb of taking, up to where something else is told: at the latest the end of the text."""
    at, spaced = 0, f" {text}"
    while taken := _TAKEN.search(spaced, at):
        end = _TAKEN_END.search(spaced, taken.end() + 1)
        at = end.start() if end else len(spaced)
        yield spaced[taken.end() : at]


def _past_including(what: str) -> str:
    """Give what stands behind the last word of its first line that introduces examples, else all of it.

    >>> _past_including("drugs, such as vitamins like A"), _past_including("vitamins")
    ('A', 'vitamins')
    """
    spaced = f" {what}"
    ends = [m.end() for m in _INCLUDING.finditer(spaced) if "\n" not in spaced[: m.start() + 1]]
    return spaced[ends[-1] :].lstrip() if ends else what


def _past_own_name(what: str, names: Sequence[str]) -> int:
    """Give where what was taken beside the treatment starts, if ``what`` starts with a name of the treatment."""
    lower = what.lower()
    for name in (*names, "it") if names else ("",):
        if lower.startswith(name.lower()) and (beside := _BESIDE_OWN.match(what, len(name))):
            return beside.end()
    return 0
