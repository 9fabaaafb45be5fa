"""Wards and bays of the board, with what their head lines say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from medalloc.domain.people import Sex
from medalloc.domain.places import BedStatus, SexRule
from medalloc.domain.places import Ward as HospitalWard
from medalloc.ui.board import words
from medalloc.ui.board.scene import Scene, bay_label
from medalloc.ui.board.tile import Tile, make_tile


@dataclass(frozen=True, slots=True)
class Bay:
    """A bay, or a single room."""

    bay_id: str
    label: str
    sex: str
    """The sexes that lie in it, or the one its ward is for; "" for an empty bay."""
    single: str
    """The word for a single room; "" for a bay."""
    alarm: str
    """What is wrong with the bay as a whole: sexes mixed where they may not be."""
    name: str
    """The accessible name."""
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Ward:
    """A ward with its head line."""

    ward_id: str
    name: str
    occupied: int
    open_beds: int
    """Staffed beds: all that are not closed; in a closed ward those in which somebody lies all the same."""
    share: float
    """Occupied of open beds; 0 where none is open."""
    count: str
    """The two numbers and the share, in words."""
    facts: tuple[str, ...]
    """Breaches, moves, free beds, level, sex rule: what there is to say, the most pressing first."""
    bays: tuple[Bay, ...]


def make_ward(scene: Scene, ward: HospitalWard) -> Ward:
    """A ward of the scene with its bays, in file order."""
    bays = tuple(_bay(scene, ward, bay_id) for bay_id in scene.bays_of.get(ward.ward_id, ()))
    tiles = [tile for bay in bays for tile in bay.tiles]
    occupied = sum(tile.state == BedStatus.OCCUPIED for tile in tiles)
    open_beds = sum(tile.state != BedStatus.CLOSED for tile in tiles)
    share = occupied / open_beds if open_beds else 0.0
    return Ward(
        ward_id=ward.ward_id,
        name=ward.name or ward.ward_id,
        occupied=occupied,
        open_beds=open_beds,
        share=share,
        count=_count(scene, occupied, open_beds),
        facts=_facts(scene, ward, tiles),
        bays=bays,
    )


def _count(scene: Scene, occupied: int, open_beds: int) -> str:
    if not open_beds:
        return scene.translate("closed")
    share = round(100 * occupied / open_beds)
    return scene.say("{occupied} of {open} beds · {share} %", occupied=occupied, open=open_beds, share=share)


def _facts(scene: Scene, ward: HospitalWard, tiles: Sequence[Tile]) -> tuple[str, ...]:
    states = Counter(tile.state for tile in tiles)
    kinds = Counter(tile.move.kind for tile in tiles if tile.move)
    moves = kinds.total() - kinds["left"]
    breaches = sum(bool(tile.breach) for tile in tiles)
    facts = (
        scene.say("! {count} in breach", count=breaches) if breaches else "",
        "" if ward.open or not states[BedStatus.OCCUPIED] else scene.translate("closed ward"),
        scene.say("{count} to move", count=moves) if moves else "",
        scene.say("{count} have left", count=kinds["left"]) if kinds["left"] else "",
        scene.say("{count} free", count=states[BedStatus.AVAILABLE]) if states[BedStatus.AVAILABLE] else "",
        scene.say("{count} cleaning", count=states[BedStatus.CLEANING]) if states[BedStatus.CLEANING] else "",
        scene.translate(words.LEVELS[ward.level]) if ward.level.rank else "",
        scene.translate(words.SEX_RULES[ward.sex_rule]),
    )
    return tuple(fact for fact in facts if fact)


def _bay(scene: Scene, ward: HospitalWard, bay_id: str) -> Bay:
    beds = scene.snapshot.bay_beds[ward.ward_id, bay_id]
    single = scene.translate("single") if len(beds) == 1 else ""
    sexes = [
        sex
        for sex in Sex
        if any(patient.sex is sex for bed in beds for patient in scene.occupants_of.get(bed.bed_id, ()))
    ]
    if not sexes and ward.sex_rule in (SexRule.FEMALE, SexRule.MALE):
        sexes = [Sex(ward.sex_rule)]
    label = bay_label(bay_id, ward.ward_id)
    in_words = [scene.translate(words.SEXES[sex].words) for sex in sexes]
    alarm = scene.translate("mixed") if len(sexes) > 1 and ward.sex_rule is not SexRule.MIXED else ""
    spoken = [scene.say("Bay {bay}", bay=bay_id), *in_words, single, alarm]
    return Bay(
        bay_id=bay_id,
        label=label,
        sex="+".join(scene.translate(words.SEXES[sex].short) for sex in sexes),
        single=single,
        alarm=alarm,
        name=", ".join(part for part in spoken if part),
        tiles=tuple(make_tile(scene, bed) for bed in beds),
    )
