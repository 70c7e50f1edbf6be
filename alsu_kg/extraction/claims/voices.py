"""In which voice a relation word stands, and what its sign means for the thing it is said of."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from alsu_kg.extraction.claims.things import BACK
from alsu_kg.extraction.claims.turns import is_lacking, less_of
from alsu_kg.extraction.relation_words import PredicateWords
from alsu_kg.extraction.terms import Term, TermMatch
from alsu_kg.model.review import Polarity

_PARTICIPLES: Final = ("ed", "led to", "en")
_BY = re.compile(
    r"\s+(?:\w+ly\s+)?by\s+(?!\w+ing\b|\d|half\b|about\b|approximately\b|more\b|less\b|up\b)",
    re.IGNORECASE,
)
_TO_BE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:(?!to\b)\w+\s+){0,2}$", re.IGNORECASE)
# Processes of which more is meant when they get better; of others (oxidative stress) the sign cannot be told.
_FUNCTION = re.compile(
    r"\b(?:function|homeostasis|metabolism|biogenesis|transport|support|survival|plasticity|neuroplasticity|flow|uptake"
    r"|junction|defence"
    r"|barrier|microbiome|neurogenesis|myelination|repair|reinnervation|neuroprotection|angiogenesis|glutathione|signalling)\b"
)
_Sides = tuple[Sequence[TermMatch], Sequence[TermMatch]]


def read_voice(text: str, match: re.Match[str], words: PredicateWords, sides: _Sides) -> PredicateWords:
    """Say in which voice the relation word at ``match`` stands here: ``is reduced by`` turns subject and object round.

    ``no-agent`` is a passive that names who did it, if at all, before the verb: ``given it, progression was slowed``. What
    is improved gets better if it is a condition, and more if it is a function.

    >>> words = PredicateWords(re.compile("reduc(?:es|ed)"), "affects", "decreases", "active")
    >>> text = "One is reduced by two"; read_voice(text, words.pattern.search(text), words, ([], [])).voice
    'passive'
    """
    voice = words.voice
    ease = voice == "ease"
    if ease:
        voice = "active"
    if voice == "active" and match[0].lower().removesuffix(" the").endswith(_PARTICIPLES):
        by = _BY.match(text, match.end())
        to_be = _TO_BE.search(text[max(0, match.start() - BACK) : match.start()])
        if by is not None:
            voice = "passive"
        elif to_be and words.predicate in ("affects", "causes", "ameliorates_condition", "exacerbates_condition"):
            voice = "no-agent"
    if words.predicate in ("ameliorates_condition", "exacerbates_condition") and voice in (
        "active",
        "passive",
        "no-agent",
        "under",
        "alone",
        "given",
    ):
        things = sides[1][:1] if voice in ("active", "given") else sides[0][-1:]
        if things and things[0].term.kind in ("process", "outcome"):
            better = words.predicate == "ameliorates_condition"
            is_turned = (
                is_lacking(text, things[0].end)
                if voice == "active"
                else voice == "passive" and less_of(text, things[0])
            )
            if is_turned:  # the loss of it gets less
                sign: Polarity = "decreases" if better else "increases"
                return msgspec.structs.replace(words, predicate="affects", polarity=sign, voice=voice)
            is_less = ease and less_of(text, things[0])
            ease = ease and not (is_less and voice == "active")
            ease = ease and (
                is_less or not _FUNCTION.search(things[0].term.label)
            )  # a function that is normalised rises
            return msgspec.structs.replace(
                words, predicate="affects", polarity=_sign(things[0].term, better=better, ease=ease), voice=voice
            )
    return msgspec.structs.replace(words, voice=voice) if voice != words.voice else words


def _sign(term: Term, *, better: bool, ease: bool) -> Polarity:
    """Say what becomes of something that gets better or worse; of a failure, what becomes of the failure."""
    if term.failing or term.bad or (ease and term.kind == "process"):
        return "decreases" if better else "increases"
    if term.kind == "outcome" or _FUNCTION.search(term.label):
        return "increases" if better else "decreases"
    return "unknown" if better else "increases"
