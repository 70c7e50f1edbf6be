"""How much words look like a title, and how much like the name of a container: sums over what each of them tells."""

import re
from collections.abc import Sequence
from typing import Final

from alsu_kg.extraction.references.citation_words import CitationWords, Share

_WORD = re.compile(r"[^\W\d_]+")
_SMALL: Final = frozenset((
    "of", "the", "and", "for", "in", "on", "de", "la", "le", "des", "du", "et", "und", "der", "die", "das", "fur", "für", "a",
    "&", "y", "e", "i", "da", "do", "del", "to", "an", "with", "at", "by",
))  # fmt: skip
_MOST_WORDS: Final = 20_000
NOTHING: Final[Share] = (0, 0.0, 0.0, 0)


def _add_word(word: str, words: CitationWords, share: Share) -> Share:
    """Add to ``share`` what a word tells: for and against a container, for a title, and whether it is in small letters."""
    small = word.lower()
    weight = words.container.get(small)
    plus, title = 0.3, 0.3
    if weight is not None:
        plus = 2.5 if weight > 2.5 else -4.0 if weight < -4.0 else weight
        title = -2.5 if weight > 2.5 else 3.0 if weight < -3.0 else -weight
    lower = word[0].islower()
    minus = 1.2 if lower and small not in _SMALL else 0.0
    return share[0] + 1, share[1] + plus - minus, share[2] + title, share[3] + lower


def _remember(token: str, words: CitationWords) -> Share:
    """Give the sums over the words of ``token``."""
    if len(words.shares) >= _MOST_WORDS:
        words.shares.clear()
    share = NOTHING
    for word in _WORD.findall(token):
        share = _add_word(word, words, share)
    words.shares[token] = share
    return share


def sums_at(text: str, places: Sequence[int], words: CitationWords) -> list[Share]:
    """Give the sums over the words of ``text`` before each of ``places``, which cut no word, and the first two over all words.

    >>> sums_at("Light on cells. Cell", [15], CitationWords())[0][::3]
    (3, 2)
    """
    known = words.shares.get
    sums = []
    count = lower = at = 0
    container = title = 0.0
    for place in places:
        for token in text[at:place].split():
            more, inside, outside, small = known(token) or _remember(token, words)
            count += more
            container += inside
            title += outside
            lower += small
        sums.append((count, container, title, lower))
        at = place
    for token in text[at:].split():  # of all words only these two sums are asked for
        more, inside, _, _ = known(token) or _remember(token, words)
        count += more
        container += inside
    sums.append((count, container, title, lower))
    return sums


def container_score(before: Share, total: Share, sentences: int) -> float:
    """Say how much what follows on the words of ``before`` looks like the name of a container; ``sentences`` begin in it.

    >>> container_score((2, 0.5, 0.0, 1), (4, 3.5, 0.0, 1), 0), container_score((4, 3.5, 0.0, 1), (4, 3.5, 0.0, 1), 0)
    (3.0, -20.0)
    """
    count = total[0] - before[0]
    if not count:
        return -20.0
    score = total[1] - before[1] - 2.0 * sentences
    return (score if count <= 5 else score * (5 / count)) - (0.25 * (count - 8) if count > 8 else 0.0)


def title_score(sums: Share) -> float:
    """Say how much the words of ``sums`` look like a title.

    >>> title_score((1, 0.0, 2.0, 1)), title_score((10, 0.0, 5.0, 2))
    (-3.0, 3.8)
    """
    count, _, title, lower = sums
    if count < 2:
        return -3.0
    plain = 2.0 if lower / count > 0.4 else 0.0
    return title / count * 4 + plain + (count if count < 6 else 6) * 0.3
