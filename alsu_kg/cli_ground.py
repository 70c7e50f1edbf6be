"""``alsu-kg ground``: which terms of the packaged vocabularies words stand for."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from alsu_kg.answers.answer import Answer, Value
from alsu_kg.answers.tables import WRITERS, write_table
from alsu_kg.decided_groundings import read_decided
from alsu_kg.decision_log import decisions_path
from alsu_kg.documents import read_document
from alsu_kg.grounding.abbreviations import find_definitions, index_definitions
from alsu_kg.grounding.curated import apply_decision, index_decisions
from alsu_kg.grounding.disambiguate import Candidate, is_ambiguous
from alsu_kg.grounding.names import make_key
from alsu_kg.grounding.recognise import KINDS, Names, ground_word, recognise
from alsu_kg.grounding.vocabulary import Kind
from alsu_kg.model.errors import UsageError
from alsu_kg.model.sssom import TermMapping, write_mappings
from alsu_kg.name_index import open_names
from alsu_kg.output import write_output
from alsu_kg.terminal import has_colour, paint, terminal_width
from alsu_kg.vocabularies import read_packaged_groundings

HELP: Final = """Say which terms words stand for: drugs, genes, cells, processes, diseases, findings, species, models, scales …

Each word gets its candidates, best first, with a score from 0 to 1 and why. With --document, abbreviations that the document
defines stand for what it defines them as; with --document and no words, the terms in the document are listed. Persons'
decisions (SSSOM) win over the machine. A word that no vocabulary knows is said so, and is no finding against the word.
Exit code: 0 all words have a term, 1 some have none, 3 could not do it.

example:
  alsu-kg ground azathioprine "NF-kappa B" TPMT
  alsu-kg ground AZA --document review.md --format json
  alsu-kg ground --document review.md --kind substance
  alsu-kg ground AZA PML --format sssom -o groundings.sssom.tsv    # then: alsu-kg curate groundings.sssom.tsv"""

_COLUMNS: Final = ("word", "term", "label", "kind", "score", "ambiguous", "why")
_TOOL: Final = "alsu-kg ground"


class Grounding(NamedTuple):
    """A word with its candidates, best first; ``expansion`` if a document defines it, ``mentions`` there."""

    word: str
    candidates: tuple[Candidate, ...]
    expansion: str | None = None
    mentions: int | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``ground``."""
    parser.add_argument(
        "words", nargs="*", metavar="WORD", help="words; '-' reads them from standard input, one a line"
    )
    parser.add_argument(
        "--document", metavar="FILE", help="document whose abbreviations hold (md, txt, JATS, HTML, PDF)"
    )
    parser.add_argument(
        "--kind", action="append", choices=sorted(KINDS), help="kind of thing expected; may be repeated"
    )
    parser.add_argument(
        "--decisions", metavar="FILE", help="SSSOM table of persons' decisions; they win over the machine"
    )
    parser.add_argument("--limit", type=int, default=3, metavar="N", help="candidates of each word (default: 3)")
    parser.add_argument(
        "--format", choices=("table", "json", "tsv", "csv", "sssom"), default="table", help="how to write it"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="file to write (default: standard output)")


def run(args: argparse.Namespace) -> int:
    """Ground the words, or the terms of the document, and print their candidates."""
    words = _given_words(args.words)
    if not words and not args.document:
        raise UsageError("no words to ground", repair="name words, or a document with --document")
    document = _document_text(Path(args.document)) if args.document else ""
    mappings = [*read_packaged_groundings(), *_read_decisions(args.decisions, args.output)]
    with open_names(say=None if args.quiet else _say) as index:
        find = _ground_words if words else _ground_document
        found = find(words, document, index.names(), tuple(args.kind or ()))
    decisions = index_decisions(mappings)
    decided = [one._replace(candidates=apply_decision(one.word, one.candidates, decisions)) for one in found]
    write = _WRITERS[args.format]
    text = write(decided, mappings, max(1, args.limit))
    if args.output:
        write_output(text.encode("utf-8"), args.output)
    else:
        sys.stdout.write(text)
    return 0 if all(one.candidates for one in decided) else 1


def _say(text: str) -> None:
    sys.stderr.write(f"alsu-kg ground: {text}\n")


def _given_words(words: Sequence[str]) -> list[str]:
    given: list[str] = []
    for word in words:
        given += [line.strip() for line in sys.stdin] if word == "-" else [word.strip()]
    return [word for word in given if word]


def _document_text(path: Path) -> str:
    """Give the words of a document without its reference list: names of authors and titles are no terms of its own."""
    blocks = [block for block in read_document(path).blocks if block.region not in ("references", "menu")]
    texts = [cell.text for block in blocks for row in block.rows for cell in row] + [
        block.text.text for block in blocks
    ]
    return "\n\n".join(texts)


def _read_decisions(given: str | None, output: str | None) -> list[TermMapping]:
    """Read what persons decided: in the file given, and in the file that ``curate`` keeps beside the table to be written."""
    if given and not Path(given).exists():
        raise UsageError("no such file", place=given, repair="give an SSSOM table (TSV) of decisions")
    files = [Path(given)] if given else []
    if output and output.endswith(".tsv"):
        files.append(decisions_path(Path(output)))
    return [one for file in files for one in read_decided(file)]


def _ground_words(words: Sequence[str], text: str, names: Names, wanted: tuple[Kind, ...]) -> list[Grounding]:
    definitions = index_definitions(find_definitions(text))
    return [
        Grounding(word, ground_word(word, names, wanted=wanted, definitions=definitions), definitions.get(word))
        for word in words
    ]


def _ground_document(_: Sequence[str], text: str, names: Names, wanted: tuple[Kind, ...]) -> list[Grounding]:
    found: dict[str, Grounding] = {}
    for mention in recognise(text, names, kinds=frozenset(wanted) or KINDS):
        before = found.get(mention.text)
        count = (before.mentions or 0) + 1 if before else 1
        found[mention.text] = Grounding(mention.text, mention.candidates, mention.expansion, count)
    return list(found.values())


def _write_json(groundings: Sequence[Grounding], _: Sequence[TermMapping], limit: int) -> str:
    return json.dumps([_as_object(one, limit) for one in groundings], ensure_ascii=False, indent=2) + "\n"


def _as_object(grounding: Grounding, limit: int) -> dict[str, object]:
    row: dict[str, object] = {
        "word": grounding.word,
        "expansion": grounding.expansion,
        "ambiguous": is_ambiguous(grounding.candidates),
        "candidates": [one._asdict() for one in grounding.candidates[:limit]],
    }
    return row if grounding.mentions is None else {**row, "mentions": grounding.mentions}


def _as_answer(groundings: Sequence[Grounding], limit: int) -> Answer:
    rows: list[tuple[Value, ...]] = []
    for one in groundings:
        shown = one.candidates[:limit]
        ambiguous = is_ambiguous(one.candidates)
        rows += [(one.word, c.curie, c.label, c.kind, c.score, ambiguous, c.why) for c in shown]
        if not shown:
            why = f"the document defines it as {one.expansion!r}" if one.expansion else "no packaged vocabulary has it"
            rows.append((one.word, "", "", "", 0.0, False, why))
    return Answer("which terms words stand for", _COLUMNS, tuple(rows))


def _write_table(groundings: Sequence[Grounding], _: Sequence[TermMapping], limit: int) -> str:
    return write_table(_as_answer(groundings, limit), width=terminal_width(), paint=paint if has_colour() else str)


def _write_tsv(groundings: Sequence[Grounding], _: Sequence[TermMapping], limit: int) -> str:
    return WRITERS["tsv"](_as_answer(groundings, limit))


def _write_csv(groundings: Sequence[Grounding], _: Sequence[TermMapping], limit: int) -> str:
    return WRITERS["csv"](_as_answer(groundings, limit))


def _write_sssom(groundings: Sequence[Grounding], mappings: Sequence[TermMapping], limit: int) -> str:
    """Write the candidates of each word as a machine's mappings, or what persons decided; ``curate`` reads it."""
    decisions = index_decisions(mappings)
    rows: list[TermMapping] = []
    for one in groundings:
        rows += decisions.get(make_key(one.word), ()) or [
            _machine_row(one.word, best) for best in one.candidates[:limit]
        ]
    return write_mappings(rows)


def _machine_row(word: str, candidate: Candidate) -> TermMapping:
    return TermMapping(
        subject_id=f"alsu-word:{'_'.join(word.split())}",
        subject_label=word,
        object_id=candidate.curie,
        object_label=candidate.label,
        justification="semapv:LexicalMatching",
        confidence=candidate.score,
        tool=_TOOL,
        comment=candidate.why,
    )


_WRITERS: Final[Mapping[str, Callable[[Sequence[Grounding], Sequence[TermMapping], int], str]]] = {
    "table": _write_table,
    "json": _write_json,
    "tsv": _write_tsv,
    "csv": _write_csv,
    "sssom": _write_sssom,
}
