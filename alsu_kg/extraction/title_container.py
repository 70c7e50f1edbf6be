"""Where the title of a cited work ends and the name of its container (journal, book) begins."""

import re
from bisect import bisect_left
from string import ascii_letters
from typing import Final, NamedTuple

from alsu_kg.extraction.citation_words import CitationWords, Shares

_WORD = re.compile(r"[^\W\d_]+")
_ASCII_WORD = re.compile(r"[A-Za-z]+")  # the same for text without other letters, and faster
_QUOTED = re.compile(
    r"[\s,.:;]*(?:[\"“”«„]|''|``)(?P<title>.{4,600}?)[,.;]?\s*(?:”|(?:[\"“»]|'')(?=[\s,.:;(]|$))|[\s,.:;]*[‘'](?P<singl"
    r"e>[^‘’']{8,400}?)[,.;]?[’'](?=[\s,.;:]|$)"
)
# Starts with the characters that every break starts with, so that the search goes from one to the next.
_BREAK = re.compile(
    r"[\s\"”’')\],;.?!:](?:(?<=\s)(?:(?<=[.?!]\s)\s*(?=[A-ZÀ-Þ0-9\"“(\[])|\s*[-–—]\s+(?=[A-Z]))"
    r"|(?<!\s)(?:(?<=[.?!][\"”’')\]])[\"”’')\]]?\s+(?=[A-ZÀ-Þ0-9\"“(\[])|(?<=,)\s+(?=[A-ZÀ-Þ])|(?<=;)\s+"
    r"|(?<=[.?!])(?=[A-Z][a-z])|(?<=:)\s+(?=[A-Z])))"
)
_SMALL_LETTERS = re.compile(r"(?<![\w.])(?!(?:with|from|and|for|the|und|der|die|des)\b)[a-z]{3,}(?!\w)")
_SPACE = re.compile(
    r"(?<!\sof)(?<!\sin)(?<!\sand)(?<!\sfor)(?<!\sthe)(?<!\son)(?<![.?!,;:&\s])(?<!\s[-–—])(?<![.?!][\"”’')\]])\s+(?=[A-Z])"
)
_IN = re.compile(
    r"(?:^|[.,;?!]\s*)(?:In|in|IN)(?::\s*|\s+(?=[A-Z][^.]{3,}(?:\b[Ee]ds?\b|\b[Pp]roc|[Ee]ditors?"
    r"|[Hh]andbook|[Pp]roceedings)))"
)
_SMALL_IN = re.compile(r"[.,;?!]\s*in\b")
_ABBREVIATED = re.compile(r"(?:\.|\b)[A-Z]\.$|\b[A-Z][a-z]{0,6}\.\s?[A-Z][a-z]{0,8}\.$")  # at most 19 characters
_LAST_WORD = re.compile(r"([^\s.]+)\.$")
_SENTENCES = re.compile(r"[.?!](?<=[a-z]{4}.)\s+[A-Z][a-z]{3,}\s+[a-z]")
_SMALL: Final = frozenset(
    [
        "of",
        "the",
        "and",
        "for",
        "in",
        "on",
        "de",
        "la",
        "le",
        "des",
        "du",
        "et",
        "und",
        "der",
        "die",
        "das",
        "fur",
        "für",
        "a",
        "&",
        "y",
        "e",
        "i",
        "da",
        "do",
        "del",
        "to",
        "an",
        "with",
        "at",
        "by",
    ]
)


_MOST_WORDS: Final = 20_000
_SURE: Final = 6.0
_SECTION = re.compile(
    r"(?:Part|Section|Series|Sect|Ser)\.?\s[A-Z0-9]{1,3}\b"
)  # of a journal, whose name stands before it
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)\]?!][.?!])\s+(?=[A-Z0-9])")
_GOES_ON = re.compile(r"\s*:|\s+[a-z]")


class Split(NamedTuple):
    """Spans of title and container within the text that was split; an absent one is ``None``."""

    title: tuple[int, int] | None
    container: tuple[int, int] | None


def split_title(text: str, words: CitationWords, *, has_numbers: bool) -> Split:
    """Split ``text`` (what stands between authors and numbers) into title and container.

    ``words`` tell how likely a word stands in the name of a container.

    >>> text = "Immune alterations in sclerosis. Acta Neurol Scand"
    >>> split = split_title(text, CitationWords(), has_numbers=True); text[slice(*split.title)], text[slice(*split.container)]
    ('Immune alterations in sclerosis', 'Acta Neurol Scand')
    """
    quoted = _QUOTED.match(text)
    if quoted is not None and not _GOES_ON.match(text, quoted.end()):
        group = "title" if quoted["title"] else "single"
        rest = _trim(text, quoted.end(), len(text))
        return Split(_trim(text, *quoted.span(group)), rest)
    may_be_in = "In" in text or "IN" in text or text.startswith("in") or _SMALL_IN.search(text)
    inside = _IN.search(text) if may_be_in else None
    if inside is not None and inside.start() > 8:
        return Split(_trim(text, 0, inside.start()), _trim(text, inside.end(), len(text)))
    if not has_numbers:
        return _without_numbers(text, words)
    return _best(text, words)


def _without_numbers(text: str, words: CitationWords) -> Split:
    best = _best(text, words)
    if best.container is not None and score_container(text[slice(*best.container)], words) > 3:
        return best
    first = _SENTENCE_END.search(text)
    if first is None:
        return Split(_trim(text, 0, len(text)), None)
    return Split(_trim(text, 0, first.start()), None)


def _best(text: str, words: CitationWords) -> Split:
    sums = _Sums(text, words)
    best, best_score = None, _whole_score(sums)
    for candidates in (_breaks, _spaces):
        for start, end, weight in candidates(text):
            score = weight + sums.container_score(end) + sums.title_score(start)
            score -= 6.0 if _SECTION.match(text, end) else 0.0
            if score > best_score:
                left, right = _trim(text, 0, start), _trim(text, end, len(text))
                if left is not None and right is not None:
                    best, best_score = Split(left, right), score
        if best is not None and best_score > _SURE:
            break  # a break at punctuation is good enough; breaks at bare spaces are many and seldom right
    return best or Split(None, _trim(text, 0, len(text)))


def _breaks(text: str) -> list[tuple[int, int, float]]:
    """Give the breaks at punctuation, the likeliest first: start, end, weight."""
    found = []
    for match in _BREAK.finditer(text):
        start, mark = match.start(), match[0][0]
        if mark.isspace() or mark in "\"”’')]":
            mark = text[start - 1]
        weight = -1.0
        if mark in ".?!":
            weight = _stop_weight(text, start, mark)
        elif match[0][0] == ",":
            weight = 1.0
        found.append((start, match.end(), weight))
    return sorted(found, key=lambda item: -item[2])


def _spaces(text: str) -> list[tuple[int, int, float]]:
    """Give the breaks at bare spaces, which only follow on a title in small letters: words in capitals are rather one name."""
    first = _SMALL_LETTERS.search(text)
    if first is None:
        return []
    return [(match.start(), match.end(), -3.5) for match in _SPACE.finditer(text, first.end())]


def _stop_weight(text: str, start: int, mark: str) -> float:
    before = text[max(0, start - 16) : start].rstrip("\"”’')]")
    if not before.endswith((".", "?", "!")):
        return 2.5
    last = _LAST_WORD.search(before[-5:])
    short = last is not None and (len(last[1]) == 1 or (len(last[1]) <= 3 and last[1][:1].isupper()))
    return (4.0 if mark == "." else 6.0) - 4.0 * short


def _remember(token: str, words: CitationWords) -> Shares:
    """Give what a word adds to the sums of a container (plus, minus) and of a title, and whether it is in small letters."""
    small = token.lower()
    weight = words.container.get(small)
    plus, title = 0.3, 0.3
    if weight is not None:
        plus = 2.5 if weight > 2.5 else -4.0 if weight < -4.0 else weight
        title = -2.5 if weight > 2.5 else 3.0 if weight < -3.0 else -weight
    lower = token[0].islower()
    if len(words.shares) >= _MOST_WORDS:
        words.shares.clear()
    words.shares[token] = shares = (plus, 1.2 if lower and small not in _SMALL else 0.0, title, int(lower))
    return shares


class _Sums:
    """Sums over the words of a text up to each of them, so that any cut is scored at once."""

    __slots__ = ("container", "lower", "sentences", "starts", "title")

    def __init__(self, text: str, words: CitationWords) -> None:
        word = _ASCII_WORD if text.isascii() else _WORD
        self.starts = [match.start() for match in word.finditer(text)]
        containers, titles, lowers = [0.0], [0.0], [0]
        to_containers, to_titles, to_lowers = containers.append, titles.append, lowers.append
        container = title = 0.0
        lower = 0
        known = words.shares.get
        for token in word.findall(text):
            gain, loss, more, small = known(token) or _remember(token, words)
            container = container + gain - loss
            title += more
            lower += small
            to_containers(container)
            to_titles(title)
            to_lowers(lower)
        self.container, self.title, self.lower = containers, titles, lowers
        self.sentences = [match.start() for match in _SENTENCES.finditer(text)]

    def container_score(self, start: int) -> float:
        """Say how much the text from ``start`` on looks like the name of a container."""
        first = bisect_left(self.starts, start)
        count = len(self.starts) - first
        if not count:
            return -20.0
        score = self.container[-1] - self.container[first]
        score -= 2.0 * (len(self.sentences) - bisect_left(self.sentences, start))
        return score * min(1.0, 5 / count) - 0.25 * max(0, count - 8)

    def title_score(self, end: int) -> float:
        """Say how much the text up to ``end`` looks like a title."""
        count = bisect_left(self.starts, end)
        if count < 2:
            return -3.0
        plain = 2.0 if self.lower[count] / count > 0.4 else 0.0
        return self.title[count] / count * 4 + plain + min(count, 6) * 0.3


def score_container(text: str, words: CitationWords) -> float:
    """Say how much ``text`` looks like the name of a journal or book: above 0 likely.

    >>> words = CitationWords(container={"j": 4.0, "biol": 7.0})
    >>> score_container("J Biol Chem", words) > score_container("Effects of light on cells", words)
    True
    """
    return _Sums(text, words).container_score(0)


def _whole_score(sums: _Sums) -> float:
    return sums.container_score(0) + (2.5 if len(sums.starts) <= 6 else -2.0)


def _closes(text: str, start: int, end: int) -> bool:
    """Say whether the last mark ends a quotation that starts inside."""
    return text[end - 1] == "”" and text.count("“", start, end) >= text.count("”", start, end)


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start] in " \t\n,.;:-–—\"“”'’":
        start += 1
    while start < end and text[end - 1] in " \t\n,;:-–—\"“”'" and not _closes(text, start, end):
        end -= 1
    if start < end and text[end - 1] == "." and not _is_abbreviated(text[max(start, end - 24) : end]):
        end -= 1
    return (start, end) if start < end else None


def _is_abbreviated(text: str) -> bool:
    """Say whether a full stop at the end belongs to an abbreviation: an initial, or a word in capital after another one."""
    before = text[:-1].rstrip(ascii_letters)
    if not text[len(before) : len(before) + 1].isupper():
        return False
    return (len(text) - len(before) == 2 or before.rstrip()[-1:] == ".") and _ABBREVIATED.search(text) is not None
