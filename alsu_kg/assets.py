"""Where ontology/, data/ and queries/ lie: inside the installed package, or beside it in a checkout."""

from pathlib import Path

from alsu_kg.model.errors import AssetError

_PACKAGE = Path(__file__).resolve().parent


def find_asset(name: str) -> Path:
    """Give the path of ``name`` (``ontology``, ``data/reviews``, ``queries/x.rq``) wherever the package is installed.

    A wheel carries the folders in ``alsu_kg/_assets``; a checkout or an editable install has them beside ``alsu_kg``.
    Raises ``AssetError`` if it is in neither place.

    >>> find_asset("ontology").name
    'ontology'
    """
    for root in (_PACKAGE / "_assets", _PACKAGE.parent):
        found = root / name
        if found.exists():
            return found
    raise AssetError(f"{name} is missing from the installation", place=str(_PACKAGE), repair="install alsu-kg again")
