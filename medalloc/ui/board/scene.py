"""Everything that a tile may need to know, looked up once for the whole board."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from medalloc.domain.needs import Needs
from medalloc.domain.people import Patient
from medalloc.domain.plan import Action, BedPlan, Placement, Violation
from medalloc.domain.review import Decision
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.ui.board import words
from medalloc.ui.names import initials
from medalloc.ui.times import clock

ID_TAIL = 4
"""Characters of a patient id that fit beside the initials."""
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
    def arrivals(self) -> dict[str, Placement]:
        """Moves by the bed that they end in."""
        return {move.to_bed_id: move for move in self.moves.values()}

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
        """Who lies in a bed in this view, by bed_id; a held bed is not yet taken."""
        beds: defaultdict[str, list[Patient]] = defaultdict(list)
        for patient in self.snapshot.patients:
            if bed_id := self._bed_of(patient):
                beds[bed_id].append(patient)
        return {bed_id: tuple(members) for bed_id, members in beds.items()}

    def _bed_of(self, patient: Patient) -> str:
        move = self.moves.get(patient.patient_id) if self.proposed else None
        if move is None or move.action is Action.HOLD:
            return patient.bed_id
        return move.to_bed_id

    @cached_property
    def breaches_of(self) -> dict[str, tuple[Violation, ...]]:
        """Broken rules by bed_id; one that names no bed belongs to where the patient lies."""
        beds: defaultdict[str, list[Violation]] = defaultdict(list)
        lies_in = {who.patient_id: bed_id for bed_id, them in self.occupants_of.items() for who in them}
        for breach in self.breaches:
            beds[breach.bed_id or lies_in.get(breach.patient_id, "")].append(breach)
        return {bed_id: tuple(members) for bed_id, members in beds.items() if bed_id}

    def who(self, patient: Patient) -> str:
        """A patient as the board may call them: initials and the tail of the id, or the full name."""
        if self.show_names and patient.name:
            return patient.name
        return f"{initials(patient.name)} {patient.patient_id[-ID_TAIL:]}"

    def when(self, moment: datetime) -> str:
        """The time of day, with the date where it is not the snapshot's."""
        return clock(moment, self.snapshot.at, self.translate)

    def sign(self, sign: words.Sign) -> words.Sign:
        """A sign in the reader's language."""
        return words.Sign(self.translate(sign.short), self.translate(sign.words))


def bay_label(bay_id: str, ward_id: str) -> str:
    """A bay id without the id of its ward: bay `W3-B2` of ward `W3` is `B2`."""
    return bay_id.removeprefix(ward_id).lstrip(_SEPARATORS) or bay_id


def bed_label(bed_id: str) -> str:
    """The last part of a bed id: bed `W3-B2-1` is `1`."""
    return _PARTS.split(bed_id)[-1] or bed_id
