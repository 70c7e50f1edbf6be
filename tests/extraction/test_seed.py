"""The seed review gives what its curated record says. Needs ../shared."""

from pathlib import Path

import pytest

from alsu_kg.documents import read_review
from alsu_kg.extraction.comparison import compare_records
from alsu_kg.model.review import ReviewRecord
from alsu_kg.records import read_record

ROOT = Path(__file__).resolve().parents[2]
SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
CURATED = ROOT / "data" / "reviews" / "azathioprine.yaml"
pytestmark = pytest.mark.skipif(
    not SEEDS or not CURATED.exists(), reason="needs ../shared/seeds and data/reviews/azathioprine.yaml"
)


@pytest.fixture(scope="module")
def draft() -> ReviewRecord:
    return read_review(SEEDS[0])


def test_counts(draft: ReviewRecord) -> None:
    assert (len(draft.references), len(draft.pointers), sum(len(p.numbers) for p in draft.pointers)) == (23, 32, 36)
    assert (len(draft.grades), len(draft.cases), len(draft.trials), len(draft.review.reviewers)) == (5, 4, 2, 16)


def test_everything_but_claims_agrees_with_the_curated_record(draft: ReviewRecord) -> None:
    for part in compare_records(draft, read_record(CURATED)):
        if not part.part.startswith("claims") and part.part != "reference fields":
            assert (part.draft_only, part.curated_only) == ((), ()), part.part
        if part.part == "reference fields":
            assert part.both / (part.both + len(part.curated_only)) > 0.98


def test_claims_agree_with_the_curated_ones(draft: ReviewRecord) -> None:
    """Precision and recall of subject, object and status together."""
    part = next(
        p for p in compare_records(draft, read_record(CURATED)) if p.part == "claims (status by subject and object)"
    )
    precision = part.both / (part.both + len(part.draft_only))
    recall = part.both / (part.both + len(part.curated_only))
    assert precision >= 0.95, part.draft_only
    assert recall >= 0.84, part.curated_only
