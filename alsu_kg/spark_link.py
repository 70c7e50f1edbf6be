"""Linking on a cluster: ``python -m alsu_kg.spark_link REFERENCES --index DIR -o DIRECTORY [--master spark://HOST:7077]``.

Apache Spark shares out pieces of the references, runs ``link_partition.link_lines`` on each and does again what a lost machine
had not finished; nothing of that is ours. The index lies where every machine can read it, or is sent to each (``--ship-index``)
and mapped into memory there. The parts that are written, one after the other, are what ``alsu-kg link --format jsonl``
writes on one machine. REFERENCES is UTF-8, one reference or JSON object a line: a path or address that all machines can read.
Needs ``pip install 'alsu-kg[spark]'`` and Java 17; every machine needs alsu-kg.
"""

import argparse
import importlib
import os
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Final

from alsu_kg.index_files import read_manifest
from alsu_kg.link_partition import link_lines
from alsu_kg.model.errors import AlsuKgError, UsageError, WorkError
from alsu_kg.references import Form

PIECE: Final = 1 << 20
"""Bytes of references in a piece, unless said otherwise: what is done again when a machine is lost."""

_SHIPPED: Final = "alsu-kg-index"
_INPUT: Final = "org.apache.hadoop.mapreduce.lib.input.TextInputFormat"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterJob:
    """What to link, with which index, where to write, and on which cluster (a Spark master)."""

    references: str
    index: Path
    output: str
    master: str = "local[*]"
    piece: int = PIECE
    ship_index: bool = False


def link_on_cluster(job: ClusterJob) -> None:
    """Run a job; ``job.output`` is then a directory of parts whose names sort in the order of the references.

    Raises ``UsageError`` if the output is there already, ``StoreError`` for an index that cannot be used and
    ``WorkError`` if Spark is not installed or gives up.
    """
    library, failures = _library("pyspark"), _library("py4j.protocol")
    if not job.ship_index or job.index.exists():
        read_manifest(job.index)
    if Path(job.output).exists():
        raise UsageError("is there already", place=job.output, repair="give a new directory")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = (
        library.SparkConf()
        .setAppName("alsu-kg link")
        .setMaster(job.master)
        .set("spark.ui.showConsoleProgress", "false")
    )
    with tempfile.TemporaryDirectory() as place:
        try:
            context = library.SparkContext(conf=settings)
            try:
                context.setLogLevel("ERROR")
                if job.ship_index:
                    context.addArchive(f"{_pack(job.index, Path(place))}#{_SHIPPED}")
                lines = context.newAPIHadoopFile(
                    _address(job.references), _INPUT, "org.apache.hadoop.io.LongWritable", "org.apache.hadoop.io.Text",
                    conf={
                        "textinputformat.record.delimiter": "\n",
                        "mapreduce.input.fileinputformat.split.maxsize": str(job.piece),
                    },
                ).values()  # fmt: skip
                work = partial(
                    _link_part, index=None if job.ship_index else job.index.resolve(), form=_form(lines.take(1))
                )
                lines.zipWithIndex().mapPartitions(work).saveAsTextFile(_address(job.output))
            finally:
                context.stop()
        except (failures.Py4JError, OSError) as error:
            raise WorkError(
                f"Spark gave up: {_cause(str(error))}",
                place=job.master,
                repair="see that the master and its workers run",
            ) from None


def _link_part(numbered: Iterable[tuple[str, int]], *, index: Path | None, form: Form) -> Iterator[str]:
    place = index or Path(importlib.import_module("pyspark").SparkFiles.get(_SHIPPED))
    return link_lines(((line.removesuffix("\r"), number) for line, number in numbered), place, form)


def _form(first: Sequence[str]) -> Form:
    """Tell JSON lines from plain ones by the first line.

    >>> _form(['{"unstructured": "Liu T. 2017"}']), _form(["Liu T. 2017"]), _form([])
    ('jsonl', 'lines', 'lines')
    """
    return "jsonl" if first and first[0].lstrip("\ufeff \t").startswith("{") else "lines"


def _address(name: str) -> str:
    return name if "://" in name else Path(name).resolve().as_uri()


def _pack(index: Path, place: Path) -> Path:
    packed = place / f"{_SHIPPED}.tar"
    with tarfile.open(packed, "w") as archive:
        for path in sorted(index.iterdir()):
            if path.name != ".lock":
                archive.add(path, path.name)
    return packed


def _cause(text: str) -> str:
    """Give the line of a Java error that says what happened: our own error if it is in it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    ours = next((line for line in lines if line.startswith("alsu_kg.model.errors.")), "")
    return ours.partition(": ")[2] or (lines[1] if len(lines) > 1 else "".join(lines))[:300]


def _library(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise WorkError(
            f"{name.split('.')[0]} is not installed", place="spark_link", repair="pip install 'alsu-kg[spark]'"
        ) from None


def main() -> int:
    """Link on a cluster."""
    parser = argparse.ArgumentParser(
        prog="python -m alsu_kg.spark_link", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("references", help="one reference or JSON object a line, UTF-8; where all machines can read it")
    parser.add_argument("--index", required=True, type=Path, metavar="DIR", help="index of works")
    parser.add_argument("-o", "--output", required=True, metavar="DIRECTORY", help="new directory for the parts")
    parser.add_argument("--master", default="local[*]", metavar="URL", help="spark://HOST:PORT (default: this machine)")
    parser.add_argument("--piece", type=int, default=PIECE, metavar="BYTES", help=f"size of a piece (default: {PIECE})")
    parser.add_argument("--ship-index", action="store_true", help="send the index to every machine")
    given = parser.parse_args()
    job = ClusterJob(
        references=given.references, index=given.index, output=given.output, master=given.master, piece=given.piece,
        ship_index=given.ship_index,
    )  # fmt: skip
    try:
        link_on_cluster(job)
    except AlsuKgError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    # Spark sends functions by name: they must be found in the module, not in the program.
    sys.exit(importlib.import_module("alsu_kg.spark_link").main())
