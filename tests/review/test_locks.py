from __future__ import annotations

import pytest

from medalloc.domain.plan import Locks
from medalloc.domain.review import Decision, RejectReason, Verdict
from medalloc.review.locks import locks_of
from tests.review.examples import SNAPSHOT, decision

BED, WARD, STAY = RejectReason.NOT_THIS_BED, RejectReason.NOT_THIS_WARD, RejectReason.DO_NOT_MOVE


def refused(bed_id: str, reason: RejectReason, *, version: int = 1) -> Decision:
    return decision(Verdict.REJECT, bed_id, version=version, reason=reason)


def forbidden(*bed_ids: str) -> frozenset[tuple[str, str]]:
    return frozenset(("P3", bed_id) for bed_id in bed_ids)


@pytest.mark.parametrize("verdict", [Verdict.ACCEPT, Verdict.LOCK])
def test_agreed_bed_is_pinned(verdict: Verdict) -> None:
    assert locks_of([decision(verdict, "02")], SNAPSHOT) == Locks(pins={"P3": "02"})


def test_no_decision_fixes_nothing() -> None:
    assert locks_of([], SNAPSHOT) == Locks()


def test_refused_bed_forbids_its_bay() -> None:
    assert locks_of([refused("02", BED)], SNAPSHOT) == Locks(forbidden=forbidden("01", "02", "03"))


def test_refused_bed_does_not_forbid_a_bay_of_the_same_name_elsewhere() -> None:
    assert locks_of([refused("05", BED)], SNAPSHOT) == Locks(forbidden=forbidden("05", "06"))


def test_refused_ward_forbids_all_its_beds() -> None:
    assert locks_of([refused("04", WARD)], SNAPSHOT) == Locks(forbidden=forbidden("01", "02", "03", "04"))


def test_refused_move_keeps_the_patient() -> None:
    assert locks_of([refused("02", STAY)], SNAPSHOT) == Locks(keep=frozenset({"P3"}))


def test_decisions_by_patient_are_taken_too() -> None:
    assert locks_of({"P3": decision(Verdict.LOCK, "06")}, SNAPSHOT) == Locks(pins={"P3": "06"})


def test_second_refusal_does_not_lift_the_first() -> None:
    standing = [refused("05", BED, version=1), refused("04", BED, version=2)]
    assert locks_of(standing, SNAPSHOT).forbidden == forbidden("04", "05", "06")


def test_second_word_on_the_same_bed_replaces_the_first() -> None:
    standing = [refused("04", WARD, version=1), refused("04", BED, version=2)]
    assert locks_of(standing, SNAPSHOT).forbidden == forbidden("04")


def test_bed_agreed_in_the_end_lifts_every_refusal() -> None:
    standing = [refused("02", BED, version=1), decision(Verdict.ACCEPT, "03", version=2)]
    assert locks_of(standing, SNAPSHOT) == Locks(pins={"P3": "03"})


def test_refusal_lifts_the_pin_it_follows() -> None:
    standing = [decision(Verdict.ACCEPT, "02", version=1), refused("04", BED, version=2)]
    assert locks_of(standing, SNAPSHOT) == Locks(forbidden=forbidden("04"))


def test_order_of_the_decisions_does_not_matter() -> None:
    standing = [refused("02", BED, version=1), decision(Verdict.ACCEPT, "03", version=2)]
    assert locks_of(reversed(standing), SNAPSHOT) == locks_of(standing, SNAPSHOT)
