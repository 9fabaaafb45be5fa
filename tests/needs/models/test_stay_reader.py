"""What the stay model is told of each patient, and what comes of it."""

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest

from medalloc.domain.needs import Binding, Mobility, Need, NeedName, Needs, NeedSource
from medalloc.domain.people import Isolation, Patient, PatientStatus, Readiness, Sex, Source
from medalloc.domain.places import Level
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.needs.models.stay import StayFit, WardStays, fit_ward_stays
from medalloc.needs.models.stay_reader import NAMES, elapsed_days, read_stay, stay_features

AT = datetime(2026, 3, 10, 7, 30)
HERE = Patient(
    "0001",
    sex=Sex.FEMALE,
    age=83,
    source=Source.ED,
    admitted_at=AT - timedelta(days=5, hours=12),
    edd=AT + timedelta(days=3),
    readiness=Readiness.REVIEW,
    specialty="geriatrics",
    level=Level.WARD,
    isolation=Isolation.CONTACT,
)
COMING = Patient(
    "0002",
    age=41,
    status=PatientStatus.EXPECTED,
    expected_at=AT + timedelta(days=1),
    edd=AT + timedelta(days=5),
)


def snapshot(*patients: Patient) -> HospitalSnapshot:
    return HospitalSnapshot("Test", AT, "Europe/London", (), (), patients)


def features(patient: Patient, *read: Need) -> dict[str, float]:
    needs = {patient.patient_id: Needs(patient.patient_id, {need.name: need for need in read})} if read else {}
    return dict(zip(NAMES, stay_features(snapshot(patient), needs)[0].tolist(), strict=True))


def need(name: NeedName, value: str, *, abstained: bool = False) -> Need:
    return Need(name, value, 0.9, NeedSource.NOTE, Binding.SOFT, abstained)


def test_what_the_record_says_is_told() -> None:
    found = features(HERE)
    assert found["age"] == 83.0
    assert found["edd_days"] == 3.0
    assert (found["readiness"], found["level"], found["isolated"], found["here"]) == (1.0, 0.0, 1.0, 1.0)
    assert (found["source_ed"], found["source_elective"]) == (1.0, 0.0)
    assert (found["specialty_geriatrics"], found["specialty_renal"]) == (1.0, 0.0)


@pytest.mark.parametrize("name", ["acuity", "mobility", "cognition", "oxygen", "end_of_life"])
def test_what_nobody_says_is_missing(name: str) -> None:
    assert np.isnan(features(HERE)[name])


def test_what_was_read_outranks_the_record() -> None:
    found = features(HERE, need(NeedName.READINESS, "ready"), need(NeedName.MOBILITY, Mobility.HOIST))
    assert (found["readiness"], found["mobility"]) == (2.0, 4.0)


def test_what_is_too_unsure_counts_as_not_read() -> None:
    found = features(
        HERE, need(NeedName.READINESS, "ready", abstained=True), need(NeedName.ACUITY, "2", abstained=True)
    )
    assert found["readiness"] == 1.0
    assert np.isnan(found["acuity"])


def test_those_to_come_have_spent_nothing_and_count_from_admission() -> None:
    assert elapsed_days([HERE, COMING], AT).tolist() == [5.5, 0.0]
    assert features(COMING)["edd_days"] == 4.0
    assert features(COMING)["here"] == 0.0


def test_a_date_of_discharge_that_has_passed_is_negative() -> None:
    assert features(replace(HERE, edd=AT - timedelta(days=2)))["edd_days"] == -2.0


@pytest.fixture(scope="module")
def model() -> WardStays:
    """Learnt from stays that end within a day of the recorded date; one in four has none."""
    rng = np.random.default_rng(8)
    edd = rng.uniform(1, 20, 1200)
    known = np.full((1200, len(NAMES)), np.nan)
    known[:, NAMES.index("edd_days")] = edd
    known[::4, NAMES.index("edd_days")] = np.nan
    days = np.maximum(0.1, edd + rng.normal(0, 0.7, 1200))
    how = StayFit(trees=40, learning_rate=0.2)
    return fit_ward_stays(days, np.ones(1200, dtype=bool), known, np.zeros(1200), NAMES, how)


def test_everybody_gets_rising_quantiles_by_patient_id(model: WardStays) -> None:
    found = read_stay(model, snapshot(HERE, COMING), {})
    assert list(found) == ["0001", "0002"]
    assert all(0 < stay.p10 < stay.p50 < stay.p90 for stay in found.values())


def test_a_later_recorded_date_means_a_longer_stay(model: WardStays) -> None:
    later = replace(HERE, patient_id="0003", edd=AT + timedelta(days=15))
    found = read_stay(model, snapshot(HERE, later), {})
    assert found["0003"].p50 > found["0001"].p50 + 6


def test_nobody_gives_nothing(model: WardStays) -> None:
    assert read_stay(model, snapshot(), {}) == {}


def test_who_has_no_date_is_not_taken_for_the_usual_date(model: WardStays) -> None:
    undated, dated = replace(HERE, patient_id="0004", edd=None), replace(HERE, edd=AT + timedelta(days=10))
    found = read_stay(model, snapshot(undated, dated), {})
    assert found["0004"].p90 - found["0004"].p10 > 12
    assert found["0001"].p90 - found["0001"].p10 < 6
