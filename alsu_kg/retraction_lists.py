"""Lists of retractions on disk: the packaged PMIDs and the user's Retraction Watch CSV."""

import gzip
import hashlib
import io
from datetime import UTC, datetime
from pathlib import Path

from alsu_kg.assets import find_asset
from alsu_kg.indexes.retraction_watch import (
    RetractedPmids,
    RetractionTable,
    read_retracted_pmids,
    read_retraction_table,
)
from alsu_kg.model.errors import AssetError, WorkError


def load_retracted_pmids() -> RetractedPmids:
    """Read the packaged list. Raises ``AssetError`` if it is missing or damaged.

    >>> len(load_retracted_pmids().pmids)
    19163
    """
    path = find_asset("data/retractions/retracted-pmids.txt.gz")
    try:
        return read_retracted_pmids(gzip.decompress(path.read_bytes()).decode("ascii"))
    except (OSError, EOFError, gzip.BadGzipFile, UnicodeDecodeError) as error:
        raise AssetError(f"cannot be read: {error}", place=str(path), repair="install alsu-kg again") from None


def load_retraction_table(path: Path) -> RetractionTable:
    """Read a Retraction Watch CSV with its checksum; its date is the file's. Raises ``WorkError`` if it cannot be read."""
    try:
        data = path.read_bytes()
        changed = path.stat().st_mtime
    except OSError as error:
        raise WorkError(
            f"cannot be read: {error}", place=str(path), repair="name the CSV with retraction_watch = …"
        ) from None
    text = data.decode("utf-8-sig", "replace")
    as_of = datetime.fromtimestamp(changed, UTC).date().isoformat()
    return read_retraction_table(
        io.StringIO(text, newline=""), sha256=hashlib.sha256(data).hexdigest(), as_of=as_of, name=str(path)
    )
