"""Headings of reviews: what part of a review a heading announces, and which lines of bare text are headings."""

import re
from functools import lru_cache
from typing import Final

from alsu_kg.model.review import SectionRole
from alsu_kg.readers.graded_names import LETTERS, name_with_letter, without_grade

# Tried in this order; the first that matches the whole heading (numbering and punctuation removed) decides.
_ROLES: Final[tuple[tuple[SectionRole, str], ...]] = (
    (
        "references",
        r"references?(?: cited| list)?|cited references?|sources(?: cited)?|end ?notes|bibliography|literature cited"
        r"|works cited|cited literature|literature"
        r"|(?:notes and (?:references|sources)|(?:references|sources) and notes)"
        r"|references? (?:and|&) (?:notes?|links|further reading)",
    ),
    (
        "disclosures",
        r"(?:declarations?|statements?|disclosures?)(?: of)?(?: (?:competing|conflicts?|financial|interests?"
        r"|author)\b.*)?|"
        r"disclosures?(?: statement)?|(?:conflicts?|declarations?) of interests?(?: statement)?|competing (?:financial"
        r" )?interests?|"
        r"financial disclosures?|duality of interests?",
    ),
    (
        "conclusion",
        r"(?:conclusions?|conclusions? and .*|(?:summary|discussion) and (?:conclusions?|recommendations?|advice)|summary"
        r"|(?:concluding|closing|final) (?:remarks|thoughts|words?)|in (?:summary|conclusion|closing)|bottom line|opinion"
        r"|recommendations?|(?:our|final|overall) (?:recommendations?|assessment|evaluation|judge?ment|rating|thoughts|opinion)"
        r"|(?:what|how) (?:do )?we (?:think|conclude|advise|recommend)(?: .*)?|take[- ]?home"
        r"|our (?:conclusions?|opinion|take|views?|verdict|advice)|(?:the )?verdict|take[- ]?home (?:message|points?))",
    ),
    (
        "preclinical",
        r"(?:(?:pre|non)[- ]?clinical|animal|cell(?:ular)?|in[- ]vitro|in[- ]vivo)\b.*|(?:data|results|evidence|findings"
        r"|studies) (?:in|from) (?:animals?|mice|cells?|models?|pre[- ]?clinical|the lab).*|models?"
        r"|(?:mouse|rodent|laboratory|lab|experimental|disease|als) (?:models?|studies|data|evidence|research|work)",
    ),
    (
        "trials",
        r"(?:clinical |human |controlled |als |published |completed |randomi[sz]ed )*(?:trials?|studies)(?: (?:in|of|data"
        r"|results|with)\b.*)?"
        r"|(?:clinical|human) (?:data|evidence|research)|(?:data|evidence|results) from (?:clinical |human "
        r"|controlled )*(?:trials?|studies)",
    ),
    (
        "cases",
        r"(?:als |patient |anecdotal |individual |single |reported |published )*(?:cases?|case reports?|case series|anecdotes"
        r"|testimonials"
        r"|(?:patient|individual|personal|user|online|self|anecdotal)[- ](?:reports?|experiences?|stories|accounts|evidence)"
        r"|case evidence)(?: (?:reports?|series|in|of|and|data|studies)\b.*)?"
        r"|(?:data|experience|evidence) in (?:als )?(?:patients|pals|humans?)|patientslikeme(?: .*)?"
        r"|(?:reports?|experiences?|stories) (?:by|from|of) (?:people|patients|persons|pals|users|individuals)\b.*"
        r"|what (?:patients|pals|people|persons|users)(?: with als)? (?:say|report|tell us|have tried)",
    ),
    (
        "risks",
        r"(?:potential |possible |known )*(?:risks?|safety|harms?|side[- ]effects?|adverse (?:effects?"
        r"|events?|reactions?)|dangers?|downsides?|drawbacks|toxicit(?:y|ies)|dos(?:es?|ing|age)|costs?|tolerability|pricing"
        r"|administration)"
        r"(?:,? ?(?:and|&|,|/|of|with|to)\b.*|, ?.*| profile| concerns| issues| data)?",
    ),
    (
        "mechanism",
        r"(?:plausible |proposed |potential |possible |biological |purported |putative |supposed |suggested "
        r"|theoretical )*mechanisms?(?: of action"
        r"| of effect)?(?: .*)?|(?:biological |scientific )*plausibility(?: .*)?|mechanistic\b.*"
        r"|how (?:it|does it) .*work.*|mode of action|(?:scientific |biological |theoretical )?rationale|(?:scientific"
        r"|biological|theoretical) basis|pharmacology",
    ),
    (
        "mechanism",
        r"(?:why|how) (?:might|may|could|would|can|does|do|is|are|should)\b.*\b(?:help|work|useful|act|treat|benefit|slow|affect"
        r"|effective|thought|supposed|claimed|relevant|interest)\w*\b.*",
    ),
    (
        "background",
        r"background(?: .*)?|introduction(?: and .*)?|overview|preface|general information|what (?:is|are|it is|they are)\b.*"
        r"|history"
        r"|about (?:the |this )?(?:treatment|product|drug|supplement|review)|why we (?:looked|review).*|origins?(?: and .*)?",
    ),
)
# Older reviews ask: "Is there evidence in animals?", "What are the risks and costs?". The first rule that fits decides.
_QUESTION = re.compile(
    r"(?:(?:so|and|but|then),? )?(?:what|which|who|where|when|why|how|is|are|was|were|do|does|did|has|have|can|could|should"
    r"|might|may|will|would)\b"
)
_ASKED_WORDS: Final[tuple[tuple[SectionRole, str], ...]] = (
    (
        "conclusion",
        r"(?:conclu|recommend|advise)\w*|should (?:i|we|you|people|patients|pals|persons|someone)|bottom line"
        r"|where does (?:this|that|it) leave",
    ),
    (
        "risks",
        r"risks?|safe|safety|side[- ]effects?|adverse|harm\w*|danger\w*|toxic\w*|costs?|price|expensive|dos(?:e|es|age|ing)",
    ),
    (
        "preclinical",
        r"animals?|mouse|mice|cell (?:models?|culture)|als models?|models? of als|pre[- ]?clinical|laborator\w+|in vitro",
    ),
    (
        "trials",
        r"trials?|tested (?:in|on) (?:people|patients|pals|persons|humans?)|clinical(?:ly)? (?:stud(?:y|ies)|tested|data"
        r"|evidence|research)",
    ),
    (
        "mechanism",
        r"^(?:how|why) (?:might|may|could|would|can|does|do|is|are|should) (?!.*\b(?:trials?|patients|people|pals|reports?)\b)"
        r".*\b(?:work|help|act|affect|slow|protect|useful|beneficial)\b.*",
    ),
    (
        "cases",
        r"anecdot\w+|case (?:reports?|series)|testimonials?|experience[sd]?|reports?|tried|taken|happened"
        r"|(?:has|have|did|does) .*\b(?:helped|worked|work|help|benefited|benefit|improved|improve)"
        r"|(?:are|have) there (?:been )?(?:any )?(?:\w+ )?cases?",
    ),
    (
        "mechanism",
        r"(?:(?:might|may|could|would|can) .*(?:help|work|useful|benefit|slow|treat)|mechanisms?|rationale|theory)\b.*",
    ),
)
_ASKED: Final = tuple((role, re.compile(rf"\b(?:{words})\b")) for role, words in _ASKED_WORDS)
_ROLE_PATTERNS: Final = tuple((role, re.compile(pattern)) for role, pattern in _ROLES)
_NUMBERING = re.compile(
    r"^(?:(?:[Ss]ection|[Pp]art|[Cc]hapter)\s(?:\d{1,2}|[IVX]{1,5})\s?[.:–—-]\s+|(?:\d{1,2}(?:[.-](?:\d{1,2}"
    r"|[ivx]{1,5}))*[a-h]?[.):]?|[IVX]{1,5}[.)]|[ivx]{1,5}[.)]|[A-Ha-h][.)])\s+)(?=\S)"
)
_SIGNS: Final = " \t\r\n■▪◆◊●•►▶❖§"  # what is set before headings for show
_SHOWN = re.compile(r"^[^\w\"“‘'(]+|\s*\(\d{1,3}\)$")  # the same in marked headings, pictures too; how many a list has
_CAPITAL = re.compile(r"\S*[^\W\d_a-z]|von |van |de ")

_USUAL: Final = frozenset(
    {"abstract", "introduction", "background", "methods", "materials and methods", "patients and methods", "results"}
    | {"discussion", "analysis", "data", "results and discussion", "conclusion", "conclusions", "references"}
)

# What publishers set between the parts of a sentence: notes at the foot of a page, running heads, captions.
# Each way starts with a character or two that tell whether to try it.
_FURNITURE = re.compile(
    r"(?:A(?:LSUntangled Reviewers\b|ddress correspondence|ccepted\b|bbreviations:)"
    r"|C(?:orrespond(?:ence|ing author)|opyright|ONTACT\b)|Received\b|\((?:Received\b|c\))|©|ISSN\b|To (?:cite|link to) this"
    r"|P(?:ublished online|age \d)|Su(?:bmit your article|pplement(?:al|ary) (?:data|material))"
    r"|View (?:related|Crossref|Crossmark)|E-?mail:|Downloaded (?:from|by)|https?://\S+$"
    r"|\d\d{0,3}$|[A-Z .][A-Z .]{2,39}\d{1,4}$|Note:)"
)
_FEW_WORDS: Final = 3
_LABEL_ALONE = re.compile(r"(?:Table|Figure|Fig\.?|Box)\s+(?:\d{1,2}|[IVX]{1,4})\s?[.:]*", re.IGNORECASE)
# What stands at the end of an article and is part of no section before it.
_BACK_MATTER = re.compile(
    r"\W*(?:ORCID(?: iDs?)?|Acknowledge?ments?|Funding(?: (?:statement|sources?|information))?|Footnotes|Notes"
    r"|(?:Authors?[’']?s?’? )?contributions?|Notes on contributors?|Supplement(?:al|ary) (?:data|materials?|information)"
    r"|(?:Data|Code) availability(?: statement)?|Abbreviations|Appendix|Correspondence|Article (?:notes|information)"
    r"|Reviewers|ALS\s?Untangled (?:reviewers|group))\W*",
    re.IGNORECASE,
)
_SHORT_LINE: Final = 30
# Lines that belong to no paragraph: parts of a page, the byline.
_ALONE = re.compile(
    r"(?:Updated Review|Key Information|(?:by )?(?:the )?ALS\s?Untangled Group"
    r"|\[(?-i:[A-DFU])\]\s[\w -]{4,25})\W*",
    re.IGNORECASE,
)
_AUTHOR = r"[A-ZÀ-Þ][A-ZÀ-Þ.’'-]*(?:\s[A-ZÀ-Þ][A-ZÀ-Þ.’'-]*){1,3}\s?\d{0,2}"
_BYLINE = re.compile(rf"{_AUTHOR}(?:\s?,\s{_AUTHOR})*(?:,?\s(?:&|AND)\s{_AUTHOR})?,?")
_REVIEWERS_AT: Final = 80
_REVIEWERS_WHO = re.compile(r".{0,60}\b[Rr]eviewers who (?:contributed|participated)")

_SENTENCE_END = re.compile(r"[.,;:!?][”\"’']$|[.,;:!]$")
_NO_HEADING = re.compile(
    r"(?<!\bvs)(?<!\b[A-Z])[.?!]\s+[A-Z]|\[\d|\bdoi\b|@|\d{4};|\d{4},\s.*,\s\d+$|(?<!\w)\(\d+[,)]|[.,:;][⁰¹²³⁴⁵⁶⁷⁸⁹]"
    r"|\b[Gg][Rr][Aa][Dd][Ee]\s?[:=–—-]\s?[“\"'(]?[A-FU]\b|\s{3}|\^\d|[a-z)\]][.!?]\d{1,3}(?:[,–-]\d{1,3})*$"
)


_LONGEST: Final = 400  # characters of a heading, with marks around it


@lru_cache(maxsize=4096)
def role_of(heading: str) -> SectionRole:
    """Say which part of a review ``heading`` announces.

    >>> role_of("3. Pre-clinical Models"), role_of("Safety"), role_of("Conclusions:"), role_of("Statistics")
    ('preclinical', 'risks', 'conclusion', 'other')
    >>> role_of("Mechanism(s)"), role_of("Case Report(s)"), role_of("§ 3 Risks"), role_of("[REFERENCES]"), role_of("Sources (12)")
    ('mechanism', 'cases', 'risks', 'references', 'references')
    >>> role_of("Why might aspirin help ALS?"), role_of("Has it been tested in mice?"), role_of("Cases — Grade F")
    ('mechanism', 'preclinical', 'cases')
    """
    if len(heading) > _LONGEST:
        return "other"
    bare = _NUMBERING.sub("", _SHOWN.sub("", without_grade(heading).strip())).strip(" .:*#_–—-[]")
    bare = bare.casefold().replace("(s)", "s")
    bare = " ".join(bare.replace("‐", "-").replace("‑", "-").replace("–", "-").split())
    if len(bare) > 80:
        return "other"
    if heading.rstrip(" *_#").endswith("?") and _QUESTION.match(bare):
        asked = next((role for role, pattern in _ASKED if pattern.search(bare)), None)
        if asked is not None:
            return asked
    return next((role for role, pattern in _ROLE_PATTERNS if pattern.fullmatch(bare.rstrip("?"))), "other")


def is_known_heading(line: str) -> bool:
    """Say whether a line of bare text is the name of a part of a review.

    >>> is_known_heading("Risks, dosing, costs"), is_known_heading("Risks are high for all."), is_known_heading("cases")
    (True, False, False)
    >>> is_known_heading("Mechanism C")
    False
    """
    line = line.strip(_SIGNS)
    line = line[1:-1] if line[:1] == "[" and line[-1:] == "]" else line
    if (
        not line
        or len(line) > 60
        or line[-1] in ".;,"
        or "\t" in line
        or "   " in line
        or not (line[0].isupper() or line[0].isdigit())
    ):
        return False
    words = line.split()
    if words[-1] in LETTERS and 1 < len(words) <= _FEW_WORDS:
        return False  # a row of a table of grades
    return len(words) <= 7 and role_of(line) != "other"


def is_usual_heading(line: str) -> bool:
    """Say whether a line that stands alone is the usual name of a part of an article, in small letters too.

    >>> is_usual_heading("discussion"), is_usual_heading("3. Materials and Methods"), is_usual_heading("Mice")
    (True, True, False)
    """
    return _NUMBERING.sub("", line.strip()).casefold() in _USUAL


def is_furniture(line: str) -> bool:
    """Say whether a line starts as what publishers set between the parts of a text.

    >>> is_furniture("Received 3 May 2020"), is_furniture("The reviewers who contributed are Ay and Bee."), is_furniture("Risks")
    (True, True, False)
    """
    return _FURNITURE.match(line) is not None or (
        "eviewers who " in line[:_REVIEWERS_AT] and _REVIEWERS_WHO.match(line) is not None
    )


def is_label(heading: str) -> bool:
    """Say whether a heading is nothing but the label of a table or figure, which opens no section.

    >>> is_label("Table 1."), is_label("Table of evidence")
    (True, False)
    """
    return heading[:1] in "TtFfBb" and _LABEL_ALONE.fullmatch(heading) is not None


def is_back_matter(heading: str) -> bool:
    """Say whether a heading names what stands at the end of an article and belongs to no section above it.

    >>> is_back_matter("ORCID"), is_back_matter("Notes on contributors"), is_back_matter("Dosing")
    (True, True, False)
    """
    return _BACK_MATTER.fullmatch(heading) is not None


def stands_alone(line: str) -> bool:
    """Say whether a line belongs to no paragraph: it names a part of a page, or authors in capitals.

    >>> stands_alone("The ALSUntangled Group"), stands_alone("ANN AY 1, BEA BEE 2 & CLEO CEE 1"), stands_alone("ALS, AND SO ON")
    (True, True, False)
    """
    if len(line) < _SHORT_LINE and _ALONE.fullmatch(line):
        return True
    return line.isupper() and ("," in line or "&" in line) and _BYLINE.fullmatch(line) is not None


def looks_like_heading(line: str, *, most_words: int = 18) -> bool:
    """Say whether a line that stands alone has the form of a heading: short, a capital early, no sentence end.

    >>> looks_like_heading("Statistical analysis"), looks_like_heading("It was (see below)."), looks_like_heading("5 mg")
    (True, False, False)
    >>> looks_like_heading("3b) Signs in C. elegans"), looks_like_heading("mRNA levels"), looks_like_heading("and so on")
    (True, True, False)
    """
    line = line.strip()
    if not 2 < len(line) <= 9 * most_words or _SENTENCE_END.search(line) or line.count("\t"):
        return False
    numbered = _NUMBERING.match(line)
    bare = line[numbered.end() :] if numbered else line
    bare = bare if _CAPITAL.match(bare) else line  # "C. elegans" is no numbering
    if not _CAPITAL.match(bare) or len(bare.split()) > most_words or bare.startswith(("http", "www")):
        return False
    return not _NO_HEADING.search(bare) and role_of(name_with_letter(line) or "") == "other"
