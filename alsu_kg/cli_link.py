"""``alsu-kg link``: say which work each reference is."""

import argparse
import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from time import time
from typing import Final

import msgspec

from alsu_kg.configuration import load_configuration, load_keys
from alsu_kg.http_client import HttpClient
from alsu_kg.linker import Decisions, apply_decision, link_in_processes, link_references
from alsu_kg.linking.bibliography_formats import write_bibtex, write_csl_json, write_ris
from alsu_kg.linking.link_rows import CURATED, NO_WORK, link_row, read_decisions, work_key, write_csv, write_sssom
from alsu_kg.model.candidate import Candidate, ScoredCandidate
from alsu_kg.model.errors import UsageError, WorkError
from alsu_kg.model.link import ReferenceLink
from alsu_kg.model.reference import Reference
from alsu_kg.online_candidates import OnlineCandidates
from alsu_kg.output import write_output
from alsu_kg.references import parse_references
from alsu_kg.response_cache import ResponseCache
from alsu_kg.terminal import end_progress, make_progress
from alsu_kg.work_index import WorkIndex, index_path

HELP: Final = """Say which work each reference means, how sure that is and why, or that none of the known works is meant.

The input is a text file with one reference a line, JSONL, CSL-JSON, BibTeX or RIS; '-' is standard input.

example:
  alsu-kg link references.txt --index ~/works
  alsu-kg link references.bib --index ~/works --format bibtex -o linked.bib
  alsu-kg link references.txt --online
  alsu-kg link references.txt --index ~/works --interactive --decisions decisions.sssom.tsv"""

Pairs = Iterable[tuple[Reference, ReferenceLink]]
_WRITERS: Final[dict[str, Callable[[Pairs], str]]] = {
    "csv": lambda pairs: write_csv(link for _, link in pairs),
    "sssom": write_sssom,
    "bibtex": write_bibtex,
    "ris": write_ris,
    "csl-json": write_csl_json,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``link``."""
    parser.add_argument(
        "file", nargs="?", default="-", metavar="FILE", help="references; '-' (default) is standard input"
    )
    parser.add_argument(
        "--index", metavar="DIR", help="index of works (default: ALSU_KG_INDEX, else the user's cache directory)"
    )
    parser.add_argument(
        "--format", choices=("jsonl", *_WRITERS), default="jsonl", help="how to write the links (default: jsonl)"
    )
    parser.add_argument(
        "--online", action="store_true", help="without an index: ask Crossref and PubMed for candidates"
    )
    parser.add_argument(
        "--offline", action="store_true", help="without an index: use only answers of earlier --online runs"
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
    parser.add_argument("--author", default="", metavar="ID", help="who decides (an ORCID), written with each decision")


def run(args: argparse.Namespace) -> int:
    """Link and write; exit code 0 also when references stay unlinked: that is a result."""
    if args.interactive and (not args.decisions or args.file == "-"):
        raise UsageError("needs a place for the decisions and a file of references", place="--interactive",
                         repair="give FILE and --decisions FILE")  # fmt: skip
    references, broken = parse_references(_read(args.file), args.file)
    for problem in broken:
        sys.stderr.write(f"alsu-kg link: {problem}; left unlinked\n")
    directory = index_path(args.index)
    progress = make_progress(quiet=args.quiet)
    pairs = []
    for done, pair in enumerate(_decided(references, directory, args), start=1):
        pairs.append(pair)
        progress("linking", done, len(references))
    end_progress()
    if args.interactive:
        pairs = _ask_person(pairs, args)
    write_output(_format(pairs, args.format).encode(), args.output)
    if not args.quiet:
        _summarise(link for _, link in pairs)
    return 3 if pairs and all(link.decision == "could-not-check" for _, link in pairs) else 0


def _decided(
    references: Sequence[Reference], directory: Path | None, args: argparse.Namespace
) -> Iterator[tuple[Reference, ReferenceLink]]:
    decisions = _decisions(args.decisions)
    if directory is None or args.online or args.offline:
        yield from _decided_online(references, decisions, args)
        return
    index = WorkIndex(directory)
    links = link_in_processes(references, directory, processes=args.processes)
    for reference, link in zip(references, links, strict=True):
        yield reference, apply_decision(reference, link, decisions, index.look_up)


def _decided_online(
    references: Sequence[Reference], decisions: Decisions, args: argparse.Namespace
) -> Iterator[tuple[Reference, ReferenceLink]]:
    """Link with candidates from the network or from earlier answers; without either, say that it could not be checked."""
    configuration = load_configuration(args.config)
    with contextlib.ExitStack() as stack:
        client = stack.enter_context(HttpClient(configuration, load_keys())) if args.online else None
        cache = stack.enter_context(ResponseCache(configuration.cache_file)) if args.online or args.offline else None
        find = OnlineCandidates(client.fetch_all if client else None, cache, now=time)
        for reference, link in zip(references, link_references(references, find.candidates), strict=True):
            yield reference, apply_decision(reference, link, decisions, lambda _: [])


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise WorkError(
            f"cannot be read: {error.strerror}", place=name, repair="give a readable file, or '-'"
        ) from None


def _decisions(name: str | None) -> dict[str, tuple[str, str]]:
    if not name or not Path(name).exists():
        return {}
    try:
        return read_decisions(Path(name).read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise UsageError(f"cannot be read: {error}", place=name, repair="give an SSSOM table (TSV)") from None


def _format(pairs: Sequence[tuple[Reference, ReferenceLink]], form: str) -> str:
    if form == "jsonl":
        return "".join(msgspec.json.encode(link_row(link)).decode() + "\n" for _, link in pairs)
    return _WRITERS[form](pairs)


def _ask_person(
    pairs: list[tuple[Reference, ReferenceLink]], args: argparse.Namespace
) -> list[tuple[Reference, ReferenceLink]]:
    decided = []
    for reference, link in pairs:
        chosen = _ask(reference, link) if link.decision == "ambiguous" else None
        if chosen is None:
            decided.append((reference, link))
            continue
        decisions = {reference.id: (chosen, args.author)}
        decided.append((reference, apply_decision(reference, link, decisions, lambda _: [])))
        curated = [pair for pair in decided if pair[1].method.startswith(CURATED)]
        write_output(write_sssom(curated + _kept(args.decisions, {r.id for r, _ in curated})).encode(), args.decisions)
    return decided


def _kept(name: str, without: set[str]) -> list[tuple[Reference, ReferenceLink]]:
    """Give earlier decisions of the file again, so that a new one never loses an old one."""
    kept = []
    for key, decision in _decisions(name).items():
        if key not in without:
            reference = Reference(id=key)
            nothing = ReferenceLink(id=key, decision="unlinked", reason="", method="")
            kept.append((reference, apply_decision(reference, nothing, {key: decision}, lambda _: [])))
    return kept


def _ask(reference: Reference, link: ReferenceLink) -> str | None:
    """Show the reference and the best three; give the key of the work chosen, ``NO_WORK``, or ``None`` to leave it open."""
    shown: list[ScoredCandidate] = [s for s in (link.best, *link.others) if s]
    sys.stderr.write(f"\n{reference.text[:600]}\n")
    for number, scored in enumerate(shown, start=1):
        sys.stderr.write(f"  {number}  {scored.score:.2f}  {_line(scored.candidate)}\n")
    sys.stderr.write("which one? (number, n = none of them, Enter = leave open) ")
    sys.stderr.flush()
    answer = sys.stdin.readline().strip().lower()
    if answer == "n":
        return NO_WORK
    if answer.isdigit() and 1 <= int(answer) <= len(shown):
        return work_key(shown[int(answer) - 1].candidate).removeprefix("work:")
    return None


def _line(work: Candidate) -> str:
    names = ", ".join(family for family, _ in work.authors[:3])
    where = f"{work.container or work.short_container} {work.volume}:{work.first_page}"
    return f"{names} ({work.year or 'no year'}) {work.title}. {where} {work_key(work)}"


def _summarise(links: Iterable[ReferenceLink]) -> None:
    counts: dict[str, int] = {}
    for link in links:
        counts[link.decision] = counts.get(link.decision, 0) + 1
    sys.stderr.write(", ".join(f"{count} {decision}" for decision, count in sorted(counts.items())) + "\n")
