"""What persons took beside the treatment that a review is about."""

import re
from collections.abc import Sequence
from typing import Final

from alsu_kg.extraction.quantities import NUMBER, split_list

# Starts with the characters that every way to say it starts with, and looks for the end of what was taken only where it can be.
_TAKEN = re.compile(
    r"[tTcCiIaAsSrR](?i:(?:(?<=\bt)(?:reated with|aking|ook|ogether with)|(?<=\bc)(?:ocktail|ombination) of|(?<=\bi)n addition to"
    r"|(?<=\ba)(?:long with|s well as|fter starting|lso us(?:ed|ing))|(?<=\bs)tart(?:ed(?: on)?|ing)|(?<=\br)ecei(?:ved|ving))\s+"
    r"(?P<what>.[^\s.;,(\[]*+(?:[\s.;,(\[][^\s.;,(\[]*+)*?)(?=[.;]|$|\s*[(\[]\d"
    r"|\s+(?:for\s+(?:\d|(?:an?|several|many|some|about|over|more than|at least|"
    rf"{NUMBER})\b)|prior to\b|(?:over|while|when|who|which|during|before|until)\b)"
    r"|,?\s+(?:and\s+)?(?:described|reported|noted|noticed|said|felt|had|has|saw|experienced|showed|improved|regained|found"
    r"|died|progressed|declined|continued|remained)\b"
    r"|,\s+(?:his|her|their|he|she|they|with|and (?:his|her|he|she|they))\b))"
)
_INCLUDING = re.compile(r"^.*\b(?:including|such as|like|namely|consisting of)\s+", re.IGNORECASE)
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
_NO_SUBSTANCE = re.compile(r"\b(?:was|were|is|their|recovery|care|months?|years?|weeks?|he|she|they|had)\b")
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
    for match in _TAKEN.finditer(text):
        what = match["what"]
        what = what[_past_own_name(what, names) :]
        if any(word in what for word in _INCLUDING_WORDS):
            what = _INCLUDING.sub("", what)
        found = split_list(what)
        items += [item for item in found if len(item.split()) <= 5]
    cleaned = []
    for item in items:
        named = item if item[-1:].isalpha() else _CITED_AFTER.sub("", item)
        named = named if named[:1].isalpha() else _DOSE.sub("", named)
        bare = _LEADING.sub("", named).strip(' "“”')
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


def _past_own_name(what: str, names: Sequence[str]) -> int:
    """Give where what was taken beside the treatment starts, if ``what`` starts with a name of the treatment."""
    lower = what.lower()
    for name in (*names, "it") if names else ("",):
        if lower.startswith(name.lower()) and (beside := _BESIDE_OWN.match(what, len(name))):
            return beside.end()
    return 0
