"""``alsu-kg sparql``: run a query of your own, read-only."""

import argparse
import re
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from alsu_kg.answers.answer import Answer, Value
from alsu_kg.answers.exports import write_ntriples, write_triples
from alsu_kg.cli_query import show
from alsu_kg.model.errors import AlsuKgError, UsageError, WorkError
from alsu_kg.ontology import read_prefixes, shrink
from alsu_kg.store import Graph, open_graph, store_path

HELP: Final = """Run a SPARQL 1.1 query of your own (SELECT, ASK, CONSTRUCT, DESCRIBE) on the graph, read-only.

The prefixes of ontology/prefixes.ttl are known without PREFIX lines. Without GRAPH a pattern is matched in all named graphs
together. A table shows IRIs with prefixes; csv, tsv and json give them whole. Ctrl-C stops a query that takes too long.
SERVICE asks another server over the network, if the query says so.

example:
  alsu-kg sparql 'SELECT ?t ?letter { ?a alsu:ofTreatment ?t ; alsu:letter ?letter ; alsu:current true } LIMIT 5'
  alsu-kg sparql my-query.rq --format csv
  echo 'DESCRIBE claim:azathioprine/13' | alsu-kg sparql -"""

_TABLES: Final = ("table", "csv", "tsv", "json", "md")
_GRAPHS: Final = ("turtle", "ntriples")
_INTEGER: Final = "http://www.w3.org/2001/XMLSchema#integer"
_WHOLE: Final = re.compile("[+-]?[0-9]{1,18}")
_BEFORE_VERB: Final = re.compile(r"(?:\s+|#[^\n]*(?:\n|$)|(?i:prefix)\s+\S*:\s*<[^>]*>|(?i:base)\s*<[^>]*>)*")
_UPDATE: Final = re.compile(r"(?:INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b", re.IGNORECASE)
_LOOK_FOR_CTRL_C_SECONDS: Final = 0.1
Result = Answer | bool | list[ox.Triple]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``sparql``."""
    parser.add_argument(
        "query", metavar="FILE or TEXT", help="a file with a query, the query itself, or - for standard input"
    )
    parser.add_argument(
        "--format", choices=(*_TABLES, *_GRAPHS), help="default: table; turtle for CONSTRUCT and DESCRIBE"
    )
    parser.add_argument(
        "--store", metavar="DIR", help="folder of the store (default: ALSU_KG_STORE, else the user's data directory)"
    )


def run(args: argparse.Namespace) -> int:
    """Run the query and print what it gives."""
    sparql = _read(args.query)
    _refuse_update(sparql)
    graph = open_graph(store_path(args.store))
    result = _stoppable(lambda: _evaluate(graph, sparql, short=args.format in (None, "table", "md")))
    if isinstance(result, bool):
        print("true" if result else "false")
    elif isinstance(result, Answer):
        _require(args.format, _TABLES, "a SELECT query gives rows")
        show(result, args.format or "table")
    else:
        _require(args.format, _GRAPHS, "a CONSTRUCT or DESCRIBE query gives a graph")
        data = write_ntriples(result) if args.format == "ntriples" else write_triples(result, read_prefixes())
        sys.stdout.write(data.decode())
    return 0


def _read(given: str) -> str:
    try:
        sparql = sys.stdin.read() if given == "-" else given
        if _names_file(given):
            sparql = Path(given).read_text(encoding="utf-8")
        sparql.encode()
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        place = "standard input" if given == "-" else "query" if isinstance(error, UnicodeEncodeError) else given
        raise UsageError(f"cannot be read: {reason}", place=place, repair="give a query in UTF-8") from None
    return sparql


def _names_file(given: str) -> bool:
    if given == "-" or "{" in given or "\n" in given:
        return False
    try:
        return given.endswith((".rq", ".sparql")) or Path(given).is_file()
    except OSError:  # too long for a file name
        return False


def _refuse_update(sparql: str) -> None:
    begin = _BEFORE_VERB.match(sparql)
    if _UPDATE.match(sparql, begin.end() if begin else 0):
        raise UsageError(
            "an update is refused: this verb only reads",
            place="query",
            repair="ask with SELECT, ASK, CONSTRUCT or DESCRIBE; 'alsu-kg build' changes the graph",
        )


def _require(chosen: str | None, allowed: tuple[str, ...], why: str) -> None:
    if chosen is not None and chosen not in allowed:
        raise UsageError(f"{why}, not {chosen}", place="--format", repair=f"use one of {', '.join(allowed)}")


def _evaluate(graph: Graph, sparql: str, *, short: bool) -> Result:
    found = graph.run(sparql, prefixes=read_prefixes(), union=True)
    try:
        if isinstance(found, ox.QueryBoolean):
            return bool(found)
        if isinstance(found, ox.QueryTriples):
            return list(found)
        columns = tuple(variable.value for variable in found.variables)
        rows = tuple(tuple(_value(solution[name], short=short) for name in columns) for solution in found)
        return Answer("your query", columns, rows)
    except (OSError, RuntimeError) as error:
        raise WorkError(
            f"the query could not be finished: {error}", place=graph.place, repair="check what its SERVICE asks, if any"
        ) from None


def _value(term: object, *, short: bool) -> Value:
    """Give a cell: text as it is, whole numbers as numbers, IRIs with a prefix or whole."""
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return shrink(term.value) if short else term.value
    if isinstance(term, ox.Literal):
        is_number = term.datatype.value == _INTEGER and _WHOLE.fullmatch(term.value)
        return int(term.value) if is_number else term.value
    return str(term)


def _stoppable(work: Callable[[], Result]) -> Result:
    """Run ``work`` in a thread so that Ctrl-C is seen at once: the engine itself cannot be stopped, but the process can end."""
    results: list[Result] = []
    errors: list[AlsuKgError] = []

    def run_and_keep() -> None:
        try:
            results.append(work())
        except AlsuKgError as error:
            error.__context__ = None  # solutions that its frames hold must end in this thread
            errors.append(error.with_traceback(None))

    thread = threading.Thread(target=run_and_keep, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(_LOOK_FOR_CTRL_C_SECONDS)
    if errors:
        raise errors[0]
    return results[0]
