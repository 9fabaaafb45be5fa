"""Rows of staff.csv, shifts.csv, cover.csv, availability.csv and roster.csv."""

from __future__ import annotations

from medalloc.domain.staff import Role
from medalloc.ingest.fields import AvailabilityKindWord, Clock, Day, RoleWord, Word, WordSet, number, whole
from medalloc.ingest.rows.base import RowModel


class StaffRow(RowModel):
    """A row of staff.csv."""

    staff_id: str
    name: str = ""
    role: RoleWord = Role.NURSE
    grade: str = ""
    skills: WordSet = frozenset()
    home_ward: str = ""
    contract_hours: float | None = number(0, 168, default=None, of="hours per week")
    max_consecutive: int | None = whole(1, 31, default=None, of="duties in a row")
    min_rest_hours: float | None = number(0, 168, default=None, of="hours")
    max_weekends: int | None = whole(0, 53, default=None, of="weekends")


class ShiftRow(RowModel):
    """A row of shifts.csv."""

    shift_id: str
    name: str = ""
    start: Clock
    hours: float = number(0.25, 24, of="hours")
    role: RoleWord = Role.NURSE


class CoverRow(RowModel):
    """A row of cover.csv."""

    ward_id: str
    date: Day
    shift_id: str
    skill: Word = ""
    minimum: int = whole(0, 1_000, of="people")
    target: int | None = whole(0, 1_000, default=None, of="people")


class AvailabilityRow(RowModel):
    """A row of availability.csv."""

    staff_id: str
    date: Day
    shift_id: str = ""
    kind: AvailabilityKindWord
    weight: float = number(default=1.0)


class DutyRow(RowModel):
    """A row of roster.csv."""

    staff_id: str
    date: Day
    shift_id: str
    ward_id: str = ""
