"""How similar treatments are in the mechanisms that reviews name for them.

The measure is simGIC (Pesquita et al. 2008, BMC Bioinformatics 9 Suppl 5:S4): the information of what two treatments
share divided by the information of what either has, both with all broader mechanisms. The information of a mechanism is
``-ln(treatments that have it / treatments with a known mechanism)`` (Resnik 1995, IJCAI 1:448), so a rare target in common
says more than "oxidative stress". Segments of mechanism paths count as features of their own.

Two rules are ours. A mechanism that the reviews say is moved in opposite directions is not shared (its broader ones are).
A treatment without a known mechanism is similar to nothing and dissimilar to nothing: not known.

Information is counted in whole nano-nats, so that sums do not depend on the order of treatments or mechanisms.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Final, NamedTuple

import numpy
from scipy import sparse

from alsu_kg.analysis.mechanism_profiles import SEGMENT, Profile, Scheme, Support

_NANO: Final = 10**9
_ROWS: Final = 256
"""Treatments that are compared with all others at once: bounds the memory."""


@dataclass(frozen=True, slots=True)
class Information:
    """How many treatments have each feature, of how many with a known mechanism."""

    counts: Mapping[str, int]
    treatments: int

    def of(self, feature: str) -> int:
        """Give the information of ``feature`` in nano-nats; nothing if every treatment has it.

        >>> Information({"a": 1, "b": 2}, 2).of("b"), round(Information({"a": 1, "b": 2}, 2).of("a") / 1e9, 3)
        (0, 0.693)
        """
        return round(log(self.treatments / self.counts[feature]) * _NANO)

    def changed(self, removed: Iterable[Profile], added: Iterable[Profile]) -> "Information":
        """Give the information after some profiles went and others came: the same as counting all again."""
        counts, treatments = Counter(self.counts), self.treatments
        for profiles, sign in ((removed, -1), (added, 1)):
            for profile in profiles:
                treatments += sign * profile.is_known
                counts.update(dict.fromkeys(profile.supports, sign))
        return Information({feature: counts[feature] for feature in sorted(counts) if counts[feature]}, treatments)


def count_information(profiles: Iterable[Profile]) -> Information:
    """Count the features of ``profiles``.

    >>> count_information([Profile("t", "T", (), {"m": Support("asserted")}), Profile("u", "U")])
    Information(counts={'m': 1}, treatments=1)
    """
    return Information({}, 0).changed((), profiles)


class Shared(NamedTuple):
    """A feature that two treatments share, with how sure the reviews of each are and its information in nats."""

    feature: str
    status_a: str
    status_b: str
    information: float


@dataclass(frozen=True, slots=True)
class Similarity:
    """How similar two treatments are, 0 to 1, and why.

    ``asserted`` is the part of ``score`` that the reviews of both assert; ``shared`` has the most informative features first,
    without those that are only broader; ``opposite`` are mechanisms that the two are said to move in opposite directions.
    """

    treatment_a: str
    treatment_b: str
    score: float
    asserted: float
    shared: tuple[Shared, ...]
    opposite: tuple[str, ...] = ()


def compare(a: Profile, b: Profile, information: Information, scheme: Scheme) -> Similarity | None:
    """Compare two treatments; ``None`` if no mechanism of one of them is known.

    >>> one = Profile("t", "T", (), {"m": Support("asserted")})
    >>> compare(one, one, count_information([one]), Scheme({}, {"m": "M"})).score
    1.0
    >>> compare(one, Profile("u", "U"), count_information([one]), Scheme({}, {"m": "M"})) is None
    True
    """
    if not (a.is_known and b.is_known):
        return None
    both = a.supports.keys() & b.supports.keys()
    opposite = {feature for feature in both if _are_opposite(a.supports[feature], b.supports[feature])}
    shared = both - opposite
    total = sum(map(information.of, a.supports.keys() | b.supports.keys()))
    asserted = [f for f in shared if a.supports[f].status == b.supports[f].status == "asserted"]
    return Similarity(
        a.treatment,
        b.treatment,
        _ratio(sum(map(information.of, shared)), total, is_same=shared == a.supports.keys() | b.supports.keys()),
        _ratio(sum(map(information.of, asserted)), total, is_same=False),
        tuple(
            Shared(f, a.supports[f].status, b.supports[f].status, information.of(f) / _NANO)
            for f in most_specific(shared, information, scheme)
        ),
        tuple(sorted(opposite)),
    )


def _are_opposite(a: Support, b: Support) -> bool:
    return bool(a.directions and b.directions and not a.directions & b.directions)


def _ratio(part: int, total: int, *, is_same: bool) -> float:
    """Divide; where nothing tells treatments apart (everything is common to all) only equal ones are similar."""
    return part / total if total else float(is_same)


def most_specific(shared: set[str], information: Information, scheme: Scheme) -> list[str]:
    """Give the features of ``shared`` that none of the others implies, the most informative first."""
    implied = {broad for feature in shared if SEGMENT not in feature for broad in scheme.closure(feature) - {feature}}
    return sorted(shared - implied, key=lambda feature: (-information.of(feature), scheme.label(feature)))


def find_similar(
    treatment: Profile, others: Iterable[Profile], information: Information, scheme: Scheme
) -> list[Similarity]:
    """Give what is similar to ``treatment``, most similar first; what shares nothing or is not known is left out."""
    found = (compare(treatment, other, information, scheme) for other in others if other is not treatment)
    return sorted((s for s in found if s and (s.shared or s.opposite)), key=lambda s: (-s.score, s.treatment_b))


class Neighbour(NamedTuple):
    """Two treatments by their places in the list of profiles, and their score."""

    row: int
    column: int
    score: float


def find_neighbours(
    profiles: Sequence[Profile], information: Information, *, most: int, least: float = 0.0
) -> Iterator[Neighbour]:
    """Give for each treatment the ``most`` most similar others with a score above ``least``; equal scores in list order.

    Products of sparse matrices of treatments and features: only what shares something is met. The scores are those of
    ``compare``.
    """
    features = {feature: number for number, feature in enumerate(information.counts)}
    weights = numpy.array([information.of(feature) for feature in features], dtype=numpy.int64)
    has = _incidence(profiles, features)
    up, down = (_incidence(profiles, features, only={name}) for name in ("increases", "decreases"))
    sizes = has @ weights
    for start in range(0, len(profiles), _ROWS):
        rows = slice(start, start + _ROWS)
        shared = _product(has[rows], weights, has)
        opposite = _product(up[rows], weights, down) + _product(down[rows], weights, up)
        total = sizes[rows, None] + sizes[None, :] - shared
        scores = numpy.divide(shared - opposite, total, out=numpy.zeros(total.shape), where=total > 0)
        for offset, row in enumerate(scores):
            row[start + offset] = 0
            yield from (Neighbour(start + offset, int(c), float(row[c])) for c in _largest(row, most, least))


def _incidence(
    profiles: Sequence[Profile], features: Mapping[str, int], only: set[str] | None = None
) -> "sparse.csr_array":
    """Give treatments by features; with ``only``, those that are moved in that direction and no other."""
    places = [
        (row, features[feature])
        for row, profile in enumerate(profiles)
        for feature, support in profile.supports.items()
        if only is None or support.directions == only
    ]
    rows, columns = numpy.array(places, dtype=numpy.int64).reshape(-1, 2).T
    shape = (len(profiles), len(features))
    return sparse.csr_array((numpy.ones(len(places), dtype=numpy.int64), (rows, columns)), shape=shape)


def _product(
    some: "sparse.csr_array", weights: "numpy.typing.NDArray[numpy.int64]", every: "sparse.csr_array"
) -> "numpy.typing.NDArray[numpy.int64]":
    product: numpy.typing.NDArray[numpy.int64] = (some.multiply(weights).tocsr() @ every.T).toarray()
    return product


def _largest(row: "numpy.typing.NDArray[numpy.float64]", most: int, least: float) -> "list[int]":
    places = numpy.flatnonzero(row > least)
    if len(places) > most:
        bound = numpy.partition(row[places], -most)[-most]
        places = places[row[places] >= bound]
    order = numpy.lexsort((places, -row[places]))[:most]
    return [int(place) for place in places[order]]
