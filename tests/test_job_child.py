from __future__ import annotations

from pathlib import Path

from medalloc.domain.progress import Progress
from medalloc.job_child import EVERY_S, frames, reporter
from medalloc.job_folder import JobFolder


def made(tmp_path: Path) -> JobFolder:
    folder = JobFolder(tmp_path / "1")
    folder.make("beds", {})
    return folder


def test_progress_is_written_now_and_then(tmp_path: Path) -> None:
    folder = made(tmp_path)
    times = iter([0.0, EVERY_S / 2, EVERY_S * 1.5, EVERY_S * 1.5])
    report = reporter(folder, clock=lambda: next(times))
    seen = []
    for incumbent in (30.0, 20.0, 10.0):
        report(Progress("solve", incumbent=incumbent))
        found = folder.progress()
        seen.append(found.incumbent if found else None)
    assert seen == [30.0, 30.0, 10.0]


def test_new_step_is_written_at_once(tmp_path: Path) -> None:
    folder = made(tmp_path)
    report = reporter(folder, clock=lambda: 0.0)
    report(Progress("encode", share=0.5))
    report(Progress("solve"))
    assert folder.progress() == Progress("solve")


def test_stop_is_heard_at_the_next_step(tmp_path: Path) -> None:
    folder = made(tmp_path)
    report = reporter(folder)
    assert report(Progress("solve")) is True
    folder.ask_to_stop()
    assert report(Progress("solve")) is False


def test_frames_name_the_kinds_of_error_and_not_what_they_say() -> None:
    try:
        try:
            raise KeyError("Ada Aspen")
        except KeyError:
            raise RuntimeError("about Ada") from None
    except RuntimeError as error:
        told = frames(error)
    assert [line for line in told if not line.startswith("  File")] == ["KeyError\n", "RuntimeError\n"]
    assert "test_job_child.py" in told[0]
