"""Words broken at the end of a line: with or without the hyphen that stands there."""

import itertools
import re
from typing import Final

_HYPHENS: Final = "-‐\u00ad\ufffd"  # the last is a hyphen of a font that does not say what it is
_TYPESET: Final = "‐"  # no address has it
_SMALL = re.compile("[a-zß-ÿ]")
_RANGE = re.compile(r"\d–$")
_ADDRESS = re.compile(r"://|^www\.|/\S*[-._]\w")
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_UNITS = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b"
)
# First parts that keep their hyphen before some words.
_SECOND_PARTS: Final = dict.fromkeys(_TENS, _UNITS) | {
    "meta": re.compile("anal"),
    "anti": re.compile("inflam"),
    "non": re.compile("(?:small|steroid|invasiv|random)"),
    "add": re.compile(r"on\b"),
    "in": re.compile(r"(?:vitro|vivo)\b"),
}
# First parts that mostly keep their hyphen.
_FIRST_PARTS: Final = frozenset(
    [
        *(
            "double",
            "single",
            "placebo",
            "open",
            "long",
            "short",
            "high",
            "low",
            "well",
            "self",
            "dose",
            "follow",
            "late",
        ),
        *("early", "first", "half", "one", "two", "three", "four", "five", "six", "age", "sex"),
    ]
)
# Second parts that keep the hyphen before them, but after a prefix.
_COMPOUNDS = re.compile(
    r"(?:associated|based|containing|controlled|dependent|derived|induced|loaded|mediated|related|resistant|sensitive|treated)\b"
)
_PREFIXES: Final = frozenset(["inter", "multi", "super", "trans", "ultra", "under"])
_LONG_PART: Final = 5


def end_of_line(above: str, below: str) -> str | None:
    """Give ``above`` as it is continued by ``below`` right after it, if its hyphen stands within a word; else nothing.

    A soft hyphen goes. Another one goes between small letters, but for numbers, addresses and words that mostly keep theirs.

    >>> end_of_line("slows the pro-", "gression"), end_of_line("Forty-", "four people"), end_of_line("the ALSFRS-", "R score")
    ('slows the pro', 'Forty-', 'the ALSFRS-')
    >>> end_of_line("a meta-", "analysis"), end_of_line("its meta-", "bolism")
    ('a meta-', 'its meta')
    >>> end_of_line("nanoparticle-", "based"), end_of_line("is unre-", "lated"), end_of_line("inter-", "related")
    ('nanoparticle-', 'is unre', 'inter')
    >>> end_of_line("a placebo-", "controlled trial"), end_of_line("https://example.org/my-", "story"), end_of_line("ends -", "so")
    ('a placebo-', 'https://example.org/my-', None)
    >>> end_of_line("https://exam‐", "ple.org/story")
    'https://exam'
    >>> end_of_line("Example J.-", "P. A title."), end_of_line("Kept-", "Together Press")
    ('Example J.-', 'Kept-')
    """
    if not above or above[-1] not in _HYPHENS or not below[:1].isalnum():
        return None
    without = above[:-1]
    word = without.rsplit(None, 1)[-1] if without and not without[-1].isspace() else ""
    if not word or not (word[-1].isalnum() or word[-1] in "_."):
        return None
    if above.endswith(("\u00ad", "\ufffd")):
        return without
    if not (_SMALL.match(below) and _SMALL.match(word[-1])):
        return above
    first = re.split(r"[^a-z]", word.casefold())[-1]
    kept = _SECOND_PARTS.get(first)
    address = above[-1] != _TYPESET and _ADDRESS.search(word) is not None
    compound = len(first) >= _LONG_PART and first not in _PREFIXES and _COMPOUNDS.match(below)
    whole = (kept and kept.match(below)) or first in _FIRST_PARTS or compound or address
    return above if whole else without


def join_lines(text: str) -> str:
    r"""Undo the line breaks of a text.

    >>> join_lines("threshold-free enhance-\nment: a\n test, 842–\n9. The IL-\n6 level")
    'threshold-free enhancement: a test, 842–9. The IL-6 level'
    """
    lines = [line.strip() for line in text.split("\n")]
    parts = []
    for line, below in itertools.pairwise(lines):
        joined = end_of_line(line, below)
        if joined is None:
            joined = line if _RANGE.search(line) and below[:1].isdigit() else f"{line} "
        parts.append(joined)
    return "".join([*parts, lines[-1]])
