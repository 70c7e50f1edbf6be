"""What persons decided words to mean, in the graph: the match, who decided and when; what nothing is called is said."""

from pathlib import Path

import pytest

from alsu_kg.cli import main
from alsu_kg.decision_log import add_decision, decisions_path
from alsu_kg.model.decision import Candidate, Decision, Proposal
from alsu_kg.model.sssom import CURATED, TermMapping, write_mappings
from alsu_kg.queries import select
from alsu_kg.store import Graph, open_graph

RECORD = """record: invented
review: {number: 991}
treatment: {label: Fakerol, aliases: [FKR]}
"""
MATCHES = """SELECT ?node ?term ?label ?who ?when WHERE {
  GRAPH ?g { ?node <http://www.w3.org/2004/02/skos/core#exactMatch> ?term .
             ?term <http://www.w3.org/2000/01/rdf-schema#label> ?label }
  GRAPH <https://w3id.org/alsu-kg/id/graph/provenance> {
    ?g <http://www.w3.org/ns/prov#wasAttributedTo> ?agent ; <http://www.w3.org/ns/prov#generatedAtTime> ?when .
    ?agent <http://www.w3.org/2000/01/rdf-schema#label> ?who }
  FILTER(STRSTARTS(STR(?g), "https://w3id.org/alsu-kg/id/graph/groundings/")) } ORDER BY ?node ?term"""
ID = "https://w3id.org/alsu-kg/id/"
OBO = "http://purl.obolibrary.org/obo/"


def row(
    word: str, term: str, *, justification: str = CURATED, subject: str = "", date: str = "2026-11-22"
) -> TermMapping:
    return TermMapping(
        subject_id=subject or f"alsu-word:{word}",
        subject_label=word,
        object_id=term,
        object_label=f"label of {term}",
        justification=justification,
        author="A. Neurologist",
        date=date,
    )


def table(folder: Path, *rows: TermMapping) -> Path:
    path = folder / "words.sssom.tsv"
    path.write_text(write_mappings(rows), encoding="utf-8")
    return path


def build(folder: Path, *more: str) -> Graph:
    (folder / "invented.yaml").write_text(RECORD, encoding="utf-8")
    assert main(["build", str(folder / "invented.yaml"), "--store", str(folder / "store"), "--quiet", *more]) == 0
    return open_graph(folder / "store")


def test_word_that_a_person_decided_on_is_matched_with_who_and_when(tmp_path: Path) -> None:
    graph = build(tmp_path, "--groundings", str(table(tmp_path, row("fkr", "CHEBI:2948"))))
    found = [tuple(values) for values in select(graph, MATCHES)]
    expected = (f"{ID}treatment/fakerol", f"{OBO}CHEBI_2948", "label of CHEBI:2948", "A. Neurologist", "2026-11-22")
    assert found == [expected]


def test_subject_may_be_named_by_its_key(tmp_path: Path) -> None:
    decided = row("whatever", "CHEBI:2948", subject="treatment:fakerol")
    graph = build(tmp_path, "--groundings", str(table(tmp_path, decided)))
    assert [values[0] for values in select(graph, MATCHES)] == [f"{ID}treatment/fakerol"]


def test_what_a_machine_proposed_or_a_person_refused_is_no_match(tmp_path: Path) -> None:
    rows = row("Fakerol", "CHEBI:2948", justification="semapv:LexicalMatching"), row("FKR", "sssom:NoTermFound")
    assert not list(select(build(tmp_path, "--groundings", str(table(tmp_path, *rows))), MATCHES))


def test_decisions_beside_the_table_hold(tmp_path: Path) -> None:
    path = table(tmp_path, row("Fakerol", "CHEBI:2948", justification="semapv:LexicalMatching"))
    chosen = Candidate(id="CHEBI:7", label="seven")
    proposal = Proposal(key="alsu-word:Fakerol", label="Fakerol", candidates=(chosen,))
    decision = Decision(verdict="accept", by="B. Reader", at="2026-11-21", proposal=proposal, chosen=chosen)
    add_decision(decisions_path(path), decision)
    found = [tuple(values)[1:] for values in select(build(tmp_path, "--groundings", str(path)), MATCHES)]
    assert found == [(f"{OBO}CHEBI_7", "seven", "B. Reader", "2026-11-21")]


def test_word_that_nothing_is_called_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "invented.yaml").write_text(RECORD, encoding="utf-8")
    path = table(tmp_path, row("unheard of", "CHEBI:2948"), row("Fakerol", "CHEBI:7"))
    given = ["build", str(tmp_path / "invented.yaml"), "--store", str(tmp_path / "store"), "--groundings", str(path)]
    assert main(given) == 0
    said = capsys.readouterr().err
    assert "left out: unheard of (nothing in the graph is called so). Repair: " in said
    assert "Fakerol" not in said


def test_term_of_a_vocabulary_without_a_namespace_is_kept_and_what_is_no_identifier_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table(tmp_path, row("Fakerol", "UniProt:P12345"), row("FKR", "azathioprine"))
    (tmp_path / "invented.yaml").write_text(RECORD, encoding="utf-8")
    given = ["build", str(tmp_path / "invented.yaml"), "--store", str(tmp_path / "store"), "--groundings", str(path)]
    assert main(given) == 0
    assert "FKR (azathioprine is no identifier with a prefix)" in capsys.readouterr().err
    found = [values[1] for values in select(open_graph(tmp_path / "store"), MATCHES)]
    assert found == ["https://identifiers.org/uniprot:P12345"]


def test_odd_date_is_left_out_and_the_match_is_kept(tmp_path: Path) -> None:
    graph = build(tmp_path, "--groundings", str(table(tmp_path, row("Fakerol", "CHEBI:2948", date="last week"))))
    assert not list(select(graph, MATCHES))
    plain = MATCHES.replace("; <http://www.w3.org/ns/prov#generatedAtTime> ?when ", "").replace(" ?when ", " ")
    assert [values[1] for values in select(graph, plain)] == [f"{OBO}CHEBI_2948"]


def test_missing_table_is_wrong_use_and_the_store_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(tmp_path)
    before = open_graph(tmp_path / "store").run("ASK { ?s ?p ?o }")
    given = ["build", str(tmp_path / "invented.yaml"), "--store", str(tmp_path / "store"), "--groundings", "none.tsv"]
    assert main(given) == 2
    assert "none.tsv" in capsys.readouterr().err
    assert bool(before) == bool(open_graph(tmp_path / "store").run("ASK { ?s ?p ?o }"))


def test_build_without_them_forgets_them(tmp_path: Path) -> None:
    plain = build(tmp_path)
    assert not list(select(plain, MATCHES))
    build(tmp_path, "--groundings", str(table(tmp_path, row("Fakerol", "CHEBI:2948"))))
    assert not list(select(build(tmp_path), MATCHES))
