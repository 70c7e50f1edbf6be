"""Matching: which of the candidates a reference means, or that it is none of them.

One rule for all sources, styles and index sizes:

1. the printed DOI or PMID raises the probability of its record, but the text must still agree;
2. a reference means one work, so the probabilities of different works compete: each keeps its odds' share (``_compete``);
3. at or above ``LINK`` the best candidate is linked, if anything of its own agrees (``tells_apart``); below, it is ambiguous,
   or unlinked if all candidates together are unlikely (``DOUBT``). The reason says which fields disagree.

A record that agrees with the string wherever another does, and has fewer contradictions, goes before it
(``explains_more``): what one record explains is no slip of the pen of another.

Records with the same title, first author, year, volume and page are told apart by evidence only: by their probability, by
being known under more kinds of identifiers, and by how closely the string follows their wording (case, accents, given
names). Records that are alike in all of that but have different identifiers cannot be told apart by any string: ambiguous.
Their ids and their order never decide.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from rapidfuzz import fuzz

from alsu_kg.linking.candidate_validation import Validate
from alsu_kg.linking.printed_identifiers import find_dois, find_pmids
from alsu_kg.linking.reasons import ambiguous_reason, linked_reason, too_little_reason, unlinked_reason
from alsu_kg.linking.similarity import FEATURES, agreement_at_a_glance, compare
from alsu_kg.linking.text_view import view_candidate, view_reference
from alsu_kg.model.candidate import Candidate, ScoredCandidate
from alsu_kg.model.link import Decision, ReferenceLink
from alsu_kg.model.reference import Reference

_SIGNS: Final = re.compile(r"[^\w\s]")
METHOD: Final = "alsu-kg linker 3: rare-term candidates, gradient-boosted validation"
LINK: Final = 0.8
"""Probability from which the best candidate is linked: a wrong link costs as much as four that are missing."""

DOUBT: Final = 0.2
"""Probability of all candidates together from which a reference that is not linked is ambiguous instead of unlinked."""

RIVAL_SHARE: Final = 1 / 3
"""Share of the best probability from which the next work is named as the reason for the doubt."""

IDENTIFIER_ODDS: Final = 50.0
"""By how much a printed identifier raises the odds of its record (wrong ones exist, see the shared measurements)."""

GREATEST_ODDS: Final = 10_000.0
"""Odds that the validator may give: what is beyond was never measured."""

TWIN_ODDS: Final = 8.0
"""Odds that the record with more evidence is meant, of two with the same fields (124 of 140 labelled references)."""

LESS_EXPLAINED_ODDS: Final = 100.0
"""Odds against a record that explains less than another in every way (of 464 such labelled pairs it was right in none)."""

TIED: Final = 0.0003
"""Difference of probability below which two records with the same fields are told apart by other evidence."""

_AGREEMENTS: Final = (
    "title_in_order", "title_any_order", "first_author", "first_author_at_start", "authors_found", "year", "volume", "issue",
    "page", "container", "tagged_title", "tagged_container",
)  # fmt: skip
_DISAGREEMENTS: Final = (
    "title_missing_head", "title_missing_middle", "title_missing_tail", "title_substituted", "unexplained_words",
    "unexplained_numbers", "marker_mismatch",
)  # fmt: skip

_OWN: Final = (
    ("title_in_order", 0.5), ("title_any_order", 0.5), ("title_letters", 0.6), ("page", 0.0), ("first_author", 0.0),
    ("authors_found", 0.0),
)  # fmt: skip
"""Features of what is a work's own, and above which value they say so (none of 3,305 true pairs, real and hard, is without)."""

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
    pmids = tuple(dict.fromkeys([*filter(None, [reference.pmid]), *find_pmids(reference.text, bare=True)]))
    ranked = sorted(
        (_Rated(s, _odds(s.score) * _identifier_odds(s.candidate, dois, pmids)) for s in scored),
        key=lambda rated: (-rated.odds, rated.scored.candidate.id),
    )
    competing = _compete(_one_of_each_work(ranked, reference.text))
    best, others = competing[0], competing[1:]
    decision, reason = _judge(reference, best, others, dois)
    return ReferenceLink(
        id=reference.id, decision=decision, reason=reason, method=METHOD, best=best, others=tuple(others[:2])
    )


class _Rated(NamedTuple):
    scored: ScoredCandidate
    odds: float


def _judge(
    reference: Reference, best: ScoredCandidate, others: Sequence[ScoredCandidate], dois: Sequence[str]
) -> tuple[Decision, str]:
    if best.score + sum(s.score for s in others) < DOUBT:
        return "unlinked", unlinked_reason(reference, best)
    if best.score < LINK:
        rival = others[0] if others and others[0].score >= RIVAL_SHARE * best.score else None
        return "ambiguous", ambiguous_reason(best, rival)
    if best.evidence and not tells_apart(best.evidence) and not _is_printed(best.candidate, reference):
        return "ambiguous", too_little_reason(best)
    if dois and best.candidate.doi and best.candidate.doi.lower() not in dois:
        wrong = next((s for s in others if s.candidate.doi.lower() in dois), None)
        if wrong is None:
            return "ambiguous", f"the printed DOI {dois[0]} is not the DOI of the work that the text describes"
        what = f"the text describes this work; the printed DOI {dois[0]} belongs to {wrong.candidate.title!r}"
        return ("linked", what) if wrong.score < DOUBT else ("ambiguous", what)
    return "linked", linked_reason(best)


def _one_of_each_work(ranked: Sequence[_Rated], text: str) -> list[_Rated]:
    """Put the record first for which there is most evidence, leave out those of the same identifiers, discount its twins."""
    first = ranked[0].scored
    twins = [r for r in ranked if _same_fields(r.scored.candidate, first.candidate)]
    evidence = {r.scored.candidate.id: _evidence(r, twins, text) for r in twins} if len(twins) > 1 else {}
    best = max(twins, key=lambda r: evidence[r.scored.candidate.id]) if evidence else ranked[0]
    works = [best]
    for other in ranked:
        if other is best or _has_same_identifiers(other.scored.candidate, best.scored.candidate, twin=other in twins):
            continue
        key = other.scored.candidate.id
        if key in evidence and evidence[key] < evidence[best.scored.candidate.id]:
            works.append(_Rated(other.scored, min(other.odds, best.odds / TWIN_ODDS)))
        elif explains_more(best.scored.evidence, other.scored.evidence):
            works.append(_Rated(other.scored, min(other.odds, best.odds / LESS_EXPLAINED_ODDS)))
        else:
            works.append(other)
    return [works[0], *sorted(works[1:], key=lambda r: -r.odds)]


def explains_more(one: Mapping[str, float], two: Mapping[str, float]) -> bool:
    """Tell whether a record agrees with the string at least as well as another in every way, with fewer contradictions.

    ``one`` and ``two`` are their features by name. Features that are not there say nothing.

    >>> explains_more({"page": 1.0, "contradictions": 0.0}, {"page": -1.0, "contradictions": 1.0})
    True
    >>> explains_more({"page": 1.0, "year": -1.0, "contradictions": 1.0}, {"page": -1.0, "year": 1.0, "contradictions": 2.0})
    False
    """
    if one.get("contradictions", 0.0) >= two.get("contradictions", 0.0):
        return False
    as_good = all(one.get(name, 0.0) >= two.get(name, 0.0) for name in _AGREEMENTS)
    return as_good and all(one.get(name, 0.0) <= two.get(name, 0.0) for name in _DISAGREEMENTS)


def tells_apart(evidence: Mapping[str, float]) -> bool:
    """Tell whether anything agrees that is a work's own: title, authors or first page. Others share journal, volume and year.

    >>> tells_apart({"container": 1.0, "year": 1.0, "volume": 1.0}), tells_apart({"container": 1.0, "page": 1.0})
    (False, True)
    """
    return any(evidence.get(name, 0.0) > least for name, least in _OWN)


def _has_same_identifiers(one: Candidate, two: Candidate, *, twin: bool) -> bool:
    """Tell whether a record is of the same work by its identifiers; of a twin it is enough that none differs."""
    if one.id == two.id or (one.doi and one.doi.lower() == two.doi.lower()) or (one.pmid and one.pmid == two.pmid):
        return True
    return twin and (_is_part(one, two) or (not (one.doi and two.doi) and not (one.pmid and two.pmid)))


def _is_part(one: Candidate, two: Candidate) -> bool:
    """Tell whether a twin's DOI is the other's with something added: a part or version of the same work (Crossref components)."""
    short, long = sorted((one.doi.lower(), two.doi.lower()), key=len)
    return bool(short) and len(short) < len(long) and long.startswith(short) and not long[len(short)].isalnum()


def _evidence(rated: _Rated, twins: Sequence[_Rated], text: str) -> tuple[bool, bool, bool, bool, bool, float]:
    """Give what speaks for one of several records with the same fields, the strongest first.

    An identifier that is printed; a probability that is not below the others'; to be no part of another; a DOI; a PMID; its
    wording in the string.
    """
    candidate = rated.scored.candidate
    whole = not any(
        _is_part(candidate, r.scored.candidate) and len(candidate.doi) > len(r.scored.candidate.doi) for r in twins
    )
    plain = _SIGNS.sub(" ", text)
    wording = fuzz.partial_ratio(candidate.title, text)
    wording += fuzz.token_set_ratio(" ".join(f"{family} {given}" for family, given in candidate.authors[:3]), plain)
    names = [name for name in (candidate.container, candidate.short_container) if name]
    wording += max((fuzz.partial_ratio(name, text) * len(name) / 100 for name in names), default=0.0)
    printed = rated.odds * 2 > max(r.odds for r in twins)
    likely = rated.scored.score >= max(r.scored.score for r in twins) - TIED
    return printed, likely, whole, bool(candidate.doi), bool(candidate.pmid), round(wording, 3)


def _compete(works: Sequence[_Rated]) -> list[ScoredCandidate]:
    """Turn odds of works, of which at most one is meant, to probabilities: 1 stands for none of them."""
    total = 1 + sum(rated.odds for rated in works)
    return [
        ScoredCandidate(candidate=scored.candidate, score=odds / total, evidence=scored.evidence)
        for scored, odds in works
    ]


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
    if candidate.pmid and (candidate.pmid == reference.pmid or candidate.pmid in reference.text):
        return True
    return bool(candidate.doi) and "/" in reference.text and candidate.doi.lower() in reference.text.lower()


def _scored(candidate: Candidate, score: float, row: Sequence[float]) -> ScoredCandidate:
    return ScoredCandidate(candidate=candidate, score=score, evidence=dict(zip(FEATURES, row, strict=True)))


def _identifier_odds(candidate: Candidate, dois: Sequence[str], pmids: Sequence[str]) -> float:
    printed = (candidate.doi and candidate.doi.lower() in dois) or (candidate.pmid and candidate.pmid in pmids)
    return IDENTIFIER_ODDS if printed else 1.0


def _odds(probability: float) -> float:
    return min(probability / max(1 - probability, 1e-9), GREATEST_ODDS)


def _same_fields(first: Candidate, second: Candidate) -> bool:
    if first.id == second.id:
        return True
    one, two = view_candidate(first), view_candidate(second)
    numbers = (one.year, one.volume, one.page) == (two.year, two.volume, two.page)
    authors = not one.names or not two.names or one.names[0] == two.names[0]
    return numbers and authors and one.title == two.title and bool(one.page or one.names)
