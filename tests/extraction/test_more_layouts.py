# ruff: noqa: E501 - markup
"""The review of ``layouts`` as mails, note programs, converters and page builders print it, and summary pages as they print them."""

import pytest
from layouts import BRACKETS, GRADES, PARTS, POINTERS, REFERENCES, TITLE, behind, expand, html, lines

from alsu_kg.documents import load_vocabulary, parse_document
from alsu_kg.extraction.record import extract_record
from alsu_kg.extraction.summaries.grade_changes import find_changes
from alsu_kg.model.document import Text
from alsu_kg.model.review import ReviewRecord


def read(text: str, name: str) -> ReviewRecord:
    return extract_record(parse_document(text.encode(), name), load_vocabulary())


def marked(head: str, mark: str, *, cited: str = "[{}]") -> str:
    """Print Markdown whose references are lines of one paragraph, each with ``mark`` before it."""
    parts = [f"# {TITLE}"]
    for name, _, text in PARTS:
        parts += [head.format(name), BRACKETS(text) if cited == "[{}]" else noted(text, cited)]
    listed = [mark.format(i) + words for i, words in enumerate(REFERENCES, 1)]
    return "\n\n".join(parts) + "\n\n" + "\n".join(listed) + "\n"


def noted(text: str, mark: str) -> str:
    return behind(lambda numbers: "".join(mark.format(n) for n in expand(numbers)))(text)


def quoted(text: str) -> str:
    head = "From: A Reader <a@example.org>\nDate: Tue, 5 Mar 2024 10:11:12 +0000\nSubject: Fwd: a review\n\nHere it is.\n\n"
    return head + "".join(f"> {line}\n" if line else ">\n" for line in text.split("\n")) + "\n-- \nA Reader\n"


PLAIN = lines(lambda name, _: name, BRACKETS)
END = "## References\n\n"
NOTES = "".join(
    f"<li id='fn{i}'><p>{words}<a href='#r{i}' role='doc-backlink'>↩</a></p></li>"
    for i, words in enumerate(REFERENCES, 1)
)
LAYOUTS = {
    "mail.txt": quoted(PLAIN),
    "asciidoc.txt": lines(lambda name, _: f"== {name}", BRACKETS, title=f"= {TITLE}", references="== References"),
    "tex.txt": lines(lambda name, _: f"\\section{{{name}}}", BRACKETS, references="\\section*{References}"),
    "rst.txt": PLAIN.split("\n1. ")[0] + "\n" + "\n".join(f".. [{i}] {words}" for i, words in enumerate(REFERENCES, 1)),
    "square brackets.md": marked("## {}", "[{}] ").replace("\n\n[1]", "\n\n" + END + "[1]"),
    "escaped.md": marked("## {}", "{}\\. ").replace("\n\n1\\.", "\n\n" + END + "1\\."),
    "raised.md": marked("## {}", "<sup>{}</sup> ").replace("\n\n<sup>1<", "\n\n" + END + "<sup>1<"),
    "bare.md": marked("## {}", "{} ").replace("\n\n1 ", "\n\n" + END + "1 "),
    "bold labels.md": marked("## {}", "**[{}]** ").replace("\n\n**[1]", "\n\n" + END + "**[1]"),
    "bold numbers.md": marked("## {}", "**{}.** ").replace("\n\n**1.", "\n\n## References and notes\n\n**1."),
    "notes.md": marked("## {} ^part", "[^{}]: ", cited="[^{}]"),
    "named notes.md": marked("## {} [part]", "[#n{}]: ", cited="[#n{}]"),
    "notes.html": html(f"<h1>{TITLE}</h1>" + "".join(f"<h2>{name}</h2><p>{noted(text, '<a href=#fn{0}><sup>{0}</sup></a>')}</p>" for name, _, text in PARTS) + f"<section role='doc-endnotes'><ol>{NOTES}</ol></section>"),
    "accordion.html": html(f"<h1>{TITLE}</h1>" + "".join(f"<div class='accordion-item'><button aria-expanded='false'>{name}</button><div><p>{BRACKETS(text)}</p></div></div>" for name, _, text in PARTS) + f"<h2>References</h2><ol>{''.join(f'<li>{words}</li>' for words in REFERENCES)}</ol>"),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_says_the_same(name: str) -> None:
    text = LAYOUTS[name]
    record = read(text, name)
    assert (record.review.number, record.review.published) == (87, None)
    roles = [s.role for s in record.sections if s.role not in ("other", "references")]
    assert roles == [role for _, role, _ in PARTS]
    assert [(grade.category, grade.letter) for grade in record.grades] == list(GRADES)
    assert [reference.raw for reference in record.references] == list(REFERENCES)
    assert [reference.number for reference in record.references] == list(range(1, len(REFERENCES) + 1))
    numbers = [p.numbers for p in record.pointers]
    assert numbers == [cited for _, cited in POINTERS]
    for reference in record.references:
        assert reference.raw_place is not None
        assert (reference.raw or "")[:15] in text[reference.raw_place.start : reference.raw_place.end]


def test_notes_that_are_no_references_stay_text() -> None:
    text = "# Risks\n\nPALS[^1] had none.\n\n[^1]: PALS are people with ALS.\n"
    record = read(text, "a.md")
    assert record.references == ()


def test_notes_beside_a_list_of_references_stay_text() -> None:
    text = "# Risks\n\nNone[^1] seen [1].\n\n[^1]: As told by Ay. Cell. 2000;1:2.\n\n# References\n\n1. Cee D. Two. Cell. 2002;3:4.\n"
    record = read(text, "a.md")
    assert [reference.year for reference in record.references] == [2002]
    assert [p.raw for p in record.pointers] == ["[1]"]


def test_a_number_sign_in_brackets_is_no_note_where_none_is_defined() -> None:
    text = "# Risks\n\nAs in our review [#1] it harms [1].\n\n# References\n\n1. Cee D. Two. Cell. 2002;3:4.\n"
    record = read(text, "a.md")
    assert [p.raw for p in record.pointers] == ["[1]"]


def test_the_date_of_publication_below_updates_dates_none_of_them() -> None:
    shown = "".join(f"<p>{name} Grade: {letter}</p>" for name, letter in SHOWN)
    page = f"<h1>Velorin</h1><h2>Updated Review</h2><p>June 2021</p><p>We changed the Risks grade from B to C.</p><p>Published: Nov 2016</p>{shown}"
    record = read(html(page), "a.html")
    assert (record.review.updated, record.review.published) == ("2021-06", "2016-11")


def test_words_of_the_sender_are_no_part_of_the_review() -> None:
    record = read(quoted(PLAIN), "a.txt")
    assert "Here it is" not in " ".join(section.heading for section in record.sections)
    assert record.review.title == TITLE


def test_a_drawn_name_is_no_text() -> None:
    record = read(html("<h1>Velorin</h1><h2>Risks <svg aria-label='Search'></svg></h2><p>Few.</p>"), "a.html")
    assert [section.heading for section in record.sections] == ["Velorin", "Risks"]


def test_the_issue_of_a_journal_cites_nothing() -> None:
    text = "# Risks\n\nAmyotroph Lateral Scler 25(1-2):1-6. It harms (1).\n\n# References\n\n1. Ay B. One. Cell. 2001;2:3.\n2. Cee D. Two. Cell. 2002;3:4."
    assert [p.numbers for p in read(text, "a.md").pointers] == [(1,)]


def test_a_page_states_its_date_for_search_engines() -> None:
    page = "<html><head><meta name='citation_publication_date' content='{}'></head><body><h1>ALSUntangled 87: Velorin</h1>{}<h2>Risks</h2><p>Few.</p></body></html>"
    assert read(page.format("2024/2/14", ""), "a.html").review.published == "2024-02-14"
    assert read(page.format("2024", ""), "a.html").review.published == "2024"
    assert read(page.format("14 Feb", ""), "a.html").review.published is None
    assert (
        read(page.format("2024/02/17", "<p>Published online: 3 Feb 2024</p>"), "a.html").review.published
        == "2024-02-03"
    )


SHOWN = tuple(
    zip(("Mechanism", "Pre-clinical", "Cases", "Trials", "Risks"), [letter for _, letter in GRADES], strict=True)
)
BEHIND = "<p>Published: May 3, 2018</p><p>Velorin did not slow ALS. We do not advise it for PALS.</p>"
SUMMARIES = {
    "titles of toggles": "<h5>{0}: Grade {1}</h5><div><p>Some words.</p></div>",
    "buttons of panels": "<div class='card-header'><button data-toggle='collapse'>{0} <span class='badge'>{1}</span></button></div><div><p>Some words.</p></div>",
    "bars": "<div><span>{0} Grade</span><div role='progressbar'><span>{1}</span><span>60%</span></div></div>",
    "of": "<p>TOE {0} grade of {1}</p>",
    "chips": "<span><span>{0}</span> <span>{1}</span></span>",
    "fields": "<p>{0} Grade:: {1}</p>",
}


@pytest.mark.parametrize("form", SUMMARIES)
def test_grades_of_page_builders(form: str) -> None:
    shown = "".join(SUMMARIES[form].format(*pair) for pair in SHOWN)
    record = read(
        f"<html><head><title>Velorin</title></head><body><h1>Velorin</h1>{shown}{BEHIND}</body></html>", "a.html"
    )
    assert [(g.category, g.letter, g.as_of) for g in record.grades] == [(*grade, "2018-05-03") for grade in GRADES]
    assert record.advice is not None


def test_a_button_of_a_menu_is_no_heading() -> None:
    body = "<div class='accordion'><button aria-expanded='false'>Open menu</button></div><h2>Risks</h2><p>Few.</p>"
    assert [s.heading for s in read(html(body), "a.html").sections] == ["Risks"]


def test_letters_before_and_after_an_update_in_columns() -> None:
    rows = "".join(
        f"<tr><td>{name}</td><td>{'U' if name == 'Trials' else letter}</td><td>{letter}</td></tr>"
        for name, letter in SHOWN
    )
    table = f"<table><tr><th>Category</th><th>Original grade</th><th>Updated grade (June 2021)</th></tr>{rows}</table>"
    record = read(f"<html><body><h1>Velorin</h1>{table}{BEHIND}</body></html>", "a.html")
    assert record.review.updated == "2021-06"
    assert [(g.letter, g.as_of, g.until) for g in record.grades if g.category == "trials"] == [
        ("U", "2018-05-03", "2021-06"),
        ("F", "2021-06", None),
    ]
    assert [(g.letter, g.as_of) for g in record.grades if g.category == "mechanism"] == [("B", "2018-05-03")]
    assert record.advice is not None


def test_each_update_under_its_own_date() -> None:
    updates = "<h2>Updates</h2><h4>September 2021</h4><p>We lowered Trials from U to F.</p><h4>January 2020</h4><p>We changed the Risks grade from B to C.</p><h2>Key Information</h2>"
    shown = "".join(f"<p>{name} Grade: {letter}</p>" for name, letter in SHOWN)
    record = read(f"<html><body><h1>Velorin</h1>{updates}{shown}{BEHIND}</body></html>", "a.html")
    assert [(g.category, g.letter, g.as_of) for g in record.grades if g.flags == ("update",)] == [
        ("trials", "F", "2021-09"),
        ("risks", "C", "2020-01"),
    ]


def test_a_letter_without_the_word_grade_changes_only_where_both_letters_stand() -> None:
    assert [c.new for c in find_changes(Text("We lowered Risks from B to C."), None)] == ["C"]
    assert list(find_changes(Text("We lowered risks from A to the whole."), None)) == []


def test_marks_of_quotation_inside_a_paragraph_are_no_text() -> None:
    shown = "".join(f"> {name} Grade: {letter}\n" for name, letter in SHOWN)
    text = f"# Velorin\n\n> [!info] Key Information\n{shown}> Published: May 3, 2018\n\nWe do not advise velorin for PALS.\n"
    assert [(g.category, g.letter) for g in read(text, "a.md").grades] == list(GRADES)
    passage = parse_document(b"# Risks\n\n> It harms\n> the liver.\n", "a.md").blocks[1]
    assert passage.text.text == "It harms the liver."


HEADED = [(name, role, BRACKETS(text)) for name, role, text in PARTS]
FRONT = f"<h1>{TITLE}</h1>"
BODY = "".join(f"<h2>{name}</h2><p>{text}</p>" for name, _, text in HEADED)
JOURNALS = {
    "links below each reference": "<ol>" + "".join(f"<li><p>{words}</p><p><a>Article</a> <a>PubMed</a> <a>Google Scholar</a></p></li>" for words in REFERENCES) + "</ol><p>Download references</p>",
    "what follows the list": "".join(f"<p>{i}. {words}</p><p>PubMed Abstract | CrossRef Full Text | Google Scholar</p>" for i, words in enumerate(REFERENCES, 1)) + "<p>Keywords: ALS, velorin</p><p>Citation: Group (2021) Velorin.</p>",
    "labels and arrows": "<ol>" + "".join(f"<li><span>{i}.</span><a>↵</a><div>{words}</div><div><a>OpenUrl</a><a>CrossRef</a></div></li>" for i, words in enumerate(REFERENCES, 1)) + "</ol>",
    "ways back": "<ol>" + "".join(f"<li><span class='mw-cite-backlink'><a>^</a></span> <span>{words}</span></li>" for words in REFERENCES) + "</ol><div><a>Categories</a></div>",
}  # fmt: skip


@pytest.mark.parametrize("form", JOURNALS)
def test_reference_lists_of_publishers(form: str) -> None:
    record = read(html(f"{FRONT}{BODY}<h2>References</h2>{JOURNALS[form]}"), "a.html")
    assert [reference.raw for reference in record.references] == list(REFERENCES)
    assert [p.numbers for p in record.pointers] == [cited for _, cited in POINTERS]


def test_a_contents_list_and_links_to_editors_are_no_headings() -> None:
    contents = "<div class='toc'><h2>Contents</h2><ul><li>Risks</li></ul></div>"
    edit = "<span class='mw-editsection'>[<a>edit</a>]</span>"
    record = read(html(f"{FRONT}{contents}<h2>Risks{edit}</h2><p>Few.</p>"), "a.html")
    assert [section.heading for section in record.sections if section.role != "other"] == ["Risks"]


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_list_without_heading_at_the_end(name: str) -> None:
    mark = "# " if name == "a.md" else ""
    text = "\n\n".join([mark + TITLE, *(f"{mark}{head}\n\n{text}" for head, _, text in HEADED)])
    listed = "\n\n".join(f"[{i}] {words}" for i, words in enumerate(REFERENCES, 1))
    assert [r.number for r in read(f"{text}\n\n{listed}\n", name).references] == list(range(1, len(REFERENCES) + 1))
    steps = "\n\n".join(f"{i}. Ask a doctor about this, please." for i in range(1, 5))
    assert read(f"{text}\n\n{steps}\n", name).references == ()


def test_an_old_page_laid_out_with_a_table() -> None:
    cell = "<br><br>".join(f"<b>{name}</b><br>{text}" for name, _, text in HEADED)
    listed = "<br>".join(f"{i}. {words}" for i, words in enumerate(REFERENCES, 1))
    page = f"<b>{TITLE}</b><table><tr><td>Home</td><td>{cell}<br><br><b>References</b><br>{listed}</td></tr></table>"
    record = read(html(page), "a.html")
    assert [s.role for s in record.sections if s.role != "other"] == [role for _, role, _ in PARTS] + ["references"]
    assert [reference.raw for reference in record.references] == list(REFERENCES)


def test_spans_and_anchors_that_converters_write() -> None:
    record = read("# []{#_Toc1 .anchor}Risks\n\nIt [may]{.underline} harm.\n", "a.md")
    assert [section.heading for section in record.sections] == ["Risks"]
    assert parse_document(b"# Risks\n\nIt [may]{.underline} harm.\n", "a.md").blocks[1].text.text == "It may harm."


def test_what_a_program_says_of_a_page_is_not_of_the_page() -> None:
    shown = "".join(f"* {name} Grade: {letter}\n" for name, letter in SHOWN)
    head = "Title: Velorin - The Site\n\nURL Source: https://example.org/\n\nPublished Time: 2021-09-01T08:00:00Z\n\nMarkdown Content:\n"
    record = read(f"{head}## Key Information\n\n{shown}\nWe do not advise velorin for PALS.\n", "a.md")
    assert record.review.published is None
    assert record.treatment is not None
    assert record.treatment.label == "Velorin"


MORE_SUMMARIES = {
    "a word between": "".join(f"<div><h4>{name}</h4><p>TOE Grade</p><div>{letter}</div></div>" for name, letter in SHOWN),
    "drawn letters": "".join(f"<div><b>{name} Grade</b> <svg role='img' aria-label='Grade {letter}'></svg></div>" for name, letter in SHOWN),
    "a head over heads": "<table><tr><th colspan=5>TOE Grades</th></tr><tr>" + "".join(f"<th>{name}</th>" for name, _ in SHOWN) + "</tr><tr>" + "".join(f"<td>{letter}</td>" for _, letter in SHOWN) + "</tr></table>",
    "one line": "<p>TOE grades: " + ", ".join(f"{name} {letter}" for name, letter in SHOWN) + "</p>",
}  # fmt: skip


@pytest.mark.parametrize("form", MORE_SUMMARIES)
def test_more_forms_of_grades(form: str) -> None:
    record = read(html(f"<h1>Velorin</h1>{MORE_SUMMARIES[form]}{BEHIND}"), "a.html")
    assert [(g.category, g.letter, g.as_of) for g in record.grades] == [(*grade, "2018-05-03") for grade in GRADES]
    assert record.advice is not None


def test_the_name_above_a_drawn_table() -> None:
    rows = "\n".join(f"{name:14} | {letter}" for name, letter in SHOWN)
    record = read(
        f"Velorin\n\nTOE category   | Grade\n---------------+------\n{rows}\n\nWe do not advise it for PALS.\n", "a.txt"
    )
    assert record.treatment is not None
    assert record.treatment.label == "Velorin"


def test_a_table_of_changes() -> None:
    shown = "".join(f"<p>{name} Grade: {letter}</p>" for name, letter in SHOWN)
    table = "<table><tr><th>Date</th><th>Category</th><th>From</th><th>To</th></tr><tr><td>June 2021</td><td>Trials</td><td>U</td><td>F</td></tr></table>"
    record = read(html(f"<h1>Velorin</h1>{table}<h3>Key Information</h3>{shown}{BEHIND}"), "a.html")
    assert [(g.letter, g.as_of, g.until) for g in record.grades if g.category == "trials"] == [
        ("U", "2018-05-03", "2021-06"),
        ("F", "2021-06", None),
    ]
