"""Rules for the files of staff, stock and events: ids are there once, and refer to something."""

from __future__ import annotations

from medalloc.domain.stock import Substitute
from medalloc.ingest.rules.rule import Finding, Known, Rule, refers, reject, remark, unique
from medalloc.ingest.validate import Row


def own_ward(file: str, column: str) -> Rule:
    """A ward without beds, such as theatres: it is taken, and named once."""

    def not_a_bed_ward(row: Row[object], known: Known) -> Finding | None:
        ward_id = getattr(row.value, column)
        if not ward_id or ward_id in known.taken["wards.csv"]:
            return None
        if known.earlier(row.record.line, file, column, ward_id) is not None:
            return None
        return remark(column, "is not a ward of wards.csv; taken as a place without beds")

    return not_a_bed_ward


def substitute_of_itself(row: Row[Substitute], _: Known) -> Finding | None:
    """A drug does not replace itself."""
    if row.value.substitute_id != row.value.drug_id:
        return None
    return reject("substitute_id", "should be another drug")


_DRUG = refers("drug_id", "drugs.csv")
_STAFF = refers("staff_id", "staff.csv")
_SHIFT = refers("shift_id", "shifts.csv")

STAFF_RULES: tuple[Rule, ...] = (unique("staff.csv", "staff_id"), own_ward("staff.csv", "home_ward"))
SHIFT_RULES: tuple[Rule, ...] = (unique("shifts.csv", "shift_id"),)
COVER_RULES: tuple[Rule, ...] = (
    _SHIFT,
    unique("cover.csv", "ward_id", "date", "shift_id", "skill"),
    own_ward("cover.csv", "ward_id"),
)
AVAILABILITY_RULES: tuple[Rule, ...] = (
    _STAFF,
    _SHIFT,
    unique("availability.csv", "staff_id", "date", "shift_id", "kind"),
)
DUTY_RULES: tuple[Rule, ...] = (
    _STAFF,
    _SHIFT,
    unique("roster.csv", "staff_id", "date", "shift_id"),
    own_ward("roster.csv", "ward_id"),
)
DRUG_RULES: tuple[Rule, ...] = (unique("drugs.csv", "drug_id"),)
LOT_RULES: tuple[Rule, ...] = (_DRUG, unique("lots.csv", "drug_id", "location", "lot_id"))
"""A lot may lie in two places."""
USAGE_RULES: tuple[Rule, ...] = (_DRUG,)
ORDER_RULES: tuple[Rule, ...] = (_DRUG, unique("orders.csv", "drug_id", "order_id"))
"""An order may hold two drugs."""
SUBSTITUTE_RULES: tuple[Rule, ...] = (
    _DRUG,
    refers("substitute_id", "drugs.csv", "drug_id"),
    substitute_of_itself,
    unique("substitutes.csv", "drug_id", "substitute_id"),
)
REGIMEN_RULES: tuple[Rule, ...] = (_DRUG, unique("regimens.csv", "drug_id", "level", "condition"))
OUTCOME_RULES: tuple[Rule, ...] = (unique("outcomes.csv", "case_id"),)
