"""What a person decided about something that a machine proposed.

Decisions are only ever added, one line each, so none is lost; the last one on a thing counts. A decision that was taken
back is followed by one that says so. Proposals of claims are decided on in JSON lines, mappings (groundings, links) in SSSOM
tables (https://w3id.org/sssom).
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from alsu_kg.model.review import Claim, Decided, Path, ReviewRecord, Verdict


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a word or reference may mean, as the machine proposes it; ``confidence`` from 0 to 1 if known."""

    id: str
    label: str = ""
    confidence: float | None = None


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a machine proposes and a person decides on: a claim, or a mapping with its candidates, best first."""

    key: str
    label: str = ""
    claim: Claim | None = None
    candidates: tuple[Candidate, ...] = ()
    predicate: str = "skos:exactMatch"


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """Who decided what on a proposal and when (ISO 8601 with zone), beside what the machine had proposed.

    ``verdict`` ``withdraw`` takes the last decision back: the proposal is open again. ``claim`` is the claim as the person
    changed it, ``chosen`` what a mapping was decided to mean (``None`` with ``reject``: none of the candidates).
    """

    verdict: Verdict | Literal["withdraw"]
    by: str
    at: str
    proposal: Proposal
    claim: Claim | None = None
    chosen: Candidate | None = None


def claim_key(record: ReviewRecord, claim: Claim) -> str:
    """Give the key of a claim that stays the same when a document is read again.

    It is a digest of the source's checksum (its key where there is none), where the claim stands (its place, else its
    quote) and its subject, predicate and object. A document with other bytes is another source.
    """
    place = claim.place
    where = [place.section, place.start, place.end] if place and place.start is not None else claim.quote
    told = [_source(record, claim), where, claim.subject, claim.predicate, claim.object]
    return f"claim-{hashlib.sha256(msgspec.json.encode(told)).hexdigest()[:24]}"


def _source(record: ReviewRecord, claim: Claim) -> str:
    """Give the checksum of the source of a claim, or what names the source best where there is none."""
    stated_in = claim.stated_in or (record.sources[0].key if len(record.sources) == 1 else None)
    checksums = [source.sha256 for source in record.sources if source.key == stated_in]
    whole = record.review.source.sha256 if record.review.source else None
    return next((found for found in (*checksums, whole, claim.stated_in) if found), record.record)


def propose_claims(record: ReviewRecord) -> list[Proposal]:
    """Give the claims of a draft that no person has decided on, equal ones once."""
    found: dict[str, Proposal] = {}
    for claim in record.claims:
        if claim.decided is None:
            key = claim_key(record, claim)
            found.setdefault(key, Proposal(key=key, label=claim.quote or "", claim=claim))
    return list(found.values())


def standing(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Give the decision that counts for each proposal: the last one, none if it was taken back."""
    found: dict[str, Decision] = {}
    for decision in decisions:
        found.pop(decision.proposal.key, None)
        if decision.verdict != "withdraw":
            found[decision.proposal.key] = decision
    return found


def apply_decisions(record: ReviewRecord, decisions: Iterable[Decision]) -> ReviewRecord:
    """Let persons' decisions win over what a machine read: rejected claims go, changed ones are as the person wrote them.

    Each decided claim says who decided and when. A path that needs a rejected claim goes too; a claim that was changed by hand in
    the record itself is left as it is.
    """
    counting = standing(decisions)
    if not counting:
        return record
    claims: list[Claim] = []
    places: dict[int, int] = {}
    for position, claim in enumerate(record.claims):
        decision = None if claim.decided else counting.get(claim_key(record, claim))
        if decision is None or decision.verdict != "reject":
            places[position] = len(claims)
            claims.append(_decided(claim, decision) if decision else claim)
    return msgspec.structs.replace(record, claims=tuple(claims), paths=_kept_paths(record, places))


def _decided(claim: Claim, decision: Decision) -> Claim:
    by = Decided(by=decision.by, date=decision.at[:10], verdict="change" if decision.claim else "accept")
    return msgspec.structs.replace(decision.claim or claim, decided=by)


def _kept_paths(record: ReviewRecord, places: dict[int, int]) -> tuple[Path, ...]:
    kept = []
    for path in record.paths:
        if all(hop in places for hop in path.hops):
            weakest = None if path.weakest is None else places.get(path.weakest)
            kept.append(msgspec.structs.replace(path, hops=_moved(path.hops, places), weakest=weakest))
    return tuple(kept)


def _moved(hops: Sequence[int], places: dict[int, int]) -> tuple[int, ...]:
    return tuple(places[hop] for hop in hops)
