"""Notes in Chinese for the few patients whose notes are: the same facts, plainly put."""

from __future__ import annotations

from random import Random

from sample_data.simulate.model import WARD_NEEDS, Stay
from sample_data.simulate.notes.grammar import phrase_table

_RULED_OUT = ("oxygen", "falls", "one_to_one", "feeding", "dialysis", "telemetry")


def chinese_facts(stay: Stay) -> dict[str, str]:
    """The slots of Chinese phrases."""
    language = f"zh.language.{stay.language}"
    return {
        "zh_sex": f"{{zh.sex.{stay.sex}}}",
        "zh_dx": f"{{zh.condition.{stay.condition.key}}}",
        "zh_organism": f"{{zh.organism.{stay.organism}}}",
        "zh_language": f"{{{language}}}" if language in phrase_table() else stay.language,
        "dur_zh": "{zh.dur_zh}",
    }


def plan_chinese(stay: Stay, kinds: list[str], rng: Random) -> list[list[str]]:
    """The rules of each note: everything that is so stands in the last but one or the last."""
    last = len(kinds) - 1
    notes = [[f"zh.{kind}", f"zh.team.{stay.specialty}"] for kind in kinds]
    for rule in _stated(stay):
        notes[rng.randint(max(0, last - 1), last)].append(rule)
    for rule in rng.sample(_ruled_out(stay), 2):
        notes[rng.randint(0, last)].append(rule)
    for rules in notes:
        rules += ["zh.obs", "zh.small"]
    return notes


def _stated(stay: Stay) -> list[str]:
    needs = {need for need in WARD_NEEDS if need in stay.features and (need != "ventilator" or stay.is_ventilated)}
    for name in ("falls", "one_to_one", "end_of_life", "feeding", "interpreter", "niv"):
        if getattr(stay, name):
            needs.add(name)
    stated = [f"zh.yes.{need}" for need in sorted(needs)]
    watched = "close" if stay.level == "ward" and stay.acuity <= 2 else stay.level
    stated += [f"zh.level.{watched}", f"zh.isolation.{stay.isolation}"]
    stated += [f"zh.cognition.{stay.cognition}", f"zh.mobility.{stay.mobility}"]
    if stay.status == "inpatient":
        stated += [f"zh.leaving.{stay.readiness}"] + ([f"zh.barrier.{stay.barrier}"] if stay.barrier else [])
    return stated


def _ruled_out(stay: Stay) -> list[str]:
    said = set(_stated(stay))
    return [f"zh.no.{need}" for need in _RULED_OUT if f"zh.yes.{need}" not in said]
