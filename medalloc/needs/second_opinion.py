"""Second opinions, by models fitted on real patients elsewhere: they ask a person, and overrule nobody.

*Acuity* of emergency patients who wait: the triage model reads the triage note alone and knows nothing of what came
after. Where it takes a patient for much more urgent than all notes together do, a person is asked.
*Ventilator* of patients who need HDU or ICU: the organ-support model reads the first notes. Where it is nearly sure
of invasive ventilation and nothing else says so, a person is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import numpy as np

from medalloc.domain.needs import Confirm, Need, NeedName, Needs, NeedSource
from medalloc.domain.people import Patient, PatientStatus, Source
from medalloc.domain.places import Level
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.needs.context import asserted
from medalloc.needs.dialogue import readings
from medalloc.needs.encoder import Encoder
from medalloc.needs.heads import Heads, model_of
from medalloc.needs.layout import YES
from medalloc.needs.models.organ_support import Case, Support, load_organ_support, measures_of
from medalloc.needs.models.triage import read_triage
from medalloc.needs.models.triage_case import case_of

APART = 2
"""Levels by which triage must be the more urgent for a person to be asked."""
NEARLY_SURE = 0.8
"""Probability of ventilation from which on a person is asked."""
FIRST_NOTES = 2
"""Notes that the organ-support model reads: it was fitted on what was known at admission."""


def with_second_opinions(
    needs: Mapping[str, Needs], snapshot: HospitalSnapshot, encoder: Encoder, heads: Heads
) -> dict[str, Needs]:
    """Needs by patient_id, with what a second opinion puts to a person.

    Parameters
    ----------
    heads
        Those that read the needs: the triage model belongs to the same encoder, and is silent for another.
    """
    patients = [patient for patient in snapshot.patients if patient.patient_id in needs]
    asked = dict(needs)
    if model_of(encoder.name) == heads.encoder:
        for patient_id, level in _triaged(patients, snapshot, encoder).items():
            asked[patient_id] = _with(asked[patient_id], NeedName.ACUITY, str(level), _is_far_from(level))
    for patient_id in _ventilated(patients, snapshot, needs):
        asked[patient_id] = _with(asked[patient_id], NeedName.VENTILATOR, YES, _does_not_say_yes)
    return asked


def _triaged(patients: Iterable[Patient], snapshot: HospitalSnapshot, encoder: Encoder) -> dict[str, int]:
    """Triage level of emergency patients who wait and have a triage note."""
    cases = {}
    for patient in patients:
        if patient.status is PatientStatus.WAITING and patient.source is Source.ED:
            one = patient.patient_id
            case = case_of(patient, snapshot.notes_of.get(one, ()), snapshot.vitals_of.get(one, ()))
            if case is not None:
                cases[one] = case
    found = read_triage(list(cases.values()), encoder) if cases else []
    return {patient_id: reading.level for patient_id, reading in zip(cases, found, strict=True)}


def _ventilated(patients: Iterable[Patient], snapshot: HospitalSnapshot, needs: Mapping[str, Needs]) -> list[str]:
    """Patients who need HDU or ICU and are nearly surely ventilated by their first notes."""
    ill = [patient for patient in patients if _is_ill(needs[patient.patient_id])]
    if not ill:
        return []
    model, cases = load_organ_support(), [_case(patient, snapshot) for patient in ill]
    found = model.probabilities([case.text for case in cases], np.array([measures_of(case) for case in cases]))
    chances = found[:, list(model.heads).index(Support.VENTILATED)]
    return [patient.patient_id for patient, chance in zip(ill, chances, strict=True) if chance >= NEARLY_SURE]


def _is_ill(needs: Needs) -> bool:
    level = needs.by_name[NeedName.LEVEL]
    return not level.abstained and level.value != Level.WARD


def _case(patient: Patient, snapshot: HospitalSnapshot) -> Case:
    """What the first notes assert, with all vital signs in order of time."""
    notes = sorted(snapshot.notes_of.get(patient.patient_id, ()), key=lambda note: note.written_at)[:FIRST_NOTES]
    said = (asserted(sentence.text, reading) for note in notes for sentence, reading in readings(note.text))
    vitals = sorted(snapshot.vitals_of.get(patient.patient_id, ()), key=lambda one: one.taken_at)
    return Case(" ".join(filter(None, said)), float(patient.age), patient.sex, tuple(vitals))


def _is_far_from(level: int) -> Callable[[Need], bool]:
    return lambda need: level + APART <= int(need.value)


def _does_not_say_yes(need: Need) -> bool:
    return need.value != YES and need.source is not NeedSource.RECORD


def _with(needs: Needs, name: NeedName, value: str, differs: Callable[[Need], bool]) -> Needs:
    """The needs with a conflict put to a person, where the opinion differs from a need that no clinician stated."""
    need = needs.by_name[name]
    if need.source is NeedSource.CLINICIAN or not differs(need):
        return needs
    return replace(needs, by_name={**needs.by_name, name: replace(need, confirm=Confirm.CONFLICT, other=value)})
