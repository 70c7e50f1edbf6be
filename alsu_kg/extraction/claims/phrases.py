"""Phrases whose subject or object stands elsewhere than before and after a verb (``A is a B inhibitor``)."""

import re
from collections.abc import Sequence
from typing import Final

from alsu_kg.extraction.claims.anaphora import names_treatment, refer
from alsu_kg.extraction.claims.clauses import Clause
from alsu_kg.extraction.claims.joined_things import joined_left, to_lessened, without_doers
from alsu_kg.extraction.claims.nouns import agent, in_between, named, nominal, noun
from alsu_kg.extraction.claims.reach import coordinated, near
from alsu_kg.extraction.claims.things import (
    BACK,
    NOTHING,
    TREATMENTS,
    Argument,
    Arguments,
    Given,
    Sides,
    to_arguments,
)
from alsu_kg.extraction.relation_words import PredicateWords
from alsu_kg.extraction.terms import TermMatch

_UNSAID: Final = ("trial", "benefit", "support", "untested", "outcome", "reverse")
_OF_VERBS: Final = frozenset({"active", "ease", "passive"})
_PROPERTY: Final = "property:"
_FARED: Final = "fared:"
_GIVEN = re.compile(r"\b(?:given|with|on|receiving|received|taking|took|fed|after)\s+(?:the\s+)?$", re.IGNORECASE)
_GROUP = re.compile(
    r"(?:\s+(?:group|arm)|[-‐‑–]treated|\s+than\s+(?:in|with|on|for)\s+(?:the\s+)?placebo)\b", re.IGNORECASE
)
_EFFECT_OF = re.compile(r".{0,40}\b(?:properties|effects?|activity|activities|actions?) of (?:the )?", re.IGNORECASE)
ALS: Final = "amyotrophic lateral sclerosis"
_ALS = re.compile(r"\bALS\b|\bPALS\b|\bpeople\b|\bpatients\b|\bhumans\b")
_STOPPED_TAKING = re.compile(
    r"\s+(?:(?:was|were|is|are|had been|has been|being)\s+(?:\w+ly\s+)?"
    r"(?:stopped|withdrawn|discontinued|tapered|ended|removed|omitted)"
    r"|withdrawal|discontinuation|cessation|washout)\b",
    re.IGNORECASE,
)
_AND_COMPARED = re.compile(
    r"(?:\s+(?:levels?|scores?|times?|rates?))?(?:,\s+(?:and\s+)?"
    r"|\s+and\s+)(?:an?\s+)?(?:\w+ly\s+)?(?:(?P<less>less|lower|fewer|slower|shorter|milder|smaller)|"
    r"more|higher|greater|longer|better)\s+",
    re.IGNORECASE,
)
_AND_ELSE = re.compile(r",\s+(?:and|but)\b")
_OTHERS = re.compile(
    r"\b(?:both|either|each|all|placebo|controls?|untreated|vehicle|historical|baseline|at entry|general population)\b"
    r"(?! (?:trials?|stud(?:y|ies)|clinical)\b|-controlled)",
    re.IGNORECASE,
)
# Between a thing and what it is said to be: ``iron chelation is neuroprotective``.
_IS = re.compile(
    r"(?:\s+(?!(?:and|or|but|it|they)\b)[\w-]+)?\s+(?:is|are|was|were|may be|might be|can be)\s+", re.IGNORECASE
)
_WHEN = re.compile(
    r"\b(?:when|if|once|where|unless|until|because|since|although|though|while|whereas)\b", re.IGNORECASE
)
_THAN = re.compile(r"\bthan\b", re.IGNORECASE)
_BASELINE = re.compile(r"\b(?:baseline|at entry|at enrol+ment|before treatment|at the start)\b", re.IGNORECASE)
_BARELY = re.compile(r"\s+(?:(?:scores?|slopes?|rates?|times?|levels?|also|both|\w+ly)\s+)*")


def needs_no_term(words: PredicateWords) -> bool:
    """Say whether a relation word can make a claim where its clause names nothing: it names the object itself, or leaves it out.

    >>> needs_no_term(PredicateWords(re.compile("slows"), "affects", "decreases", "active"))
    False
    """
    return words.voice in _UNSAID or ":" in words.voice


def read_phrase(text: str, words: PredicateWords, sides: Sides, things: Sides, given: Given) -> Arguments | None:
    """Give subjects and objects of a relation word of a voice of its own; ``None`` if it is a plain verb.

    ``sides`` are all terms before and after it, ``things`` those that can act or be acted on.

    >>> from alsu_kg.extraction.claims.anaphora import Before
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
    if words.voice == "silent":
        return NOTHING
    if words.voice in _UNSAID:
        return _special(text, words, sides, given)
    if words.voice in ("under", "given", "same") or words.voice.startswith((_PROPERTY, _FARED)):
        return _of_treatment(text, words, things, given)
    if words.voice == "nominal":
        return nominal(text, things[1], sides, given)
    if words.voice == "noun":
        return noun(text, things[0], right, given)
    if words.voice == "alone":
        return _alone(text, sides, things[0], given)
    if words.voice in ("implicates", "between"):
        return in_between(text, right, of_role=words.voice == "implicates")
    if words.voice == "no-agent":
        return _without_agent(text, things[0], given.carried)
    if words.voice == "of":
        inside = [t for t in left if t.term.kind in TREATMENTS][-1:]
        doers = to_arguments(inside) or named(refer(given.match[0], given.before, given.treatment))
        return doers, to_arguments(coordinated(text, things[1]))
    return agent(text, things[0], right, given) if words.voice == "agent" else None


def _of_treatment(text: str, words: PredicateWords, sides: Sides, given: Given) -> Arguments:
    """Read what is said of a treatment that the sentence names: it fell under A, those given A had less, A has effects against it.

    Without a treatment in the sentence nothing is claimed: it may speak of patients, of men and women, of any group.
    """
    left, right = sides
    treatment, match = given.treatment, given.match
    before = [t for t in left if t.term.kind in TREATMENTS]
    after = [t for t in right if t.term.kind in TREATMENTS]
    done_left = joined_left(text, without_doers(text, [t for t in left if t.term.kind not in TREATMENTS]))
    if words.voice == "under":
        is_next = bool(after) and not text[match.end() : after[0].start].strip(" ,")
        is_next = is_next and not _STOPPED_TAKING.match(text, after[0].end)
        if words.predicate == "associated_with":  # harms are seen with a drug; of an outcome that says nothing
            done_left = [t for t in done_left if t.term.kind in ("effect", "disease")]
        return (to_arguments(after[:1]), to_lessened(text, done_left)) if is_next and done_left else NOTHING
    if words.voice == "same" and _BASELINE.search(text):
        return NOTHING
    if words.voice == "same":
        who = [*to_arguments(before), *to_arguments(after), *([(treatment, False)] if treatment else [])]
        return who[:1], to_arguments(done_left)
    if words.voice.startswith(_FARED):
        return to_arguments(before[-1:]), [(words.voice.removeprefix(_FARED), False)]
    if words.voice == "given":
        taken = [t for t in after if _GIVEN.search(text[max(0, t.start - BACK) : t.start]) or _GROUP.match(text, t.end)]
        taken = taken if taken and not _AND_ELSE.search(text, match.end(), taken[0].start) else []
        taken = taken if taken and not _THAN.search(text, match.end(), taken[0].start) else []  # more of it than with A
        objects = coordinated(text, near(text, [t for t in right if t.term.kind not in TREATMENTS], match.end()))
        more = [t for t in right if objects and t.start > objects[-1].start and t.term.kind not in TREATMENTS]
        own = named(treatment) if names_treatment(text[given.clause.start : match.start()]) else []
        return to_arguments(before[-1:] or taken[:1]) or own, [
            *to_arguments(objects),
            *_compared(text, objects, more, words),
        ]
    owner = [t for t in after if _EFFECT_OF.fullmatch(text[match.end() : t.start])]
    itself = [t for t in done_left[-1:] if t.term.kind == "process" and _IS.fullmatch(text[t.end : match.start()])]
    if itself and not owner:
        return to_lessened(text, itself), [(words.voice.removeprefix(_PROPERTY), False)]
    found = to_arguments(owner[:1] or before[-1:]) or list(given.carried[:1])
    if not found and not left:
        name = refer(text[given.clause.start : match.start()], given.before, treatment)
        found = [(name, False)] if name is not None and name == treatment else []
    return found, [(words.voice.removeprefix(_PROPERTY), False)]


def _compared(
    text: str, first: Sequence[TermMatch], more: Sequence[TermMatch], words: PredicateWords
) -> list[Argument]:
    """Give what else there was more or less of: ``slower A, less B and longer C``; turned where its sign is the other one."""
    found: list[Argument] = []
    end = first[-1].end if first else 0
    for thing in more:
        joint = _AND_COMPARED.fullmatch(text[end : thing.start])
        if joint is None or words.predicate != "affects":
            break
        sign = "decreases" if joint["less"] else "increases"
        found.append((thing.term.label, thing.term.failing != (sign != words.polarity)))
        end = thing.end
    return found


def _alone(text: str, sides: Sides, things: Sequence[TermMatch], given: Given) -> Arguments:
    """Read what is said of an outcome in a section on trials or animals (``survival improved``), where only the treatment is meant.

    Nothing is claimed where others are named: another drug, placebo, both groups, what was so before.
    """
    treatments = [t for t in (*sides[0], *sides[1], *given.before.terms) if t.term.kind in TREATMENTS]
    own = given.treatment
    if own is None or any(t.term.label != own for t in treatments) or _OTHERS.search(text):
        return NOTHING
    done = [
        t for t in joined_left(text, [t for t in things if t.term.kind not in TREATMENTS]) if t.term.kind != "disease"
    ]
    return (
        ([(own, False)], to_arguments(done))
        if done and _BARELY.fullmatch(text[done[-1].end : given.match.start()])
        else NOTHING
    )


def _without_agent(text: str, things: Sequence[TermMatch], carried: Sequence[Argument]) -> Arguments:
    doers = [t for t in things[:-1] if t.term.kind in TREATMENTS]
    done = [t for t in things[-1:] if t.term.kind not in TREATMENTS]
    if doers and done and _WHEN.search(text, doers[-1].end, done[0].start):
        return NOTHING  # ``the benefit of A was lost when B was blocked``
    acting = to_arguments(doers[-1:]) or (list(carried[:1]) if len(things) == 1 else [])
    return (acting, to_arguments(done)) if acting and done else NOTHING


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
    after = next((t for t in right if t.term.kind == "disease"), None)
    if words.voice == "trial" and after is not None and text.find(", ", match.end(), after.start) >= 0:
        return NOTHING  # ``in a trial of old people, stroke was rare``
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
