"""The rule of current grades: its cases, its properties, and what it selects among the real assessments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.assets import find_asset
from alsu_kg.graph.current_grades import Dated, find_current, latest
from alsu_kg.graph.dataset import dated, find_rivals
from alsu_kg.model.review import SourceKind
from alsu_kg.records import find_record_files, read_record

OWN: list[SourceKind | None] = ["article", "review-page", "grade-list", "abstract", "document", None]


def _own(as_of: str | None = None, *, superseded: bool = False, kind: SourceKind | None = "article") -> Dated:
    return Dated(superseded, kind, as_of)


def _copy(as_of: str | None = None, *, superseded: bool = False) -> Dated:
    return Dated(superseded, "third-party", as_of)


@pytest.mark.parametrize(
    ("assessments", "expected"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([_own()], [True], id="one of no date"),
        pytest.param([_copy("2021-10")], [True], id="a copy is better than nothing"),
        pytest.param([_own("2020-05-01"), _own("2022-03-01")], [False, True], id="the latest date wins"),
        pytest.param([_own("2020-05-01"), _copy("2021-10")], [True, False], id="own words before a later copy"),
        pytest.param([_own(), _copy("2021-10")], [True, False], id="own words of no date before a copy"),
        pytest.param([_own("2020-05-01"), _own()], [True, True], id="no date stays beside the latest"),
        pytest.param([_own("2019"), _own("2020-05-01"), _own()], [False, True, True], id="beside the latest only"),
        pytest.param([_own(), _own()], [True, True], id="two of no date: nobody may choose"),
        pytest.param([_own("2020", superseded=True), _own("2018")], [False, True], id="replaced by its own source"),
        pytest.param(
            [_own("2020", superseded=True), _copy("2021")], [False, True], id="a copy where all else is replaced"
        ),
        pytest.param([_own("2020", superseded=True)], [False], id="all replaced: none is current"),
        pytest.param([_own("2021-10"), _own("2021")], [False, True], id="a year may end later than a month in it"),
        pytest.param([_own("2021-10-30"), _own("2021-10")], [False, True], id="a month may end later than a day in it"),
        pytest.param([_own("2021-10"), _own("2021-10")], [True, True], id="two of one date"),
        pytest.param([_copy("2020"), _copy("2021"), _copy()], [False, True, True], id="copies follow the same order"),
        pytest.param([_own(kind="document"), _copy("2021")], [True, False], id="a user's own document counts as own"),
        pytest.param([_own(kind=None), _copy("2021")], [True, False], id="a source of no kind is nobody's copy"),
    ],
)
def test_rule(assessments: list[Dated], expected: list[bool]) -> None:
    assert find_current(assessments) == expected


dates = st.none() | st.from_regex(r"20[012][0-9](-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?)?", fullmatch=True)
assessments = st.builds(Dated, st.booleans(), st.sampled_from([*OWN, "third-party"]), dates)
lists = st.lists(assessments, max_size=8)


@given(lists.flatmap(lambda found: st.tuples(st.just(found), st.permutations(range(len(found))))))
def test_order_of_the_list_does_not_matter(drawn: tuple[list[Dated], list[int]]) -> None:
    found, order = drawn
    current = find_current(found)
    assert find_current([found[i] for i in order]) == [current[i] for i in order]


@given(lists, st.sampled_from([*OWN, "third-party"]), dates)
def test_one_more_replaced_assessment_changes_nothing(
    found: list[Dated], kind: SourceKind | None, as_of: str | None
) -> None:
    assert find_current([*found, Dated(superseded=True, source_kind=kind, as_of=as_of)]) == [
        *find_current(found),
        False,
    ]


@given(lists)
def test_something_is_current_as_soon_as_something_stands(found: list[Dated]) -> None:
    assert any(find_current(found)) == any(not one.superseded for one in found)


@given(lists, dates)
def test_a_copy_never_moves_own_words(found: list[Dated], as_of: str | None) -> None:
    own = [one for one in found if one.source_kind != "third-party"]
    if any(not one.superseded for one in own):
        assert find_current([*own, _copy(as_of)]) == [*find_current(own), False]


@given(lists)
def test_equal_assessments_are_equally_current(found: list[Dated]) -> None:
    current = find_current([*found, *found])
    assert current[: len(found)] == current[len(found) :] == find_current(found)


@given(st.lists(dates.filter(bool).map(str), min_size=1))
def test_latest_is_one_of_them_and_none_is_later(found: list[str]) -> None:
    last = latest(found)
    assert last in found
    assert all(latest([one, last]) == last for one in found if last)


def test_no_dates_have_no_latest() -> None:
    assert latest([]) is None


def test_records_of_one_treatment_are_judged_together() -> None:
    records = [read_record(path) for path in find_record_files([find_asset("data/reviews")])]
    rivals = find_rivals(records)
    for record in records:
        others = [
            other
            for other in records
            if record.treatment
            and other.treatment
            and other is not record
            and other.treatment.label == record.treatment.label
        ]
        if others:
            told = {key: sorted(map(str, found)) for key, found in rivals[record.record].items()}
            for (_, category), found in told.items():
                expected = [dated(o, g) for o in others for g in o.grades if g.category == category]
                assert found == sorted(map(str, expected))
        else:
            assert record.record not in rivals
