"""Which blocks of a page are references: what they look like, and what pages print between and below them."""

import itertools
import re
from collections.abc import Sequence
from typing import Final

import msgspec

from alsu_kg.model.document import Block, join_texts

_YEAR = re.compile(r"(?:19|20)\d\d")
_AFTER_YEAR = re.compile(r"\d\s*[:(,;]|pp?\.|https?://|doi", re.IGNORECASE)
_BEFORE_YEAR = re.compile(
    r"\d,\s*[A-Z]?\d[\d–-]*\s\((?:19|20)\d\d\)|\b(?:pp?|vol|no)\.\s?[A-Za-z]?\d[\d–-]*,\s(?:[A-Z][a-z]{2,8}\.?\s)?(?:19|20)\d\d"
)
_ADDRESS = re.compile(r"https?://\S|\bdoi\b|10\.\d{4,}/", re.IGNORECASE)
# What pages print below each reference, and below the last one.
_SERVICE = (
    r"(?:Article|PubMed(?: Central| Abstract)?|CAS|ADS|MathSciNet|CrossRef(?: Full Text)?|Google Scholar|Web of Science"
    r"|Scopus|OpenUrl|View (?:in )?(?:Article|Scopus|PDF|Abstract|Record)|Abstract|(?:Free )?Full Text(?: PDF)?|PDF|DOI"
    r"|Medline|Download references|Links?)"
)
_LINKS_ONLY = re.compile(rf"(?:\W*{_SERVICE})+\W*")
_LONGEST_LINKS: Final = 120
_BELOW_LIST = re.compile(
    r"(?:Key ?words?|Citation|Received|Edited by|Reviewed by|Copyright|Publisher[’']s note)\s*:|©|Download references\b"
)
_BELOW_STARTS: Final = ("Key", "Cit", "Rec", "Edi", "Rev", "Cop", "Pub", "©", "Dow")
_PRINTED_LABEL = re.compile(r"[\[(]?(\d{1,3})(?:[\])][.:]?\s|[.)]\s|\s(?=[^\W\d_]))")
_FEWEST_NOTES: Final = 3
_BARE_ADDRESS = re.compile(r"(?:https?://|doi:)\S+")
_FEWEST_ENTRIES: Final = 5
_LONGEST_ENTRY: Final = 800
_MOSTLY: Final = 0.8
_NAME = re.compile(r"(?:[a-zA-Z][\w’']{0,4}\s){0,3}[A-ZÀ-ÞŁŚŞ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+)?,?\s+[A-ZÀ-Þ]")
_LABEL_AND_ARROW = re.compile(r"[\[(]?\d{1,4}[\])]?[.:]?\s*[↵↑^]?")


def has_reference(text: str) -> bool:
    """Say whether a text looks like a reference: it has a year and what follows or leads to one, or an address.

    >>> has_reference("Ay B. One. Cell. 2001;2:3."), has_reference("Keywords: ALS, trials")
    (True, False)
    >>> has_reference("Ay B, Cell 2, 3 (2001)."), has_reference("B. Ay, “One,” Cell, vol. 2, pp. 3–4, May 2001.")
    (True, True)
    """
    year = _YEAR.search(text)
    if year is None:
        return _ADDRESS.search(text) is not None
    if _AFTER_YEAR.search(text, year.end()) or _ADDRESS.search(text):
        return True
    return _BEFORE_YEAR.search(text) is not None


def without_links(blocks: Sequence[Block]) -> list[Block]:
    """Leave out lines of links below references, and what the page prints below the list; of an item, its number alone.

    >>> from alsu_kg.model.document import Text
    >>> lines = ("Ay B. One. Cell. 2001;2:3.", "PubMed | Google Scholar", "Keywords: ALS")
    >>> [block.text.text for block in without_links([Block("paragraph", Text(line)) for line in lines])]
    ['Ay B. One. Cell. 2001;2:3.']
    """
    kept: list[Block] = []
    for block in blocks:
        text = block.text.text
        if kept and text.startswith(_BELOW_STARTS) and _BELOW_LIST.match(text):
            break
        has_year = "1" in text or "2" in text  # or another number, which links have not
        if len(text) > _LONGEST_LINKS or not (
            (not has_year and _LINKS_ONLY.fullmatch(text))
            or (block.number is not None and _LABEL_AND_ARROW.fullmatch(text))
        ):
            kept.append(block)
    return kept


def are_references(texts: Sequence[str]) -> bool:
    """Say whether notes are references, most of them at least: they have a year and what follows it, or an address.

    >>> are_references(["Ay B. One. Cell. 2001;2:3.", "Ibid."]), are_references(["PALS are people with ALS."]), are_references([])
    (True, False, False)
    """
    return bool(texts) and 2 * sum(has_reference(text) for text in texts) >= len(texts)


def last_list(blocks: Sequence[Block]) -> list[int]:
    """Find the paragraphs at the end of the text that count down to 1 by what is printed before them.

    >>> from alsu_kg.model.document import Text
    >>> last_list([Block("paragraph", Text(text)) for text in ("Seen.", "1. Ay B.", "2. Cee D.", "3. Eff G.")])
    [1, 2, 3]
    """
    found: list[int] = []
    expected: int | None = None
    for i in range(len(blocks) - 1, -1, -1):
        block = blocks[i]
        if block.region == "menu" or block.kind == "footnote":
            continue
        label = _PRINTED_LABEL.match(block.text.text) if block.kind in ("paragraph", "item") else None
        number = block.number or (int(label[1]) if label else None)
        if number is None or expected not in (None, number):
            return []
        found.append(i)
        expected = number - 1
        if number == 1:
            return found[::-1] if len(found) >= _FEWEST_NOTES else []
    return []


def with_addresses(blocks: Sequence[Block]) -> list[Block]:
    """Join an address that stands in a block of its own with the reference before it.

    >>> from alsu_kg.model.document import Text
    >>> lines = ("Ay B, 2001. One. Cell 2:3.", "https://doi.org/10.1000/1", "Bee C, 2002. Two. Cell 3:4.")
    >>> [block.text.text for block in with_addresses([Block("paragraph", Text(line)) for line in lines])]
    ['Ay B, 2001. One. Cell 2:3. https://doi.org/10.1000/1', 'Bee C, 2002. Two. Cell 3:4.']
    """
    joined: list[Block] = []
    for block in blocks:
        if joined and block.number is None and _BARE_ADDRESS.fullmatch(block.text.text):
            joined[-1] = msgspec.structs.replace(joined[-1], text=join_texts([joined[-1].text, block.text]))
        else:
            joined.append(block)
    return joined


def last_entries(blocks: Sequence[Block]) -> list[int]:
    """Find the paragraphs at the end of the text that are references by authors and years, in the order of the alphabet.

    >>> from alsu_kg.model.document import Text
    >>> lines = ("Seen.", *(f"{name} B, 2001. One. Cell 2:3." for name in ("Ay", "Bee", "Cee", "Dee", "Eff")))
    >>> last_entries([Block("paragraph", Text(line)) for line in lines])
    [1, 2, 3, 4, 5]
    """
    found: list[int] = []
    for i in range(len(blocks) - 1, -1, -1):
        block = blocks[i]
        if block.region == "menu" or block.kind == "footnote":
            continue
        text = block.text.text
        if found and _BARE_ADDRESS.fullmatch(text):
            found.append(i)
            continue
        if block.kind != "paragraph" or len(text) > _LONGEST_ENTRY or not (_NAME.match(text) and has_reference(text)):
            break
        found.append(i)
    names = [
        re.split(r"[\s,]", blocks[i].text.text, maxsplit=1)[0].casefold()
        for i in reversed(found)
        if not _BARE_ADDRESS.fullmatch(blocks[i].text.text)
    ]
    sorted_pairs = sum(a <= b for a, b in itertools.pairwise(names))
    return found[::-1] if len(names) >= _FEWEST_ENTRIES and sorted_pairs >= _MOSTLY * (len(names) - 1) else []
