"""Claims: sentences about mechanisms and effects as subject, predicate, object with status, polarity and context.

Rules over recognised terms, relation words and cues, all of which are data (data/lexicon). A sentence is cut into clauses;
each relation word joins the nearest thing before it to the things after it; the cues of the clause give the status.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from alsu_kg.extraction.claim_arguments import Argument, Given, find_arguments
from alsu_kg.extraction.claim_context import read_context
from alsu_kg.extraction.claim_references import Before
from alsu_kg.extraction.claim_status import Scope, of_relation, read_status
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
    r"(?:\band|\bor|\bnor|\bby|,|\bwhile|\bthereby|\bthrough|\bvia|\bin addition to|\bas well as|\binvolving|\bincluding)\s*(?:(?:also|may|might|can"
    r"|could|will|would|to|help|helps|helped|in turn|then|both|even|an?|the|its|did|does|do|not|\w+ly)\s+){0,4}$",
    re.IGNORECASE,
)
_WHICH = re.compile(r"\b(?:which|that|who)\b[^,]{0,14}(?:,[^,]{0,14})?,?\s*$", re.IGNORECASE)
_NOUN_OF = re.compile(r"\s*(?:(?!through|via|by)[\w-]+\s+){0,5}")
_AND = re.compile(r"(?:,|\b(?:and|or))\s*(?:\w+ly\s+)?$", re.IGNORECASE)
_ADJECTIVE = re.compile(
    r"(?:[-‐‑–]|\b(?:with|of|by|to|in|from|the|an?|its|their|for|through|via|during|between|as)\s+)$", re.IGNORECASE
)
_RESULTS = re.compile(r"(?:the|ive|ing|ary|ar|xed|ese|ose|our|ent)\s$", re.IGNORECASE)  # positive, promising, preliminary, similar, mixed
_AND_VERB = re.compile(r"\s*(?:,\s*)?(?:and/or|and|or|nor|or even|and even)\s*(?:\w+ly\s+)?", re.IGNORECASE)
_PLAIN: Final = frozenset({"active", "ease"})
_LONGEST_LABEL: Final = 6
_SHORTEST_STATEMENT: Final = 4
_FLIP: Final[dict[Polarity, Polarity]] = {
    "increases": "decreases",
    "decreases": "increases",
    "none": "none",
    "unknown": "unknown",
}


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
    terms = [
        t
        for i, t in enumerate(terms)
        if not i or t.term.label != terms[i - 1].term.label or sentence.text[terms[i - 1].end : t.start] != " ("
    ]
    cues = vocabulary.likely_cues(sentence.signs)
    lower = sentence.text.lower() if sentence.signs != EVERY_SIGN else ""
    before, scope = previous, Scope()
    last: list[Claim] = []
    carried: Sequence[Argument] = ()
    for clause in split_clauses(sentence.text, sentence.signs):
        inside = [t for t in terms if clause.start <= t.start < clause.end]
        words = sentence.text[clause.start : clause.end]
        relations = _relations(sentence.text, (clause, lower), likely, inside)
        same = _REPEATED.search(words) if last else None
        status, scope = read_status(
            sentence.text, (clause.start, clause.end), cues, scope, relates=bool(relations or same)
        )
        if advises(words, cues):
            relations = []
        made: list[Claim] = []
        if relations:
            made, carried = _clause_claims(sentence, clause, inside, (relations, treatment, before, status, carried))
        if not made and last and same:
            made = [_repeat(last[-1], sentence, clause, status, same["who"])]
        yield from made
        last = made or last
        before = Before(inside, clause.start) if inside else before


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


_Relations = list[tuple[re.Match[str], PredicateWords]]


def _clause_claims(
    sentence: Sentence,
    clause: Clause,
    terms: Sequence[TermMatch],
    given: tuple[_Relations, str | None, Before, Status, Sequence[Argument]],
) -> tuple[list[Claim], Sequence[Argument]]:
    """Give the claims of a clause, and who acts in it."""
    relations, treatment, before, status, carried = given
    if status == "asserted" and sentence.passage.role not in _MECHANISTIC:
        relations = [r for r in relations if r[1].voice not in _PLAIN or r[1].predicate == "predisposes_to_condition"]
    text = sentence.text
    made: list[Claim] = []
    shared: Sequence[Argument] = ()
    inserted = find_insertions(text)
    quote = text[clause.start : clause.end]
    cites, place = sentence.cites(clause.start, clause.end), sentence.place(clause.start, clause.end)
    for i, (match, words) in enumerate(relations):
        low = relations[i - 1][0].end() if i else clause.start
        high = relations[i + 1][0].start() if i + 1 < len(relations) else clause.end
        left, right = _sides(text, terms, match, (low, high), inserted)
        words = read_voice(text, match, words, (left, right))
        if words.voice == "of":
            left = [t for t in terms if match.start() <= t.start < match.end()]
        joint = text[low : match.start()]
        if words.voice == "active" and not shared and match[0].split(None, 1)[0].lower().endswith("ed") and _AND.search(joint):
            continue  # increased levels of B in ``A and increased levels of B``
        subjects, objects = find_arguments(
            text, words, (left, right), Given(treatment, before, Clause(low, clause.end), match, shared or carried)
        )
        which = i > 0 and relations[i - 1][1].voice == "agent" and _WHICH.search(joint) is not None
        if shared and words.voice in _PLAIN and (which or _shares_subject(joint, match.start(), inserted)):
            subjects = list(shared)
        shared = subjects if subjects and words.voice not in ("nominal", "implicates", "between", "passive") else shared
        if not subjects or not objects:
            continue
        context, stated = read_context(terms, (text, quote), words), of_relation(words, status, quote)
        for (subject, less), (thing, failing) in itertools.product(subjects, objects):
            if subject != thing:
                predicate, polarity = _signed(words, less=less, failing=failing)
                made.append(
                    Claim(
                        subject=subject,
                        predicate=predicate,
                        object=thing,
                        polarity=polarity,
                        status=stated,
                        context=context,
                        cites=cites,
                        place=place,
                        quote=quote,
                    )
                )
    return made, shared or carried


def _signed(words: PredicateWords, *, less: bool, failing: bool) -> tuple[Predicate, Polarity]:
    """Turn the sign of a relation round for less of its subject, and for the failure of its object."""
    predicate = words.predicate
    polarity = _FLIP[words.polarity] if less != failing else words.polarity
    if predicate in ("causes", "contributes_to") and less != failing:
        return "affects", polarity
    if less and not failing and predicate == "affects" and polarity == "increases":
        return "contributes_to", polarity
    return predicate, polarity


def _shares_subject(between: str, start: int, inserted: Sequence[tuple[int, int]]) -> bool:
    """Say whether the verb at ``start``, with the words ``between`` it and the verb before it, has the same subject."""
    joint = _SAME_SUBJECT.search(between)
    if joint is None or _WHICH.search(between):
        return False
    return not (joint[0].startswith(",") and any(start - len(joint[0]) < end <= start for _, end in inserted))


def _sides(
    text: str, terms: Sequence[TermMatch], match: re.Match[str], reach: tuple[int, int], inserted: Sequence[tuple[int, int]]
) -> tuple[list[TermMatch], list[TermMatch]]:
    """Give the terms before and after a relation word, within its reach if there are any, and not in what is inserted."""
    low, high = reach
    start, end = match.span()
    reached = terms
    if inserted and (over := [span for span in inserted if span[1] <= start]):
        reached = [t for t in terms if not any(a <= t.start < b for a, b in over)]
    left = [t for t in reached if low <= t.start < start] or [t for t in reached if t.end <= start]
    right = [t for t in terms if end <= t.start < high]
    if not right and _AND_VERB.fullmatch(text[end:high]):
        right = [t for t in terms if end <= t.start < end + 60]
    return left, right


def _is_adjective(text: str, match: re.Match[str], words: PredicateWords) -> bool:
    """Say whether what looks like a verb stands before a noun that it describes (``with increased A``, ``A-induced B``)."""
    before = text[max(0, match.start() - 9) : match.start()]
    first = match[0].split(None, 1)[0].lower()
    if first == "results" and _RESULTS.search(before):
        return True
    return words.voice in _PLAIN and (
        before.endswith(("-", "‐", "‑", "–")) or (first.endswith("ed") and _ADJECTIVE.search(before) is not None)
    )


def _relations(
    text: str, part: tuple[Clause, str], likely: Sequence[PredicateWords], terms: Sequence[TermMatch]
) -> _Relations:
    """Relation words of a clause that overlap neither each other, the longest first, nor a term (``glutamate release``).

    ``part`` is the clause and the whole text in lower case, or nothing where that may hide a match.
    """
    found = [
        (m, words)
        for words in likely
        for m in words.matches(text, part[0], part[1])
        if not any(t.start <= m.start() and (m.end() <= t.end or (m.start() < t.end and words.voice in _PLAIN)) for t in terms)
        and not _is_adjective(text, m, words)
    ]
    if len(found) < 2:
        return found
    found.sort(key=lambda item: (-(item[0].end() - item[0].start()), item[0].start()))
    kept: list[tuple[re.Match[str], PredicateWords]] = []
    for match, words in found:
        if all(match.end() <= m.start() or match.start() >= m.end() for m, _ in kept):
            kept.append((match, words))
    return _merged(text, sorted(kept, key=lambda item: item[0].start()), terms)


def _merged(text: str, found: _Relations, terms: Sequence[TermMatch]) -> _Relations:
    """Join a verb and the noun that it has for its object (``suppresses the activation of A``)."""
    kept: _Relations = []
    for match, words in found:
        if kept and words.voice == "nominal" and kept[-1][1].voice in _PLAIN:
            verb, relation = kept[-1]
            between = text[verb.end() : match.start()]
            if _NOUN_OF.fullmatch(between) and not any(verb.end() <= t.start < match.start() for t in terms):
                if words.polarity == "decreases":
                    sign = _FLIP[relation.polarity]
                    predicate = "affects" if relation.predicate in ("causes", "contributes_to") else relation.predicate
                    kept[-1] = (verb, relation._replace(predicate=predicate, polarity=sign))
                continue
        kept.append((match, words))
    return kept
