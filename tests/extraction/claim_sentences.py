"""The sentences of ``claim_sentences.tsv``, read by the claim reader and compared: totals by set, status and predicate."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, cast

from alsu_kg.documents import load_vocabulary
from alsu_kg.extraction.claims.sentence_claims import find_all_terms, read_claims
from alsu_kg.extraction.sections import Passage
from alsu_kg.extraction.sentences import read_sentences
from alsu_kg.extraction.terms import Term, index_terms
from alsu_kg.model.document import Text
from alsu_kg.model.review import SectionRole

OWN = index_terms([(name, Term("Examplene", "treatment")) for name in ("examplene", "EXA")])
FILE = Path(__file__).with_suffix(".tsv")
Key = tuple[str, str, str, str, str]


class Case(NamedTuple):
    """A sentence and the claims it makes: subject, predicate, object, status, polarity."""

    name: str
    role: SectionRole
    text: str
    claims: frozenset[Key]


def read_cases() -> Iterator[Case]:
    lines = [line for line in FILE.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
    for line in lines[1:]:
        name, role, text, claims = line.split("\t")
        yield Case(
            name, cast(SectionRole, role), text, frozenset(_key(claim) for claim in claims.split(" ; ") if claim)
        )


def _key(claim: str) -> Key:
    arguments, status, polarity = claim.rsplit(" : ", 2)
    subject, predicate, thing = arguments.split(" > ")
    return subject, predicate, thing, status, polarity


def find_claims(text: str, role: SectionRole) -> frozenset[Key]:
    sentences = read_sentences([(Passage(Text(text), "A heading", role, "paragraph"), [])])
    vocabulary = load_vocabulary()
    claims = read_claims(sentences, find_all_terms(sentences, vocabulary, OWN), vocabulary, "Examplene")
    return frozenset((c.subject, c.predicate, c.object, c.status, c.polarity) for c in claims)


class Score(NamedTuple):
    """How many claims were found rightly, found, and wanted."""

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0


def score(cases: Iterable[Case], part: int | None = None) -> dict[str, Score]:
    """Totals over ``cases``, by the part of the claim at position ``part`` (1 predicate, 3 status) or over all."""
    right, found, wanted = Counter[str](), Counter[str](), Counter[str]()
    for case in cases:
        claims = find_claims(case.text, case.role)
        for counter, keys in ((right, claims & case.claims), (found, claims), (wanted, case.claims)):
            counter.update("all" if part is None else key[part] for key in keys)
    return {name: Score(right[name], found[name], wanted[name]) for name in sorted(found | wanted)}
