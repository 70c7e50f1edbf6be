"""``alsu-kg resolve``: identifiers to metadata, with the outcome, the retraction status and the evidence for each."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from alsu_kg.answers.citation_formats import bibtex_text, csl_json_text, ris_text
from alsu_kg.answers.resolution_report import count_outcomes, describe_counts, report_text
from alsu_kg.configuration import load_configuration
from alsu_kg.indexes.cascade import DEFAULT_SOURCES, OPTIONAL_SOURCES, ORDER
from alsu_kg.indexes.record_identifiers import fill_record, record_identifiers
from alsu_kg.model.errors import UsageError
from alsu_kg.model.identifier import recognise
from alsu_kg.model.resolution import Resolution
from alsu_kg.output import write_output
from alsu_kg.records import format_record, read_record
from alsu_kg.resolver import open_resolver
from alsu_kg.terminal import end_progress, make_progress

HELP: Final = """Find out what identifiers stand for: DOI, PMID, PMCID, arXiv, NCT number, shortDOI, DOI address, messy DOI text.

Each answer says found, not-found (a source said so) or could-not-check (no usable answer came), and whether a retraction or
correction is known, from which source, as of when. Answers are kept: metadata 30 days, retraction status 7 days.

example:
  alsu-kg resolve 10.1016/S0140-6736(97)11096-0 PMID:31280619 --format json
  alsu-kg resolve - --format bibtex < identifiers.txt
  alsu-kg resolve --record data/reviews/azathioprine.yaml --offline

exit code: 0 every identifier was found, 1 some were not, 2 wrong use, 3 nothing could be checked"""

FORMATS: Final = ("json", "jsonl", "csl-json", "bibtex", "ris")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``resolve``."""
    parser.add_argument(
        "identifiers", nargs="*", metavar="ID", help="identifiers; '-' reads them from standard input, one a line"
    )
    parser.add_argument("--record", metavar="FILE", help="resolve the references and related works of a review record")
    parser.add_argument(
        "--fill", metavar="OUT", help="with --record: write the record with what its references lacked to OUT"
    )
    parser.add_argument("--format", choices=FORMATS, default="json", help="how to write the answers (default: json)")
    parser.add_argument("--offline", action="store_true", help="ask no service, only the cache")
    parser.add_argument("--refresh", action="store_true", help="ask again, whatever the cache holds")
    parser.add_argument("--sources", metavar="NAMES", help=f"ask only these, separated by commas: {_source_names()}")
    parser.add_argument("--open-access", action="store_true", help="ask Unpaywall too, one request per DOI")
    parser.add_argument(
        "--citing-date", metavar="DATE", help="date of the citing review, to tell what was retracted before it"
    )
    parser.add_argument("--config", metavar="FILE", help="configuration (default: ALSU_KG_CONFIG, else alsu-kg.toml)")


def _source_names() -> str:
    return ", ".join(dict.fromkeys(step.source for step in ORDER))


def run(args: argparse.Namespace) -> int:
    """Resolve and print."""
    configuration = load_configuration(args.config)
    record = read_record(Path(args.record)) if args.record else None
    texts = _texts(args.identifiers)
    if record is not None:
        texts += [identifier.value for identifier in record_identifiers(record)]
    if args.fill and record is None:
        raise UsageError("--fill needs --record", repair="name the record with --record FILE")
    if not texts and record is None:
        raise UsageError("no identifier is given", repair="name a DOI, PMID, PMCID, arXiv or NCT number, or '-'")
    if texts and not any(recognise(text) for text in texts):
        raise UsageError(f"{texts[0]!r} holds no identifier", repair="give a DOI, PMID, PMCID, arXiv or NCT number")
    citing_date = args.citing_date or (record.review.published if record else None)
    with open_resolver(configuration, sources=_sources(args), offline=args.offline, refresh=args.refresh) as resolver:
        answers = list(_shown(resolver.resolve(texts), len(texts), quiet=args.quiet))
    _write(answers, args.format, citing_date)
    if record is not None and args.fill:
        known = {answer.identifier: answer for answer in answers if answer.identifier}
        write_output(format_record(fill_record(record, known)).encode(), args.fill)
    if not args.quiet:
        sys.stderr.write(describe_counts(count_outcomes(answers)) + "\n")
    return _exit_code(answers)


def _texts(given: list[str]) -> list[str]:
    texts: list[str] = []
    for text in given:
        texts += [line.strip() for line in sys.stdin if line.strip()] if text == "-" else [text]
    return texts


def _sources(args: argparse.Namespace) -> frozenset[str]:
    chosen = frozenset(name.strip() for name in args.sources.split(",")) if args.sources else DEFAULT_SOURCES
    unknown = chosen - DEFAULT_SOURCES - OPTIONAL_SOURCES
    if unknown:
        raise UsageError(f"there is no source {sorted(unknown)[0]!r}", repair=f"use some of {_source_names()}")
    return chosen | {"unpaywall"} if args.open_access else chosen


def _shown(answers: Iterator[Resolution], total: int, *, quiet: bool) -> Iterator[Resolution]:
    show = make_progress(quiet=quiet)
    try:
        for number, answer in enumerate(answers, start=1):
            show("resolving", number, total)
            yield answer
    finally:
        end_progress()


def _write(answers: list[Resolution], form: str, citing_date: str | None) -> None:
    works = [answer.work for answer in answers if answer.work]
    if form in ("json", "jsonl"):
        print(report_text(answers, lines=form == "jsonl", citing_date=citing_date))
    elif form == "csl-json":
        print(csl_json_text(works))
    else:
        print(bibtex_text(works) if form == "bibtex" else ris_text(works), end="")


def _exit_code(answers: list[Resolution]) -> int:
    outcomes = {answer.outcome for answer in answers}
    if outcomes == {"could-not-check"}:
        return 3
    return 0 if outcomes <= {"found"} else 1
