"""Synthetic review records for benchmarks: made of invented words, no evidence about anything."""

import random
from pathlib import Path
from typing import get_args

import msgspec

from alsu_kg.model.review import (
    CATEGORIES,
    Case,
    Claim,
    Context,
    Grade,
    Place,
    Pointer,
    Reference,
    Review,
    ReviewRecord,
    Risk,
    Source,
    Status,
    Treatment,
    Trial,
)
from alsu_kg.model.review import (
    Path as MechanismPath,
)
from alsu_kg.ontology import read_entries

_STATUSES = get_args(Status)


def make_record(number: int, mechanisms: list[str]) -> ReviewRecord:
    """Make one record; the same ``number`` always gives the same record."""
    rng = random.Random(number)
    label = f"Syntheticum {number}"
    references = tuple(_reference(rng, position) for position in range(1, 4))
    claims = (
        *(_claim(rng, label, rng.choice(mechanisms)) for _ in range(1)),
        _claim(rng, rng.choice(mechanisms), rng.choice(mechanisms)),
    )
    return ReviewRecord(
        record=f"syntheticum-{number}",
        sources=(
            Source(
                key="page", kind="review-page", url=f"https://example.org/{number}", date=f"20{rng.randint(10, 25)}"
            ),
        ),
        review=Review(
            number=number,
            title=f"Review {number} of {label}",
            published=f"20{rng.randint(10, 25)}-0{rng.randint(1, 9)}",
        ),
        treatment=Treatment(label=label, kind="drug"),
        grades=tuple(Grade(category=c, letter=rng.choice("ABCDFU"), stated_in="page") for c in CATEGORIES),
        references=references,
        pointers=tuple(Pointer(section="Mechanism", numbers=(rng.randint(1, 3),)) for _ in range(2)),
        claims=claims,
        paths=(MechanismPath(hops=(0, 1), weakest=1, why_weak="invented", stated_in="page"),),
        cases=(
            Case(participants=rng.randint(1, 9), co_interventions=("curcumin",), outcome="invented", stated_in="page"),
        ),
        trials=(Trial(participants=rng.randint(5, 99), outcome="invented", cites=(1,), stated_in="page"),),
        risks=(Risk(effect="lymphoma", cites=(2,), stated_in="page"),),
    )


def _reference(rng: random.Random, position: int) -> Reference:
    work = int(60_000 * rng.random() ** 3)
    return Reference(
        number=position,
        kind="article",
        authors=("Maker A",),
        title=f"Invented work {work}",
        container="Journal of Inventions",
        year=2000 + work % 25,
        doi=f"10.5555/invented.{work}",
    )


def _claim(rng: random.Random, subject: str, obj: str) -> Claim:
    start = rng.randint(0, 20000)
    return Claim(
        subject=subject,
        predicate="affects",
        object=obj,
        status=rng.choice(_STATUSES),
        polarity="decreases",
        context=Context(species="mouse"),
        cites=(rng.randint(1, 3),),
        stated_in="page",
        place=Place(section="Mechanism", start=start, end=start + 100),
    )


def _write_fast(record: ReviewRecord) -> bytes:
    """Write block YAML without the search for a pretty layout: flow collections are YAML too (YAML 1.2, 7.4)."""
    keys = msgspec.to_builtins(record)
    return "".join(f"{key}: {msgspec.json.encode(value).decode()}\n" for key, value in keys.items()).encode()


def write_records(folder: Path, count: int) -> None:
    """Write ``count`` record files into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    mechanisms = [entry.labels[0] for entry in read_entries() if entry.group == "mechanism"]
    for number in range(1, count + 1):
        record = make_record(number, mechanisms)
        (folder / f"{record.record}.yaml").write_bytes(_write_fast(record))
