"""Claims of sentences of which each part is stated in its own way, and of parts of a review that do not repeat the treatment."""

import pytest

from alsu_kg.documents import load_vocabulary
from alsu_kg.extraction.claims.sentence_claims import find_all_terms, read_claims
from alsu_kg.extraction.sections import Passage
from alsu_kg.extraction.sentences import read_sentences
from alsu_kg.extraction.terms import Term, index_terms
from alsu_kg.model.document import Text
from alsu_kg.model.review import Claim, SectionRole

OWN = index_terms([("examplene", Term("Examplene", "treatment"))])


def claims_of(text: str, role: SectionRole = "mechanism") -> tuple[Claim, ...]:
    words = load_vocabulary()
    told = read_sentences([(Passage(Text(text), "A heading", role, "paragraph"), [])], words.words)
    return read_claims(told, find_all_terms(told, words, OWN), words, "Examplene")


def said(text: str, role: SectionRole = "mechanism") -> list[str]:
    """Give object, status and sign of each claim, after its subject where that is another."""
    return [
        " ".join([c.subject] * (c.subject != "Examplene") + [c.object, c.status, c.polarity])
        for c in claims_of(text, role)
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Examplene, which may lower TNF-alpha, did not prolong survival.",
            ["TNF-alpha hypothesised decreases", "survival negated increases"],
        ),
        (
            "Examplene, thought to inhibit NF-kB, did not reduce neuroinflammation.",
            ["NF-kB hypothesised decreases", "neuroinflammation negated decreases"],
        ),
        (
            "Examplene lowers TNF-alpha, suggesting that it might slow ALS progression.",
            ["TNF-alpha asserted decreases", "ALS progression hypothesised decreases"],
        ),
        (
            "Examplene lowers TNF-alpha and does not affect IL-6.",
            ["TNF-alpha asserted decreases", "IL-6 negated unknown"],
        ),
        (
            "Examplene lowers TNF-alpha and so may slow ALS progression.",
            ["TNF-alpha asserted decreases", "ALS progression hypothesised decreases"],
        ),
        ("Examplene inhibits mTOR and not GSK-3.", ["mTOR asserted decreases", "GSK-3 negated decreases"]),
        ("A study (small, not blinded) showed that examplene lowers IL-6.", ["IL-6 asserted decreases"]),
        ("Examplene does not, however, lower IL-6.", ["IL-6 negated decreases"]),
        (
            "It has not been shown that examplene, an inhibitor of NF-kB, slows ALS progression.",
            ["ALS progression no-evidence decreases"],
        ),
        (
            "Whether by lowering iron or otherwise, examplene lowers IL-6.",
            ["iron asserted decreases", "IL-6 asserted decreases"],
        ),
        ("There is little doubt that examplene lowers iron.", ["iron asserted decreases"]),
        ("We doubt that examplene lowers iron.", ["iron unclear decreases"]),
        ("Examplene lowers iron, but this was not significant.", ["iron unclear decreases"]),
        ("Examplene's failure to reduce inflammation is known.", ["inflammation negated decreases"]),
        (
            "No interaction of examplene with opioid receptors could be demonstrated.",
            ["opioid receptors negated unknown"],
        ),
        ("Should a trial show that examplene lowers iron, we will write again.", ["iron speculated decreases"]),
        (
            "Riluzole prolongs survival, but examplene does not.",
            ["riluzole survival asserted increases", "survival negated increases"],
        ),
    ],
)
def test_each_part_is_stated_in_its_own_way(text: str, wanted: list[str]) -> None:
    assert said(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Examplene's antagonism of AMPA receptors may reduce excitotoxicity.",
            ["AMPA receptor excitotoxicity hypothesised increases"],
        ),
        ("SGLT2 inhibition increases ketone bodies.", ["SGLT2 ketone bodies asserted decreases"]),
        ("Examplene restores impaired axonal transport.", ["axonal transport asserted increases"]),
        ("Examplene normalises glutamate uptake.", ["glutamate uptake asserted increases"]),
        ("Examplene reduced the rate of decline of the ALSFRS-R.", ["ALS progression asserted decreases"]),
        ("The decline in muscle strength was less steep with examplene.", ["muscle strength asserted increases"]),
        ("Examplene is an inverse agonist of the CB1 receptor.", ["CB1 receptor asserted decreases"]),
        ("Examplene can induce, rather than inhibit, apoptosis.", ["apoptosis asserted increases"]),
        (
            "Mice given examplene had less gliosis and longer survival.",
            ["gliosis asserted decreases", "survival asserted increases"],
        ),
        ("Examplene lowers the threshold for seizures.", []),
        ("Survival was prolonged by deletion of the TNF-alpha gene.", ["TNF-alpha survival asserted decreases"]),
        (
            "A decrease in glutathione is caused by oxidative stress.",
            ["oxidative stress glutathione asserted decreases"],
        ),
        ("Examplene reduces the ratio of IL-6 to IL-10.", []),
        ("Examplene withdrawal increases excitotoxicity.", ["excitotoxicity asserted decreases"]),
        ("Examplene is less effective than riluzole in prolonging survival.", ["survival asserted increases"]),
    ],
)
def test_signs(text: str, wanted: list[str]) -> None:
    found = [word.removeprefix("Examplene ") for word in said(text) if not word.startswith("AMPA receptor asserted")]
    assert [word for word in found if word != "AMPA receptor hypothesised decreases"] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Examplene releases hydrogen sulfide, a gas that opens potassium channels and lowers inflammation.",
            [
                "hydrogen sulfide asserted increases",
                "hydrogen sulfide potassium channels asserted increases",
                "hydrogen sulfide inflammation asserted decreases",
            ],
        ),
        ("Examplene releases a gas that opens potassium channels and lowers inflammation.", []),
        ("Examplene inhibits an enzyme that builds glutathione and lowers inflammation.", []),
        ("Examplene is a flavonoid that lowers IL-6.", ["IL-6 asserted decreases"]),
        (
            "Examplene, unlike minocycline, did not inhibit microglial activation.",
            ["microglial activation negated decreases"],
        ),
        ("Examplene is a chaperone of SOD1 that raises glutathione.", ["glutathione asserted increases"]),
        ("Examplene inhibits mTOR. It also lowers IL-6.", ["mTOR asserted decreases", "IL-6 asserted decreases"]),
        ("It inhibits mTOR. It also lowers IL-6.", ["mTOR asserted decreases", "IL-6 asserted decreases"]),
        ("IL-6 inhibition by examplene was confirmed.", ["IL-6 asserted decreases"]),
        ("The GSK-3 inhibitor examplene was given.", ["GSK-3 asserted decreases"]),
        ("A fall in IL-6 has been ascribed to examplene.", ["IL-6 asserted decreases"]),
        ("Proposed mechanisms of examplene include inhibition of IL-6.", ["IL-6 hypothesised decreases"]),
        ("The drug is converted to xyzac, which is a blocker of the NMDA receptor.", []),
        ("Inhibitors of this enzyme, such as paroxetine, are to be avoided.", []),
        ("In flies with mutant FUS, something was reduced by examplene.", []),
    ],
)
def test_who_acts(text: str, wanted: list[str]) -> None:
    assert said(text) == wanted


@pytest.mark.parametrize(
    ("text", "role", "wanted"),
    [
        (
            "Ninety people took examplene. Survival improved and the decline in ALSFRS-R slowed.",
            "trials",
            ["survival asserted increases", "ALS progression asserted decreases"],
        ),
        ("Ninety people took examplene. Survival did not change.", "trials", ["survival negated unknown"]),
        ("Survival improved in both groups.", "trials", []),
        ("In both groups survival improved.", "trials", []),
        ("Ninety people took riluzole. Survival improved.", "trials", []),
        ("Survival improved.", "mechanism", []),
        ("Examplene slowed ALS progression.", "trials", ["ALS progression asserted decreases"]),
        ("The baseline ALSFRS-R was similar between the arms.", "trials", []),
        (
            "Examplene delayed disease onset but left survival unchanged.",
            "preclinical",
            ["ALS onset asserted decreases", "survival negated unknown"],
        ),
        ("In a trial of 3,000 old people, stroke was not more frequent.", "risks", []),
    ],
)
def test_outcomes_in_parts_on_the_treatment(text: str, role: SectionRole, wanted: list[str]) -> None:
    assert said(text, role) == wanted


def test_animals_hold_until_the_text_turns_to_others() -> None:
    told = "Examplene slowed progression in SOD1-G93A mice. {} it reduced inflammation."
    for turn, model in (
        ("There", "SOD1-G93A mouse"),
        ("In the stroke model,", None),
        ("In cell culture,", "cultured cells"),
    ):
        assert claims_of(told.format(turn), "preclinical")[-1].context.model == model, turn
