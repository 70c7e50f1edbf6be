"""The shapes: each catches its own breach, and the fast engine finds what pySHACL, the reference, finds."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import RDF, SH, Literal, URIRef
from rdflib import Graph as RdflibGraph

from alsu_kg.ontology import read_prefixes
from alsu_kg.store import Graph
from alsu_kg.validation import Violation, find_violations

ROOT = Path(__file__).parent.parent
GRAPH = ox.NamedNode("https://w3id.org/alsu-kg/id/graph/x")
PREFIXES = (
    "".join(f"@prefix {name}: <{space}> .\n" for name, space in read_prefixes().items()) + "@prefix x: <urn:x:> .\n"
)
SHAPES = RdflibGraph().parse(ROOT / "ontology" / "shapes.ttl")
STANDARD = "alsu:inReview x:review ; alsu:ofTreatment x:treatment"
SOUND = f"""
x:treatment a alsu:Treatment ; rdfs:label "Testazine" ; alsu:key "testazine" .
x:source a prov:Entity . x:grade a alsu:Grade . x:grade2 a alsu:Grade .
x:assessment a alsu:Assessment ; {STANDARD} ; alsu:category category:trials ; alsu:grade x:grade , x:grade2 ;
  alsu:letter "B/D" ;
  alsu:current true ; prov:wasDerivedFrom x:source .
x:claim a alsu:Claim ; {STANDARD} ; rdf:subject x:treatment ; rdf:predicate biolink:affects ; rdf:object x:thing ;
  alsu:status status:asserted ;
  alsu:polarity "none" ; alsu:supportedBy x:reference .
x:absence a alsu:AbsenceOfEvidence ; {STANDARD} ; alsu:lookedFor category:trials ; alsu:statement x:assessment ; alsu:asOf "2021" .
x:path a alsu:MechanismPath ; {STANDARD} ; alsu:hop x:hop ; alsu:weakestHop x:hop ; alsu:pathEffect "harmful" .
x:hop a alsu:Hop ; alsu:position 1 ; alsu:claim x:claim ; alsu:weakness x:weakness .
x:weakness a alsu:Weakness .
x:check a alsu:AboutnessCheck ; alsu:aboutness "not-mentioned" .
x:reference a biro:BibliographicReference ; alsu:inReview x:review ; alsu:position 1 ; alsu:linkStatus "linked" .
x:pointer a c4o:InTextReferencePointer ; alsu:inReview x:review ; alsu:position 1 ; c4o:denotes x:reference .
x:citation a cito:Citation ; cito:hasCitingEntity x:review ; cito:hasCitedEntity x:work .
x:case a alsu:CaseGroup ; {STANDARD} ; alsu:participants 0 ; alsu:supportedBy x:reference .
x:trial a alsu:Trial ; {STANDARD} ; alsu:participants 21 .
x:risk a alsu:Risk ; {STANDARD} ; alsu:status status:hypothesised ; alsu:effect x:thing .
x:graph a alsu:SourceGraph ; alsu:inReview x:review ; prov:wasDerivedFrom x:source .
x:said a alsu:ServiceGraph ; prov:wasDerivedFrom x:source .
x:work a fabio:Work ; alsu:resolution "found" ; alsu:retractionStatus "none-found" .
x:lookup a alsu:Lookup ; alsu:ofWork x:work ; alsu:lookupOutcome "found" .
x:notice a alsu:Notice ; alsu:ofWork x:work ; alsu:nature "correction" .
x:link a alsu:Link ; alsu:ofReference x:reference ; alsu:linkDecision "linked" ; alsu:linkScore 0.98 ; alsu:linkMethod "m 1" ;
  alsu:linkedWork x:work .
"""

# thing, property, values it is given instead of its own, what must be said
BREACHES = [
    ("treatment", "rdfs:label", "", "a treatment has exactly one label"),
    ("treatment", "rdfs:label", '"A", "B"', "a treatment has exactly one label"),
    ("treatment", "rdfs:label", '"A"@en', "a treatment has exactly one label"),
    ("treatment", "alsu:key", "", "exactly one key"),
    ("treatment", "alsu:key", "7", "exactly one key"),
    *(
        (thing, "alsu:inReview", value, "belongs to exactly one review")
        for thing in (
            "assessment",
            "claim",
            "absence",
            "path",
            "reference",
            "pointer",
            "case",
            "trial",
            "risk",
            "graph",
        )
        for value in ("", "x:a, x:b", '"58"')
    ),
    *(
        (thing, "alsu:ofTreatment", value, "is about at most one treatment, which is described")
        for thing in ("claim", "absence", "case", "trial", "risk")
        for value in ("x:unknown", "x:treatment, x:thing")
    ),
    ("assessment", "alsu:ofTreatment", "", "an assessment is about a treatment"),
    ("assessment", "alsu:ofTreatment", "x:unknown", "an assessment is about a treatment"),
    *(
        (thing, "alsu:position", value, "stands at exactly one position")
        for thing in ("hop", "reference", "pointer")
        for value in ("", "1, 2", '"1"')
    ),
    ("assessment", "alsu:category", "", "an assessment has one of the five categories"),
    ("assessment", "alsu:category", "category:cost", "an assessment has one of the five categories"),
    ("assessment", "alsu:category", "category:cases, category:risks", "an assessment has one of the five categories"),
    (
        "assessment",
        "alsu:grade",
        "",
        "an assessment gives one grade of the rubric, or two where the source prints two letters",
    ),
    (
        "assessment",
        "alsu:grade",
        "x:unknown",
        "an assessment gives one grade of the rubric, or two where the source prints two letters",
    ),
    *(
        ("assessment", "alsu:letter", value, "the letter is A, B, C, D, F or U, or two of them")
        for value in ("", '"E"', '"A/B/C"', '"AB"', '"A", "B"')
    ),
    *(
        ("assessment", "alsu:current", value, "an assessment is current or not")
        for value in ("", "true, false", '"true"')
    ),
    *(
        ("assessment", "prov:wasDerivedFrom", value, "an assessment comes from one described source")
        for value in ("x:unknown", "x:source, x:thing")
    ),
    *(
        ("claim", f"rdf:{part}", value, f"a claim has one {part}")
        for part in ("subject", "predicate", "object")
        for value in ("", "x:a, x:b", '"word"')
    ),
    *(
        (thing, "alsu:status", value, "exactly one epistemic status")
        for thing in ("claim", "risk")
        for value in ("", "status:asserted, status:unclear", "status:proven")
    ),
    *(
        ("claim", "alsu:polarity", value, "polarity is increases, decreases, none or unknown")
        for value in ("", '"up"', '"none", "unknown"')
    ),
    *(
        (thing, "alsu:supportedBy", "x:work", "a statement cites references of its own review")
        for thing in ("claim", "case", "trial", "risk")
    ),
    *(
        ("absence", "alsu:lookedFor", value, "an absence of evidence says what was looked for")
        for value in ("", '"trials"', "category:trials, category:risks")
    ),
    *(
        ("absence", "alsu:statement", value, "an absence of evidence says which statement of a source it is")
        for value in ("", '"U"', "x:assessment, x:claim")
    ),
    (
        "absence",
        "alsu:asOf",
        '"2021", "2022"',
        "an absence of evidence has one date at most; without one it is not known as of when",
    ),
    *(("path", "alsu:hop", value, "a path has hops") for value in ("", "x:claim")),
    *(("path", "alsu:weakestHop", value, "the weakest hop is a hop") for value in ("x:claim", "x:hop, x:claim")),
    *(
        ("path", "alsu:pathEffect", value, "the effect of a path is beneficial, harmful or unknown")
        for value in ('"good"', '"harmful", "unknown"')
    ),
    *(
        ("check", "alsu:aboutness", value, "an aboutness check has one of four outcomes")
        for value in ("", '"perhaps"', '"about-it", "not-mentioned"')
    ),
    ("hop", "alsu:weakness", "x:claim", "a weakness is one of the scheme"),
    *(("hop", "alsu:claim", value, "a hop stands for one claim") for value in ("", "x:path", "x:claim, x:path")),
    *(
        ("reference", "alsu:linkStatus", value, "a reference is linked, ambiguous, unlinked or could-not-check")
        for value in ("", '"maybe"', '"linked", "unlinked"')
    ),
    *(("pointer", "c4o:denotes", value, "a pointer denotes references of the list") for value in ("", "x:work")),
    *(
        ("citation", "cito:hasCitingEntity", value, "a citation has one citing work")
        for value in ("", "x:a, x:b", '"58"')
    ),
    *(
        ("citation", "cito:hasCitedEntity", value, "a citation has one cited work")
        for value in ("", "x:a, x:b", '"58"')
    ),
    *(
        (thing, "alsu:participants", value, "participants are counted in whole numbers")
        for thing in ("case", "trial", "risk")
        for value in ("-1", "2.5", "1, 2")
    ),
    *(("risk", "alsu:effect", value, "a risk has one effect") for value in ("", '"nausea"', "x:a, x:b")),
    *(
        (thing, "prov:wasDerivedFrom", value, "every named graph says which source it was derived from")
        for thing in ("graph", "said")
        for value in ("", "x:unknown")
    ),
    *(
        ("work", "alsu:resolution", value, "a work is found, not-found or could-not-check")
        for value in ('"maybe"', '"found", "not-found"')
    ),
    *(
        (
            "work",
            "alsu:retractionStatus",
            value,
            "exactly one of the five retraction statuses, or none if nobody was asked",
        )
        for value in ('"not-retracted"', '"retracted", "none-found"')
    ),
    *(
        (thing, "alsu:ofWork", value, "is about exactly one work")
        for thing in ("lookup", "notice")
        for value in ("", "x:a, x:b", '"7"')
    ),
    *(
        ("lookup", "alsu:lookupOutcome", value, "a look-up ends found, not-found or could-not-check")
        for value in ("", '"failed"', '"found", "not-found"')
    ),
    *(("notice", "alsu:nature", value, "a notice has one nature") for value in ("", '"bad"', '"correction", "other"')),
    *(("link", "alsu:ofReference", value, "a link decides on one reference") for value in ("", "x:work")),
    *(
        ("link", "alsu:linkDecision", value, "a link is linked, ambiguous, unlinked or could-not-check")
        for value in ("", '"perhaps"', '"linked", "unlinked"')
    ),
    *(("link", "alsu:linkScore", value, "a score is a probability") for value in ("1.2", "-0.1", "0.1, 0.2", '"high"')),
    *(("link", "alsu:linkMethod", value, "a link names its method") for value in ("", '"a", "b"')),
    *(
        ("link", "alsu:linkedWork", value, "a link names at most one work, which is described")
        for value in ("x:unknown", "x:work, x:thing")
    ),
]


def read_turtle(turtle: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE)]


def to_lines(triples: Iterable[ox.Triple]) -> list[str]:
    return [f"{triple} {GRAPH} .\n" for triple in triples]


def break_one(thing: str, name: str, values: str) -> list[str]:
    """Give the sound graph with the values of one property of one thing replaced."""
    probe = read_turtle(f"x:{thing} {name} x:any .")[0]
    kept = [t for t in read_turtle(SOUND) if (t.subject, t.predicate) != (probe.subject, probe.predicate)]
    return to_lines([*kept, *(read_turtle(f"x:{thing} {name} {values} .") if values else [])])


def ask_reference(lines: Sequence[str]) -> set[Violation]:
    """Give what pySHACL finds in the union of the graphs."""
    data = RdflibGraph()
    for quad in ox.parse(input="".join(lines).encode(), format=ox.RdfFormat.N_QUADS):
        data.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    conforms, report, _ = pyshacl.validate(data, shacl_graph=SHAPES, advanced=False, inplace=True)
    assert isinstance(report, RdflibGraph)
    found = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        parts = [report.value(result, name) for name in (SH.focusNode, SH.resultPath, SH.value)]
        focus, path, value = ("" if part is None else part.n3() for part in parts)
        found.add(Violation(focus, path, str(report.value(result, SH.resultMessage)), value))
    assert conforms == (not found)
    return found


def to_rdflib(term: object) -> URIRef | Literal:
    if isinstance(term, ox.Literal):
        plain = term.datatype.value == "http://www.w3.org/2001/XMLSchema#string" or term.language
        return Literal(
            term.value, lang=term.language, datatype=None if plain else URIRef(term.datatype.value), normalize=False
        )
    assert isinstance(term, ox.NamedNode)
    return URIRef(term.value)


def test_a_sound_graph_conforms() -> None:
    lines = to_lines(read_turtle(SOUND))
    assert find_violations(lines) == []
    assert ask_reference(lines) == set()


@pytest.mark.parametrize(("thing", "name", "values", "message"), BREACHES)
def test_each_shape_catches_its_own_breach_as_the_reference_does(
    thing: str, name: str, values: str, message: str
) -> None:
    lines = break_one(thing, name, values)
    found = find_violations(lines)
    assert (f"<urn:x:{thing}>", message) in {(violation.focus, violation.message) for violation in found}
    assert set(found) == ask_reference(lines)


def test_the_breaches_cover_every_shape() -> None:
    messages = {str(message) for message in SHAPES.objects(None, SH.message)}
    assert {message for *_, message in BREACHES} == messages
    kinds = {str(kind) for kind in SHAPES.objects(None, SH.targetClass)}
    assert kinds <= {getattr(triple.object, "value", "") for triple in read_turtle(SOUND)}, (
        "the sound graph has one of each"
    )


@pytest.mark.slow
def test_the_real_graph_conforms_for_both_engines(reviews_graph: Graph) -> None:
    lines = list(reviews_graph.lines())
    assert find_violations(lines) == []
    assert ask_reference(lines) == set()


@pytest.mark.slow
def test_both_engines_find_the_same_in_a_damaged_real_graph(reviews_graph: Graph) -> None:
    """Every 50th statement is taken out."""
    lines = [line for number, line in enumerate(reviews_graph.lines()) if number % 50]
    found = find_violations(lines)
    assert len(found) > 20
    assert {violation[:3] for violation in found} == {violation[:3] for violation in ask_reference(lines)}
