"""Harms with their authority and seriousness."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Literal

from alsu_kg.extraction.harm_scope import (
    bans_use,
    find_boxed,
    is_of_people,
    is_said_to_occur,
    reach_of_warning,
    status_of_harm,
    warned_of,
)
from alsu_kg.extraction.monitoring import find_monitored
from alsu_kg.extraction.near import at_words
from alsu_kg.extraction.sentences import Sentence
from alsu_kg.extraction.signs import sign
from alsu_kg.extraction.terms import TermMatch
from alsu_kg.model.review import Grade, Risk, Status

Seriousness = Literal["serious", "not serious", "boxed warning", "fatal"]
# Starts with the characters that every name starts with, so that the search goes from one to the next.
_AUTHORITY = re.compile(
    r"[IUFEWCHN](?:(?<=I)nternational Agency for Research on Cancer|(?<=\bI)ARC\b|(?<=U)(?:S |\.S\. )Food and Drug Administration"
    r"|(?<=F)ood and Drug Administration|(?<=\bF)DA\b|(?<=E)uropean Medicines Agency|(?<=\bE)MA\b"
    r"|(?<=W)orld Health Organi[sz]ation|(?<=\bW)HO\b|(?<=C)enters for Disease Control(?: and Prevention)?|(?<=H)ealth Canada"
    r"|(?<=N)ational Toxicology Program|(?<=F)ederal Trade Commission)"
)
_CLASS = re.compile(
    r"\b(?:group|class)\s+(?:\d[AB]?|[IVX]+)\s+(?:human\s+)?carcinogen\b|\b(?:known|probable|possible)\s+(?:human"
    r"\s+)?carcinogen\b",
    re.IGNORECASE,
)
_FATAL = re.compile(r"\b(?:fatal|deadly|lethal|deaths?|died)\b", re.IGNORECASE)
_HARSH_WORD = r"(?P<word>serious|severe|life[- ]threatening|fatal|deadly|lethal)"
_HARSH_WORDS = at_words("serious", "severe", "life[- ]threatening", "fatal", "deadly", "lethal")
_HARSH_BEFORE = re.compile(
    rf"\b{_HARSH_WORD},?\s+(?:(?:and|or|potentially|possibly|sometimes|even|cases? of|forms? of|serious|severe"
    rf"|life[- ]threatening)[\s,]+)*(?:[\w-]+\s+){{0,2}}$",
    re.IGNORECASE,
)
_HARSH_AFTER = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:,\s*(?:an?|which|that|and|sometimes|even|(?:one|two|three|four|some|several)\s+(?:of\s+(?:them|which))?)\s+|that\s+|which\s+)?(?:(?:is|are|was|were|can|may"
    r"|could|be|been|has|have|so|often|an?"
    rf"|\w+ly|sometimes)\s+)*{_HARSH_WORD}\b",
    re.IGNORECASE,
)
_DIED_AFTER = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:,\s*)?(?:and|of (?:which|whom) \w+|who)\s+died\b", re.IGNORECASE)
_DEATHS_OF = re.compile(
    r"\b(?:deaths?|died)\s+(?:\w+\s+){0,3}?(?:of|from|due to|by|with)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
# After ``serious side effects include`` each effect is serious; a disease is a harm only where a sentence tells of harms.
_SERIOUS_ONES = re.compile(
    r"\b(?:serious|severe|life[- ]threatening)\b[^.;]{0,60}\b(?:effects?|events?|reactions?|risks?|complications?"
    r"|toxicit\w+)\b[^.;]{0,60}?"
    r"(?:\binclud\w+|\bsuch as\b|\bare\b|\bwere\b|\blike\b|:)",
    re.IGNORECASE,
)
_HARMFUL_ONES = r"[- ](?:effects?|events?|reactions?)\b"
_OF_HARMS = at_words(
    *(f"{kind}{_HARMFUL_ONES}" for kind in ("side", "serious", "severe", "adverse", "toxic", "harmful")),
    *(f"{kind}{_HARMFUL_ONES}" for kind in ("life-threatening", "common", "rare")),
    *(r"toxicit\w", "fatal", r"causes?\b", r"cases? of\b", r"complications?\b", r"risks?\b", "warning"),
)
_TREATED = re.compile(
    r"\b(?:treat\w*|approved|used|us(?:e|ing)|therapy|patients|people|persons|those|history|trials?|stud(?:y|ies)|indicated"
    r"|given)\s+(?:of\s+|for\s+|in\s+"
    r"|with\s+|to\s+|who\s+have\s+|the\s+|a\s+|treat\w*\s+)*(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:no (?:reports?|evidence|data|serious|significant|known)|not (?:been )?(?:associated|linked"
    r"|reported)|without)\b",
    re.IGNORECASE,
)
_RISK_OF = re.compile(r"\brisks? of (?:developing |getting )?$|\brisk for $", re.IGNORECASE)
_LONGEST_RISK_OF: Final = 21  # characters, with a line break at the end


_GENERAL = "serious adverse events"
_HARMFUL: Final = frozenset({"effect", "disease"})
_ASSIGNS = re.compile(r"\bassigns?\b.*\bgrade\b")
_RISK = re.compile(r"risk\b", re.IGNORECASE)
_SERIOUS_HARM = re.compile(r"serious adverse (?:events?|effects?)", re.IGNORECASE)
_GRADE, _WARNS, _JUDGED = sign("grade"), sign("warning"), sign("authority")
_KILLS, _HARSH, _TELLS, _HAPPENS = sign("fatal"), sign("serious"), sign("harms"), sign("occurs")
_BANNED = sign("banned")


def read_risks(
    sentences: Sequence[Sentence],
    terms: Mapping[int, Sequence[TermMatch]],
    status_of: Callable[[Sentence], Status],
    grades: Sequence[Grade],
) -> tuple[Risk, ...]:
    """Read the harms told in the sections on risks. ``may occur`` is how a documented harm is told, so it counts as asserted.

    ``status_of`` says how a sentence states what it says; it is asked only where a harm is found.

    >>> from alsu_kg.extraction.sections import Passage
    >>> from alsu_kg.extraction.terms import Term
    >>> from alsu_kg.model.document import Text
    >>> passage = Passage(Text(""), "Risks", "risks", "paragraph")
    >>> told = Sentence("It carries a boxed warning for lymphoma.", passage, 0, (2,), (), 0)
    >>> terms = {0: [TermMatch(31, 39, Term("lymphoma", "effect"))]}
    >>> [(r.effect, r.seriousness, r.cites) for r in read_risks([told], terms, lambda _: "asserted", [])]
    [('lymphoma', 'boxed warning', (2,))]
    """
    risks: list[Risk] = []
    for i, sentence in enumerate(sentences):
        if sentence.passage.role == "risks":
            risks += _harms(sentence, terms.get(i, ()), status_of)
    for grade in grades:
        if grade.category == "risks" and grade.rationale and _SERIOUS_HARM.search(grade.rationale):
            risks.append(
                Risk(
                    effect="serious adverse events",
                    seriousness="serious",
                    place=grade.rationale_place,
                    quote=grade.rationale,
                )
            )
    return tuple(_unique(risks))


def _unique(risks: Sequence[Risk]) -> Iterator[Risk]:
    seen: set[tuple[str, str]] = set()
    for risk in risks:
        if (risk.effect, risk.status) not in seen:
            seen.add((risk.effect, risk.status))
            yield risk


def _harms(sentence: Sentence, terms: Sequence[TermMatch], status_of: Callable[[Sentence], Status]) -> Iterator[Risk]:
    text, signs = sentence.text, sentence.signs
    likely = [t for t in terms if t.term.kind in _HARMFUL]
    if not likely:
        yield from _unnamed(sentence)
        return
    boxed = bool(signs & _WARNS and find_boxed(text))
    watched = find_monitored(sentence) if not boxed else None
    if signs & _GRADE and _ASSIGNS.search(text):
        return
    told = (watched is not None or "disease" in [t.term.kind for t in likely]) and _tells_of_harms(sentence)
    if watched is not None and not told:
        return  # what is watched for has not happened
    named = _authority(text) if signs & _JUDGED else None
    grave = bool(signs & (_KILLS | _HARSH))
    harsh = [m.start() for m in _HARSH_WORDS.finditer(f" {text}")] if grave else []
    ones = _SERIOUS_ONES.search(text, harsh[0]) if harsh and signs & _HARSH else None
    serious_from = ones.end() if ones else len(text)
    boxed_from, boxed_to = reach_of_warning(text, terms) if boxed else (0, 0)
    bans = bool(signs & _BANNED and bans_use(text))
    may_deny = _may_deny(text)
    status: Status | None = None
    for match in likely:
        if watched is not None and match.start > watched:
            continue
        harm = match.term.kind == "effect" or bool(
            _RISK_OF.search(text, max(0, match.start - _LONGEST_RISK_OF), match.start)
            or _RISK.match(text, match.start, match.end)
            or (told and not _TREATED.search(text[: match.start]))
            or (signs & _HAPPENS and is_said_to_occur(text, match, likely))
        )
        if harm and match.term.label == _GENERAL and len(likely) > 1 and match.end < serious_from:
            continue  # the heading of a list
        if harm and bans and is_of_people(text, match):
            continue
        if not harm or (may_deny and _is_denied(text[max(0, match.start - 40) : match.start])):
            continue
        status = status or status_of(sentence)
        if status == "no-evidence":
            return
        told_so = _seriousness(sentence, match, harsh, serious=match.start >= serious_from) if grave else None
        yield Risk(
            effect=match.term.label,
            seriousness="boxed warning" if boxed_from <= match.start < boxed_to else told_so,
            authority=named,
            status=status_of_harm(status, text, match),
            place=sentence.place(0, match.end),
            cites=sentence.numbers,
            quote=text,
        )


def _tells_of_harms(sentence: Sentence) -> bool:
    return bool(sentence.signs & _TELLS and _OF_HARMS.search(f" {sentence.text}"))


def _is_denied(before: str) -> bool:
    """Say whether what stands before a harm denies it."""
    return _may_deny(before) and _DENIED.search(before) is not None


def _may_deny(text: str) -> bool:
    lower = text.lower()
    return "no" in lower or "thout" in lower


def _unnamed(sentence: Sentence) -> Iterator[Risk]:
    """Give the harm of a boxed warning that is no known term."""
    text = sentence.text
    named = warned_of(text) if sentence.signs & _WARNS else None
    if named is not None:
        yield Risk(
            effect=named[2],
            seriousness="boxed warning",
            authority=_authority(text) if sentence.signs & _JUDGED else None,
            place=sentence.place(0, named[1]),
            cites=sentence.numbers,
            quote=text,
        )


def _authority(text: str) -> str | None:
    authority = _AUTHORITY.search(text)
    classed = _CLASS.search(text) if authority else None
    return f"{authority[0]}: {classed[0].lower()}" if authority and classed else authority[0] if authority else None


def _seriousness(sentence: Sentence, match: TermMatch, harsh: Sequence[int], *, serious: bool) -> Seriousness | None:
    """Say how serious a harm is: by a word before or after it (``, an often fatal condition``), or the head of its list.

    ``harsh`` are the places of all such words that start at the edge of a word.
    """
    text, start, end = sentence.text, match.start, match.end
    after = text[end : end + 80]
    before_it = _HARSH_BEFORE.search(text, harsh[0], start) if harsh and harsh[0] < start else None
    behind_it = _HARSH_AFTER.match(after) if (harsh and harsh[-1] >= end) or after[:1].isalpha() else None
    words = [m["word"].lower() for m in (before_it, behind_it) if m]
    if any(map(_FATAL.search, words)) or (sentence.signs & _KILLS and _DEATHS_OF.search(text, 0, start)):
        return "fatal"
    if "died" in after and _DIED_AFTER.match(after):
        return "fatal"
    return "serious" if serious or words or "carcinogen" in text[start:end].lower() else None
