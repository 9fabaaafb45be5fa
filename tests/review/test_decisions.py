from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from medalloc.domain.plan import Action, Placement
from medalloc.domain.review import Decision, RejectReason, User, UserRole, Verdict
from medalloc.errors import AccessError, DecisionError
from medalloc.review.decisions import COMMENT_LENGTH, DecisionStore, Target, accept, lock, reject, tidy, undo
from medalloc.store import Store, open_store
from tests.review.examples import ADA, AT, BO, NOW, Memory
from tests.store.examples import before, loaded, plan

PROPOSED = {
    "P2": Placement("P2", Action.TRANSFER, "02", "05", AT),
    "P3": Placement("P3", Action.ADMIT, "", "02", AT),
    "P1": Placement("P1", Action.STAY, "01", "01", AT),
    "P4": Placement("P4", Action.WAIT),
}
P3 = Target(3, 1, "P3")

Act = Callable[[DecisionStore, User, Target], object]


def refuse(store: DecisionStore, user: User, target: Target) -> Decision:
    return reject(store, user, target, RejectReason.NOT_THIS_BED)


def test_accept_is_about_the_bed_that_the_plan_proposes() -> None:
    store = Memory(PROPOSED)
    made = accept(store, ADA, replace(P3, version=4), clock=lambda: NOW)
    assert made == Decision("P3", Verdict.ACCEPT, "02", None, "", "Ada", UserRole.BED_MANAGER, NOW, 1, 5)
    assert store.kept == [(3, made, 4)]


def test_reject_carries_its_reason_and_comment() -> None:
    made = reject(Memory(PROPOSED), BO, replace(P3, patient_id="P2"), RejectReason.NOT_THIS_WARD, " too\nfar ")
    assert (made.verdict, made.bed_id, made.reason) == (Verdict.REJECT, "05", RejectReason.NOT_THIS_WARD)
    assert (made.comment, made.decided_by) == ("too far", "Bo")


def test_reject_demands_a_known_reason() -> None:
    store = Memory(PROPOSED)
    with pytest.raises(ValueError, match="because"):
        reject(store, ADA, P3, "because")  # type: ignore[arg-type]
    assert store.kept == []


def test_patient_who_stays_can_be_locked() -> None:
    assert lock(Memory(PROPOSED), ADA, replace(P3, patient_id="P1")).bed_id == "01"


@pytest.mark.parametrize(
    ("act", "patient_id"), [(accept, "P1"), (accept, "P4"), (refuse, "P1"), (refuse, "P4"), (lock, "P4")]
)
def test_there_is_nothing_to_decide_where_nothing_is_proposed(act: Act, patient_id: str) -> None:
    store = Memory(PROPOSED)
    with pytest.raises(DecisionError, match=r"there is (nothing|none) to (accept|reject|lock)"):
        act(store, ADA, replace(P3, patient_id=patient_id))
    assert store.kept == []


@pytest.mark.parametrize("target", [replace(P3, plan_id=7), replace(P3, snapshot_id=4), replace(P3, patient_id="P9")])
@pytest.mark.parametrize("act", [accept, refuse, lock])
def test_unknown_plan_or_patient_is_refused(act: Act, target: Target) -> None:
    with pytest.raises(DecisionError, match="says nothing about this patient"):
        act(Memory(PROPOSED), ADA, target)


def test_newer_plan_that_proposes_the_same_is_no_hindrance() -> None:
    moved_earlier = PROPOSED | {"P2": Placement("P2", Action.TRANSFER, "02", "06", AT)}
    assert accept(Memory(PROPOSED, moved_earlier), ADA, P3).plan_id == 1


@pytest.mark.parametrize(
    "newer",
    [
        {},
        {"P3": Placement("P3", Action.ADMIT, "", "03", AT)},
        {"P3": Placement("P3", Action.HOLD, "", "02", AT)},
    ],
)
def test_newer_plan_that_proposes_something_else_is_told(newer: dict[str, Placement]) -> None:
    with pytest.raises(DecisionError) as refused:
        accept(Memory(PROPOSED, newer), ADA, P3)
    assert refused.value.changed == "Bo made plan 2 at 2026-03-05 08:17 UTC."


def test_undo_names_the_version_that_was_seen() -> None:
    store = Memory(PROPOSED)
    undo(store, BO, replace(P3, version=6))
    assert store.undone == [(3, "P3", 6, BO)]


@pytest.mark.parametrize("act", [accept, refuse, lock, undo])
@pytest.mark.parametrize("role", UserRole)
def test_each_service_asks_for_the_role(act: Act, role: UserRole) -> None:
    store, user = Memory(PROPOSED), User("Kim", role)
    if role in (UserRole.BED_MANAGER, UserRole.ADMIN):
        act(store, user, P3)
        assert len(store.kept) + len(store.undone) == 1
    else:
        with pytest.raises(AccessError):
            act(store, user, P3)
        assert store.kept == []
        assert store.undone == []


def test_comment_is_made_tidy_and_cut() -> None:
    assert tidy("a\x00b\r\n\tc\u202ed  e") == "a b c d e"
    assert len(tidy("x" * 3_000)) == COMMENT_LENGTH


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite3'}") as opened:
        yield opened


def test_whole_life_of_a_decision_in_a_real_store(store: Store) -> None:
    target = Target(*loaded(store), "P3")
    first = accept(store, ADA, target)
    assert accept(store, ADA, target) == first  # a double click
    second = reject(store, BO, replace(target, version=1), RejectReason.DO_NOT_MOVE, "relatives asked")
    assert store.decisions(target.snapshot_id) == {"P3": second}
    with pytest.raises(DecisionError) as refused:
        lock(store, ADA, replace(target, version=1))
    assert "Bo" in refused.value.changed
    undo(store, ADA, replace(target, version=2))
    assert store.decisions(target.snapshot_id) == {}
    acts = [(row.user, row.action) for row in store.audit_rows(patient_id="P3")]
    assert acts == [("Ada", "accept"), ("Bo", "reject"), ("Ada", "undo")]


def test_plan_of_a_real_store_that_moved_on_is_told(store: Store) -> None:
    target = Target(*loaded(store), "P3")
    elsewhere = tuple(replace(one, to_bed_id="08") if one.patient_id == "P3" else one for one in plan().placements)
    store.save_plan(target.snapshot_id, plan(placements=elsewhere), before(), user=BO)
    with pytest.raises(DecisionError) as refused:
        accept(store, ADA, target)
    assert refused.value.changed.startswith(f"Bo made plan {target.plan_id + 1} at ")
