"""Which things a verb reaches as its objects, and which are joined to them."""

import itertools
import re
from collections.abc import Sequence
from typing import Final

from alsu_kg.extraction.claims.clauses import plain_words
from alsu_kg.extraction.claims.things import TREATMENTS, Argument, is_modifier
from alsu_kg.extraction.terms import TermMatch

_STOPPED = re.compile(
    r"\b(?:with|by|when|because|who|which|that|while|during|after|if|where|but|although|than|without|via|through"
    r"|(?:these|them|those) such as|(?:and|or) (?:\w+ly )?\w{3,}ing"
    r"|ratio|threshold|doses?|needs?|requirements?|susceptibility|vulnerability|resistance|tolerance|sensitivity|protection)\b",
    re.IGNORECASE,
)
# The words of which one stands wherever these patterns, or that of another verb (``and``), match.
_STOPS_WORDS: Final = (
    "with by when because who which that while during after if where but although than without via through such and or ratio"
    " threshold dose doses need needs requirement requirements susceptibility vulnerability resistance tolerance sensitivity"
    " protection"
)
_STOPS: Final = frozenset(_STOPS_WORDS.split())
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
    r"|responses?|proteins?|genes?)(?=\s*,|\s+(?:and|or)))?"
    r"(?:\s*\([^()]*\))?\s*(?:,\s*|(?=(?:and|or|nor|as|but|such|including|like|namely|along|plus)\b))"
    r"(?:(?:and/or|and in|and also|and|or|nor|in|as well as|but also|such as|including|like|namely|along with|plus|e\.g\.,?"
    r"|for example,?"
    r"|especially|particularly)(?![A-Za-z]),?\s*)?(?:to a (?:lesser|greater|smaller) (?:extent|degree),?\s*)?"
    r"(?:(?:consequently|hence|thus|therefore|thereby|subsequently|in turn)\s+)?(?:the\s+|a\s+|an\s+|other\s+|in\s+|of\s+)*"
    r"(?:(?:release|secretion|production|expression|levels?|activity|activation|formation|synthesis|accumulation|phosphorylation"
    r"|generation|concentrations?) of\s+(?:the\s+)?)?(?:\w+\s+)?",
    re.IGNORECASE,
)
_LIST_WORDS: Final = frozenset(  # without a comma one of them stands in all of these
    {"and", "or", "nor", "as", "but", "such", "including", "like", "namely", "along", "plus"}
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
_FINITE_NAMES: Final = (
    "it they this these treatment drug therapy supplement supplementation administration dose doses extract diet has have had and"
    " or not also then is are was were been be uses neither nor never"
)
_FINITE_WORDS: Final = frozenset(_FINITE_NAMES.split())
_NO_LETTER_OF_ASCII = re.compile(r"[0-9_]|[^\x00-\x7f]")
_FINITE = re.compile(rf"\b(?:{'|'.join(_FINITE_NAMES.split())})\b\W*(?:\w+ly\s+)*$", re.IGNORECASE)
_AUXILIARIES = re.compile(
    r"\W*(?:without\s+)?(?:(?:and|or|it|they|did|do|does|not|never|also|may|might|can|could|would|to|was|were|is|are|be|been|had|has|have"
    r"|then|therefore|thus|so|cannot|in turn|help|helps"
    r"|helped|even|both|still|\w+ly)\s+)*",
    re.IGNORECASE,
)
# What words before a verb end with that are nothing but such.
_AUXILIARY_ENDS: Final = (
    "and", "or", "it", "they", "did", "do", "does", "not", "never", "also", "may", "might", "can", "could", "would", "to", "was",
    "were", "is", "are", "be", "been", "had", "has", "have", "then", "therefore", "thus", "so", "turn", "help", "helps",
    "helped", "even", "both", "still", "ly", "without",
)  # fmt: skip
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
_LEADING: Final = frozenset(_LEAD_ENDS) - {"ly"}
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
    if last_words and last_words[-1].lower() in _LEADING and gap[-1].isspace():
        return True
    return _LEADS.search(gap, len(before) if len(last_words) > 1 else 0) is not None


def may_be_finite(prefix: str) -> bool:
    """Say whether the words before a verb end with one that a finite verb may follow.

    >>> may_be_finite("which it also clearly "), may_be_finite("in mice with ")
    (True, False)
    """
    if _NO_LETTER_OF_ASCII.search(prefix):  # a word with such in it is cut by what follows
        return _FINITE.search(prefix) is not None
    words = plain_words(prefix)
    while words and words[-1].endswith("ly"):
        words.pop()
    return bool(words) and words[-1] in _FINITE_WORDS and _FINITE.search(prefix) is not None


def is_auxiliary(prefix: str) -> bool:
    """Say whether nothing but auxiliaries stands before a verb.

    >>> is_auxiliary("and may also "), is_auxiliary("and in mice may ")
    (True, False)
    """
    core = prefix.rstrip()
    may_be = core.lower().endswith(_AUXILIARY_ENDS) or not core[-1:].isalnum()
    return may_be and _AUXILIARIES.fullmatch(prefix) is not None


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
    stopped = len(between) > _MOST_BETWEEN or (
        not _STOPS.isdisjoint(plain_words(between))
        and (_AND_ANOTHER.fullmatch(between) is not None or _STOPPED.search(between) is not None)
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


def without_abbreviations(text: str, terms: Sequence[TermMatch]) -> Sequence[TermMatch]:
    """Leave out what only abbreviates the term before it, in brackets.

    >>> from alsu_kg.extraction.terms import Term
    >>> als = Term("amyotrophic lateral sclerosis", "disease")
    >>> text = "amyotrophic lateral sclerosis (ALS)"
    >>> len(without_abbreviations(text, [TermMatch(0, 29, als), TermMatch(31, 34, als)]))
    1
    """
    kept = list(terms[:1])
    for one, other in itertools.pairwise(terms):
        if other.term.label != one.term.label or text[one.end : other.start] != " (":
            kept.append(other)
    return kept


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


def _is_listed(between: str) -> bool:
    """Say whether two things that stand on both sides of these words are listed."""
    may_be = "," in between or not _LIST_WORDS.isdisjoint(plain_words(between))
    return may_be and _LISTED.fullmatch(between) is not None


def coordinated(text: str, things: Sequence[TermMatch]) -> list[TermMatch]:
    """Take the first thing and those joined to it by commas, ``and``, ``such as``.

    >>> from alsu_kg.extraction.terms import Term
    >>> things = [TermMatch(i, i + 1, Term(x, "process")) for i, x in ((0, "a"), (10, "b"), (20, "c"))]
    >>> [t.term.label for t in coordinated("a such as b but not c", things)]
    ['a', 'b']
    """
    if len(things) < 2:
        return list(things)
    kept: list[TermMatch] = []
    for thing in things:
        if kept and text[kept[-1].end : thing.start] == " (":
            continue
        if not kept and is_modifier(text, thing.end):
            continue
        if kept and thing.term.kind == "treatment" and kept[-1].term.kind != "treatment":
            break  # ``B raises C, and A holds B``
        between = text[kept[-1].end : thing.start] if kept else ""
        if "," in between and _APPOSED.fullmatch(between):
            continue
        if (
            kept
            and between not in _JOINTS
            and (not _is_listed(between) or (between == ", " and _ACTS.match(text, thing.end)))
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
