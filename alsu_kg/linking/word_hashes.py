"""The XXH3 hashes of all words of a long text at once, by arithmetic on whole arrays: what xxhash gives one by one.

A build hashes twenty words of each record. One by one, or through a table that remembers them, that took a third of its time.
The arithmetic is that of the XXH3 specification for inputs of up to 16 bytes with seed 0
(https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md); longer words are hashed by the library.
"""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from xxhash import xxh3_64_intdigest

Hashes = npt.NDArray[np.uint64]
Ends = npt.NDArray[np.int64]

_BLANK: Final = ord(" ")
_TO_WORDS: Final = bytes(
    ord(chr(code).lower()) if code < 128 and chr(code).isalnum() else _BLANK for code in range(256)
)
_LONGEST: Final = 16
_MARGIN: Final = 8
_FLIP_3: Final = np.uint64(0x87275A9B)
_FLIP_8: Final = np.uint64(0xC73AB174C5ECD5A2)
_FLIP_LOW: Final = np.uint64(0x6782737BEA4239B9)
_FLIP_HIGH: Final = np.uint64(0xAF56BC3B0996523A)
_LOW_HALF: Final = np.uint64(0xFFFFFFFF)


class Words(NamedTuple):
    """The words of a text: the hash of each, and where it begins and ends."""

    hashes: Hashes
    starts: Ends
    ends: Ends


def hash_words(text: bytes) -> Words:
    """Give the hash of each word of an ASCII text, in lower case: what stands between signs and blanks.

    >>> found = hash_words(b"Motor neurons, 2017")
    >>> found.hashes.tolist() == [xxh3_64_intdigest(word) for word in (b"motor", b"neurons", b"2017")], found.starts.tolist()
    (True, [0, 6, 15])
    """
    margin = b" " * _MARGIN
    data = margin + text.translate(_TO_WORDS) + margin
    letters = np.frombuffer(data, dtype=np.uint8)
    in_word = letters != _BLANK
    edges = np.flatnonzero(in_word[1:] != in_word[:-1]) + 1
    starts, ends = edges[::2], edges[1::2]
    lengths = ends - starts
    hashes = np.empty(len(starts), dtype=np.uint64)
    for least, most, compute in ((1, 3, _hash_3), (4, 8, _hash_8), (9, _LONGEST, _hash_16)):
        those = np.flatnonzero((lengths >= least) & (lengths <= most))
        hashes[those] = compute(data, starts[those], ends[those])
    for place in np.flatnonzero(lengths > _LONGEST).tolist():
        hashes[place] = xxh3_64_intdigest(data[starts[place] : ends[place]])
    return Words(hashes, starts - _MARGIN, ends - _MARGIN)


def _hash_3(data: bytes, starts: Ends, ends: Ends) -> Hashes:
    letters = np.frombuffer(data, dtype=np.uint8)
    lengths = ends - starts
    first, middle, last = (letters[place].astype(np.uint64) for place in (starts, starts + (lengths >> 1), ends - 1))
    mixed = first << np.uint64(16) | middle << np.uint64(24) | last | lengths.astype(np.uint64) << np.uint64(8)
    mixed ^= _FLIP_3
    mixed ^= mixed >> np.uint64(33)
    mixed *= np.uint64(0xC2B2AE3D27D4EB4F)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0x165667B19E3779F9)
    mixed ^= mixed >> np.uint64(32)
    return mixed


def _hash_8(data: bytes, starts: Ends, ends: Ends) -> Hashes:
    fours = _windows(data, "<u4")
    mixed = fours[starts].astype(np.uint64) << np.uint64(32)
    mixed += fours[ends - 4]
    mixed ^= _FLIP_8
    mixed ^= _turned(mixed, 49) ^ _turned(mixed, 24)
    mixed *= np.uint64(0x9FB21C651E98DF25)
    mixed ^= (mixed >> np.uint64(35)) + (ends - starts).astype(np.uint64)
    mixed *= np.uint64(0x9FB21C651E98DF25)
    mixed ^= mixed >> np.uint64(28)
    return mixed


def _hash_16(data: bytes, starts: Ends, ends: Ends) -> Hashes:
    eights = _windows(data, "<u8")
    low = eights[starts].astype(np.uint64) ^ _FLIP_LOW
    high = eights[ends - 8].astype(np.uint64) ^ _FLIP_HIGH
    mixed: Hashes = (ends - starts).astype(np.uint64) + low.byteswap() + high + _folded_product(low, high)
    mixed ^= mixed >> np.uint64(37)
    mixed *= np.uint64(0x165667919E3779F9)
    mixed ^= mixed >> np.uint64(32)
    return mixed


def _windows(data: bytes, form: str) -> npt.NDArray[np.uint64]:
    """Give the number that begins at each byte."""
    width = np.dtype(form).itemsize
    return np.ndarray((len(data) - width + 1,), dtype=form, buffer=data, strides=(1,))


def _turned(numbers: Hashes, bits: int) -> Hashes:
    turned: Hashes = numbers << np.uint64(bits) | numbers >> np.uint64(64 - bits)
    return turned


def _folded_product(one: Hashes, two: Hashes) -> Hashes:
    """Give the upper half of each product of 128 bits, with the lower half laid over it."""
    half = np.uint64(32)
    one_low, one_high, two_low, two_high = one & _LOW_HALF, one >> half, two & _LOW_HALF, two >> half
    low, cross = one_low * two_low, one_high * two_low
    middle = (low >> half) + (cross & _LOW_HALF) + one_low * two_high
    upper = (cross >> half) + (middle >> half) + one_high * two_high
    lower: Hashes = middle << half | low & _LOW_HALF
    return upper ^ lower
