"""An Explanation: why a treatment has its letter in one category, as plain data.

Each part carries what a reader needs to question it: status, source, date, works. What is not known is ``None`` or a
sentence of ``unknown``; it is never filled in.
"""

from dataclasses import dataclass
from typing import Final

THIRD_PARTY: Final = "third-party"
"""The kind of a source that is somebody else's copy of the reviewers' letters."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where something is stated; ``as_of`` is the date of what the source says, as exactly as it is known."""

    address: str | None
    title: str | None = None
    kind: str | None = None
    as_of: str | None = None

    def name(self) -> str:
        """Name the source and its date for a reader.

        >>> Source("https://example.org/x", "Untested 901", "article", "2020-05-01").name()
        'Untested 901 (2020-05-01)'
        >>> Source(None).name()
        'source not known (date not known)'
        """
        return f"{self.title or self.address or 'source not known'} ({self.as_of or 'date not known'})"


@dataclass(frozen=True, slots=True)
class Work:
    """A reference or related study with what is known of its work; ``key`` is the number by which statements cite it."""

    key: str
    label: str
    title: str | None
    container: str | None
    year: str | None
    doi: str | None
    pmid: str | None
    link_status: str | None
    link_reason: str | None
    retracted: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim, case, trial, risk or study: what it says in words, how the source states it, and what it rests on."""

    iri: str
    kind: str
    words: str
    status: str | None = None
    context: str | None = None
    points: tuple[tuple[str, str], ...] = ()
    note: str | None = None
    section: str | None = None
    sources: tuple[Source, ...] = ()
    works: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hop:
    """A step of a mechanism path: its claim, every computed reason against it, and what could not be told of it."""

    claim: Statement
    is_weakest: bool = False
    reasons: str | None = None
    not_known: str | None = None
    context_change: str | None = None
    sign_so_far: str | None = None


@dataclass(frozen=True, slots=True)
class MechanismPath:
    """A mechanism path: its hops in order; ``effect`` is what it would do to a person with ALS if every hop held."""

    iri: str
    hops: tuple[Hop, ...]
    effect: str | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """One letter of the history, as one source states it."""

    iri: str
    letter: str
    current: bool
    source: Source
    until: str | None = None
    replaced: bool = False
    section: str | None = None
    note: str | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """What a letter means under the rubric, and how that is known; ``text`` is ``None`` if no definition was found."""

    letter: str
    text: str | None
    basis: str
    evidence_state: str | None = None
    is_current: bool = False
    sources: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What would lead from a current letter to another; ``what`` is ``None`` where the rubric does not say: ``basis`` says why."""

    from_letter: str
    to_letter: str
    what: str | None
    basis: str


@dataclass(frozen=True, slots=True)
class RubricNote:
    """A remark on the rubric or on what counts as evidence in the category."""

    kind: str
    text: str
    basis: str | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a treatment has its letter (``letters``: several where current sources disagree, none where no source gives one)."""

    treatment: str
    reviews: tuple[str, ...]
    category: str
    question: str | None
    letters: tuple[str, ...]
    in_words: tuple[str, ...]
    rubric_version: str | None
    clauses: tuple[Clause, ...]
    paths: tuple[MechanismPath, ...]
    statements: tuple[Statement, ...]
    works: tuple[Work, ...]
    history: tuple[Assessment, ...]
    changes: tuple[Change, ...]
    rubric_notes: tuple[RubricNote, ...]
    flags: tuple[str, ...]
    unknown: tuple[str, ...]

    def verdict(self) -> str:
        """Give the letter or letters in a word or two, such as ``C`` or ``C or F``; without a letter ``not known``."""
        return " or ".join(self.letters) if self.letters else "not known"


NOTICE: Final = "This shows what reviews state, with status, source and date. It is no medical advice."

BASIS_NOTE: Final = (
    "Statements that count to this category by the section they stand in, else by what they say. "
    "Which of them decided the letter the reviewers do not say."
)
CHANGES_NOTE: Final = (
    "Read off the clauses of the two letters, and as sure as the less sure of the two. Reviewers settle letters together; "
    "no clause does it for them."
)
