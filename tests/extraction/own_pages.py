"""Summary pages in our own words, in the form of the reviewers' website: menus, languages, legend around the content."""

GRADES = ("Mechanism Grade: B", "Preclinical Trials Grade: C", "Cases Grade: B", "Trials Grade: D", "Risks Grade: C")
UPDATE = (
    "Since our review a trial (NCT01234567) has ended. Two persons improved, so we change our TOE Cases grade from D to B. "
    "The grade for Trials changes from U to D."
)
MENU = ("Home", "Reviews", "About", "Contact", "Search")
LEGEND = ("Grades", "A", "B", "C", "D", "F", "U", "What do the grades mean?")


def html_page(*, updated: bool = True, style: str = "paragraphs") -> bytes:
    """The page as HTML; ``style`` says how the grades are set: paragraphs, breaks, table or spans."""
    grades = {
        "paragraphs": "".join(f"<p>{g}</p>" for g in GRADES),
        "breaks": "<p>" + "<br>".join(GRADES) + "</p>",
        "table": "<table>"
        + "".join(f"<tr><td>{g.rpartition(' ')[0]}</td><td>{g[-1]}</td></tr>" for g in GRADES)
        + "</table>",
        "spans": "".join(f"<div><span>{g.rpartition(' ')[0]}</span> <strong>{g[-1]}</strong></div>" for g in GRADES),
    }[style]
    update = f"<h2>Updated Review</h2><p>May 3, 2021</p><p>{UPDATE}</p>" if updated else ""
    menu = "".join(f"<li><a href='/{m.lower()}'>{m}</a></li>" for m in MENU)
    languages = "".join(f"<li>{x}</li>" for x in ("English", "Deutsch", "Español"))
    legend = "".join(f"<span>{x}</span>" for x in LEGEND)
    return (
        "<!DOCTYPE html><html><head><title>Examplene - The Reviews</title>"
        "<link rel='canonical' href='https://www.example.org/review/examplene/'></head><body>"
        f"<nav><ul>{menu}</ul></nav><ul class='language-list'>{languages}</ul><main><h1>Examplene</h1>{update}"
        f"<h2>Key Information</h2>{grades}<p>Published: Nov 2016</p><h2>Conclusion</h2>"
        "<p>We do not advise examplene. See <a href='https://doi.org/10.1000/EXA.912'>the review</a>.</p></main>"
        f"<div class='grade-legend'>{legend}</div><footer>Cases Grade: A means strong.</footer></body></html>"
    ).encode()


def text_page() -> bytes:
    """The page as its bare text, menus and all."""
    lines = [
        *MENU,
        "Examplene",
        "Updated Review",
        "May 3, 2021",
        UPDATE,
        "Key Information",
        *GRADES,
        "Published: Nov 2016",
        "Conclusion",
        "We do not advise examplene.",
        *LEGEND,
    ]
    return "\n\n".join(lines).encode()
