"""A ReviewRecord: one reviewed treatment as facts and places, in the shape of one YAML file of ``data/reviews/``.

The shape is the project's public contract: ``alsu-kg read --format json`` writes it, ``data/reviews/*.yaml`` holds it,
``alsu-kg build`` turns it into quads. Every key is present when written; where a document says nothing the value is
empty. Unknown stays unknown: ``null`` is never replaced by a guess.

Words such as ``subject: NF-κB`` stay words here; ``alsu_kg.graph`` gives them an IRI through the lexicon.
"""

from typing import Annotated, Literal

import msgspec

Category = Literal["mechanism", "preclinical", "cases", "trials", "risks"]
"""The five graded categories of an ALSUntangled review."""

CATEGORIES: tuple[Category, ...] = ("mechanism", "preclinical", "cases", "trials", "risks")

Status = Literal["asserted", "hypothesised", "speculated", "negated", "no-evidence", "unclear"]
"""Epistemic status of a claim (``alsu:EpistemicStatus``): how the source states it, not whether it is true."""

TreatmentKind = Literal[
    "drug",
    "supplement",
    "botanical",
    "diet",
    "device",
    "procedure",
    "cell-therapy",
    "biologic",
    "regimen",
    "provider",
    "other",
]
"""What kind of thing is reviewed."""

Polarity = Literal["increases", "decreases", "none", "unknown"]
"""Sign of a claim: what more of the subject does to the object (``none``: the predicate has no sign)."""

Predicate = Literal[
    "affects",
    "regulates",
    "causes",
    "contributes_to",
    "ameliorates_condition",
    "exacerbates_condition",
    "predisposes_to_condition",
    "treats",
    "studied_to_treat",
    "in_clinical_trials_for",
    "tested_in",
    "involved_in",
    "located_in",
    "associated_with",
    "is_increased_in",
    "is_required_for",
]
"""Predicates of claims; ``ontology/alsu.ttl`` and ``ontology/reused.ttl`` say what each means and what it maps to."""

Letter = Annotated[str, msgspec.Meta(pattern=r"^[ABCDFU](/[ABCDFU])?$")]
"""A grade letter, or the two letters of a combined grade as the source prints them (``B/D``)."""

EdtfDate = Annotated[str, msgspec.Meta(pattern=r"^[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$")]
"""A date as exact as it is known: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` (EDTF level 0, ISO 8601-2)."""

Key = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""A readable key of lower-case words joined by hyphens; becomes the last part of an IRI."""

SectionRole = Literal[
    "background",
    "mechanism",
    "preclinical",
    "cases",
    "trials",
    "risks",
    "conclusion",
    "disclosures",
    "references",
    "other",
]
SourceKind = Literal["article", "review-page", "grade-list", "abstract", "third-party", "document"]
"""What a source is: the published review (``article``), its page or a list of grades on the reviewers' site, an abstract
on a publisher's or library's page, somebody else's copy or data set (``third-party``), a user's own ``document``."""

ReferenceKind = Literal["article", "book", "book-chapter", "web-page", "preprint", "report", "other", "unknown"]
LinkStatus = Literal["linked", "ambiguous", "unlinked", "could-not-check"]
AdviceCategory = Literal["not advised", "insufficient evidence", "trial supported", "reasonable to try", "other"]


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every part of a record: immutable, named arguments only, unknown keys are errors."""


class Place(_Part, frozen=True, kw_only=True):
    """Where something stands: section heading, and characters ``start`` to ``end`` of the raw file (0-based, end open).

    Becomes ``oa:SpecificResource`` with ``oa:TextPositionSelector`` (Web Annotation 4.2.5).
    """

    section: str | None = None
    start: int | None = None
    end: int | None = None


class _Item(_Part, frozen=True, kw_only=True):
    """A fact: where it stands, the references it cites, and the key of the source that states it."""

    place: Place | None = None
    cites: tuple[int, ...] = ()
    stated_in: Key | None = None
    note: str | None = None
    quote: str | None = None


class Source(_Part, frozen=True, kw_only=True):
    """A document or data set that facts come from; ``date`` is the date of what it says, where that is known."""

    key: Key
    kind: SourceKind
    url: str | None = None
    date: EdtfDate | None = None
    title: str | None = None
    sha256: str | None = None


class Curation(_Part, frozen=True, kw_only=True):
    """Who wrote the record and when (``prov:wasAttributedTo``, ``prov:generatedAtTime``)."""

    agent: str
    date: EdtfDate


class PartOf(_Part, frozen=True, kw_only=True):
    """The published review that this record is one part of; ``review`` is that review's key (its number if it has one)."""

    review: Key
    label: str
    note: str | None = None


class SourceFile(_Part, frozen=True, kw_only=True):
    """The raw file that the places of a record count characters in."""

    file: str
    sha256: str


class Review(_Part, frozen=True, kw_only=True):
    """The published review (``fabio:ReviewArticle``)."""

    kind: Literal["treatment-review", "methods-article"] = "treatment-review"
    number: int | None = None
    title: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    url: str | None = None
    published: EdtfDate | None = None
    updated: EdtfDate | None = None
    journal: str | None = None
    volume: str | None = None
    issue: str | None = None
    first_page: str | None = None
    last_page: str | None = None
    authors: tuple[str, ...] = ()
    first_author: str | None = None
    reviewers: tuple[str, ...] = ()
    corresponding: str | None = None
    part_of: PartOf | None = None
    source: SourceFile | None = None


class ExternalId(_Part, frozen=True, kw_only=True):
    """A CURIE with the label that its vocabulary gives it: both are stored so that both can be checked."""

    id: str
    label: str


class Treatment(_Part, frozen=True, kw_only=True):
    """What was reviewed. ``identifiers`` by vocabulary are what persons decided its name to mean; no source states them."""

    label: str
    aliases: tuple[str, ...] = ()
    kind: TreatmentKind | None = None
    identifiers: dict[str, ExternalId] = {}


class Section(_Part, frozen=True, kw_only=True):
    """A section of the document with its role."""

    heading: str
    role: SectionRole
    start: int | None = None
    end: int | None = None


class Grade(_Item, frozen=True, kw_only=True):
    """One assessment of one category: which letter, as of when, stated by which source.

    ``until`` is the date on which the source itself replaced the letter. ``rationale`` (a user's own document only) holds
    the words of ``rationale_place``; ``of_treatment`` names the one treatment of several that the grade is for.
    ``flags`` keeps what the facts warn of.
    """

    category: Category
    letter: Letter
    as_of: EdtfDate | None = None
    until: EdtfDate | None = None
    superseded: bool = False
    rationale_place: Place | None = None
    rationale: str | None = None
    of_treatment: str | None = None
    flags: tuple[Literal["single-source", "combined-letter", "low-confidence", "update"], ...] = ()


class Reference(_Part, frozen=True, kw_only=True):
    """An entry of the reference list as printed (``biro:BibliographicReference``), with the identifiers known for it."""

    number: int
    raw_place: Place | None = None
    raw: str | None = None
    kind: ReferenceKind = "unknown"
    authors: tuple[str, ...] = ()
    title: str | None = None
    container: str | None = None
    year: int | None = None
    volume: str | None = None
    issue: str | None = None
    first_page: str | None = None
    last_page: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    url: str | None = None
    accessed: EdtfDate | None = None
    identifier_source: str | None = None
    link_status: LinkStatus | None = None
    link_reason: str | None = None
    note: str | None = None


class Pointer(_Part, frozen=True, kw_only=True):
    """An in-text reference pointer (``c4o:InTextReferencePointer``) with its ranges expanded."""

    section: str
    raw: str | None = None
    numbers: tuple[int, ...]
    place: Place | None = None


class Context(_Part, frozen=True, kw_only=True):
    """In what a claim was seen or is said to hold; ``null`` where the source does not say."""

    species: str | None = None
    model: str | None = None
    cell: str | None = None
    anatomy: str | None = None
    disease: str | None = None


Verdict = Literal["accept", "change", "reject"]
"""What a person says of what a machine read."""


class Decided(_Part, frozen=True, kw_only=True):
    """Who checked a claim that a machine read, when, and whether it was changed (``prov:wasAttributedTo``)."""

    by: str
    date: EdtfDate
    verdict: Verdict


class Claim(_Item, frozen=True, kw_only=True):
    """A statement that the source makes, denies or only supposes. It never becomes a plain triple.

    ``decided`` is set where a person has decided on what a machine read.
    """

    subject: str
    predicate: Predicate
    object: str
    status: Status
    polarity: Polarity = "unknown"
    context: Context = Context()
    decided: Decided | None = None


class Path(_Part, frozen=True, kw_only=True):
    """An ordered mechanism path; ``hops`` are positions in the record's list of claims, counted from 0."""

    label: str | None = None
    hops: tuple[int, ...]
    weakest: int | None = None
    why_weak: str | None = None
    stated_in: Key | None = None


class Measure(_Part, frozen=True, kw_only=True):
    """An outcome measure before and after, in the measure's own units."""

    name: str
    before: float | None = None
    after: float | None = None


class Case(_Item, frozen=True, kw_only=True):
    """A person or a group of people who took the treatment, with what else they took and had."""

    participants: int | None = None
    source: Literal[
        "published case report",
        "published case series",
        "personal communication",
        "online community",
        "patient website",
        "unknown",
    ] = "unknown"
    comorbidities: tuple[str, ...] = ()
    co_interventions: tuple[str, ...] = ()
    outcome: str | None = None
    measures: tuple[Measure, ...] = ()
    validated: bool | None = None


class Dose(_Part, frozen=True, kw_only=True):
    """An amount with its unit, and per what: ``2`` ``mg/kg`` per ``day``."""

    amount: float | None = None
    unit: str | None = None
    per: str | None = None


class Quantity(_Part, frozen=True, kw_only=True):
    """An amount of time: ``3`` ``week``."""

    amount: float
    unit: str


class Range(_Part, frozen=True, kw_only=True):
    """A range of amounts of time: ``6.2`` to ``13`` ``month``."""

    low: float | None = None
    high: float | None = None
    unit: str


class Trial(_Item, frozen=True, kw_only=True):
    """A clinical trial that the review reports."""

    participants: int | None = None
    population: str | None = None
    arms: tuple[str, ...] = ()
    dose: Dose | None = None
    duration: Quantity | None = None
    follow_up: Range | None = None
    comparator: str | None = None
    co_treatment: tuple[str, ...] = ()
    withdrawals: int | None = None
    outcome: str | None = None
    registry_id: str | None = None


class Risk(_Item, frozen=True, kw_only=True):
    """A harm that the review reports; ``status`` tells a documented harm from a supposed one."""

    effect: str
    seriousness: Literal["serious", "not serious", "boxed warning", "fatal"] | None = None
    authority: str | None = None
    status: Status = "asserted"


class Monitoring(_Item, frozen=True, kw_only=True):
    """A test that people on the treatment need."""

    test: str
    schedule: str | None = None


class Dosing(_Item, frozen=True, kw_only=True):
    """A dose in use."""

    amount: float | None = None
    unit: str | None = None
    per: str | None = None
    routes: tuple[str, ...] = ()


class Cost(_Item, frozen=True, kw_only=True):
    """A price range."""

    low: float | None = None
    high: float | None = None
    currency: Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{3}$")]
    per: str | None = None


class Disclosure(_Item, frozen=True, kw_only=True):
    """An interest that a person or group declares."""

    person: str
    kind: Literal["sponsorship", "research support", "consulting support", "other"]
    organisation: str


class Advice(_Item, frozen=True, kw_only=True):
    """What the reviewers advise; ``note`` says it in our own words."""

    category: AdviceCategory


class RelatedWork(_Item, frozen=True, kw_only=True):
    """A study that a source ties to the treatment without giving a reference list."""

    role: Literal["mechanism", "preclinical", "cases", "trials", "update", "meta-analysis"]
    title: str | None = None
    container: str | None = None
    year: int | None = None
    volume: str | None = None
    first_page: str | None = None
    last_page: str | None = None
    doi: str | None = None
    pmid: str | None = None
    registry_id: str | None = None


class ReviewRecord(_Part, frozen=True, kw_only=True):
    """One reviewed treatment: everything that the sources say of it, each fact with its source.

    >>> record = ReviewRecord(record="lunasin", review=Review(number=26), treatment=Treatment(label="Lunasin"))
    >>> record.review.number, record.claims
    (26, ())
    """

    record: Key
    curation: Curation | None = None
    sources: tuple[Source, ...] = ()
    review: Review
    treatment: Treatment | None = None
    sections: tuple[Section, ...] = ()
    grades: tuple[Grade, ...] = ()
    references: tuple[Reference, ...] = ()
    pointers: tuple[Pointer, ...] = ()
    claims: tuple[Claim, ...] = ()
    paths: tuple[Path, ...] = ()
    cases: tuple[Case, ...] = ()
    trials: tuple[Trial, ...] = ()
    risks: tuple[Risk, ...] = ()
    monitoring: tuple[Monitoring, ...] = ()
    dosing: tuple[Dosing, ...] = ()
    costs: tuple[Cost, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    advice: Advice | None = None
    related_works: tuple[RelatedWork, ...] = ()
