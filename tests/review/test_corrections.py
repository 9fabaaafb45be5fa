from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from medalloc.domain.corrections import Correction, CorrectionKind, CorrectionReason
from medalloc.domain.needs import Binding, Need, NeedName, NeedSource
from medalloc.domain.review import User, UserRole
from medalloc.errors import AccessError, DecisionError
from medalloc.review.corrections import (
    CorrectionStore,
    NeedTarget,
    Why,
    can_remove,
    change_need,
    confirm_need,
    remove_need,
    undo_correction,
    valid_value,
    values_of,
)
from medalloc.store import Store, open_store
from tests.review.examples import ADA, AT, NOW
from tests.store.correcting import read

CAL = User("Cal", UserRole.CLINICIAN)
N = NeedName
SEEN = Why(CorrectionReason.SEEN, " at the\nbedside ")
OXYGEN = Need(N.OXYGEN, "yes", 0.62, NeedSource.NOTE, Binding.SOFT)
TARGET = NeedTarget(3, AT, "P3", OXYGEN)

Act = Callable[[CorrectionStore, User, NeedTarget], object]


class Memory:
    """Corrections in memory."""

    def __init__(self) -> None:
        self.kept: list[tuple[int, Correction, int]] = []
        self.undone: list[tuple[int, str, NeedName, int, User]] = []

    def correct(self, snapshot_id: int, correction: Correction, *, saw: int) -> Correction:
        self.kept.append((snapshot_id, correction, saw))
        return correction

    def undo_correction(self, snapshot_id: int, patient_id: str, name: NeedName, *, saw: int, user: User) -> None:
        self.undone.append((snapshot_id, patient_id, name, saw, user))


def about(name: NeedName, value: str) -> NeedTarget:
    return replace(TARGET, shown=replace(OXYGEN, name=name, value=value))


def change(store: CorrectionStore, user: User, target: NeedTarget) -> Correction:
    return change_need(store, user, target, "no", SEEN)


def remove(store: CorrectionStore, user: User, target: NeedTarget) -> Correction:
    return remove_need(store, user, target, SEEN)


def test_confirm_says_that_what_is_shown_is_right() -> None:
    store = Memory()
    made = confirm_need(store, CAL, replace(TARGET, version=4), clock=lambda: NOW)
    expected = Correction(
        patient_id="P3",
        name=N.OXYGEN,
        kind=CorrectionKind.CONFIRM,
        value="yes",
        was="yes",
        probability=0.62,
        reason=None,
        comment="",
        by="Cal",
        role=UserRole.CLINICIAN,
        made_at=NOW,
        at=AT,
        version=5,
    )
    assert made == expected
    assert store.kept == [(3, made, 4)]


def test_change_carries_value_reason_and_comment() -> None:
    made = change_need(Memory(), ADA, about(N.ISOLATION, "contact"), "airborne", SEEN)
    assert (made.kind, made.value, made.was) == (CorrectionKind.CHANGE, "airborne", "contact")
    assert (made.reason, made.comment) == (CorrectionReason.SEEN, "at the bedside")


@pytest.mark.parametrize(
    ("name", "shown", "absent"),
    [(N.ISOLATION, "droplet", "none"), (N.LEVEL, "icu", "ward"), (N.MOBILITY, "hoist", "independent")],
)
def test_removed_need_has_the_value_of_those_without_it(name: NeedName, shown: str, absent: str) -> None:
    assert remove_need(Memory(), ADA, about(name, shown), SEEN).value == absent


@pytest.mark.parametrize("act", [lambda *a: change_need(*a, "no", Why()), lambda *a: remove_need(*a, Why())])
def test_change_and_removal_demand_a_reason(act: Act) -> None:
    store = Memory()
    with pytest.raises(DecisionError, match="Say why"):
        act(store, ADA, TARGET)
    assert store.kept == []


def test_unknown_reason_is_refused() -> None:
    with pytest.raises(ValueError, match="because"):
        change_need(Memory(), ADA, TARGET, "no", Why("because"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "value"),
    [(N.OXYGEN, "maybe"), (N.ISOLATION, "strict"), (N.ACUITY, "6"), (N.SPECIALTY, ""), (N.MOBILITY, "Hoist")],
)
def test_value_that_the_need_cannot_have_is_refused(name: NeedName, value: str) -> None:
    with pytest.raises(DecisionError, match="no such value"):
        change_need(Memory(), ADA, about(name, "yes"), value, SEEN)


def test_organism_is_free_text_made_tidy_and_cut() -> None:
    assert valid_value(N.ORGANISM, " Candida\x00 auris ") == "Candida auris"
    assert len(valid_value(N.ORGANISM, "x" * 300)) == 60


def test_change_to_what_is_shown_is_no_change() -> None:
    with pytest.raises(DecisionError, match="confirm it instead"):
        change_need(Memory(), ADA, TARGET, "yes", SEEN)


def test_what_is_not_there_cannot_be_removed() -> None:
    with pytest.raises(DecisionError, match="not shown as present"):
        remove_need(Memory(), ADA, about(N.OXYGEN, "no"), SEEN)


@pytest.mark.parametrize(("name", "value"), [(N.SPECIALTY, "stroke"), (N.ACUITY, "2")])
def test_what_every_patient_has_cannot_be_removed(name: NeedName, value: str) -> None:
    assert not can_remove(about(name, value).shown)
    with pytest.raises(DecisionError, match="change it instead"):
        remove_need(Memory(), ADA, about(name, value), SEEN)


@pytest.mark.parametrize("act", [confirm_need, change, remove])
def test_need_that_follows_from_another_is_corrected_there(act: Act) -> None:
    assert values_of(N.NEGATIVE_PRESSURE) == ()
    with pytest.raises(DecisionError, match="follows from another"):
        act(Memory(), ADA, about(N.NEGATIVE_PRESSURE, "yes"))


def test_unknown_specialty_cannot_be_confirmed() -> None:
    with pytest.raises(DecisionError, match="none to confirm"):
        confirm_need(Memory(), ADA, about(N.SPECIALTY, ""))


def test_own_specialty_of_the_hospital_can_be_confirmed() -> None:
    assert confirm_need(Memory(), ADA, about(N.SPECIALTY, "burns")).value == "burns"


def test_undo_names_the_version_that_was_seen() -> None:
    store = Memory()
    undo_correction(store, CAL, replace(TARGET, version=6))
    assert store.undone == [(3, "P3", N.OXYGEN, 6, CAL)]


@pytest.mark.parametrize("act", [confirm_need, change, remove, undo_correction])
@pytest.mark.parametrize("role", UserRole)
def test_each_service_asks_for_the_role(act: Act, role: UserRole) -> None:
    store, user = Memory(), User("Kim", role)
    if role in (UserRole.BED_MANAGER, UserRole.CLINICIAN, UserRole.ADMIN):
        act(store, user, TARGET)
        assert len(store.kept) + len(store.undone) == 1
    else:
        with pytest.raises(AccessError):
            act(store, user, TARGET)
        assert store.kept == []
        assert store.undone == []


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite3'}") as opened:
        yield opened


def test_whole_life_of_a_correction_in_a_real_store(store: Store) -> None:
    target = replace(TARGET, snapshot_id=read(store))
    first = confirm_need(store, CAL, target)
    second = remove_need(store, ADA, replace(target, version=1), SEEN)
    assert store.corrections("Tiny General") == {"P3": {N.OXYGEN: second}}
    with pytest.raises(DecisionError) as refused:
        change_need(store, CAL, replace(target, version=first.version), "no", SEEN)
    assert refused.value.changed.startswith("Ada (bed_manager) said oxygen: remove no at ")
    undo_correction(store, CAL, replace(target, version=2))
    assert store.corrections("Tiny General") == {}
    acts = [(row.user, row.action) for row in store.audit_rows(patient_id="P3")]
    assert acts == [("Cal", "confirm_need"), ("Ada", "remove_need"), ("Cal", "undo_correction")]
