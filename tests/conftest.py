"""Graphs that tests ask: the small invented dataset and the real reviews, each built once into a store on disk."""

from pathlib import Path

import pytest

from alsu_kg.pipeline import build
from alsu_kg.records import find_record_files
from alsu_kg.store import Graph, open_graph

TESTS = Path(__file__).parent


def _built(folder: Path, store: Path) -> Graph:
    build(find_record_files([folder]), store)
    return open_graph(store)


@pytest.fixture(scope="session")
def dataset_graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The graph of ``tests/dataset``."""
    return _built(TESTS / "dataset", tmp_path_factory.mktemp("dataset") / "store")


@pytest.fixture(scope="session")
def reviews_graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The graph of ``data/reviews``."""
    return _built(TESTS.parent / "data" / "reviews", tmp_path_factory.mktemp("reviews") / "store")
