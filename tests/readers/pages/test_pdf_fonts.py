"""A font made of pictures that has no letters for some of its characters: what is lost is marked."""

import string

from alsu_kg.readers.pages.holes import UNKNOWN
from alsu_kg.readers.pdf import read_pdf

DASH = 21  # where old TeX fonts keep the dash of ranges
NAMES = {
    "[": "bracketleft",
    "]": "bracketright",
    ".": "period",
    "4": "four",
    "5": "five",
    "6": "six",
    "1": "one",
    " ": "space",
}


def picture_font_pdf(lines: list[bytes], dash: int) -> bytes:
    """A PDF of one page in a Type 3 font: each character is a box, and the dash, so wide, has a name that says nothing."""
    codes = sorted({*map(ord, string.ascii_lowercase), *map(ord, NAMES), DASH})
    names = {code: NAMES.get(chr(code), chr(code)) if code != DASH else f"a{code}" for code in codes}
    glyph = b"500 0 0 0 450 700 d1 0 0 450 700 re f"
    differences = " ".join(f"{code} /{name}" for code, name in names.items())
    procedures = " ".join(f"/{name} 6 0 R" for name in names.values())
    widths = " ".join([str(dash), *["500"] * (codes[-1] - codes[0])])
    text = (
        b"BT /F1 10 Tf 50 750 Td 14 TL " + b" ".join(b"<" + line.hex().encode() + b"> Tj T*" for line in lines) + b" ET"
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        f"<</Type/Font/Subtype/Type3/FontBBox[0 0 500 700]/FontMatrix[.001 0 0 .001 0 0]/FirstChar {codes[0]}/LastChar {codes[-1]}"
        f"/Widths[{widths}]/Encoding<</Type/Encoding/Differences[{differences}]>>/CharProcs<<{procedures}>>>>".encode(),
        b"<</Length %d>>stream\n%s\nendstream" % (len(glyph), glyph),
    ]
    return written(objects)


def written(objects: list[bytes]) -> bytes:
    """A PDF file of objects, the first of which is its catalog."""
    body, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(body)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return body + head + table + b"trailer<</Size %d/Root 1 0 R>>startxref %d\n%%%%EOF" % (len(objects) + 1, start)


LINES = [b"motor neurons die [4\x156].", b"nobody knows why they do [5] or [1]."]


def test_a_range_whose_dash_is_lost_is_no_number() -> None:
    text = read_pdf(picture_font_pdf(LINES, dash=800))
    assert f"[4{UNKNOWN}6]" in text
    assert "[5] or [1]" in text


def test_what_is_lost_between_digits_and_as_wide_as_they_are_is_an_en_dash() -> None:
    assert "[4–6]" in read_pdf(picture_font_pdf(LINES, dash=500))


def test_signs_whose_text_is_given_apart_from_their_glyphs_are_read() -> None:
    """As word processors write spaces without a line break: the text beside the glyph in UTF-16."""
    space = b"/Span<</ActualText<FEFF00A0>>>BDC ( ) Tj EMC"
    shown = b"BT /F1 12 Tf 50 700 Td (It was 5) Tj %s (mg of \\305se in each of the cells, p.) Tj ET" % space
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    assert read_pdf(written(objects)) == "It was 5 mg of Åse in each of the cells, p."
