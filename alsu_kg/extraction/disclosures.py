"""Interests that people declare, and what the reviewers advise."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from alsu_kg.extraction.near import find_started, search_started, started, started_anywhere
from alsu_kg.extraction.sentences import Sentence
from alsu_kg.extraction.signs import sign
from alsu_kg.model.review import Advice, AdviceCategory, Disclosure

Kind = Literal["sponsorship", "research support", "consulting support", "other"]
_PERSON = re.compile(
    r"(?:The\s+)?(?P<person>(?:Drs?\.?\s+)?[A-ZÀ-Þ][\w.’'-]*(?:\s+(?:van|von|de|der|del|di|da|la)\b)*(?:\s+[A-ZÀ-Þ][\w.’'-]*)"
    r"{0,4})(?:\s+(?:group|team|program|reviewers))?\s+(?:is|are|has|have|had|was|were|reports?|receives?|received|serves?|served|declares?"
    r"|discloses?|holds?|owns?|consults?)\b"
)
_SPONSORED = started_anywhere(
    r"\b(?:sponsored|funded|supported|financed)\s+by\s+(?P<list>[^.;]+)", "sponsored|funded|supported|financed"
)
_INTEREST = started(
    r"\b(?P<kind>research|consult\w*|advis\w*|speak\w*|grants?|honorari\w*|personal|travel|stock"
    r"|equity|royalt\w*|employ\w*|funding|fees)\b(?:[\w\s/-]{0,60}?\b(?:from|by)|[\w\s/-]{0,40}?\b(?:for|with|in|of|at))\s+"
    r"(?P<list>.[^\s,.;]*+(?:(?:[,.;]|[^\S\n])[^\s,.;]*+)*?)"  # word by word
    r"(?=,?\s+and\s+(?:also\s+)?(?:research|consult\w*|advis\w*|speak\w*|grants?|honorari\w*|personal|travel"
    r"|stock|equity|royalt\w*"
    r"|has|have|is|was|serves?|receives?|received|holds?|owns?|reports?|funding|support|employ\w*)\b|\s+(?:in|over|during"
    r"|within) the (?:past|last)\b|[.;]\s|[.;]?$)",
    "research|consult|advis|speak|grant|honorari|personal|travel|stock|equity|royalt|employ|funding|fees",
)
_NONE = started_anywhere(
    r"\b(?:no|nothing|none)\b[^.;]{0,40}\b(?:conflicts?|interests?|disclos\w*|declare|report)\b", "no"
)
_AND = re.compile(r"\s+and\s+")
_ARTICLE = re.compile(r"(?:(?:an?\s+)?(?:\w+\s+)?grants?\s+(?:from|by|of)\s+)?(?:the\s+)?")
_BY_GRANT = re.compile(r"\s*(?:an?\s+)?(?:\w+\s+)?grants?\b", re.IGNORECASE)
_NOT_ADVISED = started(
    r"\b(?:do(?:es)? not|cannot|can not|can ?'?t|would not|don['’]t|are unable to|could not)\s+(?:\w+\s+){0,3}?(?:advise|recommend"
    r"|endorse|advocate|condone|support)\b|\b(?:advise|recommend|caution|warn)s?\s+(?:\w+\s+){0,6}?(?:against|that\s+(?:\w+\s+){1,5}?"
    r"(?:not|avoid))"
    r"|\b(?:advise|recommend|caution|warn|urge)s?\s+(?:[\w-]+\s+){0,5}?(?:not to|never to|to (?:avoid|refrain|stay away|stop))\b"
    r"|\b(?:do(?:es)? not|don['’]t) (?:think|believe|feel) (?:that )?(?:[\w-]+ ){1,6}?should (?:be )?(?:us|tak|tri|try|receiv)\w*"
    r"|\b(?:strongly\s+)?discourage|\bshould (?:not (?:be used|take|use|try|start|receive)|avoid|be avoided)\b"
    r"|\bnot (?:advised|recommended)\b|\b(?:recommend"
    r"|advise)\w* (?:that )?"
    r"(?:\w+ ){0,3}avoid"
    r"|\bno (?:podemos |se )?(?:recom(?:e|ie)nd|aconsej|respald|apoy|aval)\w+",
    "do|can|would|are|could|advise|recommend|caution|warn|urge|strongly|discourage|should|no",
)
_ADVISED: Final = sign("advised")
_STUDY = r"(?:trials?|stud(?:y|ies)|research|investigations?|case series)"
_SUPPORTS_STUDY = started(
    rf"(?<!\bto )(?<!\bnot )\b(?:support|encourage|recommend|favou?r|endorse|look forward to|hope|deserve|warrant|merit"
    rf"|justif|call for)\w*\b(?! "
    rf"(?:its|the|their) (?:current )?use)[^.]{{0,80}}\b{_STUDY}\b"
    rf"|\b{_STUDY}\b[^.]{{0,60}}\b(?:warranted|justified|needed|worthwhile|reasonable|indicated|welcome)\b"
    rf"|\bneed for\b[^.]{{0,60}}\b{_STUDY}\b"
    rf"|\breasonable\b[^.]{{0,60}}\b{_STUDY}\b",
    "support|encourage|recommend|favor|favour|endorse|look|hope|deserve|warrant|merit|justif|call"
    "|trial|stud|research|investigation|case|need|reasonable",
)
_FIRMLY = started(
    rf"\b(?:we|ALSUntangled)\s+(?:would\s+|strongly\s+|therefore\s+)?support\w*\b[^.]{{0,60}}\b{_STUDY}\b",
    "we|alsuntangled",
)
_TOO_LITTLE = started(
    r"\b(?:insufficient|not (?:yet )?(?:have )?enough|too little|inadequate|lack of|limited|more)\s+(?:\w+\s+){0,3}(?:data"
    r"|evidence|information|research|study|studies)\b|\buntil (?:more|further|better|additional)\b|\bat this time\b"
    r"|\bno hay (?:\w+ ){0,2}(?:pruebas|evidencias?|datos)\b|\b(?:pruebas|evidencias?|datos) insuficientes\b",
    "insufficient|not|too|inadequate|lack|limited|more|until|at|no|pruebas|evidencia|datos",
)
_NOT_ENOUGH = started(
    r"\bnot (?:yet )?(?:have )?enough (?:\w+ )?(?:data|evidence|information)\b|\binsufficient (?:data|evidence|information)\b",
    "not|insufficient",
)
_REASONABLE = started(
    r"\breasonable (?:to (?:try|consider|use|discuss|take|offer|supplement)|option|choice)\b|\b(?:we|ALSUntangled) "
    r"(?:recommend|support|advise)s?\b"
    r"|\b(?:may|might|could|can) reasonably (?:choose|decide|want|wish|try|consider|use|take)\b"
    r"|\bmay be worth (?:trying|considering)\b|\b(?:sufficient|enough|adequate) (?:evidence|data) to (?:consider|recommend"
    r"|support|try|use|offer)\b",
    "reasonable|we|alsuntangled|may|might|could|can|sufficient|enough|adequate",
)
_BY_REVIEWERS = re.compile(r"\b(?:[Ww]e|[Oo]ur|ALS\s?Untangled)\b")
_SUMS_UP = re.compile(
    r"(?:In (?:summary|conclusion|closing|short)|To (?:sum(?: up|marize)|conclude)|Overall|Taken together|We conclude)\b",
    re.IGNORECASE,
)
# Said beside an advice, these do not undo it.
_WISH = started(r"\b(?:look forward to|hope to see)\b[^.]{0,80}\b(?:trials?|stud(?:y|ies)|research)\b", "look|hope")
_WEAK: Final[AdviceCategory] = "insufficient evidence"


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
    for sentence in [s for s in sentences if s.passage.role == "disclosures"]:
        named = _PERSON.match(sentence.text)
        person = named["person"] if named and named["person"] not in ("He", "She", "They") else person
        lower = sentence.text.lower()
        if person is not None and not search_started(_NONE, sentence.text, lower):
            found += _interests(sentence, person, lower)
    return tuple(found)


def _interests(sentence: Sentence, person: str, lower: str) -> Iterator[Disclosure]:
    sponsored = search_started(_SPONSORED, sentence.text, lower)
    matches: list[tuple[Kind, re.Match[str]]] = (
        [("research support" if _BY_GRANT.match(sponsored["list"]) else "sponsorship", sponsored)]
        if sponsored
        else [(_kind(m["kind"]), m) for m in find_started(_INTEREST, sentence.text, lower)]
    )
    for kind, match in matches:
        place = sentence.place(match.start(), match.end())
        for organisation in _organisations(match["list"]):
            yield Disclosure(
                person=person,
                kind=kind,
                organisation=organisation,
                quote=sentence.text,
                place=place,
            )


def _kind(word: str) -> Kind:
    folded = word.casefold()
    if folded.startswith(("research", "grant", "funding")):
        return "research support"
    return "consulting support" if folded.startswith(("consult", "advis")) else "other"


def _organisations(text: str) -> list[str]:
    parts = [_without_article(part.strip(" .")) for part in _parts(text)]
    return [part for part in parts if part and (part[0].isupper() or part[0].isdigit())]


def _parts(text: str) -> Iterator[str]:
    for part in text.replace(";", ",").split(","):
        yield from _AND.split(part) if "and" in part else (part,)


def _without_article(name: str) -> str:
    if not name.startswith("the") and "grant" not in name:
        return name
    article = _ARTICLE.match(name)
    return name[article.end() :] if article else name


_ABSTRACT = re.compile(r"\W*(?:abstract|summary|description)\W*", re.IGNORECASE)
_NOT_YET = started(r"\b(?:cannot|can not|do(?:es)? not)\s+yet\b|\buntil (?:then|more|further)\b", "can|do|until")


def read_advice(sentences: Sequence[Sentence]) -> Advice | None:
    """Read what the conclusion advises.

    A clear word against use decides, wherever it stands: what is hoped of later trials does not take it back. It gives way to
    the support of a trial only in its own sentence (``we support a trial, but cannot yet recommend it``). Else the last
    sentence that advises decides, before one that only misses evidence. Where only an abstract is there, its words count; where
    no part of the text has a heading, as in the first reviews, those of its end.

    >>> from alsu_kg.extraction.sections import Passage
    >>> from alsu_kg.model.document import Text
    >>> passage = Passage(Text(""), "Conclusion", "conclusion", "paragraph")
    >>> read_advice([Sentence("We do not advise its use.", passage, 0, (), (), 0)]).category
    'not advised'
    """
    concluding = [s for s in sentences if s.passage.role == "conclusion"]
    told = concluding or [s for s in sentences if _ABSTRACT.fullmatch(s.passage.heading)] or _closing(sentences)
    advised = [(category, s) for s in told if s.signs & _ADVISED and (category := _advice(s.text)) is not None]
    if not advised:
        return None
    against = [item for item in advised if item[0] == "not advised"]
    stated = [item for item in advised if item[0] != _WEAK]
    meant = [
        item
        for item in stated
        if item[0] != "trial supported" or not search_started(_WISH, item[1].text, item[1].text.lower())
    ]
    category, sentence = (against or meant or stated or advised)[-1]
    return Advice(category=category, place=sentence.place(), quote=sentence.text)


def _closing(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Give the end of a text whose parts have no headings: from *In summary* on, else its last paragraph."""
    told = [s for s in sentences if s.passage.role != "disclosures" and s.passage.kind == "paragraph"]
    if not told or any(s.passage.role not in ("other", "background") for s in told):
        return []
    at = next((i for i, s in enumerate(told) if _SUMS_UP.match(s.text)), None)
    end = told[at:] if at is not None else [s for s in told if s.passage is told[-1].passage]
    return [s for s in end if _BY_REVIEWERS.search(s.text)]


def _advice(text: str) -> AdviceCategory | None:
    """Say what one sentence of a conclusion advises.

    >>> _advice("We support a trial, but we cannot yet recommend it."), _advice("There is not enough evidence to recommend it.")
    ('trial supported', 'insufficient evidence')
    """
    lower = text.lower()
    if ("enough" in lower or "insufficient" in lower) and search_started(_NOT_ENOUGH, text, lower):
        return "insufficient evidence"
    if search_started(_NOT_ADVISED, text, lower):
        put_off = ("yet" in lower or "until" in lower) and search_started(_NOT_YET, text, lower)
        later = put_off and search_started(_SUPPORTS_STUDY, text, lower)
        firmly = "upport" in lower and search_started(_FIRMLY, text, lower)
        return "trial supported" if later or firmly else "not advised"
    if search_started(_REASONABLE, text, lower) and not search_started(_SUPPORTS_STUDY, text, lower):
        return "reasonable to try"
    if search_started(_SUPPORTS_STUDY, text, lower):
        return "trial supported"
    return "insufficient evidence" if search_started(_TOO_LITTLE, text, lower) else None
