"""Lines of search side by side: processes that improve a solution each, and exchange it after rounds of equal work."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection

from medalloc.domain.progress import OnProgress
from medalloc.optimise.stays.improver import Improver, Task
from medalloc.optimise.stays.problem import Ints

ROUND = 20_000
"""Iterations of the simplex method that each line makes before they exchange."""

LISTEN_S = 0.1
"""How often a line that waits for another asks whether to go on [s]."""

GRACE_S = 0.3
"""How long after the end a line is waited for [s]."""


@dataclass(frozen=True)
class Worker:
    """A line of search in a process of its own."""

    connection: Connection

    def begin(self, berth: Ints | None, seconds: float) -> None:
        """Let it go on for a round, with what another line has found."""
        try:
            self.connection.send((berth, seconds))
        except (BrokenPipeError, OSError):
            return

    def result(self, until: float, going_on: Callable[[], bool]) -> Ints | None:
        """The best that it has found; None where it has ended, or nothing new came in time."""
        best: Ints | None = None
        while going_on() or self.connection.poll():
            try:
                if self.connection.poll(LISTEN_S):
                    best, done = self.connection.recv()
                    if done:
                        break
            except (EOFError, OSError):
                break
            if time.perf_counter() > until + GRACE_S:
                break
        return best


@contextmanager
def workers(task: Task, berth: Ints, count: int) -> Iterator[list[Worker]]:
    """So many lines of search beside that of this process; they end with the block."""
    context = multiprocessing.get_context("spawn")
    processes, lines = [], []
    try:
        for number in range(1, count + 1):
            ours, theirs = context.Pipe()
            process = context.Process(target=serve, args=(theirs, task, berth, number), daemon=True)
            process.start()
            theirs.close()
            processes.append(process)
            lines.append(Worker(ours))
        yield lines
    finally:
        for line in lines:
            line.connection.close()
        for process in processes:
            process.terminate()
            process.join()


def run_round(improver: Improver, until: float, on_progress: OnProgress | None = None) -> Iterator[None]:
    """Try neighbourhoods until a round's work is done, the time is up, or nobody asks for more."""
    enough = improver.work + ROUND
    while improver.work < enough and time.perf_counter() < until:
        improver.step(until, on_progress)
        yield


def serve(connection: Connection, task: Task, berth: Ints, number: int) -> None:
    """What a worker does until its connection is closed: rounds, telling of every improvement."""
    improver = Improver(task, berth, number)
    try:
        while True:
            other, seconds = connection.recv()
            until = time.perf_counter() + seconds
            if other is not None:
                improver.meet(other, until)
            told = improver.value
            for _ in run_round(improver, until):
                if improver.value < told:
                    told = improver.value
                    connection.send((improver.berth, False))
            connection.send((improver.berth, True))
    except (EOFError, OSError):
        return
