"""Hashes of words computed over whole arrays are those of the library, and letters fold one by one as they do together."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st
from xxhash import xxh3_64_intdigest

from alsu_kg.linking.normalisation import _LETTERS, fold
from alsu_kg.linking.word_hashes import hash_words

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
WORDS = st.text(LETTERS, min_size=1, max_size=40)


@given(st.lists(WORDS, max_size=30), st.sampled_from([" ", "-", "\0", "\n", "_", "é", " . "]))
@example(["".join(LETTERS)[:size] for size in range(1, 37)], " ")
def test_each_word_has_the_hash_of_the_library(words: list[str], between: str) -> None:
    text = between.join(words).upper().encode()
    found = hash_words(text)
    assert found.hashes.tolist() == [xxh3_64_intdigest(word.encode()) for word in words]
    places = zip(found.starts.tolist(), found.ends.tolist(), strict=True)
    assert [text[start:end].decode().lower() for start, end in places] == words


@given(
    st.text(
        st.one_of(st.characters(), st.characters(min_codepoint=0x80, max_codepoint=0x370), st.sampled_from("aé̂가ﬁ")),
        max_size=20,
    )
)
@example("Z͑ͫ̓̇ͅ가각ﬁø’κ")
def test_letters_fold_by_themselves(text: str) -> None:
    """The accents of a letter may change places when a text is decomposed as a whole; they are left out anyway."""
    if "\n" in text or "<" in text:
        return
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    assert fold(text) == bare.translate(_LETTERS)
