"""The things that a claim speaks of, with every name that they may go by."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from alsu_kg.grounding.lexicon import fold
from alsu_kg.model.review import Treatment

Synonyms = Callable[[str], Sequence[str]]
"""Gives further names of what a word stands for."""

_CLASS: Final = re.compile(r"[a-z]{3,}[^\W\dsui]s$")
_SHORTEST: Final = 2


class Entity(NamedTuple):
    """A thing with its names. ``is_substance``: it has proper names, so that a text without any of them does not name it.

    ``is_class`` is for substances that are named as a group (*corticosteroids*): a text may name a member instead.
    """

    word: str
    names: tuple[str, ...]
    is_substance: bool = False
    is_class: bool = False


@dataclass(frozen=True, slots=True)
class EntityWords:
    """What names of things are known: synonyms, whether a word names a substance, and words of salts that may be left out."""

    synonyms: Synonyms
    is_substance: Callable[[str], bool]
    salt: re.Pattern[str]


def make_entity(word: str, words: EntityWords, treatment: Treatment | None = None) -> Entity:
    """Give the thing that ``word`` stands for; ``treatment`` adds its aliases if it is that.

    >>> words = EntityWords(lambda word: ("AZA",) if word == "azathioprine" else (), lambda word: True, re.compile("sodium"))
    >>> make_entity("azathioprine sodium", words).names
    ('azathioprine sodium', 'azathioprine', 'AZA')
    """
    if treatment is None or fold(word) not in _folded(treatment):
        return _make_other(word, words)
    names = _spell_out((word, treatment.label, *treatment.aliases), words)
    return Entity(word, names, is_substance=True)


def _folded(treatment: Treatment) -> set[str]:
    return {fold(name) for name in (treatment.label, *treatment.aliases)}


@lru_cache(maxsize=20_000)
def _make_other(word: str, words: EntityWords) -> Entity:
    is_substance = words.is_substance(word)
    return Entity(word, _spell_out((word,), words), is_substance, is_substance and bool(_CLASS.search(word)))


def _spell_out(base: tuple[str, ...], words: EntityWords) -> tuple[str, ...]:
    plain = [_without_salt(name, words.salt) for name in base]
    return _unique((*base, *plain, *(name for one in (*base, *plain) for name in words.synonyms(one))))


def _without_salt(name: str, salt: re.Pattern[str]) -> str:
    """Take the words of salts off a name of several words; a name that is nothing else is kept."""
    rest = " ".join(part for part in name.split() if not salt.fullmatch(part))
    return rest or name


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in names if len(name.strip()) >= _SHORTEST))
