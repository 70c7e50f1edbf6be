# ruff: noqa: E501 - markup
"""The review of ``layouts`` in the sources of wikis, of Textile and Jira, of AsciiDoc, Org and LaTeX."""

import textwrap
from collections.abc import Callable
from typing import Final

from layouts import PARTS, REFERENCES, TITLE, Cite, before, behind, expand

ROWS: Final = (("Mechanism", "B"), ("Pre-clinical", "C"), ("Cases", "D"), ("Trials", "F"), ("Risks", "C"))
KEYS: Final = [f"{words.split()[0].lower()}{i}" for i, words in enumerate(REFERENCES, 1)]


def source(title: str, head: Cite, cited: Cite, item: Callable[[int, str], str], table: str) -> str:
    """Put a review together; ``head`` and ``item`` print a heading and a reference."""
    parts = [title, "Published online: 12 May 2021"]
    for name, _, text in PARTS:
        parts += [head(name), textwrap.fill(cited(text), 78, break_long_words=False, break_on_hyphens=False)]
    listed = "\n".join(item(i, words) for i, words in enumerate(REFERENCES, 1))
    return "\n\n".join([*parts, "Table 1. Grades of velorin", table, head("References"), listed]) + "\n"


def rows(first: str, between: str, last: str) -> str:
    """Print the rows of the table of evidence, without its head."""
    return "\n".join(f"{first}{name}{between}{letter}{between}Some words{last}" for name, letter in ROWS)


def _cite(numbers: str) -> str:
    return "~\\cite{" + ",".join(KEYS[n - 1] for n in expand(numbers)) + "}"


def _latex(text: str) -> str:
    return text.replace("–", "--")


SOURCES: Final[dict[str, Callable[[], str]]] = {
    "mediawiki.txt": lambda: source(
        f"= {TITLE} =", lambda name: f'<span id="x"></span>\n== {name} ==', behind(lambda n: f"<sup>{n}</sup>"), lambda _, words: f"# {words}",
        '{| class="wikitable"\n! Category\n! Grade\n! Why\n' + "".join(f'|-\n| {name}\n|align="center"| {letter}\n| Some words\n' for name, letter in ROWS) + "|}",
    ),
    "dokuwiki.txt": lambda: source(
        f"====== {TITLE} ======", lambda name: f"===== {name} =====", before(lambda n: f" [{n}]"), lambda _, words: f"  - {words}",
        f"^ Category ^ Grade ^ Why ^\n{rows('| ', ' | ', ' |')}",
    ),
    "xwiki.txt": lambda: source(
        f'= {TITLE} {{{{id name="t" /}}}}=', lambda name: f'== {name} {{{{id name="n" /}}}}==', before(lambda n: f" [{n}]"), lambda _, words: f"1. {words}",
        f"|=Category |=Grade |=Why\n{rows('|', ' |', '')}",
    ),
    "asciidoc.txt": lambda: source(
        f"= {TITLE}", lambda name: f"[#part]\n== {name}", behind(lambda n: f"^{n}^"), lambda _, words: f". {words}",
        f"|===\n|Category |Grade |Why\n\n{rows('|', ' |', '')}\n|===",
    ),
    "textile.txt": lambda: source(
        f"h1(#t). {TITLE}", lambda name: f"h2. {name}", before(lambda n: f" [{n}]"), lambda _, words: f"# {words}",
        f"|_. Category|_. Grade|_. Why|\n{rows('|', '|', '|')}",
    ),
    "jira.txt": lambda: source(
        f"h1. {{anchor:t}}{TITLE}", lambda name: f"h2. {{anchor:n}}{name}", behind(lambda n: f"{{^}}{n}{{^}}"), lambda _, words: f"# {words}",
        f"|| Category || Grade || Why ||\n{rows('| ', ' | ', ' |')}",
    ),
    "org.txt": lambda: source(
        f"#+TITLE: {TITLE}\n#+OPTIONS: toc:nil", lambda name: f"* {name}\n  :PROPERTIES:\n  :CUSTOM_ID: n\n  :END:", before(lambda n: f" [{n}]"), lambda i, words: f"{i}. {words}",
        f"| Category | Grade | Why |\n|----------+-------+-----|\n{rows('| ', ' | ', ' |')}",
    ),
    "org footnotes.txt": lambda: source(
        f"#+TITLE: {TITLE}", lambda name: f"* {name}", behind(lambda n: "".join(f"[fn:{k}]" for k in expand(n))), lambda i, words: f"[fn:{i}] {words}",
        f"| Category | Grade | Why |\n|----------+-------+-----|\n{rows('| ', ' | ', ' |')}",
    ),
    "latex.txt": lambda: "\\documentclass{article}\n\\usepackage{booktabs} % tables\n\\title{" + TITLE + "}\n\\date{12 May 2021}\n\\begin{document}\n\\maketitle\n" + _latex(source(
        "", lambda name: f"\\section{{{name}}}\\label{{n}}", behind(lambda n: f"\\textsuperscript{{{n}}}"), lambda _, words: f"\\item\n  {words}",
        f"\\begin{{tabular}}{{lll}}\n\\toprule\nCategory & Grade & Why \\\\\n\\midrule\n{rows('', ' & ', ' ' + chr(92) * 2)}\n\\bottomrule\n\\end{{tabular}}",
    )) + "\\end{document}\n",
    "latex keys.txt": lambda: "\\title{" + TITLE + "}\n\\begin{document}\n" + _latex(source(
        "", lambda name: "\\begin{thebibliography}{99}" if name == "References" else f"\\section*{{{name}}}", before(_cite), lambda i, words: f"\\bibitem{{{KEYS[i - 1]}}} {words}",
        f"\\begin{{tabular}}{{lll}}\n\\hline Category & Grade & Why \\\\\n{rows(chr(92) + 'hline ', ' & ', ' ' + chr(92) * 2)}\n\\end{{tabular}}",
    )) + "\\end{thebibliography}\n\\end{document}\n",
    "restructured.txt": lambda: source(
        f"{TITLE}\n{'=' * len(TITLE)}", lambda name: f"{name}\n{'-' * len(name)}", behind(lambda n: f"\\ :sup:`{n}`"), lambda i, words: f"{i}. {words}",
        "Category      Grade  Why",
    ),
    "carets in brackets.txt": lambda: source(TITLE, lambda name: name, behind(lambda n: f"^({n})"), lambda i, words: f"{i}. {words}", "Category, grade, why"),
}  # fmt: skip
