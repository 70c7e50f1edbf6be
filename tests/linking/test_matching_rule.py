"""The decision rule: linked, ambiguous or unlinked, and what a printed identifier may do."""

from alsu_kg.linking.matching import decide
from alsu_kg.model.candidate import Candidate, ScoredCandidate
from alsu_kg.model.reference import Reference


def scored(identifier: str, score: float, *, doi: str = "", title: str = "") -> ScoredCandidate:
    name = title or f"Title of {identifier}"
    work = Candidate(id=identifier, title=name, authors=(("Doe", "J"),), first_page="7", doi=doi)
    return ScoredCandidate(candidate=work, score=score, evidence={})


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
