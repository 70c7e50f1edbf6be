"""What a relation word relates: subject and objects among the terms that stand around it."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from alsu_kg.extraction.claim_references import Before, refer
from alsu_kg.extraction.clauses import Clause
from alsu_kg.extraction.terms import TermMatch
from alsu_kg.extraction.vocabulary import PredicateWords

_LESS = re.compile(
    r"\b(?:reducing|inhibiting|blocking|suppressing|lowering|decreasing|reduction (?:of|in)|inhibition of"
    r"|loss of|lack of|deleting|knocking (?:out|down)|less)\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_OBJECT_PRONOUN = re.compile(r"\s+(?:it|them|this)\s*(?:[.,;(\[]|$)", re.IGNORECASE)
_BESIDE = re.compile(r"\b(?:like|unlike|than|besides|of|in|with|from)\s+(?:the\s+)?$", re.IGNORECASE)
_JOINT = re.compile(
    r"(?:\s\w+)?(?:\s*\([^()]{0,40}\))?\s*(?:,|,?\s*(?P<word>and|or|nor|in combination with|combined with|together with|along with"
    r"|as well as|plus))\s+(?:the\s+|of\s+)*(?:(?:increased|reduced|abnormal"
    r"|impaired)\s+)?",
    re.IGNORECASE,
)
# What may stand between two objects of one verb.
_LISTED = re.compile(
    r"(?:\s*\([^()]*\))?\s*(?:,\s*|(?=(?:and|or|nor|as|but|such|including|like|namely|along|plus)\b))"
    r"(?:(?:and/or|and in|and also|and|or|nor|in|as well as|but also|such as|including|like|namely|along with|plus|e\.g\.,?|for example,?"
    r"|especially|particularly)(?![A-Za-z])\s*)?(?:the\s+|a\s+|an\s+|other\s+|in\s+|of\s+)*(?:\w+\s+)?",
    re.IGNORECASE,
)
_MODIFIER = re.compile(
    r"[- ‐‑–](?:mediated|induced|driven|related|dependent|associated|like|derived|containing|rich|specific|based)\b"
    r"(?! (?:by|with|to|from|in)\b)"
)
_ANTI: Final = ("anti-", "anti–", "non-", "anti ")
_STOPPED = re.compile(
    r"\b(?:with|by|when|because|who|which|that|while|during|after|if|where|but|although|than|without|via|through)\b", re.IGNORECASE
)
_STOPPED_EARLY = re.compile(r"\b(?:in|among|for|from|between|to)\b", re.IGNORECASE)
_MOST_BETWEEN: Final = 70
_WHOLE = re.compile(r"\s*(?:$|[.,;:()\[]|(?:and|or|in|from|against|by|but|which|that|to|of|with|during|via|through|while)\b)")
_CONTEXT_KINDS: Final = frozenset({"cell", "anatomy", "species", "model"})
_PLACED: Final = frozenset({"located_in", "is_increased_in", "tested_in"})
_PLACES: Final = frozenset({"cell", "anatomy", "model", "disease"})
_WITHIN = re.compile(
    r"\b(?:in|within|of|from|on|among|for|with)\s+(?:the\s+|a\s+|an\s+|both\s+|human\s+|patients\s+with\s+"
    r"|people\s+with\s+)*$",
    re.IGNORECASE,
)
_ENDS_WITHIN: Final = ("in", "of", "from", "on", "among", "for", "the", "a", "an", "both", "human", "with")
_DIRECT: Final = frozenset(
    {"affects", "causes", "regulates", "contributes_to", "ameliorates_condition", "exacerbates_condition", "involved_in"}
)
_TREATMENTS: Final = frozenset({"treatment", "chemical"})
_PROPERTY: Final = "property:"
_MEANS: Final = "means:"
_FARED: Final = "fared:"
_GIVEN = re.compile(r"\b(?:given|with|on|receiving|received|taking|took|fed|after)\s+(?:the\s+)?$", re.IGNORECASE)
_EFFECT_OF = re.compile(r".{0,40}\b(?:properties|effects?|activity|activities|actions?) of (?:the )?", re.IGNORECASE)
_AUXILIARIES = re.compile(
    r"\W*(?:(?:and|or|it|they|did|do|does|not|never|also|may|might|can|could|would|to|was|were|is|are|be|been|had|has|have|then|in turn|help|helps"
    r"|helped|even|both|still|\w+ly)\s+)*",
    re.IGNORECASE,
)
_THROUGH = re.compile(r"\b(?:through|via|by|by means of|due to|owing to)\s+(?:(?:the|an?|its|\w+)\s+)?$", re.IGNORECASE)
_FRONTED = re.compile(r"[^,;]{0,40},\s+(?:the\s+)?", re.IGNORECASE)
_IN_BETWEEN = re.compile(r"\s+(?:\w+\s+)?(?:and|or|with)\s+(?:the\s+)?(?:\w+\s+)?", re.IGNORECASE)
_IN = re.compile(r"(?:\s+\w+)?\s+in\s+(?:the\s+)?(?:\w+\s+of\s+)?", re.IGNORECASE)
_VIA = re.compile(
    r",?\s*(?:(?:particularly|especially|mainly|mostly|partly|perhaps|possibly)\s+)?(?:via|through)\s+(?:the\s+)?", re.IGNORECASE
)
_IT = re.compile(
    r"\b(?:it|they)\s+(?:(?:did|do|does|not|never|also|may|might|can|could|would|will|to|has|have|been|shown|helps?|\w+ly)\s+){0,5}$", re.IGNORECASE
)
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|be|been)\b", re.IGNORECASE)
_NEXT = re.compile(r"(?:\s*\([^()]*\))?(?:,\s*an?\s+(?:[\w-]+\s+){1,3}|,?\s*)(?:(?:and|is|are|was|were|be|been|being|can|may|might|could|would|not|also|which|that|has|have|to|\w+ly)\s+)*(?:\w+\s+)?", re.IGNORECASE)
_ALS = re.compile(r"\bALS\b|\bPALS\b|\bpeople\b|\bpatients\b|\bhumans\b")
_AND_THEN = re.compile(r"\s+(?:and|or)\s+(?:(?:also|may|might|can|could|will|would|to|then|\w+ly)\s+){0,3}", re.IGNORECASE)
_FINITE = re.compile(
    r"(?:^|\b(?:it|they|this|these|treatment|drug|therapy|supplement|supplementation|administration|dose|doses|extract|diet|has|have|had|and|or|not|also"
    r"|then|is|are|was|were|been|be|uses)\b)\W*(?:\w+ly\s+)*$",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"\b(?:by|through|via|for|of|in|at|to|as|is|are|was|were|thereby|thus|without|involving|involves?|including|includes?|while|when|mechanisms?)\s+"
    r"(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^()]*\)")
_BARE = re.compile(r"[\s-]*(?:\([^()]{0,20}\)\s*)?(?:receptor\s+|channel\s+|pathway\s+)?")
_IS_A = re.compile(r"(?:\b(?:is|are|was|were|as)|,)\s+(?:\w+\s+)?(?:an?|the)?\s*(?:[\w-]+\s+){0,3}$", re.IGNORECASE)
_Sides = tuple[Sequence[TermMatch], Sequence[TermMatch]]
Argument = tuple[str, bool]
"""The label of a subject or object, and whether the sentence speaks of less of it, or of its failure."""
_Arguments = tuple[list[Argument], list[Argument]]
_NOTHING: Final[_Arguments] = ([], [])


class Given(NamedTuple):
    """What a relation word is read with: the treatment, the terms before its clause, its reach, itself, who acted before it."""

    treatment: str | None
    before: Before
    clause: Clause
    match: re.Match[str]
    carried: Sequence[Argument] = ()


def find_arguments(text: str, words: PredicateWords, sides: _Sides, given: Given) -> _Arguments:
    """Find subjects and objects of a relation among the terms on its ``sides``.

    >>> from alsu_kg.extraction.terms import Term
    >>> words = PredicateWords(re.compile("slows"), "affects", "decreases", "active")
    >>> left, right = TermMatch(0, 1, Term("a", "process")), TermMatch(8, 9, Term("b", "process"))
    >>> text = "a slows b"; match = words.pattern.search(text)
    >>> find_arguments(text, words, ([left], [right]), Given(None, Before(), Clause(0, 9), match))
    ([('a', False)], [('b', False)])
    """
    left, right = sides
    treatment, before, clause, match, carried = given
    if words.voice in ("trial", "benefit", "support", "untested", "outcome", "reverse"):
        return _special(text, words, (left, right), given)
    things_left = [t for t in left if _is_subject(t, text, words)]
    things_right = [t for t in right if _is_object(t, text, words, match.end())]
    if words.voice in ("under", "given", "same") or words.voice.startswith((_PROPERTY, _FARED)):
        return _of_treatment(text, words, (things_left, things_right), given)
    if words.voice == "passive":
        if not _AUXILIARY.search(text, max(0, match.start() - 20), match.end()) and things_left and not _NEXT.fullmatch(text[things_left[-1].end : match.start()]):
            return _NOTHING
        doers = [t for t in right if _is_subject(t, text, words)]
        return _arguments(_coordinated(text, doers)), _arguments(_joined_left(text, things_left))
    if words.voice == "nominal":
        return _nominal(text, things_right, right, given)
    if words.voice in ("implicates", "between"):
        return _in_between(text, right, _IN if words.voice == "implicates" else _IN_BETWEEN)
    if words.voice == "no-agent":
        return _without_agent(things_left, carried)
    if words.voice == "of":
        inside = [t for t in left if t.term.kind in _TREATMENTS][-1:]
        return _arguments(inside), _arguments(_coordinated(text, things_right))
    if words.voice == "agent":
        return _agent(text, things_left, given)
    subjects = _acting(text, things_left, match.start())
    pronoun = _IT.search(text[clause.start : match.start()])
    if pronoun is not None and (not things_left or things_left[-1].start < clause.start + pronoun.start()):
        subjects = list(carried) or _named(refer(pronoun[0], before, treatment))
    elif not subjects and words.predicate not in ("located_in", "is_increased_in"):
        subjects = _supposed(text, left, given)
    if words.voice.startswith(_MEANS):
        return subjects, [(words.voice.removeprefix(_MEANS), False)]
    objects = _coordinated(text, _near(text, things_right, match.end()) if words.predicate in _DIRECT else things_right)
    if words.predicate == "involved_in" and objects:
        subjects += _mediators(text, things_right, objects[-1].end)
    if not right and _OBJECT_PRONOUN.match(text, match.end()):
        objects = [t for t in before.terms if t.term.kind in ("process", "outcome", "effect")][:1]
    return subjects, _arguments(objects)


def _arguments(things: Sequence[TermMatch]) -> list[Argument]:
    return [(t.term.label, t.term.failing) for t in things]


def _acting(text: str, things: Sequence[TermMatch], start: int) -> list[Argument]:
    """Give the things that act in the verb at ``start``, with a sign: has the sentence less of them?"""
    acting = _joined_left(text, _without_doers(text, things))
    if acting and acting[0] is not things[0] and _AND_THEN.fullmatch(text[acting[-1].end : start]):
        acting = [things[0]]  # in ``A crosses B and binds to C`` it is A that binds
    return [
        (t.term.label, t.term.failing != bool(_LESS.search(text[max(0, t.start - 40) : t.start]))) for t in acting
    ]


def _supposed(text: str, left: Sequence[TermMatch], given: Given) -> list[Argument]:
    """Give the subject of a verb that names none on its left."""
    prefix = text[given.clause.start : given.match.start()]
    if given.carried and _AUXILIARIES.fullmatch(prefix):
        return list(given.carried)
    if given.match[0].split(None, 1)[0].lower().endswith("ed") and not _FINITE.search(prefix):
        return []  # in ``patients show reduced A`` nothing is said to reduce it
    if given.match[0].split(None, 1)[0].lower().endswith("ing") and not _LEADS.search(prefix):
        return []  # ``reducing A slows B`` says of nobody that he reduces it
    if any(t.term.kind not in _CONTEXT_KINDS and t.start >= given.clause.start for t in left):
        return []
    for t in reversed(left):
        if t.start >= given.clause.start:
            prefix = text[given.clause.start : t.start] + text[t.end : given.match.start()]
    return _named(refer(_BRACKETS.sub(" ", prefix), given.before, given.treatment))


def _named(name: str | None) -> list[Argument]:
    return [(name, False)] if name is not None else []


def _agent(text: str, things: Sequence[TermMatch], given: Given) -> _Arguments:
    """Read ``A is an inhibitor of B`` where it is written ``A is a B inhibitor``."""
    start = given.match.start()
    if not things or not _BARE.fullmatch(text[things[-1].end : start]):
        return _NOTHING
    is_a = _IS_A.search(text[given.clause.start : things[-1].start])
    if is_a is None:
        return _NOTHING
    acting = _arguments([t for t in things[:-1] if t.end <= given.clause.start + is_a.start() + 1][-1:])
    if not acting:
        acting = _named(refer(text[given.clause.start : given.clause.start + is_a.start()], given.before, given.treatment))
    return acting, _arguments(things[-1:])


def _near(text: str, things: Sequence[TermMatch], end: int) -> Sequence[TermMatch]:
    """Give ``things`` if the first of them is the object of the verb that ends at ``end``, not of something in between."""
    while things and _MODIFIER.match(text, things[0].end):
        things = things[1:]
    if not things:
        return ()
    between = text[end : things[0].start]
    stopped = len(between) > _MOST_BETWEEN or _STOPPED.search(between) is not None
    if things[0].term.kind in ("disease", "cell"):
        stopped = stopped or _STOPPED_EARLY.search(between) is not None
    return () if stopped else things


def _mediators(text: str, things: Sequence[TermMatch], end: int) -> list[Argument]:
    """Give what something is said to work through: ``stress is involved in ALS, particularly via NF-kB``."""
    after = next((t for t in things if t.start >= end), None)
    return [(after.term.label, False)] if after is not None and _VIA.fullmatch(text[end : after.start]) else []


def _of_treatment(text: str, words: PredicateWords, sides: _Sides, given: Given) -> _Arguments:
    """Read what is said of a treatment that the sentence names: it fell under A, those given A had less, A has effects against it.

    Without a treatment in the sentence nothing is claimed: it may speak of patients, of men and women, of any group.
    """
    left, right = sides
    treatment, match = given.treatment, given.match
    before = [t for t in left if t.term.kind in _TREATMENTS]
    after = [t for t in right if t.term.kind in _TREATMENTS]
    done_left = _joined_left(text, [t for t in left if t.term.kind not in _TREATMENTS])
    if words.voice == "under":
        near = bool(after) and not text[match.end() : after[0].start].strip(" ,")
        return (_arguments(after[:1]), _arguments(done_left)) if near else _NOTHING
    if words.voice == "same":
        who = [*_arguments(before), *_arguments(after), *([(treatment, False)] if treatment else [])]
        return who[:1], _arguments(done_left)
    if words.voice.startswith(_FARED):
        return _arguments(before[-1:]), [(words.voice.removeprefix(_FARED), False)]
    if words.voice == "given":
        taken = [t for t in after if _GIVEN.search(text[: t.start])]
        objects = _coordinated(text, _near(text, [t for t in right if t.term.kind not in _TREATMENTS], match.end()))
        return _arguments(before[-1:] or taken[:1]), _arguments(objects)
    owner = [t for t in after if _EFFECT_OF.fullmatch(text[match.end() : t.start])]
    found = _arguments(owner[:1] or before[-1:])
    if not found and not left:
        name = refer(text[given.clause.start : match.start()], given.before, treatment)
        found = [(name, False)] if name is not None and name == treatment else []
    return found, [(words.voice.removeprefix(_PROPERTY), False)]


def _joined_left(text: str, things: Sequence[TermMatch]) -> list[TermMatch]:
    """Take the last thing and those joined to it by commas, ``and``, ``or``, ``nor`` before it."""
    kept = list(things[-1:])
    for thing in reversed(things[:-1]):
        joint = _JOINT.fullmatch(text[thing.end : kept[0].start])
        if joint is None or (len(kept) == 1 and joint["word"] is None) or _BESIDE.search(text[: thing.start]):
            break
        kept.insert(0, thing)
    return kept


def _without_doers(text: str, things: Sequence[TermMatch]) -> list[TermMatch]:
    """Leave out who does what a noun names: of ``inhibition of A by B reduces C`` it is A that C depends on."""
    kept = list(things)
    while len(kept) > 1 and re.search(r"\bby\s+(?:the\s+)?$", text[kept[-2].end : kept[-1].start]):
        kept.pop()
    return kept


def _nominal(text: str, things: Sequence[TermMatch], right: Sequence[TermMatch], given: Given) -> _Arguments:
    """Read ``inhibition of A by B``: B does it to A. ``C acts through inhibition of A`` says that C does it; else nobody does."""
    doers = [t for t in right if t.term.kind not in _CONTEXT_KINDS]
    if len(doers) > 1 and re.fullmatch(r"\s+(?:\w+\s+)?by\s+(?:the\s+)?", text[doers[0].end : doers[1].start]):
        return _arguments(doers[1:2]), _arguments(doers[:1])
    if not things or not _THROUGH.search(text[: given.match.start()]):
        return _NOTHING
    if given.carried:
        return list(given.carried), _arguments(_coordinated(text, things))
    acting = [t for t in things[1:] if t.term.kind in _TREATMENTS and _FRONTED.fullmatch(text[things[0].end : t.start])]
    return (_arguments(acting[:1]), _arguments(things[:1])) if acting else _NOTHING


def _in_between(text: str, things: Sequence[TermMatch], joint: re.Pattern[str]) -> _Arguments:
    """Read ``a role of A and B in C`` and ``a link between A and C``, where ``joint`` stands before C."""
    things = [t for t in things if t.term.kind not in ("species", "model")]
    for i, (one, other) in enumerate(zip(things, things[1:], strict=False), 1):
        if joint.fullmatch(text[one.end : other.start]) and (joint is _IN_BETWEEN or len(_coordinated(text, things[:i])) == i):
            return _arguments(things[:i]), _arguments(things[i : i + 1])
    return _NOTHING


def _without_agent(things: Sequence[TermMatch], carried: Sequence[Argument]) -> _Arguments:
    doers = [t for t in things[:-1] if t.term.kind in _TREATMENTS]
    done = [t for t in things[-1:] if t.term.kind not in _TREATMENTS]
    acting = _arguments(doers[-1:]) or (list(carried[:1]) if len(things) == 1 else [])
    return (acting, _arguments(done)) if acting and done else _NOTHING


def _is_within(before: str) -> bool:
    """Say whether what follows ``before`` is where something is, as after ``in the``."""
    return before.rstrip()[-6:].lower().endswith(_ENDS_WITHIN) and _WITHIN.search(before) is not None


def _is_subject(match: TermMatch, text: str, words: PredicateWords) -> bool:
    kind = match.term.kind
    if words.predicate in _PLACED:
        return kind != "species"
    if kind in ("species", "test", "model", "anatomy") or text[: match.start].lower().endswith(_ANTI):
        return False
    return not (kind in ("cell", "disease") and _is_within(text[: match.start]))


def _is_object(match: TermMatch, text: str, words: PredicateWords, end: int) -> bool:
    kind = match.term.kind
    if words.predicate in _PLACED:
        return kind in _PLACES
    if kind in ("species", "test", "model", "anatomy") or text[: match.start].lower().endswith(_ANTI):
        return False
    if kind != "cell":
        return True
    return words.predicate == "affects" and not _is_within(text[end : match.start]) and bool(_WHOLE.match(text, match.end))


def _coordinated(text: str, things: Sequence[TermMatch]) -> list[TermMatch]:
    """Take the first thing and those joined to it by commas, ``and``, ``such as``."""
    kept: list[TermMatch] = []
    for thing in things:
        if kept and text[kept[-1].end : thing.start] == " (":
            continue
        if not kept and len(things) > 1 and _MODIFIER.match(text, thing.end):
            continue
        if kept and not _LISTED.fullmatch(text[kept[-1].end : thing.start]):
            break
        kept.append(thing)
    return kept


def _special(text: str, words: PredicateWords, sides: _Sides, given: Given) -> _Arguments:
    """Phrases whose parts the sentence leaves to the reader: trials of the treatment, no effect on progression."""
    left, right = sides
    treatment, before, clause, match, _ = given
    chemicals = [t.term.label for t in (*right, *left) if t.term.kind in _TREATMENTS]
    if words.voice == "benefit" and not chemicals:
        chemicals = [t.term.label for t in before.terms if t.term.kind == "chemical"][-1:]
    own = chemicals[0] if chemicals else treatment
    if own is None:
        return _NOTHING
    subject = [(own, False)]
    diseases = [t.term.label for t in (*right, *left) if t.term.kind == "disease"]
    if words.voice == "trial":
        if not chemicals and not _ALS.search(text):
            return _NOTHING
        return subject, [("amyotrophic lateral sclerosis", False)]
    if words.voice == "benefit":
        if not chemicals and not refer(_bare(text, left, Clause(clause.start, match.start())), before, treatment):
            return _NOTHING
        if right and right[0].term.kind == "outcome":
            return _NOTHING
        als = not diseases or any("lateral sclerosis" in d and d.startswith("amyo") for d in diseases)
        return subject, [("amyotrophic lateral sclerosis" if als else diseases[0], False)]
    if words.voice in ("support", "untested"):
        modelled = any(t.term.kind == "model" for t in (*left, *right))
        if words.voice == "untested" and not modelled and not _ALS.search(text, match.end()):
            return _NOTHING
        return subject, [("preclinical ALS models" if modelled else "amyotrophic lateral sclerosis", False)]
    own = treatment or own
    if words.voice == "reverse":
        return [(own, False)], [(t.term.label, False) for t in right if t.term.kind == "disease"][:1]
    outcomes = _coordinated(text, [t for t in right if t.term.kind in ("outcome", "process")])
    return [(own, False)], _arguments(outcomes)


def _bare(text: str, terms: Sequence[TermMatch], part: Clause) -> str:
    """Give the words of ``part`` of a text that belong to none of ``terms``."""
    kept, at = "", part.start
    for term in terms:
        if term.start >= at and term.end <= part.end:
            kept, at = kept + text[at : term.start] + " ", term.end
    return kept + text[at : part.end]
