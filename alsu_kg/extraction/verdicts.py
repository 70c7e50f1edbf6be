"""Grades that prose gives in verbs: ``This earns a D in Cases``, ``On risks it receives a C``."""

import re
from collections.abc import Sequence
from typing import Final

from alsu_kg.extraction.category_names import CATEGORY_NAMES
from alsu_kg.extraction.sentences import Sentence
from alsu_kg.extraction.summaries.grade_forms import ENOUGH
from alsu_kg.model.review import Category, Grade

_QUOTED = r"[\"“‘']?(?P<letter>[ABCDFU])[\"”’']?"
# A letter ends the clause or goes on with what it is given for: "a C terminus" and "a B cell" are no grades.
_GIVEN = re.compile(
    r"\b(?i:grad(?:e|es|ed|ing)|gave|giv(?:e|es|en)|gets?|got|receiv(?:e|es|ed)|earn(?:s|ed)?|scor(?:e|es|ed)|rat(?:e|es|ed)|deserv(?:e|es|ed))"
    rf"\b[^.;:]{{0,45}}?\b(?i:an?|at|as|it|of|be)\s+{_QUOTED}(?=\s*(?:[.,;)]|$|\b(?:for|in|on|from|here|because|as|based|due|at)\b))"
)
_NO_NAME = "".join(
    rf"(?<!{word} )" for word in ("itamin", "epatitis", "ype", "roup", "actor", "rotein", "hase", "tage")
)
_LETTER = rf"{_NO_NAME}{_QUOTED}(?=\s*(?:[,;)]|\.?[\"”’)]*\s*$|\b(?:for|in|on|from|here|because|as|based|due|at|by)\b))"
_NAMED = rf"(?:the\s+)?(?:{'|'.join(names for _, names in CATEGORY_NAMES)})"
_FORMS: Final = (
    _GIVEN,
    # "We grade its mechanism a B", "graded C", "the grade for cases: D", "awarded grade F by consensus"
    re.compile(
        rf"\b(?i:grad(?:e[sd]?|ing)|rat(?:e[sd]?|ing)|scor(?:e[sd]?|ing))(?:\s(?i:grade))?\b[^.;]{{0,60}}?(?:[\s:]\s?){_LETTER}"
    ),
    # "Trials: D.", "Mechanism: grade B.", "In summary, B for mechanism."
    re.compile(rf"\W*(?i:{_NAMED})\s*[:=–—-]\s*(?i:(?:TOE\s+)?grade\s*:?\s*)?{_QUOTED}\W*$"),
    re.compile(rf"(?i:(?:^|.*\b(?:summary|short|overall)\W+)){_QUOTED}\s(?i:for\s+{_NAMED})\W*$"),
    # "Our verdict is a B", "The panel voted for a B (8 of 9)"
    re.compile(
        rf"\b(?i:verdict|vote[sd]?|consensus|judge?ment)\b[^.;]{{0,30}}?\b(?i:is|was|for|on|of)\s+(?i:an?)\s+{_QUOTED}"
        r"(?=\s*(?:[,;(]|\.?\s*$))"
    ),
    # "We assign “B” to this mechanism."
    re.compile(r"\b(?i:assign|giv|gave|award)\w*\s+[\"“‘'](?P<letter>[ABCDFU])[\"”’']"),
)
_LONGEST: Final = 500  # characters of a sentence that gives a grade
_LETTER_ALONE = re.compile(r"(?<!\w)[ABCDFU](?!\w)")
# The letter may be one that no longer holds, or that others gave.
_OF_OTHERS = re.compile(
    r"\b(?:previous|former|earlier|original|initial)(?:ly)?\b|\bno longer\b|\binstead of\b|\brather than\b"
    r"|\b(?:would|could) (?:be|have|get|earn)\b"
    r"|\b(?:NCCN|USPSTF|guidelines?)\b",
    re.IGNORECASE,
)
_CATEGORY = re.compile(
    "|".join(rf"(?P<{category}>\b(?:{names})\b)" for category, names in CATEGORY_NAMES), re.IGNORECASE
)
_ROLES: Final[frozenset[str]] = frozenset(category for category, _ in CATEGORY_NAMES)


def read_verdicts(sentences: Sequence[Sentence], published: str | None) -> tuple[Grade, ...]:
    """Give the letters that verbs give, if they do so for three categories at least and for none of them twice.

    A sentence is about the category that it names, else about that of its section.

    >>> from alsu_kg.extraction.sections import Passage
    >>> from alsu_kg.extraction.sentences import read_sentences
    >>> from alsu_kg.model.document import Text
    >>> told = (("cases", "This earns a D."), ("trials", "Here it can only get an F."), ("risks", "We give it a C for risks."))
    >>> passages = [(Passage(Text(line), role, role, "paragraph"), []) for role, line in told]
    >>> [(grade.category, grade.letter) for grade in read_verdicts(read_sentences(passages), None)]
    [('cases', 'D'), ('trials', 'F'), ('risks', 'C')]
    """
    found: dict[Category, Grade] = {}
    for sentence in sentences:
        match = _given(sentence.text)
        category = _category(sentence) if match else None
        if match is None or category is None:
            continue
        if category in found and found[category].letter != match["letter"]:
            return ()
        found.setdefault(
            category, Grade(category=category, letter=match["letter"], as_of=published, place=sentence.place())
        )
    return tuple(found.values()) if len(found) >= ENOUGH else ()


def _given(text: str) -> re.Match[str] | None:
    """Find the letter that a sentence gives.

    >>> told = ("We graded it C for these models.", "Trials: D.", "Our verdict is a B.", "We graded uptake of vitamin C.")
    >>> [match["letter"] if (match := _given(text)) else None for text in told]
    ['C', 'D', 'B', None]
    """
    if len(text) > _LONGEST or not _LETTER_ALONE.search(text) or _OF_OTHERS.search(text):
        return None
    return next((match for form in _FORMS if (match := form.search(text))), None)


def _category(sentence: Sentence) -> Category | None:
    named = {match.lastgroup for match in _CATEGORY.finditer(sentence.text)}
    role = sentence.passage.role
    own = role if role in _ROLES else None
    if own in named or not named:
        return next((category for category, _ in CATEGORY_NAMES if category == own), None)
    return next((category for category, _ in CATEGORY_NAMES if category in named), None) if len(named) == 1 else None
