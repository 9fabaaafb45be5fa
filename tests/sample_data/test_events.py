from collections import defaultdict
from datetime import datetime
from statistics import median

import pytest

from sample_data.simulate import SimulatedHospital
from sample_data.simulate.events import slow_ward
from tests.sample_data.conftest import SHIPPED, read

Case = dict[str, datetime]
IN_ORDER = (
    ("arrival", "triage", "decision_to_admit", "bed_requested", "bed_assigned", "bed_ready", "bed_occupied"),
    ("fit_for_discharge", "tto_ordered", "tto_ready", "left", "bed_clean_start", "bed_clean_end"),
)


@pytest.fixture(scope="module")
def cases() -> dict[str, Case]:
    found: defaultdict[str, Case] = defaultdict(dict)
    for row in read(SHIPPED / "hospital", "events"):
        found[row["case_id"]][row["activity"]] = datetime.fromisoformat(row["at"])
    return found


def _hours(cases: list[Case], start: str, end: str) -> float:
    return median((case[end] - case[start]).total_seconds() / 3600 for case in cases if start in case and end in case)


def test_milestones_follow_one_another(cases: dict[str, Case]) -> None:
    for case in cases.values():
        for milestones in IN_ORDER:
            times = [case[activity] for activity in milestones if activity in case]
            assert times == sorted(times)


def test_about_2500_cases_none_of_them_in_the_future(cases: dict[str, Case]) -> None:
    assert 2300 <= len(cases) <= 2800
    assert max(time for case in cases.values() for time in case.values()) <= datetime(2026, 3, 10, 7, 30)


def test_medicines_ordered_in_the_afternoon_wait_longest(cases: dict[str, Case]) -> None:
    ordered = [case for case in cases.values() if "tto_ordered" in case]
    late = [case for case in ordered if 13 <= case["tto_ordered"].hour < 18]
    early = [case for case in ordered if case["tto_ordered"].hour < 13]
    assert _hours(late, "tto_ordered", "tto_ready") > 2 * _hours(early, "tto_ordered", "tto_ready")


def test_beds_wait_longest_for_cleaning_at_night(cases: dict[str, Case]) -> None:
    left = [case for case in cases.values() if "left" in case]
    night = [case for case in left if case["left"].hour >= 20 or case["left"].hour < 6]
    day = [case for case in left if 6 <= case["left"].hour < 20]
    assert _hours(night, "left", "bed_clean_start") > 3 * _hours(day, "left", "bed_clean_start")


def test_the_slow_ward_is_slow(cases: dict[str, Case], hospital: SimulatedHospital) -> None:
    slow = slow_ward(hospital.wards)
    on_it = {row["case_id"] for row in read(SHIPPED / "hospital", "events") if row["ward_id"] == slow}
    here = [case for case_id, case in cases.items() if case_id in on_it]
    others = [case for case_id, case in cases.items() if case_id not in on_it]
    assert _hours(here, "fit_for_discharge", "left") > 1.5 * _hours(others, "fit_for_discharge", "left")


def test_inpatients_from_the_emergency_department_occupied_their_bed_when_admitted(
    cases: dict[str, Case],
) -> None:
    case_of = {row["patient_id"]: row["case_id"] for row in read(SHIPPED / "hospital", "events")}
    checked = 0
    for row in read(SHIPPED / "hospital", "patients"):
        if row["status"] == "inpatient" and row["source"] == "ed":
            occupied = cases[case_of[row["patient_id"]]]["bed_occupied"]
            assert occupied == datetime.fromisoformat(row["admitted_at"])
            checked += 1
    assert checked > 150


def test_outcomes_are_those_of_patients_who_have_left(cases: dict[str, Case]) -> None:
    outcomes = read(SHIPPED / "hospital", "outcomes")
    assert {row["case_id"] for row in outcomes} == {case_id for case_id, case in cases.items() if "left" in case}
    assert all(float(row["los_days"]) > 0 for row in outcomes)
