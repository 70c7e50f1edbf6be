"""What words of references tell of the part that they stand in: a name, a title or the name of a container.

The figures are log-odds counted over open metadata (data/lexicon/journal_words.tsv) and the weights of the features made from
them (data/lexicon/reference_weights.tsv); ``alsu_kg.train_references`` makes both files.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NamedTuple

from alsu_kg.model.errors import AssetError

WORDS_FILE: Final = "journal_words.tsv"
WEIGHTS_FILE: Final = "reference_weights.tsv"


class WordOdds(NamedTuple):
    """Log-odds of a word; 0 tells nothing."""

    container: float  # in the name of a container rather than in a title
    first: float  # as first word of such a name rather than later in it
    last: float  # as last word of a title rather than before
    opening: float  # as first word of a title rather than later in it
    surname: float  # as a family name rather than in a title or a container


Share = tuple[int, float, float, int]
"""Sums over words: how many, for a container, for a title, how many in small letters."""


@dataclass(frozen=True, slots=True, eq=False)
class CitationWords:
    """All that is known of words. Empty where nothing was loaded: then only punctuation and shapes of words tell parts apart."""

    odds: Mapping[str, WordOdds] = field(default_factory=dict)
    container: Mapping[str, float] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    shares: dict[str, Share] = field(default_factory=dict)
    """What the words between two spaces add to the sums of ``references.title_container``, as met so far."""


NO_WORDS: Final = CitationWords()


def parse_citation_words(files: Mapping[str, str]) -> CitationWords:
    r"""Read the two tables from their texts (file name -> text).

    Raises ``AssetError`` naming file and line where a line is no word with its figures.

    >>> table = "word\tcontainer\tfirst\tlast\topening\tsurname\nacta\t5.2\t2\t-1\t0\t-3"
    >>> words = parse_citation_words({"journal_words.tsv": table})
    >>> words.container["acta"], words.odds["acta"].surname
    (5.2, -3.0)
    """
    odds = {word: WordOdds(*figures) for word, figures in _table(files, WORDS_FILE, len(WordOdds._fields)).items()}
    weights = {name: weight for name, (weight,) in _table(files, WEIGHTS_FILE, 1).items()}
    return CitationWords(
        MappingProxyType(odds),
        MappingProxyType({word: row.container for word, row in odds.items()}),
        MappingProxyType(weights),
    )


def _table(files: Mapping[str, str], name: str, columns: int) -> dict[str, tuple[float, ...]]:
    table = {}
    headed = False
    for number, line in enumerate(files.get(name, "").split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if not headed:
            headed = True
            continue
        key, *cells = line.split("\t")
        try:
            figures = tuple(map(float, cells))
        except ValueError:
            figures = ()
        if len(figures) != columns:
            raise AssetError(
                f"{key!r} has not {columns} figures",
                place=f"data/lexicon/{name}:{number}",
                repair="separate the columns by tabs, or make the file again with alsu_kg.train_references",
            )
        table[key] = figures
    return table
