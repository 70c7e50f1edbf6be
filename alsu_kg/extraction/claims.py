"""Claims: sentences about mechanisms and effects as subject, predicate, object with status, polarity and context.

Rules over recognised terms, relation words and cues, all of which are data (data/lexicon). A sentence is cut into clauses;
each relation word joins the nearest thing before it to the things after it; the cues of the clause give the status.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from alsu_kg.extraction.claim_arguments import find_arguments, read_voice
from alsu_kg.extraction.claim_context import read_context
from alsu_kg.extraction.clauses import Clause, find_insertions, split_clauses
from alsu_kg.extraction.evidence_table import category_of
from alsu_kg.extraction.pointers import Found
from alsu_kg.extraction.sections import Passage
from alsu_kg.extraction.sentences import Sentence, read_sentences
from alsu_kg.extraction.signs import EVERY_SIGN, WordSigns
from alsu_kg.extraction.terms import TermIndex, TermMatch
from alsu_kg.extraction.vocabulary import Cue, PredicateWords, Vocabulary, status_of
from alsu_kg.model.document import Block
from alsu_kg.model.review import Claim, Context, Place, Polarity, Status

_ROLES: Final = frozenset({"background", "mechanism", "preclinical", "trials", "cases", "risks", "conclusion", "other"})
_MECHANISTIC: Final = frozenset({"background", "mechanism", "preclinical", "conclusion", "other"})
_REPEATED = re.compile(r"\b(?:do|does|did) (?:the same|so|this)\b(?:\s+in\s+(?P<who>\w+))?", re.IGNORECASE)
_UNCLEAR_IF = re.compile(
    r"\b(?:unclear|unknown|uncertain|not (?:\w+ )?(?:clear|known|certain)|to be (?:seen|determined))\s+(?:if|whether)\b",
    re.IGNORECASE,
)
# "We cannot endorse it as a treatment to slow the disease" says what is advised, not what the treatment does.
_ADVISES = re.compile(
    r"\b(?:we|ALSUntangled)\s+(?:\w+\s+){0,4}?(?:endors|recommend|advis|advocat|condon|discourag|support)\w*\b",
    re.IGNORECASE,
)
_IF = re.compile(r"\W*(?:if|even if)\b", re.IGNORECASE)
_SAME_SUBJECT = re.compile(r"(?:\band|\bor|\bby)\s*(?:also\s+)?$", re.IGNORECASE)
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
    starting = vocabulary.term_starts(words, own)
    return {
        i: vocabulary.find_terms(
            sentence.text, own, words=sentence.words, starting=starting if sentence.words else None
        )
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
    previous: Sequence[TermMatch] = ()
    for i, sentence in enumerate(sentences):
        found = terms.get(i, ())
        if sentence.passage.role in _ROLES:
            claims += _sentence_claims(sentence, found, (vocabulary, treatment, previous))
        previous = found or previous
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
    sentence: Sentence, terms: Sequence[TermMatch], given: tuple[Vocabulary, str | None, Sequence[TermMatch]]
) -> Iterator[Claim]:
    vocabulary, treatment, previous = given
    likely = vocabulary.likely_predicates(sentence.signs)
    if not likely:
        return
    cues: Sequence[Cue] | None = None
    lower = sentence.text.lower() if sentence.signs != EVERY_SIGN else ""
    before: Sequence[TermMatch] = previous
    last: list[Claim] = []
    lead: Status = "asserted"
    for clause in split_clauses(sentence.text, sentence.signs):
        inside = [t for t in terms if clause.start <= t.start < clause.end]
        words = sentence.text[clause.start : clause.end]
        conditional = (not lower or "if" in lower) and _IF.match(words) is not None
        relations = _relations(sentence.text, (clause, lower), likely, inside)
        if (
            relations
            and ("we " in words or "We " in words or "ntangled" in words)
            and (advice := _ADVISES.search(words))
        ):
            relations = [item for item in relations if item[0].start() < clause.start + advice.start()]
        same = _REPEATED.search(words) if last else None
        status: Status = "asserted"
        if conditional or relations or same:
            cues = vocabulary.likely_cues(sentence.signs) if cues is None else cues
            status = status_of(words, cues)
            lead = status if conditional else lead
            status = status if relations or same else "asserted"
        if lead == "asserted" and (" if " in words or " whether " in words):
            lead = "unclear" if _UNCLEAR_IF.search(words) else lead
        if status == "asserted" and lead in ("speculated", "unclear"):
            status = lead
        made = (
            list(_clause_claims(sentence, clause, inside, (relations, treatment, before, status))) if relations else []
        )
        if not made and last and same:
            made = [_repeat(last[-1], sentence, clause, status, same["who"])]
        yield from made
        last = made or last
        before = inside or before


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
    given: tuple[_Relations, str | None, Sequence[TermMatch], Status],
) -> Iterator[Claim]:
    relations, treatment, before, status = given
    if status == "asserted" and sentence.passage.role not in _MECHANISTIC:
        relations = [r for r in relations if r[1].voice != "active" or r[1].predicate == "predisposes_to_condition"]
    if not relations:
        return
    text = sentence.text
    shared: list[tuple[str, bool]] = []
    inserted = find_insertions(text)
    quote = text[clause.start : clause.end]
    said: tuple[tuple[int, ...], Place] | None = None
    for i, (match, words) in enumerate(relations):
        low = relations[i - 1][0].end() if i else clause.start
        high = relations[i + 1][0].start() if i + 1 < len(relations) else clause.end
        left, right = _sides(terms, match, (low, high), inserted)
        words = read_voice(text, match, words, (left, right))
        subjects, objects = find_arguments(
            text, words, (left, right), (treatment, before, Clause(low, clause.end), match)
        )
        if shared and _SAME_SUBJECT.search(text[low : match.start()]):
            subjects = shared
        shared = subjects or shared
        if not subjects or not objects:
            continue
        context, stated = read_context(terms, (text, quote), words), _status(words, status, quote)
        said = said or (sentence.cites(clause.start, clause.end), sentence.place(clause.start, clause.end))
        for subject, flipped in subjects:
            for thing in objects:
                if subject == thing:
                    continue
                polarity = _FLIP[words.polarity] if flipped else words.polarity
                worse = flipped and words.predicate == "affects" and polarity == "increases"
                yield Claim(
                    subject=subject,
                    predicate="contributes_to" if worse else words.predicate,
                    object=thing,
                    polarity=polarity,
                    status=stated,
                    context=context,
                    cites=said[0],
                    place=said[1],
                    quote=quote,
                )


def _sides(
    terms: Sequence[TermMatch], match: re.Match[str], reach: tuple[int, int], inserted: Sequence[tuple[int, int]]
) -> tuple[list[TermMatch], list[TermMatch]]:
    """Give the terms before and after a relation word, within its reach if there are any, and not in what is inserted."""
    low, high = reach
    start, end = match.span()
    reached = terms
    if inserted and (over := [span for span in inserted if span[1] <= start]):
        reached = [t for t in terms if not any(a <= t.start < b for a, b in over)]
    left = [t for t in reached if low <= t.start < start] or [t for t in reached if t.end <= start]
    right = [t for t in terms if end <= t.start < high]
    return left, right or [t for t in terms if end <= t.start < end + 60]


def _status(words: PredicateWords, status: Status, text: str) -> Status:
    if words.voice in ("outcome", "same"):
        return "negated"
    if words.voice in ("trial",) and status in ("hypothesised", "negated"):
        return "asserted"
    if words.voice == "reverse" and status == "asserted" and re.search(r"\bnot\b", text):
        return "no-evidence"
    return status


def _relations(
    text: str, part: tuple[Clause, str], likely: Sequence[PredicateWords], terms: Sequence[TermMatch]
) -> _Relations:
    """Relation words of a clause that overlap neither each other, the longest first, nor a term (``glutamate release``).

    ``part`` is the clause and the whole text in lower case, or nothing where that may hide a match.
    """
    found = []
    for words in likely:
        for match in words.matches(text, *part):
            low, high = match.span()
            if not any([t.start <= low and high <= t.end for t in terms]):  # noqa: C419 - faster for so few
                found.append((match, words))
    if len(found) < 2:
        return found
    found.sort(key=lambda item: (-(item[0].end() - item[0].start()), item[0].start()))
    kept: list[tuple[re.Match[str], PredicateWords]] = []
    for match, words in found:
        if all(match.end() <= m.start() or match.start() >= m.end() for m, _ in kept):
            kept.append((match, words))
    return sorted(kept, key=lambda item: item[0].start())
