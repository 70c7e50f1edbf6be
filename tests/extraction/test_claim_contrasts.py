"""Claims of sentences that compare, contrast, deny twice, suppose that something is not so, ask, or speak of times and places."""

import pytest
from test_claim_parts import claims_of, said


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("When started at the onset of weakness, it slowed ALS progression.", ["ALS progression asserted decreases"]),
        ("In rats with oxidative stress, this compound lowered IL-6.", ["IL-6 asserted decreases"]),
        (
            "At disease onset, the treatment reduced microglial activation.",
            ["microglial activation asserted decreases"],
        ),
        ("After motor neuron loss had begun, this drug still prolonged survival.", ["survival asserted increases"]),
        ("In mice, this drug has markedly decreased survival.", ["survival asserted decreases"]),
        ("Because glutamate is raised, it causes apoptosis.", ["glutamate apoptosis asserted increases"]),
        (
            "An increase in oxidative stress is early, and it causes apoptosis.",
            ["oxidative stress apoptosis asserted increases"],
        ),
        (
            "In ALS, oxidative stress is high and it causes apoptosis.",
            ["oxidative stress apoptosis asserted increases"],
        ),
        ("Glutamate is released, and it causes apoptosis.", ["glutamate apoptosis asserted increases"]),
        ("Oxidative stress is early, and it causes apoptosis.", ["oxidative stress apoptosis asserted increases"]),
    ],
)
def test_a_time_or_a_place_before_a_pronoun_does_not_act(text: str, wanted: list[str]) -> None:
    """Neither the time nor the disease that is named before *it* or *this drug* acts; a thing of which *it* speaks does."""
    assert said(text, "preclinical") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Examplene lowers IL-6, as does curcumin.", ["IL-6 asserted decreases", "curcumin IL-6 asserted decreases"]),
        (
            "Examplene lowers IL-6, and so does curcumin.",
            ["IL-6 asserted decreases", "curcumin IL-6 asserted decreases"],
        ),
        (
            "Curcumin lowers IL-6, and examplene does so too.",
            ["curcumin IL-6 asserted decreases", "IL-6 asserted decreases"],
        ),
        (
            "Examplene lowers IL-6 and apoptosis, as does curcumin.",
            [
                "IL-6 asserted decreases",
                "apoptosis asserted decreases",
                "curcumin IL-6 asserted decreases",
                "curcumin apoptosis asserted decreases",
            ],
        ),
        ("IL-6 was lowered by examplene, whereas BDNF was not.", ["IL-6 asserted decreases", "BDNF negated decreases"]),
        (
            "IL-6 was raised by examplene, but apoptosis was not (P = 0.4).",
            ["IL-6 asserted increases", "apoptosis negated increases"],
        ),
        (
            "Survival was improved by examplene, but IL-6 was not.",
            ["survival asserted increases", "IL-6 negated unknown"],
        ),
        (
            "NF-kB is a cause of apoptosis, whereas BDNF is not.",
            ["NF-kB apoptosis asserted increases", "BDNF apoptosis negated increases"],
        ),
    ],
)
def test_what_another_thing_does_too_or_does_not(text: str, wanted: list[str]) -> None:
    """A clause that repeats the one before it says the same of another thing; a passive one denies it of another object."""
    assert said(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Curcumin, but not examplene, lowered IL-6.", ["curcumin IL-6 asserted decreases"]),
        ("Examplene, but not curcumin, raised BDNF.", ["BDNF asserted increases"]),
        ("Examplene, not curcumin, raised BDNF.", ["BDNF asserted increases"]),
        ("Apoptosis, but not inflammation, was reduced by examplene.", ["apoptosis asserted decreases"]),
        (
            "The NMDA receptor blocker, examplene, lowered IL-6.",
            ["NMDA receptor asserted decreases", "IL-6 asserted decreases"],
        ),
        ("Examplene lowered IL-6 and had no effect on BDNF.", ["IL-6 asserted decreases", "BDNF negated unknown"]),
        (
            "Examplene lowered IL-6, raised BDNF, and had no effect on apoptosis.",
            ["IL-6 asserted decreases", "BDNF asserted increases", "apoptosis negated unknown"],
        ),
        ("Examplene lowers IL-6 without an effect on BDNF.", ["IL-6 asserted decreases", "BDNF negated unknown"]),
        (
            "Curcumin lowers IL-6 without affecting BDNF.",
            ["curcumin IL-6 asserted decreases", "curcumin BDNF negated unknown"],
        ),
        ("Without examplene, glutamate triggered apoptosis.", ["glutamate apoptosis asserted increases"]),
        ("Examplene lowered survival or did not affect IL-6.", ["survival asserted decreases", "IL-6 negated unknown"]),
        (
            "It is a disease in which oxidative stress and inflammation are contributing to apoptosis.",
            ["oxidative stress apoptosis asserted increases", "inflammation apoptosis asserted increases"],
        ),
        (
            "The stress-related mRNA and protein levels of IL-6, BDNF and TNF-alpha were lowered by examplene.",
            ["IL-6 asserted decreases", "BDNF asserted decreases", "TNF-alpha asserted decreases"],
        ),
    ],
)
def test_a_contrast_ends_where_its_words_end(text: str, wanted: list[str]) -> None:
    """What one part of a sentence denies is not denied of the others."""
    assert said(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("These data suggest that examplene does not lower IL-6.", ["IL-6 negated decreases"]),
        ("Examplene is not thought to lower IL-6.", ["IL-6 negated decreases"]),
        (
            "It has been proposed that neither curcumin nor examplene lowers IL-6.",
            ["curcumin IL-6 negated decreases", "IL-6 negated decreases"],
        ),
        ("Some evidence suggests that examplene has no effect on IL-6.", ["IL-6 negated unknown"]),
        ("Examplene may not lower IL-6.", ["IL-6 unclear decreases"]),
        ("Examplene might have no effect on IL-6.", ["IL-6 unclear unknown"]),
        ("Examplene may not only lower IL-6.", ["IL-6 hypothesised decreases"]),
        (
            "Examplene could lower IL-6 while raising BDNF.",
            ["IL-6 hypothesised decreases", "BDNF hypothesised increases"],
        ),
        ("Examplene did not lower IL-6 while raising BDNF.", ["IL-6 negated decreases", "BDNF asserted increases"]),
        ("It cannot be ruled out that examplene worsens excitotoxicity.", ["excitotoxicity speculated increases"]),
    ],
)
def test_what_is_supposed_not_to_be_so_is_not_supposed(text: str, wanted: list[str]) -> None:
    """A hedge before a denial leaves it a denial, or leaves it open after *may* and *might*."""
    assert said(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It is not through NF-kB that examplene lowers IL-6.", ["IL-6 asserted decreases"]),
        ("It is not by blocking glutamate that examplene lowers IL-6.", ["IL-6 asserted decreases"]),
        ("It is not through NF-kB that examplene does not lower IL-6.", ["IL-6 negated decreases"]),
        ("Examplene never failed to lower IL-6.", ["IL-6 asserted decreases"]),
        ("There is no doubt that examplene lowers IL-6.", ["IL-6 asserted decreases"]),
        ("Examplene no longer lowered IL-6 when NF-kB was silenced.", []),
        ("The effect of examplene on IL-6 does not depend on NF-kB.", []),
        ("The effect of examplene on IL-6 was not seen in rats.", ["IL-6 negated unknown"]),
        ("The benefit of examplene was lost when autophagy was blocked.", []),
        ("The data are insufficient to show that examplene lowers IL-6.", ["IL-6 negated decreases"]),
        ("How examplene lowers IL-6 is not fully understood.", ["IL-6 unclear decreases"]),
        ("Examplene lowered IL-6 in mixed glial cultures.", ["IL-6 asserted decreases"]),
        ("Results were mixed, and examplene may lower IL-6.", ["IL-6 hypothesised decreases"]),
    ],
)
def test_denials_of_something_else(text: str, wanted: list[str]) -> None:
    """Means, dependence, double negation and gaps of knowledge deny nothing of the effect itself."""
    assert said(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "We studied the effect of examplene on IL-6.",
        "Further work will examine the effect of examplene on IL-6.",
        "To assess the possible impact of examplene on IL-6, mice were treated.",
    ],
)
def test_an_aim_is_no_finding(text: str) -> None:
    assert said(text) == ["IL-6 unclear unknown"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Examplene alleviated body weight loss.", ["weight asserted increases"]),
        ("Body weight loss was alleviated by examplene.", ["weight asserted increases"]),
        ("Examplene reversed BDNF loss.", ["BDNF asserted increases"]),
        ("Examplene worsened motor function loss.", ["motor function asserted decreases"]),
        ("Protection against oxidative stress slows apoptosis.", ["oxidative stress apoptosis asserted increases"]),
        ("We saw neuroprotection by examplene, which delayed ALS onset.", ["ALS onset asserted decreases"]),
        ("Examplene clears SOD1 and altered mitochondria.", ["SOD1 asserted decreases"]),
        (
            "Examplene cleared SOD1 and altered mitochondria.",
            ["SOD1 asserted decreases", "mitochondrial function asserted unknown"],
        ),
        ("If, however, examplene lowers IL-6, it helps.", ["IL-6 speculated decreases"]),
    ],
)
def test_signs_and_actors(text: str, wanted: list[str]) -> None:
    """Less of a loss is more of the thing; what is protected against is less; *which* behind a doer speaks of the doer."""
    assert said(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Survival was higher (P = 0.02) for patients receiving examplene (50 mg).", ["survival asserted increases"]),
        ("ALSFRS-R was higher in examplene than in placebo groups.", ["ALSFRS-R asserted increases"]),
        (
            "There was slower progression in the examplene than in the placebo group.",
            ["ALS progression asserted decreases"],
        ),
        ("There was slower progression in the placebo group than in the examplene group.", []),
        ("Untreated mice had more microglial activation than mice given examplene.", []),
        ("However, survival was not affected by treatment.", ["survival negated unknown"]),
    ],
)
def test_groups_that_are_compared(text: str, wanted: list[str]) -> None:
    assert said(text, "trials") == wanted


def test_it_is_what_was_named_before_who_acts() -> None:
    """*Instead of lowering A, B raised it*: *it* is A, not what the sentence before spoke of."""
    claims = claims_of("IL-6 is high in ALS. Instead of lowering BDNF, examplene raised it.")
    assert [c.object for c in claims if c.predicate == "affects"] == ["BDNF"]
