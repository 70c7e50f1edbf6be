"""What a summary page links to: registered trials, articles, and the review itself."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from alsu_kg.extraction.summaries.works import PMID, cited_works
from alsu_kg.model.document import Block, Text
from alsu_kg.model.identifier import find_doi
from alsu_kg.model.review import Place, RelatedWork

_TRIAL_ID = re.compile(r"\bNCT(?:\s?(?:#|No\.?|:))?[\s-]?(\d{8})\b", re.IGNORECASE)
_DOI_WORD = re.compile(r"\S*\b10\.\d{4,9}/\S+")
# A link to the published review: "Click here to download the complete review", "Download", "Read the full review".
OWN_REVIEW = re.compile(
    r"\W*(?:(?:click|tap) here\b.{0,40}\b(?:review|article|paper)|(?:download|read|view)\b(?: (?:the|our|it|here|complete|full"
    r"|whole|entire|published|original|review|article|paper|pdf))*|you can (?:read|download|find) it here)\W*",
    re.IGNORECASE,
)


def place_of(text: Text) -> Place | None:
    """Give the place of a whole text in the raw file.

    >>> place_of(Text("made by us")) is None
    True
    """
    if not text.segments:
        return None
    start, end = text.raw_span(0, len(text.text))
    return Place(start=start, end=end)


def own_doi(lines: Sequence[tuple[Block, Text]]) -> str | None:
    """Give the DOI of the review itself: of the link that offers to download or read it, or of the address below these words.

    >>> lines = [(Block("paragraph", Text(line)), Text(line)) for line in ("You can read it here", "https://doi.org/10.1000/x1")]
    >>> own_doi(lines)
    '10.1000/x1'
    """
    for i, (_, text) in enumerate(lines):
        for mark in text.marks:
            if mark.kind == "link" and OWN_REVIEW.fullmatch(text.text[mark.start : mark.end]):
                return find_doi(mark.target)
        if OWN_REVIEW.fullmatch(text.text) and text.marks and (doi := find_doi(text.marks[0].target)):
            return doi
        if OWN_REVIEW.fullmatch(text.text) and i + 1 < len(lines):
            following = lines[i + 1][1].text
            if following.startswith("http") and " " not in following:
                return find_doi(following)
    return None


def read_links(lines: Sequence[tuple[Block, Text]], own: str | None) -> Iterator[RelatedWork]:
    """Give trial numbers and articles that the page names, cites or links, but ``own``, the review itself.

    >>> line = Text("One case (doi: 10.1000/X2.) and NCT01234567.")
    >>> [(work.role, work.doi or work.registry_id) for work in read_links([(Block("paragraph", line), line)], None)]
    [('trials', 'NCT01234567'), ('update', '10.1000/x2')]
    """
    seen: set[object] = {own}
    for block, text in lines:
        if block.region == "menu":
            continue
        for number in _TRIAL_ID.findall(
            text.text + " ".join(["", *(m.target for m in text.marks if m.kind == "link")])
        ):
            registry = f"NCT{number}"
            if registry not in seen:
                seen.add(registry)
                yield RelatedWork(role="trials", registry_id=registry, stated_in="page", place=place_of(text))
        for work in cited_works(text):
            named = (work.container, work.year, work.volume, work.first_page)
            if named not in seen and (work.doi or work.pmid or named) not in seen:
                seen |= {named, work.doi, work.pmid}
                yield msgspec.structs.replace(work, place=place_of(text))
        for title, doi, pmid in _articles(text):
            if (doi or pmid) not in seen:
                seen.add(doi or pmid)
                yield RelatedWork(
                    role="update", title=title, doi=doi, pmid=pmid, stated_in="page", place=place_of(text)
                )


def _articles(text: Text) -> Iterator[tuple[str | None, str | None, str | None]]:
    """Give title, DOI and PubMed number of each link, and the DOIs that are printed."""
    for mark in text.marks:
        if mark.kind != "link":
            continue
        words = text.text[mark.start : mark.end]
        doi = find_doi(mark.target) if "10." in mark.target else None
        pmid = PMID.search(mark.target)
        if doi or pmid:
            yield (words or None) if "://" not in words else None, doi, pmid[1] if pmid and not doi else None
    for printed in PMID.finditer(text.text) if "PMID" in text.text else ():
        yield None, None, printed[1]
    if "10." in text.text:
        for match in _DOI_WORD.finditer(text.text):
            if doi := find_doi(match[0].rstrip(".,;:")):
                yield None, doi, None
