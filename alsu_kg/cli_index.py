"""``alsu-kg index``: build the local index of works, or say what one holds."""

import argparse
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Final

import msgspec

from alsu_kg.index_build import BuildReport, build_index
from alsu_kg.linking_sessions import index_path
from alsu_kg.model.errors import UsageError
from alsu_kg.work_index import WorkIndex

HELP: Final = """Build the local index of works that 'link' searches, add to it, or say what it holds.

Reads Crossref public data files and REST replies, OpenAlex, PubMed XML, CSL-JSON, BibTeX, RIS and JSONL rows
{id, doi, pmid, title, authors, year, container, short_container, volume, issue, first_page}; plain, .gz or .tar.

example:
  alsu-kg index build crossref/ pubmed.xml.gz -o ~/works
  alsu-kg index info ~/works"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``index``."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="build|info")
    build = actions.add_parser(
        "build", help="add dumps to an index; the same work is replaced, a broken-off build goes on"
    )
    build.add_argument("dumps", nargs="+", metavar="DUMP", help="files or folders of works")
    build.add_argument("-o", "--output", required=True, metavar="DIR", help="directory of the index")
    build.add_argument("--processes", type=int, default=0, metavar="N", help="processes (default: one for each core)")
    info = actions.add_parser("info", help="say what an index holds, as JSON")
    info.add_argument("directory", nargs="?", metavar="DIR", help="directory of the index (default: as for 'link')")
    for action in (build, info):
        action.add_argument("--quiet", "-q", action="store_true", default=argparse.SUPPRESS, help="say only errors")


def run(args: argparse.Namespace) -> int:
    """Build, or show; 1 if records were skipped."""
    return _build(args) if args.action == "build" else _info(args)


def _build(args: argparse.Namespace) -> int:
    begun = monotonic()
    dumps = [Path(name) for name in args.dumps]
    manifest, report = build_index(
        dumps, Path(args.output), now=lambda: datetime.now(UTC), processes=args.processes or os.cpu_count() or 1,
        progress=_progress(begun, quiet=args.quiet),
    )  # fmt: skip
    if not args.quiet:
        seconds = max(monotonic() - begun, 0.001)
        sys.stderr.write(
            f"{report.read} records read in {seconds:.0f} s ({report.read / seconds:.0f} a second), "
            f"{report.resumed} were there from an earlier run; the index holds {manifest.records}\n"
        )
        _show_problems(report)
    return 1 if report.reasons else 0


def _progress(begun: float, *, quiet: bool) -> Callable[[int], None]:
    def show(done: int) -> None:
        seconds = monotonic() - begun
        if not quiet and sys.stderr.isatty() and seconds > 2:
            sys.stderr.write(f"\r\033[K{done} records, {done / seconds:.0f} a second")
            sys.stderr.flush()

    return show


def _show_problems(report: BuildReport) -> None:
    for reason, count in sorted(report.reasons.items()):
        sys.stderr.write(f"skipped {count}: {reason}\n")
    for problem in report.problems[:5]:
        sys.stderr.write(f"  {problem.place}: {problem.reason}\n")


def _info(args: argparse.Namespace) -> int:
    directory = index_path(args.directory)
    if directory is None:
        raise UsageError(
            "there is no index", place="index info", repair="give DIR, or build one: alsu-kg index build DUMP -o DIR"
        )
    index = WorkIndex(directory)
    size = sum(path.stat().st_size for path in directory.iterdir() if path.is_file())
    facts = {
        **msgspec.to_builtins(index.manifest),
        "records": index.records,
        "bytes": size,
        "directory": str(directory),
    }
    print(msgspec.json.format(msgspec.json.encode(facts)).decode())
    return 0
