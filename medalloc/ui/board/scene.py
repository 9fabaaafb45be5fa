"""Everything that a tile may need to know, looked up once for the whole board."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from medalloc.domain.needs import Needs, requirements_of
from medalloc.domain.people import Patient
from medalloc.domain.plan import Action, BedPlan, Placement, Violation
from medalloc.domain.requirements import Requirements
from medalloc.domain.review import Decision
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.ui.beds_at import UNSURE_TO, BedAt, BedTimes, Hold, Stay
from medalloc.ui.board import words
from medalloc.ui.names import initials
from medalloc.ui.times import clock

ID_TAIL = 4
"""Characters of a patient id that fit beside the initials."""
_RAISED = str.maketrans("+0123456789", "⁺⁰¹²³⁴⁵⁶⁷⁸⁹")
_SEPARATORS = "-_/.: "
_PARTS = re.compile(f"[{re.escape(_SEPARATORS)}]")


@dataclass(frozen=True)
class Scene:
    """What one view of the board is drawn from."""

    snapshot: HospitalSnapshot
    needs: Mapping[str, Needs]
    plan: BedPlan | None
    decisions: Mapping[str, Decision]
    proposed: bool
    show_names: bool
    breaches: tuple[Violation, ...]
    translate: Callable[[str], str]
    moment: datetime | None = None
    """What is shown; None: now."""
    given_times: BedTimes | None = None
    """When everybody comes and goes, where it was worked out before for this view."""

    @cached_property
    def later(self) -> bool:
        """Whether what is shown is expected, not known."""
        return self.moment is not None and self.moment > self.snapshot.at

    @cached_property
    def times(self) -> BedTimes:
        """When everybody comes and goes: as planned, or with nobody moved."""
        return self.given_times or BedTimes(self.snapshot, self.needs, self.plan, self.proposed)

    @cached_property
    def beds(self) -> dict[str, BedAt]:
        """What is expected of every bed at the moment shown, by bed_id."""
        return self.times.at_moment(self.moment or self.snapshot.at)

    @cached_property
    def _holds(self) -> dict[tuple[str, str], Hold]:
        return {(hold.patient_id, hold.bed_id): hold for hold in self.times.holds}

    def free_share(self, stay: Stay) -> float | None:
        """How likely a held bed is free by the time it is held from; None where nothing is known of it."""
        return self._holds[stay.patient_id, stay.bed_id].free_share

    def unsure(self, bed_id: str) -> float | None:
        """Where it is not nearly sure: how likely whoever stands in the way of a bed has left by the moment shown.

        For a bed that was held until then, that it was free in time; else that whoever lies there, or lay there
        last, has left.
        """
        if self.moment is None or not self.later:
            return None
        here = self.beds[bed_id]
        about = here.lying[0] if here.lying else here.left
        if about is None:
            return None
        if about.action is Action.HOLD and here.lying:
            share = self.free_share(about)
            return share if share is not None and share <= UNSURE_TO else None
        return self.times.unsure(about, self.moment)

    def say(self, message: str, **values: object) -> str:
        """A translated sentence with its values."""
        return self.translate(message).format(**values)

    @cached_property
    def bays_of(self) -> dict[str, tuple[str, ...]]:
        """bay_ids by ward_id, in file order."""
        bays: defaultdict[str, list[str]] = defaultdict(list)
        for ward_id, bay_id in self.snapshot.bay_beds:
            bays[ward_id].append(bay_id)
        return {ward_id: tuple(members) for ward_id, members in bays.items()}

    @cached_property
    def moves(self) -> dict[str, Placement]:
        """Placements that somebody has to act on, by patient_id."""
        placements = self.plan.placements if self.plan else ()
        return {placement.patient_id: placement for placement in placements if placement.action.moves}

    @cached_property
    def departures(self) -> dict[str, Placement]:
        """Moves by the bed that they start from."""
        return {move.from_bed_id: move for move in self.moves.values() if move.from_bed_id}

    @cached_property
    def ends(self) -> dict[str, tuple[str, str]]:
        """(from_bed_id, to_bed_id) by patient_id, for whoever lies in a bed or is given one."""
        lying = [patient for patient in self.snapshot.patients if patient.bed_id]
        ends = {patient.patient_id: (patient.bed_id, "") for patient in lying}
        ends |= {move.patient_id: (move.from_bed_id, move.to_bed_id) for move in self.moves.values()}
        return ends

    @cached_property
    def occupants_of(self) -> dict[str, tuple[Patient, ...]]:
        """Who lies in a bed in this view at the moment shown, by bed_id; a held bed is not yet taken."""
        known = self.snapshot.patient_of
        return {
            bed_id: tuple(known[stay.patient_id] for stay in bed.lying)
            for bed_id, bed in self.beds.items()
            if bed.lying
        }

    @cached_property
    def breaches_of(self) -> dict[str, tuple[Violation, ...]]:
        """Rules broken now by bed_id; one that names no bed belongs to where the patient lies.

        Later on a rule counts as broken for as long as its patient lies where they lie now.
        """
        beds: defaultdict[str, list[Violation]] = defaultdict(list)
        lies_in = {who.patient_id: bed_id for bed_id, them in self.occupants_of.items() for who in them}
        for breach in self.breaches:
            bed_id = lies_in.get(breach.patient_id, "")
            if not self.later:
                beds[breach.bed_id or bed_id].append(breach)
            elif bed_id and bed_id == self.snapshot.patient_of[breach.patient_id].bed_id:
                beds[bed_id].append(breach)
        return {bed_id: tuple(members) for bed_id, members in beds.items() if bed_id}

    def who(self, patient: Patient) -> str:
        """A patient as the board may call them."""
        known = self._called.get(patient.patient_id)
        if known is None:
            known = self._called[patient.patient_id] = short_name(patient, show_names=self.show_names)
        return known

    def required(self, patient: Patient) -> Requirements:
        """What the bed of a patient must and should have."""
        person = self.times.people.get(patient.patient_id)
        return person.needs if person and person.patient is patient else requirements_of(patient, self.needs)

    @cached_property
    def _times_of_day(self) -> dict[datetime, str]:
        return {}

    @cached_property
    def _called(self) -> dict[str, str]:
        return {}

    def called(self, stay: Stay) -> str:
        """The patient of a stay as the board may call them."""
        return self.who(self.snapshot.patient_of[stay.patient_id])

    def when(self, moment: datetime) -> str:
        """The time of day, with the date where it is not the snapshot's."""
        known = self._times_of_day.get(moment)
        if known is None:
            known = self._times_of_day[moment] = clock(moment, self.snapshot.at, self.translate)
        return known

    def short_when(self, moment: datetime) -> str:
        """The same as it fits on a tile: `07:30⁺¹` on the next day."""
        days = (moment.date() - self.snapshot.at.date()).days
        return f"{moment:%H:%M}" + (f"+{days}".translate(_RAISED) if days else "")

    def sign(self, sign: words.Sign) -> words.Sign:
        """A sign in the reader's language."""
        return words.Sign(self.translate(sign.short), self.translate(sign.words))


def short_name(patient: Patient, *, show_names: bool) -> str:
    """Initials and the tail of the id, or the full name where names are shown."""
    if show_names and patient.name:
        return patient.name
    return f"{initials(patient.name)} {patient.patient_id[-ID_TAIL:]}"


def bay_label(bay_id: str, ward_id: str) -> str:
    """A bay id without the id of its ward: bay `W3-B2` of ward `W3` is `B2`."""
    return bay_id.removeprefix(ward_id).lstrip(_SEPARATORS) or bay_id


def bed_label(bed_id: str) -> str:
    """The last part of a bed id: bed `W3-B2-1` is `1`."""
    return _PARTS.split(bed_id)[-1] or bed_id
