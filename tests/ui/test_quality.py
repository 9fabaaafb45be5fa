from __future__ import annotations

import pytest

from medalloc.domain.needs import NeedName
from medalloc.governance.local import local_quality
from medalloc.ui import quality
from tests.governance.test_local import HISTORY

NAN = float("nan")
MEASURED = {
    "hospitals": ["a", "b"],
    "patients": 612,
    "needs": {
        "falls": {
            "f1": 0.912,
            "f1_low": 0.87,
            "f1_high": 0.95,
            "precision": 0.9,
            "recall": 0.93,
            "support": 84,
            "n": 612,
            "abstained_share": 0.04,
            "decided_accuracy": 0.97,
            "hard": 61,
            "hard_precision": 0.98,
            "ece": 0.021,
            "reliability": [[0.1, 0.12, 300], [0.9, 0.85, 40]],
            "groups": {"sex": {"female": [0.93, 310], "male": [0.89, 302]}},
        },
        "level": {"f1": NAN, "f1_low": NAN, "f1_high": NAN, "support": 0},
    },
    "overall": {"macro_f1": 0.905, "abstained_share": 0.08, "ece": 0.0214},
}


def test_every_need_is_a_row_in_the_order_of_the_needs() -> None:
    frame = quality.by_need(MEASURED)
    assert list(frame["Need"]) == ["Level of care", "High risk of falls"]
    assert frame["F1"].iloc[1] == 0.912
    assert list(frame["Interval (95 %)"]) == ["–", "0.87 – 0.95"]


def test_every_column_with_a_format_is_there() -> None:
    assert set(quality.by_need_formats()) <= set(quality.by_need(MEASURED))


def test_the_overall_measures_say_what_is_not_known() -> None:
    found = quality.overall(MEASURED)
    assert found["Mean F1 of all needs"] == "0.91"
    assert found["Left to a person"] == "8%"
    assert found["Acuity: agreement"] == "–"


def test_groups_of_a_need_and_of_all() -> None:
    assert quality.groups(MEASURED, NeedName.FALLS) == {"Sex: female": (0.93, 310), "Sex: male": (0.89, 302)}
    assert quality.groups(MEASURED, None)["High risk of falls"] == (0.912, 84, 0.87, 0.95)


def test_local_findings_as_tables() -> None:
    found = local_quality(HISTORY)
    assert list(quality.local_needs(found)["Shown was right"]) == ["67%", "0%"]
    assert list(quality.local_bands(found).iloc[:, 0]) == ["50% – 70%", "90% – 100%", "certain: record or clinician"]
    assert list(quality.local_reasons(found)["Corrections"]) == [2]


@pytest.mark.parametrize("value", [None, NAN])
def test_what_is_not_known_is_a_dash(value: float | None) -> None:
    assert (quality.number(value), quality.percent(value), quality.between(value, 0.5)) == ("–", "–", "–")
