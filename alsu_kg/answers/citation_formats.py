"""Works -> CSL-JSON, BibTeX and RIS. CSL-JSON carries everything; BibTeX and RIS carry what a reference manager shows.

``rispy`` (its only home) writes RIS, ``readers.bibtex_writing`` writes BibTeX.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec
import rispy
from rispy.writer import RisWriter

from alsu_kg.model.csl_json import work_to_csl
from alsu_kg.model.work import Name, Work
from alsu_kg.readers.bibtex_writing import bibtex_entry

_RIS_TYPE: Final = {
    "article-journal": "JOUR",
    "article": "UNPB",
    "chapter": "CHAP",
    "book": "BOOK",
    "paper-conference": "CONF",
    "thesis": "THES",
    "report": "RPRT",
    "dataset": "DATA",
    "software": "COMP",
    "entry-encyclopedia": "ENCYC",
    "standard": "STAND",
}


class _Writer(RisWriter):  # type: ignore[misc]  # rispy brings no types
    """Writes entries without rispy's running numbers, which are no part of the format."""

    def set_header(self, count: int) -> str:  # noqa: ARG002 - signature of the base class
        """Give no heading."""
        return ""


def csl_json_text(works: Iterable[Work]) -> str:
    """Give works as a CSL-JSON array.

    >>> csl_json_text([Work(doi="10.1000/a", type="article-journal", title="A")]).splitlines()[1].strip()
    '{'
    """
    return msgspec.json.format(msgspec.json.encode([work_to_csl(work) for work in works])).decode()


def bibtex_text(works: Sequence[Work]) -> str:
    """Give works as BibTeX entries with unique keys of first author and year.

    >>> [line for line in bibtex_text([Work(title="A", issued="2014")] * 2).splitlines() if line.startswith("@")]
    ['@misc{anon2014,', '@misc{anon2014a,']
    """
    return "\n".join(bibtex_entry(work, key) for work, key in zip(works, citation_keys(works), strict=True))


def citation_keys(works: Iterable[Work]) -> list[str]:
    """Give each work a key of plain letters and the year; the second one with the same key gets an ``a``, and so on.

    >>> citation_keys([Work(authors=(Name(family="Müller-Lüdenscheidt"),), issued="2014-02")])
    ['mullerludenscheidt2014']
    """
    keys: list[str] = []
    used: dict[str, int] = {}
    for work in works:
        first = (work.authors[0].family or work.authors[0].literal or "") if work.authors else ""
        plain = unicodedata.normalize("NFKD", first).encode("ascii", "ignore").decode().lower()
        base = ("".join(letter for letter in plain if letter.isalpha())[:30] or "anon") + str(work.year or "")
        count = used[base] = used.get(base, -1) + 1
        keys.append(base + _letters(count))
    return keys


def _letters(count: int) -> str:
    text = ""
    while count:
        count, rest = divmod(count - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def ris_text(works: Iterable[Work]) -> str:
    """Give works as RIS records.

    >>> ris_text([Work(type="article-journal", title="A", issued="2014-02", page="1-9")]).split()[:6]
    ['TY', '-', 'JOUR', 'TI', '-', 'A']
    """
    return str(rispy.dumps([_ris_entry(work) for work in works], implementation=_Writer))


def _ris_entry(work: Work) -> dict[str, str | list[str]]:
    dates = (work.issued or "").split("-") if work.issued else []
    entry: dict[str, str | list[str] | None] = {
        "type_of_reference": _RIS_TYPE.get(work.type or "", "GEN"),
        "title": work.title,
        "authors": [_ris_name(name) for name in work.authors],
        "secondary_authors": [_ris_name(name) for name in work.editors],
        "secondary_title": work.container,
        "alternate_title2": work.short_container,
        "publisher": work.publisher,
        "year": dates[0] if dates else None,
        "date": "/".join([*dates, "", ""][:3]) + "/" if dates else None,
        "volume": work.volume,
        "number": work.issue,
        "start_page": work.first_page,
        "end_page": work.last_page,
        "custom7": work.article_number,
        "issn": ", ".join((*work.issn, *work.isbn)),
        "doi": work.doi,
        "accession_number": work.pmid,
        "custom2": work.pmcid,
        "language": work.language,
        "urls": [work.identifiers[0].url] if work.identifiers else [],
    }
    return {key: value for key, value in entry.items() if value}


def _ris_name(name: Name) -> str:
    if name.literal or not name.given:
        return name.text
    return ", ".join(part for part in (name.family, name.given, name.suffix) if part)
