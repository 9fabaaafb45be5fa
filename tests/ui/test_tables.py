from medalloc.errors import Issue
from medalloc.ui import tables
from medalloc.ui.hospital import HospitalView


def test_the_longest_wait_comes_first_without_names(view: HospitalView) -> None:
    frame = tables.waiting(view, show_names=False)
    assert list(frame["Patient"]) == ["DD · P4", "EE · P5"]
    assert list(frame["Waited"]) == ["6 h 15 min", "1 h 55 min"]


def test_names_are_shown_only_when_asked_for(view: HospitalView) -> None:
    assert list(tables.waiting(view, show_names=True)["Patient"]) == ["Di Dogwood · P4", "Ed Elm · P5"]


def test_the_plan_column_says_what_the_plan_does(view: HospitalView) -> None:
    assert view.stored is not None
    bed_id = view.stored.plan.placement_of["P5"].to_bed_id
    assert bed_id == "05"
    assert list(tables.waiting(view, show_names=False)["Plan"])[1] == "→ 05"


def test_a_patient_whose_notes_were_not_read_is_said_to_be_unread(view: HospitalView) -> None:
    patient = view.snapshot.patient_of["P5"]
    assert tables.needs_line(view, patient) == "notes not read yet"


def test_where_a_patient_is(view: HospitalView) -> None:
    snapshot = view.snapshot
    assert tables.where(snapshot, snapshot.patient_of["007"]) == "Ash · 01"
    assert tables.where(snapshot, snapshot.patient_of["P4"]) == "waiting, ED"
    assert tables.where(snapshot, snapshot.patient_of["P6"]) == "expected 16:30, elective"


def test_penalties_end_with_their_sum() -> None:
    frame = tables.penalties({"waiting": 30.0, "transfer": 0.0}, {"waiting": 10.5, "transfer": 15.0})
    assert list(frame["Rule"]) == ["Waiting", "Move", "Sum"]
    assert list(frame["Difference"]) == [-19.5, 15.0, -4.5]


def test_rejected_rows_stand_before_remarks() -> None:
    remark = Issue("beds.csv", 3, "colour", "", "is not a known column", rejected=False)
    fault = Issue("beds.csv", 9, "status", "free", "should be available")
    frame = tables.issues([remark, fault])
    assert list(frame["Line"]) == [9, 3]
    assert list(frame["Row"]) == ["rejected", "loaded"]


def test_every_waiting_patient_is_told_why(view: HospitalView) -> None:
    frame = tables.still_waiting(view, show_names=False)
    assert list(frame["Patient"]) == ["DD · P4", "FF · P6"]
    why = (
        "Free beds ruled out by isolation: 2; free beds ruled out by bed usable in time: 1; "
        "bed 02 would do but for this rule: isolation; bed 01 would do but for this rule: bed usable in time"
    )
    assert list(frame["Why"]) == [why, why]


def test_news2_sorts_as_a_number(view: HospitalView) -> None:
    frame = tables.patients(view, [view.snapshot.patient_of["P4"]], show_names=False)
    assert frame["NEWS2"].iloc[0] == 4
