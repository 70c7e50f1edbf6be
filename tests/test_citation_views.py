"""Networks of citations of a graph: against their definitions, drawn legibly, as pages with the same data, and exported."""

import csv
import io
import json
import random
import re
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import bibtexparser
import networkx
import pytest
import rispy

import alsu_kg.api as kg
from alsu_kg.answers.drawing_page import Page
from alsu_kg.citation_views import make_network, read_citations
from alsu_kg.cli import main
from alsu_kg.model.errors import UsageError
from alsu_kg.pictures import VIEWS, draw
from alsu_kg.queries import ask
from alsu_kg.store import Graph, open_graph

GROUPS, REVIEWS, CITED = 3, 24, 10


def cited_works(review: int, chance: random.Random) -> list[int]:
    """Choose works, mostly those of the review's own group."""
    group = review % GROUPS
    pool = [group * 20 + n for n in range(20)] * 12 + list(range(20 * GROUPS))
    return sorted(set(chance.choices(pool, k=CITED)))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, chance = tmp_path_factory.mktemp("citations"), random.Random(3)
    for review in range(REVIEWS):
        references = [
            {"number": n, "authors": [f"Doe{work} A"], "title": f"Study number {work} <of> salts & mice", "container": "J Test",
             "year": 1990 + work % 30, "doi": f"10.5555/w{work}"}
            for n, work in enumerate(cited_works(review, chance), 1)
        ]  # fmt: skip
        record = {
            "record": f"r{review}",
            "review": {"number": 100 + review},
            "treatment": {"label": f"Substance {review}"},
        }
        (folder / f"r{review}.json").write_text(json.dumps(record | {"references": references}), encoding="utf-8")
    assert main(["build", str(folder), "--store", str(folder / "store"), "--quiet"]) == 0
    return folder / "store"


@pytest.fixture(scope="module")
def graph(store: Path) -> Graph:
    return open_graph(store)


def words(page: Page) -> str:
    return " ".join(text.text for text in page.texts)


def test_networks_count_what_their_names_say(graph: Graph) -> None:
    cited = read_citations(graph)
    shared = make_network(graph, "shared-references")
    for one, two in combinations(sorted(cited), 2):
        common = len(set(cited[one]) & set(cited[two]))
        assert shared.get_edge_data(one, two, {"works": 0})["works"] == common
    together = make_network(graph, "co-citation")
    for one, two, data in together.edges(data=True):
        assert data["documents"] == sum({one, two} <= set(works) for works in cited.values())
    for work in together:
        assert together.nodes[work]["count"] == sum(work in works for works in cited.values())


def test_the_query_says_the_same(graph: Graph) -> None:
    rows = ask(graph, "corpus_shared-references").to_dicts()
    network = make_network(graph, "shared-references")
    assert len(rows) == network.number_of_edges()
    assert sorted(int(str(row["count"])) for row in rows) == sorted(d["works"] for _, _, d in network.edges(data=True))


@pytest.mark.parametrize("view", ["co-citation", "shared-references"])
def test_no_two_texts_cover_each_other(view: str, graph: Graph) -> None:
    page = VIEWS[view].lay_out(graph, {"least": "2"})
    for one, two in combinations((text.rect for text in page.texts), 2):
        apart = one.x + one.width <= two.x + 0.5 or two.x + two.width <= one.x + 0.5
        assert apart or one.y + one.height <= two.y + 0.5 or two.y + two.height <= one.y + 0.5
    assert all(text.rect.x >= 0 and text.rect.x + text.rect.width <= page.width for text in page.texts)
    assert all(0 <= x <= page.width and 0 <= y <= page.height for shape in page.shapes for x, y in points_of(shape))


def points_of(shape: object) -> Iterable[tuple[float, float]]:
    points: tuple[tuple[float, float], ...] = getattr(shape, "points", ())
    return (points[0], points[-1]) if points else ()


def test_what_is_left_out_is_said(graph: Graph) -> None:
    whole = make_network(graph, "co-citation")
    drawn = words(VIEWS["co-citation"].lay_out(graph, {"most": "10"}))
    assert f"10 of {len(whole)} works" in drawn
    assert f"{len(whole) - 10} works with fewer ties" in drawn
    assert "not medical advice" in drawn
    assert f"known here of {REVIEWS} reviews" in drawn


def test_planted_groups_are_found(graph: Graph) -> None:
    page = VIEWS["shared-references"].lay_out(graph, {"least": "2"})
    groups: list[list[int]] = []
    for text in sorted(page.texts, key=lambda text: text.rect.y):
        if text.text.startswith("group "):
            groups.append([])
        elif match := re.fullmatch(r"\d+ Substance (\d+)", text.text):
            groups[-1].append(int(match[1]) % GROUPS)
    pure = sum(max(group.count(planted) for planted in range(GROUPS)) for group in groups)
    assert len(groups) >= GROUPS
    assert pure >= 0.8 * REVIEWS


def test_a_graph_without_ties_says_so(dataset_graph: Graph) -> None:
    drawn = words(VIEWS["co-citation"].lay_out(dataset_graph, {"least": "900"}))
    assert "Nothing is shared here" in drawn


@pytest.mark.parametrize("value", ["0", "-1", "x", "1001", ""])
def test_bad_numbers_are_refused(value: str, graph: Graph) -> None:
    with pytest.raises(UsageError, match="least"):
        draw(graph, "co-citation", {"least": value}, "svg")


PARAMETERS = {"mechanism": {"treatment": "azathioprine"}}


@pytest.mark.slow  # every picture of every view
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_a_page_that_loads_nothing_and_holds_a_table(view: str, reviews_graph: Graph) -> None:
    page = draw(reviews_graph, view, PARAMETERS.get(view, {}), "html").decode()
    assert page == draw(reviews_graph, view, PARAMETERS.get(view, {}), "html").decode()
    assert page.startswith("<!doctype html>")
    assert "default-src 'none'" in page
    assert not re.search(
        r'(?:src|href|xlink:href)="(?!#|https://www\.w3\.org)(?!https?://)', page.replace('href="data:', "")
    )
    assert not re.search(r"<(?:script|link|iframe|img|image)\b", page)
    svg = page[page.index("<svg") : page.index("</svg>") + 6]
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert [child.tag.rpartition("}")[2] for child in root[:2]] == ["title", "desc"]
    assert "<table" in page[page.index("</svg>") :]
    assert "no medical advice" in page


def test_page_shows_the_table_of_what_is_drawn(graph: Graph) -> None:
    page = draw(graph, "shared-references", {"least": "2"}, "html").decode()
    network = make_network(graph, "shared-references", least=2)
    assert f"({network.number_of_edges()} rows)" in page
    assert "salts & mice" not in draw(graph, "co-citation", {}, "html").decode()


def export(store: Path, capsysbinary: pytest.CaptureFixture[bytes], *arguments: str) -> str:
    assert main(["export", "--store", str(store), *arguments]) == 0
    return capsysbinary.readouterr().out.decode()


def test_networks_are_exported(store: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    network = make_network(open_graph(store), "co-citation")
    text = export(store, capsysbinary, "--format", "graphml", "--network", "co-citation")
    read = networkx.parse_graphml(text)
    assert (len(read), read.number_of_edges()) == (len(network), network.number_of_edges())
    assert all(data["label"].startswith("Doe") for _, data in read.nodes(data=True))
    rows = list(
        csv.DictReader(io.StringIO(export(store, capsysbinary, "--format", "csv", "--network", "shared-references")))
    )
    assert sum(int(row["count"]) for row in rows) == sum(
        d["works"] for *_, d in make_network(open_graph(store), "shared-references").edges(data=True)
    )
    for form in ("gexf", "cytoscape"):
        assert "10.5555/w" in export(store, capsysbinary, "--format", form, "--network", "co-citation")


def test_network_takes_no_review_and_no_rdf(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--store", str(store), "--format", "turtle", "--network", "co-citation"]) == 2
    assert (
        main(["export", "--store", str(store), "--format", "csv", "--network", "co-citation", "--review", "101"]) == 2
    )
    assert capsys.readouterr().err.count("\n") == 2


def test_works_are_exported_for_reference_managers(store: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    works = {work for works in read_citations(open_graph(store)).values() for work in works}
    items = json.loads(export(store, capsysbinary, "--format", "csl-json"))
    assert {f"https://w3id.org/alsu-kg/id/work/doi/{item['DOI']}" for item in items} == works
    assert items[0]["title"] == "Study number 0 <of> salts & mice"
    assert items[0]["author"] == [{"family": "Doe0", "given": "A"}]
    assert items[0]["issued"] == {"date-parts": [[1990]]}
    bib = bibtexparser.parse_string(export(store, capsysbinary, "--format", "bibtex"))
    assert {entry.fields_dict["doi"].value for entry in bib.entries} == {item["DOI"] for item in items}
    ris = rispy.loads(export(store, capsysbinary, "--format", "ris"))
    assert {entry["doi"] for entry in ris} == {item["DOI"] for item in items}


def test_works_of_one_review(store: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    items = json.loads(export(store, capsysbinary, "--format", "csl-json", "--review", "101"))
    cited = read_citations(open_graph(store))["https://w3id.org/alsu-kg/id/review/101"]
    assert {f"https://w3id.org/alsu-kg/id/work/doi/{item['DOI']}" for item in items} == set(cited)


def test_network_in_python(store: Path) -> None:
    network = kg.open(store).network("co-citation", least=2)
    assert all("label" in data for _, data in network.nodes(data=True))
    with pytest.raises(UsageError, match="co-citation"):
        kg.open(store).network("friends")
