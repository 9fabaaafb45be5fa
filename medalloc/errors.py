"""Everything that medalloc raises.

MedallocError(Exception)
├── DataError(ValueError)        the data cannot be loaded; .issues says where and why
├── EncoderError(RuntimeError)   the sentence encoder is missing or altered; the message names the fix
├── SolveError(RuntimeError)     the solver is missing, crashed, or the model is unbounded
├── DecisionError(ValueError)    a decision breaks a hard rule (.violations), or the plan has moved on (.changed)
└── AccessError(PermissionError) the role may not do this

*Infeasible* and *time limit* are values of `SolveStatus`, not exceptions.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing wrong with the data, said so that a person can put it right."""

    file: str
    line: int | None
    """Line of the file, the header being line 1; None where the file as a whole is meant."""
    column: str
    value: str
    message: str
    """What would be right."""
    rejected: bool = True
    """False for a remark: the row was loaded all the same."""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        column = f" {self.column}" if self.column else ""
        value = f" {self.value!r}" if self.value else ""
        return f"{place}{column}{value}: {self.message}"


class MedallocError(Exception):
    """Base of every error that medalloc raises on purpose."""


class DataError(MedallocError, ValueError):
    """The data cannot be loaded at all: a key file or key column is missing or unreadable."""

    def __init__(self, message: str, issues: tuple[Issue, ...] = ()) -> None:
        super().__init__(message)
        self.issues = issues


class EncoderError(MedallocError, RuntimeError):
    """The sentence encoder is missing, or its weights are not the ones expected."""


class SolveError(MedallocError, RuntimeError):
    """The solver is missing, crashed, or the model is unbounded."""


class DecisionError(MedallocError, ValueError):
    """A decision that cannot be taken."""

    def __init__(self, message: str, *, violations: tuple[str, ...] = (), changed: str = "") -> None:
        super().__init__(message)
        self.violations = violations
        self.changed = changed


class AccessError(MedallocError, PermissionError):
    """The role may not do this."""
