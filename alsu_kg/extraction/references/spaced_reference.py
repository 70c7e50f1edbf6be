"""References whose parts are separated by nothing but spaces, as tagged parts are joined: author title container volume page year.

Nothing marks where the title ends, so every reading (which words are the name, where the container starts) is scored by a
linear model over what its words tell (``references.spaced_features``, ``references.citation_words``), and the best one is taken.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from alsu_kg.extraction.references.citation_words import CitationWords
from alsu_kg.extraction.references.spaced_features import (
    Feature,
    author_features,
    first_of_container,
    inside_container,
    last_of_title,
    sizes,
    title_start,
)

_YEAR = re.compile(r"((?:1[6-9]|20)\d\d)[a-z]?\.?")
_NUMBER = re.compile(r"[A-Za-z]{0,3}-?\d[\w–/().:-]{0,12},?|\[\d+\]|[IVXLC]{2,7}|[ivxlc]{1,6}")
_NUMBER_WORD = re.compile(r"(?:suppl(?:ement)?|pt|part|spec|no|vol)\.?", re.IGNORECASE)
_LISTED = re.compile(r"^.{0,40},\s+[A-Z]\.|\bet al\b|^(?:\S+\s){1,3}[A-Z]{1,3},\s[A-Z]|[,.:]\s+[“\"]|\d{4}[.)]|;")
_SENTENCES = re.compile(r"[a-z]{3}[.,:]\s+[A-Z]|\w{3}[.,:]\s+\d{4}\W*$|\(")
_INITIALS = r"(?:[A-Z]\.?-?){1,4}"
_SURNAME = (
    r"(?:(?:[Vv][ao]n|[Dd]e[lnr]?|[Dd]e\s[Ll]a|[Dd]i|[Dd]u|[Ll][ae]|[Tt]en|[Ss]t\.?)\s+){0,2}[^\W\d_a-z][\w'’´-]{1,40}"
)
_JUNIOR = r"(?:,?\s[JS]r\.?)?(?=\s|$)"
_NAMES: Final = tuple(
    (form, re.compile(pattern + _JUNIOR))
    for form, pattern in (
        ("initials first", rf"{_INITIALS}(?:\s[A-Z]\.?){{0,2}}\s(?P<family>{_SURNAME})"),
        ("initials last", rf"(?P<family>{_SURNAME}),?\s{_INITIALS}(?:\s[A-Z]\.?){{0,2}}"),
        ("family", rf"(?P<family>{_SURNAME})"),
        ("one group of initials", rf"(?P<family>{_SURNAME}),?\s{_INITIALS}"),
        ("two words", rf"(?P<family>{_SURNAME}\s{_SURNAME})"),
    )
)
_MOST_NUMBERS: Final = 5


class SpacedReference(NamedTuple):
    """The parts of such a reference; an absent one is ``None``."""

    author: str | None
    title: str | None
    container: str | None
    volume: str | None
    issue: str | None
    page: str | None
    year: int | None


class Name(NamedTuple):
    """A name that a reference may start with: its form, its family name, how many tokens it takes."""

    form: str
    family: str
    taken: int


class Numbers(NamedTuple):
    """The numbers at the end, and how many tokens stand before them."""

    before: int
    volume: str | None
    issue: str | None
    page: str | None
    year: int | None


def parse_spaced(text: str, words: CitationWords) -> SpacedReference | None:
    """Read a reference of that form; ``None`` if ``text`` has another one or no weights are known.

    >>> from alsu_kg.extraction.references.citation_words import WordOdds
    >>> odds = {word: WordOdds(4, 2 * (word == "j"), 0, 0, -3) for word in ("j", "org", "chem")}
    >>> weights = {"in container: odds": 1.0, "in container: lower": -3.0, "first: odds": 1.0, "name: family": 1.0}
    >>> parse_spaced("Lee Growth of cells in mice J Org Chem 55 101 1990", CitationWords(odds, {}, weights))[:4]
    ('Lee', 'Growth of cells in mice', 'J Org Chem', '55')
    """
    if text.find(";", 0, -5) >= 0:  # of what _LISTED looks for, the commonest
        return None
    tokens = text.split()
    numbers = split_numbers(tokens) if words.weights else None
    if numbers is None or _LISTED.search(text[:-5]):
        return None
    head = tokens[: numbers.before]
    numbered = bool(numbers.volume or numbers.page)
    if not numbered and _SENTENCES.search(text):
        return None
    name, cut = _best(head, words, numbered=numbered)
    title, container = " ".join(head[name.taken : cut]), " ".join(head[cut:])
    return SpacedReference(
        " ".join(head[: name.taken]).strip(" ,") or None,
        title.strip(" ,") or None,
        container.strip(" ,") or None,
        *numbers[1:],
    )


def split_numbers(tokens: Sequence[str]) -> Numbers | None:
    """Split volume, issue, page and year from the end; ``None`` if there is neither a year nor a volume with a page.

    >>> split_numbers("Proteins 77 Suppl 9 114 2009".split())
    Numbers(before=1, volume='77', issue='Suppl 9', page='114', year=2009)
    """
    dated = _YEAR.fullmatch(tokens[-1]) if tokens else None
    end = len(tokens) - (dated is not None)
    start = end
    while start > 1 and end - start < _MOST_NUMBERS and _is_number(tokens[start - 1]):
        start -= 1
    run = [token.rstrip(",") for token in tokens[start:end]]
    year = int(dated[1]) if dated else None
    if dated is None:
        if len(run) < 2 or not run[-1].isalnum():
            return None
        if early := _YEAR.fullmatch(run[0]):
            year, run = int(early[1]), run[1:]
    if start == 0 or (year is None and not run):
        return None
    return Numbers(start, *_volume_issue_page(run, alone_is_page=dated is None), year)


def _is_number(token: str) -> bool:
    return _NUMBER.fullmatch(token) is not None or _NUMBER_WORD.fullmatch(token) is not None


def _volume_issue_page(run: list[str], *, alone_is_page: bool) -> tuple[str | None, str | None, str | None]:
    at = next((i for i, token in enumerate(run) if _NUMBER_WORD.fullmatch(token)), None)
    if at is None or (at == 0 and len(run) < 2):
        if len(run) == 1 and alone_is_page:
            return None, None, run[0]
        issue = run[1] if len(run) > 2 else None
        return (run[0] if run else None), issue, (run[-1] if len(run) > 1 else None)
    after = run[at + 1 :]
    if at == 0:
        return after[0], None, after[-1] if len(after) > 1 else None
    issue = " ".join([run[at], *after[:-1]]) if after else run[at]
    return run[0], issue, after[-1] if after else None


def find_names(head: Sequence[str]) -> Iterator[Name]:
    """Give every name that ``head`` may start with, and that it starts with none.

    >>> [name[0::2] for name in find_names("Lee A Growth".split())]
    [('none', 0), ('initials last', 2), ('family', 1)]
    """
    yield Name("none", "", 0)
    text = " ".join(head[:8])
    seen = set()
    for form, pattern in _NAMES:
        match = pattern.match(text)
        if match is not None and (taken := match[0].count(" ") + 1) not in seen:
            seen.add(taken)
            yield Name(form, match["family"], taken)


def _best(head: Sequence[str], words: CitationWords, *, numbered: bool) -> tuple[Name, int]:
    """Give the name and the place where the container starts in the reading with the best score."""
    scores = [_token_scores(words, token) for token in head]
    count = len(head)
    rest = [0.0] * (count + 1)
    for i in range(count - 1, -1, -1):
        rest[i] = rest[i + 1] + scores[i].inside
    best, best_score = (Name("none", "", 0), count), float("-inf")
    for name in find_names(head):
        taken = name.taken
        if taken > count:
            continue
        bare = _weigh(author_features(name.form, name.family, head, taken, words.odds), words)
        started = bare + scores[taken].opening if taken < count else bare
        for cut in range(taken, count + 1):
            score = (started if cut > taken else bare) + _size_score(
                words, min(cut - taken, 3), min(count - cut, 7), numbered
            )
            if cut < count:
                score += rest[cut] + scores[cut].first
                if cut > taken:
                    score += scores[cut - 1].last
            if score > best_score:
                best, best_score = (name, cut), score
    return best


class _TokenScores(NamedTuple):
    inside: float
    first: float
    last: float
    opening: float


@lru_cache(maxsize=20_000)
def _token_scores(words: CitationWords, token: str) -> _TokenScores:
    return _TokenScores(
        _weigh(inside_container(token, words.odds), words),
        _weigh(first_of_container(token, words.odds), words),
        _weigh(last_of_title(token, words.odds), words),
        _weigh(title_start(token, words.odds), words),
    )


@lru_cache(maxsize=1_000)
def _size_score(words: CitationWords, title: int, container: int, numbered: bool) -> float:
    return _weigh(sizes(title, container, numbered=numbered), words)


def _weigh(features: Iterable[Feature], words: CitationWords) -> float:
    weights = words.weights
    return sum(weights.get(name, 0.0) * value for name, value in features)


def features_of(head: Sequence[str], name: Name, cut: int, words: CitationWords, *, numbered: bool) -> dict[str, float]:
    """Give all features of one reading, as the weights are learned from them.

    >>> found = features_of(["Lee", "Cell", "Growth"], Name("family", "Lee", 1), 2, CitationWords(), numbered=True)
    >>> found["title of 1"], found["first: capitalised"]
    (1.0, 1.0)
    """
    odds, total = words.odds, dict[str, float]()
    parts = [
        author_features(name.form, name.family, head, name.taken, odds),
        sizes(cut - name.taken, len(head) - cut, numbered=numbered),
    ]
    parts += [inside_container(token, odds) for token in head[cut:]]
    if cut > name.taken:
        parts.append(title_start(head[name.taken], odds))
    if cut < len(head):
        parts.append(first_of_container(head[cut], odds))
        if cut > name.taken:
            parts.append(last_of_title(head[cut - 1], odds))
    for part in parts:
        for key, value in part:
            total[key] = total.get(key, 0.0) + value
    return total
