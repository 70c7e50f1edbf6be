"""Terms as N-Quads text: whatever goes in, one term comes out that means what went in."""

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alsu_kg.graph.ntriples import NamedGraph, address, boolean, date, decimal, english, integer, iri, text

XSD = "http://www.w3.org/2001/XMLSchema#"
any_text = st.text(st.characters() | st.sampled_from('"\\\n\r\t\0\x7f\x85\u2028\ud800\udfff\ufffe\U0001fffe'))
web = st.sampled_from(["http://", "https://example.org/", "https://a@b:80/", "urn:x:", "mailto:", "CAS:"])
awkward = st.text(st.characters() | st.sampled_from('@:/?#[]%1aA<>" {}|^`\\'), max_size=15)


def _object(term: str) -> ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple:
    quads = list(ox.parse(f"<s:> <p:> {term} <g:> .\n".encode(), format=ox.RdfFormat.N_QUADS))
    assert len(quads) == 1
    found: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple = quads[0].object
    return found


def _whole(value: str) -> str:
    """What a string is in Unicode: a lone surrogate is no character and becomes the replacement character."""
    return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in value)


@given(any_text)
def test_text_comes_back(value: str) -> None:
    assert _object(text(value)) == ox.Literal(_whole(value))
    assert _object(english(value)) == ox.Literal(_whole(value), language="en")
    assert "\n" not in text(value)
    assert "\r" not in text(value)


@settings(max_examples=300)
@given(web, awkward)
def test_every_address_is_an_iri(front: str, rest: str) -> None:
    assert isinstance(_object(iri(front + rest)), ox.NamedNode)
    assert isinstance(_object(address(front + rest)), ox.NamedNode)


@given(awkward)
def test_an_address_is_some_term_whatever_it_is(value: str) -> None:
    assert isinstance(_object(address(value)), ox.NamedNode | ox.Literal)


@pytest.mark.parametrize(
    "sound",
    [
        "https://doi.org/10.1002/(sici)1097-4598(199601)19:1%3c1::aid-mus1%3e3.0.co;2-d",
        "https://a.b:8080/x?y=1&z=%20#f",
        "urn:x:κ",
        "http://例え.jp/é",
    ],
)
def test_a_sound_iri_stays_as_it_is(sound: str) -> None:
    assert iri(sound) == f"<{sound}>"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("x:a b", "<x:a%20b>"),
        ("x:100%", "<x:100%25>"),
        ("x:a%2Fb%zz", "<x:a%2Fb%25zz>"),
        ("x:<y>", "<x:%3Cy%3E>"),
        ("x:a\u0085b", "<x:a%C2%85b>"),
        ("x:a#b#c", "<x:a#b%23c>"),
        ("http://host:port/x", "<http://host%3Aport/x>"),
        ("http://[::1]/x", "<http://%5B%3A%3A1%5D/x>"),
    ],
)
def test_what_an_iri_may_not_hold_is_encoded(value: str, written: str) -> None:
    assert iri(value) == written


@given(st.integers())
def test_integer_comes_back(value: int) -> None:
    found = _object(integer(value))
    assert isinstance(found, ox.Literal)
    assert (int(found.value), found.datatype.value) == (value, XSD + "integer")


@given(st.decimals(-(10**9), 10**9, places=4))
def test_decimal_comes_back_in_canonical_form(value: float) -> None:
    found = _object(decimal(float(value)))
    assert isinstance(found, ox.Literal)
    assert float(found.value) == pytest.approx(float(value), abs=1e-6)
    assert found.datatype.value == XSD + "decimal"
    whole, point, fraction = found.value.partition(".")
    assert point
    assert fraction == (fraction.rstrip("0") or "0")
    assert whole.lstrip("-") == (whole.lstrip("-").lstrip("0") or "0")


@pytest.mark.parametrize(("value", "written"), [(True, "true"), (False, "false")])
def test_boolean(value: bool, written: str) -> None:
    assert boolean(value) == f'"{written}"^^<{XSD}boolean>'


@pytest.mark.parametrize(("value", "datatype"), [("2021", "gYear"), ("2021-10", "gYearMonth"), ("2021-10-30", "date")])
def test_a_date_is_as_exact_as_it_is_known(value: str, datatype: str) -> None:
    assert date(value) == f'"{value}"^^<{XSD}{datatype}>'


def test_a_graph_holds_what_is_known_and_nothing_else() -> None:
    graph = NamedGraph("<g:>")
    graph.add("<s:>", "<p:>", None)
    graph.add_text("<s:>", "<p:>", None)
    graph.add_text("<s:>", "<p:>", "")
    graph.add_integer("<s:>", "<p:>", None)
    assert not graph.lines
    graph.add_integer("<s:>", "<p:>", 0)
    assert graph.lines == [f'<s:> <p:> "0"^^<{XSD}integer> <g:> .\n']
