"""Persons' decisions on disk: one reader and one writer for every verb that takes them (``link``, ``build``, ``curate``)."""

from pathlib import Path

from alsu_kg.linking.decisions import Decision, add_decision, read_decisions
from alsu_kg.model.errors import UsageError
from alsu_kg.output import write_output


def load_decisions(path: str | Path | None) -> dict[str, Decision]:
    """Load the decisions of an SSSOM file, the last of each subject; none if there is no file (yet).

    Raises ``UsageError`` if the file is no SSSOM table.
    """
    if not path or not Path(path).exists():
        return {}
    try:
        return read_decisions(Path(path).read_text(encoding="utf-8-sig"))
    except (ValueError, OSError) as error:
        raise UsageError(f"cannot be read: {error}", place=str(path), repair="give an SSSOM table (TSV)") from None


def keep_decision(path: str | Path, decision: Decision) -> None:
    """Add a decision to an SSSOM file, which is made if need be; what stands there stays, and the file is always whole."""
    file = Path(path)
    text = file.read_text(encoding="utf-8-sig") if file.exists() else ""
    write_output(add_decision(text, decision).encode(), str(path))
