"""Clauses of a sentence: the parts that state one thing each, and the inserted parts that a statement reaches over."""

import re
from string import ascii_letters
from typing import Final

import msgspec

from alsu_kg.extraction.known_words import TextWords
from alsu_kg.extraction.signs import EVERY_SIGN, sign

# Starts with the characters that every break starts with, so that the search goes from one to the next.
_BREAK = re.compile(
    r"[;,\s](?:(?<=;)\s+|(?<!;)(?=\s*(?:so|and|because|without|but|although|though|whereas|however|yet|while)\b)"
    r"(?:(?<=,)\s+(?:so\s+|and to date,?\s+)|(?<=\s)\s*because\s+"
    r"|(?<=\s)\s*(?=without\s+[a-z]+ing\b)"
    r"|(?:(?<=,)\s+|(?<=\s)\s*)(?:(?:but|although|though|whereas|however(?!,\s+(?:that|whether|if|to)\b)|yet(?<=,\syet)"
    r"(?!\s+to\b)|while)\b,?\s+"
    r"|and\s+(?=(?!(?:is|are|was|were|has|have|can|may|might|does|did|which|that"
    r"|who|of|in|on|for|with|to|from|by)\b)(?:(?!(?:that|which|who)\b)[\w-]+\s+){1,3}(?:is|are|was|were|has|have|can|may|might"
    r"|does|did|could|would|will|showed|shows|show|found|suggested"
    r"|suggests|suggest)\b))))"
)
# Printed words that a break ends with or stands before.
_JOINING: Final = frozenset(
    word + comma
    for word in ("so", "and", "because", "without", "but", "although", "though", "whereas", "however", "yet", "while")
    for comma in ("", ",")
)
_SUBORDINATE = re.compile(
    r"\W*(?:although|even though|though|while|whereas|because|since|if|even if|unless|when|without\s+[a-z]+ing)\b",
    re.IGNORECASE,
)
_MAIN = re.compile(r",\s+(?=(?:it|this|that|these|they|we|there|the|its|no|some|such)\b)")
_INSERTED = re.compile(
    r",\s+(?:which|who|an? (?:\w+ ){0,2}(?:inhibitor|activator|antagonist|agonist|blocker"
    r"|precursor|metabolite|derivative|source|product|pro-?drug|analogu?e|marker"
    r"|regulator|mediator|cofactor|component|form|extract|member) (?:of|to|for|from|at)"
    r"|(?:\w+ly )?\w+(?:ed|en) (?:from|by|in|of|with|as))\b[^,;]*,"
)


_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|may|might|could|would|will|does|did|not|it|there|we|\w+ed)\b", re.IGNORECASE
)
_CONCEDES = re.compile(r"\b(?:although|though|while|whereas)\b", re.IGNORECASE)
_NEGATION = r"(?:no|not|never|neither|none|cannot|without|failed|\w+n['’]t)\b"
_DENIED_AFTER = re.compile(
    rf"(?:(?!\b{_NEGATION})[^,;])+(?P<comma>,\s+)(?!(?:which|who|and|or|but)\b)[^,;]*?\b{_NEGATION}", re.IGNORECASE
)
_FEWEST: Final = 6
_CONJUNCTION, _AND, _AUXILIARY = sign("conjunction"), sign("and"), sign("auxiliary")


class Clause(msgspec.Struct, frozen=True, gc=False):
    """Characters ``start`` to ``end`` of a sentence that state one thing."""

    start: int
    end: int


def other_letters(initials: str) -> frozenset[str]:
    """Give the ASCII letters but ``initials``: no text that starts with one of them starts with a word of these initials.

    Letters beyond ASCII are none of them: some count as an ASCII one where case is ignored.

    >>> "T" in other_letters("t"), "U" in other_letters("t")
    (False, True)
    """
    return frozenset(ascii_letters) - frozenset(initials.lower() + initials.upper())


_NOT_SUBORDINATE: Final = other_letters("atewbsiu")


def split_clauses(text: str, words: TextWords | None = None) -> list[Clause]:
    """Cut a sentence into clauses, in order; its ``words``, if known, spare the search where there can be only one.

    >>> text = "Although it slows one, it does not stop the other; nobody knows why"
    >>> [text[clause.start : clause.end] for clause in split_clauses(text)]
    ['Although it slows one', 'it does not stop the other', 'nobody knows why']
    """
    breaks = _find_breaks(text, words)
    main = _main_after_subordinate(text)
    if main is not None:
        breaks = sorted([*breaks, main])
    if not breaks:
        return [Clause(0, len(text))]
    spans, start = [], 0
    for low, high in breaks:
        if low > start and not (text[low:high].strip(" ,").lower() == "and" and _is_short(text[start:low])):
            spans.append(Clause(start, low))
            start = high
        elif low <= start:
            start = max(start, high)
    return _without_denials(text, [*spans, Clause(start, len(text))])


def _find_breaks(text: str, words: TextWords | None) -> list[tuple[int, int]]:
    """Give the spans at which clauses may be parted: looked for at every white space only where it has to be."""
    signs = EVERY_SIGN if words is None else words.signs
    if words is None or ";" in text:
        return [match.span() for match in _BREAK.finditer(text)]
    if not (signs & _CONJUNCTION or (signs & _AND and signs & _AUXILIARY)):
        return []
    found: list[tuple[int, int]] = []
    for i, word in enumerate(words.printed):
        if word in _JOINING:
            space = len(text[: words.places[i] + i].rstrip())
            comma = text[space - 1 : space] == ","
            match = (_BREAK.match(text, space - 1) if comma else None) or _BREAK.match(text, space)
            if match is not None and match.start() >= (found[-1][1] if found else 0):
                found.append(match.span())
    return found


def _without_denials(text: str, clauses: list[Clause]) -> list[Clause]:
    """Cut a clause behind ``although`` or the like where a comma parts what it says from what its main clause denies."""
    parted: list[Clause] = []
    for clause in clauses:
        concedes = bool(parted) and _CONCEDES.search(text, parted[-1].end, clause.start) is not None
        denied = _DENIED_AFTER.match(text, clause.start, clause.end) if concedes else None
        if denied is not None:
            parted += [Clause(clause.start, denied.start("comma")), Clause(denied.end("comma"), clause.end)]
        else:
            parted.append(clause)
    return parted


def _is_short(part: str) -> bool:
    """Say whether ``part`` is no clause but the first of two subjects (``stress and inflammation are reduced``)."""
    return part.count(" ") < _FEWEST and "," not in part and not _VERB.search(part)


def _main_after_subordinate(text: str) -> tuple[int, int] | None:
    """Find the comma at which the main clause starts, of a sentence that starts with a subordinate one."""
    if text[:1] in _NOT_SUBORDINATE or not _SUBORDINATE.match(text):
        return None
    comma = _MAIN.search(text)
    if comma is None and text.count(",") == 1:
        comma = re.search(r",\s+", text)
    return comma.span() if comma else None


def find_insertions(text: str) -> list[tuple[int, int]]:
    """Give the spans of inserted parts, over which the statement around them reaches.

    >>> find_insertions("Stress, which harms cells, is reduced.")
    [(6, 26)]
    """
    return [match.span() for match in _INSERTED.finditer(text)] if text.count(",") > 1 else []
