"""Abbreviations as documents define them."""

import pytest

from alsu_kg.grounding.abbreviations import find_definitions, index_definitions

CASES = [
    ("azathioprine (AZA) was given", {"AZA": "azathioprine"}),
    ("People with ALS (PALS) asked", {"PALS": "People with ALS"}),
    ("nuclear factor-κB (NF-κB) acts", {"NF-κB": "nuclear factor-κB"}),
    ("amyotrophic lateral sclerosis (ALS) and progressive multifocal leukoencephalopathy (PML)",
     {"ALS": "amyotrophic lateral sclerosis", "PML": "progressive multifocal leukoencephalopathy"}),
    ("TUDCA (tauroursodeoxycholic acid) was added", {"TUDCA": "tauroursodeoxycholic acid"}),
    ("the ALS Functional Rating Scale-Revised (ALSFRS-R)", {"ALSFRS-R": "ALS Functional Rating Scale-Revised"}),
    ("It was seen in mice (2020), in Table 1 (Figure 2) and by Smith (personal communication).", {}),
    ("a drug (the first one)", {}),
    ("one (AZA)", {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_definitions_are_found(text: str, expected: dict[str, str]) -> None:
    assert index_definitions(find_definitions(text)) == expected


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_long_form_stands_where_it_says(text: str, expected: dict[str, str]) -> None:
    assert len(find_definitions(text)) == len(expected)
    for one in find_definitions(text):
        assert " ".join(text[one.start : one.end].split()) == one.long


def test_the_first_definition_of_a_document_holds() -> None:
    text = "azathioprine (AZA) is one thing; azacitidine (AZA) another"
    assert index_definitions(find_definitions(text))["AZA"] == "azathioprine"
