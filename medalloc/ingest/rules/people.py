"""Rules for patients.csv, notes.csv and vitals.csv."""

from __future__ import annotations

from medalloc.domain.people import Note, Patient, PatientStatus, Vitals
from medalloc.domain.places import FEATURES, SPECIALTIES
from medalloc.ingest.rules.rule import Finding, Known, Rule, own_word, refers, reject, remark, unique
from medalloc.ingest.validate import Row


def admitted_in_the_future(row: Row[Patient], known: Known) -> Finding | None:
    """An admission after the snapshot's moment: the row is from another time, so nothing of it is taken."""
    admitted_at = row.value.admitted_at
    if admitted_at is None or admitted_at <= known.at:
        return None
    return reject("admitted_at", f"should not be after the snapshot, {known.at:%Y-%m-%dT%H:%M}")


def bed_of_an_expected_patient(row: Row[Patient], _: Known) -> Finding | None:
    """An expected patient lies in no bed yet."""
    patient = row.value
    if patient.status is not PatientStatus.EXPECTED or not patient.bed_id:
        return None
    return remark("bed_id", "should be blank for an expected patient, and is taken so", bed_id="")


def inpatient_without_a_bed(row: Row[Patient], _: Known) -> Finding | None:
    """An inpatient lies somewhere: without a bed there is nothing to plan from."""
    patient = row.value
    if patient.status is not PatientStatus.INPATIENT or patient.bed_id:
        return None
    return reject("bed_id", "should name the bed of an inpatient, or the status should be waiting")


def unknown_bed(row: Row[Patient], known: Known) -> Finding | None:
    """A bed that is not in beds.csv: an inpatient is rejected, a waiting patient waits without it."""
    patient = row.value
    if not patient.bed_id or patient.bed_id in known.taken["beds.csv"]:
        return None
    message = "should be a bed_id of beds.csv, of a row that was not rejected"
    if patient.status is PatientStatus.INPATIENT:
        return reject("bed_id", message)
    return remark("bed_id", f"{message}; taken as blank", bed_id="")


def two_patients_in_one_bed(row: Row[Patient], known: Known) -> Finding | None:
    """The first patient of a bed keeps it, the later row is rejected; rejected rows do not count."""
    patient = row.value
    if not patient.bed_id:
        return None
    line = known.earlier(row.record.line, "occupant", patient.bed_id)
    if line is None:
        return None
    return reject("bed_id", f"should be another bed: the patient on line {line} lies in it")


def edd_before_admission(row: Row[Patient], known: Known) -> Finding | None:
    """An expected discharge before the admission, or what stands for it, says nothing: it is forecast instead."""
    patient = row.value
    since = {"admitted_at": patient.admitted_at, "expected_at": patient.expected_at}
    if patient.waiting_since is not None and patient.waiting_since <= known.at:
        since["waiting_since"] = patient.waiting_since
    column, came = next(((name, at) for name, at in since.items() if at is not None), ("", None))
    if patient.edd is None or came is None or patient.edd >= came:
        return None
    return remark("edd", f"should not be before {column}, {came:%Y-%m-%dT%H:%M}", edd=None)


def waiting_since_the_future(row: Row[Patient], known: Known) -> Finding | None:
    """A wait that begins after the snapshot's moment has no length."""
    since = row.value.waiting_since
    if since is None or since <= known.at:
        return None
    message = f"should not be after the snapshot, {known.at:%Y-%m-%dT%H:%M}; taken as blank"
    return remark("waiting_since", message, waiting_since=None)


def waiting_without_since(row: Row[Patient], _: Known) -> Finding | None:
    """A wait of unknown length cannot gain priority."""
    patient = row.value
    if patient.status is not PatientStatus.WAITING or patient.waiting_since is not None:
        return None
    return remark("waiting_since", "should say since when the patient has waited")


def expected_without_time(row: Row[Patient], _: Known) -> Finding | None:
    """An arrival at an unknown time."""
    patient = row.value
    if patient.status is not PatientStatus.EXPECTED or patient.expected_at is not None:
        return None
    return remark("expected_at", "should say when the patient is expected")


def age_unknown(row: Row[Patient], _: Known) -> Finding | None:
    """A blank age: wards have age limits, so somebody should fill it in."""
    return None if row.record.cell("age").strip() else remark("age", "should not be blank; taken as 0 years")


def written_in_the_future(row: Row[Note], known: Known) -> Finding | None:
    """A note after the snapshot's moment is kept."""
    if row.value.written_at <= known.at:
        return None
    return remark("written_at", f"should not be after the snapshot, {known.at:%Y-%m-%dT%H:%M}")


def taken_in_the_future(row: Row[Vitals], known: Known) -> Finding | None:
    """Vital signs after the snapshot's moment are kept."""
    if row.value.taken_at <= known.at:
        return None
    return remark("taken_at", f"should not be after the snapshot, {known.at:%Y-%m-%dT%H:%M}")


def beyond_the_living(column: str, low: float, high: float, unit: str) -> Rule:
    """A vital sign that nobody alive has: the value is dropped, the set is kept."""

    def out_of_range(row: Row[Vitals], _: Known) -> Finding | None:
        value = getattr(row.value, column)
        if value is None or low <= value <= high:
            return None
        return remark(column, f"should be from {low:g} to {high:g} {unit}; taken as blank", **{column: None})

    return out_of_range


PATIENT_RULES: tuple[Rule, ...] = (
    admitted_in_the_future,
    bed_of_an_expected_patient,
    inpatient_without_a_bed,
    unknown_bed,
    unique("patients.csv", "patient_id"),
    two_patients_in_one_bed,
    edd_before_admission,
    waiting_since_the_future,
    waiting_without_since,
    expected_without_time,
    age_unknown,
    own_word("patients.csv", "specialty", SPECIALTIES),
    own_word("patients.csv", "features", FEATURES),
)
NOTE_RULES: tuple[Rule, ...] = (
    refers("patient_id", "patients.csv"),
    unique("notes.csv", "note_id"),
    written_in_the_future,
)
VITALS_RULES: tuple[Rule, ...] = (
    refers("patient_id", "patients.csv"),
    taken_in_the_future,
    beyond_the_living("resp_rate", 0, 80, "breaths/min"),
    beyond_the_living("spo2", 30, 100, "%"),
    beyond_the_living("systolic_bp", 20, 320, "mmHg"),
    beyond_the_living("pulse", 0, 350, "beats/min"),
    beyond_the_living("temperature", 20, 45, "°C"),
)
