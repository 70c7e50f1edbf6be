"""Works that are named by more than one identifier."""

from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.graph import iris
from alsu_kg.graph.same_works import NO_WORKS, find_same_works, work_of
from alsu_kg.model.review import Reference, RelatedWork, Review, ReviewRecord


def _record(key: str, *references: Reference, related: tuple[RelatedWork, ...] = ()) -> ReviewRecord:
    return ReviewRecord(record=key, review=Review(), references=references, related_works=related)


def _ref(doi: str | None = None, pmid: str | None = None, pmcid: str | None = None) -> Reference:
    return Reference(number=1, doi=doi, pmid=pmid, pmcid=pmcid)


def test_a_pmid_leads_to_the_doi_that_another_review_gives() -> None:
    same = find_same_works([_record("a", _ref(pmid="7")), _record("b", _ref("10.5555/a", "7"))])
    assert work_of(_ref(pmid="7"), same) == iris.work(doi="10.5555/a")
    assert work_of(_ref(pmid="7"), NO_WORKS) == iris.work(pmid="7")


def test_a_pmcid_leads_there_through_the_pmid() -> None:
    same = find_same_works([_record("a", _ref(None, "7", "PMC9")), _record("b", _ref("10.5555/a", "7"))])
    assert work_of(_ref(pmcid="PMC9"), same) == iris.work(doi="10.5555/a")


def test_related_works_count_too() -> None:
    related = RelatedWork(role="trials", doi="10.5555/a", pmid="7")
    same = find_same_works([_record("a", related=(related,))])
    assert work_of(RelatedWork(role="trials", pmid="7"), same) == iris.work(doi="10.5555/a")


def test_where_references_disagree_nothing_is_taken_for_something_else() -> None:
    same = find_same_works([_record("a", _ref("10.5555/a", "7")), _record("b", _ref("10.5555/b", "7"))])
    assert work_of(_ref(pmid="7"), same) == iris.work(pmid="7")


def test_what_has_no_identifier_is_no_work() -> None:
    assert work_of(_ref(), NO_WORKS) is None


identifiers = st.builds(
    _ref,
    st.none() | st.sampled_from(["10.5555/a", "10.5555/b"]),
    st.none() | st.sampled_from(["1", "2"]),
    st.none() | st.sampled_from(["PMC1", "PMC2"]),
)


@given(st.lists(identifiers, max_size=6))
def test_order_does_not_matter_and_a_doi_is_never_overruled(references: list[Reference]) -> None:
    records = [_record(f"r{i}", reference) for i, reference in enumerate(references)]
    same = find_same_works(records)
    assert same == find_same_works(records[::-1])
    for reference in references:
        if reference.doi:
            assert work_of(reference, same) == iris.work(doi=reference.doi)
        work = work_of(reference, same)
        assert work is None or work not in same
