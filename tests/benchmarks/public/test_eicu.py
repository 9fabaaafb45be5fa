"""Measuring organ support and remaining stay."""

import numpy as np
import pytest

from benchmarks.public import eicu
from benchmarks.public.eicu import calibration_error, measure
from medalloc.needs.models.organ_support import Support
from medalloc.needs.models.organ_support_fit import SupportFit, fit_organ_support
from medalloc.needs.models.stay_hazard import StayFit
from tests.benchmarks.public.eicu_tables import write_many_stays


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    data, test = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("test")
    write_many_stays(data, 120, first_hospital=100)
    write_many_stays(test, 60, first_hospital=200)
    with pytest.MonkeyPatch.context() as patch:  # what so few stays tell is learnt by a few trees
        patch.setattr(eicu, "HOW_STAY", StayFit(trees=30))
        patch.setattr(eicu, "fit_organ_support", lambda cases: fit_organ_support(cases, SupportFit(trees=20)))
        return measure(data, None, test)


def test_every_measure_is_named(measured: dict[str, float]) -> None:
    supports = {f"{kind}_{support}" for kind in ("auc", "ece") for support in Support}
    assert set(measured) == supports | {"los_mae", "los_mae_baseline", "los_coverage", "los_width"}


def test_what_the_text_tells_is_learnt_for_other_hospitals(measured: dict[str, float]) -> None:
    assert measured["auc_ventilated"] > 0.8
    assert measured["los_mae"] < measured["los_mae_baseline"]


def test_what_nothing_tells_is_not(measured: dict[str, float]) -> None:
    assert measured["auc_dnr"] == pytest.approx(0.5, abs=0.25)


def test_calibration_error_is_the_gap_between_foretold_and_met() -> None:
    outcomes = np.array([0, 0, 1, 0, 1] * 40)
    assert calibration_error(outcomes, np.full(200, 0.4)) == pytest.approx(0.0, abs=1e-9)
    assert calibration_error(outcomes, np.full(200, 0.7)) == pytest.approx(0.3)
