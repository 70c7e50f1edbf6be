"""The tests that people on the treatment need, and when: what the sections on risks say about monitoring."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from alsu_kg.extraction.near import at_words, search_near
from alsu_kg.extraction.sentences import Sentence
from alsu_kg.extraction.signs import sign
from alsu_kg.extraction.terms import TermMatch
from alsu_kg.model.review import Monitoring

_IS_DONE = r"\s+(?:[\w-]+\s+){0,7}?(?:checked|tested|performed|measured|obtained|done|repeated|assessed)\b"
_ASKED_FOR = r"\s+(?:advised|recommended|required|needed|suggested)\b"
_MONITORED = at_words(
    "monitor",
    r"blood (?:work|tests?)\b",
    "genotyp",
    *(f"{must}{_IS_DONE}" for must in ("should", "must", "needs?", "has", "have")),
    *(f"{are}{_ASKED_FOR}" for are in ("is", "are")),
    r"screen(?:ed|ing)\b",
    r"requires? (?:close|regular|medical)\b",
    r"check(?:ed|ing)\b",
)
_TREATED = "(?:the )?(?:treatment|therapy)"
_STARTED = r"\s+(?:dosing|starting|treatment|initiation|beginning|therapy)[\w ]{0,20}?(?=[,.;]|$|\s+(?:the|and)\b)"
_SOME_TIME = r"\s+the\s+(?:first|second|third|next)[\w ]{0,25}?(?:months?|weeks?|years?)"
_A_WEEK = r"\s+(?:a\s+|per\s+)?(?:daily|weekly|monthly|week|month|year)"
_SCHEDULE = at_words(
    *(
        rf"{time}\b"
        for time in (
            *(f"{before} and (?:during|throughout) {_TREATED}" for before in ("before", "prior to")),
            f"throughout {_TREATED}",
            r"every\s+(?:\w+\s+)?(?:day|week|month|year)s?",
            *(f"{often}{_A_WEEK}" for often in ("once", "twice", "three times")),
            *(
                "daily",
                "weekly",
                "bi-?weekly",
                "monthly",
                "quarterly",
                "annually",
                "yearly",
                "at baseline",
                "periodically",
            ),
            "regularly",
            *(f"{before}{_STARTED}" for before in ("prior to", "before")),
            *(f"{within}{_SOME_TIME}" for within in ("during", "for")),
            *("thereafter", "afterwards"),
        )
    )
)
_GENOTYPED = re.compile(
    r"genotyp\w*\s+(?:for|of)\s+(?P<genes>[^.;]+?)(?![^.;\s])(?=\s+(?:should|is|are|can|must|may)\b|[.;]|$)"
    r"|(?P<before>[A-Z][A-Z0-9]{2,9})\s+genotyp",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\s*(\([a-z][^()]{3,40}\))")
_OF_GENES, _MOST_BEFORE = ("enotyp", "ENOTYP"), 14
_GENE = re.compile(r"\b[A-Z][A-Z0-9]{2,9}\b")
_ORGAN_NAME = r"(?:thyroid|liver|hepatic|kidney|renal|heart|cardiac|lung|pulmonary|adrenal|bone marrow|pancreatic)"
_ORGAN = re.compile(rf"\b{_ORGAN_NAME}\b", re.IGNORECASE)
_SHARED_NOUN = re.compile(rf"\b(?:{_ORGAN_NAME},\s+)*{_ORGAN_NAME},?\s+(?:and|or|and/or)\s+$", re.IGNORECASE)
_JOINS = ("and ", "or ", "AND ", "OR ")
_WATCHED, _MUST, _DONE = sign("monitored"), sign("must"), sign("done")


def find_monitored(sentence: Sentence) -> int | None:
    """Give where a sentence starts to say that something is to be watched, if it does.

    >>> from alsu_kg.extraction.sections import Passage
    >>> from alsu_kg.model.document import Text
    >>> passage = Passage(Text(""), "Risks", "risks", "paragraph")
    >>> [find_monitored(Sentence(text, passage, 0, (), (), 0)) for text in ("Blood must be checked.", "Blood flows.")]
    [6, None]
    """
    if not _may_be_monitored(sentence.signs):
        return None
    found = _MONITORED.search(f" {sentence.text}")
    return found.start() if found else None


def _may_be_monitored(signs: int) -> bool:
    return bool(signs & _WATCHED or (signs & _MUST and signs & _DONE))


def read_monitoring(sentences: Sequence[Sentence], terms: Mapping[int, Sequence[TermMatch]]) -> tuple[Monitoring, ...]:
    """Read tests and their schedules.

    >>> from alsu_kg.extraction.sections import Passage
    >>> from alsu_kg.model.document import Text
    >>> passage = Passage(Text(""), "Risks", "risks", "paragraph")
    >>> told = Sentence("Before dosing, genotyping for TPMT should be performed.", passage, 0, (), (), 0)
    >>> [(m.test, m.schedule) for m in read_monitoring([told], {})]
    [('TPMT genotyping', 'Before dosing')]
    """
    found: list[Monitoring] = []
    for i, sentence in enumerate(sentences):
        if sentence.passage.role != "risks" or not _may_be_monitored(sentence.signs):
            continue
        tests = [(m.start, m.end, sentence.text[m.start : m.end]) for m in terms.get(i, ()) if m.term.kind == "test"]
        tests = _with_organs(sentence.text, tests)
        tests += list(_genes(sentence.text))
        if not tests or not (" monitor" in sentence.text or find_monitored(sentence) is not None):
            continue
        place = sentence.place()
        for start, end, test in _without_brackets(sentence.text, tests):
            schedule = _schedule(_part(sentence.text, start))
            found.append(
                Monitoring(
                    test=test, schedule=schedule, place=place, cites=sentence.cites(start, end), quote=sentence.text
                )
            )
    return tuple(found)


def _without_brackets(text: str, tests: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Join a test in brackets to the one before it, which it explains."""
    for start, end, test in tests:
        if text.count("(", 0, start) > text.count(")", 0, start):
            continue
        bracket = _IN_BRACKETS.match(text, end)
        yield (start, bracket.end(), f"{test} {bracket[1]}") if bracket else (start, end, test)


def _genes(text: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    while match := search_near(_GENOTYPED, _OF_GENES, text, _MOST_BEFORE, at):
        at = match.end()
        genes = match["genes"] or match["before"]
        for gene in _GENE.findall(genes):
            yield match.start(), match.end(), f"{gene} genotyping"


def _part(text: str, at: int) -> str:
    """Give the part of a sentence between semicolons that holds character ``at``: each has a schedule of its own."""
    start, end = text.rfind(";", 0, at) + 1, text.find(";", at)
    return text[start:] if end < 0 else text[start:end]


@lru_cache(maxsize=8)  # the tests of a sentence mostly share it
def _schedule(text: str) -> str | None:
    matches = list(_SCHEDULE.finditer(f" {text}"))
    if not matches:
        return None
    return " ".join(text[matches[0].start() : matches[-1].end() - 1].split())


def _with_organs(text: str, tests: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Add the tests that share their noun with one of ``tests``: ``thyroid and kidney function``.

    >>> [test for _, _, test in _with_organs("thyroid, liver and kidney function", [(19, 34, "kidney function")])]
    ['thyroid function', 'liver function', 'kidney function']
    """
    every: list[tuple[int, int, str]] = []
    for start, end, test in tests:
        shared = _SHARED_NOUN.search(text, max(0, start - 60), start) if text.endswith(_JOINS, 0, start) else None
        noun = test.split(" ", 1)[-1]
        if shared and " " in test:
            every += [(m.start(), m.end(), f"{m[0]} {noun}") for m in _ORGAN.finditer(text, shared.start(), start)]
        every.append((start, end, test))
    return every
