"""Mechanism paths: claims strung together where the object of one is the subject of the next, from the treatment on."""

from collections.abc import Iterator, Sequence
from typing import Final

from alsu_kg.model.review import Claim, Path, Predicate, Section, Status

_ROLES: Final = frozenset({"background", "mechanism", "preclinical", "conclusion"})
_STEPS: Final[frozenset[Predicate]] = frozenset(
    {"affects", "regulates", "causes", "contributes_to", "involved_in", "is_required_for", "ameliorates_condition"}
)
# How little a status lets a hop carry, the least first; what is denied or was looked for in vain is no step of a path.
_STRENGTH: Final[tuple[Status, ...]] = ("unclear", "speculated", "hypothesised", "asserted")
_LONGEST: Final = 6
_MOST: Final = 12


def read_paths(claims: Sequence[Claim], sections: Sequence[Section], treatment: str | None) -> tuple[Path, ...]:
    """Join the claims of the mechanistic sections into paths. ``hops`` are positions in ``claims``.

    Only paths of two hops and more that no other path goes on from. The weakest hop is the one with the weakest status, else
    one without a citation; where all hops are asserted and cited, nothing is called weak.

    >>> one = Claim(subject="b", predicate="affects", object="c", status="asserted", cites=(1,))
    >>> claims = [one, Claim(subject="a", predicate="affects", object="b", status="hypothesised")]
    >>> [(path.hops, path.weakest, path.why_weak) for path in read_paths(claims, [Section(heading="", role="mechanism")], "a")]
    [((1, 0), 1, 'the source states it as hypothesised')]
    """
    if treatment is None:
        return ()
    roles = {section.heading: section.role for section in sections}
    steps: dict[str, dict[str, int]] = {}
    for i, claim in enumerate(claims):
        role = roles.get((claim.place.section if claim.place else None) or "", "mechanism")
        if claim.predicate not in _STEPS or claim.status not in _STRENGTH or role not in _ROLES:
            continue
        known = steps.setdefault(claim.subject, {})
        before = known.get(claim.object)
        if before is None or _strength(claims[before]) < _strength(claim):
            known[claim.object] = i
    found: dict[tuple[int, ...], None] = {}
    for hops in _walk(treatment, steps, (treatment,)):
        if len(hops) > 1 and len(found) < _MOST:
            found[hops] = None
    return tuple(_path(hops, claims) for hops in found)


def _strength(claim: Claim) -> int:
    return _STRENGTH.index(claim.status)


def _walk(subject: str, steps: dict[str, dict[str, int]], passed: tuple[str, ...]) -> Iterator[tuple[int, ...]]:
    """Give every way on from ``subject`` that meets nothing twice, as positions of claims."""
    onward = [(thing, i) for thing, i in steps.get(subject, {}).items() if thing not in passed]
    if not onward or len(passed) > _LONGEST:
        yield ()
        return
    for thing, i in onward:
        for rest in _walk(thing, steps, (*passed, thing)):
            yield (i, *rest)


def _elsewhere(claim: Claim) -> str:
    """Say in what else than people with the disease a claim was seen, as far as its sentence tells."""
    disease, species = claim.context.disease, claim.context.species
    other = disease if disease and "lateral sclerosis" not in disease and disease != claim.object else None
    return ", ".join(filter(None, (species if species != "human" else None, other)))


def _why_weak(claim: Claim) -> str | None:
    if claim.status != "asserted":
        return f"the source states it as {claim.status}"
    if not claim.cites:
        return "the source cites nothing for it"
    elsewhere = _elsewhere(claim)
    return f"the source tells of it in {elsewhere}" if elsewhere else None


def _path(hops: tuple[int, ...], claims: Sequence[Claim]) -> Path:
    chain = [claims[i] for i in hops]
    weakest = min(hops, key=lambda i: (_strength(claims[i]), bool(claims[i].cites), not _elsewhere(claims[i])))
    why = _why_weak(claims[weakest])
    through = ", ".join(hop.object for hop in chain[:-1])
    return Path(
        label=f"{chain[0].subject} to {chain[-1].object} through {through}",
        hops=hops,
        weakest=weakest if why else None,
        why_weak=why,
    )
