"""The files of one job: all that is known of it, for its owner alone.

request.json    what was asked for, and when
process.json    which process works on it; empty for the moment in which it is being started
progress.json   how far it is
stop            a person asked it to stop
ending.json     how it ended
log.txt         where it failed; never what with
tmp/            temporary files of the solver, whose variables may tell of patients; removed at the end
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from medalloc.domain.progress import Progress

_STARTING_S = 30.0
"""A process that is not there after this long will not come."""


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"
    """By a person; its result is the best that was found, if anything was."""

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self not in (JobState.QUEUED, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a job ended."""

    state: JobState
    at: float
    """Seconds since 1970."""
    message: str = ""
    result: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class JobFolder:
    """The folder of one job."""

    path: Path

    @property
    def tmp(self) -> Path:
        """Temporary files of the job."""
        return self.path / "tmp"

    @property
    def log(self) -> Path:
        """Where a failure is told."""
        return self.path / "log.txt"

    def make(self, kind: str, arguments: dict[str, Any]) -> None:
        """Make the folder, with what is asked for."""
        request = json.dumps({"kind": kind, "arguments": arguments, "at": time.time()})
        self.path.mkdir(mode=0o700, parents=True)
        self.tmp.mkdir(mode=0o700)
        _write(self.path / "request.json", request)

    def request(self) -> dict[str, Any] | None:
        """`kind`, `arguments` and `at` [seconds since 1970]; None where there is no such job."""
        return _read(self.path / "request.json")

    def claim(self) -> bool:
        """Take the job on; False where somebody else has."""
        try:
            os.close(os.open(self.path / "process.json", os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            return False
        return True

    @property
    def claimed(self) -> bool:
        """Whether somebody has taken the job on."""
        return (self.path / "process.json").exists()

    def set_process(self, pid: int) -> None:
        """Say which process works on it."""
        _write(self.path / "process.json", json.dumps({"pid": pid, "birth": birth(pid), "at": time.time()}))

    def process(self) -> tuple[int, float] | None:
        """Number and start [seconds since 1970] of the process; None before there is one."""
        found = _read(self.path / "process.json")
        return (found["pid"], found["at"]) if found else None

    def is_alive(self) -> bool:
        """Whether the process that works on it is still there; its number may have passed to another."""
        found = _read(self.path / "process.json")
        if found is None:
            return self.claimed and time.time() - (self.path / "process.json").stat().st_mtime < _STARTING_S
        return bool(found["birth"]) and birth(found["pid"]) == found["birth"]

    def set_progress(self, progress: Progress) -> None:
        """Say how far it is."""
        _write(self.path / "progress.json", json.dumps(asdict(progress)))

    def progress(self) -> Progress | None:
        """How far it is."""
        found = _read(self.path / "progress.json")
        return Progress(**found) if found else None

    def ask_to_stop(self) -> None:
        """Ask the job to end with the best that it has."""
        (self.path / "stop").touch(mode=0o600)

    @property
    def stop_asked(self) -> bool:
        """Whether it was asked to stop."""
        return (self.path / "stop").exists()

    def end(self, state: JobState, message: str = "", result: dict[str, Any] | None = None) -> Ending:
        """Say how it ended, and drop its temporary files."""
        shutil.rmtree(self.tmp, ignore_errors=True)
        ending = Ending(state, time.time(), message, result)
        _write(self.path / "ending.json", json.dumps(asdict(ending)))
        return ending

    def ending(self) -> Ending | None:
        """How it ended; None while it has not."""
        found = _read(self.path / "ending.json")
        return Ending(**{**found, "state": JobState(found["state"])}) if found else None


def birth(pid: int) -> str:
    """When a process was started, in the system's own count; "" where there is none."""
    if sys.platform == "linux":
        try:
            state, *fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return ""
        return "" if state in "ZX" else fields[18]  # a zombie has ended, but nobody has asked how
    if sys.platform == "win32":
        return ""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return ""
    return "running"


def _write(path: Path, text: str) -> None:
    """Write all or nothing: a reader never sees half a file."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def _read(path: Path) -> dict[str, Any] | None:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    found: dict[str, Any] | None = json.loads(text) if text else None
    return found
