"""How far words reach in a sentence on harms: boxed warnings, negations, a noun that several tests share."""

import re
from collections.abc import Sequence
from typing import Final

from alsu_kg.extraction.terms import TermMatch
from alsu_kg.model.review import Status

# Patterns that run over whole sentences start with the characters that every match starts with.
BOXED = re.compile(r"[bB](?i:(?<=\bb)(?:lack[- ]box|oxed)\s+warning)")
_WITHOUT: Final = ("no ", "any ", "not a ", "not an ", "out a ")
# Where what a boxed warning is about ends.
_WARNED = re.compile(
    r"[;:,\s](?:(?<=[;:])|\s*(?:(?:but|however|although|while|whereas|other|mild|additional"
    r"|(?:more )?common (?:side|adverse|reactions)|less serious)\b|and\s+(?:(?:it|its)\b|(?:can|may|could)\s)))"
)
# What a warning names that is no known term: ``a boxed warning for lithium toxicity``.
_WARNED_OF = re.compile(
    r"\s+(?:for|about|of|on|regarding|concerning)\s+(?:(?:an?|the|its|increased|risks?|potential|possible|of|for|serious|severe)\s+)*"
    r"(?P<what>[a-z][\w-]*(?:\s+(?!(?:and|or|in|when|if|because|due|with|that|which|who|by|from|as|to|for|of|is|are|was|were|on|at|after)\b)"
    r"[a-z][\w-]*){0,3})(?=\s*(?:[.;,(\[]|$)|\s+(?:in|when|if|because|due|with|after)\b)"
)
_PARTED = re.compile(r";|\b(?:but|however|although|though|while|whereas|because|since|due to)\b", re.IGNORECASE)
_NEGATION = re.compile(r"\b(?:no|not|never|without|neither|nor|none|cannot)\b|n['’]t\b", re.IGNORECASE)
# Who should not take it has the condition already.
_BANS = re.compile(
    r"\b(?:contraindicated|avoid(?:ed)?|caution|must not|should not|cannot"
    r"|not (?:be )?(?:used|taken|given|recommended|advised|suitable))\b",
    re.IGNORECASE,
)
_BAN_WORDS: Final = ("not", "avoid", "Avoid", "aution", "ontraindicated")
_HAD_BEFORE = re.compile(
    r"\b(?:patients|people|persons?|those|anyone|individuals|adults|pals|someone|history|presence|cases?)\s+(?:(?:who|that)\s+(?:have|has|had)|with|of)"
    r"\s+(?:[\w-]+\s+|[\w-]+,\s+){0,6}$",
    re.IGNORECASE,
)
_ORGAN_NAME = r"(?:thyroid|liver|hepatic|kidney|renal|heart|cardiac|lung|pulmonary|adrenal|bone marrow|pancreatic)"
_ORGAN = re.compile(rf"\b{_ORGAN_NAME}\b", re.IGNORECASE)
_SHARED_NOUN = re.compile(rf"\b(?:{_ORGAN_NAME},\s+)*{_ORGAN_NAME},?\s+(?:and|or|and/or)\s+$", re.IGNORECASE)


def find_boxed(text: str) -> re.Match[str] | None:
    """Find a boxed warning that a sentence says there is.

    >>> bool(find_boxed("It has a boxed warning.")), bool(find_boxed("It carries no boxed warning."))
    (True, False)
    """
    return next((m for m in BOXED.finditer(text) if not text.endswith(_WITHOUT, 0, m.start())), None)


def reach_of_warning(text: str, terms: Sequence[TermMatch]) -> tuple[int, int]:
    """Give the part of a sentence in which stand the harms that its boxed warning is about: after it, else all up to its end.

    >>> from alsu_kg.extraction.terms import Term
    >>> reach_of_warning("It has a boxed warning for rash; others occur", [TermMatch(27, 31, Term("rash", "effect"))])
    (22, 31)
    """
    warning = find_boxed(text)
    start = warning.end() if warning else 0
    stop = _WARNED.search(text, start)
    end = stop.start() if stop else len(text)
    inside = any(t.term.kind in ("effect", "disease") and start <= t.start < end for t in terms)
    return (start, end) if inside else (0, end)


def is_denied(text: str, match: TermMatch) -> bool:
    """Say whether a negation stands in the part of a sentence that names a harm, and not before the reason that it is.

    >>> from alsu_kg.extraction.terms import Term
    >>> text = "It did not cause rash"; is_denied(text, TermMatch(17, 21, Term("rash", "effect")))
    True
    """
    ends = [m.end() for m in _PARTED.finditer(text, 0, match.start)]
    after = _PARTED.search(text, match.end)
    return _NEGATION.search(text, ends[-1] if ends else 0, after.start() if after else len(text)) is not None


def status_of_harm(status: Status, text: str, harm: TermMatch) -> Status:
    """Give the status of one harm of a sentence that has ``status``; each harm is denied by itself.

    >>> from alsu_kg.extraction.terms import Term
    >>> status_of_harm("hypothesised", "It may cause rash", TermMatch(13, 17, Term("rash", "effect")))
    'asserted'
    """
    if status == "negated" and not is_denied(text, harm):
        return "asserted"
    return status if status in ("speculated", "negated", "unclear") else "asserted"


def bans_use(text: str) -> bool:
    """Say whether a sentence names who should not be treated.

    >>> bans_use("It should not be used by people with asthma."), bans_use("It can cause asthma.")
    (True, False)
    """
    return any([word in text for word in _BAN_WORDS]) and _BANS.search(text) is not None  # noqa: C419 - faster for so few


def is_of_people(text: str, match: TermMatch) -> bool:
    """Say whether a condition is told as that of people (``those with gout``), who have it already.

    >>> from alsu_kg.extraction.terms import Term
    >>> is_of_people("Those with gout should avoid it", TermMatch(11, 15, Term("gout", "disease")))
    True
    """
    return _HAD_BEFORE.search(text, max(0, match.start - 80), match.start) is not None


def warned_of(text: str) -> tuple[int, int, str] | None:
    """Give the harm that a boxed warning names right behind itself, and where it stands, if it is told in few plain words.

    >>> warned_of("It carries a boxed warning for foo toxicity (3)."), warned_of("It has a boxed warning.")
    ((31, 43, 'foo toxicity'), None)
    """
    warning = find_boxed(text)
    named = _WARNED_OF.match(text, warning.end()) if warning else None
    return (*named.span("what"), named["what"]) if named else None


def with_organs(text: str, tests: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Add the tests that share their noun with one of ``tests``: ``thyroid and kidney function``.

    >>> [test for _, _, test in with_organs("thyroid, liver and kidney function", [(19, 34, "kidney function")])]
    ['thyroid function', 'liver function', 'kidney function']
    """
    every: list[tuple[int, int, str]] = []
    for start, end, test in tests:
        shared = _SHARED_NOUN.search(text, max(0, start - 60), start)
        noun = test.split(" ", 1)[-1]
        if shared and " " in test:
            every += [(m.start(), m.end(), f"{m[0]} {noun}") for m in _ORGAN.finditer(text, shared.start(), start)]
        every.append((start, end, test))
    return every
