"""Reading many files in processes: order, faults, limits."""

import time
from pathlib import Path

import pytest

from alsu_kg import read_worker, reading_pool
from alsu_kg.document_files import find_documents
from alsu_kg.documents import read_document
from alsu_kg.model.errors import WorkError
from alsu_kg.reading_pool import read_reviews

GOOD = "# ALSUntangled {n}: Thing{n}\n\n# Risks\n\nNone (1).\n\n# References\n\n1. Ay B. One. Cell. 2001;2:3.\n"


@pytest.mark.slow
def test_a_bad_file_costs_nothing_but_itself(tmp_path: Path) -> None:
    for n in range(6):
        (tmp_path / f"{n}.md").write_text(GOOD.format(n=n))
    (tmp_path / "2.md").write_bytes(b"\x00" * 500)
    (tmp_path / "3.pdf").write_bytes(b"%PDF-1.7 broken")
    paths = find_documents([tmp_path])
    seen: list[tuple[int, int]] = []
    outcomes = list(read_reviews(paths, jobs=2, progress=lambda done, total: seen.append((done, total))))
    assert [outcome.path for outcome in outcomes] == paths
    assert [outcome.record.review.number if outcome.record else None for outcome in outcomes] == [
        0,
        1,
        None,
        3,
        None,
        4,
        5,
    ]
    assert ["NUL" in str(o.error) or "PDF" in str(o.error) for o in outcomes if o.error] == [True, True]
    assert seen[-1] == (7, 7)


@pytest.mark.slow
def test_a_slow_file_is_stopped_and_the_rest_is_read(tmp_path: Path) -> None:
    slow = tmp_path / "a.txt"
    slow.write_bytes(b"References\n\n" + b"1. 2. 3. 4. (5) [6] 7-9 " * 400_000)
    (tmp_path / "b.md").write_text(GOOD.format(n=1))
    started = time.monotonic()
    outcomes = list(read_reviews(find_documents([tmp_path]), jobs=1, seconds=1.5))
    assert time.monotonic() - started < 20
    assert outcomes[0].error is not None
    assert "more than" in str(outcomes[0].error)
    assert outcomes[1].record is not None


def test_a_worker_that_dies_costs_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text(GOOD.format(n=1))
    monkeypatch.setattr(
        reading_pool, "WORKER", ["-c", "import sys; print('ready', flush=True); sys.stdin.readline(); sys.exit(1)"]
    )
    (outcome,) = read_reviews([tmp_path / "a.md"])
    assert outcome.record is None
    assert "Repair:" in str(outcome.error)


def test_too_large_and_empty(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(WorkError, match="200 MB, more than 20 MB"):
        read_document(large)
    (tmp_path / "empty.md").write_bytes(b"")
    with pytest.raises(WorkError, match="empty"):
        read_document(tmp_path / "empty.md")
    with pytest.raises(WorkError, match="cannot be read"):
        read_document(tmp_path)


def test_the_worker_answers_with_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_path: Path) -> None:
        raise MemoryError

    monkeypatch.setattr(read_worker, "read_review", fail)
    assert "memory" in read_worker.answer(tmp_path).what
