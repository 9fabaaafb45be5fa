import pytest

from medalloc.domain.needs import Binding, Need, NeedName, Needs, NeedSource
from medalloc.domain.requirements import CareHours
from medalloc.needs.care import care_hours, care_of, load_care_table, tool_level
from medalloc.needs.care_table import CareTable

TABLE = load_care_table()
TOOL = {"0": 0.7, "1a": 1.1, "1b": 1.3, "1c": 1.7, "1d": 1.9, "2": 2.3, "3": 5.1}
"""Made up for the test."""


def needs(**values: str) -> Needs:
    found = {NeedName(n): Need(NeedName(n), v, 0.9, NeedSource.NOTE, Binding.SOFT) for n, v in values.items()}
    return Needs("P1", found)


@pytest.mark.parametrize(
    ("values", "nurse", "assistant"),
    [
        ({}, 4.8, 2.4),
        ({"level": "hdu"}, 8.0, 2.4),
        ({"level": "icu"}, 12.0, 1.2),
        ({"telemetry": "yes"}, 6.0, 2.4),
        ({"telemetry": "yes", "level": "hdu"}, 8.0, 2.4),
        ({"acuity": "2"}, 6.0, 2.4),
        ({"acuity": "3"}, 4.8, 2.4),
        ({"acuity": "1", "level": "icu"}, 12.0, 1.2),
        ({"mobility": "two"}, 5.3, 3.4),
        ({"mobility": "independent", "feeding": "no", "isolation": "none"}, 4.8, 2.4),
        ({"feeding": "yes", "isolation": "airborne"}, 5.6, 4.3),
        ({"end_of_life": "yes", "mobility": "bed_bound"}, 7.3, 4.4),
        ({"one_to_one": "yes"}, 4.8, 26.4),
    ],
)
def test_care_hours(values: dict[str, str], nurse: float, assistant: float) -> None:
    assert care_hours(TABLE, needs(**values)) == CareHours(nurse, assistant)


def test_the_person_of_a_one_to_one_also_feeds() -> None:
    assert care_hours(TABLE, needs(one_to_one="yes", feeding="yes", mobility="one")) == CareHours(4.8, 26.4)


def test_a_hoist_takes_a_second_person_beside_the_one_to_one() -> None:
    assert care_hours(TABLE, needs(one_to_one="yes", mobility="hoist")) == CareHours(5.5, 27.7)


def test_rows_are_named_and_sum_to_the_hours() -> None:
    found = care_of(TABLE, needs(acuity="1", mobility="hoist", isolation="droplet"))
    assert [key for key, _ in found.rows] == ["level.ward", "acuity.1", "mobility.hoist", "isolation.droplet"]
    assert sum(hours.nurse for _, hours in found.rows) == pytest.approx(found.hours.nurse)
    assert sum(hours.assistant for _, hours in found.rows) == pytest.approx(found.hours.assistant)


def test_what_is_too_unsure_to_use_adds_nothing() -> None:
    unsure = Need(NeedName.FEEDING, "yes", 0.4, NeedSource.NOTE, Binding.NONE, abstained=True)
    assert care_hours(TABLE, Needs("P1", {NeedName.FEEDING: unsure})) == CareHours(4.8, 2.4)


@pytest.mark.parametrize(
    ("values", "level"),
    [
        ({}, "0"),
        ({"acuity": "2", "mobility": "two"}, "1a"),
        ({"mobility": "hoist"}, "1b"),
        ({"mobility": "one"}, "0"),
        ({"feeding": "yes"}, "1b"),
        ({"one_to_one": "yes", "acuity": "1"}, "1c"),
        ({"level": "hdu", "one_to_one": "yes"}, "2"),
        ({"level": "icu"}, "3"),
    ],
)
def test_tool_level(values: dict[str, str], level: str) -> None:
    assert tool_level(needs(**values)) == level


def test_a_filled_tool_replaces_the_ratios() -> None:
    rows = [
        {**row, "nurse": TOOL[str(row["key"])[5:]], "assistant": 0.5} if str(row["key"])[5:] in TOOL else row
        for row in TABLE.as_rows()
    ]
    found = care_of(CareTable.from_rows(rows), needs(mobility="hoist", isolation="airborne"))
    assert [key for key, _ in found.rows] == ["tool.1b"]
    assert found.hours == CareHours(round(1.3 * 4.18, 2), round(0.5 * 4.18, 2))
