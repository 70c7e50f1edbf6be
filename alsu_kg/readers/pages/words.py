"""Characters of a page with their places -> words, which end at spaces, at gaps, and where the type changes its size."""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import Final

from alsu_kg.readers.pages.accents import with_accents
from alsu_kg.readers.pages.holes import UNKNOWN
from alsu_kg.readers.pages.ligatures import letter_widths, with_lost_ligatures
from alsu_kg.readers.pages.lines import CLOSE, RAISED, SMALLER, Char, Word, is_raised

_GAP: Final = 0.15  # in sizes of the type, as all that follow
_HOLE: Final = 0.2
_WIDEST_HOLE: Final = 1.2
_FEWEST_LETTERS: Final = 6
_SPACED: Final = 1.2
_BETWEEN_WORDS: Final = 1.4
_EQUAL: Final = 0.1  # of the width
_BACK: Final = 0.5
_SAME_HEIGHT: Final = 0.05
_OVERPRINT: Final = 0.1
_DROPPED: Final = 1.8
_NUMBER = re.compile(r"[\d,–-]+")
# Ligatures, and the letters and digits of fonts for formulas (Unicode, Mathematical Alphanumeric Symbols).
_PLAIN: Final = {
    ord(c): unicodedata.normalize("NFKC", c) for c in ("ﬀﬁﬂﬃﬄﬅﬆ" + "".join(map(chr, range(0x1D400, 0x1D800))))
}


def make_words(chars: Iterable[Char]) -> list[Word]:
    """Make words of the characters of a page, which come in any order. Raised numbers stand at the height of the word they follow.

    >>> def char(text, left, bottom=0, size=10): return Char(text, left, left + 5, bottom, size, size, False)
    >>> [word.text for word in make_words([char("n", 15), char("I", 0), char("t", 5), char("o", 20), char("1", 25, 4, 6)])]
    ['It', 'no', '¹']
    """
    words = []
    given = list(chars)
    widths = letter_widths(given)
    for row in _rows(with_accents(given)):
        for part in _split(with_lost_ligatures(row, widths) if widths else row):
            text = _text(part)
            if text.strip():
                first = part[0]
                bold = sum(char.bold for char in part) * 2 > len(part)
                right = max(char.right for char in part)
                size = max(char.size for char in part)
                words.append(Word(text, first.left, first.bottom, right, first.bottom + first.height, size, bold))
    return _with_raised(_without_drop_caps(without_letterspacing(words)))


def without_letterspacing(words: Sequence[Word]) -> list[Word]:
    """Join words that are set with spaces between their letters, as some headings are; wider ones stand between the words.

    >>> letters = [Word(text, left, 0, left + 4, 9, 9, False) for left, text in zip((0, 8, 16, 24, 37, 45, 53), "methods")]
    >>> [word.text for word in without_letterspacing(letters)]
    ['meth', 'ods']
    """
    out: list[Word] = []
    run: list[Word] = []
    for word in (*words, None):
        if run and (word is None or len(word.text) > 1 or not _goes_on(run[-1], word)):
            out += _joined_letters(run) if len(run) >= _FEWEST_LETTERS else run
            run = []
        if word is not None:
            (run if len(word.text) == 1 and word.text.isalpha() else out).append(word)
    return out


def _goes_on(letter: Word, word: Word) -> bool:
    """Say whether a word stands behind a letter, set apart from it no more than two words are."""
    return letter.bottom == word.bottom and _GAP < (word.left - letter.right) / letter.size < _SPACED


def _joined_letters(run: Sequence[Word]) -> list[Word]:
    usual = median(b.left - a.right for a, b in itertools.pairwise(run))
    parts: list[list[Word]] = [[run[0]]]
    for before, letter in itertools.pairwise(run):
        if letter.left - before.right > _BETWEEN_WORDS * usual:
            parts.append([])
        parts[-1].append(letter)
    return [part[0]._replace(text="".join(one.text for one in part), right=part[-1].right) for part in parts]


def _without_drop_caps(words: Sequence[Word]) -> list[Word]:
    """Join large first letters that hang beside several lines with the word of the first one."""
    usual = median(word.size for word in words) if words else 0.0
    out = list(words)
    for cap in words:
        if cap.size < _DROPPED * usual or len(cap.text) != 1 or not cap.text.isupper():
            continue
        beside = [
            w
            for w in out
            if -_GAP < (w.left - cap.right) / cap.size < _BACK
            and cap.bottom - _GAP * cap.size <= w.bottom < cap.top
            and w.size * _DROPPED <= cap.size
        ]
        first = max(beside, key=lambda w: w.bottom, default=None)
        if first is None or first.bottom - min(w.bottom for w in beside) < first.size:
            continue
        out.remove(cap)
        apart = (
            " " if cap.text in "AI" and first.left - cap.right > _GAP * first.size and first.text[0].islower() else ""
        )
        out[out.index(first)] = first._replace(text=cap.text + apart + first.text, left=cap.left)
    return out


def _with_raised(words: Sequence[Word]) -> list[Word]:
    """Write small numbers that stand above and right behind a word as raised ones, at the height of the word."""
    ends: dict[int, list[Word]] = {}
    for word in words:
        ends.setdefault(int(word.right), []).append(word)
    out: list[tuple[float, float, Word]] = []
    for word in words:
        base = _base_of(word, ends) if _NUMBER.fullmatch(word.text) else None
        if base is not None:
            text = word.text.translate(RAISED)
            word = word._replace(text=text, bottom=base.bottom, top=base.top, size=base.size, bold=base.bold)
        out.append((-word.bottom, word.left, word))
    return [word for _, _, word in sorted(out)]


def _base_of(word: Word, ends: dict[int, list[Word]]) -> Word | None:
    """Find the word that a small number stands right behind, raised."""
    near = [other for end in range(int(word.left) - 3, int(word.left) + 3) for other in ends.get(end, ())]
    return next(
        (
            other
            for other in near
            if abs(word.left - other.right) < CLOSE * other.size
            and other.bottom <= word.bottom < other.top
            and is_raised(word.size, word.bottom, (other.size, other.bottom))
        ),
        None,
    )


def _rows(chars: Iterable[Char]) -> Iterator[list[Char]]:
    """Give the characters that stand at one height, from left to right."""
    row: list[Char] = []
    for char in sorted(chars, key=lambda c: (-c.bottom, c.left)):
        if row and row[0].bottom - char.bottom > _SAME_HEIGHT * max(char.size, row[0].size):
            yield _in_order(row)
            row = []
        row.append(char)
    if row:
        yield _in_order(row)


def _in_order(row: Sequence[Char]) -> list[Char]:
    """Give characters from left to right; those without width, which make up one sign, reach as far as the next one."""
    out = sorted(row, key=lambda c: c.left)
    for i in range(len(out) - 2, -1, -1):
        char, after = out[i], out[i + 1]
        if char.right <= char.left and not char.text.isspace():
            end = after.right if after.left <= char.left else after.left
            if end - char.left < _WIDEST_HOLE * char.size:
                out[i] = char._replace(right=end)
    return out


def _split(row: Sequence[Char]) -> Iterator[list[Char]]:
    """Split a row at spaces, wide gaps and where the type becomes larger or smaller."""
    part: list[Char] = []
    last: Char | None = None
    for char in row:
        if char.text.isspace():
            if part and (char.right - char.left > 0 or last is None):
                yield part
                part = []
        elif part and last is not None and _is_printed_twice(last, char):
            continue
        else:
            if part and last is not None and _are_apart(last, char):
                yield part
                part = []
            part.append(char)
        last = char
    if part:
        yield part


def _is_printed_twice(before: Char, char: Char) -> bool:
    """Say whether a character is printed over itself, which makes it look bold."""
    return char.text == before.text and char.left - before.left < _OVERPRINT * char.size


def _are_apart(before: Char, char: Char) -> bool:
    size = max(before.size, char.size)
    if min(before.size, char.size) < SMALLER * size:
        return True
    gap = char.left - before.right
    return gap < -_BACK * size or (gap > _GAP * size and not _is_hole(before, char))


def _is_hole(before: Char, char: Char) -> bool:
    """Say whether a character of a font of pictures is missing between two others."""
    gap = (char.left - before.right) / char.size
    alike = (before.text.isdigit() and char.text.isdigit()) or (before.text.islower() and char.text.islower())
    return before.is_picture and char.is_picture and alike and _HOLE < gap < _WIDEST_HOLE


def _is_dash(before: Char, char: Char) -> bool:
    """Say whether what is missing between two digits is as wide as they are: an en dash, in all fonts of TeX half the size."""
    width = char.right - char.left
    return before.text.isdigit() and abs(char.left - before.right - width) < _EQUAL * width


def _text(part: Sequence[Char]) -> str:
    """Join characters; what a font of pictures does not give is marked."""
    out = part[0].text
    for before, char in itertools.pairwise(part):
        if _is_hole(before, char):
            out += "–" if _is_dash(before, char) else UNKNOWN
        out += char.text
    return out.translate(_PLAIN)
