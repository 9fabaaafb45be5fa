"""What has changed between two moments that can be why a patient is placed otherwise: decisions, needs, dates, beds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from medalloc.domain.needs import Needs
from medalloc.domain.plan import Locks, Placement, Reason
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.optimise.beds.situation import Given, Situation
from medalloc.optimise.gives import reason
from medalloc.optimise.rules import Person, people_of, ready_at

NEEDS = ("specialty", "acuity", "level", "isolation", "organism", "features", "wanted_level", "wanted_features")
"""Fields of `Requirements` that say where a patient can or should lie."""


@dataclass(frozen=True)
class Basis:
    """What was known when a plan was made."""

    snapshot: HospitalSnapshot
    people: Mapping[str, Person]
    """By patient_id."""
    locks: Locks = field(default_factory=Locks)
    escalation: bool = True
    """Whether beds of closed wards could be opened."""

    @cached_property
    def lying(self) -> Mapping[str, list[str]]:
        """Who lies in each bed, by patient_id."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for patient_id, person in self.people.items():
            if person.bed_id:
                found[person.bed_id].append(patient_id)
        return found

    def ready(self, bed_id: str) -> datetime | None:
        """When a bed could be used if nobody on record were in it; None for never."""
        bed = self.snapshot.bed_of.get(bed_id)
        if bed is None:
            return None
        ward = self.snapshot.ward_of[bed.ward_id]
        return ready_at(bed, ward, self.snapshot.at, occupied=True, escalation=self.escalation)


def basis_of(snapshot: HospitalSnapshot, needs: Mapping[str, Needs], given: Given) -> Basis:
    """What is known of a hospital."""
    return _basis(snapshot, people_of(snapshot, needs), given)


def basis_from(situation: Situation) -> Basis:
    """What a plan was made for."""
    return _basis(situation.snapshot, situation.people, situation.given)


def _basis(snapshot: HospitalSnapshot, people: tuple[Person, ...], given: Given) -> Basis:
    known = {person.patient_id: person for person in people}
    return Basis(snapshot, known, given.locks, given.settings.escalation)


@dataclass(frozen=True)
class Bases:
    """What was known when each of two plans was made."""

    before: Basis
    after: Basis

    @property
    def both(self) -> tuple[Basis, Basis]:
        """The earlier one first."""
        return self.before, self.after

    def decisions(self, old: Placement, new: Placement) -> Iterator[Reason]:
        """What people have decided since about a patient, or about the bed that the patient was to have."""
        own, before, after = new.patient_id, self.before.locks, self.after.locks
        was, now = before.pins.get(own, ""), after.pins.get(own, "")
        if was != now:
            yield reason("locked", bed_id=now) if now else reason("released", bed_id=was)
        if (own in before.keep) != (own in after.keep):
            yield Reason("kept" if own in after.keep else "may_move")
        if (own, old.to_bed_id) in after.forbidden - before.forbidden:
            yield reason("refused", bed_id=old.to_bed_id)
        if (own, new.to_bed_id) in before.forbidden - after.forbidden:
            yield reason("no_longer_refused", bed_id=new.to_bed_id)
        for other, bed_id in after.pins.items():
            if bed_id == old.to_bed_id and other != own and before.pins.get(other) != bed_id:
                yield reason("kept_for", bed_id=bed_id, patient_id=other)

    def needs(self, patient_id: str) -> Iterator[Reason]:
        """Needs that are no longer what they were."""
        was, now = self._person(patient_id)
        if was is None or now is None:
            return
        for name in NEEDS:
            before, after = _text(getattr(was.needs, name)), _text(getattr(now.needs, name))
            if before != after:
                yield reason("need_changed", need=name, before=before, after=after)

    def discharge(self, patient_id: str) -> Iterator[Reason]:
        """Another expected date of discharge on the record."""
        was, now = self._person(patient_id)
        if was is not None and now is not None and was.patient.edd != now.patient.edd:
            before, after = _moment(was.patient.edd), _moment(now.patient.edd)
            yield reason("discharge_changed", patient_id=patient_id, before=before, after=after)

    def beds(self, old: Placement, new: Placement) -> Iterator[Reason]:
        """What has become of the bed given before and of the one given now, and of who lies there."""
        if old.to_bed_id and self.before.ready(old.to_bed_id) and not self.after.ready(old.to_bed_id):
            yield reason("bed_gone", bed_id=old.to_bed_id)
        if new.to_bed_id and self.after.ready(new.to_bed_id) and not self.before.ready(new.to_bed_id):
            yield reason("bed_opened", bed_id=new.to_bed_id)
        for bed_id in dict.fromkeys((old.to_bed_id, new.to_bed_id)):
            yield from self._ready(bed_id)
            for patient_id in self.after.lying.get(bed_id, ()):
                if patient_id != new.patient_id:
                    yield from self.discharge(patient_id)

    def _ready(self, bed_id: str) -> Iterator[Reason]:
        """Cleaned sooner or later than was known."""
        was, now = self.before.ready(bed_id), self.after.ready(bed_id)
        if was and now and max(was, self.after.snapshot.at) != now:
            yield reason("bed_ready", bed_id=bed_id, before=_moment(was), after=_moment(now))

    def _person(self, patient_id: str) -> tuple[Person | None, Person | None]:
        return self.before.people.get(patient_id), self.after.people.get(patient_id)


def _text(value: object) -> str:
    return ";".join(sorted(value)) if isinstance(value, frozenset) else str(value)


def _moment(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
