"""Persons' decisions on links (``model.decision``) win over the machine's.

A decision names its subject by a key that stays: the id of a reference, or for a line without an id a digest of its text,
so a decision is never taken for the line of another file. Keys of bibliographies (``smith2020``) come up again in other files, so
a decision on an id counts only where the reference still reads as it did.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import msgspec
from rapidfuzz import fuzz

from alsu_kg.model.candidate import Candidate, ScoredCandidate
from alsu_kg.model.decision import Candidate as Choice
from alsu_kg.model.decision import Decision, Proposal
from alsu_kg.model.decision_rows import CURATED
from alsu_kg.model.link import ReferenceLink
from alsu_kg.model.reference import Reference

REFERENCE: Final = "alsu-ref:"
_WORK: Final = "work:"
_LONGEST_LABEL: Final = 600
_SAME_TEXT: Final = 85.0
"""Similarity (0 to 100) from which a reference reads as the one that was decided on: typing errors may be corrected."""
_NOT_FOLLOWED: Final = "{}'s decision on this id is not followed: it was on another text"

Decisions = Mapping[str, Decision]
"""The decisions that count, by the key of their proposal."""

LookUp = Callable[[Iterable[str]], Sequence[Candidate]]
"""Gives the records of an index with some keys (``doi:…``, ``pmid:…`` or an id)."""


def subject_of(reference: Reference) -> str:
    r"""Give the key under which a reference is decided on: its id, or of a line without one a digest of its text.

    >>> subject_of(Reference(id="azathioprine/13")), subject_of(Reference(id="7", unstructured="Liu  T.\n2017"))
    ('alsu-ref:azathioprine/13', 'alsu-ref:text-245b024686638974')
    """
    if not reference.id.isdecimal():
        return REFERENCE + reference.id
    return f"{REFERENCE}text-{hashlib.sha256(' '.join(reference.text.split()).encode()).hexdigest()[:16]}"


def decision_on(reference: Reference, decisions: Decisions) -> Decision | None:
    """Give the decision on a reference, if there is one and the reference reads as what was decided on.

    >>> decided = Decision(verdict="reject", by="A", at="2026-01-01", proposal=Proposal(key="alsu-ref:a", label="Doe. Cooling."))
    >>> [decision_on(Reference(id="a", unstructured=text), {"alsu-ref:a": decided}) is decided
    ...  for text in ("Doe. Coolin.", "Roe M. Heating slowly.")]
    [True, False]
    """
    decision = decisions.get(subject_of(reference))
    return decision if decision is not None and _is_about(decision, reference) else None


def _is_about(decision: Decision, reference: Reference) -> bool:
    told, text = decision.proposal.label, " ".join(reference.text.split())[:_LONGEST_LABEL]
    return not told or not text or fuzz.partial_ratio(told.casefold(), text.casefold()) >= _SAME_TEXT


def work_key(candidate: Candidate) -> str:
    """Give the key of a work in SSSOM: its DOI, else its PMID, else its id in the index."""
    if candidate.doi:
        return f"doi:{candidate.doi.lower()}"
    return f"pmid:{candidate.pmid}" if candidate.pmid else f"{_WORK}{candidate.id}"


def propose(reference: Reference, link: ReferenceLink) -> Proposal:
    """Give an ambiguous link as a proposal to a person, the best candidates first."""
    shown = [scored for scored in (link.best, *link.others) if scored]
    choices = (Choice(id=work_key(s.candidate), label=_line(s.candidate), confidence=round(s.score, 2)) for s in shown)
    return Proposal(
        key=subject_of(reference), label=" ".join(reference.text.split())[:_LONGEST_LABEL], candidates=tuple(choices)
    )


def _line(work: Candidate) -> str:
    names = ", ".join(family for family, _ in work.authors[:3])
    where = f"{work.container or work.short_container} {work.volume}:{work.first_page}"
    return f"{names} ({work.year or 'no year'}) {work.title}. {where}"


def apply_decision(reference: Reference, link: ReferenceLink, decisions: Decisions, look_up: LookUp) -> ReferenceLink:
    """Let a person's decision win over the machine's; the machine's candidates stay visible as others.

    A decision under the same id on another text is not followed; the reason says so.
    """
    decision = decision_on(reference, decisions)
    if decision is None:
        other = decisions.get(subject_of(reference))
        note = _NOT_FOLLOWED.format(other.by) if other else ""
        return link if note in link.reason else msgspec.structs.replace(link, reason=f"{link.reason}; {note}")
    others = tuple(filter(None, [link.best, *link.others]))
    method = " ".join(filter(None, [CURATED, decision.by, decision.at[:10]]))
    if decision.chosen is None:
        return ReferenceLink(
            id=link.id, decision="unlinked", reason="decided by a person: no work", method=method, others=others[:2]
        )
    best = ScoredCandidate(candidate=_chosen(decision.chosen, others, look_up), score=1.0, evidence={})
    rest = tuple(s for s in others if s.candidate.id != best.candidate.id)[:2]
    return ReferenceLink(
        id=link.id, decision="linked", reason="decided by a person", method=method, best=best, others=rest
    )


def _chosen(choice: Choice, others: Sequence[ScoredCandidate], look_up: LookUp) -> Candidate:
    """Find the work that was chosen among the machine's candidates, else in the index, else make it of its identifier."""
    key = choice.id
    for scored in others:
        if key == work_key(scored.candidate):
            return scored.candidate
    found = list(look_up([key.removeprefix(_WORK)]))
    if found:
        return found[0]
    scheme, _, value = key.partition(":")
    return Candidate(
        id=value if scheme in ("doi", "work") else key,
        title=choice.label,
        doi=value.lower() if scheme == "doi" else "",
        pmid=value if scheme == "pmid" else "",
    )
