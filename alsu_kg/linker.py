"""Linking for real: the index on disk, the trained validator, persons' decisions and several processes put together."""

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from importlib.resources import files
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import msgspec

from alsu_kg.index_files import Manifest
from alsu_kg.linking.candidate_validation import Validate, read_validator
from alsu_kg.linking.matching import METHOD, match_all
from alsu_kg.linking.several_references import judge_several
from alsu_kg.model.candidate import Candidate
from alsu_kg.model.errors import AssetError
from alsu_kg.model.link import ReferenceLink
from alsu_kg.model.reference import Reference
from alsu_kg.work_index import WorkIndex

FindCandidates = Callable[[Reference], Sequence[Candidate] | None]
"""Finds the candidates of a reference; ``None`` says that it could not look."""

FindAll = Callable[[Sequence[Reference]], Sequence[Sequence[Candidate] | None]]
"""Finds the candidates of many references."""

CHUNK: Final = 100
"""References that are linked at once: the validator is called once for them."""

_pack: Final = msgspec.msgpack.encode
"""MessagePack between processes: a tenth of the time that pickle takes."""

_REFERENCES: Final = msgspec.msgpack.Decoder(list[Reference])
_LINKS: Final = msgspec.msgpack.Decoder(list[ReferenceLink])

_COLLECT_AFTER: Final = 500_000
"""Objects made before a worker looks for cycles: linking makes none, and looking took a quarter of the time."""


@cache
def load_validator() -> Validate:
    """Load the trained validator that comes with the package."""
    try:
        return read_validator(files("alsu_kg.linking").joinpath("validator.txt").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise AssetError(
            f"the trained validator cannot be read: {error}", place="alsu_kg/linking/validator.txt",
            repair="install again, or run python -m alsu_kg.train_linker",
        ) from None  # fmt: skip


def link_references(
    references: Iterable[Reference], find: FindCandidates, find_all: FindAll | None = None
) -> Iterator[ReferenceLink]:
    """Link references with any source of candidates, in order; where it could not look, the link says so.

    ``find_all`` gives the same as ``find`` for many references at once, if the source can.

    >>> next(link_references([Reference(id="1", unstructured="Liu T")], lambda reference: None)).decision
    'could-not-check'
    """
    validate = load_validator()
    waiting = iter(references)
    while chunk := list(islice(waiting, CHUNK)):
        found = list(zip(chunk, find_all(chunk) if find_all else map(find, chunk), strict=True))
        links = iter(match_all([(r, c) for r, c in found if c is not None], validate))

        def link_parts(parts: Sequence[Reference]) -> list[ReferenceLink]:
            return match_all([(part, find(part) or ()) for part in parts], validate)

        for reference, candidates in found:
            if candidates is None:
                yield _could_not_check(reference)
            else:
                yield judge_several(reference, next(links), link_parts)


def link_in_processes(
    references: Iterable[Reference], index: Path | WorkIndex, *, processes: int = 0
) -> Iterator[ReferenceLink]:
    """Link references against an index with several processes, in order; ``processes`` 0 is one for each core.

    All of them read what this one opened, also when the index is rebuilt meanwhile; where that is gone before a process could open
    it, ``StoreError`` says so.
    """
    count = processes or os.cpu_count() or 1
    opened = index if isinstance(index, WorkIndex) else WorkIndex(index)
    waiting = iter(references)
    chunks = iter(lambda: list(islice(waiting, CHUNK)), [])
    first = next(chunks, [])
    if count == 1 or len(first) < CHUNK:
        for chunk in chain([first], chunks):
            yield from link_references(chunk, opened.candidates, opened.candidates_of_all)
        return
    with ProcessPoolExecutor(
        count, mp_context=get_context("spawn"), initializer=_start_worker, initargs=(opened.place, opened.manifest)
    ) as pool:
        pending: deque[Future[bytes]] = deque([pool.submit(_link_chunk, _pack(first))])
        for chunk in chunks:
            pending.append(pool.submit(_link_chunk, _pack(chunk)))
            if len(pending) > 4 * count:
                yield from _LINKS.decode(pending.popleft().result())
        while pending:
            yield from _LINKS.decode(pending.popleft().result())


def _could_not_check(reference: Reference) -> ReferenceLink:
    reason = "could not look: no index was given and the network was not asked or did not answer"
    return ReferenceLink(id=reference.id, decision="could-not-check", reason=reason, method=METHOD)


_OPENED: Final[dict[str, Callable[[], WorkIndex]]] = {}
"""What opens the index in a worker, once: an error then belongs to the first references, and is told as such."""


def _start_worker(place: Path, manifest: Manifest) -> None:
    _OPENED["index"] = cache(lambda: WorkIndex(place, manifest))
    load_validator()
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER)


def _link_chunk(chunk: bytes) -> bytes:
    index = _OPENED["index"]()
    return _pack(list(link_references(_REFERENCES.decode(chunk), index.candidates, index.candidates_of_all)))
