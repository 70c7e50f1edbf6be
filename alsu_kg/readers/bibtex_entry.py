"""BibTeX <-> ``Work``, one entry at a time, by ``bibtexparser`` (its only home here); LaTeX is decoded by ``pylatexenc``."""

import re
from typing import Final

import bibtexparser
from bibtexparser.model import Entry, Field
from pylatexenc.latex2text import LatexNodes2Text

from alsu_kg.model.dates import edtf, month_number
from alsu_kg.model.identifier import normalise_doi, normalise_issn
from alsu_kg.model.work import Name, Work

_TYPE_OF: Final = {
    "article": "article-journal",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "inbook": "chapter",
    "incollection": "chapter",
    "book": "book",
    "phdthesis": "thesis",
    "techreport": "report",
    "misc": "document",
}
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


def read_bibtex_entry(text: str) -> Work | None:
    r"""Give the work of the first entry in ``text``, or ``None`` if there is none.

    >>> work = read_bibtex_entry(' @article{2023, title={M{\\"u}ller \\& Co}, DOI={10.1000/A}, year={2023}, month=jun }')
    >>> work.title, work.doi, work.issued
    ('Müller & Co', '10.1000/a', '2023-06')
    """
    entries = bibtexparser.parse_string(_without_month_names(text)).entries
    if not entries:
        return None
    fields = {field.key.lower(): str(field.value) for field in entries[0].fields}
    get = {key: _decoded(value) for key, value in fields.items()}
    pages = re.sub(r"\s*(?:--|–|—)\s*", "-", get.get("pages", ""))
    first, _, last = pages.partition("-")
    kind = entries[0].entry_type.lower()
    year = get.get("year", "")
    issn = normalise_issn(get.get("issn", ""))
    return Work(
        doi=normalise_doi(fields.get("doi", "")),
        type=_TYPE_OF.get(kind, "document"),
        index_type=kind,
        title=get.get("title") or None,
        title_raw=fields.get("title"),
        authors=_names(get.get("author", "")),
        editors=_names(get.get("editor", "")),
        container=get.get("journal") or get.get("booktitle") or None,
        publisher=get.get("publisher") or get.get("school") or get.get("institution") or None,
        volume=get.get("volume") or None,
        issue=get.get("number", "").replace("–", "-") or None,
        page=(first if not last or last == first else pages) or None,
        issued=edtf((int(year), month_number(get.get("month")))) if year.isdecimal() else None,
        issn=(issn,) if issn else (),
        article_number=get.get("eid") or None,
    )


def _without_month_names(text: str) -> str:
    return re.sub(r"(month\s*=\s*)([A-Za-z]{3,9})(\s*[,}])", r"\1{\2}\3", text)


def _decoded(value: str) -> str:
    text = LatexNodes2Text(strict_latex_spaces=True).latex_to_text(value) if re.search(r"[\\{}$~]", value) else value
    return re.sub(r"(?<=[(\[])\s+|\s+(?=[)\]])", "", " ".join(text.split()))


def _names(text: str) -> tuple[Name, ...]:
    names = []
    for person in re.split(r"\s+and\s+", text) if text else ():
        family, comma, given = person.partition(",")
        if not comma:
            given, _, family = person.rpartition(" ")
        names.append(
            Name(family=family.strip(), given=given.strip() or None) if given.strip() else Name(literal=family.strip())
        )
    return tuple(names)


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
