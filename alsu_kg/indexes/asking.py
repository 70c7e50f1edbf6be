"""What is known so far of one identifier while sources are asked, and how questions go out in batches.

The steps (``identifier_steps``, ``doi_steps``) take an ``ask`` function, requests to responses in the same order, so that
they run the same with a network, a replay server or a dictionary of recorded replies.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias, TypeVar

from alsu_kg.model.exchange import Evidence, Outcome, Reading, Request, Response
from alsu_kg.model.identifier import Identifier
from alsu_kg.model.retraction import StatusCheck
from alsu_kg.model.work import Trial, Work

Ask: TypeAlias = Callable[[Sequence[Request]], Iterable[Response]]
Item = TypeVar("Item")

LONGEST_SHOWN: Final = 160
_TOO_MUCH: Final = frozenset({400, 413, 414})


@dataclass(slots=True)
class Case:
    """The identifier asked about, the identifiers learnt, what each source said, and every check made."""

    identifier: Identifier
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    agency: str | None = None
    parts: list[tuple[str, Work]] = field(default_factory=list)
    trial: Trial | None = None
    evidence: list[Evidence] = field(default_factory=list)
    checks: list[StatusCheck] = field(default_factory=list)
    missing: str | None = None
    pmid_unsure: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has described the work yet, and nobody has said that it does not exist."""
        return self.missing is None and not any(work.title for _, work in self.parts)

    def note(self, source: str, reading: Reading[Item], response: Response) -> None:
        """Keep that ``source`` was asked and what came of it."""
        self.evidence.append(
            Evidence(
                source=source,
                outcome=reading.outcome,
                at=response.fetched_at,
                url=_shown(response.url),
                status=response.status,
                reason=reading.reason,
            )
        )

    def add(self, source: str, work: Work, response: Response) -> None:
        """Keep what ``source`` says of the work, and the identifiers in it."""
        self.parts.append((source, work))
        self.evidence.append(
            Evidence(
                source=source, outcome="found", at=response.fetched_at, url=_shown(response.url), status=response.status
            )
        )
        self.doi, self.pmid, self.pmcid = self.doi or work.doi, self.pmid or work.pmid, self.pmcid or work.pmcid

    def check(self, source: str, response: Response, work: Work | None, reason: str = "") -> None:
        """Keep that ``source`` was asked for notices: a work says found or not-found, none means could-not-check."""
        outcome: Outcome = "could-not-check" if work is None else "found" if work.notices else "not-found"
        self.checks.append(StatusCheck(source=source, outcome=outcome, at=response.fetched_at, reason=reason))

    def was_asked(self, source: str) -> bool:
        """Tell whether ``source`` has been asked about this identifier."""
        return any(item.source == source for item in self.evidence)


def _shown(url: str) -> str:
    """Cut the address of a list request, which names up to 200 identifiers, to a readable length."""
    return url if len(url) <= LONGEST_SHOWN else f"{url[:LONGEST_SHOWN]}…"


def ask_batches(
    ask: Ask,
    batches: Sequence[Sequence[Item]],
    build: Callable[[Sequence[Item]], Request],
) -> list[tuple[Sequence[Item], Response]]:
    """Ask for every batch; one that the service refuses as a whole is halved until only the bad identifier is refused.

    >>> def ask(requests): return [Response(url=r.url, status=400 if "x" in r.url else 200) for r in requests]
    >>> def build(ids): return Request(service="idconv", url=",".join(ids))
    >>> [(list(batch), response.status) for batch, response in ask_batches(ask, [["a", "b", "x", "c"]], build)]
    [(['a', 'b'], 200), (['x'], 400), (['c'], 200)]
    """
    answers: list[tuple[Sequence[Item], Response]] = []
    pending = list(batches)
    while pending:
        refused: list[Sequence[Item]] = []
        for batch, response in zip(pending, ask([build(batch) for batch in pending]), strict=True):
            if response.status in _TOO_MUCH and len(batch) > 1:
                half = len(batch) // 2
                refused += [batch[:half], batch[half:]]
            else:
                answers.append((batch, response))
        pending = refused
    return answers


def split(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    """Cut ``items`` into pieces of at most ``size``.

    >>> split([1, 2, 3], 2)
    [[1, 2], [3]]
    """
    return [items[start : start + size] for start in range(0, len(items), size)]


def by_value(cases: Iterable[Case], value_of: Callable[[Case], str | None]) -> dict[str, list[Case]]:
    """Group cases by a value that several of them may share.

    >>> list(by_value([Case(Identifier("pmid", "7"), pmid="7")], lambda case: case.pmid))
    ['7']
    """
    groups: dict[str, list[Case]] = {}
    for case in cases:
        value = value_of(case)
        if value:
            groups.setdefault(value, []).append(case)
    return groups
