"""Review records on disk: YAML or JSON in, ReviewRecord out, and back in one canonical form.

Reading uses the strict YAML 1.2 reader ``ryaml`` (duplicate keys are errors) and ``msgspec`` for types; PyYAML gives line
numbers for messages and writes the canonical form.
"""

import json
import re
import sys
from collections.abc import Iterable
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
    return yaml.dump(
        _plain(msgspec.to_builtins(record)), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=140
    )


def _plain(value: Any) -> Any:  # noqa: ANN401 - a JSON tree
    if isinstance(value, dict):
        kept = {k: _plain(v) for k, v in value.items() if k not in _WRITTEN_WHEN_SET or v not in (None, (), [], False)}
        return _Flow(kept) if _is_small(kept) else kept
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


class _Flow(dict[str, Any]):
    """A mapping to be written on one line."""


def _is_small(mapping: dict[str, Any]) -> bool:
    return len(json.dumps(mapping, ensure_ascii=False)) < 130


class _Dumper(yaml.SafeDumper):
    """Writes small mappings in flow style and quotes what YAML 1.2 would read as a number."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - signature of the base class
        """Never write anchors."""
        return True


def _represent_flow(dumper: yaml.SafeDumper, data: _Flow) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True)


def _represent_str(dumper: yaml.SafeDumper, data: str) -> yaml.Node:
    style = None if isinstance(_scalar(data), str) else "'"
    if not data.isprintable():  # YAML 1.1 and 1.2 disagree on which characters break lines: write them escaped
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", data, style=style)


def _scalar(text: str) -> object:
    try:
        return ryaml.loads(text)
    except ValueError:
        return text


_Dumper.add_representer(_Flow, _represent_flow)
_Dumper.add_representer(str, _represent_str)


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
