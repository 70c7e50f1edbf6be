"""Records prepared for an index of works, many at once: what ``index_build`` has done in several processes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
import numpy as np

from alsu_kg.index_segments import Records, join_records
from alsu_kg.linking.postings import make_rough_postings
from alsu_kg.linking.record_terms import hash_record_terms
from alsu_kg.linking.term_hashes import Numbers, Places, digest_keys
from alsu_kg.model.candidate import Candidate

_LONGEST: Final = 255


@dataclass(frozen=True, slots=True)
class PreparedBatch:
    """Records ready to be indexed: computed in any process, added by one."""

    packed: Records
    postings: Numbers
    key_postings: Numbers
    lengths: bytes
    keys: Numbers
    key_records: Places

    @property
    def records(self) -> int:
        """Count the records."""
        return len(self.lengths)


def prepare(candidates: Sequence[Candidate]) -> PreparedBatch:
    """Prepare records for the index: packed, with the postings of their terms and keys numbered within the batch."""
    hashes, owners = hash_record_terms(candidates)
    keys, key_records = hash_keys(candidates)
    return PreparedBatch(
        packed=join_records(list(map(msgspec.msgpack.Encoder().encode, candidates))),
        postings=make_rough_postings(hashes, owners),
        key_postings=make_rough_postings(keys, key_records),
        lengths=np.minimum(np.bincount(owners, minlength=len(candidates)), _LONGEST).astype(np.uint8).tobytes(),
        keys=keys,
        key_records=key_records,
    )


def hash_keys(candidates: Sequence[Candidate]) -> tuple[Numbers, Places]:
    """Give the hashes of the keys of many records (``index_files.record_keys``), and for each the place of its record.

    >>> digests, owners = hash_keys([Candidate(id="pmid:7", doi="10.1000/A", pmid="7"), Candidate(id="8")])
    >>> expected = digest_keys(["=pmid:7", "=8", "=doi:10.1000/a", "=pmid:7"])
    >>> digests.tolist() == expected.tolist(), owners.tolist()
    (True, [0, 1, 0, 0])
    """
    ids = [f"={candidate.id}" for candidate in candidates]
    dois = [f"=doi:{candidate.doi.lower()}" for candidate in candidates if candidate.doi]
    pmids = [f"=pmid:{candidate.pmid}" for candidate in candidates if candidate.pmid]
    with_doi = np.flatnonzero([bool(candidate.doi) for candidate in candidates])
    with_pmid = np.flatnonzero([bool(candidate.pmid) for candidate in candidates])
    return digest_keys([*ids, *dois, *pmids]), np.concatenate([np.arange(len(ids)), with_doi, with_pmid])
