"""In what a claim was seen: species, model, cell, place in the body, disease."""

import re
from collections.abc import Sequence

from alsu_kg.extraction.relation_words import PredicateWords
from alsu_kg.extraction.terms import TermMatch
from alsu_kg.model.review import Context


def read_context(terms: Sequence[TermMatch], told: tuple[str, str], words: PredicateWords) -> Context:
    """Give the context of a claim: species, model, cell, place in the body, disease; ``told`` is its sentence and its clause.

    >>> from alsu_kg.extraction.terms import Term
    >>> words = PredicateWords(re.compile("slows"), "affects", "decreases", "active")
    >>> text = "In mice it slows."; read_context([TermMatch(3, 7, Term("mouse", "species"))], (text, text), words).species
    'mouse'
    """
    whole, text = told

    first: dict[str, str] = {}
    for match in terms:
        first.setdefault(match.term.kind, match.term.label)
    model = first.get("model")
    species = first.get("species") or (_species_of(model) if model else None)
    if " model" in text and re.search(r"\b(?:mouse|mice|murine) models?\b", text):
        species = "mouse"
    told_of = "disease" in first and words.predicate not in ("treats", "predisposes_to_condition")
    diseases = [t.term.label for t in terms if t.term.kind == "disease"] if told_of else []
    if "PALS" in whole and any(whole[t.start : t.end] == "PALS" for t in terms):
        diseases.append("amyotrophic lateral sclerosis")
    disease = diseases[0] if diseases else None
    if diseases and "model" in text and re.search(r"\bmodels? of\b", text):
        disease = next((d for d in diseases if "lateral" not in d), disease)
    return Context(
        species=species,
        model=model if model != "preclinical ALS models" else None,
        cell=first.get("cell"),
        anatomy=first.get("anatomy"),
        disease=disease,
    )


def _species_of(model: str) -> str | None:
    return next(
        (species for word, species in (("mouse", "mouse"), ("mice", "mouse"), ("rat", "rat")) if word in model), None
    )
