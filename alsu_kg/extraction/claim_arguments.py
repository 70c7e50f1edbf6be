"""What a relation word relates: subject and objects among the terms that stand around it."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from alsu_kg.extraction.vocabulary import PredicateWords, TermMatch

_BACKWARD = re.compile(
    r"^(?:\W*(?:in addition|also|furthermore|moreover|additionally|thus|therefore|so|theoretically)\W+)*(?:it"
    r"|this|these|they|such|that|its|the (?:drug|treatment|supplement|product|pathway))\b",
    re.IGNORECASE,
)
_PATHWAY = re.compile(r"^\W*(?:this|the|that) (?:pathway|process|mechanism|protein|gene|factor)\b", re.IGNORECASE)
_LESS = re.compile(
    r"\b(?:reducing|inhibiting|blocking|suppressing|lowering|decreasing|reduction (?:of|in)|inhibition of"
    r"|loss of|lack of|deleting|knocking (?:out|down)|less)\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_CONTEXT_KINDS: Final = frozenset({"cell", "anatomy", "species", "model"})
_PLACED: Final = frozenset({"located_in", "is_increased_in", "tested_in"})
_WITHIN = re.compile(
    r"\b(?:in|within|of|from|on|among|for)\s+(?:the\s+|a\s+|an\s+|both\s+|human\s+|patients\s+with\s+"
    r"|people\s+with\s+)*$",
    re.IGNORECASE,
)


class Clause(NamedTuple):
    """Characters ``start`` to ``end`` of a sentence that state one thing."""

    start: int
    end: int


_Sides = tuple[Sequence[TermMatch], Sequence[TermMatch]]


def find_arguments(
    text: str, words: PredicateWords, sides: _Sides, given: tuple[str | None, Sequence[TermMatch], Clause]
) -> tuple[list[tuple[str, bool]], list[str]]:
    """Find subjects (with a sign: has the sentence less of it?) and objects of a relation among the terms on its ``sides``.

    >>> from alsu_kg.extraction.vocabulary import Term
    >>> words = PredicateWords(re.compile("slows"), "affects", "decreases", "active")
    >>> left, right = TermMatch(0, 1, Term("a", "process")), TermMatch(8, 9, Term("b", "process"))
    >>> find_arguments("a slows b", words, ([left], [right]), (None, [], Clause(0, 9)))
    ([('a', False)], ['b'])
    """
    left, right = sides
    treatment, before, clause = given
    if words.voice in ("trial", "benefit", "support", "outcome", "reverse"):
        return _special(words, (left, right), treatment, before)
    things_left = [t for t in left if _is_thing(t, text, words, subject=True)]
    things_right = [t for t in right if _is_thing(t, text, words, subject=False)]
    if words.voice == "passive":
        return [(t.term.label, False) for t in _coordinated(text, things_right)], [
            t.term.label for t in things_left[-1:]
        ]
    subjects = [
        (t.term.label, bool(_LESS.search(text[max(clause.start, t.start - 40) : t.start]))) for t in things_left[-1:]
    ]
    if not subjects:
        subjects = _referred(text[clause.start : clause.end], before, treatment, has_left=bool(left))
    return subjects, [t.term.label for t in _coordinated(text, things_right)]


def _is_thing(match: TermMatch, text: str, words: PredicateWords, *, subject: bool) -> bool:
    if words.predicate in _PLACED:
        return match.term.kind != "species"
    if match.term.kind in ("species", "test"):
        return False
    if match.term.kind in _CONTEXT_KINDS:
        return subject and not _WITHIN.search(text[: match.start])
    inside = subject and bool(_WITHIN.search(text[: match.start])) and match.term.kind == "disease"
    return not inside


def _coordinated(text: str, things: Sequence[TermMatch]) -> list[TermMatch]:
    """Take the first thing and those joined to it by commas and ``and``."""
    kept: list[TermMatch] = []
    for thing in things:
        if (
            not kept
            and len(things) > 1
            and re.match(r"[- ](?:mediated|induced|driven|related|dependent|associated)\b", text[thing.end :])
        ):
            continue
        between = text[kept[-1].end : thing.start] if kept else ""
        if kept and not re.fullmatch(
            r"(?:\s*\([^)]*\))?\s*(?:,|and|or|,\s*and|and in|, in|,\s*or|and/or)\s*(?:the\s+|a\s+|other\s+"
            r"|in\s+)*(?:\w+\s+)?",
            between,
        ):
            break
        kept.append(thing)
    return kept


def _referred(
    clause: str, before: Sequence[TermMatch], treatment: str | None, *, has_left: bool
) -> list[tuple[str, bool]]:
    if _PATHWAY.match(clause) and before:
        process = [t for t in before if t.term.kind == "process"]
        return [((process or before)[-1].term.label, False)]
    if treatment is not None and (_BACKWARD.match(clause) or not has_left):
        return [(treatment, False)]
    return []


def _special(
    words: PredicateWords, sides: _Sides, treatment: str | None, before: Sequence[TermMatch]
) -> tuple[list[tuple[str, bool]], list[str]]:
    """Phrases whose parts the sentence leaves to the reader: trials of the treatment, no effect on progression."""
    left, right = sides
    chemicals = [t.term.label for t in (*right, *left) if t.term.kind in ("chemical", "treatment")]
    if words.voice == "benefit" and not chemicals:
        chemicals = [t.term.label for t in before if t.term.kind == "chemical"][-1:]
    own = chemicals[0] if chemicals else treatment
    if own is None:
        return [], []
    if words.voice == "trial":
        return [(own, False)], ["amyotrophic lateral sclerosis"]
    if words.voice == "benefit":
        return [(own, False)], ["amyotrophic lateral sclerosis"]
    if words.voice == "support":
        return [(own, False)], ["preclinical ALS models"] if any(t.term.kind == "model" for t in left) else [
            "amyotrophic lateral sclerosis"
        ]
    if words.voice == "reverse":
        diseases = [t.term.label for t in right if t.term.kind == "disease"]
        return [(treatment or own, False)], diseases[:1]
    outcomes = [t.term.label for t in right if t.term.kind in ("outcome", "process")]
    return [(treatment or own, False)], outcomes[:1]
