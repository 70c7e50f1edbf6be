# ruff: noqa: E501 - markup
"""One summary page in our own words, in the HTML that page builders write, in other wordings and in another language."""

from typing import Final

GRADES: Final = {"Mechanism": "B", "Preclinical Trials": "C", "Cases": "B", "Trials": "D", "Risks": "C"}
FIRST: Final = "Two persons got better, so we raised our TOE Cases grade from D to C."
SECOND: Final = (
    "Another person got better. As a result the Cases grade goes up from C to B; we made no other change in grades."
)
LEGEND: Final = "<h4>What the grades mean</h4><p>A = strong</p><p>B = good</p><p>C = some</p><p>D = weak</p><p>F = none</p><p>U = unknown</p>"
COOKIES: Final = "<div class='cookie-banner' id='gdpr-consent'><p>We use cookies. Published: Jan 1999.</p><button>Accept</button></div>"


def _page(body: str, title: str = "Examplene") -> str:
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>{title} &#8211; The Reviews</title>"
        "<link rel='canonical' href='https://www.example.org/examplene/'></head>"
        f"<body class='page has-sidebar elementor-page'>{COOKIES}{body}</body></html>"
    )


def elementor(grades: str | None = None) -> str:
    """Widgets in widgets; the letter in a tag of its own; no-break spaces."""
    widget = "<div class='elementor-element elementor-widget elementor-widget-{0}'><div class='elementor-widget-container'>{1}</div></div>"
    lines = grades or "".join(
        f"<p><strong>{name}&nbsp;Grade:</strong>&nbsp;{letter}</p>" for name, letter in GRADES.items()
    )
    parts = [
        widget.format("heading", "<h1 class='elementor-heading-title'>Examplene</h1>"),
        widget.format("heading", "<h2>Updated Review</h2>"),
        widget.format("text-editor", f"<p>June 5, 2021</p><p>{FIRST}</p>"),
        widget.format("heading", "<h2>Updated Review</h2>"),
        widget.format("text-editor", f"<p>As of 7/5/23</p><p>{SECOND} See NCT01234567.</p>"),
        widget.format("heading", "<h2>Key Information</h2>"),
        widget.format("text-editor", f"{lines}<p><b>Published:</b> Nov 2016</p>"),
        widget.format("heading", "<h2>Conclusion</h2>"),
        widget.format("text-editor", "<p>We do not advise examplene.</p>"),
    ]
    menu = "<ul class='elementor-nav-menu'><li><a href='/'>Home</a></li><li><a href='/reviews'>Reviews</a></li></ul>"
    return _page(
        f"<div class='elementor-location-header'>{menu}</div>{''.join(parts)}<div class='elementor-legend'>{LEGEND}</div>"
    )


def squarespace() -> str:
    """Blocks in rows and columns; each letter in an element after its name, the name with an en dash as an entity."""
    lines = "".join(
        f"<div class='row'><div class='col'><h4>{name} Grade &ndash;</h4></div><div class='col'><p>{letter}</p></div></div>"
        for name, letter in GRADES.items()
    )
    return (
        elementor(lines)
        .replace("elementor-widget-container", "sqs-block-content")
        .replace("elementor-widget", "sqs-block")
    )


def pictures() -> str:
    """The letters as pictures with an alternative text."""
    return elementor(
        "".join(f"<p>{name} Grade: <img src='/{letter}.png' alt='{letter}'></p>" for name, letter in GRADES.items())
    )


def breaks() -> str:
    """All lines in one paragraph."""
    return elementor(
        "<p>" + "<br />\n".join(f"{name} Grade: <em>{letter}</em>" for name, letter in GRADES.items()) + "</p>"
    )


def definition_list() -> str:
    """A definition list."""
    return elementor("<dl>" + "".join(f"<dt>{n} Grade</dt><dd>{letter}</dd>" for n, letter in GRADES.items()) + "</dl>")


def short_lines() -> str:
    """Without the word grade."""
    return elementor("".join(f"<li>{name}: {letter}</li>" for name, letter in GRADES.items()))


def twice() -> str:
    """The same lines for wide and for narrow screens."""
    lines = "".join(f"<p>{name} Grade: {letter}</p>" for name, letter in GRADES.items())
    return elementor(f"<div class='desktop'>{lines}</div><div class='mobile'>{lines}</div>")


def other_words() -> str:
    """Other words for the updates and their dates, in prose."""
    page = elementor()
    page = page.replace("<h2>Updated Review</h2>", "", 2)
    page = page.replace(
        f"<p>June 5, 2021</p><p>{FIRST}</p>", f"<p>June 5, 2021 update: {FIRST.replace('raised', 'upgraded')}</p>"
    )
    return page.replace(
        f"<p>As of 7/5/23</p><p>{SECOND}", "<p>Update. As of 7/5/23, the Cases grade is now B (previously C)."
    )


def spanish() -> str:
    """A translated page."""
    names = ("Mecanismo", "Ensayos preclínicos", "Casos", "Ensayos", "Riesgos")
    lines = "".join(f"<p>Calificación de {n}: {letter}</p>" for n, letter in zip(names, GRADES.values(), strict=True))
    page = (
        elementor(lines)
        .replace("Key Information", "Información clave")
        .replace("Updated Review", "Revisión actualizada")
    )
    page = (
        page.replace("June 5, 2021", "5 de junio de 2021")
        .replace("As of 7/5/23", "5 de julio de 2023")
        .replace("Published:", "Publicado:")
    )
    page = page.replace("Nov 2016", "noviembre de 2016").replace(
        FIRST, "Cambiamos nuestra calificación de Casos de D a C."
    )
    return page.replace(SECOND, "Cambiamos la calificación de Casos de C a B.")


def plain() -> str:
    """The words of the page, a line each."""
    lines = [
        "Home",
        "Reviews",
        "Examplene",
        "Updated Review",
        "June 5, 2021",
        FIRST,
        "Updated Review",
        "As of 7/5/23",
        f"{SECOND} See NCT01234567.",
    ]
    lines += [
        "Key Information",
        *(f"{n} Grade: {letter}" for n, letter in GRADES.items()),
        "Published: Nov 2016",
        "Conclusion",
    ]
    return "\n\n".join(
        [*lines, "We do not advise examplene.", "What the grades mean", "A = strong", "B = good", "D = weak"]
    )


PAGES: Final = {
    "elementor": elementor, "squarespace": squarespace, "pictures": pictures, "breaks": breaks, "definition list": definition_list,
    "short lines": short_lines, "twice": twice, "other words": other_words, "spanish": spanish, "plain": plain,
}  # fmt: skip
