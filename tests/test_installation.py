"""A wheel, a source distribution and an editable install each give a working command, anywhere on disk."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BUILD = "import sys; from hatchling.build import {0} as build; print(build(sys.argv[1]))"

pytestmark = pytest.mark.slow


def build_distribution(kind: str, source: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-c", BUILD.format(kind), str(folder)]
    made = subprocess.run(command, cwd=source, capture_output=True, text=True, check=True)
    return folder / made.stdout.split()[-1]


def asks(package: Path, work: Path) -> str:
    """Build and ask with the package at ``package``, from a folder of its own."""
    work.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(package), "ALSU_KG_STORE": str(work / "store")}
    for arguments in (["build", "--quiet"], ["query", "treatment_grade-table", "--format", "csv"]):
        command = [sys.executable, "-P", "-m", "alsu_kg.cli", *arguments]
        done = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, check=True)
    where = subprocess.run(
        [sys.executable, "-P", "-c", "import alsu_kg; print(alsu_kg.__file__)"],
        cwd=work,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(package))
    return done.stdout


def test_a_wheel_carries_ontology_data_and_queries(tmp_path: Path) -> None:
    wheel = build_distribution("build_wheel", ROOT, tmp_path / "wheel")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    assert "Azathioprine,58,C,U,A,F,D\n" in asks(tmp_path / "site", tmp_path / "work")
    assert not (tmp_path / "site" / "tests").exists()


def test_a_source_distribution_builds_the_same_wheel(tmp_path: Path) -> None:
    source = build_distribution("build_sdist", ROOT, tmp_path / "sdist")
    subprocess.run(["tar", "xzf", str(source), "-C", str(tmp_path)], check=True)
    unpacked = tmp_path / source.name.removesuffix(".tar.gz")
    wheel = build_distribution("build_wheel", unpacked, tmp_path / "wheel")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    assert "Azathioprine,58,C,U,A,F,D\n" in asks(tmp_path / "site", tmp_path / "work")


def test_a_checkout_works_in_place(tmp_path: Path) -> None:
    assert "Azathioprine,58,C,U,A,F,D\n" in asks(ROOT, tmp_path / "work")
