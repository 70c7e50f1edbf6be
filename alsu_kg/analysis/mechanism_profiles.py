"""What is known of how treatments act: for each the mechanisms that its reviews name, the broader ones, and path segments.

A mechanism counts if a review ties the treatment to it and does not deny it. What reviews say of a mechanism itself goes
before what follows from a narrower one. The mechanisms along a mechanism path count too, as sure as the least sure hop up to
them and never more than supposed; a denied hop ends the path. A concept marked ``alsu:notAMechanism`` is left out: to share
"unclear relevance" is to share nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Final, NamedTuple

STATUSES: Final = ("asserted", "hypothesised", "speculated", "unclear")
"""Statuses that count, from the surest on; ``negated`` and ``no-evidence`` do not."""

SEGMENT: Final = " → "
"""Joins the two mechanisms of a path segment in its feature."""

_SIGNS: Final = {"increases": 1, "decreases": -1}


class Statement(NamedTuple):
    """A claim that ``treatment`` does something to ``mechanism``, as one review states it."""

    treatment: str
    mechanism: str
    status: str
    polarity: str


class Step(NamedTuple):
    """One hop of a mechanism path of ``treatment``; hops of one ``path`` are ordered by ``position``."""

    treatment: str
    path: str
    position: int
    subject: str
    object: str
    status: str
    polarity: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """A SKOS concept scheme of mechanisms: broader concepts, labels, and what is no mechanism."""

    broader: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]
    not_mechanisms: frozenset[str] = frozenset()
    _closures: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    def closure(self, mechanism: str) -> frozenset[str]:
        """Give ``mechanism`` and everything broader (SKOS 8.6.7, transitive); empty if it is unknown or no mechanism.

        >>> Scheme({"nf-kb": ("inflammation",)}, {"nf-kb": "NF-κB", "inflammation": "inflammation"}).closure("nf-kb") == {
        ...     "nf-kb", "inflammation"}
        True
        """
        if mechanism not in self._closures:
            self._closures[mechanism] = self._climb(mechanism)
        return self._closures[mechanism]

    def _climb(self, mechanism: str) -> frozenset[str]:
        found: set[str] = set()
        waiting = [mechanism] if mechanism in self.labels and mechanism not in self.not_mechanisms else []
        while waiting:
            concept = waiting.pop()
            if concept not in found:
                found.add(concept)
                waiting += self.broader.get(concept, ())
        return frozenset(found - self.not_mechanisms)

    def label(self, feature: str) -> str:
        """Name a mechanism or a path segment in words."""
        return SEGMENT.join(self.labels.get(part, part) for part in feature.split(SEGMENT))


class Support(NamedTuple):
    """How sure the reviews are of one feature, and in which directions they say it is moved, where it is stated itself."""

    status: str
    directions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Profile:
    """The features of one treatment: mechanisms (stated and broader) and path segments, each with its support."""

    treatment: str
    label: str
    reviews: tuple[str, ...] = ()
    supports: Mapping[str, Support] = field(default_factory=dict)

    @property
    def is_known(self) -> bool:
        """Say whether any mechanism of the treatment is known."""
        return bool(self.supports)


def make_profile(
    treatment: tuple[str, str, tuple[str, ...]], statements: Iterable[Statement], steps: Iterable[Step], scheme: Scheme
) -> Profile:
    """Make the profile of one treatment (IRI, label, review keys) from its own statements and path steps, in any order.

    >>> scheme = Scheme({"nf-kb": ("inflammation",)}, {"nf-kb": "NF-κB", "inflammation": "inflammation"})
    >>> stated = [Statement("t", "nf-kb", "hypothesised", "decreases")]
    >>> make_profile(("t", "T", ()), stated, (), scheme).supports["inflammation"]
    Support(status='hypothesised', directions=frozenset())
    """
    direct = _supports((s.mechanism, s.status, s.polarity) for s in statements if s.status in STATUSES)
    along = _supports(_along_paths(steps))
    found: dict[str, Support] = {}
    for mechanism, support in (*direct.items(), *along.items()):
        for concept in scheme.closure(mechanism):
            _add(found, concept, support if concept == mechanism else Support(support.status))
    for mechanism, support in direct.items():
        if mechanism in found:
            found[mechanism] = Support(support.status, found[mechanism].directions)
    for feature, status in _segments(steps, scheme):
        _add(found, feature, Support(status))
    return Profile(*treatment, {feature: found[feature] for feature in sorted(found)})


def _supports(told: Iterable[tuple[str, str, str]]) -> dict[str, Support]:
    found: dict[str, Support] = {}
    for mechanism, status, polarity in told:
        _add(found, mechanism, Support(status, frozenset({polarity} & _SIGNS.keys())))
    return found


def _add(found: dict[str, Support], feature: str, support: Support) -> None:
    before = found.get(feature, Support(STATUSES[-1]))
    found[feature] = Support(surest((before.status, support.status)), before.directions | support.directions)


def surest(statuses: Iterable[str]) -> str:
    """Give the surest of several statuses.

    >>> surest(["unclear", "hypothesised"])
    'hypothesised'
    """
    return min(statuses, key=STATUSES.index)


def _status_along(piece: Sequence[Step]) -> str:
    """Give the least sure status of some hops; several together are at most a hypothesis, for no review states their sum."""
    inferred = STATUSES[1:2] if len(piece) > 1 else ()
    told: tuple[str, ...] = (*(step.status for step in piece), *inferred)
    return max(told, key=STATUSES.index)


def _walk(steps: Iterable[Step]) -> Iterator[list[Step]]:
    """Give each path up to each of its hops; nothing after a hop that is denied."""
    paths: dict[str, list[Step]] = {}
    for step in sorted(steps, key=lambda step: (step.path, step.position)):
        paths.setdefault(step.path, []).append(step)
    for path in paths.values():
        for length in range(1, len(path) + 1):
            if path[length - 1].status not in STATUSES:
                break
            yield path[:length]


def _along_paths(steps: Iterable[Step]) -> Iterator[tuple[str, str, str]]:
    """Say of the end of each piece of a path how sure and in which direction the treatment reaches it."""
    for piece in _walk(steps):
        sign = reduce(lambda product, step: product * _SIGNS.get(step.polarity, 0), piece, 1)
        polarity = next((name for name, value in _SIGNS.items() if value == sign), "unknown")
        yield piece[-1].object, _status_along(piece), polarity


def _segments(steps: Iterable[Step], scheme: Scheme) -> Iterator[tuple[str, str]]:
    """Give the hops from one mechanism to another, as sure as the path is up to them."""
    for piece in _walk(steps):
        end = piece[-1]
        if scheme.closure(end.subject) and scheme.closure(end.object):
            yield f"{end.subject}{SEGMENT}{end.object}", _status_along(piece)
