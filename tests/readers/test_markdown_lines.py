"""Lines that are read without the parser give what the parser finds in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.readers import markdown
from alsu_kg.readers.markdown import read_markdown
from alsu_kg.readers.markdown_lines import find_stretches

LINES = (
    "text here", "“quoted” text", "(x) y", "[x] y", "5 mg", "1.5 mg", "α-x", "a\tb\tc", "# Head", "## 3. Risks", "#nohead", "# ",
    "# h #", "####### x", "- item", "+ plus", "* star", "-no", "-", "- a | b", "-  two", "-     five", "- \ttab", "- # head",
    "- - nested", "1. one", "2. two", "3) three", "1.", "   - inner", "  cont", "    deep", "\ttab", "   text", "", "", "", " ",
    "---", "--- ", "***\t", "____", "--", "---x",
    "\t", "---", "===", "- - -", "> quote", "> - q", "| a | b |", "|---|---|", "a | b", "--- | ---", "```", "<div>", "<!-- c",
    "a   b", "\tA\tB", "-->", "[^2]: note", "[1]: http://x.org", "\xa0", "x  ", "y\\", "\r", "\x0c", "\u2028",
)  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=14), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_lines_give_what_the_parser_finds(lines: list[str], line_end: str) -> None:
    raw = line_end.join(lines)
    blocks = read_markdown(raw)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "_SIMPLE", frozenset({"never"}))
        patch.setattr(markdown, "_idle_rules", lambda *_given: ())
        assert blocks == read_markdown(raw)


def test_most_lines_of_a_review_need_no_parser() -> None:
    words = "Some words\nthat go on.\n\n\tA\tB\nOne\ta\tb"
    review = f"# Title\n\n{words}\n\n## Risks\nIt may harm.\n\n- one\n- two\n\n## References\n\n1. Ay B. One.\n2. Cee D. Two."
    assert all(shape for _, _, shape in find_stretches(review.split("\n")))


@pytest.mark.parametrize("last", ["  more of it", "    more of it", "\tmore"])
def test_an_indented_line_belongs_to_the_item_before_it(last: str) -> None:
    assert [shape for _, _, shape in find_stretches(["- one", "", last])] == [None]


@pytest.mark.parametrize("text", ["[^1] said so.", "[^note]", "[#1] is a mark."])
def test_a_paragraph_that_starts_with_the_mark_of_a_note_defines_none(text: str) -> None:
    assert [block.kind for block in read_markdown(text)] == ["paragraph"]
