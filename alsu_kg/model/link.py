"""What the linker decided about one reference, and why (``cito:Citation`` with a SEMAPV justification in the graph)."""

from typing import Literal

import msgspec

from alsu_kg.model.candidate import Candidate, ScoredCandidate

Decision = Literal["linked", "ambiguous", "unlinked", "could-not-check"]


class ReferenceLink(msgspec.Struct, frozen=True, kw_only=True):
    """The decision for one reference.

    ``work`` is set only when linked. ``score`` is the probability that the best candidate is the work meant; ``others``
    are the next best candidates, best first (with ``ambiguous`` the best three are among ``best`` and ``others``).
    """

    id: str
    decision: Decision
    reason: str
    method: str
    best: ScoredCandidate | None = None
    others: tuple[ScoredCandidate, ...] = ()

    @property
    def work(self) -> Candidate | None:
        """Give the work, if the reference is linked."""
        return self.best.candidate if self.best and self.decision == "linked" else None

    @property
    def score(self) -> float:
        """Give the probability of the best candidate; 0 if there is none."""
        return self.best.score if self.best else 0.0
