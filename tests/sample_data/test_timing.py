from medalloc.domain.needs import Barrier
from sample_data.simulate import SimulatedHospital
from sample_data.simulate.timing import edd


def test_expected_patients_come_later_and_have_no_bed(hospital: SimulatedHospital) -> None:
    for stay in hospital.stays:
        if stay.status == "expected":
            assert stay.expected_at is not None
            assert stay.expected_at > hospital.at
            assert not stay.bed_id


def test_nobody_came_after_the_snapshot(hospital: SimulatedHospital) -> None:
    times = [time for stay in hospital.stays for time in (stay.admitted_at, stay.waiting_since) if time]
    assert len(times) > 300
    assert max(times) <= hospital.at


def test_those_who_step_down_wait_since_after_they_came(hospital: SimulatedHospital) -> None:
    for stay in hospital.stays:
        if stay.admitted_at and stay.waiting_since:
            assert stay.waiting_since > stay.admitted_at


def test_nobody_is_expected_to_leave_before_the_snapshot(hospital: SimulatedHospital) -> None:
    assert min(edd(stay, hospital.at) for stay in hospital.stays) > hospital.at


def test_only_those_who_are_fit_or_nearly_have_a_barrier(hospital: SimulatedHospital) -> None:
    with_barrier = [stay for stay in hospital.stays if stay.barrier]
    assert len(with_barrier) > 9
    assert {stay.readiness for stay in with_barrier} == {"ready", "review"}
    assert {stay.barrier for stay in with_barrier} <= {str(code) for code in Barrier}
