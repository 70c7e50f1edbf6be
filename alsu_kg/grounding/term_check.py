"""Identifiers against what their vocabularies say of them: does the term exist, is it obsolete, is this its label.

A CURIE is checked with the label that is written beside it. Identifiers of vocabularies that are not packaged, or packaged in
part only, *could not be checked*; that is no finding.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal, NamedTuple

from alsu_kg.grounding.names import make_key
from alsu_kg.grounding.vocabulary import Kind, Term, normalise_curie, vocabulary_of

Problem = Literal["wrong-label", "synonym", "obsolete", "unknown-id", "wrong-kind", "wrong-scheme", "could-not-check"]

PARTIAL: Final = frozenset({"NCBITaxon", "UNII"})
"""Vocabularies that are packaged in part: an identifier that is not there may still exist."""

SCHEMES: Final[Mapping[str, str]] = {
    "chebi": "CHEBI", "cl": "CL", "doid": "DOID", "drugbank": "DrugBank", "famplex": "FPLX", "fplx": "FPLX", "go": "GO",
    "hgnc": "HGNC", "hp": "HP", "hpo": "HP", "mesh": "MESH", "mondo": "MONDO", "ncbitaxon": "NCBITaxon", "pato": "PATO",
    "uberon": "UBERON", "unii": "UNII", "uo": "UO",
}  # fmt: skip
_PREFIXES: Final = "|".join(sorted({*SCHEMES.values()}, key=len, reverse=True))
_CURIE: Final = re.compile(rf"\b(?:{_PREFIXES}):[A-Za-z0-9_]+", re.IGNORECASE)


_REUSED: Final = "ontology/reused.ttl"


class Use(NamedTuple):
    """An identifier as it is used: where, with which label, under which scheme, and the kinds that may stand there."""

    place: str
    curie: str
    label: str | None = None
    scheme: str | None = None
    kinds: tuple[Kind, ...] = ()


class Finding(NamedTuple):
    """What is wrong with an identifier, in words with the repair."""

    place: str
    curie: str
    problem: Problem
    message: str

    def __str__(self) -> str:
        """One line: place, identifier, what is wrong."""
        return f"{self.place}: {self.curie}: {self.message}"


def find_uses(place: str, word: str, kinds: tuple[Kind, ...] = ()) -> Iterator[Use]:
    """Find the identifiers in a word of a record, with the label beside each: ``label (CURIE)`` or ``CURIE label``.

    >>> [(use.curie, use.label) for use in find_uses("claims[1].object", "neuron death (GO:0070997)")]
    [('GO:0070997', 'neuron death')]
    >>> [(use.curie, use.label) for use in find_uses("context", "HP:0007354")]
    [('HP:0007354', None)]
    """
    found = list(_CURIE.finditer(word))
    rest = _CURIE.sub(" ", word).strip(" ()[]!:;,|-\t")
    for match in found:
        curie = normalise_curie(match[0])
        if curie:
            yield Use(place, curie, " ".join(rest.split()) or None if len(found) == 1 else None, None, kinds)


def check_uses(uses: Iterable[Use], terms: Mapping[str, Term], releases: Mapping[str, str]) -> list[Finding]:
    """Check each use against ``terms`` (CURIE to term); ``releases`` gives the release of each packaged vocabulary.

    >>> terms = {"HGNC:12014": Term("HGNC:12014", "TPMT", "gene")}
    >>> print(check_uses([Use("x.yaml", "HGNC:12014", "TTR")], terms, {"HGNC": "2025"})[0])
    x.yaml: HGNC:12014: is 'TPMT' in HGNC (found label 'TTR')
    """
    return [finding for use in uses for finding in _check(use, terms, releases)]


def _check(use: Use, terms: Mapping[str, Term], releases: Mapping[str, str]) -> Iterator[Finding]:
    curie = normalise_curie(use.curie) or use.curie
    vocabulary = vocabulary_of(curie)
    wanted = SCHEMES.get((use.scheme or "").lower())
    if wanted and vocabulary != wanted:
        yield Finding(use.place, use.curie, "wrong-scheme", f"is no identifier of {wanted}, under which it stands")
    if vocabulary not in releases:
        message = "could not check: its vocabulary is not packaged"
        yield Finding(use.place, use.curie, "could-not-check", message)
        return
    term = terms.get(curie)
    if term is None:
        yield _unknown(use, vocabulary, releases[vocabulary])
        return
    if term.obsolete:
        yield _obsolete(use, term, terms)
    yield from _check_label(use, term)
    yield from _check_kind(use, term)


def _unknown(use: Use, vocabulary: str, release: str) -> Finding:
    if vocabulary in PARTIAL or release == _REUSED:
        return Finding(
            use.place, use.curie, "could-not-check", f"could not check: not in the packaged part of {vocabulary}"
        )
    return Finding(
        use.place, use.curie, "unknown-id", f"is not in {vocabulary} ({release}): correct it, unless it is newer"
    )


def _obsolete(use: Use, term: Term, terms: Mapping[str, Term]) -> Finding:
    if not term.replaced_by:
        return Finding(use.place, use.curie, "obsolete", "is obsolete, and nothing replaces it")
    replacement = terms.get(term.replaced_by)
    label = f" {replacement.label!r}" if replacement else ""
    return Finding(use.place, use.curie, "obsolete", f"is obsolete: use {term.replaced_by}{label}")


def _check_label(use: Use, term: Term) -> Iterator[Finding]:
    """Compare the label written with the term's; letter case, marks and plural do not count, a further name is told apart."""
    if use.label is None or not term.label:
        return
    written = make_key(use.label)
    labels = {make_key(term.label), make_key(term.label.removeprefix("obsolete").lstrip(" _"))}
    if written in labels:
        return
    vocabulary = vocabulary_of(term.curie)
    is_called = f"is {term.label!r} in {vocabulary} (found label {use.label!r}"
    scope = next((name.scope for name in term.names if make_key(name.text) == written), None)
    if scope is None:
        yield Finding(use.place, use.curie, "wrong-label", f"{is_called})")
    elif not (scope == "former" and vocabulary != "HGNC"):  # the label of another release of the vocabulary
        yield Finding(use.place, use.curie, "synonym", f"{is_called}, which is a further name of it: write the label)")


def _check_kind(use: Use, term: Term) -> Iterator[Finding]:
    if use.kinds and term.kind not in use.kinds:
        expected = " or ".join(use.kinds)
        message = f"{term.label!r} is a {term.kind}, where a {expected} is expected"
        yield Finding(use.place, use.curie, "wrong-kind", message)
