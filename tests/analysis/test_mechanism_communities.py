"""Communities of similar treatments: the same whatever the order, and what they are said to share is so."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.analysis.mechanism_communities import (
    describe_community,
    find_communities,
    make_similarity_network,
)
from alsu_kg.analysis.mechanism_profiles import Profile, Scheme, Statement, make_profile
from alsu_kg.analysis.mechanism_similarity import count_information

SCHEME = Scheme(
    {f"{family}{number}": (family,) for family in "abc" for number in range(3)},
    {name: name.upper() for family in "abc" for name in (family, *(f"{family}{number}" for number in range(3)))},
)


def profile(name: str, *mechanisms: str, status: str = "asserted", polarity: str = "none") -> Profile:
    told = [Statement(name, mechanism, status, polarity) for mechanism in mechanisms]
    return make_profile((name, name.upper(), ()), told, (), SCHEME)


GROUPS = [profile(f"{family}-{i}", f"{family}{i % 3}", f"{family}{(i + 1) % 3}") for family in "abc" for i in range(4)]


def communities(profiles: list[Profile]) -> list[tuple[str, ...]]:
    return find_communities(make_similarity_network(profiles, count_information(profiles), SCHEME))


def test_treatments_of_one_family_are_one_community() -> None:
    assert communities(GROUPS) == [tuple(f"{family}-{i}" for i in range(4)) for family in "abc"]


@given(st.randoms())
def test_the_order_of_treatments_changes_nothing(random: Random) -> None:
    mixed = random.sample(GROUPS, len(GROUPS))
    assert communities(mixed) == communities(GROUPS)
    one, other = (make_similarity_network(p, count_information(p), SCHEME) for p in (mixed, GROUPS))
    assert list(one.edges(data=True)) == list(other.edges(data=True))


def test_what_is_not_known_is_in_no_community() -> None:
    network = make_similarity_network([*GROUPS, profile("z")], count_information(GROUPS), SCHEME)
    assert "z" not in network


def test_what_a_community_shares_is_counted_and_covers_its_members() -> None:
    members = [profile("x", "a1"), profile("y", "a1"), profile("z", "a2", "b1"), profile("w", "b1")]
    found = describe_community(members, count_information([*members, *GROUPS]), SCHEME)
    held = {one.feature: {p.treatment for p in members if one.feature in p.supports} for one in found.common}
    assert {feature: len(holders) for feature, holders in held.items()} == dict(found.common)
    assert set().union(*held.values()) == {"x", "y", "z", "w"}


def test_a_member_is_tied_to_the_most_particular_thing_it_shares_with_its_own_status() -> None:
    members = [profile("x", "a1", status="speculated"), profile("y", "a1"), profile("z", "a2")]
    found = describe_community(members, count_information([*members, *GROUPS]), SCHEME)
    assert [[(link.feature, link.status) for link in links] for links in found.links] == [
        [("a1", "speculated")],
        [("a1", "asserted")],
        [("a", "asserted")],
    ]


def test_what_members_move_in_opposite_directions_is_marked() -> None:
    members = [profile("x", "a1", polarity="increases"), profile("y", "a1", polarity="decreases")]
    found = describe_community(members, count_information([*members, *GROUPS]), SCHEME)
    assert found.opposite == {"a1"}
