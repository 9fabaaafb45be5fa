"""A clinician's word put in place of what was read: it outranks record, notes and vital signs.

What speaks against it later is not lost: where a note, vital signs or the record surely say something else after
the clinician spoke, the need goes back to the list of those to be confirmed. Until somebody looks, the
clinician's word goes on binding.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from medalloc.domain.corrections import Correction
from medalloc.domain.needs import Basis, Binding, Confirm, Need, NeedName, Needs, NeedSource
from medalloc.domain.people import Isolation
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.needs.layout import LAYOUT, NO, NO_ORGANISM, YES

COHORTED = frozenset(map(str, (Isolation.CONTACT, Isolation.DROPLET, Isolation.AIRBORNE)))
"""Precautions against an organism."""
FOLLOWS = frozenset({NeedName.NEGATIVE_PRESSURE})
"""Needs that nobody corrects: they follow from another."""
ALWAYS = frozenset({NeedName.SPECIALTY, NeedName.ACUITY})
"""Needs that every patient has: they can be changed, not removed."""

VALUES: Mapping[NeedName, tuple[str, ...]] = {
    target.name: target.values for target in LAYOUT if target.name not in FOLLOWS
}
"""The values that a clinician may choose from; of an organism they are suggestions."""
ABSENT: Mapping[NeedName, str] = {name: values[0] for name, values in VALUES.items() if name not in ALWAYS}
"""The value of a need that a patient does not have."""


def corrected(needs: Needs, corrections: Mapping[NeedName, Correction], snapshot: HospitalSnapshot) -> Needs:
    """The needs of a patient with a clinician's corrections in force.

    Parameters
    ----------
    needs
        As they were read.
    corrections
        Those in force about this patient.
    snapshot
        The one that the needs were read from: it says when notes and vital signs were written.
    """
    if not corrections:
        return needs
    return _with(needs, {name: _need(needs, one, snapshot) for name, one in corrections.items()})


def with_value(needs: Needs, name: NeedName, value: str) -> Needs:
    """The needs of a patient, were this value stated by a clinician."""
    return _with(needs, {name: _stated(name, value)})


def all_corrected(
    needs: Mapping[str, Needs],
    corrections: Mapping[str, Mapping[NeedName, Correction]],
    snapshot: HospitalSnapshot,
) -> dict[str, Needs]:
    """Needs by patient_id with all corrections in force; of patients whose needs were never read there are none."""
    return {
        patient_id: corrected(found, corrections.get(patient_id, {}), snapshot) for patient_id, found in needs.items()
    }


def _with(needs: Needs, said: Mapping[NeedName, Need]) -> Needs:
    by_name = {**needs.by_name, **said}
    if NeedName.ISOLATION in said:
        by_name |= {one.name: one for one in _following(by_name) if one.name not in said}
    ordered = {name: by_name[name] for name in NeedName if name in by_name}
    return replace(needs, by_name=ordered)


def _need(needs: Needs, correction: Correction, snapshot: HospitalSnapshot) -> Need:
    name, value = correction.name, correction.value
    read = needs.by_name.get(name)
    if read is None:
        return _stated(name, value)
    if read.value == value:
        return _stated(name, value, evidence=read.evidence)
    if _speaks_since(read, correction, snapshot):
        return _stated(name, value, confirm=Confirm.CONFLICT, other=read.value, evidence=read.evidence)
    return _stated(name, value, other="" if read.abstained else read.value)


def _stated(name: NeedName, value: str, **more: object) -> Need:
    """A clinician's word."""
    return Need(name, value, 1.0, NeedSource.CLINICIAN, Binding.HARD, basis=Basis.STATED, **more)  # type: ignore[arg-type]


def _speaks_since(read: Need, correction: Correction, snapshot: HospitalSnapshot) -> bool:
    """Whether something that the clinician cannot have known says surely that the need is another."""
    if read.abstained or read.binding is not Binding.HARD:
        return False
    if read.source is NeedSource.RECORD:  # no time stands beside its fields, but whoever saw it saw it as certain
        is_new = read.value != correction.was or correction.probability < 1.0
        return is_new and snapshot.at > correction.at
    return any(at > correction.at for at in _spoken(read, correction.patient_id, snapshot))


def _spoken(read: Need, patient_id: str, snapshot: HospitalSnapshot) -> Iterator[datetime]:
    """When that was written or taken from which a need was read."""
    quoted = {piece.note_id for piece in read.evidence}
    yield from (note.written_at for note in snapshot.notes_of.get(patient_id, ()) if note.note_id in quoted)
    if read.source is NeedSource.VITALS:
        yield from (vitals.taken_at for vitals in snapshot.vitals_of.get(patient_id, ()))


def _following(by_name: Mapping[NeedName, Need]) -> list[Need]:
    """What follows from an isolation that a clinician has stated."""
    isolation = by_name[NeedName.ISOLATION].value
    airborne = YES if isolation == Isolation.AIRBORNE else NO
    found = [_derived(NeedName.NEGATIVE_PRESSURE, airborne)]
    if isolation not in COHORTED and NeedName.ORGANISM in by_name:
        found.append(_derived(NeedName.ORGANISM, NO_ORGANISM))
    return found


def _derived(name: NeedName, value: str) -> Need:
    """What follows from a clinician's word."""
    return Need(name, value, 1.0, NeedSource.CLINICIAN, Binding.HARD, basis=Basis.DERIVED)
