"""Signs through a chain, and what they would do to a person with ALS."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.analysis.polarity import chain_signs, read_effect
from alsu_kg.analysis_words import load_path_words
from alsu_kg.grounding.lexicon import make_lexicon
from alsu_kg.model.review import Claim, Polarity, Predicate, Status, Treatment
from alsu_kg.ontology import read_entries

WORDS = load_path_words(make_lexicon(read_entries()))
DRUG = Treatment(label="Testazine", aliases=("TZN",))


def hop(
    subject: str,
    target: str,
    polarity: Polarity = "increases",
    *,
    predicate: Predicate = "affects",
    status: Status = "asserted",
) -> Claim:
    return Claim(subject=subject, predicate=predicate, object=target, status=status, polarity=polarity)


EFFECTS = [
    ([hop("Testazine", "motor neuron death", "decreases")], "beneficial", None),
    ([hop("TZN", "death of motor neurons", "increases")], "harmful", None),
    ([hop("Testazine", "stroke", "unknown", predicate="predisposes_to_condition")], "harmful", None),
    ([hop("Testazine", "amyotrophic lateral sclerosis", "unknown", predicate="ameliorates_condition")], "beneficial", None),
    ([hop("Testazine", "neuroprotection")], "beneficial", None),
    ([hop("Testazine", "NF-kB", "decreases"), hop("NF-kappa B", "neuronal death")], "beneficial", None),
    ([hop("Testazine", "NF-kB", "decreases"), hop("NF-kB", "neuroprotection")], "harmful", None),
    ([hop("Testazine", "NF-kB", "decreases"), hop("NF-kB", "glutamate", "decreases"), hop("glutamate", "survival", "decreases")],
     "harmful", None),
    ([hop("Testazine", "NF-kB", "decreases")], "unknown", "whether more of NF-kB is good or bad is not known"),
    ([hop("Testazine", "stroke", "none")], "unknown", "hop 1 has no direction"),
    ([hop("Testazine", "stroke", "decreases", status="negated")], "unknown", "hop 1 is denied, or nothing was found for it"),
    ([hop("Testazine", "urate"), hop("glutamate", "stroke")], "unknown", "hop 2 does not go on from hop 1"),
    ([hop("urate", "stroke")], "unknown", "it does not begin with the treatment"),
    ([], "unknown", "it has no hops"),
]  # fmt: skip


@pytest.mark.parametrize(("hops", "effect", "why"), EFFECTS)
def test_effect(hops: list[Claim], effect: str, why: str | None) -> None:
    found = read_effect(hops, DRUG, WORDS.lexicon, WORDS.endpoints)
    assert (found.effect, found.why_unknown) == (effect, why)


def test_the_word_of_a_family_of_mechanisms_is_no_end_by_one_of_its_synonyms() -> None:
    """``neuronal survival`` is a further label of the family of cell death: the family itself is neither good nor bad."""
    assert WORDS.endpoints.desirability("neuronal survival") == "good"
    assert WORDS.endpoints.desirability("cell death and neuroprotection") is None


signs = st.lists(st.sampled_from(["increases", "decreases", "none", "unknown"]), min_size=1, max_size=6)


@given(signs)
def test_the_sign_of_a_chain_is_the_product_of_its_signs(polarities: list[Polarity]) -> None:
    chain = [hop(f"x{i}", f"x{i + 1}", polarity) for i, polarity in enumerate(polarities)]
    expected = 1
    for polarity, found in zip(polarities, chain_signs(chain, WORDS.lexicon), strict=True):
        expected *= {"increases": 1, "decreases": -1}.get(polarity, 0)
        assert found == expected
