"""SHACL: whether the graph keeps the shapes of ``ontology/shapes.ttl``.

The fast engine is ``shacl-rust``; the tests compare it with pySHACL, the reference, on the whole graph.
"""

from collections.abc import Iterable
from typing import NamedTuple

import shacl_rust

from alsu_kg.assets import find_asset
from alsu_kg.ontology import read_shape_predicates


class Violation(NamedTuple):
    """One thing that does not keep a shape: the thing, the property, what is wrong, the value if there is one."""

    focus: str
    path: str
    message: str
    value: str


def find_violations(lines: Iterable[str]) -> list[Violation]:
    """Check N-Quads lines against the shapes; an empty list means that they conform (SHACL 3.6.1)."""
    shapes = find_asset("ontology/shapes.ttl").read_text(encoding="utf-8")
    looked_at = read_shape_predicates()
    seen = "".join(line for line in lines if line.split(" ", 2)[1] in looked_at)
    report = shacl_rust.validate(seen, shapes, data_format="nq", shapes_format="ttl", experimental_index=True)
    return sorted(
        Violation(
            focus=str(result.get("focusNode") or ""),
            path=str(result.get("resultPath") or ""),
            message=str((result.get("messages") or [""])[-1]),
            value=str(result.get("value") or ""),
        )
        for result in report["results"]
    )
