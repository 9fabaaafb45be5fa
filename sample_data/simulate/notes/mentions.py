"""Where each need is written about, and what is written about needs that a patient does not have."""

from __future__ import annotations

from collections import defaultdict
from random import Random

from sample_data.simulate.care import sight_reason
from sample_data.simulate.chance import weighted
from sample_data.simulate.model import WARD_NEEDS, Stay
from sample_data.simulate.notes.outline import NoteSlot

Mentions = dict[int, list[str]]
"""Rules to be said, by the index of the note."""

_NOTHING = 72.0
_DISTRACTORS = {"denied": 8.0, "past": 5.0, "other": 3.0, "if": 4.0, "stopped": 4.0, "": _NOTHING}
_CHILD_DISTRACTORS = {"denied": 8.0, "stopped": 3.0, "": 89.0}
_ANYBODY = {"past", "other"}
"""What may be written about anybody."""
_THOUGHT_OF = {
    "suction": {"respiratory", "geriatrics", "general_surgery", "stroke", "neurology", "ent"},
    "ventilator": {"respiratory", "acute_medicine", "cardiology", "neurology", "general_surgery"},
    "dialysis": {"renal", "endocrinology", "cardiology", "gastroenterology", "geriatrics"},
}
"""Specialties in which such a need is thought of, and ruled out, in writing."""
_TEAM_SHARE = 0.6
"""Chance that the first or the last note says whose patient it is, where the illness does not."""
_CHILD_NEEDS = ("oxygen", "suction")


def plan_mentions(stay: Stay, slots: list[NoteSlot], rng: Random) -> Mentions:
    """Every need at least once, most of them in one or two notes; distractors spread among them."""
    mentions: Mentions = defaultdict(list)
    for need in WARD_NEEDS:
        if need in stay.features:
            mention(shape_of(need, stay), mentions, slots, rng)
        elif not stay.is_child or need in _CHILD_NEEDS:
            _distract(need, f"{need}.", mentions, slots, stay, rng)
    _mention_isolation(stay, mentions, slots, rng)
    _mention_level(stay, mentions, slots, rng)
    if stay.specialty in stay.condition.also:
        for index in {0, len(slots) - 1}:
            if rng.random() < _TEAM_SHARE:
                mentions[index].append(f"team.{stay.specialty}")
    return mentions


def shape_of(need: str, stay: Stay) -> str:
    """Rules for the need as this patient has it: a tube or a mask, a filter or sessions, a fall or a muddle."""
    if need == "ventilator" and stay.is_ventilated:
        return "tube."
    if need == "dialysis" and stay.level == "icu":
        return "filter."
    if need != "visible":
        return f"{need}."
    reason = sight_reason(stay)
    return "visible." if reason == "falls" else f"{reason}."


def voice(slot: NoteSlot) -> str:
    """Whose words they are: `nurse` or `doctor`."""
    return "nurse" if slot.kind in {"nursing", "triage"} else "doctor"


def mention(prefix: str, mentions: Mentions, slots: list[NoteSlot], rng: Random) -> None:
    """Say it in one to three notes, one of the last two among them."""
    last = len(slots) - 1
    where = {rng.randint(max(0, last - 1), last)}
    where |= {index for index in range(len(slots)) if slots[index].kind != "triage" and rng.random() < 0.22}
    for index in sorted(where)[-3:]:
        mentions[index].append(prefix + voice(slots[index]))


def _distract(need: str, prefix: str, mentions: Mentions, slots: list[NoteSlot], stay: Stay, rng: Random) -> None:
    how = weighted(rng, _CHILD_DISTRACTORS if stay.is_child else _DISTRACTORS)
    if not how or (how not in _ANYBODY and not _thinkable(need, stay)):
        return
    last = len(slots) - 1
    if how == "stopped" and last > 0:
        before = rng.randint(0, last - 1)
        if need in WARD_NEEDS:
            mentions[before].append(shape_of(need, stay) + voice(slots[before]))
        mentions[last].append(prefix + "stopped")
    elif how != "stopped":
        mentions[rng.randint(0, last)].append(prefix + how)


def _thinkable(need: str, stay: Stay) -> bool:
    """Whether somebody would write about the need at all, with this illness."""
    if need == "bariatric":
        return stay.weight_kg > 95
    if need == "visible":
        return stay.age > 60 or need in stay.condition.needs
    return need not in _THOUGHT_OF or need in stay.condition.needs or stay.specialty in _THOUGHT_OF[need]


def _mention_isolation(stay: Stay, mentions: Mentions, slots: list[NoteSlot], rng: Random) -> None:
    if stay.isolation == "none":
        blood = stay.specialty == "haematology_oncology" and rng.random() < 0.6
        _distract("isolation", "blood." if blood else "none.", mentions, slots, stay, rng)
    elif "isolation_unmet" in stay.planted:
        mentions[len(slots) - 1].append(f"yes.{stay.organism}")
    else:
        rule = f"yes.{stay.organism or stay.isolation}"
        last = len(slots) - 1
        for index in {rng.randint(max(0, last - 1), last)} | ({rng.randint(0, last)} if rng.random() < 0.5 else set()):
            mentions[index].append(rule)


def _mention_level(stay: Stay, mentions: Mentions, slots: list[NoteSlot], rng: Random) -> None:
    if stay.source == "step_down" and stay.status == "waiting":
        mentions[0].append(f"{rng.choice(('hdu', 'icu'))}.{voice(slots[0])}")
        mention("stepdown.", mentions, slots, rng)
    elif stay.level == "ward":
        if not stay.is_child:
            _distract("level", "ward.", mentions, slots, stay, rng)
    elif stay.is_ventilated:
        mention(rng.choice(("icu.", "sedated.", "sedated.")), mentions, slots, rng)
    else:
        mention(f"{stay.level}.", mentions, slots, rng)
