"""What a patient needs of the staff: drawn after the stay, and made to agree with why the bed is in sight."""

from __future__ import annotations

from random import Random

from sample_data.simulate.chance import weighted
from sample_data.simulate.model import Stay
from sample_data.simulate.state import settle

_MUDDLING = {"alcohol_withdrawal", "decompensated_liver"}
_FITS = {"seizures", "child_seizure"}
_ONE_TO_ONE = {"watch": 0.6, "muddled": 0.36, "fits": 0.1, "falls": 0.1}
"""Share of those in sight of the nurses, by reason, who may not be left at all."""
_OWN_MACHINE = {"copd_exacerbation": 0.2, "heart_failure": 0.05, "guillain_barre": 0.08, "cellulitis": 0.03}
"""Share of those without a mask of the hospital's who sleep on one of their own."""
_FED = {"hoist": 0.4, "bed_bound": 0.5, "two": 0.16, "one": 0.05}
_FED_MUDDLED = {"dementia": 0.3, "delirium": 0.22, "intact": 0.0}
_LANGUAGES = {
    "White British": ("BSL",),
    "White other": ("Polish", "Romanian", "Portuguese", "Lithuanian", "Turkish", "Greek", "Albanian", "Italian"),
    "Indian": ("Punjabi", "Gujarati", "Hindi", "Tamil", "Malayalam"),
    "Pakistani": ("Urdu", "Punjabi", "Mirpuri", "Pashto"),
    "Bangladeshi": ("Bengali", "Sylheti"),
    "Chinese": ("Cantonese", "Mandarin", "Hakka"),
    "Black African": ("Somali", "Tigrinya", "Amharic", "French", "Swahili"),
    "Black Caribbean": ("French", "Spanish"),
    "Mixed": ("Spanish", "Portuguese", "Arabic"),
    "Not stated": ("Arabic", "Farsi", "Kurdish", "Ukrainian", "Vietnamese"),
}
_LITTLE_ENGLISH = {
    "White British": 0.003, "White other": 0.15, "Indian": 0.13, "Pakistani": 0.17, "Bangladeshi": 0.25,
    "Chinese": 0.22, "Black African": 0.15, "Black Caribbean": 0.01, "Mixed": 0.03, "Not stated": 0.1,
}  # fmt: skip
_DIALOGUE_SHARE = 0.045


def sight_reason(stay: Stay) -> str:
    """Why somebody would be kept in sight: `watch` (self-harm), `fits`, `muddled` or `falls`."""
    if stay.condition.key == "overdose":
        return "watch"
    if stay.condition.key in _FITS:
        return "fits"
    muddled = stay.cognition != "intact" or stay.condition.key in _MUDDLING or stay.level == "icu"
    return "muddled" if muddled else "falls"


def set_care(stay: Stay, rng: Random) -> None:
    """Fill in what the staff must do for the patient; the order of the draws is fixed."""
    stay.language = rng.choice(_LANGUAGES[stay.ethnicity])
    stay.interpreter = rng.random() < _LITTLE_ENGLISH[stay.ethnicity] * (1.35 if stay.age > 60 else 0.85)
    reason = sight_reason(stay) if "visible" in stay.features else ""
    if reason == "muddled" and stay.cognition == "intact":
        stay.cognition = "delirium"
        settle(stay)
    stay.falls = _falls(stay, reason, rng.random())
    stay.one_to_one = _one_to_one(stay, reason, rng)
    if rng.random() < _kept_in_bed(stay):
        stay.mobility = "bed_bound"
    stay.niv = _breathes_by_mask(stay, rng.random())
    stay.feeding = rng.random() < _fed(stay)
    if rng.random() < _DIALOGUE_SHARE and _can_tell(stay):
        stay.planted.add("dialogue")


def _falls(stay: Stay, reason: str, draw: float) -> bool:
    if reason:
        return reason != "watch"
    if stay.level == "icu" or stay.is_child:
        return False
    known = {"frailty_fall": 1.0, "hip_fracture": 0.6}.get(stay.condition.key, 0.0)
    return stay.falls or draw < known


def _one_to_one(stay: Stay, reason: str, rng: Random) -> str:
    """Why somebody must stay with the patient; "" where nobody must."""
    draw, other = rng.random(), rng.choice(("airway", "learning"))
    if not reason or stay.is_child or stay.level == "icu" or draw >= _ONE_TO_ONE[reason]:
        return ""
    if reason not in {"fits", "falls"}:
        return reason
    return "airway" if other == "airway" and "suction" in stay.features else "learning"


def _kept_in_bed(stay: Stay) -> float:
    """Chance that somebody who cannot walk alone is not got up at all; in intensive care nobody is."""
    if stay.mobility in {"independent", "supervision"}:
        return 0.0
    return 0.5 * stay.end_of_life + 0.2 * (stay.mobility == "hoist")


def _breathes_by_mask(stay: Stay, draw: float) -> bool:
    if "ventilator" in stay.features:
        return not stay.is_ventilated
    if stay.is_child or stay.level == "icu":
        return False
    odds = _OWN_MACHINE.get(stay.condition.key, 0.004)
    odds += 0.22 * ("OSA" in stay.history) + 0.12 * ("bariatric" in stay.features)
    return draw < odds


def _fed(stay: Stay) -> float:
    """Chance that somebody must help at meals; a tube that feeds is not such help."""
    if stay.is_child or stay.level == "icu":
        return 0.0
    stroke = 0.18 * (stay.condition.key in {"ischaemic_stroke", "intracerebral_bleed"})
    frail = 0.1 * max(0, stay.frailty - 6) + 0.25 * stay.end_of_life
    return min(0.85, _FED.get(stay.mobility, 0.0) + _FED_MUDDLED[stay.cognition] + stroke + frail)


def _can_tell(stay: Stay) -> bool:
    """Whether the patient can answer a doctor's questions."""
    return not stay.is_child and stay.level == "ward" and stay.cognition == "intact" and not stay.end_of_life


def draw_barrier(stay: Stay, rng: Random) -> str:
    """What keeps somebody who is fit, or nearly, to leave; a code of the domain."""
    if stay.is_child:
        return weighted(rng, {"medicines": 40, "tests": 22, "family": 24, "social_work": 14})
    wanted = dict(_SOON if stay.remaining_days < 0.75 else _LATER)
    if stay.age <= 60:
        wanted = {name: weight for name, weight in wanted.items() if name not in _OF_THE_OLD}
    return weighted(rng, wanted)


_SOON = {
    "medicines": 26, "transport": 20, "tests": 15, "therapy": 9, "equipment": 8, "package_of_care": 8,
    "family": 5, "social_work": 3, "housing": 3, "community_bed": 5, "care_home": 4,
}  # fmt: skip
_LATER = {
    "package_of_care": 24, "care_home": 18, "community_bed": 13, "therapy": 10, "social_work": 9, "family": 8,
    "equipment": 8, "housing": 6, "tests": 5, "medicines": 2, "transport": 1,
}  # fmt: skip
_OF_THE_OLD = {"care_home", "community_bed"}
