"""``alsu-kg curate``: a person decides, one by one, on what machines proposed."""

import argparse
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from alsu_kg.answers.proposal_text import list_proposals
from alsu_kg.answers.tables import WRITERS
from alsu_kg.cli_query import show
from alsu_kg.configuration import load_configuration
from alsu_kg.curation import Person, curate, find_open, summarise
from alsu_kg.decision_log import decisions_path, read_log
from alsu_kg.model.errors import UsageError

HELP: Final = """Decide on what machines proposed: claims of a draft record, groundings and links. One question at a time.

FILE is a draft of 'alsu-kg read', an SSSOM table (tsv) of proposed mappings, or links (jsonl) of 'alsu-kg link'. Decisions
are kept beside it (draft.yaml: draft.decisions.jsonl; words.sssom.tsv: words.decisions.sssom.tsv) with name and date, each before
the next question comes. FILE itself is not changed: 'read' and 'build' apply the decisions whenever they meet it again.

example:
  alsu-kg curate draft.yaml
  alsu-kg curate draft.yaml --list --format json
  alsu-kg curate groundings.sssom.tsv --name "A. Neurologist\""""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``curate``."""
    parser.add_argument("files", nargs="+", metavar="FILE", type=Path, help="drafts, SSSOM tables, links")
    parser.add_argument("--list", action="store_true", help="print what is open and ask nothing")
    parser.add_argument(
        "--format", choices=tuple(WRITERS), default="table", help="with --list: how to write it (default: table)"
    )
    parser.add_argument(
        "--name",
        metavar="NAME",
        help="who decides: a name or ORCID (default: 'name' of alsu-kg.toml, else git's user.name)",
    )
    parser.add_argument("--config", metavar="FILE", help="configuration (default: ALSU_KG_CONFIG, else alsu-kg.toml)")


def run(args: argparse.Namespace) -> int:
    """Ask, or list what is open. Exit code 1 if something stays open."""
    for path in args.files:
        for line in read_log(decisions_path(path)).broken:
            sys.stderr.write(f"alsu-kg curate: {decisions_path(path)}:{line}: cut off, not used; the others are kept\n")
    if args.list:
        found = [(str(path), proposal) for path in args.files for proposal in find_open(path)]
        show(list_proposals(found), args.format)
        return 1 if found else 0
    person = Person(find_name(args.name, args.config), lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    still_open = 0
    for path in args.files:
        tally = curate(path, person, StandardTerminal())
        still_open += len(find_open(path))
        sys.stderr.write(f"\n{path}: {summarise(tally)}\n")
        if not args.quiet and tally.decided:
            sys.stderr.write(f"kept in {decisions_path(path)}\n")
    return 1 if still_open else 0


def find_name(given: str | None, configuration: str | None) -> str:
    """Find who decides: as given, the configuration, git. Raises ``UsageError`` if nobody is known."""
    names = (given, load_configuration(configuration).name, _git_name())
    found = next((" ".join(name.split()) for name in names if name and name.strip()), None)
    if found is None:
        raise UsageError(
            "a decision needs a name",
            place="--name",
            repair='add --name "Your Name", or name = "Your Name" to alsu-kg.toml',
        )
    return found


def _git_name() -> str | None:
    git = shutil.which("git")
    if git is None:
        return None
    told = subprocess.run([git, "config", "user.name"], capture_output=True, text=True, check=False)  # noqa: S603
    return told.stdout.strip() or None


class StandardTerminal:
    """Questions on standard error, answers from standard input, so that standard output stays data."""

    def say(self, text: str) -> None:
        """Show a text."""
        sys.stderr.write(text + "\n")
        sys.stderr.flush()

    def ask(self, prompt: str) -> str | None:
        """Ask for one line; ``None`` at the end of input."""
        sys.stderr.write(prompt)
        sys.stderr.flush()
        return sys.stdin.readline() or None
