"""What a relation word relates: subject and objects among the terms that stand around it."""

import re
from collections.abc import Sequence
from typing import Final

from alsu_kg.extraction.claims.anaphora import Before, refer
from alsu_kg.extraction.claims.asides import without_asides
from alsu_kg.extraction.claims.joined_things import joined_left, to_lessened, without_doers
from alsu_kg.extraction.claims.nouns import named
from alsu_kg.extraction.claims.phrases import read_phrase
from alsu_kg.extraction.claims.reach import (
    before_next_doer,
    coordinated,
    is_auxiliary,
    leads_to_noun,
    may_be_finite,
    mediators,
    near,
)
from alsu_kg.extraction.claims.relations import PLAIN
from alsu_kg.extraction.claims.things import (
    BACK,
    CONTEXT_KINDS,
    NOTHING,
    TREATMENTS,
    Argument,
    Arguments,
    Given,
    Sides,
    acted_on,
    find_objects,
    find_subjects,
    is_of_treatment,
    to_arguments,
)
from alsu_kg.extraction.claims.turns import (
    holds_another,
    is_done_to,
    is_less_of_this,
    is_one_of,
    is_taken,
    is_within,
    turns_into_another,
)
from alsu_kg.extraction.relation_words import PredicateWords
from alsu_kg.extraction.terms import TermMatch

_OBJECT_PRONOUN = re.compile(r"\s+(?:it|them|this)\s*(?:[.,;(\[]|$)", re.IGNORECASE)
_PRONOUNS: Final = (" it", " them", " this", " It", " Them", " This")
_DIRECT: Final = frozenset(
    {
        "affects",
        "causes",
        "regulates",
        "contributes_to",
        "ameliorates_condition",
        "exacerbates_condition",
        "involved_in",
    }
)
_MEANS: Final = "means:"
_IT_IS = re.compile(r"\b(?:it|they)\b", re.IGNORECASE)
_IT = re.compile(
    r"\b(?:it|they)\s+(?:(?:did|do|does|not|never|also|may|might|can|could|would|will|to|has"
    r"|have|been|shown|aims?|seeks?|appears?|seems?|helps?"
    r"|\w+ly)\s+){0,5}$",
    re.IGNORECASE,
)
_MOST_AFTER_IT: Final = 6  # so many words, of which the first is the pronoun
_NEVER_THEM: Final = frozenset({"species", "model", *TREATMENTS})
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|be|been)\b", re.IGNORECASE)
_NEXT = re.compile(
    r"(?:\s*\([^()]*\))?(?:,\s*an?\s+(?:[\w-]+\s+){1,3}|,?\s*)(?:(?:and|is|are|was|were|be|been|being|can|may|might|could"
    r"|would|not|also|which|that|has|have|to|\w+ly)\s+)*(?:\w+\s+)?",
    re.IGNORECASE,
)
_FAR: Final = 30
_SHORTEST_NAME: Final = 9  # ``the drug`` with a space has as many characters
_THAT = re.compile(
    r"\b(?:that|who)\s+(?:(?:also|may|might|can|could|will|would|do|does|did|not|has|have|been|\w+ly)\s+)*$",
    re.IGNORECASE,
)
_BEFORE_THAT = re.compile(
    r"(?:\s*\([^()]*\))?(?:,?\s+(?:is|are|was|were|be)\s.*)?(?:\s+(?:in|of|from|within|on)\s+(?:the\s+)?[\w-]+"
    r"(?:\s+[\w-]+)?)?\s*(?:activity|levels?|signal\w+|pathways?)?,?\s*",
    re.IGNORECASE,
)
_WHICH = re.compile(r",\s+which\s+(?:(?:also|may|might|can|could|\w+ly)\s+)*", re.IGNORECASE)
_THEREBY = re.compile(r",\s*(?:thereby|thus|hence)\s*$", re.IGNORECASE)
_AND_THEN = re.compile(
    r"(?:,\s+(?:an?|the)\s[^,;]*,)?(?:\s+[\w-]+)?\s+(?:and|or)\s+(?:(?:also|may|might|can|could"
    r"|will|would|cannot|not|does|do|did|to|then|thus|therefore|hence|so"
    r"|has|have|been|is|are|was|were|reported|shown|found|known|thought|said|believed|able|thereby|\w+ly)\s+){0,6}",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"[,;:]|\b(?:and|but|or|which|that|who|while|where|when)\b", re.IGNORECASE)
_EFFECT_ON = re.compile(
    r"\b(?:effects?|benefits?|actions?|protection|efficacy|responses?)\b[^,;]{0,50}\b(?:on|against|to|from|in)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# What a thing is, and does: ``A, a gas that lowers B``.
_APPOSED_THAT = re.compile(r"(?:\s*\([^()]*\))?,\s+an?\s+(?:[\w-]+\s+){1,5}(?:that|which)\b", re.IGNORECASE)
_BEFORE_COMPARED: Final = ("like ", "besides ", "than ", "as ", "to ", "with ", "versus ", "of ", "the ", "other ")
_CHANGE_OF = re.compile(
    r"\b(?:increases?|rises?|decreases?|reductions?|changes?|effects?|declines?|improvements?"
    r"|loss|lack)\s+(?:in|of|on)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_COMPARED_TO = re.compile(
    r"\b(?:like|unlike|besides|than|as|(?:in contrast|compared|contrary|relative|as opposed"
    r"|similarly) (?:to|with)|versus|rather than|instead of)"
    r"\s+(?:(?:the|that of|those of|other)\s+)*$",
    re.IGNORECASE,
)
_ANOTHER_DONE = re.compile(
    r",\s+(?!(?:an?|which|who|is|are|was|were|has|have|had|may|might|can|could|also|and|or|all|both|\w+ly|\w+ed)\b)[\w-]",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^()]*\)")


def find_arguments(text: str, words: PredicateWords, sides: Sides, given: Given) -> Arguments:
    """Find subjects and objects of a relation among the terms on its ``sides``.

    >>> from alsu_kg.extraction.claims.anaphora import Before
    >>> from alsu_kg.extraction.claims.clauses import Clause
    >>> from alsu_kg.extraction.terms import Term
    >>> words = PredicateWords(re.compile("slows"), "affects", "decreases", "active")
    >>> left, right = TermMatch(0, 1, Term("a", "process")), TermMatch(8, 9, Term("b", "process"))
    >>> text = "a slows b"; match = words.pattern.search(text)
    >>> find_arguments(text, words, ([left], [right]), Given(None, Before(), Clause(0, 9), match))
    ([('a', False)], [('b', False)])
    """
    left, right = sides
    match = given.match
    is_pronoun = text.startswith(_PRONOUNS, match.end()) and _OBJECT_PRONOUN.match(text, match.end()) is not None
    if is_pronoun:
        right = []
    if words.voice == "passive":
        done, doers = find_subjects(left, text, words), find_subjects(right, text, words)
        if done and words.predicate == "causes" and done[-1].term.kind in TREATMENTS:
            return NOTHING  # ``it was stopped due to A``
        return _passive(text, done, doers, match)
    things_right = find_objects(right, text, words, match.end())
    if words.voice not in PLAIN:
        things_left = find_subjects(left, text, words)
        phrase = read_phrase(text, words, sides, (things_left, things_right), given)
        if phrase is not None:
            return phrase
    if words.voice.startswith(_MEANS):
        return _subjects(text, (words, left), given), [(words.voice.removeprefix(_MEANS), False)]
    if is_pronoun:
        beside = (
            [t for t in left[:-1] if t.start >= given.clause.start] if left and left[-1].term.kind in TREATMENTS else []
        )
        objects = [t for t in (*beside, *given.before.terms) if t.term.kind not in _NEVER_THEM][:1]
        objects = [t for t in objects if t.term.kind in ("process", "outcome", "effect")]
    else:
        reached = near(text, things_right, match.end()) if words.predicate in _DIRECT else things_right
        objects = coordinated(text, before_next_doer(text, reached))
    if not objects and given.is_last:
        return NOTHING
    subjects = _subjects(text, (words, left), given)
    if words.predicate == "involved_in" and objects and not is_pronoun:
        subjects += mediators(text, things_right, objects[-1].end)
    return subjects, acted_on(text, objects, match[0])


def _passive(text: str, done: Sequence[TermMatch], doers: Sequence[TermMatch], match: re.Match[str]) -> Arguments:
    """Read ``A is caused by B``; ``A, caused by B`` only where nothing else that B might cause stands between."""
    is_whole = _AUXILIARY.search(text, max(0, match.start() - 20), match.end()) is not None
    if not is_whole and done and not _NEXT.fullmatch(text[done[-1].end : match.start()]):
        return NOTHING
    if (
        is_whole
        and done
        and "," in (gap := text[done[-1].end : match.start()])
        and _ANOTHER_DONE.search(without_asides(gap))
    ):
        return NOTHING  # ``in flies with A, something was reduced by B``
    if done and _EFFECT_ON.search(text, max(0, done[0].start - BACK), done[0].start):
        return NOTHING  # ``the effect of A on B was blocked by C``
    if doers and _ELSEWHERE.search(text[match.end() : doers[0].start]):
        return NOTHING  # ``A may be caused by something unknown, and B``
    if is_whole and done and _IT_IS.search(text, done[-1].end, match.start()):
        return NOTHING  # ``where A fails, they are caused by B``
    acting = [TermMatch(t.start - match.end(), t.end - match.end(), t.term) for t in coordinated(text, doers)]
    lessened = (
        to_lessened(text[match.end() :], acting) if acting else []
    )  # words before the verb say nothing of who acts
    acted = joined_left(text, without_doers(text, done))
    if not is_whole and acted and is_done_to(text, acted[0].start):
        return lessened, to_arguments(acted)  # ``by reducing A caused by B``: what B causes is A, not less of it
    return lessened, to_lessened(text, acted)


def _subjects(text: str, told: tuple[PredicateWords, Sequence[TermMatch]], given: Given) -> list[Argument]:
    """Give what acts in a plain verb; ``told`` are the verb and all terms before it."""
    words, left = told
    things = find_subjects(left, text, words)
    if words.predicate == "located_in":
        things = [t for t in things if not _CHANGE_OF.search(text, max(0, t.start - BACK), t.start)]
    start, clause = given.match.start(), given.clause
    near_before = text[max(clause.start, start - 2 * _FAR) : start]
    may_be = "it " in near_before or "It " in near_before or "hey " in near_before
    may_be = may_be and any(w.endswith(("it", "they")) for w in near_before.lower().split()[-_MOST_AFTER_IT:])
    pronoun = _IT.search(text, max(clause.start, start - 2 * _FAR), start) if may_be else None
    if pronoun is not None and (not things or things[-1].start < pronoun.start()):
        before = Before(things, max(0, things[0].start - _FAR // 2), None, text) if things else given.before
        return list(given.carried) or named(refer(pronoun[0], before, given.treatment))
    if left and start - left[-1].end > _SHORTEST_NAME and is_of_treatment(text, left, given):
        return named(given.treatment)
    subjects = _acting(text, things, start) if things else []
    if not subjects and things and given.carried and start - things[-1].end > 2 * _FAR:
        return [] if _THAT.search(text[things[-1].end : start]) else list(given.carried)
    if not subjects and words.predicate not in ("located_in", "is_increased_in"):
        subjects = _supposed(text, left, given)
    return subjects


def _acting(text: str, things: Sequence[TermMatch], start: int) -> list[Argument]:
    """Give the things that act in the verb at ``start``, and whether the sentence has less of them."""
    while (
        len(things) > 1
        and _may_compare(text, things[-1].start)
        and _COMPARED_TO.search(text, max(0, things[-1].start - BACK), things[-1].start)
    ):
        things = things[:-1]  # ``A, unlike B, slows C``
    if things and things[-1].term.kind in TREATMENTS and _WHICH.fullmatch(text, things[-1].end, start):
        return to_arguments(things[-1:])  # B by A, which lowers C
    acting = joined_left(text, without_doers(text, things))
    if acting and acting[0] is not things[0] and _AND_THEN.fullmatch(text[acting[-1].end : start]):
        acting = [things[0]]  # in ``A crosses B and binds to C`` it is A that binds
    if acting and "," in (gap := text[acting[-1].end : start]) and _THEREBY.search(gap):
        acting = [t for t in things if t.term.kind in TREATMENTS][:1] or list(things[:1])
    if len(acting) == 1 and acting[0] is not things[0] and is_one_of(text, acting[0], start):
        acting = [t for t in things if t.end <= acting[0].start and t.term.kind in TREATMENTS][-1:]
    elif acting and _stands_apart(text, acting, start):
        return []
    return to_lessened(text, acting)


def _may_compare(text: str, start: int) -> bool:
    """Say whether the word before character ``start`` is one that compares, or stands between such a word and a thing."""
    return text.endswith(_BEFORE_COMPARED, 0, start)


def _stands_apart(text: str, acting: Sequence[TermMatch], start: int) -> bool:
    """Say whether something else must be the subject of the verb at ``start``.

    So it is in ``it has a part in A or comes late, and raises B`` and in ``drugs for A that raise B``.
    """
    gap = text[acting[-1].end : start]
    if gap == " ":
        return False
    if turns_into_another(gap) or holds_another(gap):
        return True
    if leads_to_noun(gap):
        return False
    if "," in gap and _APPOSED_THAT.match(gap):
        return False
    if len(gap) > _FAR and (
        (is_within(text[max(0, acting[0].start - BACK) : acting[0].start]) and not is_taken(text, acting[0].start))
        or (len(gap) > 2 * _FAR and "," in gap)
    ):
        return True
    relative = _THAT.search(gap) if "that" in (lower := gap.lower()) or "who" in lower else None
    return relative is not None and not _BEFORE_THAT.fullmatch(gap[: relative.start()])


def _supposed(text: str, left: Sequence[TermMatch], given: Given) -> list[Argument]:
    """Give the subject of a verb that names none on its left."""
    prefix = text[given.clause.start : given.match.start()]
    if given.carried and is_auxiliary(prefix):
        return list(given.carried)
    verb = given.match[0].split(None, 1)[0].lower()
    if verb.endswith("ed") and not may_be_finite(prefix):
        return []  # in ``patients show reduced A`` nothing is said to reduce it
    if verb.endswith("ing") and not leads_to_noun(prefix):
        return []  # ``reducing A slows B`` says of nobody that he reduces it
    if len(prefix) > _FAR and (turns_into_another(prefix) or holds_another(prefix)):
        return []  # it is turned into something, which lowers A
    inside = {t.term.kind for t in left if t.start >= given.clause.start}
    if inside - CONTEXT_KINDS:
        return []
    for t in reversed(left):
        if t.start >= given.clause.start:
            prefix = text[given.clause.start : t.start] + text[t.end : given.match.start()]
    if "(" in prefix:
        prefix = _BRACKETS.sub(" ", prefix)
    name = refer(prefix, given.before, given.treatment)
    if name is None:
        return []
    return [(name, is_less_of_this(prefix))]
