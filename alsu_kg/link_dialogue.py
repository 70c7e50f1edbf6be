"""Asking a person which work an ambiguous reference means, in the terminal; each answer is kept at once."""

import sys
from collections.abc import Callable
from typing import Final, NamedTuple, TextIO

from alsu_kg.linking.decisions import NO_WORK, Decision, subject_of
from alsu_kg.linking.link_rows import work_key
from alsu_kg.model.candidate import Candidate, ScoredCandidate
from alsu_kg.model.link import ReferenceLink
from alsu_kg.model.reference import Reference

Keep = Callable[[Decision], None]
_LONGEST_SHOWN: Final = 600


class Dialogue(NamedTuple):
    """Where questions go and answers come from, who answers, and on what day (ISO 8601)."""

    questions: TextIO
    answers: TextIO
    author: str
    date: str


def open_dialogue(author: str, date: str) -> Dialogue:
    """Ask on standard error, read from standard input."""
    return Dialogue(sys.stderr, sys.stdin, author, date)


def ask_person(pairs: list[tuple[Reference, ReferenceLink]], dialogue: Dialogue, keep: Keep) -> dict[str, Decision]:
    """Ask about each ambiguous reference in turn; give the decisions by subject. ``q`` or the end of input stops asking."""
    decided: dict[str, Decision] = {}
    ambiguous = [(reference, link) for reference, link in pairs if link.decision == "ambiguous"]
    for place, (reference, link) in enumerate(ambiguous, start=1):
        dialogue.questions.write(f"\n[{place} of {len(ambiguous)}] {reference.text[:_LONGEST_SHOWN]}\n")
        decision, goes_on = _ask(reference, link, dialogue)
        if decision is not None:
            keep(decision)
            decided[decision.subject] = decision
        if not goes_on:
            break
    return decided


def _ask(reference: Reference, link: ReferenceLink, dialogue: Dialogue) -> tuple[Decision | None, bool]:
    """Show the best three; give the decision, or ``None`` to leave it open, and whether to go on."""
    shown: list[ScoredCandidate] = [s for s in (link.best, *link.others) if s]
    for number, scored in enumerate(shown, start=1):
        dialogue.questions.write(f"  {number}  {scored.score:.2f}  {_line(scored.candidate)}\n")
    while True:
        dialogue.questions.write("which one? (number, n = none of them, Enter = leave open, q = stop) ")
        dialogue.questions.flush()
        line = dialogue.answers.readline()
        answer = line.strip().lower()
        if not line or answer == "q":
            return None, False
        if not answer:
            return None, True
        if answer == "n":
            return _decision(reference, None, dialogue), True
        if answer.isdecimal() and 1 <= int(answer) <= len(shown):
            return _decision(reference, shown[int(answer) - 1].candidate, dialogue), True
        dialogue.questions.write(f"{answer!r} is none of these\n")


def _decision(reference: Reference, work: Candidate | None, dialogue: Dialogue) -> Decision:
    return Decision(
        subject=subject_of(reference),
        subject_label=reference.title,
        object=work_key(work) if work else NO_WORK,
        object_label=work.title if work else "",
        author=dialogue.author,
        date=dialogue.date,
    )


def _line(work: Candidate) -> str:
    names = ", ".join(family for family, _ in work.authors[:3])
    where = f"{work.container or work.short_container} {work.volume}:{work.first_page}"
    return f"{names} ({work.year or 'no year'}) {work.title}. {where} {work_key(work)}"
