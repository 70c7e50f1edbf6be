"""What a title puts in the place where a treatment would stand: *Effects of X on …*, *X protects …*, *X in the treatment of …*.

A title says little. That it names another substance is a sign that the work is about that one, never proof that it does not
test the one looked for.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

_LEADING: Final = re.compile(
    r"^(?:the|an?|oral|intravenous|intrathecal|chronic|acute|dietary|daily|high-dose|low-dose|long-term|combined|early"
    r"|treatment with|therapy with|use of)\s+",
    re.IGNORECASE,
)
_TRAILING: Final = re.compile(
    r"\s+(?:treatment|therapy|supplementation|administration|monotherapy|prescribing|dosing|toxicity|use)$",
    re.IGNORECASE,
)
_LONGEST: Final = 8


def find_agent(title: str, patterns: Sequence[re.Pattern[str]], is_substance: Callable[[str], bool]) -> str | None:
    """Give the substance that ``title`` is about by one of ``patterns``, or ``None`` if it names none that is known for one.

    >>> find_agent("Effects of Brucea oil on mice", [re.compile("of (.+?) on")], lambda phrase: "oil" in phrase)
    'Brucea oil'
    >>> find_agent("Effects of sleep on mice", [re.compile("of (.+?) on")], lambda phrase: "oil" in phrase) is None
    True
    """
    for pattern in patterns:
        for match in pattern.finditer(title):
            phrase = _TRAILING.sub("", _LEADING.sub("", match[1].strip(" ,.;:")))
            if phrase and len(phrase.split()) <= _LONGEST and is_substance(phrase):
                return phrase
    return None
