"""Head lines of wards and bays."""

from __future__ import annotations

from dataclasses import replace

from medalloc.domain.people import Patient, Sex
from medalloc.domain.places import BedStatus, SexRule
from medalloc.domain.plan import Action, Rule, Violation
from medalloc.ui.board.scene import Scene
from medalloc.ui.board.wards import Bay, Ward, make_ward
from tests.ui.board_scenes import ELM, ICU, MABEL, PERCY, bed, changed, move, scene


def ward(made: Scene, ward_id: str) -> Ward:
    return make_ward(made, made.snapshot.ward_of[ward_id])


def bay(made: Scene, bay_id: str) -> Bay:
    return next(each for each in ward(made, bay_id[0]).bays if each.bay_id == bay_id)


def test_the_head_line_counts_open_beds() -> None:
    closed = replace(bed("E-B1-3"), status=BedStatus.CLOSED)
    shown = ward(scene(changed(closed)), "E")
    assert (shown.occupied, shown.open_beds, shown.share) == (1, 3, 1 / 3)
    assert shown.count == "1 of 3 beds · 33 %"
    assert shown.facts == ("1 free", "1 cleaning", "same-sex bays")


def test_the_level_is_said_where_it_is_above_a_ward_s() -> None:
    assert ward(scene(), "I").facts == ("ICU", "same-sex bays")


def test_a_closed_ward_has_no_share() -> None:
    shown = ward(scene(changed(replace(ICU, open=False), replace(MABEL, patient_id="P0057", bed_id=""))), "I")
    assert (shown.count, shown.share) == ("closed", 0.0)


def test_somebody_in_a_closed_ward_is_counted_and_the_ward_called_closed() -> None:
    shown = ward(scene(changed(replace(ICU, open=False))), "I")
    assert shown.count == "1 of 1 beds · 100 %"
    assert shown.facts[0] == "closed ward"


def test_moves_and_breaches_are_counted() -> None:
    broken = Violation(Rule.LEVEL, "P0041", "E-B1-1")
    shown = ward(scene(changed(), move(PERCY, Action.ADMIT, "E-B1-2"), proposed=True, breaches=(broken,)), "E")
    assert shown.facts[:2] == ("! 1 in breach", "1 to move")
    assert shown.count == "2 of 4 beds · 50 %"


def test_a_bay_says_its_sex_and_a_single_room_that_it_is_one() -> None:
    made = scene()
    assert (bay(made, "E-B1").label, bay(made, "E-B1").sex, bay(made, "E-B1").single) == ("B1", "F", "")
    assert (bay(made, "E-S1").label, bay(made, "E-S1").sex, bay(made, "E-S1").single) == ("S1", "", "single")
    assert bay(made, "E-B1").name == "Bay E-B1, female"


def test_mixed_sexes_are_an_alarm_unless_the_ward_allows_them() -> None:
    man = Patient("P0777", "Stanley Marlowe", Sex.MALE, 66, bed_id="E-B1-2")
    assert bay(scene(changed(man)), "E-B1").alarm == "mixed"
    assert bay(scene(changed(man)), "E-B1").sex == "F+M"
    assert bay(scene(changed(man, replace(ELM, sex_rule=SexRule.MIXED))), "E-B1").alarm == ""


def test_an_empty_bay_of_a_female_ward_is_female() -> None:
    made = scene(changed(replace(ELM, sex_rule=SexRule.FEMALE)))
    assert bay(made, "E-S1").sex == "F"


def test_the_proposal_shows_the_sex_that_the_plan_brings() -> None:
    made = scene(changed(), move(MABEL, Action.TRANSFER, "I-B1-2"), move(PERCY, Action.ADMIT, "E-B1-3"), proposed=True)
    assert bay(made, "E-B1").sex == "M"
