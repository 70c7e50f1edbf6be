"""A link as it is kept: what was decided on one reference, by which method or person, when, and on what evidence."""

import msgspec

from alsu_kg.model.candidate import Candidate
from alsu_kg.model.link import Decision


class StoredLink(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The decision on the reference with ``key`` (``RECORD/NUMBER``).

    ``by`` is the person who decided, empty for the machine, whose ``method`` names its version. ``at`` is the time (ISO 8601),
    empty if the file does not say. ``score`` is the probability of ``work``, or of the best candidate where it is not linked.
    """

    key: str
    decision: Decision
    reason: str = ""
    method: str = ""
    by: str = ""
    at: str = ""
    score: float | None = None
    evidence: dict[str, float] = {}
    work: Candidate | None = None
    runner_up: Candidate | None = None
    runner_up_score: float | None = None
