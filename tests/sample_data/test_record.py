from collections import Counter

from sample_data.simulate import SimulatedHospital
from sample_data.simulate.placing import fits
from tests.sample_data.conftest import SHIPPED, read

CLINICAL = ("edd", "specialty", "level", "isolation", "features")


def _blank_share(status: set[str]) -> float:
    rows = [row for row in read(SHIPPED / "hospital", "patients") if row["status"] in status]
    fields = [row[name] for row in rows for name in CLINICAL if name != "features"]
    return fields.count("") / len(fields)


def test_the_record_of_those_without_a_bed_is_half_blank() -> None:
    assert 0.4 <= _blank_share({"waiting", "expected"}) <= 0.6


def test_a_quarter_of_the_record_of_inpatients_is_blank() -> None:
    assert 0.2 <= _blank_share({"inpatient"}) <= 0.3


def test_a_part_of_readiness_and_barriers_must_be_read_from_the_notes() -> None:
    truth = {row["patient_id"]: row for row in read(SHIPPED / "hospital", "truth")}
    rows = [row for row in read(SHIPPED / "hospital", "patients") if row["status"] == "inpatient"]
    assert 0.15 < [row["readiness"] for row in rows].count("") / len(rows) < 0.35
    held = [row["barrier"] for row in rows if truth[row["patient_id"]]["barrier"]]
    assert 0.15 < held.count("") / len(held) < 0.6
    assert all(truth[row["patient_id"]]["readiness"] == row["readiness"] for row in rows if row["readiness"])
    assert all(truth[row["patient_id"]]["barrier"] for row in rows if row["barrier"])


def test_what_the_record_says_is_right_but_for_what_is_out_of_date() -> None:
    truth = {row["patient_id"]: row for row in read(SHIPPED / "hospital", "truth")}
    wrong: Counter[str] = Counter()
    for row in read(SHIPPED / "hospital", "patients"):
        for name in ("specialty", "level", "isolation"):
            if row[name] and row[name] != truth[row["patient_id"]][name]:
                assert f"stale_{name}" in truth[row["patient_id"]]["planted"]
                wrong[name] += 1
    assert 3 <= wrong.total() <= 20


def test_the_recorded_features_are_in_the_bed(hospital: SimulatedHospital) -> None:
    beds = {row["bed_id"]: row for row in read(SHIPPED / "hospital", "beds")}
    for row in read(SHIPPED / "hospital", "patients"):
        if row["bed_id"] and row["features"]:
            assert set(row["features"].split(";")) <= set(beds[row["bed_id"]]["features"].split(";"))
    assert all(
        fits(stay, hospital.bed_of[stay.bed_id])
        for stay in hospital.stays
        if not stay.planted and stay.bed_id and stay.status == "inpatient"
    )
