"""The files of the data folder; sample_data/README.md says what every column means."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sample_data.simulate import stock
from sample_data.simulate.chance import stream
from sample_data.simulate.events import draw_cases, event_rows, outcome_rows
from sample_data.simulate.model import WARD_NEEDS, SimBed, SimWard, Stay
from sample_data.simulate.notes import write_notes
from sample_data.simulate.record import record_row
from sample_data.simulate.roster import (
    DAYS_BACK,
    Rota,
    SimAvailability,
    SimCover,
    SimDuty,
    draw_availability,
    draw_cover,
)
from sample_data.simulate.staff import SHIFTS, Member, SimShift, draw_staff
from sample_data.simulate.vitals import draw_vitals

if TYPE_CHECKING:
    from sample_data.simulate.hospital import SimulatedHospital

Row = Mapping[str, object]


def write(hospital: SimulatedHospital, folder: Path) -> None:
    """Write every file; what stood under the same names is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "hospital.toml").write_text(_toml(hospital), encoding="utf-8", newline="\n")
    save(folder, "wards", map(_ward_row, hospital.wards))
    save(folder, "beds", map(_bed_row, hospital.beds))
    save(folder, "patients", _patient_rows(hospital))
    save(folder, "notes", write_notes(hospital))
    save(folder, "vitals", _vitals_rows(hospital))
    save(folder, "truth", map(_truth_row, hospital.stays))
    _write_staff(hospital, folder)
    _write_stock(hospital, folder)
    _write_events(hospital, folder)


def _write_staff(hospital: SimulatedHospital, folder: Path) -> None:
    wards, first = list(hospital.wards), hospital.at.date() - timedelta(days=DAYS_BACK)
    members = draw_staff(wards, len(hospital.beds), stream(hospital.seed, "staff"))
    absences = draw_availability(members, first, stream(hospital.seed, "absence"))
    duties = Rota(members, absences, stream(hospital.seed, "roster")).fill(wards, first)
    save(folder, "staff", map(_staff_row, members))
    save(folder, "shifts", map(_shift_row, SHIFTS))
    save(folder, "availability", map(_dated, absences))
    save(folder, "roster", map(_dated, duties))
    save(folder, "cover", map(_dated, draw_cover(wards, first)))


def _write_stock(hospital: SimulatedHospital, folder: Path) -> None:
    today, seed = hospital.at.date(), hospital.seed
    demand = stock.ward_demand(hospital, stream(seed, "habits"))
    save(folder, "drugs", stock.drug_rows())
    save(folder, "lots", stock.draw_lots(demand, today, stream(seed, "lots")))
    save(folder, "usage", stock.draw_usage(demand, today - timedelta(days=1), stream(seed, "usage")))
    save(folder, "orders", stock.draw_orders(today, stream(seed, "orders")))
    save(folder, "substitutes", stock.substitute_rows())
    save(folder, "regimens", stock.regimens())


def _write_events(hospital: SimulatedHospital, folder: Path) -> None:
    cases = draw_cases(hospital, stream(hospital.seed, "events"))
    save(folder, "events", event_rows(cases))
    save(folder, "outcomes", outcome_rows(cases, stream(hospital.seed, "outcomes")))


def save(folder: Path, name: str, rows: Iterable[Row]) -> None:
    """Write one CSV file with the keys of the first row as its header."""
    listed = list(rows)
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(listed[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(listed)


def yes_no(fact: bool) -> str:
    """How truth.csv says it."""
    return "yes" if fact else "no"


def true_false(fact: bool) -> str:
    """How the data folder says it."""
    return "true" if fact else "false"


def _toml(hospital: SimulatedHospital) -> str:
    moment = hospital.at.isoformat(timespec="seconds")
    return f'name = "{hospital.name}"\nat = "{moment}"\ntimezone = "Europe/London"\n'


def _ward_row(ward: SimWard) -> Row:
    plan = ward.plan
    return {
        "ward_id": ward.ward_id,
        "name": ward.name,
        "site": ward.site,
        "specialties": ";".join(plan.specialties),
        "level": plan.level,
        "min_age": plan.ages[0],
        "max_age": plan.ages[1],
        "sex_rule": plan.sex_rule,
        "care_hours": ward.care_hours,
        "open": true_false(plan.is_open),
    }


def _bed_row(bed: SimBed) -> Row:
    return {
        "bed_id": bed.bed_id,
        "ward_id": bed.ward.ward_id,
        "bay_id": bed.bay_id,
        "features": ";".join(sorted(bed.features)),
        "status": bed.status,
        "available_at": bed.available_at.isoformat(timespec="minutes") if bed.available_at else "",
    }


def _patient_rows(hospital: SimulatedHospital) -> Iterable[Row]:
    for stay in hospital.stays:
        rng = stream(hospital.seed, "record", stay.patient_id)
        yield record_row(stay, hospital.bed_of.get(stay.bed_id), hospital.at, rng)


def _vitals_rows(hospital: SimulatedHospital) -> Iterable[Row]:
    for stay in hospital.stays:
        rng = stream(hospital.seed, "vitals", stay.patient_id)
        for taken in draw_vitals(stay, hospital.at, rng):
            yield {
                "patient_id": stay.patient_id,
                "taken_at": taken.taken_at.isoformat(timespec="minutes"),
                "resp_rate": taken.resp_rate,
                "spo2": taken.spo2,
                "scale2": true_false(taken.scale2),
                "on_oxygen": true_false(taken.on_oxygen),
                "systolic_bp": taken.systolic_bp,
                "pulse": taken.pulse,
                "consciousness": taken.consciousness,
                "temperature": taken.temperature,
            }


def _staff_row(member: Member) -> Row:
    return asdict(member) | {"skills": ";".join(member.skills)}


def _shift_row(shift: SimShift) -> Row:
    return {name: value for name, value in asdict(shift).items() if name != "is_night"}


def _dated(row: SimAvailability | SimDuty | SimCover) -> Row:
    """The row with its day under the name that the file uses."""
    return {"date" if name == "day" else name: value for name, value in asdict(row).items()}


def _truth_row(stay: Stay) -> Row:
    return {
        "patient_id": stay.patient_id,
        "condition": stay.condition.key,
        "specialty": stay.specialty,
        "acuity": stay.acuity,
        "level": stay.level,
        "isolation": stay.isolation,
        "organism": stay.organism,
        **{need: yes_no(need in stay.features) for need in WARD_NEEDS},
        "negative_pressure": yes_no(stay.isolation == "airborne"),
        "niv": yes_no(stay.niv),
        "falls": yes_no(stay.falls),
        "cognition": stay.cognition,
        "mobility": stay.mobility,
        "one_to_one": yes_no(bool(stay.one_to_one)),
        "end_of_life": yes_no(stay.end_of_life),
        "feeding": yes_no(stay.feeding),
        "interpreter": yes_no(stay.interpreter),
        "readiness": stay.readiness,
        "barrier": stay.barrier,
        "frailty": stay.frailty,
        "weight_kg": stay.weight_kg,
        "los_days": stay.los_days,
        "remaining_los_days": stay.remaining_days,
        "planted": ";".join(sorted(stay.planted)),
    }
