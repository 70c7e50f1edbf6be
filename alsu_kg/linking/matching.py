"""Matching: which of the candidates a reference means, or that it is none of them.

One rule for all sources, styles and index sizes:

1. the printed DOI or PMID raises the probability of its record, but the text must still agree;
2. at or above ``LINK`` the best candidate is linked, unless another *work* has comparable odds: then it is ambiguous;
3. between ``DOUBT`` and ``LINK`` it is ambiguous; below, unlinked. The reason says which fields disagree.

Records of the same work (same title, year, volume and page) do not compete: the one with a DOI, then the first by id, wins.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from alsu_kg.linking.candidate_validation import Validate
from alsu_kg.linking.printed_identifiers import find_dois, find_pmids
from alsu_kg.linking.reasons import ambiguous_reason, linked_reason, unlinked_reason
from alsu_kg.linking.similarity import FEATURES, agreement_at_a_glance, compare
from alsu_kg.linking.text_view import view_candidate, view_reference
from alsu_kg.model.candidate import Candidate, ScoredCandidate
from alsu_kg.model.link import Decision, ReferenceLink
from alsu_kg.model.reference import Reference

METHOD: Final = "alsu-kg linker 1: rare-term candidates, gradient-boosted validation"
LINK: Final = 0.5
"""Probability from which the best candidate is linked: more likely right than wrong."""

DOUBT: Final = 0.2
"""Probability from which a reference that is not linked is called ambiguous instead of unlinked."""

RIVAL_ODDS: Final = 3.0
"""The best candidate must have more than so many times the odds of the next work."""

IDENTIFIER_ODDS: Final = 50.0
"""By how much a printed identifier raises the odds of its record (wrong ones exist, see the shared measurements)."""

TIED: Final = 0.0003
"""Difference of probability below which two records of the same work are told apart by their identifiers only."""

COMPARED: Final = 5
"""Candidates that are compared in full because they agree most at a glance, at most."""

GLANCE_GAP: Final = 2.0
"""What the best may be ahead at a glance (of at most 7) of a candidate that is compared in full."""

FOREMOST: Final = 2
"""Candidates that are compared in full because the search puts them first."""


def match(reference: Reference, candidates: Sequence[Candidate], validate: Validate) -> ReferenceLink:
    """Decide which candidate the reference means. ``match_all`` does many at once, faster.

    >>> match(Reference(id="1", unstructured="Liu T. 2017"), [], lambda rows: []).decision
    'unlinked'
    """
    return match_all([(reference, candidates)], validate)[0]


def match_all(pairs: Iterable[tuple[Reference, Sequence[Candidate]]], validate: Validate) -> list[ReferenceLink]:
    """Decide for each reference with its candidates, in order; the validator is called once for all."""
    compared: list[tuple[Reference, list[Candidate]]] = []
    rows: list[list[float]] = []
    for reference, candidates in pairs:
        view = view_reference(reference)
        kept = most_alike(reference, candidates)
        rows += [list(compare(view, view_candidate(candidate)).values()) for candidate in kept]
        compared.append((reference, kept))
    scores = iter(validate(rows))
    evidence = iter(rows)
    return [
        decide(reference, [_scored(candidate, next(scores), next(evidence)) for candidate in kept])
        for reference, kept in compared
    ]


def decide(reference: Reference, scored: Sequence[ScoredCandidate]) -> ReferenceLink:
    """Apply the decision rule to candidates with their probabilities.

    >>> work = Candidate(id="10.1/a", title="A title")
    >>> decide(Reference(id="1", unstructured="A title"), [ScoredCandidate(candidate=work, score=0.9, evidence={})]).work.id
    '10.1/a'
    """
    if not scored:
        return ReferenceLink(
            id=reference.id, decision="unlinked", reason=unlinked_reason(reference, None), method=METHOD
        )
    dois = tuple(dict.fromkeys([*find_dois(reference.doi), *find_dois(reference.text)]))
    pmids = tuple(dict.fromkeys([*filter(None, [reference.pmid]), *find_pmids(reference.text)]))
    ranked = _rank([_with_identifier(s, dois, pmids) for s in scored])
    best, rest = ranked[0], ranked[1:]
    others = [s for s in rest if not _same_work(s.candidate, best.candidate)]
    decision, reason = _judge(reference, best, others, dois)
    return ReferenceLink(
        id=reference.id, decision=decision, reason=reason, method=METHOD, best=best, others=tuple(others[:2])
    )


def _judge(
    reference: Reference, best: ScoredCandidate, others: Sequence[ScoredCandidate], dois: Sequence[str]
) -> tuple[Decision, str]:
    if best.score < DOUBT:
        return "unlinked", unlinked_reason(reference, best)
    if best.score < LINK:
        return "ambiguous", ambiguous_reason(best, None)
    if dois and best.candidate.doi and best.candidate.doi.lower() not in dois:
        wrong = next((s for s in others if s.candidate.doi.lower() in dois), None)
        if wrong is None:
            return "ambiguous", f"the printed DOI {dois[0]} is not the DOI of the work that the text describes"
        what = f"the text describes this work; the printed DOI {dois[0]} belongs to {wrong.candidate.title!r}"
        return ("linked", what) if wrong.score < DOUBT else ("ambiguous", what)
    if others and _odds(best.score) <= RIVAL_ODDS * _odds(others[0].score):
        return "ambiguous", ambiguous_reason(best, others[0])
    return "linked", linked_reason(best)


def _rank(scored: Iterable[ScoredCandidate]) -> list[ScoredCandidate]:
    """Order by probability; among records of the work that is best, the one with a DOI, then the first by id, leads."""
    ranked = sorted(scored, key=lambda s: (-round(s.score, 6), not s.candidate.doi, s.candidate.id))
    best = ranked[0]
    alike = [s for s in ranked if _same_work(s.candidate, best.candidate) and s.score >= best.score - TIED]
    leader = min(alike, key=lambda s: (not s.candidate.doi, s.candidate.id))
    return [leader, *(s for s in ranked if s is not leader)]


def most_alike(reference: Reference, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Keep the candidates that agree most at a glance, and those whose identifier is printed."""
    if len(candidates) <= FOREMOST:
        return list(candidates)
    view = view_reference(reference)
    glances = [agreement_at_a_glance(view, view_candidate(candidate)) for candidate in candidates]
    best = max(glances)
    order = sorted(range(len(candidates)), key=lambda place: -glances[place])
    kept = {place for place in order[:COMPARED] if glances[place] >= best - GLANCE_GAP}
    kept.update(range(FOREMOST))
    kept.update(place for place, c in enumerate(candidates) if place not in kept and _is_printed(c, reference))
    return [candidates[place] for place in sorted(kept)]


def _is_printed(candidate: Candidate, reference: Reference) -> bool:
    if candidate.pmid and candidate.pmid == reference.pmid:
        return True
    return bool(candidate.doi) and "/" in reference.text and candidate.doi.lower() in reference.text.lower()


def _scored(candidate: Candidate, score: float, row: Sequence[float]) -> ScoredCandidate:
    return ScoredCandidate(candidate=candidate, score=score, evidence=dict(zip(FEATURES, row, strict=True)))


def _with_identifier(scored: ScoredCandidate, dois: Sequence[str], pmids: Sequence[str]) -> ScoredCandidate:
    candidate = scored.candidate
    if not ((candidate.doi and candidate.doi.lower() in dois) or (candidate.pmid and candidate.pmid in pmids)):
        return scored
    odds = _odds(scored.score) * IDENTIFIER_ODDS
    evidence = {**scored.evidence, "printed_identifier": 1.0}
    return ScoredCandidate(candidate=candidate, score=odds / (1 + odds), evidence=evidence)


def _odds(probability: float) -> float:
    return probability / max(1 - probability, 1e-9)


def _same_work(first: Candidate, second: Candidate) -> bool:
    if first.id == second.id:
        return True
    if (first.doi and first.doi.lower() == second.doi.lower()) or (first.pmid and first.pmid == second.pmid):
        return True
    one, two = view_candidate(first), view_candidate(second)
    numbers = (one.year, one.volume, one.page) == (two.year, two.volume, two.page)
    authors = not one.names or not two.names or one.names[0] == two.names[0]
    return numbers and authors and one.title == two.title and bool(one.page or one.names)
