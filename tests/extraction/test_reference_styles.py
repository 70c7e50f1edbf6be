"""Reference strings of our own in many styles and states: what is read of each, and what is left unknown."""

import pytest

from alsu_kg.documents import load_vocabulary
from alsu_kg.extraction.references.citation_words import CitationWords, parse_citation_words
from alsu_kg.extraction.references.reference_string import ReferenceFields, parse_reference
from alsu_kg.model.errors import AssetError


def read(text: str) -> ReferenceFields:
    return parse_reference(text, load_vocabulary().journal_words)


TITLE = "Making of examplene in mice"
SAME = {
    "vancouver": f"1. Maker AB, van Second C. {TITLE}. J Org Chem. 1990;55(2):101-9.",
    "nlm with month": f"Maker AB, van Second C. {TITLE}. J Org Chem. 1990 Mar 5;55(2):101-9.",
    "apa": f"Maker, A. B., & van Second, C. (1990). {TITLE}. J Org Chem, 55(2), 101-109.",
    "harvard": f"Maker, A.B. and van Second, C., 1990. {TITLE}. J Org Chem, 55(2), pp.101-109.",
    "chicago notes": f"Maker, A. B., and C. van Second. 1990. “{TITLE}.” J Org Chem 55 (2) (March): 101-109.",
    "mla": f"Maker, A. B., and C. van Second. “{TITLE}.” J Org Chem 55.2 (1990): 101-109.",
    "ieee": f"A. B. Maker and C. van Second, “{TITLE},” J Org Chem, vol. 55, no. 2, pp. 101-109, 1990.",
    "elsevier": f"[1] A.B. Maker, C. van Second, {TITLE}, J Org Chem 55 (1990) 101-109.",
    "volume, year, pages": f"Maker, A. B. and van Second, C., {TITLE}, J Org Chem, 55(2), 1990, 101-109.",
    "quoted at once": f"Maker, A. B., C. van Second. 1990. “{TITLE}.”J Org Chem 55: 101-109.",
    "OCR: small initial": f"Maker A, van Second c, Third D: {TITLE}. J Org Chem 1990, 55:101-109.",
}


@pytest.mark.parametrize("style", SAME)
def test_the_same_reference_in_every_style(style: str) -> None:
    found = read(SAME[style])
    assert (found.title, found.container) == (TITLE, "J Org Chem")
    assert (found.year, found.volume, found.first_page, found.last_page) == (1990, "55", "101", "109")
    assert found.authors[0].split()[0] == "Maker"
    assert found.authors[1].startswith(("van Second", "Second"))


@pytest.mark.parametrize(
    ("text", "authors", "container", "volume", "page"),
    [
        ("(1) Maker, A. B.; Second, C. J. Org. Chem. 1990, 55, 101.", 2, "J. Org. Chem.", "55", "101"),
        ("1 A. Maker, B. Second, and C. Third, The Lancet 282, 1171 (1963).", 3, "The Lancet", "282", "1171"),
        ("[1] A. Maker, B. Second, J. Virol. 48 (1993) 2670.", 2, "J. Virol.", "48", "2670"),
        ("[2] A. Maker, Phys. Rev. D 48 (1993) 2670.", 1, "Phys. Rev. D", "48", "2670"),
        ("(1) Maker, A. B. Frontiers in Microbiology 2015, 6.", 1, "Frontiers in Microbiology", "6", None),
    ],
)
def test_styles_without_titles(text: str, authors: int, container: str, volume: str, page: str | None) -> None:
    found = read(text)
    assert (len(found.authors), found.title, found.container) == (authors, None, container)
    assert (found.volume, found.first_page) == (volume, page)


def test_a_title_with_capitals_is_no_author() -> None:
    found = read(
        "A.A. Maker, B.B. Second, Notched Tensile Fracture of Some Alloy, Mater. Sci. Eng. A, 2012, 545, p 20-25"
    )
    assert len(found.authors) == 2
    assert found.title == "Notched Tensile Fracture of Some Alloy"


def test_parts_of_journals_belong_to_the_journal() -> None:
    found = read("Maker, A. (2008). Making of mice. Birth Trials Research. Part A: Clinical Testing, 82(2), 63-77.")
    assert (found.title, found.container) == ("Making of mice", "Birth Trials Research. Part A: Clinical Testing")


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("World Example Organization. Guidance on examples. Geneva: WEO; 2019.", "World Example Organization"),
        ("The Example Study Group. A trial of examplene. Lancet. 2004;363:1-9.", "The Example Study Group"),
        ("National Institute of Examples (2012). Examples for all. J Ex, 3, 4-5.", "National Institute of Examples"),
    ],
)
def test_groups_as_authors(text: str, group: str) -> None:
    assert read(text).authors == (group,)


def test_no_authors() -> None:
    found = read("Trial of examplene fails. Lancet. 2004;363:1-9.")
    assert (found.authors, found.title, found.container, found.year) == ((), "Trial of examplene fails", "Lancet", 2004)
    apa = read("Trial of examplene fails in three countries after years. (2004). Lancet, 363(2), 1-9.")
    assert (apa.title, apa.container) == ("Trial of examplene fails in three countries after years", "Lancet")


def test_in_press_has_no_invented_numbers() -> None:
    found = read("Maker AB, Second C. Examplene in mice. Brain (in press).")
    assert (found.year, found.volume, found.first_page) == (None, None, None)
    assert found.authors == ("Maker AB", "Second C")


@pytest.mark.parametrize(
    ("pages", "first"),
    [("e50698", "e50698"), ("S12-9", "S12"), ("CD001447", "CD001447"), ("17023", "17023"), ("101.e1", "101.e1")],
)
def test_electronic_and_supplement_pages(pages: str, first: str) -> None:
    assert read(f"Maker AB. Examplene in mice. PLoS One. 2012;7(3):{pages}.").first_page == first


@pytest.mark.parametrize(
    "text",
    [
        "Maker AB, Second C. Exam-\nplene in old\nmice. J Org Chem. 1990;\n55(2):101-9.",
        "Maker AB , Second C . Examplene in old mice . J Org Chem . 1990 ; 55 ( 2 ) : 101 - 9 .",
        "Maker AB, Second C. Examplene in old mice. J Org Chem. 1990;55(2):l01-9.",
    ],
    ids=["broken lines", "spaces before marks", "l for 1"],
)
def test_noise_keeps_what_is_readable(text: str) -> None:
    found = read(text)
    assert (found.authors[0], found.title, found.container) == ("Maker AB", "Examplene in old mice", "J Org Chem")
    assert (found.year, found.volume) == (1990, "55")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Lee Growth of cells in old mice J Biol Chem 55 101 1990",
            ("Lee", "Growth of cells in old mice", "J Biol Chem"),
        ),
        (
            "AB Lee Growth of cells in old mice Nature Genetics 55 2 101 1990",
            ("AB Lee", "Growth of cells in old mice", "Nature Genetics"),
        ),
        ("Lee A new rule for cells Nature 55 101 1990", ("Lee", "A new rule for cells", "Nature")),
        ("Journal of Biological Chemistry 55 101 1990", (None, None, "Journal of Biological Chemistry")),
        ("Genome Res 11 1888 2001", (None, None, "Genome Res")),
        ("Lee N Engl J Med 55 101 1990", ("Lee", None, "N Engl J Med")),
    ],
)
def test_parts_joined_by_spaces(text: str, parts: tuple[str | None, ...]) -> None:
    found = read(text)
    assert ((found.authors or (None,))[0], found.title, found.container) == parts
    assert found.first_page in ("101", "1888")


def test_numbers_of_supplements_joined_by_spaces() -> None:
    found = read("Lee Growth of cells in old mice Proteins 77 Suppl 9 114 2009")
    assert (found.container, found.volume, found.issue, found.first_page) == ("Proteins", "77", "Suppl 9", "114")


def test_a_damaged_table_of_words_is_named() -> None:
    with pytest.raises(AssetError, match=r"journal_words\.tsv:2"):
        parse_citation_words({"journal_words.tsv": "word\tcontainer\tfirst\tlast\topening\tsurname\nacta\t5"})
    assert parse_reference("Lee Growth of cells J Org Chem 55 101 1990", CitationWords()).year == 1990


def test_what_medicine_cites() -> None:
    cochrane = read("Maker RG, Second JD. Examplene for sclerosis. Cochrane Database Syst Rev 2012;(3):CD001447.")
    assert (cochrane.volume, cochrane.issue, cochrane.first_page) == (None, "3", "CD001447")
    behalf = read("Maker R, on behalf of the Example Group. Examples 42: the “basis”. J Neurol. 2018;19(3-4):317-319.")
    assert behalf.authors == ("Maker R", "Example Group")
    assert (behalf.title, behalf.container) == ("Examples 42: the “basis”", "J Neurol")
    trial = read(
        "ExampleTrials.gov [Internet]. Study of examplene; 2015 [cited 2020 Jan 3]. Available from: https://example.org/1"
    )
    assert (trial.kind, trial.year, trial.accessed) == ("web-page", 2015, "2020-01-03")
    assert trial.title == "ExampleTrials.gov"


@pytest.mark.parametrize(
    ("text", "authors", "title"),
    [
        ("Maker, A.; Second, C. J. A fast test of light. Cell 2017, 12 (7), 33–41.", 2, "A fast test of light"),
        ("Maker, A. & Second, C. J. PTEN and its pathway. Cell 12, 33–41 (2017).", 2, "PTEN and its pathway"),
        ("Maker, A. R. et al. In vitro models of decay. Cell 12, 33–41 (2017).", 1, "In vitro models of decay"),
        ("Maker, A. B, Second, C. (2017). A test of light. Cell, 12, 33–41.", 2, "A test of light"),
    ],
)
def test_the_first_letter_of_a_title_is_no_initial(text: str, authors: int, title: str) -> None:
    found = read(text)
    assert (len(found.authors), found.title, found.container, found.first_page) == (authors, title, "Cell", "33")


@pytest.mark.parametrize(
    ("text", "volume", "page"),
    [
        ("Maker, Ann, et al. “A test of light.” Cell, vol. 8, no. 4, 2013, pp. e62551.", "8", "e62551"),
        ("Maker, Ann. “A test of light.” Cell, vol. 8, no. 4, May 2013, pp. 41-49.", "8", "41"),
        ("Maker, A. (2013). A test of light. Cell, 2013, 1–6.", "2013", "1"),
    ],
)
def test_a_year_before_the_pages(text: str, volume: str, page: str) -> None:
    found = read(text)
    assert (found.year, found.volume, found.first_page) == (2013, volume, page)
