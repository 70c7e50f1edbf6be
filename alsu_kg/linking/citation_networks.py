"""Networks of documents and works from links: bibliographic coupling and co-citation.

Coupling (Kessler 1963): two documents that cite the same works. Co-citation (Small 1973): two works cited by the same
documents. Both are products of the sparse incidence matrix of documents and works with its transpose.
"""

from collections.abc import Iterable, Mapping

import networkx
import numpy
from scipy import sparse

from alsu_kg.model.errors import WorkError

MOST_EDGES = 5_000_000
"""Edges of the largest network that is made of Python objects: more would not fit into memory."""


def bibliographic_coupling(cited: Mapping[str, Iterable[str]], *, least: int = 1) -> "networkx.Graph[str]":
    """Give documents joined by the number of works that both cite (edge attribute ``works``), where at least ``least``.

    >>> bibliographic_coupling({"a": ["w1", "w2"], "b": ["w2", "w1"], "c": ["w3"]}).edges["a", "b"]["works"]
    2
    """
    documents, _, matrix = _incidence(cited)
    return _graph(documents, matrix @ matrix.T, "works", least)


def co_citation(cited: Mapping[str, Iterable[str]], *, least: int = 1) -> "networkx.Graph[str]":
    """Give works joined by the number of documents that cite both (edge attribute ``documents``).

    >>> co_citation({"a": ["w1", "w2"], "b": ["w2", "w1"], "c": ["w1"]}).edges["w1", "w2"]["documents"]
    2
    """
    _, works, matrix = _incidence(cited)
    return _graph(works, matrix.T @ matrix, "documents", least)


def shared_references(cited: Mapping[str, Iterable[str]]) -> list[tuple[str, str, list[str]]]:
    """Give each pair of documents that share works, with the works, most first.

    >>> shared_references({"a": ["w1", "w2"], "b": ["w2"], "c": []})
    [('a', 'b', ['w2'])]
    """
    sets = {document: set(works) for document, works in cited.items()}
    edges = ((min(pair), max(pair)) for pair in bibliographic_coupling(sets).edges)
    rows = [(first, second, sorted(sets[first] & sets[second])) for first, second in edges]
    return sorted(rows, key=lambda row: (-len(row[2]), row[0], row[1]))


def most_cited(cited: Mapping[str, Iterable[str]]) -> list[tuple[str, int]]:
    """Give each work with the number of documents that cite it, most first.

    >>> most_cited({"a": ["w1", "w1"], "b": ["w1", "w2"]})
    [('w1', 2), ('w2', 1)]
    """
    counts: dict[str, int] = {}
    for works in cited.values():
        for work in set(works):
            counts[work] = counts.get(work, 0) + 1
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _incidence(cited: Mapping[str, Iterable[str]]) -> tuple[list[str], list[str], sparse.csr_array]:
    documents = sorted(cited)
    sets = [sorted(set(cited[document])) for document in documents]
    works = sorted({work for found in sets for work in found})
    place = {work: number for number, work in enumerate(works)}
    rows = numpy.repeat(numpy.arange(len(documents)), [len(found) for found in sets])
    columns = numpy.array([place[work] for found in sets for work in found], dtype=numpy.int64)
    shape = (len(documents), len(works))
    matrix = sparse.csr_array((numpy.ones(len(columns), dtype=numpy.int32), (rows, columns)), shape=shape)
    return documents, works, matrix


def _graph(names: list[str], product: sparse.csr_array, attribute: str, least: int) -> "networkx.Graph[str]":
    upper = sparse.triu(product, k=1).tocoo()
    kept = upper.data >= least
    edges = int(kept.sum())
    if edges > MOST_EDGES:
        raise WorkError(
            f"the network would have {edges:,} edges, more than {MOST_EDGES:,}",
            repair=f"count only pairs with more in common (least is {least})",
        )
    graph: networkx.Graph[str] = networkx.Graph()
    graph.add_nodes_from(names)
    found = zip(upper.row[kept].tolist(), upper.col[kept].tolist(), upper.data[kept].tolist(), strict=True)
    graph.add_edges_from((names[a], names[b], {attribute: count}) for a, b, count in found)
    return graph
