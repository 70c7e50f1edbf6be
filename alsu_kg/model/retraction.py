"""Corrections and retractions of a work: what each source says, and what follows from all of them.

Severity, highest first: retraction (with withdrawal, removal), expression of concern, correction, other update. The
highest one wins, whatever the order in which a source lists them; every statement is kept.
"""

from typing import Final, Literal

import msgspec

from alsu_kg.model.exchange import Outcome

Nature = Literal["retraction", "expression-of-concern", "correction", "other"]
"""What a notice does to the work; ``raw_type`` keeps the source's own word (``withdrawal``, ``erratum`` …)."""

RetractionVerdict = Literal["retracted", "expression-of-concern", "corrected", "none-found", "could-not-check"]
"""``none-found``: every source that was asked answered and none has a notice. It is a dated fact, not a guarantee."""

SEVERITY: Final[tuple[Nature, ...]] = ("retraction", "expression-of-concern", "correction", "other")
VERDICT_OF: Final[dict[Nature, RetractionVerdict]] = {
    "retraction": "retracted",
    "expression-of-concern": "expression-of-concern",
    "correction": "corrected",
    "other": "none-found",
}

# Words of Crossref (`update-to` types), PubMed (`RefType`) and Retraction Watch (`RetractionNature`), lower case, no separators.
_NATURE_OF: Final[dict[str, Nature]] = {
    "retraction": "retraction",
    "withdrawal": "retraction",
    "removal": "retraction",
    "partialretraction": "retraction",
    "retractionin": "retraction",
    "partialretractionin": "retraction",
    "retractedarticle": "retraction",
    "retracted": "retraction",
    "retractedpublication": "retraction",
    "expressionofconcern": "expression-of-concern",
    "expressionofconcernin": "expression-of-concern",
    "concern": "expression-of-concern",
    "correction": "correction",
    "corrigendum": "correction",
    "erratum": "correction",
    "erratumin": "correction",
    "retractandreplace": "retraction",
    "retractedandrepublishedin": "retraction",
    "correctedandrepublishedin": "correction",
}


class Notice(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """One statement that a work was corrected or retracted: by which notice, on which date, according to which source.

    ``source`` is ``crossref:publisher``, ``crossref:retraction-watch``, ``pubmed``, ``retraction-watch``, ``packaged-list``,
    ``title:crossref`` … ``date`` is the source's own date of the notice (Crossref's ``updated`` is sometimes the article's).
    """

    nature: Nature
    raw_type: str
    source: str
    doi: str | None = None
    pmid: str | None = None
    date: str | None = None
    record_id: str | None = None
    note: str | None = None


class StatusCheck(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """That ``source`` was asked for notices; ``found`` means that it listed some, ``as_of`` dates a data set's contents."""

    source: str
    outcome: Outcome
    at: str = ""
    as_of: str | None = None
    reason: str = ""


class RetractionStatus(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """What is known of the retraction of one work, with every statement and every check behind it.

    ``is_notice``: the work is itself a notice about other works, so its own title or type must not be read as "retracted".

    >>> RetractionStatus().verdict
    'could-not-check'
    """

    verdict: RetractionVerdict = "could-not-check"
    date: str | None = None
    is_notice: bool = False
    notices: tuple[Notice, ...] = ()
    checks: tuple[StatusCheck, ...] = ()


def nature_of(word: str) -> Nature:
    """Give the nature that an index's own ``word`` for a notice stands for.

    >>> nature_of("expression_of_concern"), nature_of("Erratum"), nature_of("RetractionIn"), nature_of("new_version")
    ('expression-of-concern', 'correction', 'retraction', 'other')
    """
    return _NATURE_OF.get("".join(letter for letter in word.lower() if letter.isalpha()), "other")
