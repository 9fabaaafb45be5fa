"""Who lies where, when: as things stand, and as a plan would have it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from medalloc.domain.needs import Needs
from medalloc.domain.people import Patient, PatientStatus, Readiness
from medalloc.domain.places import Bed, BedStatus, Ward
from medalloc.domain.plan import Action, Placement, Reason
from medalloc.domain.requirements import StayDays
from medalloc.ui.beds_at import BedAt, BedTimes
from tests.ui.board_scenes import CYRIL, ELM, MABEL, PERCY, bed, changed, plan
from tests.ui.snapshots import AT

LEAVES = AT + timedelta(hours=6, minutes=50)
HELD = AT + timedelta(hours=8, minutes=50)
LEAVER = replace(MABEL, edd=LEAVES, readiness=Readiness.READY)
STAYS = Placement("P0041", Action.STAY, "E-B1-1", "E-B1-1", AT, LEAVES)
HOLD = Placement("P0108", Action.HOLD, "", "E-B1-1", HELD, AT + timedelta(days=3))


def hours(number: float) -> datetime:
    return AT + timedelta(hours=number)


def times(*things: Patient | Bed | Ward, placements: tuple[Placement, ...] = ()) -> BedTimes:
    """With placements: as proposed."""
    return BedTimes(changed(*things), {}, plan(*placements), bool(placements))


def at(made: BedTimes, bed_id: str, moment: datetime) -> BedAt:
    return made.at_moment(moment)[bed_id]


def lying(found: BedAt) -> list[str]:
    return [stay.patient_id for stay in found.lying]


@pytest.mark.parametrize(("days", "last"), [(2, [24, 48]), (4, [24, 48, 72, 96])])
def test_moments_are_now_and_the_edges_of_the_plan_s_slots(days: int, last: list[int]) -> None:
    made = BedTimes(changed(), {}, replace(plan(), horizon_days=days), False)
    assert [(moment - AT) / timedelta(hours=1) for moment in made.moments] == [0, 4, 8, 12, 16, 20, *last]


def test_without_a_plan_three_days_are_shown() -> None:
    assert BedTimes(changed(), {}, None, False).moments[-1] == hours(72)


def test_whoever_is_expected_to_leave_has_left_at_that_minute() -> None:
    made = times(LEAVER)
    assert lying(at(made, "E-B1-1", LEAVES - timedelta(minutes=1))) == ["P0041"]
    gone = at(made, "E-B1-1", LEAVES)
    assert (lying(gone), gone.state) == ([], BedStatus.CLEANING)
    assert gone.left is not None
    assert gone.left.patient_id == "P0041"


def test_a_bed_is_cleaned_for_two_hours_after_its_patient_has_left() -> None:
    made = times(LEAVER)
    cleaning = at(made, "E-B1-1", HELD - timedelta(minutes=1))
    assert (cleaning.state, cleaning.ready_at) == (BedStatus.CLEANING, HELD)
    clean = at(made, "E-B1-1", HELD)
    assert (clean.state, clean.ready_at) == (BedStatus.AVAILABLE, None)


def test_a_held_bed_is_its_present_patient_s_until_they_leave() -> None:
    made = times(LEAVER, placements=(STAYS, HOLD))
    now = at(made, "E-B1-1", AT)
    assert (lying(now), [stay.patient_id for stay in now.coming]) == (["P0041"], ["P0108"])
    between = at(made, "E-B1-1", hours(8))
    assert (lying(between), between.state) == ([], BedStatus.CLEANING)
    assert (lying(at(made, "E-B1-1", HELD)), at(made, "E-B1-1", HELD).coming) == (["P0108"], ())
    assert lying(at(made, "E-B1-1", hours(72))) == []


def test_nobody_comes_into_a_held_bed_that_is_not_left() -> None:
    made = times(placements=(replace(STAYS, ends_at=None), HOLD))
    later = at(made, "E-B1-1", hours(24))
    assert (lying(later), [stay.patient_id for stay in later.coming]) == (["P0041"], ["P0108"])


def test_beds_held_one_after_the_other_are_taken_in_turn() -> None:
    second = Placement("P0057", Action.HOLD, "I-B1-1", "E-B1-1", hours(48), None)
    made = times(LEAVER, placements=(STAYS, replace(HOLD, ends_at=hours(44)), second))
    assert [stay.patient_id for stay in at(made, "E-B1-1", AT).coming] == ["P0108", "P0057"]
    assert lying(at(made, "E-B1-1", hours(24))) == ["P0108"]
    assert lying(at(made, "E-B1-1", hours(48))) == ["P0057"]


def test_whoever_waits_in_a_bed_keeps_it_until_the_held_one_is_theirs() -> None:
    made = times(placements=(Placement("P0057", Action.HOLD, "I-B1-1", "E-S1-1", hours(5), None),))
    assert lying(at(made, "I-B1-1", hours(4))) == ["P0057"]
    assert lying(at(made, "I-B1-1", hours(5))) == []
    assert lying(at(made, "E-S1-1", hours(5))) == ["P0057"]


def test_a_transfer_leaves_a_bed_that_is_free_at_once_and_cleaned_later() -> None:
    made = times(placements=(Placement("P0041", Action.TRANSFER, "E-B1-1", "E-B1-3", AT, None),))
    now = at(made, "E-B1-1", AT)
    assert (lying(now), now.state, now.left and now.left.to_bed_id) == ([], BedStatus.AVAILABLE, "E-B1-3")
    assert at(made, "E-B1-1", hours(1)).state is BedStatus.CLEANING
    assert lying(at(made, "E-B1-3", AT)) == ["P0041"]


def test_as_things_stand_nobody_moves_whatever_the_plan_says() -> None:
    made = BedTimes(changed(LEAVER), {}, plan(STAYS, HOLD), False)
    assert at(made, "E-B1-1", AT).coming == ()
    assert lying(at(made, "E-B1-1", hours(12))) == []


def test_a_bed_in_cleaning_is_free_from_when_it_is_clean() -> None:
    made = times()
    assert at(made, "E-S1-1", AT).ready_at == AT + timedelta(minutes=45)
    assert at(made, "E-S1-1", hours(4)).state is BedStatus.AVAILABLE


def test_a_bed_in_cleaning_for_nobody_knows_how_long_stays_so() -> None:
    unknown = replace(bed("E-S1-1"), available_at=None)
    assert at(times(unknown), "E-S1-1", hours(72)).state is BedStatus.CLEANING


@pytest.mark.parametrize("status", [BedStatus.RESERVED, BedStatus.CLOSED])
def test_beds_that_cannot_be_used_stay_so(status: BedStatus) -> None:
    assert at(times(replace(bed("E-B1-2"), status=status)), "E-B1-2", hours(48)).state is status


def test_a_bed_left_in_a_closed_ward_is_closed() -> None:
    assert at(times(LEAVER, replace(ELM, open=False)), "E-B1-1", hours(12)).state is BedStatus.CLOSED


def test_an_expected_patient_lies_in_no_bed_whatever_the_record_says() -> None:
    expected = replace(PERCY, status=PatientStatus.EXPECTED, bed_id="E-B1-2", expected_at=hours(3))
    assert lying(at(times(expected), "E-B1-2", AT)) == []


def test_the_chance_of_having_left_grows_and_is_not_known_of_everybody() -> None:
    made = times(LEAVER)
    shares = [made.left_share("P0041", moment) for moment in made.moments]
    assert all(share is not None for share in shares)
    assert shares == sorted(shares, key=float)  # type: ignore[arg-type]
    assert made.left_share("P0041", LEAVES) == 0.85  # of those called ready
    assert made.left_share("P0057", hours(72)) is None


def test_where_no_date_is_named_the_chance_is_that_of_the_stay() -> None:
    known = {"P0057": Needs("P0057", {}, stay=StayDays(1.0, 2.0, 4.0))}
    made = BedTimes(changed(), known, None, False)
    assert made.left_share("P0057", hours(48)) == pytest.approx(0.5)
    assert made.left_share("P0057", hours(30)) == pytest.approx(0.2)


def test_only_what_is_not_nearly_sure_is_called_uncertain() -> None:
    known = {"P0057": Needs("P0057", {}, stay=StayDays(1.0, 2.0, 4.0))}
    made = BedTimes(changed(), known, None, False)
    stay = made.stays_in[CYRIL.bed_id][0]
    unsure = [made.unsure(stay, hours(number)) for number in (12, 30, 100)]
    assert unsure == [None, pytest.approx(0.2), None]


def test_holds_say_from_when_after_whom_and_how_likely_the_bed_is_free() -> None:
    made = times(LEAVER, placements=(STAYS, HOLD, Placement("P0057", Action.HOLD, "", "E-S1-1", hours(1), None)))
    first, second = made.holds
    assert (first.patient_id, first.after, first.free_share) == ("P0057", None, 1.0)
    assert (second.patient_id, second.bed_id, second.starts_at, second.free_share) == ("P0108", "E-B1-1", HELD, 0.85)
    assert second.after is not None
    assert second.after.patient_id == "P0041"
    assert (first.if_left, second.if_left) == ((), ("P0041",))


def test_the_chance_that_the_plan_counts_on_goes_before_our_own() -> None:
    said = Reason("if_left", (("chance", "0.42"), ("patient_ids", "P0041;P0057")))
    (hold,) = times(LEAVER, placements=(STAYS, replace(HOLD, reasons=(said,)))).holds
    assert (hold.free_share, hold.if_left) == (0.42, ("P0041", "P0057"))


def test_whoever_waits_in_a_bed_without_a_date_in_the_plan_leaves_as_the_record_says() -> None:
    waits = Placement("P0041", Action.WAIT, "E-B1-1", "E-B1-1")
    assert times(LEAVER, placements=(waits,)).stays_in["E-B1-1"][0].ends_at == LEAVES


def test_the_chance_of_a_bed_of_which_nothing_is_known_is_not_known() -> None:
    made = times(placements=(replace(STAYS, ends_at=LEAVES), HOLD))
    assert made.holds[0].free_share is None
