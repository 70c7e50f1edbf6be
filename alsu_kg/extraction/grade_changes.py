"""Changes of grade that prose tells: which category, from which letter to which, as of when."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from alsu_kg.extraction.dates import find_date
from alsu_kg.model.document import Text
from alsu_kg.model.review import Category

# The five categories as reviews and their translations name them; tried in this order, the longer names first.
CATEGORY_NAMES: Final[tuple[tuple[Category, str], ...]] = (
    (
        "preclinical",
        r"pre[\s‐‑–-]?cl[ií]nic(?:al|os?|as?)(?:\s+(?:trials?|models?|stud(?:y|ies)|data))?"
        r"|(?:estudios|ensayos)\s+precl[ií]nicos|(?:études|modèles|essais)\s+précliniques|präklinische\s+(?:Studien|Modelle|Daten)",
    ),
    ("mechanism", r"mechanisms?|mecanismos?|mécanismes?|Mechanismus"),
    ("trials", r"(?:clinical\s+)?trials?|ensayos(?:\s+cl[ií]nicos)?|essais(?:\s+cliniques)?|(?:klinische\s+)?Studien"),
    ("cases", r"cases?|casos?|cas|(?:Fälle|Fallberichte)"),
    ("risks", r"risks?|safety|riesgos?|risques?|Risiken"),
)  # fmt: skip
_CATEGORY = re.compile(
    "|".join(rf"(?P<{category}>\b(?:{names})\b)" for category, names in CATEGORY_NAMES), re.IGNORECASE
)
_ARTICLE = r"(?:(?:an?|the|una?|TOE|grade|letter)\s+|[\"“”‘’'(]\s*)*"
_QUOTE = r"[\"“”‘’')]*"
_OLD, _NEW = rf"{_ARTICLE}(?P<old>[ABCDFU])\b[\"”’')]*", rf"{_ARTICLE}(?P<new>[ABCDFU])(?![\w’'])"
_TOLD: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?i:from|de)\s+{_OLD}\s*,?\s*(?:(?i:up|down)\s+)?(?i:to|into|a)\s+{_NEW}",
        rf"\b(?i:to)\s+{_NEW}[\"”’')]*\s*,?\s*(?i:(?:up |down )?from)\s+{_OLD}",
        rf"(?<![\w’'])(?P<old>[ABCDFU])[\"”’']?\s*(?:→|⇒|->|-->|=>|–>)\s*{_NEW}",
        rf"(?:\b(?i:is|are|becomes?)\s+(?:(?i:now)\s+)?|\b(?i:grades?)\s*(?:[:=–—-]|(?i:of)\b)\s*){_NEW}[\"”’']?\s*[,(–-]?\s*"
        r"(?i:was|previously|formerly|before|(?:up|down|changed|raised|lowered|upgraded|downgraded) from"
        rf"|instead of|rather than|in place of)\s+{_OLD}",
        rf"\b(?i:was)\s+{_OLD}\s*[,;]?\s*(?i:(?:is |but )?now)\s+(?:(?i:is)\s+)?{_NEW}",
        rf"\b(?i:no longer)\s+{_OLD}[^.]{{0,30}}?\b(?i:it is|but|now)\s+(?:(?i:now)\s+)?{_NEW}",
        rf"\b(?i:an?|grade(?: of)?)\s+{_NEW}[\"”’']*\s*,?\s*"
        rf"(?i:where|which)\s+(?i:it\s+)?(?i:had been|was)\s+(?i:previously\s+)?{_OLD}",
        rf"\(\s*{_OLD}\s+(?i:to)\s+{_NEW}[\"”’']*\s*\)",
        rf"\b(?i:which was|formerly|previously|originally)\s+{_OLD}[^.;]{{0,40}}?\b(?i:to|now|is|becomes)\s+{_NEW}",
        rf"\b(?i:previous|earlier|former|old|prior)\b[^.;]{{0,30}}?\b(?i:grade)\s+(?i:of\s+)?{_OLD}[^.;]{{0,40}}?\b(?i:now|becomes|to)\s+{_NEW}",
        rf"\b(?i:grade)\s+(?i:of\s+)?{_NEW}[^.;]{{0,40}}?\b(?i:replac(?:es|ed|ing))\s+(?i:(?:the|our|its|an)\s+)?"
        rf"(?i:(?:earlier|previous|former|old|prior)\s+)?(?:grade\s+of\s+)?{_OLD}(?![\w’'])",
        rf"\b(?i:grades?){_QUOTE}\s+(?:(?i:up|down)\s+)?(?i:to)\s+{_NEW}(?!\s+\w+ing)",
        r"\b(?i:upgrad|downgrad|rais|lower|increas|decreas|chang|revis|mov|improv)(?i:e|es|ed|s|ing)?"
        rf"\b(?P<between>[^.;]{{0,60}}?)\b(?i:to)\s+{_NEW}(?!\s+\w+ing)",
    )
)  # fmt: skip
# "Cambiamos nuestra calificación de Ensayos a F, y nuestra calificación de Riesgos a D."
_TOLD_IN_SPANISH = re.compile(rf"\b(?i:calificaci[oó]n|grado)\b(?P<between>[^.;,]{{0,40}}?)\b(?i:a)\s+{_NEW}")
# "Our Trials grade is D" says what holds from a dated update on; it is no change where no date is known.
_STATED = re.compile(
    rf"\b(?i:grades?){_QUOTE}\s+(?i:is|becomes|of)\s+(?:(?i:now|thus|therefore)\s+)?{_NEW}(?=[\"”’')]*\s*(?:[.;,]|$|\(|(?:because|since|as|given|due|based)\b))"
)
_DENIED = re.compile(
    r"(?:\b(?:not|no|n't|never|neither|without|cannot)\b|n[’']t\b)[^.;,]{0,40}$"
    r"|\b(?:would|could|should|might|may(?!\s+\d)|consider(?:ed|ing)?|discuss(?:ed|ing)?|debated|thought about|asked)\b"
    r"[^.;,]{0,60}$|^\W*if\b|\b(?:whether|if)\b[^.;]{0,80}$",
    re.IGNORECASE,
)
_UNDONE = re.compile(
    r"[^.;]{0,40}\b(?:but|and then|yet)\s+(?:we\s+)?(?:decided (?:against|not|to (?:keep|leave))|(?:did|do|have|chose) not)"
    r"|[^.;]{0,20}\b(?:only )?(?:if|unless)\b",
    re.IGNORECASE,
)
_KEPT = re.compile(rf"\b(?i:grades?){_QUOTE}\s+(?i:remains?|stays?)\s+(?:(?i:at|as|unchanged (?:at|as))\s+)?{_NEW}")
_ALL_KEPT = re.compile(
    r"\bno\b[^.;]{0,80}\b(?:warrant|justif|support|requir|merit|lead|to)\w*\s+(?:\w+\s+){0,4}(?:grades?|grading)\s+chang"
    r"|\bno\b\s+(?:\w+\s+){0,3}(?:grades?\s+chang\w*|chang\w*\s+(?:in|of|to)\s+(?:\w+\s+){0,3}grades?)\b(?!\s+[ABCDFU]\b)"
    r"|\bn(?:o|ot)\b[^.;]{0,80}?\bchang(?:e|es|ed|ing)\s+(?:\w+[- ]){0,4}grades?\b(?!\s+(?:(?:from|to)\s+)?[\"“‘']?[ABCDFU]\b)"
    r"|\bning[uú]\w+\b[^.;]{0,80}\b(?:justifi|amerit|requier)\w*[^.;]{0,30}\b(?:calificaci|grado)"
    r"|\bgrades?\b[^.;]{0,20}\b(?:remain|stay|are|is)\w*\s+(?:all\s+)?unchanged\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(?:as of|on|in|effective|dated?|updated|en|el|desde)\s*:?\s+(?P<date>(?:\d|[A-Z])"
    r".{3,30})",
    re.IGNORECASE,
)
_AS_OF = re.compile(
    r"(?:\b(?:as of|effective|updated|desde)|^\W*(?:on|in|en|el))\s*:?\s+(?P<date>(?:\d|[A-Z]).{3,30})", re.IGNORECASE
)
_DATE_FIRST = re.compile(r"\W{0,3}(?P<date>[^:–—.;]{6,25}?)\s*[:–—]\s")
_WHOSE = re.compile(
    r"\b(?i:grades?|letters?)\s+(?i:for|of)\s+(?P<of>[A-Za-z][\w-]{2,})|\b(?P<whose>[A-Za-z][\w-]{2,})[’']s\s+(?:TOE\s+)?"
    r"(?:\w+\s+){1,2}grade"
)
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
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-Z“\"(¿¡0-9])")
_GRADED = re.compile(
    r"\bgrad\w+|\bcalificaci[oó]n\w*|\bTOE\b|\b(?:up|down)-?grad\w+|\bletter\b"
    r"|\b(?:mechanism|pre-?clinical|cases|trials|risks)\s+from\s+[\"“]?(?-i:[ABCDFU])[\"”]?\s+to\s+[\"“]?(?-i:[ABCDFU])\b",
    re.IGNORECASE,
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
    graded = _GRADED.search(text.text) is not None
    dated = _DATE_FIRST.match(text.text) if graded else None
    if dated is not None and len(first := find_date(dated["date"]) or "") > len("2016"):
        date = first
    start = 0
    for part in _SENTENCE.split(text.text):
        start = text.text.find(part, start)
        if graded and part:
            yield from _in_sentence(text, (start, start + len(part)), date)
        start += len(part)


def _in_sentence(text: Text, span: tuple[int, int], date: str | None) -> Iterator[Change]:
    start, end = span
    sentence = text.text[start:end]
    forms = (*_TOLD, _TOLD_IN_SPANISH) if date is None else (*_TOLD, _TOLD_IN_SPANISH, _STATED)
    matches = _without_overlaps([m for pattern in forms for m in pattern.finditer(sentence)])
    named = [(m.start(), m.end(), _name_of(m)) for m in _CATEGORY.finditer(sentence)]
    low, category = 0, None
    for i, match in enumerate(matches):
        high = matches[i + 1].start() if i + 1 < len(matches) else len(sentence)
        before = [name for a, b, name in named if low <= a and b <= match.end()]
        after = [name for a, _, name in named if match.end() <= a < min(high, match.end() + 45)]
        category = before[-1] if before else after[0] if after else category
        groups = match.groupdict()
        if (
            category is not None
            and not _DENIED.search(sentence[low : match.start()])
            and not _UNDONE.match(sentence, match.end())
            and groups.get("old") != match["new"]
        ):
            own = next(
                (
                    found
                    for words in (sentence[low : match.start()], sentence[match.end() : high], sentence)
                    if (found := _date_of(words, date)) != date
                ),
                date,
            )
            said = text.cut(start + min(low, match.start()), start + match.end())
            yield Change(
                category, groups.get("old"), match["new"], own, said.strip(), _of_treatment(sentence[low:high])
            )
        low = match.end()


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
    if _GRADED.search(text.text) is None:
        return
    for part in _SENTENCE.split(text.text):
        when = _date_of(part, date)
        if match := _ALL_KEPT.search(part):
            named = dict.fromkeys(_name_of(m) for m in _CATEGORY.finditer(match[0]))
            yield from (Kept(category, when) for category in (named or (None,)))
        for match in _KEPT.finditer(part):
            before = [_name_of(m) for m in _CATEGORY.finditer(part, 0, match.start())]
            yield from (Kept(category, when) for category in before[-1:])


def _of_treatment(words: str) -> str | None:
    """Give the name in ``the Cases grade for otherine`` or ``Otherine’s Cases grade``, if any.

    >>> _of_treatment("our Cases grade for otherine went from D to F"), _of_treatment("our grade for Cases went from D to F")
    ('otherine', None)
    """
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
