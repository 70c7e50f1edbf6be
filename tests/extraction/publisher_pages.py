# ruff: noqa: E501 - markup
"""One older review in our own words as publishers' pages print it: questions as headings, pointers that say Citation, tools around it."""

from typing import Final

TITLE: Final = "ALSUntangled No. 912: Examplene"
# Heading and paragraphs; a pointer stands in braces.
PARTS: Final = (
    ("", ("Last spring a newspaper told of a man who took examplene {1}. Here we review the alleged use of examplene for treating ALS, for those who asked.",)),
    ("What is examplene?", ("Examplene is an oil made of seeds {2–4}. We were unable to find any trial of it in any disease {5}.",)),
    (
        "Why might examplene help people with ALS (PALS)?",
        ("Examplene reduces oxidative stress {2,6}. It may also reduce neuroinflammation {6–8}. A web shop says that it will probably slow ALS progression {1}.",),
    ),
    ("Has examplene been tested in animals?", ("Examplene prolonged survival of SOD1 mice {7}.",)),
    ("Have PALS tried examplene?", ("Two of our patients took it for six months and reported no benefit {9}.",)),
    ("What are the risks and costs of examplene?", ("It can cause nausea {3}. A month costs $40 {1}.",)),
    ("Conclusion", ("At this time we cannot endorse examplene as a treatment to slow ALS progression.",)),
)  # fmt: skip
REFERENCES: Final = (
    "A seed that helps. Available at: http://www.example.org/seed (accessed 3 May 2014)",
    "Ayers BC, Dole EF. Oils of seeds. J Seed Res. 2009;18:101–9",
    "Ghent H. Safety of oils. Toxicol Rep. 2010;4:22–7",
    "Ivers JK, Lund MN, Otto P. What seeds hold. Food Chem. 2011;126:1821–7",
    "Trial registry. Available at: http://www.example.org/trials (accessed 4 May 2014)",
    "Quill RS, Tate U. Examplene and radicals. Free Radic Biol Med. 2012;52:300–8",
    "Vance W, Xu Y. Examplene in mice. Neurobiol Aging. 2013;34:77–85",
    "Zorn A. Microglia and oils. Glia. 2013;61:12–20",
    "Bell C. Two patients. Muscle Nerve. 2014;49:5–6",
)


def _text_pointer(numbers: str) -> str:
    return "(" + ",".join(f"Citation{part}" for part in numbers.split(",")) + ")"


def _html_pointer(numbers: str) -> str:
    links = ",".join(
        f'<span class="ref-lnk lazy-ref"><a data-rid="CIT{part[0]:0>4}" href="#"><span class="off-screen">Citation</span>{part}</a></span>'
        for part in numbers.split(",")
    )
    return f"({links})"


def _with_pointers(text: str, html: bool) -> str:
    pieces = text.split("{")
    made = [pieces[0]]
    for piece in pieces[1:]:
        numbers, rest = piece.split("}")
        made.append((_html_pointer if html else _text_pointer)(numbers) + rest)
    return "".join(made)


def publisher_text() -> str:
    """The page as text: counts of views above the title, links to search engines behind each reference."""
    lines = ["1,234", "Reads", "5", "Citations so far", "0", "Mentions", "Als-Untangled", "", TITLE, ""]
    lines += ["Pages 319-323 | Published online: 02 May 2014", "", "The ALSUntangled Group", ""]
    for heading, paragraphs in PARTS:
        lines += [heading, ""] if heading else []
        for paragraph in paragraphs:
            lines += [_with_pointers(paragraph, html=False), ""]
    lines += ["References", ""]
    lines += [f"  {i}. {reference}. PubMed Web of Science ®Google Scholar" for i, reference in enumerate(REFERENCES, 1)]
    return "\n".join(lines)


def publisher_html() -> str:
    """The page as HTML, with recommendations and related research below."""
    body = ""
    for heading, paragraphs in PARTS:
        inside = "".join(f"<p>{_with_pointers(paragraph, html=True)}</p>" for paragraph in paragraphs)
        head = f'<h2 class="section-heading-2">{heading}</h2>' if heading else ""
        body += f'<div class="NLM_sec NLM_sec_level_1">{head}{inside}</div>'
    listed = "".join(
        f'<li id="CIT{i:0>4}"><span>{reference}. </span><span class="ref-links"><a href="#">PubMed</a> <a href="#">Web of Science ®</a>'
        f'<span class="googleScholar-container"><a href="#">Google Scholar</a></span></span></li>'
        for i, reference in enumerate(REFERENCES, 1)
    )
    return (
        f"<!DOCTYPE html><html><head><title>Full article: {TITLE}</title>"
        '<meta name="citation_doi" content="10.9999/exa.912"><link rel="canonical" href="https://www.example.org/doi/full/10.9999/exa.912">'
        '</head><body><header class="page-header"><nav><a href="/">Home</a><a href="/all">All journals</a></nav></header>'
        '<div class="literatumPublicationContent"><div class="metrics"><span>14,804</span> <span>Views</span></div>'
        f'<div class="toc-heading">Als-Untangled</div><h1><span class="NLM_article-title hlFld-title">{TITLE}</span></h1>'
        "<div>Pages 319-323 | Published online: 02 May 2014</div><div>The ALSUntangled Group</div>"
        f'<div class="hlFld-Fulltext">{body}</div><div class="ref-section"><h2>References</h2><ul class="references numeric-ordered-list">{listed}</ul></div></div>'
        '<div class="related-content"><h2>Related research</h2><p>People also read: Otherine for all (2019).</p></div>'
        "<footer><p>Information for authors</p></footer></body></html>"
    )
