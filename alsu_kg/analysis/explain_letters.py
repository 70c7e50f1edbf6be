"""The letters of an explanation: their history, the clauses of the rubric, and what would change them."""

from collections.abc import Sequence
from typing import Final

from alsu_kg.analysis.explanation import THIRD_PARTY, Assessment, Change, Clause, RubricNote, Source
from alsu_kg.analysis.rows import Row, Rows, list_of, text_of

NOTHING_FOUND: Final = "U"
NOT_FOUND: Final = "not found"
_UPDATE: Final = "update"
"""The flag of a letter that an update gave: said in the history, no warning."""
_SURENESS: Final = ("stated", "partly stated", "stated by others", "inferred", NOT_FOUND)
"""How the meaning of a letter is known, surest first (labels of ``alsu:DefinitionBasis``)."""


def read_history(rows: Rows) -> tuple[Assessment, ...]:
    """Read the answer of ``treatment_grade-history``, in its order: by date, undated last."""
    return tuple(_assessment(row) for row in rows)


def _assessment(row: Row) -> Assessment:
    source = Source(*(text_of(row, name) for name in ("source", "source_title", "source_kind", "as_of")))
    return Assessment(
        iri=str(row["assessment"]),
        letter=str(row["grade"]),
        current=bool(row["current"]),
        source=source,
        until=text_of(row, "until"),
        replaced=bool(row.get("replaced")),
        section=text_of(row, "section"),
        note=text_of(row, "note"),
        flags=list_of(row, "flags"),
    )


def current_letters(history: Sequence[Assessment]) -> tuple[str, ...]:
    """Give the letters that are current, each once; a combined letter (``B/D``) stays as it is printed.

    >>> current_letters(())
    ()
    """
    return tuple(sorted({one.letter for one in history if one.current}))


def single_letters(letters: Sequence[str]) -> tuple[str, ...]:
    """Take combined letters apart.

    >>> single_letters(("B/D", "D"))
    ('B', 'D')
    """
    return tuple(sorted({letter for combined in letters for letter in combined.split("/")}))


def read_clauses(rows: Rows, letters: Sequence[str]) -> tuple[Clause, ...]:
    """Read the answer of ``rubric_clauses`` for one category, and mark the clauses of the current ``letters``."""
    current = single_letters(letters)
    return tuple(
        Clause(
            letter=str(row["letter"]),
            text=text_of(row, "clause"),
            basis=str(row["basis"]),
            evidence_state=text_of(row, "evidence_state"),
            is_current=row["letter"] in current,
            sources=list_of(row, "sources"),
            examples=list_of(row, "examples"),
            notes=list_of(row, "notes"),
        )
        for row in rows
    )


def read_notes(rows: Rows, category: str) -> tuple[RubricNote, ...]:
    """Read the remarks of ``rubric_notes`` on ``category`` and on the rubric as a whole."""
    return tuple(
        RubricNote(str(row["kind"]), str(row["note"]), text_of(row, "basis"), list_of(row, "sources"))
        for row in rows
        if text_of(row, "category") in (None, category)
    )


def find_changes(rows: Rows, clauses: Sequence[Clause]) -> tuple[Change, ...]:
    """Say for each current letter what would lead to each other one (answer of ``rubric_changes``), or why that is not known.

    What leads back to U (nothing found) is left out: it would be that evidence is forgotten.
    """
    known = {(str(row["from_grade"]), str(row["to_grade"])): row for row in rows}
    changes = []
    for now in (clause for clause in clauses if clause.is_current):
        for then in clauses:
            if then.letter not in (now.letter, NOTHING_FOUND):
                row = known.get((now.letter, then.letter))
                what = text_of(row, "change") if row else None
                basis = less_sure(now.basis, then.basis) if what else _why_unknown(now, then)
                changes.append(Change(now.letter, then.letter, what, basis))
    return tuple(changes)


def _why_unknown(now: Clause, then: Clause) -> str:
    for clause in (then, now):
        if clause.text is None:
            return f"no definition of {clause.letter} was found"
    return "the clauses do not say"


def less_sure(one: str, other: str) -> str:
    """Give the less sure of two bases of definitions; a change of letters is as sure as the less sure of its clauses.

    >>> less_sure("stated", "inferred")
    'inferred'
    """
    return max(one, other, key=_SURENESS.index)


def letter_flags(history: Sequence[Assessment], clauses: Sequence[Clause]) -> list[str]:
    """Warn of what weakens the current letters: disagreement, copies, warnings of the curators, meaning not stated."""
    current = [one for one in history if one.current]
    flags = (
        ["Sources disagree on the letter; nothing here decides between them."]
        if len(current_letters(history)) > 1
        else []
    )
    if current and all(one.source.kind == THIRD_PARTY for one in current):
        flags.append("The letter is known from other people's copies only, not from the reviewers themselves.")
    marked = sorted({flag for one in current for flag in one.flags} - {_UPDATE})
    flags += [f"The curators mark a current letter: {flag}." for flag in marked]
    for clause in clauses:
        if clause.is_current and clause.basis != "stated":
            flags.append(f"The meaning of {clause.letter} is not the reviewers' own wording: {_say_basis(clause)}.")
    return flags


def _say_basis(clause: Clause) -> str:
    if clause.basis == NOT_FOUND:
        return "no definition was found"
    if clause.basis == "inferred":
        return (
            f"it was inferred from reviews that carry it ({', '.join(clause.examples)})"
            if clause.examples
            else "it was inferred"
        )
    return f"it is {clause.basis}"
