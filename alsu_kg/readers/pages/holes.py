"""Characters that stand for several letters, or for none that the font names: found in runs of text, else marked, not guessed."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from alsu_kg.readers.pages.lines import Char

UNKNOWN: Final = "\ufffd"
_LEVEL: Final = 0.5
_WIDEST: Final = 1.2  # in sizes of the type
_MOST_LETTERS: Final = 4


class Run(NamedTuple):
    """A run of text: its left and right end, where it stands, and how wide its letters are."""

    text: str
    left: float
    right: float
    bottom: float
    widths: Sequence[float]


def with_ligatures(chars: Sequence[Char], runs: Sequence[Run]) -> list[Char]:
    """Give the letters of characters that are given as unknown, where the run of text that they stand in has them.

    >>> def char(text, left): return Char(text, left, left + 5 * (text != UNKNOWN), 0, 9, 9, False)
    >>> found = with_ligatures([char("a", 0), char(UNKNOWN, 5), char("x", 13)], [Run("a\ufb02x", 0, 18, 0, (5, 8, 5))])
    >>> [(one.text, one.right) for one in found]
    [('a', 5), ('\ufb02', 13), ('x', 18)]
    """
    out = list(chars)
    places: dict[int, list[int]] = {}
    for i, char in enumerate(out):
        places.setdefault(round(char.bottom), []).append(i)
    for run in runs:
        text, left, right, bottom = run[:4]
        near = [i for y in (-1, 0, 1) for i in places.get(round(bottom) + y, ())]
        inside = [
            i for i in near if abs(out[i].bottom - bottom) < _LEVEL and left - _LEVEL < out[i].left < right + _LEVEL
        ]
        inside.sort(key=lambda i: out[i].left)
        if not any(out[i].text == UNKNOWN for i in inside):
            if any(out[i].is_picture for i in inside) and _bare(out[i].text for i in inside) != _bare(text):
                _set_again(out, run, inside)
                for i in inside[len(text) :]:
                    out[i] = out[i]._replace(text="")
            continue
        if any(out[i].text == UNKNOWN and out[i].right > out[i].left for i in inside) and UNKNOWN not in text:
            _set_again(out, run, near)
            continue
        letters = _aligned([out[i].text for i in inside], text)
        for n, i in enumerate(inside):
            if out[i].text == UNKNOWN:
                end = out[inside[n + 1]].left if n + 1 < len(inside) else right
                wide = end if end - out[i].left < _WIDEST * out[i].size else out[i].right
                out[i] = out[i]._replace(text=letters[n] if letters else UNKNOWN, right=wide)
    return out


def _bare(letters: Iterable[str]) -> str:
    return "".join("".join(letters).split())


def _set_again(out: list[Char], run: Run, near: Sequence[int]) -> None:
    """Set the letters of a run one behind the other, where the characters have no letters and wrong places."""
    after = sorted(
        (i for i in near if out[i].left > run.left - _LEVEL and abs(out[i].bottom - run.bottom) < _LEVEL),
        key=lambda i: out[i].left,
    )
    first, total = out[after[0]], sum(run.widths) or 1.0
    left = run.left
    for n, (letter, width) in enumerate(zip(run.text, run.widths, strict=False)):
        right = left + width * (run.right - run.left) / total
        char = first._replace(text=letter, left=left, right=right)
        if n < len(after):
            out[after[n]] = char
        else:
            out.append(char)
        left = right


def _aligned(chars: Sequence[str], text: str) -> list[str] | None:
    """Give the letters of each character from a text that holds them all.

    >>> _aligned(["a", UNKNOWN, "x"], "afflx"), _aligned(["a", UNKNOWN], "bff")
    (['a', 'ffl', 'x'], None)
    """
    pattern = "".join(
        rf"(.{{1,{_MOST_LETTERS}}}?)" if char == UNKNOWN else r"(\s?)" if char.isspace() else f"({re.escape(char)})"
        for char in chars
    )
    match = re.fullmatch(rf"\s*{pattern}\s*", text)
    return list(match.groups()) if match else None
