"""Cases, trials, harms, tests, doses, prices and interests from passages of our own about an invented treatment.

The passages marked held were written before the rules and not looked at while these were made.
"""

from collections.abc import Sequence

import pytest

from alsu_kg.documents import load_vocabulary
from alsu_kg.extraction.cases import read_cases
from alsu_kg.extraction.claims.sentence_claims import find_all_terms
from alsu_kg.extraction.disclosures import read_advice, read_disclosures
from alsu_kg.extraction.dosing import read_costs, read_dosing
from alsu_kg.extraction.monitoring import read_monitoring
from alsu_kg.extraction.pointer_groups import Found
from alsu_kg.extraction.quantities import duration_in
from alsu_kg.extraction.risks import read_risks
from alsu_kg.extraction.sections import Passage
from alsu_kg.extraction.sentences import Sentence, read_sentences
from alsu_kg.extraction.terms import Term, index_terms
from alsu_kg.extraction.trials import read_trials
from alsu_kg.model.document import Text
from alsu_kg.model.review import Case, Risk, SectionRole

NAMES = ("Examplene", "EXA")
OWN = index_terms([(name, Term("Examplene", "treatment")) for name in NAMES])
PER_MONTH = "every two weeks for the first three months and monthly thereafter"


def sentences_of(text: str, role: SectionRole) -> tuple[Sentence, ...]:
    """Give the sentences of ``text``; ``(4)`` is a citation."""
    found = [
        Found(i, i + 3, (int(text[i + 1]),)) for i in range(len(text) - 2) if text[i] == "(" and text[i + 2] == ")"
    ]
    told = [one for one in found if text[one.start + 1].isdigit()]
    return read_sentences([(Passage(Text(text), "A heading", role, "paragraph"), told)], load_vocabulary().words)


def cases_of(text: str) -> tuple[Case, ...]:
    told = sentences_of(text, "cases")
    return read_cases(told, find_all_terms(told, load_vocabulary(), OWN), NAMES, dict.fromkeys(range(10), "article"))


def risks_of(text: str) -> tuple[Risk, ...]:
    told = sentences_of(text, "risks")
    words = load_vocabulary()
    terms = find_all_terms(told, words, OWN)
    return read_risks(told, terms, lambda sentence: words.status_of(sentence.text, sentence.words), [])


Trial = tuple[
    int | None, tuple[float, str, str | None] | None, tuple[float, str] | None, str | None, Sequence[str], int | None
]
TRIALS: tuple[tuple[str, tuple[Trial, ...]], ...] = (
    (
        "In an open-label study, twenty-four people with ALS took examplene 600 mg twice daily for six months (4). "
        "Three dropped out "
        "because of nausea. Scores did not change at a different rate than those of untreated controls.",
        ((24, (600, "mg", "twice daily"), (6, "month"), "untreated controls", (), 3),),
    ),
    (  # held
        "A randomized trial compared examplene (1,200 mg/day; n = 40) with placebo (n = 38) over 48 weeks (5). Eleven participants "
        "discontinued treatment.",
        ((78, (1200, "mg", "day"), (48, "week"), "placebo", (), 11),),
    ),
    (
        "One hundred and ten PALS were randomised to examplene 10 mg/kg/day or placebo for 12 months (6). A second "
        "trial enrolled 36 "
        "patients and gave examplene 5 g per day for 9 months alongside riluzole (7).",
        (
            (110, (10, "mg/kg", "day"), (12, "month"), "placebo", (), None),
            (36, (5, "g", "day"), (9, "month"), None, ("riluzole",), None),
        ),
    ),
    (  # held
        "Of 65 patients with sporadic ALS who were enrolled, 12 withdrew (8). They received examplene 2 g three times "
        "a day for a year.",
        ((65, (2, "g", "three times daily"), (1, "year"), None, (), 12),),
    ),
    (
        "A randomised study of examplene was done in one country. Thirty people with ALS took part for a year (4). In "
        "a later study, 20 "
        "people took 4 g a day (5).",
        ((30, None, (1, "year"), None, (), None), (20, (4, "g", "day"), None, None, (), None)),
    ),
    (
        "Forty patients received examplene and 38 placebo for 24 weeks (4).",
        ((78, None, (24, "week"), "placebo", (), None),),
    ),
    (
        "The dose was titrated in 25 people with ALS to blood levels of 7-8 mg/dL (4).",
        ((25, None, None, None, (), None),),
    ),
)


@pytest.mark.parametrize(("text", "wanted"), TRIALS)
def test_trials(text: str, wanted: tuple[Trial, ...]) -> None:
    found = tuple(
        (
            t.participants,
            (t.dose.amount, t.dose.unit, t.dose.per) if t.dose else None,
            (t.duration.amount, t.duration.unit) if t.duration else None,
            t.comparator,
            t.co_treatment,
            t.withdrawals,
        )
        for t in read_trials(sentences_of(text, "trials"), NAMES)
    )
    assert found == wanted


def test_a_case_with_all_that_was_taken_and_measured() -> None:
    (case,) = cases_of(
        "A 52-year-old woman with limb-onset ALS took examplene together with vitamin E, creatine and zinc for eight "
        "months (9). Her "
        "ALSFRS-R rose from 31 to 38."
    )
    assert (case.participants, case.source) == (1, "published case report")
    assert case.co_interventions == ("vitamin E", "creatine", "zinc")
    assert [(m.name, m.before, m.after) for m in case.measures] == [("ALSFRS-R", 31, 38)]


def test_one_of_several_is_told_of_beside_them() -> None:
    several, one = cases_of(
        "On an online forum, five people with ALS reported using examplene. One of them, who also took magnesium, described better "
        "speech; his FVC went from 61% to 70%."
    )
    assert (several.participants, several.source, several.co_interventions) == (5, "online community", ())
    assert (one.participants, one.co_interventions) == (1, ("magnesium",))
    assert [(m.before, m.after) for m in one.measures] == [(61, 70)]


def test_a_range_is_no_change() -> None:
    (case,) = cases_of("One patient took examplene (9). Her ALSFRS-R ranged from 20 to 31.")
    assert case.measures == ()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Examplene carries a boxed warning because of suicidal thoughts. Common side effects are nausea, dry mouth "
            "and blurred vision. "
            "Rarely, fatal liver failure has occurred.",
            [
                ("suicidal thoughts", "boxed warning"),
                ("nausea", None),
                ("dry mouth", None),
                ("blurred vision", None),
                ("liver toxicity", "fatal"),
            ],
        ),
        (  # held
            "Examplene can cause itching, palpitations and, in rare cases, severe pancreatitis. It has not been linked to cancer.",
            [("itching", None), ("palpitations", None), ("pancreatitis", "serious")],
        ),
        (
            "Serious side effects include seizures, stroke and heart failure. It is approved for treating migraine.",
            [("seizure", "serious"), ("stroke", "serious"), ("heart failure", "serious")],
        ),
        ("Liver function should be monitored because of liver injury seen with other drugs.", []),
    ],
)
def test_harms(text: str, wanted: list[tuple[str, str | None]]) -> None:
    assert [(risk.effect, risk.seriousness) for risk in risks_of(text)] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            f"Liver enzymes and blood counts should be checked {PER_MONTH}.",
            [("Liver enzymes", PER_MONTH), ("blood counts", PER_MONTH)],
        ),
        (
            "An electrocardiogram is advised before starting treatment.",
            [("electrocardiogram", "before starting treatment")],
        ),
        (  # held
            "Blood pressure must be measured weekly during the first month. Patients should have their blood glucose "
            "tested every six months.",
            [("Blood pressure", "weekly during the first month"), ("blood glucose", "every six months")],
        ),
    ],
)
def test_monitoring(text: str, wanted: list[tuple[str, str]]) -> None:
    told = sentences_of(text, "risks")
    assert [(m.test, m.schedule) for m in read_monitoring(told, find_all_terms(told, load_vocabulary(), OWN))] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The usual dose is 1,000–2,000 mg by mouth b.i.d.",
            [(1000, "mg", "twice daily"), (2000, "mg", "twice daily")],
        ),
        ("It can be infused at 25 mg/kg weekly.", [(25, "mg/kg", "week")]),
        ("Doses between 5 and 10 grams a day have been used.", [(5, "g", "day"), (10, "g", "day")]),  # held
        ("The dose is 1.5 mg to 4.5 mg daily.", [(1.5, "mg", "day"), (4.5, "mg", "day")]),
        ("It is given at 100 mg every 14 days.", [(100, "mg", "14 days")]),
        ("A daily oral dose of 50 mg is given.", [(50, "mg", "day")]),
        ("The dose is 2 tablespoons 3 times a day.", [(2, "tablespoon", "three times daily")]),
        ("The dose is set to reach 8 mg/dL.", []),
    ],
)
def test_doses(text: str, wanted: list[tuple[float, str, str]]) -> None:
    assert [(d.amount, d.unit, d.per) for d in read_dosing(sentences_of(text, "risks"))] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A one month supply costs $50 to $100.", [(50, 100, "USD", "month")]),
        ("Infusions are €1,200 each.", [(1200, 1200, "EUR", "infusion")]),
        (  # held
            "It costs about US $45 for a bottle of 60 capsules, or roughly 90 dollars per month.",
            [(45, 45, "USD", "bottle"), (90, 90, "USD", "month")],
        ),
        ("In Britain the price is £30–£40 a week.", [(30, 40, "GBP", "week")]),
        ("The procedure costs $20,000 to $1.5 million.", [(20_000, 1_500_000, "USD", None)]),
        ("A bottle holds two pounds of compound.", []),
    ],
)
def test_prices(text: str, wanted: list[tuple[float, float, str, str | None]]) -> None:
    assert [(c.low, c.high, c.currency, c.per) for c in read_costs(sentences_of(text, "risks"))] == wanted


def test_interests() -> None:  # held
    text = (
        "Dr. Jane Roe serves on an advisory board for Acme Pharma and holds stock in Bolt Bio. John Doe has received "
        "research funding "
        "from the National Institutes of Health. The other authors have nothing to declare."
    )
    assert [(d.person, d.kind, d.organisation) for d in read_disclosures(sentences_of(text, "disclosures"))] == [
        ("Dr. Jane Roe", "consulting support", "Acme Pharma"),
        ("Dr. Jane Roe", "other", "Bolt Bio"),
        ("John Doe", "research support", "National Institutes of Health"),
    ]


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("We cannot recommend examplene. We hope to see a trial of it.", "not advised"),
        ("We support a trial of examplene, but we cannot yet recommend it as a treatment.", "trial supported"),
        ("There is not enough information to recommend examplene.", "insufficient evidence"),
        ("We believe there is a need for further trials of examplene.", "trial supported"),
        ("We feel there is sufficient evidence to consider examplene.", "reasonable to try"),
        ("Examplene is made from a plant.", None),
    ],
)
def test_advice(text: str, category: str | None) -> None:
    advice = read_advice(sentences_of(text, "conclusion"))
    assert (advice.category if advice else None) == category


@pytest.mark.parametrize(
    ("text", "months"),
    [("a 15-month open label study", 15), ("a duration of 18 months", 18), ("a woman with a 21-month history", None)],
)
def test_durations(text: str, months: float | None) -> None:
    found = duration_in(text)
    assert (found.amount if found else None) == months


def test_numbers_of_several_trials_are_those_of_none() -> None:
    told = "A trial gave 16 people with ALS examplene (4). It was followed by three placebo-controlled trials in 84, 171 and 214 "
    told += "people with ALS, none of which showed a benefit (5). One of these was stopped early."
    first, others = read_trials(sentences_of(told, "trials"), NAMES)
    assert (first.participants, first.outcome) == (16, None)
    assert (others.participants, others.withdrawals, others.co_treatment) == (None, None, ())


def test_phase_of_a_trial_is_no_number_of_people() -> None:
    [trial] = read_trials(
        sentences_of("A phase 2 trial of 40 patients saw no difference in speed [4].", "trials"), NAMES
    )
    assert (trial.participants, trial.outcome) == (40, "no difference in speed")


def test_a_mixed_outcome_is_told_whole() -> None:
    text = "On a forum, 12 people with ALS reported taking examplene; 2 perceived moderate benefit and 10 no benefit."
    [case] = cases_of(text)
    assert (case.participants, case.outcome) == (12, text)


def test_each_part_of_a_sentence_has_its_own_schedule() -> None:
    told = sentences_of(
        "Blood counts should be checked weekly; kidney function should be tested every 6 months.", "risks"
    )
    found = read_monitoring(told, find_all_terms(told, load_vocabulary(), OWN))
    assert [(m.test, m.schedule) for m in found] == [("Blood counts", "weekly"), ("kidney function", "every 6 months")]


def test_amounts_are_nothing_that_was_taken_beside() -> None:
    [case] = cases_of(
        "A 45-year-old man with ALS took examplene 1,000 mg daily for 8 months. He also used riluzole and 500 mg of vitamin C."
    )
    assert case.co_interventions == ("riluzole", "vitamin C")


def test_participants_of_a_trial_that_stopped_did_not_leave_it() -> None:
    [trial] = read_trials(
        sentences_of("A phase III trial of 442 participants stopped early for futility (5).", "trials"), NAMES
    )
    assert (trial.participants, trial.withdrawals) == (442, None)
    [trial] = read_trials(
        sentences_of("A trial of examplene enrolled 30 people; 6 of 30 patients withdrew (5).", "trials"), NAMES
    )
    assert (trial.participants, trial.withdrawals) == (30, 6)


def test_how_often_within_a_month_is_no_length() -> None:
    told = sentences_of("In a trial, 20 patients took examplene on 14 of 28 days for 24 weeks (3).", "trials")
    [trial] = read_trials(told, NAMES)
    assert trial.duration is not None
    assert (trial.duration.amount, trial.duration.unit) == (24, "week")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "It should not be combined with monoamine oxidase inhibitors because of a risk of serotonin syndrome.",
            [("serotonin syndrome", None, "asserted")],
        ),
        (
            "Examplene did not cause nausea, vomiting or headache, but dizziness was common.",
            [(x, None, "negated") for x in ("nausea", "vomiting", "headache")] + [("dizziness", None, "asserted")],
        ),
        ("Examplene does not appear to prolong the QT interval.", [("arrhythmia", None, "negated")]),
        (
            "Rare cases of liver failure, one of them fatal, have been described.",
            [("liver toxicity", "fatal", "asserted")],
        ),
        ("One person developed acute liver failure and died.", [("liver toxicity", "fatal", "asserted")]),
        ("It carries no boxed warning but can cause seizures.", [("seizure", None, "asserted")]),
        (
            "Examplene carries a boxed warning for hepatotoxicity and lactic acidosis; other side effects include nausea.",
            [(x, "boxed warning", "asserted") for x in ("liver toxicity", "lactic acidosis")]
            + [("nausea", None, "asserted")],
        ),
        ("It has a boxed warning for weltschmerz in the elderly.", [("weltschmerz", "boxed warning", "asserted")]),
        ("People with kidney stones should avoid it.", []),
    ],
)
def test_reach_of_warnings_and_denials(text: str, wanted: list[tuple[str, str | None, str]]) -> None:
    assert [(r.effect, r.seriousness, r.status) for r in risks_of(text)] == wanted


def test_tests_that_share_a_noun() -> None:
    told = sentences_of("Thyroid and kidney function should be checked every 6 months.", "risks")
    found = read_monitoring(told, find_all_terms(told, load_vocabulary(), OWN))
    assert [(m.test, m.schedule) for m in found] == [
        ("Thyroid function", "every 6 months"),
        ("kidney function", "every 6 months"),
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Manufacturers recommend one to two 500 mg capsules by mouth daily.",
            [(500, "mg", "day"), (1000, "mg", "day")],
        ),
        ("Some people take 5 mL (one teaspoon) of the tincture twice a day.", [(5, "mL", "twice daily")]),
        ("The usual dose of 50 mg twice daily costs about $300 per month.", [(50, "mg", "twice daily")]),
        ("A bottle of 60 capsules of 500 mg costs $20.", []),
        ("The usual dose is 50 mg daily. At 50 mg daily, a dose costs $3.", [(50, "mg", "day")]),
    ],
)
def test_doses_of_pieces_and_beside_prices(text: str, wanted: list[tuple[float, str, str]]) -> None:
    assert [(d.amount, d.unit, d.per) for d in read_dosing(sentences_of(text, "risks"))] == wanted


def test_who_left_of_two_groups() -> None:
    told = sentences_of(
        "A trial randomized 43 patients with ALS to examplene or placebo (5). Six patients in the examplene group and two in "
        "the placebo group discontinued the study drug.",
        "trials",
    )
    [trial] = read_trials(told, NAMES)
    assert (trial.participants, trial.withdrawals) == (43, 8)


def test_a_trial_in_another_disease_says_so() -> None:
    told = sentences_of("In a large trial in Parkinson's disease (5), 240 patients took examplene.", "trials")
    assert [(t.participants, t.population) for t in read_trials(told, NAMES)] == [
        (240, "people with Parkinson's disease")
    ]


def test_a_patient_of_a_colleague_is_none_of_a_forum() -> None:
    forum, own, other = cases_of(
        "PatientsLikeMe lists 23 members with ALS who have tried examplene. Of 11 who rated it, nine saw no effect. One of our "
        "reviewers has a patient who took it along with curcumin and zinc. A man in his forties had been treated with examplene "
        "50 mg together with lithium and vitamin D (4)."
    )
    assert (forum.participants, forum.co_interventions) == (23, ())
    assert (own.participants, own.source, own.co_interventions) == (1, "personal communication", ("curcumin", "zinc"))
    assert (other.participants, other.co_interventions) == (1, ("lithium", "vitamin D"))


def test_interests_after_a_company_and_of_a_group() -> None:
    text = (
        "The ALSUntangled group is funded by the Acme Center. Ann Lee is an employee of Foo Ltd. Bo Ray has stock in Bar. "
        "Cy Poe is supported by a grant from the Baz Institute."
    )
    found = [(d.person, d.kind, d.organisation) for d in read_disclosures(sentences_of(text, "disclosures"))]
    assert found == [
        ("ALSUntangled", "sponsorship", "Acme Center"),
        ("Ann Lee", "other", "Foo Ltd"),
        ("Bo Ray", "other", "Bar"),
        ("Cy Poe", "research support", "Baz Institute"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "We do not know what dose would be needed in ALS; in mice, 100 mg/kg per day was given.",
        "Doses above 2,000 IU daily should be avoided.",
    ],
)
def test_what_animals_got_and_what_is_too_much_is_no_dose(text: str) -> None:
    assert read_dosing(sentences_of(text, "risks")) == ()


def test_a_supply_for_days_is_not_paid_by_the_day() -> None:
    [cost] = read_costs(sentences_of("A 30-day supply of 20 mg tablets costs around 75 EUR.", "risks"))
    assert (cost.low, cost.currency, cost.per) == (75, "EUR", None)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Hypertension may occur (4).", ["hypertension"]),
        ("Depression and hypertension have been reported.", ["depression", "hypertension"]),
        ("New-onset diabetes was observed in 3% of patients.", ["diabetes"]),
        ("It may lead to gout.", ["gout"]),
        ("Examplene may be used, and in some people gout developed.", ["gout"]),
        ("Hypertension may limit its use.", []),
        ("Hypertension did not occur.", []),
        ("Hypertension may occur in the placebo group.", []),
        ("Depression may occur in people with ALS.", []),
        ("Epilepsy can occur at any age.", []),
        ("Gout occurs spontaneously.", []),
        ("Dementia has been reported to improve.", []),
        ("Improvement of asthma has been reported.", []),
        ("Smoking may lead to stroke.", []),
        ("Untreated hypertension can lead to stroke.", []),
    ],
)
def test_a_disease_is_a_harm_where_it_is_said_to_occur(text: str, wanted: list[str]) -> None:
    assert [risk.effect for risk in risks_of(text)] == wanted
