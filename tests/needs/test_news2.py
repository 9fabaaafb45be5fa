from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.domain.people import Consciousness, Patient, Vitals
from medalloc.needs.news2 import last_score, news2

WELL = Vitals("p1", datetime(2026, 3, 1, 8), 16, 97, False, False, 124, 72, Consciousness.ALERT, 36.8)


def part(name: str, **changes: object) -> int:
    score = news2(replace(WELL, **changes))  # type: ignore[arg-type]
    assert score is not None
    assert score.total == sum(score.parts.values())
    return score.parts[name]


def test_a_well_patient_scores_0() -> None:
    score = news2(WELL)
    assert score is not None
    assert (score.total, score.acuity_floor) == (0, 5)


@pytest.mark.parametrize(("rate", "points"), [(8, 3), (9, 1), (11, 1), (12, 0), (20, 0), (21, 2), (24, 2), (25, 3)])
def test_respiratory_rate(rate: int, points: int) -> None:
    assert part("resp_rate", resp_rate=rate) == points


@pytest.mark.parametrize(("spo2", "points"), [(91, 3), (92, 2), (93, 2), (94, 1), (95, 1), (96, 0), (100, 0)])
def test_spo2_scale_1(spo2: int, points: int) -> None:
    assert part("spo2", spo2=spo2) == points


@pytest.mark.parametrize(
    ("spo2", "on_oxygen", "points"),
    [
        (83, False, 3),
        (84, True, 2),
        (85, False, 2),
        (86, False, 1),
        (87, True, 1),
        (88, True, 0),
        (92, False, 0),
        (93, False, 0),
        (99, False, 0),
        (93, True, 1),
        (94, True, 1),
        (95, True, 2),
        (96, True, 2),
        (97, True, 3),
    ],
)
def test_spo2_scale_2(spo2: int, on_oxygen: bool, points: int) -> None:
    assert part("spo2", spo2=spo2, on_oxygen=on_oxygen, scale2=True) == points


def test_oxygen_scores_2() -> None:
    assert part("oxygen", on_oxygen=True) == 2


@pytest.mark.parametrize(
    ("pressure", "points"), [(90, 3), (91, 2), (100, 2), (101, 1), (110, 1), (111, 0), (219, 0), (220, 3)]
)
def test_systolic_pressure(pressure: int, points: int) -> None:
    assert part("systolic_bp", systolic_bp=pressure) == points


@pytest.mark.parametrize(
    ("pulse", "points"),
    [(40, 3), (41, 1), (50, 1), (51, 0), (90, 0), (91, 1), (110, 1), (111, 2), (130, 2), (131, 3)],
)
def test_pulse(pulse: int, points: int) -> None:
    assert part("pulse", pulse=pulse) == points


@pytest.mark.parametrize(
    ("temperature", "points"),
    [(35.0, 3), (35.1, 1), (36.0, 1), (36.1, 0), (38.0, 0), (38.1, 1), (39.0, 1), (39.1, 2)],
)
def test_temperature(temperature: float, points: int) -> None:
    assert part("temperature", temperature=temperature) == points


@pytest.mark.parametrize("state", [state for state in Consciousness if state is not Consciousness.ALERT])
def test_anything_but_alert_scores_3(state: Consciousness) -> None:
    assert part("consciousness", consciousness=state) == 3


@pytest.mark.parametrize("missing", ["resp_rate", "spo2", "systolic_bp", "pulse", "consciousness", "temperature"])
def test_an_incomplete_set_has_no_score(missing: str) -> None:
    assert news2(replace(WELL, **{missing: None})) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "floor"),
    [
        ({"resp_rate": 22, "on_oxygen": True, "pulse": 112, "spo2": 95}, 2),
        ({"resp_rate": 22, "on_oxygen": True, "pulse": 95}, 3),
        ({"temperature": 34.9}, 3),
        ({"pulse": 112, "resp_rate": 22}, 5),
    ],
)
def test_acuity_floor(changes: dict[str, object], floor: int) -> None:
    score = news2(replace(WELL, **changes))  # type: ignore[arg-type]
    assert score is not None
    assert score.acuity_floor == floor


def test_the_last_complete_set_counts() -> None:
    ill = replace(WELL, taken_at=WELL.taken_at + timedelta(hours=4), resp_rate=26)
    partial = replace(WELL, taken_at=WELL.taken_at + timedelta(hours=8), spo2=None)
    found = last_score(Patient("P1", age=71), [ill, partial, WELL])
    assert found is not None
    assert found.total == 3


def test_no_complete_set_no_score() -> None:
    assert last_score(Patient("P1", age=71), [replace(WELL, pulse=None)]) is None


@given(
    st.floats(0, 80),
    st.floats(40, 100),
    st.booleans(),
    st.booleans(),
    st.floats(30, 300),
    st.floats(10, 250),
    st.floats(25, 44),
)
def test_the_total_lies_between_0_and_20(
    rate: float, spo2: float, scale2: bool, oxygen: bool, pressure: float, pulse: float, temperature: float
) -> None:
    vitals = Vitals("p", WELL.taken_at, rate, spo2, scale2, oxygen, pressure, pulse, Consciousness.VOICE, temperature)
    score = news2(vitals)
    assert score is not None
    assert 3 <= score.total <= 20


@pytest.mark.parametrize(("age", "scored"), [(15, False), (16, True)])
def test_children_are_not_scored(age: int, scored: bool) -> None:
    assert (last_score(Patient("P1", age=age), [WELL]) is not None) is scored
