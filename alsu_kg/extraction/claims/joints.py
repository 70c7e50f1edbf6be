"""Several verbs in one clause: where a new statement starts, and who acts in those that are not the first."""

import re
from collections.abc import Sequence
from typing import Final

from alsu_kg.extraction.claims.clauses import Clause, last_words
from alsu_kg.extraction.claims.relations import PLAIN, Relations
from alsu_kg.extraction.claims.things import TREATMENTS, Argument, Sides
from alsu_kg.extraction.relation_words import PredicateWords
from alsu_kg.extraction.terms import TermMatch

_SAME_SUBJECT = re.compile(
    r"(?:\b(?:and|or|nor|by|while|thereby|through|via|in addition to|as well as|involving|including)|,)\s*"
    r"(?:(?:also|so|as|may|might|can"
    r"|could|will|would|cannot|failing|therefore|hence|thereby|to|help|helps|helped|in turn|then|thus|both|even|an?|the|its"
    r"|did|does|do|not|\w+ly)\s+){0,4}$",
    re.IGNORECASE,
)
# What such words end with.
_JOIN_ENDS: Final = (
    "and", "or", "by", ",", "while", "through", "via", "to", "as", "involving", "including", "also", "so", "may", "might", "can",
    "could", "will", "would", "cannot", "therefore", "hence", "help", "helps", "helped", "turn", "then", "thus", "both", "even",
    "a", "an", "the", "its", "did", "does", "do", "not", "ly",
)  # fmt: skip
_JOIN_WORDS: Final = frozenset([*_JOIN_ENDS, "nor", "failing", "in", "addition", "well", "and,", "or,", "by,"])
# Words with the last letter of a noun in the plural before which nothing acts.
_NO_DOERS_WORDS: Final = "as is was has does plus versus thus its this besides across unless perhaps always"
_NO_DOERS: Final = frozenset(_NO_DOERS_WORDS.split())
_NEAR: Final = 60  # within so many characters before a verb stands what joins it to what was said before
_TO = re.compile(r"\s+to\s+$", re.IGNORECASE)
_RELATIVE = re.compile(r"\w\s+(?:that|who)\s+(?:(?:also|may|might|can|could|\w+ly)\s+)*$", re.IGNORECASE)
_WHICH = re.compile(r"\b(?:which|that|who)\b[^,]{0,24}(?:,[^,]{0,14})?,?\s*$", re.IGNORECASE)
_AND_NEW = re.compile(r"\b(?:and|but|while|whereas|so)\s+(?:that\s+)?$", re.IGNORECASE)
_NEW_ENDS: Final = ("and", "but", "while", "whereas", "so", "that")  # what this ends with
_OPEN_RELATIVE = re.compile(
    r"(?<!, )\b(?:an?|some|several)\s+(?:[\w-]+\s+){1,3}(?:that|which)\s+[a-z][\w-]*\s[^,;]*\band\s+(?:also\s+|\w+ly\s+)?$",
    re.IGNORECASE,
)
_UNPARTED = re.compile(r"\s+(?:(?:also|then|\w+ly)\s+){0,2}")
_ACTOR = re.compile(
    r"(?:inhibitor|antagonist|blocker|suppressor|scavenger|reducer|agonist|activator|inducer|stimulator)", re.I
)
_A_POTENT = re.compile(
    r"\band\s+(?:(?:also|is|are|was|were|acts as|act as)\s+)*(?:an?|the)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE
)
_AND_JOINT = re.compile(r",?\s+and\s+")


def words_before(text: str, low: int, match: re.Match[str]) -> str:
    """Give the words before a relation word; of ``an agonist at A and a potent inhibitor of B`` those up to ``and``.

    >>> text = "an agonist at A and a potent inhibitor of B"
    >>> words_before(text, 13, re.compile("inhibitor").search(text))
    ' A and '
    """
    joint = text[low : match.start()]
    return _A_POTENT.sub("and ", joint) if joint.endswith(" ") and "and " in joint and _ACTOR.match(match[0]) else joint


def is_new(text: str, clause: Clause, sides: Sides) -> bool:
    """Say whether the treatment before a verb starts a new statement: ``A rises, and B, by closing C, may help``.

    >>> from alsu_kg.extraction.terms import Term
    >>> foo = TermMatch(12, 15, Term("foo", "treatment"))
    >>> is_new("A rises and foo, by closing B, helps", Clause(0, 36), ([foo], []))
    True
    """
    if not sides[0] or sides[0][-1].term.kind not in TREATMENTS:
        return False
    end = sides[0][-1].start
    low = max(clause.start, end - 16)
    return text[low:end].rstrip().lower().endswith(_NEW_ENDS) and _AND_NEW.search(text, low, end) is not None


def find_seam(text: str, clause: Clause, terms: Sequence[TermMatch], pair: Relations) -> int | None:
    """Give where a new statement starts between two verbs without a word that parts them: ``A lowers B and C raises D``.

    >>> from alsu_kg.extraction.terms import Term
    >>> words = PredicateWords(re.compile("lowers|raises"), "affects", "decreases", "active")
    >>> text = "a lowers b and c raises d"
    >>> terms = [TermMatch(i, i + 1, Term(text[i], "process")) for i in (0, 9, 15, 24)]
    >>> find_seam(text, Clause(0, 25), terms, [(match, words) for match in words.pattern.finditer(text)])
    15
    """
    (one, _), (other, _) = pair
    if " and " not in text[one.end() : other.start()]:
        return None
    if any(each.voice not in PLAIN for _, each in pair) or other[0][-2:] in ("ed", "ng") or one[0].endswith("ing"):
        return None
    between = [t for t in terms if one.end() <= t.start < other.start()]
    if not between or not _UNPARTED.fullmatch(text, between[-1].end, other.start()):
        return None
    if _WHICH.search(text, clause.start, one.start()) or not any(other.end() <= t.start < clause.end for t in terms):
        return None
    if one[0].endswith("ed") and not any(clause.start <= t.start < one.start() for t in terms):
        return None
    joints = list(_AND_JOINT.finditer(text, one.end() + 1, between[-1].start))
    joints = [m for m in joints if m[0].startswith(",")] or (joints if other[0].split(None, 1)[0].endswith("s") else [])
    return joints[-1].end() if joints else None


def who_acts(
    text: str,
    words: PredicateWords,
    acting: tuple[Sequence[Argument], Sequence[Argument]],
    told: tuple[Relations, int, bool, Sequence[tuple[int, int]]],
    around: tuple[Sequence[TermMatch], Sides, str],
) -> list[Argument]:
    """Give who acts in a verb that is not the first of its clause.

    ``acting`` are its own subjects and those of the verbs before it; ``told`` the relation words, which of them it is, whether
    a new statement starts there, and what is inserted; ``around`` the terms, those on its sides, and the words before it.

    >>> words = PredicateWords(re.compile("lowers|raises"), "affects", "decreases", "active")
    >>> text = "a lowers b and raises d"
    >>> verbs = [(match, words) for match in words.pattern.finditer(text)]
    >>> who_acts(text, words, ([("b", False)], [("a", False)]), (verbs, 1, False, []), ([], ([], []), " b and "))
    [('a', False)]
    """
    subjects, shared = list(acting[0]), list(acting[1])
    relations, i, fresh, inserted = told
    terms, sides, joint = around
    start = relations[i][0].start()
    is_verb = words.voice in PLAIN or words.voice == "unmoved" or words.voice.startswith("means:")
    if is_verb and not fresh and _goes_on(relations[i - 1], joint, start, (terms, inserted)):
        subjects = shared if shared or relations[i - 1][1].voice != "agent" else subjects
    if words.voice not in PLAIN:
        return subjects
    if " and " in joint and (" that " in joint or " which " in joint) and _OPEN_RELATIVE.search(joint):
        return []  # ``releases a gas that does something and lowers A``
    return shared if _after_relative(text, relations, i, sides) else subjects


def _is_behind(at: int, before: int, known: tuple[Sequence[TermMatch], Sequence[tuple[int, int]]]) -> bool:
    """Say whether the verb ``before`` has a subject in an inserted part that ends before the verb ``at``."""
    terms, inserted = known
    return any(start <= before < end <= at and any(start <= t.start < before for t in terms) for start, end in inserted)


def _after_relative(text: str, relations: Relations, i: int, sides: Sides) -> bool:
    """Say whether the thing before the verb ``i`` is the object of a relative clause: ``drugs that block A may slow B``."""
    before = relations[i - 1][0]
    joint = text[before.end() : relations[i][0].start()]
    if not sides[0] or sides[0][-1].start < before.end():
        return False
    low = max(0, before.start() - _NEAR)
    led = text[low : before.start()].lower()
    if before[0].endswith("ing") and relations[i][0][0].endswith("s") and _names_doer(led):
        return True
    return (
        ("that" in led or "who" in led)
        and _RELATIVE.search(text, low, before.start()) is not None
        and not _WHICH.search(joint)
    )


def _names_doer(led: str) -> bool:
    """Say whether the words before a participle name what does it, by a noun: ``agents blocking A slow B``."""
    word = (led.rstrip().rsplit(None, 1) or [""])[-1]
    return led.endswith(" ") and word.endswith("s") and word.isalpha() and word not in _NO_DOERS


def _goes_on(
    last: tuple[re.Match[str], PredicateWords],
    joint: str,
    start: int,
    known: tuple[Sequence[TermMatch], Sequence[tuple[int, int]]],
) -> bool:
    """Say whether the verb at ``start`` has the subject of the verb ``last``, from which ``joint`` parts it."""
    terms, inserted = known
    before = last[1]
    if inserted and _is_behind(start, last[0].start(), known):
        return False
    if before.voice == "agent" and _WHICH.search(joint) is not None:
        return True
    return _shares_subject(joint, start, inserted) or (
        before.predicate != "causes" and _is_purpose(joint, start, terms)
    )


def _is_purpose(joint: str, start: int, terms: Sequence[TermMatch]) -> bool:
    """Say whether the verb at ``start`` tells what a thing is done for (``raises A to clear B``)."""
    to = _TO.search(joint) if joint.rstrip().endswith(("to", "TO", "To", "tO")) else None
    return to is not None and any(t.end == start - len(to[0]) for t in terms)


def _shares_subject(between: str, start: int, inserted: Sequence[tuple[int, int]]) -> bool:
    """Say whether the verb at ``start``, with the words ``between`` it and the verb before it, has the same subject."""
    low = max(0, len(between) - _NEAR)
    joins = between[low:].rstrip().lower().endswith(_JOIN_ENDS)
    joint = _SAME_SUBJECT.search(between, last_words(between, _JOIN_WORDS, low)) if joins else None
    if joint is None or _WHICH.search(between):
        return False
    return not (joint[0].startswith(",") and any(start - len(joint[0]) < end <= start for _, end in inserted))
