"""Every way to fail, drawn as one tree.

AlsuKgError             what went wrong, where, and the repair
├── UsageError          the command or call is wrong: unknown query, unknown parameter, SPARQL syntax  (exit 2)
└── WorkError           the work could not be done                                                   (exit 3)
    ├── RecordError     a review record is not well formed or contradicts itself
    ├── GraphError      the graph does not keep the shapes of ontology/shapes.ttl
    ├── StoreError      the store cannot be opened, written or read
    └── AssetError      ontology/, data/ or queries/ is missing or damaged
"""


class AlsuKgError(Exception):
    """A failure that a person can act on.

    ``what`` says what is wrong, ``place`` names the file, line, key or thing (may be empty) and ``repair`` says what
    to do about it. ``str(error)`` is one line, whatever the parts hold.

    >>> print(RecordError("letter 'G' is not a grade", place="x.yaml: grades[0].letter", repair="use A to F or U"))
    x.yaml: grades[0].letter: letter 'G' is not a grade. Repair: use A to F or U
    """

    exit_code = 3

    def __init__(self, what: str, *, place: str = "", repair: str = "") -> None:
        self.what = what
        self.place = place
        self.repair = repair
        text = f"{place}: {what}" if place else what
        if repair:
            text = f"{text.rstrip('.')}. Repair: {repair}"
        super().__init__(" ".join(text.split()))


class UsageError(AlsuKgError):
    """The command or the call is wrong (exit code 2)."""

    exit_code = 2


class WorkError(AlsuKgError):
    """The work could not be done (exit code 3)."""


class RecordError(WorkError):
    """A review record is not well formed or contradicts itself."""


class GraphError(WorkError):
    """The graph does not keep the shapes of ``ontology/shapes.ttl``."""


class StoreError(WorkError):
    """The store cannot be opened, written or read."""


class AssetError(WorkError):
    """``ontology/``, ``data/`` or ``queries/`` is missing or damaged."""
