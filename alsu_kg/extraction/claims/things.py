"""Terms as subjects and objects: which may be one, which are joined, which a verb reaches."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from alsu_kg.extraction.claims.anaphora import Before, names_treatment
from alsu_kg.extraction.claims.clauses import Clause
from alsu_kg.extraction.claims.turns import (
    is_lacking,
    is_of_other,
    is_within,
    of_another_disease,
    says_what_is_done,
)
from alsu_kg.extraction.relation_words import PredicateWords
from alsu_kg.extraction.terms import TermMatch

_MODIFYING: Final = (
    "mediated", "induced", "driven", "related", "dependent", "associated", "like", "derived", "containing", "rich", "specific",
    "based",
)  # fmt: skip
_MODIFIER = re.compile(
    r"[- ‐‑–](?:mediated|induced|driven|related|dependent|associated|like|derived|containing|rich|specific|based)\b"
    r"(?! (?:by|with|to|from|in)\b)"
)
_EXCEPT: Final = (
    "exception of ",
    "except for ",
    "except ",
    "other than ",
    "apart from ",
    "aside from ",
    "regardless of ",
)
_RESTORING: Final = ("restor", "rescu", "preserv", "maintain", "replenish")
_SAVING: Final = ("rescu", "preserv", "protect")  # of what is bad there is then less: ``rescued motor neuron loss``
_ANTI: Final = ("anti-", "anti–", "non-", "anti ")
_ANTI_ENDS: Final = ("i-", "i–", "n-", "i ", "I-", "I–", "N-", "I ")  # what these end with
_NEITHER: Final = frozenset({"species", "test", "model", "anatomy"})  # neither act nor are acted on
BACK: Final = 60  # so many characters before a place are looked at
_WHOLE = re.compile(
    r"\s*(?:$|[.,;:()\[]|(?:and|or|in|from|against|by|but|which|that|to|of|with|during|via|through|while"
    r"|is|are|was|were|has|have|had)\b)"
)
# What a thing is said to be: ``A is a flavonoid that lowers B``.
_IS_A = re.compile(
    r"(?:\b(?:is|are|was|were)|,)\s+an?\s+(?:(?!(?:of|in|for|with|to|and|by|on|from|at)\b)[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_AS_A = re.compile(
    r"(?:\bas|,)\s+an?\s+(?:(?!(?:of|in|for|with|to|and|by|on|from|at)\b)[\w-]+\s+){0,3}$", re.IGNORECASE
)
_DESCRIBED = re.compile(r"[,.;]|\s+(?:that|which)\b")
_OTHER_NOUNS: Final = (
    "resistance", "tolerance", "toxicity", "overdos", "abuse", "addiction", "dependence", "allerg", "antagonist", "receptor",
)  # fmt: skip
_LONGEST: Final = 15  # so many characters hold the space before such a noun and the letters above
_OTHER_NOUN = re.compile(
    r"\s+(?:resistance|tolerance|toxicity|overdos\w+|abuse|addiction|dependence|allerg\w+|antagonists?|receptors?)\b",
    re.IGNORECASE,
)
_TREATED = re.compile(r"[-‐‑–](?:treated|exposed|fed|derived|naive|free|resistant)\b")
DASHES: Final = frozenset("-‐‑–")
_NAME_GOES_ON = re.compile(
    r"\s+(?:Therapy|Association|Institute|Foundation|Society|Research|Untangled|Functional|Clinic|Center|Centre|Consortium"
    r"|(?:[\w-]+ )?(?:models?|patients|mice|rats|animals|rodents?|cells|cases|families|subjects|trials?|stud(?:y|ies)))\b"
)
_A_FALL = re.compile(r"falls?\s+in\b", re.IGNORECASE)
_PLACED: Final = frozenset({"located_in", "is_increased_in", "tested_in"})
_PLACES: Final = frozenset({"cell", "anatomy", "model", "disease"})
CONTEXT_KINDS: Final = frozenset({"cell", "anatomy", "species", "model"})
TREATMENTS: Final = frozenset({"treatment", "chemical"})
Sides = tuple[Sequence[TermMatch], Sequence[TermMatch]]
Argument = tuple[str, bool]
"""The label of a subject or object, and whether the sentence speaks of less of it, or of its failure."""
Arguments = tuple[list[Argument], list[Argument]]
NOTHING: Final[Arguments] = ([], [])


class Given(msgspec.Struct, frozen=True, gc=False):
    """What a relation word is read with: the treatment, the terms before its clause, its reach, itself, who acted before it.

    ``is_last`` if nothing that is read after it asks who acts in it.
    """

    treatment: str | None
    before: Before
    clause: Clause
    match: re.Match[str]
    carried: Sequence[Argument] = ()
    is_last: bool = False


def is_of_treatment(text: str, left: Sequence[TermMatch], given: Given) -> bool:
    """Say whether a general name of the treatment stands between the last thing and its verb: ``in mice with A, this drug``.

    >>> given = Given("Foo", Before(), Clause(0, 20), re.compile("slows").search("in mice the drug slows"))
    >>> from alsu_kg.extraction.terms import Term
    >>> is_of_treatment("in mice the drug slows", [TermMatch(3, 7, Term("mouse", "species"))], given)
    True
    """
    named_so = left[-1].start >= given.clause.start and names_treatment(text[left[-1].end : given.match.start()])
    return named_so and all(t.term.kind not in TREATMENTS for t in left if t.start >= given.clause.start)


def is_modifier(text: str, end: int) -> bool:
    """Say whether the term that ends at ``end`` only describes a noun behind it: ``A-induced B``.

    >>> is_modifier("A-induced B", 1), is_modifier("A is B", 1)
    (True, False)
    """
    return text.startswith(_MODIFYING, end + 1) and _MODIFIER.match(text, end) is not None


def acted_on(text: str, things: Sequence[TermMatch], verb: str) -> list[Argument]:
    """Give the objects of a verb, turned where a noun behind them says that they are lacking (``prevents BDNF loss``).

    What is impaired and restored is there again.

    >>> from alsu_kg.extraction.terms import Term
    >>> acted_on("prevents BDNF loss", [TermMatch(9, 13, Term("BDNF", "process"))], "prevents")
    [('BDNF', True)]
    """
    saves = verb.startswith(_SAVING) and not verb.endswith(("from", "against"))
    if saves or verb.startswith(_RESTORING):
        return [(t.term.label, saves and t.term.bad) for t in things]
    acted: list[Argument] = []
    for t in things:
        acted.append((t.term.label, t.term.failing != is_lacking(text, t.end)))  # noqa: PERF401 - faster for so few
    return acted


def to_arguments(things: Sequence[TermMatch]) -> list[Argument]:
    """Give the labels of ``things``.

    >>> from alsu_kg.extraction.terms import Term
    >>> to_arguments([TermMatch(0, 1, Term("a", "process"))])
    [('a', False)]
    """
    return [(t.term.label, t.term.failing) for t in things]


def find_subjects(things: Sequence[TermMatch], text: str, words: PredicateWords) -> list[TermMatch]:
    """Give those of ``things`` that can act in a relation.

    >>> from alsu_kg.extraction.terms import Term
    >>> words = PredicateWords(re.compile("slows"), "affects", "decreases", "active")
    >>> find_subjects([TermMatch(0, 4, Term("mouse", "species"))], "mice", words)
    []
    """
    found: list[TermMatch] = []
    for thing in things:
        if _is_subject(thing, text, words):
            found.append(thing)  # noqa: PERF401 - faster for so few
    return found


def _is_subject(match: TermMatch, text: str, words: PredicateWords) -> bool:
    kind = match.term.kind
    start = match.start
    if text.endswith(_EXCEPT, 0, start) or _is_mentioned(match, text, words):
        return False
    if words.predicate in _PLACED:
        return kind not in ("species", "outcome")
    if kind in _NEITHER or _is_opposed(text, start) or (kind == "outcome" and of_another_disease(text, match)):
        return False
    return kind not in ("cell", "disease") or not is_within(text[max(0, start - BACK) : start])


def _is_opposed(text: str, start: int) -> bool:
    """Say whether ``anti-`` or the like stands before the term at ``start``."""
    return text.endswith(_ANTI_ENDS, 0, start) and text[max(0, start - 5) : start].lower().endswith(_ANTI)


def _is_mentioned(match: TermMatch, text: str, words: PredicateWords) -> bool:
    """Say whether a term only says what something is, was treated with, or is called: ``A, a flavonoid``, ``A-treated cells``."""
    kind, end = match.term.kind, match.end
    if kind in TREATMENTS:
        was_given = words.voice == "active" and text[end : end + 1] in DASHES and _TREATED.match(text, end)
        if was_given or _is_other_noun(text, end) or is_of_other(text, match.start):
            return True
        return kind == "chemical" and _is_named(text, match.start, _IS_A)
    if kind == "process":
        return says_what_is_done(text, end) or (
            words.voice != "agent" and _DESCRIBED.match(text, end) is not None and _is_named(text, match.start, _AS_A)
        )
    return kind == "disease" and text[end : end + 1].isspace() and _NAME_GOES_ON.match(text, end) is not None


def _is_named(text: str, start: int, so: re.Pattern[str]) -> bool:
    """Say whether the words before ``start`` say that something is what stands there, in the way ``so``."""
    before = text[max(0, start - BACK) : start]
    return (" a " in before or " an " in before) and so.search(before) is not None


def _is_other_noun(text: str, end: int) -> bool:
    """Say whether a noun behind the treatment that ends at ``end`` makes another thing of it (``A toxicity``)."""
    following = text[end : end + _LONGEST].lstrip().lower()
    return following.startswith(_OTHER_NOUNS) and _OTHER_NOUN.match(text, end) is not None


def find_objects(things: Sequence[TermMatch], text: str, words: PredicateWords, end: int) -> list[TermMatch]:
    """Give those of ``things`` that can be acted on in a relation whose words end at ``end``; no cell in which that happens.

    >>> from alsu_kg.extraction.terms import Term
    >>> words = PredicateWords(re.compile("kills"), "affects", "decreases", "active")
    >>> places = [TermMatch(6, 13, Term("neurons", "cell")), TermMatch(11, 18, Term("neurons", "cell"))]
    >>> [len(find_objects([place], text, words, 5)) for place, text in zip(places, ("kills neurons", "kills x in neurons"))]
    [1, 0]
    """
    found: list[TermMatch] = []
    for thing in things:
        if _is_object(thing, text, words, end):
            found.append(thing)  # noqa: PERF401 - faster for so few
    return found


def _is_object(match: TermMatch, text: str, words: PredicateWords, end: int) -> bool:
    kind = match.term.kind
    start = match.start
    if text.endswith(_EXCEPT, 0, start):
        return False
    if words.predicate in _PLACED:
        return kind in _PLACES
    if kind in _NEITHER or _is_opposed(text, start):
        return False
    if kind == "process":
        return True
    if kind == "outcome" and of_another_disease(text, match):
        return False
    if kind in TREATMENTS and _is_other_noun(text, match.end):
        return False
    if kind != "cell":
        return kind != "effect" or not _A_FALL.match(text, match.start)
    is_whole = _WHOLE.match(text, match.end) is not None
    return is_whole and words.predicate == "affects" and not is_within(text[end : match.start])
