"""How titles name a numbered review, and which titles are those of pages that a website makes of others."""

import re
from typing import Final

from alsu_kg.extraction.dates import whole_date

# "ALSUntangled 58: Azathioprine", "ALSUntangled No. 26", "ALSUntangled #70", "ALSUntangled Update 3: investigating …"
NUMBERED: Final = re.compile(
    r"ALS\s?Untangled\s*(?:(?:No|Number|Nr)\.?\s*|#\s*|Update\s+(?:No\.?\s*)?(?=\d{1,3}\s*[:.–—-]))?"
    r"(?P<number>\d{1,3})\b(?P<gap>\s*[:.–—-]*\s*)",
    re.IGNORECASE,
)
# What titles say around the name of a treatment: "Investigating the …", "… as a treatment for ALS".
_AROUND = re.compile(
    r"^(?:An? )?(?:investigating|investigation of|reviewing|review of)\s+(?:the\s+)?|[\s,–—-]+(?:as an? (?:potential |possible )?"
    r"(?:treatment|therapy|cure) )?(?:for|in)\s+(?:ALS|MND|ALS/MND|amyotrophic lateral sclerosis)\s*$",
    re.IGNORECASE,
)
_IN_QUOTES = re.compile(r"[\"“‘'](?P<name>[^\"“”‘’]+)[\"”’']")
# Pages that a website makes of others: of a category, of what a search found.
_LISTING = re.compile(
    r"(?:Category|Categories|Tag|Author|Month|Year|Day|Archives?|Date)\s*(?::|for\b|of\b).*|.*\bArchives?|Search results?\b.*"
    r"|(?:All|Completed|Latest|Recent|Our) (?:reviews|treatments|posts)|(?:Page )?not found.*|404.*|Nothing found.*",
    re.IGNORECASE,
)
# Pages of a website that are about itself.
_OF_SITE = re.compile(
    r"\W*(?:(?:our )?mission(?: (?:and|&) methods?)?|methods?|how to use(?: .*)?|about(?: us)?|contact(?: us)?|home|news"
    r"|faqs?|search|archives?|key information|(?:completed|future|all|latest|recent|our|open|suggested) (?:reviews|posts"
    r"|articles|news)"
    r"|privacy(?: policy)?|terms(?: of use)?|podcasts?|videos?|blog|ALS\s?Untangled|table of evidence)\W*",
    re.IGNORECASE,
)


def treatment_in(name: str) -> str:
    """Give the name of a treatment as a title has it, without what the title says around it.

    >>> treatment_in("Investigating the Somewhere Clinic"), treatment_in("Aspirin as a treatment for ALS"), treatment_in("“Tea”")
    ('Somewhere Clinic', 'Aspirin', 'Tea')
    """
    bare = _AROUND.sub("", _AROUND.sub("", name))
    quoted = _IN_QUOTES.fullmatch(bare)
    return (quoted["name"] if quoted else bare) or name


def is_listing(title: str) -> bool:
    """Say whether a title is that of a page that lists others: those of a category, of a month, of what a search found.

    >>> is_listing("Category: Reviews"), is_listing("Search Results for: cases"), is_listing("Cannabis")
    (True, True, False)
    """
    return _LISTING.fullmatch(title.strip()) is not None


def names_no_treatment(title: str) -> bool:
    """Say whether a title is that of a listing, of a page that is about the website itself, or a date.

    >>> names_no_treatment("Page not found"), names_no_treatment("How to Use"), names_no_treatment("May 2019")
    (True, True, True)
    """
    return is_listing(title) or _OF_SITE.fullmatch(title) is not None or whole_date(title) is not None
