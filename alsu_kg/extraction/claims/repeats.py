"""Clauses that repeat the claim before them of another thing, or deny it: ``as does A``, ``whereas B was not``."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from alsu_kg.extraction.claims.clauses import Clause
from alsu_kg.extraction.claims.things import TREATMENTS
from alsu_kg.extraction.sentences import Sentence
from alsu_kg.extraction.terms import TermMatch
from alsu_kg.model.review import Claim, Context, Status

TURNED_TO: Final = frozenset({"process", "outcome"})  # what one verb can be said of after the other
_REPEATED = re.compile(
    r"\b(?:do|does|did) (?:(?:the same|so|this|too|likewise)\b(?:\s+in\s+(?P<who>\w+))?|not\s*[.,;]?\s*$)"
    r"|^\s*(?P<inverted>do|does|did)\b(?! not\b)"
    r"|\b(?P<be>is|are|was|were) not(?:\s*\([^()]*\))?\s*[.,;]?\s*$",
    re.IGNORECASE,
)
# What may stand before a thing in a clause that goes on ``did not``: ``but those of IL-6 did not``.
_ONLY_NAMED = re.compile(
    r"\W*(?:(?:but|and|while|whereas|although|though|however|yet|the|those|that|of|in|levels?|amounts?|concentrations?|expression)"
    r"\W+)*",
    re.IGNORECASE,
)
_ITSELF: Final = (" it ", " It ", " they ", " this ", " which ", " that ")
_BETTER = re.compile(r"\b(?:improv|amelior|normali|worsen|better|worse|exacerbat|aggravat|revers)", re.IGNORECASE)


def find_repeat(clause: str) -> re.Match[str] | None:
    """Find the words with which a clause says the same as the one before it, or denies it.

    >>> find_repeat("which A does not")[0], find_repeat("IL-6 was not.")[0], find_repeat("A was not lowered")
    ('does not', 'was not.', None)
    """
    lower = clause.lower()
    may_be = (
        "do " in lower
        or "does " in lower
        or "did " in lower
        or " not (" in lower
        or lower.rstrip(" .,;").endswith(" not")
    )
    return _REPEATED.search(clause) if may_be else None


def repeated(
    last: Sequence[Claim], where: tuple[Sentence, Clause, Status], same: re.Match[str], terms: Sequence[TermMatch]
) -> list[Claim]:
    """Give the claims of a clause that repeats or denies those of the ``last`` one with the words ``same``.

    ``where`` is its sentence, the clause itself and its status; ``terms`` are those of the sentence.

    >>> from alsu_kg.extraction.sections import Passage
    >>> from alsu_kg.extraction.terms import Term
    >>> from alsu_kg.model.document import Text
    >>> text = "c slows b, as does a"
    >>> sentence = Sentence(text, Passage(Text(""), "Mechanism", "mechanism", "paragraph"), 0, (), (), 0)
    >>> one = Claim(subject="c", predicate="affects", object="b", status="asserted", polarity="decreases")
    >>> terms = [TermMatch(19, 20, Term("a", "chemical"))]
    >>> [c.subject for c in repeated([one], (sentence, Clause(14, 20), "asserted"), find_repeat(text[14:]), terms)]
    ['a']
    """
    sentence, clause, _ = where
    text, at = sentence.text, clause.start + same.start()
    span = (clause.start + same.end(), clause.end) if same["inverted"] else (clause.start, at)
    inside = [t for t in terms if span[0] <= t.start and t.end <= span[1]]
    claims = [c for c in last if c.subject == last[-1].subject]
    again = [_again(claim, where, same["who"]) for claim in claims]
    does = [t.term.label for t in inside if t.term.kind in TREATMENTS]
    if does:
        return [msgspec.structs.replace(claim, subject=name) for name in does for claim in again]
    if same["inverted"] or (same["be"] and not inside):
        return []
    if not inside or text.endswith(_ITSELF, 0, span[1]):
        return again[-1:]
    thing = inside[0].term
    if thing.kind not in TURNED_TO or not _ONLY_NAMED.fullmatch(text, span[0], inside[0].start):
        return []
    if _acts(again[-1], [t for t in terms if t.end <= clause.start], by_place=same["be"] is not None):
        return [msgspec.structs.replace(claim, subject=thing.label) for claim in again]
    unsure = again[-1].predicate == "affects" and _BETTER.search(last[-1].quote or "") and thing.kind == "process"
    polarity = "unknown" if unsure else again[-1].polarity
    return [msgspec.structs.replace(again[-1], object=thing.label, polarity=polarity)]


def _acts(claim: Claim, terms: Sequence[TermMatch], *, by_place: bool) -> bool:
    """Say whether the subject of a claim is a thing named before, not a treatment; ``by_place``: and before the object."""
    subject = [t.start for t in terms if t.term.label == claim.subject and t.term.kind not in TREATMENTS]
    if not by_place or not subject:
        return bool(subject)
    return all(t.start > subject[0] for t in terms if t.term.label == claim.object)


def _again(claim: Claim, where: tuple[Sentence, Clause, Status], who: str | None) -> Claim:
    sentence, clause, status = where
    human = who is not None and who.casefold() in ("pals", "patients", "people", "humans")
    context = Context(species="human", disease="amyotrophic lateral sclerosis") if human else Context()
    return Claim(
        subject=claim.subject,
        predicate=claim.predicate,
        object=claim.object,
        status=status,
        polarity=claim.polarity,
        context=context,
        place=sentence.place(clause.start, clause.end),
        quote=sentence.text[clause.start : clause.end],
    )
