"""What services say of works as quads: each field in the graph of its service, one conclusion a work, nothing merged."""

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.graph.same_works import find_same_works
from alsu_kg.graph.works import find_works, make_work_lines
from alsu_kg.model.exchange import Evidence
from alsu_kg.model.identifier import Identifier
from alsu_kg.model.resolution import Resolution
from alsu_kg.model.retraction import Notice, RetractionStatus, StatusCheck
from alsu_kg.model.review import Reference, Review, ReviewRecord
from alsu_kg.model.work import FieldSource, Licence, OpenAccess, Relation, Work

ID = "https://w3id.org/alsu-kg/id/"
VOCAB = "https://w3id.org/alsu-kg/vocab#"
NODE = f"<{ID}work/doi/10.5555/a>"
ASKED = Evidence(source="crossref", outcome="found", at="2026-11-22T15:00:00Z")


def quads(answer: Resolution, **same: str) -> list[tuple[str, str, str, str]]:
    """Graph, subject, predicate and object of each quad; our own names are cut short."""
    lines = make_work_lines({NODE: answer}, {f"<{ID}work/pmid/{key[1:]}>": value for key, value in same.items()})
    assert lines == sorted(set(lines))
    found = []
    for quad in ox.parse("".join(lines), format=ox.RdfFormat.N_QUADS):
        parts = (quad.graph_name, quad.subject, quad.predicate, quad.object)
        found.append(tuple(_short(getattr(part, "value", "")) for part in parts))
    return found  # type: ignore[return-value]


def _short(value: str) -> str:
    return value.removeprefix(ID).removeprefix(VOCAB).rsplit("/terms/")[-1].rsplit("/2.0/")[-1]


def found(work: Work, **status: object) -> Resolution:
    return Resolution(query="q", outcome="found", work=work, evidence=(ASKED,), **status)  # type: ignore[arg-type]


def objects(rows: list[tuple[str, str, str, str]], name: str) -> set[tuple[str, str]]:
    return {(graph, value) for graph, _, predicate, value in rows if predicate == name}


def test_each_field_stands_in_the_graph_of_the_service_that_it_was_taken_from() -> None:
    sources = (FieldSource(field="title", source="pubmed"), FieldSource(field="volume", source="crossref"))
    rows = quads(found(Work(title="NF-κB", volume="3", sources=sources)))
    assert objects(rows, "title") >= {("graph/works/pubmed", "NF-κB")}
    assert objects(rows, "volume") == {("graph/works/crossref", "3")}


def test_licence_and_open_access_link_name_who_says_so() -> None:
    work = Work(
        licences=(Licence(url="https://creativecommons.org/licenses/by/4.0/", source="crossref"),),
        open_access=OpenAccess(is_open=True, url="https://example.org/a b", source="unpaywall"),
    )
    rows = quads(found(work))
    assert objects(rows, "license") == {("graph/works/crossref", "https://creativecommons.org/licenses/by/4.0/")}
    assert objects(rows, "openAccessLink") == {("graph/works/unpaywall", "https://example.org/a%20b")}
    assert objects(rows, "isOpenAccess") == {("graph/works/unpaywall", "true")}
    closed = quads(found(Work(open_access=OpenAccess(is_open=False, source="unpaywall"))))
    assert objects(closed, "isOpenAccess") == {("graph/works/unpaywall", "false")}
    assert not objects(quads(found(Work())), "isOpenAccess"), "nobody said, so nothing is said"


def test_a_work_that_nobody_described_may_still_be_known_as_retracted() -> None:
    notice = Notice(nature="retraction", raw_type="Retracted Publication", source="packaged-list")
    check = StatusCheck(source="packaged-list", outcome="found", as_of="2023-10")
    status = RetractionStatus(verdict="retracted", notices=(notice,), checks=(check,))
    rows = quads(Resolution(query="q", outcome="could-not-check", reason="offline", retraction=status))
    assert objects(rows, "retractionStatus") == {("graph/works/resolver", "retracted")}
    assert objects(rows, "resolution") == {("graph/works/resolver", "could-not-check")}
    assert objects(rows, "nature") == {("graph/works/packaged-list", "retraction")}
    assert ("graph/provenance", "2023-10") in objects(rows, "asOf")


def test_what_failed_is_kept_with_its_reason_and_is_no_status() -> None:
    failed = Evidence(source="crossref", outcome="could-not-check", at="2026-11-22T15:00:00Z", reason="no connection")
    rows = quads(Resolution(query="q", outcome="could-not-check", reason="no connection", evidence=(failed,)))
    assert objects(rows, "retractionStatus") == {("graph/works/resolver", "could-not-check")}
    assert objects(rows, "lookupOutcome") == {("graph/works/crossref", "could-not-check")}
    assert not objects(rows, "retractionStatusDate")


def test_a_tie_has_one_direction_and_meets_the_work_as_it_is_cited() -> None:
    of = Relation(type="is-preprint-of", target=Identifier("pmid", "7"), source="pubmed")
    has = Relation(type="has-preprint", target=Identifier("doi", "10.5555/p"), source="crossref")
    other = Relation(type="is-review-of", target=Identifier("doi", "10.5555/r"), source="crossref")
    rows = quads(found(Work(relations=(of, has, other))), _7=f"<{ID}work/doi/10.5555/b>")
    ties = {(graph, subject, value) for graph, subject, predicate, value in rows if predicate == "isPreprintOf"}
    assert ties == {
        ("graph/works/pubmed", "work/doi/10.5555/a", "work/doi/10.5555/b"),
        ("graph/works/crossref", "work/doi/10.5555/p", "work/doi/10.5555/a"),
    }


def test_the_time_of_a_graph_is_that_of_its_last_look_up() -> None:
    later = Evidence(source="crossref", outcome="found", at="2026-11-22T16:00:00Z")
    never = Evidence(source="pubmed", outcome="could-not-check", at="yesterday")
    rows = quads(Resolution(query="q", outcome="found", work=Work(), evidence=(later, ASKED, never)))
    times = {
        subject: value for graph, subject, name, value in rows if graph == "graph/provenance" and "generated" in name
    }
    assert times == {
        "graph/works/crossref": "2026-11-22T16:00:00Z",
        "graph/works/resolver": "2026-11-22T16:00:00Z",
    }


@given(st.text(), st.text(), st.text())
def test_whatever_services_send_is_written_as_sound_quads(title: str, url: str, day: str) -> None:
    work = Work(
        title=title, issued="2020-13", licences=(Licence(url=url),), open_access=OpenAccess(is_open=True, url=url)
    )
    notice = Notice(nature="correction", raw_type=title, source=f"title:{url}", date=day, doi=url)
    status = RetractionStatus(verdict="corrected", date=day, notices=(notice,))
    assert quads(found(work, retraction=status))


def test_a_work_is_asked_for_once_by_its_best_identifier() -> None:
    both = Reference(number=1, doi="10.5555/a", pmid="7")
    records = [
        ReviewRecord(record="x", review=Review(), references=(Reference(number=1, pmid="7"), Reference(number=2))),
        ReviewRecord(record="y", review=Review(), references=(both,)),
    ]
    assert find_works(records, find_same_works(records)) == {NODE: Identifier("doi", "10.5555/a")}
