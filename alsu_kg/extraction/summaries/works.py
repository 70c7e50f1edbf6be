"""Articles that the prose of a summary page cites by journal, year and pages: ``(Muscle Nerve 2021;64:504-8)``."""

import re
from collections.abc import Iterator
from typing import Final

from alsu_kg.extraction.references.tail import full_page
from alsu_kg.model.document import Text
from alsu_kg.model.identifier import find_doi
from alsu_kg.model.review import RelatedWork

PMID: Final = re.compile(r"(?:pubmed(?:\.ncbi\.nlm\.nih\.gov)?/|\bPMID\s*:?\s*)(\d{5,9})\b")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_WORD = r"(?:[A-Z][\w’'-]*\.?,?|&|of|and|in|the|for|on|de|der|et)"
_PAGE = r"[A-Za-z]{0,4}\d{1,7}"
_CITED = re.compile(
    r"(?:[(\[;]\s*|\b(?:in|see)\s+|^)(?:see\s+|in\s+|and\s+)?(?:the\s+)?"
    rf"(?P<container>[A-Z][\w’'-]*\.?(?:\s{_WORD}){{0,11}}?(?:\s\([A-Z][\w .]{{1,20}}\))?)[.,:]?\s+(?P<year>(?:19|20)\d\d)"
    rf"(?P<month>\s+{_MONTH}(?:\s+\d{{1,2}})?)?\s*"
    rf"(?:[;,]\s*(?P<volume>\d{{1,4}})\s*(?:\([^()]{{1,15}}\)\s*)?:\s*(?P<first>{_PAGE})"
    rf"|(?(month):\s*|(?!))(?P<first2>{_PAGE})|;\s*(?P<first3>\d{{1,6}})(?=[-‐‑–—]\d)"
    rf"|[;,]\s*(?:{_MONTH}(?:\s+\d{{1,2}})?\s*[:;,]?\s*)?(?i:e-?pub|in press|online first|(?:online )?ahead of print)\b)"
    rf"(?:\s*[-‐‑–—]\s*(?P<last>{_PAGE})(?!\w))?"
)
_ENDS_IN_MONTH = re.compile(rf"\b{_MONTH}$")
_MAY_CITE = re.compile(r"(?:19|20)\d\d\)?[^()]{0,12}[;:,]\s?\w")


def cited_works(text: Text) -> Iterator[RelatedWork]:
    """Give the articles that a line cites in brackets, with the DOI or PubMed number beside them or linked from there.

    >>> found = cited_works(Text("A trial was negative (Muscle Nerve 2021;64:504-8; JAMA Neurol 2022;May 9:epub)."))
    >>> [(work.container, work.year, work.volume, work.first_page, work.last_page) for work in found]
    [('Muscle Nerve', 2021, '64', '504', '508'), ('JAMA Neurol', 2022, None, None, None)]
    """
    if _MAY_CITE.search(text.text) is None:
        return
    matches = [match for match in _CITED.finditer(text.text) if not _ENDS_IN_MONTH.search(match["container"])]
    for i, match in enumerate(matches):
        end = matches[i + 1].start() if i + 1 < len(matches) else len(text.text)
        beside = re.split(r"[)\]](?:\s|$|[.,;])|\.\s+(?=[A-Z][a-z]+\s[a-z])", text.text[match.end() : end], maxsplit=1)[
            0
        ]
        links = [
            mark.target
            for mark in text.marks
            if mark.kind == "link" and mark.start < match.end() + len(beside) and mark.end > match.start()
        ]
        doi = next(
            (doi for words in (*links, beside) if "10." in words and (doi := find_doi(words.rstrip(".,;:")))), None
        )
        pmid = next((found[1] for words in (*links, beside) if (found := PMID.search(words))), None)
        first = match["first"] or match["first2"] or match["first3"]
        yield RelatedWork(
            role="update", container=match["container"].rstrip(".,"), year=int(match["year"]), volume=match["volume"],
            first_page=first, last_page=full_page(first, match["last"]) if match["last"] else None, doi=doi,
            pmid=pmid, stated_in="page",
        )  # fmt: skip
