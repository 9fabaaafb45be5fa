"""From hidden states to the rows of notes.csv."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from sample_data.simulate.chance import stream
from sample_data.simulate.model import Stay
from sample_data.simulate.notes.caring import plan_care
from sample_data.simulate.notes.chinese import chinese_facts, plan_chinese
from sample_data.simulate.notes.dialogue import dialogue_rules, dialogue_slot, spoken
from sample_data.simulate.notes.facts import facts_of, obs_facts
from sample_data.simulate.notes.grammar import Grammar, time_facts
from sample_data.simulate.notes.mentions import plan_mentions, voice
from sample_data.simulate.notes.outline import NoteSlot, outline
from sample_data.simulate.notes.sections import body
from sample_data.simulate.notes.style import Hand, lay_out
from sample_data.simulate.vitals import VitalSet, draw_vitals

if TYPE_CHECKING:
    from sample_data.simulate.hospital import SimulatedHospital

_TRIES = 14
_PLAIN_TRIES = 5
_REPEAT_SHARE = 0.012
"""Chance, at each attempt, that a sentence is written again: clinicians do repeat themselves."""
_FORWARD_SHARE = 0.22
_SAME = 16
"""Letters by which a sentence is known again."""
_Note = tuple[NoteSlot, str]
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


@dataclass(frozen=True, slots=True)
class _Told:
    """What is known when a note is written."""

    stay: Stay
    slot: NoteSlot
    facts: Mapping[str, str]
    rng: Random
    used: dict[str, str]
    """Phrases about the illness that stand in the patient's notes already, with what was made of them."""


class Scribe:
    """Writes the notes of one hospital, and hardly ever the same sentence twice."""

    def __init__(self, seed: int) -> None:
        self._grammar = Grammar(seed)
        self._said: set[str] = set()

    def notes_of(self, stay: Stay, slots: list[NoteSlot], vitals: list[VitalSet], rng: Random) -> Iterable[_Note]:
        """Each note of a patient with its text, oldest first."""
        if "chinese" in stay.planted:
            return self._chinese(stay, slots, vitals, rng)
        written = list(self._english(stay, slots, vitals, rng))
        if "dialogue" in stay.planted:
            written.append(self._dialogue(stay, slots, rng))
        return sorted(written, key=lambda note: note[0].written_at)

    def _english(self, stay: Stay, slots: list[NoteSlot], vitals: list[VitalSet], rng: Random) -> Iterable[_Note]:
        facts = facts_of(stay, rng)
        facts["dx"] = self._grammar.expand(facts["dx"], facts, rng)
        mentions = plan_mentions(stay, slots, rng)
        plan_care(stay, slots, mentions, rng)
        earlier: list[str] = []
        used: dict[str, str] = {}
        for index, slot in enumerate(slots):
            day = max(1, (slot.written_at - slots[0].written_at).days + 1)
            times = time_facts(slot.written_at.hour * 60 + slot.written_at.minute, rng)
            told = _Told(stay, slot, facts | {"day": str(day)} | times | _obs(stay, slot, vitals, rng), rng, used)
            yield slot, self._text(told, mentions.get(index, []), earlier)

    def _dialogue(self, stay: Stay, slots: list[NoteSlot], rng: Random) -> _Note:
        slot = dialogue_slot(slots, rng)
        facts = facts_of(stay, rng) | time_facts(slot.written_at.hour * 60 + slot.written_at.minute, rng)
        facts["dx"] = self._grammar.expand(facts["dx"], facts, rng)
        return slot, spoken(dialogue_rules(stay, rng), lambda rule: self._unsaid(rule, facts, rng))

    def _unsaid(self, rule: str, facts: Mapping[str, str], rng: Random) -> str:
        """A phrase that nobody has said, if there is one."""
        said = ""
        for _ in range(_TRIES):
            said = self._grammar.say(rule, facts, rng)
            if said not in self._said:
                break
        self._said.add(said)
        return said

    def _chinese(self, stay: Stay, slots: list[NoteSlot], vitals: list[VitalSet], rng: Random) -> Iterable[_Note]:
        facts = facts_of(stay, rng) | chinese_facts(stay)
        for slot, rules in zip(slots, plan_chinese(stay, [slot.kind for slot in slots], rng), strict=True):
            day = max(1, (slot.written_at - slots[0].written_at).days + 1)
            times = time_facts(slot.written_at.hour * 60 + slot.written_at.minute, rng)
            known = facts | {"day": str(day)} | times | _obs(stay, slot, vitals, rng)
            said = [self._unsaid(rule, known, rng) for rule in rules if rule != "zh.obs" or "rr" in known]
            yield slot, "。".join(said) + "。"

    def _text(self, told: _Told, needs: list[str], earlier: list[str]) -> str:
        rng = told.rng
        before, after = body(told.slot.kind, told.stay, rng)
        head = [(rule, self._say(rule, told)) for rule in before if rule != "obs" or "rr" in told.facts]
        for rule in needs:  # not in a block of their own, but wherever the pen is
            head.insert(rng.randint(1, len(head)), (rule, self._say(rule, told)))
        if earlier and told.slot.kind != "triage" and rng.random() < _FORWARD_SHARE:
            old = {**told.facts, "old": rng.choice(earlier)}
            head.append(("forward", self._say("forward", replace(told, facts=old))))
        earlier += [said for rule, said in head if rule == "findings"]
        plan = [self._say(rule, told) for rule in after if rule != "obs" or "rr" in told.facts]
        first = _once([said for _, said in head])
        sentences = _once([*first, *plan])
        return lay_out(sentences, len(first), Hand.draw(told.slot.kind, rng), rng)

    def _say(self, rule: str, told: _Told) -> str:
        """A phrase, worded as nobody in the hospital has worded it yet."""
        said, phrase = "", self._phrase(rule, told)
        for attempt in range(_TRIES):
            said = self._grammar.expand(phrase, told.facts, told.rng)
            if attempt > _PLAIN_TRIES:
                said = self._lengthen(said, rule, told)
            repeats = len(set(said.split(", "))) < said.count(", ") + 1
            if not repeats and (said.lower() not in self._said or told.rng.random() < _REPEAT_SHARE):
                break
        self._said.add(said.lower())
        return said

    def _phrase(self, rule: str, told: _Told) -> str:
        """The phrase before its slots are filled."""
        if rule in _CONDITION_PARTS:
            return self._of_condition(rule, told)
        name = "obs_child" if rule == "obs" and told.stay.is_child else rule
        picks = [self._grammar.pick(name, told.rng) for _ in range(3)]
        phrase = next((pick for pick in picks if pick not in told.used), picks[0])
        told.used.setdefault(phrase, "")
        return phrase

    def _of_condition(self, rule: str, told: _Told) -> str:
        """A phrase about the illness: a new one while there are any; then the old one, word for word."""
        phrases = getattr(told.stay.condition, rule)
        phrase = told.rng.choice([phrase for phrase in phrases if phrase not in told.used] or phrases)
        if phrase not in told.used:
            told.used[phrase] = self._grammar.expand(phrase, told.facts, told.rng)
        return told.used[phrase]

    def _lengthen(self, said: str, rule: str, told: _Told) -> str:
        """The phrase with a second fragment, as hurried people string them together."""
        if rule in _CONDITION_PARTS and told.rng.random() < 0.5:
            other = self._phrase(rule, told)
            if other[:12] != said[:12]:
                return f"{said}, {other}"
        tail = self._grammar.say(f"tail.{voice(told.slot)}", told.facts, told.rng)
        return f"{said}, {tail}" if told.rng.random() < 0.7 else f"{said} – {tail}"


def _once(sentences: list[str]) -> list[str]:
    """The sentences without those that an earlier one of the same note has said."""
    kept: list[str] = []
    for sentence in sentences:
        start = sentence[:_SAME]
        if len(sentence) < _SAME or not any(start in before for before in kept):
            kept.append(sentence)
    return kept


def _obs(stay: Stay, slot: NoteSlot, vitals: list[VitalSet], rng: Random) -> dict[str, str]:
    if not vitals:
        return {}
    nearest = min(vitals, key=lambda taken: abs(taken.taken_at - slot.written_at))
    far = abs(nearest.taken_at - slot.written_at) > timedelta(hours=3)
    return obs_facts(stay, nearest, rng, jitter=far)
