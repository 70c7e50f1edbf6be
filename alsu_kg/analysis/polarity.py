"""The sign of a mechanism path and what it would do to a person with ALS: computed, never taken from a label."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from alsu_kg.grounding.lexicon import Lexicon, fold
from alsu_kg.model.path_strength import ChainPolarity, Effect
from alsu_kg.model.review import Claim, Treatment

Desirability = Literal["good", "bad"]

_SIGNS: Final = {"increases": 1, "decreases": -1}
_NAMES: Final[dict[int, ChainPolarity]] = {1: "increases", -1: "decreases", 0: "unknown"}
# What a predicate says by its own meaning where the record leaves the polarity open (Biolink model, definitions of the predicates).
_IMPLIED: Final = {
    "causes": 1,
    "contributes_to": 1,
    "exacerbates_condition": 1,
    "predisposes_to_condition": 1,
    "is_required_for": 1,
    "ameliorates_condition": -1,
}
_DENIED: Final = frozenset(("negated", "no-evidence"))


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Folded words of ends of paths, with whether more of them is good or bad for a person with ALS."""

    words: Mapping[str, Desirability]

    def desirability(self, word: str) -> Desirability | None:
        """Give whether more of ``word`` is good or bad, or ``None`` if that is not known."""
        return self.words.get(fold(word))


class EffectReading(NamedTuple):
    """The effect of a path, its sign, and why the effect is not known where it is not."""

    effect: Effect
    polarity: ChainPolarity
    why_unknown: str | None


def make_endpoints(
    rows: Iterable[Sequence[str]], synonyms: Mapping[str, Sequence[str]], conditions: Iterable[str]
) -> Endpoints:
    """Index words of ends: ``rows`` are word, good or bad, basis; ``conditions`` are diseases and harms, always bad.

    >>> ends = make_endpoints([("neuronal death", "bad", "")], {"neuronal death": ["death of neurons"]}, ["stroke"])
    >>> ends.desirability("Death of neurons"), ends.desirability("stroke"), ends.desirability("NF-kB")
    ('bad', 'bad', None)
    """
    words: dict[str, Desirability] = {}
    for word, more_is, *_ in rows:
        for form in (word, *synonyms.get(word, ())):
            words.setdefault(fold(form), "good" if more_is == "good" else "bad")
    for condition in conditions:
        for form in (condition, *synonyms.get(condition, ())):
            words.setdefault(fold(form), "bad")
    return Endpoints(words)


def sign_of(claim: Claim) -> int:
    """Give 1 if more of the subject means more of the object, -1 if less, 0 if that is not known.

    >>> sign_of(Claim(subject="a", predicate="causes", object="b", status="asserted"))
    1
    >>> sign_of(Claim(subject="a", predicate="affects", object="b", status="asserted", polarity="decreases"))
    -1
    """
    stated = _SIGNS.get(claim.polarity, 0)
    return stated or (_IMPLIED.get(claim.predicate, 0) if claim.polarity == "unknown" else 0)


def are_joined(one: str, other: str, lexicon: Lexicon) -> bool:
    """Tell whether two words stand for the same thing, so that a path goes on."""
    if fold(one) == fold(other):
        return True
    found = lexicon.find(one, "mechanism", "entity", "treatment")
    return found is not None and found == lexicon.find(other, "mechanism", "entity", "treatment")


def chain_signs(hops: Sequence[Claim], lexicon: Lexicon) -> list[int]:
    """Give the sign from the first subject to the object of each hop; 0 from a break, a denial or an unsigned hop on."""
    signs: list[int] = []
    for position, hop in enumerate(hops):
        before = signs[-1] if signs else 1
        is_joined = not position or are_joined(hops[position - 1].object, hop.subject, lexicon)
        signs.append(before * sign_of(hop) if is_joined and hop.status not in _DENIED else 0)
    return signs


def name_sign(sign: int) -> ChainPolarity:
    """Name a sign.

    >>> name_sign(-1)
    'decreases'
    """
    return _NAMES[sign]


def read_effect(
    hops: Sequence[Claim], treatment: Treatment | None, lexicon: Lexicon, endpoints: Endpoints
) -> EffectReading:
    """Give what the path would do to a person with ALS if every hop held.

    >>> from alsu_kg.grounding.lexicon import make_lexicon
    >>> hop = Claim(subject="X", predicate="causes", object="stroke", status="speculated", polarity="increases")
    >>> read_effect([hop], Treatment(label="X"), make_lexicon([]), make_endpoints([], {}, ["stroke"]))
    EffectReading(effect='harmful', polarity='increases', why_unknown=None)
    """
    if not hops:
        return EffectReading("unknown", "unknown", "it has no hops")
    signs = chain_signs(hops, lexicon)
    polarity = name_sign(signs[-1])
    end = hops[-1].object
    desirability = endpoints.desirability(end)
    why = None
    if not _starts_with(hops[0], treatment, lexicon):
        why = "it does not begin with the treatment"
    elif not signs[-1]:
        why = _why_unsigned(hops, signs, lexicon)
    elif desirability is None:
        why = f"whether more of {end} is good or bad is not known"
    if why:
        return EffectReading("unknown", polarity, why)
    is_good = (signs[-1] > 0) == (desirability == "good")
    return EffectReading("beneficial" if is_good else "harmful", polarity, None)


def _starts_with(hop: Claim, treatment: Treatment | None, lexicon: Lexicon) -> bool:
    if treatment is None:
        return False
    return any(are_joined(hop.subject, word, lexicon) for word in (treatment.label, *treatment.aliases))


def _why_unsigned(hops: Sequence[Claim], signs: Sequence[int], lexicon: Lexicon) -> str:
    """Name the hop at which the sign is lost (positions from 1)."""
    position = next(i for i, sign in enumerate(signs) if not sign)
    hop = hops[position]
    if position and not are_joined(hops[position - 1].object, hop.subject, lexicon):
        return f"hop {position + 1} does not go on from hop {position}"
    if hop.status in _DENIED:
        return f"hop {position + 1} is denied, or nothing was found for it"
    return f"hop {position + 1} has no direction"
