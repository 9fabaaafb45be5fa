"""From hidden states to the rows of notes.csv."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from sample_data.simulate.chance import stream
from sample_data.simulate.model import Stay
from sample_data.simulate.notes.facts import facts_of, obs_facts
from sample_data.simulate.notes.grammar import Grammar
from sample_data.simulate.notes.mentions import plan_mentions
from sample_data.simulate.notes.outline import NoteSlot, outline
from sample_data.simulate.notes.sections import body
from sample_data.simulate.notes.style import Hand, lay_out
from sample_data.simulate.vitals import VitalSet, draw_vitals

if TYPE_CHECKING:
    from sample_data.simulate.hospital import SimulatedHospital

_TRIES = 12
_FORWARD_SHARE = 0.22
_CONDITION_PARTS = ("presenting", "findings", "plan")


def write_notes(hospital: SimulatedHospital) -> Iterable[dict[str, str]]:
    """The rows of notes.csv, by patient and time."""
    scribe = Scribe(hospital.seed)
    number = 0
    for stay in hospital.stays:
        rng = stream(hospital.seed, "notes", stay.patient_id)
        vitals = draw_vitals(stay, hospital.at, stream(hospital.seed, "vitals", stay.patient_id))
        for slot, text in scribe.notes_of(stay, outline(stay, hospital.at, rng), vitals, rng):
            number += 1
            yield {
                "note_id": f"N{number:06d}",
                "patient_id": stay.patient_id,
                "written_at": slot.written_at.isoformat(timespec="minutes"),
                "kind": slot.kind,
                "text": text,
            }


class Scribe:
    """Writes the notes of one hospital, and hardly ever the same sentence twice."""

    def __init__(self, seed: int) -> None:
        self._grammar = Grammar(seed)
        self._said: set[str] = set()

    def notes_of(
        self, stay: Stay, slots: list[NoteSlot], vitals: list[VitalSet], rng: Random
    ) -> Iterable[tuple[NoteSlot, str]]:
        """Each note of a patient with its text."""
        facts = facts_of(stay, rng)
        mentions = plan_mentions(stay, slots, rng)
        earlier: list[str] = []
        for index, slot in enumerate(slots):
            day = max(1, (slot.written_at - slots[0].written_at).days + 1)
            told = facts | {"day": str(day), "route": self._route(stay)} | self._obs(stay, slot, vitals, rng)
            before, after = body(slot.kind, stay, rng)
            before = [rule for rule in before if rule != "obs" or vitals]
            after = [rule for rule in after if rule != "obs" or vitals]
            yield slot, self._text(stay, slot, (before, mentions.get(index, []), after), told, earlier, rng)

    def _route(self, stay: Stay) -> str:
        return "{route_elective}" if stay.source == "elective" else "{route_emergency}"

    def _obs(self, stay: Stay, slot: NoteSlot, vitals: list[VitalSet], rng: Random) -> dict[str, str]:
        if not vitals:
            return {}
        nearest = min(vitals, key=lambda taken: abs(taken.taken_at - slot.written_at))
        far = abs(nearest.taken_at - slot.written_at) > timedelta(hours=3)
        return obs_facts(stay, nearest, rng, jitter=far)

    def _text(
        self,
        stay: Stay,
        slot: NoteSlot,
        parts: tuple[list[str], list[str], list[str]],
        facts: Mapping[str, str],
        earlier: list[str],
        rng: Random,
    ) -> str:
        before, needs, after = parts
        middle = [(rule, self._say(rule, stay, facts, rng)) for rule in before]
        for rule in needs:  # not in a block of their own, but wherever the pen is
            middle.insert(rng.randint(1, len(middle)), (rule, self._say(rule, stay, facts, rng)))
        if earlier and slot.kind != "triage" and rng.random() < _FORWARD_SHARE:
            middle.append(("forward", self._say("forward", stay, {**facts, "old": rng.choice(earlier)}, rng)))
        earlier += [said for rule, said in middle if rule == "findings"]
        ending = [self._say(rule, stay, facts, rng) for rule in after]
        sentences = [said for _, said in middle] + ending
        return lay_out(sentences, len(middle), Hand.draw(slot.kind, rng), rng)

    def _say(self, rule: str, stay: Stay, facts: Mapping[str, str], rng: Random) -> str:
        """A phrase that nobody in the hospital has written yet, where one is soon found."""
        said = ""
        for _ in range(_TRIES):
            if rule in _CONDITION_PARTS:
                said = self._grammar.expand(rng.choice(getattr(stay.condition, rule)), facts, rng)
            else:
                name = "obs_child" if rule == "obs" and stay.is_child else rule
                said = self._grammar.say(name, facts, rng)
            if said.lower() not in self._said:
                break
        self._said.add(said.lower())
        return said
