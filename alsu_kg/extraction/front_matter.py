"""What stands at the head (and foot) of a review: title, number, treatment, DOI, date, journal, reviewers, correspondence."""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import msgspec

from alsu_kg.extraction.bylines import names_of_byline, names_reviewers
from alsu_kg.extraction.dates import find_date
from alsu_kg.extraction.name_places import find_name
from alsu_kg.extraction.publication_date import bare_date, cited_date, find_published
from alsu_kg.extraction.review_titles import NUMBERED, names_no_treatment, treatment_in
from alsu_kg.extraction.sections import Outline
from alsu_kg.model.document import Document
from alsu_kg.model.identifier import normalise_doi
from alsu_kg.model.review import Review, SourceFile, Treatment
from alsu_kg.readers.text_quotes import bare_mail

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>\])}]+")
_MOST_BLOCKS: Final = 60  # that the head of a review may have
_ISSUE = re.compile(
    r"\b(?P<volume>\d{1,4})(?:\s*[:(]\s*(?P<issue>\d{1,3}(?:[-–]\d{1,3})?)\)?)?\s*[,:]\s*(?P<first>[A-Z]?\d{1,5})\s*[-–]\s*(?P<last>[A-Z]?\d{1,5})\b"
)
# A running line such as "Journal of Things, 2013; 14: 319–323".
_LONGEST_RUNNING: Final = 160
_RUNNING = re.compile(
    r"(?P<journal>[A-Z][A-Za-z&,\- ]{5,100}?)[,.]?\s+"
    r"(?P<year>(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+)?(?:19|20)\d\d)\s*;\s*"
    r"(?:(?P<volume>\d{1,4})(?:\((?P<issue>\d{1,3})\))?\s*:\s*)?(?P<first>[A-Z]?\d{1,5})\s*[-–]\s*(?P<last>[A-Z]?\d{1,5})\b"
)
_CITE = re.compile(
    r"To cite this article:?\s*(?P<authors>.{3,400}?)\s*\((?P<year>(?:19|20)\d\d)\)[:.,]?\s*(?P<title>.{5,300}?)"
    r"[,.]\s+(?P<journal>[A-Z][^,.]{5,120}?),\s*(?P<rest>.*)",
    re.DOTALL,
)
_REVIEWERS = re.compile(
    r"\b(?:reviewers|investigators|contributors|members|group)\s+who\s+(?:contributed|participated"
    r"|helped)[^:]{0,80}:\s*(?P<names>.+)",
    re.IGNORECASE | re.DOTALL,
)
_WHO_DID = re.compile(r"[Ww](?i:ho)\s+(?i:contributed|participated|helped)")
_AND = re.compile(r"and(?<=\band)\b")
_DEGREES = re.compile(r"\s+(?:MD|PhD|RN|DO|MBBS|FRCP).*$")
_OF_DEGREES: Final = ("MD", "PhD", "RN", "DO", "MBBS", "FRCP")
_CORRESPONDENCE = re.compile(
    r"(?:Address\s+correspondence\s+to|Correspond(?:ence|ing author)(?:\s+(?:to|address))?|CONTACT)\s*:?\s*(?:(?:D"
    r"r|Prof)\.?\s+)?(?P<name>[A-ZÀ-Þ][\w.’'-]+(?:\s+[A-ZÀ-Þ][\w.’'-]*){1,3}?)(?=[,.;]|\s+(?:MD"
    r"|PhD|Email|E-mail|at|,)|\s*$|\s+[^\s@]+@)"
)
# What lists of publications print behind a title: "caffeine. Muscle Nerve 2023 Jun 08:1-5".
_CITED = re.compile(r"\.\s+[A-Z][^.]*\b(?:19|20)\d\d\b.*$", re.DOTALL)
_GROUP = re.compile(r"[\s,.:;–—-]*(?:\bby\s+)?\b(?:the\s+)?ALS\s?Untangled\s+Group\W*$", re.IGNORECASE)
_NO_ALIAS = re.compile(r"(?:figure|table)|citation\s?\d+", re.IGNORECASE)
_PAGES = re.compile(r"\b(?:Pages|pp\.?)\s+(?P<first>[A-Z]?\d{1,5})\s*[-–—]\s*(?P<last>[A-Z]?\d{1,5})\b")
# What follows the name of a treatment and gives it another one.
_BRACKETED = re.compile(
    r"\((?!\d+\))(?i:also (?:known as|called)\s+|or\s+)?(?P<alias>[A-Za-z0-9][\w+’'-]{1,30}+(?:\s[\w-]++)?)\)"
)
_ALSO_KNOWN = re.compile(r"\s*,?\s*\(?also (?:known as|called)\s+(?P<alias>[A-Z][\w-]{2,30})", re.IGNORECASE)
_MOST_SPACES: Final = 5
_NAME = re.compile(
    r"^[A-ZÀ-Þ][\w.’'-]*(?:\s+(?:van|von|de|der|den|del|di|da|la|le|el|al|bin|ten|ter)\b)*(?:[\s-]+[A-ZÀ-Þ][\w.’'-]*)+$"
)


class Front(NamedTuple):
    """The head of the record."""

    review: Review
    treatment: Treatment | None


def read_front_matter(document: Document, outline: Outline) -> Front:
    r"""Read what the document says of itself; what its tags state wins over what its words say.

    >>> from alsu_kg.extraction.sections import outline
    >>> from alsu_kg.readers.markdown import read_markdown
    >>> raw = "# ALSUntangled 99: Aspirin\n\nPublished online: 3 May 2021\n\n# Risks\n\nAspirin (ASA) may harm."
    >>> document = Document("x.md", "markdown", raw, "", read_markdown(raw))
    >>> front = read_front_matter(document, outline(document))
    >>> front.review.number, front.review.published, front.treatment.label, front.treatment.aliases
    (99, '2021-05-03', 'Aspirin', ('ASA',))
    """
    words, paragraphs = _front_words(document, outline), _paragraphs(outline)
    printed = outline.title.text if outline.title is not None else None
    title = printed or document.front.title if document.form == "html" else document.front.title or printed
    cite = _CITE.search(words)
    number, label = _treatment(title)
    running = _running(words)
    issue = _ISSUE.match(cite["rest"] if cite else "") or running
    pages = issue or (_PAGES.search(words) if "Pages " in words or " pp" in words else None)
    stated = document.front.published  # on a page the date of the issue, where the text may print that of the article
    dated = find_published(words) or stated if document.form == "html" else stated or find_published(words)
    review = msgspec.structs.replace(
        document.front,
        title=title,
        number=number,
        doi=document.front.doi or _doi(words),
        published=dated
        or bare_date(document, outline)
        or cited_date(document, outline)
        or next((find_date(m["year"]) for m in (cite, running) if m), None),
        volume=document.front.volume or (issue["volume"] if issue else None),
        issue=document.front.issue or (issue["issue"] if issue else None),
        journal=document.front.journal or _journal(document, cite) or (running["journal"] if running else None),
        first_page=document.front.first_page or (pages["first"] if pages else None),
        last_page=document.front.last_page or (pages["last"] if pages else None),
        authors=document.front.authors or _authors(document, outline, cite),
        reviewers=_reviewers(document, paragraphs),
        corresponding=document.front.corresponding or _corresponding(paragraphs),
        source=SourceFile(file=document.name, sha256=document.sha256),
    )
    review = msgspec.structs.replace(
        review, first_author=review.first_author or (review.authors[0] if review.authors else None)
    )
    aliases = _aliases(label, paragraphs) if label else ()
    return Front(review, Treatment(label=label, aliases=aliases) if label else None)


def _front_words(document: Document, outline: Outline) -> str:
    blocks = list(outline.front[:_MOST_BLOCKS])
    of_text = (block for block in document.blocks if block.region in ("front", "body"))
    blocks += itertools.islice(of_text, _MOST_BLOCKS - len(blocks))
    lines = [block.text.text for block in blocks if block.kind in ("heading", "paragraph", "footnote", "item")]
    words = "\n".join(lines)
    if "From: " in words and "From: " in [line[:6] for line in lines]:  # the date of a mail is not the review's
        words = "\n".join([line for line, bare in zip(lines, bare_mail(lines), strict=True) if bare.kept])
    return words[:20000]


def _running(words: str) -> re.Match[str] | None:
    r"""Give the first running line; its first semicolon stands behind the year.

    >>> _running("Title\nJournal of Things, 2013; 14: 319-323")["journal"], _running("One; two") is None
    ('Journal of Things', True)
    """
    at = words.find(";")
    while at >= 0:
        start, end = words.rfind("\n", 0, at) + 1, words.find("\n", at)
        if at - start < _LONGEST_RUNNING and (match := _RUNNING.match(words, start, end if end >= 0 else len(words))):
            return match
        at = words.find(";", end) if end >= 0 else -1  # of the next line
    return None


def _doi(words: str) -> str | None:
    start = words.find("10.")
    match = _DOI.search(words, start) if start >= 0 else None
    return normalise_doi(match[0].rstrip(".,;:)]")) if match else None


def _journal(document: Document, cite: re.Match[str] | None) -> str | None:
    if cite is not None:
        return cite["journal"].strip()
    for block, following in zip(document.blocks, document.blocks[1:], strict=False):
        if block.kind == "heading" and following.text.text.startswith("ISSN"):
            return block.text.text
    return None


def _authors(document: Document, outline: Outline, cite: re.Match[str] | None) -> tuple[str, ...]:
    if cite is not None:
        return (cite["authors"].strip(" :"),)
    if outline.title is None:
        return ()
    for i, block in enumerate(document.blocks[:-1]):
        if block.text is outline.title:
            following = [below.text.text for below in document.blocks[i + 1 : i + 5]]
            if any(re.fullmatch(r"(?:The\s+)?ALS\s?Untangled\s+Group\W*", text, re.IGNORECASE) for text in following):
                return ("The ALSUntangled Group",)
            of_authors = [text for text in following if not names_reviewers(text)]
            return next(filter(None, map(names_of_byline, of_authors)), ())
    return ()


def _treatment(title: str | None) -> tuple[int | None, str | None]:
    """Split ``ALSUntangled 58: Azathioprine``; a title without number names its treatment only if it is short.

    >>> _treatment("ALSUntangled No. 26: lunasin"), _treatment("Safety of stem cells in a group of forty people with MS")
    ((26, 'lunasin'), (None, None))
    >>> _treatment("ALSUntangled #70: caffeine. Muscle Nerve 2023 Jun 08:1-5")
    (70, 'caffeine')
    >>> _treatment("How to Use")
    (None, None)
    """
    if title is None:
        return None, None
    match = NUMBERED.search(title)
    if match is not None:
        name = _CITED.sub("", _GROUP.sub("", title[match.end() :])).strip(" .*")
        return int(match["number"]), treatment_in(name) or None
    return None, title if len(title.split()) <= 4 and not names_no_treatment(title) else None


def _paragraphs(outline: Outline) -> list[str]:
    return [passage.text.text for passage in outline.passages if passage.kind in ("paragraph", "footnote", "item")]


def _reviewers(document: Document, paragraphs: Sequence[str]) -> tuple[str, ...]:
    for text in paragraphs:
        match = _REVIEWERS.search(text) if " who " in text and _WHO_DID.search(text) else None
        if match is None:
            continue
        names = re.split(r"\.(?<=[a-z]\.)\s+(?=[A-Z][a-z]+\s?:|[A-Z][a-z]+ [a-z]|Note)", match["names"])[0]
        names = re.sub(r"\([^)]*\)", "", names)
        listed = names.replace(";", ",").replace("&", ",").split(",")
        found = [name.strip(" .") for part in listed for name in (_AND.split(part) if "and" in part else (part,))]
        if any(degree in names for degree in _OF_DEGREES) and _DEGREES.search(names):
            found = [_DEGREES.sub("", name) for name in found]
        return tuple(name for name in found if _is_name(name))
    lines = (block.text.text for block in document.blocks if block.kind in ("paragraph", "footnote", "item"))
    return next(filter(None, (names_of_byline(line) for line in lines if names_reviewers(line))), ())


def _is_name(text: str) -> bool:
    """Say whether ``text`` is the name of a person; most are two plain words.

    >>> _is_name("Ann Ayers"), _is_name("Bob van den Dole"), _is_name("Ann"), _is_name("Ann said")
    (True, True, False, False)
    """
    given, _, family = text.partition(" ")
    if text.isascii() and given.isalpha() and family.isalpha():
        return given[0].isupper() and family[0].isupper()
    return _NAME.match(text) is not None


def _corresponding(paragraphs: Sequence[str]) -> str | None:
    for text in paragraphs:
        if ("orrespond" in text or "CONTACT" in text) and (match := _CORRESPONDENCE.search(text)):
            return match["name"].strip(" .")
    return None


def _aliases(label: str, paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Find abbreviations that the text gives the treatment in brackets, and names after ``also known as``."""
    name = label.split("(")[0].strip()
    found: list[str] = []
    for text in paragraphs if name else ():
        if "(" in text:
            found += _bracketed(name, text)
        if ("lso" in text and ("lso known as" in text or "lso called" in text)) or ("LSO" in text and "LSO " in text):
            found += [match["alias"] for end in find_name(name, text) if (match := _ALSO_KNOWN.match(text, end))]
    return tuple(dict.fromkeys(alias for alias in found if not alias.isdigit() and not _NO_ALIAS.fullmatch(alias)))


def _bracketed(name: str, text: str) -> Iterator[str]:
    """Give what stands in brackets right behind ``name``: of few brackets it may be another name.

    >>> list(_bracketed("aza", "Some (one) take AZA (two) or aza(three), no plaza (four)."))
    ['two', 'three']
    """
    small = name.lower()
    for match in _BRACKETED.finditer(text):
        at = match.start()
        before = text[max(0, at - len(name) - _MOST_SPACES) : at].rstrip()
        if before.lower().endswith(small) and len(before) in find_name(name, before):
            yield match["alias"]
