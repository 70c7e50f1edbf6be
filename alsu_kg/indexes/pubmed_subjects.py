"""What one ``PubmedArticle`` says of its subject: abstract, MeSH headings, substances, keywords (DTD pubmed_250101)."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from alsu_kg.indexes.replies import Element
from alsu_kg.indexes.titles import clean_title

_INLINE: Final = ("i", "b", "u", "sup", "sub")


class Subjects(NamedTuple):
    """What a work is about; main topics stand behind an asterisk, as MEDLINE prints them."""

    abstract: str | None
    headings: tuple[str, ...]
    chemicals: tuple[str, ...]
    keywords: tuple[str, ...]


def read_subjects(citation: Element) -> Subjects:
    """Read the subjects of one ``MedlineCitation``.

    >>> from xml.etree.ElementTree import fromstring
    >>> heading = "<MeshHeading><DescriptorName>Mice</DescriptorName><QualifierName MajorTopicYN='Y'/></MeshHeading>"
    >>> read_subjects(fromstring(f"<m><MeshHeadingList>{heading}</MeshHeadingList></m>")).headings
    ('*Mice',)
    """
    chemicals = (item.findtext("NameOfSubstance") for item in citation.iterfind("ChemicalList/Chemical"))
    keywords = (clean_title(markup(item)) for item in citation.iterfind("KeywordList/Keyword"))
    return Subjects(
        _abstract(citation),
        tuple(_headings(citation)),
        tuple(name.strip() for name in chemicals if name and name.strip()),
        tuple(keyword for keyword in keywords if keyword),
    )


def _abstract(citation: Element) -> str | None:
    """Give the abstract, each labelled part (``BACKGROUND``) on a line of its own."""
    items = citation.iterfind("Article/Abstract/AbstractText")
    parts = [(item.get("Label"), clean_title(markup(item))) for item in items]
    return "\n".join(f"{label}: {text}" if label else text for label, text in parts if text) or None


def _headings(citation: Element) -> Iterator[str]:
    """Give the descriptors; a main topic is one by itself or by one of its qualifiers."""
    for heading in citation.iterfind("MeshHeadingList/MeshHeading"):
        name = (heading.findtext("DescriptorName") or "").strip()
        if name:
            yield f"*{name}" if any(part.get("MajorTopicYN") == "Y" for part in heading) else name


def markup(node: Element | None) -> str:
    """Write an element's contents back as text with its inline markup, so that one cleaner serves every index."""
    if node is None:
        return ""
    parts = [_escape(node.text)]
    for child in node:
        name = child.tag.rpartition("}")[2]
        inner = markup(child)
        parts.append(f"<{name}>{inner}</{name}>" if name in _INLINE else inner)
        parts.append(_escape(child.tail))
    return "".join(parts)


def _escape(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
