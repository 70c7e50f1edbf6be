"""A bibliographic record that a reference may mean: what an index knows of a work."""

from typing import Annotated

import msgspec


class Candidate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=False, omit_defaults=True):
    """One record of a bibliographic index (``fabio:Expression``); unknown fields of a dump are left out.

    ``authors`` are pairs of family name and given name. Empty text or ``None`` means the index does not say.
    """

    id: str
    title: str = ""
    authors: tuple[tuple[str, str], ...] = ()
    year: int | None = None
    container: str = ""
    short_container: str = ""
    volume: str = ""
    issue: str = ""
    first_page: str = ""
    doi: str = ""
    pmid: str = ""
    kind: str = ""


class ScoredCandidate(msgspec.Struct, frozen=True, kw_only=True):
    """A candidate with the validator's probability that the reference means it, and the features behind it."""

    candidate: Candidate
    score: Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]
    evidence: dict[str, float]
