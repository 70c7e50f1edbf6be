"""Reference numbers that lost their raised type and stand right behind a word or a mark: "inflammation.3,4 In", "in mice12,13".

Behind a mark they are plain to see, for prose has a space there. Behind a letter a number may as well be part of a name
(Hes1, p38): such a number counts only if nothing speaks for a name.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

_LIST = r"[1-9]\d{0,2}(?:\s?[,–—-]\s?[1-9]\d{0,2})*"
_GOES_ON = r"(?=\s+(?:[\"“‘(]?[A-Za-zα-ωÀ-ÿ])|\s*$|[—–][a-z]"
# The look behind comes after the first digit, so that the search goes from digit to digit.
_AFTER_MARK = re.compile(
    r"(?P<n>[1-9](?:(?<=[a-zα-ω)\]”\"’%][.,;:?!]\d)|(?<=[A-Zα-ω][A-Z][.,;:?!]\d)|(?<=[a-zA-Z)][.,?!][”\"’)]\d)"
    r"|(?<=[A-Z]\d[.,;:?!]\d)|(?<=[a-z]\.,\d)|(?<=(?:19|20)\d\d[.,;]\d))\d{0,2}(?:[,–—-][1-9]\d{0,2})*)"
    rf"{_GOES_ON}|[\])](?:\s|$))"
)
_AFTER_LETTER = re.compile(rf"(?<![\w–-])(?P<word>[A-Za-zà-ÿ]{{2,}})(?P<n>{_LIST}){_GOES_ON}|[.,;:)?!](?!\d))")
_AFTER_BRACKET = re.compile(rf"(?:(?<=[a-zA-Z][)”\"’])|(?<=\d%))(?P<n>{_LIST}){_GOES_ON}|[.,;:](?!\d))")
_PLAIN_WORD = re.compile(r"[A-Za-z]?[a-zà-ÿ]{2,}")
_SHORTENED = re.compile(r"\b(?:figs?|nos?|eqs?|vs|ca|pp?|vol|approx|refs?|ver|chap|sect?|ch|st|v)\.$", re.IGNORECASE)
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+)[“\"(]?$")
_NAMED: Final = frozenset(
    {"log", "day", "week", "month", "phase", "type", "table", "figure", "fig", "grade", "group", "stage"}
)
_OFTEN: Final = 3
_STEP: Final = 3  # by how much a first use may be ahead of the one before
_LONG: Final = 2


class Glued(NamedTuple):
    """Where a list of numbers stands in its text, and as what it is printed."""

    start: int
    end: int
    printed: str


def find_glued(texts: Sequence[str], references: Sequence[str]) -> list[list[Glued]]:
    """Find the numbers that may cite in each of ``texts``; ``references`` are the printed references, which hold names too.

    >>> [[found.printed for found in each] for each in find_glued(["Seen in mice.3,4 Not in Hes1 cells of 10mg."], ["Hes1"])]
    [['3,4']]
    """
    sure = [list(_after_marks(text)) for text in texts]
    bare = [list(_AFTER_LETTER.finditer(text)) for text in texts]
    if not any(sure) and not any(bare):
        return sure
    names = _Names(
        Counter(match[0] for matches in bare for match in matches),
        frozenset(re.findall(r"[^\W\d_]+(?![\w–-])", " ".join(texts))),
        " ".join(references),
    )
    found = []
    highest = 0
    for text, certain, matches in zip(texts, sure, bare, strict=True):
        likely = {Glued(m.start("n"), m.end("n"), m["n"]): m for m in matches if not names.have(m)}
        kept = []
        for item in sorted({*certain, *likely}):
            numbers = [int(n) for n in re.findall(r"\d+", item.printed)]
            new = highest < numbers[0] <= highest + _STEP
            if item in certain or new or (numbers[0] <= highest and names.is_word(likely[item], text)):
                kept.append(item)
                highest = max(highest, *numbers) if item in certain or new else highest
        found.append(kept)
    return found


class _Names(NamedTuple):
    """What tells names with a number from words that a number follows."""

    counts: Counter[str]
    words: frozenset[str]
    references: str

    def have(self, match: re.Match[str]) -> bool:
        """Say whether a word with its number is a name: it recurs, or a reference has it."""
        word = match["word"]
        if word.lower() in _NAMED or match[0] in self.references:
            return True
        if _PLAIN_WORD.fullmatch(word) is None and len(match["n"]) < _LONG:
            return True
        return self.counts[match[0]] >= (_OFTEN if word.islower() else 2)

    def is_word(self, match: re.Match[str], text: str) -> bool:
        """Say whether the text has the same word without a number, or it looks like any word."""
        word = match["word"]
        if word in self.words:
            return True
        capital = word[0].isupper() and not _SENTENCE_START.search(text[max(0, match.start() - 4) : match.start()])
        return (
            _PLAIN_WORD.fullmatch(word) is not None
            and not capital
            and (len(word) >= len("mice") or not match["n"].isdigit())
        )


def _after_marks(text: str) -> Iterator[Glued]:
    for pattern in (_AFTER_MARK, _AFTER_BRACKET):
        for match in pattern.finditer(text):
            if not _SHORTENED.search(text, max(0, match.start() - 8), match.start()):
                yield Glued(match.start("n"), match.end("n"), match["n"])
