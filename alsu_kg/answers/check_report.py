"""An author's check as text and as JSON."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Final

import msgspec

from alsu_kg.analysis.author_check import AuthorCheck, EarlierReview, Kind

_SHOWN: Final = 10
_HEADINGS: Final[dict[Kind, str]] = {
    "contradiction": "Contradictions inside the draft",
    "pointer-without-reference": "Pointers without reference",
    "reference-without-pointer": "References that nothing points at",
    "unlinked": "References linked to no work",
    "wrong": "References that seem wrong",
    "duplicate": "References that stand twice",
    "retracted": "Retracted or doubted works",
    "about-something-else": "Claims whose cited work is about something else",
    "weak-path": "Weakest steps of mechanism paths",
}


def write_json(check: AuthorCheck) -> str:
    """Write a check as one JSON object.

    Keys: ``record``, ``looked_at``, ``findings`` (``kind``, ``place``, ``what``, ``said_by``), ``could_not_check`` (``place``,
    ``why``), ``earlier``.
    """
    whole = {
        "record": check.record,
        "looked_at": list(check.looked_at),
        "findings": [finding._asdict() for finding in check.findings],
        "could_not_check": [gap._asdict() for gap in check.gaps],
        "earlier": [review._asdict() for review in check.earlier],
    }
    return msgspec.json.format(msgspec.json.encode(whole)).decode() + "\n"


def write_text(check: AuthorCheck, embolden: Callable[[str], str] = str) -> str:
    """Write a check for a person: findings by kind, then earlier reviews, then what could not be checked."""
    order = list(_HEADINGS)
    lines = [f"{check.record}: {_count(len(check.findings), 'finding')}; looked at {', '.join(check.looked_at)}."]
    found = sorted(check.findings, key=lambda finding: order.index(finding.kind))
    for kind, group in groupby(found, key=lambda finding: finding.kind):
        lines += ["", embolden(_HEADINGS[kind])]
        lines += [f"  {one.place}: {one.what}{_said(one.said_by)}" for one in group]
    if check.earlier:
        lines += ["", embolden("Earlier reviews")]
        lines += [f"  {_describe(review)}" for review in check.earlier]
    if check.gaps:
        lines += ["", embolden(f"Could not be checked ({len(check.gaps)})")]
        lines += [f"  {gap.place}: {gap.why}" for gap in check.gaps[:_SHOWN]]
        if len(check.gaps) > _SHOWN:
            lines.append(f"  … and {len(check.gaps) - _SHOWN} more; '--format json' lists all of them")
    return "\n".join(lines) + "\n"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _said(sources: Sequence[str]) -> str:
    return f" [{', '.join(sources)}]" if sources else ""


def _describe(review: EarlierReview) -> str:
    date = f", {review.published}" if review.published else ""
    parts = [f"{review.record} ({review.title or 'without title'}{date})"]
    if review.same_treatment:
        parts.append(f"same treatment: {'; '.join(review.grades) or 'no grades recorded'}")
    if review.shared_works:
        parts.append(f"cites too: {', '.join(review.shared_works)}")
    return "; ".join(parts)
