"""Pictures of a graph: the view's questions are asked, the answers laid out as a page, and the page drawn as SVG or PNG."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

from alsu_kg import citation_views
from alsu_kg.answers.answer import Answer, Value
from alsu_kg.answers.drawing import Format, render
from alsu_kg.answers.drawing_communities import draw_communities
from alsu_kg.answers.drawing_heatmap import draw_evidence_heatmap
from alsu_kg.answers.drawing_marks import Caption
from alsu_kg.answers.drawing_mechanism import draw_mechanism
from alsu_kg.answers.drawing_page import Page
from alsu_kg.answers.drawing_shared import draw_shared_mechanisms
from alsu_kg.answers.network import (
    DirectedNetwork,
    make_evidence_grid,
    make_mechanism_network,
    make_shared_mechanism_network,
)
from alsu_kg.graph.current_grades import latest
from alsu_kg.model.errors import UsageError
from alsu_kg.queries import ask, ask_plainly, read_question, to_term
from alsu_kg.similar_treatments import read_mechanisms
from alsu_kg.store import Graph
from alsu_kg.web.picture_page import write_picture_page

_TREATMENTS: Final = """PREFIX alsu: <https://w3id.org/alsu-kg/vocab#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX graph: <https://w3id.org/alsu-kg/id/graph/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?label ?review (STR(?stated) AS ?date) WHERE {
  GRAPH ?record { ?treatment a alsu:Treatment ; rdfs:label ?label ; alsu:inReview ?in . ?in alsu:key ?review }
  OPTIONAL {
    { GRAPH graph:provenance { ?part alsu:inReview ?in ; prov:wasDerivedFrom ?source . ?source alsu:asOf ?stated } }
    UNION { GRAPH ?record { ?in (dcterms:issued|dcterms:modified) ?stated } }
  }
}"""
_WORDS: Final = """PREFIX alsu: <https://w3id.org/alsu-kg/vocab#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT DISTINCT ?word (STR(?node) AS ?thing) WHERE {
  GRAPH ?graph { ?claim alsu:ofTreatment ?treatment ; (rdf:subject|rdf:object) ?node }
  GRAPH ?other { ?node alsu:word ?word }
}"""
_SHOWS_DENIED: Final = ("negated", "no-evidence")
_LEVELS: Final = ("0", "1", "2", "3")
_ORDERS: Final = ("evidence", "name")

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class View:
    """A kind of picture: what it shows, its parameters with an example each, and how it is laid out."""

    summary: str
    parameters: Mapping[str, str]
    lay_out: Callable[[Graph, Values], Page]
    tabulate: Callable[[Graph, Values], Answer]
    required: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Treatments:
    """Labels, review keys and the newest date of the sources of one treatment or of all."""

    labels: tuple[str, ...]
    reviews: tuple[str, ...]
    newest: str | None

    def dated(self) -> str:
        """Say how new the newest source is, as far as sources have dates."""
        return f"newest dated source {self.newest}" if self.newest else "no source has a date"

    def numbered(self) -> str:
        """Name the reviews."""
        numbers = [key for key in self.reviews if key.isdecimal()]
        known = ", ".join(numbers) if numbers else "(number not known here)"
        return f"ALSUntangled review{'s' if len(self.reviews) > 1 else ''} {known}"


def draw(graph: Graph, view: str, values: Values, form: Format | Literal["html"]) -> bytes:
    """Draw ``view`` of ``graph`` with parameter ``values`` as people write them; a web page holds the same data as a table.

    Raises ``UsageError`` for an unknown view, parameter or value, and ``StoreError`` if the graph cannot be read.
    """
    check_view(view, values)
    page = VIEWS[view].lay_out(graph, values)
    if form != "html":
        return render(page, form)
    return write_picture_page(render(page, "svg"), page.title, VIEWS[view].tabulate(graph, values)).encode()


def check_view(view: str, values: Values) -> None:
    """Raise ``UsageError`` if there is no such view, or if it does not take the parameters ``values`` or needs others."""
    if view not in VIEWS:
        near = difflib.get_close_matches(view, VIEWS, n=1)
        repair = f"did you mean {near[0]}?" if near else f"use {', '.join(VIEWS)}"
        raise UsageError(f"there is no view {view!r}", repair=repair)
    known = VIEWS[view].parameters
    for name in values:
        if name not in known:
            raise UsageError(f"there is no parameter {name!r}", place=view, repair=f"use {', '.join(known)}")
    for name in VIEWS[view].required:
        if name not in values:
            raise UsageError(f"needs the parameter {name!r}", place=view, repair=f"add -p {name}={known[name]}")


def _ask_about(graph: Graph, sparql: str, columns: tuple[str, ...], treatment: str | None) -> list[dict[str, Value]]:
    """Run a question that is none of ``queries/`` about one treatment (a key or name), or about all."""
    if treatment is not None:
        term = to_term(graph, read_question("treatment_claims").parameters[0], treatment)
        sparql = sparql.replace("WHERE {", f"WHERE {{ VALUES ?treatment {{ {term} }}", 1)
    return ask_plainly(graph, sparql, columns)


def _find(graph: Graph, treatment: str | None = None) -> _Treatments:
    rows = _ask_about(graph, _TREATMENTS, ("label", "review", "date"), treatment)
    if treatment is not None and not rows:
        raise UsageError("is no treatment of this graph", place=treatment, repair="name one, such as azathioprine")
    labels, reviews = (tuple(sorted({str(row[name]) for row in rows})) for name in ("label", "review"))
    return _Treatments(labels, reviews, latest(str(row["date"]) for row in rows if row["date"]))


def _check_choice(name: str, value: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise UsageError(f"cannot be {value!r}", place=f"parameter {name}", repair=f"use {', '.join(choices)}")
    return value


def _lay_out_mechanism(graph: Graph, values: Values) -> Page:
    about = _find(graph, values["treatment"])
    paths, claims = (ask(graph, f"treatment_{name}", values) for name in ("mechanism-path", "claims"))
    words = _ask_about(graph, _WORDS, ("word", "thing"), values["treatment"])
    things = {str(row["word"]): str(row["thing"]) for row in words}
    network = make_mechanism_network(paths, claims, about.labels[0], things=things)
    is_one = len(about.reviews) == 1
    title = f"{about.labels[0]}: mechanism as the {'review states' if is_one else 'reviews state'} it"
    notes = _mechanism_notes(network, values["treatment"])
    if not is_one:
        notes += ("Numbers of references are those of the review that states the claim.",)
    return draw_mechanism(network, Caption(title, (about.numbered(), about.dated()), notes, is_one_review=is_one))


def _mechanism_notes(network: DirectedNetwork, treatment: str) -> tuple[str, ...]:
    notes = []
    if network.graph["has_paths"]:
        notes.append(
            "Each row is one mechanism path, as its curators read it from the review; it is as strong as its weakest hop, "
            "which is computed from status, citations and context."
        )
    elif network.number_of_edges():
        notes.append("No mechanism path is recorded: the arrows are single claims, not the steps of one path.")
    left_out = network.graph["left_out"]
    if left_out:
        denied = sum(status in _SHOWS_DENIED for status in left_out)
        about_denied = f", {denied} of them negated or without evidence," if denied else ""
        notes.append(
            f"Further claims of the review{about_denied} are not drawn ({len(left_out)}): "
            f"'alsu-kg query treatment_claims -p treatment=\"{treatment}\"' lists them."
        )
    return tuple(notes)


def _tabulate_mechanism(graph: Graph, values: Values) -> Answer:
    paths = ask(graph, "treatment_mechanism-path", values)
    return paths if len(paths) else ask(graph, "treatment_claims", values)


def _lay_out_heatmap(graph: Graph, values: Values) -> Page:
    order = _check_choice("sort", values.get("sort", _ORDERS[0]), _ORDERS)
    table, assessments = (ask(graph, f"treatment_{name}") for name in ("grade-table", "evidence-grades"))
    grid, about = make_evidence_grid(table, assessments, by_name=order == "name"), _find(graph)
    ordered = "by name" if order == "name" else "by trials, then cases, pre-clinical models, mechanism and name"
    notes = (
        "Where no page or article of the reviewers states a letter, it is from other people's copies of their letters: "
        "'alsu-kg query treatment_evidence-grades' gives the source and date of each.",
        f"Rows are sorted {ordered}; the order is no recommendation.",
    )
    return draw_evidence_heatmap(grid, Caption(f"Current grades of {len(grid)} treatments", (about.dated(),), notes))


def _lay_out_shared(graph: Graph, values: Values) -> Page:
    return _lay_out_levels(graph, values) if values else _lay_out_communities(graph)


def _lay_out_communities(graph: Graph) -> Page:
    found, about = read_mechanisms(graph), _find(graph)
    members = {member.treatment for community in found.communities for member in community.members}
    alone = [p.label for p in found.profiles if p.is_known and p.treatment not in members]
    facts = (
        f"{len(members)} of {len(found.profiles)} treatments in {len(found.communities)} communities",
        about.dated(),
    )
    notes = (
        *([f"Similar to no other treatment here: {', '.join(alone)}."] if alone else ()),
        *([f"No mechanism is known here of: {', '.join(found.not_known)}."] if found.not_known else ()),
    )
    caption = Caption("Treatments that reviews say act alike", facts, notes)
    return draw_communities(found.communities, found.scheme, caption)


def _lay_out_levels(graph: Graph, values: Values) -> Page:
    level = _check_choice("level", values.get("level", _LEVELS[0]), _LEVELS)
    about = _find(graph)
    chosen = _find(graph, values["treatment"]).labels[0] if "treatment" in values else None
    network = make_shared_mechanism_network(ask(graph, "treatment_shared-mechanism", values))
    what = (
        "Mechanisms that treatments share"
        if chosen is None
        else f"Mechanisms that {chosen} shares with other treatments"
    )
    how = "mechanisms as stated" if level == "0" else f"mechanisms rolled up to level {level} of the scheme"
    drawn = sum(network.nodes[node]["kind"] == "treatment" for node in network)
    note = f"{drawn} of {len(about.labels)} treatments are drawn; the others share nothing here, or nothing is recorded of them."
    return draw_shared_mechanisms(network, Caption(what, (how, about.dated()), (note,)), chosen=chosen)


VIEWS: Final[Mapping[str, View]] = {
    "mechanism": View(
        "how a treatment is said to act: its mechanism paths, or else its claims on mechanisms",
        {"treatment": "azathioprine"},
        _lay_out_mechanism,
        _tabulate_mechanism,
        ("treatment",),
    ),
    "evidence-heatmap": View(
        "current grades of all treatments in five categories",
        {"sort": "name"},
        _lay_out_heatmap,
        lambda graph, _: ask(graph, "treatment_grade-table"),
    ),
    "shared-mechanisms": View(
        "communities of treatments that act alike; with a level or treatment: who shares which mechanism",
        {"level": "1", "treatment": "azathioprine"},
        _lay_out_shared,
        lambda graph, values: ask(graph, "treatment_shared-mechanism", values),
    ),
    "co-citation": View(
        "works that reviews cite together, in groups",
        {"least": "2", "most": "40"},
        partial(citation_views.lay_out, name="co-citation"),
        partial(citation_views.tabulate, name="co-citation"),
    ),
    "shared-references": View(
        "reviews that cite the same works, in groups",
        {"least": "2", "most": "40"},
        partial(citation_views.lay_out, name="shared-references"),
        partial(citation_views.tabulate, name="shared-references"),
    ),
}
"""Every view by its name."""
