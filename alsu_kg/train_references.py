"""Learn what words tell of the parts of a reference: ``python -m alsu_kg.train_references EVALUATION_DIRECTORY``.

Words are counted over the open (CC0) records of ``pool.jsonl.gz``: each container name once, each title and family name as
often as it stands there. Then the weights of ``extraction.references.spaced_features`` are fitted to the references of
``gold.dev.jsonl`` whose parts a publisher tagged, as a logistic choice among all readings of each. Writes
data/lexicon/journal_words.tsv and reference_weights.tsv; takes a minute. ``--without-half`` leaves half of the journals out
of both, so that the rest can be measured.
"""

import argparse
import gzip
import json
import math
import re
import sys
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from scipy.optimize import minimize

from alsu_kg.extraction.references.citation_words import (
    WEIGHTS_FILE,
    WORDS_FILE,
    CitationWords,
    WordOdds,
    parse_citation_words,
)
from alsu_kg.extraction.references.spaced_reference import features_of, find_names, split_numbers

LEXICON: Final = Path(__file__).resolve().parent.parent / "data" / "lexicon"
_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"</?[A-Za-z]{1,8}>")
_BOUND: Final = 5.0
_PENALTY: Final = 1.0
Row = Mapping[str, object]


class Counts(NamedTuple):
    """How often each word stands where."""

    title: Counter[str]
    title_first: Counter[str]
    title_last: Counter[str]
    container: Counter[str]
    container_first: Counter[str]
    surname: Counter[str]


class Example(NamedTuple):
    """All readings of one reference: their features, and which of them are right."""

    readings: list[dict[str, float]]
    right: list[bool]


def in_half(journal: str, half: str) -> bool:
    """Tell whether a journal belongs to ``half`` ("A" or "B") of all, by a check sum of its letters.

    >>> in_half("nature", "A") != in_half("nature", "B")
    True
    """
    return "AB"[zlib.crc32(journal.encode()) & 1] == half


def count_words(records: Iterable[Row]) -> Counts:
    """Count the words of records.

    >>> counts = count_words([{"title": "On mice", "container": "Cell Mice", "short_container": None, "authors": [["Lee", "A"]]}])
    >>> counts.title["mice"], counts.container_first["cell"], counts.surname["lee"]
    (1, 1, 1)
    """
    counts = Counts(Counter(), Counter(), Counter(), Counter(), Counter(), Counter())
    seen = set[str]()
    for record in records:
        title = _words(_TAG.sub(" ", str(record["title"] or "")))
        counts.title.update(title)
        counts.title_first.update(title[:1])
        counts.title_last.update(title[-1:])
        authors = record["authors"]
        for author in authors if isinstance(authors, list) else ():
            counts.surname.update(_words(author[0] or ""))
        for name in {str(record[key]).lower() for key in ("container", "short_container") if record[key]} - seen:
            seen.add(name)
            counts.container.update(_words(name))
            counts.container_first.update(_words(name)[:1])
    return counts


def fold_letters(text: str) -> str:
    """Give the bare letters and digits of a text.

    >>> fold_letters("Z. Für Physik")
    'zfurphysik'
    """
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", text).lower())


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def find_odds(counts: Counts, *, in_titles: int, in_containers: int) -> dict[str, WordOdds]:
    """Give the odds of each word that stands at least so often in titles or in names of containers, with small priors."""
    titles, containers, surnames = counts.title.total(), counts.container.total(), counts.surname.total()
    openings, names, ends = counts.title_first.total(), counts.container_first.total(), counts.title_last.total()
    odds = {}
    for word in sorted(counts.title | counts.container):
        title, container = counts.title[word], counts.container[word]
        if title < in_titles and container < in_containers:
            continue
        odds[word] = WordOdds(
            _log_ratio((container + 0.3) / containers, (title + 0.3) / titles),
            _log_ratio(
                (counts.container_first[word] + 0.3 * names / containers) / names, (container + 0.3) / containers
            ),
            _log_ratio((counts.title_last[word] + ends / titles) / ends, (title + 1) / titles),
            _log_ratio((counts.title_first[word] + openings / titles) / openings, (title + 1) / titles),
            _log_ratio((counts.surname[word] + 0.5) / surnames, (title + container + 0.5) / (titles + containers)),
        )
    return odds


def _log_ratio(a: float, b: float) -> float:
    return round(max(-_BOUND, min(_BOUND, math.log(a / b))), 1) + 0.0


def make_example(row: Row, words: CitationWords) -> Example | None:
    """Give the readings of a labelled reference; ``None`` where no reading is right or only one is there."""
    tokens = _TAG.sub("", str(row["unstructured"])).split()
    parsed = row["parsed"]
    numbers = split_numbers(tokens)
    if numbers is None or not isinstance(parsed, dict):
        return None
    head = tokens[: numbers.before]
    title = parsed.get("article-title") or (None if parsed.get("journal-title") else parsed.get("volume-title"))
    gold = tuple(_folded(text) for text in (parsed.get("author"), title, parsed.get("journal-title")))
    readings, right = [], []
    for name in find_names(head):
        for cut in range(name.taken, len(head) + 1):
            parts = head[: name.taken], head[name.taken : cut], head[cut:]
            readings.append(features_of(head, name, cut, words, numbered=bool(numbers.volume or numbers.page)))
            right.append(tuple(_folded(" ".join(part)) for part in parts) == gold)
    return Example(readings, right) if any(right) and not all(right) else None


def _folded(text: object) -> str:
    return fold_letters(re.sub(r",?\s[JS]r\b\.?", "", _TAG.sub("", str(text or ""))))


def fit_weights(examples: list[Example]) -> dict[str, float]:
    """Fit the weights under which the right readings are chosen (conditional logit, ridge penalty)."""
    names = sorted({key for example in examples for reading in example.readings for key in reading})
    column = {name: i for i, name in enumerate(names)}
    sizes = [len(example.readings) for example in examples]
    matrix = np.zeros((sum(sizes), len(names)))
    for i, reading in enumerate(reading for example in examples for reading in example.readings):
        for key, value in reading.items():
            matrix[i, column[key]] = value
    right = np.array([flag for example in examples for flag in example.right], dtype=float)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    group = np.repeat(np.arange(len(sizes)), sizes)

    def loss(weights: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> tuple[float, object]:
        scores = matrix @ weights
        mass = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        total, good = np.add.reduceat(mass, starts), np.add.reduceat(mass * right, starts) + 1e-300
        gradient = matrix.T @ (mass / total[group] - mass * right / good[group]) + _PENALTY * weights
        return float(np.sum(np.log(total) - np.log(good)) + _PENALTY * (weights @ weights) / 2), gradient

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return {name: round(float(weight), 2) + 0.0 for name, weight in zip(names, found, strict=True)}


def write_words(odds: Mapping[str, WordOdds], records: int) -> str:
    """Write the table of words."""
    head = f"# Log-odds of words in references (extraction/references/citation_words.py), counted over {records:,} open (CC0) "
    head += "records.\n"
    head += "# Made by alsu_kg.train_references; each name of a container counts once.\n"
    rows = ("\t".join([word, *(f"{figure:g}" for figure in row)]) for word, row in odds.items())
    return head + "\n".join(["\t".join(["word", *WordOdds._fields]), *rows]) + "\n"


def write_weights(weights: Mapping[str, float], examples: int) -> str:
    """Write the table of weights."""
    head = (
        f"# Weights of the features of extraction/references/spaced_features.py, fitted to {examples:,} references.\n"
    )
    return head + "feature\tweight\n" + "".join(f"{name}\t{weight:g}\n" for name, weight in weights.items() if weight)


def _records(directory: Path, left_out: frozenset[str], half: str) -> Iterator[Row]:
    with gzip.open(directory / "pool.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            keys = [fold_letters(record[key]) for key in ("container", "short_container") if record[key]]
            if not half or not (left_out.intersection(keys) or any(in_half(key, half) for key in keys[:1])):
                yield record


def main() -> int:
    """Read the arguments, learn, and write both tables."""
    parser = argparse.ArgumentParser(prog="python -m alsu_kg.train_references", description="Learn to read references.")
    parser.add_argument("evaluation", type=Path, help="directory with pool.jsonl.gz and gold.dev.jsonl")
    parser.add_argument("-o", "--output", type=Path, default=LEXICON, help="directory to write the two tables to")
    parser.add_argument("--without-half", choices=["A", "B"], default="", help="leave these journals out")
    args = parser.parse_args()
    half: str = args.without_half
    with (args.evaluation / "gold.dev.jsonl").open(encoding="utf-8") as lines:
        gold = [row for row in map(json.loads, lines) if row.get("parsed") and row["kind"] == "structured"]
    out = [row for row in gold if half and in_half(row["journal_key"] or row["id"], half)]
    names = frozenset(
        name for row in out for name in (row["journal_key"], fold_letters(row["parsed"].get("journal-title") or ""))
    )
    records = list(_records(args.evaluation, names, half))
    share = 1 if half else 2
    odds = find_odds(count_words(records), in_titles=20 * share, in_containers=2)
    table = write_words(odds, len(records))
    words = parse_citation_words({WORDS_FILE: table})
    kept = {row["id"] for row in out}
    examples = [e for row in gold if row["id"] not in kept and (e := make_example(row, words)) is not None]
    weights = fit_weights(examples)
    (args.output / WORDS_FILE).write_text(table, encoding="utf-8")
    (args.output / WEIGHTS_FILE).write_text(write_weights(weights, len(examples)), encoding="utf-8")
    sys.stderr.write(f"{len(odds):,} words, {len(weights)} weights from {len(examples):,} references\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
