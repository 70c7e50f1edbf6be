"""``alsu-kg why``: why a treatment has its letter in one category."""

import argparse
import importlib
import sys
from pathlib import PurePath
from typing import Final, cast

from alsu_kg.analysis.explanation import Explanation
from alsu_kg.answers.explanation_json import write_json
from alsu_kg.answers.explanation_text import write_text
from alsu_kg.explanations import explain_grade
from alsu_kg.model.errors import UsageError
from alsu_kg.output import write_output
from alsu_kg.store import open_graph, store_path
from alsu_kg.terminal import embolden, has_colour, paint, terminal_width
from alsu_kg.web.explanation_page import write_page

HELP: Final = """Say why a treatment has its letter in one category: the clause of the rubric and how it is known, what the letter
rests on with status, source and date, the works, warnings, the history of the letter, and what would change it under the rubric.
What is not known is said.

example:
  alsu-kg why azathioprine mechanism
  alsu-kg why Imuran trials --format json
  alsu-kg why azathioprine preclinical -o why.html"""
_FORMATS: Final = ("text", "json", "html", "svg", "png")
_ENDINGS: Final = {"txt": "text", "htm": "html"}
_PICTURES: Final = "alsu_kg.answers.drawing_explanation"
"""The module that draws, loaded only when a picture is wanted: the drawing library takes longer to load than the rest."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``why``."""
    parser.add_argument("treatment", metavar="TREATMENT", help="name, alias or key of the treatment, or its record")
    parser.add_argument("category", metavar="CATEGORY", help="mechanism, preclinical, cases, trials or risks")
    parser.add_argument(
        "--format", choices=_FORMATS, help="how to write it (default: by the ending of FILE, else text)"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write it (default: standard output)")
    parser.add_argument(
        "--store", metavar="DIR", help="folder of the store (default: ALSU_KG_STORE, else the user's data directory)"
    )


def run(args: argparse.Namespace) -> int:
    """Explain, and write it in one step."""
    form = _form_of(args.format, args.output)
    explanation = explain_grade(open_graph(store_path(args.store)), args.treatment, args.category)
    if form == "text" and args.output is None:
        style = (paint, embolden) if has_colour() else (str, str)
        sys.stdout.write(write_text(explanation, width=terminal_width(), status=style[0], heading=style[1]))
    else:
        write_output(_write(explanation, form), args.output)
    return 0


def _form_of(chosen: str | None, output: str | None) -> str:
    ending = PurePath(output or "").suffix.lower().removeprefix(".")
    form = chosen or _ENDINGS.get(ending, ending)
    if form not in _FORMATS:
        form = "text"
    if form == "png" and output is None and sys.stdout.isatty():
        raise UsageError("a PNG picture is nothing for a terminal", place="why", repair="add -o FILE.png")
    return form


def _write(explanation: Explanation, form: str) -> bytes:
    if form == "text":
        return write_text(explanation).encode()
    if form == "json":
        return write_json(explanation).encode()
    if form == "html":
        return write_page(explanation).encode()
    return cast("bytes", importlib.import_module(_PICTURES).draw_picture(explanation, form))
