"""The words of a record that stand for things, where each stands, and what kinds of thing may stand there."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from alsu_kg.grounding.term_check import Use, find_uses
from alsu_kg.grounding.vocabulary import Kind
from alsu_kg.model.review import Claim, ReviewRecord

TAKEN: Final[tuple[Kind, ...]] = ("substance", "procedure")
SUFFERED: Final[tuple[Kind, ...]] = ("disease", "finding")
_CONTEXT: Final[tuple[tuple[str, tuple[Kind, ...]], ...]] = (
    ("species", ("species",)),
    ("model", ("model",)),
    ("cell", ("cell",)),
    ("anatomy", ("anatomy",)),
    ("disease", ("disease",)),
)
# A scheme of an identifier may also be a kind of thing.
_SCHEME_KINDS: Final[dict[str, tuple[Kind, ...]]] = {
    "disease": ("disease",),
    "drug": ("substance",),
    "gene": ("gene",),
    "phenotype": ("finding",),
    "species": ("species",),
    "cell": ("cell",),
    "anatomy": ("anatomy",),
    "unit": ("unit",),
}


class Word(NamedTuple):
    """A word of a record: where it stands, the kinds that may stand there (none: any), whether the kinds are certain."""

    place: str
    text: str
    slot: str
    kinds: tuple[Kind, ...] = ()


def find_words(record: ReviewRecord) -> Iterator[Word]:
    """Give every word of ``record`` that stands for a thing.

    >>> from alsu_kg.model.review import Review, Risk
    >>> record = ReviewRecord(record="x", review=Review(), risks=(Risk(effect="falls"),))
    >>> list(find_words(record))
    [Word(place='risks[0].effect', text='falls', slot='risk', kinds=('disease', 'finding'))]
    """
    if record.treatment:
        yield Word("treatment.label", record.treatment.label, "treatment")
        for i, alias in enumerate(record.treatment.aliases):
            yield Word(f"treatment.aliases[{i}]", alias, "treatment")
    for i, claim in enumerate(record.claims):
        yield from _claim_words(i, claim)
    for i, case in enumerate(record.cases):
        for j, text in enumerate(case.co_interventions):
            yield Word(f"cases[{i}].co_interventions[{j}]", text, "co-intervention", TAKEN)
        for j, text in enumerate(case.comorbidities):
            yield Word(f"cases[{i}].comorbidities[{j}]", text, "comorbidity", SUFFERED)
        for j, measure in enumerate(case.measures):
            yield Word(f"cases[{i}].measures[{j}].name", measure.name, "measure", ("outcome-measure",))
    for i, trial in enumerate(record.trials):
        for j, text in enumerate(trial.co_treatment):
            yield Word(f"trials[{i}].co_treatment[{j}]", text, "co-intervention", TAKEN)
    for i, risk in enumerate(record.risks):
        yield Word(f"risks[{i}].effect", risk.effect, "risk", SUFFERED)


def _claim_words(position: int, claim: Claim) -> Iterator[Word]:
    yield Word(f"claims[{position}].subject", claim.subject, "claim")
    yield Word(f"claims[{position}].object", claim.object, "claim")
    for name, kinds in _CONTEXT:
        text = getattr(claim.context, name)
        if text:
            yield Word(f"claims[{position}].context.{name}", text, name, kinds)


def find_record_uses(record: ReviewRecord) -> Iterator[Use]:
    """Give every identifier in ``record``: those of the treatment, and those written in words such as ``ALS (MONDO:0004976)``."""
    start = f"record:{record.record}: "
    if record.treatment:
        for scheme, external in record.treatment.identifiers.items():
            kinds = _SCHEME_KINDS.get(scheme.lower(), ())
            place = f"{start}treatment.identifiers.{scheme}"
            yield Use(place, external.id, external.label, scheme, kinds)
    for word in find_words(record):
        sure = word.kinds if word.slot in ("species", "cell", "anatomy", "disease", "comorbidity") else ()
        yield from find_uses(start + word.place, word.text, sure)
