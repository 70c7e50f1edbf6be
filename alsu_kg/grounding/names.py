"""Names in the form in which they are compared: the same key for ``NF-κB``, ``NF-kappaB`` and ``NF-kappa B``.

A name falls into parts at spaces, hyphens and other marks, between letters and digits, and around Greek letters, written as a
sign or as a word. Letter case, plural s and British spelling do not count in the key; how far the case of a match differs from
the name is judged afterwards (``alsu_kg.grounding.disambiguate``).
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

_GREEK: Final[Mapping[str, str]] = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "µ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho",
    "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "ϵ": "epsilon",
    "ϕ": "phi", "ĸ": "kappa",
}  # fmt: skip
_SIGNS: Final = "".join(_GREEK) + "".join(letter.upper() for letter in _GREEK if letter not in "ς")
# Spelled Greek inside a word is a part of its own only beside capitals or digits: TNFalpha, NFkappaB, but not alphabet.
_SPELLED: Final = "alpha|beta|gamma|delta|epsilon|kappa|lambda|sigma|theta|omega"
_INSIDE: Final = rf"(?<![a-z])(?:{_SPELLED})(?![a-z])"
_PART: Final = re.compile(rf"[{_SIGNS}]|\d+|{_INSIDE}|(?:(?!{_INSIDE})[^\W\d_{_SIGNS}])+")
_HAS_SPELLED: Final = re.compile(_SPELLED)
_PLAIN: Final = re.compile(rf"[{_SIGNS}]|\d+|[^\W\d_{_SIGNS}]+")
"""The parts of a text that spells no Greek letter out: the same as ``_PART``, and five times as fast."""
_SPELLINGS: Final = (
    ("aemi", "emi"), ("haem", "hem"), ("oedem", "edem"), ("oesoph", "esoph"), ("diarrhoe", "diarrhe"), ("oestr", "estr"),
    ("tumour", "tumor"), ("behaviour", "behavior"), ("fibre", "fiber"), ("sulph", "sulf"), ("anaesth", "anesth"),
    ("signalling", "signaling"), ("labelled", "labeled"), ("caec", "cec"), ("foet", "fet"), ("paed", "ped"), ("neurone", "neuron"),
)  # fmt: skip


class Part(NamedTuple):
    """A part of a text: characters ``start`` to ``end``, and its form in keys."""

    start: int
    end: int
    form: str


def split_parts(text: str) -> list[Part]:
    """Cut a text into parts with their places.

    >>> [part.form for part in split_parts("NF-κB, TNFalpha and IL-6")]
    ['nf', 'kappa', 'b', 'tnf', 'alpha', 'and', 'il', '6']
    """
    pattern = _PART if _HAS_SPELLED.search(text) else _PLAIN
    return [Part(match.start(), match.end(), fold_part(match[0])) for match in pattern.finditer(text)]


def make_key(name: str) -> str:
    """Give the key of a name: its parts, joined by spaces.

    >>> make_key("NF-κB") == make_key("NF-kappaB") == make_key("NF-kappa B") == "nf kappa b"
    True
    >>> make_key("Corticosteroids") == make_key("corticosteroid"), make_key("Leukaemia")
    (True, 'leukemia')
    """
    pattern = _PART if _HAS_SPELLED.search(name) else _PLAIN
    return " ".join([fold_part(part) for part in pattern.findall(name)])


@lru_cache(maxsize=100_000)
def fold_part(part: str) -> str:
    """Give the form of one part: lower case, Greek spelled out, no accents, no plural s, American spelling."""
    folded = _GREEK.get(part.lower()) or part.casefold()
    if not folded.isascii():
        folded = "".join(char for char in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(char))
    if len(folded) > 5:
        for british, american in _SPELLINGS:
            folded = folded.replace(british, american)
    short_capitals = len(part) <= 6 and part.isupper()
    return folded if short_capitals else singular(folded)


def singular(word: str) -> str:
    """Take the plural off a word of more than three letters, as far as that can be told from its letters.

    >>> singular("mice"), singular("cytokines"), singular("antibodies"), singular("virus"), singular("als")
    ('mouse', 'cytokine', 'antibody', 'virus', 'als')
    """
    if word == "mice":
        return "mouse"
    if len(word) > 5 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ies")):
        return word[:-1]
    return word
