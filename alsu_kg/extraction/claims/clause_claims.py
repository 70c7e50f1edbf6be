"""The claims of one clause: each relation word joins the nearest thing before it to the things after it."""

import itertools
import re
from collections.abc import Sequence
from typing import Final

import msgspec

from alsu_kg.extraction.claims.anaphora import Before, refer
from alsu_kg.extraction.claims.arguments import find_arguments
from alsu_kg.extraction.claims.asides import find_insertions
from alsu_kg.extraction.claims.clauses import Clause, other_starts
from alsu_kg.extraction.claims.context import read_context
from alsu_kg.extraction.claims.denials import MAY_ASK, status_of_verb
from alsu_kg.extraction.claims.joints import find_seam, is_new, who_acts, words_before
from alsu_kg.extraction.claims.relations import FLIP, PLAIN, Relations, split_sides
from alsu_kg.extraction.claims.status import Aside, of_relation
from alsu_kg.extraction.claims.things import Argument, Given
from alsu_kg.extraction.claims.voices import read_voice
from alsu_kg.extraction.relation_words import PredicateWords
from alsu_kg.extraction.sentences import Sentence
from alsu_kg.extraction.terms import TermMatch
from alsu_kg.model.review import Claim, Context, Place, Polarity, Predicate, Status

_MECHANISTIC: Final = frozenset({"background", "mechanism", "preclinical", "conclusion", "other", "trials", "risks"})
_OF_TREATMENT: Final = frozenset(
    {"trials", "preclinical"}
)  # parts where an outcome that changes does so under the treatment
_PLACED: Final = frozenset({"located_in", "is_increased_in"})  # said of a thing, not of its failure
_STANDING: Final = frozenset(
    {"is_required_for", "treats"}
)  # holds of a thing even where the sentence speaks of less of it
_RAISES_RISK: Final = "predisposes_to_condition"
_PRONOUN = re.compile(r"\W*(?:it|they)\b", re.IGNORECASE)
_NO_PRONOUN: Final = other_starts("it", "they")
_FEW_WORDS: Final = 6
_AND = re.compile(r"(?:,|\b(?:and|or))\s*(?:\w+ly\s+)?$", re.IGNORECASE)
_UNKNOWN_THAT = re.compile(r"\b(?:that|which|who)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
# Voices whose subject is not that of the next verb.
_OTHERWISE: Final = frozenset({"nominal", "implicates", "between", "passive"})


class Told(msgspec.Struct, frozen=True, gc=False):
    """A clause: its relation words, what may be its subject, how surely it is stated, who acted before it.

    ``is_last`` if no clause with relation words follows in its sentence.
    """

    relations: Relations
    treatment: str | None
    before: Before
    status: Status
    carried: Sequence[Argument]
    asides: Sequence[Aside] = ()
    is_last: bool = False


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
    text, where, seam = sentence.text, None, None
    made: list[Claim] = []
    tells_all = status != "asserted" or sentence.passage.role in _MECHANISTIC
    shared: Sequence[Argument] = ()
    carried = told.carried or _pronoun(text, clause, told)
    inserted = find_insertions(text, relations[-1][0].start()) if relations else []
    quote = text[clause.start : clause.end]
    for i, (match, words) in enumerate(relations):
        if words.voice == "alone" and sentence.passage.role not in _OF_TREATMENT:
            words = _by_someone(words)
        low = seam or (relations[i - 1][0].end() if i else clause.start)
        seam = find_seam(text, clause, terms, relations[i : i + 2]) if i + 1 < len(relations) else None
        high = seam or (relations[i + 1][0].start() if i + 1 < len(relations) else clause.end)
        if words.voice.startswith("property:"):
            high = clause.end
        joint = words_before(text, low, match)
        sides = split_sides(text, terms, match, (low, high), inserted)
        words = read_voice(text, match, words, sides)
        fresh = is_new(text, clause, sides)
        if fresh:
            sides = sides[0][-1:], sides[1]
        if words.voice == "of":
            sides = [t for t in terms if match.start() <= t.start < match.end()], sides[1]
        if words.voice == "active" and _is_participle(match[0]) and _describes(relations, i, (joint, shared), inserted):
            continue  # increased levels of B in ``A and increased levels of B``
        is_last = told.is_last and i + 1 == len(relations)
        given = Given(told.treatment, told.before, Clause(low, clause.end), match, shared or carried, is_last)
        subjects, objects = find_arguments(text, words, sides, given)
        if is_last and not objects:
            break
        if i:
            told_of = (relations, i, fresh, inserted)
            subjects = who_acts(text, words, (subjects, shared), told_of, (terms, sides, joint))
        if not subjects and words.voice in PLAIN and _is_unknown(joint[-20:]):
            shared = ()  # ``releases a gas that opens A and lowers B``
        shared = subjects if subjects and words.voice not in _OTHERWISE else shared
        told_here = tells_all or relations[i][1].voice not in PLAIN or words.predicate == _RAISES_RISK
        sure = _sure(text, clause, (match, words), told) if subjects and objects and told_here else None
        if sure is not None:
            where = where or _where(sentence, clause)
            how = _How(of_relation(words, sure, quote), read_context(terms, (text, quote), words), where)
            made += _pairs(how, subjects, objects, words)
    return made, shared or told.carried


def _describes(
    relations: Relations, i: int, told: tuple[str, Sequence[Argument]], inserted: Sequence[tuple[int, int]]
) -> bool:
    """Say whether the participle ``i`` only describes a thing; ``told`` are the words before it, and who acts in them.

    So it does behind a verb in another tense: ``clears A and altered B``.
    """
    joint, acting = told
    if not acting and _AND.search(joint):
        return not _is_closed(joint, relations[i][0].start(), inserted)
    if not i or not joint.endswith("and ") or relations[i - 1][1].voice != "active":
        return False
    return relations[i - 1][0][0].split(None, 1)[0].lower().endswith(("s", "ing"))


def _is_closed(joint: str, start: int, inserted: Sequence[tuple[int, int]]) -> bool:
    """Say whether the comma before the verb at ``start`` ends an insertion: ``A, not C, lowers B``, ``the drug, A, lowers B``."""
    if any(end <= start <= end + 1 for _, end in inserted):
        return True
    return joint.startswith(", ") and joint.endswith(", ") and joint.count(",") == 2 and joint.count(" ") < _FEW_WORDS


def _is_participle(verb: str) -> bool:
    return verb.split(None, 1)[0].lower().endswith("ed")


def _is_unknown(before: str) -> bool:
    """Say whether the words before a verb say that what acts in it was named by no known term: ``a gas that``."""
    return ("hat" in before or "wh" in before) and _UNKNOWN_THAT.search(before) is not None


def _by_someone(words: PredicateWords) -> PredicateWords:
    """Give relation words as they are meant but in trials and animals: only there outcomes change by themselves."""
    return msgspec.structs.replace(words, voice="no-agent")


def _sure(text: str, clause: Clause, relation: tuple[re.Match[str], PredicateWords], told: Told) -> Status | None:
    """Give the status of what a verb says; ``None`` if it stands in an aside of which that cannot be told.

    ``A, which lowers B, did not slow C`` denies only the latter; ``no proof that A, an inhibitor of B, slows C`` may deny both.
    """
    status: Status | None = told.status
    match, words = relation
    if told.asides:
        status = next((how for (start, end), how in told.asides if start <= match.start() < end), status)
    if status is None or (status == "asserted" and words.voice not in MAY_ASK):
        return status
    return status_of_verb(text, (clause.start, clause.end), match.span(), words, status)


def _pronoun(text: str, clause: Clause, told: Told) -> list[Argument]:
    """Give what the pronoun stands for that a clause starts with."""
    if text[clause.start : clause.start + 2] in _NO_PRONOUN or text.startswith(("The ", "the "), clause.start):
        return []
    first = _PRONOUN.match(text, clause.start)
    name = refer(first[0], told.before, told.treatment) if first else None
    return [(name, False)] if name is not None else []


class _Where(msgspec.Struct, frozen=True, gc=False):
    """What the claims of one clause share: the works it cites, its place, its words."""

    cites: tuple[int, ...]
    place: Place
    quote: str


def _where(sentence: Sentence, clause: Clause) -> _Where:
    start, end = clause.start, clause.end
    return _Where(sentence.cites(start, end), sentence.place(start, end), sentence.text[start:end])


class _How(msgspec.Struct, frozen=True, gc=False):
    """What the claims of one relation word share."""

    status: Status
    context: Context
    where: _Where


def _pairs(how: _How, subjects: Sequence[Argument], objects: Sequence[Argument], words: PredicateWords) -> list[Claim]:
    """Make a claim of each subject with each object."""
    where = how.where
    made: list[Claim] = []
    for (subject, less), (thing, failing) in itertools.product(subjects, objects):
        if subject != thing and not (less and words.predicate in _PLACED):
            predicate, polarity = _signed(words, less=less, failing=failing)
            claim = Claim(
                subject=subject,
                predicate=predicate,
                object=thing,
                polarity=polarity,
                status=how.status,
                context=how.context,
                cites=where.cites,
                place=where.place,
                quote=where.quote,
            )
            made.append(claim)
    return made


def _signed(words: PredicateWords, *, less: bool, failing: bool) -> tuple[Predicate, Polarity]:
    """Turn the sign of a relation round for less of its subject, and for the failure of its object."""
    predicate = words.predicate
    if predicate in _STANDING:
        return predicate, words.polarity
    polarity = FLIP[words.polarity] if less != failing else words.polarity
    if predicate in ("causes", "contributes_to") and less != failing:
        return "affects", polarity
    if less and not failing and predicate == "affects" and polarity == "increases":
        return "contributes_to", polarity
    return predicate, polarity
