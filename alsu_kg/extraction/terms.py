"""Terms: names of things, found in text by their words, the longest name first."""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import msgspec

from alsu_kg.extraction.signs import find_words

_STOPS: Final = frozenset(",.;:()")


class Term(msgspec.Struct, frozen=True, gc=False):
    """A recognised thing: its label and what kind of thing it is.

    ``failing`` where the words name its failure, loss or lack; ``bad`` where more of it is bad for a person with ALS.
    """

    label: str
    kind: str
    failing: bool = False
    bad: bool = False


TermForm = tuple[tuple[str, ...], Term, bool]
"""The words of a form of a term, the term, and whether it is another word in lower case."""


class TermForms(msgspec.Struct, frozen=True):
    """Forms that start with one word: those that are it ``alone``, and ``longer`` ones by their second word, the longest first."""

    alone: tuple[TermForm, ...]
    longer: Mapping[str, tuple[TermForm, ...]]


TermIndex = Mapping[str, TermForms]
"""Forms by their first word."""


class TermMatch(msgspec.Struct, frozen=True, gc=False):
    """A term found at characters ``start`` to ``end``."""

    start: int
    end: int
    term: Term


def index_terms(
    entries: "Iterator[tuple[str, Term]] | list[tuple[str, Term]]",
) -> TermIndex:
    """Index (surface form, term) pairs by first word. Short all-capital forms must not match lower-case words.

    >>> list(index_terms([("ALS", Term("amyotrophic lateral sclerosis", "disease"))]))
    ['als']
    """
    index: dict[str, list[TermForm]] = {}
    for surface, term in entries:
        words = tuple(word.folded for word in find_words(surface))
        if words:
            index.setdefault(words[0], []).append((words, term, len(surface) <= 5 and surface.isupper()))
    return MappingProxyType({word: _sorted_forms(forms) for word, forms in index.items()})


def _sorted_forms(forms: Sequence[TermForm]) -> TermForms:
    longer: dict[str, list[TermForm]] = {}
    for form in sorted(forms, key=lambda f: -len(f[0])):
        if len(form[0]) > 1:
            longer.setdefault(form[0][1], []).append(form)
    alone = tuple(form for form in forms if len(form[0]) == 1)
    return TermForms(alone, {second: tuple(those) for second, those in longer.items()})


def starting_words(words: Iterable[str], terms: TermIndex) -> frozenset[str]:
    """Give those of the printed ``words`` in which one of ``terms`` may start.

    >>> starting_words(["Foo-like", "bar"], index_terms([("foo", Term("foo", "chemical"))]))
    frozenset({'Foo-like'})
    """
    printed = "\n".join(words)
    folded = printed.casefold().replace("’", "'")
    likely = _lines_with(terms, printed, folded) if len(folded) == len(printed) else printed.split("\n")
    return frozenset([word for word in likely if any(part.folded in terms for part in find_words(word))])


def _lines_with(parts: Iterable[str], text: str, folded: str) -> set[str]:
    """Give the lines of ``text`` that hold one of ``parts`` when they are folded, as in ``folded``."""
    found = set()
    for part in parts:
        at = folded.find(part)
        while at >= 0:
            start, end = folded.rfind("\n", 0, at) + 1, folded.find("\n", at)
            end = end if end >= 0 else len(folded)
            found.add(text[start:end])
            at = folded.find(part, end)
    return found


class Start(msgspec.Struct, frozen=True):
    """Where terms may start in a printed word: at which of its words, where that stands in it, and which terms.

    ``alone`` is the term that this word is by itself, ``longer`` are the forms that go on, by their second word.
    """

    position: int
    start: int
    end: int
    is_small: bool
    """Whether only its first letter may be a capital: such a word names no abbreviation."""
    alone: Term | None
    longer: Mapping[str, tuple[TermForm, ...]]


def find_starts(printed: str, sources: Sequence[TermIndex]) -> tuple[Start, ...]:
    """Give where in a printed word a term of ``sources`` may start, and which.

    >>> index = index_terms([("motor neuron", Term("motor neuron", "cell"))])
    >>> [(start.position, start.start, start.end, start.is_small) for start in find_starts("(Motor", [index])]
    [(0, 1, 6, True)]
    """
    starts = []
    for k, word in enumerate(find_words(printed)):
        found = [source[word.folded] for source in sources if word.folded in source]
        if found:
            is_small = word.printed.islower() or (len(word.printed) > 1 and word.printed[1:].islower())
            forms = _merged(found)
            alone = next((term for _, term, exact in forms.alone if not (exact and is_small)), None)
            starts.append(Start(k, word.start, word.end, is_small, alone, forms.longer))
    return tuple(starts)


Starting = Sequence[tuple[int, Sequence[Start]]]
"""The positions of the printed words of a text in which terms may start, each with where and which."""


def _merged(forms: Sequence[TermForms]) -> TermForms:
    """Join forms that start with the same word; of equal ones those that come first are tried first."""
    return forms[0] if len(forms) == 1 else _sorted_forms([form for each in forms for form in _all_forms(each)])


def _all_forms(forms: TermForms) -> list[TermForm]:
    return [*forms.alone, *(form for those in forms.longer.values() for form in those)]


def match_terms(text: str, words: Sequence[str], ends: Sequence[int], starting: Starting) -> list[TermMatch]:
    """Find terms in ``text``, the longest first; ``words`` are those between its spaces, which end at ``ends`` (``word_ends``).

    >>> index = index_terms([("motor neuron", Term("motor neuron", "cell"))])
    >>> found = match_terms("All motor neurons", ["All", "motor", "neurons"], [3, 8, 15], [(1, find_starts("motor", [index]))])
    >>> found[0].start, found[0].end
    (4, 17)
    """
    found: list[TermMatch] = []
    done = 0
    for i, starts in starting:
        place = ends[i] + i - len(words[i])
        for start in starts:
            low = place + start.start
            if low >= done:
                longest = _longest(text, (words, ends, i), start, place) if start.longer else None
                if longest is not None:
                    done, term = longest
                    found.append(TermMatch(low, done, term))
                elif start.alone is not None:
                    done = place + start.end
                    found.append(TermMatch(low, done, start.alone))
    return found


def word_ends(text: str, words: Sequence[str]) -> Sequence[int]:
    """Give where each of ``words``, which are those between the spaces of ``text``, ends, less its number.

    >>> word_ends("One two", ["One", "two"]), word_ends(" ", [])
    ([3, 6], [])
    """
    ends = list(itertools.accumulate(map(len, words)))
    if not ends or ends[-1] + len(words) == len(text) + 1:  # nothing but single spaces between them
        return ends
    return [match.end() - i for i, match in enumerate(re.finditer(r"\S+", text))]


_At = tuple[Sequence[str], Sequence[int], int]
"""The printed words of a text, where they end (less their number), and the position of one of them."""


def _longest(text: str, at: _At, start: Start, place: int) -> tuple[int, Term] | None:
    """Give where the longest form of several words ends that starts at ``start`` of a printed word, which stands at ``place``."""
    words, ends, i = at
    parts, k = find_words(words[i]), start.position + 1
    first_end = place + start.end
    if k >= len(parts):
        i, k = i + 1, 0
        while i < len(words) and not (parts := find_words(words[i])):
            i += 1
        if i >= len(words):
            return None
        place = ends[i] + i - len(words[i])
    low, high, _, folded = parts[k]
    forms = start.longer.get(folded)
    if forms and _goes_on(text, first_end, place + low):
        for form, term, exact in forms:
            if not (exact and start.is_small):
                end = place + high if len(form) == 2 else _end_of(text, (words, ends, i), k, form)
                if end is not None:
                    return end, term
    return None


def _goes_on(text: str, end: int, start: int) -> bool:
    """Say whether nothing stands between two words that parts them."""
    between = text[end:start]
    return between == " " or _STOPS.isdisjoint(between)


def _end_of(text: str, at: _At, k: int, form: Sequence[str]) -> int | None:
    """Give where ``form`` ends in ``text``, whose second word is known to stand there, if the others follow without a stop."""
    words, ends, i = at
    parts = find_words(words[i])
    place = ends[i] + i - len(words[i])
    end = place + parts[k].end
    for folded in form[2:]:
        k += 1
        while k >= len(parts):
            i, k = i + 1, 0
            if i >= len(words):
                return None
            parts, place = find_words(words[i]), ends[i] + i - len(words[i])
        low, high, _, part = parts[k]
        if part != folded or not _goes_on(text, end, place + low):
            return None
        end = place + high
    return end
