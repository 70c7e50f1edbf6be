"""A bibliographic reference as an article prints or tags it (``biro:BibliographicReference``)."""

import msgspec


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """One reference: the printed string, or the fields that a publisher tagged, or both.

    Fields that are not known are empty. ``authors`` are pairs of family name and given name. ``kind`` is what the
    source calls it (``article``, ``web-page`` …), empty if it does not say.
    """

    id: str
    unstructured: str = ""
    title: str = ""
    container: str = ""
    year: str = ""
    volume: str = ""
    issue: str = ""
    first_page: str = ""
    authors: tuple[tuple[str, str], ...] = ()
    doi: str = ""
    pmid: str = ""
    url: str = ""
    kind: str = ""

    @property
    def is_structured(self) -> bool:
        """Tell whether the fields say enough to be compared one by one."""
        return bool(self.title or self.container or self.authors) and bool(
            self.title or self.volume or self.first_page or self.year
        )

    @property
    def text(self) -> str:
        """Give the printed string, or the fields in the usual order when there is none.

        >>> Reference(id="1", authors=(("Liu", "T"),), container="Nature", volume="2", year="2017").text
        'Liu T Nature 2017 2'
        """
        if self.unstructured:
            return self.unstructured
        names = " ".join(f"{family} {given}".strip() for family, given in self.authors)
        parts = (names, self.title, self.container, self.year, self.volume, self.issue, self.first_page)
        return " ".join(part for part in parts if part)
