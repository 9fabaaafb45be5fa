from __future__ import annotations

import os
import signal
import stat
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from medalloc import jobs
from medalloc.domain.progress import Progress
from medalloc.job_folder import JobFolder, birth
from medalloc.jobs import JobState, JobStatus
from medalloc.settings import settings


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Jobs in a folder of the test's own; what still runs at the end is killed."""
    monkeypatch.setenv("MEDALLOC_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("MEDALLOC_JOBS_MODULE", "tests.job_examples")
    settings.cache_clear()
    yield tmp_path / "jobs"
    for folder in sorted((tmp_path / "jobs").iterdir()) if (tmp_path / "jobs").exists() else []:
        process = JobFolder(folder).process()
        if process and birth(process[0]):
            os.killpg(process[0], signal.SIGKILL)
    for child in jobs._children.values():
        child.wait(10)
    jobs._children.clear()
    settings.cache_clear()


def until(job_id: str, wanted: Callable[[JobStatus], object]) -> JobStatus:
    """The status as soon as it is as wanted."""
    limit = time.monotonic() + 30
    while not wanted(found := jobs.status(job_id)):
        assert time.monotonic() < limit, found
        time.sleep(0.02)
    return found


def ended(found: JobStatus) -> bool:
    return found.state.ended


def forget() -> None:
    """As if the server had been started anew: its children are no longer its own."""
    jobs._children.clear()


def test_result_comes_back() -> None:
    before = datetime.now(UTC)
    job_id = jobs.start("add", {"a": 3, "b": 4})
    found = until(job_id, ended)
    assert (found.kind, found.state, found.message) == ("add", JobState.DONE, "")
    assert found.result is not None
    assert found.result["sum"] == 7
    assert found.progress == Progress("solve", share=0.25, incumbent=41.5, bound=40.0)
    assert found.started_at is not None
    assert found.finished_at is not None
    assert before - timedelta(seconds=1) < found.started_at <= found.finished_at


def test_temporary_files_are_in_the_folder_of_the_job_and_gone_afterwards(place: Path) -> None:
    job_id = jobs.start("add", {"a": 3, "b": 4})
    found = until(job_id, ended)
    assert found.result is not None
    assert found.result["tmp"] == str(place / job_id / "tmp")
    assert not (place / job_id / "tmp").exists()


def test_folder_is_its_owners_alone(place: Path) -> None:
    job_id = jobs.start("add", {"a": 3, "b": 4})
    assert stat.S_IMODE((place / job_id).stat().st_mode) == 0o700
    until(job_id, ended)


def test_progress_is_seen_while_it_runs() -> None:
    job_id = jobs.start("improve", {})
    found = until(job_id, lambda status: status.progress and status.progress.incumbent != 100.0)
    assert found.state is JobState.RUNNING
    assert found.finished_at is None


def test_stop_keeps_the_best_so_far() -> None:
    job_id = jobs.start("improve", {})
    until(job_id, lambda status: status.progress)
    jobs.stop(job_id)
    found = until(job_id, ended)
    assert found.state is JobState.STOPPED
    assert found.stop_asked
    assert found.result is not None
    assert found.result["best"] < 100.0


def test_job_that_does_not_hear_is_killed_with_its_solver(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "GRACE_S", 0.3)
    job_id = jobs.start("hang", {"tell": str(tmp_path / "pids")})
    until(job_id, lambda status: status.progress)
    pids = [int(pid) for pid in (tmp_path / "pids").read_text().split()]
    assert all(birth(pid) for pid in pids)
    jobs.stop(job_id)
    found = until(job_id, ended)
    assert (found.state, found.result, found.message) == (JobState.STOPPED, None, jobs.STOPPED)
    assert not any(birth(pid) for pid in pids)
    assert not (place / job_id / "tmp").exists()


def test_error_of_ours_is_passed_on() -> None:
    found = until(jobs.start("no_solver", {}), ended)
    assert (found.state, found.message) == (JobState.FAILED, "The solver is missing: install highspy.")


def test_any_other_error_is_told_without_what_it_says(place: Path) -> None:
    job_id = jobs.start("crash", {})
    found = until(job_id, ended)
    assert (found.state, found.message) == (
        JobState.FAILED,
        "The work failed. The log of the job says where.",
    )
    jobs._children[job_id].wait(10)
    log = (place / job_id / "log.txt").read_text()
    assert "in crash" in log
    assert log.index("KeyError") < log.index("ValueError")
    written = [path.read_text() for path in (place / job_id).rglob("*") if path.is_file()]
    assert not any("Ada" in text for text in written)


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("die", jobs.LOST),
        ("strange", "The work failed. The log of the job says where."),
        ("unheard_of", "There is no such piece of work: unheard_of."),
    ],
)
def test_failure_says_why(kind: str, message: str) -> None:
    found = until(jobs.start(kind, {}), ended)
    assert (found.state, found.message, found.result) == (JobState.FAILED, message, None)


def test_third_job_waits_and_starts_when_one_ends() -> None:
    first, second = jobs.start("improve", {}), jobs.start("improve", {})
    third, fourth = jobs.start("add", {"a": 3, "b": 4}), jobs.start("add", {"a": 5, "b": 6})
    until(second, lambda status: status.progress)
    assert [jobs.status(job_id).state for job_id in (first, second)] == [JobState.RUNNING] * 2
    assert [jobs.status(job_id).state for job_id in (third, fourth)] == [JobState.QUEUED] * 2
    jobs.stop(first)
    assert until(fourth, ended).result is not None
    started = [jobs.status(job_id).started_at for job_id in (third, fourth)]
    assert None not in started
    assert started == sorted(started, key=str)
    assert jobs.status(second).state is JobState.RUNNING


def test_job_that_ends_starts_the_next_without_anybody_asking(place: Path) -> None:
    first, _ = jobs.start("improve", {}), jobs.start("improve", {})
    third = JobFolder(place / jobs.start("add", {"a": 3, "b": 4}))
    assert not third.claimed
    JobFolder(place / first).ask_to_stop()
    limit = time.monotonic() + 30
    while third.ending() is None:
        assert time.monotonic() < limit
        time.sleep(0.05)


def test_queued_job_can_be_stopped() -> None:
    running = [jobs.start("improve", {}), jobs.start("improve", {})]
    queued = jobs.start("add", {"a": 3, "b": 4})
    jobs.stop(queued)
    assert jobs.status(queued).state is JobState.STOPPED
    jobs.stop(running[0])
    until(running[0], ended)
    assert jobs.status(queued).result is None


def test_job_survives_a_restart_of_the_server() -> None:
    job_id = jobs.start("improve", {})
    until(job_id, lambda status: status.progress)
    child = jobs._children[job_id]
    forget()
    assert jobs.status(job_id).state is JobState.RUNNING
    jobs.stop(job_id)
    assert until(job_id, ended).result is not None
    child.wait(10)


def test_job_that_died_while_the_server_was_away_has_failed() -> None:
    job_id = jobs.start("improve", {})
    until(job_id, lambda status: status.progress)
    child = jobs._children[job_id]
    forget()
    os.killpg(child.pid, signal.SIGKILL)
    child.wait(10)
    found = jobs.status(job_id)
    assert (found.state, found.message) == (JobState.FAILED, jobs.LOST)
    assert found.finished_at is not None


def test_dead_job_makes_room_for_the_next() -> None:
    lost = [jobs.start("improve", {}), jobs.start("improve", {})]
    queued = jobs.start("add", {"a": 3, "b": 4})
    for job_id in lost:
        os.killpg(jobs._children[job_id].pid, signal.SIGKILL)
    assert until(queued, ended).state is JobState.DONE


@pytest.mark.parametrize("job_id", ["0" * 32, "", "../../etc", "0" * 31 + "/", "A" * 32])
def test_unknown_job_is_told_so(job_id: str) -> None:
    found = jobs.status(job_id)
    assert (found.state, found.message) == (JobState.FAILED, jobs.UNKNOWN)
    jobs.stop(job_id)


def test_old_folders_are_removed_and_running_ones_kept(place: Path) -> None:
    done, running = jobs.start("add", {"a": 3, "b": 4}), jobs.start("improve", {})
    until(done, ended)
    jobs.clean(timedelta(hours=1))
    assert {path.name for path in place.iterdir()} == {done, running}
    jobs.clean(timedelta(0))
    assert {path.name for path in place.iterdir()} == {running}
    assert jobs.status(done).message == jobs.UNKNOWN


def test_stop_of_an_ended_job_changes_nothing() -> None:
    job_id = jobs.start("add", {"a": 3, "b": 4})
    found = until(job_id, ended)
    jobs.stop(job_id)
    assert jobs.status(job_id) == found


def test_unfinished_work_is_found_by_what_it_works_on() -> None:
    job_id = jobs.start("improve", {"snapshot_id": 7, "user": "Ada"})
    assert jobs.unfinished({"snapshot_id": 7}) == job_id
    assert jobs.unfinished({"snapshot_id": 8}) == ""
    jobs.stop(job_id)
    until(job_id, ended)
    assert jobs.unfinished({"snapshot_id": 7}) == ""
