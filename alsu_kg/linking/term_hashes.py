"""Hashes of search terms: of a word (XXH3), and of a pair of words from the hashes of the two.

A pair never becomes a string: a build makes thirty pairs of a record, and multiplying and adding whole arrays of hashes takes a
hundredth of the time. Words of a reference are hashed the same way, so both meet in the same number.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from xxhash import xxh3_64_digest, xxh3_64_intdigest

from alsu_kg.linking.normalisation import STOP_WORDS, words

Numbers = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

SIGNS: Final = "_@~/:#^"
"""What stands between the words of a pair; no word holds any of them."""

_FACTORS: Final = {sign: 2 * xxh3_64_intdigest(sign.encode()) + 1 & (1 << 64) - 1 for sign in SIGNS}
_BY_CODE: Final = np.array([_FACTORS.get(chr(code), 0) for code in range(128)], dtype=np.uint64)
_SPLIT: Final = re.compile(f"([ {re.escape(SIGNS)}])")
_STOP: Final = 1
_REMEMBERED: Final = 500_000
_END: Final = "\0"
_TO_WORDS: Final = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(1, 128)}


class HashTable(dict[str, int]):
    """Remembers the hashes of texts; forgets all of them when there are very many."""

    def __init__(self, make: Callable[[str], int]) -> None:
        self._make = make

    def __missing__(self, text: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[text] = value = self._make(text)
        return value

    def of(self, texts: Sequence[str]) -> Numbers:
        """Give the hash of each text."""
        return np.fromiter(map(self.__getitem__, texts), dtype=np.uint64, count=len(texts))


def hash_word(word: str) -> int:
    """Give the hash of a word; the last bit tells stop words. That of an empty word is 0.

    >>> hash_word("of") & 1, hash_word("neuron") & 1, hash_word("")
    (1, 0, 0)
    """
    return xxh3_64_intdigest(word.encode()) & ~_STOP | (word in STOP_WORDS) if word else 0


WORDS: Final = HashTable(lambda word: 0 if word == _END else hash_word(word))


def digest_keys(keys: Iterable[str]) -> Numbers:
    """Give the 64-bit digest of each key (XXH3).

    >>> [f"{number:x}" for number in digest_keys(["=pmid:7"]).tolist()]
    ['59c8667651d3d51d']
    """
    digests = b"".join(map(xxh3_64_digest, map(str.encode, keys)))
    return np.frombuffer(digests, dtype=">u8").astype(np.uint64)


def are_stop_words(hashes: Numbers) -> npt.NDArray[np.bool_]:
    """Tell which hashes are of words too common to look up."""
    found: npt.NDArray[np.bool_] = (hashes & np.uint64(_STOP)).astype(np.bool_)
    return found


def join_hashes(left: Numbers, right: Numbers, sign: str) -> Numbers:
    """Give the hash of each pair of words, with the sign between them; that of an empty word and another is not the other's."""
    pairs: Numbers = (left + np.uint64(1)) * np.uint64(_FACTORS[sign]) + right
    return pairs


def join_words(left: str, right: str, sign: str) -> int:
    """Give the hash of one pair of words.

    >>> [join_words("liu", "2017", "@")] == hash_terms(["liu@2017"]).tolist()
    True
    """
    return (WORDS[left] + 1) * _FACTORS[sign] + WORDS[right] & (1 << 64) - 1


def hash_terms(terms: Sequence[str]) -> Numbers:
    """Give the hash of each term: of a word, or of two words with one of ``SIGNS`` between them.

    >>> of_words, pair = hash_terms(["liu", "2017"]), hash_terms(["liu@2017"])
    >>> bool((join_hashes(of_words[:1], of_words[1:], "@") == pair).all())
    True
    """
    if not terms:
        return np.empty(0, dtype=np.uint64)
    parts = _SPLIT.split(" ".join(terms))
    hashes = WORDS.of(parts[::2])
    signs = np.frombuffer("".join([*parts[1::2], " ", " "]).encode("ascii"), dtype=np.uint8)
    starts = np.flatnonzero(np.concatenate([[True], signs[:-2] == ord(" ")]))
    sign = signs[starts]
    right = hashes[np.minimum(starts + 1, len(hashes) - 1)]
    found: Numbers = np.where(
        sign == ord(" "), hashes[starts], (hashes[starts] + np.uint64(1)) * _BY_CODE[sign] + right
    )
    return found


def hash_texts(texts: Sequence[str]) -> tuple[Numbers, Places]:
    """Give the hashes of the words of many texts, and for each the place of its text; those of a text are in their order.

    Plain ASCII texts are taken apart together, others one by one.

    >>> found, owners = hash_texts(["Motor neurons", "Müller"])
    >>> found.tolist() == [*map(hash_word, ["motor", "neurons", "muller"])], owners.tolist()
    (True, [0, 0, 1])
    """
    plain, others = list(texts), []
    for place, text in enumerate(texts):
        if not text.isascii() or "<" in text or "\n" in text or _END in text:
            others.append((place, words(text)))
            plain[place] = ""
    hashes = WORDS.of(f" {_END} ".join(plain).translate(_TO_WORDS).split())
    ends = hashes == 0
    owners = np.cumsum(ends)[~ends]
    more = WORDS.of([word for _, found in others for word in found])
    more_owners = np.repeat([place for place, _ in others], [len(found) for _, found in others]).astype(np.int64)
    return np.concatenate([hashes[~ends], more]), np.concatenate([owners, more_owners])
