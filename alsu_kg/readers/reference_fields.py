"""A reference as tagged by a publisher or typed by a user (JSON fields) to a Reference.

Understood: this project's own names (``title, container, year, volume, issue, first_page, authors, doi, pmid``), the
fields of Crossref's deposit schema (``article-title, journal-title, first-page, author, volume-title, DOI`` …) and CSL-JSON.
"""

from collections.abc import Mapping
from typing import Final

from alsu_kg.model.reference import Reference

_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "unstructured": ("unstructured", "unstructured-citation", "raw", "text", "citation"),
    "title": ("title", "article-title", "article_title", "volume-title", "book-title"),
    "container": (
        "container",
        "journal-title",
        "journal",
        "container-title",
        "source",
        "series-title",
        "proceedings-title",
    ),
    "year": ("year", "cYear", "issued", "date"),
    "volume": ("volume",),
    "issue": ("issue", "number"),
    "first_page": ("first_page", "first-page", "fpage", "page", "pages"),
    "doi": ("doi", "DOI"),
    "pmid": ("pmid", "PMID"),
    "url": ("url", "URL"),
    "kind": ("kind", "type"),
}


def read_reference(fields: Mapping[str, object], *, id: str) -> Reference:  # noqa: A002 - the contract's own word
    """Read a reference from its fields; unknown ones are left out. ``id`` is used if the fields have none.

    >>> read_reference({"author": "Simpson", "journal-title": "Nature", "volume": 163, "first-page": "688"}, id="7").text
    'Simpson Nature 163 688'
    """
    values = {name: next((v for key in keys if (v := _text(fields.get(key)))), "") for name, keys in _NAMES.items()}
    values["first_page"] = values["first_page"].replace("–", "-").split("-")[0].strip()
    names = fields.get("authors") or fields.get("author") or fields.get("first_author") or ()
    key = _text(fields.get("id")) or _text(fields.get("key")) or id
    return Reference(id=key, authors=_names(names), **values)


def _names(names: object) -> tuple[tuple[str, str], ...]:
    if isinstance(names, str):
        return ((names.strip(), ""),) if names.strip() else ()
    if not isinstance(names, list | tuple):
        return ()
    found = []
    for name in names:
        if isinstance(name, Mapping):
            found.append((_text(name.get("family") or name.get("literal")), _text(name.get("given"))))
        elif isinstance(name, str):
            family, _, given = name.partition(",")
            found.append((family.strip(), given.strip()))
        elif isinstance(name, list | tuple) and name:
            found.append((_text(name[0]), _text(name[1]) if len(name) > 1 else ""))
    return tuple(pair for pair in found if pair[0])


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return _text(value[0]) if value else ""
    if isinstance(value, Mapping):
        return _text(value.get("date-parts") or value.get("raw"))
    if isinstance(value, bool) or value is None:
        return ""
    return whole_text(value.strip()) if isinstance(value, str) else " ".join(str(value).split())


def whole_text(text: str) -> str:
    r"""Give a text without halves of characters (lone surrogates, which JSON can escape and nothing can write).

    >>> whole_text("a\ud800b")
    'a?b'
    """
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
