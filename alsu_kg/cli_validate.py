"""``alsu-kg validate``: check records, or the graph in a store, without changing anything."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from alsu_kg.grounding.record_words import find_record_uses
from alsu_kg.grounding.term_check import Use
from alsu_kg.model.errors import RecordError, UsageError
from alsu_kg.model.sssom import NO_TERM, read_mappings
from alsu_kg.ontology import shrink
from alsu_kg.pipeline import make_nquads, read_records
from alsu_kg.records import find_record_files
from alsu_kg.store import open_graph, store_path
from alsu_kg.terminal import end_progress, make_progress
from alsu_kg.validation import Violation, find_violations
from alsu_kg.vocabularies import check_identifiers
from alsu_kg.workers import check_nquads

HELP: Final = """Check record files, or without PATH the graph in a store, and change nothing.

Checked are the shape of the records, the shapes of ontology/shapes.ttl in the graph made from them, and every identifier such
as MONDO:0004976 against the packaged vocabularies: whether it exists, is obsolete, and has the label that is written beside it. A
PATH ending in .sssom.tsv is a table of mappings, whose identifiers are checked. One finding a line: place, what is wrong.
Exit code: 0 all well, 1 findings, 3 something could not be checked.

example:
  alsu-kg validate
  alsu-kg validate data/reviews my-review.yaml"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``validate``."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="record files or folders of them (default: the store)")
    parser.add_argument(
        "--store", metavar="DIR", help="folder of the store (default: ALSU_KG_STORE, else the user's data directory)"
    )


def run(args: argparse.Namespace) -> int:
    """Check and print the findings."""
    if not args.paths:
        findings = [describe(one) for one in find_violations(open_graph(store_path(args.store)).lines())]
        return _report(findings, "the graph", quiet=args.quiet)
    tables = [Path(name) for name in args.paths if name.endswith(".sssom.tsv")]
    others = [Path(name) for name in args.paths if not name.endswith(".sssom.tsv")]
    files = find_record_files(others) if others else []
    if not files and not tables:
        raise RecordError("holds no records", place=", ".join(args.paths), repair="name YAML or JSON record files")
    readable, unreadable = _split(files)
    uses = [use for table in tables for use in _read_table(table)]
    findings = _check_records(readable, uses, quiet=args.quiet)
    for error in unreadable:
        sys.stderr.write(f"alsu-kg validate: could not check: {error}\n")
    checked = (
        f"{len(readable)} record file{'' if len(readable) == 1 else 's'}" if readable or not tables else "the mappings"
    )
    code = _report(findings, checked, quiet=args.quiet)
    return RecordError.exit_code if unreadable else code


def _read_table(path: Path) -> list[Use]:
    """Give the identifiers of an SSSOM table with the labels beside them."""
    try:
        mappings = read_mappings(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise UsageError(f"cannot be read: {error}", place=str(path), repair="give an SSSOM table (TSV)") from None
    return [
        Use(f"{path.name}: {one.subject_label or one.subject_id}", one.object_id, one.object_label or None)
        for one in mappings
        if one.object_id != NO_TERM
    ]


def _report(findings: Sequence[str], what: str, *, quiet: bool) -> int:
    sys.stdout.write("".join(f"{finding}\n" for finding in findings))
    if not quiet:
        count = f"{len(findings)} finding{'' if len(findings) == 1 else 's'}" if findings else "no findings"
        sys.stderr.write(f"checked {what}: {count}\n")
    return 1 if findings else 0


def _split(files: Sequence[Path]) -> tuple[list[Path], list[RecordError]]:
    """Tell the files that can be opened from those that cannot, so that "could not check" is never "is wrong"."""
    readable: list[Path] = []
    errors: list[RecordError] = []
    for path in files:
        try:
            with path.open("rb"):
                readable.append(path)
        except OSError as error:
            errors.append(RecordError(f"cannot be read: {error.strerror}", place=str(path), repair="check permission"))
    return readable, errors


def _check_records(files: Sequence[Path], uses: list[Use], *, quiet: bool) -> list[str]:
    try:
        found, failures = read_records(files, make_progress(quiet=quiet))
        violations = [violation for nquads in make_nquads(found) for violation in check_nquads(nquads)]
    finally:
        end_progress()
    findings = check_identifiers([*uses, *(use for record in found for use in find_record_uses(record))])
    unchecked = [finding for finding in findings if finding.problem == "could-not-check"]
    if unchecked and not quiet:
        sys.stderr.write("".join(f"note: {finding}\n" for finding in unchecked))
    return [
        *(str(failure.error) for failure in failures),
        *(describe(violation) for violation in violations),
        *(str(finding) for finding in findings if finding.problem != "could-not-check"),
    ]


def describe(violation: Violation) -> str:
    """Write a violation as one line: thing, property, what is wrong, value, with prefixes.

    >>> claim, status = "<https://w3id.org/alsu-kg/id/claim/x/1>", "<https://w3id.org/alsu-kg/vocab#status>"
    >>> describe(Violation(claim, status, "exactly one epistemic status", ""))
    'claim:x/1: alsu:status: exactly one epistemic status'
    """
    value = f" (found {_short(violation.value)})" if violation.value else ""
    parts = [_short(violation.focus), *([_short(violation.path)] if violation.path else []), violation.message + value]
    return " ".join(": ".join(parts).split())


def _short(term: str) -> str:
    literal, typed, datatype = term.rpartition("^^")
    if typed and term.startswith('"'):
        return f"{literal}^^{_short(datatype)}"
    return shrink(term[1:-1]) if term.startswith("<") else term
