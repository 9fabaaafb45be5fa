"""Words for the codes of a plan, in English; `explain` puts them through a translation."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from medalloc.domain.plan import Action, Rule
from medalloc.domain.review import RejectReason, Verdict

N_ = str
"""Marks a text for the translators; it is translated where it is shown."""


ACTIONS: Mapping[Action, str] = MappingProxyType(
    {
        Action.STAY: N_("stay"),
        Action.ADMIT: N_("admit"),
        Action.TRANSFER: N_("transfer"),
        Action.HOLD: N_("hold a bed"),
        Action.WAIT: N_("wait"),
    }
)

VERDICTS: Mapping[Verdict, str] = MappingProxyType(
    {Verdict.ACCEPT: N_("accepted"), Verdict.REJECT: N_("rejected"), Verdict.LOCK: N_("locked")}
)

REFUSALS: Mapping[RejectReason, str] = MappingProxyType(
    {
        RejectReason.NOT_THIS_BED: N_("not this bed, nor others in its bay"),
        RejectReason.NOT_THIS_WARD: N_("not this ward"),
        RejectReason.DO_NOT_MOVE: N_("do not move this patient"),
    }
)

RULES: Mapping[Rule, str] = MappingProxyType(
    {
        Rule.ONE_PATIENT_PER_BED: N_("one patient per bed"),
        Rule.USABLE_BED: N_("bed usable in time"),
        Rule.BAY_SEX: N_("same-sex bay"),
        Rule.ISOLATION: N_("isolation"),
        Rule.LEVEL: N_("level of care"),
        Rule.AGE: N_("age range of the ward"),
        Rule.FEATURES: N_("required features"),
        Rule.FIXED: N_("not to be moved"),
        Rule.LOCKED: N_("locked by a person"),
        Rule.REJECTED: N_("refused by a person"),
        Rule.MOVES: N_("most moves of a stay or plan"),
    }
)

TERMS: Mapping[str, str] = MappingProxyType(
    {
        "waiting": N_("waiting"),
        "outlier": N_("outside the specialty"),
        "preferred": N_("something wanted is missing"),
        "transfer": N_("move"),
        "transfer_frail": N_("move of a frail patient"),
        "transfer_again": N_("third or later move"),
        "transfer_soon": N_("move of a patient who leaves soon"),
        "transfer_night": N_("move at night"),
        "side_room": N_("single room without need"),
        "over_level": N_("bed above the level needed"),
        "enter_over_level": N_("put into a bed above the level needed"),
        "unsuited": N_("the ward would rather not have this patient"),
        "room_size": N_("room larger than wished"),
        "out_of_sight": N_("risk of falling, out of sight"),
        "distance": N_("on another site"),
        "escalation": N_("escalation bed opened"),
        "care_hours": N_("more care than the ward has staff for"),
        "flip": N_("bay given to the other sex"),
        "change": N_("other than the last plan said"),
        "breach": N_("hard rule broken now"),
    }
)

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "locked": N_("a person has locked bed %(bed_id)s"),
        "isolation_met": N_("the room suits %(isolation)s precautions"),
        "cohort": N_("the bay shares the organism (%(organism)s)"),
        "level_met": N_("the ward gives the level of care needed (%(level)s)"),
        "features_met": N_("the bed has what is required (%(features)s)"),
        "home_specialty": N_("a ward of the patient's specialty (%(specialty)s)"),
        "outlier": N_("not a ward of the patient's specialty (%(specialty)s, rank %(rank)s)"),
        "repairs": N_("puts a broken rule right (%(rule)s, patient %(patient_id)s)"),
        "frees_bed": N_("frees bed %(bed_id)s for patient %(patient_id)s"),
        "frees_bay": N_("opens bay %(bay_id)s to patient %(patient_id)s"),
        "flips_bay": N_("bay %(bay_id)s is given to the other sex (%(sex)s)"),
        "opens_ward": N_("a bed is opened in ward %(ward_id)s"),
        "changed": N_("the last plan said bed %(bed_id)s"),
        "held_until": N_("the bed is kept until %(at)s"),
        "if_left": N_("free by then with a chance of %(chance)s, if these have left: %(patient_ids)s"),
        "breach_left": N_("a rule stays broken (%(rule)s)"),
        "fixed": N_("the record says not to move this patient"),
        "kept": N_("a person wants this patient to remain"),
        "moved_enough": N_("moved %(moves)s times in this stay already"),
        "not_yet": N_("not expected soon enough for a bed to be planned"),
        "no_free_bed": N_("every usable bed is taken"),
        "taken": N_("suitable beds given to others: %(beds)s"),
        "blocked": N_("free beds ruled out by %(rule)s: %(beds)s"),
        "would_fit_if": N_("bed %(bed_id)s would do but for this rule: %(rule)s"),
        "dearer": N_("bed %(bed_id)s could be had, but costs %(points)s points more than to wait"),
    }
)
"""By the codes of `optimise.beds.reasons`."""

VALUES: Mapping[str, str] = MappingProxyType(
    {
        "female": N_("female"),
        "male": N_("male"),
        "other": N_("other"),
        "same_bay": N_("one sex to a bay"),
        "single": N_("a single room"),
        "contact": N_("contact"),
        "droplet": N_("droplet"),
        "airborne": N_("airborne"),
        "protective": N_("protective"),
        "ward": N_("ward"),
        "hdu": N_("HDU"),
        "icu": N_("ICU"),
        "oxygen": N_("oxygen"),
        "suction": N_("suction"),
        "telemetry": N_("telemetry"),
        "negative_pressure": N_("negative pressure"),
        "positive_pressure": N_("positive pressure"),
        "bariatric": N_("bariatric bed"),
        "visible": N_("in sight of the nurses' station"),
        "ensuite": N_("en suite"),
        "ventilator": N_("ventilator"),
        "dialysis": N_("dialysis"),
        "general_medicine": N_("general medicine"),
        "acute_medicine": N_("acute medicine"),
        "respiratory": N_("respiratory"),
        "cardiology": N_("cardiology"),
        "gastroenterology": N_("gastroenterology"),
        "renal": N_("renal"),
        "endocrinology": N_("endocrinology"),
        "neurology": N_("neurology"),
        "stroke": N_("stroke"),
        "geriatrics": N_("geriatrics"),
        "haematology_oncology": N_("haematology and oncology"),
        "infectious_diseases": N_("infectious diseases"),
        "general_surgery": N_("general surgery"),
        "vascular": N_("vascular"),
        "urology": N_("urology"),
        "orthopaedics": N_("orthopaedics"),
        "ent": N_("ear, nose and throat"),
        "gynaecology": N_("gynaecology"),
        "obstetrics": N_("obstetrics"),
        "paediatrics": N_("paediatrics"),
        "psychiatry": N_("psychiatry"),
        "critical_care": N_("critical care"),
    }
)
"""Sex, isolation, level, features and specialties; a hospital's own words are shown as they are."""
