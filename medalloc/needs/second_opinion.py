"""A second opinion on the acuity of emergency patients: the triage model, fitted on expert levels of real patients.

It reads the triage note alone and knows nothing of what came after, so it overrules nobody. Where it takes a patient
who waits for much more urgent than all notes together do, a person is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from medalloc.domain.needs import Confirm, Need, NeedName, Needs, NeedSource
from medalloc.domain.people import PatientStatus, Source
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.needs.encoder import Encoder
from medalloc.needs.heads import Heads, model_of
from medalloc.needs.models.triage import TriageReading, read_triage
from medalloc.needs.models.triage_case import case_of
from medalloc.needs.models.triage_features import TriageCase

APART = 2
"""Levels by which triage must be the more urgent for a person to be asked."""


def with_second_opinion(
    needs: Mapping[str, Needs], snapshot: HospitalSnapshot, encoder: Encoder, heads: Heads
) -> dict[str, Needs]:
    """Needs by patient_id; of emergency patients who wait, the acuity that triage takes for much more urgent is asked.

    Parameters
    ----------
    heads
        Those that read the needs: the triage model belongs to the same encoder, and is silent for another.
    """
    if model_of(encoder.name) != heads.encoder:
        return dict(needs)
    cases = {
        patient.patient_id: case
        for patient in snapshot.patients
        if patient.status is PatientStatus.WAITING and patient.source is Source.ED and patient.patient_id in needs
        if (case := _case(snapshot, patient.patient_id)) is not None
    }
    readings = dict(zip(cases, read_triage(list(cases.values()), encoder), strict=True))
    return {
        patient_id: _asked(found, readings[patient_id]) if patient_id in readings else found
        for patient_id, found in needs.items()
    }


def _case(snapshot: HospitalSnapshot, patient_id: str) -> TriageCase | None:
    notes, vitals = snapshot.notes_of.get(patient_id, ()), snapshot.vitals_of.get(patient_id, ())
    return case_of(snapshot.patient_of[patient_id], notes, vitals)


def _asked(found: Needs, reading: TriageReading) -> Needs:
    need = found.by_name[NeedName.ACUITY]
    if not _much_more_urgent(need, reading):
        return found
    asked = replace(need, confirm=Confirm.CONFLICT, other=str(reading.level))
    return replace(found, by_name={**found.by_name, NeedName.ACUITY: asked})


def _much_more_urgent(need: Need, reading: TriageReading) -> bool:
    return need.source is not NeedSource.CLINICIAN and reading.level + APART <= int(need.value)
