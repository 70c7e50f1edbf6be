"""One review out of the whole graph: its named graphs and what the provenance graph says of them."""

import difflib
from collections.abc import Iterable, Sequence
from typing import Final

from alsu_kg.graph.iris import BASE, PROVENANCE_GRAPH
from alsu_kg.graph.terms import ALSU, PROV
from alsu_kg.model.errors import UsageError

_GRAPH: Final = f"<{BASE}id/graph/"
_REVIEW: Final = f"<{BASE}id/review/"
_SAYS_WHENCE: Final = (PROV.wasDerivedFrom, PROV.wasAttributedTo)


def select_review(lines: Iterable[str], key: str) -> list[str]:
    """Give the lines of the review ``key``: a review's number or key (``58``), or the key of a record (``azathioprine``).

    What is given: the quads of every named graph that belongs to the review (to the record), and of the provenance graph
    what describes those graphs, the sources they were derived from and who wrote them. Raises ``UsageError`` if no graph
    belongs to such a review.
    """
    every = list(lines)
    about = [line for line in every if line.endswith(f" {PROVENANCE_GRAPH} .\n")]
    graphs = _find_graphs(about, key)
    described = {*graphs, *(_object(line) for line in about if _belongs(line, graphs, _SAYS_WHENCE))}
    kept = {line for line in about if _subject(line) in described}
    return sorted(kept.union(line for line in every if line.rsplit(" ", 2)[1] in graphs))


def _find_graphs(about: Sequence[str], key: str) -> set[str]:
    graphs: dict[str, set[str]] = {}
    for line in about:
        subject, predicate, _ = line.split(" ", 2)
        if predicate == ALSU.inReview and subject.startswith(_GRAPH):
            record = subject.removeprefix(_GRAPH)[:-1].split("/")[0]
            for name in (record, _object(line).removeprefix(_REVIEW)[:-1]):
                graphs.setdefault(name, set()).add(subject)
    if key not in graphs:
        near = difflib.get_close_matches(key, graphs, n=3, cutoff=0.7)
        raise UsageError(
            f"no review {key!r} in this graph",
            place="--review",
            repair=f"did you mean {' or '.join(near)}?" if near else "give a review's number, such as 58, or its key",
        )
    return graphs[key]


def _subject(line: str) -> str:
    return line.split(" ", 1)[0]


def _object(line: str) -> str:
    return line.split(" ", 2)[2].rsplit(" ", 2)[0]


def _belongs(line: str, subjects: set[str], predicates: Sequence[str]) -> bool:
    subject, predicate, _ = line.split(" ", 2)
    return subject in subjects and predicate in predicates
