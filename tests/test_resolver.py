"""The resolver over a real server: outcomes, the way through the sources, the cache, batches, retraction status."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from recorded import FOLDER
from replay_server import Answer, ReplayServer, as_json

from alsu_kg.http_client import HttpClient
from alsu_kg.indexes.cascade import DEFAULT_SOURCES, ORDER
from alsu_kg.indexes.retraction_status import timing
from alsu_kg.indexes.retraction_watch import COLUMNS, RetractedPmids, read_retraction_table
from alsu_kg.model.resolution import Resolution
from alsu_kg.resolver import STEPS, Resolver, ResolverSettings
from alsu_kg.response_cache import ResponseCache

DAY = 86400
WAKEFIELD = "10.1016/s0140-6736(97)11096-0"
Resolve = Callable[..., list[Resolution]]
needs_replies = pytest.mark.skipif(
    not FOLDER.exists(), reason="the recorded replies of ../shared/responses are not here"
)


def work(number: int, **extra: object) -> dict[str, object]:
    issued = {"date-parts": [[2020, 1 + number % 12]]}
    return {
        "DOI": f"10.1000/w{number}",
        "type": "journal-article",
        "title": [f"Work {number}"],
        "issued": issued,
        **extra,
    }


class Bench:
    """A server, a client and a cache that stay while resolvers come and go; ``now`` is a clock to set."""

    def __init__(self, server: ReplayServer, path: Path) -> None:
        self.server, self.path, self.now = server, path, 1_000_000_000.0
        server.works |= {f"10.1000/w{number}": work(number) for number in range(1000)}

    @contextmanager
    def resolver(self, *, offline: bool = False, **options: object) -> Iterator[Resolver]:
        configuration = self.server.configuration(retries=0, deadline=10.0)
        with HttpClient(configuration) as client, ResponseCache(self.path) as cache:
            ask = None if offline else client.fetch_all
            settings = ResolverSettings(**options)  # type: ignore[arg-type]
            yield Resolver(ask, cache, settings=settings, now=lambda: self.now)

    def __call__(self, texts: Sequence[str], **options: object) -> list[Resolution]:
        self.server.log.clear()
        with self.resolver(**options) as resolver:  # type: ignore[arg-type]
            return list(resolver.resolve(texts))


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with ReplayServer() as server:
        yield Bench(server, tmp_path / "cache.sqlite")


@pytest.fixture
def recorded(tmp_path: Path) -> Iterator[Bench]:
    with ReplayServer(FOLDER) as server:
        yield Bench(server, tmp_path / "cache.sqlite")


def test_the_steps_are_those_of_the_visible_list() -> None:
    stated = [(step.name, step.source) for step in ORDER if step.name != "arxiv"]  # an arXiv number needs no question
    assert [(name, source) for name, source, _ in STEPS] == stated


def test_many_dois_go_by_list_each_once_and_answers_keep_their_order(bench: Bench) -> None:
    texts = [f"10.1000/W{number}" for number in range(400)] + ["https://doi.org/10.1000/w7", "doi:10.1000/w7"]
    answers = bench(texts, sources=frozenset({"crossref"}))
    assert [answer.query for answer in answers] == texts
    assert all(answer.outcome == "found" for answer in answers)
    assert answers[-1].work is not None
    assert answers[-1].work.title == "Work 7"
    assert len(bench.server.log) == 2
    assert all(len(item.url) < 7000 for item in bench.server.log)


def test_one_bad_identifier_never_sinks_a_batch(bench: Bench) -> None:
    regular = bench.server.answer

    def answer(method: str, url: str, headers: dict[str, str], body: bytes) -> Answer:
        refused = "/works?" in url and ("w13," in url or "w13&" in url)
        return Answer(400, b'{"status":"failed"}') if refused else regular(method, url, headers, body)

    bench.server.answer = answer  # type: ignore[method-assign]
    answers = bench(
        ["rubbish", "10.1000/a,b", *(f"10.1000/w{n}" for n in range(40))], sources=frozenset({"crossref", "doi"})
    )
    outcomes = [answer.outcome for answer in answers]
    assert outcomes == ["could-not-check", "not-found", *["found"] * 40]


def test_absent_from_crossref_is_asked_of_doi_org_before_it_is_said_not_to_exist(bench: Bench) -> None:
    (answer,) = bench(["10.1000/nothing"])
    assert (answer.outcome, answer.reason) == ("not-found", "doi.org says of 10.1000/nothing: DOI does not exist")
    assert [item.source for item in answer.evidence] == ["crossref", "doi.org"]
    assert all(item.at for item in answer.evidence)


def test_where_the_agency_cannot_be_asked_nothing_is_said(bench: Bench) -> None:
    bench.server.script("doi.org/", Answer(503), forever=True)
    (answer,) = bench(["10.1000/nothing"])
    assert answer.outcome == "could-not-check"
    assert "doi.org" in answer.reason


def test_another_agency_is_asked_and_content_negotiation_stands_in(bench: Bench) -> None:
    bench.server.script("doi.org/ra/", as_json([{"DOI": "10.1430/8105", "RA": "mEDRA"}]))
    bench.server.script(
        r"doi\.org/10\.1430", as_json({"DOI": "10.1430/8105", "title": "Lavoro", "type": "article-journal"})
    )
    (answer,) = bench(["10.1430/8105"])
    assert answer.outcome == "found"
    assert answer.work is not None
    assert answer.work.source_of("title") == "doi.org"
    assert answer.retraction.verdict == "could-not-check"


def test_crossref_down_gives_metadata_but_no_word_on_retraction(bench: Bench) -> None:
    bench.server.script(r"api\.crossref\.org", Answer(503), forever=True)
    bench.server.script(
        r"doi\.org/10\.1000", as_json({"DOI": "10.1000/w1", "title": "Work 1", "type": "article-journal"})
    )
    (answer,) = bench(["10.1000/w1"])
    assert answer.outcome == "found"
    assert answer.retraction.verdict == "could-not-check"
    assert [(check.source, check.outcome) for check in answer.retraction.checks] == [("crossref", "could-not-check")]


def test_everything_down_is_could_not_check_for_every_kind_of_identifier(bench: Bench) -> None:
    bench.server.script("", Answer(503, b"<html>down</html>"), forever=True)
    texts = ["10.1000/w1", "31280619", "PMC5661633", "arXiv:2304.05376", "NCT02576665", "10/gfxyz"]
    answers = bench(texts)
    assert {answer.outcome for answer in answers} == {"could-not-check"}
    assert {answer.retraction.verdict for answer in answers} == {"could-not-check"}
    assert all("503" in answer.reason or "left alone" in answer.reason for answer in answers)


def test_a_fresh_answer_needs_no_request_and_old_parts_age_apart(bench: Bench) -> None:
    only = frozenset({"crossref"})
    bench(["10.1000/w1"], sources=only)
    (again,) = bench(["10.1000/w1"], sources=only)
    assert (again.from_cache, again.retraction.verdict, len(bench.server.log)) == (True, "none-found", 0)
    bench.now += 8 * DAY
    (offline,) = bench(["10.1000/w1"], sources=only, offline=True)
    assert offline.stale == ("retraction",)
    assert (offline.outcome, offline.retraction.verdict) == ("found", "could-not-check")
    assert "it said none-found" in offline.retraction.checks[-1].reason
    (renewed,) = bench(["10.1000/w1"], sources=only)
    assert (renewed.stale, renewed.retraction.verdict, len(bench.server.log)) == ((), "none-found", 1)
    bench(["10.1000/w1"], sources=only, refresh=True)
    assert len(bench.server.log) == 1


def test_an_outage_falls_back_on_the_cache_and_forgets_no_retraction(bench: Bench) -> None:
    by = [{"DOI": "10.1000/n", "type": "retraction", "source": "publisher", "updated": {"date-parts": [[2021, 1, 1]]}}]
    bench.server.works["10.1000/w1"] = work(1, **{"updated-by": by})
    bench(["10.1000/w1"])
    bench.now += 40 * DAY
    bench.server.script("", Answer(503), forever=True)
    (answer,) = bench(["10.1000/w1"])
    assert (answer.outcome, answer.retraction.verdict, answer.stale) == (
        "found",
        "retracted",
        ("metadata", "retraction"),
    )


def test_what_could_not_be_checked_is_not_stored(bench: Bench) -> None:
    bench.server.script("", Answer(503), forever=True)
    bench(["10.1000/w1"])
    (answer,) = bench(["10.1000/w1"], offline=True)
    assert (answer.outcome, answer.from_cache) == ("could-not-check", False)
    assert "--offline" in answer.reason


def test_a_stopped_run_goes_on_where_it_was(bench: Bench) -> None:
    texts = [f"10.1000/w{number}" for number in range(1000)]
    with bench.resolver(sources=frozenset({"crossref"})) as resolver:
        answers = resolver.resolve(texts)
        for _ in range(10):
            next(answers)
    first = len(bench.server.log)
    bench(texts, sources=frozenset({"crossref"}))
    assert (first, len(bench.server.log)) == (3, 2)


def test_a_notice_that_is_titled_like_a_retracted_article_is_both(bench: Bench) -> None:
    """Some publishers title the notice "Retracted: …": that it is a notice is said, and nobody is told that all is well."""
    update = [{"DOI": "10.1000/w2", "type": "retraction", "updated": {"date-parts": [[2023]]}}]
    bench.server.works["10.1000/w1"] = work(1, title=["Retracted: Work 2"], **{"update-to": update})
    (answer,) = bench(["10.1000/w1"], sources=frozenset({"crossref"}))
    assert (answer.retraction.is_notice, answer.retraction.verdict) == (True, "retracted")
    assert answer.work is not None
    assert [notice.doi for notice in answer.work.notice_of] == ["10.1000/w2"]


def test_a_notice_without_a_telling_title_is_told_by_what_it_updates(bench: Bench) -> None:
    update = [{"DOI": "10.1000/w2", "type": "retraction", "updated": {"date-parts": [[2023]]}}]
    bench.server.works["10.1000/w1"] = work(1, title=["A trial of x in ALS"], **{"update-to": update})
    (answer,) = bench(["10.1000/w1"], sources=frozenset({"crossref"}))
    assert (answer.retraction.is_notice, answer.retraction.verdict) == (True, "none-found")


TABLE_ROWS = [
    ",".join(f'"{column}"' for column in COLUMNS),
    "1,6/5/2020 0:00,10.1/n,0,10.1000/W1,0,Retraction,+Concerns/Issues About Data;",
    "2,1/2/2019 0:00,10.1/m,0,10.1000/w1,0,Correction,",
    "3,1/2/2019 0:00,10.1/o,0,Unavailable,77,Expression of concern,",
]


def test_the_users_retraction_watch_file_speaks_even_offline(bench: Bench) -> None:
    table = read_retraction_table(TABLE_ROWS, sha256="s", as_of="2026-11-01", name="rw.csv")
    bench(["10.1000/w1", "10.1000/w2"], sources=frozenset({"crossref"}))
    first, second = bench(["10.1000/w1", "10.1000/w2"], offline=True, table=table)
    assert (first.retraction.verdict, first.retraction.date) == ("retracted", "2020-06-05")
    assert [(n.nature, n.source) for n in first.retraction.notices] == [
        ("retraction", "retraction-watch"),
        ("correction", "retraction-watch"),
    ]
    assert first.retraction.notices[0].note == "Concerns/Issues About Data"
    assert second.retraction.verdict == "none-found"
    assert [check.as_of for check in second.retraction.checks] == [None, "2026-11-01"]
    assert timing(first.retraction, "2021-03") == "before"
    assert timing(first.retraction, "2019") == "after"
    assert timing(first.retraction, "2020") == "unknown"


def test_the_packaged_list_only_adds_and_names_its_date(bench: Bench) -> None:
    packaged = RetractedPmids(pmids=frozenset({"993"}), as_of="2023-10", source="x")
    listed, unlisted = bench(["PMID:993", "PMID:994"], offline=True, packaged=packaged)
    assert (listed.outcome, listed.retraction.verdict) == ("could-not-check", "retracted")
    assert unlisted.retraction.verdict == "could-not-check"
    assert [(c.source, c.outcome, c.as_of) for c in unlisted.retraction.checks] == [
        ("packaged-list", "could-not-check", "2023-10")
    ]


PUBMED = """<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>77</PMID><Article><ArticleTitle>NF-κB in ALS.</ArticleTitle>
<PublicationTypeList><PublicationType>Journal Article</PublicationType>{type}</PublicationTypeList></Article>{corrections}
</MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="doi">10.1000/w1</ArticleId></ArticleIdList></PubmedData>
</PubmedArticle></PubmedArticleSet>"""
RETRACTED = PUBMED.format(
    type="<PublicationType>Retracted Publication</PublicationType>",
    corrections='<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>J. 2021 Mar;1:2. doi: 10.1000/n'
    "</RefSource><PMID>88</PMID></CommentsCorrections></CommentsCorrectionsList>",
)
EUROPE = {
    "hitCount": 1,
    "resultList": {"result": [{"id": "77", "source": "MED", "pmid": "77", "doi": "10.1000/w1", "title": "x"}]},
}


def test_pubmed_is_asked_with_the_pmid_learnt_on_the_way_and_its_title_restores_lost_greek(bench: Bench) -> None:
    bench.server.works["10.1000/w1"] = work(1, title=["NF-B in ALS"])
    bench.server.script("europepmc", as_json(EUROPE))
    bench.server.script("efetch", Answer(200, RETRACTED.encode()))
    (answer,) = bench(["10.1000/w1"])
    assert answer.work is not None
    assert (answer.work.title, answer.work.source_of("title"), answer.work.pmid) == ("NF-κB in ALS", "pubmed", "77")
    assert (answer.retraction.verdict, answer.retraction.date) == ("retracted", "2021")
    assert [(c.source, c.outcome) for c in answer.retraction.checks] == [("crossref", "not-found"), ("pubmed", "found")]


def test_a_failed_pubmed_leaves_the_status_open(bench: Bench) -> None:
    bench.server.script("europepmc", as_json(EUROPE))
    bench.server.script("efetch", Answer(200, b"<eFetchResult><ERROR>Unable to obtain query</ERROR></eFetchResult>"))
    (answer,) = bench(["10.1000/w1"])
    assert (answer.outcome, answer.retraction.verdict) == ("found", "could-not-check")
    assert "Unable to obtain query" in answer.retraction.checks[-1].reason


def test_a_failed_look_up_of_the_pmid_leaves_the_status_open(bench: Bench) -> None:
    bench.server.script("europepmc", Answer(200, b"<html>maintenance</html>"))
    (answer,) = bench(["10.1000/w1"])
    assert answer.retraction.verdict == "could-not-check"
    assert "the PMID could not be looked up" in answer.retraction.checks[-1].reason


def test_a_pubmed_record_with_another_doi_is_not_taken(bench: Bench) -> None:
    bench.server.script("europepmc", as_json(EUROPE))
    bench.server.script("efetch", Answer(200, RETRACTED.replace("10.1000/w1", "10.1000/other").encode()))
    (answer,) = bench(["10.1000/w1"])
    assert answer.work is not None
    assert (answer.work.title, answer.work.pmid) == ("Work 1", "77")
    assert answer.retraction.verdict == "could-not-check"


def test_a_short_doi_is_expanded(bench: Bench) -> None:
    alias = {"responseCode": 1, "handle": "10/gfxyz", "values": [{"type": "HS_ALIAS", "data": {"value": "10.1000/W5"}}]}
    bench.server.script("api/handles", as_json(alias))
    (answer,) = bench(["https://doi.org/gfxyz"])
    assert answer.work is not None
    assert answer.work.doi == "10.1000/w5"


@needs_replies
def test_recorded_works_are_resolved_through_lists(recorded: Bench) -> None:
    dois = [doi for doi in recorded.server.works if not doi.startswith("10.1000/")]
    answers = recorded(dois)
    assert len(answers) == 48
    assert {answer.outcome for answer in answers} == {"found"}
    verdicts = {answer.query: answer.retraction.verdict for answer in answers}
    assert verdicts[WAKEFIELD] == "retracted"
    assert verdicts["10.1371/journal.pone.0033693"] == "corrected"
    lists = recorded.server.requests(r"crossref\.org/works\?")
    assert len(lists) == 1


@needs_replies
def test_recorded_pmids_arxiv_and_datacite(recorded: Bench) -> None:
    pmid, arxiv, zenodo, pmc = recorded(["PMID:39345789", "arXiv:2311.16162v1", "10.5281/zenodo.1196821", "PMC3040717"])
    assert pmid.work is not None
    assert pmid.work.pmcid == "PMC11430916"
    assert [(r.type, r.target.value) for r in pmid.work.relations] == [("has-preprint", "10.1101/2023.03.21.23286947")]
    assert arxiv.work is not None
    assert (arxiv.work.arxiv, arxiv.work.source_of("title")) == ("2311.16162", "datacite")
    assert zenodo.outcome == "not-found"  # the recorded doi.org knows no agency for it: what a source says is believed
    assert pmc.work is not None
    assert (pmc.work.pmid, pmc.work.doi) == ("20516115", "10.1158/0008-5472.can-09-4563")


def test_default_sources_are_part_of_the_list() -> None:
    assert {step.source for step in ORDER} >= DEFAULT_SOURCES
