# ruff: noqa: E501 - markup
"""Summary pages in our own words among what websites put around them: themes, widgets, printers, mails, listings."""

from collections.abc import Callable
from typing import Final

NAMES: Final = ("Mechanism", "Preclinical Trials", "Cases", "Trials", "Risks")
LETTERS: Final = "CBDFB"
LINES: Final = list(zip(NAMES, LETTERS, strict=True))
CONCLUSION: Final = "<p>Examplene did not help. We do not advise it for PALS.</p>"
KEY: Final = (
    "<h3>Key Information</h3>"
    + "".join(f"<p>{name} Grade: {letter}</p>" for name, letter in LINES)
    + "<p>Published: Nov 2016</p>"
)
COOKIES: Final = "<div class='cmplz-cookiebanner'><p>Published: January 2020. We use cookies.</p></div>"
RELATED: Final = "<div class='jp-relatedposts'><h3><em>Related</em></h3><h4><a href='/otherine/'>Otherine</a></h4><p>Mechanism Grade: A Cases Grade: A Trials Grade: A Published: Jan 2012</p></div>"
GRID: Final = "<div class='grid'><article><h2><a href='/otherine/'>Otherine</a></h2><p>Mechanism Grade: A</p><p>Cases Grade: A</p><p>Trials Grade: A</p></article></div>"
SIDE: Final = "<aside><h2>Archives</h2><ul><li>June 2023</li></ul></aside>"


def page(body: str, title: str = "Examplene", around: str = COOKIES) -> str:
    """Put ``body`` into a page of a website."""
    head = f"<head><meta charset='utf-8'><title>{title} - The Reviews</title></head>"
    return f"<!DOCTYPE html><html>{head}<body><nav><ul><li>Home</li></ul></nav><main>{body}</main>{SIDE}{around}</body></html>"


def each(form: str) -> str:
    """Print every grade in one form."""
    return "".join(form.format(name=name, letter=letter) for name, letter in LINES)


TABS: Final = (
    "<div role='tab'>Grades</div><div role='tab'>Updates</div>"
    f"<div role='tabpanel'>{each('<p>{name} Grade: {letter}</p>')}<p>Published: 8 September 2014</p></div>"
    "<div class='tab-content' role='tabpanel' hidden='hidden'><h3>Updates</h3><p><strong>April 2018.</strong> One more person had no benefit. We left our TOE grades unchanged.</p>"
    "<p><strong>November 2020.</strong> One person died of liver failure. Our Risks grade rose from C to B.</p></div>"
)
PRINTED: Final = (
    "29/11/2026, 15:14\nExamplene - The Reviews\n\nExamplene\n\nKey Information\n"
    + "\n".join(f"{name} Grade: {letter}" for name, letter in LINES[:3])
    + "\nhttps://www.example.org/examplene/\n1/2\n\f29/11/2026, 15:14\nExamplene - The Reviews\n"
    + "\n".join(f"{name} Grade: {letter}" for name, letter in LINES[3:])
    + "\nPublished: 3 October 2018\n\nWe do not advise examplene.\nhttps://www.example.org/examplene/\n2/2\n"
)
MAILED: Final = (
    "From: A\nSent: Tuesday, November 3, 2026\nTo: B\nSubject: FW: page\n\n*Examplene* <https://www.example.org/examplene/>\n\n*Updated Review*\n\n_May 19, 2019_\n\n"
    "The group voted to change the Trials grade of U to a grade of F.\n\n*Key Information*\n\n"
    + "\n\n".join(f"*{name} Grade:* {letter}" for name, letter in LINES)
    + "\n\n*Published:* 12 January, 2012\n\nWe do not advise examplene for PALS.\n"
)
# Each page, its suffix, its dates of publication and update, and the changes it tells: category, old letter, date.
Expected = tuple[str, str, str | None, str | None, tuple[tuple[str, str, str], ...]]
FURNITURE: Final[dict[str, Callable[[], Expected]]] = {
    "dates of the theme": lambda: (page(f"<h1>Examplene</h1><p>Posted on March 2, 2021</p>{KEY}{CONCLUSION}<p>Published February 11, 2019</p>"), "html", "2016-11", None, ()),
    "related posts": lambda: (page(f"<h1>Examplene</h1>{KEY}{CONCLUSION}{RELATED}"), "html", "2016-11", None, ()),
    "posts in a grid": lambda: (page(f"<h1>Examplene</h1>{KEY}{CONCLUSION}{GRID}"), "html", "2016-11", None, ()),
    "closed tabs": lambda: (page(f"<h1>Examplene</h1>{TABS}"), "html", "2014-09-08", "2020-11", (("risks", "C", "2020-11"),)),
    "update below": lambda: (page(f"<h1>Examplene</h1>{KEY}{CONCLUSION}<h2>Earlier update: 30 August 2019</h2><p>We changed the Cases grade from U to D.</p>"), "html", "2016-11", "2019-08-30", (("cases", "U", "2019-08-30"),)),
    "history in years": lambda: (page(f"<h1>Examplene</h1><h2>Review history</h2><ul><li>2016: first review</li><li>2019: update, Trials F (was U)</li></ul>{KEY}"), "html", "2016-11", "2019", (("trials", "U", "2019"),)),
    "letters over names": lambda: (page(f"<h1>Examplene</h1>{each('<div><b>{letter}</b></div><p>{name}</p>')}<p>Published: Nov 2016</p>{CONCLUSION}"), "html", "2016-11", None, ()),
    "row of keys": lambda: (page("<h1>Examplene</h1><table><tr>" + each("<td>{name} Grade</td>") + "<td>Published</td></tr><tr>" + each("<td>{letter}</td>") + f"<td>1 Apr 2014</td></tr></table>{CONCLUSION}"), "html", "2014-04-01", None, ()),
    "spanned rows": lambda: (page("<h1>Examplene</h1><table><tr><th rowspan='5'>Grades</th><td>Mechanism</td><td>C</td></tr>" + "".join(f"<tr><td>{name}</td><td>{letter}</td></tr>" for name, letter in LINES[1:]) + f"</table><p>Published: 2019 Dec</p>{CONCLUSION}"), "html", "2019-12", None, ()),
    "two dates in the head": lambda: (page("<h1>Examplene</h1><table><tr><th></th><th>Jan 2014</th><th>Feb 2021</th></tr>" + "".join(f"<tr><td>{name}</td><td>{'U' if name == 'Trials' else letter}</td><td>{letter}</td></tr>" for name, letter in LINES) + f"</table><p>Published: Jan 2014</p>{CONCLUSION}"), "html", "2014-01", "2021-02", (("trials", "U", "2021-02"),)),
    "questions": lambda: (page(f"<h1>Examplene</h1>{each('<h4>What is the {name} grade?</h4><p>{letter}. Some words on it follow.</p>')}<p>Published on the 3rd of March 2022</p>{CONCLUSION}"), "html", "2022-03-03", None, ()),
    "sentence": lambda: (page("<h1>Examplene</h1><p>It scored " + ", ".join(f"{name} = {letter}" for name, letter in LINES) + f" in our table.</p><p>Published: 2015/07</p>{CONCLUSION}"), "html", "2015-07", None, ()),
    "hidden signs": lambda: (page(f"<h1>Examplene</h1>{each('<p><b>{name} Grade:</b><span>&#8203;</span> {letter}</p>')}<p>Publ&shy;ished: 7 M\u00adar 2014</p>{CONCLUSION}"), "html", "2014-03-07", None, ()),
    "name of a blog": lambda: (page(f"<h1>The Reviewers</h1><h3>Examplene</h3>{KEY}{CONCLUSION}", title="The Reviewers: Examplene"), "html", "2016-11", None, ()),
    "portuguese": lambda: (page("<h1>Examplene</h1><h3>Informações principais</h3>" + "".join(f"<p>Grau {words}: {letter}</p>" for words, letter in zip(("do mecanismo", "dos ensaios pré-clínicos", "dos casos", "dos ensaios", "dos riscos"), LETTERS, strict=True)) + "<p>Publicado em: maio de 2018</p>"), "html", "2018-05", None, ()),
    "italian": lambda: (page("<h1>Examplene</h1><h3>Informazioni chiave</h3>" + "".join(f"<p>Grado {words}: {letter}</p>" for words, letter in zip(("del meccanismo", "degli studi preclinici", "dei casi", "degli studi clinici", "dei rischi"), LETTERS, strict=True)) + "<p>Pubblicato: 4 luglio 2017</p>"), "html", "2017-07-04", None, ()),
    "printed": lambda: (PRINTED, "txt", "2018-10-03", None, ()),
    "mailed": lambda: (MAILED, "txt", "2012-01-12", "2019-05-19", (("trials", "U", "2019-05-19"),)),
    "bare date": lambda: ("Examplene\nMarch 2019\n\n" + "\n".join(f"{name} Grade: {letter}" for name, letter in LINES) + "\n\nWe do not advise examplene.\n", "txt", "2019-03", None, ()),
}  # fmt: skip

_LISTED: Final = "<article><h2><a href='/{0}/'>{0}</a></h2>{1}<p>Published: {2}</p></article>"
CATEGORY: Final = page(
    "<h1>Category: Reviews</h1>"
    + _LISTED.format("Otherine", each("<p>{name} Grade: {letter}</p>"), "Jan 2012")
    + _LISTED.format("Thirdol", each("<p>{name} Grade: {letter}</p>"), "May 2015"),
    title="Reviews Archives",
)
WITHOUT_TREATMENT: Final = {
    "author": page("<h1>Author: webteam</h1><article><h2><a href='/otherine/'>Otherine</a></h2><p>A gas.</p></article>", title="webteam"),
    "search": page("<h1>Search Results for: cases</h1><p>… Cases Grade: D …</p>", title="Search results"),
    "month": page("<h1>May 2019</h1><p>Our review of otherine is out. It has a Cases grade of D.</p>", title="May 2019"),
    "missing": page("<h1>Page not found</h1><p>Try a search.</p>", title="Page not found"),
}  # fmt: skip
