"""A set of weights as a TOML file: the tables `weights` and `limits`, each value under its name."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from medalloc.errors import DataError, Issue
from medalloc.optimise.beds import BedWeights
from medalloc.review.set_limits import SetLimits
from medalloc.review.weight_sets import WeightSet, load_set
from medalloc.store import Store

READERS: Mapping[str, Callable[[Mapping[str, Any]], object]] = MappingProxyType(
    {"weights": BedWeights.from_mapping, "limits": SetLimits.from_mapping}
)
"""What makes something of each table."""


def read_toml(path: Path) -> WeightSet:
    """The set that a file holds; what is not in it is as it is by default.

    Raises
    ------
    DataError
        The file cannot be read, or holds names or values that no set has: one line names them all.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise DataError(f"{path}: is no TOML file ({error}).") from error
    return _from_tables(given, path.name)


def file_or_set(store: Store, asked: str) -> WeightSet:
    """What a command line names: a file, where it is one or ends in .toml, else a set that is kept; DataError."""
    path = Path(asked)
    return read_toml(path) if path.suffix.lower() == ".toml" or path.is_file() else load_set(store, asked)


def as_toml(chosen: WeightSet) -> str:
    """The set as a file that `read_toml` takes."""
    lines = [f"# medalloc: weights and limits of bed plans, set {chosen.name}, version {chosen.version}"]
    for table, values in chosen.to_mapping().items():
        lines += ["", f"[{table}]"]
        lines += [f"{name} = {_value(value)}" for name, value in values.items() if value is not None]
    return "\n".join((*lines, ""))


def _from_tables(given: dict[str, Any], file: str) -> WeightSet:
    faults = [
        f"there is no table {name}; there are: {', '.join(READERS)}"
        for name, value in given.items()
        if name not in READERS or not isinstance(value, dict)
    ]
    made: dict[str, Any] = {}
    for name, read in READERS.items():
        table = given.get(name, {})
        try:
            made[name] = read(table if isinstance(table, dict) else {})
        except DataError as error:
            faults.append("; ".join(map(_fault, error.issues)) or str(error))
    if faults:
        raise DataError(f"{file}: {'; '.join(faults)}")
    return WeightSet(name=file, **made)


def _fault(issue: Issue) -> str:
    return f"the limit {issue.column} must be {issue.message}, not {issue.value}"


def _value(value: float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)
