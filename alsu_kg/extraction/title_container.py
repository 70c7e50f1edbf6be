"""Where the title of a cited work ends and the name of its container (journal, book) begins."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(
    r"[\s,.:;]*(?:[\"“”«„]|''|``)(?P<title>.{4,600}?)[,.;]?\s*(?:[\"”“»]|'')(?=[\s,.;:(]|$)|[\s,.:;]*[‘'](?P<singl"
    r"e>[^‘’']{8,400}?)[,.;]?[’'](?=[\s,.;:]|$)"
)
_BREAK = re.compile(
    r"(?<=[.?!])(?:[\"”’')\]]{0,2})\s+(?=[A-ZÀ-Þ0-9\"“(\[])|,\s+(?=[A-ZÀ-Þ])|\s+[-–—]\s+(?=[A-Z])"
    r"|;\s+|[.?!](?=[A-Z][a-z])|:\s+(?=[A-Z])|\s+(?=[A-Z])"
)
_IN = re.compile(
    r"(?:^|[.,;?!]\s*)(?:In|in|IN)(?::\s*|\s+(?=[A-Z][^.]{3,}(?:\b[Ee]ds?\b|\b[Pp]roc|[Ee]ditors?"
    r"|[Hh]andbook|[Pp]roceedings)))"
)
_ABBREVIATED = re.compile(r"(?:\.|\b)[A-Z]\.$|\b[A-Z][a-z]{0,6}\.\s?[A-Z][a-z]{0,8}\.$")  # at most 19 characters
_LAST_WORD = re.compile(r"([^\s.]+)\.$")
_SENTENCES = re.compile(r"[a-z]{4,}[.?!]\s+[A-Z][a-z]{3,}\s+[a-z]")
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


_SURE: Final = 6.0


class Split(NamedTuple):
    """Spans of title and container within the text that was split; an absent one is ``None``."""

    title: tuple[int, int] | None
    container: tuple[int, int] | None


def split_title(text: str, words: Mapping[str, float], *, has_numbers: bool) -> Split:
    """Split ``text`` (what stands between authors and numbers) into title and container.

    ``words`` gives log-odds that a word stands in a container name (data/lexicon/journal_words.tsv).

    >>> text = "Immune alterations in sclerosis. Acta Neurol Scand"
    >>> split = split_title(text, {}, has_numbers=True); text[slice(*split.title)], text[slice(*split.container)]
    ('Immune alterations in sclerosis', 'Acta Neurol Scand')
    """
    quoted = _QUOTED.match(text)
    if quoted is not None and not re.match(r"\s*:|\s+[a-z]", text[quoted.end() :]):
        group = "title" if quoted["title"] else "single"
        rest = _trim(text, quoted.end(), len(text))
        return Split(_trim(text, *quoted.span(group)), rest)
    inside = _IN.search(text)
    if inside is not None and inside.start() > 8:
        return Split(_trim(text, 0, inside.start()), _trim(text, inside.end(), len(text)))
    if not has_numbers:
        return _without_numbers(text, words)
    return _best(text, words)


def _without_numbers(text: str, words: Mapping[str, float]) -> Split:
    best = _best(text, words)
    if best.container is not None and score_container(text[slice(*best.container)], words) > 3:
        return best
    first = re.search(r"(?<=[a-z0-9)\]?!][.?!])\s+(?=[A-Z0-9])", text)
    if first is None:
        return Split(_trim(text, 0, len(text)), None)
    return Split(_trim(text, 0, first.start()), None)


def _best(text: str, words: Mapping[str, float]) -> Split:
    whole = _trim(text, 0, len(text))
    if whole is None:
        return Split(None, None)
    best, best_score = Split(None, whole), _whole_score(text[slice(*whole)], words)
    for start, end, weight in sorted(_candidates(text), key=lambda item: -item[2]):
        if weight < -3.0 and best.title is not None and best_score > _SURE:
            break  # a break at punctuation is good enough; breaks at bare spaces are many and seldom right
        left, right = _trim(text, 0, start), _trim(text, end, len(text))
        if left is None or right is None:
            continue
        score = weight + score_container(text[slice(*right)], words) + _title_score(text[slice(*left)], words)
        if score > best_score:
            best, best_score = Split(left, right), score
    return best


def _candidates(text: str) -> Iterator[tuple[int, int, float]]:
    for match in _BREAK.finditer(text):
        mark = text[match.start() - 1] if match[0].isspace() or match[0][:1] in "\"”’')]" else match[0][0]
        before = text[: match.start()].rstrip("\"”’')]")
        if mark in ".?!" and before.endswith((".", "?", "!")):
            weight = 4.0 if mark == "." else 6.0
            last = _LAST_WORD.search(before[-5:])
            if last is not None and (len(last[1]) == 1 or (len(last[1]) <= 3 and last[1][:1].isupper())):
                weight -= 4.0
        elif match[0][:1] in ".?!":
            weight = 2.5
        elif match[0].startswith(","):
            weight = 1.0
        elif match[0].isspace():
            weight = -3.5
        else:
            weight = -1.0
        yield match.start(), match.end(), weight


def score_container(text: str, words: Mapping[str, float]) -> float:
    """Say how much ``text`` looks like the name of a journal or book: above 0 likely.

    >>> score_container("J Biol Chem", {"j": 4.0, "biol": 7.0}) > score_container("Effects of light on cells", {})
    True
    """
    tokens = _WORD.findall(text)
    if not tokens:
        return -20.0
    score = 0.0
    lower = 0
    for token in tokens:
        small = token.lower()
        weight = words.get(small, 0.3)
        score += 2.5 if weight > 2.5 else -4.0 if weight < -4.0 else weight
        lower += small not in _SMALL and token[0].islower()
    score -= 1.2 * lower
    score -= 2.0 * len(_SENTENCES.findall(text))
    return score * min(1.0, 5 / len(tokens)) - 0.25 * max(0, len(tokens) - 8)


def _title_score(text: str, words: Mapping[str, float]) -> float:
    tokens = _WORD.findall(text)
    if len(tokens) < 2:
        return -3.0
    score = 0.0
    for token in tokens:
        weight = -words.get(token.lower(), -0.3)
        score += 3.0 if weight > 3.0 else -2.5 if weight < -2.5 else weight
    score = score / len(tokens) * 4
    lower = sum(token[0].islower() for token in tokens) / len(tokens)
    plain: float = 2.0 if lower > 0.4 else 0.0
    return score + plain + min(len(tokens), 6) * 0.3


def _whole_score(text: str, words: Mapping[str, float]) -> float:
    tokens = _WORD.findall(text)
    return score_container(text, words) + (2.5 if len(tokens) <= 6 else -2.0)


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start] in " \t\n,.;:-–—\"“”'’":
        start += 1
    while start < end and text[end - 1] in " \t\n,;:-–—\"“”'":
        end -= 1
    if start < end and text[end - 1] == "." and not _ABBREVIATED.search(text[max(start, end - 24) : end]):
        end -= 1
    return (start, end) if start < end else None
