"""Why a treatment has its letter: answers put together as one Explanation, with what is not known said in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from alsu_kg.analysis.explain_basis import (
    BasisRows,
    category_of,
    flag_works,
    in_order,
    read_paths,
    read_statements,
    read_works,
)
from alsu_kg.analysis.explain_letters import (
    current_letters,
    find_changes,
    letter_flags,
    read_clauses,
    read_history,
    read_notes,
)
from alsu_kg.analysis.explanation import Assessment, Clause, Explanation, MechanismPath, RubricNote, Statement, Work
from alsu_kg.analysis.rows import Rows, text_of

_NOT_CHECKED: Final = "could not check"


@dataclass(frozen=True, slots=True)
class LetterRows:
    """Answers on the letters of one treatment in one category and on the rubric."""

    history: Rows
    clauses: Rows
    notes: Rows
    changes: Rows


@dataclass(frozen=True, slots=True)
class Subject:
    """What is explained: a treatment by its label, its reviews, and the category."""

    treatment: str
    reviews: tuple[str, ...]
    category: str
    remark: str | None = None


def explain(subject: Subject, letter_rows: LetterRows, basis_rows: BasisRows) -> Explanation:
    """Put the answers together. The rows are those of the questions that the fields are named after."""
    history = read_history(letter_rows.history)
    letters = current_letters(history)
    clauses = read_clauses(letter_rows.clauses, letters)
    notes = read_notes(letter_rows.notes, subject.category)
    works, of_statement = read_works(basis_rows.works)
    by_key = {work.key: work for work in works}
    everything = read_statements(basis_rows, of_statement)
    everything = {iri: (row, flag_works(one, by_key)) for iri, (row, one) in everything.items()}
    paths = read_paths(basis_rows.hops, everything, subject.category)
    in_paths = {hop.claim.iri for path in paths for hop in path.hops}
    statements = in_order(
        [one for iri, (row, one) in everything.items() if category_of(row) == subject.category and iri not in in_paths]
    )
    cited = {key for one in (*statements, *(hop.claim for path in paths for hop in path.hops)) for key in one.works}
    own_works = tuple(work for work in works if work.key in cited)
    return Explanation(
        treatment=subject.treatment,
        reviews=subject.reviews,
        category=subject.category,
        question=_note(notes, "question"),
        letters=letters,
        in_words=(*((subject.remark,) if subject.remark else ()), *say_letters(history, clauses, notes)),
        rubric_version=text_of(letter_rows.clauses[0], "version") if letter_rows.clauses else None,
        clauses=clauses,
        paths=paths,
        statements=statements,
        works=own_works,
        history=history,
        changes=find_changes(letter_rows.changes, clauses),
        rubric_notes=tuple(note for note in notes if note.kind not in ("question", "evidence sought")),
        flags=(*letter_flags(history, clauses), *_flags_of_basis(paths, statements, own_works)),
        unknown=say_unknown(history, _Basis(paths, statements, own_works), basis_rows.statements),
    )


def _note(notes: Sequence[RubricNote], kind: str) -> str | None:
    return next((note.text for note in notes if note.kind == kind), None)


def say_letters(
    history: Sequence[Assessment], clauses: Sequence[Clause], notes: Sequence[RubricNote]
) -> tuple[str, ...]:
    """Say in words what the current letters are, what they mean, and whether that is absence of evidence or evidence of absence."""
    letters = current_letters(history)
    if not letters:
        return ("Not known: no source in this graph gives a letter in this category.",)
    said = [_say_letter(letter, history) for letter in letters]
    if len(letters) > 1:
        said.insert(0, f"Sources disagree: {' or '.join(letters)}. Both are shown; nothing here decides between them.")
    said += _say_others(history)
    for clause in clauses:
        if clause.is_current:
            meaning = clause.text or "no definition was found"
            said.append(f"{clause.letter} means: {meaning.rstrip('.')} ({clause.basis}).")
            said += _say_state(clause, history, _note(notes, "evidence sought"))
    return tuple(said)


def _say_letter(letter: str, history: Sequence[Assessment]) -> str:
    by = [one for one in history if one.current and one.letter == letter]
    sources = "; ".join(dict.fromkeys(_say_source(one) for one in by))
    notes = "; ".join(dict.fromkeys(one.note for one in by if one.note))
    return f"{letter}, stated by {sources}." + (f" Note, in our words: {notes.rstrip('.')}." if notes else "")


def _say_others(history: Sequence[Assessment]) -> list[str]:
    """Name the letters of other sources that differ and are not current: disagreement is shown also where a rule settles it."""
    current = current_letters(history)
    others = [one for one in history if one.letter not in current and not one.replaced]
    named = "; ".join(dict.fromkeys(f"{one.letter}, stated by {_say_source(one)}" for one in others))
    return [f"Another letter, which the rule of current grades does not select: {named}."] if others else []


def _say_source(one: Assessment) -> str:
    return f"{one.source.name()}, {one.source.kind}" if one.source.kind else one.source.name()


def _say_state(clause: Clause, history: Sequence[Assessment], sought: str | None) -> list[str]:
    """Say for a letter that says so whether nothing was found, or was looked at and not seen."""
    if clause.evidence_state == "absence-of-evidence":
        by = [one for one in history if one.current and one.letter == clause.letter]
        dates = "; ".join(
            dict.fromkeys(
                f"as of {one.source.as_of or 'a date not known'}, {one.source.title or one.source.address}"
                for one in by
            )
        )
        return [
            f"This is absence of evidence: no {sought or 'evidence'} was found ({dates}). "
            "That nothing was found is no finding that there is nothing. Who searched where and when is not known here."
        ]
    if clause.evidence_state == "evidence-of-absence":
        return [
            "This is evidence of absence: it was tried and no benefit was seen. "
            "It differs from U, where nothing was found either way; a negative result is as good as the study behind it."
        ]
    return []


@dataclass(frozen=True, slots=True)
class _Basis:
    paths: Sequence[MechanismPath]
    statements: Sequence[Statement]
    works: Sequence[Work]


def _flags_of_basis(
    paths: Sequence[MechanismPath], statements: Sequence[Statement], works: Sequence[Work]
) -> list[str]:
    flags = [
        f"Weakest step of path {number}: {hop.claim.words} [{hop.claim.status}]: {(hop.reasons or 'why is not known').rstrip('.')}."
        for number, path in enumerate(paths, 1)
        for hop in path.hops
        if hop.is_weakest
    ]
    flags += [
        f"Path {number} would do harm, if every step held."
        for number, path in enumerate(paths, 1)
        if path.effect == "harmful"
    ]
    said = dict.fromkeys(
        flag for one in (*(hop.claim for path in paths for hop in path.hops), *statements) for flag in one.flags
    )
    flags += [flag[0].upper() + flag[1:] + "." for flag in said]
    loose = [work.key for work in works if work.link_status in ("unlinked", "ambiguous", "could-not-check")]
    if loose:
        flags.append(f"Not tied to a work: reference{'s' if len(loose) > 1 else ''} {', '.join(loose)}.")
    return flags


def say_unknown(history: Sequence[Assessment], basis: _Basis, statements: Rows) -> tuple[str, ...]:
    """Say what is not known about the letter and what it rests on."""
    unknown, current = [], [one for one in history if one.current]
    if current and not any(one.note and one.section for one in current):
        unknown.append("The reviewers' reason for the letter is not known here.")
    if current and all(one.source.as_of is None for one in current):
        unknown.append("The date of the letter is not known.")
    if not basis.paths and not basis.statements:
        unknown.append(
            "What the letter rests on is not known here: this graph holds no statement that counts to this category."
        )
    if not any(text_of(row, "section") for row in statements):
        unknown.append(
            "The text of the review was not read into this graph: its reference list is not known here, and it may rest on more."
        )
    unchecked = [work.key for work in basis.works if work.retracted == _NOT_CHECKED]
    if unchecked:
        unknown.append(
            f"Whether works were retracted could not be checked ({len(unchecked)} of {len(basis.works)}); "
            "'alsu-kg build --resolve' asks."
        )
    unassigned = sum(row["kind"] == "RelatedStudy" and category_of(row) is None for row in statements)
    if unassigned:
        unknown.append(f"Studies that a source names without saying to which category they count: {unassigned}.")
    if current and len({one.letter for one in history}) == 1:
        unknown.append("Earlier letters of the reviewers, if there were any, are not known here.")
    return tuple(unknown)
