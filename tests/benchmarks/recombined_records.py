"""Records for measuring at any size: the real ones of the pool, then made-up ones whose fields come from different real records."""

import random
from collections.abc import Iterator, Sequence

import msgspec

from alsu_kg.model.candidate import Candidate


def recombine(records: Sequence[Candidate], count: int, *, first: int = 0) -> Iterator[Candidate]:
    """Give ``count`` made-up records, so that words, names, journals and numbers are as frequent as in life.

    Title and container are of one real record, authors of another, volume, year and page of a third. At eight million, every real
    title stands in about 25 of them: harder than life.
    """
    chance = random.Random(first + 5)
    size = len(records)
    for number in range(first, first + count):
        one, two, three = (records[int(chance.random() * size)] for _ in range(3))
        yield msgspec.structs.replace(
            one, id=f"made-{number}", doi=f"10.5555/made.{number}", pmid="", authors=two.authors, volume=three.volume,
            first_page=three.first_page, year=three.year,
        )  # fmt: skip


def order_for_sizes(records: Sequence[Candidate], needed: set[str]) -> list[Candidate]:
    """Put the records that references mean first, so that every size holds them."""
    return sorted(records, key=lambda record: record.id not in needed)
