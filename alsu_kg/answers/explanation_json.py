"""An Explanation as JSON: its fields by name, lists as lists, unknown as ``null``, and the notice."""

import json
from dataclasses import asdict

from alsu_kg.analysis.explanation import NOTICE, Explanation


def write_json(explanation: Explanation) -> str:
    """Write ``explanation`` as one JSON object; the same explanation gives the same text."""
    return json.dumps({"notice": NOTICE, **asdict(explanation)}, ensure_ascii=False, indent=1) + "\n"
