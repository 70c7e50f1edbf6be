# ruff: noqa: E501 - markup
"""One review in our own words, in layouts whose headings, numbers and pages are printed in other ways; all say the same."""

import re
import textwrap
from collections.abc import Callable
from typing import Final

TITLE: Final = "ALSUntangled 87: Velorin"
PARTS: Final = (
    ("Introduction", "background", "Here we review velorin, an extract of a sea alga, on behalf of people with ALS."),
    (
        "Mechanism",
        "mechanism",
        "Inflammation may speed up ALS{1}. Microglia secrete IL-6, and CD4 cells take part{2,3}. In cultured microglia velorin at 10mg per liter reduced inflammation{4}. Mutations of SOD1 lead to oxidative stress in these cells{1,3}. We assign a TOE Mechanism grade of “B”.",
    ),
    (
        "Pre-clinical Models",
        "preclinical",
        "In a mutant SOD1 mouse model velorin 50mg/kg per day lengthened survival by 12 days{5}. A second study in TDP-43 mice found no effect on survival{6}. We assign a TOE Pre-clinical grade of “C”.",
    ),
    (
        "Cases",
        "cases",
        "One man with ALS reported online that his speech got better{7}. His ALSFRS-R score went from 31 to 34. We assign a TOE Cases grade of “D”.",
    ),
    (
        "Trials",
        "trials",
        "In a randomized trial 48 people with ALS took velorin 20mg or placebo for 6 months{8}. There was no difference in the slope of the score. We assign a TOE Trials grade of “F”.",
    ),
    (
        "Risks, dosing, and costs",
        "risks",
        "The most common side effects are nausea and rash{8,9}. Rare cases of liver failure have been reported{9–11}. The usual dose is 20 mg twice daily. One month costs 40 to 60 US dollars{12}. We assign a TOE Risks grade of “C”.",
    ),
    (
        "Conclusion",
        "conclusion",
        "Velorin has a plausible mechanism, but a trial showed no benefit. We do not advise it at this time{8}.",
    ),
)
GRADES: Final = (("mechanism", "B"), ("preclinical", "C"), ("cases", "D"), ("trials", "F"), ("risks", "C"))
REFERENCES: Final = (
    "Adams PR, Boone K. Inflammation in motor neuron disease. Lancet Neurol. 2011;10:253-63.",
    "Castor L, Dunn MM, Evers T. T cells and microglia in ALS. J Neuroinflammation. 2014;11(3):44-51.",
    "Fields H. Oxidative stress in models of motor neuron disease. Free Radic Biol Med. 2009;48:629-41.",
    "Grant OP, Hale S, Ibsen J, et al. An algal extract calms cultured microglia. J Nat Prod. 2016;79(2):101-9.",
    "Jonas W, Kern B. Velorin lengthens survival in a mouse model of ALS. Exp Neurol. 2017;290:12-20.",
    "Lund E, Mears D. No effect of velorin in TDP-43 mice. Exp Neurol. 2018;19:300-7.",
    "Moss A, Nevins B. Reports of patients on the internet. Neurol Clin. 2020;4:7-9.",
    "Nash T, Orr P, Quinn R. A randomized trial of velorin in ALS. Neurology. 2019;92:1201-10.",
    "Reed S, Stone U. Safety of algal extracts. Drug Saf. 2012;35(8):611-22.",
    "Tull V, Underhill W. Liver failure after an algal supplement. Liver Int. 2015;20:142-8.",
    "Vance X, Wood Y, York Z. Hepatotoxicity of supplements. Hepatology. 2013;57:2020-8.",
    "Ziegler Q. Prices of supplements. Health Econ. 2021;7:33-9.",
)
BODIES: Final = {"numbered": [f"{i}. {words}" for i, words in enumerate(REFERENCES, 1)]}
_CITED: Final = re.compile(r"\{([\d,–]+)\}([.,;]?)")
Cite = Callable[[str], str]


def expand(numbers: str) -> tuple[int, ...]:
    """Give the numbers of ``9–11`` or ``2,3``."""
    found: list[int] = []
    for part in numbers.split(","):
        low, _, high = part.partition("–")
        found += range(int(low), int(high or low) + 1)
    return tuple(found)


POINTERS: Final = [(role, expand(match[1])) for _, role, text in PARTS for match in _CITED.finditer(text)]


def before(cite: Cite) -> Cite:
    """Print citations before the mark that ends the sentence."""
    return lambda text: _CITED.sub(lambda m: cite(m[1]) + m[2], text)


def behind(cite: Cite) -> Cite:
    """Print citations behind the mark that ends the sentence."""
    return lambda text: _CITED.sub(lambda m: m[2] + cite(m[1]), text)


def raised(numbers: str) -> str:
    """Print digits as raised ones."""
    return numbers.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


BRACKETS: Final = before(lambda n: f"[{n}]")


def lines(head: Callable[[str, int], str], cited: Cite, *, references: str = "References", title: str = TITLE) -> str:
    """Print headings over their text."""
    parts = [title]
    for i, (name, _, text) in enumerate(PARTS):
        parts += [head(name, i), cited(text)]
    return "\n\n".join([*parts, references, "\n".join(BODIES["numbered"])]) + "\n"


def run_in(head: Cite, cited: Cite, *, references: str = "References", title: str = TITLE) -> str:
    """Print the name of each part at the start of its paragraph."""
    parts = [head(name) + " " + cited(text) for name, _, text in PARTS]
    return "\n\n".join([title, *parts, references, "\n".join(BODIES["numbered"])]) + "\n"


def pages(text: str, *, numbered: bool = False) -> str:
    """Break text into lines and pages: words over two lines, running heads, form feeds, numbers of lines."""
    broken: list[str] = []
    for paragraph in text.split("\n"):
        wrapped = textwrap.wrap(paragraph, 70, break_on_hyphens=False) or [""]
        for k in range(1, len(wrapped)):
            word = wrapped[k].split(" ")[0]
            if k % 3 == 2 and word.isalpha() and word.islower() and len(word) > len("survival"):
                wrapped[k - 1] += f" {word[:4]}-"
                wrapped[k] = wrapped[k][4:]
        broken += wrapped
    printed = []
    for k, line in enumerate(broken, 1):
        printed.append(f"{k:4} {line}" if numbered and line else line)
        if k % 25 == 0:
            page = k // 25 + 1
            printed += ["", f"{page}   T. Author Group" if page % 2 else f"{TITLE}   {page}", "\f"]
    return "\n".join(printed)


def html(body: str) -> str:
    """Put ``body`` into a page."""
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{TITLE}</title></head><body>{body}</body></html>"


LIST: Final = "<ol>" + "".join(f"<li>{words}</li>" for words in REFERENCES) + "</ol>"


def page(
    head: Callable[[str], str], cited: Cite, *, references: str = LIST, around: tuple[str, str] = ("<p>", "</p>")
) -> str:
    """Print a page; ``head`` gives the markup of a heading."""
    parts = [head(name) + around[0] + cited(text) + around[1] for name, _, text in PARTS]
    return html(f"<h1>{TITLE}</h1>" + "".join(parts) + head("References") + references)


def word() -> str:
    """What a word processor writes: every paragraph alike, headings in bold."""

    def paragraph(text: str) -> str:
        return f"<p class=MsoNormal><span lang=EN-US style='font-size:12.0pt'>{text}<o:p></o:p></span></p>\n"

    parts = [
        paragraph(f"<b>{name}</b>") + paragraph(behind(lambda n: f"<sup>{n}</sup>")(text)) for name, _, text in PARTS
    ]
    listed = [
        paragraph(f"{i}.<span style='font:7.0pt'>&nbsp;&nbsp; </span>{words}") for i, words in enumerate(REFERENCES, 1)
    ]
    return html(paragraph(f"<b>{TITLE}</b>") + "".join(parts) + paragraph("<b>References</b>") + "".join(listed))


def _labels(label: str) -> str:
    return "".join(
        f"<li><span>{label.format(i)}</span><cite>{words}</cite></li>" for i, words in enumerate(REFERENCES, 1)
    )


ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII")
LAYOUTS: Final[dict[str, Callable[[], str]]] = {
    "run-in with full stops.txt": lambda: run_in(lambda name: f"{name}.", BRACKETS),
    "run-in capitals and dashes.txt": lambda: run_in(lambda name: f"{name.upper()} —", BRACKETS),
    "carets.txt": lambda: lines(lambda name, _: name, behind(lambda n: f"^{n}^")),
    "glued.txt": lambda: lines(lambda name, _: name, behind(lambda n: n)),
    "full stops.txt": lambda: lines(lambda name, _: f"{name}.", BRACKETS),
    "capitals and colons, raised.txt": lambda: lines(lambda name, _: f"{name.upper()}:", behind(raised)),
    "roman.txt": lambda: lines(lambda name, i: f"{ROMAN[i]}. {name}", BRACKETS),
    "word and number.txt": lambda: lines(lambda name, i: f"Section {i + 1}: {name}", BRACKETS, references="Section 8: References"),
    "framed.txt": lambda: lines(lambda name, _: f"=== {name} ===", BRACKETS, references="=== References ==="),
    "pages.txt": lambda: pages(lines(lambda name, _: name, BRACKETS)),
    "numbers of lines.txt": lambda: pages(lines(lambda name, _: name, BRACKETS), numbered=True),
    "bold.md": lambda: lines(lambda name, _: f"**{name}**", BRACKETS, references="**References**", title=f"**{TITLE}**"),
    "bold italic, sup.md": lambda: lines(lambda name, _: f"***{name}***", behind(lambda n: f"<sup>{n}</sup>"), references="***References***", title=f"***{TITLE}***"),
    "bold run-in.md": lambda: run_in(lambda name: f"**{name}.**", BRACKETS, references="**References**", title=f"# {TITLE}"),
    "attributes.md": lambda: lines(lambda name, i: f"## {name} {{#part-{i}}}", before(lambda n: f"[\\[{n}\\]](#r)"), references="## References {#r .unnumbered}", title=f"# {TITLE}"),
    "html headings.md": lambda: lines(lambda name, _: f"<h2>{name}</h2>", BRACKETS, references="<h2>References</h2>\n", title=f"<h1>{TITLE}</h1>"),
    "yaml.md": lambda: f'---\ntitle: "{TITLE}"\ndate: 2021-05-12\n---\n\n' + lines(lambda name, _: f"# {name}", BRACKETS, references="# References", title=""),
    "footnotes.md": lambda: _footnotes(),
    "strong.html": lambda: page(lambda name: f"<p><strong>{name}</strong></p>", BRACKETS),
    "breaks.html": lambda: page(lambda name: f"<br><br><b>{name}</b><br>", BRACKETS, references="<br>".join(BODIES["numbered"]), around=("<span>", "</span>")),
    "run-in.html": lambda: html(f"<h1>{TITLE}</h1>" + "".join(f"<p><b>{name}.</b> {BRACKETS(text)}</p>" for name, _, text in PARTS) + f"<h3>References</h3>{LIST}"),
    "details.html": lambda: page(lambda name: f"<details open><summary>{name}</summary>", behind(lambda n: f"<sup>{n}</sup>"), around=("<p>", "</p></details>")),
    "divisions.html": lambda: page(lambda name: f"<div class='title'>{name}</div>", BRACKETS, references="".join(f"<div><div>{i}</div><div>{words}</div></div>" for i, words in enumerate(REFERENCES, 1)), around=("<div>", "</div>")),
    "buttons.html": lambda: page(lambda name: f"<h2><button type='button'>{name}</button></h2>", BRACKETS),
    "word processor.html": word,
    "labels in items.html": lambda: page(lambda name: f"<h2>{name}</h2>", BRACKETS, references=f"<ol>{_labels('{}.')}</ol>"),
    "references in a table.html": lambda: page(lambda name: f"<h2>{name}</h2>", BRACKETS, references="<table>" + "".join(f"<tr><td>{i}.</td><td>{words}</td></tr>" for i, words in enumerate(REFERENCES, 1)) + "</table>"),
    "table around all.html": lambda: page(lambda name: f"<h2>{name}</h2>", BRACKETS).replace("<body>", "<body><table><tr><td><a href='/'>Home</a></td><td>").replace("</body>", "</td></tr></table></body>"),
    "each number raised.html": lambda: page(lambda name: f"<h2>{name}</h2>", before(lambda n: "".join(f"<sup>{k}</sup>" for k in expand(n)))),
    "raised by a class.html": lambda: page(lambda name: f"<p><span class='c5'>{name}</span></p>", behind(lambda n: f"<span class='c0 c9'>{n}</span>")).replace("<body>", "<style>.c5{font-weight:700}.c9{vertical-align:super;font-size:7pt}</style><body>"),
    "lines of a print.html": lambda: page(lambda name: f"<p><b>{name}</b></p>", lambda text: "<br>".join(textwrap.wrap(BRACKETS(text), 50, break_on_hyphens=False)), references="".join(f"<p>{'<br>'.join(textwrap.wrap(words, 50, break_on_hyphens=False))}</p>" for words in BODIES["numbered"])),
    "parts in rows.html": lambda: html(f"<h1>{TITLE}</h1><table>" + "".join(f"<tr><th>{name}</th><td><p>{BRACKETS(text)}</p></td></tr>" for name, _, text in PARTS) + f"<tr><th>References</th><td>{LIST}</td></tr></table>"),
    "definitions of links.md": lambda: re.sub(r"^(\d+)\. ", r"[\1]: ", lines(lambda name, _: f"## {name}", BRACKETS, references="## References", title=f"# {TITLE}"), flags=re.MULTILINE),
    "two columns of references.txt": lambda: _two_columns(),
    "cells on lines.txt": lambda: lines(lambda name, _: name, BRACKETS).replace("\n\n", "\n").replace("References\n", "Table 1. Grades\nCategory\nGrade\nMechanism\nB\nCases\nD\nRisks\nC\nReferences\n"),
    "signs before headings.md": lambda: lines(lambda name, i: f"## {'📖🧬🐭👤🧪⚠✅'[i]} {name}", BRACKETS, references="## 📚 References (12)", title=f"# {TITLE}"),
    "paragraph signs.txt": lambda: lines(lambda name, i: f"§ {i + 1}  {name}", BRACKETS, references="§ 8  References"),
    "heads in brackets.txt": lambda: lines(lambda name, _: f"[{name.upper()}]", before(lambda n: f"({n})"), references="[REFERENCES]"),
    "toml.md": lambda: f'+++\ntitle = "{TITLE}"\ndate = 2021-05-12\n+++\n\n' + lines(lambda name, _: f"# {name}", BRACKETS, references="# References", title=""),
    "notes in asides.html": lambda: page(lambda name: f"<h2>{name}</h2>", BRACKETS, references="".join(f"<aside epub:type='footnote'><p>{words}</p></aside>" for words in BODIES["numbered"])),
    "preformatted.html": lambda: html("<pre>" + lines(lambda name, _: name, BRACKETS) + "</pre>"),
}  # fmt: skip


def _two_columns() -> str:
    numbered = BODIES["numbered"]
    half = len(numbered) // 2
    rows = "\n".join(f"{left}\t{right}" for left, right in zip(numbered[:half], numbered[half:], strict=True))
    return lines(lambda name, _: name, BRACKETS).replace("\n".join(numbered), rows)


def _footnotes() -> str:
    cited = before(lambda n: "".join(f"[^{k}]" for k in expand(n)))
    text = lines(lambda name, _: f"## {name}", cited, references="## References", title=f"# {TITLE}")
    return re.sub(r"^(\d+)\. ", r"[^\1]: ", text, flags=re.MULTILINE)
