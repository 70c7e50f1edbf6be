"""``alsu-kg link``: say which work each reference is."""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from alsu_kg.answers.proposal_text import describe
from alsu_kg.cli_curate import StandardTerminal, find_name
from alsu_kg.curation import Person, ask_about
from alsu_kg.decision_log import add_decision, read_log
from alsu_kg.link_partition import json_line
from alsu_kg.linking.bibliography_formats import fill_in, write_bibtex, write_csl_json, write_ris
from alsu_kg.linking.decisions import Decisions, apply_decision, propose
from alsu_kg.linking.link_rows import write_csv, write_sssom
from alsu_kg.linking_sessions import Session, link_all
from alsu_kg.model.errors import UsageError
from alsu_kg.model.link import ReferenceLink
from alsu_kg.model.reference import Reference
from alsu_kg.output import write_output
from alsu_kg.reference_files import read_reference_file
from alsu_kg.references import ReferenceList
from alsu_kg.terminal import end_progress, make_progress
from alsu_kg.work_index import index_path

HELP: Final = """Say which work each reference means, how sure that is and why, or that none of the known works is meant.

The input is a text file with one reference a line, JSONL, CSL-JSON, BibTeX, RIS, a review record, or a document (Markdown,
text, JATS, HTML, PDF), whose reference list is linked; '-' is standard input. A BibTeX, RIS or CSL-JSON file that is written
in its own format gets identifiers filled in and stays as it is otherwise.

example:
  alsu-kg link references.txt --index ~/works
  alsu-kg link review.pdf --index ~/works --format csv
  alsu-kg link references.bib --index ~/works --format bibtex -o linked.bib
  alsu-kg link references.txt --online
  alsu-kg link references.txt --index ~/works --interactive --decisions decisions.sssom.tsv"""

Pairs = Sequence[tuple[Reference, ReferenceLink]]
_FORMS: Final = ("auto", "lines", "jsonl", "json", "bibtex", "ris", "record", "document")
_BIBLIOGRAPHIES: Final[dict[str, tuple[str, Callable[[Pairs], str]]]] = {
    "bibtex": ("bibtex", write_bibtex),
    "ris": ("ris", write_ris),
    "csl-json": ("json", write_csl_json),
}
FORMATS: Final = ("jsonl", "csv", "sssom", *_BIBLIOGRAPHIES)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``link``."""
    parser.add_argument(
        "file", nargs="?", default="-", metavar="FILE", help="references; '-' (default) is standard input"
    )
    parser.add_argument(
        "--from",
        dest="form",
        choices=_FORMS,
        default="auto",
        help="form of the input (default: told from what it holds)",
    )
    parser.add_argument(
        "--index", metavar="DIR", help="index of works (default: ALSU_KG_INDEX, else the user's cache directory)"
    )
    parser.add_argument("--format", choices=FORMATS, default="jsonl", help="how to write the links (default: jsonl)")
    parser.add_argument(
        "--online", action="store_true", help="ask Crossref and PubMed for candidates (after --index, if that is given)"
    )
    parser.add_argument(
        "--offline", action="store_true", help="like --online, but with the answers of earlier runs only"
    )
    parser.add_argument("--config", metavar="FILE", help="configuration (default: ALSU_KG_CONFIG, else alsu-kg.toml)")
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write (default: standard output)")
    parser.add_argument("--processes", type=int, default=0, metavar="N", help="processes (default: one for each core)")
    parser.add_argument(
        "--decisions", metavar="FILE", help="SSSOM file of persons' decisions; they win over the machine"
    )
    parser.add_argument(
        "--interactive", action="store_true", help="ask a person about ambiguous references; keeps --decisions"
    )
    parser.add_argument("--author", metavar="NAME", help="who decides: a name or ORCID (default: as with 'curate')")


def run(args: argparse.Namespace) -> int:
    """Link and write; exit code 0 also when references stay unlinked: that is a result."""
    _check(args)
    source = read_reference_file(args.file, None if args.form == "auto" else args.form)
    for problem in source.problems:
        sys.stderr.write(f"alsu-kg link: {problem}; left unlinked\n")
    decisions: Decisions = read_log(Path(args.decisions)).standing if args.decisions else {}
    index = index_path(args.index) if args.index or not (args.online or args.offline) else None
    session = Session(
        index=index, online=args.online, offline=args.offline, configuration=args.config,
        decisions=decisions, processes=args.processes,
    )  # fmt: skip
    progress = make_progress(quiet=args.quiet)
    pairs = []
    for reference, link in zip(source.references, link_all(source.references, session), strict=True):
        pairs.append((reference, link))
        progress("linking", len(pairs), len(source.references))
    end_progress()
    if args.interactive:
        decisions = _ask_person(pairs, Path(args.decisions), args)
        pairs = [(r, apply_decision(r, link, decisions, lambda _: [])) for r, link in pairs]
    write_output(_format(pairs, args.format, source, decisions).encode("utf-8", "replace"), args.output)
    if not args.quiet:
        _summarise(link for _, link in pairs)
    return 3 if pairs and all(link.decision == "could-not-check" for _, link in pairs) else 0


def _check(args: argparse.Namespace) -> None:
    if args.interactive and (not args.decisions or args.file == "-"):
        raise UsageError("needs a place for the decisions and a file of references", place="--interactive",
                         repair="give FILE and --decisions FILE")  # fmt: skip
    if args.online and args.offline:
        raise UsageError("--online and --offline contradict each other", repair="give one of them")
    if args.processes < 0:
        raise UsageError("--processes must be at least 1", repair="give a number such as 2, or leave it out")


def _ask_person(pairs: Pairs, log: Path, args: argparse.Namespace) -> Decisions:
    """Ask about each ambiguous reference; every answer is on disk before the next question. Give all decisions that count."""
    person = Person(find_name(args.author, args.config), lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    terminal = StandardTerminal()
    ambiguous = [propose(reference, link) for reference, link in pairs if link.decision == "ambiguous"]
    for place, proposal in enumerate(ambiguous, start=1):
        terminal.say(f"\n{place} of {len(ambiguous)}\n" + "\n".join(describe(proposal)))
        answer = ask_about(proposal, person, terminal)
        if answer == "quit":
            break
        if isinstance(answer, str):
            continue
        add_decision(log, answer)
    return read_log(log).standing


def _format(pairs: Pairs, form: str, source: ReferenceList, decisions: Decisions) -> str:
    if form == "jsonl":
        return "".join(json_line(reference, link) + "\n" for reference, link in pairs)
    if form == "csv":
        return write_csv(link for _, link in pairs)
    if form == "sssom":
        return write_sssom(pairs, decisions)
    own, write = _BIBLIOGRAPHIES[form]
    filled = fill_in(source.text, own, pairs) if source.form == own else None
    return write(pairs) if filled is None else filled


def _summarise(links: Iterable[ReferenceLink]) -> None:
    counts: dict[str, int] = {}
    for link in links:
        counts[link.decision] = counts.get(link.decision, 0) + 1
    sys.stderr.write(", ".join(f"{count} {decision}" for decision, count in sorted(counts.items())) + "\n")
