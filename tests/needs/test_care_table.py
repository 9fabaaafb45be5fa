import json
import math
from pathlib import Path
from typing import Any

import pytest

from medalloc.domain.needs import Mobility
from medalloc.domain.people import Isolation
from medalloc.domain.places import Level
from medalloc.errors import DataError, Issue
from medalloc.needs.care_table import KEYS, CareTable, load_care_table

TABLE = load_care_table()


def changed(key: str, **cells: Any) -> list[dict[str, object]]:
    return [{**row, **cells} if row["key"] == key else row for row in TABLE.as_rows()]


def issues_of(rows: list[dict[str, object]]) -> tuple[Issue, ...]:
    with pytest.raises(DataError) as raised:
        CareTable.from_rows(rows)
    return raised.value.issues


@pytest.mark.parametrize(("key", "patients"), [("ward", 5), ("telemetry", 4), ("hdu", 3), ("icu", 2)])
def test_defaults_are_the_legal_ratios(key: str, patients: int) -> None:
    assert TABLE.hours(f"level.{key}")[0] == pytest.approx(24 / patients)


def test_every_row_names_its_source() -> None:
    assert all(row.source for row in TABLE.rows)


def test_no_number_of_the_licensed_tool_is_shipped() -> None:
    slots = [row for row in TABLE.rows if row.key.startswith("tool.") and "wte" not in row.key]
    assert [(row.nurse, row.assistant) for row in slots] == [(None, None)] * 7
    assert not TABLE.has_tool


def test_there_is_a_row_for_every_level_mobility_and_isolation() -> None:
    assert {f"level.{level}" for level in Level} <= set(KEYS)
    assert {f"mobility.{value}" for value in Mobility if value != Mobility.INDEPENDENT} <= set(KEYS)
    assert {f"isolation.{value}" for value in Isolation if value != Isolation.NONE} <= set(KEYS)


def test_rows_survive_json_in_any_order() -> None:
    rows = json.loads(json.dumps(TABLE.as_rows()[::-1]))
    assert CareTable.from_rows(rows) == TABLE


def test_an_edited_number_is_taken() -> None:
    assert CareTable.from_rows(changed("feeding", assistant=2)).hours("feeding") == (0.0, 2.0)


@pytest.mark.parametrize("value", [-0.1, 48.5, math.nan, math.inf, None, "3", True])
def test_a_wrong_number_names_row_and_column(value: object) -> None:
    (issue,) = issues_of(changed("mobility.two", nurse=value))
    assert issue.column == "nurse"
    assert issue.message == "row mobility.two: hours a day, from 0 to 48"


def test_an_unknown_row_is_refused_with_those_that_exist() -> None:
    (issue,) = issues_of([*TABLE.as_rows(), {"key": "mobility.flying", "nurse": 1.0, "assistant": 0.0}])
    assert issue.value == "mobility.flying"
    assert "mobility.hoist" in issue.message


def test_a_missing_row_is_named() -> None:
    (issue,) = issues_of([row for row in TABLE.as_rows() if row["key"] != "level.icu"])
    assert (issue.value, issue.message) == ("level.icu", "the row is missing")


def test_a_row_may_stand_there_once() -> None:
    (issue,) = issues_of([*TABLE.as_rows(), TABLE.as_rows()[3]])
    assert issue.message == "one row for each key"


def test_a_half_filled_tool_is_refused() -> None:
    issues = issues_of(changed("tool.1a", nurse=1.2, assistant=0.6))
    assert len(issues) == 12
    assert all("all levels of the tool, or none" in issue.message for issue in issues)


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "care.toml").write_text("[[row]\nkey = 3", encoding="utf-8")
    with pytest.raises(DataError, match=r"care\.toml"):
        load_care_table(tmp_path / "care.toml")
