"""Records as quads: which graph, from which source, without blank nodes, the same every time."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alsu_kg.graph.dataset import find_rivals, make_lines, treatment_entries
from alsu_kg.graph.same_works import find_same_works
from alsu_kg.grounding.lexicon import make_lexicon
from alsu_kg.model.review import (
    Case,
    Claim,
    Context,
    Curation,
    Disclosure,
    Grade,
    Measure,
    Place,
    Pointer,
    Reference,
    Review,
    ReviewRecord,
    Risk,
    Source,
    Treatment,
    Trial,
)
from alsu_kg.ontology import make_ontology_lines, read_curie_map, read_entries
from alsu_kg.records import find_record_files, read_record
from alsu_kg.validation import find_violations

TESTS = Path(__file__).parents[1]
ID = "https://w3id.org/alsu-kg/id/"
PROV = "http://www.w3.org/ns/prov#"
NOT_OF_A_SOURCE = {ID + "graph/ontology", ID + "graph/provenance"}


def _records() -> list[ReviewRecord]:
    return [read_record(path) for path in find_record_files([TESTS / "dataset"])]


def _lines(records: list[ReviewRecord]) -> dict[str, list[str]]:
    """The quads of each record, made with what it needs to know of the others."""
    lexicon, expand = make_lexicon([*read_entries(), *treatment_entries(records)]), read_curie_map()
    rivals, same = find_rivals(records), find_same_works(records)
    return {
        record.record: make_lines(record, lexicon, expand=expand, rivals=rivals.get(record.record), same_works=same)
        for record in records
    }


def _parse(lines: list[str]) -> list[ox.Quad]:
    return list(ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_QUADS))


@pytest.fixture(scope="module")
def quads() -> list[ox.Quad]:
    return [quad for lines in _lines(_records()).values() for quad in _parse(lines)]


def test_lines_are_sorted_and_stand_once() -> None:
    for lines in _lines(_records()).values():
        assert lines == sorted(set(lines))


def test_no_blank_nodes_and_no_default_graph(quads: list[ox.Quad]) -> None:
    for quad in quads:
        assert isinstance(quad.graph_name, ox.NamedNode)
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.NamedNode | ox.Literal)


def test_every_graph_says_where_it_comes_from(quads: list[ox.Quad]) -> None:
    graphs = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
    derived = {
        quad.subject.value
        for quad in quads
        if quad.predicate.value == PROV + "wasDerivedFrom" and isinstance(quad.subject, ox.NamedNode)
    }
    assert graphs - NOT_OF_A_SOURCE <= derived


def test_every_source_that_is_named_is_described(quads: list[ox.Quad]) -> None:
    described = {quad.subject for quad in quads if quad.object == ox.NamedNode(PROV + "Entity")}
    named = {quad.object for quad in quads if quad.predicate.value == PROV + "wasDerivedFrom"}
    graphs = {quad.graph_name for quad in quads}
    assert named <= described | graphs


def test_what_a_source_states_stands_in_its_graph() -> None:
    """Each claim, letter, case, trial and risk stands in the graph of the source that states it, and in no other."""
    records = _records()
    for record in records:
        stands: dict[str, set[str]] = {}
        for quad in _parse(_lines(records)[record.record]):
            if quad.predicate.value.endswith("#type"):
                stands.setdefault(str(quad.subject), set()).add(str(quad.graph_name))
        for kind, items in (("claim", record.claims), ("assessment", record.grades), ("trial", record.trials)):
            for position, item in enumerate(items, 1):
                end = f"/{item.stated_in}" if item.stated_in else ""
                thing = f"<{ID}{kind}/{record.record}/{position}>"
                assert stands[thing] == {f"<{ID}graph/{record.record}{end}>"}


def test_order_of_the_records_does_not_matter() -> None:
    records = _records()
    assert _lines(records) == _lines(records[::-1])


@pytest.mark.slow
def test_another_process_writes_the_same(tmp_path: Path) -> None:
    """Also with another seed of the hashes of strings, on which the order of sets hangs."""
    program = (
        "import hashlib, sys; from pathlib import Path; from alsu_kg.pipeline import build;"
        "from alsu_kg.records import find_record_files;"
        "print(build(find_record_files([Path(sys.argv[1])]), Path(sys.argv[2])).digest)"
    )
    digests = set()
    for seed in ("1", "2718281"):
        run = subprocess.run(
            [sys.executable, "-c", program, str(TESTS / "dataset"), str(tmp_path / seed)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(TESTS.parent)},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        digests.add(run.stdout)
    assert len(digests) == 1
    assert len(digests.pop().strip()) == hashlib.sha256().digest_size * 2


def test_the_shapes_are_kept() -> None:
    lines = [line for found in _lines(_records()).values() for line in found]
    assert not find_violations([*make_ontology_lines(), *lines])


words = st.text(st.characters() | st.sampled_from('"\\<>{}|^`\n\r\t\0\x7f\ud800'), min_size=1, max_size=12)
places = st.none() | st.builds(Place, section=words, start=st.integers(0, 9), end=st.integers(9, 99))
claims = st.builds(
    Claim,
    subject=words,
    predicate=st.sampled_from(["affects", "is_required_for"]),
    object=words,
    status=st.sampled_from(["asserted", "negated"]),
    context=st.builds(Context, species=words, model=st.none() | words),
    place=places,
    note=st.none() | words,
    stated_in=st.just("s"),
)
references = st.builds(
    Reference,
    number=st.just(1),
    authors=st.tuples(words),
    title=words,
    url=st.none() | words | words.map("http://".__add__),
    doi=st.none() | words.map("10.5555/".__add__),
    raw_place=places,
)
hostile_records = st.builds(
    ReviewRecord,
    record=st.just("hostile"),
    curation=st.builds(Curation, agent=words, date=st.just("2026")),
    sources=st.tuples(st.builds(Source, key=st.just("s"), kind=st.just("article"), url=st.none() | words, title=words)),
    review=st.builds(Review, title=words, url=st.none() | words, authors=st.tuples(words), reviewers=st.tuples(words)),
    treatment=st.builds(Treatment, label=words, aliases=st.tuples(words)),
    grades=st.tuples(st.builds(Grade, category=st.just("risks"), letter=st.just("B/D"), note=words)),
    references=st.tuples(references),
    pointers=st.tuples(st.builds(Pointer, section=words, raw=words, numbers=st.just((1,)))),
    claims=st.tuples(claims, claims),
    cases=st.tuples(
        st.builds(
            Case,
            co_interventions=st.tuples(words),
            measures=st.tuples(st.builds(Measure, name=words, before=st.floats(0, 1e6))),
        )
    ),
    trials=st.tuples(st.builds(Trial, outcome=words, arms=st.tuples(words), participants=st.integers(0))),
    risks=st.tuples(st.builds(Risk, effect=words, authority=words)),
    disclosures=st.tuples(st.builds(Disclosure, person=words, kind=st.just("other"), organisation=words)),
)


@settings(max_examples=40, deadline=None)
@given(hostile_records)
def test_hostile_words_are_data(record: ReviewRecord) -> None:
    """Whatever a document holds, the quads parse, nothing gets a name of its own making, and the words come back."""
    lines = _lines([record])[record.record]
    quads = _parse(lines)
    assert len(quads) == len(lines)
    graphs = {str(quad.graph_name) for quad in quads}
    assert graphs <= {f"<{ID}graph/{name}>" for name in ("hostile", "hostile/s", "provenance", "works")}
    assert all(isinstance(quad.subject, ox.NamedNode) for quad in quads)
    texts = {quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)}
    for claim in record.claims:
        assert "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in claim.subject) in texts


def test_a_record_survives_the_way_to_another_process() -> None:
    for record in _records():
        sent = msgspec.msgpack.decode(msgspec.msgpack.encode(record), type=ReviewRecord)
        assert _lines([sent]) == _lines([record])
