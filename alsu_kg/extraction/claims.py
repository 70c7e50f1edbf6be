"""Claims: sentences about mechanisms and effects as subject, predicate, object with status, polarity and context.

Rules over recognised terms, relation words and cues, all of which are data (data/lexicon). A sentence is cut into clauses;
each relation word joins the nearest thing before it to the things after it; the cues of the clause give the status.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from alsu_kg.extraction.sentences import Sentence
from alsu_kg.extraction.vocabulary import PredicateWords, Term, TermMatch, Vocabulary, status_of
from alsu_kg.model.review import Claim, Context, Polarity, Status

_ROLES: Final = frozenset({"background", "mechanism", "preclinical", "trials", "cases", "risks", "conclusion", "other"})
_MECHANISTIC: Final = frozenset({"background", "mechanism", "preclinical", "conclusion", "other"})
_CLAUSE = re.compile(r";\s+|,?\s+\b(?:but|although|though|whereas|however|yet|while)\b,?\s+|,\s+so\s+|,\s+and to date,?\s+|\s+because\s+|,?\s+and\s+(?=(?!(?:is|are|was|were|has|have|can|may|might|does|did|which|that|who)\b)(?:[\w-]+\s+){1,3}(?:is|are|was|were|has|have|can|may|might|does|did)\b)")
_REPEATED = re.compile(r"\b(?:do|does|did) (?:the same|so|this)\b(?:\s+in\s+(?P<who>\w+))?", re.IGNORECASE)
_BACKWARD = re.compile(r"^(?:\W*(?:in addition|also|furthermore|moreover|additionally|thus|therefore|so|theoretically)\W+)*(?:it|this|these|they|such|that|its|the (?:drug|treatment|supplement|product|pathway))\b", re.IGNORECASE)
_PATHWAY = re.compile(r"^\W*(?:this|the|that) (?:pathway|process|mechanism|protein|gene|factor)\b", re.IGNORECASE)
_LESS = re.compile(r"\b(?:reducing|inhibiting|blocking|suppressing|lowering|decreasing|reduction (?:of|in)|inhibition of|loss of|lack of|deleting|knocking (?:out|down)|less)\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
_CONTEXT_KINDS: Final = frozenset({"cell", "anatomy", "species", "model"})
_PLACED: Final = frozenset({"located_in", "is_increased_in", "tested_in"})
_WITHIN = re.compile(r"\b(?:in|within|of|from|on|among|for)\s+(?:the\s+|a\s+|an\s+|both\s+|human\s+|patients\s+with\s+|people\s+with\s+)*$", re.IGNORECASE)
_SAME_SUBJECT = re.compile(r"(?:\band|\bor|\bby)\s*(?:also\s+)?$", re.IGNORECASE)
_FLIP: Final[dict[Polarity, Polarity]] = {"increases": "decreases", "decreases": "increases", "none": "none", "unknown": "unknown"}


class _Clause(NamedTuple):
    start: int
    end: int


def find_all_terms(sentences: Sequence[Sentence], vocabulary: Vocabulary,
                   own: Mapping[str, tuple[tuple[tuple[str, ...], Term, bool], ...]]) -> dict[int, list[TermMatch]]:
    """Recognise the terms of every sentence; ``own`` are the names of the treatment.

    >>> find_all_terms([], Vocabulary(), {})
    {}
    """
    return {i: vocabulary.find_terms(sentence.text, own) for i, sentence in enumerate(sentences)}


def read_claims(sentences: Sequence[Sentence], terms: Mapping[int, Sequence[TermMatch]], vocabulary: Vocabulary,
                treatment: str | None) -> tuple[Claim, ...]:
    """Read the claims of a review.

    >>> from alsu_kg.extraction.sections import Passage
    >>> from alsu_kg.extraction.vocabulary import parse_vocabulary
    >>> from alsu_kg.model.document import Text
    >>> words = parse_vocabulary({
    ...     "terms.tsv": "label\\tkind\\tsynonyms\\nNF-kB\\tprocess\\t\\nfoo\\tchemical\\t",
    ...     "predicates.tsv": "p\\tq\\tr\\ts\\nsuppress(?:es)?\\taffects\\tdecreases\\tactive",
    ...     "cues.tsv": "kind\\tpattern\\nhypothesised\\t\\\\bmay\\\\b"})
    >>> told = Sentence("Foo may suppress NF-kB.", Passage(Text(""), "Mechanism", "mechanism", "paragraph"), 0, (), (), 0)
    >>> [(c.subject, c.predicate, c.object, c.status, c.polarity) for c in read_claims([told], {0: words.find_terms(told.text)}, words, None)]
    [('foo', 'affects', 'NF-kB', 'hypothesised', 'decreases')]
    """
    claims: list[Claim] = []
    previous: Sequence[TermMatch] = ()
    for i, sentence in enumerate(sentences):
        found = terms.get(i, ())
        if sentence.passage.role in _ROLES and not re.search(r"\bassign(?:s|ed)?\b.{0,40}\bgrade|\bgrade of\b", sentence.text):
            claims += _sentence_claims(sentence, found, (vocabulary, treatment, previous))
        elif sentence.passage.role in _ROLES:
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


def _clauses(text: str) -> list[_Clause]:
    spans, start = [], 0
    for match in _CLAUSE.finditer(text):
        spans.append(_Clause(start, match.start()))
        start = match.end()
    return [*spans, _Clause(start, len(text))]


def _sentence_claims(sentence: Sentence, terms: Sequence[TermMatch],
                     given: tuple[Vocabulary, str | None, Sequence[TermMatch]]) -> Iterator[Claim]:
    vocabulary, treatment, previous = given
    before: Sequence[TermMatch] = previous
    last: list[Claim] = []
    lead: Status = "asserted"
    for clause in _clauses(sentence.text):
        inside = [t for t in terms if clause.start <= t.start < clause.end]
        words = sentence.text[clause.start:clause.end]
        status = status_of(words, vocabulary.cues)
        if re.match(r"\W*(?:if|even if)\b", words, re.IGNORECASE):
            lead = status_of(words, vocabulary.cues)
        if status == "asserted" and lead in ("speculated", "unclear"):
            status = lead
        made = list(_clause_claims(sentence, clause, inside, (vocabulary, treatment, before, status)))
        if not made and last and (same := _REPEATED.search(words)):
            made = [_repeat(last[-1], sentence, clause, status, same["who"])]
        yield from made
        last = made or last
        before = inside or before


def _repeat(claim: Claim, sentence: Sentence, clause: _Clause, status: Status, who: str | None) -> Claim:
    human = who is not None and who.casefold() in ("pals", "patients", "people", "humans")
    context = Context(species="human", disease="amyotrophic lateral sclerosis") if human else Context()
    return Claim(subject=claim.subject, predicate=claim.predicate, object=claim.object, status=status, polarity=claim.polarity,
                 context=context, place=sentence.place(clause.start, clause.end), quote=sentence.text[clause.start:clause.end])


def _clause_claims(sentence: Sentence, clause: _Clause, terms: Sequence[TermMatch],
                   given: tuple[Vocabulary, str | None, Sequence[TermMatch], Status]) -> Iterator[Claim]:
    vocabulary, treatment, before, status = given
    relations = _relations(sentence.text, clause, vocabulary.predicates)
    if sentence.passage.role not in _MECHANISTIC:
        relations = [r for r in relations if status != "asserted" or r[1].voice != "active" or r[1].predicate == "predisposes_to_condition"
                     or r[1].voice == "passive"]
    shared: list[tuple[str, bool]] = []
    for i, (match, words) in enumerate(relations):
        low = relations[i - 1][0].end() if i else clause.start
        high = relations[i + 1][0].start() if i + 1 < len(relations) else clause.end
        left = [t for t in terms if low <= t.start < match.start()] or [t for t in terms if t.end <= match.start()]
        right = [t for t in terms if match.end() <= t.start < high] or [t for t in terms if match.end() <= t.start < match.end() + 60]
        subjects, objects = _arguments(sentence.text, words, (left, right), (treatment, before, _Clause(low, clause.end)))
        if shared and _SAME_SUBJECT.search(sentence.text[low:match.start()]):
            subjects = shared
        shared = subjects or shared
        for subject, flipped in subjects:
            for thing in objects:
                if subject == thing:
                    continue
                polarity = _FLIP[words.polarity] if flipped else words.polarity
                worse = flipped and words.predicate == "affects" and polarity == "increases"
                yield Claim(subject=subject, predicate="contributes_to" if worse else words.predicate, object=thing, polarity=polarity,
                            status=_status(words, status, sentence.text[clause.start:clause.end]),
                            context=_context(terms, (sentence.text, clause), words), cites=sentence.cites(clause.start, clause.end),
                            place=sentence.place(clause.start, clause.end), quote=sentence.text[clause.start:clause.end])


def _status(words: PredicateWords, status: Status, text: str) -> Status:
    if words.voice == "outcome":
        return "negated"
    if words.voice in ("trial",) and status in ("hypothesised", "negated"):
        return "asserted"
    if words.voice == "reverse" and status == "asserted" and re.search(r"\bnot\b", text):
        return "no-evidence"
    return status


def _relations(text: str, clause: _Clause, predicates: Sequence[PredicateWords]) -> list[tuple[re.Match[str], PredicateWords]]:
    """Relation words of a clause that do not overlap, the longest first."""
    found = [(m, words) for words in predicates for m in words.pattern.finditer(text, clause.start, clause.end)]
    found.sort(key=lambda item: (-(item[0].end() - item[0].start()), item[0].start()))
    kept: list[tuple[re.Match[str], PredicateWords]] = []
    for match, words in found:
        if all(match.end() <= m.start() or match.start() >= m.end() for m, _ in kept):
            kept.append((match, words))
    return sorted(kept, key=lambda item: item[0].start())


_Sides = tuple[Sequence[TermMatch], Sequence[TermMatch]]


def _arguments(text: str, words: PredicateWords, sides: _Sides,
               given: tuple[str | None, Sequence[TermMatch], _Clause]) -> tuple[list[tuple[str, bool]], list[str]]:
    left, right = sides
    treatment, before, clause = given
    if words.voice in ("trial", "benefit", "support", "outcome", "reverse"):
        return _special(words, (left, right), treatment, before)
    things_left = [t for t in left if _is_thing(t, text, words, subject=True)]
    things_right = [t for t in right if _is_thing(t, text, words, subject=False)]
    if words.voice == "passive":
        return [(t.term.label, False) for t in _coordinated(text, things_right)], [t.term.label for t in things_left[-1:]]
    subjects = [(t.term.label, bool(_LESS.search(text[max(clause.start, t.start - 40):t.start]))) for t in things_left[-1:]]
    if not subjects:
        subjects = _referred(text[clause.start:clause.end], before, treatment, has_left=bool(left))
    return subjects, [t.term.label for t in _coordinated(text, things_right)]


def _is_thing(match: TermMatch, text: str, words: PredicateWords, *, subject: bool) -> bool:
    if words.predicate in _PLACED:
        return match.term.kind != "species"
    if match.term.kind in ("species", "test"):
        return False
    if match.term.kind in _CONTEXT_KINDS:
        return subject and not _WITHIN.search(text[:match.start])
    inside = subject and bool(_WITHIN.search(text[:match.start])) and match.term.kind == "disease"
    return not inside


def _coordinated(text: str, things: Sequence[TermMatch]) -> list[TermMatch]:
    """The first thing and those joined to it by commas and ``and``."""
    kept: list[TermMatch] = []
    for thing in things:
        if not kept and len(things) > 1 and re.match(r"[- ](?:mediated|induced|driven|related|dependent|associated)\b", text[thing.end:]):
            continue
        between = text[kept[-1].end:thing.start] if kept else ""
        if kept and not re.fullmatch(r"(?:\s*\([^)]*\))?\s*(?:,|and|or|,\s*and|and in|, in|,\s*or|and/or)\s*(?:the\s+|a\s+|other\s+|in\s+)*(?:\w+\s+)?", between):
            break
        kept.append(thing)
    return kept


def _referred(clause: str, before: Sequence[TermMatch], treatment: str | None, *, has_left: bool) -> list[tuple[str, bool]]:
    if _PATHWAY.match(clause) and before:
        process = [t for t in before if t.term.kind == "process"]
        return [((process or before)[-1].term.label, False)]
    if treatment is not None and (_BACKWARD.match(clause) or not has_left):
        return [(treatment, False)]
    return []


def _special(words: PredicateWords, sides: _Sides, treatment: str | None,
             before: Sequence[TermMatch]) -> tuple[list[tuple[str, bool]], list[str]]:
    """Phrases whose parts the sentence leaves to the reader: trials of the treatment, no effect on progression."""
    left, right = sides
    chemicals = [t.term.label for t in (*right, *left) if t.term.kind in ("chemical", "treatment")]
    if words.voice == "benefit" and not chemicals:
        chemicals = [t.term.label for t in before if t.term.kind == "chemical"][-1:]
    own = chemicals[0] if chemicals else treatment
    if own is None:
        return [], []
    if words.voice == "trial":
        return [(own, False)], ["amyotrophic lateral sclerosis"]
    if words.voice == "benefit":
        return [(own, False)], ["amyotrophic lateral sclerosis"]
    if words.voice == "support":
        return [(own, False)], ["preclinical ALS models"] if any(t.term.kind == "model" for t in left) else ["amyotrophic lateral sclerosis"]
    if words.voice == "reverse":
        diseases = [t.term.label for t in right if t.term.kind == "disease"]
        return [(treatment or own, False)], diseases[:1]
    outcomes = [t.term.label for t in right if t.term.kind in ("outcome", "process")]
    return [(treatment or own, False)], outcomes[:1]


def _context(terms: Sequence[TermMatch], place: tuple[str, _Clause], words: PredicateWords) -> Context:
    whole, clause = place
    text = whole[clause.start:clause.end]

    def first(kind: str) -> str | None:
        return next((t.term.label for t in terms if t.term.kind == kind), None)

    model = first("model")
    species = first("species") or (_species_of(model) if model else None)
    if re.search(r"\b(?:mouse|mice|murine) models?\b", text):
        species = "mouse"
    diseases = [t.term.label for t in terms if t.term.kind == "disease" and words.predicate not in ("treats", "predisposes_to_condition")]
    if any(whole[t.start:t.end] == "PALS" for t in terms):
        diseases.append("amyotrophic lateral sclerosis")
    disease = next((d for d in diseases if re.search(r"\bmodels? of\b", text) and "lateral" not in d), diseases[0] if diseases else None)
    return Context(species=species, model=model if model != "preclinical ALS models" else None, cell=first("cell"), anatomy=first("anatomy"),
                   disease=disease)


def _species_of(model: str) -> str | None:
    return next((species for word, species in (("mouse", "mouse"), ("mice", "mouse"), ("rat", "rat")) if word in model), None)
