"""What the plan does at a bed, and what a person has said to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from medalloc.domain.people import Patient
from medalloc.domain.places import Bed
from medalloc.domain.plan import Action, Placement
from medalloc.ui.board import words
from medalloc.ui.board.scene import Scene


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign of one kind on a tile."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Move:
    """What the plan does at a bed."""

    kind: Literal["out", "in", "held", "freed"]
    placement: Placement

    @property
    def patient_id(self) -> str:
        """Who moves."""
        return self.placement.patient_id


def move_at(scene: Scene, bed: Bed) -> Move | None:
    """The move that this view shows at a bed: departures now; as proposed, arrivals, else who left."""
    arrival, departure = scene.arrivals.get(bed.bed_id), scene.departures.get(bed.bed_id)
    if not scene.proposed:
        return Move("out", departure) if departure else None
    if arrival:
        return Move("held" if arrival.action is Action.HOLD else "in", arrival)
    return Move("freed", departure) if departure and departure.action is not Action.HOLD else None


def move_mark(scene: Scene, move: Move) -> Mark:
    """The strip at the foot of the tile."""
    placement, patient = move.placement, scene.snapshot.patient_of[move.patient_id]
    texts = {
        "out": f"{words.LEAVES.short} {placement.to_bed_id}",
        "in": f"{words.ARRIVES.short} {_origin(scene, placement, patient)}",
        "held": f"{words.HELD.short} {scene.who(patient)}",
        "freed": f"{words.FREED.short} {scene.who(patient)}",
    }
    return Mark(move.kind, texts[move.kind])


def _origin(scene: Scene, move: Placement, patient: Patient) -> str:
    """Where somebody comes from: a bed, else the way in."""
    source = scene.translate(words.SOURCES[patient.source]) if patient.source else ""
    return move.from_bed_id or source or scene.translate(words.ACTIONS[move.action])


def decision_mark(scene: Scene, patient_id: str) -> Mark | None:
    """What was decided about a patient; None where nothing was."""
    decision = scene.decisions.get(patient_id)
    return Mark(decision.verdict, words.VERDICTS[decision.verdict].short) if decision else None


def move_lines(scene: Scene, bed: Bed) -> Iterable[str]:
    """What the plan does at the bed, and what was decided about it."""
    leaves, arrives = scene.departures.get(bed.bed_id), scene.arrivals.get(bed.bed_id)
    if leaves:
        action = scene.translate(words.ACTIONS[leaves.action])
        who = scene.who(scene.snapshot.patient_of[leaves.patient_id])
        yield scene.say("{who} leaves to {bed} ({action})", who=who, bed=leaves.to_bed_id, action=action)
        yield from _verdict(scene, leaves.patient_id)
    if arrives:
        patient = scene.snapshot.patient_of[arrives.patient_id]
        who, origin = scene.who(patient), _origin(scene, arrives, patient)
        action = scene.translate(words.ACTIONS[arrives.action])
        yield scene.say("{who} arrives from {origin} ({action})", who=who, origin=origin, action=action)
        yield from _verdict(scene, arrives.patient_id)
    if not leaves and not arrives:
        for patient in scene.occupants_of.get(bed.bed_id, ()):
            yield from _verdict(scene, patient.patient_id)


def _verdict(scene: Scene, patient_id: str) -> Iterable[str]:
    decision = scene.decisions.get(patient_id)
    if decision:
        word = scene.translate(words.VERDICTS[decision.verdict].words)
        yield scene.say("{verdict} by {who}", verdict=word, who=decision.decided_by)
