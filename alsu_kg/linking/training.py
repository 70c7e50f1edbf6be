"""Training the validator: labelled pairs to a model. Fixed settings, one model for all kinds of references.

Known noise of the labels is treated in the open: a record that equals the true work in title, year, volume and page is not
a counter-example (``same_as_truth``), and a part of the true pairs is copied with the changes that citing authors make
(``alter``), so that one wrong page does not outweigh a whole title. Another part is copied with two fields or more of some other
record (``contradict``): one contradiction is a slip of the pen, two are another work.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import lightgbm
import msgspec
import numpy

from alsu_kg.linking.similarity import FEATURES, compare
from alsu_kg.linking.text_view import view_candidate, view_reference
from alsu_kg.model.candidate import Candidate
from alsu_kg.model.reference import Reference

ROUNDS: Final = 300
MORE_IS_BETTER: Final = frozenset(
    ("year", "volume", "issue", "page", "first_author", "first_author_at_start", "authors_found", "container")
)
MORE_IS_WORSE: Final = frozenset(("marker_mismatch",))
"""Features in which the trees must be monotone: that a number or name agrees better never speaks against a record.

Those of the title are not among them: a string without any title is no worse than one that has half of another."""

SETTINGS: Final = {
    "objective": "binary",
    "learning_rate": 0.06,
    "num_leaves": 15,
    "min_data_in_leaf": 20,
    "lambda_l2": 3.0,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbosity": -1,
    "monotone_constraints": [(name in MORE_IS_BETTER) - (name in MORE_IS_WORSE) for name in FEATURES],
}
ALTERED_SHARE: Final = 0.6
CONTRADICTED_SHARE: Final = 1.0
_PLAIN: Final = 0.75
"""Agreement from which a field of the record stands in the reference, so that a change of it contradicts the reference."""

_VERSIONS: Final = 0.2
"""Share of the contradicted copies that are another version of the work."""

_TELLING_TITLE: Final = 5
"""Words of a title, stop words left out, from which it tells by itself which work is meant."""

_SHORT: Final = 3
"""Letters of a word that a title may gain or lose without being another title."""

_TITLE_ALONE: Final = 0.1
"""Share of the contradicted copies of references without a page that differ in nothing but the title."""

_TITLE: Final = FEATURES.index("title_in_order")
_NUMBER: Final = re.compile(r"\b(?!(?:19|20)\d\d\b)\d+\b")


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """One compared pair: its features, whether it is right, and the fold (group of journals) it belongs to."""

    features: tuple[float, ...]
    right: bool
    fold: int


def compare_pair(reference: Reference, candidate: Candidate) -> tuple[float, ...]:
    """Give the features of a pair as a row."""
    return tuple(compare(view_reference(reference), view_candidate(candidate)).values())


def same_as_truth(candidate: Candidate, truth: Candidate) -> bool:
    """Tell whether a record says of itself what the true record says: no string can tell the two apart.

    >>> same_as_truth(Candidate(id="1", title="A", year=2001), Candidate(id="2", title="a", year=2001))
    True
    """
    one, two = view_candidate(candidate), view_candidate(truth)
    return (one.title, one.year, one.volume, one.page) == (two.title, two.year, two.volume, two.page)


def alter(reference: Reference, candidate: Candidate, chance: random.Random) -> tuple[Reference, Candidate] | None:
    """Change a true pair as life does: a mistyped page, volume or year, numbers left out, a string cut after the title.

    Only where the title stands in the reference: without it the numbers are what tells works apart.
    """
    if compare_pair(reference, candidate)[_TITLE] < _PLAIN:
        return None
    change = chance.choice(sorted(_CHANGES))
    return _CHANGES[change](reference, candidate, chance)


def contradict(reference: Reference, candidate: Candidate, other: Candidate, chance: random.Random) -> Candidate | None:
    """Make another work of a true record: two or three fields that stand in the reference become those of ``other``.

    Where no title stands there, one of volume or page is enough; where no page stands there, some have but other words in the
    title (the companion paper). Some become another version (``_other_version``).
    """
    row = dict(zip(FEATURES, compare_pair(reference, candidate), strict=True))
    visible = [name for name, feature in _VISIBLE.items() if row[feature] >= _PLAIN]
    if len(visible) < 2:
        return None
    if row["container"] >= _PLAIN and other.container and chance.random() < _VERSIONS:
        return _other_version(candidate, other.container, chance)
    if "title" in visible and row["page"] == 0 and chance.random() < _TITLE_ALONE:
        title = _companion_title(candidate.title.split(), other.title.split(), chance)
        return msgspec.structs.replace(candidate, title=title) if title else None
    numbers = [name for name in visible if name in ("volume", "first_page")]
    if "title" not in visible and numbers and chance.random() < 0.5:
        changed = [chance.choice(numbers)]
    else:
        changed = chance.sample(visible, k=min(len(visible), chance.choice((2, 2, 3))))
    values = {name: _foreign(name, candidate, other, chance) for name in changed}
    return msgspec.structs.replace(candidate, **values) if all(values.values()) else None


def fit(pairs: Sequence[LabelledPair], *, rounds: int = ROUNDS) -> str:
    """Fit the trees and give them in LightGBM's text format, not calibrated yet."""
    table = numpy.asarray([pair.features for pair in pairs], dtype=numpy.float32)
    labels = numpy.asarray([pair.right for pair in pairs], dtype=numpy.float32)
    data = lightgbm.Dataset(table, labels, feature_name=list(FEATURES))
    return str(lightgbm.train(dict(SETTINGS), data, rounds).model_to_string())


Altered = tuple[Reference, Candidate] | None


def _mistype_page(reference: Reference, candidate: Candidate, chance: random.Random) -> Altered:
    if not candidate.first_page:
        return None
    return reference, msgspec.structs.replace(candidate, first_page=_mistype(candidate.first_page, chance))


def _mistype_volume(reference: Reference, candidate: Candidate, chance: random.Random) -> Altered:
    if not candidate.volume:
        return None
    return reference, msgspec.structs.replace(candidate, volume=_mistype(candidate.volume, chance))


def _mistype_year(reference: Reference, candidate: Candidate, chance: random.Random) -> Altered:
    if not candidate.year:
        return None
    return reference, msgspec.structs.replace(candidate, year=candidate.year + chance.choice((-10, -2, -1, 1, 2, 10)))


def _bare_record(reference: Reference, candidate: Candidate, _chance: random.Random) -> Altered:
    return reference, msgspec.structs.replace(candidate, volume="", issue="", first_page="")


def _without_numbers(reference: Reference, candidate: Candidate, _chance: random.Random) -> Altered:
    bare = msgspec.structs.replace(
        reference, volume="", issue="", first_page="", unstructured=_NUMBER.sub("", reference.unstructured)
    )
    return bare, candidate


def _cut_after_title(reference: Reference, candidate: Candidate, _chance: random.Random) -> Altered:
    end = candidate.title[-20:].lower().rstrip(".")
    place = reference.unstructured.lower().find(end) if len(end) > 10 else -1
    if place < 0:
        return None
    return msgspec.structs.replace(reference, unstructured=reference.unstructured[: place + 20]), candidate


def _title_alone(reference: Reference, candidate: Candidate, _chance: random.Random) -> Altered:
    if len(view_candidate(candidate).title_content) < _TELLING_TITLE:
        return None
    return Reference(id=reference.id, unstructured=candidate.title), candidate


_CHANGES: Final[dict[str, Callable[[Reference, Candidate, random.Random], Altered]]] = {
    "page": _mistype_page,
    "page again": _mistype_page,
    "volume": _mistype_volume,
    "year": _mistype_year,
    "bare record": _bare_record,
    "no numbers": _without_numbers,
    "cut": _cut_after_title,
    "title alone": _title_alone,
}


_VISIBLE: Final = {
    "title": "title_in_order",
    "authors": "first_author",
    "year": "year",
    "volume": "volume",
    "first_page": "page",
}


def _other_version(candidate: Candidate, container: str, chance: random.Random) -> Candidate:
    """Make another version of a work: the same title and authors in another container, without a place in it."""
    year = candidate.year - chance.choice((0, 1)) if candidate.year else None
    return msgspec.structs.replace(
        candidate, container=container, short_container="", year=year, volume="", issue="", first_page=""
    )


def _foreign(
    field: str, candidate: Candidate, other: Candidate, chance: random.Random
) -> str | int | tuple[tuple[str, str], ...] | None:
    """Give another value for a field: the other record's, or one near by, or a title that differs in some words."""
    if field == "title":
        return _foreign_title(candidate.title.split(), other.title.split(), chance)
    if field == "authors":
        return other.authors
    if field == "year":
        return (candidate.year or 0) + chance.choice((-9, -4, -3, -2, 2, 3, 4, 9))
    figure = candidate.volume if field == "volume" else candidate.first_page
    if figure.isdigit() and chance.random() < 0.7:
        return str(int(figure) + chance.randrange(1, 60))
    return (other.volume if field == "volume" else other.first_page) or None


def _foreign_title(title: list[str], other: list[str], chance: random.Random) -> str:
    way = chance.randrange(4)
    start = chance.randrange(len(other)) if other else 0
    words_of_other = other[start : start + chance.randrange(1, 3)]
    if way == 0:
        return " ".join(other)
    if way == 1:
        return " ".join([*title, *words_of_other])
    if way == 2:
        return " ".join([*words_of_other, *title])
    return _companion_title(title, other, chance)


def _companion_title(title: list[str], other: list[str], chance: random.Random) -> str:
    """Put one or two longer words of another title in the place of as many of this."""
    foreign = [word for word in other if len(word) > _SHORT and word not in title]
    places = [place for place, word in enumerate(title) if len(word) > _SHORT]
    count = min(chance.randrange(1, 3), len(places), len(foreign))
    words = list(title)
    for place, word in zip(chance.sample(places, k=count), chance.sample(foreign, k=count), strict=True):
        words[place] = word
    return " ".join(words) if count else ""


def _mistype(figure: str, chance: random.Random) -> str:
    if chance.random() < 0.5:
        return str(chance.randrange(1, 2000))
    place = chance.randrange(len(figure))
    return figure[:place] + str(chance.randrange(10)) + figure[place + 1 :]
