"""Names of people as the linker compares them: in a record, and as printed in a reference."""

import re

from alsu_kg.linking.normalisation import STOP_WORDS, words
from alsu_kg.model.reference import Reference

_NAME = re.compile(
    r"([A-Z][A-Za-z]*[a-z]{2,}),? (?:[A-Z]\.? ?-?){1,3}(?=[,;:&.(\s]|$)|(?<![A-Za-z])(?:[A-Z]\. ?-?){1,3}([A-Z][A-Za-z]*[a-z]{2,})"
)


def find_names(folded: str, reference: Reference) -> frozenset[str]:
    """Find what looks like a family name: a capitalised word beside initials, or a tagged author.

    ``folded`` is the text of ``reference`` in plain letters, with its case.

    >>> text = "Liu T, J. Doe. Slow Waves. Nature 2017"
    >>> sorted(find_names(text, Reference(id="1", unstructured=text)))
    ['doe', 'liu']
    """
    tagged = [word for family, _ in reference.authors for word in words(family) if len(word) > 1]
    if not reference.unstructured:
        return frozenset(tagged)
    printed = [name for pair in _NAME.findall(folded) for name in pair if name]
    return frozenset([*tagged, *(name.lower() for name in printed if name.lower() not in STOP_WORDS)])


def comparable_name(family: str) -> str:
    """Give the comparable part of a name: its longest word (particles and initials come and go).

    >>> comparable_name("van den Berg, A.")
    'berg'
    """
    if family.isascii() and family.isalpha():
        return family.lower()
    return max(words(family), key=len, default="")


def name_words(family: str) -> frozenset[str]:
    """Give the words of a family name by which it may be cited: of a double name, either; particles are none.

    >>> sorted(name_words("Mohammadi Darestani")), sorted(name_words("van der Berg"))
    (['darestani', 'mohammadi'], ['berg'])
    """
    longer = frozenset([word for word in words(family) if len(word) > 3])
    return longer or frozenset([comparable_name(family)])
