"""What is known of patients beside their sentences' scores: vital signs, and what the reading rules found said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.domain.needs import NeedName
from medalloc.domain.people import Consciousness, Patient, Vitals
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.needs.corpus import Corpus
from medalloc.needs.layout import LAYOUT, Target
from medalloc.needs.news2 import last_score
from medalloc.needs.pool import Floats
from medalloc.needs.verdicts import Verdicts, verdicts
from medalloc.needs.vital_features import vital_features

MEASURED = (
    "age", "resp_rate", "spo2", "scale2", "on_oxygen", "systolic_bp", "pulse", "consciousness", "temperature",
)  # fmt: skip
"""What the boosted trees see: as measured, nan where it was not."""
_CONSCIOUSNESS = {state: float(place) for place, state in enumerate(Consciousness)}


@dataclass(frozen=True)
class Facts:
    """Facts of the patients of a corpus, in its order."""

    vitals: Floats
    """Points of NEWS2, (n_patients, N_VITALS)."""
    measured: Floats
    """The last vital signs as they were taken, (n_patients, len(MEASURED))."""
    said: Mapping[NeedName, Floats]
    """1 at the value that the reading rules found, first for the last note, then for earlier ones; a row of 0 where
    they found none, (n_patients, 2 n_values)."""
    verdicts: tuple[Verdicts, ...]
    """What the rules found, by patient."""

    @property
    def seen(self) -> NDArray[np.bool_]:
        """Whether a patient has a complete set of vital signs, (n_patients,)."""
        return np.asarray(self.vitals[:, -1] > 0)

    def only(self, patient: int, name: NeedName) -> Facts:
        """The facts of one patient, as far as they bear on one need."""
        own = slice(patient, patient + 1)
        return Facts(self.vitals[own], self.measured[own], {name: self.said[name][own]}, self.verdicts[own])


def facts_of(snapshot: HospitalSnapshot, corpus: Corpus) -> Facts:
    """The facts of a snapshot's patients."""
    people = [snapshot.patient_of[patient_id] for patient_id in corpus.patient_ids]
    taken = [snapshot.vitals_of.get(one.patient_id, ()) for one in people]
    found = verdicts(corpus)
    return Facts(
        vitals=vital_features([last_score(one, sets) for one, sets in zip(people, taken, strict=True)]),
        measured=np.array([_measured(one, sets) for one, sets in zip(people, taken, strict=True)]).reshape(
            len(people), len(MEASURED)
        ),
        said={target.name: said(found, target) for target in LAYOUT},
        verdicts=found,
    )


def said(found: Sequence[Verdicts], target: Target) -> Floats:
    """What the rules say of one need, (n_patients, 2 n_values)."""
    rows = np.zeros((len(found), 2 * len(target.values)))
    for row, verdict_of in zip(rows, found, strict=True):
        verdict = verdict_of.get(target.name)
        if verdict is not None and verdict.value in target.values:
            row[target.values.index(verdict.value) + (0 if verdict.is_last else len(target.values))] = 1.0
    return rows


def _measured(patient: Patient, sets: Sequence[Vitals]) -> list[float]:
    """The last set of vital signs; all but the age nan where there is none."""
    if not sets:
        return [float(patient.age), *[np.nan] * (len(MEASURED) - 1)]
    last = max(sets, key=lambda one: one.taken_at)
    aware = np.nan if last.consciousness is None else _CONSCIOUSNESS[last.consciousness]
    numbers = (last.resp_rate, last.spo2, last.scale2, last.on_oxygen, last.systolic_bp, last.pulse)
    return [
        float(patient.age),
        *(np.nan if number is None else float(number) for number in numbers),
        aware,
        np.nan if last.temperature is None else float(last.temperature),
    ]
