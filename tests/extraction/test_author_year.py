"""Citations by names and years, against a list of our own."""

import pytest

from alsu_kg.extraction.pointers import find_pointers
from alsu_kg.extraction.sections import Passage
from alsu_kg.model.document import Text
from alsu_kg.model.review import Reference

LIST = (
    ("Ay B", "Cee D"), ("Ay B", "Eff G", "Aitch J"), ("de la Kay L", "Em N"), ("Oh P",), ("Oh P",),
    ("van Queue R", "Es T", "You V"), ("World Example Organization",), ("Ay B",), ("Ess-Tee U", "O’Vee W"),
)  # fmt: skip
YEARS = (2004, 2004, 1988, 2010, 2010, 1999, 2015, 2004, 2001)
RAW = {3: "Oh P (2010a) One. Cell 2: 3.", 4: "Oh P (2010b) Two. Cell 4: 5."}
REFERENCES = tuple(
    Reference(number=n, authors=names, year=year, raw=RAW.get(n - 1) or f"{', '.join(names)}. {year}.")
    for n, (names, year) in enumerate(zip(LIST, YEARS, strict=True), 1)
)


def cited(text: str) -> list[tuple[str, tuple[int, ...]]]:
    found = find_pointers([Passage(Text(text), "Risks", "risks", "paragraph")], REFERENCES, {})
    return [(text[item.start : item.end], item.numbers) for _, items in found for item in items]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seen (Ay and Cee, 2004).", [("Ay and Cee, 2004", (1,))]),
        (
            "Seen (Ay et al., 2004; Ay & Cee 2004; Ay, 2004).",
            [("Ay et al., 2004; Ay & Cee 2004; Ay, 2004", (2, 1, 8))],
        ),
        ("As Ay et al. (2004) saw.", [("Ay et al. (2004)", (2,))]),
        ("Ay and colleagues (2004) agree.", [("Ay and colleagues (2004)", (2,))]),
        ("By de la Kay and Em (1988).", [("de la Kay and Em (1988)", (3,))]),
        (
            "Also (Kay and Em 1988) and (van Queue et al. 1999).",
            [("Kay and Em 1988", (3,)), ("van Queue et al. 1999", (6,))],
        ),
        (
            "First (Oh, 2010a), then (Oh 2010b), both (Oh, 2010a, b).",
            [("Oh, 2010a", (4,)), ("Oh 2010b", (5,)), ("Oh, 2010a, b", (4, 5))],
        ),
        ("Ay, Eff and Aitch (2004) too.", [("Ay, Eff and Aitch (2004)", (2,))]),
        ("B. Ay and D. Cee (2004) too.", [("B. Ay and D. Cee (2004)", (1,))]),
        ("(World Example Organization, 2015)", [("World Example Organization, 2015", (7,))]),
        ("Ess-Tee and O’Vee’s (2001) view.", [("Ess-Tee and O’Vee’s (2001)", (9,))]),
        ("In May 2004 it rained; Nobody et al. (2004) and Oh (1999) are unknown here. Ay and Nobody (2004) too.", []),
    ],
)
def test_names_with_years(text: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    assert cited(text) == expected


def test_numbers_of_equations_do_not_pass_for_citations() -> None:
    equations = " ".join(f"x = y ({n})" for n in range(1, 6))
    named = "(Ay and Cee 2004; Ay et al. 2004; de la Kay and Em 1988; Oh 2010a, b; van Queue et al. 1999; Ay 2004)"
    assert {n for _, numbers in cited(f"{equations} {named}") for n in numbers} == {1, 2, 3, 4, 5, 6, 8}


def test_the_interval_of_a_number_is_no_citation() -> None:
    text = "It was 5 (4–6), in 2004 (3–5), in mice (1,2) and in cells (7–9)."
    assert [printed for printed, _ in cited(text)] == ["(3–5)", "(1,2)", "(7–9)"]


@pytest.mark.parametrize("piece", ["Ay, ", "Ay and ", "A.B. Cee, ", "Ay-Bee’c", "de la ", "Ay 2004, ", "A. "])
def test_long_rows_of_names_end(piece: str) -> None:
    cited(piece * 20_000)
