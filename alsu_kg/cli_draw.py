"""``alsu-kg draw``: a picture of the graph."""

import argparse
from pathlib import PurePath
from typing import Final, Literal, get_args

from alsu_kg.answers.drawing import Format
from alsu_kg.cli_query import split_parameter
from alsu_kg.model.errors import UsageError
from alsu_kg.output import write_output
from alsu_kg.pictures import VIEWS, check_view, draw
from alsu_kg.store import open_graph, store_path

_VIEWS: Final = "\n".join(
    f"  {name:<20}{view.summary}\n{'':<22}parameters: {', '.join(view.parameters)}" for name, view in VIEWS.items()
)
HELP: Final = f"""Draw a picture of the graph as SVG or PNG, or as a web page with the same data as a table.
The same graph gives the same picture, byte for byte.

views:
{_VIEWS}

example:
  alsu-kg draw mechanism -p treatment=azathioprine -o azathioprine.svg
  alsu-kg draw evidence-heatmap -o grades.png
  alsu-kg draw shared-mechanisms -p level=1 -o shared.svg
  alsu-kg draw co-citation -p least=2 -o co-citation.html
  alsu-kg draw shared-references -o shared-references.html"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``draw``."""
    parser.add_argument("view", metavar="VIEW", help=f"what to draw: {', '.join(VIEWS)}")
    parser.add_argument(
        "-p", dest="parameters", action="append", default=[], metavar="NAME=VALUE", help="a parameter of the view"
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="where to write the picture; ends in .svg, .png or .html"
    )
    parser.add_argument(
        "--store", metavar="DIR", help="folder of the store (default: ALSU_KG_STORE, else the user's data directory)"
    )


def run(args: argparse.Namespace) -> int:
    """Draw, and write the file in one step."""
    values = dict(split_parameter(parameter) for parameter in args.parameters)
    check_view(args.view, values)
    form = _form_of(args.output)
    write_output(draw(open_graph(store_path(args.store)), args.view, values, form), args.output)
    return 0


def _form_of(output: str | None) -> Format | Literal["html"]:
    if output is None:
        raise UsageError("needs a file to write to", repair="add -o FILE.svg, -o FILE.png or -o FILE.html")
    ending = PurePath(output).suffix.lower().removeprefix(".")
    if ending in ("html", "htm"):
        return "html"
    for form in get_args(Format):
        if ending == form:
            return form  # type: ignore[no-any-return]
    raise UsageError(
        f"pictures cannot be written as {ending!r}" if ending else "the name of the file has no ending",
        place=output,
        repair="end it in .svg, .png or .html",
    )
