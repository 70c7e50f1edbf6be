"""An Explanation as text for the terminal: headings, wrapped lines, statuses that a caller may colour."""

import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from alsu_kg.analysis.explanation import (
    BASIS_NOTE,
    CHANGES_NOTE,
    NOTICE,
    Assessment,
    Change,
    Clause,
    Explanation,
    Hop,
    MechanismPath,
    Statement,
    Work,
)

Paint = Callable[[str], str]
_NARROWEST = 40


@dataclass(frozen=True, slots=True)
class _Style:
    width: int
    status: Paint
    heading: Paint


def write_text(explanation: Explanation, *, width: int | None = None, status: Paint = str, heading: Paint = str) -> str:
    """Write ``explanation`` as lines of at most ``width`` characters (default 100).

    ``status`` may colour an epistemic status, ``heading`` a heading; both must keep the words as they are.
    """
    style = _Style(max(width or 100, _NARROWEST), status, heading)
    reviews = ", ".join(explanation.reviews)
    title = f"{explanation.treatment}, {explanation.category}: {explanation.verdict()}"
    head = [*_wrap(title, style), *_wrap(f"Review {reviews}. {explanation.question or ''} {NOTICE}", style)]
    head[0] = heading(head[0])
    blocks = [head, *(_section(name, lines, style) for name, lines in _sections(explanation, style) if lines)]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _sections(explanation: Explanation, style: _Style) -> Iterator[tuple[str, list[str]]]:
    version = f" (rubric {explanation.rubric_version})" if explanation.rubric_version else ""
    yield "In words", [line for said in explanation.in_words for line in _wrap(said, style, "  ")]
    yield "Warnings", _bullets(explanation.flags, style)
    yield "Not known", _bullets(explanation.unknown, style)
    yield f"What the letters mean{version}", [line for one in explanation.clauses for line in _clause(one, style)]
    yield "What would change it", _changes(explanation.changes, style)
    yield "What it rests on", _basis(explanation, style)
    yield "Works", [line for one in explanation.works for line in _work(one, style)]
    yield "History of the letter", [line for one in explanation.history for line in _assessment(one, style)]
    yield (
        "About the rubric",
        _bullets([f"{note.text} ({note.basis or 'ours'})" for note in explanation.rubric_notes], style),
    )


def _section(name: str, lines: list[str], style: _Style) -> list[str]:
    return [*(style.heading(line) for line in _wrap(name, style)), *lines]


def _wrap(text: str, style: _Style, indent: str = "", hanging: str | None = None) -> list[str]:
    """Wrap ``text`` after ``indent``, further lines after ``hanging``; nothing in it steers the terminal."""
    following = indent if hanging is None else hanging
    words = _printable(" ".join(text.split()))
    first = _printable(indent)
    if len(first) > style.width // 2:
        first, words = following, f"{first.strip()} {words}"
    lines = textwrap.wrap(words, style.width, initial_indent=first, subsequent_indent=following, break_on_hyphens=False)
    return lines or [first]


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)


def _bullets(texts: Sequence[str], style: _Style) -> list[str]:
    return [line for text in texts for line in _wrap(text, style, "  - ", "    ")]


def _clause(clause: Clause, style: _Style) -> list[str]:
    mark = ">" if clause.is_current else " "
    return _wrap(
        f"{clause.text or 'Definition not known.'} ({clause.basis})", style, f"{mark} {clause.letter}  ", "     "
    )


def _changes(changes: Sequence[Change], style: _Style) -> list[str]:
    lines = []
    for change in changes:
        said = f"{change.what} ({change.basis})" if change.what else f"not known: {change.basis}"
        lines += _wrap(said, style, f"  {change.from_letter} to {change.to_letter}  ", "          ")
    return [*_wrap(CHANGES_NOTE, style, "  "), *lines] if lines else []


def _basis(explanation: Explanation, style: _Style) -> list[str]:
    lines = [line for number, path in enumerate(explanation.paths, 1) for line in _path(path, number, style)]
    lines += [line for one in explanation.statements for line in _statement(one, style, "  - ")]
    return [*_wrap(BASIS_NOTE, style, "  "), *lines] if lines else []


def _path(path: MechanismPath, number: int, style: _Style) -> list[str]:
    lines = _wrap(f"Mechanism path {number}{say_effect(path)}", style, "  ")
    for place, hop in enumerate(path.hops, 1):
        lines += _statement(hop.claim, style, f"  {place}. ")
        for said in say_hop(hop):
            lines += _wrap(said, style, "     ")
    return lines


def say_effect(path: MechanismPath) -> str:
    """Say what a path would do to a person with ALS, were it true.

    >>> say_effect(MechanismPath("x", (), "harmful"))
    ' (if every step held: harmful)'
    """
    return f" (if every step held: {path.effect})" if path.effect else ""


def say_hop(hop: Hop) -> list[str]:
    """Say what speaks against a hop, where its context changes, and what could not be told of it."""
    against = "WEAKEST STEP" if hop.is_weakest else "against it"
    said = [f"{against}: {hop.reasons}"] if hop.reasons else ["WEAKEST STEP"] * hop.is_weakest
    said += [f"context changes here: {hop.context_change}"] if hop.context_change else []
    return said + ([f"not known: {hop.not_known}"] if hop.not_known else [])


def _statement(statement: Statement, style: _Style, mark: str) -> list[str]:
    indent = " " * len(mark)
    status = f" [{statement.status}]" if statement.status else ""
    cited = (
        f" · rests on {', '.join(f'[{key}]' for key in statement.works)}"
        if statement.works
        else " · no reference recorded"
    )
    lines = _wrap(statement.words + status, style, mark, indent)
    if statement.status:
        lines = [line.replace(f"[{statement.status}]", f"[{style.status(statement.status)}]") for line in lines]
    context = statement.context or ("context not stated" if statement.kind == "Claim" else "as described here")
    lines += _wrap(context + cited, style, indent)
    for name, value in statement.points:
        lines += _wrap(f"{name}: {value}", style, indent)
    if statement.note:
        lines += _wrap(f"note: {statement.note}", style, indent)
    lines += [line for flag in statement.flags for line in _wrap(f"WARNING: {flag}", style, indent)]
    return lines + _wrap(say_source(statement), style, indent)


def say_source(statement: Statement) -> str:
    """Say where a statement stands and as of when; of several possible sources all are named.

    >>> say_source(Statement("x", "Claim", "A affects B"))
    'stated in: source not known'
    """
    section = f", section {statement.section}" if statement.section else ""
    if not statement.sources:
        return f"stated in: source not known{section}"
    if len(statement.sources) > 1:
        names = "; ".join(source.name() for source in statement.sources)
        return f"stated in one of: {names}{section}"
    return f"stated in: {statement.sources[0].name()}{section}"


def _work(work: Work, style: _Style) -> list[str]:
    return _wrap(say_work(work), style, f"  [{work.key}] ", "      ")


def say_work(work: Work) -> str:
    """Describe a work in one line: label, title, identifiers, how it is linked, what is known of retractions."""
    title = [f"{work.title}"] if work.title and work.title != work.label else []
    ids = [f"doi:{work.doi}"] * bool(work.doi) + [f"PMID {work.pmid}"] * bool(work.pmid)
    linked = [f"{work.link_status}{f' ({work.link_reason})' if work.link_reason else ''}"] if work.link_status else []
    return ". ".join([work.label, *title, *(ids or ["no identifier known"]), *linked, f"retraction: {work.retracted}"])


def _assessment(one: Assessment, style: _Style) -> list[str]:
    return _wrap(say_assessment(one), style, f"{'>' if one.current else ' '} {one.letter}  ", "     ")


def say_assessment(one: Assessment) -> str:
    """Say when and where a letter was given, and whether it is current."""
    state = "current" if one.current else "replaced by its source" if one.replaced else "not current"
    until = f" until {one.until}" if one.until else ""
    note = f". Note, in our words: {one.note.rstrip('.')}" if one.note else ""
    flags = f". Marked: {', '.join(one.flags)}" if one.flags else ""
    kind = f" ({one.source.kind})" if one.source.kind else ""
    source = one.source.title or one.source.address or "source not known"
    return f"{one.source.as_of or 'date not known'}{until}, {state}: {source}{kind}{note}{flags}."
