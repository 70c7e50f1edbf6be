"""Lines of a summary page that hold too much or too little: several parts, marks of a converter, half a sentence."""

import itertools
import re
from collections.abc import Sequence
from typing import Final

from alsu_kg.extraction.summaries.grade_forms import ENOUGH, LONGEST_LINE
from alsu_kg.extraction.summaries.grades import may_grade
from alsu_kg.model.document import Block, Text, TextBuilder, join_texts

_PUBLISHED_BEHIND = re.compile(
    r"(?:(?<=\b[ABCDFU])|(?<=[Gg]rades[.;,|]))(?P<gap>\s+\W*)(?=(?:Published|Publication date|Publicado)\s*(?::|[A-Z0-9]))"
)
_UPDATED_BEHIND = re.compile(r"\s*[|•·;,/–—-]\s*(?=(?:[Ll]ast )?[Uu]pdated(?: on)?:? ?[\dA-Z])")
_PUBLISHED_DATE = re.compile(r"Publi\w+(?: date)?\s*:?\s*(?:on\s|in\s)?(?:[\w.]{1,12},?\s){1,2}(?:19|20)\d\d\b")
_PUBLISHED = re.compile(r"^\W*(?:\w+\s+){0,4}(?:publi|posted)", re.IGNORECASE)
# Where a page that is one line goes on with its next part.
_PART = re.compile(
    r"\s+(?=(?:Updated Review\s+Published\b|Published:\s|Key Information\b|Click on any\b|Download\s"
    r"|Patient (?:case reports|trials)\b|Mechanistic plausibility\b|(?:Pre-clinical models|Risks) \(|Grade [ABCDFU]: [A-Z]"
    r"|(?:Mechanisms?|Pre-?[Cc]linical(?: Trials)?|(?<!linical )Trials|Cases|Risks) Grade:))"
    r"|(?<=[- ]ALS Untangled™)\s+(?=Skip)"
)
_DATED = re.compile(r"Published:\s+\w+\.?\s(?:\d{1,2},\s)?\d{4}\b(?=\s+\S)")
_GRADE_OF = re.compile(r"\bGrade:")
_MANY_BARS: Final = 20
# What pandoc writes behind words and around parts: "{.button}", "{#id .class}", ":::".
_ATTRIBUTES = re.compile(r"\]?\{[.#][^{}]*\}|:{3,}|(?<!\S)\[(?=[A-Z])")
_CONVERTED = re.compile(r"\{[.#][^{}]*\}|:{3,}")
_OPEN_END = re.compile(
    r"\b(?:to|from|our|the|TOE|of|for|an?|in|and|or|by|with|as|is|are|was|we|it|that|change[sd]?|new)$"
)
_GOES_ON = re.compile(r"[a-z.,;)]|[“\"][\w‑-]+[”\"] [Gg]rade|[ABCDFU][.,;]?$")
_SHORTEST_OPEN: Final = 12
# "Download <https://…>", as browsers save pages as text.
_TARGET = re.compile(r"\s*<(?P<target>https?://[^<>\s]+)>")


def parts_of(text: Text, *, converted: bool = False) -> list[Text]:
    """Cut a line into its parts: the date of publication behind grades, that of an update beside it, the parts of a whole page.

    With ``converted`` the marks that a converter leaves of classes are taken out, and addresses in brackets become links.

    >>> [part.text for part in parts_of(Text("Cases Grade: B Published: May 2014"))]
    ['Cases Grade: B', 'Published: May 2014']
    >>> [part.text for part in parts_of(Text("[Cases Grade: B{.popup}]{.grade}"), converted=True)]
    ['Cases Grade: B']
    """
    if converted and _CONVERTED.search(text.text):
        text = _without_attributes(text)
    if converted and "<http" in text.text:
        text = _with_links(text)
    if "Key Information" in text.text and len(text.text) > LONGEST_LINE // 4:
        return [part for piece in _pieces(text) for part in _dated_parts(piece)]
    return _dated_parts(text)


def _pieces(text: Text) -> list[Text]:
    """Cut a line that holds a whole page where its parts begin."""
    if text.text.count("|") >= _MANY_BARS:
        cuts = [match.span() for match in re.finditer(r"\s*\|\s*", text.text)]
    else:
        cuts = [match.span() for match in _PART.finditer(text.text)]
        if len(_GRADE_OF.findall(text.text)) >= ENOUGH:
            cuts = sorted({*cuts, *((match.end(), match.end()) for match in _DATED.finditer(text.text))})
    ends = [0, *itertools.chain.from_iterable(cuts), len(text.text)]
    return [text.cut(a, b).strip() for a, b in zip(ends[::2], ends[1::2], strict=True) if a < b]


def _dated_parts(text: Text) -> list[Text]:
    if (
        "pdated" in text.text
        and (both := _UPDATED_BEHIND.search(text.text))
        and _PUBLISHED.match(text.text[: both.start()])
    ):
        return [text.cut(0, both.start()), text.cut(both.end(), len(text.text))]
    if len(text.text) > LONGEST_LINE or not may_grade(text.text.lower()):
        return [text] if text.text else []
    match = _PUBLISHED_BEHIND.search(text.text)
    if match is None:
        return [text]
    dated = _PUBLISHED_DATE.match(text.text, match.end("gap"))
    end = dated.end() if dated else len(text.text)
    parts = (text.cut(0, match.start()), text.cut(match.end("gap"), end), text.cut(end, len(text.text)).strip())
    return [part for part in parts if part.text]


def _without_attributes(text: Text) -> Text:
    spans = [(0, 0), *(match.span() for match in _ATTRIBUTES.finditer(text.text)), (len(text.text),) * 2]
    return join_texts([text.cut(a[1], b[0]) for a, b in itertools.pairwise(spans)], "").strip()


def _with_links(text: Text) -> Text:
    """Take out addresses in brackets, and make links of the words before them.

    >>> [(mark.start, mark.end, mark.target) for mark in _with_links(Text("Download <https://a.org/x>")).marks]
    [(0, 8, 'https://a.org/x')]
    """
    builder, start = TextBuilder(), 0
    for match in _TARGET.finditer(text.text):
        at = builder.length
        builder.extend(text.cut(start, match.start()))
        builder.mark(at, "link", match["target"])
        start = match.end()
    builder.extend(text.cut(start, len(text.text)))
    return builder.build()


def joined_prose(lines: Sequence[tuple[Block, Text]]) -> list[tuple[Block, Text]]:
    """Join paragraphs where a line breaks off in a sentence that the next one goes on with.

    >>> told = ("We change our Cases grade from D to", "B.", "Key Information")
    >>> [text.text for _, text in joined_prose([(Block("paragraph", Text(line)), Text(line)) for line in told])]
    ['We change our Cases grade from D to B.', 'Key Information']
    """
    joined: list[tuple[Block, Text]] = []
    for block, text in lines:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before[0].kind == block.kind == "paragraph"
            and _breaks_off(before[1].text, text.text)
        ):
            joined[-1] = before[0], join_texts([before[1], text])
        else:
            joined.append((block, text))
    return joined


def _breaks_off(line: str, following: str) -> bool:
    if len(line) < _SHORTEST_OPEN or line[-1] in ".!?:;)":
        return False
    return _OPEN_END.search(line) is not None or (_GOES_ON.match(following) is not None and " " in line)
