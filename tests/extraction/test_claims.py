"""Claims from sentences of our own: what is claimed, how surely, in which direction, where."""

from pathlib import Path

import pytest
from claim_sentences import read_cases, score

from alsu_kg.documents import load_vocabulary, parse_document
from alsu_kg.extraction.claims.sentence_claims import find_all_terms, read_claims
from alsu_kg.extraction.record import extract_record
from alsu_kg.extraction.sections import Passage
from alsu_kg.extraction.sentences import read_sentences
from alsu_kg.extraction.terms import Term, index_terms
from alsu_kg.extraction.treatment_kind import read_treatment_kind
from alsu_kg.model.document import Text
from alsu_kg.model.review import Claim, SectionRole

HEDGED = Path(__file__).with_name("hedged_sentences.txt")
OWN = index_terms([("examplene", Term("Examplene", "treatment"))])

GOLD: tuple[tuple[str, SectionRole, tuple[tuple[str, str, str, str, str], ...]], ...] = (
    (
        "Examplene inhibits glutamate release in neurons.",
        "mechanism",
        (("Examplene", "affects", "glutamate", "asserted", "decreases"),),
    ),
    (
        "Examplene may reduce oxidative stress.",
        "mechanism",
        (("Examplene", "affects", "oxidative stress", "hypothesised", "decreases"),),
    ),
    (
        "It is unclear whether examplene slows disease progression.",
        "mechanism",
        (("Examplene", "affects", "ALS progression", "unclear", "decreases"),),
    ),
    (
        "Examplene did not improve survival in people with ALS.",
        "conclusion",
        (("Examplene", "affects", "survival", "negated", "increases"),),
    ),
    (
        "Examplene has not been tested in animal models of ALS.",
        "preclinical",
        (("Examplene", "tested_in", "preclinical ALS models", "no-evidence", "none"),),
    ),
    (
        "Oxidative stress leads to motor neuron death.",
        "mechanism",
        (("oxidative stress", "causes", "motor neuron death", "asserted", "increases"),),
    ),
    (
        "Motor neuron death is caused by excitotoxicity.",
        "mechanism",
        (("excitotoxicity", "causes", "motor neuron death", "asserted", "increases"),),
    ),
    (
        "Some believe ALS is caused by heavy metals.",
        "mechanism",
        (("heavy metal toxicity", "causes", "amyotrophic lateral sclerosis", "hypothesised", "increases"),),
    ),
    (
        "TDP-43 is increased in sporadic ALS.",
        "mechanism",
        (("TDP-43", "is_increased_in", "sporadic amyotrophic lateral sclerosis", "asserted", "none"),),
    ),
    (
        "Studies suggest that neuroinflammation contributes to disease progression.",
        "mechanism",
        (("neuroinflammation", "contributes_to", "ALS progression", "hypothesised", "increases"),),
    ),
    (
        "Examplene could possibly increase the risk of stroke.",
        "risks",
        (("Examplene", "predisposes_to_condition", "stroke", "speculated", "increases"),),
    ),
    (
        "Examplene is approved for treating epilepsy and depression.",
        "background",
        (
            ("Examplene", "treats", "epilepsy", "asserted", "none"),
            ("Examplene", "treats", "depression", "asserted", "none"),
        ),
    ),
    (
        "Activated microglia are found in the spinal cord.",
        "mechanism",
        (("microglia", "located_in", "spinal cord", "asserted", "none"),),
    ),
    (
        "NF-κB is a regulator of inflammation and is involved in neurodegeneration.",
        "mechanism",
        (
            ("NF-kB", "regulates", "inflammation", "asserted", "unknown"),
            ("NF-kB", "involved_in", "neuronal death", "asserted", "none"),
        ),
    ),
    (
        "We found no studies of examplene in animal models.",
        "preclinical",
        (("Examplene", "tested_in", "preclinical ALS models", "no-evidence", "none"),),
    ),
    (
        "Examplene activates Nrf2 signaling, which reduces lipid peroxidation.",
        "mechanism",
        (
            ("Examplene", "affects", "Nrf2 signalling", "asserted", "increases"),
            ("Nrf2 signalling", "affects", "lipid peroxidation", "asserted", "decreases"),
        ),
    ),
    ("There was no effect on survival.", "trials", (("Examplene", "affects", "survival", "negated", "unknown"),)),
    ("Examplene does not affect the weather.", "mechanism", ()),
    (
        "Glutamate excitotoxicity is associated with ALS.",
        "mechanism",
        (("excitotoxicity", "associated_with", "amyotrophic lateral sclerosis", "asserted", "none"),),
    ),
    (
        "Theoretically, examplene might protect mitochondria against oxidative stress.",
        "mechanism",
        (("Examplene", "affects", "oxidative stress", "hypothesised", "decreases"),),
    ),
)


def claims_of(text: str, role: SectionRole) -> list[Claim]:
    sentences = read_sentences([(Passage(Text(text), "A heading", role, "paragraph"), [])])
    vocabulary = load_vocabulary()
    return list(read_claims(sentences, find_all_terms(sentences, vocabulary, OWN), vocabulary, "Examplene"))


def key(claim: Claim) -> tuple[str, str, str, str, str]:
    return (claim.subject, claim.predicate, claim.object, claim.status, claim.polarity)


def test_precision_and_recall_on_own_sentences() -> None:
    right = made = wanted = 0
    wrong = []
    for text, role, gold in GOLD:
        found = {key(claim) for claim in claims_of(text, role)}
        right += len(found & set(gold))
        made += len(found)
        wanted += len(gold)
        if found != set(gold):
            wrong.append((text, found, gold))
    assert right / made >= 0.85, wrong
    assert right / wanted >= 0.85, wrong


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ("Examplene reduces oxidative stress in a mouse model of multiple sclerosis.", "disease", "multiple sclerosis"),
        ("Examplene reduces oxidative stress in a mouse model of multiple sclerosis.", "species", "mouse"),
        ("In SOD1-G93A mice, examplene reduces oxidative stress.", "model", "SOD1-G93A mouse"),
        ("Within microglia, examplene reduces oxidative stress.", "cell", "microglia"),
    ],
)
def test_context(text: str, field: str, expected: str) -> None:
    assert [getattr(claim.context, field) for claim in claims_of(text, "mechanism")] == [expected]


@pytest.mark.parametrize(
    ("name", "precise", "least"),
    [
        ("dev", 0.93, 0.95),
        ("held", 0.93, 0.95),
        ("dev2", 0.93, 0.9),
        ("held2", 0.93, 0.9),
        ("dev3", 0.93, 0.95),
        ("held3", 0.93, 0.9),
        ("dev4", 0.95, 0.95),
        ("held4", 0.88, 0.75),
    ],
)
def test_claims_of_the_sentence_file(name: str, precise: float, least: float) -> None:
    """Half of the sentences were not looked at while the rules were written (totals in tests/benchmarks/bench_claims.py)."""
    total = score(case for case in read_cases() if case.name == name)["all"]
    assert total.precision >= precise, total
    assert total.recall >= least, total


def test_a_table_gives_the_claims_that_the_text_does_not() -> None:
    raw = (
        "# ALSUntangled 912: Examplene\n\n# Mechanism\n\nExamplene may reduce oxidative stress.\n\n"
        "| | Grade | Explanation |\n|---|---|---|\n| Mechanism | C | Examplene may reduce oxidative stress |\n"
        "| Pre-Clinical | D | Examplene did not prolong survival in SOD1-G93A mice |\n\n# References\n\n"
        "1. Ay B. One. Cell. 2001;2:3."
    )
    record = extract_record(parse_document(raw.encode(), "x.md"), load_vocabulary())
    said = [(c.object, c.status, c.place.section if c.place else None) for c in record.claims]
    assert said == [("oxidative stress", "hypothesised", "Mechanism"), ("survival", "negated", "Table")]
    place = record.claims[1].place
    assert place is not None
    assert raw[place.start : place.end] == "Examplene did not prolong survival in SOD1-G93A mice"


def test_paths_join_claims_and_say_what_is_weak() -> None:
    raw = (
        "# ALSUntangled 912: Examplene\n\n# Mechanism\n\nOxidative stress leads to neuronal death (1). Examplene reduces oxidative "
        "stress in mice (1). Examplene might increase glutathione (1). Glutathione prevents lipid peroxidation. Examplene does not "
        "affect inflammation (1). Inflammation causes apoptosis (1).\n\n# References\n\n1. Ay B. One. Cell. 2001;2:3."
    )
    record = extract_record(parse_document(raw.encode(), "x.md"), load_vocabulary())
    told = [
        ([(record.claims[i].subject, record.claims[i].object) for i in path.hops], path.why_weak)
        for path in record.paths
    ]
    assert told == [
        (
            [("Examplene", "oxidative stress"), ("oxidative stress", "neuronal death")],
            "the source tells of it in mouse",
        ),
        ([("Examplene", "glutathione"), ("glutathione", "lipid peroxidation")], "the source states it as hypothesised"),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Examplene is a dietary supplement that people buy as a drug.", "supplement"),
        ("Examplene (EXA) is an off-label medication.", "drug"),
        ("Examplene is an extract of a plant.", "botanical"),
        ("Examplene, a low-carbohydrate diet, is old.", "diet"),
        ("Examplene is a monoclonal antibody.", "biologic"),
        ("Examplene uses mesenchymal stem cells. Examplene is a clinic in a far town.", "provider"),
        ("Examplene is old.", None),
    ],
)
def test_kind_of_treatment(text: str, kind: str | None) -> None:
    sentences = read_sentences([(Passage(Text(text), "Background", "background", "paragraph"), [])])
    assert read_treatment_kind(sentences, ["Examplene"], load_vocabulary()) == kind


def test_a_supposed_claim_is_never_asserted() -> None:
    """Whatever hedge is put in front of a claim, its status is not ``asserted``."""
    told = [line for line in HEDGED.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
    assert len(told) > 90
    asserted = [line for line in told if any(claim.status == "asserted" for claim in claims_of(line, "mechanism"))]
    assert asserted == []


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("It is not yet clear, however, that examplene slows disease progression.", ["unclear"]),
        ("It is thought that examplene raises glutathione and that it lowers urate.", ["hypothesised", "hypothesised"]),
        ("It is thought that examplene raises glutathione, but it lowers urate.", ["hypothesised", "asserted"]),
        ("If excitotoxicity drives ALS, examplene could slow ALS progression.", ["speculated", "speculated"]),
        ("If taken with food, examplene lowers urate.", ["asserted"]),
        ("Examplene suppresses NO and COX-2.", ["asserted", "asserted"]),
        ("Examplene has NO effect on COX-2.", []),
        ("Examplene not only lowers IL-6 but also raises IL-10.", ["asserted", "asserted"]),
        ("The company claims that examplene slows ALS progression.", ["hypothesised"]),
        ("Examplene is believed to slow ALS progression.", ["hypothesised"]),
        ("Examplene should slow ALS progression.", ["hypothesised"]),
        ("Examplene has not been shown to slow ALS progression.", ["no-evidence"]),
        ("We tested whether examplene slows ALS progression.", ["unclear"]),
        ("Examplene doesn’t slow ALS progression.", ["negated"]),
    ],
)
def test_how_surely_a_claim_is_stated(text: str, statuses: list[str]) -> None:
    assert [claim.status for claim in claims_of(text, "mechanism")] == statuses


@pytest.mark.parametrize(
    "text",
    [
        "We cannot recommend examplene as a way to slow ALS progression.",
        "Until examplene slows ALS progression in a trial, it is not for use.",
        "Rabbit food reduces oxidative stress.",
        "Very few of them reduce oxidative stress.",
        "Reducing oxidative stress is an old idea.",
        "Patients show reduced glutathione and increased glutamate.",
        "Drugs that reduce excitotoxicity may slow ALS progression.",
        "The positive results in multiple sclerosis were small.",
    ],
)
def test_what_is_no_claim(text: str) -> None:
    assert claims_of(text, "mechanism") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Examplene reduces mitochondrial dysfunction.",
            ("Examplene", "affects", "mitochondrial function", "increases"),
        ),
        (
            "Examplene causes mitochondrial dysfunction.",
            ("Examplene", "affects", "mitochondrial function", "decreases"),
        ),
        (
            "Examplene improves mitochondrial dysfunction.",
            ("Examplene", "affects", "mitochondrial function", "increases"),
        ),
        (
            "Mitochondrial dysfunction triggers apoptosis.",
            ("mitochondrial function", "affects", "apoptosis", "decreases"),
        ),
        ("Examplene ameliorates oxidative stress.", ("Examplene", "affects", "oxidative stress", "decreases")),
        ("Examplene improves muscle wasting.", ("Examplene", "affects", "muscle wasting", "decreases")),
        ("Examplene worsened motor function.", ("Examplene", "affects", "motor function", "decreases")),
        ("Examplene leads to inhibition of mTOR.", ("Examplene", "affects", "mTOR", "decreases")),
        (
            "Examplene raises anti-inflammatory cytokines.",
            ("Examplene", "affects", "anti-inflammatory cytokines", "increases"),
        ),
    ],
)
def test_signs_of_failures_and_of_what_gets_better(text: str, told: tuple[str, str, str, str]) -> None:
    assert [(c.subject, c.predicate, c.object, c.polarity) for c in claims_of(text, "mechanism")] == [told]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Neuroinflammation is common in ALS. It contributes to motor neuron death.", "neuroinflammation"),
        ("Examplene is sold as a powder. It contributes to motor neuron death.", "Examplene"),
        ("Examplene’s maker is old. The supplement contributes to motor neuron death.", "Examplene"),
        ("Creatine did not help but contributes to motor neuron death.", "creatine"),
    ],
)
def test_what_a_pronoun_stands_for(text: str, subject: str) -> None:
    assert [claim.subject for claim in claims_of(text, "mechanism") if claim.object == "motor neuron death"] == [
        subject
    ]


def test_a_trial_in_another_disease_is_no_trial_in_als() -> None:
    found = claims_of("A trial of 40 patients with Parkinson's disease compared examplene with placebo.", "trials")
    assert {(c.predicate, c.object) for c in found} <= {("in_clinical_trials_for", "Parkinson's disease")}
    found = claims_of("A trial of examplene in 40 people with ALS is under way.", "trials")
    assert "amyotrophic lateral sclerosis" in {c.object for c in found if c.predicate == "in_clinical_trials_for"}


def test_animals_named_at_the_start_hold_for_the_whole_sentence() -> None:
    found = claims_of(
        "In SOD1-G93A mice examplene reduced oxidative stress but had no effect on survival.", "preclinical"
    )
    assert [(c.object, c.context.species, c.context.model) for c in found] == [
        ("oxidative stress", "mouse", "SOD1-G93A mouse"),
        ("survival", "mouse", "SOD1-G93A mouse"),
    ]


def test_who_acts_after_a_comma_is_no_further_object() -> None:
    found = claims_of("By enhancing autophagy, examplene could reduce protein aggregation.", "mechanism")
    assert "Examplene" not in {c.object for c in found}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Treatment with examplene resulted in a 20% reduction in oxidative stress.",
            [("oxidative stress", "decreases")],
        ),
        (
            "Examplene led to a significant, dose-dependent decrease in neuroinflammation.",
            [("neuroinflammation", "decreases")],
        ),
        ("Examplene attenuated the reduction in glutathione caused by rotenone.", [("glutathione", "increases")]),
        ("ALS may be caused by a weltschmerz, and examplene is a salt.", []),
        (
            "Examplene buffers cellular energy stores and reduces oxidative stress.",
            [("oxidative stress", "decreases")],
        ),
    ],
)
def test_sign_and_subject(text: str, wanted: list[tuple[str, str]]) -> None:
    found = claims_of(text, "mechanism")
    assert {c.subject for c in found} <= {"Examplene"}
    assert [(c.object, c.polarity) for c in found] == wanted


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Excitotoxicity is driven by the loss of EAAT2.", ("GLT-1 / EAAT2", "excitotoxicity", "decreases")),
        ("Examplene prevents the loss of EAAT2.", ("Examplene", "GLT-1 / EAAT2", "increases")),
        ("Reduced BDNF contributes to motor neuron death.", ("BDNF", "motor neuron death", "decreases")),
        ("BDNF deficiency contributes to motor neuron death.", ("BDNF", "motor neuron death", "decreases")),
        ("Low glutathione levels cause oxidative stress.", ("glutathione", "oxidative stress", "decreases")),
        (
            "A deficiency of vitamin D increases the risk of multiple sclerosis.",
            ("vitamin D", "multiple sclerosis", "decreases"),
        ),
        ("Examplene reverses the decline in glutathione.", ("Examplene", "glutathione", "increases")),
        ("The decline in glutathione was reversed by examplene.", ("Examplene", "glutathione", "increases")),
        ("Examplene normalizes reduced glutathione levels.", ("Examplene", "glutathione", "increases")),
        ("Examplene prevents dopamine depletion.", ("Examplene", "dopamine", "increases")),
        ("Examplene prevents a fall in ATP.", ("Examplene", "energy metabolism", "increases")),
        ("Examplene slows the metabolism of theophylline.", ("Examplene", "theophylline", "increases")),
        (
            "Damaged mitochondria release reactive oxygen species.",
            ("mitochondrial function", "oxidative stress", "decreases"),
        ),
        ("Examplene slowed motor decline in SOD1 mice.", ("Examplene", "motor function", "increases")),
        ("Examplene worsens hyperexcitability.", ("Examplene", "hyperexcitability", "increases")),
        ("Low-dose examplene reduces microglial activation.", ("Examplene", "microglial activation", "decreases")),
    ],
)
def test_less_of_a_thing_turns_the_sign(text: str, told: tuple[str, str, str]) -> None:
    assert [(c.subject, c.object, c.polarity) for c in claims_of(text, "mechanism")] == [told]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Examplene neither activated Nrf2 nor changed glutathione levels.",
            [("Nrf2 signalling", "negated"), ("glutathione", "negated")],
        ),
        ("In a mouse model of stroke the drug lowered TNF-alpha.", [("TNF-alpha", "asserted")]),
        (
            "Examplene acts as a partial agonist at the serotonin 5-HT1A receptor and as an antagonist of dopamine D2 receptors.",
            [("serotonin receptors", "asserted"), ("dopamine receptors", "asserted")],
        ),
        ("Examplene is converted in the liver to barozole, which inhibits COX-2.", []),
        ("One group could not find any effect of it on microglial activation.", [("microglial activation", "negated")]),
        (
            "Contrary to what its maker states, examplene does not raise glutathione levels.",
            [("glutathione", "negated")],
        ),
        ("Examplene does not appear to slow disease progression.", [("ALS progression", "negated")]),
        ("The drug's effect on autophagy has been questioned.", [("protein homeostasis", "unclear")]),
        ("No mechanism by which examplene could affect TDP-43 is known.", [("TDP-43", "no-evidence")]),
        ("Examplene restored mitochondrial membrane potential.", [("mitochondrial membrane potential", "asserted")]),
        (
            "Examplene blocks sodium channels and, to a lesser extent, calcium channels.",
            [("sodium channels", "asserted"), ("calcium channels", "asserted")],
        ),
    ],
)
def test_how_each_of_several_is_stated(text: str, wanted: list[tuple[str, str]]) -> None:
    found = claims_of(text, "mechanism")
    assert {c.subject for c in found} <= {"Examplene"}
    assert [(c.object, c.status) for c in found] == wanted


def test_a_drug_that_is_raised_does_not_cause_what_the_treatment_does() -> None:
    found = claims_of("Examplene can increase the effect of warfarin and so raise the risk of bleeding.", "risks")
    assert [(c.subject, c.object) for c in found] == [("Examplene", "bleeding")]


def test_animals_of_a_paragraph_hold_until_others_are_named() -> None:
    text = (
        "SOD1 mice were given examplene. In a second study, it had no effect on survival. In people it lowered urate."
    )
    found = claims_of(text, "preclinical")
    assert [(c.object, c.context.species) for c in found] == [("survival", "mouse"), ("urate", "human")]


def test_what_was_seen_in_vitro_says_so() -> None:
    [claim] = claims_of("Examplene inhibited caspase-3 in vitro.", "mechanism")
    assert claim.context.model == "in vitro"


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("Examplene slows the progression of Alzheimer's disease in mice.", {"Alzheimer's disease"}),
        ("Examplene slowed the progression of the disease.", {"ALS progression"}),
        ("Examplene increased survival of cultured motor neurons.", set()),
        ("Examplene increased survival of SOD1 mice.", {"survival"}),
    ],
)
def test_progression_of_other_diseases_and_survival_of_cells_are_no_outcomes_of_als(
    text: str, things: set[str]
) -> None:
    assert {c.object for c in claims_of(text, "mechanism")} == things


def test_an_outcome_lies_in_no_animal() -> None:
    found = claims_of("No improvement in survival was seen in SOD1 mice treated with examplene.", "preclinical")
    assert [(c.subject, c.object, c.status) for c in found] == [("Examplene", "survival", "negated")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Examplene contains curcumin, which inhibits NF-kB.", ["curcumin affects NF-kB asserted decreases"]),
        ("Examplene contains several compounds that inhibit NF-kB.", []),
        (
            "Examplene is rich in polyphenols, which reduce oxidative stress.",
            ["polyphenols affects oxidative stress asserted decreases"],
        ),
        ("Examplene is rich in xyzacs, which reduce oxidative stress.", []),
        ("Examplene is a prodrug of xyzac, an inhibitor of COX-2.", []),
        ("Examplene is a prodrug of xyzac, a COX-2 inhibitor.", []),
        ("Examplene contains curcumin and lowers TNF-alpha.", ["Examplene affects TNF-alpha asserted decreases"]),
        ("Examplene both raises and lowers dopamine.", ["Examplene affects dopamine asserted unknown"]),
        ("Examplene may improve or worsen sleep.", ["Examplene affects sleep hypothesised unknown"]),
        (
            "Examplene raises IL-10 and lowers IL-6.",
            ["Examplene affects IL-10 asserted increases", "Examplene affects IL-6 asserted decreases"],
        ),
        (
            "Reactive oxygen species damage mitochondria, and damaged mitochondria release superoxide.",
            [
                "oxidative stress affects mitochondrial function asserted decreases",
                "mitochondrial function affects superoxide asserted decreases",
            ],
        ),
        (
            "Examplene lowers IL-6 and TNF-alpha raises NF-kB.",
            ["Examplene affects IL-6 asserted decreases", "TNF-alpha affects NF-kB asserted increases"],
        ),
        (
            "Examplene lowers IL-6 and TNF-alpha.",
            ["Examplene affects IL-6 asserted decreases", "Examplene affects TNF-alpha asserted decreases"],
        ),
        (
            "Lowering IL-6 and NF-kB slows denervation.",
            [
                "IL-6 contributes_to denervation asserted increases",
                "NF-kB contributes_to denervation asserted increases",
            ],
        ),
        (
            "Examplene inhibits not COX-2 but GSK-3.",
            ["Examplene affects COX-2 negated decreases", "Examplene affects GSK-3 asserted decreases"],
        ),
        (
            "Examplene inhibits COX-2 but not GSK-3.",
            ["Examplene affects COX-2 asserted decreases", "Examplene affects GSK-3 negated decreases"],
        ),
        ("Examplene lowers IL-6 in rats but not in mice.", ["Examplene affects IL-6 asserted decreases"]),
        (
            "Examplene reduces oxidative stress not by inhibiting COX-2 but by activating Nrf2.",
            [
                "Examplene affects oxidative stress asserted decreases",
                "Examplene affects COX-2 negated decreases",
                "Examplene affects Nrf2 signalling asserted increases",
            ],
        ),
        (
            "Examplene is a weak agonist at the sigma-1 receptor and a potent inhibitor of acetylcholinesterase.",
            [
                "Examplene affects sigma-1 receptor asserted increases",
                "Examplene affects acetylcholinesterase asserted decreases",
            ],
        ),
        (
            "Examplene neither prolonged survival nor delayed onset.",
            ["Examplene affects survival negated increases", "Examplene affects ALS onset negated decreases"],
        ),
        (
            "Examplene does not cross the blood-brain barrier and therefore cannot reduce neuroinflammation.",
            ["Examplene affects neuroinflammation negated decreases"],
        ),
        ("Motor function did not improve on examplene.", ["Examplene affects motor function negated increases"]),
        ("Survival was shorter in the examplene group.", ["Examplene affects survival asserted decreases"]),
        ("Depression improved with examplene.", ["Examplene ameliorates_condition depression asserted decreases"]),
        ("Survival improved after examplene was stopped.", []),
        ("Survival improved and oxidative stress was old.", []),
        ("Motor function did not improve.", []),
        (
            "Cell work suggests that, although leucine inhibits mTOR, the same effect was not seen with valine.",
            ["leucine affects mTOR asserted decreases"],
        ),
        ("Examplene prolonged progression-free survival.", ["Examplene affects survival asserted increases"]),
        ("Examplene acts by blocking virus replication and alerting cells to oxidative stress.", []),
        (
            "Examplene works by lowering IL-6 and raising IL-10.",
            ["Examplene affects IL-6 asserted decreases", "Examplene affects IL-10 asserted increases"],
        ),
        (
            "Inhibition of COX-2 and NF-kB decreases inflammation.",
            [
                "COX-2 contributes_to inflammation asserted increases",
                "NF-kB contributes_to inflammation asserted increases",
            ],
        ),
        (
            "Examplene, a precursor of glutathione, reduces oxidative stress.",
            ["Examplene affects oxidative stress asserted decreases"],
        ),
        (
            "Examplene reduces TNF-alpha release and improves survival.",
            ["Examplene affects TNF-alpha asserted decreases", "Examplene affects survival asserted increases"],
        ),
        (
            "Microglia release cytokines and nitric oxide damages mitochondria.",
            ["nitric oxide affects mitochondrial function asserted decreases"],
        ),
        (
            "Examplene may provide a way to slow ALS progression.",
            ["Examplene affects ALS progression hypothesised decreases"],
        ),
        (
            "Examplene, which lowers TNF-alpha, did not slow ALS progression.",
            ["Examplene affects TNF-alpha asserted decreases", "Examplene affects ALS progression negated decreases"],
        ),
        (
            "There is no proof that examplene, an inhibitor of TNF-alpha, slows ALS progression.",
            ["Examplene affects ALS progression no-evidence decreases"],
        ),
        (
            "We do not think that examplene slows ALS progression.",
            ["Examplene affects ALS progression negated decreases"],
        ),
        (
            "This does not prove that examplene slows ALS progression.",
            ["Examplene affects ALS progression unclear decreases"],
        ),
        (
            "Although examplene lowers TNF-alpha, the same was not seen with minocycline.",
            ["Examplene affects TNF-alpha asserted decreases"],
        ),
        ("Mitochondrial dysfunction is found in motor neurons.", []),
    ],
)
def test_who_does_what_in_joined_statements(text: str, told: list[str]) -> None:
    found = [" ".join((c.subject, c.predicate, c.object, c.status, c.polarity)) for c in claims_of(text, "mechanism")]
    assert found == told
