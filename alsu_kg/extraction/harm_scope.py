"""How far words reach in a sentence on harms: boxed warnings, negations."""

import re
from collections.abc import Sequence
from typing import Final

from alsu_kg.extraction.near import at_words
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
    r"\s+(?:for|about|of|on|regarding|concerning)\s+(?:(?:an?|the|its|increased|risks?"
    r"|potential|possible|of|for|serious|severe)\s+)*"
    r"(?P<what>[a-z][\w-]*(?:\s+(?!(?:and|or|in|when|if|because|due|with|that|which|who|by|from"
    r"|as|to|for|of|is|are|was|were|on|at|after)\b)"
    r"[a-z][\w-]*){0,3})(?=\s*(?:[.;,(\[]|$)|\s+(?:in|when|if|because|due|with|after)\b)"
)
_PARTED = re.compile(r";|\b(?:but|however|although|though|while|whereas|because|since|due to)\b", re.IGNORECASE)
_NEGATION = re.compile(r"\b(?:no|not|never|without|neither|nor|none|cannot)\b|n['’]t\b", re.IGNORECASE)
# Who should not take it has the condition already.
_BANS = at_words(
    *(r"contraindicated\b", r"avoid(?:ed)?\b", r"caution\b", r"must not\b", r"should not\b", r"cannot\b"),
    r"not (?:be )?(?:used|taken|given|recommended|advised|suitable)\b",
)
_HAD_BEFORE = re.compile(
    r"\b(?:patients|people|persons?|those|anyone|individuals|adults|pals|someone|history"
    r"|presence|cases?)\s+(?:(?:who|that)\s+(?:have|has|had)|with|of)"
    r"\s+(?:[\w-]+\s+|[\w-]+,\s+){0,6}$",
    re.IGNORECASE,
)


# ``Hypertension may occur``, ``new-onset diabetes and gout have been reported``: what stands before the condition, between it and
# the verb, and behind it if it is told of those who have ALS anyway, or were not treated.
_BEGINS = re.compile(
    r"(?:^|[;:]\s|,\s(?:and|but)\s)\W*(?:(?:also|rarely|occasionally|sometimes|often|commonly|less commonly|however|in rare cases"
    r"|in some (?:patients|people)|(?:during|after|with) (?:treatment|use|therapy)),?\s+)?"
    r"(?:(?:new|new-onset|severe|serious|mild|moderate|transient|temporary|acute|rare|fatal|reversible)(?:,\s+|\s+))*$",
    re.IGNORECASE,
)
_OCCURS = re.compile(
    r"\s+(?:(?:can|may|might|could|will|also|\w+ly|sometimes|often|have|has|been|is|are|was|were|then)\s+)*"
    r"(?:occur(?:s|red)?|develop(?:s|ed)?|appear(?:s|ed)?|arise[sn]?|happen(?:s|ed)?|ensues?"
    r"|(?:been|is|are|was|were)\s+(?:\w+ly\s+)?(?:reported|seen|observed|described|noted|recorded|documented))\b"
    # of whoever it is said, not of those treated
    r"(?!\s+(?:at\s+(?:any|all|an?|every)\s+(?:\w+\s+)?ages?\b|in\s+(?:childhood|adulthood|adolescence|infancy|anyone|everyone"
    r"|(?:the\s+)?(?:general|healthy)\b)|with\s+(?:\w+\s+)?age\b|(?:spontaneously|naturally"
    r"|anyway|worldwide)\b|(?:each|every)\s+year"
    r"|in\s+the\s+absence|regardless))"
    r"(?!\s+(?:to\b|that\b|as\b|(?:in|with|on|among|due to|because of)\s+(?:(?:the|people|patients|those|many|most|some|half)\s+"
    r"(?:with\s+|of\s+|on\s+)?)*(?:P?ALS\b|amyotrophic|disease|placebo|controls?\b|untreated)))",
    re.IGNORECASE,
)
# ``It may lead to hypertension``: what brings it on is the treatment or a way of taking it.
_BRINGS = re.compile(
    r"\b(?:(?:leads?|leading|led) to|result(?:s|ed)? in|cause[sd]?"
    r"|induce[sd]?|trigger(?:s|ed)?|precipitate[sd]?|provoke[sd]?|worsen(?:s|ed)?|aggravate[sd]?|exacerbate[sd]?)\s+"
    r"(?:(?:an?|the|new|new-onset|severe|serious|mild|transient|acute|rare|fatal|sometimes|even)\s+)*$",
    re.IGNORECASE,
)
_TAKEN = re.compile(
    r"\b(?:it|they|this drug|the drug|(?:this|the) (?:treatment|supplement|therapy|medication|medicine)|overdos\w+|doses?"
    r"|us(?:e|ing)|tak(?:ing|en))\b",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:,|,?\s+and|,?\s+or)\s+")


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
    return _BANS.search(f" {text}") is not None


def is_of_people(text: str, match: TermMatch) -> bool:
    """Say whether a condition is told as that of people (``those with gout``), who have it already.

    >>> from alsu_kg.extraction.terms import Term
    >>> is_of_people("Those with gout should avoid it", TermMatch(11, 15, Term("gout", "disease")))
    True
    """
    return _HAD_BEFORE.search(text, max(0, match.start - 80), match.start) is not None


def is_said_to_occur(text: str, match: TermMatch, terms: Sequence[TermMatch]) -> bool:
    """Say whether a condition, or a list of ``terms`` with it, is said to occur, to have been seen, or to come of the treatment.

    >>> from alsu_kg.extraction.terms import Term
    >>> gout = [TermMatch(0, 4, Term("gout", "disease"))]
    >>> [is_said_to_occur(text, gout[0], gout) for text in ("Gout may occur.", "Gout did not occur.", "Gout can be treated.")]
    [True, False, False]
    """
    at = next((i for i, each in enumerate(terms) if each.start == match.start), None)
    if at is None:
        return False
    if at == 0 and (brought := _BRINGS.search(text, 0, match.start)):
        return _TAKEN.search(text, 0, brought.start()) is not None
    first = last = at
    while first > 0 and _LISTED.fullmatch(text, terms[first - 1].end, terms[first].start):
        first -= 1
    while last + 1 < len(terms) and _LISTED.fullmatch(text, terms[last].end, terms[last + 1].start):
        last += 1
    return _OCCURS.match(text, terms[last].end) is not None and _BEGINS.search(text[: terms[first].start]) is not None


def warned_of(text: str) -> tuple[int, int, str] | None:
    """Give the harm that a boxed warning names right behind itself, and where it stands, if it is told in few plain words.

    >>> warned_of("It carries a boxed warning for foo toxicity (3)."), warned_of("It has a boxed warning.")
    ((31, 43, 'foo toxicity'), None)
    """
    warning = find_boxed(text)
    named = _WARNED_OF.match(text, warning.end()) if warning else None
    return (*named.span("what"), named["what"]) if named else None
