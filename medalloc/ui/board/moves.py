"""What becomes of a bed: what the plan does at it, who leaves, and what a person has said to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from medalloc.domain.people import Patient
from medalloc.domain.places import Bed
from medalloc.domain.plan import Action
from medalloc.ui.beds_at import BedAt, Stay
from medalloc.ui.board import words
from medalloc.ui.board.scene import Scene


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign of one kind on a tile."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Move:
    """What becomes of a bed."""

    kind: Literal["out", "in", "due", "held", "freed", "left"]
    """Leaves for another bed; arrives now; arrives by then; held for later; was left for another bed, or for home."""
    stay: Stay
    """Of the patient who comes or goes."""

    @property
    def patient_id(self) -> str:
        """Who moves."""
        return self.stay.patient_id


def move_at(scene: Scene, bed: Bed) -> Move | None:
    """What this view shows at a bed: departures as things stand; as proposed, arrivals, holds, else who left."""
    here = scene.beds[bed.bed_id]
    for stay in here.lying:
        if not scene.proposed and stay.patient_id in scene.moves:
            return Move("out", stay)
        if stay.action.moves:
            return Move("due" if stay.action is Action.HOLD else "in", stay)
    if here.coming:
        return Move("held", here.coming[0])
    if here.left and not here.lying:
        return Move("freed" if here.left.to_bed_id else "left", here.left)
    return None


def move_mark(scene: Scene, move: Move) -> Mark:
    """The strip at the foot of the tile."""
    stay = move.stay
    match move.kind:
        case "out":
            text = f"{words.LEAVES.short} {scene.moves[stay.patient_id].to_bed_id}"
        case "in":
            text = f"{words.ARRIVES.short} {_origin(scene, stay)}"
        case "due":
            text = f"{words.ARRIVES.short} {scene.short_when(stay.starts_at)}"
        case _:
            sign = {"held": words.HELD, "freed": words.FREED, "left": words.LEFT}[move.kind]
            text = f"{sign.short} {scene.called(stay)}"
    return Mark(move.kind, text)


def _origin(scene: Scene, stay: Stay) -> str:
    """Where somebody comes from: a bed, else the way in."""
    patient: Patient = scene.snapshot.patient_of[stay.patient_id]
    source = scene.translate(words.SOURCES[patient.source]) if patient.source else ""
    return scene.moves[stay.patient_id].from_bed_id or source or scene.translate(words.ACTIONS[stay.action])


def decision_mark(scene: Scene, patient_id: str) -> Mark | None:
    """What was decided about a patient; None where nothing was."""
    decision = scene.decisions.get(patient_id)
    return Mark(decision.verdict, words.VERDICTS[decision.verdict].short) if decision else None


def move_lines(scene: Scene, bed: Bed) -> Iterable[str]:
    """Who leaves the bed and who comes to it, and what was decided about them."""
    here = scene.beds[bed.bed_id]
    if here.left and not here.left.to_bed_id:
        time = scene.when(here.left.ends_at or scene.snapshot.at)
        yield scene.say("{who} is expected to have left at {time}", who=scene.called(here.left), time=time)
    yield from _departure(scene, here)
    yield from _arrivals(scene, here)
    moving = scene.departures.get(bed.bed_id) or here.coming or any(stay.action.moves for stay in here.lying)
    if not moving:
        for stay in here.lying:
            yield from _verdict(scene, stay.patient_id)


def _departure(scene: Scene, here: BedAt) -> Iterable[str]:
    """Who leaves for another bed, or is expected to leave the hospital."""
    for stay in filter(None, (here.left, *here.lying)):
        move = scene.moves.get(stay.patient_id)
        if move and move.from_bed_id == stay.bed_id:
            action = scene.translate(words.ACTIONS[move.action])
            who = scene.called(stay)
            yield scene.say("{who} leaves to {bed} ({action})", who=who, bed=move.to_bed_id, action=action)
            yield from _verdict(scene, stay.patient_id)
        elif stay.ends_at and stay is not here.left:
            yield scene.say(
                "{who} is expected to leave at {time}", who=scene.called(stay), time=scene.when(stay.ends_at)
            )


def _arrivals(scene: Scene, here: BedAt) -> Iterable[str]:
    for stay in (*here.lying, *here.coming):
        if not stay.action.moves:
            continue
        if stay.action is Action.HOLD:
            yield _hold_line(scene, stay)
        else:
            who, origin = scene.called(stay), _origin(scene, stay)
            action = scene.translate(words.ACTIONS[stay.action])
            yield scene.say("{who} arrives from {origin} ({action})", who=who, origin=origin, action=action)
        yield from _verdict(scene, stay.patient_id)


def _hold_line(scene: Scene, stay: Stay) -> str:
    """For whom a bed is held and from when, and how likely it is free by then."""
    who, time, share = scene.called(stay), scene.when(stay.starts_at), scene.free_share(stay)
    if share is None or share >= 1:
        return scene.say("held for {who} from {time}", who=who, time=time)
    return scene.say(
        "held for {who} from {time} (likely to be free by then: {share} %)",
        who=who,
        time=time,
        share=round(100 * share),
    )


def _verdict(scene: Scene, patient_id: str) -> Iterable[str]:
    decision = scene.decisions.get(patient_id)
    if decision:
        word = scene.translate(words.VERDICTS[decision.verdict].words)
        yield scene.say("{verdict} by {who}", verdict=word, who=decision.decided_by)
