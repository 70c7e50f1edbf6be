"""In what a hop was seen, as the packaged rules read it."""

import pytest

from alsu_kg.analysis.context import compare_with_people_with_als, describe_change
from alsu_kg.analysis_words import load_path_words
from alsu_kg.grounding.lexicon import make_lexicon
from alsu_kg.model.review import Context

WORDS = load_path_words(make_lexicon([]))

CASES = [
    (Context(species="human", disease="amyotrophic lateral sclerosis"), [], []),
    (Context(species="people with ALS", disease="sporadic ALS"), [], []),
    (Context(species="human", disease="motor neurone disease"), [], []),
    (Context(species="mouse", disease="ulcerative colitis"), ["other-disease", "other-species"], []),
    (Context(species="human", disease="rheumatoid arthritis"), ["other-disease"], []),
    (Context(species="human", disease="healthy volunteers"), ["other-disease"], []),
    (Context(species="human"), [], ["disease"]),
    (Context(disease="ALS"), [], ["species"]),
    (Context(disease="colitis"), ["other-disease"], ["species"]),
    (Context(), [], ["species", "disease"]),
    (Context(model="SOD1-G93A mouse"), ["other-species"], []),
    (Context(model="mutant SOD1 mice", disease="ALS"), ["other-species"], []),
    (Context(model="MPTP mouse"), ["other-disease", "other-species"], []),
    (Context(model="NSC-34 cells"), ["in-vitro"], []),
    (Context(model="induced pluripotent stem cells", disease="ALS"), ["in-vitro"], []),
    (Context(cell="cultured microglia", species="rat"), ["in-vitro", "other-species"], ["disease"]),
    (Context(cell="microglia", species="human", disease="ALS"), [], []),
    (Context(species="okapi", disease="ALS"), [], ["whether okapi means people"]),
    (Context(disease="normals"), ["other-disease"], ["species"]),
]


@pytest.mark.parametrize(("context", "kinds", "unknown"), CASES)
def test_what_separates_a_context_from_people_with_als(context: Context, kinds: list[str], unknown: list[str]) -> None:
    found, not_known = compare_with_people_with_als(context, WORDS.contexts)
    assert [weakness.kind for weakness in found] == kinds
    assert not_known == unknown


def test_only_what_was_stated_before_can_change() -> None:
    mouse = Context(species="mouse", cell="microglia", disease="colitis")
    assert describe_change(mouse, Context(species="human", disease="ALS")) == (
        "species: mouse → human; disease: colitis → ALS"
    )
    assert describe_change(Context(), mouse) is None
    assert describe_change(mouse, Context(species="Mouse", cell="neuron", disease="colitis")) == (
        "cell: microglia → neuron"
    )
    assert describe_change(mouse, Context(disease="colitis")) == "species: mouse → not stated"
