"""The decision rule: linked, ambiguous or unlinked, and what a printed identifier may do."""

import pytest

from alsu_kg.linking.matching import decide
from alsu_kg.model.candidate import Candidate, ScoredCandidate
from alsu_kg.model.reference import Reference


def scored(
    identifier: str,
    score: float,
    *,
    doi: str = "",
    title: str = "",
    pmid: str = "",
    evidence: dict[str, float] | None = None,
) -> ScoredCandidate:
    name = title or f"Title of {identifier}"
    work = Candidate(id=identifier, title=name, authors=(("Doe", "J"),), first_page="7", doi=doi, pmid=pmid)
    return ScoredCandidate(candidate=work, score=score, evidence=evidence or {})


def reference(text: str = "Doe J. A title") -> Reference:
    return Reference(id="1", unstructured=text)


def test_clear_winner_is_linked() -> None:
    link = decide(reference(), [scored("a", 0.99), scored("b", 0.2)])
    assert link.decision == "linked"
    assert link.work is not None
    assert link.work.id == "a"
    assert [s.candidate.id for s in link.others] == ["b"]


def test_two_works_with_like_odds_are_ambiguous() -> None:
    link = decide(reference(), [scored("a", 0.9), scored("b", 0.88), scored("c", 0.85)])
    assert link.decision == "ambiguous"
    assert link.work is None
    assert [s.candidate.id for s in (link.best, *link.others) if s] == ["a", "b", "c"]


def test_two_records_of_one_work_do_not_compete() -> None:
    link = decide(reference(), [scored("z", 0.9, title="Same"), scored("y", 0.9, title="same")])
    assert link.decision == "linked"
    assert link.work is not None
    assert link.work.id == "y"


@pytest.mark.parametrize(("one", "two"), [("10.1/a", "10.1/b"), ("10.1/b", "10.1/a")])
def test_twins_with_other_identifiers_are_ambiguous_whatever_their_ids(one: str, two: str) -> None:
    link = decide(reference(), [scored(one, 0.99, doi=one, title="Same"), scored(two, 0.99, doi=two, title="Same")])
    assert link.decision == "ambiguous"
    assert link.score == pytest.approx(0.497, abs=0.001)
    assert {"10.1/a", "10.1/b"} == {s.candidate.id for s in (link.best, *link.others) if s}


@pytest.mark.parametrize(("known", "other"), [("10.1/a", "10.1/b"), ("10.1/b", "10.1/a")])
def test_of_twins_the_one_that_pubmed_knows_is_linked_with_less_certainty(known: str, other: str) -> None:
    twins = [scored(known, 0.99, doi=known, pmid="7", title="Same"), scored(other, 0.99, doi=other, title="Same")]
    link = decide(reference(), twins)
    assert link.work is not None
    assert link.work.id == known
    assert 0.8 < link.score < 0.95


@pytest.mark.parametrize(("same", "other"), [("10.1/a", "10.1/b"), ("10.1/b", "10.1/a")])
def test_of_twins_the_one_whose_wording_stands_in_the_string_is_linked(same: str, other: str) -> None:
    twins = [scored(same, 0.99, doi=same, title="A Title"), scored(other, 0.99, doi=other, title="A title")]
    link = decide(reference("Doe J. A Title"), twins)
    assert link.work is not None
    assert link.work.id == same


def test_printed_doi_tells_twins_apart() -> None:
    twins = [scored(doi, 0.99, doi=doi, title="Same") for doi in ("10.1000/a", "10.1000/b")]
    link = decide(reference("Doe J. Same. doi:10.1000/b"), twins)
    assert link.work is not None
    assert link.work.id == "10.1000/b"


@pytest.mark.parametrize(
    ("whole", "part"), [("10.1038/nrn2762", "10.1038/nrn2762-c2"), ("10.1371/x.1", "10.1371/x.1.s001")]
)
def test_of_twins_a_part_of_the_other_is_the_same_work(whole: str, part: str) -> None:
    twins = [scored("z", 0.99, doi=whole, title="Same"), scored("a", 0.99, doi=part, title="Same")]
    for found in (twins, twins[::-1]):
        link = decide(reference(), found)
        assert link.work is not None
        assert (link.work.doi, link.others) == (whole, ())


def test_longer_doi_of_another_number_is_no_part() -> None:
    twins = [scored(doi, 0.99, doi=doi, title="Same") for doi in ("10.1000/x1", "10.1000/x12")]
    assert decide(reference(), twins).decision == "ambiguous"


def test_pubmed_identifier_is_known_without_its_name() -> None:
    likely = scored("a", 0.4, pmid="34657643")
    assert decide(reference("Doe J. A title. 34657643."), [likely]).decision == "linked"
    assert decide(reference("Doe J. A title. 34657644."), [likely]).decision == "ambiguous"


def test_link_needs_four_to_one() -> None:
    assert decide(reference(), [scored("a", 0.81)]).decision == "linked"
    assert decide(reference(), [scored("a", 0.79)]).decision == "ambiguous"


def test_record_that_explains_less_does_not_put_the_other_in_doubt() -> None:
    agrees = {"title_in_order": 1.0, "page": 1.0, "contradictions": 0.0}
    other_page = {"title_in_order": 1.0, "page": -1.0, "contradictions": 1.0}
    other_title = {"title_in_order": 0.5, "page": 1.0, "contradictions": 1.0}
    link = decide(reference(), [scored("a", 0.99, evidence=agrees), scored("b", 0.99, evidence=other_page)])
    assert (link.decision, link.work and link.work.id) == ("linked", "a")
    link = decide(reference(), [scored("a", 0.99, evidence=other_title), scored("b", 0.99, evidence=other_page)])
    assert link.decision == "ambiguous"


def test_probabilities_of_works_compete() -> None:
    link = decide(reference(), [scored("a", 0.9), scored("b", 0.5)])
    assert link.score == pytest.approx(9 / 11)
    assert [s.score for s in link.others] == pytest.approx([1 / 11])


def test_doubtful_is_ambiguous_and_unlikely_is_unlinked() -> None:
    assert decide(reference(), [scored("a", 0.4)]).decision == "ambiguous"
    assert decide(reference(), [scored("a", 0.05)]).decision == "unlinked"
    assert decide(reference(), []).decision == "unlinked"


def test_printed_doi_helps_a_likely_record() -> None:
    link = decide(reference("Doe J. A title. doi:10.1000/A"), [scored("10.1000/a", 0.3, doi="10.1000/a")])
    assert link.decision == "linked"


def test_printed_doi_of_another_paper_is_reported_not_trusted() -> None:
    text = "Doe J. A title. doi:10.1000/other"
    right, wrong = scored("10.1000/a", 0.99, doi="10.1000/a"), scored("10.1000/other", 0.0001, doi="10.1000/other")
    link = decide(reference(text), [right, wrong])
    assert link.work is not None
    assert link.work.id == "10.1000/a"
    assert "10.1000/other" in link.reason
    alone = decide(reference(text), [wrong])
    assert alone.decision == "unlinked"


def test_doi_that_no_record_has_makes_it_ambiguous() -> None:
    link = decide(reference("Doe J. A title. doi:10.1000/unknown"), [scored("10.1000/a", 0.99, doi="10.1000/a")])
    assert link.decision == "ambiguous"
    assert "10.1000/unknown" in link.reason


def test_order_of_candidates_does_not_matter() -> None:
    found = [scored("a", 0.7), scored("b", 0.1), scored("c", 0.1)]
    assert decide(reference(), found) == decide(reference(), list(reversed(found)))


def test_what_other_works_share_links_nothing() -> None:
    shared = {"container": 1.0, "year": 1.0, "volume": 1.0, "title_in_order": 0.1}
    link = decide(reference(), [scored("a", 0.99, evidence=shared)])
    assert (link.decision, link.work) == ("ambiguous", None)
    assert "other works share that" in link.reason
    assert decide(reference(), [scored("a", 0.99, evidence={**shared, "page": 1.0})]).decision == "linked"
    printed = decide(reference("J Examples 12. doi:10.1/a"), [scored("a", 0.99, doi="10.1/a", evidence=shared)])
    assert printed.decision == "linked"
