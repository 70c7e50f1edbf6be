"""The index of works, open: finds the records that a reference may mean, and those that have an identifier.

``index_writer`` writes it, ``index_build`` fills it from dumps, ``index_files`` says what lies on the disk.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import platformdirs

from alsu_kg.index_files import MANIFEST, Manifest, damaged, open_segments, read_manifest, record_keys, unpack
from alsu_kg.linking.candidate_selection import (
    CANDIDATES,
    LEAST_TERMS,
    POSTINGS_BUDGET,
    WORTH_READING,
    reference_terms,
    term_weight,
)
from alsu_kg.linking.postings import (
    MOST_RECORDS,
    RECORD_BITS,
    choose_rarest,
    find_terms,
    gather,
    length_factor,
    rank_records,
    rarity,
    records_of,
    sum_weights,
    to_hashes,
)
from alsu_kg.linking.printed_identifiers import find_dois, find_pmids, without_identifiers
from alsu_kg.linking.term_hashes import Places, digest_keys, hash_terms
from alsu_kg.model.candidate import Candidate
from alsu_kg.model.errors import StoreError
from alsu_kg.model.reference import Reference

_REMEMBERED: Final = 20_000
_LOOKED_UP_AT_ONCE: Final = 25
_OPENINGS: Final = 10
MOST_MAPPED: Final = 1 << 30
"""Bytes of its files that a reader keeps in its memory, about; they stay in the system's cache, which gives way to others."""

_MAPPED_AT_ONCE: Final = 1 << 16
"""Bytes that the system maps for one byte read, as a rule."""


class WorkIndex:
    """An open index: finds the candidates of references. Safe for several processes; shows what was committed when opened."""

    def __init__(self, directory: Path, manifest: Manifest | None = None) -> None:
        """Open what is committed, or, with the ``manifest`` that another process opened, the same again.

        Raises ``StoreError`` if it cannot be used, or if that one was replaced meanwhile.
        """
        self.place = directory
        for attempt in range(_OPENINGS):
            self.manifest = manifest or read_manifest(directory)
            try:
                self._segments = open_segments(directory, self.manifest)
                break
            except FileNotFoundError as error:  # a writer put another manifest in place meanwhile
                replaced = read_manifest(directory) != self.manifest
                if replaced and manifest:
                    raise StoreError(
                        "the index was rebuilt while it was opened", place=str(directory),
                        repair="run the same command again",
                    ) from None  # fmt: skip
                if not replaced or attempt == _OPENINGS - 1:
                    raise damaged(directory, f"{Path(error.filename).name} is missing") from None
            except OSError as error:
                raise damaged(directory, str(error)) from None
        live = max(1, sum(segment.facts.records for segment in self._segments))
        mean_length = max(1.0, sum(segment.facts.terms for segment in self._segments) / live)
        self._length_factors = length_factor(np.arange(256), mean_length)
        self._known: dict[int, Candidate] = {}
        self._small = sum(f.bytes for s in self.manifest.segments for f in s.files.values()) <= MOST_MAPPED
        self._touched = 0

    @property
    def records(self) -> int:
        """Count the records."""
        return self.manifest.records

    def candidates(self, reference: Reference, *, limit: int = CANDIDATES) -> list[Candidate]:
        """Find up to ``limit`` records that the reference may mean, and those whose identifier it prints."""
        return self.candidates_of_all([reference], limit=limit)[0]

    def candidates_of_all(self, references: Sequence[Reference], *, limit: int = CANDIDATES) -> list[list[Candidate]]:
        """Find the candidates of each reference; many at once are quicker than one by one."""
        found = []
        for start in range(0, len(references), _LOOKED_UP_AT_ONCE):
            some = references[start : start + _LOOKED_UP_AT_ONCE]
            searched = self._search_all([reference_terms(without_identifiers(r.text)) for r in some], limit)
            found += [self._with_printed(reference, works) for reference, works in zip(some, searched, strict=True)]
        return found

    def _with_printed(self, reference: Reference, found: list[Candidate]) -> list[Candidate]:
        dois = [*find_dois(reference.doi), *find_dois(reference.text)]
        pmids = [*filter(None, [reference.pmid]), *find_pmids(reference.text)]
        if not dois and not pmids:
            return found
        printed = self.look_up([*(f"doi:{doi}" for doi in dois), *(f"pmid:{pmid}" for pmid in pmids)])
        known = {candidate.id for candidate in found}
        return found + [candidate for candidate in printed if candidate.id not in known]

    def look_up(self, keys: Iterable[str]) -> list[Candidate]:
        """Get the records with these keys (an id, ``doi:…`` or ``pmid:…``)."""
        found = []
        for key in dict.fromkeys(f"={key}" for key in keys):
            records = map(self._read, self._keyed(key))
            found += [record for record in records if key in record_keys(record)][:1]
        return found

    def _keyed(self, key: str) -> Iterator[int]:
        """Give the records whose key has the same hash."""
        for row, segment in enumerate(self._segments):
            [start], [end] = find_terms(segment.keys, to_hashes(digest_keys([key])))
            records = records_of(segment.keys[start:end])
            yield from (records[segment.is_live(records)] | (row << RECORD_BITS)).tolist()

    def _search_all(self, terms: Sequence[Sequence[str]], limit: int) -> list[list[Candidate]]:
        if not self._segments:
            return [[] for _ in terms]
        starts, ends = self._find([term for some in terms for term in some])
        bounds = np.cumsum([0, *map(len, terms)]).tolist()
        return [
            self._search(some, starts[:, first:last], ends[:, first:last], limit)
            for some, (first, last) in zip(terms, pairwise(bounds), strict=True)
        ]

    def _search(self, terms: Sequence[str], starts: Places, ends: Places, limit: int) -> list[Candidate]:
        counts = (ends - starts).sum(axis=0)
        chosen = choose_rarest(counts, budget=POSTINGS_BUDGET, least=LEAST_TERMS)
        importance = np.array([term_weight(terms[place]) for place in chosen.tolist()], dtype=np.float64)
        rarities = rarity(counts[chosen], self.records) * importance
        found = list(self._gather(starts, ends, chosen))
        if not found:
            return []
        postings = np.concatenate([number for number, _ in found])
        numbers, sums = sum_weights(postings, np.concatenate([term for _, term in found]), rarities)
        sums *= self._length_factors[self._lengths(numbers)]
        ranked = rank_records(numbers, sums, limit=limit, share=WORTH_READING)
        return [self._read(number) for number in ranked.tolist()]

    def _find(self, terms: Sequence[str]) -> tuple[Places, Places]:
        """Find where the postings of the terms begin and end, a row for each segment."""
        hashes = hash_terms(terms)
        found = [segment.find_terms(hashes) for segment in self._segments]
        self._note_touched(2 * len(found) * len(terms))
        return _rows([starts for starts, _ in found]), _rows([ends for _, ends in found])

    def _gather(self, starts: Places, ends: Places, chosen: Places) -> Iterator[tuple[Places, Places]]:
        """Give the records of the chosen terms, segment by segment, each with the place of its term among the chosen."""
        for row, segment in enumerate(self._segments):
            records, terms = gather(segment.terms.records, starts[row, chosen], ends[row, chosen])
            if len(records):
                self._note_touched(len(chosen))
                live = segment.is_live(records)
                if not live.all():
                    records, terms = records[live], terms[live]
                yield records | (row << RECORD_BITS), terms

    def _lengths(self, numbers: Places) -> npt.NDArray[np.uint8]:
        """Give the lengths of records whose numbers are sorted."""
        bounds = np.searchsorted(numbers, [row << RECORD_BITS for row in range(len(self._segments) + 1)]).tolist()
        parts = [
            segment.lengths[numbers[start:end] & (MOST_RECORDS - 1)]
            for segment, (start, end) in zip(self._segments, pairwise(bounds), strict=True)
        ]
        return np.concatenate(parts)

    def _note_touched(self, places: int) -> None:
        """Let pages go after so many places were read that they may be too many."""
        self._touched += places * _MAPPED_AT_ONCE
        if self._touched > MOST_MAPPED and not self._small:
            self._touched = 0
            for segment in self._segments:
                segment.forget()

    def _read(self, number: int) -> Candidate:
        known = self._known.get(number)
        if known is None:
            self._note_touched(2)
            segment = self._segments[number >> RECORD_BITS]
            known = unpack(segment.packed(number & (MOST_RECORDS - 1)), self.place)
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[number] = known
        return known


def _rows(rows: Sequence[Places]) -> Places:
    return np.concatenate(rows).reshape(len(rows), -1)


def index_path(given: str | None) -> Path | None:
    """Give the directory of the index: as given, as ``ALSU_KG_INDEX`` says, or the default one if it is there."""
    if given or os.environ.get("ALSU_KG_INDEX"):
        return Path(given or os.environ["ALSU_KG_INDEX"])
    default = Path(platformdirs.user_cache_dir("alsu-kg")) / "works"
    return default if (default / MANIFEST).exists() else None
