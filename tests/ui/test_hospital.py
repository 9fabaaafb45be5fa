from dataclasses import replace

from medalloc.domain.people import PatientStatus
from medalloc.domain.places import BedStatus
from medalloc.ui.hospital import BedCount, HospitalView


def test_beds_are_counted_by_what_can_be_done_with_them(view: HospitalView) -> None:
    assert view.bed_counts["W1"] == BedCount(open=4, occupied=2, available=1, cleaning=1)
    assert view.bed_counts["W2"] == BedCount(open=1, available=1, closed=1)
    assert view.total == BedCount(open=6, occupied=3, available=2, cleaning=1, closed=1)
    assert view.total.occupancy_share == 0.5


def test_a_reserved_bed_is_neither_free_nor_occupied(view: HospitalView) -> None:
    beds = tuple(replace(bed, status=BedStatus.RESERVED) if bed.bed_id == "02" else bed for bed in view.snapshot.beds)
    count = HospitalView(view.info, replace(view.snapshot, beds=beds)).bed_counts["W1"]
    assert (count.reserved, count.occupied, count.available) == (1, 2, 0)


def test_beds_of_a_closed_ward_are_not_open(view: HospitalView) -> None:
    wards = tuple(replace(ward, open=ward.ward_id != "W2") for ward in view.snapshot.wards)
    count = HospitalView(view.info, replace(view.snapshot, wards=wards)).bed_counts["W2"]
    assert (count.open, count.closed, count.occupancy_share) == (0, 2, 0.0)


def test_what_would_change_the_plan_comes_first_in_the_confirm_list(view: HospitalView) -> None:
    asked = [(one.patient_id, str(one.need.name)) for one in view.to_confirm]
    assert asked[0] == ("007", "isolation")
    assert len(asked) == 4


def test_patients_stand_where_their_most_pressing_need_does(view: HospitalView) -> None:
    assert view.confirm_rank == {"007": 0, "P4": 1}


def test_suggestions_are_the_moves_of_the_plan(view: HospitalView) -> None:
    assert view.stored is not None
    moved = {one.patient_id for one in view.stored.plan.placements if one.action.moves}
    assert moved
    assert {suggestion.patient_id for suggestion in view.suggestions} == moved


def test_without_a_plan_there_is_nothing_to_decide(view: HospitalView) -> None:
    bare = HospitalView(view.info, view.snapshot)
    assert bare.suggestions == []
    assert bare.breaches_left == bare.breaches


def test_patients_by_status(view: HospitalView) -> None:
    assert [patient.patient_id for patient in view.patients(PatientStatus.WAITING)] == ["P4", "P5"]
