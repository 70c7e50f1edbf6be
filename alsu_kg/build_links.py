"""Links for a build: those of files, persons' decisions, and those that the linker makes of what is left."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alsu_kg.linking.record_references import references_of
from alsu_kg.linking.stored_links import read_stored_links, store_link
from alsu_kg.linking_sessions import Session, link_all
from alsu_kg.model.errors import UsageError
from alsu_kg.model.review import ReviewRecord
from alsu_kg.model.stored_link import StoredLink

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSources:
    """Where the links of a build come from: an index, files of links, and the clock that says when the linker ran."""

    index: Path | None = None
    files: tuple[Path, ...] = ()
    now: Callable[[], datetime]
    progress: Progress | None = None


def read_link_files(files: Iterable[Path]) -> dict[str, StoredLink]:
    """Read files of links by reference; a later file wins over an earlier one, a person over a machine.

    Raises ``UsageError`` for a file that cannot be used.
    """
    found: dict[str, StoredLink] = {}
    for file in files:
        try:
            links = read_stored_links(file.read_text(encoding="utf-8-sig"))
        except (OSError, ValueError) as error:
            raise UsageError(
                f"cannot be read: {error}",
                place=str(file),
                repair="give links as 'alsu-kg link' writes them: JSONL or SSSOM",
            ) from None
        for link in links:
            known = found.get(link.key)
            if known is None or link.by or not known.by:
                found[link.key] = link
    return found


def link_records(records: Sequence[ReviewRecord], sources: LinkSources) -> dict[str, StoredLink]:
    """Link the references of ``records``: files first, then with the index what they leave open."""
    links = read_link_files(sources.files)
    if sources.index is None:
        return links
    open_references = [r for record in records for r in references_of(record) if r.id not in links]
    at = sources.now().isoformat(timespec="seconds")
    for done, link in enumerate(link_all(open_references, Session(index=sources.index)), start=1):
        links[link.id] = store_link(link, at)
        if sources.progress:
            sources.progress("linking", done, len(open_references))
    return links
