"""Train the validator from labelled references: ``python -m alsu_kg.train_linker EVALUATION_DIRECTORY``.

The directory holds ``pool.jsonl.gz``, ``pool_confusers.jsonl.gz``, ``hard_removed_ids.json`` and ``gold*.dev.jsonl`` (its
README says what they are). Two indexes are built in a temporary directory, every reference is compared with its candidates,
and the model is written to ``alsu_kg/linking/validator.txt``. Takes some minutes.
"""

import argparse
import gzip
import hashlib
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final

from alsu_kg.index_batches import prepare
from alsu_kg.index_writer import IndexWriter
from alsu_kg.linking.calibration import Calibration, Judgement, fit_calibration
from alsu_kg.linking.candidate_validation import Validate, read_validator, write_validator
from alsu_kg.linking.matching import most_alike
from alsu_kg.linking.training import (
    ALTERED_SHARE,
    CONTRADICTED_SHARE,
    LabelledPair,
    alter,
    compare_pair,
    contradict,
    fit,
    same_as_truth,
)
from alsu_kg.model.candidate import Candidate
from alsu_kg.model.reference import Reference
from alsu_kg.readers.reference_fields import read_reference
from alsu_kg.readers.work_record import read_record
from alsu_kg.work_index import WorkIndex

FOLDS: Final = 5
_PREPARED_AT_ONCE: Final = 5_000
VALIDATOR: Final = Path(__file__).parent / "linking" / "validator.txt"
GOLD: Final = {
    "real": ("gold.dev.jsonl", "pool"),
    "hard": ("gold_hard.dev.jsonl", "hard"),
    "styles": ("gold_synthetic.dev.jsonl", "pool"),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled reference with its candidates, as compared; ``met`` are the ids of all that the search found."""

    set_name: str
    group: str
    fold: int
    reference: Reference
    right: frozenset[str]
    asserted: str
    candidates: tuple[Candidate, ...]
    rows: tuple[tuple[float, ...], ...]
    met: tuple[str, ...]


def read_pool(path: Path) -> Iterator[Candidate]:
    """Read records of the evaluation pool."""
    with gzip.open(path, "rb") as lines:
        for line in lines:
            yield read_record(json.loads(line))


def build_indexes(data: Path, place: Path) -> dict[str, Candidate]:
    """Build the index of the pool and that of the hard set under ``place``; give all records by id."""
    removed = set(json.loads((data / "hard_removed_ids.json").read_text(encoding="utf-8")))
    pool = {candidate.id: candidate for candidate in read_pool(data / "pool.jsonl.gz")}
    confusers = {candidate.id: candidate for candidate in read_pool(data / "pool_confusers.jsonl.gz")}
    _build(place / "pool", pool.values())
    _build(place / "hard", [*(c for c in pool.values() if c.id not in removed), *confusers.values()])
    return pool | confusers


def judge(data: Path, place: Path, records: Mapping[str, Candidate]) -> Iterator[Judged]:
    """Find and compare the candidates of every labelled reference."""
    for set_name, (file_name, index_name) in GOLD.items():
        index = WorkIndex(place / index_name)
        for line in (data / file_name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            reference = labelled_reference(row)
            right = frozenset(filter(None, [row["true_id"], *row.get("also_ok", [])]))
            found = index.candidates(reference)
            kept = tuple(most_alike(reference, found))
            journal = row.get("journal_key") or _journal(records.get(row["true_id"] or ""), row["id"])
            yield Judged(
                set_name=set_name,
                group=row.get("style") or row["kind"],
                fold=fold_of(journal),
                reference=reference,
                right=right,
                asserted=str(row.get("label_doi") or row["true_id"] or ""),
                candidates=kept,
                rows=tuple(compare_pair(reference, candidate) for candidate in kept),
                met=tuple(candidate.id for candidate in found),
            )


def labelled_reference(row: Mapping[str, object]) -> Reference:
    """Give the reference of a labelled row: its tagged fields if it is structured, else its string."""
    parsed = row.get("parsed")
    if row.get("kind") == "structured" and isinstance(parsed, Mapping):
        return read_reference(parsed, id=str(row["id"]))
    return Reference(id=str(row["id"]), unstructured=str(row["unstructured"]))


def fold_of(journal: str) -> int:
    """Give the fold of a journal, so that all its references are trained on or tested on together."""
    key = "".join(letter for letter in journal.lower() if letter.isalnum())
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % FOLDS


def labelled_pairs(judged: Iterable[Judged], records: Mapping[str, Candidate]) -> Iterator[tuple[LabelledPair, str]]:
    """Give the pairs to train on, each with the id of its record: found candidates, and changed copies of true pairs."""
    chance = random.Random(7)  # noqa: S311 - a fixed sample, not a secret
    real = sorted(key for key in records if "confuser" not in key)
    for item in judged:
        truths = [records[key] for key in sorted(item.right) if key in records]
        twins = [records[key] for key in sorted({*item.right, item.asserted}) if key in records]
        for candidate, row in zip(item.candidates, item.rows, strict=True):
            right = candidate.id in item.right
            if right or not any(same_as_truth(candidate, truth) for truth in twins):
                yield LabelledPair(features=row, right=right, fold=item.fold), candidate.id
        if truths and item.set_name != "styles" and chance.random() < ALTERED_SHARE:
            changed = alter(item.reference, truths[0], chance)
            if changed:
                yield LabelledPair(features=compare_pair(*changed), right=True, fold=item.fold), truths[0].id
        if truths and item.set_name != "styles" and chance.random() < CONTRADICTED_SHARE:
            wrong = contradict(item.reference, truths[0], records[chance.choice(real)], chance)
            if wrong:
                yield LabelledPair(features=compare_pair(item.reference, wrong), right=False, fold=item.fold), wrong.id


def trained(pairs: Sequence[LabelledPair]) -> Validate:
    """Fit trees to pairs, not calibrated."""
    return read_validator(write_validator(fit(pairs), Calibration()))


def cross_fit(
    judged: Sequence[Judged], pairs: Sequence[LabelledPair], learn: Callable[[Sequence[LabelledPair]], Validate]
) -> list[list[float]]:
    """Give the probabilities of every candidate from what was learned without the journals of its fold."""
    probabilities: list[list[float]] = [[] for _ in judged]
    for fold in range(FOLDS):
        validate = learn([pair for pair in pairs if pair.fold != fold])
        places = [place for place, item in enumerate(judged) if item.fold == fold]
        scores = iter(validate([row for place in places for row in judged[place].rows]))
        for place in places:
            probabilities[place] = [next(scores) for _ in judged[place].rows]
    return probabilities


def calibration_of(
    judged: Sequence[Judged], probabilities: Sequence[Sequence[float]], *, without: int | None = None
) -> Calibration:
    """Fit the calibration to cross-fitted probabilities, each set counting the same; ``without`` a fold that it is used on."""
    used = [(item, found) for item, found in zip(judged, probabilities, strict=True) if item.fold != without]
    sizes = Counter(item.set_name for item, _ in used)
    return fit_calibration(
        [
            Judgement(found, [c.id in item.right for c in item.candidates], 1 / sizes[item.set_name])
            for item, found in used
        ]
    )


def main() -> int:
    """Train on all labelled references and write the model."""
    parser = argparse.ArgumentParser(prog="python -m alsu_kg.train_linker", description="Train the linker's validator.")
    parser.add_argument("data", type=Path, help="directory of labelled references and pools")
    parser.add_argument("-o", "--output", type=Path, default=VALIDATOR, help="where to write the model")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        records = build_indexes(arguments.data, Path(place))
        judged = list(judge(arguments.data, Path(place), records))
    pairs = [pair for pair, _ in labelled_pairs(judged, records)]
    calibration = calibration_of(judged, cross_fit(judged, pairs, trained))
    arguments.output.write_text(write_validator(fit(pairs), calibration), encoding="utf-8")
    sys.stderr.write(f"{len(pairs)} pairs of {len(judged)} references; model written to {arguments.output}\n")
    return 0


def _journal(record: Candidate | None, otherwise: str) -> str:
    return (record.container or record.short_container or record.id) if record else otherwise


def _build(directory: Path, candidates: Iterable[Candidate]) -> None:
    writer = IndexWriter(directory)
    waiting = iter(candidates)
    while some := list(islice(waiting, _PREPARED_AT_ONCE)):
        writer.add(prepare(some))
    writer.commit(datetime.now(UTC), {}, {})
    writer.close()


if __name__ == "__main__":
    sys.exit(main())
