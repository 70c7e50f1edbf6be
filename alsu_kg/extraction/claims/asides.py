"""Inserted parts of a sentence: those that a statement reaches over, and those that are stated in a way of their own."""

import re

_INSERTED = re.compile(
    r",\s+(?:which|who|(?:but )?not|an? (?:\w+ ){0,2}(?:inhibitor|activator|antagonist|agonist|blocker"
    r"|precursor|metabolite|derivative|source|product|pro-?drug|analogu?e|marker"
    r"|regulator|mediator|cofactor|component|form|extract|member) (?:of|to|for|from|at)"
    r"|the (?:[\w-]+ ){0,3}(?:component|constituent|ingredient|metabolite|peptide|compound|form|precursor|product|hallmark"
    r"|enzyme) (?:of|in)"
    r"|the (?:only|first|second|most|main|leading|standard) (?:[\w-]+ ){0,3}(?:drug|treatment|medication|medicine|therapy|compound)"
    r"|an? (?:[\w-]+ ){0,5}(?:inhibitor|activator|antagonist|agonist|blocker|modulator|scavenger)s?"
    r"|(?:thought|believed|known|said|reported|shown|presumed|claimed) to"
    r"|(?:\w+ly )?\w+(?:ed|en) (?:from|by|in|of|with|as))\b[^,;]*,"
)
_TRAILING = re.compile(r",\s+(?:which|who|suggesting|implying|raising)\b[^,;]*$")
_BY_FAILING = re.compile(r"\b(?:by|through|via) (?:failing|failure|an? inability)\b[^,;]*$")
_BRACKETS = re.compile(r"\([^()\d][^()]*\)")
_ASIDE = re.compile(
    r",\s+(?:(?:the|an?)\s[^,]*|on the other hand|by contrast|in contrast|in turn|however"
    r"|for (?:example|instance)|in addition|in particular|too),",
    re.IGNORECASE,
)


def find_asides(text: str, span: tuple[int, int]) -> list[tuple[int, int]]:
    """Give the spans within ``span`` that are stated in a way of their own: inserted parts, and ``which …`` at the end.

    >>> find_asides("It raises A, which may harm cells.", (0, 34))
    [(11, 34)]
    """
    start, end = span
    brackets = (
        [match.span() for match in _BRACKETS.finditer(text, start, end)] if text.find("(", start, end) >= 0 else []
    )
    commas = text.count(",", start, end)
    failing = _BY_FAILING.search(text, start, end) if text.find(" fail", start, end) >= 0 else None
    if failing is not None:
        return [*brackets, failing.span()]
    if not commas:
        return brackets
    found = [match.span() for match in _INSERTED.finditer(text, start, end)] if commas > 1 else []
    last = _TRAILING.search(text, found[-1][1] - 1 if found else start, end)
    return [*brackets, *found, last.span()] if last else [*brackets, *found]


def find_insertions(text: str, end: int | None = None) -> list[tuple[int, int]]:
    """Give the spans of inserted parts, over which the statement around them reaches; those that end before ``end``.

    >>> find_insertions("Stress, which harms cells, is reduced."), find_insertions("Stress, which harms cells, is", 20)
    ([(6, 26)], [])
    """
    end = len(text) if end is None else end
    return [match.span() for match in _INSERTED.finditer(text, 0, end)] if text.count(",", 0, end) > 1 else []


def without_asides(gap: str) -> str:
    """Leave out of the words between two things what is inserted there.

    >>> without_asides(", on the other hand, was")
    ' was'
    """
    for start, end in reversed(find_insertions(gap)):
        gap = gap[:start] + gap[end:]
    return _ASIDE.sub("", gap)
