"""One part of a large list of references, linked wherever it lies: what a cluster runs on each of its machines.

The same functions as ``alsu-kg link`` runs, on the same index; so the same lines come out, byte for byte.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice, tee
from pathlib import Path

import msgspec

from alsu_kg.linker import CHUNK, link_references
from alsu_kg.linking.decisions import subject_of
from alsu_kg.linking.link_rows import link_row
from alsu_kg.model.link import ReferenceLink
from alsu_kg.model.reference import Reference
from alsu_kg.references import Form, parse_references
from alsu_kg.work_index import WorkIndex


def link_lines(numbered: Iterable[tuple[str, int]], index: Path, form: Form) -> Iterator[str]:
    """Link lines of a file, each with its number in the file from 0; give a line of JSON for each, in order.

    ``form`` is ``lines`` (one reference a line) or ``jsonl``. The index is opened once in a process. Raises ``StoreError`` for an
    index that cannot be used.
    """
    opened = _opened(index)
    asked, kept = tee(_references(numbered, form))
    links = link_references(asked, opened.candidates, opened.candidates_of_all)
    for reference, link in zip(kept, links, strict=True):
        yield json_line(reference, link)


def json_line(reference: Reference, link: ReferenceLink, file: str = "") -> str:
    """Give a link as one line of JSON, ``file`` first if it is given.

    A line without an id of its own carries the key that decisions about it go by.
    """
    row = link_row(link, subject_of(reference) if reference.id.isdecimal() else "")
    return msgspec.json.encode({"file": file, **row} if file else row).decode()


def _references(numbered: Iterable[tuple[str, int]], form: Form) -> Iterator[Reference]:
    waiting = iter(numbered)
    while some := list(islice(waiting, CHUNK)):
        data = "".join(line + "\n" for line, _ in some).encode("utf-8", "replace")
        yield from parse_references(data, "references", form, first=some[0][1] + 1).references


@cache
def _opened(index: Path) -> WorkIndex:
    return WorkIndex(index)
