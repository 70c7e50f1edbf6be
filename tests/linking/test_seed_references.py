"""The 23 references of the azathioprine review: 16 articles link, six web pages and a book chapter do not, no DOI is wrong."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from alsu_kg.index_build import build_index
from alsu_kg.linker import link_references
from alsu_kg.model.reference import Reference
from alsu_kg.work_index import WorkIndex

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
FACTS = SHARED / "facts" / "azathioprine-references.json"

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


def test_seed_references(tmp_path: Path) -> None:
    [seed] = (SHARED / "seeds").glob("*.txt")
    printed = re.findall(r"^- (.+)$", seed.read_text(encoding="utf-8").split("## References")[1], flags=re.MULTILINE)
    articles = [fact for fact in facts() if fact["kind"] == "article"]
    twins = [{**record(f), "id": f"twin-{f['ref']}", "doi": "", "title": f"Reply to: {f['title']}", "first_page": "9999"}
             for f in articles]  # fmt: skip
    dump = tmp_path / "works.jsonl"
    dump.write_text("\n".join(json.dumps(row) for row in [*map(record, articles), *twins]), encoding="utf-8")
    build_index(
        [dump], tmp_path / "index", now=lambda: datetime(2026, 1, 1, tzinfo=UTC), processes=1, progress=lambda *_: None
    )
    index = WorkIndex(tmp_path / "index")
    references = [Reference(id=str(place), unstructured=text) for place, text in enumerate(printed, start=1)]
    links = list(link_references(references, index.candidates))
    expected = {str(f["ref"]): f"ref-{f['ref']}" for f in articles}
    assert {link.id: link.work.id for link in links if link.work} == expected
    dois = {str(f["ref"]): str(f["doi"]).lower() for f in articles if f["doi"]}
    assert {link.id: link.work.doi for link in links if link.work and link.work.doi} == dois
    assert len(dois) == 12
    reasons = [link.reason for link in links if not link.work]
    assert [reason.startswith("a web page") for reason in reasons].count(True) == 6
    assert [reason.startswith("a book") for reason in reasons].count(True) == 1
