"""What analyses need from ``data/``: word lists of ``data/lexicon`` and the packaged list of retracted PMIDs."""

from collections.abc import Iterator
from functools import lru_cache

from alsu_kg.analysis.citations import References
from alsu_kg.analysis.context import ContextRules, make_context_rules
from alsu_kg.analysis.paths import PathWords
from alsu_kg.analysis.polarity import Endpoints, make_endpoints
from alsu_kg.assets import find_asset
from alsu_kg.grounding.lexicon import Lexicon
from alsu_kg.indexes.retraction_watch import RetractedPmids
from alsu_kg.model.errors import AssetError
from alsu_kg.model.review import ReviewRecord
from alsu_kg.retraction_lists import load_retracted_pmids

_CONDITIONS = frozenset(("disease", "effect"))


def read_rows(name: str, columns: int) -> Iterator[tuple[str, ...]]:
    """Give the rows of ``data/lexicon/NAME`` below its heading; a last column may be left out.

    Raises ``AssetError`` naming the line that has not ``columns`` columns.

    >>> next(read_rows("endpoints.tsv", 3))
    ('motor neuron death', 'bad', 'what ALS consists of')
    """
    path = find_asset(f"data/lexicon/{name}")
    lines = path.read_text(encoding="utf-8").split("\n")
    numbered = [(i, line) for i, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    for number, line in numbered[1:]:
        cells = tuple(cell.strip() for cell in line.split("\t"))
        cells = (*cells, "") if len(cells) == columns - 1 else cells
        if len(cells) != columns:
            raise AssetError(
                f"{len(cells)} columns instead of {columns}",
                place=f"data/lexicon/{name}:{number}",
                repair="separate the columns by tabs",
            )
        yield cells


@lru_cache(maxsize=1)
def _load_rules() -> tuple[ContextRules, Endpoints]:
    terms = list(read_rows("terms.tsv", 3))
    synonyms = {label: synonyms.split("|") for label, _, synonyms in terms if synonyms}
    conditions = [label for label, kind, _ in terms if kind in _CONDITIONS]
    ends = make_endpoints(list(read_rows("endpoints.tsv", 3)), synonyms, conditions)
    return make_context_rules(list(read_rows("contexts.tsv", 3))), ends


def load_path_words(lexicon: Lexicon) -> PathWords:
    """Give the words that paths are judged with. Raises ``AssetError`` if a list is missing or damaged."""
    contexts, endpoints = _load_rules()
    return PathWords(lexicon, contexts, endpoints)


@lru_cache(maxsize=1)
def _retracted_pmids() -> RetractedPmids:
    return load_retracted_pmids()


def add_packaged_retractions(record: ReviewRecord, works: References) -> tuple[References, str]:
    """Look up the references of ``record`` in the packaged list; absence from it says nothing. Names the list, too."""
    known = {reference.number: reference.pmid for reference in record.references if reference.pmid}
    listed = _retracted_pmids() if known else None
    hits = {number for number, pmid in known.items() if listed and pmid in listed.pmids}
    marked = {number: work._replace(verdict="retracted") if number in hits else work for number, work in works.items()}
    return marked, f"packaged list of {listed.as_of}" if listed else ""
