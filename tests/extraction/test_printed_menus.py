"""A printed web page has its menu above the title, and the menu may name parts of a review."""

import pytest

from alsu_kg.documents import parse_document
from alsu_kg.extraction.sections import outline

TEXT = "ALSUntangled 912: Examplene\n\nRisks\n\nIt may harm the liver of those who take it.\n"


@pytest.mark.parametrize("menu", ["", "Home\n\nTrials\n\n", "Cases\n\nTrials\n\nAbout us\n\n"])
def test_the_title_and_the_sections_are_the_same_below_any_menu(menu: str) -> None:
    found = outline(parse_document((menu + TEXT).encode(), "page.txt"))
    assert found.title is not None
    assert found.title.text == "ALSUntangled 912: Examplene"
    assert [section.role for section in found.sections] == ["other", "risks"]
