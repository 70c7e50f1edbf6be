"""The index of works on disk: build it, add to it, open it, find candidates in it.

A directory with a tantivy index (memory-mapped, commits are atomic, many readers, one writer) and a manifest. Fields:
``t`` the search terms of a record, ``k`` its keys (id, DOI, PMID) and ``r`` the record itself, packed.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec
import tantivy

from alsu_kg.linking.candidate_selection import (
    CANDIDATES,
    WORTH_READING,
    choose_terms,
    record_terms,
    reference_terms,
    term_weight,
)
from alsu_kg.linking.printed_identifiers import find_dois, find_pmids, without_identifiers
from alsu_kg.model.candidate import Candidate
from alsu_kg.model.errors import StoreError
from alsu_kg.model.reference import Reference

INDEX_VERSION: Final = 1
"""Raised when terms, folding or packing change; an index of another version is refused."""

WRITER_MEMORY: Final = 400_000_000
"""Bytes that the writer may hold before it writes a segment."""

MANIFEST: Final = "alsu-kg-index.json"
_REMEMBERED_FREQUENCIES: Final = 500_000


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What an index is: version, records, when, and how many records of each source were taken (to resume)."""

    version: int
    records: int
    updated: str
    sources: dict[str, int] = {}
    skipped: dict[str, int] = {}


class PreparedRecord(msgspec.Struct, frozen=True, array_like=True):
    """A record ready to be indexed: computed in any process, added by one."""

    terms: str
    keys: list[str]
    packed: bytes


def prepare(candidate: Candidate) -> PreparedRecord:
    """Prepare a record for the index."""
    return PreparedRecord(" ".join(record_terms(candidate)), record_keys(candidate), msgspec.msgpack.encode(candidate))


def record_keys(candidate: Candidate) -> list[str]:
    """Give the keys under which a record is replaced and looked up.

    >>> record_keys(Candidate(id="pmid:7", doi="10.1000/A", pmid="7"))
    ['pmid:7', 'doi:10.1000/a']
    """
    keys = [candidate.id]
    if candidate.doi:
        keys.append(f"doi:{candidate.doi.lower()}")
    if candidate.pmid:
        keys.append(f"pmid:{candidate.pmid}")
    return list(dict.fromkeys(keys))


class IndexWriter:
    """Adds records to an index, replacing those with the same id, DOI or PMID; ``commit`` makes them durable."""

    def __init__(self, directory: Path, *, threads: int = 2) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        manifest = directory / MANIFEST
        if any(directory.iterdir()) and not manifest.exists() and not (directory / "meta.json").exists():
            raise StoreError("is not an index and not empty", place=str(directory), repair="give a new directory")
        self.manifest = (
            read_manifest(directory) if manifest.exists() else Manifest(version=INDEX_VERSION, records=0, updated="")
        )
        self._directory = directory
        try:
            self._index = tantivy.Index(_schema(), path=str(directory))
            self._writer = self._index.writer(WRITER_MEMORY, threads)
        except ValueError as error:
            raise StoreError(
                f"cannot be written: {error}", place=str(directory),
                repair="wait until the other build ends, or build in a new directory",
            ) from None  # fmt: skip

    def add(self, record: PreparedRecord, *, fresh: bool = False) -> None:
        """Add a record; an older one with one of its keys is replaced (``fresh``: the caller knows there is none)."""
        document = tantivy.Document()
        document.add_text("t", record.terms)
        for key in record.keys:
            if not fresh:
                self._writer.delete_documents_by_term("k", key)
            document.add_text("k", key)
        document.add_bytes("r", record.packed)
        self._writer.add_document(document)

    def commit(self, now: datetime, sources: dict[str, int], skipped: dict[str, int]) -> Manifest:
        """Make everything added so far durable, and note how far each source was read."""
        self._writer.commit()
        self._index.reload()
        self.manifest = Manifest(
            version=INDEX_VERSION, records=self._index.searcher().num_docs, updated=now.isoformat(timespec="seconds"),
            sources={**self.manifest.sources, **sources}, skipped={**self.manifest.skipped, **skipped},
        )  # fmt: skip
        waiting = self._directory / (MANIFEST + ".new")
        waiting.write_bytes(msgspec.json.format(msgspec.json.encode(self.manifest)))
        waiting.replace(self._directory / MANIFEST)
        return self.manifest

    def close(self) -> None:
        """Wait for merges and release the lock."""
        self._writer.wait_merging_threads()


class WorkIndex:
    """An open index: finds the candidates of references. Safe for several processes; reads what was committed."""

    def __init__(self, directory: Path) -> None:
        self.manifest = read_manifest(directory)
        try:
            self._index = tantivy.Index.open(str(directory))
            self._searcher = self._index.searcher()
        except (ValueError, OSError) as error:
            raise _damaged(directory, str(error)) from None
        self._schema = self._index.schema
        self._decoder = msgspec.msgpack.Decoder(Candidate)
        self._frequencies: dict[str, int] = {}
        self._place = directory

    @property
    def records(self) -> int:
        """Count the records."""
        return int(self._searcher.num_docs)

    def candidates(self, reference: Reference, *, limit: int = CANDIDATES) -> list[Candidate]:
        """Find up to ``limit`` records that the reference may mean, and those whose identifier it prints."""
        terms = choose_terms(reference_terms(without_identifiers(reference.text)), self._frequency)
        found = self._search([(term, term_weight(term)) for term in terms], limit) if terms else []
        dois = [*find_dois(reference.doi), *find_dois(reference.text)]
        pmids = [*filter(None, [reference.pmid]), *find_pmids(reference.text)]
        printed = self.look_up([*(f"doi:{doi}" for doi in dois), *(f"pmid:{pmid}" for pmid in pmids)])
        known = {candidate.id for candidate in found}
        return found + [candidate for candidate in printed if candidate.id not in known]

    def look_up(self, keys: Iterable[str]) -> list[Candidate]:
        """Get the records with these keys (an id, ``doi:…`` or ``pmid:…``)."""
        found = []
        for key in dict.fromkeys(keys):
            query = tantivy.Query.term_query(self._schema, "k", key, "basic")
            found += [self._read(address) for _, address in self._searcher.search(query, 1, count=False).hits]
        return found

    def _search(self, terms: Sequence[tuple[str, float]], limit: int) -> list[Candidate]:
        should = tantivy.Occur.Should
        parts = []
        for term, weight in terms:
            query = tantivy.Query.term_query(self._schema, "t", term, "basic")
            parts.append((should, query if weight == 1.0 else tantivy.Query.boost_query(query, weight)))
        hits = self._searcher.search(tantivy.Query.boolean_query(parts), limit, count=False).hits
        least = WORTH_READING * float(hits[0][0]) if hits else 0.0
        return [self._read(address) for score, address in hits if float(score) >= least]

    def _read(self, address: tantivy.DocAddress) -> Candidate:
        try:
            packed = self._searcher.doc(address).get_first("r")
            return self._decoder.decode(packed if isinstance(packed, bytes) else bytes(packed or b""))
        except (ValueError, OSError) as error:
            raise _damaged(self._place, str(error)) from None

    def _frequency(self, term: str) -> int:
        known = self._frequencies.get(term)
        if known is None:
            if len(self._frequencies) > _REMEMBERED_FREQUENCIES:
                self._frequencies.clear()
            known = self._frequencies[term] = int(self._searcher.doc_freq("t", term))
        return known


def read_manifest(directory: Path) -> Manifest:
    """Read what an index is; ``StoreError`` if it is none, is unfinished, or is of another version."""
    path = directory / MANIFEST
    if not path.exists():
        unfinished = (directory / "meta.json").exists()
        what = "is an index whose first build has not committed yet" if unfinished else "is not an index of works"
        raise StoreError(what, place=str(directory), repair="run: alsu-kg index build DUMP -o DIR")
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError, json.JSONDecodeError) as error:
        raise _damaged(directory, str(error)) from None
    if manifest.version != INDEX_VERSION:
        what = f"is an index of version {manifest.version}; this program reads version {INDEX_VERSION}"
        raise StoreError(what, place=str(directory), repair="build it again in a new directory")
    return manifest


def _damaged(directory: Path, what: str) -> StoreError:
    return StoreError(f"the index is damaged: {what}", place=str(directory), repair="build it again in a new directory")


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("t", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("k", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("r", stored=True)
    return builder.build()
