"""Tables that pages show and people download: pure functions from a hospital to a frame, one row a line.

Columns carry the words of the reader; names are shown only where they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from medalloc.domain.needs import NeedName, Needs
from medalloc.domain.people import Patient, PatientStatus
from medalloc.domain.plan import Action
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.errors import Issue
from medalloc.ingest import template
from medalloc.ingest.specs import SPECS
from medalloc.locale import gettext as _
from medalloc.review import explain
from medalloc.ui.board.words import RULES, SOURCES
from medalloc.ui.hospital import HospitalView
from medalloc.ui.names import patient_label
from medalloc.ui.times import clock, hours_between, span
from medalloc.ui.words import NEEDS, need_value, sentence


def waiting(view: HospitalView, *, show_names: bool) -> pd.DataFrame:
    """Patients who wait, the longest wait first, with what the plan proposes for each."""
    at = view.snapshot.at
    people = sorted(view.patients(PatientStatus.WAITING), key=lambda patient: patient.waiting_since or at)
    return pd.DataFrame(
        {
            _("Patient"): patient_label(patient, show_names=show_names),
            _("Waited"): span(hours_between(patient.waiting_since, at), _),
            _("From"): _(SOURCES[patient.source]) if patient.source else "–",
            _("Age"): patient.age,
            _("Needs"): needs_line(view, patient),
            _("Plan"): proposal(view, patient),
        }
        for patient in people
    )


def proposal(view: HospitalView, patient: Patient) -> str:
    """What the plan does with a patient, as `→ bed`; "" where there is no plan."""
    if view.stored is None:
        return ""
    placement = view.stored.plan.placement_of.get(patient.patient_id)
    if placement is None:
        return ""
    return f"→ {placement.to_bed_id}" if placement.action.moves else _("wait")


def needs_line(view: HospitalView, patient: Patient) -> str:
    """What a patient's bed must have, on one line."""
    found = view.needs.get(patient.patient_id)
    if found is None:
        return _("notes not read yet")
    required = found.requirements
    parts = [sentence(explain.value_words(required.specialty, _))] if required.specialty else []
    if required.level.rank:
        parts.append(explain.value_words(required.level, _))
    if required.isolation != "none":
        parts.append(need_value(NeedName.ISOLATION, required.isolation, _))
    parts += [_(NEEDS[NeedName(name)]) for name in sorted(required.features) if name in set(NeedName)]
    return " · ".join(parts)


def still_waiting(view: HospitalView, *, show_names: bool) -> pd.DataFrame:
    """Patients to whom the plan gives no bed, the dearest first, with what stands in the way."""
    placements = view.stored.plan.placements if view.stored else ()
    left = sorted((one for one in placements if one.action is Action.WAIT), key=lambda one: -one.penalty)
    return pd.DataFrame(
        {
            _("Patient"): patient_label(patient, show_names=show_names),
            _("Where"): where(view.snapshot, patient),
            _("Waited"): span(hours_between(patient.waiting_since, view.snapshot.at), _),
            _("Needs"): needs_line(view, patient),
            _("Why"): sentence(explain.placement_words(placement, _)),
            _("Penalty"): round(placement.penalty, 1),
        }
        for placement in left
        for patient in [view.snapshot.patient_of[placement.patient_id]]
    )


def breaches(view: HospitalView, *, show_names: bool) -> pd.DataFrame:
    """Hard rules that the hospital breaks now, by ward and bed."""
    snapshot = view.snapshot
    rows = []
    for breach in view.breaches:
        bed = snapshot.bed_of.get(breach.bed_id)
        patient = snapshot.patient_of.get(breach.patient_id)
        rows.append(
            {
                _("Bed"): breach.bed_id or "–",
                _("Patient"): patient_label(patient, show_names=show_names) if patient else breach.patient_id,
                _("What is wrong"): _(RULES[breach.rule]),
                _("Plan"): _repair(view, breach.patient_id),
                _("Ward"): snapshot.ward_of[bed.ward_id].name or bed.ward_id if bed else "–",
                _("Detail"): sentence(explain.violation_words(breach, _)),
            }
        )
    return pd.DataFrame(rows)


def _repair(view: HospitalView, patient_id: str) -> str:
    patient = view.snapshot.patient_of.get(patient_id)
    proposed = proposal(view, patient) if patient else ""
    return proposed if proposed.startswith("→") else _("not resolved") if view.stored else ""


def patients(view: HospitalView, people: Iterable[Patient], *, show_names: bool) -> pd.DataFrame:
    """Patients with their main needs; the index is the patient_id."""
    rows = {
        patient.patient_id: {
            _("Patient"): patient_label(patient, show_names=show_names),
            _("Where"): where(view.snapshot, patient),
            _("Age"): patient.age,
            **_main_needs(view.needs.get(patient.patient_id)),
        }
        for patient in people
    }
    return pd.DataFrame.from_dict(rows, orient="index")


def where(snapshot: HospitalSnapshot, patient: Patient) -> str:
    """Ward and bed of an inpatient, or where they wait."""
    bed = snapshot.bed_of.get(patient.bed_id)
    if bed is not None:
        return f"{snapshot.ward_of[bed.ward_id].name or bed.ward_id} · {bed.bed_id}"
    source = _(SOURCES[patient.source]) if patient.source else "–"
    if patient.status is PatientStatus.EXPECTED:
        return _("expected %(time)s, %(source)s") % {
            "time": clock(patient.expected_at, snapshot.at),
            "source": source,
        }
    return _("waiting, %(source)s") % {"source": source}


def _main_needs(found: Needs | None) -> dict[str, object]:
    if found is None:
        return {}
    required = found.requirements
    features = [_(NEEDS[NeedName(name)]) for name in sorted(required.features) if name in set(NeedName)]
    isolation = required.isolation
    return {
        _("Specialty"): sentence(explain.value_words(required.specialty, _)),
        _("Acuity"): required.acuity,
        _("NEWS2"): found.news2,  # a number, so that the column sorts as one
        _("Level"): explain.value_words(required.level, _),
        _("Isolation"): "" if isolation == "none" else need_value(NeedName.ISOLATION, isolation, _),
        _("Bed must have"): _(", ").join(features),
        _("Days to stay"): None if found.stay is None else round(found.stay.p50, 1),
        _("To confirm"): sum(need.confirm is not None for need in found.by_name.values()),
    }


def issues(found: Iterable[Issue]) -> pd.DataFrame:
    """What is wrong with the data, rejected rows first."""
    ordered = sorted(found, key=lambda issue: not issue.rejected)
    return pd.DataFrame(
        {
            _("File"): issue.file,
            _("Line"): issue.line,
            _("Column"): issue.column,
            _("Value"): issue.value,
            _("What would be right"): issue.message,
            _("Row"): _("rejected") if issue.rejected else _("loaded"),
        }
        for issue in ordered
    )


def penalties(before: Mapping[str, float], after: Mapping[str, float]) -> pd.DataFrame:
    """Cost by soft rule, doing nothing and in the plan, with the sums at the end."""
    names = sorted({*before, *after}, key=lambda name: before.get(name, 0.0) - after.get(name, 0.0), reverse=True)
    rows = [(sentence(explain.term_words(name, _)), before.get(name, 0.0), after.get(name, 0.0)) for name in names]
    rows.append((_("Sum"), sum(before.values()), sum(after.values())))
    return pd.DataFrame(
        {_("Rule"): words, _("Doing nothing"): old, _("Plan"): new, _("Difference"): new - old}
        for words, old, new in rows
    ).round(1)


def columns() -> pd.DataFrame:
    """Files of a data folder with their columns, those that may not be missing apart."""
    return pd.DataFrame(
        {
            _("File"): spec.file,
            _("Must be there"): ", ".join(dict.fromkeys((*spec.keys, *spec.needed))),
            _("Columns"): ", ".join(template.columns(spec)),
        }
        for spec in SPECS
    )
