"""How strong a mechanism path is: the reasons that speak against each hop, worst first, and which hop is the weakest.

The order of the reasons is that of ``WEAKNESSES``; ``ontology/alsu.ttl`` (``scheme:weaknesses``) says what each means and
where its rank comes from. A hop without reasons is not strong: what was looked at in vain stands in ``not_known``.
"""

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, get_args

WeaknessKind = Literal[
    "retracted",
    "negated",
    "no-evidence",
    "unclear",
    "speculated",
    "hypothesised",
    "partly-retracted",
    "expression-of-concern",
    "indirect-citation",
    "no-citation",
    "other-substance-in-title",
    "in-vitro",
    "other-disease",
    "other-species",
]
"""A reason that makes a hop weak (``alsu:Weakness``)."""

WEAKNESSES: Final[tuple[WeaknessKind, ...]] = get_args(WeaknessKind)
"""Every reason, the worst first; the position is its ``alsu:rank``, from 1."""

Effect = Literal["beneficial", "harmful", "unknown"]
"""What a path would do to a person with ALS if all its hops held: its sign times the desirability of its end."""

ChainPolarity = Literal["increases", "decreases", "unknown"]
"""What more of the first subject does to the object of a hop, through all hops before it."""


class Weakness(NamedTuple):
    """A reason with what it was seen in: ``other-disease``, ``ulcerative colitis``."""

    kind: WeaknessKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class HopStrength:
    """One hop: its reasons (worst first), what is not known of it, the sign up to it, and how its context differs.

    ``context_change`` compares with the hop before: ``species: mouse → not stated``.
    """

    weaknesses: tuple[Weakness, ...] = ()
    not_known: tuple[str, ...] = ()
    polarity: ChainPolarity = "unknown"
    context_change: str | None = None


@dataclass(frozen=True, slots=True)
class PathStrength:
    """A whole path. ``weakest`` is a position in ``hops`` (from 0), or ``None`` if no hop has a reason against it.

    ``why_unknown`` says why the effect is not known.
    """

    hops: tuple[HopStrength, ...]
    weakest: int | None
    polarity: ChainPolarity
    effect: Effect
    why_unknown: str | None = None

    @property
    def summary(self) -> Literal["weak", "not known", "no weakness found"]:
        """The strength in a word; there is no *strong*.

        >>> PathStrength((HopStrength(not_known=("species",)),), None, "unknown", "unknown").summary
        'not known'
        """
        if self.weakest is not None:
            return "weak"
        return "not known" if any(hop.not_known for hop in self.hops) or not self.hops else "no weakness found"


_WORDS: Final[dict[WeaknessKind, str]] = {
    "retracted": "the cited work is retracted",
    "negated": "denied by the source",
    "no-evidence": "looked for, nothing found",
    "unclear": "left unclear by the source",
    "speculated": "only speculated",
    "hypothesised": "only hypothesised",
    "partly-retracted": "one of the cited works is retracted",
    "expression-of-concern": "a cited work is under an expression of concern",
    "indirect-citation": "no cited work is about it",
    "no-citation": "no citation",
    "other-substance-in-title": "the title of the cited work names another substance",
    "in-vitro": "seen in cells only",
    "other-disease": "seen in another disease",
    "other-species": "seen in another species",
}


def describe(weaknesses: tuple[Weakness, ...]) -> str | None:
    """Write reasons as one text, worst first, or ``None`` if there are none.

    >>> describe((Weakness("other-disease", "ulcerative colitis"), Weakness("other-species", "mouse")))
    'seen in another disease (ulcerative colitis); seen in another species (mouse)'
    """
    texts = [f"{_WORDS[kind]} ({detail})" if detail else _WORDS[kind] for kind, detail in weaknesses]
    return "; ".join(texts) or None
