# ruff: noqa: E501 - markup
"""Pages in the layout of the reviewers' website, in our own words: dated updates, key information, legends, lists of one grade."""

from typing import Final

TOOLS: Final = "• Skip to main content\n\nThe Reviewers™\n\nWe review treatments for people with ALS.\n\n  • How to Use\n  • Completed Reviews\n  • EnglishEnglish\n    • EspañolEspañol\n\nSearch\n\n"
CATEGORIES: Final = {
    "mechanism": "Mechanistic plausibility",
    "preclinical": "Pre-clinical models (animal or cell models that reviewers hold to be relevant)",
    "cases": "Patient case reports",
    "trials": "Patient trials",
    "risks": "Risks (harms seen on this treatment)",
}
CONCLUSION: Final = (
    "Examplene has a plausible mechanism and some PALS say that it did them good, but none of these stories could be checked by us, and in the "
    "only trial that was long enough to see an effect the people who were given examplene lost as many points a month as those who were given "
    "an oil that looked and tasted the same.",
    "Its harms are frequent. Until we know more, we do not advise examplene for ALS. We hope to see trials of it.",
)
UPDATES: Final = (
    ("Published: March 4, 2024", "As of March 2024 no study came to light that would justify TOE grade changes."),
    (
        "Published: July 9, 2022",
        "Since our last update a trial was published in May 2021 (doi: 10.1000/EXA.77). It saw no effect, and many people fell ill. "
        "Based on this, we change our TOE “Trials” Grade to F, and our TOE “Risks” Grade to D. Another trial goes on (https://clinicaltrials.gov/ct2/show/NCT07654321?cond=ALS).",
    ),
    (
        "Published: December 2, 2020",
        "Two new studies in mice warrant a change in our TOE \"Pre-Clinical\" grade from U to B. Our TOE Mechanisms Grade remains C. Thus, our TOE Cases Grade is D. "
        "If this were confirmed, it would change our Trials grade to A.",
    ),
)  # fmt: skip
KEY: Final = (
    "Press a letter grade to read what it means:", "Mechanism Grade: C", "Preclinical Trials Grade: B", "Cases Grade: D",
    "Trials Grade: F", "Risks Grade: D", "Published: Oct 2015",
)  # fmt: skip


def legend() -> list[str]:
    """What each letter means, category by category, as the page hides it below."""
    lines = []
    for category, name in CATEGORIES.items():
        for letter in "ABCDFU":
            lines.append(f"{name} - C" if (category, letter) == ("mechanism", "C") else name)
            lines.append(f"Grade {letter}: Words on what this letter means for this part.")
    return lines


def review_text(name: str | None = "Examplene") -> str:
    """The whole page as text, with or without its tools and heading."""
    lines = [name] if name else []
    for date, told in UPDATES:
        lines += ["Updated Review", date, told]
    lines += ["Key Information", *KEY, "Download", *CONCLUSION, *legend()]
    return (TOOLS if name else "") + "\n".join(lines)


def bare_text() -> str:
    """What is left where only paragraphs were kept: no name, no dates of updates, no letters."""
    told = [
        "As of May 2024, no data turned up to support grade changes.",
        "A trial saw no effect. Thus, we change our Trials grade from D to F.",
        "Since our review a better trial was done. We therefore change our Trials grade from C to D.",
    ]
    return "\n".join([*told, "Key Information", *CONCLUSION, *legend()])


def review_html() -> str:
    """The page as HTML: letters that open explanations, explanations in hidden panels that are part of the text."""
    updates = "".join(f"<h3>Updated Review</h3><p><em>{date}</em></p><p>{told}</p>" for date, told in UPDATES)
    key = "".join(
        f"<p><strong>{line.rsplit(' ', 1)[0]}</strong> <a href='#more'>{line[-1]}</a></p>"
        if "Grade:" in line
        else f"<p>{line}</p>"
        for line in KEY
    )
    panels = "".join(f"<div class='panel'><h4>{name}</h4><p>Grade B: Words.</p></div>" for name in CATEGORIES.values())
    return (
        "<!DOCTYPE html><html lang='en-US'><head><title>Examplene - The Reviewers</title>"
        "<link rel='canonical' href='https://www.example.org/review/examplene/'></head><body class='single single-review'>"
        "<header class='site-header'><p class='site-title'><a href='/'>The Reviewers™</a></p><nav><ul><li><a href='/r'>Completed Reviews</a></li></ul></nav></header>"
        f"<main class='content'><article class='entry'><h1 class='entry-title'>Examplene</h1><div class='entry-content'>{updates}<h3>Key Information</h3>{key}"
        f"<p><a class='button' href='https://www.example.org/doi/pdf/10.1000/exa.912'>Download</a></p>{''.join(f'<p>{part}</p>' for part in CONCLUSION)}</div>{panels}</article></main>"
        "<footer class='site-footer'><p>Copyright</p></footer></body></html>"
    )


LISTED: Final = {
    "Green Tea": "Green tea is cheap and has a plausible mechanism. There are no trials of it. We do not advise it as a treatment of ALS at this time.",
    "The Nowhere Center": "While we applaud its open books, the center treats with unknown cells. We do not condone its protocol for people with ALS.",
}


def list_text(category: str, letter: str | None = None, defined: str | None = None) -> str:
    """A list of treatments with one letter: the end of another's text, the category, names over prose."""
    lines = ["We support a trial of otherine in people with ALS, but we cannot yet recommend it as a treatment of ALS."]
    lines.append(CATEGORIES[category] + (f" - {letter}" if letter else ""))
    lines += (
        [f"Grade {defined}: Words on what this letter means here.", "Studies are good if they follow rules."]
        if defined
        else []
    )
    for name, prose in LISTED.items():
        lines += [name, prose, "Click here to download the complete review."]
    return "\n".join([*lines, "https://www.example.org/doi/pdf/10.1000/exa.5"])


def list_html(category: str, path: str) -> str:
    """The same as HTML, where only the page's own address tells the letter."""
    items = "".join(
        f"<article><header><h2><a href='/review/{name}'>{name}</a></h2></header><p>{prose}</p><p><a href='/d'>Click here to download the complete review.</a></p></article>"
        for name, prose in LISTED.items()
    )
    return (
        f"<html><head><title>Archives</title><link rel='canonical' href='https://www.example.org{path}'></head><body><header class='site-header'><nav><ul><li>Home</li></ul></nav></header>"
        f"<main><h1>{CATEGORIES[category]}</h1>{items}</main><footer>Copyright</footer></body></html>"
    )
