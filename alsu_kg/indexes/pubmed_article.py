"""One ``PubmedArticle`` of efetch XML -> ``Work`` (DTD pubmed_250101).

PubMed is the best medical source: Greek and markup are whole, corrections and retractions are typed. Identifiers are read
from the article's own list only, never from the lists of its references.
"""

import re
from typing import Final

from alsu_kg.indexes.pubmed_subjects import markup, read_subjects
from alsu_kg.indexes.replies import Element
from alsu_kg.indexes.titles import clean_title, without_final_stop
from alsu_kg.model.dates import edtf, month_number
from alsu_kg.model.identifier import (
    Identifier,
    find_doi,
    normalise_doi,
    normalise_issn,
    normalise_nct,
    normalise_orcid,
    normalise_pmcid,
    normalise_pmid,
)
from alsu_kg.model.retraction import Notice, nature_of
from alsu_kg.model.work import Name, Relation, RelationType, Work

_ON_ARTICLE: Final = (
    "RetractionIn",
    "PartialRetractionIn",
    "ExpressionOfConcernIn",
    "ErratumIn",
    "CorrectedandRepublishedIn",
    "RetractedandRepublishedIn",
)
_ABOUT_OTHERS: Final = ("RetractionOf", "PartialRetractionOf", "ExpressionOfConcernFor", "ErratumFor")
_NOTICE_NATURE: Final = {
    "RetractionOf": "retraction",
    "PartialRetractionOf": "retraction",
    "ExpressionOfConcernFor": "expression of concern",
    "ErratumFor": "erratum",
}
_RELATIONS: Final[dict[str, RelationType]] = {
    "UpdateOf": "updates",
    "UpdateIn": "is-updated-by",
    "CommentOn": "is-comment-on",
    "CommentIn": "has-comment",
}
# MEDLINE's codes (ISO 639-2/B) whose first two letters are not the ISO 639-1 code that CSL wants.
_LANGUAGE: Final = {
    "ger": "de", "spa": "es", "por": "pt", "chi": "zh", "jpn": "ja", "dut": "nl", "pol": "pl", "cze": "cs", "swe": "sv",
    "tur": "tr", "gre": "el", "ukr": "uk", "per": "fa", "rum": "ro", "srp": "sr", "slo": "sk", "slv": "sl",
}  # fmt: skip
_SAME_TWO_LETTERS: Final = (
    "eng",
    "fre",
    "ita",
    "rus",
    "kor",
    "hun",
    "dan",
    "nor",
    "fin",
    "heb",
    "hrv",
    "ara",
    "bul",
    "nor",
)
_PREPRINT_SERVER: Final = re.compile(
    r"(?:medrxiv|biorxiv|arxiv|res(?:earch)? sq(?:uare)?|chemrxiv|psyarxiv|ssrn|preprints|authorea|techrxiv|openrxiv)\b",
    re.I,
)


def pubmed_work(article: Element) -> Work:
    """Give the work that one ``PubmedArticle`` element describes.

    >>> from xml.etree.ElementTree import fromstring
    >>> xml = "<PubmedArticle><MedlineCitation><PMID>7</PMID><Article><ArticleTitle>SnO<sub>2</sub>.</ArticleTitle></Article>"
    >>> pubmed_work(fromstring(xml + "</MedlineCitation></PubmedArticle>")).title
    'SnO₂'
    """
    citation = article.find("MedlineCitation")
    paper = citation.find("Article") if citation is not None else None
    if citation is None or paper is None:
        return _book_work(article)
    raw_title, title, original = _titles(paper)
    ids = _article_ids(article, paper)
    types = tuple((item.text or "").strip() for item in paper.iterfind("PublicationTypeList/PublicationType"))
    notices, notice_of = _notices(citation, types)
    journal, subjects = paper.find("Journal"), read_subjects(citation)
    return Work(
        pmid=normalise_pmid(citation.findtext("PMID") or ""),
        doi=normalise_doi(ids.get("doi", "")),
        pmcid=normalise_pmcid(ids.get("pmc", "")),
        issn=_issns(paper),
        type=_csl_type(types),
        index_type="; ".join(types) or None,
        title=title,
        title_raw=raw_title,
        original_title=original,
        authors=_names(paper, "authors"),
        editors=_names(paper, "editors"),
        container=clean_title(_text(journal, "Title")),
        short_container=_text(journal, "ISOAbbreviation"),
        volume=_text(journal, "JournalIssue/Volume"),
        issue=_text(journal, "JournalIssue/Issue"),
        page=_page(paper),
        article_number=_article_number(paper),
        issued=_issued(paper),
        published_print=_pub_date(paper),
        published_online=_date(paper.find("ArticleDate[@DateType='Electronic']")),
        language=_language(paper),
        relations=_relations(citation, types),
        trials=_trials(paper),
        notices=notices,
        notice_of=notice_of,
        abstract=subjects.abstract,
        headings=subjects.headings,
        chemicals=subjects.chemicals,
        keywords=subjects.keywords,
    )


def _text(node: Element | None, path: str) -> str | None:
    return (node.findtext(path) or "").strip() or None if node is not None else None


def _language(paper: Element) -> str | None:
    """Give the ISO 639-1 code that CSL wants for MEDLINE's three letters (ISO 639-2/B), where there is one here."""
    code = _text(paper, "Language")
    if code in _SAME_TWO_LETTERS:
        return code[:2]
    return _LANGUAGE.get(code, code) if code and code != "und" else None


def _titles(paper: Element) -> tuple[str | None, str | None, str | None]:
    """Give the raw title, the clean title and the title in the language of the work.

    A title in square brackets is NLM's translation; ``VernacularTitle`` is the title as published.
    """
    raw = markup(paper.find("ArticleTitle")).strip() or None
    vernacular = clean_title(markup(paper.find("VernacularTitle")))
    title = clean_title(raw)
    if title:
        translated = re.fullmatch(r"\[(.+)\]\.?", title)
        title = without_final_stop(translated.group(1) if translated else title)
    return raw, title, without_final_stop(vernacular) if vernacular else None


def _article_ids(article: Element, paper: Element) -> dict[str, str]:
    ids = {item.get("EIdType", ""): (item.text or "").strip() for item in paper.iterfind("ELocationID[@ValidYN='Y']")}
    own = {
        item.get("IdType", ""): (item.text or "").strip()
        for item in article.iterfind("PubmedData/ArticleIdList/ArticleId")
    }
    return {**ids, **own}


def _issns(paper: Element) -> tuple[str, ...]:
    return tuple(issn for item in paper.iterfind("Journal/ISSN") if (issn := normalise_issn(item.text or "")))


def _csl_type(types: tuple[str, ...]) -> str:
    return "article" if "Preprint" in types else "article-journal"


def _names(paper: Element, role: str) -> tuple[Name, ...]:
    lists = [item for item in paper.iterfind("AuthorList") if (item.get("Type") or "authors") == role]
    return tuple(_name(author) for authors in lists for author in authors.iterfind("Author"))


def _name(author: Element) -> Name:
    group = clean_title(markup(author.find("CollectiveName")))
    if group:
        return Name(literal=group)
    orcids = (normalise_orcid(item.text or "") for item in author.iterfind("Identifier[@Source='ORCID']"))
    return Name(
        family=_text(author, "LastName"),
        given=_text(author, "ForeName") or _text(author, "Initials"),
        suffix=_text(author, "Suffix"),
        orcid=next((orcid for orcid in orcids if orcid), None),
    )


def _page(paper: Element) -> str | None:
    first, last = _text(paper, "Pagination/StartPage"), _text(paper, "Pagination/EndPage")
    if first:
        return f"{first}-{last}" if last and last != first else first
    return (_text(paper, "Pagination/MedlinePgn") or "").partition(";")[0].partition(",")[0].strip() or None


def _article_number(paper: Element) -> str | None:
    page = _page(paper)
    return page if page and "-" not in page and re.match(r"[a-zA-Z]", page) else None


def _pub_date(paper: Element) -> str | None:
    return _date(paper.find("Journal/JournalIssue/PubDate"))


def _issued(paper: Element) -> str | None:
    """Give the earlier of the issue's date and the electronic date, as Crossref's ``issued`` does."""
    issue, online = _pub_date(paper), _date(paper.find("ArticleDate[@DateType='Electronic']"))
    if issue and online:
        return min(online, issue if len(issue) > 4 else f"{issue}-99")[:10].removesuffix("-99")
    return issue or online


def _date(node: Element | None) -> str | None:
    if node is None:
        return None
    medline = _text(node, "MedlineDate")
    if medline:
        match = re.match(r"([12][0-9]{3})(?:\s+([A-Za-z]{3}))?", medline)
        return edtf((int(match.group(1)), month_number(match.group(2)))) if match else None
    year, day = _text(node, "Year") or "", _text(node, "Day") or ""
    month = month_number(_text(node, "Month") or _text(node, "Season"))
    return edtf((int(year), month, int(day) if day.isdecimal() else 0)) if year.isdecimal() else None


def _corrections(citation: Element) -> list[tuple[str, str | None, str | None, str | None]]:
    """List the article's ``CommentsCorrections``: type, PMID, DOI and year as far as its source text shows them."""
    found = []
    for item in citation.iterfind("CommentsCorrectionsList/CommentsCorrections"):
        source = item.findtext("RefSource") or ""
        year = re.search(r"\b(?:19|20)[0-9]{2}\b", source)
        found.append(
            (
                item.get("RefType", ""),
                normalise_pmid(item.findtext("PMID") or ""),
                find_doi(source),
                year.group() if year else None,
            )
        )
    return found


def _notices(citation: Element, types: tuple[str, ...]) -> tuple[tuple[Notice, ...], tuple[Notice, ...]]:
    """Give the notices of this article, and the works that it, itself a notice, is about."""
    own, others = [], []
    for kind, pmid, doi, year in _corrections(citation):
        if kind in _ON_ARTICLE:
            own.append(Notice(nature=nature_of(kind), raw_type=kind, source="pubmed", pmid=pmid, doi=doi, date=year))
        elif kind in _ABOUT_OTHERS:
            nature = nature_of(_NOTICE_NATURE[kind])
            others.append(Notice(nature=nature, raw_type=kind, source="pubmed", pmid=pmid, doi=doi, date=year))
    if "Retracted Publication" in types and not any(notice.nature == "retraction" for notice in own):
        own.append(Notice(nature="retraction", raw_type="Retracted Publication", source="pubmed"))
    return tuple(own), tuple(others)


def _relations(citation: Element, types: tuple[str, ...]) -> tuple[Relation, ...]:
    relations = []
    for item in citation.iterfind("CommentsCorrectionsList/CommentsCorrections"):
        source, kind = item.findtext("RefSource") or "", _RELATIONS.get(item.get("RefType", ""))
        doi, pmid = find_doi(source), normalise_pmid(item.findtext("PMID") or "")
        target = Identifier("doi", doi) if doi else Identifier("pmid", pmid) if pmid else None
        if kind == "updates" and _PREPRINT_SERVER.match(source):
            kind = "has-preprint"
        elif kind == "is-updated-by" and "Preprint" in types:
            kind = "is-preprint-of"
        if kind and target:
            relations.append(Relation(type=kind, target=target, source="pubmed"))
    return tuple(relations)


def _trials(paper: Element) -> tuple[str, ...]:
    banks = paper.iterfind("DataBankList/DataBank/AccessionNumberList/AccessionNumber")
    return tuple(dict.fromkeys(number for item in banks if (number := normalise_nct(item.text or ""))))


def _book_work(article: Element) -> Work:
    document = article.find("BookDocument")
    title = clean_title(markup(document.find("ArticleTitle") if document is not None else None))
    book = clean_title(markup(document.find("Book/BookTitle") if document is not None else None))
    return Work(
        pmid=normalise_pmid(_text(document, "PMID") or ""),
        type="chapter" if title else "book",
        title=without_final_stop(title) if title else book,
        container=book if title else None,
        issued=_date(document.find("Book/PubDate") if document is not None else None),
        publisher=_text(document, "Book/Publisher/PublisherName"),
    )
