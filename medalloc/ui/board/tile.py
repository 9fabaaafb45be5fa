"""One bed of the board: its state, who lies in it, what they need, and what the plan does with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from medalloc.domain.people import Patient
from medalloc.domain.places import Bed, BedStatus
from medalloc.domain.plan import Action, Placement
from medalloc.ui.board import words
from medalloc.ui.board.badges import Badge, badges_of
from medalloc.ui.board.scene import Scene, bed_label

MAX_BADGES = 4
"""In two rows; beside a move there is one row, for half as many."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign of one kind on a tile."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A bed as drawn; what is empty is not drawn."""

    bed_id: str
    label: str
    """The last part of the bed id."""
    state: BedStatus
    glyph: str
    patient_id: str
    """Whom a click is about: who arrives here, else who lies here."""
    who: str
    """Initials and id of the patient, or the state in words for an empty bed."""
    sex: str
    badges: tuple[Mark, ...]
    move: Mark | None
    decision: Mark | None
    breach: str
    lines: tuple[str, ...]
    """All of it in words: the tooltip, and joined the accessible name."""


def make_tile(scene: Scene, bed: Bed) -> Tile:
    """The tile of a bed in the scene's view."""
    occupants = scene.occupants_of.get(bed.bed_id, ())
    patient = occupants[0] if occupants else None
    move = _move_here(scene, bed)
    about = move.patient_id if move and scene.proposed else patient.patient_id if patient else ""
    state = _state(scene, bed, taken=bool(occupants))
    mark = _move_mark(scene, bed, move)
    badges = badges_of(scene, patient, scene.snapshot.ward_of[bed.ward_id].level) if patient else []
    return Tile(
        bed_id=bed.bed_id,
        label=bed_label(bed.bed_id),
        state=state,
        glyph=words.STATES[state].short,
        patient_id=about,
        who=_who(scene, occupants) or _empty(scene, bed, state),
        sex=scene.translate(words.SEXES[patient.sex].short) if patient else "",
        badges=tuple(_shown(badges, beside_move=mark is not None)),
        move=mark,
        decision=_decision(scene, about),
        breach="; ".join(_breaches(scene, bed)),
        lines=tuple(_lines(scene, bed, state, badges)),
    )


def _state(scene: Scene, bed: Bed, *, taken: bool) -> BedStatus:
    """What the bed is like in this view: whoever lies in it counts for more than its status."""
    if taken:
        return BedStatus.OCCUPIED
    if not scene.snapshot.ward_of[bed.ward_id].open:
        return BedStatus.CLOSED
    freed = bed.bed_id in scene.snapshot.occupant_of
    return BedStatus.AVAILABLE if freed and bed.status is BedStatus.OCCUPIED else bed.status


def _who(scene: Scene, occupants: tuple[Patient, ...]) -> str:
    if not occupants:
        return ""
    more = f" +{len(occupants) - 1}" if len(occupants) > 1 else ""
    return scene.who(occupants[0]) + more


def _empty(scene: Scene, bed: Bed, state: BedStatus) -> str:
    if state is BedStatus.OCCUPIED:
        return scene.translate("no record")
    word = scene.translate(words.STATES[state].words)
    ready = state is BedStatus.CLEANING and bed.available_at
    return f"{word} {scene.when(bed.available_at)}" if ready and bed.available_at else word


def _move_here(scene: Scene, bed: Bed) -> Placement | None:
    """The move that this view shows at the bed: departures now, arrivals in the proposal."""
    return (scene.arrivals if scene.proposed else scene.departures).get(bed.bed_id)


def _move_mark(scene: Scene, bed: Bed, move: Placement | None) -> Mark | None:
    if move is None:
        left = scene.departures.get(bed.bed_id) if scene.proposed else None
        if left is None or left.action is Action.HOLD:
            return None
        return Mark("freed", f"{words.FREED.short} {scene.who(scene.snapshot.patient_of[left.patient_id])}")
    if not scene.proposed:
        return Mark("out", f"{words.LEAVES.short} {move.to_bed_id}")
    patient = scene.snapshot.patient_of[move.patient_id]
    if move.action is Action.HOLD:
        at = f" {scene.when(move.starts_at)}" if move.starts_at else ""
        return Mark("held", f"{words.HELD.short} {scene.who(patient)}{at}")
    return Mark("in", f"{words.ARRIVES.short} {_origin(scene, move, patient)}")


def _origin(scene: Scene, move: Placement, patient: Patient) -> str:
    """Where somebody comes from: a bed, else the way in."""
    source = scene.translate(words.SOURCES[patient.source]) if patient.source else ""
    return move.from_bed_id or source or scene.translate(words.ACTIONS[move.action])


def _decision(scene: Scene, patient_id: str) -> Mark | None:
    decision = scene.decisions.get(patient_id)
    return Mark(decision.verdict, words.VERDICTS[decision.verdict].short) if decision else None


def _breaches(scene: Scene, bed: Bed) -> Iterable[str]:
    for breach in scene.breaches_of.get(bed.bed_id, ()):
        rule = scene.translate(words.RULES[breach.rule])
        yield f"{rule}: {breach.detail}" if breach.detail else rule


def _shown(badges: list[Badge], beside_move: bool) -> Iterable[Mark]:
    room = MAX_BADGES // 2 if beside_move else MAX_BADGES
    yield from (Mark(badge.kind, badge.text) for badge in badges[:room])
    if len(badges) > room:
        yield Mark("more", f"+{len(badges) - room}")


def _lines(scene: Scene, bed: Bed, state: BedStatus, badges: list[Badge]) -> Iterable[str]:
    word = scene.translate(words.STATES[state].words)
    until = f" {scene.when(bed.available_at)}" if state is BedStatus.CLEANING and bed.available_at else ""
    yield scene.say("Bed {bed}: {state}", bed=bed.bed_id, state=word + until)
    for patient in scene.occupants_of.get(bed.bed_id, ()):
        sex = scene.translate(words.SEXES[patient.sex].words)
        yield scene.say("{who}, {sex}, {age} years", who=scene.who(patient), sex=sex, age=patient.age)
    yield from (badge.words for badge in badges)
    yield from _move_lines(scene, bed)
    for breach in _breaches(scene, bed):
        yield scene.say("Breach: {breach}", breach=breach)


def _move_lines(scene: Scene, bed: Bed) -> Iterable[str]:
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
        if arrives.starts_at and arrives.action is Action.HOLD:
            yield scene.say("from {time}", time=scene.when(arrives.starts_at))
        yield from _verdict(scene, arrives.patient_id)
    if not leaves and not arrives:
        for patient in scene.occupants_of.get(bed.bed_id, ()):
            yield from _verdict(scene, patient.patient_id)


def _verdict(scene: Scene, patient_id: str) -> Iterable[str]:
    decision = scene.decisions.get(patient_id)
    if decision:
        word = scene.translate(words.VERDICTS[decision.verdict].words)
        yield scene.say("{verdict} by {who}", verdict=word, who=decision.decided_by)
