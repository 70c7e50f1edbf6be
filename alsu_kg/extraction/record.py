"""Document -> draft ReviewRecord: every reader of this folder over one document."""

import re
from collections.abc import Mapping, Sequence

import msgspec

from alsu_kg.extraction.cases import read_cases
from alsu_kg.extraction.claims.paths import read_paths
from alsu_kg.extraction.claims.sentence_claims import find_all_terms, read_claims, read_table_sentences
from alsu_kg.extraction.disclosures import read_advice, read_disclosures
from alsu_kg.extraction.dosing import read_costs, read_dosing
from alsu_kg.extraction.evidence_table import place_grades, read_table_grades
from alsu_kg.extraction.front_matter import Front, read_front_matter
from alsu_kg.extraction.line_grades import read_line_grades
from alsu_kg.extraction.monitoring import read_monitoring
from alsu_kg.extraction.pointers import find_pointers, to_record
from alsu_kg.extraction.references.reference_list import bare_list, read_references
from alsu_kg.extraction.risks import read_risks
from alsu_kg.extraction.sections import Outline, outline
from alsu_kg.extraction.sentences import Sentence, by_role, read_sentences
from alsu_kg.extraction.summaries.conclusion import conclusion_passages
from alsu_kg.extraction.summaries.grade_forms import ENOUGH
from alsu_kg.extraction.summaries.grade_list import is_grade_list, read_grade_list
from alsu_kg.extraction.summaries.lines import without_teasers
from alsu_kg.extraction.summaries.summary_page import is_summary_page, read_summary_page
from alsu_kg.extraction.terms import Term, TermMatch, index_terms
from alsu_kg.extraction.treatment_identifiers import identify_treatment
from alsu_kg.extraction.treatment_kind import read_treatment_kind
from alsu_kg.extraction.trials import read_trials
from alsu_kg.extraction.verdicts import read_verdicts
from alsu_kg.extraction.vocabulary import Vocabulary
from alsu_kg.model.document import Document
from alsu_kg.model.review import Claim, Grade, Reference, Review, ReviewRecord, Source, SourceFile


def make_key(text: str) -> str:
    """Make a record key of words.

    >>> make_key("Vitamin E (α-tocopherol)"), make_key("…")
    ('vitamin-e-tocopherol', 'document')
    """
    return "-".join(re.findall(r"[a-z0-9]+", text.casefold()))[:80].strip("-") or "document"


def extract_record(document: Document, vocabulary: Vocabulary) -> ReviewRecord:
    r"""Read a draft record out of ``document``. What the document does not say stays empty.

    Only the identifiers of its treatment are looked up, among the curated ones that ``vocabulary`` holds.

    >>> from alsu_kg.readers.markdown import read_markdown
    >>> raw = "# ALSUntangled 99: Aspirin\n\n# Trials\n\nNone (1).\n\n# References\n\n1. Ay B. One. Cell. 2001;2:3."
    >>> record = extract_record(Document("a.md", "markdown", raw, "", read_markdown(raw)), Vocabulary())
    >>> record.record, record.review.number, len(record.references), record.pointers[0].numbers
    ('aspirin', 99, 1, (1,))
    """
    if document.form == "references":
        return references_record(document, read_references(document, (), vocabulary.journal_words))
    document = without_teasers(document)
    if is_summary_page(document):
        page = read_summary_page(document)
        concluding = [passage for passage in outline(document).passages if passage.role == "conclusion"]
        told = read_sentences([(passage, []) for passage in concluding or conclusion_passages(document)])
        treatment = identify_treatment(page.treatment, vocabulary.treatments)
        return msgspec.structs.replace(page, treatment=treatment, advice=read_advice(told))
    if is_grade_list(document):
        return read_grade_list(document)
    if document.form in ("text", "markdown") and (lines := bare_list(document.raw)):
        return references_record(document, read_references(document, lines, vocabulary.journal_words))
    parts = outline(document)
    references = read_references(document, parts.references, vocabulary.journal_words)
    targets = {key: reference.fields.number for reference in document.references for key in reference.ids}
    if not targets and references:
        targets = _footnote_targets(document, parts, {reference.number for reference in references})
    pointers = find_pointers(parts.passages, references, targets)
    front = read_front_matter(document, parts)
    key = make_key(front.treatment.label if front.treatment else front.review.title or document.name.rsplit(".", 1)[0])
    shared = ReviewRecord(
        record=key,
        sources=(_source(document, front),),
        review=front.review,
        treatment=identify_treatment(front.treatment, vocabulary.treatments),
        sections=parts.sections,
        references=references,
        pointers=to_record(pointers),
        related_works=document.related,
    )
    in_tables = read_table_grades(parts.tables, front.review.published)
    graded = msgspec.structs.replace(shared, grades=place_grades(in_tables, (), front.review.published))
    if _lists_treatments(graded):
        return msgspec.structs.replace(graded, treatment=None)
    if not is_review(graded):
        return graded if document.form != "html" or _is_cited(graded) else _without_date(graded)
    sentences = read_sentences(pointers, vocabulary.words)
    published = front.review.published
    grades = place_grades(in_tables, sentences, published)
    if len(graded_in := {grade.category for grade in grades}) < ENOUGH:
        more = read_line_grades(document, published) or read_verdicts(sentences, published)
        grades = (*grades, *(grade for grade in more if grade.category not in graded_in))
    return _with_findings(
        graded, (sentences, read_table_sentences(parts.tables, pointers, vocabulary.words)), vocabulary, grades
    )


def _lists_treatments(record: ReviewRecord) -> bool:
    """Say whether a page without references only lists what others were graded: its title names no treatment."""
    named = {grade.of_treatment for grade in record.grades}
    label = record.treatment.label if record.treatment else None
    return len(named) > 1 and None not in named and label not in named and not record.references


def _is_cited(record: ReviewRecord) -> bool:
    """Say whether a document that is no review is a publication at all: it has a DOI, references, or a treatment as its subject."""
    return bool(record.review.doi or record.references or record.treatment)


def _without_date(record: ReviewRecord) -> ReviewRecord:
    """Take out the date of a page of a website, such as that of contacts, which says when the page was made."""
    sources = tuple(msgspec.structs.replace(source, date=None) for source in record.sources)
    return msgspec.structs.replace(
        record, sources=sources, review=msgspec.structs.replace(record.review, published=None)
    )


def references_record(document: Document, references: tuple[Reference, ...]) -> ReviewRecord:
    """Make a record that holds nothing but references, as a bibliography gives them.

    >>> references_record(Document("my.bib", "text", "", "", ()), (Reference(number=1),)).record
    'my'
    """
    key = make_key(document.name.rsplit(".", 1)[0])
    source = Source(key="document", kind="document", title=document.name, sha256=document.sha256)
    review = Review(source=SourceFile(file=document.name, sha256=document.sha256))
    return ReviewRecord(record=key, sources=(source,), review=review, references=references)


def _footnote_targets(document: Document, parts: Outline, numbers: set[int]) -> dict[str, int]:
    """Markdown footnotes: the mark ``[^3]`` points at reference 3, unless the footnotes stand beside the references."""
    marks = {m.target for block in document.blocks for m in block.text.marks if m.kind == "citation"}
    if marks and any(block.region == "references" for block in document.blocks):
        marks = marks if any(block.region == "references" for block in parts.references) else set()
    return {mark: int(mark) for mark in marks if mark.isdigit() and int(mark) in numbers}


def _source(document: Document, front: Front) -> Source:
    doi = front.review.doi
    return Source(
        key="document",
        kind="document",
        url=f"https://doi.org/{doi}" if doi else None,
        date=front.review.published,
        title=front.review.title,
        sha256=document.sha256,
    )


def is_review(record: ReviewRecord) -> bool:
    """Say whether the document is a review of a treatment, so that claims, cases, trials and risks are worth reading.

    >>> from alsu_kg.model.review import Review
    >>> is_review(ReviewRecord(record="x", review=Review(number=3)))
    True
    """
    roles = {section.role for section in record.sections}
    return (
        record.review.number is not None
        or bool(record.grades)
        or len(roles & {"mechanism", "preclinical", "cases", "trials", "risks"}) >= 3
    )


def add_new(claims: tuple[Claim, ...], more: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Give ``claims`` and those of ``more`` that say something else: a table mostly repeats what the text says.

    >>> one = Claim(subject="a", predicate="affects", object="b", status="asserted")
    >>> len(add_new((one,), (one, msgspec.structs.replace(one, status="negated"))))
    2
    """
    said = {(c.subject, c.predicate, c.object, c.status) for c in claims}
    return (*claims, *(c for c in more if (c.subject, c.predicate, c.object, c.status) not in said))


def _with_findings(
    record: ReviewRecord,
    given: tuple[tuple[Sentence, ...], tuple[Sentence, ...]],
    vocabulary: Vocabulary,
    grades: tuple[Grade, ...],
) -> ReviewRecord:
    sentences, in_tables = given
    label = record.treatment.label if record.treatment else None
    names = (label, *record.treatment.aliases) if record.treatment and label else ()
    named = [(name, Term(label, "treatment")) for name in names] if label else []
    several = dict.fromkeys(grade.of_treatment for grade in grades if grade.of_treatment)
    own = index_terms([*named, *((name, Term(name, "treatment")) for name in several if name not in names)])
    terms = find_all_terms(sentences, vocabulary, own)
    kinds = {reference.number: reference.kind for reference in record.references}
    claims = add_new(
        read_claims(sentences, terms, vocabulary, label),
        read_claims(in_tables, find_all_terms(in_tables, vocabulary, own), vocabulary, label),
    )
    treatment = record.treatment
    if treatment is not None:
        treatment = msgspec.structs.replace(treatment, kind=read_treatment_kind(sentences, names, vocabulary))
    parts = by_role(sentences)
    on_cases, terms_of_cases = _part(sentences, terms, parts["cases"])
    on_risks, terms_of_risks = _part(sentences, terms, parts["risks"])
    return msgspec.structs.replace(
        record,
        treatment=treatment,
        grades=grades,
        claims=claims,
        paths=read_paths(claims, record.sections, label),
        cases=read_cases(on_cases, terms_of_cases, names, kinds),
        trials=read_trials([sentences[i] for i in parts["trials"]], names),
        risks=read_risks(on_risks, terms_of_risks, lambda told: vocabulary.status_of(told.text, told.words), grades),
        monitoring=read_monitoring(on_risks, terms_of_risks),
        dosing=read_dosing(on_risks),
        costs=read_costs(sentences),
        disclosures=read_disclosures([sentences[i] for i in parts["disclosures"]]),
        advice=read_advice([sentences[i] for i in parts["conclusion"]] or sentences),
    )


def _part(
    sentences: Sequence[Sentence], terms: Mapping[int, Sequence[TermMatch]], at: Sequence[int]
) -> tuple[list[Sentence], dict[int, Sequence[TermMatch]]]:
    """Give the sentences ``at`` some places, with the terms of each by its new place."""
    return [sentences[i] for i in at], dict(enumerate([terms[i] for i in at]))
