"""Lists of references that no heading announces, told by numbers that count up to the end of the text."""

import textwrap

import pytest

from alsu_kg.documents import load_vocabulary
from alsu_kg.extraction.record import extract_record
from alsu_kg.model.document import Document
from alsu_kg.model.review import ReviewRecord
from alsu_kg.readers.numbered_lists import list_at_end
from alsu_kg.readers.plain_text import read_plain_text

NAMES = ("Abel", "Birk", "Cole", "Dunn", "Egan", "Frei", "Gold")
REFERENCES = tuple(
    f"{name} K, Orff B. Another view of the cells that were seen in them and in others. Example Lett. {1990 + i};{10 + i}:2-9."
    for i, name in enumerate(NAMES)
)
PROSE = "It is not known whether the extract acts in people, for few of them were asked and none was seen again (2)."


def record_of(label: str, texts: tuple[str, ...] = REFERENCES) -> ReviewRecord:
    items = "\n".join(textwrap.fill(f"{label.format(n)} {text}", 60) for n, text in enumerate(texts, 1))
    raw = f"ALSUntangled 9: Example\n\nMechanism\n\n{textwrap.fill(PROSE, 60)}\n\nRisks\n\n{textwrap.fill(PROSE, 60)}\n\n{items}\n"
    return extract_record(Document("a.txt", "text", raw, "", read_plain_text(raw)), load_vocabulary())


@pytest.mark.parametrize("label", ["{}.", "[{}]", "({})", "{})", "{}"])
def test_numbers_that_count_to_the_end_are_references(label: str) -> None:
    record = record_of(label)
    assert [(reference.number, reference.raw) for reference in record.references] == list(enumerate(REFERENCES, 1))
    assert [(pointer.section, pointer.numbers) for pointer in record.pointers] == [("Mechanism", (2,)), ("Risks", (2,))]


def test_numbered_sentences_at_the_end_are_no_references() -> None:
    assert (
        record_of("{}.", tuple(f"{name} told us that it had done nothing for her." for name in NAMES)).references == ()
    )


def test_a_list_in_the_text_starts_no_references() -> None:
    lines = [f"{n}. Seen in 200{n}." for n in range(1, 7)]
    assert list_at_end([*lines, *["And so the text goes on."] * 20]) is None
    assert list_at_end([*lines, *["And so it goes on."] * 20, *lines]) == 26


def test_references_by_their_pages_before_the_year_are_some() -> None:
    texts = tuple(
        f"K. {name} and B. Orff, “One view,” Ex. Lett., vol. {i}, pp. 2–9, {1990 + i}."
        for i, name in enumerate(NAMES, 3)
    )
    assert len(record_of("[{}]", texts).references) == len(NAMES)
