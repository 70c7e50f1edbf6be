"""Records to a store: counts, determinism, and a store that stays as it was after any failure."""

import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from alsu_kg import workers
from alsu_kg.assets import find_asset
from alsu_kg.graph.terms import ALSU, RDF
from alsu_kg.manifest import forget
from alsu_kg.model.errors import AlsuKgError, GraphError, RecordError
from alsu_kg.model.review import ReviewRecord
from alsu_kg.ontology import make_terms
from alsu_kg.pipeline import build, make_nquads, read_records
from alsu_kg.queries import ask
from alsu_kg.records import find_record_files, parse_record
from alsu_kg.store import open_graph, read_current

REVIEWS = find_asset("data/reviews")
GOOD = "record: good\nreview: {number: 1}\ntreatment: {label: Goodazine}\ngrades:\n- {category: risks, letter: B}\n"
OTHER = "record: other\nreview: {number: 2}\ntreatment: {label: Otherazine}\n"


def files(folder: Path, **texts: str) -> list[Path]:
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return find_record_files([folder])


def test_the_79_records_become_a_valid_graph(tmp_path: Path) -> None:
    summary = build(find_record_files([REVIEWS]), tmp_path / "s")
    assert (summary.records, summary.treatments, summary.failures) == (79, 78, ())
    assert summary.reviews == 73, "three carnitines and their parent, two coppers, three chlorites share a review each"
    graph = open_graph(tmp_path / "s")
    assert summary.quads == len(graph)
    counted = graph.run(
        "PREFIX alsu: <https://w3id.org/alsu-kg/vocab#> SELECT (COUNT(DISTINCT ?a) AS ?n) (COUNT(DISTINCT ?c) AS ?m) "
        "{ GRAPH ?g { { ?a a alsu:Assessment } UNION { ?c a alsu:Claim } } }"
    )
    assert isinstance(counted, ox.QuerySolutions)
    row = next(counted)
    assert (int(str(row["n"].value)), int(str(row["m"].value))) == (summary.assessments, summary.claims)


@pytest.mark.slow
def test_two_builds_are_the_same_also_in_other_processes(tmp_path: Path) -> None:
    digests = set()
    for seed in ("1", "2"):
        script = (
            "import sys; from pathlib import Path; from alsu_kg.pipeline import build\n"
            "from alsu_kg.records import find_record_files\n"
            "from alsu_kg.assets import find_asset\n"
            "print(build(find_record_files([find_asset('data/reviews')]), Path(sys.argv[1])).digest)"
        )
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path / seed)], env=environment, capture_output=True, check=True
        )
        digests.add(done.stdout)
    assert len(digests) == 1
    assert list(open_graph(tmp_path / "1").lines()) == list(open_graph(tmp_path / "2").lines())


def test_several_processes_give_the_same_quads_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = files(
        tmp_path, **{f"r{n}": GOOD.replace("good", f"r{n}").replace("Goodazine", f"Drug {n % 3}") for n in range(9)}
    )
    alone = list(make_nquads(read_records(found)[0]))
    monkeypatch.setattr(workers, "_FEWEST_FOR_PROCESSES", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with workers.open_workers(len(found)) as several:
        assert several is not workers.work_here
        together = list(make_nquads(read_records(found, workers=several)[0], several))
    assert together == alone


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ("record: bad\nreview: {number: many}\n", r"bad\.yaml:2: review\.number"),
        ("record: [\n", r"bad\.yaml: not well-formed"),
        (GOOD, r"the record key 'good' is already used by .*bad\.yaml"),
        ("record: bad\nreview: {doi: x}\n", r"not a canonical DOI"),
    ],
)
def test_a_bad_record_leaves_the_store_as_it_was(tmp_path: Path, bad: str, message: str) -> None:
    store = tmp_path / "store"
    (tmp_path / "in").mkdir()
    before = build(files(tmp_path / "in", good=GOOD), store)
    with pytest.raises(RecordError, match=message):
        build(files(tmp_path / "in", bad=bad), store)
    assert len(open_graph(store)) == before.quads
    assert read_current(store) == "g-000001"


def test_all_bad_records_are_named(tmp_path: Path) -> None:
    with pytest.raises(AlsuKgError) as caught:
        build(files(tmp_path, a="record: [", b="record: b\n", good=GOOD), tmp_path / "store")
    assert "a.yaml" in str(caught.value)
    assert any("b.yaml" in note for note in caught.value.__notes__)


def test_keep_going_builds_the_rest_and_says_what_was_left_out(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    summary = build(files(tmp_path / "in", bad="record: [", good=GOOD), tmp_path / "store", keep_going=True)
    assert summary.records == 1
    assert [(Path(failure.name).name, failure.stage) for failure in summary.failures] == [("bad.yaml", "read")]


def test_a_graph_that_breaks_its_shapes_is_not_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = tmp_path / "store"
    (tmp_path / "in").mkdir()
    build(files(tmp_path / "in", good=GOOD), store)
    hop = f"<https://e/h> {RDF.type} {ALSU.Hop} <https://e/g> .\n"
    monkeypatch.setattr(workers, "make_lines", lambda *_, **__: [hop])
    forget(store)
    with pytest.raises(GraphError, match="a hop stands for one claim, and 1 more"):
        build(files(tmp_path / "in", good=GOOD), store)
    assert read_current(store) == "g-000001"


def test_a_record_without_sources_is_its_own_source(tmp_path: Path) -> None:
    found, _ = read_records(files(tmp_path, good=GOOD))
    assert [(source.kind, source.title) for source in found[0].sources] == [("document", "good.yaml")]
    assert found[0].sources[0].sha256


def test_one_changed_record_changes_only_its_own_quads() -> None:
    def lines(*texts: str) -> set[str]:
        found: list[ReviewRecord] = [parse_record(text, "x.yaml") for text in texts]
        return {line for quads in make_nquads(found) for line in quads.decode().splitlines()}

    changed = lines(GOOD, OTHER) ^ lines(GOOD.replace("letter: B", "letter: C"), OTHER)
    assert changed
    assert all("/id/assessment/good/" in line for line in changed)


def test_the_generated_terms_are_those_of_the_ontology() -> None:
    written = (find_asset("ontology").parent / "alsu_kg/graph/terms.py").read_text(encoding="utf-8")
    assert written == make_terms(), "run 'make terms'"


DOCUMENT = """# ALSUntangled 999: Inventol

## Mechanism

Inventol reduces oxidative stress in a mouse model of stroke (1).

## References

1. Maker A. An invented work on Inventol. J Invent. 2001;1:2-3.
"""


def test_a_document_is_read_into_a_draft_and_built(tmp_path: Path) -> None:
    (tmp_path / "inventol.md").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
    summary = build([tmp_path / "inventol.md", tmp_path / "good.yaml"], tmp_path / "store")
    assert (summary.records, summary.reviews) == (2, 2)
    references = ask(open_graph(tmp_path / "store"), "review_references", {"review": "999"})
    assert references.column("title") == ("An invented work on Inventol",)
    assert references.column("pointers") == (1,)


def test_a_broken_document_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    build(files(tmp_path / "in", good=GOOD), tmp_path / "store")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    with pytest.raises(AlsuKgError, match=r"broken\.pdf: .*Repair: "):
        build([tmp_path / "broken.pdf"], tmp_path / "store")
    assert read_current(tmp_path / "store") == "g-000001"
