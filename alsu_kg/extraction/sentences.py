"""Sentences of a passage. Own rules: citation marks after the full stop, ``et al.``, initials, doses, abbreviations."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from string import ascii_letters
from typing import Final

import msgspec

from alsu_kg.extraction.known_words import KnownWords, TextWords
from alsu_kg.extraction.pointer_groups import Found
from alsu_kg.extraction.sections import Passage
from alsu_kg.extraction.signs import EVERY_SIGN
from alsu_kg.model.document import Text
from alsu_kg.model.review import Place

# What stands behind the full stop of a sentence: mostly nothing but white space and a capital letter.
_BEHIND: Final = (
    r"(?:\s+(?=[A-Z])|(?P<close>[\"”’')\]]*)(?P<cite>(?:\s?¹+|\[[\d,\s–-]+\]|\(\d[\d,\s–-]*\)|(?<=[a-z)]\.)\d{1,3}("
    r"?:[,–-]\d{1,3})*)?)\s+(?=[A-Z0-9“\"‘'(\[Α-ω]))"
)
_BREAK = re.compile(rf"[.!?]{_BEHIND}")
_FULL_STOP = re.compile(
    rf"\.{_BEHIND}"
)  # starts with one character, for which the engine looks faster than for one of a set
_WORDS: Final = (
    "al cf e.g i.e vs Dr Drs Mr Mrs Ms Prof Fig Figs Tab Ref Refs No Nos Vol p pp approx ca St Jr Sr etc resp viz dept Inc Ltd"
    " Co Eq Eqs b.i.d t.i.d q.d p.o i.v s.c i.p U.S U.K a.m p.m"
)
_ABBREVIATED: Final = tuple(_WORDS.split())
_ABBREVIATION = re.compile(rf"(?:\b(?:{'|'.join(map(re.escape, _ABBREVIATED))})|(?:^|[\s(])[A-Z](?:\.[A-Z])*)\.$")
# After the name of a company a sentence ends where a person's name and a verb follow.
_COMPANY: Final = ("Ltd.", "Inc.", "Co.")
_WHO_HAS = re.compile(
    r"(?:Drs?\.\s+)?[A-ZÀ-Þ][\w.’'-]*(?:\s+[A-ZÀ-Þ][\w.’'-]*){0,3}\s+(?:is|are|has|have|was|were|reports?|receives?|received|serves?"
    r"|declares?|holds?|owns?|consults?)\b"
)
_LAST_LETTERS: Final = frozenset([word.rsplit(".", 1)[-1] for word in _ABBREVIATED])
_LAST_THREE: Final = frozenset([letters[-3:] for letters in _LAST_LETTERS])
_STARTERS: Final = (
    "The",
    "In",
    "We",
    "This",
    "These",
    "It",
    "A",
    "An",
    "However",
    "There",
    "No",
    "One",
    "Two",
    "Based",
)


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Give start and end of each sentence.

    >>> text = "It failed (Smith et al. 2010). No effect was seen.5 Six people took 2 mg b.i.d. for a year."
    >>> [text[a:b] for a, b in split_sentences(text)]
    ['It failed (Smith et al. 2010).', 'No effect was seen.5', 'Six people took 2 mg b.i.d. for a year.']
    """
    spans = []
    start = 0
    for match in (_BREAK if "!" in text or "?" in text else _FULL_STOP).finditer(text):
        cited = match["cite"]
        if not cited and _is_abbreviated(text, start, match):
            continue
        spans.append((start, match.end("cite") if cited else match.start() + 1 + len(match["close"] or "")))
        start = match.end()
    if text[start:].strip():
        spans.append((start, len(text.rstrip())))
    return spans


def _is_abbreviated(text: str, start: int, stop: re.Match[str]) -> bool:
    """Say whether the full stop at ``stop`` belongs to an abbreviation of the sentence that starts at ``start``."""
    end = stop.start()
    tail = text[end - 3 : end]
    if not text[end - 1].isalpha() or (tail.isalpha() and tail.isascii() and tail not in _LAST_THREE):
        return False  # as nearly always
    head = text[max(start, end - 14) : end]
    last = head[len(head.rstrip(ascii_letters)) :]
    if last not in _LAST_LETTERS and not (len(last) == 1 and last.isupper()):
        return False
    head += text[end]
    if not _ABBREVIATION.search(head):
        return False
    following = text[stop.end() : stop.end() + 12].split(" ", 1)[0].rstrip(",")
    if following in _STARTERS and not head.endswith((" al.", "vs.")):
        return False
    return not (head.endswith(_COMPANY) and _WHO_HAS.match(text, stop.end()))


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """A sentence of a passage with the references it cites; ``paragraph`` counts passages.

    What is known of its ``words``, and their ``signs``, is looked up once and shared by all that read sentences; both are optional.
    """

    text: str
    passage: Passage
    start: int
    numbers: tuple[int, ...]
    pointers: tuple[Found, ...]
    paragraph: int
    signs: int = EVERY_SIGN
    words: TextWords | None = None

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """Give the raw place of characters ``start`` to ``end`` of the sentence."""
        low, high = self.passage.text.raw_span(
            self.start + start, self.start + (len(self.text) if end is None else end)
        )
        return Place(section=self.passage.heading, start=low, end=high)

    def cites(self, start: int, end: int) -> tuple[int, ...]:
        """Give the references cited from ``start`` on up to and including the first pointer after ``end``, else all."""
        if not self.pointers or (start == 0 and end >= len(self.text)):
            return self.numbers
        inside = [p for p in self.pointers if start <= p.start - self.start]
        chosen = [p for p in inside if p.start - self.start < end] or inside[:1]
        return _numbers_of(chosen) or self.numbers


def by_role(sentences: Sequence[Sentence]) -> Mapping[str, Sequence[int]]:
    """Give the places of the sentences of each role, so that who reads one part of a review need not look at all.

    >>> told = Sentence("", Passage(Text(""), "", "risks", "paragraph"), 0, (), (), 0)
    >>> by_role([told, told])["risks"], by_role([told])["cases"]
    ([0, 1], [])
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    for i, sentence in enumerate(sentences):
        places[sentence.passage.role].append(i)
    return places


def _numbers_of(pointers: Sequence[Found]) -> tuple[int, ...]:
    return tuple(dict.fromkeys([n for p in pointers for n in p.numbers]))


def join_signs(sentences: Sequence[Sentence]) -> int:
    """Give the signs of several sentences together.

    >>> join_signs([]), join_signs([Sentence("", Passage(Text(""), "", "other", "paragraph"), 0, (), (), 0)])
    (0, -1)
    """
    signs = 0
    for sentence in sentences:
        signs |= sentence.signs
    return signs


def text_with(sentences: Sequence[Sentence], sign: int) -> str:
    """Give the text of those of ``sentences`` that have the ``sign``: all that patterns can find in which it must stand.

    >>> told = Sentence("It failed.", Passage(Text(""), "", "other", "paragraph"), 0, (), (), 0, signs=1)
    >>> text_with([told, msgspec.structs.replace(told, signs=2)], 2), text_with([told], 2)
    ('It failed.', '')
    """
    return " ".join([s.text for s in sentences if s.signs & sign])


def _masked(text: Text) -> str:
    """Give the text with raised and tagged numbers replaced, so that they do not look like the start of a sentence."""
    masked = text.text
    for mark in text.marks:
        if mark.kind in ("superscript", "citation") and re.fullmatch(r"[\d,\s–-]+", masked[mark.start : mark.end]):
            masked = masked[: mark.start] + "¹" * (mark.end - mark.start) + masked[mark.end :]
    return masked


def read_sentences(
    found: Sequence[tuple[Passage, Sequence[Found]]], words: KnownWords | None = None
) -> tuple[Sentence, ...]:
    """Give the sentences of all paragraphs and list items, in reading order; with their words, if known ``words`` are given.

    >>> from alsu_kg.model.document import Text
    >>> passage = Passage(Text("One (1). Two."), "Risks", "risks", "paragraph")
    >>> [(s.text, s.numbers) for s in read_sentences([(passage, [Found(4, 7, (1,))])])]
    [('One (1).', (1,)), ('Two.', ())]
    """
    sentences = []
    for i, (passage, pointers) in enumerate(found):
        if passage.kind not in ("paragraph", "item"):
            continue
        whole = passage.text.text
        at, known = 0, len(pointers)  # pointers stand in order
        for start, end in split_sentences(_masked(passage.text)):
            while at < known and pointers[at].start < start:
                at += 1
            first = at
            while at < known and pointers[at].start < end:
                at += 1
            own = tuple(pointers[first:at])
            numbers = own[0].numbers if len(own) == 1 else _numbers_of(own) if own else ()
            text = whole[start:end]
            told = words.of(text) if words is not None else None
            signs = told.signs if told is not None else EVERY_SIGN
            sentences.append(Sentence(text, passage, start, numbers, own, i, signs, told))
    return tuple(sentences)
