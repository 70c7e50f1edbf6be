"""Changes of grade that prose tells: which category, from which letter to which, as of when."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from alsu_kg.extraction.category_names import CATEGORY_NAMES
from alsu_kg.extraction.dates import date_first, find_date
from alsu_kg.extraction.summaries.change_forms import (
    ALL_KEPT,
    DENIED,
    GRADED,
    KEPT,
    PRONOUN_CHANGES,
    STATED,
    TOLD,
    TOLD_IN_SPANISH,
    UNDONE,
)
from alsu_kg.model.document import Text
from alsu_kg.model.review import Category

_CATEGORY = re.compile(
    "|".join(rf"(?P<{category}>\b(?:{names})\b)" for category, names in CATEGORY_NAMES), re.IGNORECASE
)
_WHEN = re.compile(
    r"\b(?:as of|on|in|until|effective|dated?|updated|en|el|desde)\s*:?\s+(?P<date>(?:\d|[A-Z])"
    r".{3,30})",
    re.IGNORECASE,
)
_AS_OF = re.compile(
    r"(?:\b(?:as of|effective|updated|desde)|^\W*(?:on|in|en|el))\s*:?\s+(?P<date>(?:\d|[A-Z]).{3,30})", re.IGNORECASE
)
_WHOSE = re.compile(
    r"\b(?i:grades?|letters?)\s+(?i:for|of)\s+(?P<of>[A-Za-z][\w-]{2,})|\b(?P<whose>[A-Za-z][\w-]{2,})(?:[’']s|,?\s+whose)\s+(?:TOE\s+)?"
    r"(?:\w+\s+){1,2}grade"
)
_LETTERS = r"(?:an?\s+)?[\"“]?[ABCDFU][\"”]?(?:\s*,\s*(?:an?\s+)?[\"“]?[ABCDFU][\"”]?)*,?\s+and\s+(?:an?\s+)?[\"“]?[ABCDFU][\"”]?"
# "The Trials and Risks grades change from U and B to F and D, respectively."
_EACH = re.compile(
    rf"\b(?:from\s+(?P<olds>{_LETTERS})\s+)?to\s+(?P<news>{_LETTERS})"
    r"(?=,?\s+respectively|\s*[.,;)]|\s*$|\s+(?:for|because|since|as|due|based|given)\b)"
)
_LETTER = re.compile(r"\b[ABCDFU]\b")
_AND = re.compile(
    r"[\"”’']?(?:\s+grades?)?(?:\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+|\s*/\s*)(?:(?:our|the|TOE|for)\s+)*[\"“‘']?"
)
# "from U to D for Trials and from C to B for Mechanism"
_BEHIND = re.compile(r"\s+(?:for|in|on)\s+(?:(?:our|the|TOE)\s+)*[\"“‘']?")
_PLURAL = re.compile(r"\bgrades\b|\bboth\b", re.IGNORECASE)
# "In our review of a related drug we changed its Trials grade"
_OTHER = re.compile(
    r"\b(?:another|an?\s+(?:related|similar|different|other|second))\s+(?:\w+\s+)?(?:drug|treatment|supplement|compound|product|therapy|diet"
    r"|medication|substance|device)\b(?!\s+(?:trial|study|report|paper|case)s?\b)",
    re.IGNORECASE,
)
_ITS = re.compile(r"\b(?:its|whose|their)\s+(?:TOE\s+)?[\"“‘']?[\w-]+[\"”’']?\s+grades?\b", re.IGNORECASE)
_NO_NAMES: Final = frozenset(
    [
        "the",
        "our",
        "this",
        "these",
        "its",
        "each",
        "that",
        "which",
        "such",
        "all",
        "both",
        "now",
        "clinical",
        "pre-clinical",
        "human",
        "evidence",
        "review",
        "people",
        "patients",
        "persons",
        "humans",
        "pals",
        "als",
        "safety",
        "effectiveness",
    ]
)
# Not before "We now grade it B" and "With that it becomes a B", which go on with what the sentence before says of the old letter.
_SENTENCE = re.compile(
    r"(?<=[.!?;])\s+(?=[A-Z“\"(¿¡0-9])(?!(?:(?:We|It|This|That|They)\s+(?:(?:is|are)\s+)?now|Now,?\s+(?:we|it))\b"
    rf"|[^.!?;]{{0,80}}?\b{PRONOUN_CHANGES})"
)


class Change(NamedTuple):
    """A category goes from ``old`` (``None`` where the prose does not say) to ``new``; ``said`` are the words for it."""

    category: Category
    old: str | None
    new: str
    date: str | None
    said: Text
    of_treatment: str | None = None  # where the prose names whose grade it is


def find_changes(text: Text, date: str | None) -> Iterator[Change]:
    """Find the changes that ``text`` tells; ``date`` holds unless a sentence names its own.

    >>> told = Text("As of June 2021 we raise our Cases grade from D to B. Trials were not upgraded from U to D.")
    >>> [(c.category, c.old, c.new, c.date) for c in find_changes(told, None)]
    [('cases', 'D', 'B', '2021-06')]
    """
    graded = GRADED.search(text.text) is not None
    date = (date_first(text.text) if graded else None) or date
    start = 0
    for part in _SENTENCE.split(text.text):
        start = text.text.find(part, start)
        if graded and part:
            yield from _in_sentence(text, (start, start + len(part)), date)
        start += len(part)


def _in_sentence(text: Text, span: tuple[int, int], date: str | None) -> Iterator[Change]:
    start, end = span
    sentence = text.text[start:end]
    forms = (*TOLD, TOLD_IN_SPANISH) if date is None else (*TOLD, TOLD_IN_SPANISH, STATED)
    matches = _without_overlaps([m for pattern in forms for m in pattern.finditer(sentence)])
    named = [(m.start(), m.end(), _name_of(m)) for m in _CATEGORY.finditer(sentence)]
    each = _EACH.search(sentence)
    if each is not None:
        yield from _respective(text, (start, end), each, named, date)
        matches = [m for m in matches if m.end() <= each.start() or m.start() >= each.end()]
    low, categories = 0, list[Category]()
    for i, match in enumerate(matches):
        high = matches[i + 1].start() if i + 1 < len(matches) else len(sentence)
        before = _joined_names(sentence, [name for name in named if low <= name[0] and name[1] <= match.end()])
        after = [name for a, _, name in named if match.end() <= a < min(high, match.end() + 45)]
        together = len(before) > 1 and _PLURAL.search(sentence, low, match.end()) is not None
        behind = _BEHIND.match(sentence, match.end())
        own_name = next(
            (name for name in named if behind and name[0] == behind.end() and sentence[name[0]].isupper()), None
        )
        named_here = [own_name[2]] if own_name is not None else before if together else before[-1:]
        categories = named_here or after[:1] or categories
        groups = match.groupdict()
        if (
            not DENIED.search(sentence[low : match.start()])
            and not UNDONE.match(sentence, match.end())
            and groups.get("old") != match["new"]
        ):
            own = date_first(sentence[match.end() : high]) or next(
                (
                    found
                    for words in (sentence[low : match.start()], sentence[match.end() : high], sentence)
                    if (found := _date_of(words, date)) != date
                ),
                date,
            )
            said = text.cut(start + min(_past_marks(sentence, low), match.start()), start + match.end())
            of_treatment = _of_treatment(sentence[low:high])
            yield from (Change(name, groups.get("old"), match["new"], own, said, of_treatment) for name in categories)
        low = own_name[1] if own_name is not None else match.end()


def _joined_names(sentence: str, named: Sequence[tuple[int, int, Category]]) -> list[Category]:
    """Give the last of the categories named, with those before it that ``and`` or a comma joins to it."""
    joined = [named[-1]] if named else []
    for name in reversed(named[:-1]):
        if _AND.fullmatch(sentence, name[1], joined[0][0]) is None:
            break
        joined.insert(0, name)
    return [category for _, _, category in joined]


def _respective(
    text: Text, span: tuple[int, int], each: re.Match[str], named: Sequence[tuple[int, int, Category]], date: str | None
) -> Iterator[Change]:
    """Read a sentence that gives as many categories as letters; where their numbers differ, nothing says which has which."""
    sentence = text.text[slice(*span)]
    before = _joined_names(sentence, [name for name in named if name[1] <= each.start()])
    after = _joined_names(sentence, [name for name in named if name[0] >= each.end()])
    news = _LETTER.findall(each["news"])
    olds = _LETTER.findall(each["olds"]) if each["olds"] else [None] * len(news)
    categories = next((names for names in (before, after) if len(names) == len(news) == len(olds)), ())
    if categories and not DENIED.search(sentence[: each.start()]) and not UNDONE.match(sentence, each.end()):
        said = text.cut(span[0], span[0] + each.end())
        for category, old, new in zip(categories, olds, news, strict=True):
            if old != new:
                yield Change(category, old, new, _date_of(sentence, date), said, _of_treatment(sentence))


def _past_marks(sentence: str, at: int) -> int:
    """Step over gaps and commas, which end what stands before."""
    while at < len(sentence) and sentence[at] in " \t\n,;)":
        at += 1
    return at


class Kept(NamedTuple):
    """A category (``None``: every one) whose letter is left as it was, as of ``date``."""

    category: Category | None
    date: str | None


def find_kept(text: Text, date: str | None) -> Iterator[Kept]:
    """Find what ``text`` says is left as it was; ``date`` holds unless a sentence names its own.

    >>> list(find_kept(Text("Our TOE Cases grade remains C. We found nothing new on risks."), "2021-05"))
    [Kept(category='cases', date='2021-05')]
    >>> list(find_kept(Text("As of May 2024 no study came out that would justify TOE grade changes."), None))
    [Kept(category=None, date='2024-05')]
    """
    if GRADED.search(text.text) is None:
        return
    for part in _SENTENCE.split(text.text):
        when = _date_of(part, date)
        if match := ALL_KEPT.search(part):
            named = dict.fromkeys(_name_of(m) for m in _CATEGORY.finditer(match[0]))
            yield from (Kept(category, when) for category in (named or (None,)))
        for match in KEPT.finditer(part):
            before = [_name_of(m) for m in _CATEGORY.finditer(part, 0, match.start())]
            yield from (Kept(category, when) for category in before[-1:])


def _of_treatment(words: str) -> str | None:
    """Give the name in ``the Cases grade for otherine`` or ``Otherine’s Cases grade``, if any.

    >>> _of_treatment("our Cases grade for otherine went from D to F"), _of_treatment("our grade for Cases went from D to F")
    ('otherine', None)
    """
    if (other := _OTHER.search(words)) and _ITS.search(words, other.end()):
        return other[0]
    for match in _WHOSE.finditer(words):
        name = match["of"] or match["whose"]
        if name.casefold() not in _NO_NAMES and not _CATEGORY.fullmatch(name):
            return name
    return None


def _date_of(sentence: str, date: str | None) -> str | None:
    """Give the date that a sentence gives its change, with the month at least: ``our 2016 review`` dates nothing.

    Beside a known ``date`` only words such as ``as of`` count: a trial that was published in May dates no change. One that says the
    same less exactly changes nothing.

    >>> _date_of("As of July 2023 we kept it", "2023-07-24"), _date_of("A trial of May 2019 led us on", "2021-03-01")
    ('2023-07-24', '2021-03-01')
    """
    dates = (find_date(match["date"]) or "" for match in (_WHEN if date is None else _AS_OF).finditer(sentence))
    found = next((own for own in dates if len(own) > len("2016")), None)
    return date if found is None or (date or "").startswith(found) else found


def _name_of(match: re.Match[str]) -> Category:
    return next(category for category, _ in CATEGORY_NAMES if match[category])


def _without_overlaps(matches: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """Keep of overlapping matches the one that comes first in the list of forms, which says more."""
    kept: list[re.Match[str]] = []
    for match in matches:
        if all(match.end() <= m.start() or match.start() >= m.end() for m in kept):
            kept.append(match)
    return sorted(kept, key=lambda m: m.start())
