"""The conditions of the invented patients: numbers and wording, kept in the TOML files of this folder."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from sample_data.simulate.model import Condition


@cache
def conditions() -> tuple[Condition, ...]:
    """Every condition, in file order."""
    found: list[Condition] = []
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        for key, row in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found.append(_condition(key, row))
    return tuple(found)


@cache
def conditions_of(specialty: str) -> tuple[Condition, ...]:
    """The conditions that a specialty looks after, its own and those that it shares."""
    return tuple(condition for condition in conditions() if specialty in (condition.specialty, *condition.also))


def _condition(key: str, row: dict[str, Any]) -> Condition:
    return Condition(
        key=key,
        specialty=row["specialty"],
        also=tuple(row.get("also", "").split()),
        weight=row["weight"],
        ages=tuple(row["ages"]),
        los_days=row["los_days"],
        acuity=tuple(row["acuity"]),
        needs=row["needs"],
        hdu=row.get("hdu", 0.0),
        icu=row.get("icu", 0.0),
        sex=row.get("sex", ""),
        routes=tuple(row.get("routes", ("ed",))),
        isolation=row.get("isolation", "none"),
        organisms=tuple(row.get("organisms", ())),
        names=tuple(row["names"]),
        presenting=_lines(row["presenting"]),
        findings=_lines(row["findings"]),
        plan=_lines(row["plan"]),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines() if line.strip())
