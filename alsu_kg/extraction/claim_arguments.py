"""What a relation word relates: subject and objects among the terms that stand around it."""

import re
from collections.abc import Sequence
from typing import Final

from alsu_kg.extraction.clauses import Clause
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
_PARTICIPLE = re.compile(r"(?:ed|led to|en)(?: the)?$", re.IGNORECASE)
_BY = re.compile(r"\s+(?:\w+ly\s+)?by\s+(?!\w+ing\b|\d|half\b|about\b|approximately\b)", re.IGNORECASE)
_TO_BE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_OBJECT_PRONOUN = re.compile(r"\s+(?:it|them|this)\s*(?:[.,;(\[]|$)", re.IGNORECASE)
_BESIDE = re.compile(r"\b(?:like|unlike|than|besides|of|in|with|from)\s+(?:the\s+)?$", re.IGNORECASE)
_JOINT = re.compile(
    r"(?:\s\w+)?\s*(?:,|,?\s*(?P<word>and|or|nor))\s+(?:the\s+|of\s+)*(?:(?:increased|reduced|abnormal|impaired)\s+)?",
    re.IGNORECASE,
)
_CONTEXT_KINDS: Final = frozenset({"cell", "anatomy", "species", "model"})
_PLACED: Final = frozenset({"located_in", "is_increased_in", "tested_in"})
_WITHIN = re.compile(
    r"\b(?:in|within|of|from|on|among|for)\s+(?:the\s+|a\s+|an\s+|both\s+|human\s+|patients\s+with\s+"
    r"|people\s+with\s+)*$",
    re.IGNORECASE,
)


_TREATMENTS: Final = frozenset({"treatment", "chemical"})
_PROPERTY: Final = "property:"
_GIVEN = re.compile(r"\b(?:given|with|on|receiving|received|taking|took|fed|after)\s+(?:the\s+)?$", re.IGNORECASE)
_EFFECT_OF = re.compile(r".{0,40}\b(?:properties|effects?|activity|activities|actions?) of (?:the )?", re.IGNORECASE)
_Sides = tuple[Sequence[TermMatch], Sequence[TermMatch]]


def read_voice(text: str, match: re.Match[str], words: PredicateWords, sides: _Sides) -> PredicateWords:
    """Say in which voice the relation word at ``match`` stands here: ``is reduced by`` turns subject and object round.

    ``no-agent`` is a passive that names who did it, if at all, before the verb: ``given it, progression was slowed``. What
    is improved gets better if it is a condition, and more if it is a function.

    >>> words = PredicateWords(re.compile("reduc(?:es|ed)"), "affects", "decreases", "active")
    >>> text = "One is reduced by two"; read_voice(text, words.pattern.search(text), words, ([], [])).voice
    'passive'
    """
    voice = words.voice
    if voice == "active" and _PARTICIPLE.search(match[0]):
        by = _BY.match(text, match.end())
        if by is not None:
            voice = "passive"
        elif words.predicate == "affects" and _TO_BE.search(text[: match.start()]):
            voice = "no-agent"
    if words.predicate == "ameliorates_condition" and voice in ("active", "passive"):
        things = sides[0][-1:] if voice == "passive" else sides[1][:1]
        if things and things[0].term.kind in ("process", "outcome"):
            return words._replace(predicate="affects", polarity="increases", voice=voice)
    return words._replace(voice=voice)


def find_arguments(
    text: str,
    words: PredicateWords,
    sides: _Sides,
    given: tuple[str | None, Sequence[TermMatch], Clause, re.Match[str]],
) -> tuple[list[tuple[str, bool]], list[str]]:
    """Find subjects (with a sign: has the sentence less of it?) and objects of a relation among the terms on its ``sides``.

    >>> from alsu_kg.extraction.vocabulary import Term
    >>> words = PredicateWords(re.compile("slows"), "affects", "decreases", "active")
    >>> left, right = TermMatch(0, 1, Term("a", "process")), TermMatch(8, 9, Term("b", "process"))
    >>> text = "a slows b"; match = words.pattern.search(text)
    >>> find_arguments(text, words, ([left], [right]), (None, [], Clause(0, 9), match))
    ([('a', False)], ['b'])
    """
    left, right = sides
    treatment, before, clause, match = given
    if words.voice in ("trial", "benefit", "support", "outcome", "reverse"):
        return _special(words, (left, right), treatment, before)
    things_left = [t for t in left if _is_thing(t, text, words, subject=True)]
    things_right = [t for t in right if _is_thing(t, text, words, subject=False)]
    if words.voice in ("under", "given", "same") or words.voice.startswith(_PROPERTY):
        return _of_treatment(text, words, (things_left, things_right), (treatment, match))
    if words.voice == "passive":
        done = _joined_left(text, things_left)
        return [(t.term.label, False) for t in _coordinated(text, things_right)], [t.term.label for t in done]
    if words.voice == "nominal":
        return _nominal(text, things_right)
    if words.voice == "no-agent":
        return _without_agent(things_left)
    acting = _joined_left(text, _without_doers(text, things_left))
    subjects = [(t.term.label, bool(_LESS.search(text[max(0, t.start - 40) : t.start]))) for t in acting]
    if not subjects:
        subjects = _referred(text[clause.start : clause.end], before, treatment, has_left=bool(left))
    objects = [t.term.label for t in _coordinated(text, things_right)]
    if not right and _OBJECT_PRONOUN.match(text, match.end()):
        objects = [t.term.label for t in before if t.term.kind in ("process", "outcome", "effect")][:1]
    return subjects, objects


def _of_treatment(
    text: str, words: PredicateWords, sides: _Sides, given: tuple[str | None, re.Match[str]]
) -> tuple[list[tuple[str, bool]], list[str]]:
    """Read what is said of a treatment that the sentence names: it fell under A, those given A had less, A has effects against it.

    Without a treatment in the sentence nothing is claimed: it may speak of patients, of men and women, of any group.
    """
    left, right = sides
    treatment, match = given
    before = [t.term.label for t in left if t.term.kind in _TREATMENTS]
    after = [t for t in right if t.term.kind in _TREATMENTS]
    done_left = [t.term.label for t in _joined_left(text, [t for t in left if t.term.kind not in _TREATMENTS])]
    if words.voice == "under":
        near = bool(after) and not text[match.end() : after[0].start].strip(" ,")
        return ([(after[0].term.label, False)], done_left) if near else ([], [])
    if words.voice == "same":
        who = [*before, *(t.term.label for t in after), *([treatment] if treatment else [])]
        return [(who[0], False)] if who else [], done_left
    if words.voice == "given":
        taken = [t.term.label for t in after if _GIVEN.search(text[: t.start])]
        objects = [t.term.label for t in _coordinated(text, [t for t in right if t.term.kind not in _TREATMENTS])]
        return [(name, False) for name in (before[-1:] or taken[:1])], objects
    owner = [t.term.label for t in after if _EFFECT_OF.fullmatch(text[match.end() : t.start])]
    subject = owner[:1] or before[-1:]
    return [(name, False) for name in subject], [words.voice.removeprefix(_PROPERTY)]


def _joined_left(text: str, things: Sequence[TermMatch]) -> list[TermMatch]:
    """Take the last thing and those joined to it by commas, ``and``, ``or``, ``nor`` before it."""
    kept = list(things[-1:])
    for thing in reversed(things[:-1]):
        joint = _JOINT.fullmatch(text[thing.end : kept[0].start])
        if joint is None or (len(kept) == 1 and joint["word"] is None) or _BESIDE.search(text[: thing.start]):
            break
        kept.insert(0, thing)
    return kept


def _without_doers(text: str, things: Sequence[TermMatch]) -> list[TermMatch]:
    """Leave out who does what a noun names: of ``inhibition of A by B reduces C`` it is A that C depends on."""
    kept = list(things)
    while len(kept) > 1 and re.search(r"\bby\s+(?:the\s+)?$", text[kept[-2].end : kept[-1].start]):
        kept.pop()
    return kept


def _nominal(text: str, things: Sequence[TermMatch]) -> tuple[list[tuple[str, bool]], list[str]]:
    """Read ``inhibition of A by B``: B does it to A; without B nobody is said to do it."""
    if len(things) < 2 or not re.fullmatch(r"\s+(?:\w+\s+)?by\s+(?:the\s+)?", text[things[0].end : things[1].start]):
        return [], []
    return [(things[1].term.label, False)], [things[0].term.label]


def _without_agent(things: Sequence[TermMatch]) -> tuple[list[tuple[str, bool]], list[str]]:
    doers = [t.term.label for t in things[:-1] if t.term.kind in ("treatment", "chemical")]
    done = [t.term.label for t in things[-1:] if t.term.kind not in ("treatment", "chemical")]
    return ([(doers[-1], False)], done) if doers and done else ([], [])


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
