"""Where the notes tell what the staff must do for a patient, and what only looks like it."""

from __future__ import annotations

from random import Random

from sample_data.simulate.chance import weighted
from sample_data.simulate.model import Stay
from sample_data.simulate.notes.mentions import Mentions, mention, voice
from sample_data.simulate.notes.outline import NoteSlot

_DISTRACTORS = {"denied": 9.0, "past": 5.0, "other": 4.0, "if": 4.0, "stopped": 5.0, "": 73.0}
_ANYBODY = {"past", "other"}
"""What may be written about any adult."""
_EARLIER = {"clerking", "ward_round", "consultation"}
"""Notes that may say what a later one takes back; nurses write of today in every note."""
_STEPS = ("independent", "supervision", "one", "two", "hoist")
_WORSE_BEFORE_SHARE = 0.14
_LEAVING_SHARE = 0.5
_NO_LONGER_FIT_SHARE = 0.06


def plan_care(stay: Stay, slots: list[NoteSlot], mentions: Mentions, rng: Random) -> None:
    """Add every such need at least once, and distractors of the needs that the patient does not have."""
    told = _told(stay)
    for prefix in told.values():
        mention(prefix, mentions, slots, rng)
    if not stay.is_child:
        for need, before in _UNTOLD.items():
            if need not in told:
                _distract(need, before, stay, slots, mentions, rng)
        _mention_earlier_mobility(stay, slots, mentions, rng)
        _take_back_what_was_seen(stay, mentions, len(slots) - 1)
    elif "interpreter" not in told and stay.ethnicity != "White British" and rng.random() < 0.1:
        mentions[rng.randrange(len(slots))].append("interpreter.denied")
    if stay.status == "inpatient":
        _mention_leaving(stay, slots, mentions, rng)
        _mention_barrier(stay, slots, mentions, rng)


def _told(stay: Stay) -> dict[str, str]:
    """The rules that state each need the patient has, by need."""
    told: dict[str, str] = {}
    if stay.falls:
        told["falls"] = "falls."
    if stay.cognition != "intact":
        told["cognition"] = f"cognition.{stay.cognition}."
    if stay.mobility != "independent" and not stay.is_child:
        told["mobility"] = f"mobility.{stay.mobility}."
    if stay.one_to_one:
        told["one"] = f"one.{stay.one_to_one}."
    if stay.end_of_life:
        told["end"] = "end."
    if stay.feeding:
        told["feeding"] = "feeding."
    if stay.interpreter:
        told["interpreter"] = "interpreter.bsl." if stay.language == "BSL" else "interpreter."
    if stay.niv:
        told["niv"] = "mask." if "ventilator" in stay.features else "niv."
    return told


_UNTOLD = {
    "falls": "falls.",
    "cognition": "cognition.delirium.",
    "mobility": "",
    "one": "one.muddled.",
    "end": "",
    "feeding": "feeding.",
    "interpreter": "",
    "niv": "",
}
"""Needs with distractors, and the rule for what was so before it stopped; "" where it says so itself."""


def _distract(need: str, before: str, stay: Stay, slots: list[NoteSlot], mentions: Mentions, rng: Random) -> None:
    how = weighted(rng, _DISTRACTORS)
    if need == "interpreter" and stay.language != "BSL" and rng.random() < 0.4:
        how = "denied"
    if not how or (how not in _ANYBODY and not _thinkable(need, stay)):
        return
    last = len(slots) - 1
    if how == "stopped":
        earlier = [index for index in range(last) if slots[index].kind in _EARLIER]
        if before and not earlier:
            return
        if before:
            index = rng.choice(earlier)
            mentions[index].append(before + voice(slots[index]))
        mentions[last].append(f"{need}.stopped")
    else:
        mentions[rng.randint(0, last)].append(f"{need}.{how}")


def _thinkable(need: str, stay: Stay) -> bool:
    """Whether somebody would write about the need at all, of such a patient."""
    if stay.level == "icu":
        return need == "interpreter" and stay.language != "BSL"
    if need == "interpreter":
        return stay.language != "BSL"
    if need == "niv":
        return "OSA" in stay.history or stay.specialty in {"respiratory", "cardiology", "acute_medicine", "geriatrics"}
    if need == "one":
        return stay.condition.key == "overdose" or "visible" in stay.features or stay.age > 72
    return stay.age > {"end": 70, "feeding": 65, "mobility": 45}.get(need, 60)


def _mention_earlier_mobility(stay: Stay, slots: list[NoteSlot], mentions: Mentions, rng: Random) -> None:
    """Now and then an earlier note says that more help was needed."""
    earlier = [index for index in range(len(slots) - 1) if slots[index].kind in _EARLIER]
    if not earlier or stay.mobility not in _STEPS[:-1] or stay.level == "icu" or rng.random() >= _WORSE_BEFORE_SHARE:
        return
    worse = _STEPS[min(len(_STEPS) - 1, _STEPS.index(stay.mobility) + rng.choice((1, 2)))]
    mentions[rng.choice(earlier)].append(f"mobility.{worse}.doctor")
    mentions[len(slots) - 1].append(f"mobility.{stay.mobility}.now")


def _take_back_what_was_seen(stay: Stay, mentions: Mentions, last: int) -> None:
    """Where the bed was in sight and need not be any more, falls and muddle are over too, if they are."""
    if "visible.stopped" not in mentions[last]:
        return
    if not stay.falls and "falls.stopped" not in mentions[last]:
        mentions[last].append("falls.stopped")
    if stay.cognition == "intact" and "cognition.stopped" not in mentions[last]:
        mentions[last].append("cognition.stopped")


def _mention_leaving(stay: Stay, slots: list[NoteSlot], mentions: Mentions, rng: Random) -> None:
    """Whether the patient is fit to leave: the last notes count, earlier ones hope."""
    prefix = "child.leaving_" if stay.is_child else "leaving."
    last = len(slots) - 1
    sure = rng.randint(max(0, last - 1), last)
    for index, slot in enumerate(slots):
        if slot.kind not in {"nursing", "ward_round"} and index != sure:
            continue
        if stay.readiness == "not_ready" or index >= sure:
            stated = stay.readiness != "not_ready" and index == sure
            if stated or rng.random() < _LEAVING_SHARE:
                mentions[index].append(prefix + stay.readiness)
        elif rng.random() < _LEAVING_SHARE:
            mentions[index].append(f"{prefix}not_ready")
    hoped = stay.readiness == "not_ready" and stay.level == "ward" and not stay.is_child and last > 1
    if hoped and rng.random() < _NO_LONGER_FIT_SHARE:
        mentions[last - 1] = [rule for rule in mentions[last - 1] if not rule.startswith(prefix)] + [
            f"leaving.{rng.choice(('ready', 'review'))}"
        ]
        mentions[last].append("leaving.no_longer")


def _mention_barrier(stay: Stay, slots: list[NoteSlot], mentions: Mentions, rng: Random) -> None:
    last = len(slots) - 1
    if stay.barrier:
        rule = f"barrier.{stay.barrier}"
        if stay.is_child and stay.barrier in {"family", "social_work"}:
            rule = f"barrier.child_{stay.barrier}"
        for index in {rng.randint(max(0, last - 1), last), rng.randint(max(0, last - 1), last)}:
            mentions[index].append(rule)
        return
    how = weighted(rng, _DISTRACTORS)
    if not how or stay.is_child or stay.level == "icu" or (how == "denied" and stay.readiness == "not_ready"):
        return
    if how == "stopped":
        if last > 0 and stay.acuity > 2:
            kind = rng.choice(("package_of_care", "equipment", "medicines", "transport", "tests", "therapy", "family"))
            mentions[last - 1].append(f"barrier.{kind}")
            mentions[last].append(f"barrier.over_{kind}")
    else:
        mentions[rng.randint(0, last)].append(f"barrier.{how}")
