from medalloc.domain.requirements import CareHours
from medalloc.needs.care import load_care_table
from medalloc.needs.complete import completed
from medalloc.needs.reader import read_needs
from tests.needs.small import ENCODER, heads, hospital, note, patient


def test_every_patient_has_a_stay_and_hours_of_care() -> None:
    ill = "Noradrenaline running, arterial line. Creatinine climbing, fistula."
    snapshot = hospital([patient("a", age=71), patient("b", age=34)], [note("a", ill)])
    found = completed(read_needs(snapshot, ENCODER, heads=heads()), snapshot)
    stay, care = found["a"].stay, found["a"].care
    assert stay is not None
    assert 0 <= stay.p10 <= stay.p50 <= stay.p90
    assert care is not None
    assert care.nurse >= 12.0
    assert found["b"].care == CareHours(4.8, 2.4)


def test_hours_follow_the_hospital_s_own_table() -> None:
    snapshot = hospital([patient("b", age=34)])
    rows = [{**row, "nurse": 3.0} if row["key"] == "level.ward" else row for row in load_care_table().as_rows()]
    table = type(load_care_table()).from_rows(rows)
    found = completed(read_needs(snapshot, ENCODER, heads=heads()), snapshot, table)
    assert found["b"].care == CareHours(3.0, 2.4)
