"""Who lies where: the beds are filled one by one with patients who fit, but for a few planted faults."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from random import Random

from sample_data.simulate.chance import split, weighted
from sample_data.simulate.model import SimBed, Stay
from sample_data.simulate.people_names import draw_name
from sample_data.simulate.state import draw_stay

OCCUPIED_SHARE = 0.92
_LEVELS = ("ward", "hdu", "icu")
_TRIES = 80
_CHOICE, _RARE_CHOICE = 2, 5
"""Of how many who fit the neediest gets the bed; more for the few with an air lock."""
_SHARED = 0.06
"""Share of the beds in bays that hold a patient of another specialty."""


def fill(beds: list[SimBed], at: datetime, rng: Random) -> list[Stay]:
    """Inpatients and step-downs of a hospital that is 92 % full; bed states are set on the way."""
    open_beds = [bed for bed in beds if bed.ward.plan.is_open]
    empty = _draw_empty(open_beds, rng)
    _set_empty_states(empty, at, rng)
    sexes = _bay_sexes(open_beds, rng)
    stays = []
    for bed in open_beds:
        if bed in empty:
            continue
        stay = _occupant(bed, sexes[bed.bay_id], rng)
        stay.bed_id, bed.status = bed.bed_id, "occupied"
        stays.append(stay)
    _plant_faults(stays, open_beds, rng)
    return stays


def _draw_empty(open_beds: list[SimBed], rng: Random) -> list[SimBed]:
    count = len(open_beds) - round(OCCUPIED_SHARE * len(open_beds))
    by_ward: defaultdict[str, list[SimBed]] = defaultdict(list)
    for bed in open_beds:
        by_ward[bed.ward.ward_id].append(bed)
    weights = {ward_id: len(ward) * ward[0].ward.plan.vacancy for ward_id, ward in by_ward.items()}
    shares = split(count, weights)
    return [bed for ward_id, share in shares.items() for bed in rng.sample(by_ward[ward_id], share)]


def _set_empty_states(empty: list[SimBed], at: datetime, rng: Random) -> None:
    counts = split(len(empty), {"available": 45, "cleaning": 27, "reserved": 14, "closed": 14})
    states = [state for state, count in counts.items() for _ in range(count)]
    rng.shuffle(states)
    for bed, state in zip(empty, states, strict=True):
        bed.status = state
        if state == "cleaning":
            bed.available_at = at + timedelta(minutes=rng.randrange(15, 240, 5))


def _bay_sexes(beds: list[SimBed], rng: Random) -> dict[str, str]:
    """Sex of each bay; "" where it does not matter."""
    sexes: dict[str, str] = {}
    for bed in beds:
        if bed.bay_id in sexes:
            continue
        rule = bed.ward.plan.sex_rule
        if rule in {"female", "male"}:
            sexes[bed.bay_id] = rule
        else:
            free = bed.is_single or rule == "mixed"
            sexes[bed.bay_id] = "" if free else rng.choice(("female", "male"))
    return sexes


def _occupant(bed: SimBed, sex: str, rng: Random) -> Stay:
    """Somebody who fits the bed: well-equipped beds go to those who need them."""
    choice: list[Stay] = []
    for _ in range(_TRIES):
        stay = _candidate(bed, sex, rng)
        if fits(stay, bed):
            choice.append(stay)
        if len(choice) == (_RARE_CHOICE if "negative_pressure" in bed.features else _CHOICE):
            return max(choice, key=_claim)
    return choice[0] if choice else _made_to_fit(bed, sex, rng)


def _claim(stay: Stay) -> int:
    """How strongly a patient needs a bed that has everything."""
    rare = {"bariatric", "dialysis"} & stay.features
    return len(stay.features) + 2 * len(rare) + 3 * (stay.isolation == "airborne")


def _candidate(bed: SimBed, sex: str, rng: Random) -> Stay:
    specialty = _specialty(bed, rng)
    isolate = _isolates(bed, specialty, rng)
    stay = draw_stay(rng, specialty, sex, bed.ward.plan.ages, isolate=isolate)
    if specialty not in bed.ward.plan.specialties:
        stay.planted.add("outlier")
    return stay


def _made_to_fit(bed: SimBed, sex: str, rng: Random) -> Stay:
    """For the rare bed that nobody fits by chance."""
    stay = draw_stay(rng, bed.ward.plan.specialties[0], sex, bed.ward.plan.ages, isolate=False)
    stay.level, stay.features = bed.ward.plan.level, stay.features & bed.features
    stay.specialty = "critical_care" if stay.level == "icu" else bed.ward.plan.specialties[0]
    return stay


def _specialty(bed: SimBed, rng: Random) -> str:
    plan = bed.ward.plan
    if (
        plan.level == "ward"
        and not bed.is_single
        and plan.ages[0] < 65
        and plan.ages[1] > 16
        and rng.random() < _SHARED
    ):
        others = {"geriatrics", "respiratory", "general_surgery", "gastroenterology", "orthopaedics"}
        return rng.choice(sorted(others - set(plan.specialties)) or ["general_medicine"])
    if plan.level == "icu":
        return "critical_care"
    if plan.level == "hdu":
        return rng.choice(plan.specialties[1:])
    ranks = {name: 6.0 if rank == 0 else 2.0 / rank for rank, name in enumerate(plan.specialties)}
    return weighted(rng, ranks)


def _isolates(bed: SimBed, specialty: str, rng: Random) -> bool | None:
    if not bed.is_single:
        return False
    if specialty in {"haematology_oncology", "infectious_diseases"}:
        return rng.random() < 0.9
    return rng.random() < 0.42


def fits(stay: Stay, bed: SimBed) -> bool:
    """Whether level, age, features and isolation allow it; the sex of the bay is the caller's affair."""
    plan = bed.ward.plan
    if _LEVELS.index(stay.level) != _LEVELS.index(plan.level):
        return False
    if not plan.ages[0] <= stay.age <= plan.ages[1] or not stay.features <= bed.features:
        return False
    if stay.sex == "other" and not bed.is_single:
        return False
    if stay.isolation == "airborne":
        return bed.is_single and "negative_pressure" in bed.features
    return stay.isolation == "none" or bed.is_single


def _plant_faults(stays: list[Stay], beds: list[SimBed], rng: Random) -> None:
    """A few present breaches that the dashboard should find."""
    bed_of = {bed.bed_id: bed for bed in beds}
    per_300 = max(1, round(1.6 * len(beds) / 300))
    in_bays = [
        stay
        for stay in stays
        if not bed_of[stay.bed_id].is_single and bed_of[stay.bed_id].ward.plan.sex_rule == "same_bay"
    ]
    rng.shuffle(in_bays)
    _mix_sexes(in_bays, bed_of, per_300, rng)
    fresh = [stay for stay in in_bays if stay.isolation == "none" and not stay.planted][:per_300]
    for stay in fresh:  # the result came back while the patient already lay in the bay
        stay.isolation, stay.organism = rng.choice((("contact", "C. difficile"), ("droplet", "influenza A")))
        stay.planted.add("isolation_unmet")
    _step_down(stays, bed_of, rng)


def _mix_sexes(in_bays: list[Stay], bed_of: dict[str, SimBed], count: int, rng: Random) -> None:
    other = {"female": "male", "male": "female"}
    mates: defaultdict[str, int] = defaultdict(int)
    for stay in in_bays:
        mates[bed_of[stay.bed_id].bay_id] += 1
    for stay in in_bays:
        if count and mates[bed_of[stay.bed_id].bay_id] >= 3 and not stay.condition.sex and not stay.planted:
            stay.sex = other[stay.sex]
            stay.name = draw_name(rng, stay.sex)
            stay.planted.add("mixed_sex")
            mates[bed_of[stay.bed_id].bay_id] = 0  # one to a bay is enough
            count -= 1


def _step_down(stays: list[Stay], bed_of: dict[str, SimBed], rng: Random) -> None:
    """About a quarter of those in ICU and HDU no longer need it and wait for a ward bed."""
    critical = [index for index, stay in enumerate(stays) if bed_of[stay.bed_id].ward.plan.level != "ward"]
    for index in rng.sample(critical, max(1, round(0.24 * len(critical)))):
        bed = bed_of[stays[index].bed_id]
        stays[index] = _better(bed, rng)
        stays[index].bed_id = bed.bed_id
        stays[index].status, stays[index].source = "waiting", "step_down"


def _better(bed: SimBed, rng: Random) -> Stay:
    """Somebody who was ill enough for the bed, and is no longer."""
    isolate = None if bed.is_single else False
    while True:
        specialty = rng.choice(("respiratory", "general_surgery", "cardiology", "gastroenterology", "renal"))
        stay = draw_stay(rng, specialty, isolate=isolate, ages=bed.ward.plan.ages)
        placed = stay.isolation != "airborne" or "negative_pressure" in bed.features
        if stay.level == "ward" and stay.features <= bed.features and placed and stay.sex != "other":
            stay.acuity = max(stay.acuity, 2)
            return stay
