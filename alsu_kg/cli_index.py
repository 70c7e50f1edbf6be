"""``alsu-kg index``: build the local index of works, say what one holds, or check that it is whole."""

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Final

import msgspec

from alsu_kg.index_build import BuildReport, Progress, build_index
from alsu_kg.index_files import MANIFEST, read_manifest, verify
from alsu_kg.model.errors import UsageError
from alsu_kg.terminal import end_progress
from alsu_kg.work_index import WorkIndex, index_path

HELP: Final = """Build the local index of works that 'link' searches, add to it, say what it holds, or check that it is whole.

Reads Crossref public data files and REST replies, OpenAlex, PubMed XML, CSL-JSON, BibTeX, RIS and JSONL rows
{id, doi, pmid, title, authors, year, container, short_container, volume, issue, first_page}; plain, .gz or .tar.

example:
  alsu-kg index build crossref/ pubmed.xml.gz -o ~/works
  alsu-kg index info ~/works
  alsu-kg index check ~/works"""

_SHOWN_PROBLEMS: Final = 5
_QUIET_SECONDS: Final = 2.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``index``."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="build|info|check")
    build = actions.add_parser(
        "build", help="add dumps to an index; the same work is replaced, a broken-off build goes on"
    )
    build.add_argument("dumps", nargs="+", metavar="DUMP", help="files or folders of works")
    build.add_argument("-o", "--output", required=True, metavar="DIR", help="directory of the index")
    build.add_argument("--processes", type=int, default=0, metavar="N", help="processes (default: one for each core)")
    info = actions.add_parser("info", help="say what an index holds, as JSON")
    info.add_argument("directory", nargs="?", metavar="DIR", help="directory of the index (default: as for 'link')")
    check = actions.add_parser("check", help="read every file of an index and compare it with its checksum")
    check.add_argument("directory", nargs="?", metavar="DIR", help="directory of the index (default: as for 'link')")
    for action in (build, info, check):
        action.add_argument("--quiet", "-q", action="store_true", default=argparse.SUPPRESS, help="say only errors")


def run(args: argparse.Namespace) -> int:
    """Build, show or check; 1 if records were skipped."""
    if args.action == "build":
        return _build(args)
    return _info(_directory(args)) if args.action == "info" else _check(_directory(args), quiet=args.quiet)


def _build(args: argparse.Namespace) -> int:
    begun = monotonic()
    dumps = [Path(name) for name in args.dumps]
    manifest, report = build_index(
        dumps, Path(args.output), now=lambda: datetime.now(UTC), processes=args.processes or os.cpu_count() or 1,
        progress=_progress(begun, quiet=args.quiet),
    )  # fmt: skip
    end_progress()
    if not args.quiet:
        seconds = max(monotonic() - begun, 0.001)
        sys.stderr.write(
            f"{report.read} records read in {seconds:.0f} s ({report.read / seconds:.0f} a second), {report.resumed} were "
            f"read by an earlier run, {report.replaced} replaced by a later one; the index holds {manifest.records}\n"
        )
        _show_problems(report)
    return 1 if report.reasons else 0


def _progress(begun: float, *, quiet: bool) -> Progress:
    """Show records, rate and the time that is left; bytes that an earlier run read do not count for the rate."""
    before: list[int] = []

    def show(records: int, done: int, total: int) -> None:
        before.append(done) if not before else None
        seconds = monotonic() - begun
        if quiet or not sys.stderr.isatty() or seconds < _QUIET_SECONDS:
            return
        sys.stderr.write(f"\r\033[K{progress_line(records, seconds, done, total, before[0])}")
        sys.stderr.flush()

    return show


def progress_line(records: int, seconds: float, done: int, total: int, before: int = 0) -> str:
    """Say how far a build is and how long it will take; ``done`` of ``total`` bytes, ``before`` of them by an earlier run.

    >>> progress_line(60_000, 10.0, 150, 600)
    '60000 records, 6000 a second, 25 % of the dumps, 0:30 left'
    """
    left = (total - done) * seconds / (done - before) if done > before else 0.0
    minutes, rest = divmod(round(left), 60)
    share = 100 * done // total if total else 100
    return f"{records} records, {records / seconds:.0f} a second, {share} % of the dumps, {minutes}:{rest:02d} left"


def _show_problems(report: BuildReport) -> None:
    for reason, count in sorted(report.reasons.items()):
        sys.stderr.write(f"skipped {count}: {reason}\n")
    for problem in report.problems[:_SHOWN_PROBLEMS]:
        sys.stderr.write(f"  {problem.place}: {problem.reason}\n")


def _directory(args: argparse.Namespace) -> Path:
    directory = index_path(args.directory)
    if directory is None:
        repair = "give DIR, or build one: alsu-kg index build DUMP -o DIR"
        raise UsageError("there is no index", place=f"index {args.action}", repair=repair)
    return directory


def _info(directory: Path) -> int:
    index = WorkIndex(directory)
    sizes = [path.stat().st_size for path in directory.iterdir() if path.is_file() and path.name != MANIFEST]
    facts = msgspec.to_builtins(index.manifest)
    kept = {name: facts[name] for name in ("version", "records", "updated", "sources", "skipped")}
    print(msgspec.json.format(msgspec.json.encode({**kept, "bytes": sum(sizes), "directory": str(directory)})).decode())
    return 0


def _check(directory: Path, *, quiet: bool) -> int:
    read = verify(directory)
    if not quiet:
        sys.stderr.write(f"whole: {read_manifest(directory).records} records, {read} bytes as they were written\n")
    return 0
