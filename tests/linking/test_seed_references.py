"""The 23 references of the azathioprine review, the document itself through the command.

16 articles link, six web pages and a book chapter do not, no DOI is wrong: beside twins that differ in a word, beside all
works of the recorded replies, and from the record as well as from the document.
"""

import json
from pathlib import Path

import pytest

from alsu_kg.cli import main

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
FACTS = SHARED / "facts" / "azathioprine-references.json"
REPLIES = SHARED / "responses"

pytestmark = pytest.mark.skipif(not FACTS.exists(), reason="the shared facts are not beside this checkout")


def facts() -> list[dict[str, str | int | None]]:
    rows: list[dict[str, str | int | None]] = json.loads(FACTS.read_text(encoding="utf-8"))["references"]
    return rows


def record(fact: dict[str, str | int | None]) -> dict[str, object]:
    family = str(fact["first_author"] or "").split(" ")
    return {
        "id": f"ref-{fact['ref']}", "doi": fact["doi"], "title": fact["title"], "year": fact["year"], "volume": fact["volume"],
        "authors": [[" ".join(family[:-1]) or family[0], family[-1]]], "container": fact["journal"],
        "first_page": str(fact["pages"] or "").split("-")[0],
    }  # fmt: skip


ARTICLES = [fact for fact in facts() if fact["kind"] == "article"] if FACTS.exists() else []


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an index of the 16 articles, a twin of each, and the works of Crossref's and PubMed's recorded replies."""
    folder = tmp_path_factory.mktemp("works")
    twins = [
        {**record(f), "id": f"twin-{f['ref']}", "doi": "", "title": f"Reply to: {f['title']}", "first_page": "9999"}
        for f in ARTICLES
    ]
    dump = folder / "works.jsonl"
    dump.write_text("\n".join(json.dumps(row) for row in [*map(record, ARTICLES), *twins]), encoding="utf-8")
    replies = [*REPLIES.glob("crossref/work_1*.json"), *REPLIES.glob("crossref/refmatcher_*.json")]
    replies += REPLIES.glob("ncbi/pubmed_efetch_*.xml")
    dumps = [str(path) for path in (dump, *replies)]
    built = main(["index", "build", *dumps, "-o", str(folder / "index"), "--processes", "1", "--quiet"])
    assert built in (0, 1), "1: some replies hold no work, which is said"
    return folder / "index"


def link(source: Path, index: Path, folder: Path) -> list[dict[str, object]]:
    target = folder / "out.jsonl"
    arguments = ["link", str(source), "--index", str(index), "-o", str(target), "--processes", "1", "--quiet"]
    assert main(arguments) == 0
    return [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]


def works(rows: list[dict[str, object]], field: str) -> dict[str, object]:
    return {str(row["id"]): row["work"][field] for row in rows if isinstance(row["work"], dict) and row["work"][field]}


def test_the_document_itself(index: Path, tmp_path: Path) -> None:
    [seed] = (SHARED / "seeds").glob("*.txt")
    rows = link(seed, index, tmp_path)
    assert [row["id"] for row in rows] == [f"azathioprine/{number}" for number in range(1, 24)]
    assert works(rows, "id") == {f"azathioprine/{f['ref']}": f"ref-{f['ref']}" for f in ARTICLES}
    dois = {f"azathioprine/{f['ref']}": str(f["doi"]).lower() for f in ARTICLES if f["doi"]}
    assert works(rows, "doi") == dois
    assert len(dois) == 12
    reasons = [str(row["reason"]) for row in rows if row["work"] is None]
    assert [reason.startswith("a web page") for reason in reasons].count(True) == 6
    assert [reason.startswith("a book") for reason in reasons].count(True) == 1


def test_the_record_says_the_same(index: Path, tmp_path: Path) -> None:
    rows = link(ROOT / "data" / "reviews" / "azathioprine.yaml", index, tmp_path)
    assert len(rows) == 23
    assert set(works(rows, "id").values()) <= {f"ref-{f['ref']}" for f in ARTICLES}
    dois = {f"azathioprine/{f['ref']}": str(f["doi"]).lower() for f in ARTICLES if f["doi"]}
    assert works(rows, "doi") == dois
    assert {row["decision"] for row in rows if row["work"] is None} == {"unlinked"}


def test_without_their_records_nothing_is_linked(tmp_path: Path) -> None:
    """The true works are gone and their twins stay: better no link than a wrong one."""
    dump, other = tmp_path / "twins.jsonl", tmp_path / "index"
    reply = {"doi": "", "authors": [["Novak", "A"]], "first_page": "9999"}
    rows = [
        {
            **record(f),
            **reply,
            "id": f"twin-{f['ref']}",
            "title": f"Reply to: {f['title']}",
            "year": int(f["year"] or 0) + 1,
        }
        for f in ARTICLES
    ]
    dump.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert main(["index", "build", str(dump), "-o", str(other), "--processes", "1", "--quiet"]) == 0
    [seed] = (SHARED / "seeds").glob("*.txt")
    assert works(link(seed, other, tmp_path), "id") == {}
