"""Review records on disk: YAML or JSON in, ReviewRecord out, and back in one canonical form.

Reading uses the strict YAML 1.2 reader ``ryaml`` (duplicate keys are errors) and ``msgspec`` for types; PyYAML gives line
numbers for messages and writes the canonical form.
"""

import json
import re
import sys
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import msgspec
import ryaml
import yaml

from alsu_kg.model.consistency import find_problems
from alsu_kg.model.errors import RecordError
from alsu_kg.model.review import ReviewRecord

RECORD_SUFFIXES: Final = (".yaml", ".yml", ".json")
_LONGEST_KEY: Final = 120
_LONGEST_LINE: Final = 130
_TAG: Final = "tag:yaml.org,2002:"
_RESOLVER: Final[Any] = yaml.resolver.Resolver()
_REPRESENTER: Final = yaml.representer.SafeRepresenter()
_MAPPING: Final = yaml.MappingStartEvent(None, None, implicit=True, flow_style=False)
_SMALL_MAPPING: Final = yaml.MappingStartEvent(None, None, implicit=True, flow_style=True)
_MAPPING_END: Final = yaml.MappingEndEvent()
_SEQUENCE: Final = yaml.SequenceStartEvent(None, None, implicit=True, flow_style=False)
_SEQUENCE_END: Final = yaml.SequenceEndEvent()
_ON_ONE_LINE: Final = json.JSONEncoder(ensure_ascii=False).encode

# Keys that are written only when they hold something; every other key of the contract is always written.
_WRITTEN_WHEN_SET: Final = frozenset(
    (
        *(
            "place",
            "cites",
            "stated_in",
            "note",
            "until",
            "superseded",
            "flags",
            "pmcid",
            "accessed",
        ),
        *("identifier_source", "link_status", "link_reason", "label", "weakest", "why_weak", "validated", "population"),
        *("registry_id", "raw", "quote", "rationale", "of_treatment", "decided"),
    )
)


def parse_record(text: str, name: str, *, is_draft: bool = False) -> ReviewRecord:
    r"""Read one record from YAML or JSON text; ``name`` (a file name) is used in messages.

    Raises ``RecordError`` with file, line and key for broken YAML, unknown or missing keys, values of the wrong type,
    and, unless it ``is_draft``, parts that contradict each other.

    >>> parse_record("record: lunasin\nreview: {number: 26}", "lunasin.yaml").review.number
    26
    """
    try:
        data = json.loads(text) if name.endswith(".json") else ryaml.loads(text)
    except ValueError as error:
        raise RecordError(f"not well-formed: {error}", place=name, repair="correct the file at that line") from None
    try:
        record = msgspec.convert(data, ReviewRecord)
    except msgspec.ValidationError as error:
        raise _type_error(error, text, name) from None
    problems = find_problems(record)
    if problems and not is_draft:
        key, what, repair = problems[0]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise RecordError(what + more, place=_place(text, name, key), repair=repair)
    return record


def read_record(path: Path, *, is_draft: bool = False) -> ReviewRecord:
    """Read one record file; a draft may contradict itself.

    Raises ``RecordError`` as ``parse_record`` does, and if the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RecordError(f"cannot be read: {error}", place=str(path), repair="give a readable UTF-8 file") from None
    return parse_record(text, str(path), is_draft=is_draft)


def find_record_files(paths: Iterable[Path]) -> list[Path]:
    """List the record files among ``paths``; a folder stands for the record files directly in it, in name order.

    Raises ``RecordError`` for a path that does not exist.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(child for child in path.iterdir() if child.suffix in RECORD_SUFFIXES)
        elif path.exists():
            found.append(path)
        else:
            raise RecordError("no such file or folder", place=str(path), repair="check the path")
    return found


def repeated_key(key: str, name: str, first: str) -> RecordError:
    """Give the error for a record key that two files carry; ``name`` is the later file, ``first`` the earlier."""
    return RecordError(
        f"the record key {key!r} is already used by {first}",
        place=f"{name}: record",
        repair="give each record a key of its own",
    )


def further_keys(key: str, name: str) -> tuple[str, ...]:
    """Give keys for the draft of document ``name`` where another file has ``key`` already, as two documents on one treatment do.

    >>> further_keys("aspirin", "pages/Aspirin page.html")
    ('aspirin-aspirin-page', 'aspirin-aspirin-page-html', 'aspirin-pages-aspirin-page-html')
    """
    path = Path(name)
    parts = ((path.stem,), (path.stem, path.suffix), (path.parent.name, path.stem, path.suffix))
    words = [re.findall(r"[a-z0-9]+", " ".join(part).casefold()) for part in parts]
    return tuple("-".join([key, *found])[:_LONGEST_KEY].strip("-") for found in words if found)


def format_record(record: ReviewRecord) -> str:
    r"""Write ``record`` as canonical YAML: the keys of the contract in its order, one line per small item.

    >>> text = format_record(parse_record("record: x\nreview: {}", "x.yaml"))
    >>> format_record(parse_record(text, "x.yaml")) == text
    True
    """
    events = [yaml.StreamStartEvent(), yaml.DocumentStartEvent(explicit=False)]
    _add_events(events, msgspec.to_builtins(record))
    events += (yaml.DocumentEndEvent(explicit=False), yaml.StreamEndEvent())
    return str(yaml.emit(events, Dumper=yaml.CSafeDumper, allow_unicode=True, width=140))


def _add_events(events: list[yaml.Event], value: Any) -> None:  # noqa: ANN401 - a JSON tree
    """Add what writes a JSON tree: small mappings on one line, keys left out that are only written when set."""
    if isinstance(value, str):
        events.append(_scalar(value))
    elif isinstance(value, dict):
        kept = {k: v for k, v in value.items() if k not in _WRITTEN_WHEN_SET or _is_set(k, v)}
        events.append(_SMALL_MAPPING if _is_small(kept) else _MAPPING)
        for key, item in kept.items():
            events.append(_scalar(key))
            _add_events(events, item)
        events.append(_MAPPING_END)
    elif isinstance(value, (list, tuple)):
        events.append(_SEQUENCE)
        for item in value:
            _add_events(events, item)
        events.append(_SEQUENCE_END)
    elif type(value) is int:  # most are places, which rarely come again
        events.append(yaml.ScalarEvent(None, _TAG + "int", (True, False), str(value)))
    else:
        events.append(_number(value))


def _is_set(key: str, value: object) -> bool:
    if value is False:
        return key != "superseded"  # which is false where nothing is said; elsewhere that is a finding
    return value is not None and value not in ((), [])


def _is_small(mapping: dict[str, Any]) -> bool:
    least = sum(map(len, mapping)) + 7 * len(mapping)  # quotes, a colon, a comma, spaces and one character of the value
    return least < _LONGEST_LINE and len(_ON_ONE_LINE(mapping)) < _LONGEST_LINE


@lru_cache(maxsize=8192)  # keys and most other words come again
def _scalar(text: str) -> yaml.Event:
    """Give what writes ``text`` so that it is text in YAML 1.1 and in YAML 1.2."""
    is_text = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) == _TAG + "str"
    return yaml.ScalarEvent(None, _TAG + "str", (is_text, True), text, style=_quotes_of(text))


def _quotes_of(text: str) -> str | None:
    if not text.isprintable():  # the two disagree on which characters break lines: write them escaped
        return '"'
    try:
        return None if isinstance(ryaml.loads(text), str) else "'"
    except ValueError:
        return None


@lru_cache(maxsize=1024, typed=True)  # mostly nothing, or a number that comes again
def _number(value: float | None) -> yaml.Event:
    """Give what writes a number, a truth value or nothing."""
    node = _REPRESENTER.represent_data(value)
    return yaml.ScalarEvent(None, node.tag, (True, False), node.value)


def _type_error(error: msgspec.ValidationError, text: str, name: str) -> RecordError:
    what, _, key = str(error).partition(" - at `$")
    key = key.rstrip("`").lstrip(".")
    return RecordError(
        what.replace("`", "'"),
        place=_place(text, name, key),
        repair="see the record shape in ARCHITECTURE.md or an example in data/reviews/",
    )


def _place(text: str, name: str, key: str) -> str:
    """Name file, line and key; the line is found by walking PyYAML's node tree, only when there is an error to show."""
    line = None
    if not name.endswith(".json"):
        try:
            line = _line_of(yaml.compose(text, Loader=yaml.CSafeLoader), key)
        except yaml.YAMLError:
            line = None
    return f"{name}{f':{line}' if line else ''}: {key or 'top level'}"


def _line_of(node: yaml.Node | None, key: str) -> int | None:
    for step in key.replace("[", ".[").split("."):
        child = _child(node, step) if step else node
        if child is None:
            break
        node = child
    return node.start_mark.line + 1 if node is not None else None


def _child(node: yaml.Node | None, step: str) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and step.startswith("["):
        index = int(step[1:-1]) if step[1:-1].isdigit() else len(node.value)
        return node.value[index] if index < len(node.value) else None
    if isinstance(node, yaml.MappingNode):
        return next((value for name, value in node.value if name.value == step), None)
    return None


def main() -> None:
    """Rewrite the record files that are named on the command line in canonical form."""
    for name in sys.argv[1:]:
        path = Path(name)
        path.write_text(format_record(read_record(path)), encoding="utf-8")


if __name__ == "__main__":
    main()
