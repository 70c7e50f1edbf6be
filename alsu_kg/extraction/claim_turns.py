"""Words beside a term that turn what is said of it: less of a thing, the progression of another disease, the survival of cells."""

import re
from typing import Final

from alsu_kg.extraction.terms import TermMatch

_LESS = re.compile(
    r"\b(?:(?:reducing|inhibiting|blocking|suppressing|lowering|decreasing|(?:reduction|decrease|decline|drop|fall)s? (?:of|in)"
    r"|inhibition of|deficiency (?:of|in)|depletion of|absence of|loss of|lack of|deleting|knocking (?:out|down)|less)\s+"
    r"(?:\w+\s+){0,3}"
    r"|(?:reduced|decreased|low|lower|diminished|impaired|defective|insufficient|deficient|declining|disrupted|dysfunctional)\s+"
    r"(?:(?:levels?|amounts?|concentrations?|activity|expression) of\s+|[\w-]+\s+(?:and|or)\s+)?(?:the\s+)?)$",
    re.IGNORECASE,
)
_LESS_STEMS = re.compile(
    "reduc|decreas|loss of|inhibit|block|suppress|lower|low |declin|drop|fall|deficien|deplet|absence|lack of|delet|knock|less "
    "|diminish|impair|defect|insuffic|disrupt|dysfunc"
)
LESS_AFTER = re.compile(
    r"(?:\s+(?:levels?|activity|expression))?\s+(?:deficiency|deficits?|depletion|loss|impairment|dysfunction|insufficiency)\b",
    re.IGNORECASE,
)
_OF_OTHER = re.compile(
    r"\s+of\s+(?!(?:the |their |his |her |this |your |my |our |one's |human |sporadic |familial )*(?:disease|ALS|amyotrophic|MND"
    r"|motor|symptoms?|illness|weakness|disability|P?ALS|patients|people|functional|bulbar|respiratory|muscle|paralysis)\b)[A-Za-z]"
)
_FREE = re.compile(r"[-‐‑– ]free\b", re.IGNORECASE)
_OF_CELLS = re.compile(r"\s+of\s+(?:[\w-]+\s+){0,4}?(?:\w*neurons?|cells?|astrocytes|grafts?|lines)\b", re.IGNORECASE)
_OTHER_BEFORE = re.compile(
    r"(?:['’]s disease|(?<!lateral )sclerosis|cancer|tumou?r|dementia|diabetes|\b(?:MS|AD|PD|HD|HIV)|cell cycle)\s+$"
)

# What a thing holds or turns into, and what that does: ``A contains B, which slows C``, ``A is a prodrug of B, an inhibitor of C``.
_HOLDS = re.compile(
    r"\b(?:(?:contain(?:s|ed|ing)?|compris(?:es|ed|ing)|composed of|rich in|high in|sources? of|made (?:of|from|up of)"
    r"|pro-?drugs? (?:of|for|to)|precursors? (?:of|to|for)|deliver(?:s|ed|ing)?|suppl(?:y|ies|ied)|turn(?:s|ed)? into"
    r"|releas(?:es?|ed|ing))|(?:include|provide|yield|form|become)[sd]?\s+(?:[\w-]+\s+){0,3}?(?:herb|compound|ingredient|substance"
    r"|plant|drug|molecule|extract|agent|component|chemical|metabolite|acid|nutrient|peptide)s?)\s*"
    r"(?:[^;]*(?:,\s*(?:which|that|who|an?|the|all|some|both|each|known)|\b(?:that|which))\b|(?:(?!\band\b)[^;])*\b(?:with|to)\s)",
    re.IGNORECASE,
)
_HOLD_STEMS = re.compile(
    "contain|compri|compos| in |source|made|drug|precursor|deliver|suppl|turn|releas|includ|provid|yield|form|becom"
)
_SHORT: Final = 12  # fewer characters hold no relative clause


def holds_another(gap: str) -> bool:
    """Say whether the words between a thing and a verb tell of something that it holds or turns into, which is what acts.

    >>> holds_another(" is a prodrug of foo, which "), holds_another(" is rich in foo and ")
    (True, False)
    """
    if len(gap) <= _SHORT:
        return False
    return _HOLD_STEMS.search(gap) is not None and _HOLDS.search(gap) is not None


def less_of(text: str, thing: TermMatch) -> bool:
    """Say whether a sentence speaks of less of a thing: by a word before it, or by a noun behind it.

    >>> from alsu_kg.extraction.terms import Term
    >>> bdnf = Term("BDNF", "process")
    >>> less_of("Reduced BDNF", TermMatch(8, 12, bdnf)), less_of("BDNF deficiency", TermMatch(0, 4, bdnf))
    (True, True)
    """
    before = text[max(0, thing.start - 40) : thing.start]
    lessened = _LESS_STEMS.search(before.lower()) is not None and _LESS.search(before) is not None
    return lessened or LESS_AFTER.match(text, thing.end) is not None


def of_another_disease(text: str, match: TermMatch) -> bool:
    """Say whether ``progression`` is that of another disease than ALS, or ``survival`` that of cells.

    >>> from alsu_kg.extraction.terms import Term
    >>> text = "the progression of Parkinson's disease"
    >>> of_another_disease(text, TermMatch(4, 15, Term("ALS progression", "outcome")))
    True
    """
    if match.term.label != "ALS progression":
        return match.term.label == "survival" and _OF_CELLS.match(text, match.end) is not None
    if _FREE.match(text, match.end):
        return True  # progression-free survival
    before = text[max(0, match.start - 30) : match.start]
    return _OF_OTHER.match(text, match.end) is not None or _OTHER_BEFORE.search(before) is not None
