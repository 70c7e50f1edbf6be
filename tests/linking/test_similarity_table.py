"""The features, pinned by a table of cases: what a reader would say of each pair."""

import msgspec
import pytest

from alsu_kg.linking.similarity import FEATURES, compare
from alsu_kg.linking.text_view import view_candidate, view_reference
from alsu_kg.model.candidate import Candidate
from alsu_kg.model.reference import Reference

WORK = Candidate(
    id="10.1/nfkb",
    title="NF-κB signaling in inflammation",
    authors=(("Liu", "T"), ("Zhang", "L"), ("Joo", "D")),
    year=2017,
    container="Signal Transduction and Targeted Therapy",
    short_container="Signal Transduct Target Ther",
    volume="2",
    first_page="17023",
)
PRINTED = "Liu T, Zhang L, Joo D. NF-kappaB signaling in inflammation. Signal Transduct Target Ther. 2017;2:17023-31."
CASES = [
    (PRINTED, "title_in_order", 1.0),
    (PRINTED, "first_author", 1.0),
    (PRINTED, "year", 1.0),
    (PRINTED, "volume", 1.0),
    (PRINTED, "page", 1.0),
    (PRINTED, "container", 1.0),
    (PRINTED, "unexplained_words", 0.0),
    (PRINTED, "marker_mismatch", 0.0),
    (PRINTED.replace("NF-", "Reply to: NF-"), "marker_mismatch", 1.0),
    (PRINTED.replace("17023-31", "455-61"), "page", -1.0),
    (PRINTED.replace("2017;", "2018;"), "year", 0.5),
    (PRINTED.replace("2017;", "1999;"), "year", -1.0),
    (PRINTED.replace("Liu T", "Smith T"), "first_author", -1.0),
    (PRINTED.replace("Liu", "Lui"), "authors_found", 2 / 3),
    (PRINTED.replace("17023-31", "17x23"), "page", 0.4),
    (PRINTED.replace("17023-31", "17 023"), "page", 0.4),
    (PRINTED.replace("2017;", "20l7;") + " Cited 1999", "year", 0.4),
    (PRINTED, "title_substituted", 0.0),
    (PRINTED.replace("signaling", "methylation"), "title_substituted", 1.0),
    (PRINTED.replace("signaling", "signalling"), "title_substituted", 0.0),
    (PRINTED, "contradictions", 0.0),
    (PRINTED.replace("2017;2:17023-31", "1999;2:455-61"), "contradictions", 2.0),
    ("NF-kappaB Consortium. NF-kappaB signaling in inflammation. 2017", "first_author", 0.0),
    ("Liu T. NF-κB signaling in inflammation.", "page", 0.0),
    ("Liu T. NF-κB signaling in inflammation.", "volume", 0.0),
    (PRINTED.replace("Liu", "Ilu").replace("Signal T", "J T"), "first_author", -1.0),
    (PRINTED.replace("NF-kappaB signaling in", "Surfing the NF-kappaB signaling network in"), "first_author", 1.0),
    ("Smith T. Surfing the p53 network. Nature 2017;2:17023-31.", "first_author", -1.0),
    ("Liu T. NF-kappaB signaling in inflammation: dose-response. 2017", "marker_mismatch", 1.0),
    ("Liu T. NF-kappaB signaling in inflammation. Signal Transduct Target Ther 2017;1-12.", "page", 0.0),
    ("Liu T. NF-kappaB signaling in inflammation. Signal Transduct Target Ther 2017;1-12.", "volume", 0.0),
    ("Liu T. NF-kappaB signaling in inflammation. Signal Transduct Target Ther 2015;1-12.", "year", 0.5),
    ("Liu T. NF-kappaB signaling in inflammation. Signal Transduct Target Ther 2018;1-12.", "year", 0.5),
    ("Liu T. NF-kappaB signaling in inflammation. Signal Transduct Target Ther 2019;1-12.", "year", -1.0),
    ("Liu T. NF-kappaB signaling in inflammation. Signal Transduct Target Ther 2017;7:1-12.", "page", -1.0),
    ("Liu T et al. NF-kappaB sig-\nnaling in inflam-\nmation. 2017", "title_missing_middle", 0.0),
    ("NF-kappaB signaling in inflammation (2017)", "first_author", 0.0),
    ("NF-kappaB signaling in inflammation (2017)", "container", 0.0),
    ("NF-kappaB signaling in inflammation. Brain 2017", "container", -0.52),
    (PRINTED.replace("NF-kappaB signaling", "NF-\nkappaB signaling"), "title_in_order", 1.0),
    (PRINTED.replace("inflammation", "inflam mation"), "title_in_order", 1.0),
    (PRINTED.replace("inflammation", "nephritis"), "title_substituted", 1.0),
    (PRINTED.replace(" in inflammation", ""), "title_substituted", 0.0),
    (PRINTED.replace("17023-31", "1999-2012"), "page", -1.0),
    (PRINTED.replace("Liu T, Zhang L", "Zhang L, Smith A, Joo D, Liu T"), "first_author", -0.5),
    (PRINTED.replace("Liu T, Zhang L", "Zhang L, Smith A, Joo D, Liu T"), "contradictions", 1.0),
    ("1. NF-kappaB signaling in inflammation (2017), by T. Liu, Signal Transduct Target Ther 2", "first_author", 1.0),
]


@pytest.mark.parametrize(("printed", "feature", "value"), CASES)
def test_feature_of_case(printed: str, feature: str, value: float) -> None:
    found = compare(view_reference(Reference(id="1", unstructured=printed)), view_candidate(WORK))
    assert tuple(found) == FEATURES
    assert found[feature] == pytest.approx(value)


def test_tagged_reference_without_title_says_nothing_of_any_title() -> None:
    tagged = Reference(id="1", container="Signal Transduct Target Ther", volume="2", first_page="17023", year="2017")
    titles = ("NF-κB signaling in inflammation", "Another work that begins on the same page", "")
    rows = [compare(view_reference(tagged), view_candidate(msgspec.structs.replace(WORK, title=t))) for t in titles]
    assert rows[0] == rows[1] == rows[2]


@pytest.mark.parametrize(
    ("printed", "agreement"),
    [
        ("Signal Transduct Target Ther 2017, 2, xiv–xvi.", 1.0),
        ("[1] Signal Transduct Target Ther 2 (2017) XIV.", 1.0),
        ("Signal Transduct Target Ther 2017, 2, iv.", 0.0),
        ("Xiv J. Signals. Signal Transduct Target Ther 2017.", 0.0),
    ],
)
def test_roman_page_stands_behind_a_number(printed: str, agreement: float) -> None:
    preface = msgspec.structs.replace(WORK, title="Preface", authors=(), first_page="xiv")
    found = compare(view_reference(Reference(id="1", unstructured=printed)), view_candidate(preface))
    assert found["page"] == agreement


def test_reply_leaves_the_head_of_its_title_missing() -> None:
    reply = Candidate(id="r", title="Reply to: NF-κB signaling in inflammation", authors=(("Novak", "A"),), year=2018)
    found = compare(view_reference(Reference(id="1", unstructured=PRINTED)), view_candidate(reply))
    assert found["title_missing_head"] == 1.0
    assert found["first_author"] == -1.0


def test_tagged_reference_without_author_says_nothing_about_the_author() -> None:
    reference = Reference(id="1", container="Signal Transduct Target Ther", volume="2", first_page="17023", year="2017")
    found = compare(view_reference(reference), view_candidate(WORK))
    assert (found["first_author"], found["volume"], found["page"]) == (0.0, 1.0, 1.0)
    assert found["tagged_container"] == pytest.approx(1.0)


def test_tagged_reference_without_title_says_nothing_about_the_title() -> None:
    reference = Reference(id="1", container="Inflammation Signaling", volume="2", first_page="17023", year="2017")
    found = compare(view_reference(reference), view_candidate(WORK))
    titles = {name: value for name, value in found.items() if name.startswith("title_") and name != "title_words"}
    assert set(titles.values()) == {0.0}
    assert found["contradictions"] == 1.0, "the container alone"


def test_a_number_stands_for_one_field() -> None:
    yearly = Candidate(
        id="1", title="Global patterns", authors=(("Ober", "T"),), year=2011, volume="2011", first_page="7"
    )
    once = compare(
        view_reference(Reference(id="1", unstructured="Ober T. Global patterns. 2011:7-11.")), view_candidate(yearly)
    )
    twice = compare(
        view_reference(Reference(id="1", unstructured="Ober T. Global patterns. 2011;2011:7-11.")),
        view_candidate(yearly),
    )
    assert (once["year"], once["volume"], twice["volume"]) == (1.0, 0.0, 1.0)


@pytest.mark.parametrize("cited", ["Mohammadi Darestani Y", "Darestani Y", "Mohammadi Y", "Daresatni Y"])
def test_of_a_double_name_either_part_is_cited(cited: str) -> None:
    work = Candidate(id="1", title="Poles in wind", authors=(("Mohammadi Darestani", "Yousef"),), year=2016)
    found = compare(
        view_reference(Reference(id="1", unstructured=f"{cited}. Poles in wind. 2016")), view_candidate(work)
    )
    assert found["first_author"] >= 0.75


def test_journal_is_abbreviated_to_one_letter() -> None:
    work = Candidate(id="1", title="Old domains", authors=(("Braiman", "A"),), year=2006, container="The EMBO Journal")
    found = compare(
        view_reference(Reference(id="1", unstructured="Braiman A. Old domains. EMBO J 2006")), view_candidate(work)
    )
    assert found["container"] == 1.0


def test_pubmed_identifier_without_its_name_is_no_page() -> None:
    work = Candidate(
        id="1",
        title="Thyroid storm",
        authors=(("Das", "BB"),),
        year=2022,
        volume="32",
        first_page="988",
        pmid="34657643",
    )
    found = compare(
        view_reference(Reference(id="1", unstructured="Das, BB. Thyroid storm. Cardiol Young 2021. 34657643.")),
        view_candidate(work),
    )
    assert (found["unexplained_numbers"], found["volume"], found["page"]) == (0.0, 0.0, 0.0)


def test_digits_of_a_web_address_are_no_pages() -> None:
    reference = Reference(id="1", unstructured="Drugs.com. https://www.drugs.com/2017/2/17023")
    assert compare(view_reference(reference), view_candidate(WORK))["page"] <= 0.0
