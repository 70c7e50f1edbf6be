"""Terms of published vocabularies, and the lines that the packaged vocabularies are written in.

One line a term, five columns separated by tabs: CURIE, label, kind, state, names. The state is empty, ``obsolete`` or
``obsolete>CURIE`` with the term that replaces it. Names are separated by ``|``, each behind the letter of its scope.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal, NamedTuple

from alsu_kg.model.errors import AssetError

Scope = Literal["label", "own", "exact", "former", "alias", "broad", "narrow", "related"]
"""What a name is to its term; ``own`` is a word that this project's ontology gives it, ``former`` a label of another release,
``alias`` a short name such as a gene symbol."""

Kind = Literal[
    "anatomy", "cell", "complex", "disease", "finding", "function", "gene", "mechanism", "model", "other", "outcome",
    "outcome-measure", "procedure", "process", "quality", "species", "substance", "unit",
]  # fmt: skip

_LETTERS: Final[Mapping[Scope, str]] = {
    "label": "L",
    "own": "O",
    "exact": "E",
    "former": "F",
    "alias": "A",
    "broad": "B",
    "narrow": "N",
    "related": "R",
}
_SCOPES: Final[Mapping[str, Scope]] = {letter: scope for scope, letter in _LETTERS.items()}
_COLUMNS: Final = 5


class Name(NamedTuple):
    """A name of a term with its scope."""

    text: str
    scope: Scope


class Term(NamedTuple):
    """A term of a vocabulary: CURIE, label, kind, further names, and whether it is obsolete and what replaces it."""

    curie: str
    label: str
    kind: Kind
    names: tuple[Name, ...] = ()
    obsolete: bool = False
    replaced_by: str | None = None


def clean(text: str) -> str:
    r"""Take out of a name what would break a line, and runs of white space.

    >>> clean("a|b\t c")
    'a¦b c'
    """
    return " ".join(text.replace("|", "¦").split())


def write_terms(terms: Iterable[Term]) -> str:
    r"""Write terms as sorted lines; names equal to the label are left out.

    >>> write_terms([Term("CHEBI:2948", "azathioprine", "substance", (Name("AZA", "alias"),))])
    'CHEBI:2948\tazathioprine\tsubstance\t\tAAZA\n'
    """
    return "".join(sorted(_line(term) for term in terms))


def _line(term: Term) -> str:
    state = "obsolete" + (f">{term.replaced_by}" if term.replaced_by else "") if term.obsolete else ""
    seen = {term.label}
    names = []
    for name in term.names:
        if name.text not in seen and clean(name.text):
            seen.add(name.text)
            names.append(name)
    return "\t".join((term.curie, clean(term.label), term.kind, state, pack_names(names))) + "\n"


def pack_names(names: Iterable[Name]) -> str:
    """Write names as one cell: each behind the letter of its scope, separated by ``|``.

    >>> pack_names([Name("TPMT", "label"), Name("thiopurine S-methyltransferase", "exact")])
    'LTPMT|Ethiopurine S-methyltransferase'
    """
    return "|".join(_LETTERS[scope] + clean(text) for text, scope in names)


def unpack_names(cell: str) -> tuple[Name, ...]:
    """Read what ``pack_names`` wrote.

    >>> unpack_names("LTPMT")
    (Name(text='TPMT', scope='label'),)
    """
    return tuple(Name(name[1:], _SCOPES[name[0]]) for name in cell.split("|") if name)


def read_terms(text: str, place: str = "vocabulary") -> Iterator[Term]:
    r"""Read the lines of a packaged vocabulary. Raises ``AssetError`` naming the line that has not five columns.

    >>> list(read_terms("HGNC:12014\tTPMT\tgene\t\tEthiopurine S-methyltransferase\n"))[0].names[0].scope
    'exact'
    """
    for number, line in enumerate(text.split("\n"), 1):
        if not line:
            continue
        cells = line.split("\t")
        if len(cells) != _COLUMNS:
            raise AssetError(
                f"{len(cells)} columns instead of {_COLUMNS}",
                place=f"{place}:{number}",
                repair="run 'make vocabularies'",
            )
        yield _term(cells)


def _term(cells: list[str]) -> Term:
    curie, label, kind, state, names = cells
    return Term(
        curie,
        label,
        kind,  # type: ignore[arg-type]  # written by write_terms from a Kind
        unpack_names(names),
        obsolete=bool(state),
        replaced_by=state.partition(">")[2] or None,
    )


_CURIE: Final = re.compile(r"([A-Za-z][A-Za-z0-9_.]*):(\S+)")
_SPELLINGS: Final[Mapping[str, str]] = {
    "chebi": "CHEBI",
    "cl": "CL",
    "doid": "DOID",
    "drugbank": "DrugBank",
    "fplx": "FPLX",
    "go": "GO",
    "hgnc": "HGNC",
    "hp": "HP",
    "mesh": "MESH",
    "mondo": "MONDO",
    "ncbitaxon": "NCBITaxon",
    "pato": "PATO",
    "uberon": "UBERON",
    "unii": "UNII",
    "uo": "UO",
}


def normalise_curie(text: str) -> str | None:
    """Give a CURIE in the spelling of the packaged vocabularies, or ``None`` if it is of none of them.

    >>> normalise_curie("mesh:D001379"), normalise_curie("CHEBI:2948"), normalise_curie("foo:1")
    ('MESH:D001379', 'CHEBI:2948', None)
    """
    found = _CURIE.fullmatch(text.strip())
    prefix = _SPELLINGS.get(found[1].lower()) if found else None
    return f"{prefix}:{found[2]}" if found and prefix else None


def vocabulary_of(curie: str) -> str:
    """Give the vocabulary of a CURIE: its prefix.

    >>> vocabulary_of("MONDO:0004976")
    'MONDO'
    """
    return curie.partition(":")[0]
