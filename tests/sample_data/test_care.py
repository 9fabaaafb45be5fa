from collections import Counter
from random import Random

import pytest

from medalloc.domain.needs import Barrier
from sample_data.simulate import SimulatedHospital, simulate
from sample_data.simulate.care import draw_barrier, set_care, sight_reason
from sample_data.simulate.model import Stay
from sample_data.simulate.state import draw_stay


@pytest.fixture(scope="module")
def many() -> list[Stay]:
    return [stay for seed in (11, 12, 13) for stay in simulate(300, seed).stays]


def _share(stays: list[Stay], name: str) -> float:
    return sum(bool(getattr(stay, name)) for stay in stays) / len(stays)


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("falls", 0.15, 0.3),
        ("niv", 0.015, 0.06),
        ("one_to_one", 0.01, 0.05),
        ("feeding", 0.05, 0.12),
        ("interpreter", 0.03, 0.06),
    ],
)
def test_needs_are_about_as_common_as_on_wards(many: list[Stay], name: str, least: float, most: float) -> None:
    assert least < _share(many, name) < most


def test_whoever_may_not_be_left_lies_in_sight(many: list[Stay]) -> None:
    assert all("visible" in stay.features for stay in many if stay.one_to_one)


def test_a_tube_is_no_mask(many: list[Stay]) -> None:
    tubed = [stay for stay in many if stay.is_ventilated]
    assert len(tubed) > 5
    assert not any(stay.niv for stay in tubed)
    assert all(stay.niv for stay in many if "ventilator" in stay.features and not stay.is_ventilated)


def test_who_is_kept_in_sight_for_muddle_is_muddled(many: list[Stay]) -> None:
    watched = [stay for stay in many if "visible" in stay.features and sight_reason(stay) == "muddled"]
    assert "intact" not in {stay.cognition for stay in watched}


def test_children_have_none_of_the_needs_of_the_old(hospital: SimulatedHospital) -> None:
    children = [stay for stay in hospital.stays if stay.is_child]
    assert len(children) > 10
    assert not any(stay.feeding or stay.one_to_one or stay.niv or stay.end_of_life for stay in children)


def test_every_barrier_occurs_and_is_one_of_the_domain() -> None:
    rng = Random(1)
    stay = draw_stay(rng, "geriatrics", ages=(70, 95))
    soon, later = Counter[str](), Counter[str]()
    for _ in range(600):
        stay.remaining_days = 0.4
        soon[draw_barrier(stay, rng)] += 1
        stay.remaining_days = 4.2
        later[draw_barrier(stay, rng)] += 1
    assert set(soon) | set(later) == {str(code) for code in Barrier if code}
    assert soon["medicines"] > soon["care_home"]
    assert later["package_of_care"] > later["transport"]


def test_the_same_stream_gives_the_same_care() -> None:
    first, second = (draw_stay(Random(3), "geriatrics") for _ in range(2))
    set_care(first, Random(4))
    set_care(second, Random(4))
    assert first == second
