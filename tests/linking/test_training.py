"""Changed copies of true pairs: what is still the same work, and what is made to be another."""

import random

import pytest

from alsu_kg.linking.similarity import FEATURES
from alsu_kg.linking.training import alter, compare_pair, contradict
from alsu_kg.model.candidate import Candidate
from alsu_kg.model.reference import Reference

WORK = Candidate(
    id="10.1/a",
    title="Slow potentials in spinal motor neurons",
    authors=(("Doe", "J"),),
    year=2001,
    container="Journal of Examples",
    volume="12",
    first_page="345",
)
OTHER = Candidate(
    id="10.1/b",
    title="Membrane currents during prolonged cooling",
    authors=(("Roe", "M"),),
    year=1988,
    container="Annals of Samples",
    volume="7",
    first_page="99",
)
WHOLE = Reference(id="1", unstructured="Doe J. Slow potentials in spinal motor neurons. J Examples. 2001;12:345-50.")
NO_PAGE = Reference(id="2", unstructured="Doe J. Slow potentials in spinal motor neurons. J Examples, in press.")


def features(reference: Reference, candidate: Candidate) -> dict[str, float]:
    return dict(zip(FEATURES, compare_pair(reference, candidate), strict=True))


@pytest.mark.parametrize("reference", [WHOLE, NO_PAGE])
def test_what_is_made_another_work_differs_from_the_reference(reference: Reference) -> None:
    chance, alone = random.Random(3), 0
    for _ in range(300):
        wrong = contradict(reference, WORK, OTHER, chance)
        assert wrong is not None
        row = features(reference, wrong)
        assert row["contradictions"] + row["title_inserted"] + row["marker_mismatch"] > 0
        differing = [name for name in ("title", "authors", "year", "volume", "first_page", "container")
                     if getattr(wrong, name) != getattr(WORK, name)]  # fmt: skip
        alone += differing == ["title"]
    assert (alone > 0) == (reference is NO_PAGE), "only where no page stands there is another title enough"


def test_what_is_altered_is_still_recognised_by_its_title() -> None:
    chance = random.Random(4)
    for _ in range(100):
        changed = alter(WHOLE, WORK, chance)
        if changed is not None:
            assert features(*changed)["title_in_order"] == 1.0
