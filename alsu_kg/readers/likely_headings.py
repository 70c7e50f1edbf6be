"""Headings of reviews that name a part in no usual way: what one of their words tells."""

import re
from functools import lru_cache
from typing import Final

from alsu_kg.model.review import SectionRole
from alsu_kg.readers.headings import is_back_matter, role_of
from alsu_kg.readers.reference_lines import ENDS_REFERENCES

# What a heading of a review is about where it says so in no usual way: the first of these words that it holds decides.
_LIKELY_WORDS: Final[tuple[tuple[SectionRole, str], ...]] = (
    ("disclosures", r"conflicts?|disclos\w+|(?:competing|financial) interests?"),
    (
        "conclusion",
        r"conclu\w+|summary|summing up|recommend(?:s|ations?)?|advice|advise|verdict|opinions?|bottom line|take[- ]?away"
        r"|final thoughts",
    ),
    (
        "risks",
        r"risks?|safe|safety|side[- ]effects?|adverse|harm\w*|toxic\w*|costs?|prices?|expens\w+|dos(?:e|es|age|ing)|tolerab\w+"
        r"|dangers?|downsides?",
    ),
    (
        "preclinical",
        r"animals?|mouse|mice|rodents?|rats?|flies|zebrafish|cells?|in vitro|in vivo|pre[- ]?clinical|laborator\w+|als models?",
    ),
    ("trials", r"trials?|clinical stud(?:y|ies)|randomi[sz]ed|controlled stud(?:y|ies)"),
    (
        "cases",
        r"cases?|anecdot\w+|testimon\w+|experiences?|stories|patientslikeme"
        r"|(?:people|patients|pals|persons|humans?)(?= with als| who|$)",
    ),
    (
        "mechanism",
        r"mechanis\w+|plausib\w+|rationale|theor(?:y|ies|etical)|biolog\w+|pharmacolog\w+|mode of action|scientific basis",
    ),
    ("background", r"background|introduc\w+|overview|history"),
)
_LIKELY: Final = tuple((role, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for role, words in _LIKELY_WORDS)
_GRADED = re.compile(r"\s[ABCDFU](?:\s|$)")  # a row of a table of grades
_OF_GRADES = re.compile(r"\bgrades\b|\bevidence table\b|\btable of evidence\b", re.IGNORECASE)
_LONGEST_LIKELY: Final = 10  # words


@lru_cache(maxsize=1024)
def likely_role_of(heading: str) -> SectionRole:
    """Say which part of a review ``heading`` announces, also where only one of its words tells. Other articles have other parts.

    >>> likely_role_of("Relevant data from people with ALS"), likely_role_of("What do rats tell us?"), likely_role_of("Light")
    ('cases', 'preclinical', 'other')
    >>> likely_role_of("Summary of grades")
    'other'
    """
    role = role_of(heading)
    if ENDS_REFERENCES.fullmatch(heading) or is_back_matter(heading):
        return role
    if role != "other" or len(heading.split()) > _LONGEST_LIKELY:
        return role
    if _GRADED.search(heading) or _OF_GRADES.search(heading):
        return role
    return next((role for role, pattern in _LIKELY if pattern.search(heading)), "other")
