"""Cases: persons or groups who took the treatment, what else they took and had, and how they fared."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from alsu_kg.extraction.name_places import names_word
from alsu_kg.extraction.near import at_words
from alsu_kg.extraction.quantities import NUMBER, at_number, number_of
from alsu_kg.extraction.sentences import Sentence, join_signs, text_with
from alsu_kg.extraction.signs import sign
from alsu_kg.extraction.taken_beside import find_taken
from alsu_kg.extraction.terms import TermMatch
from alsu_kg.model.review import Case, Measure, Place, ReferenceKind

CaseSource = Literal[
    "published case report",
    "published case series",
    "personal communication",
    "online community",
    "patient website",
    "unknown",
]
_PEOPLE = (
    r"(?:patients?|PALS|PwALS|people|persons?|individuals?|users?|cases?|participants?|respondents?"
    r"|(?<!team )members?|m[ae]n|wom[ae]n)"
)
_COUNT = at_number(
    rf"(?P<n>{NUMBER})\s+(?:of\s+(?:these|the|our|his|her)\s+)?(?:(?!team\b|ALSUntangled\b)[\w-]+\s+){{0,2}}?{_PEOPLE}\b"
    r"(?!\s+(?:team|member))",
)
_ONE_OF = re.compile(
    r"(?i:(?-i:[oO])ne of (?:these|them|the)|(?-i:[tT])he (?:first|second|third|other|remaining)"
    r"|(?-i:[aA])(?:s for the|nother| (?:second|third|\d{1,2}[- ]year[- ]old)))\b"
)
_AGED = at_words(r"an? \d{1,2}[- ]year[- ]old\b")
# One of us has a patient who took it: a new case, whatever was told before.
_KNOWN_TO = re.compile(
    r"\b(?:has|had|have|saw|treated|follow(?:s|ed)?|knows? of|reported|described|published) an?\s+(?:[\w-]+\s+){0,2}"
    r"(?:patient|person|man|woman|individual|PALS)\b|^An? (?:[\w-]+ ){0,2}(?:patient|person|man|woman|individual)\b",
    re.IGNORECASE,
)
_ONLINE = re.compile(
    r"\bPatientsLikeMe\b|\bonline (?:community|forum|group)|\bforums?\b|\bFacebook\b|\bsocial media\b"
    r"|\bALS TDI forum\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\bteam members?\b|\bunder (?:his|her|our|their|the) care\b|\bpersonal communication\b|\bour (?:clinics?"
    r"|patients|group)\b|\bof our reviewers\b|\breviewers? (?:has|have|had|reported)\b|\bwe (?:have"
    r"|had|know of|are aware of|treated|cared for)\s+(?:a|an|one|two|three|four|five|several|some"
    r"|\d+)\b",
    re.IGNORECASE,
)
_SAID_ONLINE = re.compile(r"\bonline\b")
_WEBSITE = re.compile(r"\b(?:his|her|their) (?:web ?site|blog|web ?page)\b|\bon a (?:web ?site|blog)\b", re.IGNORECASE)
# Starts with the characters that every match starts with.
_MEASURE = re.compile(
    r"(?P<name>[aAcCfFmMnNsSſvVwW](?i:(?<=\b.)(?:(?<=a)LSFRS(?:-R)?|(?<=f)VC|(?<=s)VC|(?<=v)ital capacity|(?<=s)NIP|(?<=m)MT"
    r"|(?<=m)RC|(?<=c)K|(?<=w)eight|(?<=n)fL|(?<=n)eurofilament)))(?i:\b[^.;]{0,60}?(?=(?-i:[fFtT]))(?:"
    rf"(?<!range )(?<!ranged )(?<!ranges )(?<!ranging )\bfrom\s+(?P<before>{NUMBER})\s*%?\s*(?:points?\s+)?to\s+(?P<after>{NUMBER})"
    rf"|\bto\s+(?P<reached>{NUMBER})\s*%?\s*(?:points?\s+)?from\s+(?P<left>{NUMBER})))"
)
_TOOK_IT = re.compile(
    r"\b(?:tak(?:e|es|ing|en)|took|tried|try|tries|trying|us(?:e|es|ed|ing)|receiv(?:ed|ing)|started|starting)\s+"
    r"(?:it\b|this(?=\s*(?:[.,;()]|$|(?:for|and|but|while|with)\b)))",
    re.IGNORECASE,
)
_IT = re.compile(r"[iItT](?i:(?<=\s[i])t|(?<=\s[t])his)")  # what every match of _TOOK_IT ends with
_SOME_EFFECT = re.compile(
    r"\b(?:slight|mild|moderate|major|marked|some|definite|significant|dramatic|small|great) (?:benefit|improvement|effect)s?\b",
    re.IGNORECASE,
)
_ASSIGNS = re.compile(r"\bassigns?\b|\bgrades?\b.*[\"“”]")
_SUMS_UP = re.compile(r"(?:As we have|As previously|Based on|Overall|In summary)\b")
_CHANGED = at_words(
    *("improv", "increas", "regain", "recover", "stabili", "slow", "declin", "died", "worsen"),
)
_REFERS_BACK = re.compile(r"(?:Based on|As we)\b")
_VALIDATED = re.compile(r"\bvalidated\b|\bconfirmed\b")
_UNTOLD = re.compile(
    r"\bno (?:further |other |additional )?(?:information|details|data)\b|\bnot (?:reported|stated|known|provided)\b",
    re.IGNORECASE,
)
_NO_EFFECT = re.compile(r"\bno (?:\w+ )?(?:effect|benefit|change|improvement|slowing)s?\b[^.;]*", re.IGNORECASE)
_GRADE, _PERSON, _GOT, _OLD = sign("grade"), sign("person"), sign("taken"), sign("aged")
_IN_FORUM, _OWN_PATIENTS, _ON_PAGE = sign("online"), sign("own-patients"), sign("website")
_MEASURED, _CHECKED = sign("measure"), sign("validated")
_GOES, _SILENT, _WITHOUT_EFFECT = sign("fared"), sign("untold"), sign("no-effect")


def read_cases(
    sentences: Sequence[Sentence],
    terms: Mapping[int, Sequence[TermMatch]],
    names: Sequence[str],
    kinds: Mapping[int, ReferenceKind],
) -> tuple[Case, ...]:
    """Read the cases told in the sections on cases.

    ``terms`` gives the recognised terms of each sentence (by its position), ``names`` the names of the treatment, ``kinds``
    the kind of each reference. A sentence about several people who are then told one by one counts as their common head.

    >>> from alsu_kg.extraction.sections import Passage
    >>> from alsu_kg.model.document import Text
    >>> passage = Passage(Text(""), "Cases", "cases", "paragraph")
    >>> told = Sentence("On PatientsLikeMe, 3 PALS took aspirin and riluzole.", passage, 0, (), (), 0)
    >>> [(c.participants, c.source, c.co_interventions) for c in read_cases([told], {}, ["aspirin"], {})]
    [(3, 'online community', ('riluzole',))]
    """
    groups: list[list[int]] = []
    heads: list[int | None] = []
    counts: dict[int, re.Match[str] | None] = {}
    for i, sentence in enumerate(sentences):
        if sentence.passage.role != "cases" or (sentence.signs & _GRADE and _ASSIGNS.search(sentence.text)):
            continue
        single = _is_one(sentence)
        counted = counts[i] = None if single else _find_count(sentence)
        if single or _starts(sentence, counted, names):
            head = None
            first = groups[-1][0] if groups else 0
            if single and groups and (_told_of(sentences[first], counts[first]) > 1 and len(groups[-1]) <= 2):
                head = groups.pop()[0]
                heads.pop()
            elif single and heads:
                head = heads[-1]
            groups.append([i])
            heads.append(head)
        elif _SUMS_UP.match(sentence.text):
            continue
        elif groups and sentence.paragraph - sentences[groups[-1][-1]].paragraph <= 1:
            groups[-1].append(i)
    for head in dict.fromkeys(h for h in heads if h is not None):
        if heads.count(head) < _told_of(sentences[head], counts[head]):  # more people than are told of one by one
            at = heads.index(head)
            groups.insert(at, [head])
            heads.insert(at, None)
    return tuple(
        _case(
            [sentences[i] for i in group],
            sentences[head] if head is not None else None,
            [t for i in group for t in terms.get(i, ())],
            (counts[group[0]], names, kinds),
        )
        for group, head in zip(groups, heads, strict=True)
    )


def _find_count(sentence: Sentence) -> re.Match[str] | None:
    """Find how many people a sentence tells of that has a word for people."""
    return _COUNT.search(f" {sentence.text}") if sentence.signs & _PERSON else None


def _is_one(sentence: Sentence) -> bool:
    """Say whether a sentence starts to tell of one person, by number among others or by age."""
    return bool(_ONE_OF.match(sentence.text) or (sentence.signs & _OLD and _AGED.search(f" {sentence.text}")))


def _told_of(sentence: Sentence, counted: re.Match[str] | None) -> float:
    """Give how many people a sentence counts, also one that tells of one person first."""
    counted = counted or _find_count(sentence)
    return (number_of(counted["n"]) or 0.0) if counted else 0.0


def _starts(sentence: Sentence, counted: re.Match[str] | None, names: Sequence[str]) -> bool:
    if not sentence.signs & _PERSON or (counted is not None and number_of(counted["n"]) in (None, 0.0)):
        return False
    told = (
        bool(sentence.signs & _IN_FORUM and _ONLINE.search(sentence.text))
        or bool(sentence.signs & _OWN_PATIENTS and _OWN.search(sentence.text))
        or _took_it(sentence.text)
        or any(names_word(name, sentence.text) for name in names)
    )
    if told and counted is None:
        told = _KNOWN_TO.search(sentence.text) is not None
    return told and not _REFERS_BACK.match(sentence.text)


def _took_it(text: str) -> bool:
    """Say whether a text says that somebody took ``it``."""
    return _IT.search(text) is not None and _TOOK_IT.search(text) is not None


def _case(
    group: Sequence[Sentence],
    head: Sentence | None,
    terms: Sequence[TermMatch],
    given: tuple[re.Match[str] | None, Sequence[str], Mapping[int, ReferenceKind]],
) -> Case:
    counted, names, kinds = given
    text = " ".join([s.text for s in group])
    signs = join_signs(group)
    cites = tuple(dict.fromkeys([*(head.numbers if head is not None else ()), *(n for s in group for n in s.numbers)]))
    own_cites = tuple(n for s in group for n in s.numbers)
    n = number_of(counted["n"]) if counted else 1.0
    whole = f"{head.text} {text}" if head is not None else text
    all_signs = signs | (head.signs if head is not None else 0)
    return Case(
        participants=int(n) if n is not None else None,
        source=_source((text, signs), (whole, all_signs), own_cites or cites, kinds, several=bool(n and n > 1)),
        comorbidities=_comorbidities(terms),
        co_interventions=find_taken(text_with(group, _GOT), names) if signs & _GOT else (),
        outcome=_outcome(group),
        measures=tuple(
            Measure(
                name=m["name"], before=number_of(m["before"] or m["left"]), after=number_of(m["after"] or m["reached"])
            )
            for m in (_MEASURE.finditer(text_with(group, _MEASURED)) if signs & _MEASURED else ())
        ),
        validated=True if all_signs & _CHECKED and _VALIDATED.search(whole) else None,
        cites=cites,
        quote=text,
        place=Place(section=group[0].passage.heading, start=group[0].place().start, end=group[-1].place().end),
    )


def _source(
    told: tuple[str, int],
    with_head: tuple[str, int],
    cites: Sequence[int],
    kinds: Mapping[int, ReferenceKind],
    *,
    several: bool,
) -> CaseSource:
    """Say who told of a case; ``told`` and ``with_head`` are its text without and with that of its head, each with its signs."""
    text, signs = told
    whole, all_signs = with_head
    if signs & _IN_FORUM and _ONLINE.search(text):
        return "online community"
    if signs & _OWN_PATIENTS and _OWN.search(text):
        return "personal communication"
    web = [n for n in cites if kinds.get(n) == "web-page"]
    if (signs & _ON_PAGE and _WEBSITE.search(text)) or (web and kinds.get(cites[0]) == "web-page"):
        return "patient website"
    if any(kinds.get(n) == "article" for n in cites):
        return "published case series" if several else "published case report"
    return "online community" if all_signs & _IN_FORUM and _SAID_ONLINE.search(whole) else "unknown"


def _comorbidities(terms: Sequence[TermMatch]) -> tuple[str, ...]:
    found = [
        t.term.label
        for t in terms
        if t.term.kind == "disease"
        and "lateral sclerosis" not in t.term.label
        and t.term.label != "motor neuron disease"
    ]
    return tuple(dict.fromkeys(found))


def _outcome(group: Sequence[Sentence]) -> str | None:
    for sentence in group:
        if sentence.signs & _WITHOUT_EFFECT and (match := _NO_EFFECT.search(sentence.text)):
            return sentence.text if _SOME_EFFECT.search(sentence.text) else match[0].strip(" .")
    fared = [s.text for s in group if s.signs & _GOES and _CHANGED.search(f" {s.text}")]
    if fared:
        return " ".join(fared)
    return "not reported" if any(s.signs & _SILENT and _UNTOLD.search(s.text) for s in group) else None
