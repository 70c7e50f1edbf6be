"""A review of an invented treatment in our own words, and its renderings in every form the reader knows."""

import html
import re
from collections.abc import Callable
from io import BytesIO
from typing import Final

from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Table

TITLE: Final = "ALSUntangled 912: Examplene"
SECTIONS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (
        "Background",
        (
            "Examplene (EXA) is a plant extract that was first made in 1990 {1}. It works by inhibiting glutamate release"
            " {2,3}.",
        ),
    ),
    (
        "Mechanism",
        (
            "Examplene reduces oxidative stress in a mouse model of multiple sclerosis {3}. Theoretically it might slow A"
            "LS progression. "
            "Excitotoxicity contributes to motor neuron death {4-6}. It is not clear that examplene protects motor neuron"
            "s.",
            "We assign it a Mechanism grade of “C” (Table 1).",
        ),
    ),
    (
        "Pre-clinical models",
        ("Examplene has not been tested in any animal models of ALS. We assign a Pre-Clinical grade of “U”.",),
    ),
    (
        "Cases",
        (
            "In the online community PatientsLikeMe, two PALS reported taking examplene, but gave no information about th"
            "e outcome {7}.",
            "One patient with preexisting diabetes took examplene, creatine and vitamins D and E for six months {8}. His "
            "ALSFRS-R score "
            "increased from 30 to 33. We assign a Cases grade of “B”.",
        ),
    ),
    (
        "Trials",
        (
            "In one trial, forty patients with ALS were treated with examplene 20 mg/kg/day for six months or placebo {9}"
            ". Four patients "
            "withdrew. There was no difference in survival between the groups. We assign a Trials grade of “D”.",
        ),
    ),
    (
        "Risks, dosing, costs",
        (
            "Examplene carries a black box warning for liver toxicity {10}. Nausea and headache may occur {10}. Liver fun"
            "ction should be "
            "monitored every two months {10}.",
            "The usual oral dose is 20 mg/kg/day {9}. It costs between $50 and $75 per month {11}. We assign a Risks grad"
            "e of “C”.",
        ),
    ),
    (
        "Conclusion",
        (
            "Examplene has a plausible mechanism for slowing the progression of ALS. We do not advise the use of examplen"
            "e outside of trials.",
        ),
    ),
    (
        "Declaration of interest",
        ("Ann Author has research support from Acme Pharma and Orion, and consulting support from Biogen.",),
    ),
)
TABLE: Final = (
    ("", "Grade", "Explanation"),
    ("Mechanism", "C", "Less oxidative stress in mice; the rest is theory"),
    ("Pre-Clinical", "U", "No studies in models of the disease were found"),
    ("Cases", "B", "One validated improvement on several substances"),
    ("Trials", "D", "One small trial showed no benefit on survival"),
    ("Risks", "C", "Serious adverse events in few of those exposed"),
)
REFERENCES: Final = (
    "Maker AB, Second C. Making of examplene. J Org Chem. 1990;55:101–9.",
    "Quist D, Tan E, Ueno F. Glutamate release and examplene. Brain Res. 1999;812:33–41.",
    "Vance GH. Oxidative stress under examplene. Exp Neurol. 2005;194:12–20.",
    "Wolf I, Xu J. Excitotoxicity in motor neurons. J Neurochem. 2001;77:200–12.",
    "Young K, Zell L, Abel M, et al. Glutamate transport in disease. Ann Neurol. 2003;53:1–9.",
    "Bohr N. Motor neuron death. Lancet Neurol. 2010;9:70–8.",
    "PatientsLikeMe [online]. Available at: https://www.example.org/treatment/examplene. Accessed March 3, 2021.",
    "Cole O, Dunn P. A case of improvement under examplene. Muscle Nerve. 2015;51:290–2.",
    "Egan Q, Frei R. Examplene in amyotrophic lateral sclerosis: a randomized trial. Amyotroph Lateral Scler. 201"
    "2;13:401–8.",
    "Gold S, Hart T. Liver injury from examplene. Drug Saf. 2014;37:88–94.",
    "Prices of examplene [online]. Available at: https://www.example.org/prices. Accessed March 4, 2021.",
)
REVIEWERS: Final = (
    "ALSUntangled Reviewers who contributed to this paper include the following: Ann Author, Ben Brown, Carla Clark."
)
_POINTER = re.compile(r"\s?\{([\d,-]+)\}")


def _cited(text: str, mark: Callable[[str], str]) -> str:
    return _POINTER.sub(lambda m: mark(m[1].replace("-", "–")), text)


def markdown(mark: Callable[[str], str] = lambda n: f" [{n}]", *, bullets: bool = False) -> str:
    """Pipe table; references numbered, or unnumbered bullets."""
    parts = [
        f"# {TITLE}",
        "To cite: DOI: [10.1000/exa.912](https://doi.org/10.1000/exa.912)",
        "Published online: 4 Mar 2021.",
    ]
    for heading, paragraphs in SECTIONS:
        parts += [f"## {heading}", *(_cited(p.replace("$", "\\$"), mark) for p in paragraphs)]
        if heading == "Cases":
            parts += [
                REVIEWERS,
                "Correspondence: Ann Author. Email: ann@example.org",
                "Table 1. Table of evidence.",
                "\n".join(
                    [
                        "| " + " | ".join(TABLE[0]) + " |",
                        "|---|---|---|",
                        *("| " + " | ".join(r) + " |" for r in TABLE[1:]),
                    ]
                ),
            ]
    parts += ["## References", "\n".join(f"{'-' if bullets else f'{i}.'} {r}" for i, r in enumerate(REFERENCES, 1))]
    return "\n\n".join(parts) + "\n"


def plain_text(mark: Callable[[str], str] = lambda n: f" ({n})", *, width: int = 0) -> str:
    """Bare text; lines of ``width`` characters, if given."""
    parts = [TITLE, "DOI: 10.1000/exa.912", "Published online: 4 Mar 2021."]
    for heading, paragraphs in SECTIONS:
        parts += [heading, *(_cited(p, mark) for p in paragraphs)]
        if heading == "Cases":
            parts += [
                REVIEWERS,
                "Correspondence: Ann Author. Email: ann@example.org",
                "Table 1. Table of evidence.",
                "\n".join("\t".join(row) for row in TABLE),
            ]
    parts += ["References", "\n".join(f"{i}. {r}" for i, r in enumerate(REFERENCES, 1))]
    if width:
        parts = [p if "\t" in p else "\n".join(_wrap(line, width) for line in p.split("\n")) for p in parts]
    return "\n\n".join(parts) + "\n"


def _wrap(line: str, width: int) -> str:
    lines, current = [], ""
    for word in line.split():
        if current and len(current) + len(word) + 1 > width:
            lines.append(current)
            current = word
        else:
            current = f"{current} {word}".strip()
    return "\n".join([*lines, current])


def web_page() -> str:
    """HTML with a menu, superscript citations and a list of references."""

    def esc(text: str) -> str:
        return html.escape(text, quote=False)

    body = [
        f"<h1>{TITLE}</h1>",
        "<p>DOI: <a href='https://doi.org/10.1000/exa.912'>10.1000/exa.912</a></p>",
        "<p>Published online: 4 Mar 2021.</p>",
    ]
    for heading, paragraphs in SECTIONS:
        body += [f"<h2>{heading}</h2>", *(f"<p>{_cited(esc(p), lambda n: f'<sup>{n}</sup>')}</p>" for p in paragraphs)]
        if heading == "Cases":
            body += [
                f"<p>{REVIEWERS}</p>",
                "<p>Correspondence: Ann Author. Email: ann@example.org</p>",
                "<p>Table 1. Table of evidence.</p><table>",
                *("<tr>" + "".join(f"<td>{esc(c)}</td>" for c in row) + "</tr>" for row in TABLE),
                "</table>",
            ]
    body += ["<h2>References</h2><ol>", *(f"<li>{esc(r)}</li>" for r in REFERENCES), "</ol>"]
    return (
        "<!DOCTYPE html><html><head><title>Examplene - Reviews</title></head><body><nav><ul><li>Home</li><li>Trials</"
        "li></ul></nav><main>" + "\n".join(body) + "</main><footer>All rights</footer></body></html>"
    )


def jats() -> str:
    """JATS with bare mixed citations and tagged cross-references, ranges tagged at their ends only."""

    def esc(text: str) -> str:
        return html.escape(text, quote=False)

    def xrefs(numbers: str) -> str:
        return " [" + re.sub(r"\d+", lambda m: f'<xref ref-type="bibr" rid="r{m[0]}">{m[0]}</xref>', numbers) + "]"

    secs = []
    for heading, paragraphs in SECTIONS:
        inner = "".join(f"<p>{_cited(esc(p), xrefs)}</p>" for p in paragraphs)
        if heading == "Cases":
            rows = "".join("<tr>" + "".join(f"<td>{esc(c)}</td>" for c in row) + "</tr>" for row in TABLE)
            inner += (
                f"<p>{REVIEWERS}</p><table-wrap><label>Table 1.</label><caption><p>Table of evidence.</p></caption>"
                f"<table><tbody>{rows}</tbody></table></table-wrap>"
            )
        secs.append(f"<sec><title>{heading}</title>{inner}</sec>")
    refs = "".join(
        f'<ref id="r{i}"><label>{i}</label><mixed-citation>{esc(r)}</mixed-citation></ref>'
        for i, r in enumerate(REFERENCES, 1)
    )
    return (
        f'<?xml version="1.0"?><article><front><article-meta><article-id pub-id-type="doi">10.1000/exa.912</article-id>'
        f"<title-group><article-title>{TITLE}</article-title></title-group>"
        '<contrib-group><contrib contrib-type="author" corresp="yes"><name><surname>Author</surname>'
        "<given-names>Ann</given-names></name></contrib></contrib-group>"
        "<pub-date pub-type='epub'><day>4</day><month>3</month><year>2021</year></pub-date></article-meta></front>"
        f"<body>{''.join(secs)}</body><back><ref-list><title>References</title>{refs}</ref-list></back></article>"
    )


def pdf(
    columns: int = 2, *, gap: float = 20, justified: bool = False, mark: Callable[[str], str] | None = None
) -> bytes:
    """A typeset PDF in columns with running heads."""
    target = BytesIO()
    styles = getSampleStyleSheet()
    body = ParagraphStyle("body", parent=styles["Normal"], alignment=TA_JUSTIFY if justified else TA_LEFT)
    width, height = A4
    column = (width - 80 - gap * (columns - 1)) / columns
    frames = [
        Frame(40 + i * (column + gap), 50, column, height - 110, 0, 0, 0, 0, id=f"c{i}")
        if justified
        else Frame(40 + i * (column + gap), 50, column, height - 110, id=f"c{i}")
        for i in range(columns)
    ]

    def head(canvas: object, document: object) -> None:
        canvas.setFont("Helvetica", 8)  # type: ignore[attr-defined]
        canvas.drawString(40, height - 30, f"ALSUntangled Group {document.page}")  # type: ignore[attr-defined]

    story: list[Flowable] = [
        Paragraph(TITLE, styles["Heading1"]),
        Paragraph("DOI: 10.1000/exa.912", body),
        Paragraph("Published online: 4 Mar 2021.", body),
    ]
    for heading, paragraphs in SECTIONS:
        story.append(Paragraph(heading, styles["Heading2"]))
        story += [
            Paragraph(_cited(html.escape(p, quote=False), mark or (lambda n: f" ({n})")), body) for p in paragraphs
        ]
        if heading == "Cases":
            story += [Paragraph(t, body) for t in (REVIEWERS, "Correspondence: Ann Author. Email: ann@example.org")]
            story.append(Paragraph("Table 1. Table of evidence.", body))
            story.append(
                Table(
                    [[Paragraph(c, styles["Normal"]) for c in row] for row in TABLE],
                    colWidths=[column * 0.27, column * 0.17, column * 0.56],
                )
            )
    story.append(Paragraph("References", styles["Heading2"]))
    story += [Paragraph(f"{i}. {html.escape(r, quote=False)}", body) for i, r in enumerate(REFERENCES, 1)]
    document = BaseDocTemplate(target, pagesize=A4)
    document.addPageTemplates([PageTemplate(id="t", frames=frames, onPage=head)])
    document.build(story)
    return target.getvalue()


FORMS: Final[dict[str, Callable[[], bytes]]] = {
    "pipe-brackets.md": lambda: markdown().encode(),
    "bullets-parentheses.md": lambda: markdown(lambda n: f" ({n})", bullets=True).encode(),
    "superscript.md": lambda: markdown(lambda n: f"<sup>{n}</sup>").encode(),
    "caret.md": lambda: markdown(lambda n: f"^{n}^").encode(),
    "math.md": lambda: markdown(lambda n: f"$^{{{n}}}$").encode(),
    "long-lines.txt": lambda: plain_text().encode(),
    "wrapped.txt": lambda: plain_text(width=72).encode(),
    "brackets.txt": lambda: plain_text(lambda n: f" [{n}]").encode(),
    "unicode-superscripts.txt": lambda: plain_text(
        lambda n: n.translate(str.maketrans("0123456789–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"))
    ).encode(),
    "page.html": lambda: web_page().encode(),
    "article.xml": lambda: jats().encode(),
    "columns.pdf": lambda: pdf(2),
    "one-column.pdf": lambda: pdf(1),
    "narrow-gutter.pdf": lambda: pdf(2, gap=9, justified=True),
    "raised.pdf": lambda: pdf(2, gap=14, justified=True, mark=lambda n: f"<super size='7'>{n}</super>"),
    "raised-a-little-smaller.pdf": lambda: pdf(1, mark=lambda n: f"<super rise='4' size='8.5'>{n}</super>"),
}
