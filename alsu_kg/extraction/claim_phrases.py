"""Phrases whose subject or object stands elsewhere than before and after a verb (``A is a B inhibitor``)."""

import itertools
import re
from collections.abc import Sequence
from typing import Final

from alsu_kg.extraction.claim_references import refer
from alsu_kg.extraction.claim_things import (
    BACK,
    CONTEXT_KINDS,
    NOTHING,
    TREATMENTS,
    Argument,
    Arguments,
    Given,
    Sides,
    coordinated,
    joined_left,
    near,
    to_arguments,
)
from alsu_kg.extraction.claim_turns import holds_another
from alsu_kg.extraction.clauses import Clause
from alsu_kg.extraction.relation_words import PredicateWords
from alsu_kg.extraction.terms import TermMatch

_UNSAID: Final = ("trial", "benefit", "support", "untested", "outcome", "reverse")
_OF_VERBS: Final = frozenset({"active", "ease", "passive"})
_PROPERTY: Final = "property:"
_FARED: Final = "fared:"
_GIVEN = re.compile(r"\b(?:given|with|on|receiving|received|taking|took|fed|after)\s+(?:the\s+)?$", re.IGNORECASE)

_EFFECT_OF = re.compile(r".{0,40}\b(?:properties|effects?|activity|activities|actions?) of (?:the )?", re.IGNORECASE)

_THROUGH = re.compile(r"\b(?:through|via|by|by means of|due to|owing to)\s+(?:(?:the|an?|its|\w+)\s+)?$", re.IGNORECASE)

_FRONTED = re.compile(r"[^,;]{0,40},\s+(?:the\s+)?", re.IGNORECASE)

_IN_BETWEEN = re.compile(r"\s+(?:\w+\s+)?(?:and|or|with)\s+(?:the\s+)?(?:\w+\s+)?", re.IGNORECASE)

_IN = re.compile(r"(?:\s+\w+)?\s+in\s+(?:the\s+)?(?:\w+\s+of\s+)?", re.IGNORECASE)

ALS: Final = "amyotrophic lateral sclerosis"
_ALS = re.compile(r"\bALS\b|\bPALS\b|\bpeople\b|\bpatients\b|\bhumans\b")

_BARE = re.compile(r"[\s-]*(?:\([^()]{0,20}\)\s*)?(?:receptor\s+|channel\s+|pathway\s+)?")

_STOPPED_TAKING = re.compile(
    r"\s+(?:(?:was|were|is|are|had been|has been|being)\s+(?:\w+ly\s+)?"
    r"(?:stopped|withdrawn|discontinued|tapered|ended|removed|omitted)"
    r"|withdrawal|discontinuation|cessation|washout)\b",
    re.IGNORECASE,
)

_IS_A = re.compile(r"(?:\b(?:is|are|was|were|as)|,)\s+(?:\w+\s+)?(?:an?|the)?\s*(?:[\w-]+\s+){0,3}$", re.IGNORECASE)


def needs_no_term(words: PredicateWords) -> bool:
    """Say whether a relation word can make a claim where its clause names nothing: it names the object itself, or leaves it out.

    >>> needs_no_term(PredicateWords(re.compile("slows"), "affects", "decreases", "active"))
    False
    """
    return words.voice in _UNSAID or ":" in words.voice


def read_phrase(text: str, words: PredicateWords, sides: Sides, things: Sides, given: Given) -> Arguments | None:
    """Give subjects and objects of a relation word of a voice of its own; ``None`` if it is a plain verb.

    ``sides`` are all terms before and after it, ``things`` those that can act or be acted on.

    >>> from alsu_kg.extraction.claim_references import Before
    >>> from alsu_kg.extraction.terms import Term
    >>> words = PredicateWords(re.compile("no difference in"), "affects", "unknown", "outcome")
    >>> text = "no difference in survival"; right = [TermMatch(17, 25, Term("survival", "outcome"))]
    >>> given = Given("Foo", Before(), Clause(0, 25), words.pattern.search(text))
    >>> read_phrase(text, words, ([], right), ([], right), given)
    ([('Foo', False)], [('survival', False)])
    """
    if words.voice in _OF_VERBS:
        return None
    left, right = sides
    if words.voice in _UNSAID:
        return _special(text, words, sides, given)
    if words.voice in ("under", "given", "same") or words.voice.startswith((_PROPERTY, _FARED)):
        return _of_treatment(text, words, things, given)
    if words.voice == "nominal":
        return _nominal(text, things[1], right, given)
    if words.voice in ("implicates", "between"):
        return _in_between(text, right, _IN if words.voice == "implicates" else _IN_BETWEEN)
    if words.voice == "no-agent":
        return _without_agent(things[0], given.carried)
    if words.voice == "of":
        inside = [t for t in left if t.term.kind in TREATMENTS][-1:]
        doers = to_arguments(inside) or named(refer(given.match[0], given.before, given.treatment))
        return doers, to_arguments(coordinated(text, things[1]))
    return _agent(text, things[0], given) if words.voice == "agent" else None


def _of_treatment(text: str, words: PredicateWords, sides: Sides, given: Given) -> Arguments:
    """Read what is said of a treatment that the sentence names: it fell under A, those given A had less, A has effects against it.

    Without a treatment in the sentence nothing is claimed: it may speak of patients, of men and women, of any group.
    """
    left, right = sides
    treatment, match = given.treatment, given.match
    before = [t for t in left if t.term.kind in TREATMENTS]
    after = [t for t in right if t.term.kind in TREATMENTS]
    done_left = joined_left(text, [t for t in left if t.term.kind not in TREATMENTS])
    if words.voice == "under":
        is_next = bool(after) and not text[match.end() : after[0].start].strip(" ,")
        is_next = is_next and not _STOPPED_TAKING.match(text, after[0].end)
        return (to_arguments(after[:1]), to_arguments(done_left)) if is_next else NOTHING
    if words.voice == "same":
        who = [*to_arguments(before), *to_arguments(after), *([(treatment, False)] if treatment else [])]
        return who[:1], to_arguments(done_left)
    if words.voice.startswith(_FARED):
        return to_arguments(before[-1:]), [(words.voice.removeprefix(_FARED), False)]
    if words.voice == "given":
        taken = [t for t in after if _GIVEN.search(text[max(0, t.start - BACK) : t.start])]
        objects = coordinated(text, near(text, [t for t in right if t.term.kind not in TREATMENTS], match.end()))
        return to_arguments(before[-1:] or taken[:1]), to_arguments(objects)
    owner = [t for t in after if _EFFECT_OF.fullmatch(text[match.end() : t.start])]
    found = to_arguments(owner[:1] or before[-1:]) or list(given.carried[:1])
    if not found and not left:
        name = refer(text[given.clause.start : match.start()], given.before, treatment)
        found = [(name, False)] if name is not None and name == treatment else []
    return found, [(words.voice.removeprefix(_PROPERTY), False)]


def _nominal(text: str, things: Sequence[TermMatch], right: Sequence[TermMatch], given: Given) -> Arguments:
    """Read ``inhibition of A by B``: B does it to A. ``C acts through inhibition of A`` says that C does it; else nobody does."""
    doers = [t for t in right if t.term.kind not in CONTEXT_KINDS]
    if len(doers) > 1 and re.fullmatch(r"\s+(?:\w+\s+)?by\s+(?:the\s+)?", text[doers[0].end : doers[1].start]):
        return to_arguments(doers[1:2]), to_arguments(doers[:1])
    if not things or not _THROUGH.search(text[max(0, given.match.start() - BACK) : given.match.start()]):
        return NOTHING
    if given.carried:
        return list(given.carried), to_arguments(coordinated(text, things))
    acting = [t for t in things[1:] if t.term.kind in TREATMENTS and _FRONTED.fullmatch(text[things[0].end : t.start])]
    return (to_arguments(acting[:1]), to_arguments(things[:1])) if acting else NOTHING


def _in_between(text: str, things: Sequence[TermMatch], joint: re.Pattern[str]) -> Arguments:
    """Read ``a role of A and B in C`` and ``a link between A and C``, where ``joint`` stands before C."""
    things = [t for t in things if t.term.kind not in ("species", "model")]
    for i, (one, other) in enumerate(itertools.pairwise(things), 1):
        if joint.fullmatch(text[one.end : other.start]) and (
            joint is _IN_BETWEEN or len(coordinated(text, things[:i])) == i
        ):
            return to_arguments(things[:i]), to_arguments(things[i : i + 1])
    return NOTHING


def _without_agent(things: Sequence[TermMatch], carried: Sequence[Argument]) -> Arguments:
    doers = [t for t in things[:-1] if t.term.kind in TREATMENTS]
    done = [t for t in things[-1:] if t.term.kind not in TREATMENTS]
    acting = to_arguments(doers[-1:]) or (list(carried[:1]) if len(things) == 1 else [])
    return (acting, to_arguments(done)) if acting and done else NOTHING


def _agent(text: str, things: Sequence[TermMatch], given: Given) -> Arguments:
    """Read ``A is an inhibitor of B`` where it is written ``A is a B inhibitor``."""
    start = given.match.start()
    if not things or not _BARE.fullmatch(text[things[-1].end : start]):
        return NOTHING
    is_a = _IS_A.search(text[given.clause.start : things[-1].start])
    if is_a is None:
        return NOTHING
    doers = [t for t in things[:-1] if t.end <= given.clause.start + is_a.start() + 1][-1:]
    if doers and holds_another(text[doers[0].end : things[-1].start]):
        return NOTHING
    acting = to_arguments(doers)
    if not acting:
        acting = named(
            refer(text[given.clause.start : given.clause.start + is_a.start()], given.before, given.treatment)
        )
    return acting, to_arguments(things[-1:])


def _special(text: str, words: PredicateWords, sides: Sides, given: Given) -> Arguments:
    """Phrases whose parts the sentence leaves to the reader: trials of the treatment, no effect on progression."""
    left, right = sides
    treatment, before, clause, match = given.treatment, given.before, given.clause, given.match
    chemicals = [t.term.label for t in (*right, *left) if t.term.kind in TREATMENTS]
    if words.voice == "benefit" and not chemicals:
        chemicals = [t.term.label for t in before.terms if t.term.kind == "chemical"][-1:]
    own = chemicals[0] if chemicals else treatment
    if own is None:
        return NOTHING
    subject = [(own, False)]
    diseases = [t.term.label for t in (*right, *left) if t.term.kind == "disease"]
    als = not diseases or any("lateral sclerosis" in d and d.startswith("amyo") for d in diseases)
    disease = ALS if als or re.search(r"\bP?ALS\b", text[clause.start : clause.end]) else diseases[0]
    if words.voice == "trial":
        if not chemicals and not _ALS.search(text):
            return NOTHING
        return subject, [(disease, False)]
    if words.voice == "benefit":
        if not chemicals and not refer(_bare(text, left, Clause(clause.start, match.start())), before, treatment):
            return NOTHING
        if right and right[0].term.kind == "outcome":
            return NOTHING
        return subject, [(ALS if als else diseases[0], False)]
    if words.voice in ("support", "untested"):
        modelled = any(t.term.kind == "model" for t in (*left, *right))
        if words.voice == "untested" and not modelled and not _ALS.search(text, match.end()):
            return NOTHING
        return subject, [("preclinical ALS models" if modelled else disease, False)]
    own = treatment or own
    if words.voice == "reverse":
        return [(own, False)], [(t.term.label, False) for t in right if t.term.kind == "disease"][:1]
    outcomes = coordinated(text, [t for t in right if t.term.kind in ("outcome", "process")])
    return [(own, False)], to_arguments(outcomes)


def _bare(text: str, terms: Sequence[TermMatch], part: Clause) -> str:
    """Give the words of ``part`` of a text that belong to none of ``terms``."""
    kept, at = "", part.start
    for term in terms:
        if term.start >= at and term.end <= part.end:
            kept, at = kept + text[at : term.start] + " ", term.end
    return kept + text[at : part.end]


def named(name: str | None) -> list[Argument]:
    """Make an argument of a name, if there is one.

    >>> named("Foo"), named(None)
    ([('Foo', False)], [])
    """
    return [(name, False)] if name is not None else []
