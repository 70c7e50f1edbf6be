"""How surely one verb of a clause is stated where the clause as a whole does not tell: denied hedges, means, aims."""

import re
from typing import Final

from alsu_kg.extraction.claims.status import NEGATIVE, is_means_denied
from alsu_kg.extraction.relation_words import PredicateWords
from alsu_kg.model.review import Status

MAY_ASK: Final = frozenset({"of", "implicates"})  # voices in which what is only asked may stand
_BACK: Final = 70  # so many characters before a verb are looked at
# What is supposed not to be so: ``suggests that A does not lower B``, ``is not thought to lower B``.
_DENIED = re.compile(
    r"(?:\b(?P<open>may|might)\s+)?\b(?:not(?!\s+(?:only|just|merely|solely|simply)\b)|never|cannot|\w+n['’]t"
    r"|(?:fail(?:s|ed)?|unable)\s+to)\s+(?:(?:(?P<partly>necessarily|always)|\w+ly|be|been|have|even|help|to|able|appear|seem"
    r"|believed|thought|expected|considered|assumed|predicted|suspected|likely)\s+)*$",
    re.IGNORECASE,
)
_NONE = re.compile(r"\bthat\s+(?:neither|none|no)\b[^,;]*$", re.IGNORECASE)
_MAY_HAVE = re.compile(r"\b(?:may|might)\s+(?:\w+ly\s+)?(?:have|has)\s+$", re.IGNORECASE)
_DENYING: Final = (" no", "n't ", "n’t ", "never ", "cannot ", "fail", "unable ", "neither ")
# It is done every time: ``it never failed to lower A``.
_NEVER_FAILS = re.compile(r"\b(?:not|never|rarely|n['’]t)\s+fail(?:s|ed)?\s+to\b", re.IGNORECASE)
# ``It is not through A that B lowers C``; of what stands before *that* nothing is said.
_NOT_THROUGH = re.compile(
    r"\b(?:it|this)\s+(?:is|was)\s+(?:\w+\s+)?not\s+(?:\w+ly\s+)?(?:by|through|via|because\s+of|due\s+to|owing\s+to)\b",
    re.IGNORECASE,
)
_THAT = re.compile(r"\bthat\b", re.IGNORECASE)
# What is asked, not found: ``we studied the effect of A on B``.
_AIM = re.compile(
    r"\b(?:examin|assess|investigat|evaluat|(?:to |we )study|stud(?:ied|ying)|explor|test|determin|measur|analy[sz]|address"
    r"|elucidat|clarify|compar|understand)\w*\s+(?:for\s+)?(?:(?:the|any|an?|possible|potential|whether|\w+ic|\w+al|\w+ive)\s+){0,3}$",
    re.IGNORECASE,
)
_SEEN = re.compile(
    r"\W*(?:(?:\w+ly|be|been|being)\s+)*(?:seen|observed|found|noted|detected|reported|shown|demonstrated|confirmed|replicated"
    r"|reproduced|significant|present|evident|apparent|clear|known|studied|tested)\b",
    re.IGNORECASE,
)
_OR_NOT = re.compile(r"\bor\s+(?:do|does|did|could|can|has|have|had)(?:\s+not|n['’]t)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|never|cannot|no)\b|n['’]t\b", re.IGNORECASE)
_OPEN: Final = frozenset({"hypothesised", "speculated"})


def status_of_verb(
    text: str, clause: tuple[int, int], verb: tuple[int, int], words: PredicateWords, status: Status
) -> Status | None:
    """Give the status of what the relation words at ``verb`` say in the clause of ``text`` at ``clause`` that has ``status``.

    ``None`` if it cannot be told: nothing is claimed then.

    >>> words = PredicateWords(re.compile("lower"), "affects", "decreases", "active")
    >>> text = "These data suggest that it does not lower A"
    >>> status_of_verb(text, (0, len(text)), (36, 41), words, "hypothesised")
    'negated'
    >>> status_of_verb("It may not lower A", (0, 18), (11, 16), words, "hypothesised")
    'unclear'
    """
    if status == "asserted":
        is_noun = words.voice in MAY_ASK and text.startswith(
            ("role", "effect", "impact", "influence", "action"), verb[0]
        )
        asks = is_noun and _AIM.search(text, max(clause[0], verb[0] - _BACK), verb[0]) is not None
        return "unclear" if asks else status
    if status in _OPEN:
        return status if words.predicate == "tested_in" else _denied_supposition(text, clause[0], verb, status)
    return _denied(text, clause, verb, words) if status == "negated" else status


def _denied_supposition(text: str, start: int, verb: tuple[int, int], status: Status) -> Status:
    """Give the status of what is supposed, or supposed not to be so."""
    before = text[max(start, verb[0] - _BACK) : verb[0]]
    says_no = text[verb[0] : verb[0] + 4].lower().startswith(("no ", "not "))
    lower = before.lower()
    if not says_no and not any([word in lower for word in _DENYING]):  # noqa: C419 - faster for so few
        return status
    if says_no:
        return "unclear" if _MAY_HAVE.search(before) else "negated"
    denied = _DENIED.search(before)
    if denied is not None:
        return "unclear" if denied["open"] or denied["partly"] else "negated"
    return "negated" if _NONE.search(before) else status


def _denied(text: str, clause: tuple[int, int], verb: tuple[int, int], words: PredicateWords) -> Status | None:
    """Give the status of a verb of a clause that denies something: perhaps not the verb."""
    start, end = clause
    before = text[start : verb[0]]
    if is_means_denied(text[start:end], verb[1] - start):
        return "asserted"
    lower = before.lower()
    if "no longer" in lower:
        return None  # it did so before
    if "fail" in lower and _NEVER_FAILS.search(before):
        return "asserted"
    if "not " in lower and (through := _NOT_THROUGH.search(before)):
        that = _THAT.search(before, through.end())
        if that is None:
            return None
        return "negated" if _NOT.search(before, that.end()) else "asserted"
    if text.find(" or ", verb[1], end) >= 0 and _OR_NOT.search(text, verb[1], end) and not NEGATIVE.search(before):
        return "asserted"  # it lowers A or does not change it
    if words.voice == "of" and not _NOT.search(before):
        after = _NOT.search(text, verb[1], end)
        if after is not None and not _SEEN.match(text, after.end()):
            return None  # the effect of A on B does not depend on C
    return "negated"
