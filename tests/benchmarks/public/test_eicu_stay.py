"""Remaining days of the eICU demo."""

from pathlib import Path

import numpy as np

from benchmarks.public.eicu_data import read_eicu
from benchmarks.public.eicu_stay import fit_remaining, fit_text_score, foretell
from medalloc.needs.models.stay_hazard import StayFit
from tests.benchmarks.public.eicu_tables import write_many_stays


def test_septic_stays_are_foretold_longer(tmp_path: Path) -> None:
    write_many_stays(tmp_path, 120, first_hospital=100)
    stays = read_eicu(tmp_path)
    rows = np.arange(120)
    days = foretell(stays, rows, fit_remaining(stays, rows, StayFit(trees=10, folds=0)))
    septic = np.array(["sepsis" in text for text in stays.cases.texts])
    assert days[septic, 1].mean() > 1.5 * days[~septic, 1].mean()


def test_the_text_score_is_in_log_days(tmp_path: Path) -> None:
    texts, measures = ["sepsis"] * 30 + ["overdose"] * 30, np.full((60, 12), np.nan)
    score = fit_text_score(texts, measures, np.array([8.0] * 30 + [2.0] * 30))
    septic, other = score.score(["sepsis", "overdose"], measures[:2])
    assert np.log(2.0) - 0.1 < other < septic < np.log(8.0) + 0.1
