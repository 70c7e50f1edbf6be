"""Clinical trials that a review reports: who, how many, what, how long, against what, with what result."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from alsu_kg.extraction.quantities import DOSE, NUMBER, dose_of, duration_in, follow_up_in, number_of, split_list
from alsu_kg.extraction.sentences import Sentence, text_with
from alsu_kg.extraction.signs import sign
from alsu_kg.model.review import Place, Trial

_PEOPLE = r"(?:patients?|PALS|PwALS|people|participants?|subjects?|persons?|individuals?|adults?|volunteers?|men|women|cases|pALS)"
_COUNT = re.compile(
    rf"\b(?<!phase )(?<!type )(?<!stage )(?<!grade )(?<!day )(?<!week )(?P<n>{NUMBER})\s+(?:[\w-]+\s+){{0,3}}?"
    rf"(?P<who>{_PEOPLE})\b(?P<with>\s+with\s+(?:[\w-]+\s+){{0,3}}?(?:ALS"
    rf"|amyotrophic lateral sclerosis|motor neurone? disease|MND|disease))?",
    re.IGNORECASE,
)
_LEFT = re.compile(
    rf"\b(?<!of )(?<!in )(?P<n>{NUMBER})\s+(?:\([^()]{{1,12}}\)\s+)?(?:of\s+(?:the(?:se|m)?\s+)?(?:{NUMBER}\s+)?)?"
    rf"(?:{_PEOPLE}\s+)?(?:(?!(?:was|were|is|are)\b)\w+\s+)?"
    rf"(?:withdrew"
    rf"|dropped out|discontinued"
    rf"|stopped|left the (?:trial|study)|were withdrawn|were lost to follow|did not complete|failed to complete)",
    re.IGNORECASE,
)
_NEAR: Final = 60
_WENT_AWAY: Final = (
    "withdrew",
    "dropped out",
    "discontinued",
    "stopped",
    "left the",
    "withdrawn",
    "lost to",
    "complete",
)
_ARMS: Final = ("placebo", "group", "arm", "control", "treat", "cohort")
_IN_ARM = r"(?:on|in|receiving|taking|given|from|assigned to)"
_LEFT_BOTH = re.compile(
    rf"\b(?P<n>{NUMBER})\s+(?:{_PEOPLE}\s+)?{_IN_ARM}\s+[^.;,]{{1,50}}?,?\s+and\s+(?P<n2>{NUMBER})\s+(?:{_PEOPLE}\s+)?{_IN_ARM}"
    r"\s+[^.;,]{1,30}?\s*(?:withdrew|dropped out|discontinued|stopped|left the (?:trial|study)|were withdrawn|were lost to follow"
    r"|did not complete|failed to complete)",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"\b(?:first|second|third|fourth|fifth|another|other|subsequent|later|earlier|additional|one"
    r"|larger|smaller)\s+(?:\w+[- ]){0,4}?(?:trial|study)\b|\bin a (?:\w+[- ]){0,5}(?:trial|study)\b"
    r"|NCT\d{8}",
    re.IGNORECASE,
)
_A_TRIAL = re.compile(r"\b(?:an?|one)\s+(?:[\w-]+\s+){0,4}(?:trial|study)\b", re.IGNORECASE)
_DESIGN = re.compile(
    r"\b(?:randomi[sz]ed|double[- ]blind|open[- ]label|placebo[- ]controlled|cross-?over|pilot|phase (?:[1-4]"
    r"|I{1,3}V?)[ab]?)\b[^.;]{0,60}\b(?:trials?|study|studies)\b",
    re.IGNORECASE,
)
# Trials of 84, 171 and 133 people: no number is that of one trial.
_IN_A_ROW = re.compile(r"\d,?\s(?:and|or)\s\d|\d,\s\d")
_NOT_ENROLLED = re.compile(
    r"\b(?:withdrew|dropped|discontinued|died|experienced|reported|developed|had|completed)\b", re.IGNORECASE
)
_COUNTED = re.compile(rf"(?:{NUMBER}|several|many|other|another)\b", re.IGNORECASE)
_SOMEBODY = re.compile(
    r"(?:those|they|patients|people|participants|subjects|controls?|others|who|which)\b", re.IGNORECASE
)
_COMPARATOR = re.compile(
    r"\b(?:(?:un)?matched\s+)?(?:(?:historical|healthy|untreated|concurrent|natural history)\s+)?controls?\b(?!\s+"
    r"group)|\bplacebo\b|\bno treatment\b|\bstandard (?:of )?care\b|\briluzole alone\b|\bnatural history\b"
    r"|\bsham\b",
    re.IGNORECASE,
)
_IN_ALS = re.compile(r"\bP?ALS\b|amyotrophic|motor neurone? disease|\bMND\b", re.IGNORECASE)
_IN_OTHERS = re.compile(
    rf"\b(?:(?:trials?|study|studies)\s+(?:[\w-]+\s+){{0,2}}?in|{_PEOPLE}\s+(?:[\w-]+\s+){{0,2}}?with)\s+(?P<disease>(?:[\w'’-]+\s+){{0,3}}?"
    r"(?:[\w-]+['’]s\s+disease|disease|syndrome|sclerosis|dystrophy|atrophy|neuropathy|dementia|diabetes|cancer|epilepsy|stroke|depression"
    r"|arthritis|migraine|injury|disorders?|gravis))\b",
    re.IGNORECASE,
)
_SIZES = re.compile(r"(?<![\w.])[nN]\s*=\s*(?P<n>\d{1,4})(?![\d.])")
_ALL = re.compile(r"\b(?:total(?: of)?|overall)\s*\(?\s*[nN]\s*=\s*(?P<n>\d{1,4})", re.IGNORECASE)
_AND_PLACEBO = re.compile(
    rf"\s+(?:received|took|were given|were treated with|were randomi[sz]ed to|were assigned to)\s+[^.;]{{1,60}}?,?\s+(?:and"
    rf"|while)\s+(?P<n>{NUMBER})\s+"
    rf"(?:{_PEOPLE}\s+)?(?:(?:received|took|were given|to)\s+)?(?:a\s+)?placebo\b",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"\b(?P<no>no|not any|without|did not (?:show|find|demonstrate) (?:any |a )?)\s*(?:statistically "
    r"|clinically )?(?:significant )?(?P<what>differences?|effects?|benefits?|changes?|improvements?"
    r"|slowing)\s+(?:was |were |seen |found )*(?P<link>in|on|of|for|from)\s+(?:the |their )?(?P<measure>[\w\s-]"
    r"{3,60}?)(?=\s+(?:between|was|were|among|after|compared|over|at|seen|in the|when)\b|\s*[.,;(\[]"
    r"|$)",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:improv|slow|prolong|increas|decreas|stabili[sz]|benefi|declin|worsen|well tolerated|safe)\w*", re.IGNORECASE
)
_BESIDE = re.compile(
    r"\b(?:preceding|before|followed by|prior to|in combination with|combined with|plus|together with"
    r"|in addition to|added to|add-on to|alongside)\s+(?:the\s+)?(?:initiation of\s+|start of\s+"
    r"|starting\s+|beginning\s+)?(?P<what>[\w-]+(?:\s+[\w-]+){0,3}?)(?=\s*(?:\(|\[|[.,;]|$|\d|\bfor\b"
    r"|\bin\b|\bwere\b|\bwas\b|\band\b))",
    re.IGNORECASE,
)
# Starts with the characters that every match starts with.
_GIVEN = re.compile(
    r"[tTgGrRaA](?i:(?:(?<=\bt)(?:reated with|ook|aking)|(?<=\bg)iven|(?<=\br)(?:eceived|andomi[sz]ed to(?: receive)?)"
    r"|(?<=\ba)dministered)\s+(?!part\b)(?P<what>[^.;]{2,160}?)"
    r"(?=[.;]|$|\s+(?:for|once|twice|daily|over|versus|vs|or placebo|compared)\b))"
)
_LEADING = re.compile(r"^(?:either|of|the|a|an|both|with)\s+", re.IGNORECASE)
_ENDING = re.compile(r"\bof\s*$")
_NO_SUBSTANCE = re.compile(r"\d|\b(?:controls?|intervention|treatment|therapy|placebo|groups?)$")
_SUMS_UP = re.compile(r"(?:Based on|Overall|In summary|Taken together|Therefore|Thus)\b")
_ASSIGNS = re.compile(r"\bassigns?\b.*\bgrade\b")
_THERE_WERE = re.compile(r"There (?:have|has) been\b")
_GRADE, _PARTICIPANT, _ANY_TRIAL, _LISTED = sign("grade"), sign("participant"), sign("trial"), sign("registry")
_WENT, _COMPARED, _NO_RESULT, _CHANGES = sign("left"), sign("comparator"), sign("result"), sign("changed")
_TIMED, _FOLLOWED, _JOINED, _GOT = sign("time"), sign("follow-up"), sign("beside"), sign("given")
_REGISTRY: Final = re.compile(r"\b(?:NCT\d{8}|ISRCTN\d{8}|EUCTR\d{4}-\d{6}-\d{2}|ACTRN\d{14}|JPRN-\w+)\b")


class _Told(NamedTuple):
    """A sentence on trials, and where it tells how many took part."""

    sentence: Sentence
    counted: re.Match[str] | None


def read_trials(sentences: Sequence[Sentence], names: Sequence[str]) -> tuple[Trial, ...]:
    """Read the trials told in the sections on trials; ``names`` are the names of the treatment.

    >>> from alsu_kg.extraction.sections import Passage
    >>> from alsu_kg.model.document import Text
    >>> passage = Passage(Text(""), "Trials", "trials", "paragraph")
    >>> told = Sentence("Ten PALS took aspirin 5 mg daily for 2 weeks against placebo.", passage, 0, (), (), 0)
    >>> [(t.participants, t.population, t.dose.per, t.comparator) for t in read_trials([told], ["aspirin"])]
    [(10, 'people with ALS', 'day', 'placebo')]
    """
    groups: list[list[_Told]] = []
    for sentence in sentences:
        if sentence.passage.role == "trials":
            told = _Told(sentence, _enrolled(sentence))
            if _opens(told, groups[-1] if groups else None):
                groups.append([told])
            elif groups and sentence.paragraph - groups[-1][-1].sentence.paragraph <= 1 and not _sums_up(sentence):
                groups[-1].append(told)
    return tuple([_trial(group, names) for group in groups])


def _sums_up(sentence: Sentence) -> bool:
    return bool(_SUMS_UP.match(sentence.text) or (sentence.signs & _GRADE and _ASSIGNS.search(sentence.text)))


def _enrolled(sentence: Sentence) -> re.Match[str] | None:
    """Find how many took part, who are neither those who left nor those of several trials in a row."""
    text, signs = sentence.text, sentence.signs
    if not signs & _PARTICIPANT:
        return None
    left: list[tuple[int, int]] | None = None if signs & _WENT else []
    for match in _COUNT.finditer(text):
        if _IN_A_ROW.search(text, max(0, match.start() - 8), match.end("n") + 6):
            continue
        if left is None:
            both = _left_both(text)
            left = [m.span() for m in _LEFT.finditer(text)] + ([both.span()] if both else [])
        if not any(a <= match.start() < b for a, b in left) and not _NOT_ENROLLED.match(text[match.end() :].lstrip()):
            return match
    return None


def _opens(told: _Told, current: Sequence[_Told] | None) -> bool:
    sentence, counted = told
    text, signs = sentence.text, sentence.signs
    if _sums_up(sentence) or _THERE_WERE.match(text):
        return False
    told_of = signs & _ANY_TRIAL
    if current is None:
        return (
            counted is not None
            or bool(told_of and (_DESIGN.search(text) or (sentence.numbers and _A_TRIAL.search(text))))
            or bool((told_of or "randomi" in text.lower()) and _SIZES.search(text))
            or bool(told_of and sentence.numbers and _ANOTHER.search(text))
            or bool(signs & _LISTED and _REGISTRY.search(text))
        )
    cited = {n for each in current for n in each.sentence.numbers}
    new = not cited.issuperset(sentence.numbers)
    if counted is None:
        return new and bool(told_of and (_ANOTHER.search(text) or _DESIGN.search(text)))
    if all(each.counted is None for each in current):
        return bool(told_of and _ANOTHER.search(text))
    return new or bool(told_of and _ANOTHER.search(text))


def _trial(told: Sequence[_Told], names: Sequence[str]) -> Trial:
    group = [each.sentence for each in told]
    text = " ".join([s.text for s in group])
    first = group[0]
    counted = next((each.counted for each in told if each.counted is not None), None)
    comparator = _COMPARATOR.search(text_with(group, _COMPARED))
    dose = DOSE.search(text)
    together = _co_treatments(text_with(group, _JOINED), text_with(group, _GOT), names)
    registry = _REGISTRY.search(text_with(group, _LISTED))
    place = Place(section=first.passage.heading, start=first.place().start, end=group[-1].place().end)
    treatment = names[0].lower() if names else "treatment"
    n = _participants(text, counted)
    return Trial(
        participants=int(n) if n is not None else None,
        population=_population(text, counted),
        arms=tuple(filter(None, (" and ".join((treatment, *together)), comparator[0].lower() if comparator else None))),
        dose=dose_of(dose) if dose else None,
        duration=duration_in(text_with(group, _TIMED)),
        follow_up=follow_up_in(text_with(group, _FOLLOWED)),
        comparator=comparator[0].lower() if comparator else None,
        co_treatment=together,
        withdrawals=_withdrawals(text_with(group, _WENT)),
        outcome=_outcome(told),
        registry_id=registry[0] if registry else None,
        place=place,
        quote=text,
        cites=tuple(dict.fromkeys(number for s in group for number in s.numbers)),
    )


def _participants(text: str, counted: re.Match[str] | None) -> float | None:
    """Give how many took part: as told, with those on placebo told beside, else the sizes of the groups (``n = 12``) together."""
    if counted is not None:
        n = number_of(counted["n"])
        beside = _AND_PLACEBO.match(counted.string, counted.end("who"))
        return n + (number_of(beside["n"]) or 0.0) if beside and n is not None else n
    whole = _ALL.search(text)
    sizes = [int(m["n"]) for m in ([whole] if whole else list(_SIZES.finditer(text))[:3])]
    return float(sum(sizes)) if sizes else None


def _left_both(text: str) -> re.Match[str] | None:
    """Find who left of two groups told side by side, where ``and`` stands before one who left."""
    for verb in _WENT_AWAY:
        at = text.find(verb)
        near = text[max(0, at - _NEAR) : at] if at > 0 else ""
        if " and " in near and any([arm in near for arm in _ARMS]):  # noqa: C419 - faster for so few
            return _LEFT_BOTH.search(text, max(0, at - 3 * _NEAR), at + _NEAR)
    return None


def _withdrawals(text: str) -> int | None:
    """Give how many left; of two groups told side by side both together."""
    both = _left_both(text)
    if both is not None:
        return int((number_of(both["n"]) or 0.0) + (number_of(both["n2"]) or 0.0))
    left = _LEFT.search(text)
    return int(number_of(left["n"]) or 0) if left else None


def _population(text: str, counted: re.Match[str] | None) -> str | None:
    """Say who took part: people with ALS, or with another disease that the trial is said to have been done in."""
    if counted is not None and counted["with"]:
        return "people " + " ".join(counted["with"].split())
    if counted is not None and counted["who"].casefold() in ("pals", "pwals"):
        return "people with ALS"
    other = None if "ALS" in text else _IN_OTHERS.search(text)
    return f"people with {other['disease']}" if other and not _IN_ALS.search(text) else None


def _co_treatments(joined: str, given: str, names: Sequence[str]) -> tuple[str, ...]:
    """Give what was given with the treatment: beside it, as sentences tell that are ``joined``, or named with it as ``given``."""
    own = {name.casefold() for name in names}
    found: list[str] = [m["what"] for m in _BESIDE.finditer(joined)]
    for match in _GIVEN.finditer(given):
        what = DOSE.sub("", match["what"])
        if " and " in what or "," in what:
            found += [item for item in split_list(what) if len(item.split()) <= 4]
    cleaned = []
    for item in found:
        bare = _LEADING.sub("", _ENDING.sub("", item.strip())).strip()
        if (
            bare
            and bare.casefold() not in own
            and not _COUNTED.match(bare)
            and not _SOMEBODY.match(bare)
            and bare.casefold() not in ("it", "placebo", "treatment", "this", "dosing")
            and not any(name in bare.casefold() for name in own)
            and not _NO_SUBSTANCE.search(bare)
        ):
            cleaned.append(bare)
    return tuple(dict.fromkeys(cleaned))


def _outcome(group: Sequence[_Told]) -> str | None:
    for sentence, _ in group:
        if sentence.signs & _NO_RESULT and (match := _RESULT.search(sentence.text)):
            return f"no {match['what'].lower()} {match['link'].lower()} {' '.join(match['measure'].split())}"
    for sentence, counted in reversed(group):
        if counted is None and sentence.signs & _CHANGES and _CHANGE.search(sentence.text):
            return sentence.text
    return None
