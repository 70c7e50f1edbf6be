"""Precision and recall of claims over sentences of our own: ``python tests/benchmarks/bench_claims.py [--misses]``.

The sentences stand in tests/extraction/claim_sentences.tsv; ``--misses`` shows what went wrong in the development half only.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "extraction"))

from claim_sentences import find_claims, read_cases, score


def main() -> int:
    cases = list(read_cases())
    for name in ("dev", "held", "dev2", "held2", "dev3", "held3", "dev4", "held4"):
        chosen = [case for case in cases if case.name == name]
        print(f"{name}: {len(chosen)} sentences")
        print(f"  {'':<28}{'precision':>10}{'recall':>8}{'right':>7}{'found':>7}{'wanted':>8}")
        for part in (None, 3, 1):
            for label, s in score(chosen, part).items():
                print(f"  {label:<28}{s.precision:>10.2f}{s.recall:>8.2f}{s.right:>7}{s.found:>7}{s.wanted:>8}")
    if "--misses" in sys.argv:
        for case in cases:
            found = find_claims(case.text, case.role)
            if case.name in ("dev", "dev2", "dev3", "dev4") and found != case.claims:
                print(
                    case.text,
                    *(f"\n  - {key}" for key in case.claims - found),
                    *(f"\n  + {key}" for key in found - case.claims),
                )
    return 0


if __name__ == "__main__":
    sys.exit(main())
