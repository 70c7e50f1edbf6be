"""``Work`` <-> CSL-JSON (citationstyles.org, schema 1.0.2). What CSL has no variable for goes under ``custom``.

``custom`` holds the source of each field, the raw title, licences, the open-access location, relations, trial numbers and
the arXiv number, so that a CSL-JSON file carries the whole work and reads back as the same one.
"""

from typing import Final

import msgspec

from alsu_kg.model.dates import date_parts, edtf
from alsu_kg.model.work import FieldSource, Name, Work

# Field of Work -> CSL variable, where the value is one text.
_TEXT: Final = (
    ("title", "title"),
    ("original_title", "original-title"),
    ("container", "container-title"),
    ("short_container", "container-title-short"),
    ("publisher", "publisher"),
    ("volume", "volume"),
    ("issue", "issue"),
    ("language", "language"),
    ("doi", "DOI"),
    ("pmid", "PMID"),
    ("pmcid", "PMCID"),
)
_CUSTOM: Final = (
    "arxiv",
    "nct",
    "aliases",
    "index_type",
    "title_raw",
    "subtitle",
    "page",
    "article_number",
    "published_print",
    "published_online",
    "url",
    "issn",
    "isbn",
    "licences",
    "open_access",
    "relations",
    "trials",
    "notices",
    "notice_of",
)


def work_to_csl(work: Work) -> dict[str, object]:
    """Give ``work`` as one CSL-JSON item.

    >>> item = work_to_csl(Work(doi="10.1000/a", title="A trial", issued="2014-02", article_number="e7"))
    >>> item["id"], item["issued"], item["page"]
    ('doi:10.1000/a', {'date-parts': [[2014, 2]]}, 'e7')
    """
    identifiers = work.identifiers
    item: dict[str, object] = {"id": str(identifiers[0]) if identifiers else "", "type": work.type or "document"}
    for field, variable in _TEXT:
        value = getattr(work, field)
        if value:
            item[variable] = value
    for variable, names in (("author", work.authors), ("editor", work.editors)):
        if names:
            item[variable] = [_name_to_csl(name) for name in names]
    if work.issued:
        item["issued"] = {"date-parts": [date_parts(work.issued)]}
    if work.page or work.article_number:
        item["page"] = work.page or work.article_number
    if work.article_number:
        item["number"] = work.article_number
    for variable, values in (("ISSN", work.issn), ("ISBN", work.isbn)):
        if values:
            item[variable] = values[0]
    if identifiers:
        item["URL"] = identifiers[0].url
    custom = _custom(work)
    if custom:
        item["custom"] = custom
    return item


def _name_to_csl(name: Name) -> dict[str, str]:
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix, "literal": name.literal}
    return {key: value for key, value in parts.items() if value}


def _custom(work: Work) -> dict[str, object]:
    custom: dict[str, object] = {
        field: msgspec.to_builtins(value) for field in _CUSTOM if (value := getattr(work, field))
    }
    orcids = {name.text: name.orcid for name in (*work.authors, *work.editors) if name.orcid}
    if orcids:
        custom["orcids"] = orcids
    if work.type is None:
        custom["type_unknown"] = True  # CSL wants a type, so "document" stands there
    if work.sources:
        custom["sources"] = {item.field: item.source for item in work.sources}
    return custom


def csl_to_work(item: dict[str, object]) -> Work:
    """Give the work of a CSL-JSON item that ``work_to_csl`` wrote. Raises ``msgspec.ValidationError`` for a wrong shape.

    >>> work = Work(doi="10.1000/a", title="A trial", authors=(Name(family="Brown", given="A"),), issued="2014", type="article")
    >>> csl_to_work(work_to_csl(work)) == work
    True
    """
    fields: dict[str, object] = {field: item[variable] for field, variable in _TEXT if variable in item}
    custom = item.get("custom")
    extra: dict[str, object] = dict(custom) if isinstance(custom, dict) else {}
    orcids, sources = extra.pop("orcids", {}), extra.pop("sources", {})
    fields |= extra
    for field, variable in (("authors", "author"), ("editors", "editor")):
        names = msgspec.convert(item.get(variable, ()), tuple[Name, ...])
        known = orcids if isinstance(orcids, dict) else {}
        fields[field] = tuple(msgspec.structs.replace(name, orcid=known.get(name.text)) for name in names)
    issued = msgspec.convert(item.get("issued", {}), dict[str, list[list[int]]]).get("date-parts", [])
    fields["issued"] = edtf(issued[0]) if issued else None
    fields["type"] = None if fields.pop("type_unknown", False) else item.get("type")
    fields["sources"] = (
        tuple(FieldSource(field=f, source=s) for f, s in sources.items()) if isinstance(sources, dict) else ()
    )
    return msgspec.convert(msgspec.to_builtins(fields), Work)
