"""The command ``alsu-kg``: finds the verb, loads the one module it needs, turns errors into one line and an exit code.

Exit codes: 0 done, 1 done with findings, 2 wrong use, 3 could not do it, 130 stopped with Ctrl-C.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Final

from alsu_kg.model.errors import AlsuKgError

VERBS: Final = {
    "build": ("alsu_kg.cli_build", "turn review records into a validated graph in a store"),
    "read": ("alsu_kg.cli_read", "read documents into draft records"),
    "link": ("alsu_kg.cli_link", "say which work each reference means"),
    "curate": ("alsu_kg.cli_curate", "decide on claims, groundings and links that machines proposed"),
    "index": ("alsu_kg.cli_index", "build the local index of works that 'link' searches"),
    "query": ("alsu_kg.cli_query", "ask one of the questions of queries/"),
    "why": ("alsu_kg.cli_why", "say why a treatment has its letter, and what would change it"),
    "sparql": ("alsu_kg.cli_sparql", "run a SPARQL query of your own, read-only"),
    "similar": ("alsu_kg.cli_similar", "say which treatments act alike, and why"),
    "draw": ("alsu_kg.cli_draw", "draw a picture of the graph"),
    "export": ("alsu_kg.cli_export", "write the graph in another format"),
    "resolve": ("alsu_kg.cli_resolve", "find out what DOIs, PMIDs and other identifiers stand for"),
    "cache": ("alsu_kg.cli_cache", "look at the resolver's cache, empty it, hand it on"),
    "ground": ("alsu_kg.cli_ground", "say which terms words stand for, and why"),
    "check": (
        "alsu_kg.cli_check",
        "check a draft before it goes out: references, pointers, what cited works are about",
    ),
    "validate": ("alsu_kg.cli_validate", "check records, or the graph in a store, without changing anything"),
}
_NOTICE: Final = "This is no medical advice: it shows what reviews state, with status, source and date."


def _help() -> str:
    verbs = "\n".join(f"  {verb:<10}{summary}" for verb, (_, summary) in VERBS.items())
    return (
        "usage: alsu-kg VERB [ARGUMENTS]\n\nThe knowledge graph of the ALSUntangled reviews.\n\nverbs:\n"
        f"{verbs}\n\n'alsu-kg VERB --help' explains a verb, with an example; 'alsu-kg --version' tells the version.\n{_NOTICE}\n"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with ``arguments`` (default: of the process) and give its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] in ("-h", "--help", "help"):
        sys.stdout.write(_help())
        return 0 if given else 2
    if given[0] == "--version":
        print(f"alsu-kg {importlib.import_module('importlib.metadata').version('alsu-kg')}")
        return 0
    if given[0] not in VERBS:
        sys.stderr.write(f"alsu-kg: there is no verb {given[0]!r}. Repair: use one of {', '.join(VERBS)}\n")
        return 2
    return _run(given[0], given[1:])


def _run(verb: str, arguments: Sequence[str]) -> int:
    module = importlib.import_module(VERBS[verb][0])
    parser = argparse.ArgumentParser(
        prog=f"alsu-kg {verb}",
        description=module.HELP,
        epilog=_NOTICE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.add_arguments(parser)
    parser.add_argument("--quiet", "-q", action="store_true", help="say nothing on standard error but errors")
    try:
        code: int = module.run(parser.parse_args(arguments))
        sys.stdout.flush()
        return code
    except SystemExit as stop:
        return int(stop.code or 0)
    except AlsuKgError as error:
        sys.stderr.write(f"alsu-kg {verb}: {error}\n")
        for note in getattr(error, "__notes__", ()):
            sys.stderr.write("".join(f"alsu-kg {verb}: {line}\n" for line in note.splitlines()))
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        sys.stderr.write(f"alsu-kg {verb}: stopped; nothing half written is left\n")
        return 130


if __name__ == "__main__":
    sys.exit(main())
