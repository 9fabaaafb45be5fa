from dataclasses import replace
from datetime import timedelta

import pytest

from medalloc.domain.plan import Action, Locks, Placement
from medalloc.optimise.beds.causes import Bases, basis_from, basis_of
from medalloc.optimise.beds.situation import Given
from medalloc.optimise.beds.weights import BedSettings
from tests.optimise.beds.answered import planned
from tests.optimise.hospitals import (
    AT,
    CLEANING,
    CLOSED,
    OCCUPIED,
    RESERVED,
    bay,
    bed,
    hospital,
    inpatient,
    need,
    waiting,
    ward,
)


def basis(made, locks=None, **settings):
    return basis_of(made.snapshot, made.needs, Given(BedSettings(**settings), locks or Locks()))


def said(reasons):
    return [(reason.code, dict(reason.values)) for reason in reasons]


def lines(before="B-1", after="B-2"):
    return tuple(Placement("A", Action.ADMIT, "", bed_id, AT) for bed_id in (before, after))


def decided(before, after, *bed_ids):
    made = hospital([ward()], bay("B", 3), [waiting("A", 2)])
    return said(Bases(basis(made, before), basis(made, after)).decisions(*lines(*bed_ids)))


def test_a_lock_that_is_moved_is_told_and_one_that_stands_is_not():
    assert decided(Locks(pins={"A": "B-1"}), Locks(pins={"A": "B-2"})) == [("locked", {"bed_id": "B-2"})]
    assert decided(Locks(pins={"A": "B-2"}), Locks(pins={"A": "B-2"})) == []


def test_a_refusal_counts_only_for_the_beds_of_the_plans():
    refused = Locks(forbidden=frozenset({("A", "B-1"), ("A", "B-3"), ("C", "B-1")}))
    assert decided(Locks(), refused) == [("refused", {"bed_id": "B-1"})]
    assert decided(refused, Locks(), "B-2", "B-3") == [("no_longer_refused", {"bed_id": "B-3"})]


def test_a_bed_kept_for_another_counts_only_if_it_was_the_patients():
    assert decided(Locks(), Locks(pins={"C": "B-1"})) == [("kept_for", {"bed_id": "B-1", "patient_id": "C"})]
    assert decided(Locks(), Locks(pins={"C": "B-2"})) == []
    assert decided(Locks(pins={"C": "B-1"}), Locks(pins={"C": "B-1"})) == []


def test_every_need_that_has_changed_is_told():
    made = [
        hospital(
            [ward()], bay("B", 2), [waiting("A", 2)], need("A", isolation="contact", organism=organism, oxygen=oxygen)
        )
        for organism, oxygen in (("mrsa", "no"), ("norovirus", "yes"))
    ]
    found = {values["need"]: (values["before"], values["after"]) for _, values in said(_both(*made).needs("A"))}
    assert found["organism"] == ("mrsa", "norovirus")
    assert found["features"] == ("", "oxygen")
    assert "level" not in found
    assert list(_both(made[0], made[0]).needs("A")) == []
    assert list(_both(*made).needs("nobody")) == []


def test_a_discharge_that_is_known_now():
    made = [
        hospital([ward()], bay("B", 2), [inpatient("A", "B-1", edd=edd)]) for edd in (None, AT + timedelta(hours=5))
    ]
    values = {"patient_id": "A", "before": "", "after": (AT + timedelta(hours=5)).isoformat()}
    assert said(_both(*made).discharge("A")) == [("discharge_changed", values)]
    assert list(_both(made[1], made[1]).discharge("A")) == []


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ({}, {"status": CLOSED}, [("bed_gone", {"bed_id": "A-1"})]),
        ({"status": OCCUPIED}, {"status": RESERVED}, [("bed_gone", {"bed_id": "A-1"})]),
        ({"status": OCCUPIED}, {}, []),
        (
            {"status": CLEANING, "available_at": AT + timedelta(hours=3)},
            {"status": CLEANING, "available_at": AT + timedelta(hours=7)},
            [("bed_ready", {"bed_id": "A-1", "before": "2026-03-05T13:00:00", "after": "2026-03-05T17:00:00"})],
        ),
        ({"status": CLEANING, "available_at": AT - timedelta(hours=3)}, {}, []),
    ],
)
def test_what_has_become_of_the_bed_given_before(was, now, expected):
    both = _both(*(hospital([ward()], [bed("A-1", **each), bed("C-1")], [waiting("A", 2)]) for each in (was, now)))
    assert said(both.beds(*lines("A-1", "C-1"))) == expected


def test_a_bed_that_is_clean_by_the_later_clock_is_no_cause():
    made = hospital([ward()], [bed("A-1"), bed("C-1")], [waiting("A", 2)])
    later = replace(made, snapshot=replace(made.snapshot, at=AT + timedelta(hours=4)))
    assert said(_both(made, later).beds(*lines("A-1", "C-1"))) == []


def test_a_closed_ward_counts_as_a_bed_lost_only_without_escalation():
    made = [hospital([ward(open=opened)], [bed("A-1"), bed("C-1")], [waiting("A", 2)]) for opened in (True, False)]
    lost = Bases(basis(made[0]), basis(made[1], escalation=False))
    assert said(lost.beds(*lines("A-1", ""))) == [("bed_gone", {"bed_id": "A-1"})]
    assert said(_both(*made).beds(*lines("A-1", ""))) == []


def test_a_bed_taken_out_of_the_record_is_gone_and_a_new_one_is_opened():
    made = [hospital([ward()], [bed(name)], [waiting("A", 2)]) for name in ("A-1", "C-1")]
    assert said(_both(*made).beds(*lines("A-1", "C-1"))) == [
        ("bed_gone", {"bed_id": "A-1"}),
        ("bed_opened", {"bed_id": "C-1"}),
    ]


def test_a_basis_can_be_taken_from_a_plan():
    made = hospital([ward()], bay("B", 2), [waiting("A", 2)], need("A", oxygen="yes"))
    locks = Locks(keep=frozenset({"A"}))
    assert basis_from(planned(made, locks, escalation=False).situation) == basis(made, locks, escalation=False)


def _both(before, after):
    return Bases(basis(before), basis(after))
