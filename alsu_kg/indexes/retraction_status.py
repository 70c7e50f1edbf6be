"""Notices and checks from several sources -> the retraction status of one work.

The highest severity wins. A status of *none found* needs every source that was asked to have answered; one that failed
leaves *could-not-check*, because it may hold the notice that the others lack. The packaged list only ever adds.
"""

from collections.abc import Sequence
from typing import Final, Literal

from alsu_kg.indexes.titles import is_notice_title
from alsu_kg.model.retraction import SEVERITY, VERDICT_OF, Notice, RetractionStatus, StatusCheck
from alsu_kg.model.work import Work

# Whose date of a retraction to believe first: the curated ones before the deposit date of a publisher.
_DATE_TRUST: Final = ("retraction-watch", "crossref:retraction-watch", "pubmed", "crossref:publisher")
_POSITIVE_ONLY: Final = ("packaged-list",)

Timing = Literal["before", "after", "unknown"]


def is_notice(work: Work) -> bool:
    """Tell whether a work is itself a notice about other works.

    Its title or PubMed's type of the publication says so, or it updates other works and carries no update itself.

    >>> is_notice(Work(title="Correction: A trial")), is_notice(Work(title="RETRACTED: A trial"))
    (True, False)
    """
    if "Retraction of Publication" in (work.index_type or "") or "Published Erratum" in (work.index_type or ""):
        return True
    if work.title and is_notice_title(work.title):
        return True
    stated = [notice for notice in work.notices if not notice.source.startswith("title:")]
    return any(notice.nature != "other" for notice in work.notice_of) and not stated


def combine_status(work: Work | None, notices: Sequence[Notice], checks: Sequence[StatusCheck]) -> RetractionStatus:
    """Combine every notice of a work and every check that was made.

    >>> crossref = StatusCheck(source="crossref", outcome="found")
    >>> corrected = Notice(nature="correction", raw_type="erratum", source="crossref:publisher")
    >>> retracted = Notice(nature="retraction", raw_type="retraction", source="crossref:retraction-watch", date="2010-02-06")
    >>> status = combine_status(None, [corrected, retracted], [crossref])
    >>> status.verdict, status.date, len(status.notices)
    ('retracted', '2010-02-06', 2)
    >>> combine_status(None, [], [crossref, StatusCheck(source="pubmed", outcome="could-not-check")]).verdict
    'could-not-check'
    """
    ordered = sorted(dict.fromkeys(notices), key=lambda notice: (SEVERITY.index(notice.nature), notice.date or "9999"))
    worst = ordered[0].nature if ordered else "other"
    verdict = VERDICT_OF[worst]
    asked = [check for check in checks if check.source not in _POSITIVE_ONLY]
    unsure = not asked or any(check.outcome == "could-not-check" for check in asked)
    if unsure and worst not in ("retraction", "expression-of-concern"):
        verdict = "could-not-check"
    return RetractionStatus(
        verdict=verdict,
        date=_date([notice for notice in ordered if notice.nature == worst]),
        is_notice=is_notice(work) if work else False,
        notices=tuple(ordered),
        checks=tuple(checks),
    )


def _date(notices: Sequence[Notice]) -> str | None:
    dated = [notice for notice in notices if notice.date and notice.nature != "other"]
    if not dated:
        return None
    rank = {source: position for position, source in enumerate(_DATE_TRUST)}
    best = min(rank.get(notice.source, len(rank)) for notice in dated)
    return min(notice.date or "" for notice in dated if rank.get(notice.source, len(rank)) == best)


def timing(status: RetractionStatus, citing_date: str | None) -> Timing:
    """Tell whether the work was retracted (or otherwise noticed) before or after the date of a review that cites it.

    Dates as exact as they are known are compared only as far as both go; what they leave open is ``unknown``.

    >>> timing(RetractionStatus(verdict="retracted", date="2010-02-06"), "2014"), timing(RetractionStatus(), "2014")
    ('before', 'unknown')
    """
    if not status.date or not citing_date:
        return "unknown"
    length = min(len(status.date), len(citing_date))
    ours, theirs = status.date[:length], citing_date[:length]
    if ours == theirs:
        return "unknown"
    return "before" if ours < theirs else "after"
