"""How surely a clause states what it says: its own cues, and what it takes over from the clauses before it."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from alsu_kg.extraction.claims.asides import find_asides
from alsu_kg.extraction.claims.clauses import other_starts
from alsu_kg.extraction.near import search_near
from alsu_kg.extraction.relation_words import Cue, PredicateWords, status_at
from alsu_kg.model.review import Status

# ``Were this to hold``, ``Should a trial show`` say the same as if.
_IF = re.compile(
    r"\W*(?:(?:if|even if)\b|(?:were|should) (?:this|these|that|those|it|they|such|the|an?|further|future|ongoing)\b(?!.*\?\s*$))",
    re.IGNORECASE,
)
_NOT_IF: Final = other_starts("if", "even if", "were", "should")
# A condition of use (``if taken with food``) is no supposition.
_USED = re.compile(
    r"\W*(?:even )?if (?:it is |they are |it was )?(?:\w+ly )?(?:taken|given|used|started|stopped|combined|needed)\b",
    re.IGNORECASE,
)
_IF_IT = re.compile(r",\s+if (?:it|they|this|these)\b(?! (?:is|are|was|were|be)\b)", re.IGNORECASE)
_SUPPOSED_THAT = re.compile(
    r"\b(?:suggest|propos|hypothes|postulat|believ|thought|speculat|theor|claim|argu|assum|possib|conceiv|plausib|likely|clear"
    r"|certain|known)"
    r"\w*\b[^.;]{0,40}\bthat\b"
    r"|\b(?:unclear|unknown|uncertain|not (?:\w+ )?(?:clear|known|certain)|to be (?:seen|determined)) (?:if|whether)\b",
    re.IGNORECASE,
)
# Letters of which one stands in all of these, at most three characters behind their start.
_SUPPOSING: Final = (
    "uggest", "ropos", "ypothes", "ostulat", "eliev", "hought", "peculat", "heor", "laim", "rgu", "ssum", "ossib", "onceiv",
    "lausib", "ikely", "lear", "ertain", "nown", "ot ", "o be ",
)  # fmt: skip
_NOT_BY = re.compile(r"\bnot\s+(?:\w+ly\s+)?(?:by|through|via|because|due to|owing to)\b", re.IGNORECASE)
NEGATIVE = re.compile(
    r"\b(?:no|not|never|neither|nor|none|cannot|without|fail\w*|unable|lack\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\bnot\b")
# What is done beside something is stated in its way: ``could lower A while raising B``.
_ALONGSIDE = re.compile(r"\W*(?:while|whilst)\s+(?:\w+ly\s+)?\w+ing\b", re.IGNORECASE)
_TURN = re.compile(r";|\b(?:but|however|although|though|yet|whereas)\b", re.IGNORECASE)
_SUPPOSED: Final = frozenset({"hypothesised", "speculated", "unclear"})


Aside = tuple[tuple[int, int], Status | None]
"""Where a part of a clause stands that is stated in a way of its own, and how; ``None`` if that cannot be told."""
Started = Sequence[tuple[int, int, Cue]]
Relations = Sequence[tuple[re.Match[str], PredicateWords]]


class Scope(msgspec.Struct, frozen=True, gc=False):
    """What clauses take over: ``lead`` from a condition, ``supposed`` from ``it is thought that``, ``said`` from the last one.

    ``end`` is where the last one ended.
    """

    lead: Status = "asserted"
    supposed: Status = "asserted"
    end: int = 0
    said: Status = "asserted"


def read_status(text: str, span: tuple[int, int], own: Status, scope: Scope, *, relates: bool) -> tuple[Status, Scope]:
    """Give the status of the clause at ``span`` of ``text``, which states a relation or not, and the scope of the next one.

    ``own`` is the status that its cues give it.

    >>> text = "It is thought that it rises and then it falls"
    >>> status, scope = read_status(text, (0, 27), "hypothesised", Scope(), relates=True)
    >>> status, read_status(text, (32, 45), "asserted", scope, relates=True)[0]
    ('hypothesised', 'hypothesised')
    """
    start, end = span
    words = text[start:end]
    lead, supposed = scope.lead, scope.supposed
    if supposed != "asserted" and _TURN.search(text[scope.end : start]):
        supposed = "asserted"
    status = own
    if own == "asserted" and scope.said in _SUPPOSED and _ALONGSIDE.match(text, scope.end, end):
        status = scope.said
    if words[:2] not in _NOT_IF and _IF.match(words) and not _USED.match(words):
        lead = "speculated" if relates else own
        status = "speculated" if relates else own
    elif lead == "speculated" and own == "hypothesised":
        status = "speculated"
    if status == "asserted" and relates and "," in words and ("f " in words or "F " in words) and _IF_IT.search(words):
        status = "speculated"
    if status == "asserted" and "?" in text and text.rstrip().endswith("?"):
        status = "unclear"
    if status == "asserted" and lead in ("speculated", "unclear"):
        status = lead
    if status == "asserted" and supposed != "asserted":
        status = supposed
    if end == len(text):
        return status, scope  # nothing follows that could take it over
    if own in _SUPPOSED and _may_suppose(words.lower()) and search_near(_SUPPOSED_THAT, _SUPPOSING, words, 3):
        supposed = own
    return status, Scope(lead, supposed, end, status)


def read_cues(
    text: str, cues: Started, span: tuple[int, int], relations: Relations = ()
) -> tuple[Status, bool, Sequence[Aside]]:
    """Give how the cues state the clause at ``span``, whether it only advises, and how its asides are stated.

    What is inserted (``A, which may lower B, does not slow C``) is stated as its own words say, or else as the words before it.
    ``relations`` are the relation words of the clause.

    >>> cues = [(0, 9, Cue("hypothesised", re.compile("may"))), (1, 27, Cue("negation", re.compile("not")))]
    >>> read_cues("A, which may lower B, does not slow C", cues, (0, 37))
    ('negated', False, [((1, 21), 'hypothesised')])
    """
    status, advises = status_at(text, cues, span)
    asides = find_asides(text, span) if status != "asserted" else ()
    how, told = _beside_asides(text, cues, span, relations, (status, asides)) if asides else (status, ())
    return how, advises, told


def _beside_asides(
    text: str,
    cues: Started,
    span: tuple[int, int],
    relations: Relations,
    found: tuple[Status, Sequence[tuple[int, int]]],
) -> tuple[Status, Sequence[Aside]]:
    """Give how the cues outside of asides state a clause, and how its asides are stated, of its status and its asides."""
    status, asides = found
    places = (*[at for _, at, _ in cues], *[match.start() for match, _ in relations])
    told = [(low, high) for low, high in asides if any(low <= at < high for at in places)]
    if not told:
        return status, ()
    outside = [each for each in cues if not any(low <= each[1] < high for low, high in told)]
    how = status if len(outside) == len(cues) else status_at(text, outside, span)[0]
    return how, [(aside, _of_aside(text, cues, (span[0], aside))) for aside in told]


def _of_aside(text: str, cues: Started, where: tuple[int, tuple[int, int]]) -> Status | None:
    """Give the status of an aside of a clause that starts at the first of ``where``."""
    start, aside = where
    status = status_at(text, cues, aside)[0]
    if status != "asserted":
        return status
    before = status_at(text, cues, (start, aside[0]))[0]
    return before if before == "asserted" or before in _SUPPOSED else None


def _may_suppose(lower: str) -> bool:
    """Say whether a clause in lower case holds one of the words that what is supposed starts with."""
    return "that" in lower or " if" in lower or " whether" in lower


def is_means_denied(clause: str, end: int) -> bool:
    """Say whether a clause denies not what its verb, which ends at ``end``, says, but only by what means: ``slows A not by B``.

    >>> is_means_denied("it slows one not by stopping two", 8), is_means_denied("it does not slow one", 16)
    (True, False)
    """
    denied = _NOT_BY.search(clause, end) if "not" in clause else None
    return denied is not None and not NEGATIVE.search(clause, 0, denied.start())


def of_relation(words: PredicateWords, status: Status, text: str) -> Status:
    """Give the status of one relation of a clause that has ``status`` and the words ``text``.

    >>> of_relation(PredicateWords(re.compile("no difference in"), "affects", "unknown", "outcome"), "asserted", "")
    'negated'
    """
    if words.voice in ("outcome", "same", "unmoved") or (words.voice == "alone" and words.polarity == "unknown"):
        return "negated"
    if words.voice == "trial" and (status in ("hypothesised", "negated") or words.predicate == "studied_to_treat"):
        return "asserted"
    if words.voice == "reverse" and status == "asserted" and _NOT.search(text):
        return "no-evidence"
    return status
