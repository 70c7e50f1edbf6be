"""What persons decided words to mean, read from SSSOM tables and from the decisions that ``curate`` keeps beside them."""

from collections.abc import Iterable
from pathlib import Path

from alsu_kg.decision_log import decisions_path, read_log
from alsu_kg.model.decision import Decision
from alsu_kg.model.errors import UsageError
from alsu_kg.model.sssom import CURATED, NO_TERM, TermMapping


def read_decided(path: Path) -> list[TermMapping]:
    """Read the decisions that stand in one table; there are none if it is not there.

    Raises ``WorkError`` if it cannot be read or is no SSSOM table.
    """
    return [_as_mapping(one) for one in read_log(path).standing.values()]


def read_tables(files: Iterable[Path]) -> list[TermMapping]:
    """Read the decisions in SSSOM tables and in the files that ``curate`` keeps beside them.

    Raises ``UsageError`` for a table that is not there, ``WorkError`` for one that cannot be read.
    """
    found: list[TermMapping] = []
    for file in files:
        if not file.exists() and not decisions_path(file).exists():
            raise UsageError("no such file", place=str(file), repair="give an SSSOM table (TSV) of decisions")
        found += [*read_decided(file), *read_decided(decisions_path(file))]
    return found


def _as_mapping(decision: Decision) -> TermMapping:
    proposal, chosen = decision.proposal, decision.chosen
    return TermMapping(
        subject_id=proposal.key,
        subject_label=proposal.label,
        predicate_id=proposal.predicate,
        object_id=chosen.id if chosen else NO_TERM,
        object_label=chosen.label if chosen else "",
        justification=CURATED,
        author=decision.by,
        date=decision.at[:10],
    )
