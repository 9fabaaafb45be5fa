"""What a page sees of the hospital: snapshot, needs, plan and decisions of one moment, and what they count up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC
from functools import cached_property

from medalloc import pipeline
from medalloc.domain.corrections import Correction
from medalloc.domain.needs import NeedName, Needs
from medalloc.domain.people import Patient, PatientStatus
from medalloc.domain.places import Bed, BedStatus
from medalloc.domain.plan import Violation
from medalloc.domain.review import Decision
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.optimise.check import current_breaches
from medalloc.review.confirm_order import ToConfirm, confirm_order
from medalloc.review.suggestions import Suggestion, suggestions
from medalloc.store import Publication, SnapshotInfo, StoredPlan


@dataclass(frozen=True, slots=True)
class BedCount:
    """Beds of a ward, or of the hospital, by what can be done with them."""

    open: int = 0
    """Beds that are staffed: neither closed nor in a closed ward."""
    occupied: int = 0
    available: int = 0
    cleaning: int = 0
    reserved: int = 0
    closed: int = 0

    @property
    def occupancy_share(self) -> float:
        """Occupied beds as a share of open beds, 0–1; 0 where none is open."""
        return self.occupied / self.open if self.open else 0.0


@dataclass(frozen=True)
class HospitalView:
    """One moment of one hospital, with what was planned and decided so far."""

    info: SnapshotInfo
    snapshot: HospitalSnapshot
    needs: Mapping[str, Needs] = field(default_factory=dict)
    """With clinicians' corrections in force; empty until the notes have been read."""
    stored: StoredPlan | None = None
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    corrections: Mapping[str, Mapping[NeedName, Correction]] = field(default_factory=dict)
    """Those in force, by patient_id."""
    published: Publication | None = None
    """The plan of the hospital that stands published."""
    revision: tuple[int, ...] = ()
    """Of the database when it was read, at the least: what is drawn from the view is as old."""

    @cached_property
    def breaches(self) -> tuple[Violation, ...]:
        """Hard rules that the hospital breaks as it stands."""
        return current_breaches(self.snapshot, self.needs)

    @cached_property
    def breaches_left(self) -> tuple[Violation, ...]:
        """Breaches of patients whom the plan leaves where they are."""
        if self.stored is None:
            return self.breaches
        placements = self.stored.plan.placement_of
        return tuple(
            breach
            for breach in self.breaches
            if breach.patient_id in placements and "breach" in placements[breach.patient_id].terms
        )

    @cached_property
    def suggestions(self) -> list[Suggestion]:
        """Moves of the plan in order of benefit; empty where there is no plan."""
        if self.stored is None:
            return []
        return suggestions(self.stored.plan, self.stored.before, self.decisions)

    def patients(self, status: PatientStatus) -> list[Patient]:
        """Patients of one status, in file order."""
        return [patient for patient in self.snapshot.patients if patient.status is status]

    @cached_property
    def bed_counts(self) -> dict[str, BedCount]:
        """Bed counts by ward_id, in file order."""
        kinds: dict[str, Counter[str]] = {ward.ward_id: Counter() for ward in self.snapshot.wards}
        for bed in self.snapshot.beds:
            kind = self.bed_kind(bed)
            kinds[bed.ward_id].update([kind] if kind == "closed" else [kind, "open"])
        return {ward_id: BedCount(**count) for ward_id, count in kinds.items()}

    def bed_kind(self, bed: Bed) -> str:
        """`occupied` where a patient lies in it, whatever its status says; else its status.

        A bed that is said to be occupied but has no known patient counts as occupied: somebody may lie there.
        """
        if bed.bed_id in self.snapshot.occupant_of:
            return "occupied"
        if bed.status is BedStatus.CLOSED or not self.snapshot.ward_of[bed.ward_id].open:
            return "closed"
        return str(bed.status)

    @cached_property
    def total(self) -> BedCount:
        """Bed counts of the whole hospital."""
        counts = self.bed_counts.values()
        names = ("open", "occupied", "available", "cleaning", "reserved", "closed")
        return BedCount(**{name: sum(getattr(count, name) for count in counts) for name in names})

    @cached_property
    def to_confirm(self) -> tuple[ToConfirm, ...]:
        """Needs that a person is asked to confirm, the one first whose answer would change the plan most."""
        return confirm_order(self.snapshot, self.needs, self.stored.plan if self.stored else None)

    @cached_property
    def confirm_rank(self) -> dict[str, int]:
        """Place of a patient in the confirm list, by patient_id; patients with nothing to confirm are not in it."""
        ranks: dict[str, int] = {}
        for rank, asked in enumerate(self.to_confirm):
            ranks.setdefault(asked.patient_id, rank)
        return ranks

    @cached_property
    def needs_changed(self) -> frozenset[str]:
        """Patients who are now taken to need something else of a bed than when the plan was made."""
        asked = self.stored.asked if self.stored else {}
        return pipeline.needs_changed(asked, self.snapshot, self.needs)

    @cached_property
    def corrected_since(self) -> int:
        """Needs that were corrected since the plan was made, as far as the corrections are in force."""
        if self.stored is None:
            return 0
        made_at = self.stored.made_at.replace(tzinfo=UTC)
        return sum(one.made_at > made_at for theirs in self.corrections.values() for one in theirs.values())
