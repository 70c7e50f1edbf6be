"""Terms: names of things, found in text by their words, the longest name first."""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from alsu_kg.extraction.signs import Word, find_words

_STOPS: Final = frozenset(",.;:()")


class Term(NamedTuple):
    """A recognised thing: its label and what kind of thing it is."""

    label: str
    kind: str


TermForm = tuple[tuple[str, ...], Term, bool]
"""The words of a form of a term, the term, and whether it is another word in lower case."""


class TermForms(NamedTuple):
    """Forms that start with one word: those that are it ``alone``, and ``longer`` ones by their second word, the longest first."""

    alone: tuple[TermForm, ...]
    longer: Mapping[str, tuple[TermForm, ...]]


TermIndex = Mapping[str, TermForms]
"""Forms by their first word."""


class TermMatch(NamedTuple):
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
    return TermForms(alone, MappingProxyType({second: tuple(those) for second, those in longer.items()}))


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


def match_terms(text: str, at: tuple[Sequence[str], Sequence[int]], sources: Sequence[TermIndex]) -> list[TermMatch]:
    """Find the terms of ``sources`` in ``text``; ``at`` gives the words between its spaces, and in which of them a term may start.

    >>> index = index_terms([("motor neuron", Term("motor neuron", "cell"))])
    >>> match_terms("All motor neurons", (["All", "motor", "neurons"], [1]), [index])[0][:2]
    (4, 17)
    """
    words, starts = at
    ends = _ends(text, words)
    found: list[TermMatch] = []
    done = 0
    for i in starts:
        parts = find_words(words[i])
        place = ends[i] + i - len(words[i])
        for k, (low, _, _, folded) in enumerate(parts):
            if place + low < done:
                continue
            best: tuple[int, int, Term] | None = None
            for source in sources:
                forms = source.get(folded)
                if forms is not None:
                    best = _longest(text, (words, ends, i, k), (parts, forms), best)
            if best is not None:
                done = best[1]
                found.append(TermMatch(place + low, done, best[2]))
    return found


def _ends(text: str, words: Sequence[str]) -> Sequence[int]:
    """Give where each of ``words``, which are those between the spaces of ``text``, ends, less its number."""
    ends = list(itertools.accumulate(map(len, words)))
    if ends[-1] + len(words) == len(text) + 1:  # nothing but single spaces between them
        return ends
    return [match.end() - i for i, match in enumerate(re.finditer(r"\S+", text))]


_At = tuple[Sequence[str], Sequence[int], int, int]
"""The printed words of a text, where they end (less their number), the position of one of them, and that of a word in it."""


def _longest(
    text: str, at: _At, given: tuple[Sequence[Word], TermForms], best: tuple[int, int, Term] | None
) -> tuple[int, int, Term] | None:
    """Give the longest form at a word of ``text`` (how many words, where it ends, the term), if longer than ``best``.

    ``given`` are the words in the printed word, and the forms that start with the one at its position.
    """
    words, ends, i, k = at
    parts, (alone, longer) = given
    first = parts[k]
    if longer:
        second = parts[k + 1] if k + 1 < len(parts) else _next(words, i + 1)
        for form, term, exact in longer.get(second.folded, ()) if second is not None else ():
            if (best is None or len(form) > best[0]) and not (exact and first.printed.islower()):
                end = _end_of(text, at, form)
                if end is not None:
                    best = (len(form), end, term)
    if best is None:
        for _, term, exact in alone:
            if not (exact and first.printed.islower()):
                return 1, ends[i] + i - len(words[i]) + first.end, term
    return best


def _next(words: Sequence[str], i: int) -> Word | None:
    """Give the first word of the printed words from ``i`` on."""
    while i < len(words):
        parts = find_words(words[i])
        if parts:
            return parts[0]
        i += 1
    return None


def _end_of(text: str, at: _At, form: Sequence[str]) -> int | None:
    """Give where ``form`` ends in ``text``, whose first word is known to stand there, if the others follow without a stop."""
    words, ends, i, k = at
    parts = find_words(words[i])
    place = ends[i] + i - len(words[i])
    end = place + parts[k].end
    for folded in form[1:]:
        k += 1
        while k >= len(parts):
            i, k = i + 1, 0
            if i >= len(words):
                return None
            parts, place = find_words(words[i]), ends[i] + i - len(words[i])
        low, high, _, part = parts[k]
        if part != folded:
            return None
        between = text[end : place + low]
        if between != " " and not _STOPS.isdisjoint(between):
            return None
        end = place + high
    return end
