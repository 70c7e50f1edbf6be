"""Clinical trials that a review reports: who, how many, what, how long, against what, with what result."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from alsu_kg.extraction.near import after_gap, at_words, by_first_letter, find_words
from alsu_kg.extraction.quantities import DOSE, NUMBER, dose_of, duration_in, follow_up_in, number_of, split_list
from alsu_kg.extraction.sentences import Sentence, join_signs, text_with
from alsu_kg.extraction.signs import sign
from alsu_kg.extraction.trial_people import PEOPLE, count_withdrawn, find_enrolled
from alsu_kg.model.review import Place, Trial

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
_COUNTED = re.compile(rf"(?:{NUMBER}|several|many|other|another)\b", re.IGNORECASE)
_SOMEBODY = re.compile(
    r"(?:those|they|patients|people|participants|subjects|controls?|others|who|which)\b", re.IGNORECASE
)
_CONTROLS = r"controls?\b(?!\s+group)"
_SUCH_CONTROLS = rf"(?:(?:historical|healthy|untreated|concurrent|natural history)\s+)?{_CONTROLS}"
_COMPARATOR = at_words(
    *(rf"{how}matched\s+{_SUCH_CONTROLS}" for how in ("un", "")),
    *(rf"{such}\s+{_CONTROLS}" for such in ("historical", "healthy", "untreated", "concurrent", "natural history")),
    *(
        _CONTROLS,
        r"placebo\b",
        r"no treatment\b",
        r"standard (?:of )?care\b",
        r"riluzole alone\b",
        r"natural history\b",
    ),
    r"sham\b",
)
_IN_ALS = re.compile(r"\bP?ALS\b|amyotrophic|motor neurone? disease|\bMND\b", re.IGNORECASE)
_IN_OTHERS = re.compile(
    rf"\b(?:(?:trials?|study|studies)\s+(?:[\w-]+\s+){{0,2}}?in|{PEOPLE}\s+(?:[\w-]+\s+){{0,2}}?with)\s+(?P<disease>(?:[\w'’-]+\s+){{0,3}}?"
    r"(?:[\w-]+['’]s\s+disease|disease|syndrome|sclerosis|dystrophy|atrophy|neuropathy|dementia|diabetes|cancer|epilepsy|stroke|depression"
    r"|arthritis|migraine|injury|disorders?|gravis))\b",
    re.IGNORECASE,
)
_SIZES = re.compile(r"(?<![\w.])[nN]\s*=\s*(?P<n>\d{1,4})(?![\d.])")
_ALL = re.compile(r"\b(?:total(?: of)?|overall)\s*\(?\s*[nN]\s*=\s*(?P<n>\d{1,4})", re.IGNORECASE)
_AND_PLACEBO = re.compile(
    rf"\s+(?:received|took|were given|were treated with|were randomi[sz]ed to|were assigned to)\s+[^.;]{{1,60}}?,?\s+(?:and"
    rf"|while)\s+(?P<n>{NUMBER})\s+"
    rf"(?:{PEOPLE}\s+)?(?:(?:received|took|were given|to)\s+)?(?:a\s+)?placebo\b",
    re.IGNORECASE,
)
_RESULT = after_gap(
    "nNwWdD",
    r"(?:no|not any|without|did not (?:show|find|demonstrate) (?:any |a )?)\s*(?:statistically "
    r"|clinically )?(?:significant )?(?P<what>differences?|effects?|benefits?|changes?|improvements?"
    r"|slowing)\s+(?:was |were |seen |found )*(?P<link>in|on|of|for|from)\s+(?:the |their )?(?P<measure>[\w\s-]"
    r"{3,60}?)(?![^\s.,;(\[])(?=\s+(?:between|was|were|among|after|compared|over|at|seen|in the|when)\b|\s*[.,;(\[]|$)",
)
_CHANGE = re.compile(
    r"\b(?:improv|slow|prolong|increas|decreas|stabili[sz]|benefi|declin|worsen|well tolerated|safe)\w*", re.IGNORECASE
)
_BESIDE_LETTERS, _IT_STANDS = by_first_letter(
    *(
        "preceding",
        "before",
        "followed by",
        "prior to",
        "in combination with",
        "combined with",
        "plus",
        "together with",
    ),
    *("in addition to", "added to", "add-on to", "alongside"),
)
_BESIDE = after_gap(
    _BESIDE_LETTERS,
    rf"{_IT_STANDS}\s+(?:the\s+)?(?:initiation of\s+|start of\s+"
    r"|starting\s+|beginning\s+)?(?P<what>[\w-]+(?:\s+[\w-]+){0,3}?)(?=\s*(?:\(|\[|[.,;]|$|\d|\bfor\b"
    r"|\bin\b|\bwere\b|\bwas\b|\band\b))",
)
_GIVEN_LETTERS, _IT_IS_GIVEN = by_first_letter(
    *("treated with", "took", "taking", "given", "received", "randomi[sz]ed to(?: receive)?", "administered")
)
_GIVEN = after_gap(
    _GIVEN_LETTERS,
    rf"{_IT_IS_GIVEN}\s+(?!part\b)(?P<what>[^.;]{{2,160}}?)"
    r"(?![^.;\s])(?=[.;]|$|\s+(?:for|once|twice|daily|over|versus|vs|or placebo|compared)\b)",
)
_LEADING = re.compile(r"^(?:either|of|the|a|an|both|with)\s+", re.IGNORECASE)
_ENDING = re.compile(r"\bof\s*$")
_NO_SUBSTANCE = re.compile(r"\d|\b(?:controls?|intervention|treatment|therapy|placebo|groups?)$")
_SUMS_UP = re.compile(r"(?:Based on|Overall|In summary|Taken together|Therefore|Thus)\b")
_ASSIGNS = re.compile(r"\bassigns?\b.*\bgrade\b")
_THERE_WERE = re.compile(r"There (?:have|has) been\b")
_GRADE, _ANY_TRIAL, _LISTED = sign("grade"), sign("trial"), sign("registry")
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
        if sentence.passage.role == "trials" and not _sums_up(sentence):
            told = _Told(sentence, find_enrolled(sentence))
            if _opens(told, groups[-1] if groups else None):
                groups.append([told])
            elif groups and sentence.paragraph - groups[-1][-1].sentence.paragraph <= 1:
                groups[-1].append(told)
    return tuple([_trial(group, names) for group in groups])


def _sums_up(sentence: Sentence) -> bool:
    return bool(_SUMS_UP.match(sentence.text) or (sentence.signs & _GRADE and _ASSIGNS.search(sentence.text)))


def _opens(told: _Told, current: Sequence[_Told] | None) -> bool:
    sentence, counted = told
    text, signs = sentence.text, sentence.signs
    if _THERE_WERE.match(text):
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
    signs = join_signs(group)
    first = group[0]
    counted = next((each.counted for each in told if each.counted is not None), None)
    compared = _COMPARATOR.search(f" {text_with(group, _COMPARED)}") if signs & _COMPARED else None
    comparator = compared[0][1:].lower() if compared else None
    dose = DOSE.search(text)
    together = (
        _co_treatments(text_with(group, _JOINED), text_with(group, _GOT), names) if signs & (_JOINED | _GOT) else ()
    )
    registry = _REGISTRY.search(text_with(group, _LISTED)) if signs & _LISTED else None
    place = Place(section=first.passage.heading, start=first.place().start, end=group[-1].place().end)
    treatment = names[0].lower() if names else "treatment"
    n = _participants(text, counted)
    return Trial(
        participants=int(n) if n is not None else None,
        population=_population(text, counted),
        arms=tuple(filter(None, (" and ".join((treatment, *together)), comparator))),
        dose=dose_of(dose) if dose else None,
        duration=duration_in(text_with(group, _TIMED)) if signs & _TIMED else None,
        follow_up=follow_up_in(text_with(group, _FOLLOWED)) if signs & _FOLLOWED else None,
        comparator=comparator,
        co_treatment=together,
        withdrawals=count_withdrawn(text_with(group, _WENT)) if signs & _WENT else None,
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
    found: list[str] = [m["what"] for m in find_words(_BESIDE, joined)]
    for match in find_words(_GIVEN, given):
        what = DOSE.sub("", match["what"])
        if " and " in what or "," in what:
            found += [item for item in split_list(what) if len(item.split()) <= 4]
    cleaned = []
    for item in found:
        bare = item.strip()
        if not bare.isalpha():  # words, of which the first and the last may say nothing
            bare = _LEADING.sub("", _ENDING.sub("", bare)).strip()
        folded = bare.casefold()
        if (
            bare
            and folded not in ("it", "placebo", "treatment", "this", "dosing")
            and not any([name in folded for name in own])  # noqa: C419 - faster for so few
            and not _COUNTED.match(bare)
            and not _SOMEBODY.match(bare)
            and not _NO_SUBSTANCE.search(bare)
        ):
            cleaned.append(bare)
    return tuple(dict.fromkeys(cleaned))


def _outcome(group: Sequence[_Told]) -> str | None:
    for sentence, _ in group:
        if sentence.signs & _NO_RESULT and (match := _RESULT.search(f" {sentence.text}")):
            return f"no {match['what'].lower()} {match['link'].lower()} {' '.join(match['measure'].split())}"
    for sentence, counted in reversed(group):
        if counted is None and sentence.signs & _CHANGES and _CHANGE.search(sentence.text):
            return sentence.text
    return None
