"""The five categories as reviews, the website and its translations name them."""

from typing import Final

from alsu_kg.model.review import Category

# Tried in this order, the longer names first.
CATEGORY_NAMES: Final[tuple[tuple[Category, str], ...]] = (
    (
        "preclinical",
        r"pre[\s‐‑–-]?cl[ií]nic(?:al|os?|as?)(?:\s+(?:trials?|models?|stud(?:y|ies)|data))?"
        r"|(?:estudios|ensayos)\s+precl[ií]nicos|(?:estudos|ensaios)\s+pr[eé][\s‑-]?cl[ií]nicos|studi\s+preclinici"
        r"|(?:(?:études|modèles|essais)\s+)?précliniques?|präklinische\s+(?:Studien|Modelle|Daten)|Präklinik",
    ),
    ("mechanism", r"mechanisms?|mecanismos?|meccanism[oi]|mécanismes?|Mechanismus"),
    (
        "trials",
        r"(?:clinical\s+)?trials?|(?:ensayos|ensaios|estudos)(?:\s+cl[ií]nicos)?|studi(?:\s+clinici)?|essais(?:\s+cliniques)?"
        r"|(?:klinische\s+)?Studien",
    ),
    ("cases", r"cases?|casos?|cas|dei\s+casi|(?:Fälle|Fallberichte)"),
    ("risks", r"risks?|safety|riesgos?|riscos?|risch(?:io|i)|risques?|Risiken"),
)
