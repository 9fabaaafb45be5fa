from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from medalloc.domain.people import NoteKind
from medalloc.ingest.rows.people import NoteRow, PatientRow, VitalsRow


@pytest.mark.parametrize(
    ("column", "good", "bad"), [("age", "130", "131"), ("moves", "0", "-1"), ("deprivation", "5", "0")]
)
def test_bounds_of_a_patient(column, good, bad):
    assert getattr(PatientRow.model_validate({"patient_id": "P1", column: good}), column) == int(good)
    with pytest.raises(ValidationError):
        PatientRow.model_validate({"patient_id": "P1", column: bad})


def test_note_of_no_kind_is_of_the_ward_round():
    cells = {"note_id": "n1", "patient_id": "P1", "written_at": "2026-03-05", "text": "x"}
    assert NoteRow.model_validate(cells, context=ZoneInfo("UTC")).kind is NoteKind.WARD_ROUND


def test_vitals_take_any_number_but_no_words():
    cells = {"patient_id": "P1", "taken_at": "2026-03-05"}
    assert VitalsRow.model_validate({**cells, "pulse": "4000"}, context=ZoneInfo("UTC")).pulse == 4000
    with pytest.raises(ValidationError):
        VitalsRow.model_validate({**cells, "pulse": "fast"}, context=ZoneInfo("UTC"))
