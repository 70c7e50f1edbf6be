"""References with the identifiers of their works filled in, as BibTeX, RIS and CSL-JSON.

A file goes back into its own format with identifiers added and nothing else changed; into another format goes what the
reference says, with what the work's record knows beyond it.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Final

from alsu_kg.model.candidate import Candidate
from alsu_kg.model.identifier import normalise_doi
from alsu_kg.model.link import ReferenceLink
from alsu_kg.model.reference import Reference
from alsu_kg.readers.bibtex import parse_bibtex
from alsu_kg.readers.bibtex_writing import fill_bibtex
from alsu_kg.readers.ris import fill_ris

Pair = tuple[Reference, ReferenceLink]
_BIBTEX_KINDS: Final = {
    "book": "book",
    "chapter": "incollection",
    "book-chapter": "incollection",
    "thesis": "phdthesis",
}
_BIBTEX_SPECIAL: Final = re.compile(r"([&%$#_{}])")


def fill_in(text: str, form: str, pairs: Sequence[Pair]) -> str | None:
    r"""Add the identifiers of linked works to the entries of ``text`` that lack them; all else stays as it is.

    ``form`` is ``bibtex``, ``ris`` or ``json`` (CSL-JSON, layout is lost); ``None`` if the entries cannot be told apart.

    >>> pair = (Reference(id="1"), ReferenceLink(id="1", decision="unlinked", reason="", method=""))
    >>> fill_in("TY  - JOUR\nER  - \n", "ris", [pair])
    'TY  - JOUR\nER  - \n'
    """
    added = [_identifiers(reference, link) for reference, link in pairs]
    if form == "bibtex":
        return fill_bibtex(text, parse_bibtex(text)[0], added)
    if form == "ris":
        return fill_ris(text, added)
    try:
        items = json.loads(text)
    except ValueError:
        return None
    if not isinstance(items, list) or len(items) != len(added):
        return None
    names = {"doi": "DOI", "pmid": "PMID"}
    filled = [
        {**item, **{names[key]: value for key, value in fields.items() if value and not item.get(names[key])}}
        if isinstance(item, dict)
        else item
        for item, fields in zip(items, added, strict=True)
    ]
    return json.dumps(filled, ensure_ascii=False, indent=1) + "\n"


def _identifiers(reference: Reference, link: ReferenceLink) -> dict[str, str]:
    """Give the identifiers that may be added: none where the reference prints another DOI than the work has."""
    work = link.work
    if work is None or (reference.doi and work.doi and (normalise_doi(reference.doi) or "") != work.doi.lower()):
        return {}
    return {"doi": work.doi, "pmid": work.pmid}


def write_csl_json(pairs: Iterable[Pair]) -> str:
    """Write CSL-JSON: the linked work's metadata, else what the reference says; ``note`` holds decision and score."""
    return json.dumps([_csl_item(reference, link) for reference, link in pairs], ensure_ascii=False, indent=1) + "\n"


def write_bibtex(pairs: Iterable[Pair]) -> str:
    r"""Write BibTeX.

    >>> work = Candidate(id="10.1/a", doi="10.1/a", title="Salt & pepper")
    >>> from alsu_kg.model.candidate import ScoredCandidate
    >>> best = ScoredCandidate(candidate=work, score=0.99, evidence={})
    >>> link = ReferenceLink(id="r", decision="linked", reason="", method="m", best=best)
    >>> "title = {Salt \\& pepper}" in write_bibtex([(Reference(id="r"), link)])
    True
    """
    return "\n".join(_bibtex_entry(reference, link) for reference, link in pairs)


def write_ris(pairs: Iterable[Pair]) -> str:
    """Write RIS."""
    return "\n".join(_ris_entry(reference, link) for reference, link in pairs)


def _fields(reference: Reference, work: Candidate | None) -> dict[str, str]:
    """Give what the reference says, and what the work's record adds to it."""
    said = {
        "title": reference.title, "container": reference.container, "year": reference.year, "volume": reference.volume,
        "issue": reference.issue, "page": reference.first_page, "doi": reference.doi, "pmid": reference.pmid,
    }  # fmt: skip
    if work is None:
        return said
    known = {
        "title": work.title, "container": work.container or work.short_container, "year": str(work.year or ""),
        "volume": work.volume, "issue": work.issue, "page": work.first_page, "doi": work.doi, "pmid": work.pmid,
    }  # fmt: skip
    return {name: value or known[name] for name, value in said.items()}


def _people(reference: Reference, work: Candidate | None) -> Sequence[tuple[str, str]]:
    return reference.authors or (work.authors if work else ())


def _note(link: ReferenceLink, reference: Reference) -> str:
    note = f"{link.decision}, score {link.score:.3f}: {link.reason}"
    return note if link.work else f"{note} [{reference.text[:500]}]"


def _csl_item(reference: Reference, link: ReferenceLink) -> dict[str, object]:
    fields = _fields(reference, link.work)
    names = {"container": "container-title", "doi": "DOI", "pmid": "PMID"}
    item: dict[str, object] = {"id": reference.id, "type": "article-journal" if link.work else "document"}
    item |= {names.get(name, name): value for name, value in fields.items() if value and name != "year"}
    if fields["year"].isdigit():
        item["issued"] = {"date-parts": [[int(fields["year"])]]}
    item["author"] = [{"family": family, "given": given} for family, given in _people(reference, link.work)]
    item["note"] = _note(link, reference)
    return item


def _bibtex_entry(reference: Reference, link: ReferenceLink) -> str:
    fields = _fields(reference, link.work)
    names = {"container": "journal", "issue": "number", "page": "pages"}
    people = " and ".join(f"{family}, {given}".rstrip(", ") for family, given in _people(reference, link.work))
    lines = [("author", people), *((names.get(name, name), value) for name, value in fields.items())]
    lines.append(("note", _note(link, reference)))
    key = re.sub(r"[^\w:.-]", "_", reference.id) or "reference"
    body = ",\n".join(f"  {name} = {{{_bibtex_text(value)}}}" for name, value in lines if value)
    kind = _BIBTEX_KINDS.get(reference.kind, "article" if link.work else "misc")
    return f"@{kind}{{{key},\n{body}\n}}\n"


def _bibtex_text(value: str) -> str:
    return _BIBTEX_SPECIAL.sub(r"\\\1", " ".join(value.split()))


def _ris_entry(reference: Reference, link: ReferenceLink) -> str:
    fields = _fields(reference, link.work)
    tags = (("title", "TI"), ("container", "JO"), ("year", "PY"), ("volume", "VL"), ("issue", "IS"), ("page", "SP"), ("doi", "DO"),
            ("pmid", "AN"))  # fmt: skip
    lines = [f"TY  - {'JOUR' if link.work else 'GEN'}", f"ID  - {reference.id}"]
    lines += [f"AU  - {f'{family}, {given}'.rstrip(', ')}" for family, given in _people(reference, link.work)]
    lines += [f"{tag}  - {' '.join(fields[name].split())}" for name, tag in tags if fields[name]]
    return "\n".join([*lines, f"N1  - {' '.join(_note(link, reference).split())}", "ER  - \n"])
