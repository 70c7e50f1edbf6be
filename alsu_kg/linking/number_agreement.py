"""How well the numbers of a record (year, volume, issue, first page) agree with those of a reference.

A number stands for one field only: what the year accounts for is no volume besides. A reference from before the work had its
place in the journal (pages from 1, no volume) says nothing of volume and page.
"""

from typing import Final

from alsu_kg.linking.text_view import CandidateView, ReferenceView

_LONGEST_WAIT: Final = 3
"""Years from the first publication online to the place in the journal, at most."""


def compare_numbers(reference: ReferenceView, candidate: CandidateView) -> dict[str, float]:
    """Give the features of the numbers by name, and under ``unexplained`` how many the record does not account for."""
    left = list(reference.numbers)
    stands = {}
    for field in ("year", "volume", "page", "issue"):
        value = getattr(candidate, field)
        stands[field] = value in left
        if stands[field]:
            left.remove(value)
    unexplained = _unexplained_numbers(left, reference, candidate)
    volume = _compare_number("volume", candidate.volume, reference, stands["volume"], bool(unexplained))
    issue = _compare_number("issue", candidate.issue, reference, stands["issue"], bool(unexplained))
    page = _compare_page(reference, candidate, stands["page"], bool(unexplained))
    return {
        "year": _compare_year(reference, candidate),
        "volume": volume,
        "issue": issue,
        "page": page,
        "volume_page_in_order": _in_order(candidate.volume, candidate.page, reference.numbers),
        "missing_numbers": float(sum(1 for agreement in (volume, page, issue) if agreement < 0)),
        "unexplained": min(len(unexplained), 6),
    }


def _unexplained_numbers(left: list[str], reference: ReferenceView, candidate: CandidateView) -> list[str]:
    """Leave out what explains itself: title numbers, last pages, the list number, years; ahead of print there are but dates."""
    if _is_ahead_of_print(reference, candidate):
        return []
    title = set(candidate.title)
    kept = []
    for figure in left:
        if figure in title or figure in reference.years or figure == candidate.pmid:
            continue
        if candidate.page and reference.numbers and _is_last_page(candidate.page, figure, reference.numbers):
            continue
        kept.append(figure)
    if kept and reference.tokens and reference.tokens[0].lstrip("0") == kept[0]:
        kept = kept[1:]
    return kept


def _is_ahead_of_print(reference: ReferenceView, candidate: CandidateView) -> bool:
    """Tell whether the string has the numbers of before the work had its place in the journal, up to three years later."""
    if not reference.ahead_of_print or not candidate.year:
        return False
    return any(0 <= int(candidate.year) - int(year) <= _LONGEST_WAIT for year in reference.years)


def _is_last_page(first: str, figure: str, numbers: tuple[str, ...]) -> bool:
    place = numbers.index(figure)
    return place > 0 and numbers[place - 1] == first


def _compare_year(reference: ReferenceView, candidate: CandidateView) -> float:
    if not candidate.year:
        return 0.0
    if not reference.years:
        return 0.4 if candidate.year in reference.letters else 0.0
    if candidate.year in reference.years:
        return 1.0
    near = {str(int(candidate.year) + step) for step in (-1, 1)}
    if near & reference.years or _is_ahead_of_print(reference, candidate):
        return 0.5
    if candidate.year in reference.letters or _is_damaged(candidate.year, reference):
        return 0.4
    return -1.0


def _is_damaged(figure: str, reference: ReferenceView) -> bool:
    """Tell whether the string has the number with a letter in it, in place of a figure, or with a gap.

    >>> from alsu_kg.linking.text_view import view_reference
    >>> from alsu_kg.model.reference import Reference
    >>> view = view_reference(Reference(id="1", unstructured="Neurographics 6, y92 (200N), 8 1"))
    >>> [_is_damaged(figure, view) for figure in ("292", "92", "2005", "81", "93")]
    [True, True, True, True, False]
    """
    for token in reference.damaged:
        if token == figure or (len(token) == len(figure) + 1 and _figures(token) == figure):
            return True
        if len(token) == len(figure) > 2 and sum(map(str.isdigit, token)) * 2 > len(figure):
            same = [one == two or one.isalpha() for one, two in zip(token, figure, strict=True)]
            if all(same):
                return True
    return False


def _figures(token: str) -> str:
    return "".join(filter(str.isdigit, token))


def _compare_number(field: str, value: str, reference: ReferenceView, stands: bool, others: bool) -> float:
    """Compare a volume or issue: 1 agrees, 0 not known, -1 the tagged value differs, -0.5 other numbers stand there.

    ``stands``: it is among the numbers that no other field of the record accounts for; a year is no volume besides.
    """
    tagged = reference.fields.get(field, "")
    if not value or (tagged == "" and not stands and (bool(reference.fields) or not others)):
        return 0.0
    if tagged:
        return 1.0 if tagged == value else -1.0
    if stands:
        return 1.0
    return 0.4 if reference.damaged and _is_damaged(value, reference) else -0.5


def _compare_page(reference: ReferenceView, candidate: CandidateView, stands: bool, others: bool) -> float:
    """Compare the first page: 1 where a page stands, 0.7 elsewhere, -1 another page stands there, -0.5 other numbers."""
    page = candidate.page
    tagged = reference.fields.get("first_page", "")
    if not page or (reference.fields and not tagged and page not in reference.numbers):
        return 0.0
    if tagged:
        return 1.0 if tagged == page or (len(page) > 2 and tagged.endswith(page)) else -1.0
    if page in reference.pages or page in reference.first_pages:
        return 1.0
    if stands and page not in reference.last_pages:
        return 0.7
    if _is_ahead_of_print(reference, candidate):
        return 0.0
    digits = page.lstrip("abcdefghijklmnopqrstuvwxyz").lstrip("0")
    if digits and digits != page and digits in reference.numbers:
        return 0.6
    if len(page) > 2 and digits and page in reference.letters:
        return 0.4
    if reference.damaged and _is_damaged(page, reference):
        return 0.4
    if reference.pages:
        return -1.0
    return -0.5 if others else 0.0


def _in_order(volume: str, page: str, numbers: tuple[str, ...]) -> float:
    """Tell whether the volume is followed by the page, with at most two numbers between."""
    if not volume or not page:
        return 0.0
    if volume not in numbers or page not in numbers:
        return 0.0
    for place, figure in enumerate(numbers):
        if figure == volume and page in numbers[place + 1 : place + 4]:
            return 1.0
    return -1.0
