"""Where a text names a thing: by any of its names, short ones in their own letter case, unless the text means something else.

Names are compared in the form of ``alsu_kg.grounding.names`` without the gaps between parts, so that ``NF-κB``, ``NFkappaB`` and
``NF-kappa B`` are one. An abbreviation that the text defines as something else is no name of the thing there; one that it defines
as a name of the thing is one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from alsu_kg.grounding.abbreviations import find_definitions, index_definitions
from alsu_kg.grounding.names import Part, split_parts

_SENTENCE: Final = re.compile(r"(?<![\s(][A-Z])(?<!\bvs)(?<!\be\.g)(?<!\bi\.e)(?<!\bcf)[.?!]\s+(?=[A-Z0-9(\[])|\n+")
_SHORT: Final = 5
_LEAST_STEM: Final = 5


class Mention(NamedTuple):
    """A name at characters ``start`` to ``end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """A text made ready: its parts, where its sentences begin and end, and the abbreviations it defines."""

    text: str
    parts: tuple[Part, ...]
    sentences: tuple[tuple[int, int], ...]
    definitions: Mapping[str, str]

    def sentence_at(self, place: int) -> tuple[int, int]:
        """Give the ends of the sentence that ``place`` stands in."""
        return next(((start, end) for start, end in self.sentences if start <= place < end), (0, len(self.text)))


@lru_cache(maxsize=256)
def prepare(text: str) -> Text:
    """Make a text ready.

    >>> prepare("We gave AZA. It helped.").sentences
    ((0, 13), (13, 23))
    """
    ends = [match.end() for match in _SENTENCE.finditer(text)]
    starts = [0, *ends]
    known = index_definitions(find_definitions(text))
    return Text(text, tuple(split_parts(text)), tuple(zip(starts, [*ends, len(text)], strict=True)), known)


@lru_cache(maxsize=50_000)
def join_name(name: str) -> str:
    """Give the form in which names are compared.

    >>> join_name("NF-κB") == join_name("NF-kappaB") == join_name("nf kappa B")
    True
    """
    return "".join(part.form for part in split_parts(name))


def find_mentions(text: Text, names: Sequence[str]) -> list[Mention]:
    """Find every place where ``text`` uses one of ``names``, the longest at each.

    Where only short names are known nobody can tell whether the text's long form is another thing: it is taken for the same.

    >>> [m.start for m in find_mentions(prepare("Imuran or azathioprine (AZA); AZA helped."), ["azathioprine", "Imuran"])]
    [0, 10, 24, 30]
    >>> find_mentions(prepare("We gave azacitidine (AZA)."), ["azathioprine", "AZA"])
    []
    """
    own = _own_abbreviations(text, names)
    known = _index_names((*names, *own))
    if not known.forms:
        return []
    has_long_name = any(len(name) > 2 * _SHORT for name in names)
    others = frozenset(text.definitions) - own if has_long_name else frozenset()
    return list(_scan(text, known, others))


class _Names(NamedTuple):
    """Names by their joined form, and every beginning of a joined form, by which most places of a text are passed over."""

    forms: Mapping[str, tuple[str, ...]]
    beginnings: frozenset[str]


@lru_cache(maxsize=4096)
def _index_names(names: tuple[str, ...]) -> _Names:
    forms: dict[str, list[str]] = {}
    for name in names:
        forms.setdefault(join_name(name), []).append(name)
    forms.pop("", None)
    beginnings = frozenset(form[:end] for form in forms for end in range(1, len(form) + 1))
    return _Names({form: tuple(found) for form, found in forms.items()}, beginnings)


def _own_abbreviations(text: Text, names: Sequence[str]) -> frozenset[str]:
    """Give the abbreviations that the text defines as one of ``names``."""
    if not text.definitions:
        return frozenset()
    joined = {join_name(name) for name in names}
    return frozenset(short for short, long in text.definitions.items() if join_name(long) in joined)


def _scan(text: Text, names: _Names, others: frozenset[str]) -> Iterator[Mention]:
    """Find names; ``others`` are abbreviations that the text uses for something else."""
    after = -1
    for at, part in enumerate(text.parts):
        if at > after and part.form in names.beginnings:
            end = _longest_at(text, names, others, at)
            if end is not None:
                yield Mention(part.start, text.parts[end].end)
                after = end


def _longest_at(text: Text, names: _Names, others: frozenset[str], at: int) -> int | None:
    joined, best = "", None
    if not _is_edge(text.text, text.parts[at].start - 1, text.parts[at].start):
        return None
    for end in range(at, len(text.parts)):
        joined += text.parts[end].form
        if joined not in names.beginnings:
            break
        if end > at and not _is_close(text.text[text.parts[end - 1].end : text.parts[end].start]):
            break
        if joined in names.forms and _is_edge(text.text, text.parts[end].end - 1, text.parts[end].end):
            surface = text.text[text.parts[at].start : text.parts[end].end]
            if surface not in others and any(_same_case(surface, name) for name in names.forms[joined]):
                best = end
    return best


def _is_close(gap: str) -> bool:
    return len(gap) <= 3 and not re.search(r"[.;:!?]\s|\n|,|\(|\)", gap)


def _is_edge(text: str, before: int, after: int) -> bool:
    """Tell whether a word begins or ends between two characters."""
    return before < 0 or after >= len(text) or not (text[before].isalnum() and text[after].isalnum())


def _same_case(surface: str, name: str) -> bool:
    """Tell whether short names in capitals are written in them; longer names may be written in any case."""
    letters = re.sub(r"[\W_]", "", name)
    if len(letters) > _SHORT or sum(char.isupper() for char in letters) < 2:
        return True
    written = re.sub(r"[\W_]", "", surface)
    return written in (letters, f"{letters}s") or join_name(letters) != letters.casefold()


def stem_of(word: str) -> str:
    """Give the beginning by which other forms of a word are found.

    >>> stem_of("suppression"), stem_of("microglia"), stem_of("death")
    ('suppress', 'microg', 'death')
    """
    return word[: max(_LEAST_STEM, len(word) - 3)]
