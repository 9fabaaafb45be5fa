from sample_data.simulate import SimulatedHospital
from sample_data.simulate.chance import stream
from sample_data.simulate.model import WARD_NEEDS, Stay
from sample_data.simulate.notes.mentions import plan_mentions, shape_of
from sample_data.simulate.notes.outline import outline


def _rules(stay: Stay, hospital: SimulatedHospital) -> set[str]:
    slots = outline(stay, hospital.at, stream(1, stay.patient_id))
    mentions = plan_mentions(stay, slots, stream(2, stay.patient_id))
    return {rule for rules in mentions.values() for rule in rules}


def test_every_need_is_written_about(hospital: SimulatedHospital) -> None:
    for stay in hospital.stays:
        rules = _rules(stay, hospital)
        for need in stay.features:
            shape = shape_of(need, stay)
            assert {f"{shape}nurse", f"{shape}doctor"} & rules, stay.patient_id
        if stay.isolation != "none":
            assert f"yes.{stay.organism or stay.isolation}" in rules


def test_nobody_is_said_to_need_what_they_do_not_unless_it_stopped(hospital: SimulatedHospital) -> None:
    for stay in hospital.stays:
        rules = _rules(stay, hospital)
        for need in set(WARD_NEEDS) - stay.features:
            shape = shape_of(need, stay)
            if {f"{shape}nurse", f"{shape}doctor"} & rules:
                assert f"{need}.stopped" in rules


def test_distractors_stand_in_the_notes_of_many_who_do_not_have_the_need(hospital: SimulatedHospital) -> None:
    kinds = ("denied", "past", "other", "if", "stopped")
    found = {rule for stay in hospital.stays for rule in _rules(stay, hospital)}
    for need in ("oxygen", "telemetry", "suction", "visible", "dialysis", "ventilator", "none", "ward"):
        assert sum(f"{need}.{kind}" in found for kind in kinds) >= 4, need
