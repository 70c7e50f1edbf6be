"""Claims: sentences about mechanisms and effects as subject, predicate, object with status, polarity and context.

Rules over recognised terms, relation words and cues, all of which are data (data/lexicon). A sentence is cut into clauses;
each relation word joins the nearest thing before it to the things after it; the cues of the clause give the status.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from alsu_kg.extraction.claim_arguments import Clause, find_arguments
from alsu_kg.extraction.sentences import Sentence
from alsu_kg.extraction.vocabulary import PredicateWords, Term, TermMatch, Vocabulary, status_of
from alsu_kg.model.review import Claim, Context, Polarity, Status

_ROLES: Final = frozenset({"background", "mechanism", "preclinical", "trials", "cases", "risks", "conclusion", "other"})
_MECHANISTIC: Final = frozenset({"background", "mechanism", "preclinical", "conclusion", "other"})
# Starts with the characters that every break starts with, so that the search goes from one to the next.
_CLAUSE = re.compile(
    r"[;,\s](?:(?<=;)\s+|(?<!;)(?=\s*[abhstwy])(?:(?<=,)\s+(?:so\s+|and to date,?\s+)|(?<=\s)\s*because\s+"
    r"|(?:(?<=,)\s+|(?<=\s)\s*)(?:(?:but|although|though|whereas|however|yet|while)\b,?\s+"
    r"|and\s+(?=(?!(?:is|are|was|were|has|have|can|may|might|does|did|which|that"
    r"|who)\b)(?:[\w-]+\s+){1,3}(?:is|are|was|were|has|have|can|may|might|does|did)\b))))"
)
_REPEATED = re.compile(r"\b(?:do|does|did) (?:the same|so|this)\b(?:\s+in\s+(?P<who>\w+))?", re.IGNORECASE)
_SAME_SUBJECT = re.compile(r"(?:\band|\bor|\bby)\s*(?:also\s+)?$", re.IGNORECASE)
_FLIP: Final[dict[Polarity, Polarity]] = {
    "increases": "decreases",
    "decreases": "increases",
    "none": "none",
    "unknown": "unknown",
}


def find_all_terms(
    sentences: Sequence[Sentence],
    vocabulary: Vocabulary,
    own: Mapping[str, tuple[tuple[tuple[str, ...], Term, bool], ...]],
) -> dict[int, list[TermMatch]]:
    """Recognise the terms of every sentence; ``own`` are the names of the treatment.

    >>> find_all_terms([], Vocabulary(), {})
    {}
    """
    return {i: vocabulary.find_terms(sentence.text, own) for i, sentence in enumerate(sentences)}


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


def _unique(claims: Sequence[Claim]) -> Iterator[Claim]:
    seen: set[tuple[str, str, str, str, object]] = set()
    for claim in claims:
        key = (claim.subject, claim.predicate, claim.object, claim.status, claim.place)
        if key not in seen and claim.subject != claim.object:
            seen.add(key)
            yield claim


def _clauses(text: str) -> list[Clause]:
    spans, start = [], 0
    for match in _CLAUSE.finditer(text):
        spans.append(Clause(start, match.start()))
        start = match.end()
    return [*spans, Clause(start, len(text))]


def _sentence_claims(
    sentence: Sentence, terms: Sequence[TermMatch], given: tuple[Vocabulary, str | None, Sequence[TermMatch]]
) -> Iterator[Claim]:
    vocabulary, treatment, previous = given
    before: Sequence[TermMatch] = previous
    last: list[Claim] = []
    lead: Status = "asserted"
    for clause in _clauses(sentence.text):
        inside = [t for t in terms if clause.start <= t.start < clause.end]
        words = sentence.text[clause.start : clause.end]
        if re.match(r"\W*(?:if|even if)\b", words, re.IGNORECASE):
            lead = status_of(words, vocabulary.cues)
        relations = _relations(sentence.text, clause, vocabulary)
        same = _REPEATED.search(words) if last else None
        status: Status = status_of(words, vocabulary.cues) if relations or same else "asserted"
        if status == "asserted" and lead in ("speculated", "unclear"):
            status = lead
        made = list(_clause_claims(sentence, clause, inside, (relations, treatment, before, status)))
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
    if sentence.passage.role not in _MECHANISTIC:
        relations = [
            r
            for r in relations
            if status != "asserted"
            or r[1].voice != "active"
            or r[1].predicate == "predisposes_to_condition"
            or r[1].voice == "passive"
        ]
    shared: list[tuple[str, bool]] = []
    for i, (match, words) in enumerate(relations):
        low = relations[i - 1][0].end() if i else clause.start
        high = relations[i + 1][0].start() if i + 1 < len(relations) else clause.end
        left = [t for t in terms if low <= t.start < match.start()] or [t for t in terms if t.end <= match.start()]
        right = [t for t in terms if match.end() <= t.start < high] or [
            t for t in terms if match.end() <= t.start < match.end() + 60
        ]
        subjects, objects = find_arguments(
            sentence.text, words, (left, right), (treatment, before, Clause(low, clause.end))
        )
        if shared and _SAME_SUBJECT.search(sentence.text[low : match.start()]):
            subjects = shared
        shared = subjects or shared
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
                    status=_status(words, status, sentence.text[clause.start : clause.end]),
                    context=_context(terms, (sentence.text, clause), words),
                    cites=sentence.cites(clause.start, clause.end),
                    place=sentence.place(clause.start, clause.end),
                    quote=sentence.text[clause.start : clause.end],
                )


def _status(words: PredicateWords, status: Status, text: str) -> Status:
    if words.voice == "outcome":
        return "negated"
    if words.voice in ("trial",) and status in ("hypothesised", "negated"):
        return "asserted"
    if words.voice == "reverse" and status == "asserted" and re.search(r"\bnot\b", text):
        return "no-evidence"
    return status


def _relations(text: str, clause: Clause, vocabulary: Vocabulary) -> _Relations:
    """Relation words of a clause that do not overlap, the longest first."""
    likely = vocabulary.likely_predicates(text[clause.start : clause.end].lower())
    found = [(m, words) for words in likely for m in words.pattern.finditer(text, clause.start, clause.end)]
    found.sort(key=lambda item: (-(item[0].end() - item[0].start()), item[0].start()))
    kept: list[tuple[re.Match[str], PredicateWords]] = []
    for match, words in found:
        if all(match.end() <= m.start() or match.start() >= m.end() for m, _ in kept):
            kept.append((match, words))
    return sorted(kept, key=lambda item: item[0].start())


def _context(terms: Sequence[TermMatch], place: tuple[str, Clause], words: PredicateWords) -> Context:
    whole, clause = place
    text = whole[clause.start : clause.end]

    def first(kind: str) -> str | None:
        return next((t.term.label for t in terms if t.term.kind == kind), None)

    model = first("model")
    species = first("species") or (_species_of(model) if model else None)
    if " model" in text and re.search(r"\b(?:mouse|mice|murine) models?\b", text):
        species = "mouse"
    diseases = [
        t.term.label
        for t in terms
        if t.term.kind == "disease" and words.predicate not in ("treats", "predisposes_to_condition")
    ]
    if any(whole[t.start : t.end] == "PALS" for t in terms):
        diseases.append("amyotrophic lateral sclerosis")
    disease = next(
        (d for d in diseases if re.search(r"\bmodels? of\b", text) and "lateral" not in d),
        diseases[0] if diseases else None,
    )
    return Context(
        species=species,
        model=model if model != "preclinical ALS models" else None,
        cell=first("cell"),
        anatomy=first("anatomy"),
        disease=disease,
    )


def _species_of(model: str) -> str | None:
    return next(
        (species for word, species in (("mouse", "mouse"), ("mice", "mouse"), ("rat", "rat")) if word in model), None
    )
