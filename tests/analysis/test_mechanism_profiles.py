"""What a treatment is known to do: how sure, in which direction, along a path, and what does not count."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.analysis.mechanism_profiles import STATUSES, Profile, Scheme, Statement, Step, Support, make_profile

SCHEME = Scheme(
    {"nf-kb": ("inflammation",), "microglia": ("inflammation",), "unclear": ("none",)},
    {"nf-kb": "NF-κB", "microglia": "microglia", "inflammation": "inflammation", "unclear": "unclear", "none": "none"},
    frozenset({"unclear", "none"}),
)


def profile(*told: tuple[str, str, str], steps: tuple[Step, ...] = ()) -> Profile:
    return make_profile(("t", "T", ()), [Statement("t", *one) for one in told], steps, SCHEME)


def step(position: int, subject: str, target: str, status: str = "asserted", polarity: str = "increases") -> Step:
    return Step("t", "p", position, subject, target, status, polarity)


def test_a_mechanism_brings_its_broader_ones_as_sure_as_itself() -> None:
    found = profile(("nf-kb", "speculated", "decreases")).supports
    assert found == {
        "nf-kb": Support("speculated", frozenset({"decreases"})),
        "inflammation": Support("speculated"),
    }


def test_of_several_statements_the_surest_counts() -> None:
    assert (
        profile(("nf-kb", "hypothesised", "none"), ("nf-kb", "asserted", "none")).supports["nf-kb"].status == "asserted"
    )


def test_what_is_said_of_a_mechanism_itself_is_not_raised_by_a_narrower_one() -> None:
    found = profile(("nf-kb", "asserted", "decreases"), ("inflammation", "hypothesised", "decreases")).supports
    assert found["inflammation"].status == "hypothesised"


@pytest.mark.parametrize("status", ["negated", "no-evidence"])
def test_a_denied_mechanism_does_not_count(status: str) -> None:
    assert not profile(("nf-kb", status, "none")).is_known


def test_what_is_no_mechanism_does_not_count() -> None:
    assert not profile(("unclear", "asserted", "none")).is_known


def test_a_path_reaches_its_later_mechanisms_but_only_as_a_hypothesis() -> None:
    found = profile(
        ("nf-kb", "asserted", "decreases"),
        steps=(step(1, "t", "nf-kb", polarity="decreases"), step(2, "nf-kb", "microglia")),
    ).supports
    assert found["microglia"] == Support("hypothesised", frozenset({"decreases"}))
    assert found["nf-kb → microglia"] == Support("hypothesised")


def test_a_path_is_as_sure_as_its_least_sure_hop_and_ends_where_one_is_denied() -> None:
    weak = profile(steps=(step(1, "t", "nf-kb", "speculated"), step(2, "nf-kb", "microglia")))
    assert weak.supports["microglia"].status == "speculated"
    cut = profile(steps=(step(1, "t", "nf-kb"), step(2, "nf-kb", "microglia", "negated")))
    assert "microglia" not in cut.supports


def test_two_falls_make_a_rise_along_a_path() -> None:
    hops = (step(1, "t", "nf-kb", polarity="decreases"), step(2, "nf-kb", "microglia", polarity="decreases"))
    assert profile(steps=hops).supports["microglia"].directions == {"increases"}


def test_a_scheme_with_a_loop_is_climbed_once() -> None:
    loop = Scheme({"a": ("b",), "b": ("a",)}, {"a": "A", "b": "B"})
    assert loop.closure("a") == {"a", "b"}


statements = st.lists(
    st.tuples(
        st.sampled_from(["nf-kb", "microglia", "inflammation", "unclear", "unheard of"]),
        st.sampled_from([*STATUSES, "negated"]),
        st.sampled_from(["increases", "decreases", "none", "unknown"]),
    ),
    max_size=6,
)


@given(statements, st.randoms())
def test_the_order_of_statements_and_steps_changes_nothing(told: list[tuple[str, str, str]], random: Random) -> None:
    steps = [step(1, "t", "nf-kb", "hypothesised"), step(2, "nf-kb", "microglia", "unclear")]
    first = profile(*told, steps=tuple(steps))
    random.shuffle(told)
    random.shuffle(steps)
    assert profile(*told, steps=tuple(steps)) == first
    assert list(profile(*told, steps=tuple(steps)).supports) == list(first.supports)
