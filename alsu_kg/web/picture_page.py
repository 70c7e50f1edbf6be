"""A picture as a web page that loads nothing: the drawing with a title and a description, and the same data as a table."""

import html
import re
from typing import Final

from alsu_kg.answers.answer import Answer
from alsu_kg.answers.tables import write_cell
from alsu_kg.web.elements import element, table, write_document
from alsu_kg.web.style import STYLE

_MARK: Final = '<div class="picture" role="presentation">'
_STYLE: Final = """
.picture { overflow-x: auto; margin: 1rem 0; }
.picture svg { max-width: 100%; height: auto; }
body { max-width: 78rem; }
td, th { overflow-wrap: anywhere; }
"""
NOTICE: Final = "What the reviews state, with status, source and date; this is no medical advice."


def write_picture_page(svg: bytes, title: str, answer: Answer) -> str:
    """Write a page with the picture ``svg`` and the table of ``answer``; everything that is text is escaped."""
    rows = [(None, [write_cell(value) or "not known" for value in row]) for row in answer.rows]
    count = f"{len(rows)} row{'' if len(rows) == 1 else 's'}"
    body = element(
        "body",
        element("a", "Skip to the table", href="#data", class_="skip"),
        element(
            "main",
            element("h1", title),
            element("p", NOTICE, class_="notice", role="note"),
            element("div", class_="picture", role="presentation"),
            element("h2", "The same as a table", id="data"),
            table(f"{answer.title} ({count})", [name.replace("_", " ") for name in answer.columns], rows),
        ),
        element("footer", element("p", NOTICE), element("p", "Made by alsu-kg; not by the reviewers.")),
    )
    head, mark, rest = write_document(title, STYLE + _STYLE, body).partition(_MARK)
    return head + mark + inline_svg(svg, title) + rest


def inline_svg(svg: bytes, title: str) -> str:
    """Make an SVG file part of a page: without its head, as one picture with a title and a description.

    >>> inline_svg(b'<?xml version="1.0"?><svg width="9pt"><g/></svg>', "A < B")[:70]
    '<svg role="img" aria-labelledby="picture-title picture-text" width="9p'
    """
    text = svg.decode()
    inner = re.sub(r"<metadata>.*?</metadata>", "", text[text.index("<svg") :], flags=re.DOTALL)
    told = (
        f'<title id="picture-title">{html.escape(title)}</title>'
        '<desc id="picture-text">The table below this picture holds the same data as text.</desc>'
    )
    opened, _, rest = inner.partition(">")
    return opened.replace("<svg", '<svg role="img" aria-labelledby="picture-title picture-text"', 1) + ">" + told + rest
