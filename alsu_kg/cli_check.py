"""``alsu-kg check``: an author's check of a draft."""

import argparse
import contextlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from alsu_kg.answers.check_report import write_json, write_text
from alsu_kg.author_checks import check_draft, read_draft
from alsu_kg.configuration import load_configuration
from alsu_kg.model.errors import UsageError
from alsu_kg.model.identifier import Identifier
from alsu_kg.model.resolution import Resolution
from alsu_kg.output import write_output
from alsu_kg.resolved_works import Asking
from alsu_kg.resolver import Resolver, open_resolver
from alsu_kg.terminal import embolden, end_progress, has_colour, make_progress

HELP: Final = """Check a review before it goes out: contradictions, pointers without reference, references that are unlinked, wrong,
duplicate or retracted, claims whose cited work is about something else, the weakest step of each mechanism path, and what earlier
reviews said. What could not be checked is listed apart. Exit code 1 if there are findings.

The draft is a record (YAML, JSON) or a document (md, txt, JATS, HTML, PDF). Without --resolve only titles as printed are
read, so little can be said of what works are about.

example:
  alsu-kg check my-review.md
  alsu-kg check my-review.yaml --resolve --format json
  alsu-kg check my-review.pdf --resolve --index ~/works"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``check``."""
    parser.add_argument("draft", metavar="DRAFT", help="record or document")
    parser.add_argument("--resolve", action="store_true", help="ask services about the works that the draft names")
    parser.add_argument("--offline", action="store_true", help="with --resolve: ask no service, only the cache")
    parser.add_argument(
        "--config", metavar="FILE", help="with --resolve: configuration (default: ALSU_KG_CONFIG, else alsu-kg.toml)"
    )
    parser.add_argument("--index", metavar="DIR", help="link references with this index of works")
    parser.add_argument(
        "--vocabularies",
        action="store_true",
        help="look for drugs, genes … in the works by all names of the packaged vocabularies (a minute, once)",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to write it (default: text)")
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write it (default: standard output)")


def run(args: argparse.Namespace) -> int:
    """Check and write what was found."""
    if (args.offline or args.config) and not args.resolve:
        raise UsageError("--offline and --config need --resolve", repair="add --resolve, or leave them out")
    record = read_draft(Path(args.draft))
    show = make_progress(quiet=args.quiet)
    try:
        with _asking(args) as asking:
            check = check_draft(
                record,
                asking=asking,
                index=Path(args.index) if args.index else None,
                with_vocabularies=args.vocabularies,
                step=lambda what: show(what, 0, 1),
            )
    finally:
        end_progress()
    heading = embolden if has_colour() and not args.output else str
    text = write_json(check) if args.format == "json" else write_text(check, heading)
    if args.output:
        write_output(text.encode(), args.output)
    else:
        sys.stdout.write(text)
    return 1 if check.findings else 0


@contextlib.contextmanager
def _asking(args: argparse.Namespace) -> Iterator[Asking | None]:
    if not args.resolve:
        yield None
        return
    with open_resolver(load_configuration(args.config), offline=args.offline) as resolver:
        yield Asking(lambda identifiers: _resolve(resolver, identifiers))


def _resolve(resolver: Resolver, identifiers: Sequence[Identifier]) -> Mapping[Identifier, Resolution]:
    answers = resolver.resolve([str(identifier) for identifier in identifiers])
    return dict(zip(identifiers, answers, strict=True))
