"""The words that the reader works with, as they stand in data/lexicon."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alsu_kg.documents import load_vocabulary
from alsu_kg.extraction.lead_words import by_order
from alsu_kg.extraction.relation_words import lower_case
from alsu_kg.extraction.vocabulary import Vocabulary, parse_vocabulary
from alsu_kg.model.errors import AssetError

LEXICON = Path(__file__).resolve().parents[2] / "data" / "lexicon"


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_hints_never_hide_a_match(data: st.DataObject) -> None:
    """Whatever a pattern matches holds one of its hints."""
    vocabulary = load_vocabulary()
    rows = [(row.pattern, row.hints) for row in vocabulary.predicates if row.hints]
    rows += [(row.pattern, row.hints) for row in vocabulary.cues if row.hints]
    pattern, hints = data.draw(st.sampled_from(rows))
    text = data.draw(st.from_regex(re.compile(pattern.pattern, re.IGNORECASE | re.ASCII)))
    assert any(hint in text.lower() for hint in hints), (pattern.pattern, hints, text)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_leads_never_hide_a_match(data: st.DataObject) -> None:
    """Wherever a pattern matches, it is known from the words of the text that it may start there.

    Relation words are tried there at once, so these must match by what letters are beyond ASCII, too.
    """
    vocabulary = load_vocabulary()
    rows = [*(row.pattern for row in vocabulary.predicates), *(row.pattern for row in vocabulary.cues)]
    order = data.draw(st.sampled_from(range(len(rows))))
    ascii_only = re.compile(rows[order].pattern, re.IGNORECASE | re.ASCII)
    text = data.draw(st.from_regex(ascii_only))
    relations, cues = vocabulary.find_started(lower_case(text), vocabulary.words.of(text))
    places = [place for place, which, _, _ in relations if which == order]
    places += [place for which, place, _ in by_order(cues) if which + len(vocabulary.predicates) == order]
    wanted = {match.start() for match in ascii_only.finditer(text)}
    if order < len(vocabulary.predicates):
        wanted = {at for at in wanted if rows[order].match(lower_case(text), at)}
    assert wanted <= set(places), (rows[order].pattern, text)


def test_relation_words_are_found_whatever_their_case() -> None:
    """Also behind a letter that is two in lower case."""
    vocabulary = load_vocabulary()
    text = "\u0130t INHIBITS and Reduces"
    relations, _ = vocabulary.find_started(lower_case(text), vocabulary.words.of(text))
    found = {text[match.start() : match.end()] for _, _, _, match in relations if match}
    assert {"INHIBITS", "Reduces"} <= {each.strip() for each in found}


def test_most_patterns_have_hints() -> None:
    vocabulary = load_vocabulary()
    assert sum(bool(row.hints) for row in vocabulary.predicates) > 0.9 * len(vocabulary.predicates)
    slow = [row.pattern.pattern for row in vocabulary.predicates if not row.leads]
    slow += [row.pattern.pattern for row in vocabulary.cues if not row.leads]
    assert slow == [], "tried at every letter: start the pattern with a word, not with what may stand before it"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("It reduces inflammation", "asserted"),
        ("It may reduce inflammation", "hypothesised"),
        ("It did not reduce inflammation", "negated"),
        ("It has not been tested in mice", "no-evidence"),
        ("There are no studies of it", "no-evidence"),
        ("It is not clear that it helps", "unclear"),
        ("It could possibly harm", "speculated"),
    ],
)
def test_status(text: str, status: str) -> None:
    assert load_vocabulary().status_of(text) == status
    assert load_vocabulary().status_of(text, load_vocabulary().words.of(text)) == status


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("NF-κB and NF-kappaB signaling", ["NF-kB", "NF-kB"]),
        ("PALS with als and ALS", ["human", "amyotrophic lateral sclerosis"]),
        ("Within microglia, activation of it", ["microglia"]),
        ("SOD1-G93A mice and mice", ["SOD1-G93A mouse", "mouse"]),
    ],
)
def test_terms(text: str, labels: list[str]) -> None:
    assert [match.term.label for match in load_vocabulary().find_terms(text)] == labels


@pytest.mark.parametrize(
    ("name", "line", "message"),
    [
        ("terms.tsv", "just one", "columns"),
        ("predicates.tsv", "a(b\taffects\tnone\tactive", "regular expression"),
        ("cues.tsv", "hypothesised\ta(b", "regular expression"),
    ],
)
def test_a_bad_line_is_named(name: str, line: str, message: str) -> None:
    text = (LEXICON / name).read_text(encoding="utf-8") + line + "\n"
    with pytest.raises(AssetError, match=message) as caught:
        parse_vocabulary({name: text})
    assert name in str(caught.value)


def test_a_new_word_is_a_new_line() -> None:
    text = "label\tkind\tsynonyms\nfoo receptor\tprocess\tFOOR\n"
    vocabulary: Vocabulary = parse_vocabulary({"terms.tsv": text})
    assert [m.term.label for m in vocabulary.find_terms("It blocks FOOR and foo receptors.")] == [
        "foo receptor",
        "foo receptor",
    ]
