"""An author's check of one draft, put together: the record alone, services, the linker, aboutness, paths, earlier reviews."""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from alsu_kg.aboutness_words import load_shared_words
from alsu_kg.analysis.author_check import (
    AuthorCheck,
    Finding,
    Gap,
    check_aboutness,
    check_identifiers,
    check_inside,
    check_packaged_retractions,
    check_paths,
    check_unlinked,
    find_earlier,
)
from alsu_kg.analysis.citations import collect_works, judge_citations, read_as_printed, summarise
from alsu_kg.analysis.paths import judge_paths
from alsu_kg.analysis_words import add_packaged_retractions, load_path_words
from alsu_kg.assets import find_asset
from alsu_kg.graph.dataset import treatment_entries
from alsu_kg.graph.same_works import find_same_works
from alsu_kg.grounding.lexicon import make_lexicon
from alsu_kg.indexes.record_identifiers import identifier_of
from alsu_kg.linking.record_references import references_of
from alsu_kg.linking_sessions import Session, link_all
from alsu_kg.model.errors import RecordError
from alsu_kg.model.link import ReferenceLink
from alsu_kg.model.review import ReviewRecord
from alsu_kg.ontology import read_entries
from alsu_kg.reading_pool import read_reviews
from alsu_kg.records import RECORD_SUFFIXES, find_record_files, read_record
from alsu_kg.resolved_works import Asking, ask_about_works

Step = Callable[[str], None]
"""Told what is done now."""


def read_draft(path: Path) -> ReviewRecord:
    """Read a record, or a document into a draft. Raises ``WorkError`` or ``RecordError`` if it cannot be read."""
    if path.suffix in RECORD_SUFFIXES:
        return read_record(path, is_draft=True)
    outcome = next(read_reviews([path]))
    if outcome.record is None:
        raise outcome.error or RecordError("could not be read", place=str(path), repair="try 'alsu-kg read'")
    return outcome.record


def check_draft(
    record: ReviewRecord, *, asking: Asking | None, index: Path | None, with_vocabularies: bool, step: Step
) -> AuthorCheck:
    """Check ``record``: with ``asking`` services are asked about the works it names, with ``index`` references are linked."""
    found: list[Finding | Gap] = list(check_inside(record))
    record = _with_whole_paths(record)
    looked_at = ["the draft itself", "the packaged list of retractions"]
    works, source = add_packaged_retractions(record, read_as_printed(record))
    if asking:
        step("asking services about the works")
        looked_at[1:] = ["services and the packaged list of retractions"]
        answers = ask_about_works([record], asking)
        works, source = collect_works(record, answers.by_work, find_same_works([record])), "services asked"
        asked = {r.number: identifier for r in record.references if (identifier := identifier_of(r))}
        by_identifier = {a.identifier: a for a in answers.by_work.values() if a.identifier}
        found += check_identifiers(record, asked, by_identifier)
    else:
        found += check_packaged_retractions(works, source)
    if index:
        step("linking references")
        looked_at.append(f"the index {index}")
    found += check_unlinked(record, _link(record, index) if index else {})
    step("comparing claims and works")
    checks = judge_citations(record, works, load_shared_words(with_vocabularies=with_vocabularies))
    found += check_aboutness(record, checks)
    lexicon = make_lexicon([*read_entries(), *treatment_entries([record])])
    found += check_paths(record, judge_paths(record, load_path_words(lexicon), summarise(works, checks, source)))
    looked_at.append("the records that come with alsu-kg")
    findings = tuple(dict.fromkeys(item for item in found if isinstance(item, Finding)))
    gaps = tuple(dict.fromkeys(item for item in found if isinstance(item, Gap)))
    return AuthorCheck(record.record, tuple(looked_at), findings, gaps, tuple(find_earlier(record, _packaged())))


def _with_whole_paths(record: ReviewRecord) -> ReviewRecord:
    """Leave out paths with hops that are no claims of the draft; they are told as contradictions."""
    count = len(record.claims)
    whole = tuple(path for path in record.paths if all(0 <= hop < count for hop in path.hops))
    return msgspec.structs.replace(record, paths=whole)


def _link(record: ReviewRecord, index: Path) -> dict[int, ReferenceLink]:
    links = link_all(references_of(record), Session(index=index))
    return {reference.number: link for reference, link in zip(record.references, links, strict=True)}


def _packaged() -> Sequence[ReviewRecord]:
    return [read_record(path) for path in find_record_files([find_asset("data/reviews")])]
