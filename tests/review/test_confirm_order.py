from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from medalloc.domain.needs import Binding, Confirm, Need, NeedName, Needs, NeedSource
from medalloc.domain.people import Patient, PatientStatus, Sex
from medalloc.domain.places import Bed, BedStatus, Level, Ward
from medalloc.domain.plan import Action, BedPlan, Placement, SolveStatus
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.review.confirm_order import Effect, ToConfirm, confirm_order, otherwise

AT = datetime(2026, 3, 5, 8, 0)
N = NeedName
OXYGEN, BOTH = frozenset({"oxygen"}), frozenset({"oxygen", "telemetry"})

HOSPITAL = HospitalSnapshot(
    "Tiny",
    AT,
    "Europe/London",
    (Ward("W1"), Ward("ICU", level=Level.ICU)),
    (
        Bed("01", "W1", "A", OXYGEN, BedStatus.OCCUPIED),
        Bed("02", "W1", "A", OXYGEN),
        Bed("03", "W1", "A"),
        Bed("04", "W1", "S", OXYGEN),
        Bed("05", "W1", "B", BOTH),
        Bed("06", "W1", "B", BOTH, BedStatus.CLOSED),
        Bed("07", "ICU", "C", BOTH),
    ),
    (
        Patient("P1", sex=Sex.MALE, age=54, bed_id="01"),
        Patient("P2", sex=Sex.MALE, age=71, status=PatientStatus.WAITING),
        Patient("P3", sex=Sex.FEMALE, age=38, status=PatientStatus.WAITING),
    ),
)


def asked(name: NeedName, value: str, confirm: Confirm | None = Confirm.FROM_NOTE, **changes: object) -> Need:
    need = Need(name, value, 0.7, NeedSource.NOTE, Binding.SOFT, confirm=confirm)
    return replace(need, **changes)  # type: ignore[arg-type]


def needs(**of: Need | tuple[Need, ...]) -> dict[str, Needs]:
    listed = {patient_id: found if isinstance(found, tuple) else (found,) for patient_id, found in of.items()}
    return {one: Needs(one, {need.name: need for need in found}) for one, found in listed.items()}


def plan(**to: str) -> BedPlan:
    placements = tuple(Placement(patient_id, Action.ADMIT, "", bed_id) for patient_id, bed_id in to.items())
    return BedPlan(AT, placements, SolveStatus.OPTIMAL, 0.0, 0.1)


def only(found: tuple[ToConfirm, ...]) -> ToConfirm:
    (one,) = found
    return one


def test_free_beds_are_counted_under_both_readings() -> None:
    one = only(confirm_order(HOSPITAL, needs(P2=asked(N.TELEMETRY, "yes"))))
    assert (one.effect, one.beds, one.otherwise, one.beds_otherwise) == (Effect.FREE_BEDS, 2, "no", 5)


def test_women_do_not_count_beds_in_a_bay_of_men() -> None:
    one = only(confirm_order(HOSPITAL, needs(P3=asked(N.TELEMETRY, "yes"))))
    assert (one.beds, one.beds_otherwise) == (2, 3)


@pytest.mark.parametrize(("bed_id", "effect"), [("02", Effect.PROPOSED_BED), ("05", Effect.FREE_BEDS)])
def test_proposed_bed_that_one_reading_forbids_comes_first(bed_id: str, effect: Effect) -> None:
    one = only(confirm_order(HOSPITAL, needs(P2=asked(N.TELEMETRY, "yes")), plan(P2=bed_id)))
    assert (one.effect, one.forbidden) == (effect, "yes" if effect is Effect.PROPOSED_BED else "")


def test_reading_otherwise_may_be_what_forbids() -> None:
    doubt = asked(N.TELEMETRY, "no", Confirm.UNSURE, abstained=True, binding=Binding.NONE)
    one = only(confirm_order(HOSPITAL, needs(P2=doubt), plan(P2="02")))
    assert (one.effect, one.otherwise, one.forbidden) == (Effect.PROPOSED_BED, "yes", "yes")


def test_company_in_the_plan_counts() -> None:
    """Isolation for an organism forbids a bay that the plan fills with somebody else."""
    found = needs(P2=(asked(N.ISOLATION, "contact"), asked(N.ORGANISM, "MRSA", None)))
    alone, shared = plan(P2="05"), plan(P2="05", P1="06")
    assert [one.effect for one in confirm_order(HOSPITAL, found, alone)] == [Effect.FREE_BEDS]
    assert [one.effect for one in confirm_order(HOSPITAL, found, shared)] == [Effect.PROPOSED_BED]


def test_bed_in_which_the_patient_lies_comes_next() -> None:
    one = only(confirm_order(HOSPITAL, needs(P1=asked(N.LEVEL, "icu"))))
    assert (one.effect, one.otherwise, one.forbidden, one.beds) == (Effect.PRESENT_BED, "ward", "icu", 1)


def test_order_is_by_effect_then_cause_then_beds() -> None:
    found = needs(
        P1=(asked(N.FALLS, "yes", Confirm.CONFLICT), asked(N.SPECIALTY, "stroke"), asked(N.TELEMETRY, "yes")),
        P2=(asked(N.TELEMETRY, "yes"), asked(N.OXYGEN, "yes")),
        P3=asked(N.OXYGEN, "yes", Confirm.CONFLICT),
    )
    order = [(one.patient_id, one.need.name) for one in confirm_order(HOSPITAL, found, plan(P2="02"))]
    assert order == [
        ("P2", N.TELEMETRY),  # forbids the proposed bed
        ("P1", N.TELEMETRY),  # forbids the present bed
        ("P2", N.OXYGEN),  # changes how many free beds there are
        ("P3", N.OXYGEN),  # no more beds, but it is a conflict
        ("P1", N.SPECIALTY),
        ("P1", N.FALLS),  # no bed is chosen by it
    ]


def test_needs_that_nobody_asks_about_are_left_out() -> None:
    assert confirm_order(HOSPITAL, needs(P2=asked(N.OXYGEN, "yes", None))) == ()


@pytest.mark.parametrize(
    ("need", "value"),
    [
        (asked(N.ISOLATION, "droplet", Confirm.CONFLICT, other="contact"), "contact"),
        (asked(N.ISOLATION, "droplet", candidates=("droplet", "airborne")), "airborne"),
        (asked(N.ISOLATION, "droplet"), "none"),
        (asked(N.ISOLATION, "none", Confirm.UNSURE), "contact"),
        (asked(N.OXYGEN, "no", Confirm.UNSURE), "yes"),
        (asked(N.ACUITY, "3"), "4"),
    ],
)
def test_otherwise_is_what_is_likeliest_right(need: Need, value: str) -> None:
    assert otherwise(need) == value
