"""Who wrote a printed work: persons, a group, or nobody named, and where in the reference the authors end."""

import re
from typing import Final

from alsu_kg.extraction.references.author_names import Authors, parse_authors
from alsu_kg.extraction.references.citation_words import CitationWords

_GROUP = re.compile(
    r"\b(?:[Gg]roup|[Oo]rgani[sz]ation|[Cc]ommittee|[Aa]ssociation|[Ii]nstitutes?|[Cc]onsortium|[Ss]ociety|[Aa]gency|"
    r"[Cc]ollaborat(?:ion|ive|ors)|[Nn]etwork|[Cc]ouncil|[Ff]oundation|[Dd]epartment|[Mm]inistry|[Cc]ent(?:er|re)s?|"
    r"[Uu]niversity|[Tt]eam|[Ii]nvestigators|[Aa]dministration|[Cc]ommission|[Bb]ureau|[Oo]ffice|[Aa]cademy|"
    r"[Pp]rogram(?:me)?|[Pp]anel|[Tt]ask [Ff]orce|[Ii]nitiative|WHO|CDC|FDA|NIH|UNESCO)\b"
)
_WORDS = re.compile(r"[^\W\d_]{2,}")
_J_OF_JOURNAL = re.compile(r"[A-Z]\.\s(J\.)$")
_ABBREVIATION = re.compile(r"\s([A-Z][a-z]{1,9})\.")
_BRACKETED_YEAR = re.compile(r"[\(\[](?:1[6-9]|20)\d\d[a-z]?[\)\]]")
_PAST_NAMES = re.compile(rf"{_BRACKETED_YEAR.pattern}|\bet\.? al\b\.?")
_QUOTE_NEXT = re.compile(r"[\s,;&]+(?:and\s+|&\s*)?(?:[A-Za-z]\.?\s|[A-Z][\w'’-]{1,30}[\s,.]+){1,8}(?=[“\"])")
_TITLE_NEXT = re.compile(r"[\s.,:;]*[^\W\d_]|[\s.,:;]*[“\"‘'«\[(]")
_ON_BEHALF = re.compile(
    r"[\s,;.]*(?:(?:on|in) behalf of|for|and)\s+(?:the\s+)?(?P<group>[A-Z][^.:;()]{2,100}?(?:Group|Investigators|Consortium|Network"
    r"|Collaborators|Collaboration|Committee|Society|Association|Team)s?)(?=[.:;\s]\s?(?:[A-Z(\[“\"]|$))"
)
_BEHALF_STARTS: Final = "oifa"
_MOST_MARKS: Final = 8
_NAMED = re.compile(r"(?P<name>[A-Z][^.:()\[\]]{2,120}?)(?=\.\s|:\s|\s?\((?:19|20)\d\d|\s?\[)")
_ENDS_NAME = re.compile(r"[.:()\[\]]")
_DATED = re.compile(r"(?P<name>[A-Z][^()\d]{2,80}?)[.,]?\s*\((?:19|20)\d\d[a-z]?\)(?!\.\s+[A-Z][^.]+$)")


def find_authors(body: str, citation_words: CitationWords) -> tuple[tuple[str, ...], int]:
    """Give the authors (persons, else a group) that a reference starts with, and where what follows them starts.

    >>> find_authors("World Example Organization. Guidance. Geneva", CitationWords())
    (('World Example Organization',), 26)
    """
    words = citation_words.container
    found = _without_container(parse_authors(body), citation_words)
    if found.names:
        journal = _J_OF_JOURNAL.search(body[: found.end]) if body.endswith("J.", 0, found.end) else None
        word = _ABBREVIATION.match(body, found.end) if journal else None
        if journal and word and words.get(word[1].lower(), 0.0) >= 1.0:  # C. J. Org. Chem.: the J. is no initial
            return (*found.names[:-1], found.names[-1].removesuffix(" J.")), journal.start(1)
        first = body[found.end : found.end + _MOST_MARKS].lstrip(" ,;.")[:1]  # nothing if there are more marks
        if first in _BEHALF_STARTS and (behalf := _ON_BEHALF.match(body, found.end)):
            return (*found.names, behalf["group"]), behalf.end()
        return found.names, _past_odd_names(body, found.end)
    group = _NAMED.match(body) if _may_name_group(body) else None
    if group is not None and _GROUP.search(group["name"]) and (" " in group["name"].strip() or group["name"].isupper()):
        return (group["name"].strip(" ,"),), group.end()
    dated = _DATED.match(body) if "(" in body else None
    if dated is not None and len(dated["name"].split()) <= 8 and words.get(dated["name"].split()[0].lower(), 0.0) < 2:
        return (dated["name"].strip(" ,."),), dated.end("name")
    return (), 0


def _may_name_group(body: str) -> bool:
    """Say whether the first words may be the name of a group: of one word that a mark ends, only capitals are one.

    >>> _may_name_group("Drugs.com page"), _may_name_group("WHO. Report"), _may_name_group("World Group. Report")
    (False, True, True)
    """
    word = body.partition(" ")[0]
    return not word[1:3].islower() or _ENDS_NAME.search(word, 1) is None


def _without_container(found: Authors, words: CitationWords) -> Authors:
    """Leave out last names that are rather the start of a journal's name: ``J. Virol`` of ``J. Virol. 79``."""
    kept = len(found.names)
    while kept and found.ends[kept - 1] == found.end and _is_container(found.names[kept - 1], words):
        kept -= 1
        found = Authors(found.names[:kept], found.ends[kept - 1] if kept else 0, found.form, found.ends[:kept])
    return found


def _is_container(name: str, words: CitationWords) -> bool:
    if (family := name.partition(" ")[0]).isalpha() and len(family) > 1 and not _is_word_of_container(family, words):
        return False  # as most are: the first of the words below
    parts = _WORDS.findall(name)
    return bool(parts) and all(_is_word_of_container(word, words) for word in parts)


def _is_word_of_container(word: str, words: CitationWords) -> bool:
    row = words.odds.get(word.lower())
    return row is not None and row.container > 2.0 and row.surname < -1.0


def _past_odd_names(body: str, end: int) -> int:
    """Step over names that no form fits (misprints), where a year in brackets, ``et al`` or a quoted title shows them."""
    if ("“" in body or '"' in body) and (quote := _QUOTE_NEXT.match(body, end)):
        return quote.end()
    has_year = ("(" in body or "[" in body) and _BRACKETED_YEAR.search(body, end, end + 800)
    if not has_year and (body.find(" al", end) < 0 or (body.find("et al", end) < 0 and body.find("et. al", end) < 0)):
        return end
    ahead = _PAST_NAMES.search(body, end, end + 800)
    if ahead is None or re.search(
        r"(?<![A-Za-z'’-])(?!(?:and|van|von|der|den|del|della|dos|und)\b)[a-z]{3,}|[\d“\"]", body[end : ahead.start()]
    ):
        return end
    if ahead[0].startswith("et"):
        return ahead.end()
    return ahead.start() if _TITLE_NEXT.match(body, ahead.end()) else end  # numbers follow the year of a volume
