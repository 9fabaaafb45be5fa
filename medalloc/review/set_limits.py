"""How far a bed plan looks ahead, what it may do at most, and how long and closely it is solved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from types import MappingProxyType
from typing import Any

from medalloc.errors import DataError, Issue
from medalloc.optimise.beds.weights import SETTING_RANGES, BedSettings

_BY_DEFAULT = BedSettings()
RANGES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {name: SETTING_RANGES[name] for name in ("horizon_days", "max_transfers", "max_moves", "gap", "time_limit_s")}
)
"""Least and most of each limit that is a number."""
WHOLE = ("horizon_days", "max_transfers", "max_moves")
"""Limits that are counted."""


@dataclass(frozen=True, slots=True)
class SetLimits:
    """What a plan keeps to, beside the rules."""

    horizon_days: int = _BY_DEFAULT.horizon_days
    """How far it looks ahead [days]."""
    max_transfers: int = _BY_DEFAULT.max_transfers
    """Most inpatients that one plan moves."""
    max_moves: int = _BY_DEFAULT.max_moves
    """Most moves of a patient in a stay, those of the plan included."""
    open_escalation: bool = _BY_DEFAULT.escalation
    """Whether beds of closed wards may be opened, at their price."""
    gap: float = _BY_DEFAULT.gap
    """Stop once no plan can be better by more than this share of the cost."""
    time_limit_s: float | None = None
    """None: as the operator of this machine has set it."""

    @classmethod
    def from_mapping(cls, given: Mapping[str, Any], file: str = "limits") -> SetLimits:
        """Limits by name, what is not given as it is by default.

        Raises
        ------
        DataError
            An unknown name, or a value out of its range: each is an issue.
        """
        issues = [issue for name, value in given.items() if (issue := _issue(name, value, file)) is not None]
        if issues:
            raise DataError(f"{len(issues)} limits cannot be used.", tuple(issues))
        values: dict[str, Any] = {name: int(value) if name in WHOLE else value for name, value in given.items()}
        return cls(**values)

    def to_mapping(self) -> dict[str, Any]:
        """Every limit by name, as JSON has it."""
        return asdict(self)


NAMES = tuple(field.name for field in fields(SetLimits))
"""All limits, in their order."""


def _issue(name: str, value: Any, file: str) -> Issue | None:
    right = _right(name, value)
    return Issue(file, None, name, repr(value), right) if right else None


def _right(name: str, value: Any) -> str:
    """What would be right; "" for a value that is."""
    if name not in NAMES:
        return f"no such limit; there are: {', '.join(NAMES)}"
    if name == "open_escalation":
        return "" if isinstance(value, bool) else "true or false"
    if name == "time_limit_s" and value is None:
        return ""
    low, high = RANGES[name]
    kind = "a whole number" if name in WHOLE else "a number"
    right = f"{kind} from {low:,} to {high:,}"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return right
    return "" if low <= value <= high and (name not in WHOLE or value == int(value)) else right
