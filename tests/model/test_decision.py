"""Decisions: keys that stay, the last one counts, a person wins over the machine, and text that reads back."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.model.decision import (
    Candidate,
    Decision,
    Proposal,
    apply_decisions,
    claim_key,
    propose_claims,
    standing,
)
from alsu_kg.model.decision_rows import (
    HEAD,
    propose_links,
    propose_mappings,
    read_json_lines,
    read_mapping_rows,
    write_json_line,
    write_mapping_rows,
)
from alsu_kg.model.review import Claim, Path, Place, Review, ReviewRecord, Source, Verdict


def claim(subject: str, start: int = 0, **other: object) -> Claim:
    told = {"object": "b", "predicate": "affects", "status": "asserted", "place": Place(start=start, end=start + 5)}
    return Claim(subject=subject, **{**told, **other})  # type: ignore[arg-type]


def record(*claims: Claim, sha: str | None = "s" * 64, paths: tuple[Path, ...] = ()) -> ReviewRecord:
    source = Source(key="document", kind="document", sha256=sha)
    return ReviewRecord(record="x", review=Review(), sources=(source,), claims=claims, paths=paths)


def decide(found: ReviewRecord, position: int, verdict: Verdict, changed: Claim | None = None) -> Decision:
    proposal = Proposal(key=claim_key(found, found.claims[position]), claim=found.claims[position])
    return Decision(verdict=verdict, by="A", at="2026-01-02T03:04:05+00:00", proposal=proposal, claim=changed)


def test_a_key_depends_on_source_place_and_triple_and_on_nothing_else() -> None:
    one = claim("a")
    key = claim_key(record(one), one)
    assert claim_key(record(claim("z"), one), one) == key
    assert claim_key(record(one), msgspec.structs.replace(one, status="negated", note="n")) == key
    for other in (claim("a2"), claim("a", 7), claim("a", object="c"), claim("a", predicate="treats")):
        assert claim_key(record(other), other) != key
    assert claim_key(record(one, sha="t" * 64), one) != key


def test_a_person_wins_when_the_machine_reads_again() -> None:
    draft = record(claim("a"), claim("b"), claim("c"), claim("d"))
    changed = claim("b", status="hypothesised")
    decisions = [decide(draft, 0, "accept"), decide(draft, 1, "change", changed), decide(draft, 2, "reject")]
    read_again = record(claim("new", 99), *draft.claims)
    found = apply_decisions(read_again, decisions)
    assert [(c.subject, c.status, c.decided and c.decided.verdict) for c in found.claims] == [
        ("new", "asserted", None),
        ("a", "asserted", "accept"),
        ("b", "hypothesised", "change"),
        ("d", "asserted", None),
    ]
    assert found.claims[1].decided is not None
    assert (found.claims[1].decided.by, found.claims[1].decided.date) == ("A", "2026-01-02")
    assert apply_decisions(found, decisions) == found
    assert [p.claim and p.claim.subject for p in propose_claims(found)] == ["new", "d"]


def test_a_path_keeps_its_claims_when_others_go_and_goes_with_its_own() -> None:
    paths = (Path(hops=(1, 2), weakest=2), Path(hops=(0, 2), weakest=0))
    draft = record(claim("a"), claim("b"), claim("c"), paths=paths)
    found = apply_decisions(draft, [decide(draft, 0, "reject")])
    assert [[found.claims[hop].subject for hop in path.hops] for path in found.paths] == [["b", "c"]]
    assert found.paths[0].weakest == 1


def test_the_last_decision_counts_and_one_taken_back_does_not() -> None:
    draft = record(claim("a"))
    accept, reject = decide(draft, 0, "accept"), decide(draft, 0, "reject")
    withdrawn = msgspec.structs.replace(accept, verdict="withdraw")
    assert list(standing([accept, reject]).values()) == [reject]
    assert standing([accept, withdrawn]) == {}
    assert list(standing([accept, withdrawn, reject]).values()) == [reject]


words = st.text(st.characters(codec="utf-8"), max_size=12)
names = st.text("abcXYZ012éκ", min_size=1, max_size=8)


@given(st.lists(st.tuples(words, names, st.sampled_from(["accept", "reject", "withdraw"]))), st.integers(0, 40))
def test_json_lines_read_back_and_a_cut_off_end_costs_one_line(told: list[tuple[str, str, str]], cut: int) -> None:
    made = [
        Decision(verdict=verdict, by=by, at="2026", proposal=Proposal(key=f"k{i}", label=label))  # type: ignore[arg-type]
        for i, (label, by, verdict) in enumerate(told)
    ]
    text = "".join(map(write_json_line, made))
    assert read_json_lines(text) == (made, [])
    torn, broken = read_json_lines(text[: max(0, len(text) - cut - 1)])
    assert torn == made[: len(torn)]
    assert len(broken) <= 1


@given(st.lists(st.tuples(words, names, st.sampled_from(["accept", "reject", "withdraw"])), min_size=1))
def test_an_sssom_table_reads_back_whatever_the_labels_hold(told: list[tuple[str, str, str]]) -> None:
    candidates = (Candidate(id="a:1", label="one\ttwo"), Candidate(id="a:2", label='"'))
    text = HEAD
    for number, (label, by, verdict) in enumerate(told):
        proposal = Proposal(key=f"w:{number}", label=label, candidates=candidates)
        chosen = None if verdict == "reject" else candidates[0]
        at = "2026-01-02T03:04:05+00:00"
        text += write_mapping_rows(Decision(verdict=verdict, by=by, at=at, proposal=proposal, chosen=chosen))  # type: ignore[arg-type]
    found, broken = read_mapping_rows(text)
    assert broken == []
    assert [(d.proposal.key, d.by, d.verdict, d.at) for d in found] == [
        (f"w:{number}", by, verdict, "2026-01-02") for number, (_, by, verdict) in enumerate(told)
    ]
    assert all((d.chosen is None) == (d.verdict == "reject") for d in found)


def test_a_rejection_denies_every_candidate_and_says_that_there_is_none() -> None:
    candidates = (Candidate(id="a:1"), Candidate(id="a:2"))
    proposal = Proposal(key="w:1", label="AZA", candidates=candidates)
    text = write_mapping_rows(Decision(verdict="reject", by="orcid:0000-0000-0000-0000", at="2026", proposal=proposal))
    rows = [line.split("\t") for line in text.splitlines()]
    assert [(row[3], row[4]) for row in rows] == [("Not", "a:1"), ("Not", "a:2"), ("", "sssom:NoTermFound")]
    assert all(row[6] == "semapv:ManualMappingCuration" for row in rows)
    assert all(row[7] == "orcid:0000-0000-0000-0000" for row in rows)


def test_machine_rows_become_one_proposal_a_subject_surest_first() -> None:
    table = (
        "#comment: x\nsubject_id\tobject_id\tmapping_justification\tconfidence\tsubject_label\n"
        "w:1\ta:1\tsemapv:LexicalMatching\t0.2\tAZA\nw:2\ta:3\tsemapv:ManualMappingCuration\t1\tx\n"
        "w:1\ta:2\tsemapv:LexicalMatching\t0.7\tAZA\n"
    )
    (found,) = propose_mappings(table)
    assert (found.key, found.label, [c.id for c in found.candidates]) == ("w:1", "AZA", ["a:2", "a:1"])


def test_links_that_are_open_become_proposals() -> None:
    rows = [
        '{"id": "1", "decision": "linked", "work": {"id": "a"}}',
        '{"id": "2", "decision": "ambiguous", "candidates": [{"id": "b", "doi": "10.1/B", "title": "T", "score": 0.4}]}',
        '{"id": "3", "decision": "unlinked", "reason": "web page", "runner_up": null}',
    ]
    found = propose_links("\n".join(rows))
    assert [(p.key, [c.id for c in p.candidates]) for p in found] == [
        ("alsu-ref:2", ["doi:10.1/b"]),
        ("alsu-ref:3", []),
    ]
