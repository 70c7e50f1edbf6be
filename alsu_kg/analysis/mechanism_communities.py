"""Treatments that act alike, as a network with communities."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

import networkx as nx

from alsu_kg.analysis.mechanism_profiles import Profile, Scheme
from alsu_kg.analysis.mechanism_similarity import Information, compare, find_neighbours, most_specific

SimilarityNetwork: TypeAlias = "nx.Graph[str]"

NEIGHBOURS: Final = 10
"""Edges that a treatment brings: to its most similar others. More would tie everything by the commonest mechanisms."""

LEAST: Final = 0.1
"""Score from which two treatments are joined."""

_RESOLUTION: Final = 1.5
"""Above 1: rather several communities that share something in particular than few that share a family."""

_SEED: Final = 58
_MOST_COMMON: Final = 3


def make_similarity_network(profiles: Sequence[Profile], information: Information, scheme: Scheme) -> SimilarityNetwork:
    """Join treatments with known mechanisms to those most similar to them.

    Nodes are treatments with ``label`` and ``reviews``; edges have ``score``, ``asserted`` and ``shared`` (features, most
    specific first). The graph does not depend on the order of ``profiles``.
    """
    known = sorted((profile for profile in profiles if profile.is_known), key=lambda profile: profile.treatment)
    network: SimilarityNetwork = nx.Graph()
    for profile in known:
        network.add_node(profile.treatment, label=profile.label, reviews=profile.reviews)
    pairs = {
        (min(row, column), max(row, column))
        for row, column, _ in find_neighbours(known, information, most=NEIGHBOURS, least=LEAST)
    }
    for one, other in sorted(pairs):
        found = compare(known[one], known[other], information, scheme)
        if found:
            shared = tuple(shared.feature for shared in found.shared)
            network.add_edge(
                found.treatment_a, found.treatment_b, score=found.score, asserted=found.asserted, shared=shared
            )
    return network


def find_communities(network: SimilarityNetwork) -> list[tuple[str, ...]]:
    """Find communities of similar treatments, the largest first (Louvain: Blondel et al. 2008, J Stat Mech P10008).

    The seed is fixed and the nodes are in one order, so the same network has the same communities. A treatment without
    edges is a community of one.
    """
    found = nx.community.louvain_communities(network, weight="score", resolution=_RESOLUTION, seed=_SEED)
    return sorted((tuple(sorted(community)) for community in found), key=lambda c: (-len(c), c))


class Common(NamedTuple):
    """A feature that members of a community share: how many of them have it."""

    feature: str
    members: int


class Link(NamedTuple):
    """A feature that a member shares with another of its community, and how sure its reviews are of it."""

    feature: str
    status: str


@dataclass(frozen=True, slots=True)
class Community:
    """Treatments that act alike: what they share, for each its links to that, and what they move in opposite directions."""

    members: tuple[Profile, ...]
    common: tuple[Common, ...]
    links: tuple[tuple[Link, ...], ...]
    opposite: frozenset[str]


def describe_community(members: Sequence[Profile], information: Information, scheme: Scheme) -> Community:
    """Say what a community shares.

    Features that two members have count. ``common`` are chosen so that they cover the members: the one that tells most
    (information times members), then what tells most of the members left, then what at least half of all have.
    ``links`` are, for each member, its most specific features that another member has too.
    """
    holders: dict[str, set[str]] = {}
    for profile in members:
        for feature in profile.supports:
            holders.setdefault(feature, set()).add(profile.treatment)
    shared = {feature: held for feature, held in holders.items() if len(held) > 1}
    links = tuple(_links(profile, shared.keys(), information, scheme) for profile in members)
    directions = {
        feature: {d for profile in members if feature in profile.supports for d in profile.supports[feature].directions}
        for feature in shared
    }
    opposite = frozenset(feature for feature, found in directions.items() if len(found) > 1)
    return Community(tuple(members), _choose(shared, len(members), information, scheme), links, opposite)


def _links(profile: Profile, shared: Collection[str], information: Information, scheme: Scheme) -> tuple[Link, ...]:
    own = {feature for feature in profile.supports if feature in shared}
    return tuple(Link(feature, profile.supports[feature].status) for feature in most_specific(own, information, scheme))


def _choose(
    holders: Mapping[str, set[str]], members: int, information: Information, scheme: Scheme
) -> tuple[Common, ...]:
    chosen: list[str] = []
    covered: set[str] = set()
    while len(chosen) < _MOST_COMMON:
        gains = {
            feature: information.of(feature) * (len(held - covered) or (2 * len(held) >= members))
            for feature, held in holders.items()
            if not any(_says_no_more(feature, one, holders, scheme) for one in chosen)
        }
        best = min(gains, key=lambda feature: (-gains[feature], scheme.label(feature)), default=None)
        if best is None or not gains[best]:
            break
        chosen.append(best)
        covered |= holders[best]
    return tuple(Common(feature, len(holders[feature])) for feature in chosen)


def _says_no_more(feature: str, chosen: str, holders: Mapping[str, set[str]], scheme: Scheme) -> bool:
    """Say whether ``feature`` is broader or narrower than ``chosen`` and nobody else has it."""
    related = feature in scheme.closure(chosen) or chosen in scheme.closure(feature)
    return related and holders[feature] <= holders[chosen]
