"""What several indexes say of one work -> one work, with the source of each field.

For each field the first source of ``PREFERENCE`` that has a value wins. Crossref comes first because publishers deposit
there; PubMed before Europe PMC because Europe PMC copies it. Titles have a rule of their own (``better_title``), because
Crossref loses Greek letters and capitals. Statements (licences, relations, notices, trials) are collected, never replaced.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from alsu_kg.indexes.titles import fold, is_all_capitals
from alsu_kg.model.work import FieldSource, Work

PREFERENCE: Final = ("crossref", "datacite", "doi.org", "pubmed", "europepmc", "pmc", "openalex", "semanticscholar")

_COLLECTED: Final = ("isbn", "issn", "aliases", "licences", "relations", "trials", "notices", "notice_of")
_TITLE: Final = ("title", "title_raw")
_CHOSEN: Final = tuple(
    name for name in Work.__struct_fields__ if name not in (*_COLLECTED, *_TITLE, "sources", "open_access", "abstract")
)


def merge_works(parts: Sequence[tuple[str, Work]]) -> Work:
    """Merge what named sources say of one work.

    >>> pubmed, crossref = Work(pmid="7", title="NF-κB in ALS"), Work(volume="3", title="NF-B in ALS")
    >>> merged = merge_works([("pubmed", pubmed), ("crossref", crossref)])
    >>> merged.title, merged.volume, merged.source_of("title")
    ('NF-κB in ALS', '3', 'pubmed')
    """
    ordered = sorted(parts, key=lambda part: _rank(part[0]))
    values: dict[str, object] = {}
    sources: list[FieldSource] = []
    for field in _CHOSEN:
        for source, work in ordered:
            value = getattr(work, field)
            if value:
                values[field] = value
                sources.append(FieldSource(field=field, source=source))
                break
    for field in _COLLECTED:
        values[field] = tuple(dict.fromkeys(item for _, work in ordered for item in getattr(work, field)))
        named = [source for source, work in ordered if getattr(work, field)]
        sources += [FieldSource(field=field, source=" ".join(named))] if named else []
    kinds = [kind for _, work in ordered for kind in (work.index_type or "").split("; ") if kind]
    values["index_type"] = "; ".join(dict.fromkeys(kinds)) or None
    titled = better_title([(source, work) for source, work in ordered if work.title])
    if titled:
        values |= {"title": titled[1].title, "title_raw": titled[1].title_raw}
        sources.append(FieldSource(field="title", source=titled[0]))
    described = _best_abstract(ordered)
    if described:
        values["abstract"] = described[1].abstract
        sources.append(FieldSource(field="abstract", source=described[0]))
    opened = _best_open_access(ordered)
    if opened:
        values["open_access"] = opened[1].open_access
        sources.append(FieldSource(field="open_access", source=opened[0]))
    return msgspec.structs.replace(Work(), **values, sources=tuple(sources))


def _rank(source: str) -> int:
    return PREFERENCE.index(source) if source in PREFERENCE else len(PREFERENCE)


def better_title(parts: Sequence[tuple[str, Work]]) -> tuple[str, Work] | None:
    """Choose whose title to take; ``parts`` are in order of preference and have titles.

    The first one, unless a later one is the same title with letters that the first lost (Greek, subscripts) or with
    small letters where the first is all capitals.
    """
    if not parts:
        return None
    best = parts[0]
    for part in parts[1:]:
        first, other = best[1].title or "", part[1].title or ""
        if _lost_letters(first, other) or (
            is_all_capitals(first) and not is_all_capitals(other) and fold(first) == fold(other)
        ):
            best = part
    return best


def _lost_letters(first: str, other: str) -> bool:
    """Tell whether ``first`` is ``other`` with Greek letters or symbols gone or spelled as a gap.

    >>> _lost_letters("NF-B in ALS", "NF-κB in ALS"), _lost_letters("NF-kappaB in ALS", "NF-κB in ALS")
    (True, False)
    """
    strange = {letter for letter in other.lower() if not letter.isascii() and letter.isalnum()} - set(first.lower())
    return bool(strange) and fold(first) == fold(other) and len(first) < len(other) + 2


def _best_abstract(parts: Sequence[tuple[str, Work]]) -> tuple[str, Work] | None:
    """Choose the abstract: PubMed's first, because others lose Greek letters and headings of parts."""
    given = [(source, work) for source, work in parts if work.abstract]
    return min(given, key=lambda part: part[0] not in ("pubmed", "europepmc"), default=None)


def _best_open_access(parts: Sequence[tuple[str, Work]]) -> tuple[str, Work] | None:
    """Choose the statement on open access: an open copy with its address first, then any open copy, then any statement."""
    stated = [(source, work, work.open_access) for source, work in parts if work.open_access]
    ranked = sorted(stated, key=lambda item: (not item[2].is_open, item[2].url is None))
    return (ranked[0][0], ranked[0][1]) if ranked else None
