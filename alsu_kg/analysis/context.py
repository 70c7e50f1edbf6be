"""In what a hop was seen, and how that differs from people with ALS and from the hop before.

What a source leaves out stays *not stated*: it is never taken to be people with ALS.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, cast

from alsu_kg.grounding.lexicon import fold
from alsu_kg.model.path_strength import Weakness
from alsu_kg.model.review import Context

ContextClass = Literal["human", "animal", "als-animal", "in-vitro", "als", "healthy"]

_FIELDS: Final = ("species", "model", "cell", "anatomy", "disease")
# Fields whose loss along a path hides a transfer: what was seen in mice goes on as if it held for people.
_CARRIED: Final = frozenset(("species", "model", "disease"))


class ContextRule(NamedTuple):
    """A line of data/lexicon/contexts.tsv."""

    field: str
    pattern: re.Pattern[str]
    kind: ContextClass


@dataclass(frozen=True, slots=True)
class ContextRules:
    """The rules by field, in the order of the file."""

    by_field: Mapping[str, tuple[ContextRule, ...]]

    def classify(self, field: str, words: str | None) -> ContextClass | None:
        """Give the class of ``words``, or ``None`` if no rule knows them."""
        if not words:
            return None
        return next((rule.kind for rule in self.by_field.get(field, ()) if rule.pattern.search(words)), None)


def make_context_rules(rows: Sequence[Sequence[str]]) -> ContextRules:
    """Index rows of field, pattern and class.

    >>> rules = make_context_rules([("species", "mouse|mice", "animal")])
    >>> rules.classify("species", "Mouse"), rules.classify("species", "okapi"), rules.classify("disease", "mouse")
    ('animal', None, None)
    """
    found: dict[str, list[ContextRule]] = {}
    for field, pattern, kind in rows:
        rule = ContextRule(field, re.compile(pattern, re.IGNORECASE), cast(ContextClass, kind))
        found.setdefault(field, []).append(rule)
    return ContextRules({field: tuple(rules) for field, rules in found.items()})


def compare_with_people_with_als(context: Context, rules: ContextRules) -> tuple[list[Weakness], list[str]]:
    r"""Give what separates ``context`` from people with ALS, and what of it the source does not say.

    >>> rules = make_context_rules([("species", "mouse", "animal"), ("disease", r"\bals\b", "als")])
    >>> compare_with_people_with_als(Context(species="mouse", disease="ulcerative colitis"), rules)
    ([Weakness(kind='other-disease', detail='ulcerative colitis'), Weakness(kind='other-species', detail='mouse')], [])
    >>> compare_with_people_with_als(Context(), rules)
    ([], ['species', 'disease'])
    """
    species, disease = rules.classify("species", context.species), rules.classify("disease", context.disease)
    model = rules.classify("model", context.model)
    found: list[Weakness] = []
    is_in_vitro = "in-vitro" in (model, rules.classify("cell", context.cell))
    if is_in_vitro:
        found.append(Weakness("in-vitro", (context.model if model == "in-vitro" else context.cell) or ""))
    if context.disease and disease != "als":
        found.append(Weakness("other-disease", context.disease))
    elif disease is None and model == "animal":
        found.append(Weakness("other-disease", f"{context.model}, not said to stand for ALS"))
    if species == "animal" or (species is None and model in ("animal", "als-animal")):
        found.append(Weakness("other-species", context.species or context.model or ""))
    unknown = []
    if not context.species and model is None and not is_in_vitro:
        unknown.append("species")
    elif context.species and species is None and model is None:
        unknown.append(f"whether {context.species} means people")
    if not context.disease and model is None:
        unknown.append("disease")
    return found, unknown


def describe_change(before: Context, after: Context) -> str | None:
    """Say what of the context changes from one hop to the next, or ``None`` if nothing does.

    Cells and anatomy may be left out by the way; species, model and disease that are no longer stated are a change.

    >>> describe_change(Context(species="mouse", disease="colitis"), Context(disease="ALS"))
    'species: mouse → not stated; disease: colitis → ALS'
    """
    changes = []
    for field in _FIELDS:
        old, new = getattr(before, field), getattr(after, field)
        if not old or fold(old) == fold(new or ""):
            continue
        if new or field in _CARRIED:
            changes.append(f"{field}: {old} → {new or 'not stated'}")
    return "; ".join(changes) or None
