"""The order in which sources are asked, with the reason for it: the resolver does what this list says, top to bottom."""

from typing import Final, NamedTuple

SourceName = str


class Step(NamedTuple):
    """One step: its name, the source asked, for which works, and why at this place."""

    name: str
    source: SourceName
    asked_for: str
    reason: str


ORDER: Final = (
    Step("short-doi", "doi", "shortDOIs", "a shortDOI is an alias; everything else needs the DOI behind it"),
    Step("trial", "clinicaltrials", "NCT numbers", "the registry itself is the only authority on a trial's status"),
    Step("arxiv", "datacite", "arXiv numbers", "arXiv registers its DOIs (10.48550/arXiv.…) with DataCite"),
    Step("pmcid", "pmc", "PMCIDs", "one list request turns up to 200 PMCIDs into PMIDs and DOIs"),
    Step(
        "pmcid-fallback", "europepmc", "PMCIDs that PMC's converter could not answer", "Europe PMC mirrors the numbers"
    ),
    Step("pubmed", "pubmed", "PMIDs", "the medical source with whole titles and typed retractions; gives the DOI too"),
    Step(
        "crossref",
        "crossref",
        "DOIs",
        "most DOIs of articles are Crossref's, lists are cheap, and updated-by stands here",
    ),
    Step(
        "agency",
        "doi",
        "DOIs that Crossref does not have",
        "absent from Crossref does not mean that a DOI does not exist",
    ),
    Step("datacite", "datacite", "DOIs of DataCite", "the agency's own metadata"),
    Step(
        "negotiation",
        "doi",
        "DOIs of other agencies, and where Crossref or DataCite failed",
        "any agency answers here; no word on retraction",
    ),
    Step(
        "europepmc",
        "europepmc",
        "DOIs without a PMID",
        "gives PMID, PMCID, licence and open-access link for 50 DOIs at once",
    ),
    Step(
        "pubmed-after",
        "pubmed",
        "PMIDs learnt on the way",
        "a second word on retraction, and titles that Crossref garbled",
    ),
    Step("last-resort", "openalex", "works that nobody described, if asked for", "priced and aggregated: used last"),
    Step(
        "open-access",
        "unpaywall",
        "DOIs, if asked for",
        "one request per DOI; Europe PMC answers for medicine in lists",
    ),
)
"""The steps in order."""

DEFAULT_SOURCES: Final = frozenset({"crossref", "doi", "datacite", "pubmed", "pmc", "europepmc", "clinicaltrials"})
OPTIONAL_SOURCES: Final = frozenset({"openalex", "unpaywall"})
