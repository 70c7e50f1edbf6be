"""``alsu-kg.toml``: contact address, who decides, base URL and limits per service, cache folder, Retraction Watch file.

The file is the one named by ``--config`` or ``ALSU_KG_CONFIG``, else ``alsu-kg.toml`` here, else in the user's configuration
folder. Keys of services never stand in it: they come from environment variables.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec
import platformdirs

from alsu_kg.indexes.services import SERVICES
from alsu_kg.model.errors import UsageError
from alsu_kg.model.exchange import Service

FILE_NAME: Final = "alsu-kg.toml"


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the configuration's parts: unknown keys are errors."""


class ServiceSettings(_Part, frozen=True, kw_only=True):
    """How one service is reached: base URL in place of the public one, requests per second, requests at once."""

    base_url: str | None = None
    rate_per_second: float | None = None
    concurrency: int | None = None


class Configuration(_Part, frozen=True, kw_only=True):
    """Everything that ``alsu-kg.toml`` may set; times are in seconds.

    >>> Configuration().deadline
    60.0
    """

    contact: str | None = None
    name: str | None = None
    services: dict[Service, ServiceSettings] = {}
    cache: str | None = None
    retraction_watch: str | None = None
    deadline: float = 60.0
    timeout: float = 20.0
    retries: int = 3

    @property
    def bases(self) -> dict[Service, str]:
        """The base URLs that differ from the public ones."""
        return {name: item.base_url for name, item in self.services.items() if item.base_url}

    @property
    def cache_file(self) -> Path:
        """The file of the response cache."""
        folder = Path(self.cache).expanduser() if self.cache else Path(platformdirs.user_cache_dir("alsu-kg"))
        return folder / "resolver.sqlite"


def load_configuration(path: str | None = None, environ: Mapping[str, str] | None = None) -> Configuration:
    """Read the configuration. Raises ``UsageError`` for a named file that is missing and for anything it cannot mean."""
    env = os.environ if environ is None else environ
    named = path or env.get("ALSU_KG_CONFIG")
    candidates = (
        [Path(named)] if named else [Path(FILE_NAME), Path(platformdirs.user_config_dir("alsu-kg")) / FILE_NAME]
    )
    file = next((candidate for candidate in candidates if candidate.is_file()), None)
    if file is None and named:
        raise UsageError("no such configuration file", place=named, repair="correct --config or ALSU_KG_CONFIG")
    configuration = _parse(file.read_bytes(), str(file)) if file else Configuration()
    contact = env.get("ALSU_KG_CONTACT") or configuration.contact
    if contact and ("@" not in contact or any(letter.isspace() for letter in contact)):
        raise UsageError(f"the contact {contact!r} is no e-mail address", repair='write contact = "you@example.org"')
    return msgspec.structs.replace(configuration, contact=contact)


def _parse(data: bytes, name: str) -> Configuration:
    try:
        return msgspec.convert(tomllib.loads(data.decode("utf-8")), Configuration)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(
            f"is not well-formed TOML: {error}", place=name, repair="correct the file at that line"
        ) from None
    except msgspec.ValidationError as error:
        raise UsageError(
            str(error).replace("`", "'"),
            place=name,
            repair=f"see README.md, 'Resolving identifiers'; services are {', '.join(SERVICES)}",
        ) from None


def load_keys(environ: Mapping[str, str] | None = None) -> dict[Service, str]:
    """Read the keys of services from their environment variables (``NCBI_API_KEY``, ``S2_API_KEY`` …).

    >>> load_keys({"NCBI_API_KEY": "k"})
    {'eutils': 'k'}
    """
    env = os.environ if environ is None else environ
    pairs = ((name, env.get(info.key_variable, "")) for name, info in SERVICES.items() if info.key_variable)
    return {name: key.strip() for name, key in pairs if key.strip()}
