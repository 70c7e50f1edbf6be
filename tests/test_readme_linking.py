"""The list of commands in README's section on linking, run one after the other on files with the names that it uses."""

import gzip
import io
import json
import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from link_desk import AZA, LIU, NFKB, REPLY, WERDELIN
from recorded import FOLDER
from replay_server import ReplayServer
from reportlab.pdfgen.canvas import Canvas
from test_readme import README, built_store

from alsu_kg.cli import main
from alsu_kg.indexes.services import SERVICES

REVIEW = [
    "ALSUntangled 99: Testazine",
    "Mechanism",
    "Seen once (1). Not seen again (2).",
    "References",
    f"1. {LIU}",
    f"2. {WERDELIN}",
]
TWINS = [{**AZA, "id": f"10.1000/twin{n}", "doi": f"10.1000/twin{n}", "pmid": "", "title": title, "volume": "8", "first_page": "11"}
         for n, title in enumerate(["Summer rain in the hills", "Winter snow on the lakes"])]  # fmt: skip
UNSURE = "Werdelin L. Acta Neurol Scand 1986;8:11."
PUBMED = """<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>77</PMID><Article><Journal><JournalIssue><Volume>73</Volume>
<PubDate><Year>1986</Year></PubDate></JournalIssue><Title>Acta Neurologica Scandinavica</Title></Journal>
<ArticleTitle>Azathioprine in motor neuron disease</ArticleTitle><Pagination><MedlinePgn>1-5</MedlinePgn></Pagination>
<AuthorList><Author><LastName>Werdelin</LastName><Initials>L</Initials></Author></AuthorList></Article></MedlineCitation>
</PubmedArticle></PubmedArticleSet>"""


def commands() -> list[str]:
    [block] = re.findall(r"```\n(alsu-kg index build .*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    return [line.partition(" #")[0].strip() for line in block.splitlines()]


def crossref_work(row: dict[str, object]) -> dict[str, object]:
    return {
        "DOI": row["doi"], "type": "journal-article", "title": [row["title"]], "container-title": [row["container"]],
        "volume": row["volume"], "page": row["first_page"], "issued": {"date-parts": [[row["year"]]]},
        "author": [{"family": family, "given": given} for family, given in row["authors"]],  # type: ignore[attr-defined]
    }  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with all files that the commands name, and a replay server in place of the network."""
    if not FOLDER.exists():
        pytest.skip("the recorded replies of ../shared/responses are not here")
    monkeypatch.chdir(tmp_path)
    for folder in ("crossref", "papers"):
        Path(folder).mkdir()
    items = {"items": [crossref_work(row) for row in (NFKB, REPLY, *TWINS)]}
    Path("crossref/0.json").write_text(json.dumps(items), encoding="utf-8")
    Path("pubmed.xml.gz").write_bytes(gzip.compress(PUBMED.encode()))
    Path("references.txt").write_text(f"{LIU}\n{UNSURE}\n", encoding="utf-8")
    Path("papers/a.txt").write_text(f"{WERDELIN}\n", encoding="utf-8")
    Path("review.md").write_text("\n\n".join(f"## {x}" if len(x) < 12 else x for x in REVIEW), encoding="utf-8")
    Path("library.bib").write_text("@article{a, title={NF-kappaB signaling in inflammation}, author={Liu, T.}, volume=2, year=2017,"
                                   " journal={Signal Transduct Target Ther}, pages={17023}}\n", encoding="utf-8")  # fmt: skip
    page = Canvas("review.pdf")
    for place, line in enumerate(REVIEW):
        page.setFont("Helvetica-Bold" if len(line) < 12 else "Helvetica", 9)
        page.drawString(40, 780 - 24 * place, line)
    page.save()
    with ReplayServer(FOLDER) as server:
        bases = "".join(
            f'[services.{s}]\nbase_url = "{server.address}/{s}"\nrate_per_second = 1000.0\n' for s in SERVICES
        )
        settings = (
            f'contact = "a@example.org"\nname = "orcid:0000-0000-0000-0000"\nretries = 0\ncache = "{tmp_path}"\n{bases}'
        )
        Path("alsu-kg.toml").write_text(settings, encoding="utf-8")
        with built_store():
            yield tmp_path


@pytest.mark.slow
def test_every_command_runs_and_says_what_its_comment_promises(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = {}
    for command in commands():
        monkeypatch.setattr("sys.stdin", io.StringIO("1\n"))
        assert main([*shlex.split(command)[1:], "--quiet"]) == 0, command
        said[command] = capsys.readouterr().out
    found = {name: {row["work"]["id"] for row in rows if row["work"]} for name, rows in rows_of(said).items()}
    assert found["alsu-kg link references.txt --index works"] == {"10.1000/nfkb"}
    assert found["alsu-kg link review.pdf --index works"] == {"10.1000/nfkb", "pmid:77"}
    assert "10.1000/nfkb" in Path("library-with-dois.bib").read_text(encoding="utf-8")
    assert "papers/a.txt" in Path("links.csv").read_text(encoding="utf-8")
    assert "ManualMappingCuration" in Path("decisions.sssom.tsv").read_text(encoding="utf-8")
    assert all((desk / name).stat().st_size for name in ("co-citation.html", "review-58.bib"))
    assert os.environ["ALSU_KG_STORE"]


def rows_of(said: dict[str, str]) -> dict[str, list[dict[str, dict[str, str]]]]:
    return {
        name: [json.loads(line) for line in text.splitlines()] for name, text in said.items() if text.startswith("{")
    }
