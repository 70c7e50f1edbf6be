"""Pictures of a graph: the captions tell the truth about it, and values are checked before anything is drawn."""

from itertools import combinations

import pytest

from alsu_kg.answers.drawing_marks import STATUS_MARKS
from alsu_kg.answers.drawing_page import Box, Page
from alsu_kg.answers.drawing_page import Line as DrawnLine
from alsu_kg.model.errors import UsageError
from alsu_kg.pictures import VIEWS, check_view, draw
from alsu_kg.queries import ask
from alsu_kg.similar_treatments import read_mechanisms
from alsu_kg.store import Graph


def lay_out(graph: Graph, view: str, **values: str) -> Page:
    return VIEWS[view].lay_out(graph, values)


def words(page: Page) -> str:
    return " ".join(text.text for text in page.texts)


def test_the_mechanism_of_azathioprine_is_its_path_with_the_weakest_hop(reviews_graph: Graph) -> None:
    page = lay_out(reviews_graph, "mechanism", treatment="azathioprine")
    labels = [text.text for text in page.texts]
    assert labels.index("NF-kB") < labels.index("microglia") < labels.index("neuronal death")
    assert labels.count("weakest hop") == 2
    assert "ALSUntangled review 58" in words(page)


def test_every_hop_of_the_answer_is_drawn_with_its_status(reviews_graph: Graph) -> None:
    answer = ask(reviews_graph, "treatment_mechanism-path", {"treatment": "azathioprine"})
    drawn = words(lay_out(reviews_graph, "mechanism", treatment="azathioprine"))
    for hop in answer.to_dicts():
        assert str(hop["object"]).split()[0] in drawn
    reasons = sum("speculated" in str(reason) for reason in answer.column("why_weak"))
    assert drawn.count("speculated") == 1 + reasons + answer.column("status").count("speculated")


def test_the_picture_shows_where_the_context_changes_and_what_each_path_would_do(reviews_graph: Graph) -> None:
    drawn = words(lay_out(reviews_graph, "mechanism", treatment="azathioprine"))
    assert "mouse → not" in drawn
    assert "this path would be beneficial" in drawn
    assert "this path would be harmful" in drawn


@pytest.mark.parametrize("treatment", ["Deanna protocol", "Accilion", "Acuscope", "Sodium chlorite (NP001)"])
def test_a_treatment_without_path_shows_its_claims_or_says_that_nothing_is_known(
    reviews_graph: Graph, treatment: str
) -> None:
    claims = ask(reviews_graph, "treatment_claims", {"treatment": treatment})
    page = lay_out(reviews_graph, "mechanism", treatment=treatment)
    assert ("holds no claim" in words(page)) == (len(claims) == 0)
    for target in {str(row["object"]) for row in claims.to_dicts()}:
        assert target.split()[0] in words(page)


def test_claims_that_are_not_drawn_are_counted(dataset_graph: Graph) -> None:
    claims = ask(dataset_graph, "treatment_claims", {"treatment": "Placebium"})
    drawn = words(lay_out(dataset_graph, "mechanism", treatment="Placebium"))
    hops = ask(dataset_graph, "treatment_mechanism-path", {"treatment": "Placebium"})
    assert f"not drawn ({len(claims) - len(hops)})" in drawn
    assert "1 of them negated or without evidence" in drawn


def test_a_path_goes_on_from_the_same_box_also_by_another_word(dataset_graph: Graph) -> None:
    drawn = [text.text for text in lay_out(dataset_graph, "mechanism", treatment="Testazine").texts]
    assert "NF-kB" in drawn
    assert "NF-kappa B" not in drawn


def test_all_reviews_of_a_treatment_are_named_with_the_newest_date(dataset_graph: Graph) -> None:
    drawn = words(lay_out(dataset_graph, "mechanism", treatment="Testazine"))
    assert "ALSUntangled reviews 901, 904" in drawn
    assert "newest dated source 2023-01" in drawn


def test_an_unknown_date_or_number_is_said_to_be_unknown(dataset_graph: Graph) -> None:
    assert "no source has a date" in words(lay_out(dataset_graph, "mechanism", treatment="Sham root tea"))


def test_the_heat_map_has_every_treatment_once_and_every_current_letter(dataset_graph: Graph) -> None:
    page = lay_out(dataset_graph, "evidence-heatmap")
    labels = [text.text for text in page.texts]
    assert labels.count("Testazine") == 1
    (row,) = [text.rect for text in page.texts if text.text == "Sham root extract"]
    beside = [
        t.text
        for t in page.texts
        if abs(t.rect.y + t.rect.height / 2 - row.y - row.height / 2) < 3 and t.rect.x > row.x
    ]
    assert beside[-3:] == ["C", "D", "F"]


def test_the_heat_map_of_the_reviews_has_78_rows_by_name_if_wished(reviews_graph: Graph) -> None:
    page = lay_out(reviews_graph, "evidence-heatmap", sort="name")
    names = {str(name) for name in ask(reviews_graph, "treatment_grade-table").column("treatment")}
    rows = [text.text for text in page.texts if text.text in names]
    assert len(rows) == 78
    assert rows == sorted(rows, key=str.casefold)


@pytest.mark.parametrize(
    "values", [{"level": "0"}, {"level": "1"}, {"level": "3"}, {"treatment": "azathioprine", "level": "1"}]
)
def test_each_pair_of_the_answer_meets_at_its_mechanism(reviews_graph: Graph, values: dict[str, str]) -> None:
    answer = ask(reviews_graph, "treatment_shared-mechanism", values)
    page = lay_out(reviews_graph, "shared-mechanisms", **values)
    rows = [(r["mechanism"], r[f"treatment_{side}"], r[f"status_{side}"]) for r in answer.to_dicts() for side in "ab"]
    assert sum(isinstance(shape, DrawnLine) and shape.curved for shape in page.shapes) == len(set(rows))
    assert sum(isinstance(shape, Box) for shape in page.shapes) == len(set(answer.column("mechanism")))


def test_shared_mechanisms_say_which_treatments_are_missing(dataset_graph: Graph) -> None:
    assert "4 of 5 treatments are drawn" in words(lay_out(dataset_graph, "shared-mechanisms", level="0"))


def test_every_treatment_is_in_one_community_or_said_to_be_alone_or_not_known(reviews_graph: Graph) -> None:
    page, found = lay_out(reviews_graph, "shared-mechanisms"), read_mechanisms(reviews_graph)
    drawn = words(page)
    members = [member.label for community in found.communities for member in community.members]
    assert len(set(members)) == len(members)
    assert all(profile.label in drawn for profile in found.profiles)
    unknown = drawn.partition("No mechanism is known here of: ")[2]
    assert all(label in unknown for label in found.not_known)
    assert not any(f" {label}," in unknown for label in members)


def test_communities_draw_each_link_in_the_style_of_its_status(reviews_graph: Graph) -> None:
    curves = [s for s in lay_out(reviews_graph, "shared-mechanisms").shapes if isinstance(s, DrawnLine) and s.curved]
    links = [link for c in read_mechanisms(reviews_graph).communities for links in c.links for link in links]
    expected = [(STATUS_MARKS[link.status].colour, STATUS_MARKS[link.status].dashes) for link in links]
    assert sorted((curve.colour, curve.dashes) for curve in curves) == sorted(expected)
    assert len(set(expected)) > 2


def test_no_two_texts_of_the_communities_overlap_and_none_leaves_the_page(reviews_graph: Graph) -> None:
    page = lay_out(reviews_graph, "shared-mechanisms")
    for one, other in combinations([text.rect for text in page.texts], 2):
        across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
        down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
        assert across <= 0.01 or down <= 0.01
    assert all(t.rect.x >= 0 and t.rect.x + t.rect.width <= page.width for t in page.texts)
    assert all(t.rect.y >= 0 and t.rect.y + t.rect.height <= page.height for t in page.texts)


def test_the_chosen_treatment_may_be_given_by_another_name(dataset_graph: Graph) -> None:
    page = lay_out(dataset_graph, "shared-mechanisms", treatment="TZN")
    assert page.title == "Mechanisms that Testazine shares with other treatments"


@pytest.mark.parametrize(
    ("view", "values", "says"),
    [
        ("mechanisms", {}, "did you mean mechanism"),
        ("pie", {}, "use mechanism, evidence-heatmap, shared-mechanisms"),
        ("mechanism", {}, "add -p treatment="),
        ("evidence-heatmap", {"level": "1"}, "use sort"),
    ],
)
def test_views_and_parameters_are_checked_before_the_graph_is_asked(
    view: str, values: dict[str, str], says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        check_view(view, values)


@pytest.mark.parametrize(
    ("view", "values"),
    [
        ("shared-mechanisms", {"level": "9"}),
        ("shared-mechanisms", {"level": "x"}),
        ("evidence-heatmap", {"sort": "grade"}),
        ("mechanism", {"treatment": "azathioprin } DROP ALL"}),
        ("mechanism", {"treatment": "https://example.org/x"}),
    ],
)
def test_a_value_that_cannot_be_is_refused(dataset_graph: Graph, view: str, values: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        draw(dataset_graph, view, values, "svg")
