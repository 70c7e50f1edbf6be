"""BibTeX written: a ``Work`` as an entry, and identifiers filled into a file that is otherwise left as it is."""

from collections.abc import Mapping, Sequence
from typing import Final

import bibtexparser
from bibtexparser.model import Entry, Field

from alsu_kg.model.work import Name, Work
from alsu_kg.readers.bibtex import BibtexEntry

_ENTRY_OF: Final = {
    "article-journal": "article",
    "paper-conference": "inproceedings",
    "chapter": "incollection",
    "book": "book",
    "thesis": "phdthesis",
    "report": "techreport",
    "entry-encyclopedia": "incollection",
}
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPECIAL: Final = str.maketrans(
    {
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\\": r"\textbackslash{}",
    }
)


def bibtex_entry(work: Work, key: str) -> str:
    r"""Give ``work`` as one BibTeX entry in UTF-8 with the citation key ``key``.

    >>> work = Work(type="article-journal", title="Salt & water", issued="2014-02", page="1-9")
    >>> bibtex_entry(work, "a2014").split()  # doctest: +NORMALIZE_WHITESPACE
    ['@article{a2014,', 'title', '=', '{{Salt', '\\&', 'water}},', 'year', '=', '{2014},', 'month', '=', '{feb},', 'pages',
    '=', '{1--9}', '}']
    """
    entry = Entry(
        _ENTRY_OF.get(work.type or "", "misc"), key, [Field(name, f"{{{value}}}") for name, value in _fields(work)]
    )
    return bibtexparser.write_string(bibtexparser.Library([entry]), unparse_stack=[])


def fill_bibtex(text: str, entries: Sequence[BibtexEntry], added: Sequence[Mapping[str, str]]) -> str:
    r"""Add fields to the entries of ``text`` that lack them; every other character stays as it is.

    ``entries`` are those of ``parse_bibtex(text)``, ``added`` the fields for each.

    >>> from alsu_kg.readers.bibtex import parse_bibtex
    >>> text = "% mine\n@Article{k,\n  title = {A},\n}\n"
    >>> fill_bibtex(text, parse_bibtex(text)[0], [{"doi": "10.1/a", "title": "B"}])
    '% mine\n@Article{k,\n  title = {A},\n  doi = {10.1/a}\n}\n'
    """
    parts: list[str] = []
    done = 0
    for entry, fields in zip(entries, added, strict=True):
        start = text.find(entry.raw, done) if entry.raw else -1
        if start < 0:
            continue
        wanted = {name: value for name, value in fields.items() if value and not entry.fields.get(name)}
        parts += [text[done:start], _with_fields(entry.raw, wanted)]
        done = start + len(entry.raw)
    return "".join([*parts, text[done:]])


def _with_fields(raw: str, fields: Mapping[str, str]) -> str:
    """Put fields before the end of one entry, indented as its first field is."""
    if not fields:
        return raw
    body, closing = raw.rstrip()[:-1].rstrip(), raw.rstrip()[-1:]
    lines = body.split("\n")
    indent = lines[1][: len(lines[1]) - len(lines[1].lstrip())] if len(lines) > 1 else " "
    between, end = ("\n" + indent, "\n") if len(lines) > 1 else (" ", "")
    comma = "" if body.endswith(",") else ","
    written = ",".join(f"{between}{name} = {{{_escaped(value)}}}" for name, value in fields.items())
    return f"{body}{comma}{written}{end}{closing}"


def _fields(work: Work) -> list[tuple[str, str]]:
    container = "journal" if work.type == "article-journal" else "booktitle"
    month = _MONTHS[int(work.issued[5:7]) - 1] if work.issued and len(work.issued) >= 7 else None
    publisher = {"thesis": "school", "report": "institution"}.get(work.type or "", "publisher")
    pairs = (
        ("title", f"{{{_escaped(work.title)}}}" if work.title else None),
        ("author", _people(work.authors)),
        ("editor", _people(work.editors)),
        (container, _escaped(work.container)),
        (publisher, _escaped(work.publisher)),
        ("year", str(work.year) if work.year else None),
        ("month", month),
        ("volume", _escaped(work.volume)),
        ("number", _escaped(work.issue)),
        ("pages", (_escaped(work.page or work.article_number) or "").replace("-", "--")),
        ("eid", _escaped(work.article_number)),
        ("issn", ", ".join(work.issn)),
        ("isbn", ", ".join(work.isbn)),
        ("doi", work.doi),
        ("pmid", work.pmid),
        ("pmcid", work.pmcid),
        ("eprint", work.arxiv),
        ("url", work.identifiers[0].url if work.identifiers else None),
    )
    return [(name, value) for name, value in pairs if value]


def _people(names: tuple[Name, ...]) -> str:
    return " and ".join(_person(name) for name in names)


def _person(name: Name) -> str:
    if name.literal or not name.given:
        return f"{{{_escaped(name.text)}}}"
    family = _escaped(name.family) or ""
    suffix = f", {_escaped(name.suffix)}" if name.suffix else ""
    return f"{family}{suffix}, {_escaped(name.given)}"


def _escaped(text: str | None) -> str | None:
    return text.translate(_SPECIAL).replace("--", "-{}-") if text else text
