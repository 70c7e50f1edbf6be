"""A proposal in words, for a person to decide on."""

from typing import Final

from alsu_kg.answers.answer import Answer
from alsu_kg.model.decision import Proposal
from alsu_kg.model.review import Claim

_CONTEXT: Final = ("species", "model", "cell", "anatomy", "disease")
COLUMNS: Final = ("file", "kind", "key", "proposal", "section", "words")


def claim_text(claim: Claim) -> str:
    """Give a claim in one line, its direction in brackets.

    >>> claim_text(Claim(subject="Lunasin", predicate="affects", object="IL-6", status="asserted", polarity="decreases"))
    'Lunasin — affects (decreases) — IL-6'
    """
    direction = "" if claim.polarity in ("none", "unknown") else f" ({claim.polarity})"
    return f"{claim.subject} — {claim.predicate.replace('_', ' ')}{direction} — {claim.object}"


def describe_claim(claim: Claim) -> list[str]:
    """Give a claim in lines: what it says, how sure, in what context, where it stands and in which words."""
    context = [f"{name} {value}" for name in _CONTEXT if (value := getattr(claim.context, name))]
    lines = [
        f"  {claim_text(claim)}",
        f"  status    {claim.status}",
        f"  direction {'not stated' if claim.polarity == 'unknown' else claim.polarity}",
        f"  context   {', '.join(context) or 'not stated'}",
        f"  cites     {', '.join(map(str, claim.cites)) or 'no reference'}",
    ]
    place = claim.place
    if place:
        where = "" if place.start is None else f", characters {place.start} to {place.end}"
        lines.append(f"  where     {place.section or 'no section'}{where}")
    return [*lines, f"  words     “{claim.quote}”"] if claim.quote else lines


def describe(proposal: Proposal) -> list[str]:
    """Give a proposal in lines; candidates are numbered from 1."""
    if proposal.claim:
        return describe_claim(proposal.claim)
    lines = [f"  {proposal.key}" + (f"   {proposal.label}" if proposal.label else "")]
    for number, candidate in enumerate(proposal.candidates, 1):
        sure = "" if candidate.confidence is None else f"{candidate.confidence:.2f}  "
        lines.append(f"  {number:>3}  {sure}{candidate.id}  {candidate.label}".rstrip())
    return lines if proposal.candidates else [*lines, "       no candidate is known"]


def list_proposals(found: list[tuple[str, Proposal]]) -> Answer:
    """Give what is open as a table; each proposal with the name of its file."""
    rows = tuple(
        (
            name,
            "claim" if proposal.claim else "mapping",
            proposal.key,
            f"{claim_text(proposal.claim)} [{proposal.claim.status}]"
            if proposal.claim
            else " or ".join(f"{one.id} {one.label}".strip() for one in proposal.candidates) or None,
            proposal.claim.place.section if proposal.claim and proposal.claim.place else None,
            proposal.label or None,
        )
        for name, proposal in found
    )
    return Answer("What is a person still to decide?", COLUMNS, rows)
