"""Interests that people declare, and what the reviewers advise."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from alsu_kg.extraction.sentences import Sentence
from alsu_kg.model.review import Advice, AdviceCategory, Disclosure

Kind = Literal["sponsorship", "research support", "consulting support", "other"]
_PERSON = re.compile(
    r"(?P<person>(?:Drs?\.?\s+)?[A-ZÀ-Þ][\w.’'-]*(?:\s+(?:van|von|de|der|del|di|da|la)\b)*(?:\s+[A-ZÀ-Þ][\w.’'-]*)"
    r"{0,4})\s+(?:is|are|has|have|had|was|were|reports?|receives?|received|serves?|served|declares?"
    r"|discloses?|holds?|owns?|consults?)\b"
)
_SPONSORED = re.compile(r"\b(?:sponsored|funded|supported|financed)\s+by\s+(?P<list>[^.;]+)", re.IGNORECASE)
_INTEREST = re.compile(
    r"\b(?P<kind>research|consult\w*|advis\w*|speak\w*|grants?|honorari\w*|personal|travel|stock"
    r"|equity|royalt\w*|employ\w*|funding|fees)\b(?:[\w\s/-]{0,40}?)\b(?:from|for|with|in|of|at"
    r"|by)\s+(?P<list>.+?)(?=,?\s+and\s+(?:research|consult\w*|advis\w*|speak\w*|grants?|honorari\w*"
    r"|personal|travel|stock|equity|royalt\w*|has|have|is|serves|receives?)\b|[.;]\s|[.;]?$)",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\b(?:no|nothing|none)\b[^.;]{0,40}\b(?:conflicts?|interests?|disclos\w*|declare|report)\b", re.IGNORECASE
)
_ADVICE_WORDS: tuple[tuple[AdviceCategory, str], ...] = (
    (
        "not advised",
        r"\b(?:do(?:es)? not|cannot|can not|would not|are unable to)\s+(?:\w+\s+)?(?:advise|recommend"
        r"|endorse|support|advocate|condone)\b|\b(?:advise|recommend)s?\s+(?:\w+\s+)?(?:against"
        r"|that\s+(?:\w+\s+){1,5}?(?:not|avoid))|\b(?:we|ALSUntangled)\s+(?:\w+\s+)?discourages?\b"
        r"|\bshould (?:not be used|avoid|be avoided)\b|\bnot (?:advised|recommended)\b"
        r"|\bno (?:podemos |se )?(?:recom(?:e|ie)nd|aconsej|respald|apoy|aval)\w+",
    ),
    (
        "trial supported",
        r"(?<!\bto )(?<!\bnot )\b(?:support|encourage|recommend|favou?r|endorse|deserve|warrant|merit|justif|need for"
        r"|call for)\w*\b[^.]{0,80}\b(?:trials?|stud(?:y|ies)|research|investigation)\b|\b(?:trials?"
        r"|stud(?:y|ies))\b[^.]{0,60}\b(?:warranted|justified|needed|worthwhile|reasonable|indicated)\b"
        r"|\breasonable\s+(?:\w+\s+){0,3}for\s+(?:\w+\s+){0,3}(?:trials?|stud(?:y|ies))\b",
    ),
    (
        "insufficient evidence",
        r"\b(?:insufficient|not enough|too little|inadequate|lack of|limited|more)\s+(?:\w+\s+){0,3}(?:data"
        r"|evidence|information|research|study|studies)\b|\buntil (?:more|further|better|additional)\b"
        r"|\bat this time\b"
        r"|\bno hay (?:\w+ ){0,2}(?:pruebas|evidencias?|datos)\b|\b(?:pruebas|evidencias?|datos) insuficientes\b",
    ),
    (
        "reasonable to try",
        r"\breasonable (?:to (?:try|consider|use|discuss)|option|choice)\b|\b(?:we|ALSUntangled) (?:recommend"
        r"|support|advise)s?\b|\bmay be worth (?:trying|considering)\b",
    ),
)
# Said beside an advice, these do not undo it.
_WISH = re.compile(
    r"\b(?:look forward to|hope to see)\b[^.]{0,80}\b(?:trials?|stud(?:y|ies)|research)\b", re.IGNORECASE
)
_WEAK: Final[frozenset[AdviceCategory]] = frozenset({"insufficient evidence"})
_ADVICE = tuple((category, re.compile(pattern, re.IGNORECASE)) for category, pattern in _ADVICE_WORDS)


def read_disclosures(sentences: Sequence[Sentence]) -> tuple[Disclosure, ...]:
    """Read declared interests, one for each person, kind and organisation.

    >>> from alsu_kg.extraction.sections import Passage
    >>> from alsu_kg.model.document import Text
    >>> passage = Passage(Text(""), "Declaration of interest", "disclosures", "paragraph")
    >>> text = "Ann Lee has research support from Acme and Orion, and consulting support from Biogen."
    >>> [(d.person, d.kind, d.organisation) for d in read_disclosures([Sentence(text, passage, 0, (), (), 0)])]
    [('Ann Lee', 'research support', 'Acme'), ('Ann Lee', 'research support', 'Orion'), ('Ann Lee', 'consulting support', 'Biogen')]
    """
    found: list[Disclosure] = []
    person = None
    for sentence in (s for s in sentences if s.passage.role == "disclosures"):
        named = _PERSON.match(sentence.text)
        person = named["person"] if named and named["person"] not in ("He", "She", "They") else person
        if person is not None and not _NONE.search(sentence.text):
            found += _interests(sentence, person)
    return tuple(found)


def _interests(sentence: Sentence, person: str) -> Iterator[Disclosure]:
    sponsored = _SPONSORED.search(sentence.text)
    matches: list[tuple[Kind, re.Match[str]]] = (
        [("sponsorship", sponsored)]
        if sponsored
        else [(_kind(m["kind"]), m) for m in _INTEREST.finditer(sentence.text)]
    )
    for kind, match in matches:
        for organisation in _organisations(match["list"]):
            yield Disclosure(
                person=person,
                kind=kind,
                organisation=organisation,
                quote=sentence.text,
                place=sentence.place(match.start(), match.end()),
            )


def _kind(word: str) -> Kind:
    folded = word.casefold()
    if folded.startswith(("research", "grant", "funding")):
        return "research support"
    return "consulting support" if folded.startswith(("consult", "advis")) else "other"


def _organisations(text: str) -> list[str]:
    parts = [re.sub(r"^the\s+", "", part.strip(" .")) for part in re.split(r",|;|\s+and\s+", text)]
    return [part for part in parts if part and (part[0].isupper() or part[0].isdigit())]


_ABSTRACT = re.compile(r"\W*(?:abstract|summary|description)\W*", re.IGNORECASE)
_NOT_YET = re.compile(r"\b(?:cannot|can not|do(?:es)? not)\s+yet\b|\buntil (?:then|more|further)\b", re.IGNORECASE)


def read_advice(sentences: Sequence[Sentence]) -> Advice | None:
    """Read what the conclusion advises: the last sentence that advises anything decides, before one that only misses evidence.

    Where only an abstract is there, its words count.

    >>> from alsu_kg.extraction.sections import Passage
    >>> from alsu_kg.model.document import Text
    >>> passage = Passage(Text(""), "Conclusion", "conclusion", "paragraph")
    >>> read_advice([Sentence("We do not advise its use.", passage, 0, (), (), 0)]).category
    'not advised'
    """
    weak: Advice | None = None
    concluding = [s for s in sentences if s.passage.role == "conclusion"]
    for sentence in reversed(concluding or [s for s in sentences if _ABSTRACT.fullmatch(s.passage.heading)]):
        category = _advice_in(sentence.text)
        if category is not None:
            advice = Advice(category=category, place=sentence.place(), quote=sentence.text)
            if category not in _WEAK and not (category == "trial supported" and _WISH.search(sentence.text)):
                return advice
            weak = weak if weak is not None and (weak.category not in _WEAK or category in _WEAK) else advice
    return weak


def _advice_in(text: str) -> AdviceCategory | None:
    """Give what a sentence advises; one that supports a trial and only does not recommend the treatment *yet* supports the trial.

    >>> [_advice_in(f"We support a trial of it, but cannot {yet} recommend it.") for yet in ("yet", "")]
    ['trial supported', 'not advised']
    """
    found = [category for category, pattern in _ADVICE if pattern.search(text)]
    if "trial supported" not in found and _WISH.search(text) and found[:1] != ["not advised"]:
        found.insert(0, "trial supported")
    if found[:2] == ["not advised", "trial supported"] and _NOT_YET.search(text):
        return "trial supported"
    return found[0] if found else None
