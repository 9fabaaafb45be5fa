"""Work for the tests of jobs; `MEDALLOC_JOBS_MODULE` names this module."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from medalloc.domain.progress import OnProgress, Progress
from medalloc.errors import SolveError


def add(arguments: dict[str, Any], on_progress: OnProgress) -> dict[str, Any]:
    """Adds two numbers."""
    on_progress(Progress("solve", share=0.25, incumbent=41.5, bound=40.0))
    return {"sum": arguments["a"] + arguments["b"], "tmp": tempfile.gettempdir()}


def improve(_: dict[str, Any], on_progress: OnProgress) -> dict[str, Any]:
    """Improves until it is asked to stop."""
    rounds = 0
    while on_progress(Progress("solve", incumbent=100.0 - rounds)):
        rounds += 1
        time.sleep(0.02)
    return {"best": 100.0 - rounds}


def hang(arguments: dict[str, Any], on_progress: OnProgress) -> dict[str, Any]:
    """Hears nothing, and has a solver of its own that hears nothing either."""
    (Path(tempfile.gettempdir()) / "model.mps").write_text("P3")
    solver = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    Path(arguments["tell"]).write_text(f"{os.getpid()} {solver.pid}")
    on_progress(Progress("solve"))
    time.sleep(600)
    return {}


def no_solver(_: dict[str, Any], __: OnProgress) -> dict[str, Any]:
    """Fails as medalloc fails."""
    raise SolveError("The solver is missing: install highspy.")


def crash(_: dict[str, Any], __: OnProgress) -> dict[str, Any]:
    """Fails as nobody foresaw, with a patient in the message."""
    patient = "ada aspen".title()  # the log quotes this line, so it does not name her
    try:
        raise KeyError(patient)
    except KeyError as error:
        raise ValueError(f"{patient} has no bed") from error


def die(_: dict[str, Any], __: OnProgress) -> dict[str, Any]:
    """Is gone without a word."""
    os._exit(3)


def strange(_: dict[str, Any], __: OnProgress) -> dict[str, Any]:
    """Gives back what is not plain."""
    return {"result": object()}


JOBS = {
    "add": add,
    "improve": improve,
    "hang": hang,
    "no_solver": no_solver,
    "crash": crash,
    "die": die,
    "strange": strange,
}
