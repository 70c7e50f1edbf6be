"""A build after a change gives what a whole build gives, byte for byte, whatever was changed, and leaves what it copied whole."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alsu_kg import pipeline, rebuild
from alsu_kg.manifest import manifest_path, read_manifest
from alsu_kg.model.errors import GraphError, RecordError
from alsu_kg.pipeline import Summary, build
from alsu_kg.records import find_record_files
from alsu_kg.store import open_graph, read_current

RECORD = """record: {key}
sources: [{{key: a, kind: {kind}, date: "{date}"}}]
review: {{number: {number}, title: Review {number}}}
treatment: {{label: {label}, aliases: [{alias}]}}
grades: [{{category: trials, letter: {letter}, as_of: "{date}", stated_in: a}}]
references: [{{number: 1, {identifiers}, title: {title}}}]
claims: [{{subject: {label}, predicate: affects, object: {target}, status: asserted, cites: [1], stated_in: a}}]
paths: [{{hops: [0], weakest: 0, stated_in: a}}]
"""

records = st.fixed_dictionaries(
    {
        "number": st.integers(1, 3),
        "kind": st.sampled_from(["article", "third-party"]),
        "date": st.sampled_from(["2019", "2020-05", "2021"]),
        "label": st.sampled_from(["Drug one", "Drug two", "Drug three"]),
        "alias": st.sampled_from(["nf-kb", "soup", "stew"]),
        "letter": st.sampled_from("ABC"),
        "identifiers": st.sampled_from(["doi: 10.5555/a, pmid: '7'", "pmid: '7'", "doi: 10.5555/b", "pmid: '8'"]),
        "title": st.sampled_from(["One", "Two"]),
        "target": st.sampled_from(["soup", "stew", "NF-kB", "oxidative stress", "unheard of"]),
    }
)
edits = st.lists(st.tuples(st.sampled_from("abcd"), st.none() | records), min_size=1, max_size=3)


def write(folder: Path, corpus: dict[str, dict[str, object] | None]) -> list[Path]:
    for key, values in corpus.items():
        path = folder / f"{key}.yaml"
        if values is None:
            path.unlink(missing_ok=True)
        else:
            path.write_text(RECORD.format(key=key, **values), encoding="utf-8")
    return find_record_files([folder])


def outcome(files: list[Path], store: Path) -> object:
    """What a build gives: its summary without the seconds and its lines, or the error that it ends with."""
    try:
        summary = build(files, store)
    except GraphError as error:
        return str(error).partition(":")[2]
    told = {name: getattr(summary, name) for name in Summary.__slots__ if name != "seconds"}
    return told, list(open_graph(store).lines())


@pytest.mark.slow
@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from("abc"), records, min_size=1), st.lists(edits, min_size=2, max_size=2))
def test_after_any_edits_the_result_is_that_of_a_whole_build(
    tmp_path_factory: pytest.TempPathFactory,
    corpus: dict[str, dict[str, object]],
    rounds: list[list[tuple[str, dict[str, object] | None]]],
) -> None:
    folder = tmp_path_factory.mktemp("edits")
    (folder / "in").mkdir()
    files = write(folder / "in", dict(corpus))
    outcome(files, folder / "store")
    for number, changes in enumerate(rounds):
        files = write(folder / "in", dict(changes))
        whole = outcome(files, folder / f"whole-{number}")
        assert outcome(files, folder / "store") == whole
        if not isinstance(whole, str):
            one, other = (read_manifest(s, read_current(s)) for s in (folder / "store", folder / f"whole-{number}"))
            assert one is not None
            assert other is not None
            assert one.entries == other.entries
            assert one.quads == len(open_graph(folder / "store"))


def corpus(folder: Path, count: int = 6) -> list[Path]:
    folder.mkdir(exist_ok=True)
    rng = random.Random(5)
    for number in range(count):
        values = {
            "number": number,
            "label": f"Drug {number}",
            "alias": f"alias {number}",
            "target": rng.choice(["NF-kB", "glutathione"]),
            "identifiers": f"doi: 10.5555/{number}",
        }
        fixed = {"kind": "article", "date": "2020", "letter": "A", "title": "One"}
        (folder / f"r{number}.yaml").write_text(RECORD.format(key=f"r{number}", **values, **fixed))
    return find_record_files([folder])


def change(path: Path) -> None:
    path.write_text(path.read_text().replace("letter: A", "letter: B"))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The records whose quads are made, one list for each build."""
    told: list[list[str]] = []
    whole = pipeline.make_nquads

    def watch(found, *others, **rest):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002, ANN003, ANN202
        told.append([record.record for record in found])
        return whole(found, *others, **rest)

    monkeypatch.setattr(pipeline, "make_nquads", watch)
    return told


def test_only_the_changed_record_is_made_again(tmp_path: Path, made: list[list[str]]) -> None:
    files = corpus(tmp_path / "in")
    build(files, tmp_path / "store")
    change(files[2])
    build(files, tmp_path / "store")
    build(files, tmp_path / "store")
    assert made[1:] == [["r2"], []]


def test_a_new_name_of_a_treatment_makes_those_again_that_use_the_word(tmp_path: Path, made: list[list[str]]) -> None:
    files = corpus(tmp_path / "in")
    files[4].write_text(files[4].read_text().replace("object: NF-kB", "object: soup").replace("glutathione", "soup"))
    build(files, tmp_path / "store")
    files[0].write_text(files[0].read_text().replace("alias 0", "soup"))
    build(files, tmp_path / "store")
    assert made[1] == ["r0", "r4"]


def test_a_decision_on_a_claim_is_a_change(tmp_path: Path, made: list[list[str]]) -> None:
    files = corpus(tmp_path / "in")
    build(files, tmp_path / "store")
    (tmp_path / "in" / "r3.decisions.jsonl").write_text("")
    build(files, tmp_path / "store")
    assert made[1] == ["r3"]


def test_the_generation_that_was_copied_stays_as_it_was(tmp_path: Path) -> None:
    files = corpus(tmp_path / "in")
    build(files, tmp_path / "store")
    before = open_graph(tmp_path / "store")
    lines = list(before.lines())
    for path in files[:3]:
        change(path)
    build(files, tmp_path / "store")
    assert list(before.lines()) == lines
    assert list(open_graph(tmp_path / "store").lines()) != lines


def test_a_bad_record_stops_it_and_the_store_stays(tmp_path: Path) -> None:
    files = corpus(tmp_path / "in")
    build(files, tmp_path / "store")
    files[1].write_text("record: [")
    with pytest.raises(RecordError, match=r"r1\.yaml"):
        build(files, tmp_path / "store")
    assert read_current(tmp_path / "store") == "g-000001"
    summary = build(files, tmp_path / "store", keep_going=True)
    assert (summary.records, len(summary.failures)) == (5, 1)
    assert summary.digest == build(files, tmp_path / "other", keep_going=True).digest


@pytest.mark.parametrize("damage", ["manifest", "database", "version"])
def test_what_is_damaged_or_made_by_other_code_is_built_whole(
    tmp_path: Path, damage: str, monkeypatch: pytest.MonkeyPatch, made: list[list[str]]
) -> None:
    files = corpus(tmp_path / "in")
    build(files, tmp_path / "store")
    if damage == "manifest":
        path = manifest_path(tmp_path / "store", "g-000001")
        path.write_bytes(path.read_bytes()[:-3])
    elif damage == "version":
        monkeypatch.setattr("alsu_kg.manifest.make_version", lambda: "other")
        monkeypatch.setattr(rebuild, "make_version", lambda: "other")
    else:
        table = max((tmp_path / "store" / "g-000001").glob("*.sst"), key=lambda file: file.stat().st_size)
        table.write_bytes(table.read_bytes()[:100])
    change(files[0])
    summary = build(files, tmp_path / "store")
    assert len(made[-1]) == len(files)
    assert len(open_graph(tmp_path / "store")) == summary.quads


def test_manifests_go_with_their_generations(tmp_path: Path) -> None:
    files = corpus(tmp_path / "in")
    for _ in range(4):
        build(files, tmp_path / "store")
    names = sorted(path.name for path in (tmp_path / "store").iterdir() if path.name.startswith("g-"))
    assert names == ["g-000003", "g-000003.manifest", "g-000004", "g-000004.manifest"]


@pytest.mark.slow
def test_two_documents_on_one_treatment_are_both_built_and_keys_follow_their_neighbours(tmp_path: Path) -> None:
    texts = {"b.md": "Mechanism", "a.html": "Risks", "c.md": "Trials"}
    for name, part in texts.items():
        head = (
            f"<h1>ALSUntangled 9: Soup</h1><h2>{part}</h2>"
            if name.endswith("html")
            else f"# ALSUntangled 9: Soup\n\n# {part}\n\n"
        )
        (tmp_path / name).write_text(f"{head}Soup reduced inflammation in mice.")
    files = sorted(tmp_path.glob("*.*"))
    first = build(files, tmp_path / "store")
    assert (first.records, first.treatments, first.failures) == (3, 1, ())
    for left in (files[1:], files[2:], files):
        assert outcome(left, tmp_path / "store") == outcome(left, tmp_path / f"whole-{len(left)}-{left[0].name}")
