"""Hashes of search terms: of a word (XXH3), and of a pair of words from the hashes of the two.

A pair never becomes a string: a build makes thirty pairs of a record, and multiplying and adding whole arrays of hashes takes a
hundredth of the time. Words of a reference are hashed the same way, so both meet in the same number.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from xxhash import xxh3_64_digest, xxh3_64_intdigest

from alsu_kg.linking.normalisation import STOP_WORDS, fold, words
from alsu_kg.linking.word_hashes import hash_words

Numbers = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

SIGNS: Final = "_@~/:#^"
"""What stands between the words of a pair; no word holds any of them."""

_FACTORS: Final = {sign: 2 * xxh3_64_intdigest(sign.encode()) + 1 & (1 << 64) - 1 for sign in SIGNS}
_BY_CODE: Final = np.array([_FACTORS.get(chr(code), 0) for code in range(128)], dtype=np.uint64)
_IS_SIGN: Final = np.isin(np.arange(256), [*map(ord, " " + SIGNS)])
_STOP: Final = 1
_END: Final = "\0"
_REMEMBERED: Final = 500_000
_STOP_HASHES: Final = np.array([xxh3_64_intdigest(word.encode()) & ~_STOP for word in STOP_WORDS], dtype=np.uint64)
_STOP_SHIFT: Final = np.uint64(52)
_STOP_STARTS: Final = np.isin(np.arange(1 << 12, dtype=np.uint64), _STOP_HASHES >> _STOP_SHIFT)
"""Whether a stop word's hash begins with these bits: most words are told from all stop words by it."""


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


WORDS: Final = HashTable(hash_word)


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
    text = " ".join(terms)
    signs = np.frombuffer((text + "  ").encode("utf-8", "surrogatepass"), dtype=np.uint8)
    signs = signs[_IS_SIGN[signs]]
    for one in SIGNS:
        text = text.replace(one, " ")
    hashes = WORDS.of(text.split(" "))
    starts = np.flatnonzero(np.concatenate([[True], signs[:-2] == ord(" ")]))
    sign = signs[starts]
    right = hashes[np.minimum(starts + 1, len(hashes) - 1)]
    found: Numbers = np.where(
        sign == ord(" "), hashes[starts], (hashes[starts] + np.uint64(1)) * _BY_CODE[sign] + right
    )
    return found


def hash_texts(texts: Sequence[str]) -> tuple[Numbers, Places]:
    """Give the hashes of the words of many texts, and for each the place of its text; those of a text are in their order.

    Texts that are ASCII, or fold to it, are taken apart together, others one by one.

    >>> found, owners = hash_texts(["Motor neurons", "Müller", "日本"])
    >>> found.tolist() == [*map(hash_word, ["motor", "neurons", "muller", "日本"])], owners.tolist()
    (True, [0, 0, 1, 2])
    """
    data = _join(texts)
    hashes, owners = _take_apart(data)
    odd = _find_odd(data)
    if not len(odd):
        return hashes, owners
    as_they_are = np.ones(len(texts), dtype=np.bool_)
    as_they_are[odd] = False
    kept = as_they_are[owners]
    more, more_owners = _fold_and_hash([texts[place] for place in odd.tolist()])
    return np.concatenate([hashes[kept], more]), np.concatenate([owners[kept], odd[more_owners]])


def hash_last_words(texts: Sequence[str]) -> Numbers:
    """Give the hash of the last word of each text, 0 if it has none.

    >>> hash_last_words(["van der Berg", "Liu", "-"]).tolist() == [hash_word("berg"), hash_word("liu"), 0]
    True
    """
    hashes, owners = hash_texts(texts)
    found = np.zeros(len(texts), dtype=np.uint64)
    last = np.flatnonzero(np.diff(owners, append=-1))
    found[owners[last]] = hashes[last]
    return found


def mark_stop_words(hashes: Numbers) -> None:
    """Clear the last bit of each hash, and set it for words too common to look up."""
    hashes &= ~np.uint64(_STOP)
    likely = np.flatnonzero(_STOP_STARTS[hashes >> _STOP_SHIFT])
    hashes[likely] |= np.isin(hashes[likely], _STOP_HASHES)


def _join(texts: Sequence[str]) -> bytes:
    """Give texts in one, each with its end marked; an end within a text becomes another sign."""
    joined = _END.join([*texts, ""])
    if joined.count(_END) > len(texts):
        joined = _END.join([*(text.replace(_END, "!") for text in texts), ""])
    return joined.encode("utf-8", "surrogatepass")


def _find_odd(data: bytes) -> Places:
    """Give the places of the texts that are not taken apart as they are: markup, several lines, letters that fold."""
    letters = np.frombuffer(data, dtype=np.uint8)
    ends = np.flatnonzero(letters == 0)
    odd = np.flatnonzero((letters >= 128) | (letters == ord("<")) | (letters == ord("\n")))
    return np.unique(np.searchsorted(ends, odd))


def _take_apart(data: bytes) -> tuple[Numbers, Places]:
    hashes, starts, _ = hash_words(data)
    mark_stop_words(hashes)
    ends = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == 0)
    counts = np.diff(np.searchsorted(starts, ends), prepend=0)
    return hashes, np.repeat(np.arange(len(ends)), counts)


def _fold_and_hash(texts: Sequence[str]) -> tuple[Numbers, Places]:
    folded = [fold(text) for text in texts]
    plain = np.flatnonzero([text.isascii() for text in folded])
    hashes, owners = _take_apart(_join([folded[place] for place in plain.tolist()]))
    others = [(place, words(text)) for place, text in enumerate(texts) if not folded[place].isascii()]
    more = WORDS.of([word for _, found in others for word in found])
    more_owners = np.repeat([place for place, _ in others], [len(found) for _, found in others]).astype(np.int64)
    return np.concatenate([hashes, more]), np.concatenate([plain[owners], more_owners])
