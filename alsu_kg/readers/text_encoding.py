"""Bytes of a list of references to text: a wrong encoding costs letters of its own line, never the batch."""

import codecs
import re
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ASCII_SHARE: Final = 0.2
"""Share of a UTF-16 text's units below U+0080 (digits, spaces, full stops, line ends) from which it is taken for one."""

_NARROW: Final = re.compile(rb"[ -~]{32}")
"""So many ASCII bytes in a row are no UTF-16: one line in it does not make the whole file such."""


def decode_lines(data: bytes) -> str:
    r"""Decode UTF-8, UTF-16 or UTF-32 with their marks, UTF-16 without one; other lines are read as Windows-1252.

    >>> decode_lines("Müller".encode("latin-1")), decode_lines("Liu 1".encode("utf-16-be"))
    ('Müller', 'Liu 1')
    >>> decode_lines("Müller\nMéndez".encode() + "\nMüller".encode("latin-1"))
    'Müller\nMéndez\nMüller'
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return data.decode(codec, errors="replace").removeprefix("\ufeff")
    wide = utf16_order(data)
    if wide:
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return "\n".join(_decode_line(line) for line in data.split(b"\n"))


def utf16_order(data: bytes) -> str:
    """Tell UTF-16 without a mark by where its zero bytes stand: in text they are all the high or all the low halves.

    >>> utf16_order("Liu 1".encode("utf-16-be")), utf16_order(b"Liu 1")
    ('utf-16-be', '')
    """
    if _NARROW.search(data):
        return ""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    least = max(1, int(_ASCII_SHARE * len(data) / 2))
    if odd >= least and even * 20 <= odd:
        return "utf-16-le"
    return "utf-16-be" if even >= least and odd * 20 <= even else ""


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")
