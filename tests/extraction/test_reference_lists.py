"""Reference lists of plain text, told apart however they are numbered, wrapped and set off. All references are our own."""

import textwrap
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alsu_kg.documents import form_of, load_vocabulary, parse_document
from alsu_kg.extraction.record import extract_record

JOURNALS = ("Cell Biol", "Nat Rev Mol Cell Biol", "Models", "Safety", "J Clin Trials", "Cell")
NAMES = ("Ay", "Bee", "Cee", "Dee", "Eff", "Gee", "Aitch", "Jay", "Kay", "Ell", "Em", "En", "Oh", "Pee", "Queue", "Ar")


def reference(n: int) -> str:
    """A reference whose journal is also the name of a part of a review, and whose numbers look like labels."""
    name, journal = NAMES[n % len(NAMES)], JOURNALS[n % len(JOURNALS)]
    return (
        f"{name} A, Other BC, Third D. The {n + 2} ways in which example number {n} of {n * 7} was made and seen in a dish. "
        f"{journal}. {1990 + n % 30};{n}({n % 9 + 1}):{n * 10}. {n + 3}th supplement, 12. 2 p. doi: 10.1000/x.{n} 1234{n}"
    )


LABELS: dict[str, str] = {
    "dot": "{}. ", "bracket": "[{}] ", "parenthesis": "({}) ", "half parenthesis": "{}) ", "tab": "{}\t", "glued": "{}",
    "bracket glued": "[{}]",
}  # fmt: skip
LAYOUTS: dict[str, Callable[[str], str]] = {
    "one line": lambda text: text,
    "wrapped": lambda text: "\n".join(textwrap.wrap(text, 72, break_on_hyphens=False)),
    "hanging": lambda text: "\n".join(textwrap.wrap(text, 72, subsequent_indent="    ", break_on_hyphens=False)),
}


def read_back(listed: str) -> list[str | None]:
    text = f"A title of an example\n\nIntroduction\n\nIt was seen [1].\n\nReferences\n\n{listed}\n"
    record = extract_record(parse_document(text.encode(), "a.txt"), load_vocabulary())
    return [reference.raw for reference in record.references]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("label", LABELS)
def test_numbered_lists_come_back_whole(label: str, layout: str, gap: str) -> None:
    references = [reference(n) for n in range(1, 41)]
    listed = gap.join(LAYOUTS[layout](LABELS[label].format(n) + text) for n, text in enumerate(references, 1))
    assert read_back(listed) == references


@pytest.mark.parametrize(
    ("layout", "gap"), [("one line", "\n"), ("wrapped", "\n\n"), ("hanging", "\n"), ("wrapped", "\n")]
)
def test_lists_without_numbers_come_back_whole(layout: str, gap: str) -> None:
    references = sorted(reference(n) for n in range(1, 31))
    assert read_back(gap.join(map(LAYOUTS[layout], references))) == references


@settings(max_examples=25)
@given(st.sampled_from(sorted(LABELS)), st.integers(2, 60), st.integers(50, 110))
def test_any_width(label: str, count: int, width: int) -> None:
    references = [reference(n) for n in range(1, count + 1)]
    listed = "\n".join(
        "\n".join(textwrap.wrap(LABELS[label].format(n) + text, width, break_on_hyphens=False))
        for n, text in enumerate(references, 1)
    )
    assert len(read_back(listed)) == count


def test_one_reference_over_several_lines() -> None:
    assert read_back(LAYOUTS["wrapped"](f"1. {reference(1)}")) == [reference(1)]


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (("1. Ay B. At https://example.org/news/uk-to-help,", "accessed May 19, 2013."), "uk-to-help, accessed"),
        (("1. Ay B. At https://example.org/news/uk-to-help", "Accessed 13 May."), "uk-to-help Accessed"),
        (("1. Ay B. At https://example.org/news/", "2013/help.html"), "news/2013/help.html"),
        (("1. Ay B. At https://example.org/news", "/help.html"), "news/help.html"),
        (("1. Ay B. Cell. 2001;3:4. doi:10.1000/ab", "2463233"), "10.1000/ab 2463233"),
        (("1. Ay B. Cell. 2001;3:14-", "19."), "3:14-19."),
        (("1. Ay B. Of exam-", "ples. Cell. 2001;3:14."), "Of examples."),
    ],
)
def test_what_a_line_end_parts(lines: tuple[str, str], whole: str) -> None:
    assert whole in (read_back("\n".join([*lines, "2. Cee D. Two. Cell. 2002;3:4."]))[0] or "")


def test_a_heading_ends_the_list() -> None:
    listed = f"1. {reference(1)}\n2. Cee D. Two. Cell. 2002;3:4.\n\nDisclosures\n\nNone."
    assert len(read_back(listed)) == 2


def test_bars_of_a_formula_make_no_markdown() -> None:
    assert form_of("The norm is\n\n|x| + |y|\n\nand so on.", "a.txt") == "text"
    assert form_of("| a | b |\n| 1 | 2 |\n", "a.txt") == "markdown"


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("Ay J.-", "P. The making of it. Cell. 2001;2:3.", "Ay J.-P. The making of it."),
        ("Ay B. A book. 2nd ed. First-", "Second Press; 2001.", "First-Second Press"),
        ("Ay B. A placebo-", "controlled trial. Cell. 2001;2:3.", "placebo-controlled"),
        ("Ay B. The rand-", "omized trial. Cell. 2001;2:3.", "randomized"),
        (
            "Bee. Its making. https://www.exam‐",
            "ple.org/one/page. Accessed May 3, 2021.",
            "https://www.example.org/one/page",
        ),
    ],
)
def test_a_reference_broken_at_a_hyphen_is_joined_as_text_is(above: str, below: str, whole: str) -> None:
    others = [reference(n) for n in (2, 3)]
    raws = read_back("\n".join(f"{n}. {text}" for n, text in enumerate([f"{above}\n{below}", *others], 1)))
    assert len(raws) == 3
    assert whole in (raws[0] or "")
