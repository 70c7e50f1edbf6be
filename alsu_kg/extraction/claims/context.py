"""In what a claim was seen: species, model, cell, place in the body, disease."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from alsu_kg.extraction.claims.clauses import other_starts
from alsu_kg.extraction.relation_words import PredicateWords
from alsu_kg.extraction.terms import TermMatch
from alsu_kg.model.review import Claim, Context

_SETTING = re.compile(r"\W*(?:in|among|using|with)\b", re.IGNORECASE)
_NO_SETTING: Final = other_starts("in", "among", "using", "with")
_MODEL_MICE = re.compile(r"\b(?:mouse|mice|murine) models?\b")
_MODEL_OF = re.compile(r"\bmodels? of\b")
_SEEN_IN: Final = frozenset({"species", "model"})


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
    model = first.get("model") or ("in vitro" if "in vitro" in text else None)
    species = first.get("species") or (_species_of(model) if model else None)
    has_model = "model" in text
    if has_model and species != "mouse" and _MODEL_MICE.search(text):
        species = "mouse"
    diseases: list[str] = []
    if "disease" in first and words.predicate not in ("treats", "predisposes_to_condition"):
        diseases += [t.term.label for t in terms if t.term.kind == "disease"]
    if "PALS" in whole and any(whole[t.start : t.end] == "PALS" for t in terms):
        diseases.append("amyotrophic lateral sclerosis")
    disease = diseases[0] if diseases else None
    if diseases and has_model and _MODEL_OF.search(text):
        disease = next((d for d in diseases if "lateral" not in d), disease)
    return Context(
        species=species,
        model=_named_model(model),
        cell=first.get("cell"),
        anatomy=first.get("anatomy"),
        disease=disease,
    )


def find_setting(text: str, terms: Sequence[TermMatch], until: int) -> Context | None:
    """Give the animals that a sentence names at its start, before character ``until``: ``In mice it did A, but not B``.

    >>> from alsu_kg.extraction.terms import Term
    >>> find_setting("In mice it slows A.", [TermMatch(3, 7, Term("mouse", "species"))], 11).species
    'mouse'
    """
    if text[:2] in _NO_SETTING or not _SETTING.match(text):
        return None
    first = {t.term.kind: t.term.label for t in terms if t.end <= until and t.term.kind in _SEEN_IN}
    model = first.get("model")
    species = first.get("species") or (_species_of(model) if model else None)
    return Context(species=species, model=_named_model(model)) if first else None


def seen_there(claim: Claim, setting: Context) -> Claim:
    """Give a claim that names no animals of its own those of its sentence.

    >>> claim = Claim(subject="a", predicate="affects", object="b", status="asserted")
    >>> seen_there(claim, Context(species="mouse")).context.species
    'mouse'
    """
    context = claim.context
    if context.species or context.model:
        return claim
    seen = msgspec.structs.replace(context, species=setting.species, model=setting.model)
    return msgspec.structs.replace(claim, context=seen)


def place_of(terms: Sequence[TermMatch]) -> Context | None:
    """Give the animals or models that the terms of a sentence name, if they are of one kind and nobody else is named.

    >>> from alsu_kg.extraction.terms import Term
    >>> place_of([TermMatch(0, 4, Term("mouse", "species"))]).species, place_of([TermMatch(0, 5, Term("human", "species"))])
    ('mouse', None)
    """
    named = {kind: {t.term.label for t in terms if t.term.kind == kind} for kind in _SEEN_IN}
    if len(named["species"]) > 1 or len(named["model"]) > 1 or "human" in named["species"]:
        return None
    model = _named_model(next(iter(named["model"]), None))
    species = next(iter(named["species"]), None) or (_species_of(model) if model else None)
    return Context(species=species, model=model) if species or model else None


def _named_model(model: str | None) -> str | None:
    """Leave out what names no model in particular."""
    return model if model != "preclinical ALS models" else None


def _species_of(model: str) -> str | None:
    return next(
        (species for word, species in (("mouse", "mouse"), ("mice", "mouse"), ("rat", "rat")) if word in model), None
    )
