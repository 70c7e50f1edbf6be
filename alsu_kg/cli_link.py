"""``alsu-kg link``: say which work each reference is."""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from alsu_kg.cli_curate import StandardTerminal, find_name
from alsu_kg.curation import Person, decide
from alsu_kg.decision_log import read_log
from alsu_kg.link_partition import json_line
from alsu_kg.linking.bibliography_formats import fill_in, write_bibtex, write_csl_json, write_ris
from alsu_kg.linking.decisions import Decisions, apply_decision, decision_on, propose
from alsu_kg.linking.link_rows import write_csv, write_sssom
from alsu_kg.linking_sessions import Session, link_all
from alsu_kg.model.errors import UsageError, WorkError
from alsu_kg.model.link import ReferenceLink
from alsu_kg.model.reference import Reference
from alsu_kg.output import write_output
from alsu_kg.reference_files import FileReferences, find_reference_files, read_reference_file, read_reference_files
from alsu_kg.references import ReferenceList
from alsu_kg.terminal import Progress, end_progress, make_progress
from alsu_kg.work_index import index_path

HELP: Final = """Say which work each reference means, how sure that is and why, or that none of the known works is meant.

The input is a text file with one reference a line, JSONL, CSL-JSON, BibTeX, RIS, a review record, or a document (Markdown,
text, JATS, HTML, PDF), whose reference list is linked; '-' is standard input. A BibTeX, RIS or CSL-JSON file that is written
in its own format gets identifiers filled in and stays as it is otherwise. Of a folder all such files are linked; each row then
says from which file it is, and a file that cannot be read is named at the end (exit code 1).

With --index and --online, Crossref and PubMed are asked only about references that the index leaves unlinked.

example:
  alsu-kg link references.txt --index ~/works
  alsu-kg link review.pdf --index ~/works --format csv
  alsu-kg link references.bib --index ~/works --format bibtex -o linked.bib
  alsu-kg link papers/ --index ~/works --format csv -o links.csv
  alsu-kg link references.txt --index ~/works --online
  alsu-kg link references.txt --index ~/works --interactive --decisions decisions.sssom.tsv"""

Pairs = Sequence[tuple[Reference, ReferenceLink]]
Read = Sequence[tuple[FileReferences, ReferenceList]]
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
        "files", nargs="*", metavar="FILE", help="files or folders of references; '-' (default) is standard input"
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
    """Link and write; exit code 0 also when references stay unlinked: that is a result. 1 if some of several files were bad."""
    args.files = args.files or ["-"]
    _check(args)
    progress = make_progress(quiet=args.quiet)
    files = _read(args, progress)
    read = [(file, file.references) for file in files if file.references is not None]
    for source in (source for _, source in read):
        left = "left out" if source.form in ("bibtex", "ris") else "left unlinked"
        sys.stderr.writelines(f"alsu-kg link: {problem}; {left}\n" for problem in source.problems)
    references = [reference for _, source in read for reference in source.references]
    decisions: Decisions = read_log(Path(args.decisions)).standing if args.decisions else {}
    index = index_path(args.index) if args.index or not (args.online or args.offline) else None
    session = Session(
        index=index, online=args.online, offline=args.offline, configuration=args.config,
        decisions=decisions, processes=args.processes,
    )  # fmt: skip
    pairs = []
    for reference, link in zip(references, link_all(references, session), strict=True):
        pairs.append((reference, link))
        progress("linking", len(pairs), len(references))
    end_progress()
    if args.interactive:
        decisions = _ask_person(pairs, Path(args.decisions), args)
        pairs = [(r, apply_decision(r, link, decisions, lambda _: [])) for r, link in pairs]
    write_output(_format(pairs, args.format, read, decisions).encode("utf-8", "replace"), args.output)
    if not args.quiet:
        _summarise(link for _, link in pairs)
    return max(_report(files, args), 3 if pairs and all(link.decision == "could-not-check" for _, link in pairs) else 0)


def _read(args: argparse.Namespace, progress: Progress) -> list[FileReferences]:
    """Read one file, whose error is the user's; or several, each of which may fail."""
    form = None if args.form == "auto" else args.form
    names = find_reference_files(args.files, output=args.output)
    if names == args.files[:1]:
        return [FileReferences(names[0], read_reference_file(names[0], form), among_several=False)]
    files = read_reference_files(
        names, form, jobs=args.processes, progress=lambda done, of: progress("reading documents", done, of)
    )
    end_progress()
    if all(file.references is None for file in files):
        _report(files, args)
        raise WorkError("none of the files can be read", place=", ".join(args.files), repair="see the lines above")
    return files


def _report(files: Sequence[FileReferences], args: argparse.Namespace) -> int:
    """Say which files could not be read, and give the exit code for it."""
    bad = [file for file in files if file.error is not None]
    for file in bad:
        sys.stderr.write(f"alsu-kg link: {file.error}\n")
    if any(file.among_several for file in files) and not args.quiet:
        sys.stderr.write(f"{len(files) - len(bad)} of {len(files)} files read\n")
    return 1 if bad else 0


def _check(args: argparse.Namespace) -> None:
    if "-" in args.files and len(args.files) > 1:
        raise UsageError("standard input stands alone", place="-", repair="give '-' or names of files")
    if args.interactive and (not args.decisions or "-" in args.files):
        raise UsageError("needs a place for the decisions and a file of references", place="--interactive",
                         repair="give FILE and --decisions FILE")  # fmt: skip
    if args.online and args.offline:
        raise UsageError("--online and --offline contradict each other", repair="give one of them")
    if args.processes < 0:
        raise UsageError("--processes must be at least 1", repair="give a number such as 2, or leave it out")


def _ask_person(pairs: Pairs, log: Path, args: argparse.Namespace) -> Decisions:
    """Ask about each ambiguous reference; every answer is on disk before the next question. Give all decisions that count."""
    person = Person(find_name(args.author, args.config), lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    ambiguous = [propose(reference, link) for reference, link in pairs if link.decision == "ambiguous"]
    decide(ambiguous, log, person, StandardTerminal(), name="ambiguous references")
    return read_log(log).standing


def _format(pairs: Pairs, form: str, read: Read, decisions: Decisions) -> str:
    """Write the links; where several files were read, each row says from which one it is."""
    files = [file.name if file.among_several else "" for file, source in read for _ in source.references]
    if form == "jsonl":
        rows = zip(pairs, files, strict=True)
        return "".join(json_line(reference, link, file) + "\n" for (reference, link), file in rows)
    if form == "csv":
        return write_csv((link for _, link in pairs), files if any(files) else ())
    named = [(_named(r, file, decisions), link) for (r, link), file in zip(pairs, files, strict=True)]
    if form == "sssom":
        return write_sssom(named, decisions)
    own, write = _BIBLIOGRAPHIES[form]
    source = read[0][1]
    filled = fill_in(source.text, own, pairs) if source.form == own and len(read) == 1 else None
    return write(named) if filled is None else filled


def _named(reference: Reference, file: str, decisions: Decisions) -> Reference:
    """Put the name of the file before an id that is only a number; an id that a person's decision goes by stays."""
    if not file or not reference.id.isdecimal() or decision_on(reference, decisions) is not None:
        return reference
    return msgspec.structs.replace(reference, id=f"{file}#{reference.id}")


def _summarise(links: Iterable[ReferenceLink]) -> None:
    counts: dict[str, int] = {}
    for link in links:
        counts[link.decision] = counts.get(link.decision, 0) + 1
    said = ", ".join(f"{count} {decision}" for decision, count in sorted(counts.items()))
    sys.stderr.write(f"{said or 'there is no reference in the input'}\n")
