from sample_data.simulate import SimulatedHospital
from sample_data.simulate.chance import stream
from sample_data.simulate.staff import SHIFTS, draw_staff


def test_there_are_one_and_a_half_people_to_a_bed(hospital: SimulatedHospital) -> None:
    members = draw_staff(list(hospital.wards), 300, stream(1))
    assert len(members) == 450
    assert len({member.staff_id for member in members}) == 450


def test_every_open_ward_has_somebody_who_can_lead_a_shift(hospital: SimulatedHospital) -> None:
    members = draw_staff(list(hospital.wards), 300, stream(1))
    leaders = {member.home_ward for member in members if "in_charge" in member.skills}
    assert leaders == {ward.ward_id for ward in hospital.wards if ward.plan.is_open}


def test_each_staff_group_has_its_own_shifts() -> None:
    assert {shift.role for shift in SHIFTS} == {"nurse", "healthcare_assistant", "doctor"}
    assert len({shift.shift_id for shift in SHIFTS}) == len(SHIFTS)
