"""The store: whole or absent, one writer, many readers, clear errors."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pyoxigraph as ox
import pytest

from alsu_kg.generations import load, writing
from alsu_kg.model.errors import StoreError, UsageError
from alsu_kg.store import Graph, open_graph, read_current

QUAD = "<https://example.org/s> <https://example.org/p> {} <https://example.org/g> .\n"


def fill(store: Path, *values: str) -> None:
    with writing(store) as fresh:
        nquads = fresh.with_suffix(".nq")
        nquads.write_text("".join(QUAD.format(f'"{value}"') for value in values), encoding="utf-8")
        load(fresh, nquads)
        nquads.unlink()


def objects_in(graph: Graph) -> set[str]:
    rows = graph.run("SELECT ?o WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert isinstance(rows, ox.QuerySolutions)
    return {str(row["o"].value) for row in rows}


def values_in(store: Path) -> set[str]:
    return objects_in(open_graph(store))


def test_a_new_generation_replaces_the_old_one(tmp_path: Path) -> None:
    fill(tmp_path / "s", "old")
    fill(tmp_path / "s", "new", "newer")
    assert values_in(tmp_path / "s") == {"new", "newer"}


def test_a_reader_keeps_what_it_opened_while_the_store_is_rebuilt(tmp_path: Path) -> None:
    fill(tmp_path / "s", "old")
    before = open_graph(tmp_path / "s")
    fill(tmp_path / "s", "new")
    assert len(before) == 1
    assert objects_in(before) == {"old"}


def test_old_generations_do_not_pile_up(tmp_path: Path) -> None:
    for value in "abcde":
        fill(tmp_path / "s", value)
    assert len(list((tmp_path / "s").glob("g-*"))) == 2


def test_an_error_while_writing_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    fill(tmp_path / "s", "old")
    current = read_current(tmp_path / "s")
    with pytest.raises(ZeroDivisionError), writing(tmp_path / "s"):
        raise ZeroDivisionError
    assert read_current(tmp_path / "s") == current
    assert values_in(tmp_path / "s") == {"old"}
    assert len(list((tmp_path / "s").glob("g-*"))) == 1


def test_a_killed_build_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    fill(tmp_path / "s", "old")
    script = (
        "import os, sys; from pathlib import Path; from alsu_kg.generations import writing\n"
        "with writing(Path(sys.argv[1])) as fresh:\n    (fresh / 'half').write_text('x'); os.kill(os.getpid(), 9)"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(tmp_path / "s")], check=False)
    assert killed.returncode == -9
    assert values_in(tmp_path / "s") == {"old"}
    (tmp_path / "s" / "g-000002.nq").write_text("left over")
    fill(tmp_path / "s", "new")
    assert values_in(tmp_path / "s") == {"new"}
    assert sorted(path.name for path in (tmp_path / "s").iterdir()) == [".lock", "CURRENT", "g-000001", "g-000002"]
    assert not list((tmp_path / "s" / "g-000002").glob("half"))


def test_a_second_writer_is_told_so(tmp_path: Path) -> None:
    fill(tmp_path / "s", "old")
    errors: list[StoreError] = []

    def second() -> None:
        try:
            fill(tmp_path / "s", "second")
        except StoreError as error:
            errors.append(error)

    with writing(tmp_path / "s") as fresh:
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
        (fresh.with_suffix(".nq")).write_text(QUAD.format('"first"'), encoding="utf-8")
        load(fresh, fresh.with_suffix(".nq"))
    assert "another process is building" in str(errors[0])
    assert values_in(tmp_path / "s") == {"first"}


def test_several_processes_read_at_once(tmp_path: Path) -> None:
    fill(tmp_path / "s", "a", "b")
    script = (
        "import sys; from pathlib import Path; from alsu_kg.store import Graph, open_graph\n"
        "graph = open_graph(Path(sys.argv[1])); print(len(graph), flush=True); sys.stdin.read(); print(len(graph))"
    )
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path / "s")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    assert [reader.communicate("go", timeout=60)[0].split() for reader in readers] == [["2", "2"]] * 3


def test_no_store_yet(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no store here yet.*alsu-kg build"):
        open_graph(tmp_path / "nothing")


def test_a_file_is_no_store(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    with pytest.raises(StoreError, match="is a file, not a store"):
        open_graph(file)
    with pytest.raises(StoreError, match=r"is a file, not a store folder.*--store"), writing(file):
        pass
    assert file.read_text() == "mine"


def test_a_folder_of_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(StoreError, match="holds other files"), writing(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("damage", ["delete the manifest", "fill with noise", "no folder"])
def test_a_damaged_store_says_how_to_mend_it(tmp_path: Path, damage: str) -> None:
    fill(tmp_path / "s", "old")
    folder = tmp_path / "s" / str(read_current(tmp_path / "s"))
    if damage == "no folder":
        folder.rename(tmp_path / "elsewhere")
    for path in folder.glob("MANIFEST*") if damage == "delete the manifest" else folder.glob("*"):
        path.unlink() if damage == "delete the manifest" else path.write_bytes(os.urandom(64))
    with pytest.raises(StoreError, match=r"damaged.*alsu-kg build"):
        open_graph(tmp_path / "s")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the full device of Linux")
def test_no_space_is_said_in_one_line(tmp_path: Path) -> None:
    with (
        pytest.raises(StoreError, match=r"No space left.*--store"),
        writing(tmp_path / "s"),
        Path("/dev/full").open("wb") as full,
    ):
        full.write(b"x" * 1_000_000)
    assert read_current(tmp_path / "s") is None


def test_a_folder_that_may_not_be_made() -> None:
    with pytest.raises(StoreError, match="cannot be written"), writing(Path("/proc/alsu-kg/store")):
        pass


def test_queries_cannot_change_the_graph(tmp_path: Path) -> None:
    fill(tmp_path / "s", "old")
    with pytest.raises(UsageError, match="SPARQL syntax error"):
        open_graph(tmp_path / "s").run("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert values_in(tmp_path / "s") == {"old"}
