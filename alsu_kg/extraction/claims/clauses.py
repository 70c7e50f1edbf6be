"""Clauses of a sentence: the parts that state one thing each."""

import itertools
import re
from collections.abc import Container, Sequence
from string import ascii_letters, ascii_lowercase
from typing import Final

import msgspec

from alsu_kg.extraction.known_words import TextWords
from alsu_kg.extraction.signs import sign

# Starts with the characters that every break starts with, so that the search goes from one to the next.
_BREAK = re.compile(
    r"[;,\s](?:(?<=;)\s+|(?<!;)(?=\s*(?:so|and|because|without|but|although|though|whereas|however|yet|while)\b)"
    r"(?:(?<=,)\s+(?:so\s+|and to date,?\s+)|(?<=\s)\s*because\s+"
    r"|(?<=\s)\s*(?=without\s+(?:[a-z]+ing|(?:an?\s+|any\s+)?(?:\w+\s+)?(?:effects?|impact|influence|changes?))\b)"
    r"|(?:(?<=,)\s+|(?<=\s)\s*)(?:(?:but|although|though|whereas|however(?!,\s+(?:that|whether|if|to)\b)|yet(?<=,\syet)"
    r"(?!\s+to\b)|while)\b,?\s+"
    r"|and\s+(?=(?!(?:is|are|was|were|has|have|can|may|might|does|did|which|that"
    r"|who|of|in|on|for|with|to|from|by)\b)(?:(?!(?:that|which|who)\b)[\w-]++\s++){1,3}(?:is|are|was|were|has|have|can|may|might"
    r"|does|did|could|would|will|showed|shows|show|found|suggested"
    r"|suggests|suggest)\b)"
    # the same thing does one and may do another, or does not
    r"|and\s+(?=(?:(?:also|so|thus|hence|therefore|thereby|consequently|then|perhaps)\s+)?(?:may|might|could|would"
    r"|(?:does|did|do|is|are|was|were|has|have|had|can|could) not|cannot|failed to"
    r"|(?:has|have|had|shows?|showed) (?:also )?(?:no|little)\b"
    r"|(?:is|are|was|were) (?:(?:thought|believed|said|claimed|supposed) to|(?:also |now |currently )?being)"
    r"|not (?!only|just|merely))\b)"
    r"|(?<=,\s)and\s+(?=(?!(?:is|are|was|were|has|have|can|may|might|does|did|which|that|who|of|in|on|for|with|to|from|by)\b)"
    r"(?:(?!(?:that|which|who)\b)[\w-]++\s++){1,6}(?:is|are|was|were|has|have|had|may|might|does|did|could|would|will"
    r"|suggests?|showed|shows|found|reported|indicates?)\b))))"
)
# Printed words that a break ends with or stands before.
_JOINING: Final = frozenset(
    word + comma
    for word in ("so", "and", "because", "without", "but", "although", "though", "whereas", "however", "yet", "while")
    for comma in ("", ",")
)
_SEMICOLON = re.compile(r";\s+")
# Where others are said to do the same: ``, as does A``, ``and so does A``, ``and A does so too``.
_DOES_ALSO = re.compile(
    r",?\s+(?:(?:and\s+so|as)\s+(?=(?:do|does|did)\s+(?!(?:not|so)\b))"
    r"|and\s+(?=(?:(?!and\b)[\w-]+\s+){1,4}(?:do|does|did)\s+(?:so|too|likewise|the\s+same)\b))",
    re.IGNORECASE,
)
# Words of which one stands at most seven words (without a comma before it: four) behind an ``and`` that parts clauses.
_VERB_NAMES: Final = (
    "is are was were has have had can may might does did do could would will show showed shows found suggested suggests suggest"
    " reported indicate indicates cannot failed not to"
)
_VERBS_AFTER_AND: Final = frozenset(_VERB_NAMES.split())
_LETTERS = re.compile(r"\w+")
_PLAIN_WORD = re.compile(r"[\w-]+")
_SUBORDINATE = re.compile(
    r"\W*(?:although|even though|though|while|whereas|because|since|if|even if|unless|when|without\s+[a-z]+ing)\b",
    re.IGNORECASE,
)
_MAIN_STARTS: Final = ("The ", "This ", "These ", "There ")  # the commonest with the letters of such words
_MAIN = re.compile(r",\s+(?=(?:it|this|that|these|they|we|there|the|its|no|some|such)\b)")
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|may|might|could|would|will|does|did|not|it|there|we|(?<!-)\w+ed)\b",
    re.IGNORECASE,
)
_CONCEDING: Final = frozenset({"although", "though", "while", "whereas"})
_NEGATION = r"(?:no|not|never|neither|none|cannot|without|failed|\w+n['’]t)\b"
_DENIED_AFTER = re.compile(
    rf"(?:(?!\b{_NEGATION})[^,;])+(?P<comma>,\s+)(?!(?:which|who|and|or|but)\b)[^,;]*?\b{_NEGATION}", re.IGNORECASE
)
# One of several subjects: ``oxidative stress``, ``loss of motor neurons``.
_ITEM = re.compile(
    r"(?:the\s+)?(?:[\w'’-]+\s+)?[\w-]+|(?:[\w'’-]+\s+){1,6}of\s+(?:the\s+)?(?:[\w-]+\s+){0,2}[\w-]+",
    re.IGNORECASE,
)
_ACTS_ON = re.compile(
    r"(?:(?:also|so|thus|hence|therefore|thereby|consequently|then|perhaps)\s+)?(?:may|might|could|would|cannot|does|did|do|is|are|was|were|has|have|had|can|failed|not)\b",
    re.IGNORECASE,
)
_NO_LETTERS: Final = bytes(i if chr(i) in ascii_lowercase else ord(" ") for i in range(256))
_HOWEVER = re.compile(r",\s+(?:however|though)\s*,\s+", re.IGNORECASE)
_GOES_ON = re.compile(
    r"\b(?:not|do|does|did|is|are|was|were|has|have|had|can|could|may|might|will|would|it|they|this|these|and|or|that|if"
    r"|when|because|although|since)$",
    re.IGNORECASE,
)
_FEWEST: Final = 6
# Another thing of which the same does not hold, inserted: ``A, but not B, lowers C``; the words before it name only a thing.
_NOT_OTHER = re.compile(r"not\s+[^,;]{1,60},\s+")
_IN_WHICH = re.compile(r".*\b(?:in|by|from|to|through) which\s+|.*\b(?:whether|because|where)\s+", re.DOTALL)
_LONG_BREAK: Final = 8  # a break with "however" or "though" between commas has more characters
_CONJUNCTION, _AND, _AUXILIARY, _DO = sign("conjunction"), sign("and"), sign("auxiliary"), sign("do")


class Clause(msgspec.Struct, frozen=True, gc=False):
    """Characters ``start`` to ``end`` of a sentence that state one thing."""

    start: int
    end: int


def other_starts(*starts: str) -> frozenset[str]:
    """Give the pairs of ASCII letters (or of one and a space) with which no text starts that starts with one of ``starts``.

    Letters beyond ASCII are in none of them: some count as an ASCII one where case is ignored.

    >>> pairs = other_starts("if", "even if")
    >>> [start in pairs for start in ("It", "A ", "If", "eV", "(i")]
    [True, True, False, False, False]
    """
    firsts = {start[:2] for start in starts}
    pairs = itertools.product(ascii_letters, ascii_letters + " ")
    return frozenset([one + other for one, other in pairs if (one + other).lower() not in firsts])


_NOT_SUBORDINATE: Final = other_starts(
    "although", "even", "though", "while", "whereas", "because", "since", "if", "unless", "when", "without"
)  # fmt: skip


def plain_words(text: str) -> list[str]:
    """Give the runs of ASCII letters of a text in lower case.

    >>> plain_words("Less of A-mediated B"), plain_words("TNFα")
    (['less', 'of', 'a', 'mediated', 'b'], ['tnf'])
    """
    return text.lower().encode("utf-8", "replace").translate(_NO_LETTERS).decode("ascii").split()


def is_plain(text: str) -> bool:
    """Say whether a text is nothing but ASCII letters and spaces.

    >>> is_plain("it may slow A"), is_plain("it is A-like")
    (True, False)
    """
    return text.isascii() and text.replace(" ", "").isalpha()


def last_words(text: str, among: Container[str], start: int = 0) -> int:
    """Give where in ``text``, from ``start`` on, the last words start that are all ``among`` some; the word before is included.

    >>> "It slows A and then also "[last_words("It slows A and then also ", {"and", "then", "also"}) :]
    ' A and then also '
    """
    tail = text[start:]
    number = 1
    for word in reversed(tail.lower().split()):
        if word not in among and not word.endswith("ly"):
            break
        number += 1
    parts = tail.rsplit(None, number)
    return start + len(parts[0]) if len(parts) > number else start


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
    does = words is None or words.signs & _DO
    also = [m.span() for m in _DOES_ALSO.finditer(text)] if does and _may_do_also(text) else []
    if also:
        breaks = sorted({*breaks, *also})
    if not breaks:
        return [Clause(0, len(text))]
    spans, start = [], 0
    for low, high in breaks:
        if high - low > _LONG_BREAK and _HOWEVER.fullmatch(text, low, high) and _GOES_ON.search(text, start, low):
            continue  # it does not, however, slow A
        if text.startswith("not ", high) and _NOT_OTHER.match(text, high) and _names_only(text[start:low]):
            continue  # A, but not B, lowers C
        is_and = text[low:high].strip(" ,").lower() == "and"
        if low > start and not (
            is_and and (low, high) not in also and not _ACTS_ON.match(text, high) and _is_short(text[start:low])
        ):
            spans.append(Clause(start, low))
            start = high
        elif low <= start:
            start = max(start, high)
    return _without_denials(text, [*spans, Clause(start, len(text))])


def _may_do_also(text: str) -> bool:
    """Say whether another thing may be said to do the same: by the words around *do*."""
    places = [(text.find(verb), len(verb)) for verb in (" does ", " did ", " do ")]
    return any(
        text.endswith((" as", " so"), 0, at) or text.startswith(("so", "too", "likewise", "the same"), at + length)
        for at, length in places
        if at >= 0
    )


def _find_breaks(text: str, words: TextWords | None) -> list[tuple[int, int]]:
    """Give the spans at which clauses may be parted: looked for at every white space only where it has to be."""
    if words is None:
        return [match.span() for match in _BREAK.finditer(text)]
    semicolons = [match.span() for match in _SEMICOLON.finditer(text)] if ";" in text else []
    signs = words.signs
    if not (signs & _CONJUNCTION or (signs & _AND and signs & _AUXILIARY)):
        return semicolons
    found: list[tuple[int, int]] = []
    at = 0
    for i in itertools.compress(itertools.count(), map(_JOINING.__contains__, words.printed)):
        printed = words.printed[i]
        place = words.place_of(text, printed, at)
        at = place + len(printed)
        space = len(text[:place].rstrip())
        comma = text[space - 1 : space] == ","
        if printed == "and" and _joins_no_verb(words.printed[i + 1 : i + (8 if comma else 5)]):
            continue
        match = (_BREAK.match(text, space - 1) if comma else None) or _BREAK.match(text, space)
        if match is None or match.start() < (found[-1][1] if found else 0):
            continue
        if not any([low <= match.start() < high for low, high in semicolons]):  # noqa: C419 - faster for so few
            found.append(match.span())
    return sorted([*semicolons, *found]) if semicolons else found


def _joins_no_verb(following: Sequence[str]) -> bool:
    """Say whether ``and`` surely parts no clauses: the words behind it, as far as its pattern looks, are all of them no verbs.

    It looks up to the first that is no plain word.
    """
    if "".join(following).isalpha():
        return _VERBS_AFTER_AND.isdisjoint(following)
    for printed in following:
        head = _LETTERS.match(printed)
        if head is not None and head[0] in _VERBS_AFTER_AND:
            return False
        if not _PLAIN_WORD.fullmatch(printed):
            break
    return True


def _without_denials(text: str, clauses: list[Clause]) -> list[Clause]:
    """Cut a clause behind ``although`` or the like where a comma parts what it says from what its main clause denies."""
    parted: list[Clause] = []
    for clause in clauses:
        concedes = (
            bool(parted)
            and text.find(",", clause.start, clause.end) >= 0
            and _concedes(text[parted[-1].end : clause.start])
        )
        denied = _DENIED_AFTER.match(text, clause.start, clause.end) if concedes else None
        if denied is not None:
            parted += [Clause(clause.start, denied.start("comma")), Clause(denied.end("comma"), clause.end)]
        else:
            parted.append(clause)
    return parted


def _concedes(joint: str) -> bool:
    """Say whether words between two clauses concede what the second says."""
    return not _CONCEDING.isdisjoint(joint.lower().replace(",", " ").split())


def _is_short(part: str) -> bool:
    """Say whether ``part`` is no clause but the first of two subjects (``stress and inflammation are reduced``)."""
    subordinate = _IN_WHICH.match(part) if "whe" in part or "which" in part or "because" in part else None
    if subordinate is not None:  # a disease in which A and B are raised
        part = part[subordinate.end() :]
    if "," in part:
        return all(_ITEM.fullmatch(item) for item in part.split(", ")) and not _VERB.search(part)
    return part.count(" ") < _FEWEST and not _VERB.search(part)


def _names_only(part: str) -> bool:
    """Say whether a part of a sentence only names what its verb behind an insertion is said of."""
    return part.count(" ") < _FEWEST + 2 and not _VERB.search(part)


def _main_after_subordinate(text: str) -> tuple[int, int] | None:
    """Find the comma at which the main clause starts, of a sentence that starts with a subordinate one."""
    if text[:2] in _NOT_SUBORDINATE or text.startswith(_MAIN_STARTS) or not _SUBORDINATE.match(text):
        return None
    comma = _MAIN.search(text)
    if comma is None and text.count(",") == 1:
        comma = re.search(r",\s+", text)
    return comma.span() if comma else None
