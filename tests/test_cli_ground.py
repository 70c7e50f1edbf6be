"""``alsu-kg ground``: over the real packaged vocabularies, whose index of names is made once in the user's cache folder."""

import io
import json
from pathlib import Path

import pytest

from alsu_kg.cli import main
from alsu_kg.model.sssom import read_mappings
from alsu_kg.name_index import NameIndex, open_names

HEAD = "subject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label\tmapping_justification\tauthor_label\tmapping_date\n"


def grounded(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> dict[str, dict[str, object]]:
    assert main(["ground", *arguments, "--format", "json", "--quiet"]) == code
    return {row["word"]: row for row in json.loads(capsys.readouterr().out)}


def best(row: dict[str, object]) -> str:
    candidates = row["candidates"]
    assert isinstance(candidates, list)
    return str(candidates[0]["curie"]) if candidates else ""


WORDS = {
    "azathioprine": "CHEBI:2948",
    "TPMT": "HGNC:12014",
    "NF-kappa B": "FPLX:NFkappaB",
    "NF-κB": "FPLX:NFkappaB",
    "microglia": "CL:0000129",
    "spinal cord": "UBERON:0002240",
    "ulcerative colitis": "MONDO:0005101",
    "ALS": "MONDO:0004976",
    "mouse": "NCBITaxon:10090",
    "SOD1-G93A": "entity:sod1-g93a-mouse",
    "ALSFRS-R": "entity:alsfrs-r",
    "dysarthria": "HP:0001260",
    "plasma exchange": "MESH:D010951",
    "vitamin E": "CHEBI:33234",
    "DNA replication": "GO:0006260",
    "Imuran": "CHEBI:2948",
}


def test_words_of_every_kind_find_their_terms(capsys: pytest.CaptureFixture[str]) -> None:
    found = grounded(capsys, *WORDS)
    assert {word: best(row) for word, row in found.items()} == WORDS


def test_ambiguity_is_kept_and_the_obsolete_term_is_last(capsys: pytest.CaptureFixture[str]) -> None:
    found = grounded(capsys, "NF-kappa B", "neuron death", "was", "--limit", "9")
    curies = {word: [c["curie"] for c in row["candidates"]] for word, row in found.items()}  # type: ignore[attr-defined]
    assert "HGNC:7794" in curies["NF-kappa B"]
    assert found["NF-kappa B"]["ambiguous"]
    assert curies["neuron death"][-1] == "GO:0070997"
    assert found["was"]["candidates"][0]["score"] < 0.5  # type: ignore[index]


@pytest.mark.slow
def test_abbreviations_of_a_document_hold_in_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = tmp_path / "review.md"
    document.write_text("# Mechanism\n\nPatients with ALS (PALS) took azacitidine (AZA). AZA slows NF-κB.\n", "utf-8")
    found = grounded(capsys, "AZA", "PALS", "--document", str(document), code=1)
    assert best(found["AZA"]) == "CHEBI:2038"
    assert (best(found["PALS"]), found["PALS"]["expansion"]) == ("", "Patients with ALS")
    assert best(grounded(capsys, "AZA")["AZA"]) == "CHEBI:2948"


@pytest.mark.slow
def test_the_terms_of_a_document_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = tmp_path / "review.md"
    document.write_text("Curcumin was given to SOD1-G93A mice and it can help; curcumin acts on microglia.\n", "utf-8")
    found = grounded(capsys, "--document", str(document))
    assert set(found) >= {"Curcumin", "SOD1-G93A mice", "microglia"}
    assert not {"was", "can", "it", "help"} & set(found)
    only = grounded(capsys, "--document", str(document), "--kind", "cell")
    assert set(only) == {"microglia"}


def test_persons_decisions_win_and_are_written_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decisions = tmp_path / "mine.sssom.tsv"
    decided = "semapv:ManualMappingCuration\tJane Doe\t2026-11-22\n"
    row = f"alsu-word:AZA\tAZA\tskos:exactMatch\tCHEBI:2038\tazacitidine\t{decided}"
    none = f"alsu-word:glutathione\tglutathione\tskos:exactMatch\tsssom:NoTermFound\t\t{decided}"
    decisions.write_text(HEAD + row + none, encoding="utf-8")
    found = grounded(capsys, "AZA", "glutathione", "--decisions", str(decisions), code=1)
    assert (best(found["AZA"]), best(found["glutathione"])) == ("CHEBI:2038", "")
    assert "decided by Jane Doe on 2026-11-22" in str(found["AZA"]["candidates"])
    arguments = [
        "ground",
        "AZA",
        "riluzole",
        "--limit",
        "1",
        "--decisions",
        str(decisions),
        "--format",
        "sssom",
        "--quiet",
    ]
    assert main(arguments) == 0
    rows = {one.subject_label: one for one in read_mappings(capsys.readouterr().out)}
    assert rows["AZA"].author == "Jane Doe"
    assert (rows["riluzole"].object_id, rows["riluzole"].is_curated) == ("CHEBI:8863", False)


@pytest.mark.slow
def test_what_curate_decides_is_kept_when_the_machine_writes_its_table_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "groundings.sssom.tsv"
    command = ["ground", "AZA", "PML", "--format", "sssom", "-o", str(table), "--quiet"]
    assert main(command) == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("a\nr\n"))
    main(["curate", str(table), "--name", "Jane Doe", "--quiet"])
    capsys.readouterr()
    assert main(command) in (0, 1)
    rows = [one for one in read_mappings(table.read_text("utf-8")) if one.is_curated]
    assert {one.author for one in rows} == {"Jane Doe"}
    assert rows


def test_a_word_that_no_vocabulary_has_is_said_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ground", "mockazinol", "--quiet"]) == 1
    assert "no packaged vocabulary has it" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["ground"], ["ground", "x", "--decisions", "/nowhere.tsv"]])
def test_wrong_use_is_told_with_a_repair(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "Repair:" in capsys.readouterr().err


def test_names_of_a_term_and_of_its_twins_are_given() -> None:
    with open_names() as index:
        names = index.find_names("CHEBI:2948")
    assert {"azathioprine", "AZA", "Azathioprine"} <= set(names)


@pytest.mark.slow
def test_an_index_in_a_folder_that_cannot_be_written_is_made_elsewhere(tmp_path: Path) -> None:
    with open_names() as index:
        copy = tmp_path / index.path.name
        copy.write_bytes(index.path.read_bytes())
    with NameIndex(copy) as again:
        assert again.find("azathioprine")
