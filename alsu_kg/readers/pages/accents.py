"""Accents set as signs of their own over or under letters, as fonts of TeX do -> letters with accents."""

import unicodedata
from collections.abc import Sequence
from typing import Final

from alsu_kg.readers.pages.lines import Char

_ACCENTS: Final = {
    "`": "\u0300",
    "´": "\u0301",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "¯": "\u0304",
    "˘": "\u0306",
    "˙": "\u0307",
    "¨": "\u0308",
    "˚": "\u030a",
    "˝": "\u030b",
    "ˇ": "\u030c",
    "¸": "\u0327",
    "˛": "\u0328",
}
_DOTLESS: Final = {"ı": "i", "ȷ": "j"}
_OVER: Final = 0.6  # of the narrower one's width
_LIFTED: Final = 0.4  # in sizes of the type: over a capital
_SAME_SIZE: Final = 0.8


def with_accents(chars: Sequence[Char]) -> list[Char]:
    """Put accents on the letters that they stand over or under; those that stand alone stay.

    >>> chars = [Char("´", 0, 4, 0, 9, 9, False), Char("e", 0.2, 4, 0, 9, 9, False), Char("´", 4, 7, 0, 9, 9, False)]
    >>> [char.text for char in with_accents(chars)]
    ['é', '´']
    """
    if not any(char.text in _ACCENTS for char in chars):
        return list(chars)
    out: list[Char | None] = list(chars)
    places: dict[int, list[int]] = {}
    for i, char in enumerate(chars):
        if char.text.isalpha() and char.text not in _ACCENTS:
            places.setdefault(round(char.left), []).append(i)
    for i, accent in enumerate(chars):
        if accent.text in _ACCENTS:
            reach = range(round(accent.left - accent.size), round(accent.right) + 1)
            near = [n for x in reach for n in places.get(x, ()) if _stands_over(accent, chars[n])]
            if near:
                n = max(near, key=lambda n: _overlap(accent, chars[n]))
                letter = out[n]
                if letter is not None:
                    out[n] = letter._replace(text=_joined(letter.text, accent.text))
                    out[i] = None
    return [char for char in out if char is not None]


def _stands_over(accent: Char, letter: Char) -> bool:
    width = min(accent.right - accent.left, letter.right - letter.left)
    lift = (accent.bottom - letter.bottom) / letter.size
    return (
        _overlap(accent, letter) > _OVER * width
        and abs(lift) < _LIFTED
        and min(accent.size, letter.size) > _SAME_SIZE * max(accent.size, letter.size)
    )


def _overlap(one: Char, other: Char) -> float:
    return min(one.right, other.right) - max(one.left, other.left)


def _joined(letter: str, accent: str) -> str:
    """Join a letter and an accent; the dot of an i goes.

    >>> _joined("ı", "´"), _joined("S", "ˇ")
    ('í', 'Š')
    """
    return unicodedata.normalize("NFC", _DOTLESS.get(letter, letter) + _ACCENTS[accent])
