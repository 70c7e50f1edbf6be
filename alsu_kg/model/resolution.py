"""The answer to one identifier: outcome, work, retraction status, and the evidence for each."""

from typing import Literal

import msgspec

from alsu_kg.model.exchange import Evidence, Outcome
from alsu_kg.model.identifier import Identifier
from alsu_kg.model.retraction import RetractionStatus
from alsu_kg.model.work import Trial, Work

CachedKind = Literal["metadata", "retraction"]
"""What the cache keeps apart, because each grows old at its own speed."""


class Resolution(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """What is known of the text ``query`` that a user asked about.

    ``outcome`` is about the metadata: *not-found* needs a source that said so, everything else that failed is
    *could-not-check*. ``stale`` names what came from the cache past its lifetime because no newer answer was to be had.

    >>> Resolution(query="10.1000/x", outcome="could-not-check", reason="no connection").retraction.verdict
    'could-not-check'
    """

    query: str
    identifier: Identifier | None = None
    outcome: Outcome
    reason: str = ""
    work: Work | None = None
    trial: Trial | None = None
    retraction: RetractionStatus = RetractionStatus()
    evidence: tuple[Evidence, ...] = ()
    from_cache: bool = False
    stale: tuple[CachedKind, ...] = ()
