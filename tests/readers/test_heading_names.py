"""Names of the parts of a review, as reviews in the wild have them, and names that say nothing of a part."""

from pathlib import Path

import pytest

from alsu_kg.readers.headings import role_of

NAMES = [
    line.split("\t") for line in (Path(__file__).parent / "heading_names.tsv").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("name", "role"), NAMES)
def test_names_of_parts(name: str, role: str) -> None:
    assert role_of(name) == role
