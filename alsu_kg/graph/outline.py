"""What other records need to know of a record, and which of its quads others may state too.

The quads of a record depend on other records in three ways only: assessments of the same treatment (current grades), names of
treatments (the lexicon), and works that references name by several identifiers. An outline is the record without the rest.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec

from alsu_kg.graph import iris
from alsu_kg.graph.ntriples import Term
from alsu_kg.graph.same_works import cited_in, identifiers_of
from alsu_kg.model.review import Grade, Reference, RelatedWork, ReviewRecord, Source

_COMMON: Final = frozenset((iris.ONTOLOGY_GRAPH, iris.PROVENANCE_GRAPH, iris.WORKS_GRAPH, iris.ANALYSIS_GRAPH))
"""Named graphs that several records write into, also where a record happens to have such a key."""

_END: Final = " .\n"


def outline_of(record: ReviewRecord) -> ReviewRecord:
    """Give of ``record`` what other records and the counts of a build depend on.

    >>> from alsu_kg.model.review import Review, Section
    >>> whole = ReviewRecord(record="x", review=Review(number=1), sections=(Section(heading="A", role="other"),))
    >>> outline_of(whole).sections, outline_of(whole).review.number
    ((), 1)
    """
    return ReviewRecord(
        record=record.record,
        review=msgspec.structs.replace(record.review, authors=(), reviewers=()),
        treatment=record.treatment,
        sources=tuple(Source(key=source.key, kind=source.kind) for source in record.sources),
        grades=tuple(_grade(grade) for grade in record.grades),
        references=tuple(_reference(item) for item in record.references if identifiers_of(item)),
        related_works=tuple(_related(item) for item in record.related_works if identifiers_of(item)),
    )


def _grade(grade: Grade) -> Grade:
    return Grade(
        category=grade.category,
        letter=grade.letter,
        as_of=grade.as_of,
        superseded=grade.superseded,
        stated_in=grade.stated_in,
    )


def _reference(item: Reference) -> Reference:
    return Reference(number=item.number, doi=item.doi, pmid=item.pmid, pmcid=item.pmcid)


def _related(item: RelatedWork) -> RelatedWork:
    return RelatedWork(role=item.role, doi=item.doi, pmid=item.pmid)


def lesser_identifiers(record: ReviewRecord) -> list[Term]:
    """Give the IRIs by which the references of ``record`` name works: what it may need to know another name of."""
    return [named[0] for item in cited_in(record) if (named := identifiers_of(item))]


class Split(NamedTuple):
    """Lines of a record: how many stand in its own named graphs, which graphs these are, and the lines in common graphs."""

    own: int
    graphs: tuple[Term, ...]
    common: tuple[str, ...]


def split_lines(lines: Sequence[str], key: str) -> Split:
    r"""Part the lines of the record ``key`` into those of its own named graphs and those of graphs that others write into.

    >>> split_lines(["<s> <p> <o> <g> .\n"], "x")
    Split(own=0, graphs=(), common=('<s> <p> <o> <g> .\n',))
    """
    own = iris.graph(key)
    within = own[:-1] + "/"
    is_own: dict[str, bool] = {}
    common = []
    for line in lines:
        graph = line[line.rindex("<") : -len(_END)]
        mine = is_own.get(graph)
        if mine is None:
            mine = is_own[graph] = (graph == own or graph.startswith(within)) and graph not in _COMMON
        if not mine:
            common.append(line)
    graphs = [graph for graph, mine in is_own.items() if mine]
    return Split(len(lines) - len(common), tuple(graphs), tuple(common))
