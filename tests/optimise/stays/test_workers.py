from __future__ import annotations

import multiprocessing
import threading
import time
from multiprocessing.connection import Connection

import numpy as np
import pytest

from medalloc.optimise.stays import workers as module
from medalloc.optimise.stays.evaluate import evaluate
from medalloc.optimise.stays.improver import Improver
from medalloc.optimise.stays.problem import Ints
from medalloc.optimise.stays.workers import Worker, run_round, serve, workers
from tests.optimise.stays.test_improver import rooms, task


def soon(seconds: float = 20.0) -> float:
    return time.perf_counter() + seconds


def children() -> int:
    return len([child for child in multiprocessing.active_children() if child.is_alive()])


def test_lines_beside_find_better_solutions_and_end_with_the_block() -> None:
    given, begin = task(rooms(2))
    before = children()
    with workers(given, begin, 1) as (line,):
        assert children() == before + 1
        line.begin(None, 0.5)
        found = line.result(soon(), lambda: True)
        assert found is not None
        assert evaluate(given.problem, found).faults == ()
        assert evaluate(given.problem, found).total < evaluate(given.problem, begin).total
    assert children() == before


def test_no_line_is_no_process() -> None:
    before = children()
    given, begin = task(rooms(2))
    with workers(given, begin, 0) as lines:
        assert lines == []
        assert children() == before


@pytest.fixture
def line() -> tuple[Worker, Connection]:
    """A worker, and the other end of its pipe."""
    ours, theirs = multiprocessing.Pipe()
    return Worker(ours), theirs


def test_the_best_so_far_comes_before_the_round_is_done(line: tuple[Worker, Connection]) -> None:
    worker, other = line
    other.send((np.array([1, 2]), False))
    found = worker.result(time.perf_counter() - module.GRACE_S + 0.15, lambda: True)
    assert found is not None
    assert found.tolist() == [1, 2]


def test_the_last_word_of_a_round_counts(line: tuple[Worker, Connection]) -> None:
    worker, other = line
    other.send((np.array([1, 2]), False))
    other.send((np.array([3, 4]), True))
    other.send((np.array([9, 9]), True))
    found = worker.result(soon(), lambda: True)
    assert found is not None
    assert found.tolist() == [3, 4]


def test_nobody_waits_once_the_search_is_to_end(line: tuple[Worker, Connection]) -> None:
    started = time.perf_counter()
    assert line[0].result(soon(), lambda: False) is None
    assert time.perf_counter() - started < 1.0


def test_a_line_that_has_died_is_survived(line: tuple[Worker, Connection]) -> None:
    worker, other = line
    other.close()
    worker.begin(np.array([1]), 1.0)
    assert worker.result(soon(), lambda: True) is None


def test_a_line_that_is_killed_is_survived() -> None:
    given, begin = task(rooms(2))
    known = set(multiprocessing.active_children())
    with workers(given, begin, 1) as (line,):
        (process,) = set(multiprocessing.active_children()) - known
        process.kill()
        process.join()
        line.begin(begin, 5.0)
        assert line.result(soon(5.0), lambda: True) is None


def test_a_round_ends_with_its_work(monkeypatch: pytest.MonkeyPatch) -> None:
    given, begin = task(rooms(2))
    line = Improver(given, begin)
    monkeypatch.setattr(module, "ROUND", 1)
    assert sum(1 for _ in run_round(line, soon())) == 1
    assert line.work >= 1
    assert sum(1 for _ in run_round(line, time.perf_counter() - 1)) == 0


def test_a_line_takes_what_another_found_and_tells_what_it_has() -> None:
    """Served in a thread, on the way from a better solution than its own."""
    given, begin = task(rooms(2))
    better = Improver(given, begin)
    better.step(soon())
    ours, theirs = multiprocessing.Pipe()
    served = threading.Thread(target=serve, args=(theirs, given, begin, 1))
    served.start()
    worker = Worker(ours)
    worker.begin(better.berth, 0.3)
    found: Ints | None = worker.result(soon(), lambda: True)
    ours.close()
    served.join(10)
    assert not served.is_alive()
    assert found is not None
    assert evaluate(given.problem, found).total <= better.value
