"""Identifiers, links and dates of access in a printed reference."""

import re
from functools import lru_cache
from typing import Final

from alsu_kg.extraction.near import search_near
from alsu_kg.model.identifier import normalise_doi, normalise_pmcid, normalise_pmid

_DOI = re.compile(
    r"(?:\(?\bdoi\s*[:.]?\s*|\bhttps?://(?:dx\.)?doi\.org/|\(?\bdoi\.org/)*(?P<doi>10\.\d{4,9}/[^\s\"<>]+)",
    re.IGNORECASE,
)
_PMID = re.compile(r"(?:PubMed\s*)?\bPMID\s*:?\s*(?P<pmid>\d{4,9})\b;?|\bPubMed:\s*(?P<pubmed>\d{4,9})\b")
_PMCID = re.compile(r"(?:PubMed Central\s*)?(?:\bPMCID\s*:?\s*)?\b(?:PMC)?(?P<pmcid>PMC\s?\d{4,9})\b;?")
_URL = re.compile(
    r"(?=(?-i:[AaRrHhFfWw<]))"
    r"(?:\b(?:Available|Retrieved|Accessed)(?:\s+(?:at|from|via|online at|on|in))?\s*:?\s*)?<?(?P<url>(?:https?://"
    r"|ftp://|www\.)[^\s<>\"]+)>?",
    re.IGNORECASE,
)
_MOST_BEFORE: Final = 60  # characters of "Retrieved online at: <https" and the spaces between
_MOST_BEFORE_ACCESS: Final = 30  # characters of "[last a" and the spaces between
_OF_ACCESS: Final = ("ccessed", "ited", "etrieved", "iewed", "CCESSED", "ITED", "ETRIEVED", "IEWED")
_VERB_OF_ACCESS = re.compile(r"ed(?<=(?:ss|it|ev|ew)ed)")  # how the verbs of access end, in small letters
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_YEAR, _LETTERS, _DAY = re.compile(r"\d{4}"), re.compile(r"[A-Za-z]{3}"), re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_ACCESSED = re.compile(
    r"(?=(?-i:[\[(LlDdAaCcRrVv]))"  # what follows is tried where it may start
    rf"[\[(]?\b(?:(?:last|date)\s+)?(?:accessed|cited|retrieved|viewed|accessed date)\b:?\s*(?:on\s+|date:?\s*)?(?:"
    rf"(?P<mdy>{_MONTH}\s+\d{{1,2}},?\s+\d{{4}})|(?P<dmy>\d{{1,2}}\s+{_MONTH},?\s+\d{{4}})|(?P<ymd>\d{{4}}\s+"
    rf"{_MONTH}(?:\s+\d{{1,2}})?)"
    rf"|(?P<my>{_MONTH},?\s+\d{{4}})|(?P<iso>\d{{4}}-\d{{2}}-\d{{2}}))[\])]?\.?",
    re.IGNORECASE,
)
# Starts with the characters that every note starts with, so that the search goes from one to the next.
_NOTES = re.compile(
    r"[EePpOo\[(](?i:(?:(?<=\be)(?:pub(?:\s+ahead of print)?|-pub|rratum in)|(?<=\bp)ublished online|(?<=\bo)nline ahead of print)"
    r"\b[^;]{0,60}?(?:\d{4}(?:[/\s-]\w{2,9}[/\s-]?\d{0,2})?)?[.;]|(?<=[\[(])(?:in press|Internet|online|electronic resource"
    r"|Epub ahead of print|Review|Article|CrossRef|PubMed|Medline|serial online)[\])])"
)


def small_letters(text: str) -> str:
    """Give what ``text`` has of ASCII, in small letters: a word that is not in it is not in ``text``, however it is printed.

    >>> small_letters("In PRESS – as said")
    'in press  as said'
    """
    return text.encode("ascii", "ignore").decode().lower()


def take_identifiers(text: str, letters: str) -> tuple[str, dict[str, str]]:
    """Give ``text``, whose only white space are plain spaces, without identifiers, links and notes on access; and what they were.

    ``letters`` are its small letters. Most references hold nothing of all this, which few letters tell.

    >>> text = "One. doi:10.1000/X1. PMID: 12345"
    >>> take_identifiers(text, small_letters(text))
    ('One.', {'doi': '10.1000/x1', 'pmid': '12345'})
    """
    ids: dict[str, str] = {}
    body = text
    if "/" in body and "10." in body:
        if (match := _DOI.search(body)) and (doi := normalise_doi(_close(match["doi"]))):
            ids["doi"] = doi
        body = _DOI.sub(lambda m: " " if normalise_doi(_close(m["doi"])) else m[0], body)
    if "M" in body and ("PM" in body or "PubMed:" in body):
        body = _take_pubmed(body, ids)
    if ("/" in body and "://" in body) or "www." in body:
        while match := _find_url(body):
            ids.setdefault("url", match["url"].rstrip(".,;)"))
            body = f"{body[: match.start()]} {body[match.end() :]}"
    for _ in _VERB_OF_ACCESS.findall(letters):  # each note takes one of them at least
        verbs = [verb for verb in _OF_ACCESS if verb in body]
        match = search_near(_ACCESSED, verbs, body, _MOST_BEFORE_ACCESS)
        if match is None:
            break
        ids.setdefault("accessed", match["iso"] or _date(match[match.lastgroup or 0]))
        body = f"{body[: match.start()]} {body[match.end() :]}"
    return _tidy(body, letters), ids


def _take_pubmed(body: str, ids: dict[str, str]) -> str:
    """Take identifiers of PubMed and PubMed Central out of ``body`` and add them to ``ids``."""
    if "PMID" in body or "PubMed:" in body:
        if (match := _PMID.search(body)) and (pmid := normalise_pmid(match["pmid"] or match["pubmed"])):
            ids["pmid"] = pmid
        body = _PMID.sub(" ", body)
    if "PMC" in body:
        if (match := _PMCID.search(body)) and (pmcid := normalise_pmcid(match["pmcid"].replace(" ", ""))):
            ids["pmcid"] = pmcid
        body = _PMCID.sub(" ", body)
    return body


_NOTE_IN_BRACKETS = re.compile(
    r"\s+[\[(](?:Internet|online|electronic resource|serial online)[\])](?=\.)", re.IGNORECASE
)
_MOST_LEFT_OVER: Final = 40
_TRAILING = re.compile(r"\b(?:doi|PMID|PMCID|Available (?:at|from)|URL)\s*:?\s*(?=[.;]?\s*$)", re.IGNORECASE)


def _find_url(body: str) -> re.Match[str] | None:
    """Find the first link with the words before it: they are looked for right before what every link starts with."""
    if "://" not in body and "ww." not in body and "WW." not in body:
        return None
    return search_near(_URL, ("://", "www.", "WWW.", "Www."), body, _MOST_BEFORE)


def _tidy(body: str, letters: str) -> str:
    if _may_be_noted(body, letters):
        body = _NOTE_IN_BRACKETS.sub("", body) if "[" in body or "(" in body else body
        body = _NOTES.sub(" ", body)
    if body.rstrip(" .;:")[-1:].isalpha() and ("doi" in body or "PM" in body or "Available" in body or "URL" in body):
        left_over = _TRAILING.search(body, max(0, len(body.rstrip()) - _MOST_LEFT_OVER))
        body = f"{body[: left_over.start()]} {body[left_over.end() :]}" if left_over else body
    return " ".join(body.split()) if "  " in body else body.strip(" ")


def _may_be_noted(body: str, letters: str) -> bool:
    if "[" in body:
        return True
    in_brackets = "(" in body
    if not in_brackets and not _may_hold_note(letters):
        return False
    return (
        "pub" in body
        or "Pub" in body
        or "nline" in body
        or ("press" in body and (in_brackets or _may_hold_note(letters)))
        or "rratum" in body
        or "PRESS" in body
        or "nternet" in body
    )


def _may_hold_note(letters: str) -> bool:
    """Say whether there is what each note without brackets holds."""
    return "pub" in letters or "rratum" in letters or "ahead" in letters


def _close(doi: str) -> str:
    doi = doi.rstrip(".,;:'\"”’")
    while doi.endswith(")") and doi.count("(") < doi.count(")"):
        doi = doi[:-1].rstrip(".,;")
    return doi.rstrip("]}")


@lru_cache(maxsize=1_000)
def _date(text: str) -> str:
    """Give a printed day or month as ISO 8601 has it; most works of a list were looked up on few days.

    >>> _date("June 24, 2020"), _date("3 May 2021"), _date("May 2021")
    ('2020-06-24', '2021-05-03', '2021-05')
    """
    year, month, day = _YEAR.search(text), _LETTERS.search(text), _DAY.search(text)
    parts = [year[0] if year else "", f"{_MONTHS.index(month[0].lower()) + 1:02}" if month else ""]
    return "-".join([*(p for p in parts if p), *([f"{int(day[0]):02}"] if day else [])])
