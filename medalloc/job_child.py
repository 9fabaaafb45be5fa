"""What runs in the child process of a job: `python -m medalloc.job_child FOLDER`."""

from __future__ import annotations

import importlib
import os
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from medalloc.domain.progress import OnProgress, Progress
from medalloc.errors import DataError, MedallocError
from medalloc.job_folder import JobFolder, JobState
from medalloc.jobs import start_queued

FAILED = "The work failed. The log of the job says where."
EVERY_S = 0.2
"""How often progress is written, at most."""

Work = Callable[[dict[str, Any], OnProgress], dict[str, Any]]


def main(path: str) -> None:
    """Do the work of a job folder, then start the next job in the queue."""
    folder = JobFolder(Path(path))
    sys.excepthook = _excepthook(folder)
    request = folder.request() or {}
    try:
        result = _work(request["kind"])(request["arguments"], reporter(folder))
    except MedallocError as error:
        folder.end(JobState.STOPPED if folder.stop_asked else JobState.FAILED, str(error))
    else:
        folder.end(JobState.STOPPED if folder.stop_asked else JobState.DONE, result=result)
    start_queued()


def reporter(folder: JobFolder, clock: Callable[[], float] = time.monotonic) -> OnProgress:
    """Writes progress down, and says whether to go on."""
    written: tuple[str, float] = ("", 0.0)

    def report(progress: Progress) -> bool:
        nonlocal written
        step, at = written
        if progress.step != step or clock() - at >= EVERY_S:
            folder.set_progress(progress)
            written = (progress.step, clock())
        return not folder.stop_asked

    return report


def _work(kind: str) -> Work:
    module = importlib.import_module(os.environ.get("MEDALLOC_JOBS_MODULE", "medalloc.pipeline"))
    jobs: dict[str, Work] = module.JOBS
    if kind not in jobs:
        raise DataError(f"There is no such piece of work: {kind}.")
    return jobs[kind]


def _excepthook(
    folder: JobFolder,
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    def told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Say where it failed; what an error says of itself may name a patient, so it is left out."""
        folder.end(JobState.FAILED, FAILED)
        sys.stderr.writelines(frames(error))
        start_queued()

    return told


def frames(error: BaseException) -> list[str]:
    """Where an error and its causes came from, innermost cause first, without what they say."""
    cause = error.__cause__ or error.__context__
    before = frames(cause) if cause else []
    return [*before, *traceback.format_tb(error.__traceback__), f"{type(error).__qualname__}\n"]


if __name__ == "__main__":
    main(sys.argv[1])
