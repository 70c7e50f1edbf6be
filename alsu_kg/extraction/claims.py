"""Claims: sentences about mechanisms and effects as subject, predicate, object with status, polarity and context.

Rules over recognised terms, relation words and cues, all of which are data (data/lexicon). A sentence is cut into clauses;
each relation word joins the nearest thing before it to the things after it; the cues of the clause give the status.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from alsu_kg.extraction.claim_arguments import find_arguments
from alsu_kg.extraction.claim_context import read_context
from alsu_kg.extraction.claim_references import Before, refer
from alsu_kg.extraction.claim_relations import FLIP, PLAIN, Relations, find_relations, split_sides
from alsu_kg.extraction.claim_status import Scope, of_relation, read_status
from alsu_kg.extraction.claim_things import Argument, Given, Sides
from alsu_kg.extraction.claim_voices import read_voice
from alsu_kg.extraction.clauses import Clause, find_insertions, split_clauses
from alsu_kg.extraction.evidence_table import category_of
from alsu_kg.extraction.pointers import Found
from alsu_kg.extraction.sections import Passage
from alsu_kg.extraction.sentences import Sentence, read_sentences
from alsu_kg.extraction.signs import EVERY_SIGN, WordSigns
from alsu_kg.extraction.terms import TermIndex, TermMatch, starting_words
from alsu_kg.extraction.vocabulary import PredicateWords, Vocabulary, advises
from alsu_kg.model.document import Block
from alsu_kg.model.review import Claim, Context, Polarity, Predicate, Status

_ROLES: Final = frozenset({"background", "mechanism", "preclinical", "trials", "cases", "risks", "conclusion", "other"})
_MECHANISTIC: Final = frozenset({"background", "mechanism", "preclinical", "conclusion", "other"})
_REPEATED = re.compile(r"\b(?:do|does|did) (?:the same|so|this)\b(?:\s+in\s+(?P<who>\w+))?", re.IGNORECASE)
_SAME_SUBJECT = re.compile(
    r"(?:\band|\bor|\bnor|\bby|,|\bwhile|\bthereby|\bthrough|\bvia|\bin addition to|\bas well as|\binvolving|\bincluding)\s*"
    r"(?:(?:also|may|might|can"
    r"|could|will|would|to|help|helps|helped|in turn|then|thus|both|even|an?|the|its|did|does|do|not|\w+ly)\s+){0,4}$",
    re.IGNORECASE,
)
_TO = re.compile(r"\s+to\s+$", re.IGNORECASE)
_PRONOUN = re.compile(r"\W*(?:it|they)\b", re.IGNORECASE)
_RELATIVE = re.compile(r"\w\s+(?:that|who)\s+(?:(?:also|may|might|can|could|\w+ly)\s+)*$", re.IGNORECASE)
_WHICH = re.compile(r"\b(?:which|that|who)\b[^,]{0,14}(?:,[^,]{0,14})?,?\s*$", re.IGNORECASE)
_AND = re.compile(r"(?:,|\b(?:and|or))\s*(?:\w+ly\s+)?$", re.IGNORECASE)
# Voices whose subject is not that of the next verb.
_OTHERWISE: Final = frozenset({"nominal", "implicates", "between", "passive"})
_LONGEST_LABEL: Final = 6
_SHORTEST_STATEMENT: Final = 4


def find_all_terms(
    sentences: Sequence[Sentence],
    vocabulary: Vocabulary,
    own: TermIndex,
) -> dict[int, list[TermMatch]]:
    """Recognise the terms of every sentence; ``own`` are the names of the treatment.

    >>> find_all_terms([], Vocabulary(), {})
    {}
    """
    words = frozenset[str]().union(*[sentence.words for sentence in sentences])
    starting = starting_words(words, own)
    return {
        i: vocabulary.find_terms(sentence.text, own, words=sentence.words, own=starting if sentence.words else None)
        for i, sentence in enumerate(sentences)
    }


def read_claims(
    sentences: Sequence[Sentence],
    terms: Mapping[int, Sequence[TermMatch]],
    vocabulary: Vocabulary,
    treatment: str | None,
) -> tuple[Claim, ...]:
    r"""Read the claims of a review.

    >>> from alsu_kg.extraction.sections import Passage
    >>> from alsu_kg.extraction.vocabulary import parse_vocabulary
    >>> from alsu_kg.model.document import Text
    >>> words = parse_vocabulary({
    ...     "terms.tsv": "label\tkind\tsynonyms\nNF-kB\tprocess\t\nfoo\tchemical\t",
    ...     "predicates.tsv": "p\tq\tr\ts\nsuppress(?:es)?\taffects\tdecreases\tactive",
    ...     "cues.tsv": "kind\tpattern\nhypothesised\t\\bmay\\b"})
    >>> told = Sentence("Foo may suppress NF-kB.", Passage(Text(""), "Mechanism", "mechanism", "paragraph"), 0, (), (), 0)
    >>> claims = read_claims([told], {0: words.find_terms(told.text)}, words, None)
    >>> [(c.subject, c.predicate, c.object, c.status, c.polarity) for c in claims]
    [('foo', 'affects', 'NF-kB', 'hypothesised', 'decreases')]
    """
    claims: list[Claim] = []
    previous = Before()
    for i, sentence in enumerate(sentences):
        found = terms.get(i, ())
        if sentence.passage.role in _ROLES:
            claims += _sentence_claims(sentence, found, (vocabulary, treatment, previous))
        previous = Before(found) if found else previous
    return tuple(_unique(claims))


def read_table_sentences(
    tables: Sequence[tuple[str, Block]],
    found: Sequence[tuple[Passage, Sequence[Found]]],
    signs: WordSigns | None = None,
) -> tuple[Sentence, ...]:
    """Give the sentences of those table rows that name one of the five parts of a review, with the role of that part.

    >>> from alsu_kg.model.document import Text
    >>> cells = tuple(Text(t) for t in ("Mechanism", "C", "Examplene may reduce oxidative stress in mice."))
    >>> table = Block("table", Text(""), rows=(cells,))
    >>> [(s.passage.role, s.text[:9]) for s in read_table_sentences([("Table 1. Evidence", table)], [])]
    [('mechanism', 'Examplene')]
    """
    pointers = {id(passage.text): items for passage, items in found if passage.kind == "cell"}
    passages = []
    for caption, table in tables:
        for row in table.rows:
            category = category_of(row[0].text) if row and len(row[0].text.split()) <= _LONGEST_LABEL else None
            if category is not None:
                heading = caption.split(".", 1)[0][:60] or "Table"
                cells = [cell for cell in row[1:] if len(cell.text.split()) >= _SHORTEST_STATEMENT]
                passages += [
                    (Passage(cell, heading, category, "paragraph"), pointers.get(id(cell), ())) for cell in cells
                ]
    return read_sentences(passages, signs)


def _unique(claims: Sequence[Claim]) -> Iterator[Claim]:
    seen: set[tuple[str, str, str, str, object]] = set()
    for claim in claims:
        key = (claim.subject, claim.predicate, claim.object, claim.status, claim.place)
        if key not in seen and claim.subject != claim.object:
            seen.add(key)
            yield claim


def _sentence_claims(
    sentence: Sentence, terms: Sequence[TermMatch], given: tuple[Vocabulary, str | None, Before]
) -> Iterator[Claim]:
    vocabulary, treatment, previous = given
    likely = vocabulary.likely_predicates(sentence.signs)
    if not likely:
        return
    if "(" in sentence.text:
        terms = _without_abbreviations(sentence.text, terms)
    lower = sentence.text.lower() if sentence.signs != EVERY_SIGN else ""
    before, scope = previous, Scope()
    last: list[Claim] = []
    carried: Sequence[Argument] = ()
    parts = []
    for clause in split_clauses(sentence.text, sentence.signs):
        inside = [t for t in terms if clause.start <= t.start < clause.end]
        parts.append((clause, inside, find_relations(sentence.text, (clause, lower), likely, inside)))
    if not any([relations for _, _, relations in parts]):  # noqa: C419 - faster for so few
        return
    cues = vocabulary.likely_cues(sentence.signs)
    for clause, inside, relations in parts:
        words = sentence.text[clause.start : clause.end]
        same = _REPEATED.search(words) if last else None
        status, scope = read_status(
            sentence.text, (clause.start, clause.end), cues, scope, relates=bool(relations or same)
        )
        if relations and advises(words, cues):
            relations = []
        made: list[Claim] = []
        if relations:
            told = _Told(relations, treatment, before, status, carried)
            made, carried = _clause_claims(sentence, clause, inside, told)
        if not made and last and same:
            made = [_repeat(last[-1], sentence, clause, status, same["who"])]
        yield from made
        last = made or last
        before = Before(inside, clause.start) if inside else before


def _without_abbreviations(text: str, terms: Sequence[TermMatch]) -> Sequence[TermMatch]:
    """Leave out what only abbreviates the term before it, in brackets."""
    kept = list(terms[:1])
    for one, other in itertools.pairwise(terms):
        if other.term.label != one.term.label or text[one.end : other.start] != " (":
            kept.append(other)
    return kept


def _repeat(claim: Claim, sentence: Sentence, clause: Clause, status: Status, who: str | None) -> Claim:
    human = who is not None and who.casefold() in ("pals", "patients", "people", "humans")
    context = Context(species="human", disease="amyotrophic lateral sclerosis") if human else Context()
    return Claim(
        subject=claim.subject,
        predicate=claim.predicate,
        object=claim.object,
        status=status,
        polarity=claim.polarity,
        context=context,
        place=sentence.place(clause.start, clause.end),
        quote=sentence.text[clause.start : clause.end],
    )


class _Told(NamedTuple):
    """A clause: its relation words, what may be its subject, how surely it is stated, who acted before it."""

    relations: Relations
    treatment: str | None
    before: Before
    status: Status
    carried: Sequence[Argument]


def _clause_claims(
    sentence: Sentence, clause: Clause, terms: Sequence[TermMatch], told: _Told
) -> tuple[list[Claim], Sequence[Argument]]:
    """Give the claims of a clause, and who acts in it."""
    relations, status = told.relations, told.status
    if status == "asserted" and sentence.passage.role not in _MECHANISTIC:
        relations = [r for r in relations if r[1].voice not in PLAIN or r[1].predicate == "predisposes_to_condition"]
    text = sentence.text
    made: list[Claim] = []
    shared: Sequence[Argument] = ()
    carried = told.carried or _pronoun(text, clause, told)
    inserted = find_insertions(text)
    quote = text[clause.start : clause.end]
    common = Claim(
        subject="",
        predicate="affects",
        object="",
        status=status,
        cites=sentence.cites(clause.start, clause.end),
        place=sentence.place(clause.start, clause.end),
        quote=quote,
    )
    for i, (match, words) in enumerate(relations):
        low = relations[i - 1][0].end() if i else clause.start
        high = relations[i + 1][0].start() if i + 1 < len(relations) else clause.end
        joint = text[low : match.start()]
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
        purpose = i > 0 and relations[i - 1][1].predicate != "causes" and _is_purpose(joint, match.start(), terms)
        which = i > 0 and relations[i - 1][1].voice == "agent" and _WHICH.search(joint) is not None
        if shared and words.voice in PLAIN and (which or purpose or _shares_subject(joint, match.start(), inserted)):
            subjects = list(shared)
        if i and _after_relative(text, relations, i, sides) and words.voice in PLAIN:
            subjects = list(shared)
        shared = subjects if subjects and words.voice not in _OTHERWISE else shared
        if subjects and objects:
            one = msgspec.structs.replace(
                common, context=read_context(terms, (text, quote), words), status=of_relation(words, status, quote)
            )
            made += _pairs(one, subjects, objects, words)
    return made, shared or told.carried


def _pronoun(text: str, clause: Clause, told: _Told) -> list[Argument]:
    """Give what the pronoun stands for that a clause starts with."""
    first = _PRONOUN.match(text, clause.start)
    name = refer(first[0], told.before, told.treatment) if first else None
    return [(name, False)] if name is not None else []


def _after_relative(text: str, relations: Relations, i: int, sides: Sides) -> bool:
    """Say whether the thing before the verb ``i`` is the object of a relative clause: ``drugs that block A may slow B``."""
    before = relations[i - 1][0]
    joint = text[before.end() : relations[i][0].start()]
    inside = bool(sides[0]) and sides[0][-1].start >= before.end()
    return inside and _RELATIVE.search(text, 0, before.start()) is not None and not _WHICH.search(joint)


def _pairs(
    claim: Claim, subjects: Sequence[Argument], objects: Sequence[Argument], words: PredicateWords
) -> Iterator[Claim]:
    for (subject, less), (thing, failing) in itertools.product(subjects, objects):
        if subject != thing:
            predicate, polarity = _signed(words, less=less, failing=failing)
            yield msgspec.structs.replace(claim, subject=subject, predicate=predicate, object=thing, polarity=polarity)


def _signed(words: PredicateWords, *, less: bool, failing: bool) -> tuple[Predicate, Polarity]:
    """Turn the sign of a relation round for less of its subject, and for the failure of its object."""
    predicate = words.predicate
    polarity = FLIP[words.polarity] if less != failing else words.polarity
    if predicate in ("causes", "contributes_to") and less != failing:
        return "affects", polarity
    if less and not failing and predicate == "affects" and polarity == "increases":
        return "contributes_to", polarity
    return predicate, polarity


def _is_purpose(joint: str, start: int, terms: Sequence[TermMatch]) -> bool:
    """Say whether the verb at ``start`` tells what a thing is done for (``raises A to clear B``)."""
    to = _TO.search(joint)
    return to is not None and any(t.end == start - len(to[0]) for t in terms)


def _shares_subject(between: str, start: int, inserted: Sequence[tuple[int, int]]) -> bool:
    """Say whether the verb at ``start``, with the words ``between`` it and the verb before it, has the same subject."""
    joint = _SAME_SUBJECT.search(between)
    if joint is None or _WHICH.search(between):
        return False
    return not (joint[0].startswith(",") and any(start - len(joint[0]) < end <= start for _, end in inserted))
