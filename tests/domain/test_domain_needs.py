from dataclasses import replace

import pytest

from medalloc.domain.needs import Binding, Confirm, Need, NeedName, Needs, NeedSource, from_record, requirements_of
from medalloc.domain.people import Isolation, Patient
from medalloc.domain.places import Level
from medalloc.domain.requirements import CareHours, Requirements


def need(name: NeedName, value: str, binding: Binding, source=NeedSource.NOTE, other: str = "") -> Need:
    return Need(name, value, 0.9, source, binding, other=other)


def needs(*found: Need) -> Needs:
    return Needs("P1", {one.name: one for one in found})


def test_hard_needs_are_required_and_soft_ones_wanted():
    found = needs(
        need(NeedName.LEVEL, "hdu", Binding.SOFT),
        need(NeedName.ISOLATION, "contact", Binding.HARD),
        need(NeedName.OXYGEN, "yes", Binding.HARD),
        need(NeedName.SUCTION, "no", Binding.HARD),
        need(NeedName.VISIBLE, "yes", Binding.SOFT),
        need(NeedName.BARIATRIC, "yes", Binding.NONE),
        need(NeedName.ACUITY, "2", Binding.SOFT),
        need(NeedName.SPECIALTY, "renal", Binding.SOFT),
    )
    assert found.requirements == Requirements(
        specialty="renal",
        acuity=2,
        level=Level.WARD,
        isolation=Isolation.CONTACT,
        features=frozenset({"oxygen"}),
        wanted_level=Level.HDU,
        wanted_isolation=Isolation.CONTACT,
        wanted_features=frozenset({"visible"}),
    )


def test_nothing_known_is_a_ward_bed_of_middling_acuity():
    assert needs().requirements == Requirements()


@pytest.mark.parametrize(
    ("source", "binding", "confirm", "hard", "soft"),
    [
        (NeedSource.NOTE, Binding.SOFT, Confirm.FROM_NOTE, "contact", "airborne"),
        (NeedSource.VITALS, Binding.SOFT, Confirm.FROM_NOTE, "contact", "airborne"),
        (NeedSource.NOTE, Binding.SOFT, Confirm.CONFLICT, "", "airborne"),
        (NeedSource.NOTE, Binding.HARD, Confirm.CONFLICT, "airborne", ""),
        (NeedSource.NOTE, Binding.NONE, Confirm.UNSURE, "", ""),
    ],
)
def test_what_only_sways_does_not_lift_what_the_record_demands(source, binding, confirm, hard, soft):
    one = replace(need(NeedName.ISOLATION, "airborne", binding, source, other="contact"), confirm=confirm)
    found = needs(one)
    assert found.value(NeedName.ISOLATION, Binding.HARD) == hard
    assert found.value(NeedName.ISOLATION, Binding.SOFT) == soft


def test_second_opinion_on_acuity_waits_for_a_person():
    asked = Need(NeedName.ACUITY, "4", 0.7, NeedSource.NOTE, Binding.SOFT, confirm=Confirm.CONFLICT, other="2")
    assert needs(asked).requirements.acuity == 4


def test_value_of_a_need_that_nobody_named():
    assert needs().value(NeedName.DIALYSIS, Binding.HARD) == ""


def test_record_alone_where_no_notes_were_read():
    patient = Patient("P2", specialty="renal", level=Level.HDU, features=frozenset({"dialysis", "hoist"}))
    found = requirements_of(patient, {"P1": needs()})
    assert found == from_record(patient)
    assert (found.level, found.wanted_level, found.isolation) == (Level.HDU, Level.HDU, Isolation.NONE)
    assert found.features == {"dialysis", "hoist"}


def test_own_feature_of_the_record_stays_required_beside_what_the_notes_say():
    patient = Patient("P1", features=frozenset({"hoist", "oxygen"}))
    found = requirements_of(patient, {"P1": needs(need(NeedName.SUCTION, "yes", Binding.HARD))})
    assert found.features == {"hoist", "suction"}


@pytest.mark.parametrize(
    ("name", "value", "default"),
    [
        (NeedName.OXYGEN, "no", True),
        (NeedName.OXYGEN, "yes", False),
        (NeedName.ISOLATION, "none", True),
        (NeedName.ISOLATION, "contact", False),
        (NeedName.LEVEL, "ward", True),
        (NeedName.LEVEL, "hdu", False),
        (NeedName.ORGANISM, "", True),
    ],
)
def test_a_need_that_asks_nothing_of_a_bed(name: NeedName, value: str, default: bool) -> None:
    assert Need(name, value, 1.0, NeedSource.RECORD, Binding.HARD).is_default is default


def test_who_is_confused_or_dying_is_upset_by_moves() -> None:
    def needs(name: NeedName, value: str, *, abstained: bool = False) -> Needs:
        need = Need(name, value, 0.9, NeedSource.NOTE, Binding.SOFT, abstained)
        return Needs("p", {name: need})

    assert needs(NeedName.COGNITION, "dementia").requirements.upset_by_moves
    assert needs(NeedName.END_OF_LIFE, "yes").requirements.upset_by_moves
    assert not needs(NeedName.COGNITION, "intact").requirements.upset_by_moves
    assert not needs(NeedName.COGNITION, "delirium", abstained=True).requirements.upset_by_moves


@pytest.mark.parametrize(
    ("name", "value", "abstained", "falls"),
    [
        (NeedName.FALLS, "yes", False, True),
        (NeedName.ONE_TO_ONE, "yes", False, True),
        (NeedName.FALLS, "no", False, False),
        (NeedName.FALLS, "yes", True, False),
        (NeedName.COGNITION, "delirium", False, False),
    ],
)
def test_who_may_fall_or_is_never_left_alone_is_to_be_in_sight(
    name: NeedName, value: str, abstained: bool, falls: bool
) -> None:
    found = Needs("p", {name: Need(name, value, 0.9, NeedSource.NOTE, Binding.SOFT, abstained)})
    assert found.requirements.falls is falls


def test_the_last_days_and_the_hours_of_care_follow_the_patient_into_the_plan() -> None:
    dying = Need(NeedName.END_OF_LIFE, "yes", 0.9, NeedSource.NOTE, Binding.SOFT)
    found = Needs("p", {NeedName.END_OF_LIFE: dying}, care=CareHours(4.8, 2.4)).requirements
    assert (found.end_of_life, found.care, found.room_size) == (True, CareHours(4.8, 2.4), 0)
    assert Needs("p", {}).requirements.end_of_life is False


@pytest.mark.parametrize(
    ("name", "value", "confused", "helped"),
    [
        (NeedName.COGNITION, "delirium", True, False),
        (NeedName.COGNITION, "intact", False, False),
        (NeedName.MOBILITY, "supervision", False, True),
        (NeedName.MOBILITY, "independent", False, False),
    ],
)
def test_who_is_confused_or_moves_with_help(name: NeedName, value: str, confused: bool, helped: bool) -> None:
    found = Needs("p", {name: Need(name, value, 0.9, NeedSource.NOTE, Binding.SOFT)}).requirements
    assert (found.confused, found.moves_with_help) == (confused, helped)
