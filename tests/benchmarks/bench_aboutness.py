"""How often the comparison of claims and cited works is right: precision and recall for each class, with confidence intervals.

    python tests/benchmarks/bench_aboutness.py [--vocabularies] [--wrong dev]

Three sets: invented pairs (``tests/analysis/aboutness_pairs.tsv``), the half that rules were written by and the half that was kept
apart; and recorded PubMed articles of ``../shared/responses`` with claims labelled by hand (``aboutness_recorded.tsv``; ids,
claims and classes only). ``--vocabularies`` adds the packaged vocabularies, as ``build --resolve`` and ``check`` do.
"""

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from math import sqrt
from pathlib import Path
from typing import NamedTuple, get_args

from alsu_kg.aboutness_words import load_aboutness_words
from alsu_kg.analysis.aboutness import CitedText, judge
from alsu_kg.analysis.citations import AboutnessWords
from alsu_kg.analysis.entities import make_entity
from alsu_kg.assets import find_asset
from alsu_kg.indexes.pubmed import read_articles
from alsu_kg.model.aboutness import Aboutness, AboutnessStatus
from alsu_kg.model.exchange import Response
from alsu_kg.model.review import Treatment
from alsu_kg.name_index import open_names
from alsu_kg.records import read_record

PAIRS = Path(__file__).parents[1] / "analysis" / "aboutness_pairs.tsv"
RECORDED = PAIRS.with_name("aboutness_recorded.tsv")
RESPONSES = Path(__file__).parents[3] / "shared" / "responses" / "ncbi"
CLASSES: tuple[AboutnessStatus, ...] = get_args(AboutnessStatus)


class Pair(NamedTuple):
    """A claim, what is known of the cited work, and the class that a person gave it."""

    set: str
    subject: str
    object: str
    cited: CitedText
    expected: str


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return iter(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def read_pairs() -> list[Pair]:
    return [
        Pair(
            row["half"],
            row["subject"],
            row["object"],
            CitedText(row["title"], row["abstract"], tuple(filter(None, row["headings"].split("|")))),
            row["expected"],
        )
        for row in rows_of(PAIRS)
    ]


def read_recorded() -> list[Pair]:
    """Pairs over recorded articles, none where the shared folder is absent."""
    texts: dict[str, CitedText] = {}
    for path in sorted(RESPONSES.glob("*pubmed*.xml")):
        for work in read_articles(Response(url="", status=200, body=path.read_bytes())).value or ():
            if work.pmid:
                texts[work.pmid] = CitedText(work.title, work.abstract, work.headings, work.chemicals, work.keywords)
    return [
        Pair("recorded", row["subject"], row["object"], texts[row["pmid"]], row["expected"])
        for row in rows_of(RECORDED)
        if row["pmid"] in texts
    ]


def treatments() -> dict[str, Treatment]:
    """The treatment of the one record that is curated in full: its aliases are known as in a build."""
    treatment = read_record(find_asset("data/reviews/azathioprine.yaml")).treatment
    return {treatment.label.casefold(): treatment} if treatment else {}


def judge_pair(pair: Pair, words: AboutnessWords) -> Aboutness:
    treatment = treatments().get(pair.subject)
    entities = (
        make_entity(pair.subject, words.entities, treatment),
        make_entity(pair.object, words.entities, treatment),
    )
    return judge((0, 1), entities, pair.cited, words.rules)


def interval(right: int, total: int) -> str:
    """Wilson's 95 % interval of a share."""
    if not total:
        return "  -"
    z, share = 1.96, right / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return f"{share:.2f} ({max(0, middle - half):.2f}-{min(1, middle + half):.2f})"


def report(name: str, found: Sequence[tuple[Pair, Aboutness]]) -> None:
    table = Counter((pair.expected, answer.status) for pair, answer in found)
    right = sum(table[one, one] for one in CLASSES)
    print(f"\n{name}: {len(found)} pairs, {right} right, accuracy {interval(right, len(found))}")
    print(f"  {'class':<18}{'pairs':>6}  {'precision':<18}{'recall':<18}")
    for one in CLASSES:
        said, true = sum(table[e, one] for e in CLASSES), sum(table[one, s] for s in CLASSES)
        print(f"  {one:<18}{true:>6}  {interval(table[one, one], said):<18}{interval(table[one, one], true):<18}")
    accused = sum(table["about-it", one] for one in ("not-mentioned", "mentioned-beside"))
    print(f"  works that are about the claim and are accused: {accused}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--vocabularies", action="store_true", help="with the names of the packaged vocabularies")
    parser.add_argument("--wrong", choices=("dev", "held", "recorded"), help="show the pairs of one set that are wrong")
    args = parser.parse_args()
    names = open_names(say=lambda text: print(text, file=sys.stderr)) if args.vocabularies else None
    words = load_aboutness_words(names)
    pairs = [*read_pairs(), *read_recorded()]
    found = [(pair, judge_pair(pair, words)) for pair in pairs]
    print(f"names: {'lexicon, ontology and packaged vocabularies' if names else 'lexicon and ontology only'}")
    for one, title in (
        ("dev", "invented, rules written by it"),
        ("held", "invented, kept apart"),
        ("recorded", "PubMed"),
    ):
        chosen = [(pair, answer) for pair, answer in found if pair.set == one]
        report(title, chosen)
        for pair, answer in chosen if args.wrong == one else ():
            if pair.expected != answer.status:
                print(f"    {pair.subject} / {pair.object}: {pair.expected}, said {answer.status}: {answer.reason}")


if __name__ == "__main__":
    main()
