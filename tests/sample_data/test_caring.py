from collections import defaultdict

import pytest

from sample_data.simulate import SimulatedHospital
from sample_data.simulate.chance import stream
from sample_data.simulate.model import Stay
from sample_data.simulate.notes.caring import plan_care
from sample_data.simulate.notes.grammar import phrase_table
from sample_data.simulate.notes.mentions import Mentions, plan_mentions
from sample_data.simulate.notes.outline import outline

NEGATIVE = ("denied", "past", "other", "if", "stopped")


def _planned(stay: Stay, hospital: SimulatedHospital) -> Mentions:
    slots = outline(stay, hospital.at, stream(1, stay.patient_id))
    mentions = plan_mentions(stay, slots, stream(2, stay.patient_id))
    plan_care(stay, slots, mentions, stream(3, stay.patient_id))
    return mentions


@pytest.fixture(scope="module")
def rules(hospital: SimulatedHospital) -> dict[str, set[str]]:
    planned = {stay.patient_id: _planned(stay, hospital) for stay in hospital.stays}
    return {key: {rule for said in mentions.values() for rule in said} for key, mentions in planned.items()}


def test_every_rule_that_is_planned_has_phrases(rules: dict[str, set[str]]) -> None:
    assert set().union(*rules.values()) <= set(phrase_table())


@pytest.mark.parametrize(
    ("name", "prefix"),
    [("falls", "falls."), ("feeding", "feeding."), ("end_of_life", "end."), ("interpreter", "interpreter.")],
)
def test_who_has_the_need_is_said_to_and_nobody_else_unless_it_stopped(
    hospital: SimulatedHospital, rules: dict[str, set[str]], name: str, prefix: str
) -> None:
    for stay in hospital.stays:
        said = {rule for rule in rules[stay.patient_id] if rule.startswith(prefix)}
        stated = any(rule.endswith((".nurse", ".doctor")) for rule in said)
        assert stated is bool(getattr(stay, name)) or f"{prefix}stopped" in said, stay.patient_id


def test_the_last_word_on_mobility_is_right(hospital: SimulatedHospital) -> None:
    for stay in hospital.stays:
        mentions = _planned(stay, hospital)
        by_note: dict[int, set[str]] = defaultdict(set)
        for index, said in mentions.items():
            by_note[index] |= {rule.split(".")[1] for rule in said if rule.startswith("mobility.")}
        stated = [values - set(NEGATIVE) for _, values in sorted(by_note.items()) if values - set(NEGATIVE)]
        if stated:
            assert stated[-1] == {stay.mobility}, stay.patient_id


def test_who_may_leave_is_said_to_and_why_not(hospital: SimulatedHospital, rules: dict[str, set[str]]) -> None:
    for stay in hospital.stays:
        said = rules[stay.patient_id]
        if stay.readiness != "not_ready":
            assert {f"leaving.{stay.readiness}", f"child.leaving_{stay.readiness}"} & said
        if stay.barrier:
            assert {f"barrier.{stay.barrier}", f"barrier.child_{stay.barrier}"} & said


@pytest.mark.parametrize(
    "prefix",
    "falls. cognition. mobility. one. end. feeding. interpreter. leaving. barrier.".split(),
)
def test_every_need_is_written_in_many_ways(prefix: str) -> None:
    of_need = {rule: phrases for rule, phrases in phrase_table().items() if rule.startswith(prefix)}
    negative = [phrase for rule, phrases in of_need.items() if rule.endswith(NEGATIVE) for phrase in phrases]
    positive = [phrase for rule, phrases in of_need.items() if not rule.endswith(NEGATIVE) for phrase in phrases]
    assert len(set(positive)) >= 40
    assert len(set(negative)) >= 22 or prefix == "leaving."
