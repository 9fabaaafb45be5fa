from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from medalloc.domain.corrections import Correction, CorrectionKind, CorrectionReason
from medalloc.domain.needs import NeedName
from medalloc.domain.review import User, UserRole
from medalloc.errors import AccessError, DataError, DecisionError
from medalloc.store import Store
from tests.store.correcting import correction, read
from tests.store.examples import ADA, AT, BO, NOW, VIV

OXYGEN, ISOLATION = NeedName.OXYGEN, NeedName.ISOLATION


def test_correction_comes_back_as_it_was_made(store: Store) -> None:
    snapshot_id = read(store)
    wanted = correction(ISOLATION, "contact", comment="swab “naïve”\n床位", reason=CorrectionReason.SEEN)
    assert store.correct(snapshot_id, wanted, saw=0) == wanted
    assert store.corrections("Tiny General") == {"P3": {ISOLATION: wanted}}


def test_moment_is_that_of_the_snapshot(store: Store) -> None:
    made = store.correct(read(store), replace(correction(), at=AT - timedelta(days=9)), saw=0)
    assert made.at == AT


def test_correction_stays_in_force_in_a_later_snapshot(store: Store) -> None:
    store.correct(read(store), correction(), saw=0)
    later = read(store, data=b"the next day")
    assert store.corrections("Tiny General")["P3"][OXYGEN].value == "no"
    second = store.correct(later, correction(kind=CorrectionKind.CONFIRM, value="yes", reason=None), saw=1)
    assert [kept.snapshot_id for kept in store.correction_history()] == [later - 1, later]
    assert second.version == 2


def test_patient_of_another_hospital_with_the_same_id_is_somebody_else(store: Store) -> None:
    store.correct(read(store), correction(), saw=0)
    other = read(store, data=b"elsewhere", name="Other General")
    assert store.corrections("Other General") == {}
    assert store.correct(other, correction(), saw=0).version == 1


def test_corrections_of_some_patients(store: Store) -> None:
    snapshot_id = read(store)
    for patient_id in ("P3", "P5", "007"):
        store.correct(snapshot_id, correction(patient_id=patient_id), saw=0)
    assert set(store.corrections_of("Tiny General", ["P3", "007", "P9"])) == {"P3", "007"}


def test_needs_of_one_patient_are_corrected_apart(store: Store) -> None:
    snapshot_id = read(store)
    store.correct(snapshot_id, correction(), saw=0)
    store.correct(snapshot_id, correction(ISOLATION, "droplet"), saw=0)
    assert set(store.corrections("Tiny General")["P3"]) == {OXYGEN, ISOLATION}


def test_stale_correction_is_told_by_whom_when_and_what(store: Store) -> None:
    snapshot_id = read(store)
    store.correct(snapshot_id, correction(), saw=0)
    with pytest.raises(DecisionError) as refused:
        store.correct(snapshot_id, correction(by=BO), saw=0)
    assert refused.value.changed == "Ada (bed_manager) said oxygen: remove no at 2026-03-05 08:17 UTC."


def test_correction_of_one_that_was_taken_back_is_told_so(store: Store) -> None:
    snapshot_id = read(store)
    store.correct(snapshot_id, correction(), saw=0)
    store.undo_correction(snapshot_id, "P3", OXYGEN, saw=1, user=BO)
    with pytest.raises(DecisionError) as refused:
        store.correct(snapshot_id, correction(by=BO), saw=1)
    assert refused.value.changed == "Bo took back oxygen: remove no at 2026-03-05 08:17 UTC."


def test_double_click_writes_one_row(store: Store) -> None:
    snapshot_id = read(store)
    first = store.correct(snapshot_id, correction(), saw=0)
    rows, revision = store.audit_head().seq, store.revision(snapshot_id)
    assert store.correct(snapshot_id, correction(), saw=0) == first
    assert (store.audit_head().seq, store.revision(snapshot_id)) == (rows, revision)


def test_same_word_about_a_later_snapshot_is_a_new_one(store: Store) -> None:
    store.correct(read(store), correction(), saw=0)
    assert store.correct(read(store, data=b"the next day"), correction(), saw=1).version == 2


def test_undo_brings_back_what_was_read_and_versions_go_on(store: Store) -> None:
    snapshot_id = read(store)
    store.correct(snapshot_id, correction(), saw=0)
    store.undo_correction(snapshot_id, "P3", OXYGEN, saw=1, user=ADA)
    assert store.corrections("Tiny General") == {}
    assert store.correct(snapshot_id, correction(), saw=0).version == 2
    assert [kept.undone for kept in store.correction_history()] == [True, False]


def test_second_click_on_undo_changes_nothing(store: Store) -> None:
    snapshot_id = read(store)
    store.correct(snapshot_id, correction(), saw=0)
    store.undo_correction(snapshot_id, "P3", OXYGEN, saw=1, user=ADA)
    rows = store.audit_head().seq
    store.undo_correction(snapshot_id, "P3", OXYGEN, saw=1, user=ADA)
    assert store.audit_head().seq == rows


def test_undo_of_nothing_is_refused(store: Store) -> None:
    with pytest.raises(DecisionError, match="no correction to take back"):
        store.undo_correction(read(store), "P3", OXYGEN, saw=0, user=ADA)


def test_patient_without_needs_is_refused(store: Store) -> None:
    with pytest.raises(DecisionError, match="No needs of this patient"):
        store.correct(read(store), correction(patient_id="P99"), saw=0)


def test_unknown_snapshot_is_refused(store: Store) -> None:
    with pytest.raises(DataError, match="no snapshot 41"):
        store.correct(41, correction(), saw=0)


@pytest.mark.parametrize("role", sorted(set(UserRole) - {UserRole.BED_MANAGER, UserRole.ADMIN, UserRole.CLINICIAN}))
def test_only_some_roles_may_correct(store: Store, role: UserRole) -> None:
    snapshot_id = read(store)
    with pytest.raises(AccessError):
        store.correct(snapshot_id, correction(by=User("Kim", role)), saw=0)
    assert store.correction_history() == ()


def test_viewer_may_not_undo(store: Store) -> None:
    snapshot_id = read(store)
    store.correct(snapshot_id, correction(), saw=0)
    with pytest.raises(AccessError):
        store.undo_correction(snapshot_id, "P3", OXYGEN, saw=1, user=VIV)


def test_pages_of_every_snapshot_of_the_hospital_are_told(store: Store) -> None:
    old, new = read(store), read(store, data=b"the next day")
    other = read(store, data=b"elsewhere", name="Other General")
    before = {number: store.revision(number) for number in (old, new, other)}
    store.correct(old, correction(), saw=0)
    grown = {number: store.revision(number) - seen for number, seen in before.items()}
    assert grown == {old: 1, new: 1, other: 0}


def test_record_says_what_was_shown_and_what_is_right(store: Store) -> None:
    snapshot_id = read(store)
    store.correct(snapshot_id, correction(), saw=0)
    store.undo_correction(snapshot_id, "P3", OXYGEN, saw=1, user=BO)
    made, undone = (row for row in store.audit_rows(patient_id="P3"))
    assert (made.action, made.user, made.snapshot_id) == ("remove_need", "Ada", snapshot_id)
    assert json.loads(made.detail) == {
        "need": "oxygen",
        "was": "yes",
        "probability": 0.62,
        "value": "no",
        "reason": "misread",
        "comment": "on air since noon",
        "version": 1,
    }
    assert (undone.action, json.loads(undone.detail)["version"]) == ("undo_correction", 1)


def test_correction_and_its_line_on_record_are_one(store: Store, url: str) -> None:
    """A line that cannot be written takes the correction back with it."""
    snapshot_id = read(store)
    next_line = store.audit_head().seq + 1
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(f"INSERT INTO audit VALUES ({next_line}, '', '', '', '', NULL, NULL, '', '', '', '')"))
    engine.dispose()
    with pytest.raises(IntegrityError):
        store.correct(snapshot_id, correction(), saw=0)
    assert store.correction_history() == ()


def test_eight_servers_race_for_one_need_and_one_wins(store: Store, url: str) -> None:
    snapshot_id = read(store)
    people = [User(f"clinician {number}", UserRole.CLINICIAN) for number in range(8)]

    def race(by: User) -> str:
        with Store(url) as server:
            try:
                server.correct(snapshot_id, correction(by=by), saw=0)
            except DecisionError as error:
                return error.changed
            return "won"

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(race, people))
    winner = store.corrections("Tiny General")["P3"][OXYGEN].by
    assert Counter(outcomes)["won"] == 1
    assert all(outcome == "won" or outcome.startswith(f"{winner} ") for outcome in outcomes)
    assert store.verify_audit() is None


def test_times_are_kept_to_the_microsecond(store: Store) -> None:
    made: Correction = store.correct(read(store), correction(), saw=0)
    assert store.corrections("Tiny General")["P3"][OXYGEN].made_at == made.made_at == NOW
