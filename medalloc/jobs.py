"""Long work in child processes: it survives a reload, says how far it is, and can be stopped.

    start(kind, arguments) → job_id      status(job_id) → JobStatus      stop(job_id)      clean(older_than)

Each job has a folder of its own, and the folder is all there is: another browser, or a new server on the
same machine, reads the same status. What runs is `JOBS[kind]` of `medalloc.pipeline`, which the child alone
imports. At most `MOST_RUNNING` jobs run at once; the next one starts when one ends.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from medalloc.domain.progress import Progress
from medalloc.job_folder import Ending, JobFolder, JobState
from medalloc.settings import settings

__all__ = ["JobState", "JobStatus", "clean", "start", "status", "stop"]

MOST_RUNNING = 2
GRACE_S = 10.0
"""How long a job that was asked to stop may take to hand over what it has."""
KEPT = timedelta(days=1)
"""How long the folder of an ended job is kept."""

LOST = "The work ended without a result: the server was restarted, or the process was killed."
STOPPED = "The work was stopped before it had a result."
UNKNOWN = "This piece of work is no longer known."

_children: dict[str, subprocess.Popen[bytes]] = {}
_starting = threading.Lock()


@dataclass(frozen=True, slots=True)
class JobStatus:
    """Where a job stands."""

    job_id: str
    kind: str
    state: JobState
    progress: Progress | None = None
    started_at: datetime | None = None
    """UTC, as all times here."""
    finished_at: datetime | None = None
    message: str = ""
    """What went wrong, fit to be shown."""
    result: dict[str, Any] | None = None
    stop_asked: bool = False
    """True: a person has asked it to stop; it may still be running."""


def start(kind: str, arguments: dict[str, Any]) -> str:
    """Queue a piece of work, and start it where there is room.

    Parameters
    ----------
    kind
        A name in `medalloc.pipeline.JOBS`.
    arguments
        Plain values; they are written to the folder of the job, so let ids stand for patients.
    """
    clean(KEPT)
    job_id = secrets.token_hex(16)
    _folder(job_id).make(kind, arguments)
    start_queued()
    return job_id


def status(job_id: str) -> JobStatus:
    """Where a job stands; a job that is not known (an old link) counts as failed."""
    folder = _folder(job_id) if re.fullmatch("[0-9a-f]{32}", job_id) else None
    request = folder.request() if folder else None
    if folder is None or request is None:
        return JobStatus(job_id, "", JobState.FAILED, message=UNKNOWN)
    if not folder.claimed:
        start_queued()
    ending = folder.ending() or _lost(folder)
    process = folder.process()
    running = JobState.RUNNING if process else JobState.QUEUED
    return JobStatus(
        job_id=job_id,
        kind=request["kind"],
        state=ending.state if ending else running,
        progress=folder.progress(),
        started_at=_moment(process[1]) if process else None,
        finished_at=_moment(ending.at) if ending else None,
        message=ending.message if ending else "",
        result=ending.result if ending else None,
        stop_asked=folder.stop_asked,
    )


def unfinished(arguments: Mapping[str, Any]) -> str:
    """The job asked for last with at least these arguments that has not ended; "" where there is none."""
    for folder in reversed(_folders()):
        request = folder.request() or {"arguments": {}}
        if arguments.items() <= request["arguments"].items() and not status(folder.path.name).state.ended:
            return folder.path.name
    return ""


def stop(job_id: str) -> None:
    """Ask a job to end with the best that it has; after `GRACE_S` it is killed."""
    if status(job_id).state.ended:
        return
    folder = _folder(job_id)
    folder.ask_to_stop()
    if folder.claim():  # it was still waiting for its turn
        folder.end(JobState.STOPPED, STOPPED)
        return
    killer = threading.Timer(GRACE_S, _kill, [job_id])
    killer.daemon = True
    killer.start()


def clean(older_than: timedelta) -> None:
    """Remove what is left of jobs that ended longer ago than this."""
    limit = time.time() - older_than.total_seconds()
    for folder in _folders():
        ending = folder.ending()
        if ending is not None and ending.at < limit:
            shutil.rmtree(folder.path, ignore_errors=True)
    for job_id, child in list(_children.items()):
        if child.poll() is not None:
            del _children[job_id]


def start_queued() -> None:
    """Start the jobs that have waited longest, as far as there is room.

    Two servers over one folder may each see room for one more; a job never runs twice.
    """
    with _starting:
        folders = _folders()
        room = MOST_RUNNING - sum(_is_running(folder) for folder in folders)
        for folder in [folder for folder in folders if not folder.claimed][: max(room, 0)]:
            if folder.claim():
                _launch(folder)


def _launch(folder: JobFolder) -> None:
    package = str(Path(__file__).parent.parent)
    places = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    own = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder.tmp)) | {"PYTHONPATH": os.pathsep.join(places)}
    with folder.log.open("wb") as log:
        child = subprocess.Popen(
            [sys.executable, "-m", "medalloc.job_child", str(folder.path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            env=os.environ | own,
            start_new_session=True,  # so that the solver can be killed with it, and it outlives a reload
        )
    folder.set_process(child.pid)
    _children[folder.path.name] = child


def _is_running(folder: JobFolder) -> bool:
    """Whether a process works on a job; asking also lets go of a child that has ended."""
    child = _children.get(folder.path.name)
    if child is not None and child.poll() is not None:
        return False
    return folder.claimed and folder.ending() is None and (child is not None or folder.is_alive())


def _lost(folder: JobFolder) -> Ending | None:
    """How a job ended whose process is gone without a word; None where it is not gone."""
    if not folder.claimed or _is_running(folder):
        return None
    said = folder.ending()  # it may have ended while we looked
    if said is not None:
        return said
    return folder.end(JobState.STOPPED, STOPPED) if folder.stop_asked else folder.end(JobState.FAILED, LOST)


def _kill(job_id: str) -> None:
    """Kill a job and its solver, where they are still there."""
    folder = _folder(job_id)
    process = folder.process()
    if process is None or not _is_running(folder):
        return
    with suppress(ProcessLookupError):
        if sys.platform == "win32":
            os.kill(process[0], signal.SIGTERM)
        else:
            os.killpg(process[0], signal.SIGKILL)


def _folder(job_id: str) -> JobFolder:
    return JobFolder((settings().state_dir / "jobs" / job_id).absolute())


def _folders() -> list[JobFolder]:
    """All jobs, the one that was asked for first at the front."""
    place = settings().state_dir / "jobs"
    found = [JobFolder(path.absolute()) for path in place.iterdir()] if place.is_dir() else []
    asked = [(request["at"], str(folder.path), folder) for folder in found if (request := folder.request())]
    return [folder for _, _, folder in sorted(asked, key=lambda entry: entry[:2])]


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
