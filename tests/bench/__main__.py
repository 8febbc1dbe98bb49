"""`make bench`: measures, prints one row a figure with its limit, and writes results.json.

Every module `bench_*.py` beside this file gives its figures by `rows()`: a list of dictionaries with name,
value, unit, limit (None where there is none) and holds. Figures are ratios within one run: machines are noisy.
"""

import importlib
import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FIELDS = {"name", "value", "unit", "limit", "holds"}


def main() -> int:
    """Measure everything; the exit code is 1 where a limit does not hold."""
    results: list[dict[str, Any]] = []
    for module in sorted(HERE.glob("bench_*.py")):
        for row in importlib.import_module(f"tests.bench.{module.stem}").rows():
            assert set(row) == FIELDS, f"{module.name}: a row has {sorted(row)}"
            results.append(row)
            limit = "" if row["limit"] is None else f"limit {row['limit']:g}"
            mark = "" if row["limit"] is None else "holds" if row["holds"] else "FAILS"
            print(f"{row['name']:<64} {row['value']:>10.3g} {row['unit']:<12} {limit:<14} {mark}")
    (HERE / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    return int(not all(row["holds"] for row in results))


if __name__ == "__main__":
    sys.exit(main())
