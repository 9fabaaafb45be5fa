"""What decisions fix in later plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from medalloc.domain.plan import Locks
from medalloc.domain.review import Decision, RejectReason, Verdict
from medalloc.domain.snapshot import HospitalSnapshot


def locks_of(decisions: Iterable[Decision] | Mapping[str, Decision], snapshot: HospitalSnapshot) -> Locks:
    """Pins, patients who are not to move, and refused beds.

    Parameters
    ----------
    decisions
        Those in force, or better all that stand (`Store.standing_decisions`): then a second refusal does not
        lift the first. Of several about one patient the one with the highest version says
        whether a bed was agreed or refused; of several refusals of one bed the latest counts.
    """
    found = decisions.values() if isinstance(decisions, Mapping) else decisions
    of_patient: defaultdict[str, list[Decision]] = defaultdict(list)
    for decision in sorted(found, key=lambda one: one.version):
        of_patient[decision.patient_id].append(decision)
    pins: dict[str, str] = {}
    keep: set[str] = set()
    forbidden: set[tuple[str, str]] = set()
    for patient_id, known in of_patient.items():
        if known[-1].verdict is not Verdict.REJECT:
            pins[patient_id] = known[-1].bed_id
            continue
        for refusal in _refusals(known):
            if refusal.reason is RejectReason.DO_NOT_MOVE:
                keep.add(patient_id)
            else:
                forbidden.update((patient_id, bed_id) for bed_id in _refused_beds(refusal, snapshot))
    return Locks(pins, frozenset(keep), frozenset(forbidden))


def _refusals(known: list[Decision]) -> Iterable[Decision]:
    """The latest word on each bed, where it is a refusal."""
    latest = {decision.bed_id: decision for decision in known}
    return [decision for decision in latest.values() if decision.verdict is Verdict.REJECT]


def _refused_beds(refusal: Decision, snapshot: HospitalSnapshot) -> list[str]:
    bed = snapshot.bed_of[refusal.bed_id]
    whole_ward = refusal.reason is RejectReason.NOT_THIS_WARD
    return [
        other.bed_id
        for other in snapshot.beds
        if other.ward_id == bed.ward_id and (whole_ward or other.bay_id == bed.bay_id)
    ]
