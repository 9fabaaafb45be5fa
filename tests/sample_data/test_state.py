from random import Random

import pytest

from medalloc.domain.people import Isolation
from medalloc.domain.places import SPECIALTIES
from sample_data.simulate.conditions import conditions, conditions_of
from sample_data.simulate.model import WARD_NEEDS
from sample_data.simulate.state import draw_stay, settle


def test_conditions_speak_the_language_of_the_domain() -> None:
    for condition in conditions():
        assert condition.specialty in SPECIALTIES
        assert condition.isolation in {str(kind) for kind in Isolation}
        assert set(condition.needs) <= set(WARD_NEEDS), condition.key


@pytest.mark.parametrize("specialty", sorted({condition.specialty for condition in conditions()}))
def test_a_patient_fits_the_condition_and_the_ages_asked_for(specialty: str) -> None:
    rng = Random(2)
    low, high = (0, 16) if specialty == "paediatrics" else (40, 90)
    for _ in range(30):
        stay = draw_stay(rng, specialty, ages=(low, high))
        assert stay.condition in conditions_of(specialty)
        assert low <= stay.age <= high


def test_isolation_can_be_asked_for_and_ruled_out() -> None:
    rng = Random(3)
    asked = [draw_stay(rng, "respiratory", isolate=True).isolation for _ in range(40)]
    ruled_out = [draw_stay(rng, "infectious_diseases", isolate=False).isolation for _ in range(40)]
    assert "none" not in asked
    assert set(ruled_out) == {"none"}


def test_whoever_is_on_a_machine_is_at_least_as_ill_as_acuity_2() -> None:
    stay = draw_stay(Random(4), "respiratory")
    stay.features, stay.acuity, stay.level = {"ventilator"}, 5, "hdu"
    settle(stay)
    assert stay.acuity == 2


def test_a_gynaecology_patient_is_never_a_man() -> None:
    rng = Random(6)
    assert {draw_stay(rng, "gynaecology").sex for _ in range(40)} == {"female"}
