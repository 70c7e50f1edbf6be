"""Claims: sentences about mechanisms and effects as subject, predicate, object with status, polarity and context.

Rules over recognised terms, relation words and cues, all of which are data (data/lexicon). A sentence is cut into clauses;
each relation word joins the nearest thing before it to the things after it; the cues of the clause give the status.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from alsu_kg.extraction.claims.anaphora import Before, starts_with_pronoun
from alsu_kg.extraction.claims.clause_claims import Told, read_clause
from alsu_kg.extraction.claims.clauses import Clause, split_clauses
from alsu_kg.extraction.claims.context import find_setting, place_of, seen_there
from alsu_kg.extraction.claims.phrases import needs_no_term
from alsu_kg.extraction.claims.reach import coordinated, without_abbreviations
from alsu_kg.extraction.claims.relations import Relations, find_relations
from alsu_kg.extraction.claims.repeats import TURNED_TO, find_repeat, repeated
from alsu_kg.extraction.claims.status import Aside, Scope, read_cues, read_status
from alsu_kg.extraction.claims.things import Argument
from alsu_kg.extraction.evidence_table import category_of
from alsu_kg.extraction.known_words import KnownWords
from alsu_kg.extraction.lead_words import by_order
from alsu_kg.extraction.pointer_groups import Found
from alsu_kg.extraction.relation_words import Candidate, lower_case
from alsu_kg.extraction.sections import Passage
from alsu_kg.extraction.sentences import Sentence, read_sentences
from alsu_kg.extraction.terms import TermIndex, TermMatch
from alsu_kg.extraction.vocabulary import Vocabulary
from alsu_kg.model.document import Block
from alsu_kg.model.review import Claim, Context, Status

_ROLES: Final = frozenset({"background", "mechanism", "preclinical", "trials", "cases", "risks", "conclusion", "other"})
# What turns from the animals told of before to others: ``In the stroke model``, ``in cell culture``, ``in healthy volunteers``.
_ANOTHER_PLACE = re.compile(
    r"\b(?:in|using|with|from)\s+(?:(?:an?|the|another|other|two|several|some)\s+)?(?!(?:this|these"
    r"|the same|that)\b)(?:[\w'’-]+\s+){0,4}?"
    r"(?:models?|cultures?|vitro|slices?|organoids?|patients|volunteers|humans?|people|healthy)\b"
    r"|\b(?:another|other|second|different)\s+(?:[\w-]+\s+)?"
    r"(?:models?|species|strains?)\b",
    re.IGNORECASE,
)
_NOT_SIGNIFICANT = re.compile(
    r"\W*(?:(?:this|the|these|that|it|which) ?(?:\w+ )?(?:difference|effect|change|trend|result|finding|increase|decrease|reduction"
    r"|improvement|benefit)?s?|differences?) (?:was|were|did|is|are) not (?:\w+ )*?(?:statistical(?:ly)? )?significan(?:t|ce)\b",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(r"(?P<not>not\s+)?(?:(?:rather|only|instead|on|the|its)\s+)*", re.IGNORECASE)
_ENDS = re.compile(r"(?:\s*[(\[][^()\[\]]*[)\]])?\s*[.,;]?\s*$")
_AS_A_FACT: Final[tuple[Status, bool, Sequence[Aside]]] = ("asserted", False, ())  # what a clause without cues says
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
    terms = vocabulary.own_terms(own)
    return {i: vocabulary.find_terms(s.text, terms, s.words) for i, s in enumerate(sentences)}


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
    place, paragraph, topic = None, -1, None
    for i, sentence in enumerate(sentences):
        found = terms.get(i, ())
        if sentence.passage.role in _ROLES:
            told = _sentence_claims(sentence, found, (vocabulary, treatment, previous))
            topic = told[0].subject if told and starts_with_pronoun(sentence.text) else None
            if sentence.passage.role == "preclinical":  # animals named before in the paragraph hold until others are
                names_any = any([t.term.kind in ("species", "model") for t in found])  # noqa: C419 - faster for so few
                if place is not None and not names_any and _ANOTHER_PLACE.search(sentence.text):
                    place = None
                if names_any or sentence.paragraph != paragraph:
                    place, paragraph = place_of(found), sentence.paragraph
                claims += [seen_there(claim, place) for claim in told] if place and not names_any else told
            else:
                claims += told
        previous = Before(found, 0, topic, sentence.text) if found else previous
    return tuple(_unique(claims))


def read_table_sentences(
    tables: Sequence[tuple[str, Block]],
    found: Sequence[tuple[Passage, Sequence[Found]]],
    words: KnownWords | None = None,
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
    return read_sentences(passages, words)


def _unique(claims: Sequence[Claim]) -> Iterator[Claim]:
    seen: set[tuple[str, str, str, str, object]] = set()
    for claim in claims:
        key = (claim.subject, claim.predicate, claim.object, claim.status, claim.place)
        if key not in seen and claim.subject != claim.object:
            seen.add(key)
            yield claim


def _sentence_claims(
    sentence: Sentence, terms: Sequence[TermMatch], given: tuple[Vocabulary, str | None, Before]
) -> list[Claim]:
    vocabulary, treatment, previous = given
    kept: list[Claim] = []
    text = sentence.text
    if not sentence.signs & vocabulary.leads.of_relations:
        return kept
    lower = lower_case(text)
    candidates, started = vocabulary.find_started(lower, sentence.words)
    if not terms:
        candidates = [each for each in candidates if needs_no_term(each[2])]
    if not candidates:
        return kept
    if " (" in text:
        terms = without_abbreviations(text, terms)
    before, scope = previous, Scope()
    last: list[Claim] = []
    carried: Sequence[Argument] = ()
    setting: Context | None = None
    parts, last_told = _parts(sentence, terms, candidates, lower)
    if last_told is None:
        return kept
    cues = by_order(started)
    for clause, inside, relations in parts:
        same = find_repeat(text[clause.start : clause.end]) if last else None
        span = (clause.start, clause.end)
        own, advises, asides = read_cues(text, cues, span, relations) if cues else _AS_A_FACT
        status, scope = read_status(text, span, own, scope, relates=bool(relations or same))
        if advises:
            relations = []
        made: list[Claim] = []
        if relations:
            told = Told(relations, treatment, before, status, carried, asides, clause.start >= last_told)
            made, carried = read_clause(sentence, clause, inside, told)
            setting = setting or find_setting(sentence.text, terms, relations[0][0].start())
            made = [seen_there(claim, setting) for claim in made] if setting else made
        if not made and last and same:
            made = repeated(last, (sentence, clause, status), same, terms)
        if not made and last and inside and not relations and not advises:
            made = _elliptic(last[-1], sentence, clause, inside)
        if not made and last and "significan" in text and _NOT_SIGNIFICANT.match(text, clause.start, clause.end):
            kept[-len(last) :] = [_unsure(claim) for claim in last]
            made = []
        kept += made
        last = made or last
        before = Before(inside, clause.start, None, text) if inside else before
    return kept


def _unsure(claim: Claim) -> Claim:
    """Give a claim of which the next clause says that it was not significant."""
    return msgspec.structs.replace(claim, status="unclear") if claim.status == "asserted" else claim


def _parts(
    sentence: Sentence, terms: Sequence[TermMatch], candidates: Sequence[Candidate], lower: str
) -> tuple[list[tuple[Clause, Sequence[TermMatch], Relations]], int | None]:
    """Give the clauses of a sentence, each with its terms and relation words, and where the last one with relation words starts.

    ``candidates`` are the relation words that may stand in the sentence, ``lower`` in lower case; without a term only some can.
    """
    clauses = split_clauses(sentence.text, sentence.words)
    if len(clauses) == 1:
        relations = find_relations(sentence.text, clauses[0], candidates, terms)
        return [(clauses[0], terms, relations)], 0 if relations else None
    parts: list[tuple[Clause, Sequence[TermMatch], Relations]] = []
    last_told: int | None = None
    for clause in clauses:
        start, end = clause.start, clause.end
        inside = [t for t in terms if start <= t.start < end]
        sought = [each for each in candidates if start <= each[0] < end]
        if not inside:
            sought = [each for each in sought if needs_no_term(each[2])]
        relations = find_relations(sentence.text, clause, sought, inside, lower) if sought else []
        last_told = start if relations else last_told
        parts.append((clause, inside, relations))
    return parts, last_told


def _elliptic(claim: Claim, sentence: Sentence, clause: Clause, terms: Sequence[TermMatch]) -> list[Claim]:
    """Give the claims of a clause that only names other objects for the last claim: ``it slows not A but B``, ``A but not B``."""
    text = sentence.text
    objects = coordinated(text, terms)
    start = _ELLIPSIS.match(text, clause.start, objects[0].start) if objects else None
    ends = start is not None and start.end() == objects[0].start and _ENDS.match(text, objects[-1].end, clause.end)
    if start is None or not ends or any(t.term.kind not in TURNED_TO for t in objects):
        return []
    denied = start["not"] is not None
    if denied != (claim.status == "asserted") or (not denied and claim.status != "negated"):
        return []
    status: Status = "negated" if denied else "asserted"
    place, quote = sentence.place(clause.start, clause.end), text[clause.start : clause.end]
    cites = sentence.cites(clause.start, clause.end)
    return [
        msgspec.structs.replace(claim, object=t.term.label, status=status, place=place, quote=quote, cites=cites)
        for t in objects
        if not t.term.failing and t.term.label != claim.subject
    ]
