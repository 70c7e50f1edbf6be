"""Similarity of treatments: the properties of simGIC, and that the fast way gives what the plain way gives."""

from math import log
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.analysis.mechanism_profiles import STATUSES, Profile, Scheme, Statement, make_profile
from alsu_kg.analysis.mechanism_similarity import (
    Similarity,
    compare,
    count_information,
    find_neighbours,
    find_similar,
)

LABELS = {name: name.upper() for name in ("family", "other", "a", "b", "c", "d", "none")}
SCHEME = Scheme(
    {"a": ("family",), "b": ("family",), "c": ("other",), "d": ("c",)}, LABELS, not_mechanisms=frozenset({"none"})
)


def profile(name: str, *told: tuple[str, str, str]) -> Profile:
    return make_profile((name, name, ()), [Statement(name, *one) for one in told], (), SCHEME)


tellings = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c", "d", "family", "other", "none"]),
        st.sampled_from([*STATUSES, "negated", "no-evidence"]),
        st.sampled_from(["increases", "decreases", "none"]),
    ),
    max_size=4,
)
corpora = st.lists(tellings, min_size=2, max_size=7).map(
    lambda found: [profile(f"t{number}", *told) for number, told in enumerate(found)]
)


def plain(name: str, *mechanisms: str) -> Profile:
    return profile(name, *((mechanism, "asserted", "none") for mechanism in mechanisms))


def between(one: Profile, other: Profile, corpus: list[Profile]) -> Similarity:
    found = compare(one, other, count_information(corpus), SCHEME)
    assert found is not None
    return found


def test_the_score_is_that_of_the_paper_by_hand() -> None:
    corpus = [plain("x", "a"), plain("y", "b"), plain("z", "c"), plain("w", "c")]
    a, b, family = log(4 / 1), log(4 / 1), log(4 / 2)
    assert between(corpus[0], corpus[1], corpus).score == pytest.approx(family / (a + b + family))
    assert [s.feature for s in between(corpus[0], corpus[1], corpus).shared] == ["family"]


@given(corpora)
def test_it_is_symmetric_and_one_for_itself_and_between(corpus: list[Profile]) -> None:
    information = count_information(corpus)
    for one in corpus:
        for other in corpus:
            there, back = compare(one, other, information, SCHEME), compare(other, one, information, SCHEME)
            assert (there is None) == (back is None) == (not (one.is_known and other.is_known))
            if there and back:
                assert (there.score, there.asserted, there.opposite) == (back.score, back.asserted, back.opposite)
                assert 0 <= there.asserted <= there.score <= 1
                assert there.score == 1 or one is not other


@given(corpora, st.randoms())
def test_the_order_of_records_changes_nothing(corpus: list[Profile], random: Random) -> None:
    mixed = random.sample(corpus, len(corpus))
    assert dict(count_information(mixed).counts.items()) == count_information(corpus).counts
    first, second = (find_similar(corpus[0], c, count_information(c), SCHEME) for c in (corpus, mixed))
    assert first == second


def test_a_treatment_that_shares_nothing_changes_the_information_as_the_formula_says() -> None:
    corpus = [plain("x", "a"), plain("y", "a", "b")]
    before = count_information(corpus)
    after = count_information([*corpus, plain("z", "c")])
    for feature in before.counts:
        assert after.of(feature) - before.of(feature) == pytest.approx(log(3 / 2) * 1e9, abs=2)


def test_a_treatment_of_which_nothing_is_known_changes_nothing() -> None:
    corpus = [plain("x", "a"), plain("y", "a", "b")]
    assert count_information([*corpus, plain("z"), plain("v", "none")]) == count_information(corpus)


def test_what_is_no_mechanism_never_makes_similar() -> None:
    corpus = [plain("x", "a", "none"), plain("y", "c", "none"), plain("z", "b")]
    assert between(corpus[0], corpus[1], corpus).score == 0
    assert find_similar(corpus[0], [corpus[1]], count_information(corpus), SCHEME) == []
    assert compare(plain("v", "none"), plain("w", "none"), count_information(corpus), SCHEME) is None


def test_a_rare_mechanism_in_common_says_more_than_a_common_one() -> None:
    corpus = [plain("x", "a", "c"), plain("y", "a"), plain("z", "c"), plain("v", "c"), plain("w", "c")]
    assert between(corpus[0], corpus[1], corpus).score > between(corpus[0], corpus[2], corpus).score


def test_opposite_directions_are_not_shared_but_their_family_is() -> None:
    up, down = profile("x", ("a", "asserted", "increases")), profile("y", ("a", "asserted", "decreases"))
    corpus = [up, down, plain("z", "c")]
    found = between(up, down, corpus)
    assert found.opposite == ("a",)
    assert [shared.feature for shared in found.shared] == ["family"]
    assert found.score < between(up, plain("y", "a"), [up, plain("y", "a"), plain("z", "c")]).score


def test_what_both_assert_is_told_apart_from_what_one_supposes() -> None:
    sure, unsure = plain("x", "a"), profile("y", ("a", "hypothesised", "none"))
    found = between(sure, unsure, [sure, unsure, plain("z", "c")])
    assert (found.score, found.asserted) == (1, 0)
    assert (found.shared[0].status_a, found.shared[0].status_b) == ("asserted", "hypothesised")


def test_shared_mechanisms_stand_most_particular_first_without_what_they_imply() -> None:
    corpus = [plain("x", "d", "a"), plain("y", "d", "b"), plain("z", "a"), plain("w", "b")]
    assert [shared.feature for shared in between(corpus[0], corpus[1], corpus).shared] == ["d", "family"]


@given(corpora)
def test_the_fast_way_gives_the_scores_of_the_plain_way(corpus: list[Profile]) -> None:
    corpus = [one for one in corpus if one.is_known]
    information = count_information(corpus)
    found = {(row, column): score for row, column, score in find_neighbours(corpus, information, most=99)}
    for row, one in enumerate(corpus):
        for column, other in enumerate(corpus):
            expected = compare(one, other, information, SCHEME)
            if row != column and expected and sum(map(information.of, one.supports.keys() | other.supports.keys())):
                assert found.get((row, column), 0) == expected.score


def test_no_more_than_the_most_similar_are_given_and_equal_ones_in_order() -> None:
    corpus = [plain(f"t{number}", "a") for number in range(5)] + [plain("u", "c")]
    found = list(find_neighbours(corpus, count_information(corpus), most=2))
    assert [(row, column) for row, column, _ in found if row in (0, 4)] == [(0, 1), (0, 2), (4, 0), (4, 1)]
    assert not [one for one in found if one.row == 5]


@given(corpora, corpora, st.integers(0, 3))
def test_information_that_is_brought_up_to_date_is_that_of_counting_again(
    corpus: list[Profile], added: list[Profile], gone: int
) -> None:
    removed, kept = corpus[:gone], corpus[gone:]
    updated = count_information(corpus).changed(removed, added)
    assert updated == count_information([*kept, *added])
    assert list(updated.counts) == list(count_information([*kept, *added]).counts)
