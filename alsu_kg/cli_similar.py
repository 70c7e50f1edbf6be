"""``alsu-kg similar``: which treatments act alike, how much, and why."""

import argparse
import sys
from collections.abc import Callable, Mapping
from typing import Final

from alsu_kg.answers.similarity_exports import write_similarity_gexf, write_similarity_graphml
from alsu_kg.answers.tables import WRITERS
from alsu_kg.cli_query import show
from alsu_kg.model.errors import UsageError
from alsu_kg.output import write_output
from alsu_kg.similar_treatments import Mechanisms, find_all_similar, find_similar_to, read_mechanisms
from alsu_kg.store import open_graph, store_path

HELP: Final = """Say which treatments reviews say act alike, how similar they are, and by which mechanisms.

The score (simGIC, 0 to 1) weighs each shared mechanism by how few treatments have it; 'asserted_score' is the part that the
reviews of both assert. 'statuses' are those of the shared mechanisms, most particular first. A mechanism that the two are
said to move in opposite directions counts as not shared. A treatment without a known mechanism is similar to nothing and
dissimilar to nothing: its score is empty. Similar says nothing about whether a treatment works.

example:
  alsu-kg similar azathioprine
  alsu-kg similar "Vitamin E" --most 5 --format json
  alsu-kg similar --format graphml -o similar.graphml"""

_NETWORKS: Final[Mapping[str, Callable[[Mechanisms], bytes]]] = {
    "graphml": lambda found: write_similarity_graphml(found.network, found.scheme),
    "gexf": lambda found: write_similarity_gexf(found.network, found.scheme),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``similar``."""
    parser.add_argument("treatment", nargs="?", metavar="TREATMENT", help="key, name or alias (default: all pairs)")
    parser.add_argument("--most", type=int, metavar="N", help="only the N most similar")
    parser.add_argument(
        "--format", choices=(*WRITERS, *_NETWORKS), default="table",
        help="how to write the pairs; graphml and gexf: the network of all treatments with its communities (default: table)",
    )  # fmt: skip
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write (default: standard output)")
    parser.add_argument(
        "--store", metavar="DIR", help="folder of the store (default: ALSU_KG_STORE, else the user's data directory)"
    )


def run(args: argparse.Namespace) -> int:
    """Compare and write; how many treatments could not be compared goes to standard error."""
    if args.most is not None and args.most < 1:
        raise UsageError("must be 1 or more", place="--most", repair="give a number such as 10")
    if args.treatment is not None and args.format in _NETWORKS:
        raise UsageError(f"{args.format} holds all treatments", place="TREATMENT", repair="leave the treatment out")
    graph = open_graph(store_path(args.store))
    found = read_mechanisms(graph)
    if args.format in _NETWORKS:
        write_output(_NETWORKS[args.format](found), args.output)
        return 0
    answer = find_similar_to(graph, found, args.treatment, most=args.most) if args.treatment else None
    answer = answer or find_all_similar(found, most=args.most)
    if args.output is None:
        show(answer, args.format)
    else:
        write_output(WRITERS[args.format](answer).encode(), args.output)
    if not args.quiet and found.not_known:
        known = len(found.profiles) - len(found.not_known)
        sys.stderr.write(f"no mechanism is known here of {len(found.not_known)} treatments; {known} were compared\n")
    return 0
