"""What would have to give for a bed to suit a patient, as codes that are put into words where they are shown."""

from __future__ import annotations

from collections.abc import Mapping

from medalloc.domain.people import Isolation
from medalloc.domain.places import Bed, Ward
from medalloc.domain.plan import Reason, Rule
from medalloc.optimise.rules import Person


def reason(code: str, **values: str) -> Reason:
    """A reason with its values in this order."""
    return Reason(code, tuple(values.items()))


def own_reasons(person: Person, bed: Bed, ward: Ward) -> Mapping[Rule, Reason]:
    """What would have to give for each of the rules of `own_rules`, if it is broken."""
    needs, age = person.needs, person.patient.age
    return {
        Rule.LEVEL: reason("needs_level", level=str(needs.level), given=str(ward.level)),
        Rule.AGE: reason("takes_age", age=str(age), min_age=str(ward.min_age), max_age=str(ward.max_age)),
        Rule.FEATURES: reason("lacks_features", features=";".join(sorted(needs.features - bed.features))),
        Rule.BAY_SEX: reason("ward_sex", ward_id=ward.ward_id, sex=str(person.patient.sex), rule=str(ward.sex_rule)),
        Rule.ISOLATION: reason("needs_room", isolation=str(needs.isolation), room=_room(person)),
    }


def _room(person: Person) -> str:
    return "negative_pressure" if person.needs.isolation is Isolation.AIRBORNE else "single"
