"""Which things a verb reaches as its objects, and which are joined to them."""

import re
from collections.abc import Sequence
from typing import Final

from alsu_kg.extraction.claim_things import TREATMENTS, Argument, is_modifier
from alsu_kg.extraction.terms import TermMatch

_STOPPED = re.compile(
    r"\b(?:with|by|when|because|who|which|that|while|during|after|if|where|but|although|than|without|via|through"
    r"|(?:these|them|those) such as|(?:and|or) (?:\w+ly )?\w{3,}ing"
    r"|ratio|threshold|doses?|needs?|requirements?|susceptibility|vulnerability|resistance|tolerance|sensitivity|protection)\b",
    re.IGNORECASE,
)
_RATHER = re.compile(r",\s+rather than [^,;]{1,30},\s")
_STOPPED_EARLY = re.compile(r"\b(?:in|among|for|from|between|to)\b", re.IGNORECASE)
# The verb before it has no object: ``survival improved and A fell``.
_AND_ANOTHER = re.compile(r"\s*,?\s*(?:and|or|but)\s+(?:(?:the|its|their|levels?|of|also)\s+)*", re.IGNORECASE)
_MOST_BETWEEN: Final = 90
# What may stand between two objects of one verb.
_LISTED = re.compile(
    r"(?:\s+(?:pore\s+)?(?:opening|activity|levels?|release|production|expression|signall?ing|pathways?"
    r"|formation|function|activation"
    r"|concentrations?|accumulation|aggregation|deposition|secretion|generation|uptake|synthesis"
    r"|responses?|proteins?|genes?)(?=\s*(?:,|and|or)))?"
    r"(?:\s*\([^()]*\))?\s*(?:,\s*|(?=(?:and|or|nor|as|but|such|including|like|namely|along|plus)\b))"
    r"(?:(?:and/or|and in|and also|and|or|nor|in|as well as|but also|such as|including|like|namely|along with|plus|e\.g\.,?"
    r"|for example,?"
    r"|especially|particularly)(?![A-Za-z]),?\s*)?(?:to a (?:lesser|greater|smaller) (?:extent|degree),?\s*)?"
    r"(?:(?:consequently|hence|thus|therefore|thereby|subsequently|in turn)\s+)?(?:the\s+|a\s+|an\s+|other\s+|in\s+|of\s+)*"
    r"(?:(?:release|secretion|production|expression|levels?|activity|activation|formation|synthesis|accumulation|phosphorylation"
    r"|generation|concentrations?) of\s+(?:the\s+)?)?(?:\w+\s+)?",
    re.IGNORECASE,
)
_DOES: Final = (" does ", " did ", " is ", " was ", " has ")
_JOINTS: Final = frozenset({" ", " and ", ", and ", " or ", ", or "})  # the commonest
# Not one more thing of a list: what the first is (``A, a B``), or what has its own sign (``slower A, longer B``).
_APPOSED = re.compile(r"(?:\s*\([^()]*\))?,\s+an?\s+(?:[\w-]+\s+)?", re.IGNORECASE)
_OTHERWISE = re.compile(
    r"\b(?:longer|higher|greater|more|better|worse|(?P<less>less|lower|fewer|slower|shorter))\s+$", re.IGNORECASE
)
_LESS_BEFORE = re.compile(r"\b(?:less|lower|fewer|slower|shorter|reduced|decreased)\s+(?:[\w-]+\s+)?$", re.IGNORECASE)
# By raising A, B may lower C: what is followed by such a verb is not one more of a list.
_ACTS = re.compile(
    r"\s+(?:can|could|may|might|would|will|should|also|is|are|was|were|has|have|had|did|does|do)\b",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"\b(?:by|through|via|for|of|in|at|to|as|is|are|was|were|thereby|thus|without|involving|involves?|including|includes?"
    r"|while|when|mechanisms?)\s+"
    r"(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
_LEAD_ENDS: Final = (
    "by", "through", "via", "for", "of", "in", "at", "to", "as", "is", "are", "was", "were", "thus", "without", "involving",
    "involve", "involves", "including", "include", "includes", "while", "when", "mechanism", "mechanisms", "ly",
)  # fmt: skip
_VIA = re.compile(
    r",?\s*(?:(?:particularly|especially|mainly|mostly|partly|perhaps|possibly)\s+)?(?:via|through)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_COMPARED: Final = ("er ", "ore ", "ess ", "rse ")


def leads_to_noun(gap: str) -> bool:
    """Say whether the last words of ``gap`` lead to a noun made of a verb.

    >>> leads_to_noun(" acts by "), leads_to_noun(" which ")
    (True, False)
    """
    if not gap[:-1].lower().endswith(_LEAD_ENDS):
        return False
    before, *last_words = gap.rsplit(None, 2)
    return _LEADS.search(gap, len(before) if len(last_words) > 1 else 0) is not None


def near(text: str, things: Sequence[TermMatch], end: int) -> Sequence[TermMatch]:
    """Give ``things`` if the first of them is the object of the verb that ends at ``end``, not of something in between.

    >>> from alsu_kg.extraction.terms import Term
    >>> process = Term("a", "process")
    >>> len(near("raises a", [TermMatch(7, 8, process)], 6)), near("raises x by a", [TermMatch(12, 13, process)], 6)
    (1, ())
    """
    while things and is_modifier(text, things[0].end):
        things = things[1:]
    if not things:
        return ()
    between = text[end : things[0].start]
    if between == " ":
        return things
    if "rather than" in between:
        between = _RATHER.sub(" ", between)
    stopped = (
        len(between) > _MOST_BETWEEN
        or _AND_ANOTHER.fullmatch(between) is not None
        or _STOPPED.search(between) is not None
    )
    if things[0].term.kind in TREATMENTS:
        stopped = (
            stopped
            or "such as" in between
            or between.endswith((" on ", " in the ", "effect of ", "effects of ", "action of ", "actions of "))
        )
    if things[0].term.kind in ("disease", "cell"):
        stopped = stopped or _STOPPED_EARLY.search(between) is not None
    return () if stopped else things


def before_next_doer(text: str, things: Sequence[TermMatch]) -> Sequence[TermMatch]:
    """Give the things before a treatment that does something itself: ``B, and A does so too``.

    >>> from alsu_kg.extraction.terms import Term
    >>> things = [TermMatch(0, 1, Term("b", "process")), TermMatch(7, 8, Term("a", "chemical"))]
    >>> [t.term.label for t in before_next_doer("b, and a does so too", things)]
    ['b']
    """
    for i, thing in enumerate(things):
        if i and thing.term.kind in TREATMENTS and text.startswith(_DOES, thing.end):
            return things[:i]
    return things


def _is_compared_alike(text: str, first: int, between: str) -> bool:
    """Say whether what is joined stands in no comparative, or in one of the same sign (``fewer A and less B``)."""
    compared = _OTHERWISE.search(between)
    return compared is None or (
        compared["less"] is not None and _LESS_BEFORE.search(text, max(0, first - 30), first) is not None
    )


def coordinated(text: str, things: Sequence[TermMatch]) -> list[TermMatch]:
    """Take the first thing and those joined to it by commas, ``and``, ``such as``.

    >>> from alsu_kg.extraction.terms import Term
    >>> things = [TermMatch(i, i + 1, Term(x, "process")) for i, x in ((0, "a"), (10, "b"), (20, "c"))]
    >>> [t.term.label for t in coordinated("a such as b but not c", things)]
    ['a', 'b']
    """
    kept: list[TermMatch] = []
    for thing in things:
        if kept and text[kept[-1].end : thing.start] == " (":
            continue
        if not kept and len(things) > 1 and is_modifier(text, thing.end):
            continue
        if kept and thing.term.kind == "treatment" and kept[-1].term.kind != "treatment":
            break  # ``B raises C, and A holds B``
        between = text[kept[-1].end : thing.start] if kept else ""
        if kept and _APPOSED.fullmatch(between):
            continue
        if (
            kept
            and between not in _JOINTS
            and (not _LISTED.fullmatch(between) or (between == ", " and _ACTS.match(text, thing.end)))
        ):
            break
        if kept and between.endswith(_COMPARED) and not _is_compared_alike(text, kept[0].start, between):
            break
        kept.append(thing)
    return kept


def mediators(text: str, things: Sequence[TermMatch], end: int) -> list[Argument]:
    """Give what the thing that ends at ``end`` is said to work through: ``stress is involved in ALS, particularly via NF-kB``.

    >>> from alsu_kg.extraction.terms import Term
    >>> mediators("b, via c", [TermMatch(7, 8, Term("c", "process"))], 1)
    [('c', False)]
    """
    after = next((t for t in things if t.start >= end), None)
    return [(after.term.label, False)] if after is not None and _VIA.fullmatch(text[end : after.start]) else []
