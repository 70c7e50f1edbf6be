"""Signs rule out only what no rule could have found."""

import re
from typing import Final

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alsu_kg.documents import load_vocabulary
from alsu_kg.extraction import (
    cases,
    disclosures,
    dosing,
    evidence_table,
    harm_scope,
    monitoring,
    quantities,
    risks,
    taken_beside,
    trial_people,
    trials,
)
from alsu_kg.extraction.claims import clauses
from alsu_kg.extraction.claims.sentence_claims import find_all_terms, read_claims
from alsu_kg.extraction.known_words import KnownWords
from alsu_kg.extraction.lead_words import LeadWords
from alsu_kg.extraction.pointer_groups import Found
from alsu_kg.extraction.sections import Passage
from alsu_kg.extraction.sentences import Sentence, read_sentences
from alsu_kg.extraction.signs import EVERY_SIGN, RULE_STEMS, RULES, WordSigns, sign
from alsu_kg.extraction.terms import index_terms
from alsu_kg.model.document import Text
from alsu_kg.model.review import Status

ADVICE: Final = (
    disclosures._NOT_ADVISED.pattern,
    disclosures._SUPPORTS_STUDY.pattern,
    disclosures._FIRMLY.pattern,
    disclosures._TOO_LITTLE.pattern,
    disclosures._NOT_ENOUGH.pattern,
    disclosures._REASONABLE.pattern,
)
# Every pattern that runs only where a sign allows it, with that sign.
GATED: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (clauses._DOES_ALSO, "do"),
    (cases._COUNT, "person"),
    (cases._AGED, "aged"),
    (cases._ASSIGNS, "grade"),
    (cases._ONLINE, "online"),
    (cases._OWN, "own-patients"),
    (cases._WEBSITE, "website"),
    (cases._MEASURE, "measure"),
    (taken_beside._TAKEN, "taken"),
    (cases._CHANGED, "fared"),
    (cases._UNTOLD, "untold"),
    (cases._NO_EFFECT, "no-effect"),
    (cases._VALIDATED, "validated"),
    (trial_people._COUNT, "participant"),
    (trial_people._LEFT, "left"),
    (trials._ANOTHER, "trial"),
    (trials._REGISTRY, "registry"),
    (trials._COMPARATOR, "comparator"),
    (trials._RESULT, "result"),
    (trials._CHANGE, "changed"),
    (trials._BESIDE, "beside"),
    (trials._GIVEN, "given"),
    (trials._ASSIGNS, "grade"),
    (trials._DESIGN, "trial"),
    (trials._A_TRIAL, "trial"),
    (quantities.DURATION, "time"),
    (quantities.FOLLOW_UP, "follow-up"),
    (risks._AUTHORITY, "authority"),
    (harm_scope.BOXED, "warning"),
    (risks._FATAL, "fatal"),
    (risks._DEATHS_OF, "fatal"),
    (risks._SERIOUS_ONES, "serious"),
    (risks._OF_HARMS, "harms"),
    (harm_scope._OCCURS, "occurs"),
    (harm_scope._BRINGS, "occurs"),
    (risks._ASSIGNS, "grade"),
    (dosing._GIVEN, "dosed"),
    (dosing._OF_ANIMALS, "animals"),
    (dosing._MONEY.pattern, "money"),
    (harm_scope._BANS, "banned"),
    *((pattern, route) for route, _, pattern in dosing._ROUTES),
    *((pattern, "advised") for pattern in ADVICE),
    (evidence_table._ASSIGNED, "grade"),
    (evidence_table._BARE_ASSIGNED, "grade"),
)
WORDS: Final = WordSigns(RULE_STEMS)
KNOWN: Final = KnownWords(WORDS, LeadWords(), {})


@pytest.mark.slow
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.data())
def test_what_a_gated_pattern_matches_has_its_sign(data: st.DataObject) -> None:
    pattern, name = data.draw(st.sampled_from(GATED))
    text = data.draw(st.from_regex(re.compile(pattern.pattern, pattern.flags & re.IGNORECASE)))
    assert WORDS.of(text.split()) & sign(name), (name, text)


def test_every_rule_is_pinned() -> None:
    """A sign that no pattern above asks for is one of clauses or of what is monitored, which are tested below."""
    told = {name for _, name in GATED}
    assert set(RULES) - told == {"monitored", "must", "done", "conjunction", "and", "auxiliary"}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.from_regex(monitoring._MONITORED))
def test_what_is_monitored_has_its_signs(text: str) -> None:
    assert monitoring._may_be_monitored(WORDS.of(text.split()))


@settings(max_examples=300, deadline=None)
@given(st.text("abc ;,.ABUT", max_size=10), st.from_regex(clauses._BREAK), st.text("abc ;,.", max_size=10))
def test_clauses_are_the_same_with_known_words(before: str, middle: str, after: str) -> None:
    text = before + middle + after
    assert clauses.split_clauses(text, KNOWN.of(text)) == clauses.split_clauses(text)


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("Twelve Patients", "person", True),
        ("treatment", "person", False),  # "men" must be the whole word
        ("men2women", "person", True),  # digits end a word of letters, which is more than a rule needs
        ("(over\u200b-the-counter)", "own-patients", False),
        ("p\u0430tients", "person", False),
        ("per\u017fon", "person", True),  # a long s is an s where case is ignored
    ],
)
def test_signs_of_words(text: str, name: str, told: bool) -> None:
    assert bool(WORDS.of(text.split()) & sign(name)) == told


def test_a_stem_must_tell_something() -> None:
    with pytest.raises(ValueError, match="too short"):
        WordSigns([("ab",)])


def bare(sentence: Sentence) -> Sentence:
    return msgspec.structs.replace(sentence, words=None, signs=EVERY_SIGN)


PIECES: Final = (
    "Aspirin",
    "NF-κB",
    "reduces",
    "may",
    "not",
    "oxidative stress",
    "in a mouse model of ALS",
    "because it",
    "and",
    "is",
    ";",
    "no",
    "twelve patients with ALS",
    "took",
    "2 mg/kg daily",
    "withdrew",
    "placebo",
    "boxed warning for lymphoma",
    "FDA",
    "monitored every month",
    "ALSFRS-R fell from 30 to 22",
    "his website",
    "$50 per month",
    "We assign a Trials grade of “D”",
    "orally",
    "NCT01234567",
    ",",
    "(3)",
)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map(" ".join), min_size=1, max_size=5),
    st.sampled_from(["mechanism", "cases", "trials", "risks", "conclusion"]),
)
def test_readers_find_the_same_with_and_without_signs(texts: list[str], role: str) -> None:
    vocabulary = load_vocabulary()
    passage = Passage(Text(". ".join(texts)), "A heading", role, "paragraph")  # type: ignore[arg-type]
    known = read_sentences([(passage, list[Found]())], vocabulary.words)
    unknown = tuple(map(bare, known))
    own = index_terms([])
    terms = find_all_terms(known, vocabulary, own)

    def status_of(sentence: Sentence) -> Status:
        return vocabulary.status_of(sentence.text, sentence.words)

    assert terms == find_all_terms(unknown, vocabulary, own)
    for told, again in (
        (read_claims(known, terms, vocabulary, "aspirin"), read_claims(unknown, terms, vocabulary, "aspirin")),
        (cases.read_cases(known, terms, ["aspirin"], {}), cases.read_cases(unknown, terms, ["aspirin"], {})),
        (trials.read_trials(known, ["aspirin"]), trials.read_trials(unknown, ["aspirin"])),
        (risks.read_risks(known, terms, status_of, []), risks.read_risks(unknown, terms, status_of, [])),
        (monitoring.read_monitoring(known, terms), monitoring.read_monitoring(unknown, terms)),
        (dosing.read_dosing(known), dosing.read_dosing(unknown)),
        (dosing.read_costs(known), dosing.read_costs(unknown)),
        (evidence_table.read_grades([], known, None), evidence_table.read_grades([], unknown, None)),
    ):
        assert told == again
