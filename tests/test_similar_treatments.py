"""Similar treatments of a real graph: by name, with reasons, and unknown where nothing is known."""

import networkx as nx
import pytest

import alsu_kg.api as kg
from alsu_kg.answers.similarity_exports import write_similarity_graphml
from alsu_kg.model.errors import UsageError
from alsu_kg.queries import ask
from alsu_kg.similar_treatments import COLUMNS, read_mechanisms, similar
from alsu_kg.store import Graph


def test_two_antioxidants_are_alike_and_unlike_an_immune_drug(reviews_graph: Graph) -> None:
    rows = {row["treatment_b"]: row for row in similar(reviews_graph, "Vitamin E").to_dicts()}
    assert rows["Vitamin C"]["score"] == 1
    assert rows["Vitamin C"]["shared_mechanisms"] == ("oxidative stress",)
    assert rows["Vitamin C"]["statuses"] == ("asserted/asserted",)
    assert "Rituximab" not in rows


def test_what_azathioprine_shares_is_as_sure_as_its_review(reviews_graph: Graph) -> None:
    rows = {row["treatment_b"]: row for row in similar(reviews_graph, "azathioprine").to_dicts()}
    found = rows["Glucocorticoid corticosteroids"]
    assert found["shared_mechanisms"] == ("immune modulation", "neuroinflammation")
    assert found["statuses"] == ("asserted/asserted", "hypothesised/hypothesised")
    assert 0 < found["asserted_score"] < found["score"]  # type: ignore[operator]


def test_opposite_directions_are_named(reviews_graph: Graph) -> None:
    rows = {row["treatment_b"]: row for row in similar(reviews_graph, "Deanna protocol").to_dicts()}
    assert rows["Penicillin G/Hydrocortisone"]["opposite"] == ("GABA signalling",)
    assert "GABA signalling" not in rows["Penicillin G/Hydrocortisone"]["shared_mechanisms"]  # type: ignore[operator]


@pytest.mark.parametrize("treatment", ["Accilion", "Copper", "Curcumin", "Endotherapia"])
def test_a_treatment_without_known_mechanism_has_no_score_with_anything(reviews_graph: Graph, treatment: str) -> None:
    rows = similar(reviews_graph, treatment).to_dicts()
    assert len(rows) == len(read_mechanisms(reviews_graph).profiles) - 1
    assert all(row["score"] is None and row["shared_mechanisms"] == () for row in rows)


def test_no_pair_has_a_score_of_nothing(reviews_graph: Graph) -> None:
    for row in similar(reviews_graph, "Perampanel").to_dicts():
        assert (row["score"] is None) == (not row["shared_mechanisms"] and not row["opposite"])


def test_every_stated_pair_of_the_query_is_found_with_its_mechanism(reviews_graph: Graph) -> None:
    """What treatments share as stated they share here too, itself or as something narrower that implies it."""
    found = read_mechanisms(reviews_graph)
    keys = {profile.label: profile for profile in found.profiles}
    labels = {label: concept for concept, label in found.scheme.labels.items()}
    for row in ask(reviews_graph, "treatment_shared-mechanism").to_dicts():
        for side in "ab":
            assert labels[str(row["mechanism"])] in keys[str(row[f"treatment_{side}"])].supports


def test_the_api_gives_the_same_with_frames_and_networks(reviews_graph: Graph) -> None:
    result = kg.KnowledgeGraph(reviews_graph).similar("azathioprine", most=4)
    assert result.columns == COLUMNS
    assert len(result) == 4
    assert "Azathioprine" in result.to_networkx()


def test_an_unknown_treatment_is_told_with_near_names(reviews_graph: Graph) -> None:
    with pytest.raises(UsageError, match="did you mean azathioprine"):
        similar(reviews_graph, "azathioprin")


def test_graphml_holds_the_network_with_communities(reviews_graph: Graph) -> None:
    found = read_mechanisms(reviews_graph)
    text = write_similarity_graphml(found.network, found.scheme)
    read = nx.parse_graphml(text.decode())
    assert set(read.nodes) == {profile.treatment for profile in found.profiles if profile.is_known}
    assert read.number_of_edges() == found.network.number_of_edges()
    assert all(data["community"] >= 1 for _, data in read.nodes(data=True))
    assert all(data["shared"] for _, _, data in read.edges(data=True))
    assert write_similarity_graphml(read_mechanisms(reviews_graph).network, found.scheme) == text
