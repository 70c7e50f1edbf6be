"""References for measuring at any size: the real ones, then real ones changed as life changes them, no two alike."""

import random
from collections.abc import Iterator, Mapping, Sequence

Fields = Mapping[str, object]

EMPTY_EVERY = 5_000
"""One line in so many holds no reference."""


def vary(rows: Sequence[Fields], count: int) -> Iterator[Fields]:
    """Give ``count`` references: ``rows`` as they are, then, round by round, changed by chance that is always the same."""
    for number in range(count):
        row = rows[number % len(rows)]
        if number % EMPTY_EVERY == EMPTY_EVERY - 1:
            yield {"unstructured": ""}
        elif number < len(rows):
            yield row
        else:
            chance = random.Random(number)
            yield _changed(row, rows[chance.randrange(len(rows))], chance)


def _changed(row: Fields, other: Fields, chance: random.Random) -> Fields:
    text = str(row.get("unstructured") or "")
    if text:
        return {**row, "unstructured": _changed_text(text, str(other.get("unstructured") or ""), chance)}
    key = chance.choice([key for key in row if key != "unstructured"] or ["year"])
    kept = {k: v for k, v in row.items() if k != key}
    return {**kept, key: other[key]} if key in other and chance.random() < 0.5 else kept


def _changed_text(text: str, other: str, chance: random.Random) -> str:
    words = text.split()
    place = chance.randrange(len(words) + 1)
    match chance.randrange(8):
        case 0:  # a word is gone
            return " ".join(words[:place] + words[place + 1 :])
        case 1:  # another digit
            return "".join(str(chance.randrange(10)) if c.isdigit() and chance.random() < 0.1 else c for c in text)
        case 2:  # noise of a scan
            return "".join(chance.choice("lI1 0Oec") if chance.random() < 0.03 else c for c in text)
        case 3:  # half of it
            return " ".join(words[: max(1, len(words) // 2)])
        case 4:  # two in one string
            return f"{text} {other}"
        case 5:  # half of this, half of that
            return " ".join(words[:place] + other.split()[-place:])
        case 6:  # capitals and a control character
            return " ".join(words[:place]).upper() + "\x0b" + " ".join(words[place:])
        case _:  # numbered as in a list
            return f"[{chance.randrange(1, 400)}] {text}"
