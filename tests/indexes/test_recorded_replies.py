"""Every recorded reply is read to the right values: an account of each, checked by eye, and the raw replies as oracle."""

import json
import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree
from zlib import crc32

import pytest
from recorded import FOLDER, Recorded, account, recorded_replies

from alsu_kg.indexes import crossref, pubmed
from alsu_kg.indexes.retraction_status import combine_status, is_notice
from alsu_kg.indexes.titles import fold
from alsu_kg.model.exchange import Response
from alsu_kg.model.retraction import StatusCheck
from alsu_kg.model.work import Work

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the recorded replies of ../shared/responses are not here")
ACCOUNTS = Path(__file__).with_name("recorded_accounts.json")
REPLIES = list(recorded_replies())
LONG = 6


def shortened(value: object) -> object:
    """Keep of a long list its length, its ends, and a checksum of all of it."""
    if not isinstance(value, list) or len(value) <= LONG:
        return value
    return {"count": len(value), "first": value[0], "last": value[-1], "checksum": crc32(json.dumps(value).encode())}


@pytest.mark.parametrize("reply", REPLIES, ids=[reply.file for reply in REPLIES])
def test_reply_is_read_to_the_right_values(reply: Recorded) -> None:
    expected = json.loads(ACCOUNTS.read_text(encoding="utf-8"))
    assert shortened(account(reply.read(reply.response))) == expected[reply.file]


def test_there_are_as_many_replies_as_accounts() -> None:
    assert {reply.file for reply in REPLIES} == set(json.loads(ACCOUNTS.read_text(encoding="utf-8")))


def crossref_items() -> list[tuple[object, Work]]:
    items = []
    for path in sorted(FOLDER.glob("crossref/work*.json")) + sorted(FOLDER.glob("crossref/refmatcher*.json")):
        data = json.loads(path.read_bytes())
        message = data.get("message", data)
        if not isinstance(message, dict) or not ("items" in message or "DOI" in message):
            continue
        response = Response(url="", status=200, body=path.read_bytes())
        works = crossref.read_works(response).value if "items" in message else (crossref.read_work(response).value,)
        items += list(zip(message.get("items", [message]), works or (), strict=True))
    return items  # type: ignore[return-value]


def test_crossref_items_against_their_raw_json() -> None:
    items = crossref_items()
    assert len(items) > 200
    for raw, work in items:
        assert isinstance(raw, dict)
        assert work.doi == raw["DOI"].lower()
        titles = raw.get("title") or [""]
        plain = unescape(unescape(re.sub(r"<[^>]+>", "", unescape(titles[0]))))
        assert fold(work.title or "") == fold(plain)
        assert work.title_raw == (titles[0].strip() or None)
        parts = (raw.get("issued") or {}).get("date-parts", [[None]])[0]
        assert work.year == (parts[0] if parts else None) or not parts[0]
        assert len(work.authors) == len([a for a in raw.get("author") or [] if {"family", "given", "name"} & set(a)])
        assert [n.family for n in work.authors if n.family] == [
            a["family"] for a in raw.get("author") or [] if "family" in a
        ]
        assert work.volume is None or raw["volume"].endswith(work.volume)
        assert work.article_number == raw.get("article-number")
        assert {licence.url for licence in work.licences} == {item["URL"] for item in raw.get("license", [])}


def test_pubmed_articles_against_their_raw_xml() -> None:
    for path in sorted(FOLDER.glob("ncbi/*pubmed*.xml")):
        root = ElementTree.fromstring(path.read_bytes())
        works = pubmed.read_articles(Response(url="", status=200, body=path.read_bytes())).value or ()
        for article, work in zip(root.iterfind("PubmedArticle"), works, strict=True):
            assert work.pmid == article.findtext("MedlineCitation/PMID")
            ids = {i.get("IdType"): i.text for i in article.iterfind("PubmedData/ArticleIdList/ArticleId")}
            assert work.doi == (ids.get("doi") or "").lower() or not ids.get("doi")
            assert work.pmcid == ids.get("pmc")
            raw = "".join((article.find("MedlineCitation/Article/ArticleTitle") or ElementTree.Element("x")).itertext())
            assert fold(work.title or "") == fold(raw) or not raw
            authors = article.findall("MedlineCitation/Article/AuthorList/Author")
            assert len(work.authors) == len(authors)


def one(name: str) -> Work:
    work = crossref.read_work(Response(url="", status=200, body=(FOLDER / "crossref" / name).read_bytes())).value
    assert work is not None
    return work


CHECKED = [StatusCheck(source="crossref", outcome="found")]


def test_retraction_listed_twice_and_article_that_points_at_its_own_notices() -> None:
    mehra = one("work_retracted_mehra_10.1016_S0140-6736_20_31180-6.json")
    status = combine_status(mehra, mehra.notices, CHECKED)
    assert (status.verdict, status.date, status.is_notice) == ("retracted", "2020-06-05", False)
    assert mehra.notice_of == ()
    sources = {notice.source for notice in status.notices if notice.nature == "retraction"}
    assert sources == {"crossref:retraction-watch", "crossref:publisher", "title:crossref"}


def test_retraction_after_a_correction_wins() -> None:
    wakefield = one("work_retracted_wakefield_10.1016_S0140-6736_97_11096-0.json")
    assert [notice.nature for notice in wakefield.notices][:2] == ["correction", "retraction"]
    status = combine_status(wakefield, wakefield.notices, CHECKED)
    assert (status.verdict, status.date) == ("retracted", "2010-02-06")


def test_notices_are_not_taken_for_retracted_articles() -> None:
    response = Response(
        url="", status=200, body=(FOLDER / "crossref" / "works_plos_corrections_list.json").read_bytes()
    )
    works = crossref.read_works(response).value or ()
    notices = [work for work in works if is_notice(work)]
    assert len(notices) == 5
    assert all(
        work.notice_of and combine_status(work, work.notices, CHECKED).verdict == "none-found" for work in notices
    )


def test_new_version_of_itself_is_no_notice() -> None:
    work = one("work_10.1371_journal.ppat.1008184.json")
    assert (work.notices, is_notice(work)) == ((), False)


def test_preprint_and_version_of_record_stay_apart_and_tied() -> None:
    preprint = one("work_10.1101_2024.04.01.587366.json")
    assert preprint.type == "article"
    assert [(r.type, r.target.value) for r in preprint.relations] == [("is-preprint-of", "10.1016/j.xgen.2025.100814")]
    assert preprint.doi == "10.1101/2024.04.01.587366"
