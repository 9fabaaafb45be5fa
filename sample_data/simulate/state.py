"""The hidden state of a patient: one draw from which every file follows."""

from __future__ import annotations

from random import Random

from sample_data.simulate.chance import lognormal, weighted
from sample_data.simulate.conditions import conditions_of
from sample_data.simulate.model import WARD_NEEDS, Condition, Stay
from sample_data.simulate.people_names import draw_name

_ETHNICITIES = {
    "White British": 71.0,
    "White other": 8.0,
    "Indian": 4.5,
    "Pakistani": 4.0,
    "Bangladeshi": 1.5,
    "Chinese": 1.5,
    "Black African": 3.5,
    "Black Caribbean": 2.0,
    "Mixed": 2.0,
    "Not stated": 2.0,
}
_CARRIED = {  # found on admission or caught in hospital, whatever the patient came with
    ("contact", "MRSA"): 30.0,
    ("contact", "C. difficile"): 18.0,
    ("contact", "CPE"): 10.0,
    ("contact", "VRE"): 9.0,
    ("contact", "norovirus"): 10.0,
    ("droplet", "influenza A"): 16.0,
    ("droplet", "SARS-CoV-2"): 14.0,
    ("droplet", "RSV"): 4.0,
}
_HISTORY = (
    "HTN T2DM AF IHD CKD3 COPD asthma hypothyroid OA osteoporosis depression CVA TIA PVD gout GORD "
    "diverticular_disease ex-smoker breast_ca prostate_ca OSA PMR RA epilepsy glaucoma BPH anaemia CCF "
    "DVT cataracts THR TKR cholecystectomy"
).split()
_VERY_HEAVY_SHARE = 0.02
_SHARED_WEIGHT = 0.25
"""How often a specialty has a patient with a condition that is rather another's."""
_ONLY_MEN = {"prostate_ca", "BPH"}
_ONLY_WOMEN = {"breast_ca"}


def draw_stay(
    rng: Random,
    specialty: str,
    sex: str = "",
    ages: tuple[int, int] = (0, 130),
    *,
    isolate: bool | None = None,
) -> Stay:
    """A patient of the specialty who may lie in a ward of these ages.

    Parameters
    ----------
    sex : "" for either.
    isolate : whether precautions are in force; None leaves it to chance.
    """
    condition = _draw_condition(rng, specialty, sex, ages, isolate)
    team = specialty if specialty in condition.also else condition.specialty
    age = _draw_age(rng, condition, ages)
    sex = condition.sex or sex or _draw_sex(rng)
    isolation, organism = _draw_isolation(rng, condition, age, isolate)
    level = _draw_level(rng, condition)
    frailty = _draw_frailty(rng, age)
    cognition = _draw_cognition(rng, condition, age, level)
    features, weight = _draw_features(rng, condition, age, level, cognition, frailty)
    stay = Stay(
        patient_id="",
        name=draw_name(rng, sex),
        sex=sex,
        age=age,
        ethnicity=weighted(rng, _ETHNICITIES),
        deprivation=weighted(rng, {1: 25, 2: 22, 3: 20, 4: 18, 5: 15}),
        condition=condition,
        specialty="critical_care" if level == "icu" else team,
        acuity=_draw_acuity(rng, condition, level),
        level=level,
        isolation=isolation,
        organism=organism,
        features=features,
        cognition=cognition,
        mobility=_draw_mobility(rng, condition, frailty, level),
        falls=("visible" in features and cognition != "intact") or rng.random() < max(0, frailty - 3) * 0.1,
        frailty=frailty,
        weight_kg=weight,
        history=tuple(_draw_history(rng, age, sex)),
        scale2=condition.key == "copd_exacerbation" and rng.random() < 0.7,
    )
    _set_course(stay, rng)
    settle(stay)
    return stay


def _set_course(stay: Stay, rng: Random) -> None:
    """How long the stay lasts, how much of it is over, and whether it will be the last."""
    median = stay.condition.los_days * (1 + 0.06 * max(0, stay.frailty - 4))
    los = min(90.0, max(0.6, lognormal(rng, median, 0.62)))
    stay.los_days = round(los, 2)
    stay.remaining_days = round(los * rng.uniform(0.03, 0.92), 2)
    stay.end_of_life = stay.age > 60 and stay.level == "ward" and rng.random() < 0.012 * stay.frailty


def settle(stay: Stay) -> None:
    """Make the acuity follow what has happened to the patient."""
    worst = 5
    if stay.cognition == "delirium":
        worst = 3
    if "oxygen" in stay.features:
        worst = min(worst, 2 if stay.cognition == "delirium" else 4)
    if "ventilator" in stay.features or stay.level == "hdu":
        worst = min(worst, 2)
    if stay.mobility in {"two", "hoist"}:
        worst = min(worst, 4)
    if stay.is_ventilated:
        worst = 1
    stay.acuity = min(stay.acuity, worst)


def _draw_condition(rng: Random, specialty: str, sex: str, ages: tuple[int, int], isolate: bool | None) -> Condition:
    weights: dict[str, float] = {}
    by_key = {condition.key: condition for condition in conditions_of(specialty)}
    for key, condition in by_key.items():
        if condition.ages[0] > ages[1] or condition.ages[2] < ages[0]:
            continue
        if sex and condition.sex and sex != condition.sex:
            continue
        infectious = condition.isolation != "none"
        if isolate is False and infectious:
            continue
        shared = _SHARED_WEIGHT if specialty in condition.also else 1.0
        weights[key] = condition.weight * shared * (3.0 if isolate and infectious else 1.0)
    if not weights:  # a bay of men on a ward of women's conditions, and the like: any condition will do
        return _draw_condition(rng, "general_medicine", "", (18, 95), isolate)
    return by_key[weighted(rng, weights)]


def _draw_age(rng: Random, condition: Condition, ages: tuple[int, int]) -> int:
    low, mode, high = condition.ages
    low, high = max(low, ages[0]), min(high, ages[1])
    return round(rng.triangular(low, high, min(max(mode, low), high)))


def _draw_sex(rng: Random) -> str:
    return weighted(rng, {"female": 50.5, "male": 49.1, "other": 0.4})


def _draw_isolation(rng: Random, condition: Condition, age: int, isolate: bool | None) -> tuple[str, str]:
    if condition.isolation == "protective":
        return "protective", ""
    if condition.isolation != "none":
        return condition.isolation, rng.choice(condition.organisms)
    if isolate or (isolate is None and rng.random() < 0.07):
        carried = {pair: weight for pair, weight in _CARRIED.items() if age > 16 or pair[0] == "droplet"}
        return weighted(rng, carried)
    return "none", ""


def _draw_level(rng: Random, condition: Condition) -> str:
    draw = rng.random()
    if draw < condition.icu:
        return "icu"
    return "hdu" if draw < condition.icu + condition.hdu else "ward"


def _draw_acuity(rng: Random, condition: Condition, level: str) -> int:
    acuity = weighted(rng, dict(enumerate(condition.acuity, start=1)))
    if level == "icu":
        return 1 if rng.random() < 0.7 else 2
    if level == "hdu":
        return 1 if acuity == 1 else 2
    return max(acuity, 2) if rng.random() < 0.6 else acuity


def _draw_frailty(rng: Random, age: int) -> int:
    if age < 17:
        return 1
    centre = 2.2 if age < 50 else 3.0 if age < 65 else 4.2 if age < 78 else 5.4
    return min(8, max(1, round(rng.gauss(centre, 1.1))))


def _draw_cognition(rng: Random, condition: Condition, age: int, level: str) -> str:
    if condition.key == "delirium_dementia":
        return weighted(rng, {"delirium": 55, "dementia": 45})
    if age < 60 or level == "icu":
        return "intact"
    risk = 0.04 + 0.011 * max(0, age - 65)
    draw = rng.random()
    return "delirium" if draw < 0.35 * risk else "dementia" if draw < risk else "intact"


def _draw_mobility(rng: Random, condition: Condition, frailty: int, level: str) -> str:
    if level == "icu":
        return "bed_bound"
    leg = condition.key in {"hip_fracture", "ischaemic_stroke", "intracerebral_bleed", "guillain_barre"}
    need = frailty + 2.5 * leg + rng.gauss(0, 0.9)
    steps = {"independent": 4.0, "supervision": 5.2, "one": 6.5, "two": 8.0}
    return next((name for name, limit in steps.items() if need < limit), "hoist")


def _draw_features(
    rng: Random, condition: Condition, age: int, level: str, cognition: str, frailty: int
) -> tuple[set[str], int]:
    """Feature needs, and the body weight [kg] that goes with them."""
    odds = dict(condition.needs)
    odds["bariatric"] = odds.get("bariatric", 0.0) + _VERY_HEAVY_SHARE
    if cognition in {"delirium", "dementia"}:
        odds["visible"] = max(odds.get("visible", 0.0), 0.62 if cognition == "delirium" else 0.4)
    if level == "icu" and condition.icu < 1:
        odds |= {"ventilator": 0.55, "telemetry": 1.0, "suction": 0.5}
    if level == "hdu":
        odds |= {"telemetry": max(0.7, odds.get("telemetry", 0)), "ventilator": odds.get("ventilator", 0) * 5}
        odds["oxygen"] = max(0.5, odds.get("oxygen", 0.0))
    features = {need for need in WARD_NEEDS if rng.random() < odds.get(need, 0.0)}
    if level == "ward":
        features.discard("ventilator")
    if "ventilator" in features:
        features -= {"oxygen", "visible"} if level == "icu" else {"oxygen"}
    elif level == "icu":
        features.add("oxygen")
    if age < 16:
        features.discard("bariatric")
        return features, max(4, round(3.5 + 2.6 * age + rng.gauss(0, 1 + age / 4)))
    weight = rng.gauss(150, 16) if "bariatric" in features else rng.gauss(77 - 2 * max(0, frailty - 4), 13)
    low, high = (128, 215) if "bariatric" in features else (39, 112)
    return features, round(min(high, max(low, weight)))


def _draw_history(rng: Random, age: int, sex: str) -> list[str]:
    if age < 17:
        return []
    count = min(6, max(0, round(rng.gauss((age - 25) / 14, 1.2))))
    foreign = _ONLY_MEN if sex == "female" else _ONLY_WOMEN
    possible = [item.replace("_", " ") for item in _HISTORY if item not in foreign]
    return rng.sample(possible, count)
