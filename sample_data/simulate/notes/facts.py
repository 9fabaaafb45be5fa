"""What a note may mention of a patient, in words."""

from __future__ import annotations

from random import Random

from sample_data.simulate.model import Stay
from sample_data.simulate.vitals import VitalSet, news2

_PRONOUNS = {
    "female": {"he": "she", "his": "her", "him": "her", "himself": "herself", "s": "F"},
    "male": {"he": "he", "his": "his", "him": "him", "himself": "himself", "s": "M"},
    "other": {"he": "they", "his": "their", "him": "them", "himself": "themselves", "s": "X"},
}
_WORDS = {
    "female": ("lady", "woman", "female"),
    "male": ("man", "gentleman", "male"),
    "other": ("person", "patient"),
}

_MINDS = {  # how the tests of memory and attention came out
    "intact": {
        "amts": "{4AT 0, AMTS {8-10}/10|AMTS {9|10}|4AT {0|1}}",
        "muddle_dx": "off legs",
        "muddle_onset": "not {himself} {dur}",
        "muddle_score": "AMTS {8-10}",
    },
    "dementia": {
        "amts": "{AMTS {2-6}/10, same as {2024|2025}|4AT {1|3}, AMTS {3-6}}",
        "muddle_dx": "{BPSD|distressed, memory clinic pt|advanced dementia, carer strain}",
        "muddle_onset": "worse over {3-9}/12",
        "muddle_score": "AMTS {1-6}, no acute change per {relative}, 4AT {1-3}",
    },
    "delirium": {
        "amts": "{4AT {5-11}|AMTS {1-5}, new per {relative}|4AT {6-10}, AMTS {2-5}}",
        "muddle_dx": "{acute confusion|acute confusional state|?delirium|acutely muddled}",
        "muddle_onset": "more muddled {dur}",
        "muddle_score": "4AT {5-12}, CAM +ve, inattentive",
    },
}


def facts_of(stay: Stay, rng: Random) -> dict[str, str]:
    """The patient's own values of the slots."""
    return (
        _PRONOUNS[stay.sex]
        | {
            "age": _age(stay, rng),
            "sex_word": _sex_word(stay, rng),
            "side": rng.choice(("L", "R", "left", "right")),
            "wt": str(stay.weight_kg),
            "bmi": str(_bmi(stay, rng)),
            "pmh": ", ".join(stay.history),
            "relative": _relative(stay, rng),
            "acuity": str(stay.acuity),
            "route": "{route_elective}" if stay.source == "elective" else "{route_emergency}",
            "lives": "{lives_frail}" if stay.frailty >= 6 else "{lives_at_home}",
            "dx": rng.choice(stay.condition.names),
            "language": stay.language,
        }
        | _MINDS[stay.cognition]
    )


def _age(stay: Stay, rng: Random) -> str:
    if stay.age == 0:
        return f"{rng.randint(1, 11)}/12 "
    return str(stay.age)


def _sex_word(stay: Stay, rng: Random) -> str:
    if stay.is_child:
        return {"female": "girl", "male": "boy", "other": "child"}[stay.sex]
    return rng.choice(_WORDS[stay.sex])


def _bmi(stay: Stay, rng: Random) -> int:
    height = rng.gauss(1.63 if stay.sex == "female" else 1.75, 0.06)
    return round(stay.weight_kg / height**2)


def _relative(stay: Stay, rng: Random) -> str:
    if stay.is_child:
        return rng.choice(("mum", "dad", "gran"))
    if stay.age < 30:
        return rng.choice(("mum", "dad", "partner", "flatmate", "sister"))
    spouse = {"female": "husband", "male": "wife"}.get(stay.sex, "partner")
    if stay.age < 75:
        return rng.choice((spouse, spouse, "partner", "daughter", "brother", "friend"))
    return rng.choice((spouse, "daughter", "son", "niece", "neighbour", "daughter in law"))


def obs_facts(stay: Stay, vitals: VitalSet, rng: Random, *, jitter: bool) -> dict[str, str]:
    """A set of observations as slots; `jitter` for a note written well before or after the set."""
    spread = 1 if jitter else 0
    if stay.is_ventilated:
        air = "{on_tube}"
    elif "ventilator" in stay.features:
        air = "{on_machine}"
    else:
        air = "{on_flow}" if vitals.on_oxygen else "{on_air}"
    systolic = vitals.systolic_bp + spread * rng.randint(-9, 9)
    return {
        "rr": str(vitals.resp_rate + spread * rng.randint(-1, 2)),
        "sats": str(min(100, vitals.spo2 + spread * rng.randint(-1, 1))),
        "bp": f"{systolic}/{round(vitals.systolic_bp * rng.uniform(0.5, 0.66))}",
        "hr": str(vitals.pulse + spread * rng.randint(-6, 8)),
        "temp": f"{vitals.temperature + spread * rng.choice((-0.3, -0.1, 0, 0.2, 0.4)):.1f}",
        "news": str(news2(vitals)),
        "air": air,
    }
