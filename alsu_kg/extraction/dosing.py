"""Doses in use, routes, and prices."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from alsu_kg.extraction.quantities import DOSE, dose_of
from alsu_kg.extraction.sentences import Sentence
from alsu_kg.extraction.signs import sign
from alsu_kg.model.review import Cost, Dosing

_ROUTES: Final = tuple(
    (route, sign(route), re.compile(pattern, re.IGNORECASE))
    for route, pattern in (
        ("oral", r"\boral(?:ly)?\b|\bby mouth\b|\btablets?\b|\bcapsules?\b"),
        ("intravenous", r"\bintravenous(?:ly)?\b|\bIV\b|\binfusions?\b"),
        ("subcutaneous", r"\bsubcutaneous(?:ly)?\b"),
        ("intramuscular", r"\bintramuscular(?:ly)?\b"),
        ("intrathecal", r"\bintrathecal(?:ly)?\b"),
        ("topical", r"\btopical(?:ly)?\b"),
        ("inhaled", r"\binhal(?:ed|ation)\b"),
        ("sublingual", r"\bsublingual(?:ly)?\b"),
        ("intranasal", r"\bintranasal(?:ly)?\b"),
        ("rectal", r"\brectal(?:ly)?\b|\benemas?\b"),
        ("transdermal", r"\btransdermal(?:ly)?\b|\bpatch(?:es)?\b"),
    )
)
_GIVEN = re.compile(r"\b(?:dos(?:e|es|ed|ing|age)|administ|given|taken|recommended|titrat)\w*", re.IGNORECASE)
_MONEY = re.compile(
    r"(?P<sign>US\$|\$|€|£|USD|EUR|GBP)\s*(?P<low>\d[\d,]*(?:\.\d+)?)(?:\s*(?:and|to|[-–—])\s*(?:US)?[$€£]?\s*(?P<"
    r"high>\d[\d,]*(?:\.\d+)?))?"
)
_EACH = re.compile(
    r"\b(?:per|a|an|each|every|/)\s*(?P<per>day|week|month|year|dose|treatment|session|bottle|infusion"
    r"|injection|capsule|course|procedure|package)\b|\b(?P<adverb>monthly|yearly|annually|weekly"
    r"|daily)\b",
    re.IGNORECASE,
)
_DOSED, _CODED = sign("dosed"), sign("money")
_CURRENCY: Final = {"$": "USD", "US$": "USD", "USD": "USD", "€": "EUR", "EUR": "EUR", "£": "GBP", "GBP": "GBP"}
_ADVERBS: Final = {"monthly": "month", "yearly": "year", "annually": "year", "weekly": "week", "daily": "day"}


def read_dosing(sentences: Sequence[Sentence]) -> tuple[Dosing, ...]:
    """Read doses and routes from the sections on risks, dosing and costs; prices and monitoring are left out.

    >>> from alsu_kg.extraction.sections import Passage
    >>> from alsu_kg.model.document import Text
    >>> passage = Passage(Text(""), "Dosing", "risks", "paragraph")
    >>> told = Sentence("The usual oral dose is 50 mg daily.", passage, 0, (), (), 0)
    >>> [(d.amount, d.unit, d.per, d.routes) for d in read_dosing([told])]
    [(50.0, 'mg', 'day', ('oral',))]
    """
    amounts: list[Dosing] = []
    routes: list[Dosing] = []
    for sentence in sentences:
        text = sentence.text
        if sentence.passage.role != "risks" or not (sentence.signs & _DOSED and _GIVEN.search(text)):
            continue
        if _may_cost(sentence) and _MONEY.search(text):
            continue
        ways = tuple([route for route, bit, pattern in _ROUTES if sentence.signs & bit and pattern.search(text)])
        doses = [dose_of(m) for m in DOSE.finditer(text) if m["unit"] != "%"]
        template = Dosing(routes=ways, place=sentence.place(), cites=sentence.numbers, quote=text)
        amounts += [msgspec.structs.replace(template, amount=d.amount, unit=d.unit, per=d.per) for d in doses]
        if ways and not doses:
            routes.append(template)
    return (*amounts, *routes)


def _may_cost(sentence: Sentence) -> bool:
    text = sentence.text
    return "$" in text or "€" in text or "£" in text or bool(sentence.signs & _CODED)


def read_costs(sentences: Sequence[Sentence]) -> tuple[Cost, ...]:
    """Read prices.

    >>> from alsu_kg.extraction.sections import Passage
    >>> from alsu_kg.model.document import Text
    >>> passage = Passage(Text(""), "Costs", "risks", "paragraph")
    >>> told = Sentence("It costs between $180 and $1,810 per month.", passage, 0, (), (), 0)
    >>> [(c.low, c.high, c.currency, c.per) for c in read_costs([told])]
    [(180.0, 1810.0, 'USD', 'month')]
    """
    costs = []
    for sentence in (s for s in sentences if s.passage.role not in ("disclosures", "references")):
        if not _may_cost(sentence):
            continue
        for match in _MONEY.finditer(sentence.text):
            low = float(match["low"].replace(",", ""))
            high = float(match["high"].replace(",", "")) if match["high"] else low
            each = _EACH.search(sentence.text, match.end())
            per = (each["per"] or _ADVERBS[each["adverb"].lower()]).lower() if each else None
            costs.append(
                Cost(
                    low=min(low, high),
                    high=max(low, high),
                    currency=_CURRENCY[match["sign"]],
                    per=per,
                    place=sentence.place(),
                    cites=sentence.numbers,
                    quote=sentence.text,
                )
            )
    return tuple(costs)
