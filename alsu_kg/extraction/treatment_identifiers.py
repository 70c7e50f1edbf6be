"""Identifiers of a treatment by the curated groundings: looked up by its name, never stated in a document."""

import re
from collections.abc import Mapping
from typing import Final

import msgspec

from alsu_kg.model.review import ExternalId, Treatment
from alsu_kg.model.sssom import NO_TERM, read_mappings

GROUNDINGS_FILE: Final = "groundings.sssom.tsv"
_EXACT: Final = "skos:exactMatch"
_TREATMENT: Final = "treatment:"
_WORDS = re.compile(r"\w+")

KnownTreatments = Mapping[str, Mapping[str, ExternalId]]
"""What persons decided of treatments: for each name (its words, joined) an identifier for each vocabulary."""


def parse_groundings(text: str) -> KnownTreatments:
    """Read the exact matches that persons decided in an SSSOM table; two terms of one vocabulary are none that is certain.

    Raises ``WorkError`` for a table that cannot be read.

    >>> from alsu_kg.model.sssom import CURATED, TermMapping, write_mappings
    >>> row = TermMapping(
    ...     subject_id="treatment:x", subject_label="Ex-Ample", object_id="CHEBI:1", object_label="ex", justification=CURATED
    ... )
    >>> parse_groundings(write_mappings([row]))["ex ample"]["chebi"].id
    'CHEBI:1'
    """
    found: dict[str, dict[str, list[ExternalId]]] = {}
    for one in read_mappings(text) if text.strip() else ():
        decided = one.is_curated and one.predicate_id == _EXACT and one.subject_id.startswith(_TREATMENT)
        if decided and one.object_id != NO_TERM and one.object_label:
            prefix = one.object_id.partition(":")[0].casefold()
            terms = found.setdefault(_name(one.subject_label), {})
            terms.setdefault(prefix, []).append(ExternalId(id=one.object_id, label=one.object_label))
    return {
        name: {prefix: terms[0] for prefix, terms in sorted(by_prefix.items()) if len(terms) == 1}
        for name, by_prefix in found.items()
    }


def _name(label: str) -> str:
    return " ".join(_WORDS.findall(label.casefold()))


def identify_treatment(treatment: Treatment | None, known: KnownTreatments) -> Treatment | None:
    """Give ``treatment`` the identifiers that its label has, else those that all of its known other names have.

    >>> known = {"ex": {"chebi": ExternalId(id="CHEBI:1", label="ex")}}
    >>> found = identify_treatment(Treatment(label="Example", aliases=("EX",)), known)
    >>> found.identifiers["chebi"].id, identify_treatment(Treatment(label="Other"), known).identifiers
    ('CHEBI:1', {})
    """
    if treatment is None or treatment.identifiers or not known:
        return treatment
    own = known.get(_name(treatment.label))
    others = [known[name] for alias in treatment.aliases if (name := _name(alias)) in known]
    if own is None and others and all(other == others[0] for other in others):
        own = others[0]
    return msgspec.structs.replace(treatment, identifiers=dict(own)) if own else treatment
