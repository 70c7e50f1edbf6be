"""Letters that the characters of a page do not give, and those that the runs of text give in their place."""

from alsu_kg.readers.pages.holes import UNKNOWN, Run, with_ligatures
from alsu_kg.readers.pages.lines import Char
from alsu_kg.readers.pages.words import make_words


def char(text: str, left: float, width: float = 5.0) -> Char:
    return Char(text, left, left + width, 0, 9, 9, bold=False)


def letters(chars: list[Char]) -> str:
    return "".join(one.text for one in sorted(chars, key=lambda one: one.left) if one.text)


def test_a_letter_that_reaches_under_the_one_before_keeps_its_place_where_letters_are_set_again() -> None:
    """Of the three letters ffi two characters are given; the a stands under the V, at whose end its run starts."""
    chars = [char(UNKNOWN, 0), char(UNKNOWN, 9), char("V", 12, 6), char("a", 17.4), char("n", 22)]
    runs = [Run("ffiV", 0, 18, 0, (4, 4, 4, 6)), Run("an", 17.4, 27, 0, (5, 5))]
    assert letters(with_ligatures(chars, runs)) == "ffiVan"


def test_what_stands_in_no_run_stays_where_letters_are_set_again() -> None:
    chars = [char("a", 0), char(UNKNOWN, 20), char("b", 40)]
    assert letters(with_ligatures(chars, [Run("fi", 20, 25, 0, (2, 3))])) == "afib"


def test_letters_of_formulas_are_letters() -> None:
    """A journal may set the Greek letter of a name in the font of its formulas."""
    placed = [char(letter, 5.0 * i) for i, letter in enumerate("NF-\U0001d705B")]
    assert [word.text for word in make_words(placed)] == ["NF-κB"]


def test_a_space_between_two_runs_is_kept_where_letters_are_set_again() -> None:
    """It may be narrower than gaps that part words, and stands in neither run."""
    chars = [char(UNKNOWN, 0), char(UNKNOWN, 5), char(" ", 12, 1.2), char("n", 13.2)]
    runs = [Run("ffi", 0, 12, 0, (4, 4, 4)), Run("no", 13.2, 23.2, 0, (5, 5))]
    assert letters(with_ligatures(chars, runs)) == "ffi no"


def test_a_raised_run_that_is_given_at_the_height_of_its_line_is_no_part_of_it() -> None:
    raised = Char("2", 12, 16, 4, 6, 6, bold=False)
    chars = [char(UNKNOWN, 0), char(UNKNOWN, 5), raised, char(".", 16)]
    runs = [Run("ffi", 0, 12, 0, (4, 4, 4)), Run("2", 12, 16, 0, (4,)), Run(".", 16, 21, 0, (5,))]
    found = with_ligatures(chars, runs)
    assert letters(found) == "ffi2."
    assert raised in found
