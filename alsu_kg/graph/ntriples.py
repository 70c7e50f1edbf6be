"""RDF terms as N-Quads text, and the quads of one named graph.

Quads are built as lines of N-Quads (W3C RDF 1.1 N-Quads): a term is a ``str`` that is already in its written form, so a
million of them cost no objects. A property test reads every line back with pyoxigraph.
"""

import re
from collections.abc import Mapping
from typing import Final

Term = str
"""A term in N-Quads form: ``<iri>``, ``"text"``, ``"text"@en`` or ``"5"^^<datatype>``."""

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})")
_INTEGER: Final = f"^^<{_XSD}integer>"
_DECIMAL: Final = f"^^<{_XSD}decimal>"
_DATE_TYPES: Final = {4: f"^^<{_XSD}gYear>", 7: f"^^<{_XSD}gYearMonth>", 10: f"^^<{_XSD}date>"}
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_TO_ESCAPE: Final = re.compile(r'[\\"\n\r\t\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]')
# RFC 3987, 2.2: what neither iunreserved nor the delimiters allow, and brackets, which only an IPv6 host may have.
_NOT_IN_IRI: Final = re.compile(
    r'[\x00-\x20<>"{}|^`\\\[\]\x7f-\x9f\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\uffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]'
    r"|%(?![0-9A-Fa-f]{2})|["
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 15))
    + "]"
)
_HAS_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_AUTHORITY: Final = re.compile(r"(?<=://)[^/?#]*")
_SOUND_AUTHORITY: Final = re.compile(r"([^@]*@)?[^@:]*(:[0-9]*)?")


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    if character in _ESCAPES:
        return _ESCAPES[character]
    return "\\uFFFD" if "\ud800" <= character <= "\udfff" else f"\\u{ord(character):04X}"


def text(value: str) -> Term:
    r"""Write a plain string; control characters are escaped, lone surrogates become U+FFFD.

    >>> text('say "κ"')
    '"say \\"κ\\""'
    """
    if value.isprintable() and '"' not in value and "\\" not in value:
        return f'"{value}"'
    return f'"{_TO_ESCAPE.sub(_escape, value)}"'


def english(value: str) -> Term:
    """Write a string in English.

    >>> english("claim")
    '"claim"@en'
    """
    return text(value) + "@en"


def integer(value: int) -> Term:
    """Write an ``xsd:integer``.

    >>> integer(5)
    '"5"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    return f'"{value}"{_INTEGER}'


def decimal(value: float) -> Term:
    """Write an ``xsd:decimal`` in canonical form (XSD 1.1 3.3.3.2).

    >>> decimal(2)
    '"2.0"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    digits = f"{float(value):.6f}".rstrip("0")
    return f'"{digits}0"{_DECIMAL}' if digits.endswith(".") else f'"{digits}"{_DECIMAL}'


def boolean(value: bool) -> Term:
    """Write an ``xsd:boolean``.

    >>> boolean(True)
    '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'
    """
    return f'"{"true" if value else "false"}"^^<{_XSD}boolean>'


def date(value: str) -> Term:
    """Write an EDTF date of 4, 7 or 10 characters as ``xsd:gYear``, ``xsd:gYearMonth`` or ``xsd:date``.

    >>> date("2021-10")
    '"2021-10"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    """
    return f'"{value}"{_DATE_TYPES[len(value)]}'


def is_time(value: str) -> bool:
    """Tell whether ``value`` is a time with its zone (RFC 3339).

    >>> is_time("2026-11-22T15:00:00Z"), is_time("yesterday")
    (True, False)
    """
    return bool(_TIME.fullmatch(value))


def date_time(value: str) -> Term:
    """Write a time with its zone (RFC 3339) as ``xsd:dateTime``.

    >>> date_time("2026-11-22T15:00:00Z")
    '"2026-11-22T15:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>'
    """
    return f'"{value}"^^<{_XSD}dateTime>'


def iri(value: str) -> Term:
    """Write an IRI; characters that RFC 3987 forbids are percent-encoded.

    >>> iri("https://example.org/a b")
    '<https://example.org/a%20b>'
    """
    encoded = _AUTHORITY.sub(_encode_authority, _NOT_IN_IRI.sub(_percent, value), count=1)
    front, hash_sign, fragment = encoded.partition("#")
    return f"<{front}{hash_sign}{fragment.replace('#', '%23')}>"


def external_term(curie: str, spaces: Mapping[str, str]) -> Term:
    """Write a CURIE of an external vocabulary as an IRI: by its namespace in ``spaces``, else by identifiers.org.

    >>> external_term("CHEBI:2948", {"CHEBI": "x:"}), external_term("UniProt:P1", {})
    ('<x:2948>', '<https://identifiers.org/uniprot:P1>')
    """
    prefix, _, local = curie.partition(":")
    return iri(spaces.get(prefix, f"https://identifiers.org/{prefix.lower()}:") + local)


def _encode_authority(match: re.Match[str]) -> str:
    authority = match.group()
    return authority if _SOUND_AUTHORITY.fullmatch(authority) else authority.replace("@", "%40").replace(":", "%3A")


def address(value: str) -> Term:
    """Write an address as an IRI, or as it is printed where it has no scheme: a relative IRI means nothing in N-Quads.

    >>> address("www.example.org"), address("https://example.org/")
    ('"www.example.org"', '<https://example.org/>')
    """
    return iri(value) if _HAS_SCHEME.match(value) else text(value)


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8", "replace"))


class NamedGraph:
    r"""Collects the quads of one named graph as N-Quads lines.

    >>> graph = NamedGraph("<g:1>")
    >>> graph.add("<s:1>", "<p:1>", '"a"', None, '"b"')
    >>> graph.lines
    ['<s:1> <p:1> "a" <g:1> .\n', '<s:1> <p:1> "b" <g:1> .\n']
    """

    __slots__ = ("_end", "iri", "lines")

    def __init__(self, iri: Term) -> None:
        self.iri = iri
        self.lines: list[str] = []
        self._end = f" {iri} .\n"

    def add(self, subject: Term, predicate: Term, *objects: Term | None) -> None:
        """Add one quad for each object that is not ``None``."""
        for obj in objects:
            if obj is not None:
                self.lines.append(f"{subject} {predicate} {obj}{self._end}")

    def add_text(self, subject: Term, predicate: Term, value: str | None) -> None:
        """Add one quad with ``value`` as plain string, or none if it is ``None`` or empty."""
        if value:
            self.lines.append(f"{subject} {predicate} {text(value)}{self._end}")

    def add_integer(self, subject: Term, predicate: Term, value: int | None) -> None:
        """Add one quad with ``value`` as integer, or none if it is ``None``."""
        if value is not None:
            self.lines.append(f"{subject} {predicate} {integer(value)}{self._end}")
