"""A bibliographic work: metadata that say where each field came from (``dcterms:BibliographicResource``, FaBiO subclasses).

A preprint and its version of record are two works tied by a ``Relation``; a work has many identifiers.
"""

from typing import Literal

import msgspec

from alsu_kg.model.identifier import Identifier
from alsu_kg.model.retraction import Notice

RelationType = Literal[
    "is-preprint-of",
    "has-preprint",
    "is-version-of",
    "has-version",
    "is-part-of",
    "has-part",
    "is-review-of",
    "has-review",
    "is-supplement-to",
    "is-supplemented-by",
    "is-comment-on",
    "has-comment",
    "is-identical-to",
    "updates",
    "is-updated-by",
]


class _Part(msgspec.Struct, frozen=True, kw_only=True, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """Base of every part of a work."""


class Name(_Part, frozen=True, kw_only=True, gc=False):
    """A person (``family``, ``given``) or a group (``literal``), as in CSL-JSON.

    >>> Name(family="Brown", given="Robert H", suffix="Jr").text, Name(literal="TACTIC Investigators").text
    ('Robert H Brown Jr', 'TACTIC Investigators')
    """

    family: str | None = None
    given: str | None = None
    suffix: str | None = None
    literal: str | None = None
    orcid: str | None = None

    @property
    def text(self) -> str:
        """The name in reading order."""
        return self.literal or " ".join(part for part in (self.given, self.family, self.suffix) if part)


class Relation(_Part, frozen=True, kw_only=True, gc=False):
    """That this work stands in ``type`` to the work ``target``, as ``source`` states (Crossref ``relation`` vocabulary)."""

    type: RelationType
    target: Identifier
    source: str


class Licence(_Part, frozen=True, kw_only=True, gc=False):
    """A licence and the version of the text that it is for (``vor``, ``am``, ``tdm`` …), as ``source`` states."""

    url: str
    version: str | None = None
    start: str | None = None
    source: str = ""


class OpenAccess(_Part, frozen=True, kw_only=True, gc=False):
    """Where the full text can be read without paying; ``is_open`` is ``False`` only if ``source`` says so."""

    is_open: bool
    url: str | None = None
    status: str | None = None
    licence: str | None = None
    version: str | None = None
    host: str | None = None
    source: str = ""


class FieldSource(_Part, frozen=True, kw_only=True, gc=False, array_like=True):
    """That the value of ``field`` was taken from ``source`` (``prov:wasDerivedFrom``)."""

    field: str
    source: str


class Work(_Part, frozen=True, kw_only=True, gc=False):
    """What indexes state of one work. ``None`` and ``()`` mean *not known*, never *not there*.

    ``type`` is a CSL type; ``index_type`` the index's own word. ``title`` is clean Unicode, ``title_raw`` as the index
    sent it. Dates are ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``. ``notices`` are corrections and retractions of this work;
    ``notice_of`` are the works that this one, itself a notice, is about. ``abstract`` (clean text), ``headings`` (subject
    headings, those of the main topics behind an asterisk as MEDLINE prints them), ``chemicals`` and ``keywords`` are read to see
    what a work is about; they stay in the user's cache and go into no graph.

    >>> work = Work(doi="10.1002/mus.24143", title="A trial", issued="2014-02", page="635-641")
    >>> work.year, work.first_page, work.last_page, [str(i) for i in work.identifiers]
    (2014, '635', '641', ['doi:10.1002/mus.24143'])
    """

    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    arxiv: str | None = None
    nct: str | None = None
    isbn: tuple[str, ...] = ()
    issn: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    type: str | None = None
    index_type: str | None = None
    title: str | None = None
    title_raw: str | None = None
    subtitle: str | None = None
    original_title: str | None = None
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    container: str | None = None
    short_container: str | None = None
    publisher: str | None = None
    volume: str | None = None
    issue: str | None = None
    page: str | None = None
    article_number: str | None = None
    issued: str | None = None
    published_print: str | None = None
    published_online: str | None = None
    language: str | None = None
    url: str | None = None
    licences: tuple[Licence, ...] = ()
    open_access: OpenAccess | None = None
    relations: tuple[Relation, ...] = ()
    trials: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    notice_of: tuple[Notice, ...] = ()
    abstract: str | None = None
    headings: tuple[str, ...] = ()
    chemicals: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    sources: tuple[FieldSource, ...] = ()

    @property
    def year(self) -> int | None:
        """The year of ``issued``."""
        return int(self.issued[:4]) if self.issued else None

    @property
    def first_page(self) -> str | None:
        """The first page of ``page``, or the article number."""
        return self.page.partition("-")[0] if self.page else self.article_number

    @property
    def last_page(self) -> str | None:
        """The last page of ``page``, if it is a range."""
        return (self.page.partition("-")[2] or None) if self.page else None

    @property
    def identifiers(self) -> tuple[Identifier, ...]:
        """Every identifier of the work itself, the DOI first."""
        named = (
            ("doi", self.doi),
            ("pmid", self.pmid),
            ("pmcid", self.pmcid),
            ("arxiv", self.arxiv),
            ("nct", self.nct),
        )
        return tuple(Identifier(scheme, value) for scheme, value in named if value)  # type: ignore[arg-type]

    def source_of(self, field: str) -> str | None:
        """Name the source that ``field`` was taken from, or ``None``."""
        return next((item.source for item in self.sources if item.field == field), None)


class Trial(_Part, frozen=True, kw_only=True, gc=False):
    """A registered trial and its status, as ClinicalTrials.gov states it (``overallStatus``, ``phases`` …)."""

    nct: str
    title: str | None = None
    status: str | None = None
    why_stopped: str | None = None
    phases: tuple[str, ...] = ()
    study_type: str | None = None
    enrolment: int | None = None
    start: str | None = None
    completion: str | None = None
    conditions: tuple[str, ...] = ()
    interventions: tuple[str, ...] = ()
    sponsor: str | None = None
