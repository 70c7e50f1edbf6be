"""``alsu-kg validate``: findings a line each, nothing changed, could-not-check kept apart from wrong."""

import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from alsu_kg.cli import main
from alsu_kg.cli_validate import describe
from alsu_kg.generations import load, writing
from alsu_kg.store import Graph
from alsu_kg.validation import Violation

DATASET = Path(__file__).parent / "dataset"
VOCAB = "https://w3id.org/alsu-kg/vocab#"


def write_record(folder: Path, name: str, body: str) -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(f"record: {name}\nreview: {{number: 7}}\n{body}", encoding="utf-8")
    return path


def store_with(folder: Path, *lines: str) -> str:
    quads = folder / "quads.nq"
    quads.write_text("".join(lines), encoding="utf-8")
    with writing(folder / "store") as fresh:
        load(fresh, quads)
    return str(folder / "store")


def test_a_good_store_conforms(dataset_graph: Graph, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--store", dataset_graph.place]) == 0
    found = capsys.readouterr()
    assert found.out == ""
    assert "no findings" in found.err


def test_quiet_says_nothing(dataset_graph: Graph, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--quiet", "--store", dataset_graph.place]) == 0
    assert capsys.readouterr() == ("", "")


def test_good_records_conform_in_a_real_process_and_no_store_is_written(tmp_path: Path) -> None:
    environment = {"ALSU_KG_STORE": str(tmp_path / "store"), "PATH": ""}
    command = [sys.executable, "-m", "alsu_kg.cli", "validate", str(DATASET)]
    found = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert (found.returncode, found.stdout) == (0, ""), found.stderr
    assert f"checked {len(list(DATASET.glob('*.yaml')))} record files" in found.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_broken_store_gives_a_line_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    graph, kind = "<https://w3id.org/alsu-kg/id/graph/x>", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    treatment = "<https://w3id.org/alsu-kg/id/treatment/x>"
    store = store_with(
        tmp_path,
        f"{treatment} {kind} <{VOCAB}Treatment> {graph} .\n",
        f'{treatment} <http://www.w3.org/2000/01/rdf-schema#label> "X" {graph} .\n',
        f'{treatment} <{VOCAB}key> "1"^^<http://www.w3.org/2001/XMLSchema#integer> {graph} .\n',
    )
    assert main(["validate", "--store", store]) == 1
    assert capsys.readouterr().out.splitlines() == ['treatment:x: alsu:key: exactly one key (found "1"^^xsd:integer)']


def test_no_store_could_not_be_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--store", str(tmp_path / "none")]) == 3
    assert "no store here yet" in capsys.readouterr().err


def test_a_bad_record_is_a_finding_and_the_good_ones_are_checked_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in DATASET.glob("*.yaml"):
        shutil.copy(file, tmp_path)
    bad = write_record(tmp_path, "bad", "grades:\n- {category: trials, letter: G}\n")
    wrong = "treatment:\n  label: Wrong\n  kind: drug\n  identifiers:\n    chebi: {id: 'CHEBI:3962', label: aspirin}\n"
    write_record(tmp_path, "wrong", wrong)
    assert main(["validate", str(tmp_path)]) == 1
    found = capsys.readouterr()
    first, second = found.out.splitlines()
    assert first.startswith(f"{bad}:4: grades[0].letter:")
    assert (
        second
        == "record:wrong: treatment.identifiers.chebi: CHEBI:3962: is 'curcumin' in CHEBI (found label 'aspirin')"
    )
    assert "2 findings" in found.err


def test_letter_case_of_a_label_is_no_finding(tmp_path: Path) -> None:
    identifiers = "chebi: {id: 'CHEBI:3962', label: ' Curcumin '}\n    cas: {id: 'CAS:1', label: what}\n"
    body = f"treatment:\n  label: T\n  kind: drug\n  identifiers:\n    {identifiers}"
    assert main(["validate", str(write_record(tmp_path, "t", body))]) == 0


def test_the_same_key_twice_is_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = write_record(tmp_path, "same", "")
    two = tmp_path / "two.yaml"
    shutil.copy(one, two)
    assert main(["validate", str(tmp_path)]) == 1
    assert "already used by" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["none.yaml", "none"])
def test_a_missing_path_could_not_be_checked(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(tmp_path / name)]) == 3
    assert "no such file" in capsys.readouterr().err


def test_an_empty_folder_could_not_be_checked(tmp_path: Path) -> None:
    assert main(["validate", str(tmp_path)]) == 3


def test_a_file_that_cannot_be_opened_is_not_called_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A link to itself can be opened by nobody, not even root."""
    loop = tmp_path / "loop.yaml"
    loop.symlink_to(loop)
    write_record(tmp_path, "good", "")
    code = main(["validate", str(tmp_path)])
    found = capsys.readouterr()
    assert code == 3
    assert found.out == ""
    assert f"could not check: {loop}" in found.err
    assert "checked 1 record file: no findings" in found.err


def test_findings_are_one_line_whatever_they_hold() -> None:
    value = str(ox.Literal("a\nb"))
    assert describe(Violation("<urn:x>", "", "wrong\nhere", value)) == 'urn:x: wrong here (found "a\\nb")'


IDENTIFIERS = """treatment:
  label: T
  kind: drug
  identifiers:
    hgnc: {id: 'HGNC:12014', label: TTR}
    mondo: {id: 'HP:0007354', label: amyotrophic lateral sclerosis}
    uo: {id: 'UO:0000308', label: milliliter per kilogram}
    cas: {id: 'CAS:446-86-6', label: anything}
claims:
- {subject: T, predicate: causes, object: 'neuron death (GO:0070997)', status: asserted, context: {disease: 'HP:0007354'}}
"""


def test_wrong_labels_obsolete_terms_and_wrong_kinds_are_findings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", str(write_record(tmp_path, "t", IDENTIFIERS))]) == 1
    found = capsys.readouterr()
    assert found.out.splitlines() == [
        "record:t: treatment.identifiers.hgnc: HGNC:12014: is 'TPMT' in HGNC (found label 'TTR')",
        "record:t: treatment.identifiers.mondo: HP:0007354: is no identifier of MONDO, under which it stands",
        "record:t: treatment.identifiers.uo: UO:0000308: is 'milligram per kilogram' in UO"
        " (found label 'milliliter per kilogram')",
        "record:t: claims[0].object: GO:0070997: is obsolete, and nothing replaces it",
        "record:t: claims[0].context.disease: HP:0007354: 'Amyotrophic lateral sclerosis' is a finding,"
        " where a disease is expected",
    ]
    assert "note: record:t: treatment.identifiers.cas: CAS:446-86-6: could not check" in found.err


def test_a_table_of_mappings_is_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "mine.sssom.tsv"
    head = "subject_id\tsubject_label\tobject_id\tobject_label\tmapping_justification\n"
    table.write_text(head + "a\tAZA\tCHEBI:2948\tazacitidine\tx\nb\tB\tsssom:NoTermFound\t\tx\n", encoding="utf-8")
    assert main(["validate", str(table)]) == 1
    assert capsys.readouterr().out == (
        "mine.sssom.tsv: AZA: CHEBI:2948: is 'azathioprine' in CHEBI (found label 'azacitidine')\n"
    )
    table.write_text("no table", encoding="utf-8")
    assert main(["validate", str(table)]) == 2
    assert "give an SSSOM table" in capsys.readouterr().err
