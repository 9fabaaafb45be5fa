"""A consultation as it was spoken: the needs stand in questions and answers."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from sample_data.simulate.model import Stay
from sample_data.simulate.notes.outline import DAYTIME, NoteSlot, by_day

MIN_EXCHANGES, MAX_EXCHANGES = 3, 7
"""Of a question and an answer each: 6 to 14 turns."""
_BETWEEN = "//"
_SMALL_TALK = ("talk.memory", "talk.pain", "talk.pain")


def dialogue_slot(slots: list[NoteSlot], rng: Random) -> NoteSlot:
    """A consultation between the first note and the last."""
    first, last = slots[0].written_at, slots[-1].written_at
    time = (first + (last - first) * rng.uniform(0.3, 0.9)).replace(second=0, microsecond=0)
    return NoteSlot("consultation", by_day(time, first, last, DAYTIME["consultation"], rng) or time)


def dialogue_rules(stay: Stay, rng: Random) -> list[str]:
    """The topics of the talk: what the patient needs comes first, then some of what the patient does not need."""
    present = _present(stay)
    absent = [f"talk.{need}.no" for need in ("falls", "feeding", "niv") if f"talk.{need}.yes" not in present]
    if stay.language != "BSL" and not stay.interpreter:
        absent.append("talk.interpreter.no")
    rng.shuffle(absent)
    wanted = rng.randint(MIN_EXCHANGES, MAX_EXCHANGES) - 2
    other = [rng.choice(_SMALL_TALK), *absent, *dict.fromkeys(_SMALL_TALK)]
    topics = list(dict.fromkeys(present + other))[: max(wanted, min(len(present), MAX_EXCHANGES - 2))]
    rng.shuffle(topics)
    return ["talk.open", *topics, "talk.close"]


def _present(stay: Stay) -> list[str]:
    needs = {
        "falls": stay.falls,
        "feeding": stay.feeding,
        "niv": stay.niv,
        "oxygen": "oxygen" in stay.features,
        "interpreter": stay.interpreter and stay.language != "BSL",
    }
    present = [f"talk.mobility.{stay.mobility}"] + [f"talk.{need}.yes" for need, is_so in needs.items() if is_so]
    if stay.status == "inpatient":
        present.append(f"talk.leaving.{stay.readiness}")
        if stay.barrier:
            present.append(f"talk.barrier.{stay.barrier}")
    return present


def spoken(rules: list[str], say: Callable[[str], str]) -> str:
    """The talk, a line for each turn."""
    turns: list[str] = []
    for rule in rules:
        question, answer = say(rule).split(_BETWEEN)
        turns += [f"Doctor: {question}", f"Patient: {answer[:1].upper()}{answer[1:]}"]
    return "\n".join(turns)
