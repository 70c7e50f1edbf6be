"""Changes of grade that an update tells in words of its own: the letter that the page shows now says which one is the new one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from alsu_kg.extraction.category_names import CATEGORY_NAMES
from alsu_kg.extraction.dates import find_date
from alsu_kg.extraction.summaries.grade_changes import Change
from alsu_kg.extraction.summaries.grade_forms import Graded
from alsu_kg.model.document import Block, Text
from alsu_kg.model.review import Category

_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-Z“\"(0-9])(?!This (?:is|was) (?:up|down|an?)\b)")
# As updates write them: with a capital or in quotation marks; "three cases" are none.
_NAMED = re.compile(
    "|".join(
        rf"(?P<{category}>(?:(?<=[“\"‘'])(?:{names})|\b(?=[A-Z])(?:{names}))\b(?!\s+(?:Neurol|Res)\b))"
        for category, names in CATEGORY_NAMES
    ),
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"(?<![\w’'.&-])(?<![Vv]itamin )(?<![Hh]epatitis )(?<![Tt]ype )(?<![Pp]hase )(?<![Gg]roup )(?<![Pp]art )(?<![Ff]actor )"
    r"(?<![Ss]tudy )(?<![Tt]rial )(?<![Pp]rotein )(?:B|C|D|F|U|A(?!\s+[a-z])|(?<=an )A|(?<=to )A|(?<=from )A)(?![\w’'&-]|\.[A-Z\d])"
)
_VERB = re.compile(
    r"\b(?:chang(?:es?|ed)|rais(?:es?|ed)|rises|lower(?:s|ed)?|up-?grad(?:es?|ed)|down-?grad(?:es?|ed)|moves?|added|assign(?:s|ed)?"
    r"|revis(?:es?|ed)|becomes?|climbs|drops|falls|now)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:no|not(?! (?:the|an?) [ABCDFU]\b)|never|neither|nor|without|cannot|if|unless|whether|would|could|might|may|considered"
    r"|discussed|asked|remains?|stays?|keep|kept|still|unchanged|same|leaves?|left|confirms?|maintain\w*|continues?|between|rang\w+)\b|n[’']t\b",
    re.IGNORECASE,
)
_MOST_LETTERS: Final = 2
_PREVIOUS = re.compile(
    r"\W*(?i:(?:previous|former|earlier|prior|old|original|first)\s+(?:TOE\s+)?(?:grade|letter))\s*[:=–—-]?\s*(?P<old>[ABCDFU])\b(?P<when>.{0,60})$"
)


class Told(NamedTuple):
    """A line of an update and the date of the update."""

    text: Text
    date: str


def told_changes(told: Sequence[Told], shown: Mapping[Category, str], known: frozenset[Category]) -> Iterator[Change]:
    """Find the changes of categories that are not among the ``known`` ones and of which one sentence alone speaks.

    The sentence names one category, the letter ``shown`` and perhaps another one, which then is the old letter.

    >>> line = Told(Text("Risks gets an F, not the B that we gave at first. One of 9 cases fell."), "2021-05")
    >>> [(change.category, change.old, change.new) for change in told_changes([line], {"risks": "F"}, frozenset())]
    [('risks', 'B', 'F')]
    """
    found: list[Change] = []
    for text, date in told:
        at = 0
        for part in _SENTENCE.split(text.text):
            at = text.text.find(part, at)
            change = _change_in(text.cut(at, at + len(part)), date, shown)
            found += [change] if change is not None and change.category not in known else []
            at += len(part)
    for change in found:
        if sum(change.category == other.category for other in found) == 1:
            yield change


def previous_letters(lines: Sequence[tuple[Block, Text]], graded: Sequence[Graded]) -> Iterator[Change]:
    """Find lines right below a letter that say which letter it replaced, and when: ``Previous grade: C (changed in May 2021)``.

    >>> told = ("Cases Grade: B", "Previous grade: C (changed in May 2021)")
    >>> lines = [(Block("paragraph", Text(line)), Text(line)) for line in told]
    >>> [(c.old, c.new, c.date) for c in previous_letters(lines, [Graded("cases", "B", Text("B"), 0)])]
    [('C', 'B', '2021-05')]
    """
    for item in graded:
        below = lines[item.at + 1][1] if item.at + 1 < len(lines) else None
        match = _PREVIOUS.match(below.text) if below is not None else None
        if below is not None and match is not None and match["old"] != item.letter:
            yield Change(item.category, match["old"], item.letter, find_date(match["when"]), below)


def _change_in(sentence: Text, date: str, shown: Mapping[Category, str]) -> Change | None:
    words = sentence.text
    named = {category for match in _NAMED.finditer(words) for category, _ in CATEGORY_NAMES if match[category]}
    if len(named) != 1 or _UNSURE.search(words):
        return None
    category = named.pop()
    letters = list(dict.fromkeys(_LETTER.findall(words)))
    new = shown.get(category)
    if (
        new is None
        or new not in letters
        or len(letters) > _MOST_LETTERS
        or (len(letters) == 1 and not _VERB.search(words))
    ):
        return None
    return Change(category, next((letter for letter in letters if letter != new), None), new, date, sentence)
