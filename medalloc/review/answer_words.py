"""Words for what stands against another bed, and for why a patient is placed otherwise than before, in English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

N_ = str
"""Marks a text for the translators; it is translated where it is shown."""

OBSTACLES: Mapping[str, str] = MappingProxyType(
    {
        "fixed": N_("the record says not to move this patient"),
        "kept": N_("a person wants this patient to remain"),
        "locked": N_("a person has locked bed %(bed_id)s"),
        "refused": N_("a person has refused bed %(bed_id)s for this patient"),
        "kept_for": N_("a person keeps bed %(bed_id)s for patient %(patient_id)s"),
        "moved_enough": N_("moved %(moves)s times in this stay already"),
        "transfers_used": N_("the plan makes all the transfers that it may (%(most)s)"),
        "needs_level": N_("needs %(level)s, the ward gives %(given)s"),
        "takes_age": N_("aged %(age)s, the ward takes %(min_age)s to %(max_age)s"),
        "lacks_features": N_("the bed lacks: %(features)s"),
        "ward_sex": N_("the bays of ward %(ward_id)s are not for this patient's sex (%(sex)s, rule: %(rule)s)"),
        "needs_room": N_("%(isolation)s precautions need another room: %(room)s"),
        "ward_closed": N_("ward %(ward_id)s is closed"),
        "bed_closed": N_("bed %(bed_id)s is closed"),
        "bed_reserved": N_("bed %(bed_id)s is reserved"),
        "not_clean": N_("bed %(bed_id)s is not clean in time (%(at)s)"),
        "unknown_patient": N_("bed %(bed_id)s is occupied by nobody on record"),
        "not_in_time": N_("bed %(bed_id)s cannot be had in time (%(at)s)"),
        "taken_by": N_("bed %(bed_id)s is taken by then: %(patient_ids)s"),
        "bay_holds": N_("bay %(bay_id)s holds another sex (%(sex)s): %(patient_ids)s"),
        "bay_isolates": N_("precautions in bay %(bay_id)s (%(organism)s): %(patient_ids)s"),
        "shares_bed": N_("patient %(patient_id)s lies in bed %(bed_id)s as well"),
        "bay_mixed": N_("bay %(bay_id)s holds women (%(women)s) and men (%(men)s)"),
        "cohort_broken": N_("%(isolation)s precautions, others in bay %(bay_id)s without %(organism)s: %(others)s"),
    }
)
"""By the codes of `optimise.beds.obstacles`."""

CHANGES: Mapping[str, str] = MappingProxyType(
    {
        "arrived": N_("new since the last plan"),
        "left": N_("has left the hospital"),
        "moved_since": N_("lies in bed %(bed_id)s now"),
        "locked": N_("a person has locked bed %(bed_id)s"),
        "released": N_("the lock to bed %(bed_id)s was taken back"),
        "kept": N_("a person wants this patient to remain"),
        "may_move": N_("this patient may be moved again"),
        "refused": N_("a person has refused bed %(bed_id)s for this patient"),
        "no_longer_refused": N_("the refusal of bed %(bed_id)s was taken back"),
        "kept_for": N_("a person keeps bed %(bed_id)s for patient %(patient_id)s"),
        "need_changed": N_("a need has changed: %(need)s, %(before)s → %(after)s"),
        "discharge_changed": N_("patient %(patient_id)s is expected to leave at another time: %(before)s → %(after)s"),
        "bed_gone": N_("bed %(bed_id)s can no longer be used"),
        "bed_opened": N_("bed %(bed_id)s can be used now"),
        "bed_ready": N_("bed %(bed_id)s is clean at another time: %(before)s → %(after)s"),
        "takes_bed_of": N_("bed %(bed_id)s is no longer given to patient %(patient_id)s"),
        "gives_way_to": N_("bed %(bed_id)s goes to patient %(patient_id)s"),
        "bay_goes_to": N_("bay %(bay_id)s goes to patient %(patient_id)s, who may not share it"),
        "bay_left_by": N_("bay %(bay_id)s is free of patient %(patient_id)s, who may not share it"),
        "better_plan": N_("a better plan was found"),
    }
)
"""By the codes of `optimise.beds.changes`."""
