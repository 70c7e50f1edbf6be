"""Every example of the README is run: console blocks and Python blocks. As a script it writes the real answers into it.

A console block begins with ``$ alsu-kg …`` and holds what that prints; a Python block is a doctest.
"""

import contextlib
import doctest
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from alsu_kg.cli import main

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
PICTURES = (
    f"draw mechanism -p treatment=azathioprine -o {ROOT}/data/pictures/azathioprine.svg --quiet",
    f"draw evidence-heatmap -o {ROOT}/data/pictures/evidence-heatmap.svg --quiet",
    f"draw shared-mechanisms -o {ROOT}/data/pictures/shared-mechanisms.svg --quiet",
)
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)


@contextlib.contextmanager
def built_store() -> Iterator[None]:
    before = os.environ.get("ALSU_KG_STORE")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ALSU_KG_STORE"] = str(Path(folder) / "store")
        main(["build", "--quiet"])
        try:
            yield
        finally:
            if before is None:
                del os.environ["ALSU_KG_STORE"]
            else:
                os.environ["ALSU_KG_STORE"] = before


@contextlib.contextmanager
def workplace() -> Iterator[Path]:
    """Work in a folder of its own that holds ``data``, so that examples may write files."""
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        Path("data").symlink_to(ROOT / "data")
        yield Path(name)


def run_command(command: str) -> str:
    """Run ``alsu-kg …``, perhaps with ``| head -n N``, and give what it prints; it says only errors."""
    verb, _, head = command.removeprefix("alsu-kg ").partition(" | head -n ")
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(out):
        code = main(shlex.split(verb))
    assert code == 0, f"{command} gave {code}"
    out.flush()
    lines = out.buffer.getvalue().decode().rstrip().splitlines()
    return "\n".join(line.rstrip() for line in (lines[: int(head)] if head else lines))


def with_real_answers(text: str) -> str:
    """Put what each command prints below it; blocks with another tool or a store of their own stay as they are."""

    def fill(match: re.Match[str]) -> str:
        commands = [line for line in match.group(1).splitlines() if line.startswith("$ ")]
        if any(not c.startswith("$ alsu-kg ") or "--store" in c or c == "$ alsu-kg build" for c in commands):
            return match.group()
        shown = [line for command in commands for line in (command, run_command(command[2:])) if line]
        return "\n".join(["```console", *shown, "```"])

    with workplace():
        return CONSOLE.sub(fill, text)


@pytest.fixture
def store() -> Iterator[None]:
    with built_store():
        yield


@pytest.mark.usefixtures("store")
@pytest.mark.slow
def test_every_answer_in_the_readme_is_the_real_one() -> None:
    text = README.read_text(encoding="utf-8")
    assert len([block for block in CONSOLE.findall(text) if block.startswith("$ alsu-kg query")]) >= 6
    assert with_real_answers(text) == text, "run 'make readme'"


@pytest.mark.usefixtures("store")
def test_every_python_example_in_the_readme_runs() -> None:
    blocks = PYTHON.findall(README.read_text(encoding="utf-8"))
    assert blocks
    for block in blocks:
        test = doctest.DocTestParser().get_doctest(block, {}, "README.md", "README.md", 0)
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
        runner.run(test)
        assert runner.failures == 0
        assert test.examples


def test_links_in_the_readme_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?://|#)([^)]+)\)", README.read_text(encoding="utf-8")):
        assert (ROOT / target.partition("#")[0]).exists(), target


if __name__ == "__main__":
    with built_store():
        filled = with_real_answers(README.read_text(encoding="utf-8"))
        for command in PICTURES:
            assert main(shlex.split(command)) == 0, command
    README.write_text(filled, encoding="utf-8")
    sys.stdout.write("README.md holds the real answers\n")
