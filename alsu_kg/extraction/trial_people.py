"""Who took part in a trial, and who left it."""

import re
from typing import Final

from alsu_kg.extraction.quantities import NUMBER, at_number, number_of
from alsu_kg.extraction.sentences import Sentence
from alsu_kg.extraction.signs import sign

PEOPLE = r"(?:patients?|PALS|PwALS|people|participants?|subjects?|persons?|individuals?|adults?|volunteers?|men|women|cases|pALS)"
_COUNT = at_number(
    # what it is no number of is looked for behind words that are numbers only
    rf"(?={NUMBER})(?<!phase )(?<!type )(?<!stage )(?<!grade )(?<!day )(?<!week )(?P<n>{NUMBER})\s+(?:[\w-]+\s+){{0,3}}?"
    rf"(?P<who>{PEOPLE})\b(?P<with>\s+with\s+(?:[\w-]+\s+){{0,3}}?(?:ALS"
    rf"|amyotrophic lateral sclerosis|motor neurone? disease|MND|disease))?",
)
_LEFT = re.compile(
    rf"\b(?<!of )(?<!in )(?P<n>{NUMBER})\s+(?:\([^()]{{1,12}}\)\s+)?(?:of\s+(?:the(?:se|m)?\s+)?(?:{NUMBER}\s+)?)?"
    rf"(?:{PEOPLE}\s+)?(?:(?!(?:was|were|is|are)\b)\w+\s+)?"
    r"(?:withdrew|dropped out|discontinued|stopped|left the (?:trial|study)|were withdrawn|were lost to follow|did not complete"
    r"|failed to complete)",
    re.IGNORECASE,
)
_NEAR: Final = 60
_WENT_AWAY: Final = (
    *("withdrew", "dropped out", "discontinued", "stopped", "left the", "withdrawn", "lost to", "complete"),
)
_ARMS: Final = ("placebo", "group", "arm", "control", "treat", "cohort")
_IN_ARM = r"(?:on|in|receiving|taking|given|from|assigned to)"
_LEFT_BOTH = re.compile(
    rf"\b(?P<n>{NUMBER})\s+(?:{PEOPLE}\s+)?{_IN_ARM}\s+[^.;,]{{1,50}}?,?\s+and\s+(?P<n2>{NUMBER})\s+(?:{PEOPLE}\s+)?{_IN_ARM}"
    r"\s+[^.;,]{1,30}?\s*(?:withdrew|dropped out|discontinued|stopped|left the (?:trial|study)|were withdrawn|were lost to follow"
    r"|did not complete|failed to complete)",
    re.IGNORECASE,
)
# Trials of 84, 171 and 133 people: no number is that of one trial.
_IN_A_ROW = re.compile(r"\d,?\s(?:and|or)\s\d|\d,\s\d")
_NOT_ENROLLED = re.compile(
    r"\b(?:withdrew|dropped|discontinued|died|experienced|reported|developed|had|completed)\b", re.IGNORECASE
)
_PARTICIPANT, _WENT = sign("participant"), sign("left")


def find_enrolled(sentence: Sentence) -> re.Match[str] | None:
    """Find how many took part, who are neither those who left nor those of several trials in a row.

    The match counts in the text with a space before it.

    >>> from alsu_kg.extraction.sections import Passage
    >>> from alsu_kg.model.document import Text
    >>> passage = Passage(Text(""), "Trials", "trials", "paragraph")
    >>> find_enrolled(Sentence("Ten PALS took it; two patients withdrew.", passage, 0, (), (), 0))["n"]
    'Ten'
    """
    text, signs = f" {sentence.text}", sentence.signs
    if not signs & _PARTICIPANT:
        return None
    left: list[tuple[int, int]] | None = None if signs & _WENT else []
    for match in _COUNT.finditer(text):
        start = match.start("n")
        if _IN_A_ROW.search(text, max(0, start - 8), match.end("n") + 6):
            continue
        if left is None:
            both = _left_both(text)
            left = [m.span() for m in _LEFT.finditer(text)] + ([both.span()] if both else [])
        if not any(a <= start < b for a, b in left) and not _NOT_ENROLLED.match(text[match.end() :].lstrip()):
            return match
    return None


def _left_both(text: str) -> re.Match[str] | None:
    """Find who left of two groups told side by side, where ``and`` stands before one who left."""
    for verb in _WENT_AWAY:
        at = text.find(verb)
        near = text[max(0, at - _NEAR) : at] if at > 0 else ""
        if " and " in near and any([arm in near for arm in _ARMS]):  # noqa: C419 - faster for so few
            return _LEFT_BOTH.search(text, max(0, at - 3 * _NEAR), at + _NEAR)
    return None


def count_withdrawn(text: str) -> int | None:
    """Give how many left; of two groups told side by side both together.

    >>> count_withdrawn("Six patients withdrew."), count_withdrawn("All stayed.")
    (6, None)
    """
    both = _left_both(text)
    if both is not None:
        return int((number_of(both["n"]) or 0.0) + (number_of(both["n2"]) or 0.0))
    left = _LEFT.search(text)
    return int(number_of(left["n"]) or 0) if left else None
