"""Claims compared with cited works: the labelled pairs, the seed's reference 11, and what may never be concluded."""

import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from bench_aboutness import Pair, judge_pair, read_pairs, read_recorded

from alsu_kg.aboutness_words import load_shared_words
from alsu_kg.analysis.aboutness import CitedText
from alsu_kg.analysis.citations import judge_citations, read_as_printed
from alsu_kg.assets import find_asset
from alsu_kg.model.aboutness import NOT_ABOUT
from alsu_kg.records import read_record

WORDS = load_shared_words(with_vocabularies=False)
PAIRS = read_pairs()


def status(pair: Pair) -> str:
    return judge_pair(pair, WORDS).status


def pair(subject: str, target: str, cited: CitedText) -> Pair:
    return Pair("", subject, target, cited, "")


@pytest.mark.parametrize(
    "pair", [one for one in PAIRS if one.set == "dev"], ids=lambda one: f"{one.subject}-{one.cited.title}"[:60]
)
def test_every_pair_that_rules_were_written_by(pair: Pair) -> None:
    assert status(pair) == pair.expected


def test_most_pairs_that_were_kept_apart() -> None:
    """A floor, so that a change of rules that harms unseen pairs is seen; the figures are those of the benchmark."""
    held = [one for one in PAIRS if one.set == "held"]
    table = Counter((one.expected, status(one)) for one in held)
    assert sum(count for (expected, said), count in table.items() if expected == said) >= 0.8 * len(held)
    assert sum(table["about-it", said] for said in NOT_ABOUT) <= 1


def test_the_pairs_are_many_and_fall_into_all_classes() -> None:
    assert len(PAIRS) >= 60
    for half in ("dev", "held"):
        assert len({one.expected for one in PAIRS if one.set == half}) == 4


@pytest.mark.skipif(not read_recorded(), reason="the recorded replies of ../shared/responses are not here")
def test_recorded_articles_are_not_accused_and_most_are_right() -> None:
    recorded = read_recorded()
    assert not [one for one in recorded if one.expected == "about-it" and status(one) in NOT_ABOUT]
    assert sum(status(one) == one.expected for one in recorded) >= 0.9 * len(recorded)


def test_the_seeds_reference_11_is_found_by_its_title_alone() -> None:
    record = read_record(find_asset("data/reviews/azathioprine.yaml"))
    checks = judge_citations(record, read_as_printed(record), WORDS)
    assert {(check.reference, check.title_names) for check in checks if check.title_names} == {
        (11, "Brucea javanica oil emulsion")
    }
    assert not [check for check in checks if check.status in NOT_ABOUT], "a title alone accuses nobody"


TEXT = "The work was done in forty people over two years and is told here at a length that is usual for an abstract of its kind. "


@given(st.text(max_size=80))
@pytest.mark.slow
def test_a_title_alone_never_says_that_something_is_not_mentioned(title: str) -> None:
    assert status(pair("azathioprine", "NF-kB", CitedText(title=title))) in ("about-it", "could-not-check")


@given(st.sampled_from(["azathioprine", "Imuran", "AZATHIOPRINE", "Azathioprine"]), st.text(max_size=60))
def test_a_work_that_names_the_subject_is_never_said_not_to(name: str, more: str) -> None:
    cited = CitedText(title="A study", abstract=f"{TEXT}{name} was given. {TEXT}{more}")
    assert status(pair("azathioprine", "NF-kB", cited)) != "not-mentioned"


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("NF-kB", "NF-κB"), ("NF-kB", "NFκB"), ("NF-kB", "NF-kappa B"), ("NF-kB", "nuclear factor-kappaB"),
        ("azathioprine", "azathioprine sodium"), ("lithium carbonate", "lithium"), ("TNF-alpha", "TNF-α"),
        ("amyotrophic lateral sclerosis", "ALS"), ("motor neuron disease", "motor neurone disease"),
        ("inflammatory cytokines", "pro-inflammatory cytokine"), ("vitamin E", "Vitamin E"),
    ],
)  # fmt: skip
def test_names_in_other_clothes(word: str, text: str) -> None:
    cited = CitedText(title="A study", abstract=f"{TEXT}We looked at {text} and azathioprine. {TEXT}")
    assert judge_pair(pair("azathioprine", word, cited), WORDS).status == "about-it"


def test_an_abbreviation_that_the_text_defines_otherwise_is_no_name() -> None:
    other = CitedText(title="A study", abstract=f"{TEXT}We gave azacitidine (AZA) daily. AZA lowered NF-κB. {TEXT}")
    own = CitedText(title="A study", abstract=f"{TEXT}We gave azathioprine (AZA) daily. AZA lowered NF-κB. {TEXT}")
    assert status(pair("azathioprine", "NF-kB", other)) == "not-mentioned"
    assert status(pair("azathioprine", "NF-kB", own)) == "about-it"


def test_nothing_to_read_is_said() -> None:
    assert judge_pair(pair("azathioprine", "NF-kB", CitedText()), WORDS).reason == "nothing to read"


def test_headings_alone_never_accuse() -> None:
    cited = CitedText(title="A study", headings=("Humans", "*Mice"))
    assert status(pair("azathioprine", "NF-kB", cited)) == "could-not-check"
