"""Measure the linker on the labelled references: ``python tests/benchmarks/bench_linking.py DATA [-o REPORT] [--scale N]``.

Cross-validated by journal: every reference is judged by a validator that has not seen its journal. ``DATA`` is the directory of
labelled references; the report is written, never edited. Crossref's own matcher (crossref-matcher, its code unchanged) judges
the same candidates in the same run, if it is installed (extra ``bench``).
"""

import argparse
import hashlib
import importlib.util
import os
import random
import resource
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from time import perf_counter

import msgspec
import numpy as np
import numpy.typing as npt
import tantivy
from scipy.optimize import minimize
from scipy.special import expit

from alsu_kg.index_build import build_index
from alsu_kg.linker import link_in_processes
from alsu_kg.linking.calibration import Calibration, calibrate
from alsu_kg.linking.candidate_validation import Validate, read_validator, write_validator
from alsu_kg.linking.matching import LINK, decide
from alsu_kg.linking.metrics import Outcome, calibration_error, interval, recall_at_precision, score
from alsu_kg.linking.normalisation import words
from alsu_kg.linking.similarity import FEATURES
from alsu_kg.linking.training import LabelledPair, fit, same_as_truth
from alsu_kg.model.candidate import Candidate, ScoredCandidate
from alsu_kg.model.link import ReferenceLink
from alsu_kg.model.reference import Reference
from alsu_kg.train_linker import (
    FOLDS,
    Judged,
    build_indexes,
    calibration_of,
    cross_fit,
    judge,
    labelled_pairs,
    trained,
)
from alsu_kg.work_index import WorkIndex

KINDS = ("reply", "erratum", "companion", "supplement", "samepage", "preprint", "faculty")
Outcomes = dict[str, list[Outcome]]
KeyedPair = tuple[LabelledPair, str]
Numbers = npt.NDArray[np.float64]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/evaluation/references"))
    parser.add_argument("-o", "--output", type=Path, default=Path(__file__).with_name("linking_report.md"))
    parser.add_argument(
        "--scale", type=int, default=0, metavar="N", help="also measure an index of N recombined records"
    )
    arguments = parser.parse_args()
    if not arguments.data.exists():
        sys.stderr.write(f"{arguments.data}: the labelled references are not there; nothing measured\n")
        return 3
    place = Path(tempfile.mkdtemp())
    waiting = arguments.output.with_suffix(".new")
    try:
        with waiting.open("w", encoding="utf-8") as report:
            for line in measure(arguments.data, place, arguments.scale):
                report.write(line + "\n")
                report.flush()
    finally:
        shutil.rmtree(place)
    waiting.replace(arguments.output)
    return 0


def measure(data: Path, place: Path, scale: int) -> Iterator[str]:
    records = build_indexes(data, place)
    judged = list(judge(data, place, records))
    pairs = list(labelled_pairs(judged, records))
    yield f"# Linking references: measured {datetime.now(UTC):%Y-%m-%d}\n"
    yield f"Made by `make bench-linking`; {len(judged)} labelled references, {len(records)} records, {FOLDS} folds by journal.\n"
    outcomes, probabilities, maps = cross_validate(judged, pairs, trained)
    yield from _accuracy(outcomes, maps)
    yield from _ties(judged, probabilities, records)
    yield from _simpler(judged, pairs, outcomes)
    yield from _confusers(judged, pairs, records, maps)
    yield from _peer(judged)
    yield from _speed(judged, place / "pool", records)
    if scale:
        yield from _scale(judged, records, place / "scale", scale)


def logistic(pairs: Sequence[LabelledPair]) -> Validate:
    """Logistic regression over the same features, with squares, ridge penalty 1."""
    table, labels = _expanded([p.features for p in pairs]), np.array([p.right for p in pairs], dtype=np.float64)
    mean, scale = table.mean(axis=0), table.std(axis=0) + 1e-9
    table = (table - mean) / scale

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        logits = table @ weights[1:] + weights[0]
        error = expit(logits) - labels
        penalty = float(weights[1:] @ weights[1:])
        value = float(np.logaddexp(0, logits).sum() - labels @ logits) + penalty / 2
        return value, np.concatenate([[error.sum()], table.T @ error + weights[1:]])

    best = minimize(loss, np.zeros(table.shape[1] + 1), jac=True, method="L-BFGS-B").x

    def validate(rows: Sequence[Sequence[float]]) -> list[float]:
        if not rows:
            return []
        found: list[float] = expit((_expanded(rows) - mean) / scale @ best[1:] + best[0]).tolist()
        return found

    return validate


def counted(_pairs: Sequence[LabelledPair]) -> Validate:
    """No learning: fields that agree less those that are contradicted, linked from three on."""

    def one(row: Sequence[float]) -> float:
        value = dict(zip(FEATURES, row, strict=True))
        title = max(value[name] for name in ("title_in_order", "title_any_order", "title_letters"))
        fields = (title, *(value[name] for name in ("first_author", "year", "container", "volume", "page")))
        return float(min(max((sum(v >= 0.7 for v in fields) - value["contradictions"]) / 6, 0.0), 0.99))

    return lambda rows: [one(row) for row in rows]


def _expanded(rows: Sequence[Sequence[float]]) -> Numbers:
    table = np.asarray(rows, dtype=np.float64)
    return np.hstack([table, table**2])


def cross_validate(
    judged: Sequence[Judged], keyed: Sequence[KeyedPair], learn: Callable[[Sequence[LabelledPair]], Validate]
) -> tuple[Outcomes, list[list[float]], list[Calibration]]:
    """Judge each reference with a validator and a calibration that have not seen its journal; give the latter by fold, too."""
    outcomes: Outcomes = defaultdict(list)
    raw = cross_fit(judged, [pair for pair, _ in keyed], learn)
    maps = [calibration_of(judged, raw, without=fold) for fold in range(FOLDS)]
    probabilities = [calibrate(found, maps[item.fold]) for item, found in zip(judged, raw, strict=True)]
    for item, scored in zip(judged, probabilities, strict=True):
        outcome = _outcome(item, scored)
        outcomes[f"{item.set_name}: {item.group}"].append(outcome)
        outcomes[f"{item.set_name}: all"].append(outcome)
    return outcomes, probabilities, maps


def _hashed(key: str) -> str:
    """Give another name for a record, so that the order of names says nothing: made-up records have names of one kind."""
    return hashlib.sha256(key.encode()).hexdigest()


def _link(item: Judged, scores: Sequence[float], rename: Callable[[str], str] = _hashed) -> ReferenceLink:
    scored = [
        ScoredCandidate(
            candidate=msgspec.structs.replace(c, id=rename(c.id)),
            score=s,
            evidence=dict(zip(FEATURES, row, strict=True)),
        )
        for c, s, row in zip(item.candidates, scores, item.rows, strict=True)
    ]
    return decide(item.reference, scored)


def _outcome(item: Judged, scores: Sequence[float]) -> Outcome:
    link = _link(item, scores)
    best = link.best.candidate.id if link.best else ""
    return Outcome(bool(item.right), link.decision == "linked", best in set(map(_hashed, item.right)), link.score)


def _f1(outcomes: Sequence[Outcome]) -> float:
    return score(outcomes).f1


def _accuracy(outcomes: Outcomes, maps: Sequence[Calibration]) -> Iterator[str]:
    yield f"## Accuracy, one rule for all (LINK = {LINK})\n"
    yield "A wrong link is taken to cost as much as four that are missing. The value was chosen with these folds in sight;"
    yield "F1 is flat between .7 and .85."
    numbers = "; ".join(f"{m.slope:.2f}, {m.offset:.2f}" for m in maps)
    yield f"Slope and offset of the calibration, by the fold that they are used on and were not fitted to: {numbers}.\n"
    yield "| set | n | precision | recall | F1 | 95 % interval of F1 | false links | of these: work not there |"
    yield "|---|--:|--:|--:|--:|---|--:|--:|"
    for name, found in sorted(outcomes.items()):
        s, (low, high) = score(found), interval(found, _f1)
        yield (
            f"| {name} | {len(found)} | {s.precision:.4f} | {s.recall:.4f} | **{s.f1:.4f}** | {low:.4f} to {high:.4f} "
            f"| {s.false_links} | {s.links_without_work} |"
        )
    together = [o for name, found in outcomes.items() if name.endswith(": all") for o in found]
    real = outcomes["real: all"]
    error, real_error = calibration_error(together), calibration_error(real)
    hard_error, style_error = (calibration_error(outcomes[f"{name}: all"]) for name in ("hard", "styles"))
    yield (
        f"\nExpected calibration error: {error:.4f} over all; {real_error:.4f} on real references, {hard_error:.4f} on the "
        f"hard set, {style_error:.4f} on styles."
    )
    yield (
        f"Recall at precision .999 or better: {recall_at_precision(real, 0.999):.4f} on real references, "
        f"{recall_at_precision(outcomes['hard: all'], 0.999):.4f} on the hard set.\n"
    )


def _ties(
    judged: Sequence[Judged], probabilities: Sequence[Sequence[float]], records: Mapping[str, Candidate]
) -> Iterator[str]:
    """Say what the order of ids changes (nothing may), and how many labels no string can tell."""
    changed = beside = alone = false = 0
    others: list[Outcome] = []
    for item, scores in zip(judged, probabilities, strict=True):
        one, two = _link(item, scores, str), _link(item, scores)
        works = [_hashed(link.work.id) if link is one else link.work.id for link in (one, two) if link.work]
        changed += one.decision != two.decision or len(set(works)) > 1
        if item.set_name == "hard":
            outcome = _outcome(item, scores)
            equal = any(_is_equal(c, item, records) for c in item.candidates if c.id not in item.right)
            beside += equal and bool(item.right)
            alone += equal and not item.right
            false += equal and outcome.linked and not outcome.right
            if not equal:
                others.append(outcome)
    yield f"With every id replaced by its hash {changed} of {len(judged)} decisions change."
    found = score(others)
    yield (
        f"In the hard set {beside} references have a record beside the true one that equals it in title, year, volume and "
        f"page, and {alone} have such a record while the true one was taken away: no string tells them apart. Of these {false} "
        f"are linked to the wrong one, and with them no threshold reaches precision .999. Without both: precision "
        f"{found.precision:.4f}, recall {found.recall:.4f}, F1 {found.f1:.4f}, recall at precision .999 or better "
        f"{recall_at_precision(others, 0.999):.4f}.\n"
    )


def _simpler(judged: Sequence[Judged], pairs: Sequence[KeyedPair], outcomes: Outcomes) -> Iterator[str]:
    yield "## Is the learned model worth it? F1 (precision) with the same candidates, features and rule\n"
    yield "| set | boosted trees | logistic regression | fields counted, nothing learned |\n|---|--:|--:|--:|"
    others = [cross_validate(judged, pairs, learn)[0] for learn in (logistic, counted)]
    for name in sorted(outcomes):
        if name.endswith(": all"):
            cells = [score(found[name]) for found in (outcomes, *others)]
            yield f"| {name} | " + " | ".join(f"{s.f1:.4f} ({s.precision:.4f})" for s in cells) + " |"
    yield ""


def _confusers(
    judged: Sequence[Judged],
    pairs: Sequence[KeyedPair],
    records: Mapping[str, Candidate],
    maps: Sequence[Calibration],
) -> Iterator[str]:
    yield "## Each kind of confuser left out of training: share of its records accepted, all folds\n"
    yield "Met: found by the search for a reference. Equal: says in title, year, volume and page what the cited work says.\n"
    yield f"| kind | records met | probability >= {LINK} | without the equal ones | linked |\n|---|--:|--:|--:|--:|"
    hard = [item for item in judged if item.set_name == "hard"]
    for kind in KINDS:
        mark = f"confuser.{kind}."
        likely = equal = linked = 0
        for fold in range(FOLDS):
            trees = fit([p for p, key in pairs if mark not in key and p.fold != fold])
            validate = read_validator(write_validator(trees, maps[fold]))
            items = [i for i in hard if i.fold == fold and any(mark in c.id for c in i.candidates)]
            scores = iter(validate([row for item in items for row in item.rows]))
            for item in items:
                given = [next(scores) for _ in item.rows]
                accepted = [c for c, s in zip(item.candidates, given, strict=True) if mark in c.id and s >= LINK]
                likely += len(accepted)
                equal += sum(_is_equal(c, item, records) for c in accepted)
                marked = {_hashed(c.id) for c in item.candidates if mark in c.id}
                work = _link(item, given).work
                linked += work is not None and work.id in marked
        met = max(sum(mark in key for item in hard for key in item.met), 1)
        yield f"| {kind} | {met} | {likely / met:.3f} | {(likely - equal) / met:.3f} | {linked / met:.3f} |"
    yield ""


def _is_equal(candidate: Candidate, item: Judged, records: Mapping[str, Candidate]) -> bool:
    return any(same_as_truth(candidate, records[k]) for k in (*item.right, item.asserted) if k in records)


def _peer(judged: Sequence[Judged]) -> Iterator[str]:
    if importlib.util.find_spec("crossref_matcher") is None:
        yield "crossref-matcher is not installed: not compared (pip install 'alsu-kg[bench]').\n"
        return
    matcher = _crossref_matcher()
    outcomes: Outcomes = defaultdict(list)
    begun = perf_counter()
    for item in judged:
        found = matcher(item.reference.text, item.candidates)
        outcome = Outcome(bool(item.right), bool(found), found in item.right, 1.0)
        outcomes[f"{item.set_name}: {item.group}"].append(outcome)
        outcomes[f"{item.set_name}: all"].append(outcome)
    seconds = perf_counter() - begun
    yield "## crossref-matcher on the same candidates (SBMV, code unchanged, threshold .34)\n"
    yield "Its search score is not comparable here, so every candidate gets one that its score rules accept in full.\n"
    yield "| set | precision | recall | F1 |\n|---|--:|--:|--:|"
    for name, found_ones in sorted(outcomes.items()):
        s = score(found_ones)
        yield f"| {name} | {s.precision:.4f} | {s.recall:.4f} | {s.f1:.4f} |"
    yield f"\nValidation alone: {len(judged) / seconds:.0f} references a second, one process.\n"


def _crossref_matcher() -> Callable[[str, Sequence[Candidate]], str]:
    from crossref_matcher.strategies.reference.sbmv_unstructured import strategy

    matcher = strategy.SbmvUnstructured()
    waiting: list[dict[str, object]] = []
    strategy.crossref_rest_api_call = lambda *_: (200, {"items": waiting})

    def match(text: str, candidates: Sequence[Candidate]) -> str:
        waiting[:] = [_crossref_item(c, float(max(100, len(text)))) for c in candidates]
        found = matcher.match(text) if waiting and text.strip() else []
        return str(found[0]["id"]).removeprefix("https://doi.org/") if found else ""

    return match


def _crossref_item(candidate: Candidate, relevance: float) -> dict[str, object]:
    item: dict[str, object] = {
        "DOI": candidate.id,
        "score": relevance,
        "type": "journal-article",
        "title": [candidate.title],
        "container-title": [candidate.container or candidate.short_container],
        "issued": {"date-parts": [[candidate.year]]},
        "author": [{"family": family, "given": given} for family, given in candidate.authors],
    }
    named = {"volume": candidate.volume, "issue": candidate.issue, "page": candidate.first_page}
    return item | {name: value for name, value in named.items() if value}


def _speed(judged: Sequence[Judged], index: Path, records: Mapping[str, Candidate]) -> Iterator[str]:
    references = [item.reference for item in judged if item.set_name == "real"]
    yield f"## Speed, {len(records)} records, string in to decision out\n"
    yield f"Load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors.\n"
    for processes in (1, 2):
        begun, used = perf_counter(), _processor_seconds()
        count = sum(1 for _ in link_in_processes(references, index, processes=processes))
        rate, cost = count / (perf_counter() - begun), count / (_processor_seconds() - used)
        yield f"- {processes} process(es): {rate:.0f} references a second; {cost:.0f} for each second of processor time"
    begun = perf_counter()
    WorkIndex(index)
    yield f"- opening the index: {(perf_counter() - begun) * 1000:.0f} ms"
    rate, cost = _full_or(references[:200], records)
    yield f"- peer, BM25 over all words (tantivy, OR), search alone: {rate:.0f} a second; {cost:.0f} for each of processor time\n"


def _processor_seconds() -> float:
    """Give the processor time of this process and of its children that have ended."""
    return sum(os.times()[:4])


def _full_or(sample: Sequence[Reference], records: Mapping[str, Candidate]) -> tuple[float, float]:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("t", tokenizer_name="whitespace", index_option="freq")
    index = tantivy.Index(builder.build())
    writer = index.writer(200_000_000, 2)
    for c in records.values():
        names = " ".join(family for family, _ in c.authors)
        text = f"{c.title} {names} {c.year} {c.container} {c.short_container} {c.volume} {c.issue} {c.first_page}"
        writer.add_document(tantivy.Document(t=" ".join(words(text))))
    writer.commit()
    index.reload()
    searcher, schema, should = index.searcher(), index.schema, tantivy.Occur.Should
    begun, used = perf_counter(), _processor_seconds()
    for reference in sample:
        terms = dict.fromkeys(words(reference.text))
        parts = [(should, tantivy.Query.term_query(schema, "t", term, "freq")) for term in terms]
        searcher.search(tantivy.Query.boolean_query(parts), 20, count=False)
    return len(sample) / (perf_counter() - begun), len(sample) / (_processor_seconds() - used)


def recombine(records: Sequence[Candidate], count: int) -> Iterator[Candidate]:
    """Give ``count`` made-up records: each field from another real record, so that words are as frequent as in life."""
    chance = random.Random(5)
    for number in range(count):
        parts = chance.choices(records, k=4)
        yield msgspec.structs.replace(
            parts[0], id=f"made-{number}", doi="", pmid="", authors=parts[1].authors, volume=parts[2].volume,
            first_page=parts[3].first_page, year=parts[2].year,
        )  # fmt: skip


def _scale(judged: Sequence[Judged], records: Mapping[str, Candidate], directory: Path, size: int) -> Iterator[str]:
    real = [c for key, c in records.items() if "confuser" not in key]
    made = directory.with_suffix(".jsonl")
    with made.open("wb") as target:
        for c in (*real, *recombine(real, size - len(real))):
            target.write(msgspec.json.encode(c) + b"\n")
    begun = perf_counter()
    build_index([made], directory, now=lambda: datetime.now(UTC), processes=2, progress=lambda *_: None)
    seconds = perf_counter() - begun
    made.unlink()
    index = WorkIndex(directory)
    used = sum(path.stat().st_size for path in directory.iterdir())
    items = [item for item in judged if item.set_name == "real" and item.right][:1500]
    begun = perf_counter()
    there = sum(any(c.id in item.right for c in index.candidates(item.reference)) for item in items)
    select = len(items) / (perf_counter() - begun)
    begun = perf_counter()
    linked = sum(1 for _ in link_in_processes((i.reference for i in islice(items, 1500)), directory, processes=2))
    rate = linked / (perf_counter() - begun)
    memory = (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    ) / 1e6
    yield f"## {size} records (real ones, and recombined fields)\n"
    yield f"- build: {size / seconds:.0f} records a second, two processes; {used / size:.0f} bytes a record on disk"
    yield f"- the true work is among the candidates for {there / len(items):.4f} of {len(items)} references"
    yield f"- candidates alone: {select:.0f} references a second, one process; to the decision, two processes: {rate:.0f}"
    yield f"- memory of this process and the largest child, with the labelled data: {memory:.1f} GB\n"


if __name__ == "__main__":
    sys.exit(main())
