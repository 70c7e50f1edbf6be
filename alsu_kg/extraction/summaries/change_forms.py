"""How prose tells that a grade changes, is left as it was, or what it now is: the forms that ``grade_changes`` seeks."""

import re
from typing import Final

_ARTICLE = r"(?:(?:an?|the|una?|TOE|grade|letter|of)\s+|[\"“”‘’'(]\s*)*"
_QUOTE = r"[\"“”‘’')]*"
# What goes on with the grade that the sentence before tells of.
PRONOUN_CHANGES: Final = (
    r"(?i:(?:it|this|that|the grade|the letter)\s+(?:now\s+)?(?:becomes|is now|rises to|falls to|drops to"
    r"|goes to|moves to|changes to"
    r"|is (?:changed|raised|lowered|upgraded|downgraded) to))"
)
_OLD, _NEW = rf"{_ARTICLE}(?P<old>[ABCDFU])\b[\"”’')]*", rf"{_ARTICLE}(?P<new>[ABCDFU])(?![\w’'])"
TOLD: Final = tuple(
    re.compile(pattern)
    for pattern in (
        # "F; it was U before", "D (previous grade: U)", "B (was D)", "F (changed from U"
        rf"(?<![\w’'])(?P<new>[ABCDFU])[\"”’']?\s*[,;(–—-]+\s*(?i:(?:it|this|which)\s+)?(?i:was|had been|formerly|before:?"
        rf"|previously"
        rf"|(?:previous|earlier|former|old|prior)\s+(?:grade|letter)\s*:?|(?:changed|raised|lowered|(?:up|down)(?:graded)?)\s+from)"
        rf"\s+{_OLD}(?![\w’'])",
        rf"\b(?i:from|de|von|da)\s+{_OLD}\s*,?\s*(?:(?i:all the way|straight|directly|right)\s+)?(?:(?i:up|down)\s+)?"
        rf"(?i:to|into|a|à|auf|zu|para)\s+{_NEW}",
        rf"\b(?i:to)\s+{_NEW}[\"”’')]*\s*[,(]?\s*(?i:(?:up |down )?from)\s+{_OLD}",
        rf"(?<![\w’'])(?P<old>[ABCDFU])[\"”’']?\s*(?:→|⇒|->|-->|=>|–>)\s*{_NEW}",
        rf"(?:\b(?i:is|are|becomes?|(?:should|must) now be)\s+(?:(?i:now)\s+)?(?:(?i:graded|rated)\s+(?:as\s+)?)?|\b(?i:grades?)\s*"
        rf"(?:[:=–—-]"
        rf"|(?i:of)\b)\s*){_NEW}[\"”’']?\s*[,(–-]?\s*"
        r"(?i:was|previously|formerly|before|(?:up|down|changed|raised|lowered|upgraded|downgraded) from"
        rf"|instead of|rather than|in place of)\s+{_OLD}",
        rf"\b(?i:was)\s+{_OLD}\s*[,;]?\s*(?i:(?:is |but )?now)\s+(?:(?i:is)\s+)?{_NEW}",
        rf"\b(?i:no longer)\s+{_OLD}[^.]{{0,30}}?\b(?i:it is|but|now)\s+(?:(?i:now)\s+)?{_NEW}",
        rf"\b(?i:an?|grade(?: of)?)\s+{_NEW}[\"”’']*\s*,?\s*"
        rf"(?i:where|which)\s+(?i:it\s+)?(?i:had been|was)\s+(?i:previously\s+)?{_OLD}",
        rf"[(:,;–—]\s*{_OLD}\s+(?i:to)\s+{_NEW}[\"”’']*(?=\s*(?:[).,;]|$|(?i:in|for|on)\b))",
        # "change the Trials grade of U to a grade of F", "the D for Cases becomes a B"
        rf"\b(?i:grade(?:\s+of)?|the|letter)\s+{_OLD}(?P<between>(?:\s+(?i:for|in|on)\s+[\w-]+)?)\s+"
        rf"(?i:(?:now\s+)?becomes|became|turn(?:s|ed)?\s+into|(?:(?:is|was)\s+)?(?:changed\s+|raised\s+|lowered\s+)?to)\s+{_NEW}",
        rf"\b(?i:replac|swap|exchang)\w*\b[^.;]{{0,40}}?\b(?P<old>[ABCDFU])\b[^.;]{{0,25}}?\b(?i:with|for|by)\s+{_NEW}",
        rf"\b(?i:was|were|had been)\s+(?i:graded|given|rated)\s+(?:as\s+)?{_OLD}[^.;]{{0,30}}?\b(?i:now|is|are)\s+"
        rf"(?i:(?:graded|given|rated)\s+)?(?:as\s+)?{_NEW}",
        rf"\b(?i:which (?:was|had been)|formerly|previously|originally)\s+{_OLD}[^.;]{{0,40}}?\b(?i:to|now|is|becomes)\s+{_NEW}",
        # "Trials now merit a D instead of a C", "the grade was B; with the new reports it is a C"
        rf"\b(?i:merits?|earns?|deserves?|gets?|receives?|rates?|warrants?|justif(?:y|ies))\s+{_NEW}[\"”’']?\s*,?\s*(?i:instead of"
        rf"|rather than|in place of|and no(?:t| longer)|not|no longer|(?:up|down) from)\s+{_OLD}",
        rf"\b(?i:grade)\s+(?i:was|had been)\s+{_OLD}\s*[,;.]\s[^.;]{{0,60}}?"
        rf"\b(?i:it is now|is now|it is|becomes|it becomes|now)\s+{_NEW}"
        r"(?=[\"”’')]*\s*(?:[.,;]|$))",
        # "We formerly graded Cases D. We now grade it B."
        rf"\b(?i:formerly|previously|originally|initially|once|first|used to)\s+(?i:grad|g[ai]v|rat)(?i:e|en|ed)?\b[^.;]{{0,40}}?"
        rf"\s{_OLD}"
        rf"\s*[.,;]?\s+(?i:(?:but\s+|and\s+)?(?:(?:we|it|this|that|they)\s+)?(?:(?:is|are)\s+)?now)\b[^.;]{{0,30}}?\s{_NEW}"
        r"(?=[\"”’')]*\s*(?:[.,;]|$|(?:for|because|since|as|given|due|based|in)\b))",
        # "we now give Trials a D; before, the grade was U"
        rf"\b(?i:an?|to|grade)\s+{_NEW}[\"”’')]*\s*[;,–—-]\s*(?i:(?:but\s+)?(?:before|previously|until now|earlier|so far)\s*,?\s+"
        rf"(?:(?:it|this|that|(?:the|its|our)\s+(?:grade|letter))\s+)?(?:was|had been))\s+{_OLD}",
        # "Cases had a grade of D. With the new report it becomes an A."
        rf"\b(?i:had|was|were|carried|received|got|held)\s+(?i:(?:given|graded|rated)\s+)?{_OLD}\s*[.,;]\s[^;]{{0,120}}?"
        rf"\b{PRONOUN_CHANGES}\s+{_NEW}(?=[\"”’')]*\s*(?:[.,;]|$|(?:for|because|since|as|given|due|based|in)\b))",
        rf"\b(?i:previous|earlier|former|old|prior)\b[^.;]{{0,30}}?\b(?i:grade)\s+(?i:of\s+)?{_OLD}[^.;]{{0,40}}?\b(?i:now"
        rf"|becomes|to)\s+{_NEW}",
        rf"\b(?i:grade)\s+(?i:of\s+)?{_NEW}[^.;]{{0,40}}?\b(?i:replac(?:es|ed|ing))\s+(?i:(?:the|our|its|an)\s+)?"
        rf"(?i:(?:earlier|previous|former|old|prior)\s+)?(?:grade\s+of\s+)?{_OLD}(?![\w’'])",
        rf"\b(?i:grades?){_QUOTE}\s+(?:(?i:up|down)\s+)?(?i:to)\s+{_NEW}(?!\s+\w+ing)",
        rf"\b(?i:rises|climbs|drops|falls|slips|goes|moves|rose|climbed|dropped|fell|slipped|went|moved)\s+(?:(?i:up|down)\s+)?"
        rf"(?i:to)\s+{_NEW}(?=[\"”’')]*\s*(?:[.,;]|$|(?:for|because|since|as|given|due|based|in)\b))",
        r"\b(?i:upgrad|downgrad|rais|lower|increas|decreas|chang|revis|mov|improv)(?i:e|es|ed|s|ing)?"
        rf"\b(?P<between>[^.;]{{0,60}}?)\b(?i:to)\s+{_NEW}(?!\s+\w+ing)",
    )
)  # fmt: skip
# "Cambiamos nuestra calificación de Ensayos a F, y nuestra calificación de Riesgos a D."
TOLD_IN_SPANISH = re.compile(rf"\b(?i:calificaci[oó]n|grado)\b(?P<between>[^.;,]{{0,40}}?)\b(?i:a)\s+{_NEW}")
# "Our Trials grade is D" says what holds from a dated update on; it is no change where no date is known.
_PAST = r"(?<!had a )(?<!was a )(?<!had the )(?<!carried a )(?<!received a )(?<!given a )(?<!original )(?<!initial )(?<!first )"
STATED = re.compile(
    rf"(?:{_PAST}\b(?i:grades?){_QUOTE}\s+(?i:is|becomes|of)\s+(?:(?i:now|thus|therefore)\s+)?"
    rf"|\b(?i:now\s+grade)\s+[A-Z][\w-]+(?:\s+[Tt]rials)?\s+(?:as\s+)?)"
    rf"{_NEW}(?=[\"”’')]*\s*(?:[.;,]|$|\(|(?:because|since|as|given|due|based)\b))"
)
DENIED = re.compile(
    r"(?:\b(?:not|no|n't|never|neither|without|cannot)\b|n[’']t\b)[^.;,]{0,40}$"
    r"|\b(?:would|could|should|might|may(?!\s+\d)|consider(?:ed|ing)?|discuss(?:ed|ing)?|rang(?:e|es|ed|ing)|scales?|debated"
    r"|thought about|asked)\b"
    r"[^.;,]{0,60}$|^\W*if\b|\b(?:whether|if)\b[^.;]{0,80}$",
    re.IGNORECASE,
)
UNDONE = re.compile(
    r"[^.;]{0,40}\b(?:but|and then|yet)\s+(?:we\s+)?(?:decided (?:against|not|to (?:keep|leave))|(?:did|do|have|chose) not)"
    r"|[^.;]{0,20}\b(?:only )?(?:if|unless)\b|[^.;]{0,25}\b(?:scale|would)\b|[^.;]{0,25}\b(?:needs?|requires?)\s+(?:an?|the"
    r"|more)\b",
    re.IGNORECASE,
)
KEPT = re.compile(rf"\b(?i:grades?){_QUOTE}\s+(?i:remains?|stays?)\s+(?:(?i:at|as|unchanged (?:at|as))\s+)?{_NEW}")
ALL_KEPT = re.compile(
    r"\bno\b[^.;]{0,80}\b(?:warrant|justif|support|requir|merit|lead|to)\w*\s+(?:\w+\s+){0,4}(?:grades?|grading)\s+chang"
    r"|\bno\b\s+(?:\w+\s+){0,3}(?:grades?\s+chang\w*|chang\w*\s+(?:in|of|to)\s+(?:\w+\s+){0,3}grades?)\b(?!\s+[ABCDFU]\b)"
    r"|\bn(?:o|ot)\b[^.;]{0,80}?\bchang(?:e|es|ed|ing)\s+(?:\w+[- ]){0,4}grades?\b(?!\s+(?:(?:from|to)\s+)?[\"“‘']?[ABCDFU]\b)"
    r"|\bnothing\b[^.;]{0,60}?\b(?:chang|warrant|justif|affect|alter)\w*\s+(?:\w+\s+){0,4}grades?\b"
    r"|\bning[uú]\w+\b[^.;]{0,80}\b(?:justifi|amerit|requier)\w*[^.;]{0,30}\b(?:calificaci|grado)"
    r"|\bgrades?\b[^.;]{0,20}\b(?:remain|stay|are|is)\w*\s+(?:all\s+)?unchanged\b",
    re.IGNORECASE,
)

GRADED = re.compile(
    r"\bgrad\w+|(?<!\w)(?-i:[ABCDFU])\s*(?:→|⇒|->|-->|=>)\s*(?-i:[ABCDFU])(?!\w)|\b[ABCDFU]\s?\((?:it )?(?:was|previously"
    r"|formerly)\s+[ABCDFU]\)|\bcalificaci[oó]n\w*|\b(?:nota|note|bewertung|grau)\b|\bTOE\b|\b(?:up"
    r"|down)-?grad\w+|\bletter\b"
    r"|(?:\b(?:mechanism|pre-?clinical|cases|trials|risks)\s+|\b(?-i:Mechanism|Pre-?[Cc]linical|Cases|Trials|Risks)[\"”’]?\s+"
    r"(?:[\w-]+[\s,]+){1,5})from\s+[\"“]?(?-i:[ABCDFU])[\"”]?\s+to\s+(?:an?\s+)?[\"“]?(?-i:[ABCDFU])\b"
    r"|[ABCDFU]\W{0,2}\s*(?:instead of|rather than)\s+(?:an?\s+)?\W?[ABCDFU]\b",
    re.IGNORECASE,
)
