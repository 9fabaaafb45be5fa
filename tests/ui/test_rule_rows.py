from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from medalloc.domain.needs import Binding, Need, NeedName, Needs, NeedSource
from medalloc.domain.plan import Rule, Violation
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.ui import rule_rows
from medalloc.ui.rule_rows import RuledOut


def test_every_hard_rule_says_what_it_asks() -> None:
    assert list(rule_rows.ASKS) == list(Rule)


def _by_hand(snapshot: HospitalSnapshot) -> list[str]:
    return [bed.bed_id for bed in snapshot.beds if bed.bed_id not in snapshot.occupant_of]


def test_pairs_are_those_who_wait_against_beds_without_a_patient(
    tiny: HospitalSnapshot, tiny_needs: dict[str, Needs]
) -> None:
    found = rule_rows.ruled_out(tiny, tiny_needs, escalation=True)
    waiting = [one for one in tiny.patients if str(one.status) == "waiting" and not one.bed_id]
    assert found.pairs == len(waiting) * len(_by_hand(tiny)) > 0


def test_a_pair_counts_for_each_rule_and_alone_for_the_only_one(
    tiny: HospitalSnapshot, tiny_needs: dict[str, Needs]
) -> None:
    found = rule_rows.ruled_out(tiny, tiny_needs, escalation=True)
    assert all(found.alone[rule] <= count for rule, count in found.by_rule.items())
    assert set(found.by_rule) <= set(rule_rows.OF_PAIRS)


def test_whom_a_single_rule_keeps_from_every_bed_is_shut_out_by_it(tiny: HospitalSnapshot) -> None:
    waiting = next(one for one in tiny.patients if str(one.status) == "waiting" and not one.bed_id)
    name = waiting.patient_id
    before = rule_rows.ruled_out(tiny, {}, escalation=True)
    must = Need(NeedName.VENTILATOR, "yes", 0.99, NeedSource.CLINICIAN, Binding.HARD)
    after = rule_rows.ruled_out(tiny, {name: Needs(name, {NeedName.VENTILATOR: must})}, escalation=True)
    assert after.by_rule[Rule.FEATURES] == before.by_rule[Rule.FEATURES] + len(_by_hand(tiny))
    assert (before.shut_out[Rule.FEATURES], after.shut_out[Rule.FEATURES]) == (0, 1)


def test_the_table_counts_breaches_and_leaves_blank_what_cannot_be_counted() -> None:
    now = [Violation(Rule.LEVEL, "P1"), Violation(Rule.LEVEL, "P2"), Violation(Rule.AGE, "P3")]
    found = RuledOut(1200, Counter({Rule.LEVEL: 1100}), Counter({Rule.LEVEL: 7}), Counter({Rule.LEVEL: 3}))
    table = rule_rows.frame(now, now[1:2], found)
    assert table.loc["level"].tolist()[2:] == ["2", "1", "1,100", "7", "3"]
    assert table.loc["age"].tolist()[2:] == ["1", "–", "–", "–", "–"]
    assert table.loc["fixed"].tolist()[2:] == ["–", "–", "", "", ""]


@pytest.mark.parametrize(("escalation", "more"), [(True, 0), (False, 1)])
def test_beds_of_closed_wards_are_usable_where_they_may_be_opened(
    tiny: HospitalSnapshot, escalation: bool, more: int
) -> None:
    bed = next(bed for bed in tiny.beds if bed.bed_id in _by_hand(tiny) and str(bed.status) == "available")
    wards = tuple(replace(ward, open=ward.open and ward.ward_id != bed.ward_id) for ward in tiny.wards)
    closed = replace(tiny, wards=wards)
    waiting = [one for one in tiny.patients if str(one.status) == "waiting" and not one.bed_id]
    opened = rule_rows.ruled_out(closed, {}, escalation=True).by_rule[Rule.USABLE_BED]
    found = rule_rows.ruled_out(closed, {}, escalation=escalation).by_rule[Rule.USABLE_BED]
    usable = [b for b in tiny.beds if b.ward_id == bed.ward_id and b.bed_id in _by_hand(tiny)]
    free = sum(str(b.status) == "available" for b in usable)
    assert found - opened == more * free * len(waiting)
