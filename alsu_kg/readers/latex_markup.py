"""LaTeX source -> Markdown of the same length, so that every character keeps its place."""

import re
from typing import Final

from alsu_kg.readers.light_markup import NOTHING, replaced

_FEWEST: Final = 3
_DEEPEST_NESTING: Final = 3
_BRACED = r"\{(?P<text>(?:[^{}]|\{[^{}]{0,500}\}){0,2000})\}"  # bounded: a brace may never close
_SECTION = re.compile(
    rf"(?:\\hypertarget\{{[^{{}}]{{0,500}}\}}\{{[%{NOTHING}]\n)?\\(?P<depth>(?:sub)*)(?:section|paragraph|chapter)\*?\s*{_BRACED}(?:\\label\{{[^{{}}]{{0,500}}\}})?\}}?"
)
_TITLE = re.compile(rf"\\title\s*{_BRACED}")
_DATE = re.compile(rf"\\date\s*{_BRACED}")
_AUTHORS = re.compile(rf"\\author\s*{_BRACED}(?P<behind>[ \t]*)")
_LISTED = re.compile(r"\\begin\{thebibliography\}(?:\{[^{}]*\})?")
_ITEM = re.compile(
    r"\\(?:bibitem(?:\[[^\[\]]{0,500}\])?\{(?P<key>[^{}]{0,200})\}|item(?![a-z])(?:\[[^\[\]]{0,500}\])?)\s*"
)
_CITED = re.compile(r"~?\\(?:no)?cite[a-z]*\*?(?:\[[^\[\]]{0,500}\])*\{(?P<keys>[^{}]{0,2000})\}")
_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_BODY = re.compile(r"\\begin\{document\}")
_KEPT_WORDS = re.compile(
    rf"\\(?:text(?:bf|it|rm|sf|sc|tt|sl|normal)|emph|underline|uline|url|caption\*?|mbox|author)\s*{_BRACED}"
)
_RECOGNISED = re.compile(
    r"\\\(\s*(?:\{\s*\})?\s*\^\{(?P<text>\d[\d,\s–-]{0,60})\}\s*\\\)"
)  # how OCR prints raised numbers
_RAISED = re.compile(r"\\textsuperscript\{(?P<text>\d[^{}]{0,100})\}")
_BRACKET = re.compile(r"\{(?P<text>[\[\]])\}")  # how converters write brackets that begin no argument
_LINKED = re.compile(rf"\\href\{{[^{{}}]{{0,2000}}\}}{_BRACED}")
_TABLE = re.compile(
    r"\\begin\{(?P<kind>tabularx?|longtable|tabulary|tabu)\}(?:[^\\]|\\(?!end\{(?P=kind)\}"
    r"|begin\{(?:tabu|longtable)))*\\end\{(?P=kind)\}"
)
_COLUMNS = re.compile(r"\\begin\{\w+\}(?:\[[^\[\]]{0,500}\])?(?:\{[^{}]*\}|\{(?:[^{}]|\{[^{}]{0,500}\}){0,500}\}){1,2}")
_RULE = re.compile(
    r"^[ \t]*(?:\\(?:top|mid|bottom|h)(?:rule|line)|\\end(?:first)?(?:head|foot)|\\endlastfoot)[^\n]*$", re.MULTILINE
)
_RULE_AHEAD = re.compile(r"\\hline[ \t]*")
_ARGUMENT = r"(?:\[(?:[^\[\]]|\[[^\[\]]{0,100}\]){0,500}\]|\{(?:[^{}]|\{[^{}]{0,500}\}){0,2000}\})"
_COMMAND = re.compile(
    rf"\\begin\{{\w{{1,30}}\*?\}}{_ARGUMENT}{{0,5}}"
    r"|\\(?:begin|end|label|documentclass|usepackage|setlength|bibliographystyle|vspace|hspace|captionsetup|def\\[a-z]+)\*?"
    r"(?:\[[^\[\]]{0,500}\])*(?:\{(?:[^{}]|\{[^{}]{0,500}\}){0,2000}\})*"
    r"|\\(?:maketitle|tightlist|centering|noindent|newpage|clearpage|par|small|footnotesize|raggedright|arraybackslash|hfill|bigskip"
    r"|medskip|smallskip|quad|qquad|linebreak)\b(?:\{\})?"
)
_DASH = re.compile(r"--(?!\d)")
_SIGNS: Final = (
    ("---", "—"),
    ("``", "“"),
    ("''", "”"),
    ("~", " "),
    ("\\,", " "),
    ("\\ ", " "),
    ("\\\\", " "),
    ("{}", ""),
)


def latex_to_markdown(raw: str) -> str | None:
    r"""Give LaTeX source as Markdown of the same length, or ``None`` if ``raw`` is none.

    >>> print(latex_to_markdown("\\section{Risks}\nA \\emph{b}.\n\\section{Cases}\n\\section{Trials}").split("\n")[0].rstrip())
    #        Risks
    """
    if "\\section" not in raw and "\\begin{document}" not in raw:
        return None
    if len(_SECTION.findall(raw)) < _FEWEST:
        return None
    keys = [match["key"] for match in _ITEM.finditer(raw) if match["key"]]
    text = _preamble(raw)
    text = _COMMENT.sub(lambda match: NOTHING * len(match[0]), text) if _BODY.search(raw) else text
    text = _SECTION.sub(lambda match: _head(match, 1 + len(match["depth"]) // len("sub")), text)
    text = _LISTED.sub(lambda match: f"{'## References':<{len(match[0])}}", text)
    text = _CITED.sub(lambda match: _numbers(match, keys), text)
    text = _ITEM.sub(lambda match: "- " + NOTHING * (len(match[0]) - 2), text)
    text = _TABLE.sub(lambda match: _rows(match[0]), text)
    text = replaced(_BRACKET, "", "", text)
    text = replaced(_LINKED, "", "", replaced(_RECOGNISED, "^", "^", replaced(_RAISED, "^", "^", text)))
    for _ in range(_DEEPEST_NESTING):
        text = replaced(_KEPT_WORDS, "", "", text)
    text = _COMMAND.sub(lambda match: NOTHING * len(match[0]), text)
    text = _DASH.sub(f"{NOTHING}–", text)
    for sign, shown in _SIGNS:
        text = text.replace(sign, NOTHING * (len(sign) - len(shown)) + shown)
    return _blank_lines(text)


def _preamble(raw: str) -> str:
    """Give ``raw`` with nothing but title, names and date before the body, up to the first part of which they may stand."""
    body, part = _BODY.search(raw), _SECTION.search(raw)
    end = part.start() if part else len(raw)
    start = body.end() if body else 0
    text = re.sub(r"[^\n]", " ", raw[:start]) + raw[start:]
    for pattern, sign in ((_TITLE, "# "), (_AUTHORS, "By "), (_DATE, "Date: ")):
        match = pattern.search(raw, 0, max(start, end))
        if match and (words := match["text"].strip()):
            at = raw.index(words, match.start("text"))
            if pattern is _AUTHORS:
                words = words.replace("\\and", ",   ")
                if "\\" in words:  # affiliations and notes
                    continue
            shown = f"{sign}{words.replace(chr(10), ' ')}".rjust(at + len(words) - match.start())
            shown = shown.ljust(len(match[0]) - 1) + "\n"  # so that each is a paragraph
            text = text[: match.start()] + shown + text[match.end() :]
    return text


def _head(match: re.Match[str], level: int) -> str:
    before = match.start("text") - match.start()
    return f"{'#' * level:<{before}}{match['text'].replace(chr(10), ' ')}{' ' * (match.end() - match.end('text'))}"


def _numbers(match: re.Match[str], keys: list[str]) -> str:
    """Give the numbers of the cited entries in brackets, as the bibliography counts them."""
    wanted = [key.strip() for key in match["keys"].split(",")]
    numbers = [str(keys.index(key) + 1) for key in wanted if key in keys]
    shown = f" [{','.join(numbers)}]" if numbers else ""
    if len(shown) > len(match[0]):
        return match[0]
    return (
        shown[:-1] + NOTHING * (len(match[0]) - len(shown)) + shown[-1:]
    )  # so that their place is that of the command


def _rows(table: str) -> str:
    """Set the cells of a table apart by tabs."""
    text = _COLUMNS.sub(lambda match: " " * len(match[0]), table, count=1)
    text = _RULE_AHEAD.sub(lambda match: NOTHING * len(match[0]), text)
    text = _RULE.sub(lambda match: NOTHING * len(match[0]), text)
    text = re.sub(r"(?<!\\)&", "\t", text.replace("\\\\", NOTHING * 2))
    return re.sub(r"[ \t]+$", lambda match: NOTHING * len(match[0]), text, flags=re.MULTILINE)


def _blank_lines(text: str) -> str:
    """Make lines empty that hold nothing any more, outside of tables: these are one paragraph."""
    return re.sub(rf"^[ {NOTHING}]+$(?!\n[^\n]*\t)", lambda match: " " * len(match[0]), text, flags=re.MULTILINE)
