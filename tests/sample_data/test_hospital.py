from datetime import datetime

from sample_data.simulate import SimulatedHospital, simulate


def test_the_snapshot_is_a_tuesday_morning(hospital: SimulatedHospital) -> None:
    assert hospital.at == datetime(2026, 3, 10, 7, 30)


def test_other_seeds_make_other_patients() -> None:
    first, second = simulate(40, 1), simulate(40, 2)
    assert {stay.patient_id for stay in first.stays} != {stay.patient_id for stay in second.stays}


def test_some_ids_start_with_zeros(hospital: SimulatedHospital) -> None:
    ids = [stay.patient_id for stay in hospital.stays]
    assert len(set(ids)) == len(ids)
    assert 30 < sum(patient_id.startswith("0") for patient_id in ids) < 200


def test_another_moment_moves_the_whole_hospital() -> None:
    made = simulate(40, 1, at=datetime(2027, 1, 4, 12, 0))
    assert max(stay.admitted_at for stay in made.stays if stay.admitted_at) < datetime(2027, 1, 4, 12, 0)
