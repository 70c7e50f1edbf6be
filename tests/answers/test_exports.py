"""Every export parses in pyoxigraph and in rdflib to the graph it was made from, byte for byte the same each time."""

import json
import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.answers.exports import write_nquads, write_trig, write_turtle
from alsu_kg.answers.exports_jsonld import write_jsonld
from alsu_kg.context import make_context
from alsu_kg.graph.ntriples import boolean, date, decimal, english, integer, iri, text
from alsu_kg.ontology import read_prefixes
from alsu_kg.store import Graph

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = read_prefixes()
CONTEXT = make_context()
Export = tuple[Callable[[list[str]], bytes], ox.RdfFormat, str]
WITH_GRAPHS: dict[str, Export] = {
    "nquads": (write_nquads, ox.RdfFormat.N_QUADS, "nquads"),
    "trig": (lambda lines: write_trig(lines, PREFIXES), ox.RdfFormat.TRIG, "trig"),
    "jsonld": (lambda lines: write_jsonld(lines, CONTEXT), ox.RdfFormat.JSON_LD, "json-ld"),
}
TURTLE: Export = (lambda lines: write_turtle(lines, PREFIXES), ox.RdfFormat.TURTLE, "turtle")
EVERY = {**WITH_GRAPHS, "turtle": TURTLE}
each_export = pytest.mark.parametrize("export", EVERY.values(), ids=EVERY)


@pytest.fixture(autouse=True)
def literals_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep rdflib from rewriting ``"01"^^xsd:integer`` as ``1``, so that a change of ours would be seen."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    logging.getLogger("rdflib").setLevel(logging.ERROR)


def to_rdflib(term: object) -> rdflib.term.Node | None:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.Literal) and term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if isinstance(term, ox.Literal):
        plain = term.datatype.value == XSD + "string"
        return rdflib.Literal(term.value, datatype=None if plain else rdflib.URIRef(term.datatype.value))
    return None


def quads_of(data: bytes, form: ox.RdfFormat) -> set[ox.Quad]:
    return set(ox.parse(input=data, format=form))


def rdflib_quads(data: bytes, form: str) -> Iterator[tuple[object, ...]]:
    if form == "turtle":
        yield from ((*triple, None) for triple in rdflib.Graph().parse(data=data, format=form))
    else:
        for subject, predicate, value, graph in rdflib.Dataset().parse(data=data, format=form).quads():
            yield (subject, predicate, unplain(value), graph)


def unplain(value: object) -> object:
    """Take ``xsd:string`` for no datatype, which RDF 1.1 makes the same."""
    is_string = isinstance(value, rdflib.Literal) and value.datatype == rdflib.XSD.string
    return rdflib.Literal(str(value)) if is_string else value


def check(lines: list[str], export: Export) -> None:
    write, form, name = export
    data = write(lines)
    wanted = quads_of("".join(lines).encode(), ox.RdfFormat.N_QUADS)
    if form == ox.RdfFormat.TURTLE:
        wanted = {ox.Quad(q.subject, q.predicate, q.object, ox.DefaultGraph()) for q in wanted}
    assert quads_of(data, form) == wanted
    same = by_value if name in ("turtle", "trig") else unplain
    assert {tuple(same(term) for term in quad) for quad in rdflib_quads(data, name)} == {
        tuple(same(to_rdflib(term)) for term in quad) for quad in wanted
    }
    assert len(lines) > 10_000 or write(lines[::-1]) == data


def by_value(term: object) -> object:
    """Compare numbers by value: rdflib reads a bare ``01`` in Turtle as ``1``, whatever its settings."""
    if (
        isinstance(term, rdflib.Literal)
        and term.datatype in (rdflib.XSD.integer, rdflib.XSD.decimal)
        and term.value is not None
    ):
        return (Decimal(str(term)), term.datatype)
    return unplain(term)


HOSTILE = st.one_of(
    st.text(),
    st.sampled_from(
        [
            '"',
            "\\",
            "\n\r\t",
            '"""',
            "'''",
            "\x00\x01\x08\x0b\x0c\x1f\x7f\x85\u2028\u2029\ufeff\ufffe",
            "😀🧬",
            "שלום مرحبا\u202e",
            "a" * 2000,
            "",
            " ",
            "<b>",
            "{}",
            "@en",
            "^^",
            "_:b",
            "kg:x",
            "true",
            "1",
            "\\u0041",
            "$&",
            "a.b.",
            "#",
            "%20",
        ]
    ),
)
LITERALS = st.one_of(
    HOSTILE.map(text),
    HOSTILE.map(english),
    st.builds(lambda word, tag: f"{text(word)}@{tag}", HOSTILE, st.sampled_from(["en", "fr-ca", "zh-hant", "de"])),
    st.integers().map(integer),
    st.sampled_from(["01", "+1", "-0", "1e3", "9007199254740993", "x"]).map(lambda v: f'"{v}"^^<{XSD}integer>'),
    st.decimals(allow_nan=False, allow_infinity=False, places=3).map(lambda value: decimal(float(value))),
    st.sampled_from(["2.50", "2", ".5", "1E1"]).map(lambda v: f'"{v}"^^<{XSD}decimal>'),
    st.booleans().map(boolean),
    st.sampled_from(["0", "True"]).map(lambda v: f'"{v}"^^<{XSD}boolean>'),
    st.sampled_from(["2021", "2021-10", "2021-10-31", "1000"]).map(date),
    HOSTILE.map(lambda v: f"{text(v)}^^<https://example.org/datatype>"),
    HOSTILE.map(lambda v: f"{text(v)}^^<{XSD}gYear>"),
)
OWN = "https://w3id.org/alsu-kg/"
IRIS = st.sampled_from(
    [
        OWN + "id/claim/azathioprine/13",
        OWN + "id/status/asserted",
        OWN + "id///x",
        OWN + "id/",
        OWN + "vocab#Claim",
        OWN + "vocab#status",
        "https://doi.org/10.1/a(b);c",
        "http://purl.obolibrary.org/obo/GO_1",
        "urn:x",
        "mesh:D1",
        "rdf:type",
        "kg:claim/x",
        "status:asserted",
        "xsd:string",
        "https://example.org/é/\U0001f600?q=a&b#c",
        "https://example.org/a%20b",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    ]
).map(iri)
PROPERTIES = st.sampled_from(
    [
        *(OWN + f"vocab#{name}" for name in ("position", "status", "current", "before", "label", "unknown", "asOf")),
        "https://example.org/p",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
        "http://www.w3.org/2000/01/rdf-schema#label",
        "mesh:p",
        "http://purl.org/spar/fabio/hasPublicationYear",
        "http://purl.org/dc/terms/subject",
        "http://purl.org/dc/terms/type",
    ]
).map(iri)
GRAPHS = st.sampled_from([OWN + "id/graph/x", OWN + "id/graph/provenance", "urn:g"]).map(iri)
QUADS = st.lists(st.builds("{} {} {} {} .\n".format, IRIS, PROPERTIES, st.one_of(IRIS, LITERALS), GRAPHS), max_size=8)


@each_export
@given(lines=QUADS)
def test_a_hostile_graph_survives(lines: list[str], export: Export) -> None:
    check(lines, export)


@pytest.mark.slow
@each_export
def test_the_whole_graph_survives(reviews_graph: Graph, export: Export) -> None:
    check(list(reviews_graph.lines()), export)


@each_export
def test_the_invented_dataset_survives(dataset_graph: Graph, export: Export) -> None:
    check(list(dataset_graph.lines()), export)


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.slow
def test_another_process_writes_the_same_bytes(name: str, dataset_graph: Graph) -> None:
    """Groups and prefixes must not follow the order of a hash table."""
    code = (
        "import sys; from alsu_kg.cli_export import FORMATS; lines = sys.stdin.read().splitlines(keepends=True);"
        f"sys.stdout.buffer.write(FORMATS[{name!r}](lines))"
    )
    lines = list(dataset_graph.lines())
    found = subprocess.run([sys.executable, "-c", code], input="".join(lines).encode(), capture_output=True, check=True)
    assert found.stdout == EVERY[name][0](lines)


def test_turtle_says_that_graphs_are_lost_and_groups_by_thing() -> None:
    claim = iri(OWN + "id/claim/x/1")
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    statements = (("status", claim, "a"), ("key", '"k"', "b"), ("key", '"k"', "c"))
    lines = [f"{claim} <{OWN}vocab#{name}> {value} <{OWN}id/graph/{graph}> .\n" for name, value, graph in statements]
    lines.append(f"{claim} {kind} <{OWN}vocab#Claim> <{OWN}id/graph/b> .\n")
    found = write_turtle(lines, PREFIXES).decode()
    assert found.startswith("# All statements")
    assert "@prefix alsu:" in found
    assert "@prefix fabio:" not in found, "only prefixes that are used"
    assert found.split(" .\n")[-2].strip() == 'claim:x\\/1 a alsu:Claim ;\n\talsu:key "k" ;\n\talsu:status claim:x\\/1'


def test_prefixes_are_listed_in_order(dataset_graph: Graph) -> None:
    for write in (write_turtle, write_trig):
        lines = write(dataset_graph.lines(), PREFIXES).decode().splitlines()
        prefixes = [line for line in lines if line.startswith("@prefix ")]
        assert prefixes == sorted(prefixes)
        assert len(prefixes) > 20


def test_jsonld_is_readable_and_keeps_graphs(dataset_graph: Graph) -> None:
    document = json.loads(write_jsonld(dataset_graph.lines(), CONTEXT))
    graphs = {graph["@id"]: graph["@graph"] for graph in document["@graph"]}
    assert "kg:graph/provenance" in graphs
    claim = next(
        n for name, g in graphs.items() if name.startswith("kg:graph/testazine") for n in g if n.get("@type") == "Claim"
    )
    assert claim["status"].startswith("kg:status/")
    assert claim["treatment"] == "kg:treatment/testazine"
    assert isinstance(claim["position"], int)
    assert set(document["@context"]) <= set(CONTEXT)


@each_export
def test_numbers_that_json_would_change_survive(export: Export) -> None:
    written = {
        "position": ("1", "01", "+1", "-0", "x", "9" * 30, "-7"),
        "current": ("true", "false", "0", "True", ""),
        "before": ("2.0", "2.50", "2", "x"),
    }
    types = {"position": "integer", "current": "boolean", "before": "decimal"}
    claim = f"<{OWN}id/claim/x/1> <{OWN}vocab#"
    check(
        [
            f'{claim}{name}> "{value}"^^<{XSD}{types[other]}> <{OWN}id/graph/x> .\n'
            for name in written
            for other, values in written.items()
            for value in values
        ],
        export,
    )


@each_export
def test_a_very_long_literal_survives(export: Export) -> None:
    literal = text('ab "é\n' * 20_000)
    check([f"<k:s> <k:p> {literal} <k:g> .\n"], export)


def test_an_empty_graph_is_a_whole_document() -> None:
    assert write_nquads([]) == b""
    for write, form, _ in EVERY.values():
        assert quads_of(write([]), form) == set()


def test_nquads_are_canonical() -> None:
    r"""RDF Dataset Canonicalization, 5: UTF-8, only the escapes that are needed, sorted."""
    lines = ['<k:b> <k:p> "\\u00e9\\u0009\\u0022\\u0007" <k:g> .\n', "<k:a>  <k:p>\t<k:o>  <k:g>.\n"]
    assert (
        write_nquads([*lines, *lines]).decode() == '<k:a> <k:p> <k:o> <k:g> .\n<k:b> <k:p> "é\\t\\"\\u0007" <k:g> .\n'
    )
