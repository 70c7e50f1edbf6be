"""Where the title of a cited work ends and the name of its container (journal, book) begins."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from string import ascii_letters
from typing import Final

import msgspec

from alsu_kg.extraction.references.citation_words import CitationWords
from alsu_kg.extraction.references.quotations import closes_inside, opens_inside
from alsu_kg.extraction.references.title_scores import NOTHING, container_score, sums_at, title_score

_QUOTED = re.compile(
    r"[\s,.:;]*(?:[\"“”«„]|''|``)(?P<title>.{4,600}?)[,.;]?\s*(?:”|(?:[\"“»]|'')(?=[\s,.:;(]|$))|[\s,.:;]*[‘'](?P<singl"
    r"e>[^‘’']{8,400}?)[,.;]?[’'](?=[\s,.;:]|$)"
)
# A space with the mark before it. One character that all have is found much faster than one of several.
_BREAK = re.compile(
    r" (?<=[.?!,;:\"”’')\]] )(?:(?<=; )|(?<=, )(?=[A-ZÀ-Þ])|(?<=: )(?=[A-Z])"
    r"|(?:(?<=[.?!] )|(?<=[.?!][\"”’')\]] )|(?<=[.?!][\"”’')\]]{2} ))(?=[A-ZÀ-Þ0-9\"“(\[]))"
)
_NO_SPACE = re.compile(r"[.?!](?=[A-Z][a-z])")
_NO_SPACE_AFTER_STOP = re.compile(r"\.(?=[A-Z][a-z])")
_DASH_BREAK = re.compile(r"(?<![;\s])\s+[-–—]\s+(?=[A-Z])")  # what follows a semicolon is a break already
_SMALL_LETTERS = re.compile(r"(?<![\w.])(?!(?:with|from|and|for|the|und|der|die|des)\b)[a-z]{3,}(?!\w)")
_SPACE = re.compile(
    r"(?<!\sof)(?<!\sin)(?<!\sand)(?<!\sfor)(?<!\sthe)(?<!\son)(?<![.?!,;:&\s])(?<!\s[-–—])(?<![.?!][\"”’')\]])\s+(?=[A-Z])"
)
_IN = re.compile(
    r"(?:^|[.,;?!]\s*)(?:In|in|IN)(?::\s*|\s+(?=[A-Z][^.]{3,}(?:\b[Ee]ds?\b|\b[Pp]roc|[Ee]ditors?"
    r"|[Hh]andbook|[Pp]roceedings)))"
)
_SMALL_IN = re.compile(r"in\b(?:(?<=[.,;?!]in)|(?<=[.,;?!] in))")
_ABBREVIATED = re.compile(r"(?:\.|\b)[A-Z]\.$|\b[A-Z][a-z]{0,6}\.\s?[A-Z][a-z]{0,8}\.$")  # at most 19 characters
_SENTENCE = re.compile(r"[.?!](?<=[a-z]{4}.)\s+[A-Z][a-z]{3,}\s+[a-z]")
_LETTERS_BEFORE_STOP: Final = 4  # of a sentence
_QUOTES: Final = "\"“”«„‘'`"
_MOST_MARKS: Final = 8
_OUTER: Final = " \t\n,.;:-–—\"“”'’"
_TRAILING: Final = " \t\n,;:-–—\"“”'"
_OPENING: Final = '“"'  # of these, what a quotation may open with
_SURE: Final = 6.0
_SECTION = re.compile(
    r"(?:Part|Section|Series|Sect|Ser)\.?\s[A-Z0-9]{1,3}\b"
)  # of a journal, whose name stands before it
_SECTION_STARTS: Final = ("P", "S")
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)\]?!][.?!])\s+(?=[A-Z0-9])")
_GOES_ON = re.compile(r"\s*:|\s+[a-z]")


class Split(msgspec.Struct, frozen=True, gc=False):
    """Spans of title and container within the text that was split; an absent one is ``None``."""

    title: tuple[int, int] | None
    container: tuple[int, int] | None


def split_title(text: str, words: CitationWords, *, has_numbers: bool) -> Split:
    """Split ``text`` (what stands between authors and numbers) into title and container; of white space it has single spaces only.

    ``words`` tell how likely a word stands in the name of a container.

    >>> text = "Immune alterations in sclerosis. Acta Neurol Scand"
    >>> split = split_title(text, CitationWords(), has_numbers=True); text[slice(*split.title)], text[slice(*split.container)]
    ('Immune alterations in sclerosis', 'Acta Neurol Scand')
    """
    first = text[:_MOST_MARKS].lstrip(" ,.:;")[:1]  # nothing if there are more marks
    quoted = _QUOTED.match(text) if first in _QUOTES else None
    if quoted is not None and not _GOES_ON.match(text, quoted.end()):
        group = "title" if quoted["title"] else "single"
        rest = _trim(text, quoted.end(), len(text))
        return Split(_trim(text, *quoted.span(group)), rest)
    inside = _IN.search(text) if _may_hold_in(text) else None
    if inside is not None and inside.start() > 8:
        return Split(_trim(text, 0, inside.start()), _trim(text, inside.end(), len(text)))
    return _best(text, words) if has_numbers else _without_numbers(text, words)


def _may_hold_in(text: str) -> bool:
    """Say whether ``text`` holds what every "In" before a container is: followed by a space or colon, or behind a mark."""
    return (
        ("In" in text and ("In " in text or "In:" in text))
        or ("IN" in text and ("IN " in text or "IN:" in text))
        or text.startswith("in")
        or _SMALL_IN.search(text) is not None
    )


def _without_numbers(text: str, words: CitationWords) -> Split:
    best = _best(text, words)
    if best.container is not None and score_container(text[slice(*best.container)], words) > 3:
        return best
    first = _SENTENCE_END.search(text)
    if first is None:
        return Split(_trim(text, 0, len(text)), None)
    return Split(_trim(text, 0, first.start()), None)


def _best(text: str, words: CitationWords) -> Split:
    """Give the split with the best score; only the container if no split is better than none."""
    first, last = len(text) - len(text.lstrip(_OUTER)), len(text.rstrip(_OUTER))  # both parts must have words
    best, best_score = None, (0.0, 0.0)
    breaks = _breaks(text, first)
    places = [place for place in breaks if first < place[0] and place[1] < last]
    if not places and " " not in text[first:last]:  # one word
        return Split(None, _trim(text, 0, len(text)))
    sentences = _sentences(text, breaks)
    for at_spaces in (False, True):
        if at_spaces:
            places = [place for place in _spaces(text) if first < place[0] and place[1] < last]
            if not places:
                break
        sums = sums_at(text, [place[0] for place in places], words)
        total = sums.pop()
        if not at_spaces:
            none = container_score(NOTHING, total, len(sentences)) + (2.5 if total[0] <= 6 else -2.0)
            best_score = none, _SURE  # of equals none is the best, then what has the highest weight
        for (start, end, weight), before in zip(places, sums, strict=True):
            after = len(sentences) - bisect_left(sentences, end) if sentences else 0
            score = weight + container_score(before, total, after) + title_score(before)
            if text.startswith(_SECTION_STARTS, end) and _SECTION.match(text, end):
                score -= 6.0
            if (score, weight) > best_score:
                best, best_score = (start, end), (score, weight)
        if best is not None and best_score[0] > _SURE:
            break  # a break at punctuation is good enough; breaks at bare spaces are many and seldom right
    if best is None:
        return Split(None, _trim(text, 0, len(text)))
    return Split(_trim(text, 0, best[0]), _trim(text, best[1], len(text)))


def _breaks(text: str, first: int = 0) -> list[tuple[int, int, float]]:
    """Give the breaks at punctuation: start, end, weight; at spaces from ``first`` on, before which are no words.

    >>> _breaks("Light, Heat. Cell"), _breaks("One: a study - Cell")
    ([(5, 7, 1.0), (12, 13, 4.0)], [(12, 15, -1.0)])
    """
    found = [_break(text, match.start()) for match in _BREAK.finditer(text, first)] if " " in text else []
    apart = len(found)
    if _NO_SPACE_AFTER_STOP.search(text) or (("?" in text or "!" in text) and _NO_SPACE.search(text)):
        found += [(m.start(), m.end(), _stop_weight(text, m.start(), m[0])) for m in _NO_SPACE.finditer(text)]
    if ("-" in text and " -" in text) or ("–" in text and " –" in text) or ("—" in text and " —" in text):
        for match in _DASH_BREAK.finditer(text):
            start, mark = match.start(), text[match.start() - 1]
            found.append((start, match.end(), _stop_weight(text, start, mark) if mark in ".?!" else -1.0))
    if len(found) > apart:
        found.sort()
    return found


def _sentences(text: str, breaks: Sequence[tuple[int, int, float]]) -> list[int]:
    """Give the stops that sentences follow on, all of which are among ``breaks``.

    >>> text = "Light on cells. Heat does more. Cell Biol"
    >>> _sentences(text, _breaks(text))
    [14]
    """
    return [
        start - 1
        for start, end, _ in breaks
        if start > _LETTERS_BEFORE_STOP and _goes_on_small(text, end) and _SENTENCE.match(text, start - 1)
    ]


def _goes_on_small(text: str, at: int) -> bool:
    """Say whether the second word from ``at`` on starts with a small letter."""
    second = text.find(" ", at) + 1
    return 0 < second < len(text) and text[second].islower()


def _break(text: str, space: int) -> tuple[int, int, float]:
    """Give the break at a space: from the mark before it on, but for a stop, which ends the words before it."""
    mark = text[space - 1]
    if mark == ".":
        before = text[space - 5 : space - 1] if space > 4 else text[: space - 1]
        return space, space + 1, 4.0 if (len(before) > 3 and before.isalpha()) or not _is_short(before) else 0.0
    if mark in "?!":
        return space, space + 1, 6.0
    if mark in ",;:":
        return space - 1, space + 1, 1.0 if mark == "," else -1.0
    start = space - 1 if text[space - 2] in ".?!" else space - 2
    return start, space + 1, _stop_weight(text, start, text[start - 1])


def _spaces(text: str) -> list[tuple[int, int, float]]:
    """Give the breaks at bare spaces, which only follow on a title in small letters: words in capitals are rather one name."""
    first = _SMALL_LETTERS.search(text) if " " in text else None
    if first is None:
        return []
    return [(match.start(), match.end(), -3.5) for match in _SPACE.finditer(text, first.end())]


def _stop_weight(text: str, start: int, mark: str) -> float:
    """Give the weight of a break behind a stop, which may have quotes and brackets after it: little after what looks shortened."""
    end = start
    while end and text[end - 1] in "\"”’')]":
        end -= 1
    if not end or text[end - 1] not in ".?!":
        return 2.5
    shortened = text[end - 1] == "." and _is_short(text[max(0, end - 5) : end - 1])
    return (4.0 if mark == "." else 6.0) - 4.0 * shortened


def _is_short(before: str) -> bool:
    """Say whether ``before``, four characters, ends with one letter or few with a capital."""
    if len(before) > 3 and before.isalpha():
        return False
    last = before.replace(".", " ").rpartition(" ")[2]
    return len(last) == 1 or (1 < len(last) <= 3 and last[0].isupper())


def score_container(text: str, words: CitationWords) -> float:
    """Say how much ``text`` looks like the name of a journal or book: above 0 likely.

    >>> words = CitationWords(container={"j": 4.0, "biol": 7.0})
    >>> score_container("J Biol Chem", words) > score_container("Effects of light on cells", words)
    True
    """
    return container_score(NOTHING, sums_at(text, (), words)[-1], len(_sentences(text, _breaks(text))))


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Give the span without marks and spaces at its ends; ``None`` if it has nothing else."""
    while start < end and (first := text[start]) in _OUTER:
        if first in _OPENING and opens_inside(text, start, end):
            break
        start += 1
    while start < end and (last := text[end - 1]) in _TRAILING:
        if last == "”" and closes_inside(text, start, end):
            break
        end -= 1
    if start < end and text[end - 1] == "." and not _is_abbreviated(text, max(start, end - 24), end):
        end -= 1
    return (start, end) if start < end else None


def _is_abbreviated(text: str, start: int, end: int) -> bool:
    """Say whether a full stop at the end belongs to an abbreviation: an initial, or a word in capital after another one."""
    if end - start > 2 and text[end - 3].isalpha() and text.find(".", start, end - 1) < 0:
        return False
    words = text[start : end - 1]
    before = words.rstrip(ascii_letters)
    if not words[len(before) : len(before) + 1].isupper():
        return False
    shortened = len(words) - len(before) == 1 or before.rstrip()[-1:] == "."
    return shortened and _ABBREVIATED.search(text[start:end]) is not None
