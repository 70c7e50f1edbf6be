"""An Explanation as one web page that loads nothing: for a wide or narrow screen, paper and a screen reader."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from alsu_kg.analysis.explanation import (
    BASIS_NOTE,
    CHANGES_NOTE,
    NOTICE,
    Assessment,
    Change,
    Clause,
    Explanation,
    Hop,
    MechanismPath,
    Source,
    Statement,
    Work,
)
from alsu_kg.answers.explanation_text import say_effect
from alsu_kg.web.elements import Cell, Child, Element, clean, element, items, link, table, write_document
from alsu_kg.web.style import STYLE

_STATUS_WORDS: Final = {"no-evidence": "no evidence found"}
_SECTIONS: Final = (
    ("letters", "What the letters mean"),
    ("change", "What would change it"),
    ("basis", "What it rests on"),
    ("works", "Works"),
    ("history", "History of the letter"),
    ("rubric", "About the rubric"),
)


def write_page(explanation: Explanation) -> str:
    """Write ``explanation`` as a whole HTML page; all its text is escaped."""
    title = f"{explanation.treatment}, {explanation.category}: {explanation.verdict()}"
    parts = {key: [part for part in make(explanation) if part is not None] for key, make in _PARTS.items()}
    shown = [(key, name) for key, name in _SECTIONS if parts[key]]
    main = element("main", *_top(explanation, title), _contents(shown), id="main")
    for key, name in shown:
        main.append(element("section", element("h2", name, id=key), *parts[key], aria_labelledby=key))
    foot = element(
        "footer", element("p", NOTICE), element("p", "Made by alsu-kg from its records; not by the reviewers.")
    )
    skip = element("a", "Skip to the explanation", href="#main", class_="skip")
    return write_document(f"Why? {title}", STYLE, element("body", skip, main, foot))


def _top(explanation: Explanation, title: str) -> list[Element]:
    reviews = ", ".join(explanation.reviews)
    letters = [element("span", letter, class_="letter") for letter in explanation.letters]
    shown = letters or [element("span", "not known", class_="letter unknown")]
    between = [child for letter in shown for child in (" or ", letter)][1:]
    words = element("div", *(element("p", said) for said in explanation.in_words))
    boxes = [_box("Warnings", explanation.flags, "box warnings"), _box("Not known", explanation.unknown, "box")]
    return [
        element("header", element("p", f"ALSUntangled review {reviews}", class_="meta"), element("h1", title)),
        element("p", explanation.question or "", class_="small"),
        element("p", NOTICE, class_="notice", role="note"),
        element("div", element("div", *between, class_="letters"), words, class_="verdict"),
        element("div", *boxes, class_="pair"),
    ]


def _box(name: str, texts: Sequence[str], kind: str) -> Element | None:
    return element("section", element("h2", name), items("ul", texts), class_=kind) if texts else None


def _contents(shown: Sequence[tuple[str, str]]) -> Element:
    return element(
        "nav", items("ul", [element("a", name, href=f"#{key}") for key, name in shown]), aria_label="On this page"
    )


def _letters(explanation: Explanation) -> list[Element]:
    rows = [(("current" if clause.is_current else None), _clause(clause)) for clause in explanation.clauses]
    version = explanation.rubric_version or "version not known"
    caption = f"Rubric {version}, in our own words. The letter now is marked as current."
    return [table(caption, ("Letter", "Meaning", "How that is known"), rows)] if rows else []


def _clause(clause: Clause) -> list[Cell]:
    sources = [child for source in clause.sources for child in (" ", link(_short(source), source))]
    examples = f"; seen on {', '.join(clause.examples)}" if clause.examples else ""
    notes = [element("p", note, class_="meta note") for note in clause.notes]
    letter = [element("span", clause.letter, class_="letter"), " current" if clause.is_current else None]
    return [letter, [clause.text or "Definition not known.", *notes], [clause.basis + examples, *sources]]


def _changes(explanation: Explanation) -> list[Element]:
    rows = [("weak" if change.what is None else None, _change(change)) for change in explanation.changes]
    if not rows:
        return []
    columns = ("Letters", "What would have to come", "How sure")
    return [element("p", CHANGES_NOTE, class_="small"), table("Seen from the letter now.", columns, rows)]


def _change(change: Change) -> list[Cell]:
    pair: list[Child] = [
        element("span", change.from_letter, class_="letter"),
        " to ",
        element("span", change.to_letter, class_="letter"),
    ]
    return [pair, change.what or "Not known.", change.basis]


def _basis(explanation: Explanation) -> list[Element]:
    parts = [part for number, path in enumerate(explanation.paths, 1) for part in _path(path, number)]
    if explanation.statements:
        columns = ("Statement", "Status", "Seen in", "Rests on", "Stated in")
        rows = [(None, _statement(one)) for one in explanation.statements]
        parts += [element("h3", "Statements"), table(f"{len(rows)} in all.", columns, rows)]
    return [element("p", BASIS_NOTE, class_="small"), *parts] if parts else []


def _path(path: MechanismPath, number: int) -> list[Element]:
    steps = element("ol", class_="path")
    for hop in path.hops:
        meta = [
            element("p", *cell, class_="meta")
            for cell in (_seen_in(hop.claim), _rests_on(hop.claim), _stated_in(hop.claim))
        ]
        said = [
            element("strong", hop.claim.words),
            " ",
            _status(hop.claim),
            *_remarks(hop.claim),
            *meta,
            *_against(hop),
        ]
        steps.append(element("li", *said, class_="weakest" if hop.is_weakest else None))
    return [element("h3", f"Mechanism path {number}{say_effect(path)}"), steps]


def _against(hop: Hop) -> list[Element]:
    against = "Weakest step" if hop.is_weakest else "Against it"
    why = f": {hop.reasons}" if hop.reasons else ""
    said = [element("p", against + why, class_="why")] if why or hop.is_weakest else []
    if hop.context_change:
        said.append(element("p", f"The context changes here: {hop.context_change}", class_="meta"))
    if hop.not_known:
        said.append(element("p", f"Not known: {hop.not_known}", class_="meta"))
    return said


def _statement(one: Statement) -> list[Cell]:
    points = element("dl", *(element("div", element("dt", name), element("dd", value)) for name, value in one.points))
    said: list[Child] = [one.words, points if one.points else None, *_remarks(one)]
    return [said, [_status(one)], _seen_in(one), _rests_on(one), _stated_in(one)]


def _remarks(one: Statement) -> list[Element]:
    note = [element("p", one.note, class_="meta note")] if one.note else []
    return note + [element("p", f"Warning: {flag}", class_="why") for flag in one.flags]


def _status(one: Statement) -> Child:
    if one.status is None:
        return "reported"
    return element("span", _STATUS_WORDS.get(one.status, one.status), class_=f"status {one.status}")


def _seen_in(one: Statement) -> list[Child]:
    return [one.context or ("Context not stated" if one.kind == "Claim" else "As described")]


def _rests_on(one: Statement) -> list[Child]:
    if not one.works:
        return ["No reference recorded"]
    links: list[Child] = []
    for key in one.works:
        links += [", " if links else "Reference ", element("a", f"[{key}]", href=f"#{_anchor(key)}")]
    return links


def _stated_in(one: Statement) -> list[Child]:
    section = [f", section {one.section}"] if one.section else []
    if not one.sources:
        return ["Source not known", *section]
    named: list[Child] = [] if len(one.sources) == 1 else ["One of: "]
    for place, source in enumerate(one.sources):
        named += ["; " if place else None, *_source(source)]
    return [*named, *section]


def _source(source: Source) -> list[Child]:
    name = source.title or (_short(source.address) if source.address else "source not known")
    return [link(name, source.address), " (", _date(source.as_of or "date not known"), ")"]


def _date(words: str) -> Element:
    return element("span", words, class_="date")


def _short(address: str) -> str:
    """Shorten an address for reading: its host and the end of its path."""
    host, _, path = address.removeprefix("https://").removeprefix("http://").partition("/")
    last = path.rstrip("/").rsplit("/", 1)[-1]
    return f"{host}/…/{last}" if path.rstrip("/").count("/") else f"{host}/{last}" if last else host


def _anchor(key: str) -> str:
    return "work-" + quote(clean(key), safe="").replace("%", "-")


def _works(explanation: Explanation) -> list[Element]:
    rows = [(None, _work(work)) for work in explanation.works]
    columns = ("No.", "Work", "Identifiers", "Linked", "Retraction")
    return [table("What the statements cite.", columns, rows)] if rows else []


def _work(work: Work) -> list[Cell]:
    title = element("p", work.title, class_="meta") if work.title and work.title != work.label else None
    ids: list[Child] = []
    if work.doi:
        ids.append(link(f"doi:{work.doi}", "https://doi.org/" + quote(clean(work.doi), safe="/():;.,")))
    if work.pmid:
        ids += [
            " " if ids else None,
            link(f"PMID {work.pmid}", f"https://pubmed.ncbi.nlm.nih.gov/{quote(clean(work.pmid))}/"),
        ]
    linked = f"{work.link_status or 'named by a source'}{f' ({work.link_reason})' if work.link_reason else ''}"
    return [
        element("span", work.key, id=_anchor(work.key)),
        [work.label, title],
        ids or "not known",
        linked,
        work.retracted,
    ]


def _history(explanation: Explanation) -> list[Element]:
    rows = [(("current" if one.current else None), _assessment(one)) for one in explanation.history]
    columns = ("Letter", "Date", "State", "Source", "Note, in our words")
    return [table("Oldest first; undated ones last. Nothing is overwritten.", columns, rows)] if rows else []


def _assessment(one: Assessment) -> list[Cell]:
    until = f" until {one.until}" if one.until else ""
    state = "current" if one.current else "replaced by its source" if one.replaced else "not current"
    name = one.source.title or (_short(one.source.address) if one.source.address else "source not known")
    kind = f" ({one.source.kind})" if one.source.kind else ""
    flags = [element("p", f"Marked: {', '.join(one.flags)}", class_="meta")] if one.flags else []
    return [
        element("span", one.letter, class_="letter"),
        [_date(one.source.as_of or "not known"), until],
        element("span", state, class_="date"),
        [link(name, one.source.address), kind, *flags],
        one.note or "not known here",
    ]


def _rubric(explanation: Explanation) -> list[Element]:
    if not explanation.rubric_notes:
        return []
    said: list[list[Child]] = [
        [
            f"{note.text} ({note.basis or 'our remark'})",
            *(child for source in note.sources for child in (" ", link(_short(source), source))),
        ]
        for note in explanation.rubric_notes
    ]
    return [items("ul", said)]


_PARTS: Final = {
    "letters": _letters,
    "change": _changes,
    "basis": _basis,
    "works": _works,
    "history": _history,
    "rubric": _rubric,
}
