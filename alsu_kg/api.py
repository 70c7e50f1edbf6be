"""alsu-kg from Python and notebooks.

import alsu_kg.api as kg
g = kg.open()
g.query("treatment_shared-mechanism", treatment="azathioprine")
g.path("azathioprine")
g.why("azathioprine", "mechanism")
"""

import html
import importlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import rdflib

from alsu_kg.analysis.explanation import Explanation
from alsu_kg.answers.answer import Answer, Value
from alsu_kg.answers.explanation_json import write_json
from alsu_kg.answers.explanation_text import write_text
from alsu_kg.answers.network import Network, to_networkx
from alsu_kg.answers.tables import write_cell, write_table
from alsu_kg.assets import find_asset
from alsu_kg.citation_views import add_labels, make_network
from alsu_kg.decision_log import read_log, with_decisions
from alsu_kg.explanations import explain_grade
from alsu_kg.linking.link_rows import LINK_COLUMNS, link_cells
from alsu_kg.linking_sessions import Session, link_all
from alsu_kg.model.errors import UsageError, WorkError
from alsu_kg.model.reference import Reference
from alsu_kg.model.review import ReviewRecord
from alsu_kg.pipeline import Summary
from alsu_kg.pipeline import build as build_store
from alsu_kg.queries import ask, list_names, read_question
from alsu_kg.readers.reference_fields import read_reference
from alsu_kg.reading_pool import read_reviews
from alsu_kg.records import find_record_files
from alsu_kg.similar_treatments import similar
from alsu_kg.store import Graph, default_store_path, open_graph
from alsu_kg.web.explanation_page import write_page
from alsu_kg.work_index import index_path

if TYPE_CHECKING:
    import pandas


class Result:
    """The answer to a question: ``rows`` and ``columns``, shown as a table in a notebook."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return self.answer.columns

    @property
    def rows(self) -> tuple[tuple[Value, ...], ...]:
        """Rows of values; unknown is ``None``, a list is a sorted tuple."""
        return self.answer.rows

    def __len__(self) -> int:
        return len(self.answer)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return iter(self.answer.to_dicts())

    def to_pandas(self) -> "pandas.DataFrame":
        """Give the rows as a pandas data frame. Raises ``UsageError`` if pandas is not installed."""
        try:
            library = importlib.import_module("pandas")
        except ImportError:
            raise UsageError(
                "pandas is not installed", place="to_pandas", repair="pip install 'alsu-kg[pandas]'"
            ) from None
        frame: pandas.DataFrame = library.DataFrame(self.answer.to_dicts(), columns=list(self.columns))
        return frame

    def to_networkx(self) -> Network:
        """Give the rows as a networkx graph. Raises ``UsageError`` if the answer names no two things to join."""
        return to_networkx(self.answer)

    def __repr__(self) -> str:
        return write_table(self.answer)

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(column)}</th>" for column in self.columns)
        rows = ("".join(f"<td>{html.escape(write_cell(value))}</td>" for value in row) for row in self.rows)
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        caption = html.escape(f"{self.answer.title} What reviews state, not medical advice.")
        return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


class Why:
    """Why a treatment has its letter in one category, shown as text."""

    def __init__(self, explanation: Explanation) -> None:
        self.explanation = explanation

    @property
    def letters(self) -> tuple[str, ...]:
        """The current letters: several where sources disagree, none where no source gives one."""
        return self.explanation.letters

    def to_json(self) -> str:
        """Give everything as one JSON object."""
        return write_json(self.explanation)

    def to_html(self) -> str:
        """Give everything as one web page that loads nothing."""
        return write_page(self.explanation)

    def __repr__(self) -> str:
        return write_text(self.explanation)

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(write_text(self.explanation))}</pre>"


class KnowledgeGraph:
    """A graph that can be asked."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def __len__(self) -> int:
        return len(self._graph)

    def query(self, name: str, **values: str | int) -> Result:
        """Ask the question ``name`` of ``queries/``; ``values`` are its parameters as people write them.

        Raises ``UsageError`` for unknown names, parameters and values.
        """
        return Result(ask(self._graph, name, values))

    def to_rdflib(self) -> rdflib.Dataset:
        """Give the whole graph as an rdflib ``Dataset``, one named graph per source (about 15,000 quads a second)."""
        dataset = rdflib.Dataset()
        dataset.parse(data="".join(self._graph.lines()), format="nquads")
        return dataset

    def path(self, treatment: str) -> Result:
        """Give the mechanism paths of a treatment, hop by hop."""
        return self.query("treatment_mechanism-path", treatment=treatment)

    def network(self, name: str, *, least: int = 1) -> Network:
        """Give the network ``co-citation`` (works cited together) or ``shared-references`` (reviews that cite the same works).

        Edges count in ``documents`` or ``works``; ``least`` leaves out those that count less.

        Raises ``UsageError`` for another name.
        """
        network = make_network(self._graph, name, least=least)
        add_labels(self._graph, network, name)
        return network

    def why(self, treatment: str, category: str) -> Why:
        """Say why a treatment has its letter in one category, and what would change it; what is not known is said.

        Raises ``UsageError`` with near names if nothing is called so.
        """
        return Why(explain_grade(self._graph, treatment, category))

    def similar(self, treatment: str | None = None, *, most: int | None = None) -> Result:
        """Give the treatments that act like ``treatment``, or all that act alike, with score and shared mechanisms.

        Where no mechanism of a treatment is known, the score is ``None``: not known, which is not 0.
        """
        return Result(similar(self._graph, treatment, most=most))


def link(
    references: Sequence[str | Mapping[str, object]],
    index: str | Path | None = None,
    *,
    online: bool = False,
    decisions: str | Path | None = None,
) -> Result:
    """Say which work each reference is: a row each, in order, with decision, score, work, runner-up, reason and method.

    ``references`` are strings as printed, or fields as ``alsu-kg link`` takes them. ``index`` is the directory of an index of works
    (default: ``ALSU_KG_INDEX``, else the user's); without one, and unless ``online`` lets Crossref and PubMed be asked, every
    decision is *could-not-check*. ``decisions`` is an SSSOM file of persons' decisions, which win.
    Raises ``StoreError`` for an index that cannot be used.

    >>> link([], index=None).columns[:4]
    ('id', 'decision', 'score', 'doi')
    """
    found = [
        read_reference(item, id=str(place))
        if isinstance(item, Mapping)
        else Reference(id=str(place), unstructured=item)
        for place, item in enumerate(references, start=1)
    ]
    decided = read_log(Path(decisions)).standing if decisions else {}
    session = Session(index=index_path(str(index) if index else None), online=online, decisions=decided)
    rows = tuple(link_cells(one) for one in link_all(found, session)) if found else ()
    return Result(Answer("Which work is each reference?", LINK_COLUMNS, rows))


def open(store: str | Path | None = None) -> KnowledgeGraph:  # noqa: A001 - the name that users know from other libraries
    """Open a store for reading (default: ``ALSU_KG_STORE``, else the user's data directory).

    Raises ``StoreError`` if there is none or it is damaged.
    """
    return KnowledgeGraph(open_graph(Path(store) if store else default_store_path()))


def build(records: Sequence[str | Path] = (), store: str | Path | None = None) -> Summary:
    """Build record files or folders (default: the 79 that come with alsu-kg) into a store; give what was counted.

    Raises ``RecordError``, ``GraphError`` or ``StoreError``; the store is then as it was.
    """
    files = find_record_files([Path(name) for name in records] or [find_asset("data/reviews")])
    return build_store(files, Path(store) if store else default_store_path())


def read(path: str | Path) -> ReviewRecord:
    """Read a document (md, txt, JATS, HTML, PDF) into a draft record, in a process that is watched.

    What persons decided on its claims is applied. Raises ``WorkError`` if it cannot be read.
    """
    outcome = next(read_reviews([Path(path)]))
    if outcome.record is None:
        raise outcome.error or WorkError("could not be read", place=str(path), repair="check the file")
    return with_decisions(outcome.record, outcome.path)


def questions() -> dict[str, str]:
    """Give every question with its summary.

    >>> questions()["treatment_grade-table"]
    'What grade does each treatment have in each category today?'
    """
    return {name: read_question(name).summary for name in list_names()}
