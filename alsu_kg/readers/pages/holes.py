"""Characters that stand for several letters, or for none that the font names: found in runs of text, else marked, not guessed."""

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from alsu_kg.readers.pages.lines import Char

UNKNOWN: Final = "\ufffd"
_LEVEL: Final = 0.5
_WIDEST: Final = 1.2  # in sizes of the type
_MOST_LETTERS: Final = 4
_BEHIND: Final = 0.5  # in sizes of the type


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
    out, runs = _with_lines_set_again(chars, runs)
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
        letters = _aligned([out[i].text for i in inside], text)
        for n, i in enumerate(inside):
            if out[i].text == UNKNOWN:
                end = out[inside[n + 1]].left if n + 1 < len(inside) else right
                wide = end if end - out[i].left < _WIDEST * out[i].size else out[i].right
                out[i] = out[i]._replace(text=letters[n] if letters else UNKNOWN, right=wide)
    return out


def _with_lines_set_again(chars: Sequence[Char], runs: Sequence[Run]) -> tuple[list[Char], list[Run]]:
    """Set the lines again that hold unknown characters of some width, which stand in wrong places; give the runs of other lines.

    >>> found, rest = _with_lines_set_again([Char(UNKNOWN, 3, 9, 0, 9, 9, False)], [Run("fi", 0, 4, 0, (2, 2))])
    >>> [(one.text, one.left) for one in found], rest
    ([('f', 0), ('i', 2.0)], [])
    """
    heights = _line_heights([*(char.bottom for char in chars), *(run.bottom for run in runs)])
    lost = {heights[char.bottom] for char in chars if char.text == UNKNOWN and char.right > char.left}
    if not lost:
        return list(chars), list(runs)
    old: dict[float, list[Char]] = {}
    of_line: dict[float, list[Run]] = {}
    for char in chars:
        old.setdefault(heights[char.bottom], []).append(char)
    for run in runs:
        of_line.setdefault(heights[run.bottom], []).append(run)
    known = {height for height in lost & of_line.keys() if not any(UNKNOWN in run.text for run in of_line[height])}
    out = [char for height, own in old.items() if height not in known for char in own]
    for height in known:
        out += _line_set_again(old[height], of_line[height])
    return out, [run for run in runs if heights[run.bottom] not in known]


def _line_heights(heights: Iterable[float]) -> dict[float, float]:
    """Give for each height the one of its line, the lowest that is near.

    >>> _line_heights([30.2, 12, 30, 48])
    {12: 12, 30: 30, 30.2: 30, 48: 48}
    """
    found: dict[float, float] = {}
    line = -math.inf
    for height in sorted(set(heights)):
        line = height if height - line >= _LEVEL else line
        found[height] = line
    return found


def _line_set_again(old: Iterable[Char], runs: Iterable[Run]) -> Iterator[Char]:
    """Give the letters of the runs of a line, and those of its characters that stand in none of them, nor right behind one."""
    old = sorted(old, key=lambda char: char.left)
    places = [char.left for char in old]
    free = 0
    for run in sorted(runs, key=lambda run: run.left):
        first, end = bisect_left(places, run.left - _LEVEL), bisect_left(places, run.right + _LEVEL)
        if first == bisect_left(places, run.right - _LEVEL):
            continue  # its letters are raised: runs may be given at the height of the line beside them
        yield from (char for char in old[free:first] if char.text != UNKNOWN)
        edge = run.right
        while end < len(old) and old[end].left < edge + _BEHIND * old[end].size:
            edge, end = old[end].right, end + 1  # moved to the right by what stands for one letter
        yield from (char for char in old[first:end] if char.text.isspace() and char.left > run.right - _LEVEL)
        free = max(free, end)
        yield from _letters(run, old[min(first, len(old) - 1)])
    yield from (char for char in old[free:] if char.text != UNKNOWN)


def _letters(run: Run, like: Char) -> Iterator[Char]:
    """Give the letters of a run one behind the other, of a size ``like`` that of a character."""
    place, total = run.left, sum(run.widths) or 1.0
    for letter, width in zip(run.text, run.widths, strict=False):
        end = place + width * (run.right - run.left) / total
        yield like._replace(text=letter, left=place, right=end)
        place = end


def _bare(letters: Iterable[str]) -> str:
    return "".join("".join(letters).split())


def _set_again(out: list[Char], run: Run, inside: Sequence[int]) -> None:
    """Set the letters of a run in place of characters that stand for other ones."""
    for n, char in enumerate(_letters(run, out[inside[0]])):
        if n < len(inside):
            out[inside[n]] = char
        else:
            out.append(char)


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
