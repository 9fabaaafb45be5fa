from dataclasses import MISSING, fields

import pytest

from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.domain.stock import Usage
from medalloc.ingest.specs import SPECS
from tests.tiny import tiny_files

KEYS = {
    "wards.csv": ("ward_id",),
    "beds.csv": ("bed_id", "ward_id"),
    "patients.csv": ("patient_id",),
    "notes.csv": ("note_id",),
    "staff.csv": ("staff_id",),
    "shifts.csv": ("shift_id",),
    "drugs.csv": ("drug_id",),
    "lots.csv": ("lot_id",),
    "orders.csv": ("order_id",),
}


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.file)
def test_columns_are_the_fields_of_the_domain(spec):
    kind = Usage if spec.file == "usage.csv" else spec.build
    assert set(spec.model.model_fields) == {field.name for field in fields(kind)}


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.file)
def test_defaults_are_those_of_the_domain(spec):
    kind = Usage if spec.file == "usage.csv" else spec.build
    for field in fields(kind):
        if field.default is not MISSING:
            assert spec.model.model_fields[field.name].default == field.default


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.file)
def test_key_columns(spec):
    assert spec.keys == KEYS.get(spec.file, ())
    assert set(spec.keys) <= set(spec.needed)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.file)
def test_tiny_hospital_has_every_column(spec):
    header = tiny_files()[spec.file].decode().partition("\n")[0].split(",")
    assert spec.columns <= set(header)


def test_every_file_has_a_field_of_the_snapshot():
    assert {spec.field for spec in SPECS} <= {field.name for field in fields(HospitalSnapshot)}


def test_a_file_comes_after_those_it_refers_to():
    order = [spec.file for spec in SPECS]
    assert all(order.index(other) < order.index(spec.file) for spec in SPECS for other in spec.refers_to)
