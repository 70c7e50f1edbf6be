"""Text as the linker compares it: folded letters, words, numbers.

The same folding is used for records when they are indexed and for references when they are looked up; a change here
needs a rebuilt index (``INDEX_VERSION`` in ``alsu_kg.work_index``) and a retrained validator.
"""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_LINE_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]\s*\n\s*(?=[a-z])")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,60}>")
_LETTERS = str.maketrans(
    {
        "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "æ": "ae",
        "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ß": "ss", "ı": "i", "ħ": "h", "α": "alpha", "β": "beta", "γ": "gamma",
        "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda",
        "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon",
        "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda",
        "Ω": "Omega", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "\u00ad": "", "\u200b": "", "\ufeff": "", "’": "'",
    }
)  # fmt: skip

STOP_WORDS = frozenset(
    {
        "a",
        "an",
        "the",
        "of",
        "and",
        "in",
        "on",
        "for",
        "to",
        "with",
        "by",
        "from",
        "as",
        "at",
        "is",
        "are",
        "et",
        "al",
        "und",
        "der",
        "die",
        "das",
        "von",
        "la",
        "le",
        "les",
        "de",
        "des",
        "du",
        "del",
        "el",
    }
)
"""Words too common to look up; they are still compared."""


def fold(text: str) -> str:
    r"""Fold ``text`` to plain letters, keeping case: no accents, ligatures spelled out, Greek letters as their names.

    >>> fold("Müller Ø: NF-κB"), fold("neu-\nronal")
    ('Muller O: NF-kappaB', 'neuronal')
    """
    if "\n" in text:
        text = _LINE_HYPHEN.sub("", text)
    if "<" in text:
        text = _MARKUP.sub(" ", text)
    if text.isascii():
        return text
    return _NOT_ASCII.sub(lambda found: found.group().translate(_FOLDED), text)


class _Folded(dict[int, str]):
    """How each letter folds: by itself, since what its neighbours could change is left out (the order of accents)."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFKD", chr(code).translate(_LETTERS))
        bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
        self[code] = folded = bare.translate(_LETTERS)
        return folded


_FOLDED = _Folded()


def words(text: str) -> list[str]:
    """Give the words and numbers of ``text``, folded and in lower case.

    >>> words("The NF-κB pathway, 12(3):e17")
    ['the', 'nf', 'kappab', 'pathway', '12', '3', 'e17']
    """
    return _WORD.findall(fold(text).lower())


def find_words(folded: str) -> list[re.Match[str]]:
    """Find the words of a folded text with their places."""
    return list(_WORD.finditer(folded))


def number(text: str) -> str:
    """Give a volume, issue or page as it is compared: first word, without leading zeros, or ``""``.

    >>> number("0031"), number("E17"), number(""), number("7-8")
    ('31', 'e17', '', '7')
    """
    if text.isascii() and text.isdigit():
        return text.lstrip("0")
    found = words(text)
    return found[0].lstrip("0") if found else ""
