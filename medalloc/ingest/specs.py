"""What each CSV file is: its key columns, its rows, and the files that it refers to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from medalloc.domain.events import Event, Outcome
from medalloc.domain.people import Note, Patient, Vitals
from medalloc.domain.places import Bed, Ward
from medalloc.domain.staff import Availability, Cover, Duty, Shift, StaffMember
from medalloc.domain.stock import Drug, Lot, Order, Regimen, Substitute, Usage
from medalloc.ingest.names import KEY_FILES
from medalloc.ingest.rows.base import RowModel
from medalloc.ingest.rows.events import EventRow, OutcomeRow
from medalloc.ingest.rows.people import NoteRow, PatientRow, VitalsRow
from medalloc.ingest.rows.places import BedRow, WardRow
from medalloc.ingest.rows.staff import AvailabilityRow, CoverRow, DutyRow, ShiftRow, StaffRow
from medalloc.ingest.rows.stock import DrugRow, LotRow, OrderRow, RegimenRow, SubstituteRow, UsageRow


@dataclass(frozen=True)
class FileSpec:
    """A kind of file."""

    file: str
    model: type[RowModel]
    build: Callable[..., Any]
    """Makes the domain's object from the fields of the model."""
    keys: tuple[str, ...] = ()
    """Columns without which the load is refused."""
    refers_to: tuple[str, ...] = ()
    """Optional files without which no row makes sense."""
    verbatim: tuple[str, ...] = ()
    """Columns kept to the letter, spaces around them too: evidence is quoted by its offset."""
    takes_any_column: bool = False
    """True: a further column is an attribute."""

    @property
    def columns(self) -> frozenset[str]:
        """Columns that are read."""
        return frozenset(self.model.model_fields) - {"attributes"}

    @property
    def needed(self) -> tuple[str, ...]:
        """Columns that may not be blank, and so may not be missing."""
        return tuple(name for name, field in self.model.model_fields.items() if field.is_required())

    @property
    def field(self) -> str:
        """The field of the snapshot that takes the rows."""
        return self.file.removesuffix(".csv")

    @property
    def is_key(self) -> bool:
        """Whether nothing can be loaded without the file."""
        return self.file in KEY_FILES


def _usage(requested: float | None, issued: float, **row: Any) -> Usage:
    return Usage(requested=issued if requested is None else requested, issued=issued, **row)


SPECS = (
    FileSpec("wards.csv", WardRow, Ward, keys=("ward_id",)),
    FileSpec("beds.csv", BedRow, Bed, keys=("bed_id", "ward_id")),
    FileSpec("patients.csv", PatientRow, Patient, keys=("patient_id",)),
    FileSpec("notes.csv", NoteRow, Note, keys=("note_id",), verbatim=("text",)),
    FileSpec("vitals.csv", VitalsRow, Vitals),
    FileSpec("staff.csv", StaffRow, StaffMember, keys=("staff_id",)),
    FileSpec("shifts.csv", ShiftRow, Shift, keys=("shift_id",)),
    FileSpec("cover.csv", CoverRow, Cover, refers_to=("shifts.csv",)),
    FileSpec("availability.csv", AvailabilityRow, Availability, refers_to=("staff.csv",)),
    FileSpec("roster.csv", DutyRow, Duty, refers_to=("staff.csv", "shifts.csv")),
    FileSpec("drugs.csv", DrugRow, Drug, keys=("drug_id",)),
    FileSpec("lots.csv", LotRow, Lot, keys=("lot_id",), refers_to=("drugs.csv",)),
    FileSpec("usage.csv", UsageRow, _usage, refers_to=("drugs.csv",)),
    FileSpec("orders.csv", OrderRow, Order, keys=("order_id",), refers_to=("drugs.csv",)),
    FileSpec("substitutes.csv", SubstituteRow, Substitute, refers_to=("drugs.csv",)),
    FileSpec("regimens.csv", RegimenRow, Regimen, refers_to=("drugs.csv",)),
    FileSpec("events.csv", EventRow, Event, takes_any_column=True),
    FileSpec("outcomes.csv", OutcomeRow, Outcome),
)
"""In the order of reading: a file comes after those that it refers to."""
