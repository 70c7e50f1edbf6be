"""Is a cited work about what it is cited for? Compare a claim's entities with its title, abstract and subject headings.

What may be concluded, and from what:

- *about-it*: the subject is a topic of the work, or is named in its abstract otherwise than beside something else, and the
  object is named too (in another form of its words at least);
- *mentioned-beside*: the subject (or the object) is named only as a comparator, in a list, among what was excluded or taken
  before, only in a heading that is no main topic, or less often than another substance that the title is about;
- *not-mentioned*: title, abstract and headings were read, and the subject is in none of them;
- *could-not-check*: everything else. A title alone never proves that a thing is not mentioned; if it names another substance that
  is said beside. A work whose abstract names the subject but not the object is not accused either: its text may do both.

A work in which an entity goes by a name that is not known here looks as if it did not mention it: the names that were looked for
are as good as the lexicon.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from alsu_kg.analysis.entities import Entity
from alsu_kg.analysis.mentions import Mention, Text, find_mentions, prepare, stem_of
from alsu_kg.analysis.title_agent import find_agent
from alsu_kg.model.aboutness import Aboutness, AboutnessStatus

METHOD: Final = "aboutness 1"
"""Name and version of the rules; a change that can change an answer changes the number."""

Role = Literal["topic", "named", "related", "beside", "partly", "absent"]

_LEAST_ABSTRACT: Final = 150
_MISPRINT: Final = 0.85
_WORD: Final = re.compile(r"[^\W_]+")


class CitedText(NamedTuple):
    """What can be read of a cited work without its text. Headings of main topics begin with an asterisk."""

    title: str | None = None
    abstract: str | None = None
    headings: tuple[str, ...] = ()
    chemicals: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that hold something."""
        return tuple(name for name, value in zip(self._fields, self, strict=True) if value)


@dataclass(frozen=True, slots=True)
class AboutnessRules:
    """The rules of data/lexicon/aboutness.tsv."""

    before: tuple[tuple[str, re.Pattern[str]], ...]
    after: tuple[tuple[str, re.Pattern[str]], ...]
    agents: tuple[re.Pattern[str], ...]
    generic: re.Pattern[str]
    is_substance: Callable[[str], bool]


class _Reading(NamedTuple):
    """A cited work made ready, and how each of a claim's entities stands in it."""

    cited: CitedText
    title: Text
    abstract: Text
    rules: AboutnessRules


class _Standing(NamedTuple):
    role: Role
    why: str
    mentions: int = 0


def judge(
    place: tuple[int, int], entities: tuple[Entity, Entity], cited: CitedText, rules: AboutnessRules
) -> Aboutness:
    """Judge one claim against one cited work; ``place`` is the claim's position and the reference's number.

    >>> rules = AboutnessRules((), (), (), re.compile("x"), lambda phrase: False)
    >>> drug, gene = Entity("azathioprine", ("azathioprine",), True), Entity("NF-kB", ("NF-kB",))
    >>> judge((0, 11), (drug, gene), CitedText(title="Azathioprine lowers NF-kB"), rules).status
    'about-it'
    >>> judge((0, 11), (drug, gene), CitedText(title="Sleep and the hypothalamus"), rules).status
    'could-not-check'
    """
    if not cited.fields:
        return Aboutness(claim=place[0], reference=place[1], status="could-not-check", reason="nothing to read")
    reading = _read(cited, rules)
    subject, other = entities
    first, second = _stand(subject, reading), _stand(other, reading)
    agent = _other_agent(subject, first, reading)
    status, missing, why = _decide(entities, (first, second), agent, reading)
    return Aboutness(
        claim=place[0],
        reference=place[1],
        status=status,
        fields=cited.fields,
        missing=missing,
        title_names=agent,
        reason=why,
    )


def _read(cited: CitedText, rules: AboutnessRules) -> _Reading:
    abstract = prepare(cited.abstract or "")
    title = replace(prepare(cited.title or ""), definitions=abstract.definitions)
    return _Reading(cited, title, abstract, rules)


def _stand(entity: Entity, reading: _Reading) -> _Standing:
    """Say how ``entity`` stands in the work: where it is named first decides."""
    in_abstract = find_mentions(reading.abstract, entity.names)
    count = len(in_abstract)
    if find_mentions(reading.title, entity.names):
        return _Standing("topic", f"{entity.word} is in the title", count)
    cited = reading.cited
    topics = [heading[1:] for heading in cited.headings if heading.startswith("*")]
    if _is_among(entity, (*topics, *cited.keywords)):
        return _Standing("topic", f"{entity.word} is a main heading or keyword", count)
    asides = [_aside(mention, reading, entity.is_substance) for mention in in_abstract]
    if in_abstract and not all(asides):
        return _Standing("named", f"the abstract names {entity.word}", count)
    if in_abstract:
        return _Standing("beside", f"the abstract names {entity.word} only as {' and '.join(_unique(asides))}", count)
    if _is_among(entity, (*cited.headings, *cited.chemicals)):
        return _Standing("beside", f"only a heading names {entity.word}")
    return _stand_by_words(entity, reading)


def _unique(asides: Sequence[str | None]) -> list[str]:
    return list(dict.fromkeys(aside for aside in asides if aside))


def _is_among(entity: Entity, headings: Sequence[str]) -> bool:
    return any(find_mentions(prepare(heading.lstrip("*")), entity.names) for heading in headings)


def _aside(mention: Mention, reading: _Reading, is_substance: bool) -> str | None:
    """Say as what a mention stands beside the subject of its sentence, or ``None`` if it does not.

    Works list the processes that they study (*mechanisms such as oxidative stress*); substances in a list are examples.
    """
    text, rules = reading.abstract, reading.rules
    start, end = text.sentence_at(mention.start)
    before, after = text.text[start : mention.start], text.text[mention.end : end]
    sides = ((before, rules.before), (after, rules.after))
    found = (kind for side, patterns in sides for kind, pattern in patterns if pattern.search(side))
    return next((_ASIDES[kind] for kind in found if is_substance or kind != "list"), None)


_ASIDES: Final = {"comparator": "a comparator", "list": "one of a list", "exclusion": "excluded or earlier treatment"}


def _stand_by_words(entity: Entity, reading: _Reading) -> _Standing:
    """Look for the words of something that has no proper name: *immune suppression* in *suppressed immunity*."""
    if entity.is_class:
        return _Standing("partly", f"{entity.word} is a group; its members may be named")
    read = reading.cited.fields
    not_named = (
        f"{entity.word} is not in the title"
        if read == ("title",)
        else f"{entity.word} is not named in {', '.join(read)}"
    )
    if entity.is_substance:
        return _Standing("absent", not_named)
    everything, whole = _lower(reading.cited)
    partly = False
    for name in entity.names:
        stems = _stems(name, reading.rules.generic)
        if stems and any(all(stem in sentence for stem in stems) for sentence in whole):
            return _Standing("related", f"other forms of the words {entity.word} stand there")
        partly = partly or 0 < len(stems) <= 2 * sum(stem in everything for stem in stems)
    if partly:
        return _Standing("partly", f"some of the words of {entity.word} stand there")
    return _Standing("absent", not_named)


@lru_cache(maxsize=256)
def _lower(cited: CitedText) -> tuple[str, tuple[str, ...]]:
    """Give all that can be read in lower case, and the sentences of title and abstract."""
    everything = " ".join(filter(None, (cited.title, cited.abstract, *cited.headings, *cited.keywords))).casefold()
    texts = (prepare(cited.title or ""), prepare(cited.abstract or ""))
    return everything, tuple(text.text[start:end].casefold() for text in texts for start, end in text.sentences)


@lru_cache(maxsize=10_000)
def _stems(name: str, generic: re.Pattern[str]) -> tuple[str, ...]:
    """Give the beginnings of the telling words of ``name``; short names in capitals are looked for as names only."""
    words = [word for word in _WORD.findall(name) if not generic.fullmatch(word.casefold())]
    return tuple(stem_of(word.casefold()) for word in words) if all(len(word) > 3 for word in words) else ()


def _other_agent(subject: Entity, standing: _Standing, reading: _Reading) -> str | None:
    """Give another substance that the title is about, if the subject is a substance that the title does not name."""
    if not subject.is_substance or subject.is_class or standing.role == "topic" or not reading.title.text:
        return None
    agent = find_agent(reading.title.text, reading.rules.agents, reading.rules.is_substance)
    return None if agent is None or _is_misprint(agent, subject.names) else agent


def _is_misprint(agent: str, names: Sequence[str]) -> bool:
    """Tell whether ``agent`` is one of ``names`` with letters lost or wrong.

    >>> _is_misprint("Mastinib", ["masitinib"]), _is_misprint("imatinib mesylate", ["masitinib"])
    (True, False)
    """
    folded = agent.casefold()
    ratios = (SequenceMatcher(None, folded, name.casefold(), autojunk=False).ratio() for name in names)
    return any(ratio > _MISPRINT for ratio in ratios)


def _decide(
    entities: tuple[Entity, Entity], standings: tuple[_Standing, _Standing], agent: str | None, reading: _Reading
) -> tuple[AboutnessStatus, str | None, str]:
    (subject, other), (first, second) = entities, standings
    named_there = f"; the title names {agent}" if agent else ""
    both = f"{first.why}; {second.why}"
    if first.role in ("topic", "named", "related") and second.role in ("topic", "named", "related"):
        if first.role == "named" and agent and _is_outnumbered(first, agent, reading):
            return (
                "mentioned-beside",
                subject.word,
                f"{first.why}, but less often than {agent}, which the title is about",
            )
        return "about-it", None, both
    if len(reading.abstract.text) < _LEAST_ABSTRACT:
        lacks = subject.word if first.role not in ("topic", "named", "related") else other.word
        return "could-not-check", lacks, f"{both}; no abstract to read{named_there}"
    if first.role == "absent":
        return "not-mentioned", subject.word, first.why + named_there
    if first.role == "beside":
        return "mentioned-beside", subject.word, first.why + named_there
    if first.role == "partly":
        return "could-not-check", subject.word, first.why + named_there
    if second.role == "beside":
        return "mentioned-beside", other.word, both
    return "could-not-check", other.word, f"{both}, but the work may say more than its abstract"


def _is_outnumbered(standing: _Standing, agent: str, reading: _Reading) -> bool:
    """Tell whether the abstract names the title's substance more often than the subject, by its name or its first word."""
    names = (agent, agent.split()[0], " ".join(agent.split()[:2]))
    own = tuple(name for name in names if len(name) > 4)
    return len(find_mentions(reading.abstract, own)) > standing.mentions
