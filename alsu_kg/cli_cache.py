"""``alsu-kg cache``: look at the resolver's cache, empty it, hand it on."""

import argparse
import gzip
import json
import sys
import time
from pathlib import Path
from typing import Final

from alsu_kg.configuration import load_configuration
from alsu_kg.model.errors import UsageError
from alsu_kg.model.identifier import recognise
from alsu_kg.output import write_output
from alsu_kg.response_cache import ResponseCache, open_export

HELP: Final = """Look at the answers that 'alsu-kg resolve' keeps, delete them, or hand them to somebody without a network.

example:
  alsu-kg cache info
  alsu-kg cache export answers.jsonl.gz
  alsu-kg cache import answers.jsonl.gz
  alsu-kg cache clear 10.1002/mus.24143"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``cache``."""
    parser.add_argument("action", choices=("info", "clear", "export", "import"))
    parser.add_argument(
        "items",
        nargs="*",
        metavar="FILE or ID",
        help="the file for export and import ('-' is standard output or "
        "input); identifiers for clear (default: everything)",
    )
    parser.add_argument("--config", metavar="FILE", help="configuration (default: ALSU_KG_CONFIG, else alsu-kg.toml)")


def run(args: argparse.Namespace) -> int:
    """Do the action."""
    with ResponseCache(load_configuration(args.config).cache_file) as cache:
        if args.action == "info":
            print(json.dumps(cache.info(time.time()), indent=2))
        elif args.action == "clear":
            print(f"{cache.clear(_keys(args.items) if args.items else None)} answers deleted")
        else:
            if len(args.items) != 1:
                raise UsageError(
                    f"cache {args.action} needs one file", repair=f"write: alsu-kg cache {args.action} FILE"
                )
            _export(cache, args.items[0]) if args.action == "export" else _import(cache, args.items[0])
    return 0


def _keys(texts: list[str]) -> list[str]:
    keys = []
    for text in texts:
        identifier = recognise(text)
        if identifier is None:
            raise UsageError(f"{text!r} holds no identifier", repair="give a DOI, PMID, PMCID, arXiv or NCT number")
        keys.append(str(identifier))
    return keys


def _export(cache: ResponseCache, name: str) -> None:
    data = b"".join(cache.export())
    write_output(gzip.compress(data, mtime=0) if name.endswith(".gz") else data, name)


def _import(cache: ResponseCache, name: str) -> None:
    lines = list(sys.stdin.buffer) if name == "-" else open_export(Path(name))
    print(f"{cache.import_lines(lines, name)} answers imported")
