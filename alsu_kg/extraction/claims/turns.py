"""Words beside a term that turn what is said of it: less of a thing, the progression of another disease, the survival of cells."""

import re
from typing import Final

from alsu_kg.extraction.claims.clauses import last_words, plain_words
from alsu_kg.extraction.relation_words import lower_case
from alsu_kg.extraction.terms import TermMatch

_LESS = re.compile(
    r"\b(?:(?:reducing|inhibiting|blocking|suppressing|lowering|decreasing|(?:reduction|decrease|decline|drop|fall)s? (?:of|in)"
    r"|inhibition of|blockade of|block of|antagonism (?:of|at)|suppression of|inactivation of|silencing of|knock-?(?:down|out) of"
    r"|downregulation of|ablation of|clearance of|removal of|targeting(?: of)?|silencing|inactivating|antagoni[sz]ing"
    r"|deficiency (?:of|in)|depletion of|absence of|loss of|lack of|deletion of|deleting"
    r"|protection (?:against|from)"
    r"|knocking (?:out|down))\s+(?:(?!(?:that|which)\b)\w+\s+){0,3}"
    r"|less(?! (?:effective|potent|likely|well|than|toxic|active|selective|often|efficient|able|frequent|severe|common)\b)\s+"
    r"(?:(?!(?:and|or|but)\b)\w+\s+){0,2}"
    r"|(?:reduced|decreased|low|lower|diminished|impaired|defective|insufficient|deficient|declining|disrupted|dysfunctional)\s+"
    r"(?:(?:levels?|amounts?|concentrations?|activity|expression) of\s+|[\w-]+\s+(?:and|or)\s+)?(?:the\s+)?)$",
    re.IGNORECASE,
)
# The letters that such words start with.
_LESS_NAMES: Final = (
    "reducing inhibiting blocking suppressing lowering decreasing reduction reductions decrease decreases decline declines drop"
    " drops fall falls inhibition blockade block antagonism suppression inactivation silencing knock knockdown knockout"
    " downregulation ablation clearance removal targeting inactivating antagonizing antagonising deficiency depletion absence loss"
    " lack deletion deleting knocking less reduced decreased low lower diminished impaired defective insufficient deficient"
    " declining disrupted dysfunctional protection"
)
_LESS_WORDS: Final = frozenset(_LESS_NAMES.split())
_LESS_AFTER = re.compile(
    r"(?:\s+(?:levels?|activity|expression|receptors?|channels?|signal\w+|pathways?))?\s+(?:deficiency"
    r"|deficits?|depletion|loss|impairment"
    r"|dysfunction|insufficiency|deterioration|decline|degradation|breakdown|failure(?! to\b)"
    r"|chelation|inhibition|blockade|suppression|antagonism"
    r"|knock-?(?:down|out)|ablation|silencing|withdrawal|discontinuation|cessation)\b",
    re.IGNORECASE,
)
# What a text goes on with, in lower case, where such a noun may stand behind a thing.
_STARTS_AFTER: Final = (
    "level", "activity", "expression", "receptor", "channel", "signal", "pathway", "defici", "depletion", "loss", "impairment",
    "dysfunction", "insufficiency", "inhibition", "blockade", "suppression", "antagonism", "knock", "ablation", "silencing",
    "withdrawal", "discontinuation", "cessation", "deterioration", "decline", "degradation", "breakdown", "failure", "chelation",
)  # fmt: skip
_LONGEST_START: Final = 20
_OF_OTHER = re.compile(
    r"\s+of\s+(?!(?:the |their |his |her |this |your |my |our |one's |human |sporadic |familial )*(?:disease|ALS|amyotrophic|MND"
    r"|motor|symptoms?|illness|weakness|disability|P?ALS|patients|people|functional|bulbar|respiratory|muscle|paralysis)\b)[A-Za-z]"
)
_IS_ONE_OF = re.compile(
    r"\b(?:is|are|was|were|as|,)\s+an?\s+(?:[\w-]+\s+){1,4}(?:of|for|from|at)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_ITSELF_THAT = re.compile(r"\s+that\s+(?:(?:also|can|may|might|could|\w+ly)\s+)*", re.IGNORECASE)
_DASHES: Final = frozenset("-‐‑–")
_FREE = re.compile(r"[-‐‑– ]free\b", re.IGNORECASE)
_OF_CELLS = re.compile(r"\s+of\s+(?:[\w-]+\s+){0,4}?(?:\w*neurons?|cells?|astrocytes|grafts?|lines)\b", re.IGNORECASE)
_OTHER_BEFORE = re.compile(
    r"(?:['’]s disease|(?<!lateral )sclerosis|cancer|tumou?r|dementia|diabetes|\b(?:MS|AD|PD|HD|HIV)|cell cycle)\s+$"
)
_OTHER_ENDS: Final = (
    "disease", "sclerosis", "cancer", "tumor", "tumour", "dementia", "diabetes", "MS", "AD", "PD", "HD", "HIV", "cycle",
)  # fmt: skip

# What a thing holds or turns into, and what that does: ``A contains B, which slows C``, ``A is a prodrug of B, an inhibitor of C``.
_HOLDS = re.compile(
    r"\b(?:(?:contain(?:s|ed|ing)?|compris(?:es|ed|ing)|composed of|rich in|high in|sources? of|made (?:of|from|up of)"
    r"|pro-?drugs? (?:of|for|to)|precursors? (?:of|to|for)|deliver(?:s|ed|ing)?|suppl(?:y|ies|ied)|turn(?:s|ed)? into"
    r"|releas(?:es?|ed|ing))|(?:include|provide|yield|form|become)[sd]?\s+(?:[\w-]+\s+){0,3}?(?:herb|compound|ingredient|substance"
    r"|plant|drug|molecule|extract|agent|component|chemical|metabolite|acid|nutrient|peptide)s?)\s*"
    r"(?:[^;]*(?:,\s*(?:which|that|who|an?|the|all|some|both|each|known)|\b(?:that|which))\b|(?:(?!\band\b)[^;])*\b(?:with|to)\s)",
    re.IGNORECASE,
)
_HOLD_STEMS: Final = (
    "contain", "compri", "compos", " in ", "source", "made", "drug", "precursor", "deliver", "suppl", "turn", "releas", "includ",
    "provid", "yield", "form", "becom",
)  # fmt: skip
# What acts on a treatment, is acted on by it or is like it, and is not it: ``the target of A``, ``an analogue of A``.
_OTHERS: Final = tuple(
    f"{noun}{end} {joint} "
    for noun in (
        "target",
        "receptor",
        "analogue",
        "analog",
        "derivative",
        "inhibitor",
        "blocker",
        "antagonist",
        "antibod",
    )
    for end in (("y", "ies") if noun == "antibod" else ("", "s"))
    for joint in ("of", "for", "to")
)
_JOINTS: Final = (" of ", " for ", " to ")
_SHORT: Final = 12  # fewer characters hold no relative clause
# What a thing is turned into, and what that does: ``A is converted to B, which slows C``.
_BECOMES = re.compile(
    r"\b(?:converted|metaboli[sz]ed|broken down|transformed|hydroly[sz]ed)\b[^,;]*\b(?:in)?to\b[^,;]*,?\s+(?:which|that)\b",
    re.IGNORECASE,
)

# What is said of a taken thing is said of the thing, however far it stands from its verb.
_TAKING = re.compile(
    r"\b(?:administration|treatment|therapy|delivery|injections?|infusions?|supplementation|use|intake|transplantation)"
    r"\s+(?:of|with)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_DOING = re.compile(r"\b\w{3,}ing\s+(?:the\s+)?$", re.IGNORECASE)
_DOING_SO = re.compile(
    r"[-‐‑–](?:chelat|lower|reduc|inhibit|target|block|enhanc|induc|rais|boost|modulat|activat|stimulat|suppress|deplet|scaveng"
    r"|promot|spar|produc|secret|releas)ing\b",
    re.IGNORECASE,
)
_LESS_OF_THIS = re.compile(
    r"\b(?:blocking|inhibiting|reducing|lowering|suppressing|silencing"
    r"|(?:inhibition|blockade|suppression|loss|lack|absence|deletion) of)"
    r"\s+(?:this|the|that)\s+(?:[\w-]+\s+)?(?:pathway|process|mechanism|protein|gene|factor|receptor|enzyme|channel|transporter"
    r"|kinase|cytokine)s?\b",
    re.IGNORECASE,
)

_WITHIN = re.compile(
    r"\b(?:in|within|of|from|on|among|for|with)\s+(?:the\s+|a\s+|an\s+|both\s+|human\s+|patients\s+with\s+"
    r"|people\s+with\s+|(?:neuronal|glial)\s+and\s+)*$",
    re.IGNORECASE,
)
_WITHIN_NAMES: Final = "in within of from on among for with the a an both human patients people neuronal glial and"
_WITHIN_WORDS: Final = frozenset(_WITHIN_NAMES.split())
_ENDS_WITHIN: Final = ("in", "of", "from", "on", "among", "for", "the", "a", "an", "both", "human", "with", "and")


def is_less_of_this(prefix: str) -> bool:
    """Say whether the words before a verb speak of less of what was named before: ``blocking this pathway``.

    >>> is_less_of_this("blocking this pathway "), is_less_of_this("this pathway ")
    (True, False)
    """
    return " th" in prefix and _LESS_OF_THIS.search(prefix) is not None


def is_taken(text: str, start: int) -> bool:
    """Say whether the words before a thing at ``start`` speak of its being given: ``administration of A``.

    >>> is_taken("administration of foo", 18), is_taken("the effect of foo", 14)
    (True, False)
    """
    return _TAKING.search(text, max(0, start - 40), start) is not None


def is_done_to(text: str, start: int) -> bool:
    """Say whether the thing at ``start`` is what something is done to: ``suppressing A``.

    >>> is_done_to("suppressing A", 12), is_done_to("reduced A", 8)
    (True, False)
    """
    return _DOING.search(text, max(0, start - 40), start) is not None


def says_what_is_done(text: str, end: int) -> bool:
    """Say whether a thing that ends at ``end`` only says what another does to it: ``an iron-chelating drug``.

    >>> says_what_is_done("iron-chelating", 4), says_what_is_done("iron-induced", 4)
    (True, False)
    """
    return text[end : end + 1] in _DASHES and _DOING_SO.match(text, end) is not None


def holds_another(gap: str) -> bool:
    """Say whether the words between a thing and a verb tell of something that it holds or turns into, which is what acts.

    >>> holds_another(" is a prodrug of foo, which "), holds_another(" is rich in foo and ")
    (True, False)
    """
    if len(gap) <= _SHORT or not ("," in gap or "that" in gap or "which" in gap or "with" in gap or "to" in gap):
        return False
    for stem in _HOLD_STEMS:
        if stem in gap:
            return _HOLDS.search(gap) is not None
    return False


def turns_into_another(gap: str) -> bool:
    """Say whether the words between a thing and a verb tell what the thing is turned into, which is what acts.

    >>> turns_into_another(" is converted to foo, which "), turns_into_another(" is found in foo, which ")
    (True, False)
    """
    if len(gap) <= _SHORT or "to" not in gap or not ("which" in gap or "that" in gap):
        return False
    return _BECOMES.search(gap) is not None


def is_within(before: str) -> bool:
    """Say whether what follows ``before`` is where something is, as after ``in the``.

    >>> is_within("found in the "), is_within("it ")
    (True, False)
    """
    if not before.rstrip()[-6:].lower().endswith(_ENDS_WITHIN):
        return False
    return _WITHIN.search(before, last_words(before, _WITHIN_WORDS)) is not None


def is_of_other(text: str, start: int) -> bool:
    """Say whether the words before a treatment at ``start`` name something else, which acts: its target, an analogue of it.

    >>> is_of_other("an analogue of foo", 15), is_of_other("the effect of foo", 14)
    (True, False)
    """
    return text.endswith(_JOINTS, 0, start) and text.endswith(_OTHERS, 0, start)


def less_of(text: str, thing: TermMatch) -> bool:
    """Say whether a sentence speaks of less of a thing: by a word before it, or by a noun behind it.

    >>> from alsu_kg.extraction.terms import Term
    >>> bdnf = Term("BDNF", "process")
    >>> less_of("Reduced BDNF", TermMatch(8, 12, bdnf)), less_of("BDNF deficiency", TermMatch(0, 4, bdnf))
    (True, True)
    """
    before = text[max(0, thing.start - 40) : thing.start]
    found = _LESS_WORDS.intersection(plain_words(before))
    if found and _LESS.search(before, min(map(lower_case(before).index, found))):
        return True
    return is_lacking(text, thing.end)


def is_lacking(text: str, end: int) -> bool:
    """Say whether behind the thing that ends at ``end`` stands a noun that says that there is less of it.

    >>> is_lacking("BDNF deficiency", 4), is_lacking("BDNF levels", 4)
    (True, False)
    """
    if not text[end : end + 1].isspace():
        return False
    following = text[end : end + _LONGEST_START].lstrip().lower()
    return following.startswith(_STARTS_AFTER) and _LESS_AFTER.match(text, end) is not None


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
    if _OF_OTHER.match(text, match.end):
        return True
    before = text[max(0, match.start - 30) : match.start]
    return before.rstrip().endswith(_OTHER_ENDS) and _OTHER_BEFORE.search(before) is not None


def is_one_of(text: str, thing: TermMatch, start: int) -> bool:
    """Say whether the verb at ``start`` is said of what a thing belongs to: ``A is an activator of B that lowers C``.

    >>> from alsu_kg.extraction.terms import Term
    >>> is_one_of("A is an activator of B that lowers C", TermMatch(21, 22, Term("b", "process")), 28)
    True
    """
    return (
        _ITSELF_THAT.fullmatch(text, thing.end, start) is not None
        and _IS_ONE_OF.search(text, max(0, thing.start - 60), thing.start) is not None
    )
