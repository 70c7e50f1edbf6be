"""Terms of whole batches are those of each record, and their hashes those that a reference is looked up by."""

from collections import Counter, defaultdict

from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.linking.candidate_selection import record_terms
from alsu_kg.linking.normalisation import words
from alsu_kg.linking.record_terms import hash_record_terms
from alsu_kg.linking.term_hashes import hash_terms, hash_texts, hash_word
from alsu_kg.model.candidate import Candidate

TEXTS = st.one_of(
    st.text(max_size=20),
    st.lists(
        st.sampled_from(
            [
                "the",
                "Motor",
                "neu-\nronal",
                "NF-κB",
                "<i>x</i>",
                "a<b",
                "\0",
                "_",
                "Müller",
                "0031",
                "12",
                "Σ",
                "-",
                "日本",
            ]
        ),
        max_size=9,
    ).map(" ".join),
)
CANDIDATES = st.builds(
    Candidate, id=st.just("1"), title=TEXTS, authors=st.lists(st.tuples(TEXTS, TEXTS), max_size=8).map(tuple),
    year=st.sampled_from([None, 0, 1999, 2017]), container=TEXTS, short_container=TEXTS, volume=TEXTS, first_page=TEXTS,
)  # fmt: skip


@given(st.lists(CANDIDATES, max_size=5))
def test_a_batch_has_the_terms_of_each_record(candidates: list[Candidate]) -> None:
    found: dict[int, list[int]] = defaultdict(list)
    hashes, owners = hash_record_terms(candidates)
    for value, owner in zip(hashes.tolist(), owners.tolist(), strict=True):
        found[owner].append(value)
    for place, candidate in enumerate(candidates):
        assert Counter(found[place]) == Counter(hash_terms(record_terms(candidate)).tolist())


@given(st.lists(TEXTS, max_size=6))
def test_texts_are_taken_apart_into_their_words(texts: list[str]) -> None:
    found: dict[int, list[int]] = defaultdict(list)
    for value, owner in zip(*(some.tolist() for some in hash_texts(texts)), strict=True):
        found[owner].append(value)
    assert [found[place] for place in range(len(texts))] == [[*map(hash_word, words(text))] for text in texts]


def test_half_a_pair_is_not_the_word_in_it() -> None:
    """A reference with the volume 0 asks for ":5"; once that was the same as asking for the word "5"."""
    hashes = hash_terms([":5", "5", "5:", "5:5", "5/5"]).tolist()
    assert len(set(hashes)) == 5
