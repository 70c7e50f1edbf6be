"""``alsu-kg query``: ask one of the questions of ``queries/``."""

import argparse
import sys
from typing import Final

from alsu_kg.answers.answer import Answer, Value
from alsu_kg.answers.tables import WRITERS, write_table
from alsu_kg.graph.iris import BASE
from alsu_kg.model.errors import UsageError
from alsu_kg.ontology import shrink
from alsu_kg.queries import ask, list_names, read_question
from alsu_kg.store import open_graph, store_path
from alsu_kg.terminal import has_colour, paint, terminal_width

HELP: Final = """Ask the graph one of the questions of queries/.

example:
  alsu-kg query --list
  alsu-kg query treatment_grade-table
  alsu-kg query treatment_shared-mechanism -p treatment=azathioprine -p level=1 --format json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``query``."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="name of the question; '--list' shows all")
    parser.add_argument(
        "-p", dest="parameters", action="append", default=[], metavar="NAME=VALUE", help="a parameter of the question"
    )
    parser.add_argument(
        "--format", choices=tuple(WRITERS), default="table", help="how to write the answer (default: table)"
    )
    parser.add_argument("--list", action="store_true", help="list all questions with their parameters and columns")
    parser.add_argument(
        "--store", metavar="DIR", help="folder of the store (default: ALSU_KG_STORE, else the user's data directory)"
    )


def run(args: argparse.Namespace) -> int:
    """Ask and print the answer, or list the questions."""
    if args.list or args.name is None:
        print(list_questions())
        return 0 if args.list else 2
    values = dict(split_parameter(parameter) for parameter in args.parameters)
    read_question(args.name)
    show(ask(open_graph(store_path(args.store)), args.name, values), args.format)
    return 0


def split_parameter(parameter: str) -> tuple[str, str]:
    """Take ``NAME=VALUE`` apart. Raises ``UsageError`` if it is not of that form.

    >>> split_parameter("level=1")
    ('level', '1')
    """
    name, equals, value = parameter.partition("=")
    if not equals:
        raise UsageError(f"{parameter!r} is no parameter", place="-p", repair="write it NAME=VALUE")
    return name, value


def show(answer: Answer, form: str) -> None:
    """Write ``answer`` to standard output; a table fits the terminal and has colour in it."""
    if form == "table":
        answer = shorten(answer)
        sys.stdout.write(write_table(answer, width=terminal_width(), paint=paint if has_colour() else str))
    else:
        sys.stdout.write(WRITERS[form](answer))


def shorten(answer: Answer) -> Answer:
    """Give ``answer`` with the IRIs of the project as prefixed names, such as ``claim:azathioprine/1``."""

    def short(value: Value) -> Value:
        return shrink(value) if isinstance(value, str) and value.startswith(BASE) else value

    return Answer(answer.title, answer.columns, tuple(tuple(short(value) for value in row) for row in answer.rows))


def list_questions() -> str:
    """Give every question with its parameters and columns, as the README lists them."""
    blocks = []
    for name in list_names():
        question = read_question(name)
        parameters = ", ".join(f"{p.name}{'?' if p.optional else ''}" for p in question.parameters)
        columns = ", ".join(column.name for column in question.columns)
        blocks.append(f"{name} ({parameters})\n    {question.summary}\n    columns: {columns}")
    return "\n".join(blocks)
