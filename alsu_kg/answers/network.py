"""Answers as networks: the mechanism paths of a treatment, treatments that share mechanisms, and any table of edges.

Every edge carries the status that the review gives the claim; an edge of these networks is what somebody states.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

import networkx as nx

from alsu_kg.answers.answer import Answer, Value
from alsu_kg.model.review import CATEGORIES

Network: TypeAlias = "nx.Graph[str]"
DirectedNetwork: TypeAlias = "nx.MultiDiGraph[str]"
SharedNetwork: TypeAlias = "nx.MultiGraph[str]"

STATUSES: Final = ("asserted", "hypothesised", "speculated", "unclear", "negated", "no-evidence")
"""Epistemic statuses from the surest on, then the denied ones."""

_ON_MECHANISMS: Final = frozenset(
    ("affects", "regulates", "causes", "contributes_to", "involvedIn", "isIncreasedIn", "isRequiredFor")
)
_CLAIM_COLUMNS: Final = ("predicate", "status", "polarity", "context")
_COMPUTED_COLUMNS: Final = ("why_weak", "reasons", "not_known", "context_change", "effect_if_true")
_NODE_COLUMNS: Final = re.compile(
    "(treatment|review|mechanism|work|person|organisation|substance|case|claim|path|hop|statement|agent)s?"
)


def make_mechanism_network(
    paths: Answer, claims: Answer, treatment: str, *, things: Mapping[str, str] | None = None
) -> DirectedNetwork:
    """Make the network of how ``treatment`` is thought to act.

    ``paths`` answers ``treatment_mechanism-path`` and ``claims`` answers ``treatment_claims``. If there are paths, their hops
    are the edges; else the claims of the treatment on mechanisms are, each as a path of one hop, equal ones once with the
    references of all. Nodes are words; ``things`` says what words stand for, so that a hop that goes on from the same thing
    by another word goes on from the same node. Edges have ``path``, ``position`` (from 1), ``predicate``, ``status``, ``polarity``,
    ``context``, ``references`` (tuple of text) and what is computed of them (``why_weak``, ``reasons``, ``not_known``,
    ``context_change``, ``effect_if_true``; ``None`` where that is not said). The graph has ``treatment``, ``has_paths`` and
    ``left_out``, the statuses of the claims that are no edge.
    """
    has_paths = len(paths) > 0
    network: DirectedNetwork = nx.MultiDiGraph(treatment=treatment, has_paths=has_paths)
    network.add_node(treatment)
    hops = [_hop(row, row["path"], row["position"]) for row in paths.to_dicts()]
    if not hops:
        hops = list(_direct_claims(claims, treatment, things or {}))
    drawn = {_claim_key(hop) for hop in hops}
    _join(hops, things or {})
    for hop in hops:
        subject, target = str(hop.pop("subject")), str(hop.pop("object"))
        network.add_edge(subject if has_paths else treatment, target, **hop)
    left_out = [row["status"] for row in claims.to_dicts() if _claim_key(row) not in drawn]
    network.graph["left_out"] = tuple(str(status) for status in left_out)
    return network


def _hop(row: dict[str, Value], path: Value, position: Value) -> dict[str, Value]:
    names = ("subject", "object", *_CLAIM_COLUMNS)
    computed = {name: row.get(name) for name in _COMPUTED_COLUMNS}
    stated = {name: row[name] for name in names} | {"references": sort_numbers(row["references"])}
    return {"path": path, "position": position} | stated | computed


def _join(hops: Sequence[dict[str, Value]], things: Mapping[str, str]) -> None:
    for before, hop in pairwise(hops):
        thing = things.get(str(hop["subject"]))
        if thing and hop["path"] == before["path"] and thing == things.get(str(before["object"])):
            hop["subject"] = before["object"]


def _claim_key(row: dict[str, Value]) -> tuple[Value, ...]:
    return tuple(row[name] for name in ("subject", "object", *_CLAIM_COLUMNS))


def _direct_claims(claims: Answer, treatment: str, things: Mapping[str, str]) -> Iterable[dict[str, Value]]:
    equal: dict[tuple[Value, ...], dict[str, Value]] = {}
    own_words = {treatment} | {word for word, thing in things.items() if thing == things.get(treatment)}
    for row in claims.to_dicts():
        if row["subject"] in own_words and row["predicate"] in _ON_MECHANISMS:
            hop = equal.setdefault(_claim_key(row), _hop(row, row["claim"], 1))
            hop["references"] = sort_numbers((*_texts(hop["references"]), *_texts(row["references"])))
    return equal.values()


def _texts(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else () if value is None else (str(value),)


def sort_numbers(value: Value) -> tuple[str, ...]:
    """Sort the numbers of references as numbers, each once.

    >>> sort_numbers(("10", "8", "9", "8"))
    ('8', '9', '10')
    """
    return tuple(sorted(set(_texts(value)), key=lambda text: (not text.isdecimal(), len(text), text)))


def make_shared_mechanism_network(answer: Answer) -> SharedNetwork:
    """Make the network of treatments and the mechanisms they share from an answer to ``treatment_shared-mechanism``.

    Nodes have ``kind`` (``treatment`` or ``mechanism``), ``label`` and, for treatments, ``review``; an edge ties a treatment
    to a mechanism and has the ``status`` of that review's claim, one edge for each status. There is no edge between two
    treatments: what they share is as sure as the less sure of two edges.
    """
    network: SharedNetwork = nx.MultiGraph()
    for row in answer.to_dicts():
        mechanism = f"mechanism:{row['mechanism']}"
        network.add_node(mechanism, kind="mechanism", label=row["mechanism"])
        for side in ("a", "b"):
            treatment = f"treatment:{row[f'treatment_{side}']}"
            status = str(row[f"status_{side}"])
            network.add_node(treatment, kind="treatment", label=row[f"treatment_{side}"], review=row[f"review_{side}"])
            network.add_edge(treatment, mechanism, key=status, status=status)
    return network


_EVIDENCE_ORDER: Final = ("trials", "cases", "preclinical", "mechanism")
_LETTERS: Final = "ABCDFU"

Cell: TypeAlias = tuple[tuple[str, ...], ...]
"""The current letters of one category: one tuple of letters for each that current sources state, none if not known."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One treatment with its current letters in the order of ``CATEGORIES``."""

    treatment: str
    cells: tuple[Cell, ...]


def make_evidence_grid(table: Answer, assessments: Answer, *, by_name: bool = False) -> tuple[GridRow, ...]:
    """Make a row of cells for each treatment, the strongest evidence in people first.

    ``table`` answers ``treatment_grade-table`` and names the treatments, ``assessments`` answers
    ``treatment_evidence-grades`` and has all letters that are current, however many sources disagree. Rows are ordered by
    trials, cases, preclinical, mechanism (A to F, then U, then not known; of several letters the best), then by name; with
    ``by_name`` by name alone. Risks do not count: they are no evidence of benefit.
    """
    stated: dict[tuple[Value, Value], set[tuple[str, ...]]] = {}
    for row in assessments.to_dicts():
        if row["current"]:
            stated.setdefault((row["treatment"], row["category"]), set()).add(tuple(str(row["grade"]).split("/")))
    rows = [
        GridRow(str(treatment), tuple(tuple(sorted(stated.get((treatment, name), ()))) for name in CATEGORIES))
        for treatment in dict.fromkeys(table.column("treatment"))
    ]
    return tuple(sorted(rows, key=lambda row: (() if by_name else _evidence_rank(row), row.treatment.casefold())))


def _evidence_rank(row: GridRow) -> tuple[int, ...]:
    return tuple(_cell_rank(row.cells[CATEGORIES.index(name)]) for name in _EVIDENCE_ORDER)


def _cell_rank(cell: Cell) -> int:
    known = [_LETTERS.index(letter) for letters in cell for letter in letters if letter in _LETTERS]
    return min(known, default=len(_LETTERS))


def to_networkx(answer: Answer) -> Network:
    """Turn any answer into a network whose edges are its rows, with the other columns as attributes of the edge.

    The ends of an edge are, as far as there are such columns: ``x_a`` and ``x_b`` (then the network has no direction),
    ``subject`` and ``object``, the first two columns that name things, the first two columns. A list makes an edge for
    each of its values. A row with an unknown end only makes a node of the other.

    >>> network = to_networkx(Answer("?", ("review_a", "review_b", "count"), (("58", "66", 2),)))
    >>> list(network.edges(data=True))
    [('58', '66', {'count': 2})]
    """
    ends = _end_columns(answer.columns)
    paired = ends[0].endswith("_a")
    network: Network = nx.MultiGraph() if paired else nx.MultiDiGraph()
    network.graph["title"] = answer.title
    for row in answer.to_dicts():
        sides = [_texts(row.pop(name)) for name in ends]
        for side in sides:
            network.add_nodes_from(side)
        if len(sides) == len(("from", "to")):
            network.add_edges_from((one, other, dict(row)) for one in sides[0] for other in sides[1])
    return network


def _end_columns(columns: Sequence[str]) -> tuple[str, ...]:
    for name in columns:
        if name.endswith("_a") and f"{name[:-2]}_b" in columns:
            return name, f"{name[:-2]}_b"
    if {"subject", "object"} <= set(columns):
        return "subject", "object"
    things = [name for name in columns if _NODE_COLUMNS.fullmatch(name)]
    return tuple((things if len(things) > 1 else columns)[:2])
