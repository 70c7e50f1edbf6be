"""``alsu-kg build``: records to a validated graph in a store."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from alsu_kg.answers.resolution_report import count_outcomes, describe_counts
from alsu_kg.assets import find_asset
from alsu_kg.build_links import LinkSources, link_records
from alsu_kg.configuration import load_configuration
from alsu_kg.decided_groundings import read_tables
from alsu_kg.manifest import forget
from alsu_kg.model.errors import RecordError, UsageError
from alsu_kg.model.identifier import Identifier
from alsu_kg.model.resolution import Resolution
from alsu_kg.pipeline import Beyond, Link, Summary, build
from alsu_kg.record_reading import Progress
from alsu_kg.records import find_record_files
from alsu_kg.resolved_works import Asking
from alsu_kg.resolver import Resolver, open_resolver
from alsu_kg.store import store_path
from alsu_kg.terminal import end_progress, make_progress

HELP: Final = """Turn review records, and documents of reviews, into a validated graph and make it the current graph of a store.

Without arguments the 79 records that come with alsu-kg are built. A document (md, txt, JATS, HTML, PDF) is read into a
draft first, as 'alsu-kg read' does; nobody has checked a draft. The old graph stays whole until the new one is.
Where few records changed since the last build only they are made again, to the same result.
With --index or --links references are tied to works: each link keeps score, evidence, method and time in a named graph of its
own; identifiers that a record states always win.
With --groundings what persons decided words to mean becomes matches (skos:exactMatch) in a named graph that says who and when.
With --resolve bibliographic services are asked about every work that the records name: metadata, licence, open-access link,
retraction status. Claims are compared with titles, abstracts and headings of the works they cite; abstracts stay in the cache.
What could not be checked is said to be so in the graph; it never stops the build.

example:
  alsu-kg build
  alsu-kg build data/reviews my-review.yaml --store ./my-store
  alsu-kg build my-review.pdf --store ./my-store --index ~/works
  alsu-kg build --resolve --offline"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``build``."""
    parser.add_argument(
        "records", nargs="*", metavar="FILE", help="records, folders of records, documents (default: data/reviews)"
    )
    parser.add_argument(
        "--store", metavar="DIR", help="folder of the store (default: ALSU_KG_STORE, else the user's data directory)"
    )
    parser.add_argument(
        "--keep-going", action="store_true", help="leave out bad records and build the rest (exit code 1)"
    )
    parser.add_argument(
        "--fresh", action="store_true", help="make everything again, also what did not change since the last build"
    )
    parser.add_argument("--resolve", action="store_true", help="ask services about the works that the records name")
    parser.add_argument("--offline", action="store_true", help="with --resolve: ask no service, only the cache")
    parser.add_argument(
        "--index", metavar="DIR", help="link references with this index of works ('alsu-kg index build')"
    )
    parser.add_argument(
        "--links",
        action="append",
        default=[],
        metavar="FILE",
        help="links as 'alsu-kg link' wrote them, or persons' decisions",
    )
    parser.add_argument(
        "--groundings",
        action="append",
        default=[],
        metavar="FILE",
        help="what persons decided words to mean: SSSOM as 'alsu-kg ground' writes it and 'alsu-kg curate' decides on it",
    )
    parser.add_argument(
        "--vocabularies",
        action="store_true",
        help="with --resolve: look for drugs, genes … in the works by all names of the packaged vocabularies (a minute, once)",
    )
    parser.add_argument(
        "--config", metavar="FILE", help="with --resolve: configuration (default: ALSU_KG_CONFIG, else alsu-kg.toml)"
    )


def run(args: argparse.Namespace) -> int:
    """Build and print what was counted."""
    files = find_record_files([Path(name) for name in args.records] or [find_asset("data/reviews")])
    if not files:
        raise RecordError("holds no records", place=", ".join(args.records), repair="name YAML or JSON record files")
    if (args.offline or args.config or args.vocabularies) and not args.resolve:
        what = "--offline, --config and --vocabularies need --resolve"
        raise UsageError(what, repair="add --resolve, or leave them out")
    store = store_path(args.store)
    try:
        summary = _build(args, files, store, make_progress(quiet=args.quiet))
    finally:
        end_progress()
    for failure in summary.failures:
        print(f"left out at stage '{failure.stage}': {failure.error}")
    if summary.left_out and not args.quiet:
        words = ", ".join(summary.left_out)
        repair = "Repair: in the table, correct subject_label (a name in the graph) or the identifier"
        sys.stderr.write(f"alsu-kg build: decided on, but left out: {words}. {repair}\n")
    if not args.quiet:
        print(describe(summary, store))
    return 1 if summary.failures else 0


def _build(args: argparse.Namespace, files: Sequence[Path], store: Path, progress: Progress) -> Summary:
    if args.fresh:
        forget(store)
    beyond = Beyond(link=_make_linker(args, progress), groundings=tuple(read_tables(map(Path, args.groundings))))
    if not args.resolve:
        return build(files, store, keep_going=args.keep_going, progress=progress, beyond=beyond)
    with open_resolver(load_configuration(args.config), offline=args.offline) as resolver:

        def resolve(identifiers: Sequence[Identifier]) -> Mapping[Identifier, Resolution]:
            answers = _ask(resolver, identifiers, progress)
            if not args.quiet:
                end_progress()
                sys.stderr.write(describe_counts(count_outcomes(answers.values())) + "\n")
            return answers

        asking = Asking(resolve, with_vocabularies=args.vocabularies)
        return build(files, store, keep_going=args.keep_going, progress=progress, beyond=replace(beyond, asking=asking))


def _make_linker(args: argparse.Namespace, progress: Progress) -> Link | None:
    if not args.index and not args.links:
        return None
    sources = LinkSources(
        index=Path(args.index) if args.index else None,
        files=tuple(map(Path, args.links)),
        now=lambda: datetime.now(UTC),
        progress=progress,
    )
    return lambda records: link_records(records, sources)


def _ask(resolver: Resolver, identifiers: Sequence[Identifier], progress: Progress) -> dict[Identifier, Resolution]:
    answers: dict[Identifier, Resolution] = {}
    texts = [str(identifier) for identifier in identifiers]
    for identifier, answer in zip(identifiers, resolver.resolve(texts), strict=True):
        answers[identifier] = answer
        progress("resolving", len(answers), len(identifiers))
    return answers


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
