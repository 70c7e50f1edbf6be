"""Identifiers: every trap that is known of DOIs, check digits, and round trips of arbitrary values."""

import string
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.model.identifier import (
    Identifier,
    find_doi,
    normalise_arxiv,
    normalise_doi,
    normalise_isbn,
    normalise_issn,
    normalise_nct,
    normalise_orcid,
    normalise_pmcid,
    normalise_pmid,
    normalise_short_doi,
    recognise,
)

SICI = "10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o"
LANCET = "10.1016/s0140-6736(97)11096-0"

DOIS = [
    ("10.1002/mus.24143", "10.1002/mus.24143"),
    ("  10.1002/MUS.24143\n", "10.1002/mus.24143"),
    ("doi:10.1002/mus.24143", "10.1002/mus.24143"),
    ("DOI: 10.1002/mus.24143.", "10.1002/mus.24143"),
    ("doi 10.1002/mus.24143", "10.1002/mus.24143"),
    ("info:doi/10.1002/mus.24143", "10.1002/mus.24143"),
    ("urn:doi:10.1002/mus.24143", "10.1002/mus.24143"),
    ("http://dx.doi.org/10.1002/mus.24143", "10.1002/mus.24143"),
    ("https://doi.org/doi:10.1002/mus.24143", "10.1002/mus.24143"),
    ("www.doi.org/10.1002/mus.24143", "10.1002/mus.24143"),
    ("https://doi.org/10.1002/mus.24143?utm_source=x#top", "10.1002/mus.24143"),
    ("https://doi.org/10.1002%2Fmus.24143", "10.1002/mus.24143"),
    ("https://doi.org/10.1016/S0140-6736%2897%2911096-0", LANCET),
    ("10.1016/S0140-6736(97)11096-0", LANCET),
    ("(10.1016/S0140-6736(97)11096-0)", LANCET),
    ("[doi:10.1016/S0140-6736(97)11096-0].", LANCET),
    ("<https://doi.org/10.1002/mus.24143>", "10.1002/mus.24143"),
    ("10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O", SICI),
    ("10.1002/(SICI)1097-4571(199806)49:8&lt;693::AID-ASI4&gt;3.0.CO;2-O", SICI),
    ("10.1002/(SICI)1097-4571(199806)49:8%3C693::AID-ASI4%3E3.0.CO;2-O", SICI),
    ("https://doi.org/" + quote(SICI, safe=""), SICI),
    ("10.1890/0012-9615(1999)069[0569:EDILSA]2.0.CO;2", "10.1890/0012-9615(1999)069[0569:edilsa]2.0.co;2"),
    ("10.1186/s12974\u2010020\u201301234\u20115", "10.1186/s12974-020-01234-5"),
    ("10.1002/\u200bmus.\ufeff24143", "10.1002/mus.24143"),
    ("10.1002/mus.24143\u00a0", "10.1002/mus.24143"),
    ("10.1000.10/123456", "10.1000.10/123456"),
    ("10.1038/s41586-020-2649-2;", "10.1038/s41586-020-2649-2"),
    ('"10.1038/s41586-020-2649-2",', "10.1038/s41586-020-2649-2"),
    ("10.1234/a*", "10.1234/a"),
    ("10.3892/ijo_00000353", "10.3892/ijo_00000353"),
    ("10.1023/a:1007154515475", "10.1023/a:1007154515475"),
]
NO_DOIS = [
    "",
    "10.1002",
    "10.1002/",
    "11.1002/mus",
    "10.10/x",
    "PMC123",
    "31280619",
    "https://doi.org/",
    "10.1002 /mus.24143 x",
]


@pytest.mark.parametrize(("text", "doi"), DOIS)
def test_doi_is_normalised(text: str, doi: str) -> None:
    assert normalise_doi(text) == doi


@pytest.mark.parametrize("text", NO_DOIS)
def test_what_is_no_doi_gives_none(text: str) -> None:
    assert normalise_doi(text) is None


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("Brown A, et al. Muscle Nerve 2014;49:1-9. doi: 10.1002/mus.24143. Epub 2014", "10.1002/mus.24143"),
        (
            "see https://www.tandfonline.com/doi/full/10.1080/21678421.2020.1772825?src=x",
            "10.1080/21678421.2020.1772825",
        ),
        ("https://onlinelibrary.wiley.com/doi/10.1002/mus.24143/abstract", "10.1002/mus.24143"),
        ("(Available at https://doi.org/10.1016/S0140-6736(97)11096-0).", LANCET),
        ("PMID: 31280619; DOI: 10.1080/21678421.2019.1632531", "10.1080/21678421.2019.1632531"),
        ("no identifier here", None),
    ],
)
def test_doi_is_found_in_messy_text(text: str, doi: str | None) -> None:
    assert find_doi(text) == doi


_SUFFIX = st.text(alphabet=string.ascii_letters + string.digits + "-._;()/<>[]:+", min_size=1, max_size=30)


@given(st.integers(1000, 999_999_999), _SUFFIX)
def test_normalising_is_idempotent_and_survives_its_address(registrant: int, suffix: str) -> None:
    once = normalise_doi(f"10.{registrant}/{suffix}")
    if once is not None:
        assert normalise_doi(once) == once
        assert normalise_doi(once.upper()) == once
        assert normalise_doi(Identifier("doi", once).url) == once
        assert normalise_doi(f"doi:{once}") == once
        assert recognise(str(Identifier("doi", once))) == Identifier("doi", once)


@given(st.text(max_size=60))
def test_any_text_is_taken_without_error(text: str) -> None:
    identifier = recognise(text)
    assert identifier is None or recognise(identifier.value) == identifier


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://doi.org/10/gfxyz", "10/gfxyz"),
        ("10/aabbe", "10/aabbe"),
        ("https://doi.org/aabbe", "10/aabbe"),
        ("doi:10/AABBE", "10/aabbe"),
        ("10.1002/x", None),
    ],
)
def test_short_doi(text: str, expected: str | None) -> None:
    assert normalise_short_doi(text) == expected


@pytest.mark.parametrize(
    ("text", "scheme", "value"),
    [
        ("PMID: 31280619", "pmid", "31280619"),
        ("https://www.ncbi.nlm.nih.gov/pubmed/31280619", "pmid", "31280619"),
        ("https://pubmed.ncbi.nlm.nih.gov/31280619/?dopt=Abstract", "pmid", "31280619"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC5661633/", "pmcid", "PMC5661633"),
        ("https://europepmc.org/article/PMC/PMC5661633", "pmcid", "PMC5661633"),
        ("arXiv:2304.05376v2", "arxiv", "2304.05376v2"),
        ("https://arxiv.org/pdf/2304.05376.pdf", "arxiv", "2304.05376"),
        ("math.GT/0309136", "arxiv", "math.gt/0309136"),
        ("https://classic.clinicaltrials.gov/ct2/show/NCT00706147", "nct", "NCT00706147"),
        ("ISBN 978-0-306-40615-7", "isbn", "9780306406157"),
        ("0-306-40615-2", "isbn", "9780306406157"),
        ("2167-8421", "issn", "2167-8421"),
        ("https://orcid.org/0000-0002-1694-233X", "orcid", "0000-0002-1694-233X"),
        ("10.48550/arXiv.2304.05376", "doi", "10.48550/arxiv.2304.05376"),
        ("03784371", "issn", "0378-4371"),
        ("37843712", "pmid", "37843712"),
        ("978-0-306-40615-8", None, ""),
        ("2167-8422", None, ""),
        ("0000-0002-1694-2331", None, ""),
        ("2313.05376", None, ""),
        ("NCT0070614", None, ""),
    ],
)
def test_recognise(text: str, scheme: str | None, value: str) -> None:
    identifier = recognise(text)
    assert (identifier.scheme if identifier else None, identifier.value if identifier else "") == (scheme, value)


@given(st.integers(1, 999_999_999))
def test_pmid_round_trip(number: int) -> None:
    assert normalise_pmid(Identifier("pmid", str(number)).url) == str(number)
    assert normalise_pmcid(Identifier("pmcid", f"PMC{number}").url) == f"PMC{number}"
    assert normalise_pmid(f"0{number}") is None


@given(st.integers(0, 99_999_999))
def test_nct_and_arxiv_round_trip(number: int) -> None:
    assert normalise_nct(Identifier("nct", f"NCT{number:08}").url) == f"NCT{number:08}"
    arxiv = f"2304.{number % 100000:05}"
    assert normalise_arxiv(Identifier("arxiv", arxiv).url) == arxiv


@given(st.text("0123456789", min_size=9, max_size=9))
def test_exactly_one_isbn10_check_digit_is_right(body: str) -> None:
    right = [check for check in "0123456789X" if normalise_isbn(body + check)]
    assert len(right) == 1
    thirteen = normalise_isbn(body + right[0])
    assert thirteen is not None
    assert normalise_isbn(thirteen) == thirteen


@given(st.text("0123456789", min_size=7, max_size=7))
def test_exactly_one_issn_check_digit_is_right(body: str) -> None:
    right = [check for check in "0123456789X" if normalise_issn(f"{body[:4]}-{body[4:]}{check}")]
    assert len(right) == 1


@given(st.text("0123456789", min_size=15, max_size=15))
def test_exactly_one_orcid_check_digit_is_right(body: str) -> None:
    right = [check for check in "0123456789X" if normalise_orcid(body + check)]
    assert len(right) == 1
    whole = normalise_orcid(body + right[0])
    assert whole is not None
    assert normalise_orcid(Identifier("orcid", whole).url) == whole
