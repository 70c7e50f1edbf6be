"""``alsu-kg read``: a document in, a draft record out; ``--compare`` shows how far a draft agrees with a curated record."""

import argparse
import contextlib
import itertools
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import msgspec

from alsu_kg.decision_log import with_decisions
from alsu_kg.document_files import find_documents
from alsu_kg.extraction.comparison import compare_records, format_comparison
from alsu_kg.model.errors import AlsuKgError, UsageError
from alsu_kg.model.review import ReviewRecord
from alsu_kg.reading_pool import Outcome, read_reviews
from alsu_kg.records import format_record, read_record

_MOST_TOLD: Final = 12
HELP = "read documents (md, txt, JATS, HTML, PDF) and lists of references (BibTeX, RIS, CSL-JSON, EndNote, nbib) into draft records"
EPILOG = """examples:
  alsu-kg read review.pdf -o draft.yaml
  alsu-kg read review.md --format json
  alsu-kg read pages/ -o drafts/            one draft for each document of a folder, on all cores
  alsu-kg read library.bib --format json    only references; also .ris, .enw, .nbib, CSL-JSON, EndNote XML, one a line
  alsu-kg read review.md --compare data/reviews/azathioprine.yaml
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the verb to ``parser``."""
    parser.epilog = f"{EPILOG}\n{parser.epilog or ''}".rstrip()
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("documents", nargs="+", metavar="DOC", help="a file, a folder, or - for standard input")
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="where to write (a folder, if several documents are read); - is standard output",
    )
    parser.add_argument("--format", choices=("yaml", "json"), default="yaml", help="form of the record (default: yaml)")
    parser.add_argument(
        "--compare", metavar="RECORD", type=Path, help="print how the draft agrees with this curated record instead"
    )
    parser.add_argument(
        "--jobs", type=int, metavar="N", help="how many documents to read at once (default: one for each core)"
    )


def run(args: argparse.Namespace) -> int:
    """Do the verb and give its exit code.

    0 done; 1 done, but some of several documents could not be read, or the comparison found differences; 3 nothing was read.
    """
    if args.jobs is not None and args.jobs < 1:
        raise UsageError("--jobs must be at least 1", repair="give a number such as 2")
    with contextlib.ExitStack() as stack:
        paths = _paths(args.documents, stack)
        several, names = len(paths) > 1, _file_names(paths)
        if several and args.output not in (None, "-") and Path(args.output).is_file():
            raise UsageError(
                "several documents cannot go into one file", place=str(args.output), repair="give a folder after -o"
            )
        failed = 0
        code = 0
        bare: list[str] = []
        for outcome in read_reviews(paths, jobs=args.jobs, progress=None if args.quiet else _progress()):
            if outcome.record is None:
                failed += 1
                print(f"alsu-kg read: {outcome.error}", file=sys.stderr)
            elif args.compare is not None:
                code = max(code, _compare(outcome.record, args.compare))
            else:
                _write(outcome, args, names)
                bare += [names[outcome.path]] if says_nothing(outcome.record) else []
                if not args.quiet and not several:
                    print(f"alsu-kg read: {_counts(outcome.record)}", file=sys.stderr)
    if several and not args.quiet:
        print(f"alsu-kg read: {len(paths) - failed} of {len(paths)} documents read", file=sys.stderr)
        if bare:
            print(f"alsu-kg read: {_told(bare)}", file=sys.stderr)
    if failed:
        return 3 if failed == len(paths) else 1
    return code


def _paths(documents: Sequence[str], stack: contextlib.ExitStack) -> list[Path]:
    found: list[Path] = []
    for document in documents:
        if document == "-":
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            (folder / "standard-input").write_bytes(sys.stdin.buffer.read())
            found.append(folder / "standard-input")
        else:
            found += find_documents([Path(document)])
    if not found:
        raise UsageError(
            "no documents in there", place=", ".join(documents), repair="give md, txt, xml, html or pdf files"
        )
    return found


def _progress() -> Callable[[int, int], None] | None:
    """Progress on a terminal, once the work has taken two seconds."""
    if not sys.stderr.isatty():
        return None
    started = time.monotonic()

    def show(done: int, total: int) -> None:
        if total > 1 and time.monotonic() - started > 2:
            print(f"\r{done} of {total} documents", end="\n" if done == total else "", file=sys.stderr, flush=True)

    return show


def says_nothing(record: ReviewRecord) -> bool:
    """Say whether a draft is that of a page that is no review: no treatment, grades or references.

    >>> from alsu_kg.model.review import Review
    >>> says_nothing(ReviewRecord(record="contact", review=Review(title="Contact")))
    True
    """
    known = (record.treatment, record.review.number, record.review.doi, record.grades, record.references, record.claims)
    return not any(known)


def _told(bare: Sequence[str]) -> str:
    more = f" and {len(bare) - _MOST_TOLD} more" if len(bare) > _MOST_TOLD else ""
    return (
        f"no review in {len(bare)} of them (no treatment, grades or references): {', '.join(bare[:_MOST_TOLD])}{more}."
        " Repair: leave these drafts out of a build, or give their pages as saved whole"
    )


def _counts(record: ReviewRecord) -> str:
    names = ("sections", "grades", "references", "pointers", "claims", "cases", "trials", "risks")
    return ", ".join(f"{len(getattr(record, name))} {name}" for name in names)


def format_draft(record: ReviewRecord, form: str) -> str:
    r"""Write a draft as canonical YAML or as JSON with every key.

    >>> from alsu_kg.model.review import Review
    >>> format_draft(ReviewRecord(record="x", review=Review()), "json").startswith('{\n  "record": "x"')
    True
    """
    if form == "json":
        return msgspec.json.format(msgspec.json.encode(record), indent=2).decode() + "\n"
    return format_record(record)


def _file_names(paths: Sequence[Path]) -> dict[Path, str]:
    """Name the draft of each document after it, and after its folder and suffix too where names would clash; no two are the same.

    >>> list(_file_names([Path("a/x.txt"), Path("a/x.html"), Path("b/y.md")]).values())
    ['x-txt', 'x-html', 'y']
    """
    counts = [Counter(forms) for forms in zip(*map(_name_forms, paths), strict=True)]
    chosen: dict[Path, str] = {}
    taken: set[str] = set()
    for path in paths:
        forms = _name_forms(path)
        free = (form for form, count in zip(forms, counts, strict=True) if count[form] == 1)
        numbered = (f"{forms[-1]}-{n}" for n in itertools.count(2))
        chosen[path] = next(name for name in itertools.chain(free, forms[-1:], numbered) if name not in taken)
        taken.add(chosen[path])
    return chosen


def _name_forms(path: Path) -> tuple[str, ...]:
    stem, suffix, folder = path.stem, path.suffix.lstrip("."), path.parent.name
    return stem, f"{folder}-{stem}", f"{stem}-{suffix}", f"{folder}-{stem}-{suffix}"


def _write(outcome: Outcome, args: argparse.Namespace, names: dict[Path, str]) -> None:
    assert outcome.record is not None
    several = len(names) > 1
    read = with_decisions(outcome.record, outcome.path)
    if args.output in (None, "-"):
        text = format_draft(read, args.format)
        separator = "---\n" if several and args.format == "yaml" else ""
        sys.stdout.write(separator + text)
        return
    target = Path(args.output)
    if several or target.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        target = target / f"{names[outcome.path]}.{args.format}"
    _write_whole(target, format_draft(with_decisions(read, target), args.format))


def _write_whole(target: Path, text: str) -> None:
    """Write beside the target and move into place, so that an interrupt leaves nothing half written."""
    handle, name = tempfile.mkstemp(dir=target.parent or Path(), prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _compare(record: ReviewRecord, curated: Path) -> int:
    parts = compare_records(record, read_record(curated))
    print(format_comparison(parts))
    return 1 if any(part.draft_only or part.curated_only for part in parts) else 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run the verb on its own (``python -m alsu_kg.cli_read``)."""
    parser = argparse.ArgumentParser(prog="alsu-kg read", description=HELP)
    add_arguments(parser)
    parser.add_argument("--quiet", "-q", action="store_true", help="say nothing on standard error but errors")
    args = parser.parse_args(argv)
    try:
        return run(args)
    except AlsuKgError as error:
        print(f"alsu-kg read: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
