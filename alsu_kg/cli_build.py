"""``alsu-kg build``: records to a validated graph in a store."""

import argparse
from pathlib import Path
from typing import Final

from alsu_kg.assets import find_asset
from alsu_kg.model.errors import RecordError
from alsu_kg.pipeline import Summary, build
from alsu_kg.records import find_record_files
from alsu_kg.store import store_path
from alsu_kg.terminal import end_progress, make_progress

HELP: Final = """Turn review records into a validated graph and make it the current graph of a store.

Without arguments the 79 records that come with alsu-kg are built. The old graph stays whole until the new one is.

example:
  alsu-kg build
  alsu-kg build data/reviews my-review.yaml --store ./my-store"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``build``."""
    parser.add_argument(
        "records", nargs="*", metavar="RECORD", help="record files or folders of them (default: data/reviews)"
    )
    parser.add_argument(
        "--store", metavar="DIR", help="folder of the store (default: ALSU_KG_STORE, else the user's data directory)"
    )
    parser.add_argument(
        "--keep-going", action="store_true", help="leave out bad records and build the rest (exit code 1)"
    )


def run(args: argparse.Namespace) -> int:
    """Build and print what was counted."""
    files = find_record_files([Path(name) for name in args.records] or [find_asset("data/reviews")])
    if not files:
        raise RecordError("holds no records", place=", ".join(args.records), repair="name YAML or JSON record files")
    store = store_path(args.store)
    try:
        summary = build(files, store, keep_going=args.keep_going, progress=make_progress(quiet=args.quiet))
    finally:
        end_progress()
    for failure in summary.failures:
        print(f"left out at stage '{failure.stage}': {failure.error}")
    if not args.quiet:
        print(describe(summary, store))
    return 1 if summary.failures else 0


def describe(summary: Summary, store: Path) -> str:
    """Give the summary of a build as aligned lines."""
    counts = [
        ("treatments", summary.treatments),
        ("reviews", summary.reviews),
        ("assessments", summary.assessments),
        ("claims", summary.claims),
        ("works", summary.works),
        ("quads", summary.quads),
    ]
    lines = [f"{name:<12}{count:>9,}" for name, count in counts]
    return "\n".join(
        [*lines, f"{'seconds':<12}{summary.seconds:>9.2f}", f"graph sha256:{summary.digest[:16]}", f"store {store}"]
    )
