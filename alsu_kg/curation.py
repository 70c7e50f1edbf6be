"""A person goes through what machines proposed, one question at a time; every answer is on disk before the next is asked.

The terminal, the clock and the name come in as arguments. ``cli_curate`` asks about files; ``ask_about`` is the one way of asking
for every verb.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, Protocol, get_args

import msgspec

from alsu_kg.answers.proposal_text import claim_text, describe, describe_claim
from alsu_kg.decision_log import add_decision, decisions_path, read_log
from alsu_kg.model.decision import Candidate, Decision, Proposal, propose_claims
from alsu_kg.model.decision_rows import propose_links, propose_mappings
from alsu_kg.model.errors import UsageError, WorkError
from alsu_kg.model.review import Claim, Context, Polarity, Predicate, Status
from alsu_kg.records import RECORD_SUFFIXES, read_record

Step = Literal["skip", "undo", "quit"]

_CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "status": get_args(Status),
    "polarity": get_args(Polarity),
    "predicate": get_args(Predicate),
}
_PARTS: Final = (
    "subject",
    "predicate",
    "object",
    "status",
    "polarity",
    "species",
    "model",
    "cell",
    "anatomy",
    "disease",
)
_CLAIM_KEYS: Final = "a accept, c change, r reject, s skip, u undo, q quit"
_MAPPING_KEYS: Final = "number accept that one, c another identifier, r none of these, s skip, u undo, q quit"
_STEPS: Final[dict[str, Step]] = {"s": "skip", "u": "undo", "q": "quit"}


class Terminal(Protocol):
    """Where a person reads and answers."""

    def say(self, text: str) -> None:
        """Show a text."""
        ...

    def ask(self, prompt: str) -> str | None:
        """Ask for one line; ``None`` at the end of input."""
        ...


@dataclass(frozen=True, slots=True)
class Person:
    """Who decides, and the clock that says when (ISO 8601 with zone)."""

    name: str
    now: Callable[[], str]


@dataclass(slots=True)
class Tally:
    """What happened in a session: the decisions in order (``None`` for a skipped question)."""

    history: list[tuple[Proposal, Decision | None]] = field(default_factory=list)
    undone: list[Proposal] = field(default_factory=list)

    @property
    def decided(self) -> int:
        """How many decisions were made and not taken back."""
        return sum(decision is not None for _, decision in self.history)

    def skipped(self) -> set[str]:
        """Give the keys of the questions that were skipped."""
        return {proposal.key for proposal, decision in self.history if decision is None}


def read_proposals(path: Path) -> list[Proposal]:
    """Read what a file proposes: claims of a record, mappings of an SSSOM table, links of JSON lines.

    Raises ``RecordError`` for a bad record and ``WorkError`` for any other file that cannot be used.
    """
    if path.suffix in RECORD_SUFFIXES:
        return propose_claims(read_record(path))
    readers = {".tsv": propose_mappings, ".jsonl": propose_links}
    if path.suffix not in readers:
        raise UsageError(
            "is no file to decide on",
            place=str(path),
            repair="give a record (yaml, json), SSSOM (tsv) or links (jsonl)",
        )
    try:
        return readers[path.suffix](path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise WorkError(f"cannot be read: {error}", place=str(path), repair="give a whole file") from None


def find_open(path: Path) -> list[Proposal]:
    """Give what a file proposes and nobody has decided on."""
    decided = read_log(decisions_path(path)).standing
    return [proposal for proposal in read_proposals(path) if proposal.key not in decided]


def curate(path: Path, person: Person, terminal: Terminal) -> Tally:
    """Ask about everything open in ``path``; each decision is added to the file beside it at once.

    What another session decides meanwhile is not asked again. Ends with the last question, ``quit`` or the end of input.
    """
    return decide(read_proposals(path), decisions_path(path), person, terminal, name=path.name)


def decide(proposals: Sequence[Proposal], log: Path, person: Person, terminal: Terminal, *, name: str) -> Tally:
    """Ask about those of ``proposals`` that ``log`` holds no decision on, as ``curate`` does; ``name`` is shown with each."""
    tally = Tally()
    while (proposal := _next(proposals, log, tally)) is not None:
        left = len(_open(proposals, log, tally))
        terminal.say(f"\n{name}: {tally.decided} decided, {left} to go\n" + "\n".join(describe(proposal)))
        answer = ask_about(proposal, person, terminal)
        if answer == "quit":
            break
        if answer == "undo":
            _undo(log, tally, person, terminal)
        elif answer == "skip":
            tally.history.append((proposal, None))
        else:
            add_decision(log, answer)
            tally.history.append((proposal, answer))
    return tally


def _open(proposals: Sequence[Proposal], log: Path, tally: Tally) -> list[Proposal]:
    gone = read_log(log).standing.keys() | tally.skipped()
    return [proposal for proposal in proposals if proposal.key not in gone]


def _next(proposals: Sequence[Proposal], log: Path, tally: Tally) -> Proposal | None:
    """Give the next question: one that was just taken back, else the first that is open."""
    found = _open(proposals, log, tally)
    again = [proposal for proposal in reversed(tally.undone) if proposal in found]
    tally.undone.clear()
    return next(iter([*again, *found]), None)


def _undo(log: Path, tally: Tally, person: Person, terminal: Terminal) -> None:
    """Take the last answer of this session back, by a line that says so."""
    if not tally.history:
        terminal.say("nothing was decided in this session")
        return
    proposal, decision = tally.history[-1]
    if decision is not None:
        counting = read_log(log).standing.get(proposal.key)
        if counting is None or counting.by != decision.by or counting.verdict != decision.verdict:
            terminal.say("another session has decided on it since; its decision stands")
            tally.history.pop()
            return
        add_decision(log, _made(proposal, person, "withdraw", chosen=decision.chosen))
    tally.history.pop()
    tally.undone.append(proposal)


def ask_about(proposal: Proposal, person: Person, terminal: Terminal) -> Decision | Step:
    """Ask until there is an answer that means something; the end of input is ``quit``."""
    while True:
        line = terminal.ask(f"[{_CLAIM_KEYS if proposal.claim else _MAPPING_KEYS}] > ")
        if line is None:
            return "quit"
        key = line.strip().casefold()
        step = _STEPS.get(key[:1]) if key in _STEPS or key in _STEPS.values() else None
        if step:
            return step
        decision = (_answer_claim if proposal.claim else _answer_mapping)(key, proposal, person, terminal)
        if decision:
            return decision
        if key not in ("c", "change"):
            terminal.say(f"please answer with {_CLAIM_KEYS if proposal.claim else _MAPPING_KEYS}")


def _made(
    proposal: Proposal,
    person: Person,
    verdict: Literal["accept", "change", "reject", "withdraw"],
    *,
    claim: Claim | None = None,
    chosen: Candidate | None = None,
) -> Decision:
    return Decision(verdict=verdict, by=person.name, at=person.now(), proposal=proposal, claim=claim, chosen=chosen)


def _answer_claim(key: str, proposal: Proposal, person: Person, terminal: Terminal) -> Decision | None:
    if key in ("a", "accept"):
        return _made(proposal, person, "accept")
    if key in ("r", "reject"):
        return _made(proposal, person, "reject")
    if key in ("c", "change") and proposal.claim:
        changed = _change(proposal.claim, terminal)
        return _made(proposal, person, "change", claim=changed) if changed else None
    return None


def _answer_mapping(key: str, proposal: Proposal, person: Person, terminal: Terminal) -> Decision | None:
    if key.isdecimal() and 1 <= int(key) <= len(proposal.candidates):
        return _made(proposal, person, "accept", chosen=proposal.candidates[int(key) - 1])
    if key in ("r", "reject"):
        return _made(proposal, person, "reject")
    if key in ("c", "change"):
        given = (terminal.ask("identifier, such as CHEBI:2948 or doi:10.1002/mus.24143 (Enter: back) > ") or "").strip()
        if ":" in given and not any(letter.isspace() for letter in given):
            return _made(proposal, person, "change", chosen=Candidate(id=given))
        if given:
            terminal.say(f"{given!r} is no identifier with a prefix")
    return None


def _change(claim: Claim, terminal: Terminal) -> Claim | None:
    """Let a person change parts of a claim; ``None`` if nothing was changed."""
    changed = claim
    while True:
        names = ", ".join(f"{number} {name}" for number, name in enumerate(_PARTS, 1))
        part = _pick(terminal.ask(f"change what? [{names}; Enter: done, x: back] > "), _PARTS)
        if part == "x":
            return None
        if part is None:
            return changed if changed != claim else None
        if part not in _PARTS:
            terminal.say(f"there is no part {part!r}")
            continue
        changed = _with_part(changed, part, terminal)
        terminal.say("\n".join(describe_claim(changed)))


def _with_part(claim: Claim, part: str, terminal: Terminal) -> Claim:
    in_context = part in Context.__struct_fields__
    now = getattr(claim.context if in_context else claim, part)
    choices = _CHOICES.get(part, ())
    told = ", ".join(f"{number} {name}" for number, name in enumerate(choices, 1))
    value = _pick(
        terminal.ask(f"{part} is {now or 'not stated'!r}; new value{f' [{told}]' if told else ''} > "), choices
    )
    if value is None or (choices and value not in choices):
        terminal.say("left as it is")
        return claim
    if in_context:
        context = msgspec.structs.replace(claim.context, **{part: None if value == "-" else value})
        return msgspec.structs.replace(claim, context=context)
    return msgspec.structs.replace(claim, **{part: value})


def _pick(line: str | None, choices: Sequence[str]) -> str | None:
    """Give what a line means: the choice of that number, its text, or nothing."""
    text = " ".join((line or "").split())
    if text.isdecimal() and 1 <= int(text) <= len(choices):
        return choices[int(text) - 1]
    return text or None


def summarise(tally: Tally) -> str:
    """Say what a session did, in one line a decision."""
    lines = [
        f"  {decision.verdict:<7} {claim_text(p.claim) if p.claim else p.key}"
        for p, decision in tally.history
        if decision is not None
    ]
    return "\n".join([f"{tally.decided} decided", *lines])
