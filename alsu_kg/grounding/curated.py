"""Persons' decisions about what words mean: they win over the machine, and every machine run keeps them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from alsu_kg.grounding.disambiguate import Candidate
from alsu_kg.grounding.names import make_key
from alsu_kg.model.sssom import NO_TERM, TermMapping

EXACT: Final = "skos:exactMatch"


Decisions = Mapping[str, tuple[TermMapping, ...]]
"""What persons decided of each word, by the key of the word."""


def index_decisions(mappings: Iterable[TermMapping]) -> Decisions:
    """Index exact matches that persons decided, and decisions that there is no term, by the key of their word.

    >>> from alsu_kg.model.sssom import CURATED
    >>> row = TermMapping(subject_id="treatment:x", subject_label="AZA", object_id="CHEBI:2948", justification=CURATED)
    >>> [one.object_id for one in index_decisions([row])["aza"]]
    ['CHEBI:2948']
    """
    found: dict[str, tuple[TermMapping, ...]] = {}
    for one in mappings:
        if one.is_curated and (one.predicate_id == EXACT or one.object_id == NO_TERM):
            key = make_key(one.subject_label or one.subject_id)
            found[key] = (*found.get(key, ()), one)
    return found


def apply_decision(word: str, candidates: Sequence[Candidate], decisions: Decisions) -> tuple[Candidate, ...]:
    """Put the terms that a person decided on first, with score 1; a decision that there is none leaves no candidate.

    Terms of several vocabularies may be decided on; those that the machine ranked too keep its order. Where somebody decided that
    there is no term and somebody else on one, the later row holds.
    """
    rows = decisions.get(make_key(word), ())
    if not rows:
        return tuple(candidates)
    if rows[-1].object_id == NO_TERM:
        return ()
    decided = {one.object_id: one for one in rows if one.object_id != NO_TERM}
    ranked = {one.curie: one for one in candidates}
    order = [*(curie for curie in ranked if curie in decided), *(curie for curie in decided if curie not in ranked)]
    chosen = tuple(_decided(word, decided[curie], ranked.get(curie), tuple(decided)) for curie in order)
    return (*chosen, *(one for one in candidates if one.curie not in decided))


def _decided(word: str, row: TermMapping, known: Candidate | None, together: tuple[str, ...]) -> Candidate:
    why = f"decided by {row.author or 'a person'}{f' on {row.date}' if row.date else ''}"
    others = {*together, *(known.same_as if known else ())} - {row.object_id}
    label = known.label if known else row.object_label
    return Candidate(row.object_id, label, known.kind if known else "other", 1.0, why, word, tuple(sorted(others)))
