from datetime import date

import pytest

from medalloc.domain.staff import AvailabilityKind, Duty, Role, StaffMember


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (Role, ["nurse", "healthcare_assistant", "doctor"]),
        (AvailabilityKind, ["leave", "unavailable", "request_off", "request_on"]),
    ],
)
def test_words_of_the_data_folder(words, wanted):
    assert list(words) == wanted


def test_limits_of_a_contract_are_unknown_unless_given():
    member = StaffMember("S1")
    assert (member.contract_hours, member.max_consecutive, member.min_rest_hours, member.max_weekends) == (None,) * 4


def test_duties_can_be_kept_in_a_set():
    assert (
        len(
            {
                Duty("S1", date(2026, 3, 5), "D"),
                Duty("S1", date(2026, 3, 5), "D"),
                Duty("S1", date(2026, 3, 6), "D"),
            }
        )
        == 2
    )
