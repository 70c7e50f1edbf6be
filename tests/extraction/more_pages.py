# ruff: noqa: E501 - markup
"""Five summary pages of our own in forms that page builders also give: each with other treatments' names and grades around it."""

from typing import Final

_HEAD: Final = "<!DOCTYPE html><html lang='en-US'><head><meta charset='utf-8'><title>{title}</title></head>"
_COOKIES: Final = "<div id='cookie-law-info-bar' role='dialog'><p>This site uses cookies. Risks Grade: A. <a href='#'>Settings</a></p></div>"


def table_of_grades() -> str:
    """A table with the categories as its head and one row of letters; related reviews as cards with their own letters."""
    related = "".join(
        f"<article class='post-card'><h3><a href='/{name}'>{name.title()}</a></h3><p>Mechanism Grade: {m}</p><p>Preclinical Trials Grade: {p}</p>"
        f"<p>Cases Grade: {c}</p><p>Trials Grade: {t}</p><p>Risks Grade: {r}</p></article>"
        for name, m, p, c, t, r in (("otherine", "D", "D", "F", "U", "B"), ("thirdol", "A", "U", "U", "F", "D"))
    )
    return (
        _HEAD.format(title="Examplene | ALS Reviews")
        + "<body class='single single-review wp-embed-responsive'>"
        + _COOKIES
        + "<header><nav class='main-navigation'><ul><li>Reviews<ul class='sub-menu'><li><a href='/otherine'>Otherine</a><ul><li>Trials Grade: F</li></ul></li></ul></li></ul></nav></header>"
        + "<main><article class='review'><h1 class='entry-title'>Examplene</h1>"
        + "<figure class='wp-block-table'><table><thead><tr><th>Mechanism</th><th>Preclinical</th><th>Cases</th><th>Trials</th><th>Risks</th></tr></thead>"
        + "<tbody><tr><td>B</td><td>C</td><td>D</td><td>U</td><td>C</td></tr></tbody></table></figure>"
        + "<p>First published 14 March 2019</p><h2>Conclusion</h2><p>We do not advise examplene.</p></article>"
        + f"<section class='related-posts'><h2>You may also like</h2>{related}</section></main></body></html>"
    )


def definition_list() -> str:
    """A definition list of grades, dates with the year first; a block that compares with another treatment in prose."""
    pairs = "".join(
        f"<dt>{name}</dt><dd>{letter}</dd>"
        for name, letter in (
            ("Mechanism grade", "C"),
            ("Preclinical grade", "U"),
            ("Cases grade", "B"),
            ("Trials grade", "D"),
            ("Risks grade", "B"),
        )
    )
    return (
        _HEAD.format(title="Examplene")
        + "<body><div id='siteWrapper'><header id='header' data-test='header'><div class='header-nav'><a href='/a'>All Reviews</a> <a href='/b'>English</a> <a href='/c'>日本語</a></div></header>"
        + "<main id='page'><h1>Examplene (EX-9)</h1><h2>Updated Review – 2022-11-30</h2>"
        + "<p>For comparison, our Cases grade for otherine went from D to F. For examplene itself the grade for Cases rises from C to B.</p>"
        + f"<h2>Key Information</h2><dl>{pairs}</dl><p>Published: 2018-02</p>"
        + "<h2>Conclusion</h2><p>We do not advise examplene.</p></main></div></body></html>"
    )


def one_line() -> str:
    """All grades in one line with bars; the changes as a list with a date in front of each; a review of another treatment below."""
    return (
        _HEAD.format(title="Examplene – ALS Reviews")
        + "<body><nav aria-label='languages'><ul class='pll-parent'><li>Español</li><li>Français</li><li>Polski</li></ul></nav>"
        + "<main><h1>Examplene</h1><p>Mechanism: B | Preclinical: C | Cases: C | Trials: D | Risks: B</p>"
        + "<h3>Grade changes</h3><ul><li>3 June 2020: Cases grade changed from U to D.</li><li>15 January 2022: Cases grade changed from D to C. Trials grade unchanged.</li></ul>"
        + "<p>Published on 9 September 2017</p><h2>Conclusion</h2><p>We do not advise examplene.</p>"
        + "<hr><h2>Latest review: Otherine</h2><p>Mechanism: D | Preclinical: D | Cases: F | Trials: F | Risks: D</p></main></body></html>"
    )


def accordion() -> str:
    """Panels that open, letters in badges with words (“Grade B – good”); several updates, newest first; aside with other grades."""
    panel = "<details class='wp-block-details'><summary>{0}</summary><p><span class='badge'>Grade {1}</span> {2}</p></details>"
    panels = "".join(
        panel.format(name, letter, words)
        for name, letter, words in (
            ("Mechanism", "B", "It acts in people without ALS."),
            ("Pre-clinical models", "C", "One study in animals."),
            ("Cases", "B", "Two persons improved."),
            ("Trials", "F", "A trial was negative."),
            ("Risks", "C", "A tenth had side effects."),
        )
    )
    return (
        _HEAD.format(title="Examplene")
        + "<body><main><h1>Examplene</h1>"
        + "<h2>Updated: October 2023</h2><p>After the trial ended our Trials grade falls to F from D.</p>"
        + "<h2>Updated: April 2021</h2><p>Two persons improved: we move the Cases grade up from C to B, and with a first trial our Trials grade from U to D.</p>"
        + f"<h2>Key Information</h2>{panels}<p>Date published: 05 Dec 2016</p><h2>Conclusion</h2><p>We do not advise examplene.</p></main>"
        + "<aside class='widget-area'><h2>Newest grades</h2><ul><li>Otherine: Cases Grade: F</li><li>Thirdol – Trials Grade: A</li></ul></aside></body></html>"
    )


def index_page() -> str:
    """A table of all reviews: a row for each treatment. It is nobody's summary page."""
    rows = "".join(
        f"<tr><td><a href='/{name}'>{name.title()}</a></td>"
        + "".join(f"<td>{letter}</td>" for letter in letters)
        + "</tr>"
        for name, letters in (("examplene", "BCBDC"), ("otherine", "DDFUB"), ("thirdol", "AUUFD"))
    )
    heads = "".join(
        f"<th>{name}</th>" for name in ("Treatment", "Mechanism", "Preclinical", "Cases", "Trials", "Risks")
    )
    return (
        _HEAD.format(title="All Reviews")
        + f"<body><main><h1>All Reviews</h1><table><tr>{heads}</tr>{rows}</table></main></body></html>"
    )


MORE_PAGES: Final = {
    "table of grades": table_of_grades,
    "definition list": definition_list,
    "one line": one_line,
    "accordion": accordion,
    "index page": index_page,
}
