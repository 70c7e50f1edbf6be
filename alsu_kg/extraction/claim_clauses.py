"""The claims of one clause: each relation word joins the nearest thing before it to the things after it."""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from alsu_kg.extraction.claim_arguments import find_arguments
from alsu_kg.extraction.claim_context import read_context
from alsu_kg.extraction.claim_references import Before, refer
from alsu_kg.extraction.claim_relations import FLIP, PLAIN, Relations, split_sides
from alsu_kg.extraction.claim_status import NEGATIVE, is_means_denied, of_relation
from alsu_kg.extraction.claim_things import Argument, Given, Sides
from alsu_kg.extraction.claim_voices import read_voice
from alsu_kg.extraction.clauses import Clause, find_insertions, other_letters
from alsu_kg.extraction.relation_words import PredicateWords
from alsu_kg.extraction.sentences import Sentence
from alsu_kg.extraction.terms import TermMatch
from alsu_kg.model.review import Claim, Context, Polarity, Predicate, Status

_MECHANISTIC: Final = frozenset({"background", "mechanism", "preclinical", "conclusion", "other"})
_SAME_SUBJECT = re.compile(
    r"(?:\band|\bor|\bnor|\bby|,|\bwhile|\bthereby|\bthrough|\bvia|\bin addition to|\bas well as|\binvolving|\bincluding)\s*"
    r"(?:(?:also|so|as|may|might|can"
    r"|could|will|would|cannot|therefore|hence|thereby|to|help|helps|helped|in turn|then|thus|both|even|an?|the|its"
    r"|did|does|do|not|\w+ly)\s+){0,4}$",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:may|might|could|would|can|thought|believed|said|supposed\w*|possibly|perhaps|probably|potential\w*|theor\w+|propos\w+"
    r"|hypothe\w+|likely|suggest\w*|claim\w*)\b",
    re.IGNORECASE,
)
_DENYING: Final = frozenset({"negated", "no-evidence"})
_PLACED: Final = frozenset({"located_in", "is_increased_in"})  # said of a thing, not of its failure
_RAISES_RISK: Final = "predisposes_to_condition"
_NEAR: Final = 60  # within so many characters before a verb stands what joins it to what was said before
_TO = re.compile(r"\s+to\s+$", re.IGNORECASE)
_PRONOUN = re.compile(r"\W*(?:it|they)\b", re.IGNORECASE)
_NO_PRONOUN: Final = other_letters("it")
_RELATIVE = re.compile(r"\w\s+(?:that|who)\s+(?:(?:also|may|might|can|could|\w+ly)\s+)*$", re.IGNORECASE)
_WHICH = re.compile(r"\b(?:which|that|who)\b[^,]{0,14}(?:,[^,]{0,14})?,?\s*$", re.IGNORECASE)
_AND = re.compile(r"(?:,|\b(?:and|or))\s*(?:\w+ly\s+)?$", re.IGNORECASE)
_UNPARTED = re.compile(r"\s+(?:(?:also|then|\w+ly)\s+){0,2}")
_ACTOR = re.compile(
    r"(?:inhibitor|antagonist|blocker|suppressor|scavenger|reducer|agonist|activator|inducer|stimulator)", re.I
)
_A_POTENT = re.compile(r"\band\s+(?:also\s+)?(?:an?|the)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)
_AND_JOINT = re.compile(r",?\s+and\s+")
# Voices whose subject is not that of the next verb.
_OTHERWISE: Final = frozenset({"nominal", "implicates", "between", "passive"})


class Told(msgspec.Struct, frozen=True, gc=False):
    """A clause: its relation words, what may be its subject, how surely it is stated, who acted before it."""

    relations: Relations
    treatment: str | None
    before: Before
    status: Status
    carried: Sequence[Argument]


def read_clause(
    sentence: Sentence, clause: Clause, terms: Sequence[TermMatch], told: Told
) -> tuple[list[Claim], Sequence[Argument]]:
    """Give the claims of a clause, whose ``terms`` are known, and who acts in it.

    >>> from alsu_kg.extraction.sections import Passage
    >>> from alsu_kg.extraction.terms import Term
    >>> from alsu_kg.model.document import Text
    >>> words = PredicateWords(re.compile("slows"), "affects", "decreases", "active")
    >>> sentence = Sentence("A slows B", Passage(Text(""), "Mechanism", "mechanism", "paragraph"), 0, (), (), 0)
    >>> terms = [TermMatch(0, 1, Term("a", "process")), TermMatch(8, 9, Term("b", "process"))]
    >>> told = Told([(words.pattern.search(sentence.text), words)], None, Before(), "asserted", ())
    >>> [(c.subject, c.object) for c in read_clause(sentence, Clause(0, 9), terms, told)[0]]
    [('a', 'b')]
    """
    relations, status = told.relations, told.status
    if status == "asserted" and sentence.passage.role not in _MECHANISTIC:
        kept = [r for r in relations if r[1].voice not in PLAIN or r[1].predicate == _RAISES_RISK]
        relations = relations if any(r[1].predicate == _RAISES_RISK for r in kept) else kept
    text = sentence.text
    made: list[Claim] = []
    tells_all = status != "asserted" or sentence.passage.role in _MECHANISTIC
    shared: Sequence[Argument] = ()
    carried = told.carried or _pronoun(text, clause, told)
    inserted = find_insertions(text)
    quote = text[clause.start : clause.end]
    seam = None
    for i, (match, words) in enumerate(relations):
        low = seam or (relations[i - 1][0].end() if i else clause.start)
        seam = _seam(text, clause, terms, relations[i : i + 2]) if i + 1 < len(relations) else None
        high = seam or (relations[i + 1][0].start() if i + 1 < len(relations) else clause.end)
        joint = _joint(text, low, match)
        sides = split_sides(text, terms, match, (low, high), inserted)
        words = read_voice(text, match, words, sides)
        if words.voice == "of":
            sides = [t for t in terms if match.start() <= t.start < match.end()], sides[1]
        if (
            words.voice == "active"
            and not shared
            and match[0].split(None, 1)[0].lower().endswith("ed")
            and _AND.search(joint)
        ):
            continue  # increased levels of B in ``A and increased levels of B``
        given = Given(told.treatment, told.before, Clause(low, clause.end), match, shared or carried)
        subjects, objects = find_arguments(text, words, sides, given)
        is_verb = words.voice in PLAIN or words.voice.startswith("means:")
        if i and is_verb and _goes_on(relations[i - 1], joint, match.start(), (terms, inserted)):
            subjects = list(shared) if shared or relations[i - 1][1].voice not in PLAIN else []
        if i and words.voice in PLAIN and _after_relative(text, relations, i, sides):
            subjects = list(shared)
        shared = subjects if subjects and words.voice not in _OTHERWISE else shared
        told_here = tells_all or relations[i][1].voice not in PLAIN or words.predicate == _RAISES_RISK
        if subjects and objects and told_here:
            sure = _aside(text, clause, match.span(), (status, inserted)) if status in _DENYING else status
            if sure is None:
                continue
            how = _How(of_relation(words, sure, quote), read_context(terms, (text, quote), words), sentence, clause)
            made += _pairs(how, subjects, objects, words)
    return made, shared or told.carried


def _joint(text: str, low: int, match: re.Match[str]) -> str:
    """Give the words before a relation word; of ``an agonist at A and a potent inhibitor of B`` those up to ``and``."""
    joint = text[low : match.start()]
    return _A_POTENT.sub("and ", joint) if joint.endswith(" ") and "and " in joint and _ACTOR.match(match[0]) else joint


def _seam(text: str, clause: Clause, terms: Sequence[TermMatch], pair: Relations) -> int | None:
    """Give where a new statement starts between two verbs without a word that parts them: ``A lowers B and C raises D``."""
    (one, _), (other, _) = pair
    if " and " not in text[one.end() : other.start()]:
        return None
    if any(each.voice not in PLAIN for _, each in pair) or other[0][-2:] in ("ed", "ng") or one[0].endswith("ing"):
        return None
    between = [t for t in terms if one.end() <= t.start < other.start()]
    if not between or not _UNPARTED.fullmatch(text, between[-1].end, other.start()):
        return None
    if _WHICH.search(text, clause.start, one.start()) or not any(other.end() <= t.start < clause.end for t in terms):
        return None
    if one[0].endswith("ed") and not any(clause.start <= t.start < one.start() for t in terms):
        return None
    joints = list(_AND_JOINT.finditer(text, one.end() + 1, between[-1].start))
    joints = [m for m in joints if m[0].startswith(",")] or (joints if other[0].split(None, 1)[0].endswith("s") else [])
    return joints[-1].end() if joints else None


def _is_behind(at: int, before: int, known: tuple[Sequence[TermMatch], Sequence[tuple[int, int]]]) -> bool:
    """Say whether the verb ``before`` has a subject in an inserted part that ends before the verb ``at``."""
    terms, inserted = known
    return any(start <= before < end <= at and any(start <= t.start < before for t in terms) for start, end in inserted)


def _aside(
    text: str, clause: Clause, verb: tuple[int, int], told: tuple[Status, Sequence[tuple[int, int]]]
) -> Status | None:
    """Give the status of what a verb says in a clause that denies; ``None`` if it is inserted and unsure.

    ``A, which lowers B, did not slow C`` denies only the latter; ``no proof that A, an inhibitor of B, slows C`` may deny both.
    """
    status, inserted = told
    span = next(((start, end) for start, end in inserted if start <= verb[0] < end), None)
    if span is None or NEGATIVE.search(text, *span):
        is_denied = status != "negated" or not is_means_denied(text[clause.start : clause.end], verb[1] - clause.start)
        return status if is_denied else "asserted"
    return None if NEGATIVE.search(text, clause.start, span[0]) or _HEDGE.search(text, *span) else "asserted"


def _pronoun(text: str, clause: Clause, told: Told) -> list[Argument]:
    """Give what the pronoun stands for that a clause starts with."""
    if text[clause.start : clause.start + 1] in _NO_PRONOUN:
        return []
    first = _PRONOUN.match(text, clause.start)
    name = refer(first[0], told.before, told.treatment) if first else None
    return [(name, False)] if name is not None else []


def _after_relative(text: str, relations: Relations, i: int, sides: Sides) -> bool:
    """Say whether the thing before the verb ``i`` is the object of a relative clause: ``drugs that block A may slow B``."""
    before = relations[i - 1][0]
    joint = text[before.end() : relations[i][0].start()]
    inside = bool(sides[0]) and sides[0][-1].start >= before.end()
    return (
        inside
        and _RELATIVE.search(text, max(0, before.start() - _NEAR), before.start()) is not None
        and not _WHICH.search(joint)
    )


class _How(msgspec.Struct, frozen=True, gc=False):
    """What the claims of one relation word share."""

    status: Status
    context: Context
    sentence: Sentence
    clause: Clause


def _pairs(
    how: _How, subjects: Sequence[Argument], objects: Sequence[Argument], words: PredicateWords
) -> Iterator[Claim]:
    """Make a claim of each subject with each object."""
    sentence, start, end = how.sentence, how.clause.start, how.clause.end
    cites, place, quote = sentence.cites(start, end), sentence.place(start, end), sentence.text[start:end]
    for (subject, less), (thing, failing) in itertools.product(subjects, objects):
        if subject != thing and not (less and words.predicate in _PLACED):
            predicate, polarity = _signed(words, less=less, failing=failing)
            yield Claim(
                subject=subject,
                predicate=predicate,
                object=thing,
                polarity=polarity,
                status=how.status,
                context=how.context,
                cites=cites,
                place=place,
                quote=quote,
            )


def _signed(words: PredicateWords, *, less: bool, failing: bool) -> tuple[Predicate, Polarity]:
    """Turn the sign of a relation round for less of its subject, and for the failure of its object."""
    predicate = words.predicate
    polarity = FLIP[words.polarity] if less != failing else words.polarity
    if predicate in ("causes", "contributes_to") and less != failing:
        return "affects", polarity
    if less and not failing and predicate == "affects" and polarity == "increases":
        return "contributes_to", polarity
    return predicate, polarity


def _goes_on(
    last: tuple[re.Match[str], PredicateWords],
    joint: str,
    start: int,
    known: tuple[Sequence[TermMatch], Sequence[tuple[int, int]]],
) -> bool:
    """Say whether the verb at ``start`` has the subject of the verb ``last``, from which ``joint`` parts it."""
    terms, inserted = known
    before = last[1]
    if inserted and _is_behind(start, last[0].start(), known):
        return False
    if before.voice == "agent" and _WHICH.search(joint) is not None:
        return True
    return _shares_subject(joint, start, inserted) or (
        before.predicate != "causes" and _is_purpose(joint, start, terms)
    )


def _is_purpose(joint: str, start: int, terms: Sequence[TermMatch]) -> bool:
    """Say whether the verb at ``start`` tells what a thing is done for (``raises A to clear B``)."""
    to = _TO.search(joint)
    return to is not None and any(t.end == start - len(to[0]) for t in terms)


def _shares_subject(between: str, start: int, inserted: Sequence[tuple[int, int]]) -> bool:
    """Say whether the verb at ``start``, with the words ``between`` it and the verb before it, has the same subject."""
    joint = _SAME_SUBJECT.search(between, max(0, len(between) - _NEAR))
    if joint is None or _WHICH.search(between):
        return False
    return not (joint[0].startswith(",") and any(start - len(joint[0]) < end <= start for _, end in inserted))
