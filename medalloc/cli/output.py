"""What commands print: lines for people, or one JSON object; faults go to stderr."""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def report(faults: Iterable[object]) -> int:
    """Print faults, one a line; the exit status that follows from them."""
    lines = [str(fault) for fault in faults]
    for line in lines:
        print(line, file=sys.stderr)
    return 1 if lines else 0


def show(options: argparse.Namespace, result: dict[str, Any], lines: Sequence[str]) -> None:
    """Print a result, as JSON where that is asked for."""
    if options.json:
        lines = [json.dumps(finite(result), default=str, ensure_ascii=False, allow_nan=False)]
    print("\n".join(lines))


def finite(value: Any) -> Any:
    """The same with null for numbers that JSON does not know: nan and infinity."""
    if isinstance(value, Mapping):
        return {str(key): finite(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [finite(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
