"""A two-ward hospital for the tests of the board, to be changed one thing at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from medalloc.domain.needs import Needs
from medalloc.domain.people import Patient, PatientStatus, Sex, Source
from medalloc.domain.places import Bed, BedStatus, Level, Ward
from medalloc.domain.plan import Action, BedPlan, Placement, SolveStatus, Violation
from medalloc.domain.review import Decision
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.ui.board.scene import Scene
from medalloc.ui.board.tile import Tile, make_tile
from tests.ui.snapshots import AT

ELM = Ward("E", "Elm")
ICU = Ward("I", "Intensive care", level=Level.ICU)
BEDS = (
    Bed("E-B1-1", "E", "E-B1", status=BedStatus.OCCUPIED),
    Bed("E-B1-2", "E", "E-B1", status=BedStatus.AVAILABLE),
    Bed("E-B1-3", "E", "E-B1", status=BedStatus.AVAILABLE),
    Bed("E-S1-1", "E", "E-S1", status=BedStatus.CLEANING, available_at=AT + timedelta(minutes=45)),
    Bed("I-B1-1", "I", "I-B1", status=BedStatus.OCCUPIED),
    Bed("I-B1-2", "I", "I-B1", status=BedStatus.RESERVED),
)
MABEL = Patient("P0041", "Mabel Thornbury", Sex.FEMALE, 83, bed_id="E-B1-1")
CYRIL = Patient("P0057", "Cyril Ashdown", Sex.MALE, 59, bed_id="I-B1-1", level=Level.ICU)
PERCY = Patient(
    "P0108",
    "Percy Larkspur",
    Sex.MALE,
    71,
    PatientStatus.WAITING,
    source=Source.ED,
    waiting_since=AT - timedelta(hours=5),
)
HOSPITAL = HospitalSnapshot("H", AT, "Europe/London", (ELM, ICU), BEDS, (MABEL, CYRIL, PERCY))


def changed(*things: Bed | Ward | Patient) -> HospitalSnapshot:
    """The hospital with these in place of those of the same id, or beside the others."""
    wards = {ward.ward_id: ward for ward in HOSPITAL.wards}
    beds = {bed.bed_id: bed for bed in HOSPITAL.beds}
    patients = {patient.patient_id: patient for patient in HOSPITAL.patients}
    for thing in things:
        match thing:
            case Ward():
                wards[thing.ward_id] = thing
            case Bed():
                beds[thing.bed_id] = thing
            case Patient():
                patients[thing.patient_id] = thing
    return replace(HOSPITAL, wards=tuple(wards.values()), beds=tuple(beds.values()), patients=tuple(patients.values()))


def bed(bed_id: str) -> Bed:
    """A bed of the unchanged hospital."""
    return HOSPITAL.bed_of[bed_id]


def plan(*placements: Placement) -> BedPlan:
    """A plan of these placements."""
    return BedPlan(AT, placements, SolveStatus.OPTIMAL, 0.0, 0.1)


def move(patient: Patient, action: Action, to_bed_id: str) -> Placement:
    """What a plan does with a patient."""
    return Placement(patient.patient_id, action, patient.bed_id, to_bed_id, AT + timedelta(minutes=45))


def scene(
    snapshot: HospitalSnapshot = HOSPITAL,
    *placements: Placement,
    proposed: bool = False,
    needs: Mapping[str, Needs] | None = None,
    decisions: Iterable[Decision] = (),
    **more: object,
) -> Scene:
    """What a view is drawn from."""
    by_patient = {decision.patient_id: decision for decision in decisions}
    show_names = bool(more.get("show_names"))
    breaches: tuple[Violation, ...] = more.get("breaches", ())  # type: ignore[assignment]
    translate: Callable[[str], str] = more.get("translate", str)  # type: ignore[assignment]
    moment: datetime | None = more.get("moment")  # type: ignore[assignment]
    return Scene(
        snapshot, needs or {}, plan(*placements), by_patient, proposed, show_names, breaches, translate, moment
    )


def tile(made: Scene, bed_id: str) -> Tile:
    """The tile of a bed in a scene."""
    return make_tile(made, made.snapshot.bed_of[bed_id])
