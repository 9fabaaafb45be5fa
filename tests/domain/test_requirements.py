import pytest

from medalloc.domain.requirements import CareHours, Requirements, StayDays


@pytest.mark.parametrize(
    ("days", "share"),
    [(0.0, 0.0), (0.5, 0.05), (1.0, 0.1), (2.0, 0.3), (3.0, 0.5), (5.5, 0.7), (8.0, 0.9), (13.0, 0.98)],
)
def test_the_share_of_patients_who_leave_within_days(days: float, share: float) -> None:
    assert StayDays(1.0, 3.0, 8.0).share_within(days) == pytest.approx(share)


def test_quantiles_that_meet_are_a_certain_stay() -> None:
    assert StayDays(0.0, 2.0, 2.0).share_within(2.5) == 1.0


def test_the_chance_to_leave_within_a_day() -> None:
    assert Requirements(stay=StayDays(0.5, 1.0, 4.0)).leaves_share == pytest.approx(0.5)
    assert Requirements().leaves_share == 0.0


def test_care_hours_of_nurses_and_assistants_add_up() -> None:
    assert CareHours(4.8, 2.4).total == pytest.approx(7.2)
