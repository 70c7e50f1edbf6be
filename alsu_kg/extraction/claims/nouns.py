"""Nouns that state a relation (``inhibition of A by B``, ``A is a B inhibitor``, ``a link between A and B``): who does what."""

import itertools
import re
from collections.abc import Sequence

from alsu_kg.extraction.claims.anaphora import refer
from alsu_kg.extraction.claims.reach import coordinated
from alsu_kg.extraction.claims.things import (
    BACK,
    CONTEXT_KINDS,
    NOTHING,
    TREATMENTS,
    Argument,
    Arguments,
    Given,
    Sides,
    to_arguments,
)
from alsu_kg.extraction.claims.turns import holds_another
from alsu_kg.extraction.terms import TermMatch

_THROUGH = re.compile(
    r"\b(?:through|via|by|by means of|(?:due|owing|attributed|ascribed|attributable) to)\s+(?:(?:the|an?|its|\w+)\s+)?$",
    re.IGNORECASE,
)
_FRONTED = re.compile(r"[^,;]{0,40},\s+(?:the\s+)?", re.IGNORECASE)
_BARE = re.compile(r"[\s-]*(?:\([^()]{0,20}\)\s*)?(?:receptor\s+|channel\s+|pathway\s+)?")
_IN_BETWEEN = re.compile(r"\s+(?:\w+\s+)?(?:and|or|with)\s+(?:the\s+)?(?:\w+\s+)?", re.IGNORECASE)
_IN = re.compile(r"(?:\s+\w+)?\s+in\s+(?:the\s+)?(?:\w+\s+of\s+)?", re.IGNORECASE)
_WHOSE = re.compile(
    r"(?:['’]s?|[-‐‑–](?:induced|mediated|related|associated|driven|evoked|dependent)"
    r"|(?P<its>\b(?:its|their)))\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
_MECHANISMS = re.compile(
    r"\b(?:mechanisms?|rationales?|actions?|effects?|properties)\b(?: of action)?[^.;]{0,20}?\b(?:namely|such as"
    r"|(?:includ|involv|compris|consist|rang)\w+(?: of| from)?)\s[^.;]*$",
    re.IGNORECASE,
)
_ASCRIBED = re.compile(
    r"\s+(?:(?:has|have|had|was|were|is|are)\s+(?:been\s+)?(?:\w+ly\s+)?)?(?:seen|observed"
    r"|reported|found|shown|noted|described|achieved"
    r"|demonstrated|attributed|ascribed|credited|produced|caused|induced)\s+(?:with|by|after|to"
    r"|for|following|under)\s+(?:treatment with\s+)?",
    re.IGNORECASE,
)
_UNDERLIES = re.compile(
    r"\s+(?:(?:may|might|could|probably|likely|partly|can|\w+ly)\s+)*(?:underl(?:ies|ie|ay)"
    r"|explains?|accounts? for|mediates?|is responsible for)\s+"
    r"(?:(?:the|most|much|some|part|many|of)\s+)*(?:[\w-]+\s+){0,2}(?:effects?|actions?"
    r"|benefits?|efficacy|activity)\s+(?:of|with)\s+",
    re.IGNORECASE,
)
_EFFECT_OF = re.compile(
    r"\b(?:benefits?|effects?|actions?|activity|efficacy|neuroprotection)\s+(?:of|by|with|from)\s+$", re.IGNORECASE
)
_BY_IT = re.compile(r"\s+by\s+(?:the\s+)?")
_SUCH_AS = re.compile(r"\s+(?:(?:such as|like|including)\s+)?|,\s+(?:such as|e\.g\.,?|including)\s+")
_IS_A = re.compile(r"(?:\b(?:is|are|was|were|as)|,)\s+(?:\w+\s+)?(?:an?|the)?\s*(?:[\w-]+\s+){0,3}$", re.IGNORECASE)


def nominal(text: str, things: Sequence[TermMatch], sides: Sides, given: Given) -> Arguments:
    """Read ``inhibition of A by B``: B does it to A. ``C acts through inhibition of A`` says that C does it; else nobody does.

    >>> from alsu_kg.extraction.claims.anaphora import Before
    >>> from alsu_kg.extraction.claims.clauses import Clause
    >>> from alsu_kg.extraction.terms import Term
    >>> text = "inhibition of a by b"
    >>> things = [TermMatch(14, 15, Term("a", "process")), TermMatch(19, 20, Term("b", "chemical"))]
    >>> given = Given(None, Before(), Clause(0, 20), re.compile("inhibition of ").search(text))
    >>> nominal(text, things, ([], things), given)
    ([('b', False)], [('a', False)])
    """
    left, right = sides
    doers = [t for t in right if t.term.kind not in CONTEXT_KINDS]
    if len(doers) > 1 and re.fullmatch(r"\s+(?:\w+\s+)?by\s+(?:the\s+)?", text[doers[0].end : doers[1].start]):
        return to_arguments(doers[1:2]), to_arguments(doers[:1])
    if not things:
        return NOTHING
    done = coordinated(text, things)
    owner = _owner(text, left, right, given) or _named_behind(text, done[-1].end if done else 0, right)
    if owner is not None:
        return named(owner), to_arguments(done)
    if not _THROUGH.search(text[max(0, given.match.start() - BACK) : given.match.start()]):
        return NOTHING
    effect_of = [
        t for t in left if t.term.kind in TREATMENTS and _EFFECT_OF.search(text, max(0, t.start - BACK), t.start)
    ]
    if given.carried or effect_of:
        return list(given.carried) or to_arguments(effect_of[-1:]), to_arguments(done)
    acting = [t for t in things[1:] if t.term.kind in TREATMENTS and _FRONTED.fullmatch(text[things[0].end : t.start])]
    return (to_arguments(acting[:1]), to_arguments(things[:1])) if acting else NOTHING


def _owner(text: str, left: Sequence[TermMatch], right: Sequence[TermMatch], given: Given) -> str | None:
    """Give whose ``inhibition of A`` it is: ``B's``, ``its``, or that of the treatment whose mechanisms are told."""
    before = text[max(0, given.match.start() - BACK) : given.match.start()]
    own = _WHOSE.search(before)
    if own is None:
        told = _MECHANISMS.search(text, max(0, given.clause.start - BACK), given.match.start())
        others = told and any(
            t.start > told.start() and t.term.kind in TREATMENTS and t.term.label != given.treatment for t in left
        )
        return given.treatment if told and not others else None
    if own["its"] is None:
        at = given.match.start() - len(own[0])
        return next((t.term.label for t in left if at <= t.end <= at + 2 and t.term.kind in TREATMENTS), None)
    first = next((t.term.label for t in right if t.term.kind == "treatment"), None) if not left else None
    return first or refer("its ", given.before, given.treatment)


def _named_behind(text: str, end: int, right: Sequence[TermMatch]) -> str | None:
    """Give to what the things that end at ``end`` are ascribed: ``inhibition of A has been seen with B``."""
    found = _ASCRIBED.match(text, end) or _UNDERLIES.match(text, end)
    return next((t.term.label for t in right if found and t.start == found.end() and t.term.kind in TREATMENTS), None)


def noun(text: str, things: Sequence[TermMatch], right: Sequence[TermMatch], given: Given) -> Arguments:
    """Read ``A inhibition by B``.

    >>> from alsu_kg.extraction.claims.anaphora import Before
    >>> from alsu_kg.extraction.claims.clauses import Clause
    >>> from alsu_kg.extraction.terms import Term
    >>> text = "a inhibition by b"
    >>> one, two = TermMatch(0, 1, Term("a", "process")), TermMatch(16, 17, Term("b", "chemical"))
    >>> noun(text, [one], [two], Given(None, Before(), Clause(0, 17), re.compile("inhibition").search(text)))
    ([('b', False)], [('a', False)])
    """
    done = [t for t in things[-1:] if not text[t.end : given.match.start()].strip(" -")]
    doers = [t for t in right[:1] if t.term.kind in TREATMENTS and _BY_IT.fullmatch(text[given.match.end() : t.start])]
    return to_arguments(doers), to_arguments(done)


def in_between(text: str, things: Sequence[TermMatch], *, of_role: bool) -> Arguments:
    """Read ``a role of A and B in C`` and ``a link between A and C``, ``of_role`` or not.

    >>> from alsu_kg.extraction.terms import Term
    >>> things = [TermMatch(13, 14, Term("a", "process")), TermMatch(19, 20, Term("b", "process"))]
    >>> in_between("link between a and b", things, of_role=False)
    ([('a', False)], [('b', False)])
    """
    joint = _IN if of_role else _IN_BETWEEN
    things = [t for t in things if t.term.kind not in ("species", "model", "cell")]
    for i, (one, other) in enumerate(itertools.pairwise(things), 1):
        if joint.fullmatch(text[one.end : other.start]) and (not of_role or len(coordinated(text, things[:i])) == i):
            return to_arguments(things[:i]), to_arguments(things[i : i + 1])
    return NOTHING


def agent(text: str, things: Sequence[TermMatch], right: Sequence[TermMatch], given: Given) -> Arguments:
    """Read ``A is an inhibitor of B`` where it is written ``A is a B inhibitor`` or ``the B inhibitor A``.

    >>> from alsu_kg.extraction.claims.anaphora import Before
    >>> from alsu_kg.extraction.claims.clauses import Clause
    >>> from alsu_kg.extraction.terms import Term
    >>> text = "the a inhibitor b"
    >>> one, two = TermMatch(4, 5, Term("a", "process")), TermMatch(16, 17, Term("b", "chemical"))
    >>> agent(text, [one], [two], Given(None, Before(), Clause(0, 17), re.compile("inhibitor").search(text)))
    ([('b', False)], [('a', False)])
    """
    start = given.match.start()
    if not things or not _BARE.fullmatch(text[things[-1].end : start]):
        return NOTHING
    named_so = [
        t
        for t in right[:1]
        if t.term.kind in TREATMENTS
        and (
            (before := text[given.match.end() : t.start]) == ", " == text[t.end : t.end + 2]
            or _SUCH_AS.fullmatch(before)
        )
    ]
    if named_so:
        return to_arguments([t for t in coordinated(text, right) if t.term.kind in TREATMENTS]), to_arguments(
            things[-1:]
        )
    is_a = _IS_A.search(text[given.clause.start : things[-1].start])
    if is_a is None:
        return NOTHING
    doers = [t for t in things[:-1] if t.end <= given.clause.start + is_a.start() + 1][-1:]
    if doers and holds_another(text[doers[0].end : things[-1].start]):
        return NOTHING
    acting = to_arguments(doers)
    if not acting:
        acting = named(
            refer(text[given.clause.start : given.clause.start + is_a.start()], given.before, given.treatment)
        )
    return acting, to_arguments(things[-1:])


def named(name: str | None) -> list[Argument]:
    """Make an argument of a name, if there is one.

    >>> named("Foo"), named(None)
    ([('Foo', False)], [])
    """
    return [(name, False)] if name is not None else []
