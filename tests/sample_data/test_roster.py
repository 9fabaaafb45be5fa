from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest

from sample_data.simulate import SimulatedHospital
from sample_data.simulate.chance import stream
from sample_data.simulate.roster import DAYS_AHEAD, DAYS_BACK, Rota, SimDuty, draw_availability, draw_cover
from sample_data.simulate.staff import SHIFTS, Member, draw_staff

START = date(2026, 2, 24)
SHIFT = {shift.shift_id: shift for shift in SHIFTS}


@pytest.fixture(scope="module")
def members(hospital: SimulatedHospital) -> list[Member]:
    return draw_staff(list(hospital.wards), 300, stream(1, "staff"))


@pytest.fixture(scope="module")
def duties(hospital: SimulatedHospital, members: list[Member]) -> list[SimDuty]:
    absences = draw_availability(members, START, stream(1, "absence"))
    return Rota(members, absences, stream(1, "roster")).fill(list(hospital.wards), START)


def test_the_roster_runs_28_days(duties: list[SimDuty]) -> None:
    assert len({duty.day for duty in duties}) == DAYS_BACK + DAYS_AHEAD == 28


def test_nobody_works_twice_a_day_or_comes_by_day_after_a_night(duties: list[SimDuty]) -> None:
    worked = {(duty.staff_id, duty.day): SHIFT[duty.shift_id] for duty in duties}
    assert len(worked) == len(duties)
    for (staff_id, day), shift in worked.items():
        before = worked.get((staff_id, day - timedelta(days=1)))
        assert not (before and before.is_night and not shift.is_night)


def test_nobody_works_over_48_hours_a_week(duties: list[SimDuty]) -> None:
    hours: Counter[tuple[str, int]] = Counter()
    for duty in duties:
        hours[duty.staff_id, (duty.day - START).days // 7] += SHIFT[duty.shift_id].hours
    assert 36 < max(hours.values()) <= 48


def test_nobody_works_while_on_leave(members: list[Member], duties: list[SimDuty]) -> None:
    absences = draw_availability(members, START, stream(1, "absence"))
    away = {(row.staff_id, row.day) for row in absences if row.kind in {"leave", "unavailable"}}
    assert len(away) > 200
    assert not away & {(duty.staff_id, duty.day) for duty in duties}


def test_the_roster_gives_most_but_not_all_of_the_care_hours(
    hospital: SimulatedHospital, duties: list[SimDuty]
) -> None:
    given: defaultdict[str, float] = defaultdict(float)
    for duty in duties:
        if SHIFT[duty.shift_id].role != "doctor":
            given[duty.ward_id] += SHIFT[duty.shift_id].hours / 28
    planned = sum(ward.care_hours for ward in hospital.wards if ward.plan.is_open)
    assert 0.85 < sum(given.values()) / planned < 1.0


def test_cover_asks_for_the_coming_fortnight_only(hospital: SimulatedHospital) -> None:
    rows = draw_cover(list(hospital.wards), START)
    assert {row.day for row in rows} == {START + timedelta(days=days) for days in range(14, 28)}
    assert all(row.minimum <= row.target for row in rows)
