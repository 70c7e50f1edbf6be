"""Relation words of a clause, and the terms on their sides."""

import re
from collections.abc import Sequence
from operator import itemgetter
from types import MappingProxyType
from typing import Final

import msgspec

from alsu_kg.extraction.claims.clauses import Clause
from alsu_kg.extraction.claims.things import DASHES, TREATMENTS, Sides
from alsu_kg.extraction.relation_words import Candidate, PredicateWords
from alsu_kg.extraction.terms import TermMatch
from alsu_kg.model.review import Polarity

_OF_SIGN: Final = frozenset({"causes", "contributes_to", "ameliorates_condition", "exacerbates_condition"})
_MOST: Final = 12  # so many terms before its reach are looked at for the subject of a verb
PLAIN: Final = frozenset({"active", "ease"})
FLIP: Final = MappingProxyType[Polarity, Polarity](
    {"increases": "decreases", "decreases": "increases", "none": "none", "unknown": "unknown"}
)
_OPPOSITES: Final = (
    {"affects"},
    {"ameliorates_condition", "exacerbates_condition"},
)
_NOUNS: Final = frozenset({"release", "releases", "increase", "increases", "decreases", "decrease"})
# What follows a noun, not a verb (``A release and B``).
_AFTER_NOUN = re.compile(
    r"\s*(?:[.,;:)]|$|(?:and|or|from|by|via|through|caused|induced|seen|observed|was|were|is"
    r"|are|during|without|but|that|which|after"
    r"|while)\b)",
    re.IGNORECASE,
)
_EITHER: Final = frozenset(
    {"lower", "slow", "delay", "block", "support", "cut", "damage", "limit"}
)  # verb, adjective or noun
_NO_VERB = re.compile(r"\b(?:with|of|from|its|their|had|have|has)\s$", re.IGNORECASE)
_OWNING: Final = ("with", "of", "from", "its", "their", "had", "have", "has")
_INSTEAD: Final = ("ather than ", "ather than to ", "nstead of ", "ar from ")
Relations = list[tuple[re.Match[str], PredicateWords]]
_Found = tuple[int, int, int, re.Match[str], PredicateWords]
"""Less the length of a relation word, where it starts, its position in the lexicon, its match, itself."""
_NOUN_OF = re.compile(r"\s*(?:(?!through|via|by)[\w-]+\s+){0,5}")
_ADJECTIVE = re.compile(
    r"(?:[-‐‑–]|\b(?:with|of|by|to|in|from|the|an?|its|their|for|through|via|during|between|as)\s+)$",
    re.IGNORECASE,
)
_BEFORE_NOUN: Final = (
    "with", "of", "by", "to", "in", "from", "the", "a", "an", "its", "their", "for", "through", "via", "during", "between", "as",
    *"-‐‑–",
)  # fmt: skip
_WORDS_BEFORE: Final = frozenset(_BEFORE_NOUN) - DASHES
# After the, positive, promising, preliminary, similar, mixed, these, our, different: ``results in`` speaks of findings.
_RESULTS = re.compile(r"(?:the|ive|ing|ary|ar|xed|ese|ose|our|ent)\s$", re.IGNORECASE)
_AND_THE = re.compile(r"(?:,|\band|\bor)\s+(?:the\s+)?$")
_OR_VERB = re.compile(r",?\s+(?:and/or|and|or|than)\s+(?:(?:also|even|sometimes|to|\w+ly)\s+){0,2}", re.IGNORECASE)
_AND_VERB = re.compile(r"\s*(?:,\s*)?(?:and/or|and|or|nor|or even|and even)\s*(?:\w+ly\s+)?", re.IGNORECASE)


def find_relations(
    text: str,
    clause: Clause,
    candidates: Sequence[Candidate],
    terms: Sequence[TermMatch],
    lower: str = "",
) -> Relations:
    """Find the relation words of a clause that overlap neither each other, the longest first, nor a term (``glutamate release``).

    ``candidates`` are those that may stand in it; ``lower`` is the text in lower case, if this clause is not the last.

    >>> words = PredicateWords(re.compile("slows"), "affects", "decreases", "active")
    >>> [match[0] for match, _ in find_relations("A slows B; or so", Clause(0, 9), [(2, 0, words, None)], [], "a slows b; or so")]
    ['slows']
    """
    end = clause.end
    is_last = end == len(text)
    found: list[_Found] = []
    done: dict[int, int] = {}
    for at, order, words, in_sentence in candidates:
        match = in_sentence if is_last else words.pattern.match(lower, at, end)
        if match is not None and at >= done.get(order, 0):
            done[order] = match.end()
            if not _is_in_term(match, words, terms) and not _is_adjective(text, match, words, terms):
                found.append((at - match.end(), at, order, match, words))
    if not found:
        return []
    if len(found) == 1:
        return [found[0][3:]]
    return _merged(text, _without_overlaps(found), terms)


def _without_overlaps(found: list[_Found]) -> Relations:
    """Keep of those that overlap the longest, of equally long ones the first; in the order of the text."""
    kept: list[tuple[int, int, re.Match[str], PredicateWords]] = []
    for less, start, _, match, words in sorted(found):
        end = start - less
        for first, last, _, _ in kept:
            if end > first and start < last:
                break
        else:
            kept.append((start, end, match, words))
    kept.sort(key=itemgetter(0))
    return [(match, words) for _, _, match, words in kept]


def _is_in_term(match: re.Match[str], words: PredicateWords, terms: Sequence[TermMatch]) -> bool:
    """Say whether a term holds what looks like a relation word, or goes on where it has begun."""
    start, last = match.start(), -1
    for term in terms:
        if term.start > start:
            break
        if start < term.end > last:
            last = term.end
    return last >= 0 and (words.voice in PLAIN or match.end() <= last)


def _merged(text: str, found: Relations, terms: Sequence[TermMatch]) -> Relations:
    """Join a verb and the noun that it has for its object (``suppresses the activation of A``)."""
    kept: Relations = []
    listing = False
    for match, words in found:
        if (
            kept
            and words.voice in PLAIN
            and match[0].endswith("ed")
            and not text[kept[-1][0].end() : match.start()].strip()
        ):
            continue  # restores reduced A
        if kept and _is_opposite(kept[-1][1], words) and _OR_VERB.fullmatch(text[kept[-1][0].end() : match.start()]):
            kept[-1] = (match, msgspec.structs.replace(words, predicate="affects", polarity="unknown"))
            continue  # both raises and lowers A
        listing = match[0].lower().startswith(("is ", "are ")) or (listing and words.voice == "nominal")
        if listing and words.voice == "nominal" and _AND_THE.search(text, max(0, match.start() - 9), match.start()):
            kept.append(
                (match, msgspec.structs.replace(words, voice="active"))
            )  # its effects are the inhibition of A and the loss of B
            continue
        if kept and words.voice == "nominal" and (kept[-1][1].voice in PLAIN or kept[-1][1].voice == "passive"):
            verb, relation = kept[-1]
            between = text[verb.end() : match.start()]
            if _NOUN_OF.fullmatch(between) and not any(verb.end() <= t.start < match.start() for t in terms):
                if words.polarity == "decreases" and relation.voice != "passive":
                    sign = FLIP[relation.polarity]
                    as_is = relation.predicate not in _OF_SIGN
                    voice = relation.voice if as_is or relation.voice == "passive" else "active"
                    predicate = relation.predicate if as_is else "affects"
                    kept[-1] = (
                        verb,
                        msgspec.structs.replace(relation, predicate=predicate, polarity=sign, voice=voice),
                    )
                continue
        kept.append((match, words))
    return kept


def _is_opposite(one: PredicateWords, other: PredicateWords) -> bool:
    """Say whether of two verbs one states that there is more, the other that there is less."""
    return (
        one.voice in PLAIN
        and other.voice in PLAIN
        and {one.predicate, other.predicate} in _OPPOSITES
        and {one.polarity, other.polarity} == {"increases", "decreases"}
    )


def _is_adjective(text: str, match: re.Match[str], words: PredicateWords, terms: Sequence[TermMatch]) -> bool:
    """Say whether what looks like a verb describes a noun behind it (``with increased A``, ``A-induced B``), or is a noun."""
    start = match.start()
    if text.endswith(_INSTEAD, 0, start):
        return True  # ``it raises, rather than lowers, A`` does not say that it lowers it
    is_plain = words.voice in PLAIN
    if is_plain:
        if start and text[start - 1] in DASHES:
            return True
    elif text[start] not in "rR":
        return False
    first = match[0].split(None, 1)[0]
    if first in _NOUNS and _AFTER_NOUN.match(text, match.end()):
        return any(t.end == start - 1 and t.term.kind not in TREATMENTS for t in terms)
    is_participle = is_plain and first.endswith("ed")
    if not (is_participle or first == "results" or (first in _EITHER and words.predicate == "affects")):
        return False
    before = text[max(0, start - 9) : start]
    if first in _EITHER:
        return before[:-1].lower().endswith(_OWNING) and _NO_VERB.search(before) is not None  # with lower A
    if not is_participle:
        return _RESULTS.search(before) is not None
    last = (before.lower().split() or [""])[-1]
    if last in _WORDS_BEFORE and before[-1].isspace():
        return True
    return last.endswith(_BEFORE_NOUN) and _ADJECTIVE.search(before) is not None


def split_sides(
    text: str,
    terms: Sequence[TermMatch],
    match: re.Match[str],
    reach: tuple[int, int],
    inserted: Sequence[tuple[int, int]],
) -> Sides:
    """Give the terms before and after a relation word, within its reach if there are any, and not in what is inserted.

    >>> from alsu_kg.extraction.terms import Term
    >>> one, two = TermMatch(0, 1, Term("a", "process")), TermMatch(8, 9, Term("b", "process"))
    >>> split_sides("a slows b", [one, two], re.search("slows", "a slows b"), (0, 9), []) == ([one], [two])
    True
    """
    low, high = reach
    start, end = match.span()
    over = [span for span in inserted if span[1] <= start] if inserted else ()
    left: list[TermMatch] = []
    right: list[TermMatch] = []
    for term in terms:
        at = term.start
        if at < start:
            if at >= low:
                left.append(term)
        elif end <= at < high:
            right.append(term)
    if over:
        left = _outside(left, over)
    if not left and low:
        left = [t for t in _outside(terms, over) if t.end <= start][-_MOST:]
    if not right and _AND_VERB.fullmatch(text[end:high]):
        right = [t for t in terms if end <= t.start < end + 60]
    return left, right


def _outside(terms: Sequence[TermMatch], spans: Sequence[tuple[int, int]]) -> list[TermMatch]:
    """Give those of ``terms`` that stand in none of ``spans``."""
    return [t for t in terms if not any(start <= t.start < end for start, end in spans)] if spans else list(terms)
