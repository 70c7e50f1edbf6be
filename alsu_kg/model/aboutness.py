"""Whether a cited work is about what it is cited for, as far as its title, abstract and subject headings tell."""

from typing import Final, Literal

import msgspec

AboutnessStatus = Literal["about-it", "mentioned-beside", "not-mentioned", "could-not-check"]
"""``about-it``: the claim's entities are what the work is about. ``mentioned-beside``: one is there only as a comparator, in a
list or in passing. ``not-mentioned``: title, abstract and headings were read and one is in none of them.
``could-not-check``: there was not enough to read."""

NOT_ABOUT: Final[frozenset[AboutnessStatus]] = frozenset({"mentioned-beside", "not-mentioned"})
"""The outcomes that say that a citation is indirect."""


class Aboutness(msgspec.Struct, frozen=True, kw_only=True):
    """One claim (position from 0) against one reference (its number).

    ``fields`` are those that were looked at; ``missing`` is the entity of the claim that decided against *about-it*;
    ``title_names`` is another thing that the title puts in its place; ``reason`` says in words what was seen; ``checked_at`` is
    when services were asked for the work (``None``: only the reference as printed was read).
    """

    claim: int
    reference: int
    status: AboutnessStatus
    fields: tuple[str, ...] = ()
    missing: str | None = None
    title_names: str | None = None
    reason: str = ""
    checked_at: str | None = None
