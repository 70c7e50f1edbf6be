"""Strength of paths: every reason, worst first; the weakest hop; nothing is strong for want of data."""

import random
from pathlib import Path as FilePath

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.aboutness_words import load_shared_words
from alsu_kg.analysis.citations import judge_citations, read_as_printed, summarise
from alsu_kg.analysis.paths import CitedWorks, find_weakest, judge_path, judge_paths
from alsu_kg.analysis_words import add_packaged_retractions, load_path_words
from alsu_kg.assets import find_asset
from alsu_kg.graph.dataset import treatment_entries
from alsu_kg.grounding.lexicon import make_lexicon
from alsu_kg.model.aboutness import Aboutness, AboutnessStatus
from alsu_kg.model.path_strength import WEAKNESSES, HopStrength, Weakness, describe
from alsu_kg.model.retraction import RetractionVerdict
from alsu_kg.model.review import Claim, Context, Path, Reference, Review, ReviewRecord, Status, Treatment
from alsu_kg.ontology import read_entries
from alsu_kg.records import read_record

PEOPLE = Context(species="human", disease="ALS")
REFERENCES = tuple(Reference(number=number) for number in (1, 2))


def make_record(
    status: Status = "asserted",
    context: Context = PEOPLE,
    cites: tuple[int, ...] = (1,),
    references: tuple[Reference, ...] = REFERENCES,
) -> ReviewRecord:
    claim = Claim(subject="X", predicate="causes", object="stroke", status=status, context=context, cites=cites)
    return ReviewRecord(
        record="x", review=Review(), treatment=Treatment(label="X"), claims=(claim,), references=references
    )


def about(reference: int, status: AboutnessStatus, title_names: str | None = None) -> Aboutness:
    return Aboutness(claim=0, reference=reference, status=status, title_names=title_names)


def judge(record: ReviewRecord, works: CitedWorks) -> HopStrength:
    return judge_path(record, Path(hops=(0,)), load_path_words(make_lexicon([])), works).hops[0]


def works(
    verdicts: dict[int, RetractionVerdict] | None = None, checks: tuple[Aboutness, ...] | None = None
) -> CitedWorks:
    """What is known of references 1 and 2; nothing against them unless it is said."""
    found: tuple[Aboutness, ...] = (about(1, "about-it"), about(2, "about-it")) if checks is None else checks
    found_none: dict[int, RetractionVerdict] = {1: "none-found", 2: "none-found"}
    return CitedWorks(
        retraction=found_none | (verdicts or {}),
        aboutness={(check.claim, check.reference): check for check in found},
    )


def test_a_hop_with_nothing_against_it_has_no_weakness_and_nothing_unknown() -> None:
    assert judge(make_record(), works()) == HopStrength(polarity="increases")


@pytest.mark.parametrize("status", ["hypothesised", "speculated", "negated", "no-evidence", "unclear"])
def test_the_status_of_the_claim_is_a_reason(status: Status) -> None:
    assert [weakness.kind for weakness in judge(make_record(status), works()).weaknesses] == [status]


def test_no_citation_is_a_reason_only_where_the_record_has_a_reference_list() -> None:
    assert [w.kind for w in judge(make_record(cites=()), works()).weaknesses] == ["no-citation"]
    without = judge(make_record(cites=(), references=()), works())
    assert (without.weaknesses, without.not_known) == ((), ("what the review cites for it",))


@pytest.mark.parametrize(
    ("verdicts", "kinds", "is_known"),
    [
        ({1: "retracted", 2: "retracted"}, ["retracted"], True),
        ({1: "retracted"}, ["partly-retracted"], True),
        ({1: "expression-of-concern"}, ["expression-of-concern"], True),
        ({1: "corrected"}, [], True),
        ({1: "could-not-check"}, [], False),
    ],
)
def test_retractions(verdicts: dict[int, RetractionVerdict], kinds: list[str], is_known: bool) -> None:
    hop = judge(make_record(cites=(1, 2)), works(verdicts))
    assert [weakness.kind for weakness in hop.weaknesses] == kinds
    assert (hop.not_known == ()) == is_known


@pytest.mark.parametrize(
    ("checks", "kinds", "is_known"),
    [
        ([about(1, "about-it"), about(2, "not-mentioned")], [], True),
        ([about(1, "mentioned-beside"), about(2, "not-mentioned")], ["indirect-citation"], True),
        ([about(1, "not-mentioned"), about(2, "could-not-check")], [], False),
        ([about(1, "could-not-check", "Y"), about(2, "could-not-check", "Z")], ["other-substance-in-title"], False),
        ([about(1, "could-not-check", "Y"), about(2, "could-not-check")], [], False),
        ([], [], False),
    ],
)
def test_a_citation_is_indirect_only_if_every_cited_work_is_known_to_be_about_something_else(
    checks: list[Aboutness], kinds: list[str], is_known: bool
) -> None:
    hop = judge(make_record(cites=(1, 2)), works(checks=tuple(checks)))
    assert [weakness.kind for weakness in hop.weaknesses] == kinds
    assert (hop.not_known == ()) == is_known


def test_all_reasons_are_kept_the_worst_first() -> None:
    hop = judge(make_record("speculated", Context(species="mouse", disease="colitis"), ()), works())
    assert describe(hop.weaknesses) == (
        "only speculated; no citation; seen in another disease (colitis); seen in another species (mouse)"
    )


weaknesses = st.lists(st.sampled_from(WEAKNESSES), unique=True, max_size=4).map(
    lambda kinds: HopStrength(tuple(Weakness(kind) for kind in sorted(kinds, key=WEAKNESSES.index)))
)


@given(st.lists(weaknesses, max_size=5))
def test_the_weakest_hop_has_a_reason_at_least_as_bad_as_any_other(hops: list[HopStrength]) -> None:
    weakest = find_weakest(hops)
    ranks = [[WEAKNESSES.index(weakness.kind) for weakness in hop.weaknesses] for hop in hops]
    if weakest is None:
        assert not any(ranks)
    else:
        assert ranks[weakest][0] == min(rank[0] for rank in ranks if rank)
        assert ranks.index(ranks[weakest]) == weakest, "the first of equals"


@given(st.lists(weaknesses, min_size=1, max_size=5), st.randoms())
def test_a_hop_more_never_makes_a_path_stronger(hops: list[HopStrength], shuffle: random.Random) -> None:
    fewer = hops[:-1]
    shuffle.shuffle(fewer)
    before, after = find_weakest(fewer), find_weakest([*fewer, hops[-1]])
    if before is not None:
        assert after is not None
        worst = fewer[before].weaknesses[0].kind
        assert WEAKNESSES.index([*fewer, hops[-1]][after].weaknesses[0].kind) <= WEAKNESSES.index(worst)


def test_the_ontology_ranks_the_reasons_as_the_code_does() -> None:
    alsu = "https://w3id.org/alsu-kg/vocab#"
    ranks: dict[str, int] = {}
    for quad in ox.parse(path=str(find_asset("ontology/alsu.ttl"))):
        if quad.predicate.value == alsu + "rank" and "/weakness/" in str(quad.subject):
            assert isinstance(quad.object, ox.Literal)
            ranks[str(quad.subject)[1:-1].rsplit("/", 1)[1]] = int(quad.object.value)
    assert [kind for kind, _ in sorted(ranks.items(), key=lambda item: item[1])] == list(WEAKNESSES)
    assert sorted(ranks.values()) == list(range(1, len(WEAKNESSES) + 1))


def _azathioprine() -> ReviewRecord:
    return read_record(FilePath(find_asset("data/reviews/azathioprine.yaml")))


def test_computed_agrees_with_curated_on_azathioprine() -> None:
    record = _azathioprine()
    lexicon = make_lexicon([*read_entries(), *treatment_entries([record])])
    cited, source = add_packaged_retractions(record, read_as_printed(record))
    checks = judge_citations(record, cited, load_shared_words(with_vocabularies=False))
    strengths = judge_paths(record, load_path_words(lexicon), summarise(cited, checks, source))
    for path, strength in zip(record.paths, strengths, strict=True):
        assert strength.weakest is not None
        assert path.hops[strength.weakest] == path.weakest
    benefit, harm = strengths
    assert (benefit.effect, benefit.polarity, harm.effect, harm.polarity) == (
        ("beneficial", "decreases", "harmful", "increases")
    )
    assert benefit.hops[1].context_change == "species: mouse → not stated; disease: ulcerative colitis → not stated"
    kinds = {weakness.kind for weakness in benefit.hops[0].weaknesses}
    assert kinds == {"other-substance-in-title", "other-disease", "other-species"}
    assert all("species" in hop.not_known for hop in benefit.hops[1:]), "what the review leaves out is not known"
    assert {weakness.kind for weakness in harm.hops[0].weaknesses} == {"speculated", "no-citation"}
