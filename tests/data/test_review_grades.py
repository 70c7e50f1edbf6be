"""Grades of ``data/reviews`` against the facts: every letter of every source, every conflict, change and warning."""

from collections import Counter

from review_facts import Fact, keys_of, needs_facts, per_fact, record_of, stated_changes, stated_grades

from alsu_kg.model.review import CATEGORIES


@needs_facts
@per_fact()
def test_standing_letters_are_those_of_the_facts_with_their_sources(fact: Fact) -> None:
    record = record_of(fact)
    stated = stated_grades(fact)
    expected = Counter((category, letter, key) for category, letter, s in stated for key in keys_of(record, s))
    assert len(expected) == len(stated)
    assert Counter((g.category, g.letter, g.stated_in) for g in record.grades if not g.superseded) == expected


@needs_facts
@per_fact()
def test_replaced_letters_are_those_of_the_history(fact: Fact) -> None:
    expected = {(c.category, c.old) for c in stated_changes(fact.grade_history or "") if c.old}
    replaced = [g for g in record_of(fact).grades if g.superseded]
    assert {(g.category, g.letter) for g in replaced} == expected
    assert len(replaced) == len(expected)


@needs_facts
@per_fact()
def test_every_change_in_the_history_is_in_the_record(fact: Fact) -> None:
    record = record_of(fact)
    changes = stated_changes(fact.grade_history or "")
    assert bool(changes) == bool(fact.grade_history)
    pages = {s.key for s in record.sources if s.kind == "review-page"}
    latest = {change.category: change for change in changes}
    updated = {str(g.category): g for g in record.grades if "update" in g.flags}
    assert set(updated) == set(latest)
    for category, change in latest.items():
        grade = updated[category]
        assert (grade.letter, grade.stated_in in pages) == (change.new, True)
        assert grade.note, "the note says what changed and why"
        assert grade.as_of == (change.date or fact.last_site_update)
    for grade in (g for g in record.grades if g.superseded):
        assert grade.stated_in in pages
        assert grade.until == next(c.date for c in changes if (c.category, c.old) == (grade.category, grade.letter))


@needs_facts
@per_fact()
def test_other_letters_are_as_old_as_their_source(fact: Fact) -> None:
    record = record_of(fact)
    dates = {source.key: source.date for source in record.sources}
    for grade in record.grades:
        if not grade.superseded and "update" not in grade.flags:
            assert grade.as_of == dates[grade.stated_in or ""], grade


@needs_facts
@per_fact()
def test_warnings_of_the_facts_are_flags(fact: Fact) -> None:
    record = record_of(fact)
    for category in CATEGORIES:
        warnings = [text for text in fact.grade_flags if text.startswith(f"{category} ")]
        letter = fact.grades[category]
        flags = {flag for g in record.grades if (g.category, g.letter) == (category, letter) for flag in g.flags}
        assert ("single-source" in flags) == any(text.endswith("snapshot only") for text in warnings)
        assert ("low-confidence" in flags) == any("low confidence" in text for text in warnings)
        assert ("combined-letter" in flags) == any("combined value" in text for text in warnings)
