"""Titles and names as indexes send them -> clean Unicode text.

Indexes send JATS and HTML markup, MathML, entities (sometimes encoded twice), line breaks and runs of blanks. The clean
form keeps every letter: superscripts and subscripts become Unicode where Unicode has them, other markup is dropped.
"""

import re
import unicodedata
from html import unescape
from typing import Final

_TAG_NAMES: Final = (
    r"(?:/?(?:i|b|u|p|em|strong|sub|sup|inf|scp|sc|tt|br|span|font|small|title|italic|bold|underline|monospace|roman|ref|xref|"
    r"named-content|styled-content|inline-formula|tex-math|alternatives|sans-serif|overline|strike|break|"
    r"(?:mml|m|jats):[a-z-]+|math|mrow|mi|mo|mn|msub|msup|msubsup|mfrac|mtext|mover|munder|msqrt|mspace|mstyle|semantics))"
)
_TAG = re.compile(rf"<{_TAG_NAMES}(?:\s[^<>]*)?/?>", re.I)
_RAISED = re.compile(r"<(sup|sub|inf)(?:\s[^<>]*)?>(.*?)</\1\s*>([a-z]{3})?", re.I | re.S)
_LAYOUT_BLANKS = re.compile(r"[\r\n]\s*(?=<)|(?<=>)\s*[\r\n]\s*")
_LAYOUT_STOP = re.compile(r"(?<=>)\s*[\r\n]\s*(?=[.,;:)\]])")
_LAYOUT_SLASH = re.compile(r"\s*[\r\n]\s*/\s*[\r\n]\s*")
_SUPERSCRIPTS = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
_SUBSCRIPTS = dict(zip("0123456789+-−=()aeox", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓ", strict=True))
_BLANKS = re.compile(r"\s+")
_BLANK_BEFORE_CLOSER = re.compile(r"\s+(?=[)\],;:](?:\s|$|[)\],.;:]))|(?<=[(\[])\s+")


def clean_text(raw: str) -> str:
    r"""Give ``raw`` as plain Unicode: markup resolved, entities decoded, blanks collapsed.

    >>> clean_text("MAPD<sub>90</sub> in mouse<i>t</i>haplotypes &amp;amp; Ca<sup>2+</sup>, p &lt; 0.05")
    'MAPD₉₀ in mouse t haplotypes & Ca²⁺, p < 0.05'
    >>> clean_text("3-kinase p110α (\n            <i>PIK3CA</i>\n            )")
    '3-kinase p110α (PIK3CA)'
    """
    text = _without_markup(raw)
    for _ in range(2):
        decoded = unescape(text)
        if decoded == text:
            break
        text = _without_markup(decoded)
    text = _BLANKS.sub(" ", text).strip()
    return _BLANK_BEFORE_CLOSER.sub("", text)


def _without_markup(text: str) -> str:
    if "<" not in text:
        return text
    text = _LAYOUT_BLANKS.sub(" ", _LAYOUT_STOP.sub("", _LAYOUT_SLASH.sub("/", text)))
    text = _RAISED.sub(_raised, text)
    text = re.sub(r"(?<=[a-z])<(i|italic|em)>([^<>]*)</\1>(?=[a-z])", r" \2 ", text)
    text = re.sub(r"(?<=[a-z])<(i|italic|em)>([A-Za-z])</\1>(?=\s)", r" \2", text)
    return _TAG.sub("", text)


def _raised(match: re.Match[str]) -> str:
    kind, inner, next_word = match.groups()
    table = _SUPERSCRIPTS if kind.lower() == "sup" else _SUBSCRIPTS
    plain = unescape(_TAG.sub("", inner)).strip()
    if plain and all(letter in table for letter in plain):
        plain = "".join(table[letter] for letter in plain)
    lost_blank = " " if next_word and next_word.islower() else ""  # indexes lose the blank in SnO<sub>2</sub>thin films
    return plain + lost_blank + (next_word or "")


def clean_title(raw: str | None) -> str | None:
    """Give a title as clean text, or ``None`` if nothing is left of it.

    >>> clean_title("  <p> </p> ") is None
    True
    """
    return clean_text(raw) or None if raw else None


def without_final_stop(title: str) -> str:
    """Take off the full stop that PubMed sets after every title; an ellipsis, ``?`` or an abbreviation's own stop stays.

    >>> without_final_stop("Sleep and the hypothalamus."), without_final_stop("Reply to Smith et al.")
    ('Sleep and the hypothalamus', 'Reply to Smith et al.')
    """
    keeps = title.endswith("..") or re.search(r"\b(?:et al|etc|Jr|Sr|Inc|Ltd|vs|[A-Z])\.$", title)
    return title if keeps else title.removesuffix(".")


def is_all_capitals(title: str) -> bool:
    """Tell whether a title of several words is printed in capitals only.

    >>> is_all_capitals("THE IMPACT OF PARASITES"), is_all_capitals("HIV")
    (True, False)
    """
    return len(title.split()) > 2 and title.upper() == title and title.lower() != title


def fold(title: str) -> str:
    """Give the letters and digits of a title in lower-case ASCII: titles with the same fold are the same but for symbols.

    >>> fold("NF-κB and H₂O") == fold("NF-B and H2O")
    True
    """
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", title).lower())


_NOTICE_TITLE = re.compile(
    r"^\W*(?:(?:notice of |statement of )?(?:partial )?(?:retraction|withdrawal)(?: notice| note| statement)?"
    r"(?=\s*(?:[:.,(\[\u2013\u2014-]|$|to\b|for\b|of\s*[:\"'\u201c\u2018]))|notice of retraction\b|"
    r"(?:editorial )?expression of (?:editorial )?concern\b|"
    r"(?:author |publisher |editorial )?corrections?\b(?=\s*(?:[:.(\u2013\u2014]|$|to\b|for\b))|errat(?:um|a)\b|"
    r"department of error\b|corrigend(?:um|a)\b|addendum\b(?=\s*(?:[:.(]|$|to\b)))",
    re.I,
)
_RETRACTED_TITLE = re.compile(
    r"^\W*(?:retracted|withdrawn|temporary removal)(?: article| paper| chapter)?\W*(?:[:\]).–—-]|$)"
    r"|\W(?:\[|\()retracted(?: article)?(?:\]|\))\W*$",
    re.I,
)


def is_notice_title(title: str) -> bool:
    """Tell whether a title is that of a notice (retraction, correction, expression of concern) about another work.

    >>> [is_notice_title(t) for t in ("Correction: Ubiquitin ligase", "Retraction—Hydroxychloroquine", "RETRACTED: A trial")]
    [True, True, False]
    """
    return bool(_NOTICE_TITLE.match(title)) and not is_retracted_title(title)


def is_retracted_title(title: str) -> bool:
    """Tell whether a title says of its own article that it is retracted or withdrawn.

    >>> [is_retracted_title(t) for t in ("RETRACTED: A trial", "Retracted Article: A trial", "Retracted potential in neurons")]
    [True, True, False]
    """
    return bool(_RETRACTED_TITLE.search(title))
