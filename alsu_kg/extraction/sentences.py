"""Sentences of a passage. Own rules: citation marks after the full stop, ``et al.``, initials, doses, abbreviations."""

import re
from typing import Final

_BREAK = re.compile(r"(?P<mark>[.!?])(?P<close>[\"”’')\]]*)(?P<cite>(?:\[[\d,\s–-]+\]|\(\d[\d,\s–-]*\)|(?<=[a-z)]\.)\d{1,3}(?:[,–-]\d{1,3})*)?)\s+(?=[A-Z0-9“\"‘'(\[Α-ω])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:al|cf|e\.g|i\.e|vs|Dr|Drs|Mr|Mrs|Ms|Prof|Fig|Figs|Tab|Ref|Refs|No|Nos|Vol|pp?|approx|ca|St|Jr|Sr|etc|resp|viz|dept|Inc|Ltd|Co|Eq|Eqs|"
    r"b\.i\.d|t\.i\.d|q\.d|p\.o|i\.v|s\.c|i\.p|U\.S|U\.K|a\.m|p\.m)|(?:^|[\s(])[A-Z](?:\.[A-Z])*)\.$")
_STARTERS: Final = ("The", "In", "We", "This", "These", "It", "A", "An", "However", "There", "No", "One", "Two", "Based")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Give start and end of each sentence.

    >>> text = "It failed (Smith et al. 2010). No effect was seen.5 Six people took 2 mg b.i.d. for a year."
    >>> [text[a:b] for a, b in split_sentences(text)]
    ['It failed (Smith et al. 2010).', 'No effect was seen.5', 'Six people took 2 mg b.i.d. for a year.']
    """
    spans = []
    start = 0
    for match in _BREAK.finditer(text):
        head = text[max(start, match.start() - 14):match.start() + 1]
        following = text[match.end():match.end() + 12].split(" ", 1)[0].rstrip(",")
        if _ABBREVIATION.search(head) and not match["cite"] and (following not in _STARTERS or head.endswith((" al.", "vs."))):
            continue
        end = match.end("cite") if match["cite"] else match.end("close")
        spans.append((start, end))
        start = match.end()
    if text[start:].strip():
        spans.append((start, len(text.rstrip())))
    return spans
