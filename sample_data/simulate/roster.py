"""Who worked, who is drafted to work, who cannot, and what the wards ask for: 14 days back and 14 ahead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sample_data.simulate.model import SimWard
from sample_data.simulate.staff import SHIFTS, Member, SimShift

DAYS_BACK = 14
DAYS_AHEAD = 14
_SHARE_OF_CARE = {"nurse": 0.64, "healthcare_assistant": 0.36}
_NIGHT_SHARE = 0.42
_MAX_WEEK_HOURS = 48.0
_COVER_SKILL = {
    "ICU": "critical_care",
    "HDU": "critical_care",
    "RENAL": "dialysis",
    "HAEM": "chemotherapy",
    "PAED": "paediatric",
}


@dataclass(frozen=True, slots=True)
class SimAvailability:
    """A row of availability.csv."""

    staff_id: str
    day: date
    shift_id: str
    kind: str
    weight: float


@dataclass(frozen=True, slots=True)
class SimDuty:
    """A row of roster.csv."""

    staff_id: str
    day: date
    shift_id: str
    ward_id: str


@dataclass(frozen=True, slots=True)
class SimCover:
    """A row of cover.csv."""

    ward_id: str
    day: date
    shift_id: str
    skill: str
    minimum: int
    target: int


def draw_availability(members: list[Member], start: date, rng: Random) -> list[SimAvailability]:
    """Leave in blocks, single days that are impossible, and requests; from the first rostered day on."""
    rows: dict[tuple[str, date], SimAvailability] = {}
    shifts_of = _shifts_of_role()
    for member in members:
        if rng.random() < 0.19:
            first = rng.randrange(-3, DAYS_BACK + DAYS_AHEAD)
            for offset in range(max(0, first), min(DAYS_BACK + DAYS_AHEAD, first + rng.choice((3, 5, 7, 7, 10)))):
                day = start + timedelta(days=offset)
                rows[member.staff_id, day] = SimAvailability(member.staff_id, day, "", "leave", 1.0)
        for kind, odds in (("unavailable", 0.10), ("request_off", 0.30), ("request_on", 0.12)):
            if rng.random() < odds:
                day = start + timedelta(days=rng.randrange(DAYS_BACK, DAYS_BACK + DAYS_AHEAD))
                shift = (
                    rng.choice(shifts_of[member.role]).shift_id if kind == "request_on" or rng.random() < 0.4 else ""
                )
                weight = 1.0 if kind == "unavailable" else float(rng.randint(1, 5))
                rows.setdefault((member.staff_id, day), SimAvailability(member.staff_id, day, shift, kind, weight))
    return sorted(rows.values(), key=lambda row: (row.day, row.staff_id))


def _shifts_of_role() -> dict[str, list[SimShift]]:
    shifts: defaultdict[str, list[SimShift]] = defaultdict(list)
    for shift in SHIFTS:
        shifts[shift.role].append(shift)
    return shifts


class Rota:
    """Fills the roster day by day with whoever is furthest below contract and may work."""

    def __init__(self, members: list[Member], absences: Iterable[SimAvailability], rng: Random) -> None:
        self._rng = rng
        self._away = {(row.staff_id, row.day) for row in absences if row.kind in {"leave", "unavailable"}}
        self._team: defaultdict[tuple[str, str], list[Member]] = defaultdict(list)
        for member in members:
            self._team[member.home_ward, member.role].append(member)
        self._hours: defaultdict[tuple[str, int], float] = defaultdict(float)
        self._worked: dict[tuple[str, date], SimShift] = {}

    def fill(self, wards: list[SimWard], start: date) -> list[SimDuty]:
        """Duties of every open ward, all days."""
        duties = []
        for offset in range(DAYS_BACK + DAYS_AHEAD):
            day = start + timedelta(days=offset)
            for ward in wards:
                if ward.plan.is_open:
                    duties += self._ward_day(ward, day, offset)
        return duties

    def _ward_day(self, ward: SimWard, day: date, offset: int) -> list[SimDuty]:
        duties = []
        for shift, wanted in _wanted(ward, day).items():
            team = list(self._team[ward.ward_id, shift.role])
            self._rng.shuffle(team)
            week = offset // 7
            team.sort(key=lambda member: self._hours[member.staff_id, week] - member.contract_hours)
            free = [member for member in team if self._may_work(member, day, shift, week)]
            for member in free[:wanted]:
                self._hours[member.staff_id, week] += shift.hours
                self._worked[member.staff_id, day] = shift
                duties.append(SimDuty(member.staff_id, day, shift.shift_id, ward.ward_id))
        return duties

    def _may_work(self, member: Member, day: date, shift: SimShift, week: int) -> bool:
        if (member.staff_id, day) in self._away or (member.staff_id, day) in self._worked:
            return False
        before = self._worked.get((member.staff_id, day - timedelta(days=1)))
        if before and before.is_night and not shift.is_night:
            return False
        hours = self._hours[member.staff_id, week] + shift.hours
        if hours > min(_MAX_WEEK_HOURS, member.contract_hours + 8):
            return False
        run = 0
        while (member.staff_id, day - timedelta(days=run + 1)) in self._worked:
            run += 1
        return run < member.max_consecutive


def _wanted(ward: SimWard, day: date) -> dict[SimShift, int]:
    """People asked for on each shift of a day."""
    weekend = day.weekday() >= 5
    wanted: dict[SimShift, int] = {}
    for shift in SHIFTS:
        if shift.role == "doctor":
            wanted[shift] = _doctors(ward, shift, weekend)
            continue
        hours = ward.care_hours * _SHARE_OF_CARE[shift.role]
        if shift.is_night:
            wanted[shift] = max(1, round(hours * _NIGHT_SHARE / shift.hours))
        elif shift.hours > 8:
            wanted[shift] = max(1, round(hours * (1 - _NIGHT_SHARE) * 0.85 / shift.hours))
        else:
            wanted[shift] = 0 if weekend else round(hours * (1 - _NIGHT_SHARE) * 0.15 / shift.hours)
    return wanted


def _doctors(ward: SimWard, shift: SimShift, weekend: bool) -> int:
    size = ward.care_hours / 120
    if shift.shift_id == "D-D":
        return 0 if weekend else max(1, round(1.2 * size))
    if shift.shift_id == "D-L":
        return max(1, round(0.4 * size))
    return 1 if ward.plan.level != "ward" or ward.plan.code in {"AMU", "MED", "SURG"} else 0


def draw_cover(wards: list[SimWard], start: date) -> list[SimCover]:
    """Skills that must be on each shift of the draft; the numbers of people follow from acuity instead."""
    rows = []
    for offset in range(DAYS_BACK, DAYS_BACK + DAYS_AHEAD):
        day = start + timedelta(days=offset)
        for ward in wards:
            if not ward.plan.is_open:
                continue
            for shift_id in ("N-LD", "N-N"):
                rows.append(SimCover(ward.ward_id, day, shift_id, "in_charge", 1, 1))
                skill = _COVER_SKILL.get(ward.plan.code)
                if skill:
                    target = max(2, round(ward.care_hours / 60))
                    rows.append(SimCover(ward.ward_id, day, shift_id, skill, max(1, target // 2), target))
    return rows
