"""Strength of mechanism paths: each is as strong as its weakest hop, and every reason against a hop is kept.

Nothing here calls a hop strong. A hop without reasons is one against which nothing was found; what could not be told of it
(species, disease, whether a cited work is retracted or is about it) is listed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from alsu_kg.analysis.context import ContextRules, compare_with_people_with_als, describe_change
from alsu_kg.analysis.polarity import Endpoints, chain_signs, name_sign, read_effect
from alsu_kg.grounding.lexicon import Lexicon
from alsu_kg.model.aboutness import NOT_ABOUT, Aboutness
from alsu_kg.model.path_strength import WEAKNESSES, HopStrength, PathStrength, Weakness, WeaknessKind
from alsu_kg.model.retraction import RetractionVerdict
from alsu_kg.model.review import Claim, Path, ReviewRecord, Status

_OF_STATUS: Final[Mapping[Status, WeaknessKind]] = {
    "negated": "negated",
    "no-evidence": "no-evidence",
    "unclear": "unclear",
    "speculated": "speculated",
    "hypothesised": "hypothesised",
}
_RANK: Final = {kind: rank for rank, kind in enumerate(WEAKNESSES)}


@dataclass(frozen=True, slots=True)
class PathWords:
    """The words that paths are judged with."""

    lexicon: Lexicon
    contexts: ContextRules
    endpoints: Endpoints


@dataclass(frozen=True, slots=True)
class CitedWorks:
    """What is known of the works that one record cites: retraction by reference number, aboutness by claim and number.

    ``retraction_source`` says where the retractions stand.
    """

    retraction: Mapping[int, RetractionVerdict] = field(default_factory=dict)
    retraction_source: str = ""
    aboutness: Mapping[tuple[int, int], Aboutness] = field(default_factory=dict)


NOTHING_KNOWN: Final = CitedWorks()


def judge_paths(record: ReviewRecord, words: PathWords, works: CitedWorks = NOTHING_KNOWN) -> tuple[PathStrength, ...]:
    """Judge every path of ``record``, in its order."""
    return tuple(judge_path(record, path, words, works) for path in record.paths)


def judge_path(record: ReviewRecord, path: Path, words: PathWords, works: CitedWorks = NOTHING_KNOWN) -> PathStrength:
    """Judge one path: reasons of each hop, the weakest hop, the sign, the effect.

    >>> from alsu_kg.analysis.context import make_context_rules
    >>> from alsu_kg.analysis.polarity import make_endpoints
    >>> from alsu_kg.grounding.lexicon import make_lexicon
    >>> from alsu_kg.model.review import Review, Treatment
    >>> words = PathWords(make_lexicon([]), make_context_rules([]), make_endpoints([], {}, ["stroke"]))
    >>> claim = Claim(subject="X", predicate="causes", object="stroke", status="speculated", polarity="increases")
    >>> record = ReviewRecord(record="x", review=Review(), treatment=Treatment(label="X"), claims=(claim,))
    >>> strength = judge_path(record, Path(hops=(0,)), words)
    >>> strength.weakest, strength.hops[0].weaknesses, strength.effect
    (0, (Weakness(kind='speculated', detail=''),), 'harmful')
    """
    claims = [record.claims[hop] for hop in path.hops]
    signs = chain_signs(claims, words.lexicon)
    hops = []
    for position, (index, claim) in enumerate(zip(path.hops, claims, strict=True)):
        found, unknown = _judge_claim(record, index, words, works)
        change = describe_change(claims[position - 1].context, claim.context) if position else None
        hops.append(HopStrength(found, unknown, name_sign(signs[position]), change))
    effect = read_effect(claims, record.treatment, words.lexicon, words.endpoints)
    return PathStrength(tuple(hops), find_weakest(hops), effect.polarity, effect.effect, effect.why_unknown)


def find_weakest(hops: Sequence[HopStrength]) -> int | None:
    """Give the position of the weakest hop: the one with the worst reason, then the worst further reasons, then the first.

    The first of equals, because everything after it hangs on it.

    >>> find_weakest([HopStrength(), HopStrength((Weakness("no-citation"),)), HopStrength((Weakness("speculated"),))])
    2
    """
    with_reasons = [position for position, hop in enumerate(hops) if hop.weaknesses]
    return min(with_reasons, key=lambda position: _badness(hops[position]), default=None)


def _badness(hop: HopStrength) -> tuple[int, ...]:
    """Order hops from the weakest on: ranks of the reasons, and one that ends first is the less weak of two."""
    return (*(_RANK[weakness.kind] for weakness in hop.weaknesses), len(WEAKNESSES))


def _judge_claim(
    record: ReviewRecord, index: int, words: PathWords, works: CitedWorks
) -> tuple[tuple[Weakness, ...], tuple[str, ...]]:
    claim = record.claims[index]
    status = _OF_STATUS.get(claim.status)
    found = [Weakness(status)] if status else []
    unknown: list[str] = []
    for weaknesses, gaps in (
        _judge_citations(record, claim),
        _judge_retractions(claim, works),
        _judge_aboutness(index, claim, works),
        compare_with_people_with_als(claim.context, words.contexts),
    ):
        found += weaknesses
        unknown += gaps
    return tuple(sorted(found, key=lambda weakness: _RANK[weakness.kind])), tuple(unknown)


def _judge_citations(record: ReviewRecord, claim: Claim) -> tuple[list[Weakness], list[str]]:
    if claim.cites:
        return [], []
    if not record.references:
        return [], ["what the review cites for it"]
    return [Weakness("no-citation")], []


def _judge_retractions(claim: Claim, works: CitedWorks) -> tuple[list[Weakness], list[str]]:
    verdicts = {number: works.retraction.get(number) for number in claim.cites}
    retracted = [number for number, verdict in verdicts.items() if verdict == "retracted"]
    doubted = [number for number, verdict in verdicts.items() if verdict == "expression-of-concern"]
    unchecked = [number for number, verdict in verdicts.items() if verdict in (None, "could-not-check")]
    found = []
    if retracted:
        kind: WeaknessKind = "retracted" if len(retracted) == len(verdicts) else "partly-retracted"
        source = f", {works.retraction_source}" if works.retraction_source else ""
        found.append(Weakness(kind, _name(retracted) + source))
    if doubted:
        found.append(Weakness("expression-of-concern", _name(doubted)))
    return found, [f"whether {_name(unchecked)} {_be(unchecked)} retracted"] if unchecked else []


def _judge_aboutness(index: int, claim: Claim, works: CitedWorks) -> tuple[list[Weakness], list[str]]:
    checks = {number: works.aboutness.get((index, number)) for number in claim.cites}
    known = [check for check in checks.values() if check and check.status != "could-not-check"]
    if any(check.status == "about-it" for check in known) or not checks:
        return [], []
    if len(known) == len(checks) and all(check.status in NOT_ABOUT for check in known):
        return [Weakness("indirect-citation", "; ".join(_describe(check) for check in known))], []
    others = {number: check.title_names for number, check in checks.items() if check and check.title_names}
    unchecked = [number for number, check in checks.items() if check is None or check.status == "could-not-check"]
    gap = [f"whether {_name(unchecked)} {_be(unchecked)} about it"]
    if len(others) == len(checks):
        named = "; ".join(f"reference {number}: {other}" for number, other in others.items())
        return [Weakness("other-substance-in-title", named)], gap
    return [], gap


def _describe(check: Aboutness) -> str:
    what = "only mentioned beside" if check.status == "mentioned-beside" else "not mentioned"
    missing = f", about {check.title_names}" if check.title_names else ""
    return f"reference {check.reference}: {check.missing or 'it'} {what}{missing}"


def _name(numbers: Sequence[int]) -> str:
    """Name references.

    >>> _name([3]), _name([3, 5])
    ('reference 3', 'references 3, 5')
    """
    return f"reference{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"


def _be(numbers: Sequence[int]) -> str:
    return "are" if len(numbers) > 1 else "is"
