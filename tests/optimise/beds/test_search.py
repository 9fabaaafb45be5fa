import math

import pytest

from medalloc.domain.plan import Locks, SolveStatus
from medalloc.domain.progress import Progress
from medalloc.optimise.beds import BedSettings
from medalloc.optimise.beds import columns as columns_module
from medalloc.optimise.beds import search as search_module
from medalloc.optimise.beds.problem import build
from medalloc.optimise.beds.search import NOTHING, Found, Search
from medalloc.optimise.beds.soft import priced
from tests.optimise.random_hospital import random_hospital


def search(seed, on_progress=None, locks=None, **settings):
    made = random_hospital(seed, beds=60, waiting=9, expected=5, misfit=0.1)
    problem = build(made.snapshot, made.needs, BedSettings(**settings), locks or Locks())
    return Search(problem, priced(problem), on_progress).run()


@pytest.mark.parametrize(
    ("objective", "bound", "gap"), [(200.0, 150.0, 0.25), (0.0, 0.0, 0.0), (math.inf, 12.0, math.inf)]
)
def test_the_gap_is_a_share_of_the_objective(objective, bound, gap):
    assert Found(SolveStatus.FEASIBLE, {}, objective, bound, "x").gap == gap


def test_nothing_found_has_no_end_of_a_gap():
    assert NOTHING.gap == math.inf


@pytest.mark.parametrize("seed", [2, 5, 9])
def test_widening_ends_with_the_best_plan_of_all(seed, monkeypatch):
    whole = search(seed, gap=0.0)
    monkeypatch.setattr(columns_module, "FEW", 5)
    monkeypatch.setattr(search_module, "COLUMNS", 1)
    widened = search(seed, gap=0.0)
    assert widened.objective == pytest.approx(whole.objective)
    assert widened.bound <= whole.objective + 1e-6


def test_a_stop_is_heard_between_rounds_and_the_plan_is_not_called_optimal(monkeypatch):
    monkeypatch.setattr(columns_module, "FEW", 5)
    heard = []

    def stop(progress: Progress) -> bool:
        heard.append(progress)
        return False

    found = search(2, stop, gap=0.0)
    assert len(heard) == 1
    assert found.status in (SolveStatus.FEASIBLE, SolveStatus.NO_PLAN) or found.gap == pytest.approx(0.0)
    assert found.bound <= search(2, gap=0.0).objective + 1e-6


def test_the_share_of_progress_is_one_of_the_time_limit(monkeypatch):
    monkeypatch.setattr(columns_module, "FEW", 5)
    shares = []
    search(2, lambda progress: shares.append(progress.share) or True, gap=0.0, time_limit_s=600.0)
    assert shares == sorted(shares)
    assert 0 < shares[-1] < 0.5
