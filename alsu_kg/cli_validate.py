"""``alsu-kg validate``: check records, or the graph in a store, without changing anything."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from alsu_kg.grounding.lexicon import fold
from alsu_kg.model.errors import RecordError
from alsu_kg.model.review import ReviewRecord
from alsu_kg.ontology import expand, make_ontology_lines, shrink
from alsu_kg.pipeline import make_nquads, read_records
from alsu_kg.records import find_record_files
from alsu_kg.store import open_graph, store_path
from alsu_kg.terminal import end_progress, make_progress
from alsu_kg.validation import Violation, find_violations
from alsu_kg.workers import check_nquads

HELP: Final = """Check record files, or without PATH the graph in a store, and change nothing.

Checked are the shape of the records, the shapes of ontology/shapes.ttl in the graph made from them, and the labels of the
identifiers that ontology/reused.ttl knows. One finding a line: thing, property, what is wrong, value.
Exit code: 0 all well, 1 findings, 3 something could not be checked.

example:
  alsu-kg validate
  alsu-kg validate data/reviews my-review.yaml"""

_LABEL: Final = "<http://www.w3.org/2000/01/rdf-schema#label>"


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
    files = find_record_files([Path(name) for name in args.paths])
    if not files:
        raise RecordError("holds no records", place=", ".join(args.paths), repair="name YAML or JSON record files")
    readable, unreadable = _split(files)
    findings = _check_records(readable, quiet=args.quiet)
    for error in unreadable:
        sys.stderr.write(f"alsu-kg validate: could not check: {error}\n")
    code = _report(findings, f"{len(readable)} record file{'' if len(readable) == 1 else 's'}", quiet=args.quiet)
    return RecordError.exit_code if unreadable else code


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


def _check_records(files: Sequence[Path], *, quiet: bool) -> list[str]:
    try:
        found, failures = read_records(files, make_progress(quiet=quiet))
        violations = [violation for nquads in make_nquads(found) for violation in check_nquads(nquads)]
    finally:
        end_progress()
    return [
        *(str(failure.error) for failure in failures),
        *(describe(violation) for violation in violations),
        *find_wrong_labels(found, read_expected_labels()),
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


def read_expected_labels() -> dict[str, set[str]]:
    """Read the labels that the ontology expects of the things it names, by IRI.

    >>> read_expected_labels()["http://id.nlm.nih.gov/mesh/D000069196"]
    {'Gastrointestinal Microbiome'}
    """
    labels: dict[str, set[str]] = {}
    for line in make_ontology_lines():
        subject, predicate, rest = line.split(" ", 2)
        if predicate == _LABEL and subject.startswith("<"):
            labels.setdefault(subject[1:-1], set()).add(rest[1 : rest.rindex('"')])
    return labels


def find_wrong_labels(found: Iterable[ReviewRecord], expected: dict[str, set[str]]) -> list[str]:
    """Find identifiers of treatments whose label is not the one the ontology expects; letter case does not count."""
    findings = []
    for record in found:
        for external in record.treatment.identifiers.values() if record.treatment else ():
            labels = expected.get(expand(external.id) or "", set())
            if labels and fold(external.label) not in {fold(label) for label in labels}:
                findings.append(
                    f"record:{record.record}: treatment.identifiers: {external.id} is called "
                    f"{' or '.join(repr(label) for label in sorted(labels))} in ontology/reused.ttl (found {external.label!r})"
                )
    return findings
