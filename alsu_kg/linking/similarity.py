"""The features that say how well a reference and a record agree: few, named, each between -1 and 1 or a small count.

Every feature looks for the record's fields *in the string* (the string is not parsed), and asks in return which words and
numbers of the string the record leaves unexplained: a reply, an erratum or a companion paper shares nearly all its fields
with the work it is about, and differs in what it does not explain. 1 says agrees, 0 says nothing to compare, negative
values say disagrees. ``FEATURES`` is the order of the validator's columns.
"""

from itertools import takewhile
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from alsu_kg.linking.alignment import (
    NOTHING,
    TitleAlignment,
    align_title,
    container_agreement,
    starts_with_abbreviation,
)
from alsu_kg.linking.normalisation import STOP_WORDS, words
from alsu_kg.linking.number_agreement import compare_numbers
from alsu_kg.linking.text_view import CandidateView, ReferenceView

FEATURES: Final = (
    "title_in_order",
    "title_any_order",
    "title_letters",
    "title_missing_head",
    "title_missing_middle",
    "title_missing_tail",
    "title_inserted",
    "title_substituted",
    "title_words",
    "unexplained_words",
    "unexplained_lower_case",
    "unexplained_numbers",
    "first_author",
    "first_author_at_start",
    "authors_found",
    "names_explained",
    "year",
    "volume",
    "issue",
    "page",
    "volume_page_in_order",
    "missing_numbers",
    "contradictions",
    "marker_mismatch",
    "container",
    "tagged_title",
    "tagged_container",
    "is_tagged",
)


_NOT_FIRST: Final = -0.5
"""Agreement of the first author where another name stands first (13 of 3,240 true pairs, 10 of them signed by a group)."""


def agreement_at_a_glance(reference: ReferenceView, candidate: CandidateView) -> float:
    """Give a quick sum of agreements, to leave out candidates that need no full comparison."""
    vocabulary = reference.vocabulary
    found = sum(map(len, candidate.title_words & vocabulary))
    score = 2.0 * found / candidate.title_size if candidate.title_size else 0.0
    score += candidate.year in reference.years
    score += candidate.page in reference.numbers
    score += 0.5 * (candidate.volume in reference.numbers)
    if candidate.first_name:
        score += candidate.first_name in vocabulary
    if candidate.containers:
        score += 0.5 * any(word in vocabulary for word in candidate.containers[0])
    return score


def compare(reference: ReferenceView, candidate: CandidateView) -> dict[str, float]:
    """Give the features of a reference against a record, by name, in the order of ``FEATURES``."""
    title = _align(reference, candidate)
    names = _compare_names(reference, candidate, title)
    numbers = compare_numbers(reference, candidate)
    container, container_words = container_agreement(
        candidate.containers, reference.joined, capitals=reference.capitals, letters=reference.letters
    )
    if container < 0 and _is_title_alone(reference, title):
        container = 0.0
    unexplained = _unexplained(reference, candidate, title, container_words)
    tagged = _compare_tagged(reference, candidate)
    return {
        "title_in_order": title.in_order,
        "title_any_order": title.any_order,
        "title_letters": _letters_agreement(reference, candidate, title),
        "title_missing_head": float(title.missing_head),
        "title_missing_middle": float(title.missing_middle),
        "title_missing_tail": float(title.missing_tail),
        "title_inserted": float(title.inserted),
        "title_substituted": float(title.substituted + _substituted_at_end(title, unexplained)),
        "title_words": float(min(len(candidate.title), 12)) if reference.has_title else 0.0,
        "unexplained_words": float(len(unexplained)),
        "unexplained_lower_case": float(len(unexplained & reference.lower_case)),
        "unexplained_numbers": float(numbers.pop("unexplained")),
        **names,
        **numbers,
        "contradictions": float(_contradictions(title, names, numbers, container)),
        "marker_mismatch": float(len(_markers_of_one(reference, candidate))),
        "container": container,
        **tagged,
        "is_tagged": float(bool(reference.fields)),
    }


def _align(reference: ReferenceView, candidate: CandidateView) -> TitleAlignment:
    """Align the record's title with the string; tagged fields without a title have nothing to compare it with."""
    if not reference.has_title:
        return NOTHING
    return align_title(candidate.title_content, reference.content, reference.vocabulary)


def _substituted_at_end(title: TitleAlignment, unexplained: frozenset[str]) -> int:
    """Count the words that follow where the title breaks off and that nothing of the record accounts for."""
    return sum(1 for _ in takewhile(unexplained.__contains__, title.after))


def _markers_of_one(reference: ReferenceView, candidate: CandidateView) -> frozenset[str]:
    """Give the kinds of notes that only one of the two is, by its words: ``dose-response`` in both titles is none."""
    return (reference.markers - candidate.markers - candidate.all_markers) | (candidate.markers - reference.markers)


def _contradictions(title: TitleAlignment, names: dict[str, float], numbers: dict[str, float], container: float) -> int:
    """Count the fields that the string contradicts. One is a slip of somebody's pen; two at once are another work."""
    wrong_words = title.missing_head + title.missing_middle + title.missing_tail
    contradicted = [numbers[name] < 0 for name in ("year", "volume", "page")]
    return sum(contradicted) + (names["first_author"] < 0) + (wrong_words > 0) + (container < 0)


def _letters_agreement(reference: ReferenceView, candidate: CandidateView, title: TitleAlignment) -> float:
    """Share of the title's letters found in one stretch of the string, spaces ignored (for OCR noise and hyphens)."""
    if not reference.has_title:
        return 0.0
    if title.in_order == 1.0:
        return 1.0
    if not candidate.title_letters or not reference.letters:
        return 0.0
    if len(candidate.title_letters) > len(reference.letters):
        return fuzz.ratio(candidate.title_letters, reference.letters) / 100
    return fuzz.partial_ratio(candidate.title_letters, reference.letters, score_cutoff=50) / 100


def _is_title_alone(reference: ReferenceView, title: TitleAlignment) -> bool:
    """Tell whether the string has no word but those of the title, so that nothing of it contradicts another field."""
    return title.in_order == 1.0 and all(word in title.words or word.isdigit() for word in reference.content)


def _compare_names(reference: ReferenceView, candidate: CandidateView, title: TitleAlignment) -> dict[str, float]:
    nothing = {"first_author": 0.0, "first_author_at_start": 0.0, "authors_found": 0.0, "names_explained": 0.0}
    if not candidate.names or (reference.fields and not reference.names) or _is_title_alone(reference, title):
        return nothing
    first = candidate.first_author
    start = reference.tokens[:5]
    leading = candidate.names[:3]
    agreement = 1.0 if first & reference.vocabulary else _similar_name(first, reference.tokens[:60])
    if agreement == 1.0 and first.isdisjoint(start) and reference.names.intersection(start) and not candidate.has_group:
        agreement = _NOT_FIRST
    if agreement < 0 and any(len(name) > 4 and name in reference.letters[:300] for name in first):
        agreement = 0.9
    if agreement < 0 and (candidate.has_group or reference.groups - candidate.title_words):
        agreement = 0.0
    explained = 0.0
    if reference.names and len(candidate.names) > 1:
        explained = len(reference.names.intersection(candidate.names)) / len(reference.names) * 2 - 1
    return {
        "first_author": agreement,
        "first_author_at_start": 1.0 if first.intersection(start) else max(_similar_name(first, start), 0.0),
        "authors_found": sum(1 for name in leading if name in reference.vocabulary) / len(leading),
        "names_explained": explained,
    }


def _similar_name(names: frozenset[str], tokens: tuple[str, ...]) -> float:
    """Give the best similarity of a name to a word if it is above 0.7, else -1; two letters that changed places are one slip."""
    longer = [token for token in tokens if len(token) > 2]
    found = (
        process.extractOne(name, longer, scorer=OSA.normalized_similarity, processor=None, score_cutoff=0.7)
        for name in names
        if len(name) > 3
    )
    return max((best[1] for best in found if best), default=0.0) or -1.0


def _unexplained(
    reference: ReferenceView, candidate: CandidateView, title: TitleAlignment, container_words: frozenset[str]
) -> frozenset[str]:
    """Give the longer words of the string that neither title nor names nor container of the record account for."""
    return reference.long_words - title.words - container_words - set(candidate.names)


def _compare_tagged(reference: ReferenceView, candidate: CandidateView) -> dict[str, float]:
    """Compare tagged title and container with the record's, in both directions; 0 where nothing is tagged."""
    title, container = reference.fields.get("title", ""), reference.fields.get("container", "")
    agreement = 0.0
    if title and candidate.title_letters:
        agreement = fuzz.ratio("".join(words(title)), candidate.title_letters) / 50 - 1
    held = 0.0
    if container and candidate.containers:
        tagged = [word for word in words(container) if word not in STOP_WORDS]
        held = max((starts_with_abbreviation(tagged, list(c)) for c in candidate.containers), default=0.0) * 2 - 1
    return {"tagged_title": agreement, "tagged_container": held}
