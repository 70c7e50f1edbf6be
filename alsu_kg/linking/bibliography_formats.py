"""References with the identifiers of their works filled in, as BibTeX, RIS and CSL-JSON."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Final

from alsu_kg.model.candidate import Candidate
from alsu_kg.model.link import ReferenceLink
from alsu_kg.model.reference import Reference

Pair = tuple[Reference, ReferenceLink]
_BIBTEX_SPECIAL: Final = re.compile(r"([&%$#_{}])")


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
    if work is None:
        return {
            "title": reference.title, "container": reference.container, "year": reference.year, "volume": reference.volume,
            "issue": reference.issue, "page": reference.first_page, "doi": reference.doi, "pmid": reference.pmid,
        }  # fmt: skip
    return {
        "title": work.title, "container": work.container or work.short_container, "year": str(work.year or ""),
        "volume": work.volume, "issue": work.issue, "page": work.first_page, "doi": work.doi, "pmid": work.pmid,
    }  # fmt: skip


def _people(reference: Reference, work: Candidate | None) -> Sequence[tuple[str, str]]:
    return work.authors if work and work.authors else reference.authors


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
    return f"@{'article' if link.work else 'misc'}{{{key},\n{body}\n}}\n"


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
