"""Claims from sentences of our own: what is claimed, how surely, in which direction, where."""

import pytest
from claim_sentences import read_cases, score

from alsu_kg.documents import load_vocabulary, parse_document
from alsu_kg.extraction.claims import find_all_terms, read_claims
from alsu_kg.extraction.record import extract_record
from alsu_kg.extraction.sections import Passage
from alsu_kg.extraction.sentences import read_sentences
from alsu_kg.extraction.treatment_kind import read_treatment_kind
from alsu_kg.extraction.vocabulary import Term, index_terms
from alsu_kg.model.document import Text
from alsu_kg.model.review import Claim, SectionRole

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
    ("We found no studies of examplene in animal models.", "preclinical", ()),
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


@pytest.mark.parametrize(("name", "least"), [("dev", 0.92), ("held", 0.92), ("dev2", 0.8), ("held2", 0.8)])
def test_claims_of_the_sentence_file(name: str, least: float) -> None:
    """Half of the sentences were not looked at while the rules were written (totals in tests/benchmarks/bench_claims.py)."""
    total = score(case for case in read_cases() if case.name == name)["all"]
    assert total.precision >= 0.93, total
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
    for hedge in ("may", "might", "could", "may possibly"):
        for claim in claims_of(f"Examplene {hedge} reduce oxidative stress.", "mechanism"):
            assert claim.status in ("hypothesised", "speculated"), hedge
