"""The rest of ``data/reviews`` against the facts: header, sources, claims, trials, advice, related works."""

import re
from collections import Counter

from review_facts import Fact, facts, keys_of, named_studies, needs_facts, per_fact, record_of, records

from alsu_kg.model.identifier import normalise_doi, normalise_pmid

SUPPOSING = re.compile(
    r"\b(may|might|could|possibl[ey]|probably|likely|proposed|suggest\w*|said to|claimed|in theory|unproven|aim\w*)\b",
    re.IGNORECASE,
)
# The paraphrase supposes something else in the same breath; these parts of it are stated as seen or known.
STATED_BESIDE_A_SUPPOSITION = {
    ("Acetyl-L-Carnitine", "energy metabolism"),  # blood ATP was raised; mitochondria are what it suggests
    ("Bee venom", "neuroinflammation"),  # changed in animal studies; "might help" is about patients
    ("Bee venom", "motor preservation"),
    ("Glucocorticoid corticosteroids", "immune modulation"),  # a transient effect was seen
    ("Inosine", "urate"),  # raises urate; that urate protects neurons is supposed
    ("Perampanel", "AMPA receptor"),  # blocks the receptor; less excitotoxicity is supposed
    ("Vinpocetine", "neuroinflammation"),  # shown in a human trial
}


@needs_facts
def test_every_record_has_its_fact() -> None:
    assert sorted(record_of(fact).record for fact in facts()) == sorted(r.record for r in records().values())


@needs_facts
@per_fact()
def test_bibliography_is_that_of_the_facts(fact: Fact) -> None:
    review = record_of(fact).review
    assert review.number == fact.number
    assert review.title == fact.title
    assert review.doi == (normalise_doi(fact.doi) if fact.doi else None)
    assert review.pmid == (normalise_pmid(fact.pmid) if fact.pmid else None)
    assert review.url == fact.url
    assert review.published == (fact.published or (str(fact.year) if fact.year else None))
    assert review.updated == fact.last_site_update
    assert review.first_author == fact.first_author
    numbers = [review.volume, *(review.issue or "").split("-"), review.first_page, review.last_page]
    assert [n for n in numbers if n] == re.findall(r"\d+", fact.volume_pages or "")


@needs_facts
@per_fact(whole=False)
def test_treatment_is_that_of_the_facts(fact: Fact) -> None:
    record = record_of(fact)
    if record.treatment:
        assert list(record.treatment.aliases) == fact.aliases
    part_of = record.review.part_of
    expected = fact.part_of_review
    assert (part_of.label if part_of else None) == (expected.treatment if expected else None)
    if part_of and expected and expected.number:
        assert part_of.review == str(expected.number)


@needs_facts
@per_fact()
def test_no_source_is_lost_or_added(fact: Fact) -> None:
    record = record_of(fact)
    held = [keys_of(record, source) for source in dict.fromkeys(fact.sources)]
    assert all(len(keys) == 1 for keys in held), f"{record.record} lacks one of {fact.sources}"
    assert set().union(*held) == {source.key for source in record.sources}


@needs_facts
@per_fact(whole=False)
def test_claims_are_the_mechanisms_of_the_facts(fact: Fact) -> None:
    record = record_of(fact)
    expected = [(target, m.claim, keys_of(record, m.source)) for m in fact.mechanisms for target in m.targets]
    assert [(c.object, c.note, {c.stated_in}) for c in record.claims] == expected
    assert {c.subject for c in record.claims} <= {fact.treatment}


@needs_facts
@per_fact(whole=False)
def test_what_is_only_supposed_is_not_asserted(fact: Fact) -> None:
    for claim in record_of(fact).claims:
        if claim.status == "asserted" and SUPPOSING.search(claim.note or ""):
            assert (claim.subject, claim.object) in STATED_BESIDE_A_SUPPOSITION, claim


@needs_facts
@per_fact(whole=False)
def test_trials_are_those_of_the_facts(fact: Fact) -> None:
    """What the facts list as a trial but is none (animal studies, a meta-analysis) stands among the related works."""
    record = record_of(fact)
    no_trials = [work for work in record.related_works if work.role in ("preclinical", "meta-analysis")]
    elsewhere = [work.note for work in no_trials if work.note]
    held = [*(trial.note for trial in record.trials), *elsewhere]
    assert Counter(held) == Counter(fact.trials_mentioned)
    for trial in record.trials:
        note = (trial.note or "").replace(",", "")
        assert trial.outcome
        numbers = [trial.participants, trial.dose and trial.dose.amount, trial.duration and trial.duration.amount]
        for number in (n for n in numbers if n and n != 1):
            assert re.search(rf"\b{number:g}\b", note), f"{number} is not in {note!r}"
        assert trial.registry_id is None or trial.registry_id in note


@needs_facts
@per_fact(whole=False)
def test_advice_is_that_of_the_facts(fact: Fact) -> None:
    advice = record_of(fact).advice
    stated = fact.conclusion_advice
    assert (advice and (advice.category, advice.note)) == (stated and (stated.category, stated.paraphrase))


@needs_facts
@per_fact()
def test_related_pmids_are_those_of_the_facts(fact: Fact) -> None:
    record = record_of(fact)
    snapshots = {source.key for source in record.sources if source.kind == "third-party"}
    held = Counter((w.role, w.pmid) for w in record.related_works if w.pmid and w.stated_in in snapshots)
    preclinical = [("preclinical", pmid) for pmid in set(fact.preclinical_pmids)]
    assert held == Counter(preclinical + [("trials", pmid) for pmid in set(fact.trials_pmids)])


@needs_facts
def test_studies_named_on_review_pages_are_related_works() -> None:
    record_by_label = {fact.treatment: record_of(fact) for fact in facts()}
    expected = Counter(
        (
            study.treatment,
            study.journal,
            study.year,
            study.volume,
            (study.pages or "").split("-")[0] or None,
            normalise_doi(study.doi) if study.doi else None,
            study.pmid,
            study.nct,
            study.source,
        )
        for study in named_studies()
    )
    held = Counter(
        (label, w.container, w.year, w.volume, w.first_page, w.doi, w.pmid, w.registry_id, source.url)
        for label, record in record_by_label.items()
        for w in record.related_works
        for source in record.sources
        if source.key == w.stated_in and source.kind == "review-page"
    )
    assert expected
    assert held == expected
