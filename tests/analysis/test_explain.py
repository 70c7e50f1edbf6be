"""Answers put together as an Explanation: letters, clauses, changes, what counts to which category, what is not known."""

import pytest

from alsu_kg.analysis.explain import LetterRows, Subject, explain
from alsu_kg.analysis.explain_basis import BasisRows, category_of
from alsu_kg.analysis.explain_letters import less_sure
from alsu_kg.analysis.explanation import Explanation
from alsu_kg.analysis.rows import Cell, Row

CLAUSES: list[Row] = [
    {"letter": "A", "clause": "Two papers.", "basis": "stated", "version": "v1"},
    {"letter": "B", "clause": None, "basis": "not found", "version": "v1"},
    {
        "letter": "F",
        "clause": "Tried without benefit.",
        "basis": "inferred",
        "evidence_state": "evidence-of-absence",
        "version": "v1",
    },
    {"letter": "U", "clause": "Nothing.", "basis": "stated", "evidence_state": "absence-of-evidence", "version": "v1"},
]
CHANGES: list[Row] = [{"from_grade": "U", "to_grade": "A", "change": "Two papers come."}]
NOTES: list[Row] = [{"category": "trials", "kind": "evidence sought", "note": "trial in people"}]


def _letter(letter: str, **known: Cell) -> Row:
    row: dict[str, Cell] = {
        "assessment": f"x:{letter}",
        "grade": letter,
        "current": True,
        "replaced": False,
        "source": "https://x.org",
        "source_kind": "article",
        "flags": (),
    }
    row.update(known)
    return row


def _explain(*history: Row, statements: tuple[Row, ...] = (), works: tuple[Row, ...] = ()) -> Explanation:
    basis = BasisRows(statements=statements, details=[], works=works, sources=[], hops=[])
    return explain(Subject("Testazine", ("901",), "trials"), LetterRows(history, CLAUSES, NOTES, CHANGES), basis)


def test_without_a_letter_nothing_is_guessed() -> None:
    found = _explain()
    assert found.letters == ()
    assert found.verdict() == "not known"
    assert found.changes == ()
    assert any("no source" in said for said in found.in_words)
    assert any("What the letter rests on is not known" in said for said in found.unknown)


def test_sources_that_disagree_are_both_shown_and_none_is_chosen() -> None:
    found = _explain(_letter("A", source="https://one.org", as_of="2020"), _letter("F", source="https://two.org"))
    assert found.verdict() == "A or F"
    said = " ".join(found.in_words)
    assert "https://one.org (2020)" in said
    assert "https://two.org (date not known)" in said
    assert [clause.letter for clause in found.clauses if clause.is_current] == ["A", "F"]
    assert {change.from_letter for change in found.changes} == {"A", "F"}
    assert any("disagree" in flag for flag in found.flags)


def test_another_letter_that_is_not_current_is_named_too() -> None:
    found = _explain(_letter("F"), _letter("U", current=False, as_of="2021-10", source="https://copy.net"))
    assert any("does not select" in said and "U" in said and "2021-10" in said for said in found.in_words)
    replaced = _explain(_letter("F"), _letter("U", current=False, replaced=True))
    assert not any("does not select" in said for said in replaced.in_words)


def test_what_would_change_it_is_read_off_the_rubric_or_not_known() -> None:
    ways = {change.to_letter: change for change in _explain(_letter("U")).changes}
    assert (ways["A"].what, ways["A"].basis) == ("Two papers come.", "stated")
    assert (ways["B"].what, ways["B"].basis) == (None, "no definition of B was found")
    assert (ways["F"].what, ways["F"].basis) == (None, "the clauses do not say")
    assert "U" not in {change.to_letter for change in _explain(_letter("F")).changes}


def test_both_letters_of_a_combined_one_are_explained() -> None:
    found = _explain(_letter("A/F"))
    assert found.letters == ("A/F",)
    assert [clause.letter for clause in found.clauses if clause.is_current] == ["A", "F"]


def test_absence_of_evidence_and_evidence_of_absence_are_kept_apart_in_words() -> None:
    nothing, tried = (" ".join(_explain(_letter(letter, as_of="2020-05")).in_words) for letter in "UF")
    assert "absence of evidence: no trial in people was found (as of 2020-05" in nothing
    assert "evidence of absence" not in nothing
    assert "evidence of absence" in tried
    assert "This is absence of evidence" not in tried


def test_warnings_name_copies_inference_and_marks() -> None:
    flags = " ".join(_explain(_letter("F", source_kind="third-party", flags=("low confidence", "update"))).flags)
    assert "other people's copies only" in flags
    assert "it was inferred" in flags
    assert "low confidence" in flags
    assert "update" not in flags
    assert not any("copies" in flag for flag in _explain(_letter("A")).flags)


def test_a_retracted_work_is_a_warning_at_the_letter_and_at_the_statement() -> None:
    trial: Row = {"statement": "x:t", "kind": "Trial", "graph": "x:g", "section": "Trials", "on_mechanism": False}
    work: Row = {
        "number": 3,
        "label": "Doe 2015",
        "reference": "https://x/reference/testazine/3",
        "retracted": "retracted",
    }
    found = _explain(
        _letter("A"), statements=(trial,), works=({**work, "link_status": "linked", "statements": ("x:t",)},)
    )
    assert found.statements[0].flags == ("reference 3: retracted",)
    assert "Reference 3: retracted." in found.flags
    assert found.statements[0].works == ("3",)
    assert found.works[0].retracted == "retracted"


@pytest.mark.parametrize(
    ("row", "category"),
    [
        ({"kind": "Trial", "role": "conclusion"}, "trials"),
        ({"kind": "CaseGroup"}, "cases"),
        ({"kind": "Claim", "role": "risks", "on_mechanism": True}, "risks"),
        ({"kind": "Claim", "role": "background", "on_mechanism": True}, "mechanism"),
        ({"kind": "Claim", "role": "conclusion", "predicate": "in_clinical_trials_for"}, "trials"),
        ({"kind": "Claim", "role": None, "predicate": "treats"}, None),
        ({"kind": "RelatedStudy", "role": "preclinical"}, "preclinical"),
        ({"kind": "RelatedStudy", "role": "update"}, None),
    ],
)
def test_statements_count_by_section_else_by_what_they_say(row: Row, category: str | None) -> None:
    assert category_of(row) == category


def test_a_change_is_as_sure_as_the_less_sure_clause() -> None:
    assert less_sure("inferred", "stated") == "inferred"
    assert less_sure("stated by others", "partly stated") == "stated by others"
    assert less_sure("stated", "stated") == "stated"
