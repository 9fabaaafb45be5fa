from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from medalloc.domain.plan import Action, Placement
from medalloc.domain.review import Decision, RejectReason, User, UserRole, Verdict
from medalloc.errors import AccessError, DecisionError
from medalloc.store import Store, open_store
from tests.store.examples import ADA, AT, BO, NOW, VIV, before, decision, loaded, plan, refusal

Act = tuple[str, str, User, int]


@pytest.fixture(scope="module")
def histories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("histories") / "store.sqlite3"
    with open_store(f"sqlite:///{path}") as opened:
        yield opened


def test_decision_comes_back_as_it_was_made(store: Store) -> None:
    snapshot_id, plan_id = loaded(store)
    wanted = refusal(plan_id, reason=RejectReason.NOT_THIS_WARD, comment="Too far — “naïve”\n床位")
    assert store.decide(snapshot_id, wanted, saw=0) == wanted
    assert store.decisions(snapshot_id) == {"P3": wanted}


def test_decisions_of_two_snapshots_do_not_mix(store: Store) -> None:
    snapshot_id, plan_id = loaded(store)
    store.decide(snapshot_id, decision(plan_id), saw=0)
    other = store.save_snapshot(b"other data", name="Other", at=AT, source="upload", user=ADA)
    assert store.decisions(other) == {}


def test_later_decision_replaces_the_one_that_was_seen(store: Store) -> None:
    snapshot_id, plan_id = loaded(store)
    store.decide(snapshot_id, decision(plan_id), saw=0)
    second = store.decide(snapshot_id, refusal(plan_id, by=BO), saw=1)
    assert second.version == 2
    assert store.decisions(snapshot_id) == {"P3": second}


def test_stale_decision_is_told_by_whom_when_and_what(store: Store) -> None:
    snapshot_id, plan_id = loaded(store)
    store.decide(snapshot_id, refusal(plan_id), saw=0)
    with pytest.raises(DecisionError) as refused:
        store.decide(snapshot_id, decision(plan_id, by=BO), saw=0)
    assert refused.value.changed == "Ada (bed_manager) chose reject 02 (not_this_bed) at 2026-03-05 08:17 UTC."
    assert [one.decided_by for one in store.decisions(snapshot_id).values()] == ["Ada"]


def test_decision_on_one_that_was_taken_back_is_told_so(store: Store) -> None:
    snapshot_id, plan_id = loaded(store)
    store.decide(snapshot_id, decision(plan_id), saw=0)
    store.undo(snapshot_id, "P3", saw=1, user=BO)
    with pytest.raises(DecisionError) as refused:
        store.decide(snapshot_id, refusal(plan_id), saw=1)
    assert refused.value.changed == "Bo took back accept 02 at 2026-03-05 08:17 UTC."


def test_double_click_writes_one_row(store: Store) -> None:
    snapshot_id, plan_id = loaded(store)
    first = store.decide(snapshot_id, decision(plan_id), saw=0)
    rows, revision = store.audit_head().seq, store.revision(snapshot_id)
    assert store.decide(snapshot_id, replace(decision(plan_id), version=2), saw=0) == first
    assert (store.audit_head().seq, store.revision(snapshot_id)) == (rows, revision)


def test_same_decision_by_somebody_else_is_no_double_click(store: Store) -> None:
    snapshot_id, plan_id = loaded(store)
    store.decide(snapshot_id, decision(plan_id), saw=0)
    with pytest.raises(DecisionError):
        store.decide(snapshot_id, decision(plan_id, by=BO), saw=0)


def test_undo_leaves_the_patient_undecided_and_versions_go_on(store: Store) -> None:
    snapshot_id, plan_id = loaded(store)
    store.decide(snapshot_id, decision(plan_id), saw=0)
    store.undo(snapshot_id, "P3", saw=1, user=ADA)
    assert store.decisions(snapshot_id) == {}
    assert store.decide(snapshot_id, refusal(plan_id), saw=0).version == 2


def test_second_click_on_undo_changes_nothing(store: Store) -> None:
    snapshot_id, plan_id = loaded(store)
    store.decide(snapshot_id, decision(plan_id), saw=0)
    store.undo(snapshot_id, "P3", saw=1, user=ADA)
    rows = store.audit_head().seq
    store.undo(snapshot_id, "P3", saw=1, user=ADA)
    assert store.audit_head().seq == rows


def test_undo_of_a_decision_that_was_replaced_is_refused(store: Store) -> None:
    snapshot_id, plan_id = loaded(store)
    store.decide(snapshot_id, decision(plan_id), saw=0)
    store.decide(snapshot_id, refusal(plan_id, by=BO), saw=1)
    with pytest.raises(DecisionError) as refused:
        store.undo(snapshot_id, "P3", saw=1, user=ADA)
    assert refused.value.changed.startswith("Bo (bed_manager) chose reject 02")


def test_undo_of_nothing_is_refused(store: Store) -> None:
    snapshot_id, _ = loaded(store)
    with pytest.raises(DecisionError, match="no decision to take back"):
        store.undo(snapshot_id, "P3", saw=0, user=ADA)


def test_patient_outside_the_plan_is_refused(store: Store) -> None:
    snapshot_id, plan_id = loaded(store)
    with pytest.raises(DecisionError, match="says nothing about this patient"):
        store.decide(snapshot_id, replace(decision(plan_id), patient_id="P99"), saw=0)


def test_refusals_stand_until_one_is_taken_back(store: Store) -> None:
    snapshot_id, plan_id = loaded(store)
    store.decide(snapshot_id, decision(plan_id, "P5"), saw=0)
    store.undo(snapshot_id, "P5", saw=1, user=ADA)
    for saw, bed_id in enumerate(["02", "05", "06"]):
        store.decide(snapshot_id, refusal(plan_id, bed_id=bed_id), saw=saw)
    assert [one.bed_id for one in store.standing_decisions(snapshot_id)] == ["02", "05", "06"]
    store.undo(snapshot_id, "P3", saw=3, user=ADA)
    assert store.standing_decisions(snapshot_id) == ()


@pytest.mark.parametrize("role", sorted(set(UserRole) - {UserRole.BED_MANAGER, UserRole.ADMIN}))
def test_only_some_roles_may_decide(store: Store, role: UserRole) -> None:
    snapshot_id, plan_id = loaded(store)
    with pytest.raises(AccessError):
        store.decide(snapshot_id, decision(plan_id, by=User("Kim", role)), saw=0)
    assert store.decisions(snapshot_id) == {}


def test_viewer_may_not_undo(store: Store) -> None:
    snapshot_id, plan_id = loaded(store)
    store.decide(snapshot_id, decision(plan_id), saw=0)
    with pytest.raises(AccessError):
        store.undo(snapshot_id, "P3", saw=1, user=VIV)


def test_decision_and_its_line_on_record_are_one(store: Store, url: str) -> None:
    """A line that cannot be written takes the decision back with it."""
    snapshot_id, plan_id = loaded(store)
    line = "INSERT INTO audit VALUES (3, '', '', '', '', NULL, NULL, '', '', '', '')"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(line))
    engine.dispose()
    with pytest.raises(IntegrityError):
        store.decide(snapshot_id, decision(plan_id), saw=0)
    assert store.decisions(snapshot_id) == {}
    assert store.standing_decisions(snapshot_id) == ()


def test_eight_servers_race_for_one_patient_and_one_wins(store: Store, url: str) -> None:
    snapshot_id, plan_id = loaded(store)
    people = [User(f"manager {number}", UserRole.BED_MANAGER) for number in range(8)]

    def race(by: User) -> str:
        with Store(url) as server:
            try:
                server.decide(snapshot_id, decision(plan_id, by=by), saw=0)
            except DecisionError as error:
                return error.changed
            return "won"

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(race, people))
    winner = store.decisions(snapshot_id)["P3"].decided_by
    assert Counter(outcomes)["won"] == 1
    assert all(outcome == "won" or outcome.startswith(f"{winner} ") for outcome in outcomes)
    assert store.verify_audit() is None


def _crowd(store: Store, size: int) -> tuple[int, int, list[str]]:
    """A snapshot, and a plan for many patients."""
    snapshot_id, _ = loaded(store)
    patients = [f"C{number}" for number in range(size)]
    placements = tuple(Placement(patient_id, Action.ADMIT, "", "02") for patient_id in patients)
    return (
        snapshot_id,
        store.save_plan(snapshot_id, plan(placements=placements), before(), user=ADA),
        patients,
    )


def _decider(url: str, snapshot_id: int, plan_id: int, name: str, patients: list[str]) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "-m",
        "tests.store.deciding",
        url,
        str(snapshot_id),
        str(plan_id),
        name,
        *patients,
    ]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_two_processes_race_and_each_patient_is_won_once(store: Store, url: str) -> None:
    snapshot_id, plan_id, patients = _crowd(store, 40)
    first = _decider(url, snapshot_id, plan_id, "first", patients)
    second = _decider(url, snapshot_id, plan_id, "second", patients)
    said = first.communicate(timeout=60)[0] + second.communicate(timeout=60)[0]
    assert sorted(line for line in said.split("\n") if line.startswith("won")) == sorted(f"won {p}" for p in patients)
    assert said.count("lost") == 40
    assert store.verify_audit() is None


def test_killed_writer_loses_nothing_that_was_acknowledged(store: Store, url: str) -> None:
    snapshot_id, plan_id, patients = _crowd(store, 1_000)
    with _decider(url, snapshot_id, plan_id, "Ada", patients) as writer:
        assert writer.stdout is not None
        acknowledged = [next(writer.stdout).split()[1] for _ in range(60)]
        writer.kill()
        acknowledged += [line.split()[1] for line in writer.stdout if line.endswith("\n")]
    kept = store.decisions(snapshot_id)
    assert 60 <= len(acknowledged) < 1_000
    assert set(acknowledged) <= set(kept)
    assert store.verify_audit() is None
    written = [row.patient_id for row in store.audit_rows() if row.action == Verdict.ACCEPT]
    assert written == list(kept)


def test_time_of_a_decision_is_kept_to_the_microsecond(store: Store) -> None:
    snapshot_id, plan_id = loaded(store)
    store.decide(snapshot_id, decision(plan_id), saw=0)
    assert store.decisions(snapshot_id)["P3"].decided_at == NOW


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["P3", "P5"]),
        st.sampled_from(["accept", "reject", "undo"]),
        st.sampled_from([ADA, BO]),
        st.sampled_from([0, 1, -1]),  # how far off the version that they saw is
    ),
    max_size=12,
)


@given(acts=ACTS)
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_any_history_leaves_what_a_list_of_acts_would(acts: list[Act], histories: Store) -> None:
    snapshot_id, plan_id = loaded(histories, uuid4().bytes)
    lines = histories.audit_head().seq
    known: dict[str, list[Decision]] = {"P3": [], "P5": []}
    last = {"P3": 0, "P5": 0}
    for patient_id, what, by, off in acts:
        standing = known[patient_id]
        saw = (standing[-1].version if standing else 0) + off
        wanted = refusal(plan_id, patient_id, by=by) if what == "reject" else decision(plan_id, patient_id, by=by)
        again = what != "undo" and bool(standing) and replace(standing[-1], version=1) == wanted
        try:
            if what == "undo":
                histories.undo(snapshot_id, patient_id, saw=saw, user=by)
            else:
                made = histories.decide(snapshot_id, wanted, saw=saw)
        except DecisionError:
            assert off or not standing
            continue
        if what == "undo":
            lines += bool(standing)
            standing.clear()
        elif not again:
            assert off == 0
            assert made.version == last[patient_id] + 1
            last[patient_id] += 1
            lines += 1
            standing.append(made)
    assert histories.decisions(snapshot_id) == {p: found[-1] for p, found in known.items() if found}
    standing_now = histories.standing_decisions(snapshot_id)
    assert {p: [made for made in standing_now if made.patient_id == p] for p in known} == known
    assert histories.audit_head().seq == lines
