"""Doses in use, routes, and prices."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from alsu_kg.extraction.near import Started, at_words, find_started, search_started, started_anywhere
from alsu_kg.extraction.quantities import DOSE, NUMBER, doses_of, number_of
from alsu_kg.extraction.sentences import Sentence
from alsu_kg.extraction.signs import sign
from alsu_kg.model.review import Cost, Dose, Dosing

_ROUTES: Final = tuple(
    (route, sign(route), re.compile(pattern, re.IGNORECASE))
    for route, pattern in (
        ("oral", r"\boral(?:ly)?\b|\bby mouth\b|\btablets?\b|\bcapsules?\b"),
        ("intravenous", r"\bintravenous(?:ly)?\b|\bIV\b|\binfusions?\b"),
        ("subcutaneous", r"\bsubcutaneous(?:ly)?\b|\bunder the skin\b"),
        ("intramuscular", r"\bintramuscular(?:ly)?\b"),
        ("intrathecal", r"\bintrathecal(?:ly)?\b"),
        ("topical", r"\btopical(?:ly)?\b"),
        ("inhaled", r"\binhal(?:ed|ation)\b"),
        ("sublingual", r"\bsublingual(?:ly)?\b"),
        ("intranasal", r"\bintranasal(?:ly)?\b|\bnasal sprays?\b"),
        ("rectal", r"\brectal(?:ly)?\b|\benemas?\b"),
        ("transdermal", r"\btransdermal(?:ly)?\b|\bpatch(?:es)?\b"),
    )
)
_GIVEN = at_words(
    *("dos(?:e|ing|age)", "administ", "given", "take", "recommend", "titrat", "infus", "inject", "ingest", "spray")
)
_PRICE = r"\d[\d,]*(?:\.\d+)?(?:\s?(?:thousand|million|k)\b)?"
_DOLLAR = r"(?:US|U\.S\.|CA|C|AU|A|NZ)\s?\$|\$"
_SIGN = rf"(?:{_DOLLAR}|€|£|\b(?:USD|CAD|AUD|EUR|GBP|CHF)\b)"
_NAMED = r"(?:(?:US|Canadian|Australian)\s+)?(?:dollars?|euros?|pounds(?! of| over)|USD|EUR|GBP|CAD|AUD|CHF)\b|€|£"
_BEHIND_SIGN: Final = rf"\s*(?P<low>{_PRICE})(?:\s*(?:and|to|[-–—])\s*(?:{_SIGN})?\s*(?P<high>{_PRICE}))?"
_MONEY = started_anywhere(
    rf"(?P<sign>{_SIGN}){_BEHIND_SIGN}"
    rf"|(?<![\w.,$€£])(?P<low2>{_PRICE})(?:\s*(?:and|to|[-–—])\s*(?P<high2>{_PRICE}))?\s*(?P<name>{_NAMED})",
    r"[$€£UCANEG\d]",
    re.NOFLAG,
)
_DOLLARS = started_anywhere(rf"(?P<sign>{_DOLLAR}){_BEHIND_SIGN}", "[$UCAN]", re.NOFLAG)
_NAMES_OF_MONEY: Final = ("dollar", "euro", "pound", "€", "£", "USD", "EUR", "GBP", "CAD", "AUD", "CHF")
_ITEM = (
    r"dose|treatment|session|bottle|infusion|injection|capsule|course|procedure|package|pill|tablet|vial"
    r"|syringe|visit|cycle|kit|can|patch|bag|box"
)
_EACH = re.compile(
    rf"(?:\b(?:per|a|an|each|every)\b|/)\s*(?P<per>day|week|month|year|{_ITEM})\b|\b(?P<adverb>monthly|yearly|annually|weekly"
    rf"|daily)\b",
    re.IGNORECASE,
)
_SUPPLY = re.compile(
    rf"\b(?:(?:an?|one|per|each)[ -](?:[\w.]+[ -]){{0,3}}?(?<!\d[ -])(?P<per>day|week|month|year|{_ITEM})(?:['’]s)?"
    rf"(?: of [^,.;]{{1,40}}?)?[ -](?:supply|course|prices?|costs?|sells|retails|is (?:priced|sold))"
    r"|(?P<adverb>monthly|yearly|annual|weekly|daily)"
    r"(?: \w+)? (?:costs?|prices?|supply|expenses?|fees?))\b[^.;]{0,80}$",
    re.IGNORECASE,
)
_APIECE = re.compile(r"\s*(?:each|apiece)\b(?!\s+\w*(?:day|week|month|year))", re.IGNORECASE)
_ITEMS = re.compile(rf"\b(?P<item>{_ITEM})s?\b", re.IGNORECASE)
_DOSED, _PRICED, _ANIMALS = sign("dosed"), sign("money"), sign("animals")
_CURRENCY: Final = {"$": "USD", "€": "EUR", "£": "GBP", "CHF": "CHF", "dollar": "USD", "euro": "EUR", "pound": "GBP"}
_COUNTRIES: Final = {"C": "CAD", "A": "AUD", "N": "NZD", "U": "USD"}
_TIMES: Final = {"thousand": 1_000.0, "k": 1_000.0, "million": 1_000_000.0}
_ADVERBS: Final = {
    "monthly": "month",
    "yearly": "year",
    "annually": "year",
    "annual": "year",
    "weekly": "week",
    "daily": "day",
}
_NEAR: Final = 160
_PART = re.compile(r"[;:]|,\s|\b(?:and|but|which|while|so that)\b", re.IGNORECASE)
_TAKEN_SO = re.compile(r"\b(?:dos(?:e|es|ing|age)|take[ns]?|taking|given|administered|recommend\w*)\b", re.IGNORECASE)
_PACKED = re.compile(
    r"\b(?:bottles?|box(?:es)?|packs?|packages?|supply|containers?|jars?|vials?|bags?)\b", re.IGNORECASE
)
_COUNTED_PIECES = re.compile(rf"\b(?P<n>{NUMBER})(?:\s*(?:to|or|[-–])\s*(?P<more>{NUMBER}))?\s+$", re.IGNORECASE)
_PIECE = re.compile(
    r"[\s-]+(?:capsules|tablets|pills|softgels|caplets|lozenges|capsule|tablet|pill|softgel)\b", re.IGNORECASE
)
_TOO_MUCH = re.compile(
    r"\b(?:above|over|exceed(?:s|ing)?|(?:more|greater|higher) than|beyond)\s+(?:about\s+)?$", re.IGNORECASE
)
_OF_ANIMALS = re.compile(r"\b(?:mice|mouse|rats?|animals?|dogs|monkeys|rabbits)\b", re.IGNORECASE)
_OF_PEOPLE = re.compile(r"\b(?:humans?|people|patients|PALS|persons?|adults?|equivalent)\b", re.IGNORECASE)
_UP_TO = re.compile(r"\s*(?:to|up to|and|or|[-–—])\s*")


def read_dosing(sentences: Sequence[Sentence]) -> tuple[Dosing, ...]:
    """Read doses and routes from the sections on risks, dosing and costs; prices and monitoring are left out.

    So is a dose beside a price that was told before.

    >>> from alsu_kg.extraction.sections import Passage
    >>> from alsu_kg.model.document import Text
    >>> passage = Passage(Text(""), "Dosing", "risks", "paragraph")
    >>> told = Sentence("The usual oral dose is 50 mg daily.", passage, 0, (), (), 0)
    >>> [(d.amount, d.unit, d.per, d.routes) for d in read_dosing([told])]
    [(50.0, 'mg', 'day', ('oral',))]
    """
    amounts: list[Dosing] = []
    beside: list[Dosing] = []
    routes: list[Dosing] = []
    for sentence in sentences:
        text = sentence.text
        signs = sentence.signs
        if sentence.passage.role != "risks" or not (signs & _DOSED and _GIVEN.search(f" {text}")):
            continue
        priced = bool(signs & _PRICED) and search_started(_money_in(text), text, text) is not None
        ways = tuple([route for route, bit, pattern in _ROUTES if signs & bit and pattern.search(text)])
        doses = _doses(sentence, priced=priced)
        if not doses and (priced or not ways):
            continue
        template = Dosing(routes=ways, place=sentence.place(), cites=sentence.numbers, quote=text)
        told = [msgspec.structs.replace(template, amount=d.amount, unit=d.unit, per=d.per) for d in doses]
        (beside if priced else amounts).extend(told)
        if not doses:
            routes.append(template)
    known = {(d.amount, d.unit, d.per) for d in amounts}
    new = [d for d in beside if (d.amount, d.unit, d.per) not in known]
    return (*amounts, *new, *routes)


def _doses(sentence: Sentence, *, priced: bool) -> list[Dose]:
    """Give the doses of a sentence; ``1.5 mg to 4.5 mg daily`` says of both how often.

    Beside a price only what its part of the sentence says is taken so often is a dose; the rest is what is sold.
    """
    text = sentence.text
    found_doses = [m for m in DOSE.finditer(text) if m["unit"] != "%" and not (priced and _is_sold(text, m))]
    matches = [m for m in found_doses if not _is_none_taken(sentence, m)]
    doses: list[Dose] = []
    often: str | None = None
    for i in range(len(matches) - 1, -1, -1):
        found = _of_pieces(text, matches[i], doses_of(matches[i]))
        joined = i + 1 < len(matches) and _UP_TO.fullmatch(text[matches[i].end() : matches[i + 1].start()])
        if joined and found[0].per is None:
            found = tuple(msgspec.structs.replace(dose, per=often) for dose in found)
        often = found[-1].per
        doses[:0] = found
    return doses


def _is_sold(text: str, match: re.Match[str]) -> bool:
    """Say whether an amount beside a price is not told as a dose."""
    start = max([m.end() for m in _PART.finditer(text, 0, match.start())], default=0)
    end = _PART.search(text, match.end())
    part = text[start : end.start() if end else len(text)]
    how_often = match["per"] or match["adverb"]
    return not how_often or how_often == "kg" or not _TAKEN_SO.search(part) or _PACKED.search(part) is not None


def _is_none_taken(sentence: Sentence, match: re.Match[str]) -> bool:
    """Say whether an amount is one that nobody should take, or that animals got."""
    text = sentence.text
    if _TOO_MUCH.search(text, max(0, match.start() - 30), match.start()):
        return True
    if not sentence.signs & _ANIMALS:
        return False
    start, end = text.rfind(";", 0, match.start()) + 1, text.find(";", match.end())
    part = text[start:] if end < 0 else text[start:end]
    return _OF_ANIMALS.search(part) is not None and _OF_PEOPLE.search(part) is None


def _of_pieces(text: str, match: re.Match[str], doses: tuple[Dose, ...]) -> tuple[Dose, ...]:
    """Multiply the strength of a piece by how many of them are taken: ``one to two 500 mg capsules daily``."""
    counted = _COUNTED_PIECES.search(text, max(0, match.start() - 40), match.start())
    if counted is None or len(doses) != 1 or not _PIECE.match(text, match.end("unit")):
        return doses
    counts = [number_of(word) for word in (counted["n"], counted["more"]) if word]
    dose = doses[0]
    return tuple(
        msgspec.structs.replace(dose, amount=dose.amount * n)
        for n in counts
        if n is not None and dose.amount is not None
    )


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
    for sentence in [s for s in sentences if s.signs & _PRICED]:
        if sentence.passage.role in ("disclosures", "references"):
            continue
        for match in find_started(_money_in(sentence.text), sentence.text, sentence.text):
            low, high, currency = _price(match)
            costs.append(
                Cost(
                    low=min(low, high),
                    high=max(low, high),
                    currency=currency,
                    per=_per(sentence.text, match),
                    place=sentence.place(),
                    cites=sentence.numbers,
                    quote=sentence.text,
                )
            )
    return tuple(costs)


def _money_in(text: str) -> Started:
    """Give how prices are found in a text: where it names no currency, they can only start with the sign of dollars."""
    named = any([name in text for name in _NAMES_OF_MONEY])  # noqa: C419 - faster for so few
    return _MONEY if named else _DOLLARS


def _price(match: re.Match[str]) -> tuple[float, float, str]:
    """Give both ends of a price and its currency."""
    told = match.groupdict()
    low = _number(told["low"] or told["low2"])
    high = told["high"] or told.get("high2")
    name = (told["sign"] or told["name"]).replace(".", "").replace(" ", "")
    code = name[:3].upper()
    if code in ("USD", "CAD", "AUD", "EUR", "GBP", "CHF") and not name.lower().startswith("euro"):
        currency = code
    elif name.endswith("$") and len(name) > 1:
        currency = _COUNTRIES[name[0].upper()]
    elif name[0] in "CA" and "ollar" in name:
        currency = _COUNTRIES[name[0]]
    else:
        currency = next(known for word, known in _CURRENCY.items() if word in name.lower() or word == name)
    return low, _number(high) if high else low, currency


def _number(price: str) -> float:
    digits, _, word = re.sub(r"(?<=\d)(?=[A-Za-z])", " ", price.replace(",", "")).partition(" ")
    return float(digits) * _TIMES.get(word.lower(), 1.0)


def _per(text: str, match: re.Match[str]) -> str | None:
    """Say what a price is paid for: what follows it, else ``a month's supply costs``, ``infusions are … each``."""
    if _APIECE.match(text, match.end()):
        items = list(_ITEMS.finditer(text, max(0, match.start() - _NEAR), match.start()))
        return items[-1]["item"].lower() if items else None
    found = _EACH.search(text, match.end(), match.end() + _NEAR) or _SUPPLY.search(
        text, max(0, match.start() - _NEAR), match.start()
    )
    return (found["per"] or _ADVERBS[found["adverb"].lower()]).lower() if found else None
