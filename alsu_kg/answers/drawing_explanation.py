"""The picture of an Explanation: the letters with their meaning and what would lead to each, what the letter rests on, its history.

Unlike the page it shows the first statements only and says how many more there are.
"""

from collections.abc import Sequence
from typing import Final

from alsu_kg.analysis.explanation import Assessment, Change, Clause, Explanation, Statement
from alsu_kg.answers.drawing import Format, render
from alsu_kg.answers.drawing_marks import (
    MARGIN,
    STATUS_MARKS,
    WARNING,
    Caption,
    close_page,
    draw_status_legend,
    write_heading,
    write_notes,
)
from alsu_kg.answers.drawing_page import GREY, Box, Font, Line, Page, Rect, clean_text, wrap
from alsu_kg.answers.explanation_text import say_assessment, say_effect, say_source

_WIDTH: Final = 720.0
_LETTER: Final = 30.0
_GAP: Final = 14.0
_MEANING: Final = 300.0
_HEAD: Final = Font(11, bold=True, colour="#0b3c5d")
_WORDS: Final = Font(9)
_BOLD: Final = Font(9, bold=True)
_SMALL: Final = Font(8, colour="#4a4a4a")
_WARN: Final = Font(8.5, bold=True, colour=WARNING)
_BLUE: Final = "#0b3c5d"
_MOST_STATEMENTS: Final = 8


def draw_picture(explanation: Explanation, form: Format) -> bytes:
    """Draw ``explanation`` as SVG or PNG; the same explanation gives the same bytes."""
    return render(lay_out_explanation(explanation), form)


def lay_out_explanation(explanation: Explanation) -> Page:
    """Lay out ``explanation`` as a page."""
    title = f"{explanation.treatment}, {explanation.category}: {explanation.verdict()}"
    page = Page(clean_text(title))
    facts = (f"ALSUntangled review {', '.join(explanation.reviews)}", _dated(explanation.history))
    y = write_heading(page, Caption(title, facts, is_one_review=len(explanation.reviews) == 1), _WIDTH)
    for said in explanation.in_words:
        y += page.write((MARGIN, y), wrap(said, _WIDTH, _WORDS), _WORDS).height + 4
    y = _draw_letters(page, explanation, y + 10)
    y = _draw_basis(page, explanation, y + 6)
    y = _write_block(page, "History of the letter", [_say(one) for one in explanation.history], y)
    y = _write_block(page, "Warnings", explanation.flags, y)
    y = _write_block(page, "Not known", explanation.unknown, y)
    notes = ("'alsu-kg why' writes all of it, with works and identifiers, as text, JSON or a web page.",)
    return close_page(page, write_notes(page, notes, y + 6, _WIDTH), _WIDTH)


def _dated(history: Sequence[Assessment]) -> str:
    dates = [one.source.as_of for one in history if one.current and one.source.as_of]
    return f"letter as of {max(dates)}" if dates else "date of the letter not known"


def _say(one: Assessment) -> str:
    return f"{one.letter}  {say_assessment(one)}"


def _write_head(page: Page, words: str, y: float) -> float:
    return y + page.write((MARGIN, y), words, _HEAD).height + 5


def _draw_letters(page: Page, explanation: Explanation, y: float) -> float:
    """Draw a row for each letter: the letter, what it means, and what would lead there from the letter now."""
    y = _write_head(
        page,
        f"What the letters mean (rubric {explanation.rubric_version or 'not known'}), and what would lead to each",
        y,
    )
    several = sum(clause.is_current for clause in explanation.clauses) > 1
    for clause in explanation.clauses:
        ways = [
            _say_way(change, several=several) for change in explanation.changes if change.to_letter == clause.letter
        ]
        now = ["One of the letters now." if several else "This is the letter now."] if clause.is_current else []
        y = _draw_letter(page, clause, " ".join([*now, *ways]), y)
    return y


def _say_way(change: Change, *, several: bool) -> str:
    start = f"From {change.from_letter}: " if several else ""
    return start + (f"{change.what} ({change.basis})" if change.what else f"Not known: {change.basis}.")


def _draw_letter(page: Page, clause: Clause, way: str, y: float) -> float:
    left = MARGIN + _LETTER + _GAP
    meaning = wrap(f"{clause.text or 'Definition not known.'} ({clause.basis})", _MEANING, _WORDS)
    room = _WIDTH - _LETTER - _MEANING - 3 * _GAP
    steps = wrap(way, room, _BOLD if clause.is_current else _SMALL) if way else []
    height = max(_LETTER, len(meaning) * _WORDS.leading, len(steps) * _SMALL.leading) + 8
    if clause.is_current:
        page.shapes.append(Box(Rect(MARGIN, y, _WIDTH, height), "#e9f1f8", "#e9f1f8", rounding=4))
    box = Rect(MARGIN + 4, y + 4, _LETTER - 4, _LETTER - 4)
    face, ink = (_BLUE, "white") if clause.is_current else ("white", _BLUE)
    page.shapes.append(Box(box, face, _BLUE, rounding=3))
    page.write_in(box, [clause.letter], Font(12, bold=True, colour=ink))
    page.write((left, y + 5), meaning, _WORDS)
    if steps:
        page.write((left + _MEANING + _GAP, y + 5), steps, _BOLD if clause.is_current else _SMALL)
    page.shapes.append(Line(((MARGIN, y + height), (MARGIN + _WIDTH, y + height)), "#c9d2da", width=0.6))
    return y + height


def _draw_basis(page: Page, explanation: Explanation, y: float) -> float:
    """Draw paths and statements as lines with the mark of their status."""
    y = _write_head(page, "What it rests on", y + 8)
    if not explanation.paths and not explanation.statements:
        return (
            y
            + page.write((MARGIN, y), "Not known here: this graph holds no statement that counts to it.", _WORDS).height
        )
    for number, path in enumerate(explanation.paths, 1):
        y += page.write((MARGIN, y), f"Mechanism path {number}{say_effect(path)}", _BOLD).height + 4
        for hop in path.hops:
            y = _draw_statement(page, hop.claim, y)
            if hop.is_weakest:
                y = _draw_weakest(page, hop.reasons or "why is not known", y)
    for statement in explanation.statements[:_MOST_STATEMENTS]:
        y = _draw_statement(page, statement, y)
    more = len(explanation.statements) - _MOST_STATEMENTS
    if more > 0:
        y += page.write((MARGIN + 54, y), f"and {more} more statements, not drawn", _SMALL).height + 4
    if any(
        one.status for one in (*explanation.statements, *(hop.claim for path in explanation.paths for hop in path.hops))
    ):
        y = draw_status_legend(page, y + 4, _WIDTH, has_heads=False)
    return y


def _draw_statement(page: Page, statement: Statement, y: float) -> float:
    left, room = MARGIN + 54, _WIDTH - 54
    middle = y + _BOLD.leading / 2
    mark = STATUS_MARKS.get(statement.status or "")
    if mark:
        page.shapes.append(Line(((MARGIN, middle), (MARGIN + 44, middle)), mark.colour, mark.dashes, width=1.6))
    else:
        page.shapes.append(Line(((MARGIN + 30, middle), (MARGIN + 44, middle)), GREY, width=1.6))
    status = f" [{statement.status}]" if statement.status else ""
    y += page.write((left, y), wrap(statement.words + status, room, _BOLD), _BOLD).height
    cited = (
        f"rests on {', '.join(f'[{key}]' for key in statement.works)}" if statement.works else "no reference recorded"
    )
    points = [f"{name}: {value}" for name, value in statement.points]
    context = [statement.context] if statement.context else []
    said = " · ".join((*context, *points, cited, say_source(statement)))
    return y + page.write((left, y), wrap(said, room, _SMALL, most=4), _SMALL).height + 5


def _draw_weakest(page: Page, why: str, y: float) -> float:
    lines = wrap(f"Weakest step: {why}", _WIDTH - 64, _WARN)
    height = page.write((MARGIN + 62, y - 2), lines, _WARN).height
    page.shapes.append(Line(((MARGIN + 56, y - 2), (MARGIN + 56, y - 2 + height)), WARNING, width=2))
    return y + height + 6


def _write_block(page: Page, head: str, texts: Sequence[str], y: float) -> float:
    if not texts:
        return y
    y = _write_head(page, head, y + 12)
    for text in texts:
        y += page.write((MARGIN, y), wrap(text, _WIDTH, _SMALL), _SMALL).height + 3
    return y
