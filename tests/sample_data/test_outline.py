from sample_data.simulate import SimulatedHospital
from sample_data.simulate.chance import stream
from sample_data.simulate.notes.outline import outline


def test_everybody_has_two_to_six_notes_in_order_of_time(hospital: SimulatedHospital) -> None:
    for stay in hospital.stays:
        slots = outline(stay, hospital.at, stream(1, stay.patient_id))
        times = [slot.written_at for slot in slots]
        assert 2 <= len(slots) <= 6
        assert times == sorted(times)
        assert times[-1] <= hospital.at


def test_ward_rounds_are_held_by_day(hospital: SimulatedHospital) -> None:
    hours = [
        slot.written_at.hour
        for stay in hospital.stays
        for slot in outline(stay, hospital.at, stream(1, stay.patient_id))
        if slot.kind == "ward_round" and stay.bed_id
    ]
    assert sum(8 <= hour < 13 for hour in hours) / len(hours) > 0.95
