"""Titles as indexes send them, and what must become of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.indexes.titles import clean_text, fold, is_notice_title, is_retracted_title, without_final_stop

TITLES = [
    ("NF-&kappa;B in <i>SOD1</i> mice", "NF-κB in SOD1 mice"),
    ("&amp;lt;i&amp;gt;TERT&amp;lt;/i&amp;gt; variants", "TERT variants"),
    ("&lt;p&gt;8 hrs Safety&lt;/p&gt;", "8 hrs Safety"),
    ("H<sub>2</sub>O and Ca<sup>2+</sup>", "H₂O and Ca²⁺"),
    ("10<sup>th</sup> year", "10th year"),
    ("SnO<sub>2</sub>thin films", "SnO₂ thin films"),
    ("<scp>d</scp>-glucose", "d-glucose"),
    ("A <mml:math><mml:mi>x</mml:mi></mml:math> B", "A x B"),
    ("<jats:title>Title</jats:title>", "Title"),
    ("detecting\n   <i>KRAS</i>\n   /\n   <i>NRAS</i>\n   genes", "detecting KRAS/NRAS genes"),
    ("p110α (\n            <i>PIK3CA</i>\n            )", "p110α (PIK3CA)"),
    ("<i>Radiologie</i>\n            . Probleme", "Radiologie. Probleme"),
    ("mouse<i>t</i>haplotypes", "mouse t haplotypes"),
    ("p < 0.05 and x > 3", "p < 0.05 and x > 3"),
    ("Smith &amp; Jones", "Smith & Jones"),
    ("a\n   b\t c", "a b c"),
    ("TNF-α \u2013 a review", "TNF-α \u2013 a review"),
]


@pytest.mark.parametrize(("raw", "clean"), TITLES)
def test_titles_become_clean(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@given(st.text(max_size=80))
def test_cleaning_twice_changes_nothing_more_than_encoding(raw: str) -> None:
    once = clean_text(raw)
    assert "  " not in once
    assert once == once.strip()


@given(st.text(alphabet=st.characters(whitelist_categories=("L", "N")), max_size=40))
def test_letters_are_never_lost(text: str) -> None:
    assert clean_text(f"<i>{text}</i>") == text
    assert fold(clean_text(text)) == fold(text)


@pytest.mark.parametrize(
    ("title", "notice", "retracted"),
    [
        ("Retraction: A trial of x", True, False),
        ("Retraction notice to \u201cA trial\u201d [J. 1 (2020) 2]", True, False),
        ("Retraction\u2014A trial of x", True, False),
        ("Notice of Retraction: A trial", True, False),
        ("Statement of Retraction", True, False),
        ("Expression of concern: A trial", True, False),
        ("Editorial Expression of Concern", True, False),
        ("Corrigendum to \u201cA trial\u201d", True, False),
        ("Erratum", True, False),
        ("Correction.", True, False),
        ("Author Correction: A trial", True, False),
        ("Department of Error", True, False),
        ("RETRACTED: A trial", False, True),
        ("Retracted: A trial", False, True),
        ("RETRACTED ARTICLE: A trial", False, True),
        ("A trial [Retracted]", False, True),
        ("WITHDRAWN: A trial", False, True),
        ("Retraction of the upper eyelid in Graves disease", False, False),
        ("Rapid teeth retraction en masse", False, False),
        ("Correction of anaemia with epoetin", False, False),
        ("Corrections officers and burnout", False, False),
        ("Withdrawal of riluzole in late disease", False, False),
        ("Retracted potentials in neurons", False, False),
    ],
)
def test_notice_is_told_from_article(title: str, notice: bool, retracted: bool) -> None:
    assert (is_notice_title(title), is_retracted_title(title)) == (notice, retracted)


def test_final_stop() -> None:
    assert without_final_stop("Back to the Old Days?") == "Back to the Old Days?"
    assert without_final_stop("And so on...") == "And so on..."
    assert without_final_stop("A review.") == "A review"
