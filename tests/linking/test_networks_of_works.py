"""Coupling and co-citation against their definitions."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.linking.citation_networks import bibliographic_coupling, co_citation

CITED = st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("uvwxyz"), max_size=6), max_size=6)


@given(CITED)
def test_coupling_counts_shared_works(cited: dict[str, list[str]]) -> None:
    graph = bibliographic_coupling(cited)
    for first, second in combinations(sorted(cited), 2):
        shared = len(set(cited[first]) & set(cited[second]))
        assert graph.get_edge_data(first, second, {"works": 0})["works"] == shared


@given(CITED)
def test_co_citation_counts_shared_documents(cited: dict[str, list[str]]) -> None:
    graph = co_citation(cited)
    works = sorted({work for found in cited.values() for work in found})
    for first, second in combinations(works, 2):
        citing = sum(1 for found in cited.values() if {first, second} <= set(found))
        assert graph.get_edge_data(first, second, {"documents": 0})["documents"] == citing
