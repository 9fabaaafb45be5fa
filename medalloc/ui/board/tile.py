"""One bed of the board: its state, who lies in it, what they need, and what the plan does with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from medalloc.domain.people import Patient
from medalloc.domain.places import Bed, BedStatus
from medalloc.review import explain
from medalloc.ui.board import words
from medalloc.ui.board.badges import Badge, badges_of
from medalloc.ui.board.moves import Mark, Move, decision_mark, move_at, move_lines, move_mark
from medalloc.ui.board.scene import Scene, bed_label

MAX_BADGES = 4
"""In two rows; beside a move there is one row, for half as many."""


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
    state = scene.beds[bed.bed_id].state
    move = move_at(scene, bed)
    badges = [*_marked(scene, bed, move, taken=bool(occupants)), *_needs(scene, bed, patient)]
    return Tile(
        bed_id=bed.bed_id,
        label=bed_label(bed.bed_id),
        state=state,
        glyph=words.STATES[state].short,
        patient_id=_about(scene, patient, move),
        who=_who(scene, occupants) or _empty(scene, bed, state),
        sex=scene.translate(words.SEXES[patient.sex].short) if patient else "",
        badges=tuple(_shown(badges, beside_move=move is not None)),
        move=move_mark(scene, move) if move else None,
        decision=decision_mark(scene, move.patient_id if move else _about(scene, patient, move)),
        breach="; ".join(_breaches(scene, bed)),
        lines=tuple(_lines(scene, bed, state, badges, move)),
    )


def _about(scene: Scene, patient: Patient | None, move: Move | None) -> str:
    """Whom a click on the tile is about: an arrival before whoever lies there."""
    if move and move.kind in ("in", "due", "held"):
        return move.patient_id
    return patient.patient_id if patient else ""


def _who(scene: Scene, occupants: tuple[Patient, ...]) -> str:
    if not occupants:
        return ""
    more = f" +{len(occupants) - 1}" if len(occupants) > 1 else ""
    return scene.who(occupants[0]) + more


def _empty(scene: Scene, bed: Bed, state: BedStatus) -> str:
    if state is BedStatus.OCCUPIED:
        return scene.translate("no record")
    word, ready_at = scene.translate(words.STATES[state].words), scene.beds[bed.bed_id].ready_at
    if ready_at:
        return f"{word} {scene.short_when(ready_at)}"
    share = scene.unsure(bed.bed_id)
    return word if share is None else f"{word} {words.CHANCE.short}{share:.0%}"


def _marked(scene: Scene, bed: Bed, move: Move | None, *, taken: bool) -> Iterable[Badge]:
    """From when it is held, how likely its patient has left, a status that speaks against somebody in it."""
    here = scene.beds[bed.bed_id]
    if here.coming and here.coming[0].starts_at != here.ready_at:
        yield Badge("status", words.HELD.short + scene.short_when(here.coming[0].starts_at), "")
    share = scene.unsure(bed.bed_id)
    if share is not None and (taken or here.ready_at):
        yield Badge("chance", f"{words.CHANCE.short}{share:.0%}", "")
    lying = bed.bed_id in scene.snapshot.occupant_of
    passes = {BedStatus.OCCUPIED} if lying else {BedStatus.CLEANING} if scene.later else set()
    if taken and bed.status not in {BedStatus.AVAILABLE, *passes}:
        sign = scene.sign(words.STATES[bed.status])
        yield Badge("status", sign.short, scene.say("marked as: {state}", state=sign.words))


def _needs(scene: Scene, bed: Bed, patient: Patient | None) -> list[Badge]:
    return badges_of(scene, patient, scene.snapshot.ward_of[bed.ward_id].level) if patient else []


def _breaches(scene: Scene, bed: Bed) -> Iterable[str]:
    for breach in scene.breaches_of.get(bed.bed_id, ()):
        rule = scene.translate(words.RULES[breach.rule])
        detail = explain.violation_words(breach, scene.translate)
        yield f"{rule}: {detail}" if detail else rule


def _shown(badges: list[Badge], beside_move: bool) -> Iterable[Mark]:
    room = MAX_BADGES // 2 if beside_move else MAX_BADGES
    yield from (Mark(badge.kind, badge.text) for badge in badges[:room])
    if len(badges) > room:
        yield Mark("more", f"+{len(badges) - room}")


def _lines(scene: Scene, bed: Bed, state: BedStatus, badges: list[Badge], move: Move | None) -> Iterable[str]:
    word = scene.translate(words.STATES[state].words)
    ready_at = scene.beds[bed.bed_id].ready_at
    until = f" {scene.when(ready_at)}" if ready_at else ""
    yield scene.say("Bed {bed}: {state}", bed=bed.bed_id, state=word + until)
    for patient in scene.occupants_of.get(bed.bed_id, ()):
        sex = scene.translate(words.SEXES[patient.sex].words)
        yield scene.say("{who}, {sex}, {age} years", who=scene.who(patient), sex=sex, age=patient.age)
    yield from (badge.words for badge in badges if badge.words)
    share = scene.unsure(bed.bed_id)
    if share is not None and not (move and move.kind == "due"):
        yield scene.say("likely to have left by then: {share} %", share=round(100 * share))
    yield from move_lines(scene, bed)
    for breach in _breaches(scene, bed):
        yield scene.say("Breach: {breach}", breach=breach)
