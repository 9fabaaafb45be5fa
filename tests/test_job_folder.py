from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from medalloc.domain.progress import Progress
from medalloc.job_folder import JobFolder, JobState, birth


@pytest.fixture
def folder(tmp_path: Path) -> JobFolder:
    made = JobFolder(tmp_path / "jobs" / "1")
    made.make("beds", {"snapshot_id": 3})
    return made


def test_request_comes_back(folder: JobFolder) -> None:
    request = folder.request()
    assert request is not None
    assert (request["kind"], request["arguments"]) == ("beds", {"snapshot_id": 3})
    assert abs(time.time() - request["at"]) < 60


def test_missing_folder_has_no_request(tmp_path: Path) -> None:
    assert JobFolder(tmp_path / "nowhere").request() is None


def test_progress_without_a_bound_comes_back(folder: JobFolder) -> None:
    folder.set_progress(Progress("solve", incumbent=12.5, bound=float("-inf")))
    assert folder.progress() == Progress("solve", incumbent=12.5, bound=float("-inf"))


def test_of_many_who_claim_a_job_one_gets_it(folder: JobFolder) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(lambda _: folder.claim(), range(8))) == [False] * 7 + [True]


def test_claimed_job_counts_as_alive_until_its_process_should_be_there(folder: JobFolder) -> None:
    assert not folder.is_alive()
    folder.claim()
    assert folder.is_alive()
    long_ago = time.time() - 60
    os.utime(folder.path / "process.json", (long_ago, long_ago))
    assert not folder.is_alive()


def test_number_of_a_process_that_passed_to_another_is_not_taken_for_it(
    folder: JobFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.set_process(os.getpid())
    assert folder.is_alive()
    monkeypatch.setattr("medalloc.job_folder.birth", lambda _: "another time")
    assert not folder.is_alive()


def test_birth_of_a_zombie_is_that_of_nobody() -> None:
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    assert birth(child.pid) != ""
    limit = time.monotonic() + 20
    while birth(child.pid):
        assert time.monotonic() < limit
        time.sleep(0.02)
    child.wait()


def test_reader_never_sees_half_a_file(folder: JobFolder) -> None:
    folder.set_progress(Progress("solve", incumbent=0.0))

    def write() -> None:
        for number in range(200):
            folder.set_progress(Progress("solve", incumbent=float(number)))

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        while not writing.done():
            assert folder.progress() is not None
    assert folder.progress() == Progress("solve", incumbent=199.0)


def test_ending_drops_the_temporary_files(folder: JobFolder) -> None:
    (folder.tmp / "model.mps").write_text("x")
    made = folder.end(JobState.DONE, result={"plan_id": 5})
    assert folder.ending() == made
    assert made.result == {"plan_id": 5}
    assert not folder.tmp.exists()
