"""What stands for the subject of a relation that names none: a pronoun, ``this pathway``, a mechanism of the treatment."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from alsu_kg.extraction.claims.clauses import is_plain
from alsu_kg.extraction.terms import TermMatch

_PATHWAYS: Final = "pathway process mechanism protein gene factor receptor enzyme channel transporter kinase cytokine"
_PATHWAY = re.compile(rf"^\W*(?:this|the|that) (?:{'|'.join(_PATHWAYS.split())})\b", re.IGNORECASE)
_GIVEN: Final = (
    "drug treatment supplement product compound agent medication medicine extract therapy diet herb vitamin substance molecule"
    " peptide hormone antibiotic device procedure protocol regimen"
)
_TREATMENT = re.compile(
    r"\b(?:the|this|such|these|those)\s+(?:(?:same|study|oral|whole|active)\s+)?"
    rf"(?:{'|'.join(_GIVEN.split())})s?\b",
    re.IGNORECASE,
)
_NAMED_THINGS: Final = frozenset([*_PATHWAYS.split(), *_GIVEN.split(), *(f"{name}s" for name in _GIVEN.split())])
_PRONOUNS: Final = frozenset({"it", "they"})
_THESE: Final = frozenset({"this", "these", "those", "its", "their"})
_PRONOUN = re.compile(
    r"(?<![\w-])(?:(?:it|they)(?![\w-])|(?:this|these|those|its|their)(?![\w-])\s*(?P<next>[\w-]*))",
    re.IGNORECASE,
)
_GOES_ON = re.compile(rf"(?:it|they)\b|{_TREATMENT.pattern}", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:of|among|by) (?:them|these|those)\b", re.IGNORECASE)
# Words that leave the subject open: a clause that holds nothing else before its verb speaks of the treatment reviewed.
_OPEN_WORDS: Final = (
    "a ability able action actions capacity neither activity administration after also "
    "although an and animal another any are as at authors be "
    "because been beneficial benefit benefits both by can case cases claimed clear clinical cohort could currently data "
    "demonstrate demonstrated did direct do does done dose doses double effect effects efficacy either even evidence "
    "exact fail failed few first flawed for found four from given group groups had harm has have help helped helps high "
    "how however if impact in including independent inhibition interesting investigators is label large larger later "
    "likely limited long long-term low main may mechanism mechanisms might mode model models more multiple new no nor "
    "not number numbers numerous of off-label on one only open- or other our overall pilot placebo placebo-controlled "
    "plausible possible possibly potential potentially pre- preclinical prevented probably promise promising proposed "
    "purported purpose randomised randomized reason report reported reports researchers result results risk role same "
    "second section several short-term should show showed shown shows significant significantly single small so some "
    "studies study subsequent suggest suggested suggesting suggests supplementation support supporting taking team "
    "tested than the then theoretical theoretically there therefore third three thus to treatment trial trials two "
    "unable use used uses using various very via was way ways we well were when whether which while with without would "
    "yet theory principle addition general summary conclusion "
)
_OPEN: Final = frozenset(
    [*_OPEN_WORDS.split(), "both", "fail", "failed", "any", "long-term", "short-term", "direct", "main", "exact"]
)
_AUXILIARY_WORDS: Final = (
    "also and but can cannot could therefore thus so did do does has have may might never not or then to"
)
_AUXILIARIES: Final = frozenset([*_AUXILIARY_WORDS.split(), "still", "will", "would", "yet"])
_WE = re.compile(r"\bwe\s+(?:(?:also|then|first|next|\w+ly)\s+)*$", re.IGNORECASE)
_POINTING: Final = frozenset({"the", "this", "that", "such", "these", "those", "it", "they", "its", "their"})
_WORD = re.compile(r"[A-Za-z][\w-]*")
_SUBJECT_AT: Final = 25
_ACTING: Final = frozenset({"process", "chemical", "outcome"})
# What follows is when, where or in what something is done, not what a pronoun behind it stands for.
_GOVERNED = re.compile(
    r"\b(?:in|at|with|after|before|during|until|under|following|despite|against|from|to|for|on|by|through|via|given|using|without"
    r"|unlike|among|within|since|upon)\b",
    re.IGNORECASE,
)
_CHANGE_IN = re.compile(
    r"\b(?:increase|rise|gain|decrease|reduction|decline|fall|drop|change|improvement|defect|deficit|impairment|response|damage"
    r"|injury|exposure|deterioration|alteration|disturbance)s?\s+(?:in|to|from)\b",
    re.IGNORECASE,
)


class Before(msgspec.Struct, frozen=True, gc=False):
    """The terms last met before a clause, and where the clause or sentence that holds them starts."""

    terms: Sequence[TermMatch] = ()
    start: int = 0
    topic: str | None = None
    """What a pronoun at the start of the last sentence stood for: the next one stands for the same."""
    text: str = ""
    """The sentence that holds them."""


def refer(prefix: str, before: Before, treatment: str | None) -> str | None:
    """Say what the words before a verb, which hold no term, stand for; ``None`` if they name something unknown.

    >>> from alsu_kg.extraction.terms import Term
    >>> stress = Before([TermMatch(0, 16, Term("oxidative stress", "process"))])
    >>> refer("It ", Before(), "Foo"), refer("it ", stress, "Foo"), refer("Mechanisms may help to ", stress, "Foo")
    ('Foo', 'oxidative stress', 'Foo')
    >>> refer("Rabbit food ", Before(), "Foo"), refer("this drug ", stress, "Foo")
    (None, 'Foo')
    """
    lower = prefix.lower()
    plain = is_plain(lower)
    words = lower.split() if plain else _WORD.findall(lower)
    points = "-" in prefix or not _POINTING.isdisjoint(words)
    names_thing = points and ("-" in prefix or not _NAMED_THINGS.isdisjoint(words))
    labels = [t.term.label for t in before.terms]
    if names_thing and labels and _PATHWAY.match(prefix):
        process = [t.term.label for t in before.terms if t.term.kind == "process"]
        return (process or labels)[-1]
    if treatment is None or (("we" in words or "-" in prefix) and _WE.search(prefix)):
        return None
    if names_thing and _TREATMENT.search(prefix):
        return treatment
    if _AUXILIARIES.issuperset(words) or (points and _is_pronoun(prefix, words if plain else None)):
        if before.topic is not None:
            return before.topic
        first = before.terms[0] if before.terms else None
        if (
            first is None
            or treatment in labels
            or first.term.kind not in _ACTING
            or first.start - before.start > _SUBJECT_AT
            or _is_governed(before.text[before.start : first.start])
        ):
            return treatment
        return first.term.label
    return treatment if _OPEN.issuperset(words) else None


def _is_governed(lead: str) -> bool:
    """Say whether the words before a thing make of it when, where or in what something is done: ``at the onset of A``."""
    lead = lead.rpartition(",")[2]
    return _GOVERNED.search(_CHANGE_IN.sub(" ", lead) if " in " in lead or " to " in lead else lead) is not None


def _is_pronoun(prefix: str, words: Sequence[str] | None) -> bool:
    """Say whether the words before a verb hold a pronoun that stands for its subject; ``words`` if they are nothing but letters."""
    if words is None:
        holds = any(_stands_alone(m["next"]) for m in _PRONOUN.finditer(prefix))
    else:
        rest = iter(words)
        holds = any(word in _PRONOUNS or (word in _THESE and _stands_alone(next(rest, ""))) for word in rest)
    return holds and not _OTHERS.search(prefix)


def starts_with_pronoun(text: str) -> bool:
    """Say whether a sentence goes on to speak of what the last one spoke of: ``It also``, ``This drug``.

    >>> starts_with_pronoun("It also slows A."), starts_with_pronoun("Italy is far.")
    (True, False)
    """
    return text[:1] in "IiTt" and _GOES_ON.match(text) is not None


def names_treatment(prefix: str) -> bool:
    """Say whether the words before a verb end with a general name of the treatment.

    >>> names_treatment("In a mouse model of stroke the drug also "), names_treatment("In the drug group, mice ")
    (True, False)
    """
    found = () if _NAMED_THINGS.isdisjoint(prefix.lower().split()) else list(_TREATMENT.finditer(prefix))
    after = _WORD.findall(prefix[found[-1].end() :].lower()) if found else ()
    return bool(found) and all(word in _AUXILIARIES or word.endswith("ly") for word in after)


def _stands_alone(following: str | None) -> bool:
    """Say whether ``this`` is followed by its verb or a general word (``these effects``), not by a noun of its own."""
    return not following or following.lower() in _OPEN or following.lower().endswith("ly")
