"""The lines of a summary page: its own ones, legends, which open an update, which say when it was published."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, NamedTuple

import msgspec

from alsu_kg.extraction.category_names import CATEGORY_NAMES
from alsu_kg.extraction.summaries.grades import graded_lines
from alsu_kg.extraction.summaries.splits import parts_of
from alsu_kg.model.document import Block, Document, Text
from alsu_kg.model.review import Category
from alsu_kg.readers.headings import role_of

_TEASER = re.compile(
    r"^\W*(?:(?:Related|You (?:may|might) also.*|(?:Our\s+|Most\s+)?(?:Recent|Latest|Featured)\s+review)\W*$"
    r"|You (?:may|might) also|(?:Related|Latest|Newest|Recent|More|Other"
    r"|Previous|Next|Similar|Popular)\s+"
    r"(?:reviews?|treatments?|posts?|grades?|articles?|summaries|pages?)|Read (?:more|next)|See also)\b",
    re.IGNORECASE,
)
_LATEST = re.compile(r"\W*(?:(?:Our|The)\s+)?(?:Latest|Newest|Most recent|Featured)\s+review\W*", re.IGNORECASE)
PUBLISHED = re.compile(
    r"^\W*(?:(?:(?:Our|The|This|Full|Original)\s+){0,2}(?:Review\s+)?(?:was\s+)?(?:First\s+)?Published|Publication date"
    r"|Date (?:published|of publication)|First review(?=\s*:)|Posted|Publicado|Pubblicat[oa]|Fecha de publicaci[oó]n|Publi[ée]e?"
    r"|Date de publication|Veröffentlicht)(?!\w)\s*(?:online\s*)?(?:on|in|en|em|el|il|le|am|:)?\s*:?\s*(?P<date>.{0,40})$",
    re.IGNORECASE,
)
# "Published: May 2015. One person …": prose goes on behind the date.
PUBLISHED_FIRST = re.compile(
    r"^\W*(?:First\s+)?Published(?: online)?\s*:\s*(?P<date>[\w ,/]{3,30}\b(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)\.\s",
    re.IGNORECASE,
)
UPDATED = re.compile(
    r"^\W*(?:(?:Updated Review|Review Update[ds]?|(?:Re-?viewed|Looked at|Checked)\s+again|Re-?reviewed|Re-?assessed"
    r"|(?:Review|Grade|Update|Version) history|History of (?:the|this"
    r"|our) (?:review|grades?)|(?:Earlier|Previous|Older|Latest|Newest|Another|First|Second|Third) update|Updated"
    r"|Last updated|Updates?|(?:Revisi[oó]n|Rese[ñn]a|Evaluaci[oó]n)\s+actualizada|Actualizaci[oó]n"
    r"|(?:Revis[aã]o|Resenha|Avaliação)\s+atualizada|(?:Revisione|Recensione|Valutazione)\s+aggiornata"
    r"|(?:Revue|Évaluation|Analyse)\s+(?:actualisée|mise à jour)|(?:Examen|Avis)\s+(?:actualisé|mis à jour)"
    r"|Aktualisierte[rs]?\s+(?:Überprüfung|Bewertung|Rezension|Übersicht)"
    r"|Actualizado|Mises? à jour|Aktualisier(?:ung|t)|Aggiornament[oi]|Atualiza(?:ção|ções|do))\b\s*(?:on|in|as of|el|en|:"
    r"|[-–—(#]|\d\b)?\s*(?P<rest>.*)$"
    r"|(?P<early>(?:As of\s+)?[\w/., ]{4,25}?)\s+updates?\b\W*(?P<said>.*)$)",
    re.IGNORECASE | re.DOTALL,
)


KEY = re.compile(
    r"^\W*(?:Key Information|Informaci[oó]n clave|Key Facts|Información (?:principal|esencial)"
    r"|Informations? (?:cl[ée]s?|principales)"
    r"|Informações(?:\s+|-)(?:chave|principais|importantes)"
    r"|Informazioni\s+(?:chiave|principali)|Wichtige Informationen|Schlüsselinformationen)\b",
    re.IGNORECASE,
)
# What the website calls a category over the explanation of a letter and over the list of treatments that have that letter.
_LEGEND = re.compile(
    r"\W*(?:(?P<mechanism>mechanistic plausibility|plausibility of (?:the )?mechanisms?|mechanisms?(?: of action)?)"
    r"|(?P<preclinical>pre[\s‐‑–-]?clinical (?:models?|stud(?:y|ies)|data|trials?|evidence))"
    r"|(?P<cases>(?:patient )?case(?: reports?| series|s))|(?P<trials>(?:patient|clinical|human) trials?)|(?P<risks>risks?|harms?))"
    r"(?:\s*\([^()]{1,140}\))?(?:\s*[-–—:]\s*(?:grade\s*:?\s*)?(?P<letter>[ABCDFU]))?\W*",
    re.IGNORECASE,
)
_LONGEST_LEGEND: Final = 170


class Legend(NamedTuple):
    """The name of a category as legends and lists of one grade print it, with its letter where that is printed."""

    category: Category
    letter: str | None


def legend_of(text: str) -> Legend | None:
    """Give the category that a heading of a legend or of a list names.

    >>> legend_of("Mechanistic plausibility - C"), legend_of("Patient trials"), legend_of("Risks Grade: C"), legend_of("Insulin")
    (Legend(category='mechanism', letter='C'), Legend(category='trials', letter=None), None, None)
    """
    match = _LEGEND.fullmatch(text) if len(text) <= _LONGEST_LEGEND else None
    if match is None:
        return None
    letter = match["letter"]
    category = next(category for category, _ in CATEGORY_NAMES if match[category])
    return Legend(category, letter if letter is not None and letter.isupper() else None)


def lines_of(document: Document) -> Iterator[tuple[Block, Text]]:
    """Give the lines of a page in order, each with its block; a table gives its cells.

    >>> [text.text for _, text in lines_of(Document("a", "html", "", "", (Block("paragraph", Text("Hello")),)))]
    ['Hello']
    """
    converted = (document.form == "markdown" and "{" in document.raw) or (
        document.form == "text" and "<http" in document.raw
    )
    for block in document.blocks:
        if block.kind == "table":
            for row in block.rows:
                for cell in row:
                    if cell.text:
                        yield block, cell
        elif block.text.text:
            yield from ((block, part) for part in parts_of(block.text, converted=converted))


def own_lines(document: Document) -> list[tuple[Block, Text]]:
    """Give the lines that speak of the page's own subject: none of menus, none under headings such as ``Related reviews``.

    Where all lines that give letters stand in what looks like a menu, and each category once, those of the menu are kept too.

    >>> heading, line = Block("heading", Text("Related reviews"), level=2), Block("paragraph", Text("Cases Grade: B"))
    >>> own_lines(Document("a", "html", "", "", (heading, line)))
    []
    """
    lines = list(lines_of(document))
    own = _without_teasers([(block, text) for block, text in lines if block.region != "menu"])
    if graded_lines(own) or all(block.region != "menu" for block, _ in lines):
        return own
    every = _without_teasers(lines)
    categories = [item.category for item in graded_lines(every)]
    return every if len(categories) == len(set(categories)) else own


def without_teasers(document: Document) -> Document:
    """Give a web page without what stands under ``Latest reviews`` and the like, to the next heading of that level or of a part.

    Where nothing else gives letters, as on a home page, what stands under its one heading ``Latest review`` is all that counts.

    >>> blocks = (Block("heading", Text("Latest reviews"), level=2), Block("paragraph", Text("Cases Grade: B")))
    >>> without_teasers(Document("a.html", "html", "", "", blocks)).blocks
    ()
    """
    opened = document.form == "html" and any(
        b.kind == "heading" and _TEASER.match(b.text.text) for b in document.blocks
    )
    if not opened:
        return document
    kept: list[Block] = []
    teased: list[list[Block]] = []
    level = 0
    for block in document.blocks:
        if block.kind == "heading":
            if _TEASER.match(block.text.text):
                level = level or max(block.level, 1)
                teased.append([block])
                continue
            if level and (block.level <= level or role_of(block.text.text) != "other"):
                level = 0
        (teased[-1] if level else kept).append(block)
    page = replace(document, blocks=tuple(kept))
    shown = [blocks for blocks in teased if _LATEST.fullmatch(blocks[0].text.text)]
    if len(shown) != 1 or graded_lines(own_lines(page)):
        return page
    one = replace(
        document, blocks=tuple(shown[0][1:]), front=msgspec.structs.replace(document.front, title=None, url=None)
    )
    return one if graded_lines(list(lines_of(one))) else page


def _without_teasers(lines: list[tuple[Block, Text]]) -> list[tuple[Block, Text]]:
    kept = []
    level = 0  # of the heading that opened a teaser; 0 outside
    for block, text in lines:
        if block.kind == "heading":
            if _TEASER.match(text.text):
                level = level or max(block.level, 1)
            elif level and block.level <= level:
                level = 0
        if not level:
            kept.append((block, text))
    return kept
