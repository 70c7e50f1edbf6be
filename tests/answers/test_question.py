"""Headers of questions and the binding of parameters as terms."""

import pytest

from alsu_kg.answers.question import Question, bind, parse_question
from alsu_kg.graph.ntriples import text
from alsu_kg.model.errors import AssetError, UsageError

HEADER = """#+ summary: Who shares what?
#+ description: >-
#+   Everyone, over
#+   two lines.
#+ parameters:
#+   - {name: who, type: treatment, example: testazine, optional: true, description: only this one}
#+   - {name: level, type: integer, example: 1, optional: true, description: how far up}
#+   - {name: need, type: text, example: x, optional: false, description: what is needed}
#+ columns:
#+   - {name: a, description: the first}
#+   - {name: b, description: the rest, list: true}
"""
BODY = """PREFIX ex: <https://example.org/>
SELECT ?a ?b
WHERE {
  VALUES (?_who ?_who_given) { (UNDEF UNDEF) }
  VALUES ?_level { 0 }
  VALUES ?_need { UNDEF }
  GRAPH ?g { ?_who ex:p ?a ; ex:level ?_level ; ex:need ?_need }
}
"""


def _question() -> Question:
    return parse_question(HEADER + BODY, "who_shares")


def test_header_is_read_and_left_out_of_the_query() -> None:
    question = _question()
    assert question.summary == "Who shares what?"
    assert question.description == "Everyone, over two lines."
    assert [(p.name, p.type, p.example, p.optional) for p in question.parameters] == [
        ("who", "treatment", "testazine", True),
        ("level", "integer", 1, True),
        ("need", "text", "x", False),
    ]
    assert [(column.name, column.list) for column in question.columns] == [("a", False), ("b", True)]
    assert question.sparql == BODY


def test_terms_stand_where_undef_stood() -> None:
    bound = bind(_question(), {"who": "<x:1>", "level": '"2"', "need": '"n"'})
    assert "  VALUES (?_who ?_who_given) { (<x:1> true) }\n" in bound
    assert '  VALUES ?_level { "2" }\n' in bound
    assert '  VALUES ?_need { "n" }\n' in bound
    assert "UNDEF" not in bound
    assert bound.count("\n") == BODY.count("\n")


def test_a_parameter_that_is_not_given_leaves_no_line_and_a_default_stays() -> None:
    bound = bind(_question(), {"need": '"n"'})
    assert "_who_given" not in bound
    assert "VALUES ?_level { 0 }" in bound


@pytest.mark.parametrize(
    "value", ["\\1", "\\g<0>", "$1", "{ }", "} VALUES ?_level { 9", "UNDEF", "\n  VALUES ?_level { 9 }\n"]
)
def test_a_value_is_never_read_as_a_pattern(value: str) -> None:
    bound = bind(_question(), {"need": text(value)})
    assert f"  VALUES ?_need {{ {text(value)} }}\n" in bound
    assert "VALUES ?_level { 0 }" in bound
    assert bound.count("\n") == BODY.count("\n") - 1


def test_unknown_parameter_is_named_with_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"who_shares has no parameter 'whom'.*use level, need, who"):
        bind(_question(), {"whom": "<x:1>", "need": '"n"'})


def test_a_question_without_parameters_says_so() -> None:
    question = parse_question("#+ summary: A?\n#+ description: b\n#+ columns: []\nSELECT * {}", "a_b")
    with pytest.raises(UsageError, match="use no parameters"):
        bind(question, {"x": "<x:1>"})


def test_missing_parameter_says_how_to_give_it() -> None:
    with pytest.raises(UsageError, match=r"needs the parameter 'need': what is needed.*-p need=x"):
        bind(_question(), {"who": "<x:1>"})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param("#+ summary: Who shares what?\n", "", "missing required field `summary`", id="no summary"),
        pytest.param("type: treatment", "type: potion", "potion", id="unknown type"),
        pytest.param("optional: true, ", "", "missing required field `optional`", id="optional or not"),
        pytest.param(
            "description: the first", "description: the first, of two", "of two", id="a comma that ends the text"
        ),
        pytest.param("list: true", "list: 7", "bool", id="list of 7"),
        pytest.param("#+ columns:", "#+ columns: [", "header is not right", id="broken YAML"),
        pytest.param("#+ columns:", "#+ summary: twice\n#+ columns:", "header is not right", id="a key twice"),
        pytest.param(HEADER, "", "header is not right", id="no header"),
        pytest.param("  VALUES ?_need { UNDEF }\n", "", "'need' has no VALUES line", id="no VALUES line"),
        pytest.param("?_need { UNDEF }", "?_needed { UNDEF }", "'need' has no VALUES line", id="of another name"),
    ],
)
def test_a_header_that_is_not_right_names_the_file(old: str, new: str, said: str) -> None:
    assert (HEADER + BODY).count(old) >= 1
    with pytest.raises(AssetError, match=r"^who_shares\.rq: .*Repair: ") as caught:
        parse_question((HEADER + BODY).replace(old, new, 1), "who_shares")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
