from __future__ import annotations

import pandas as pd
import pytest

from medalloc.errors import DataError
from medalloc.needs.care_table import KEYS, CareTable, load_care_table
from medalloc.ui import care_rows


@pytest.fixture
def table() -> CareTable:
    return load_care_table()


def _rows(table: CareTable, **cells: object) -> list[dict[str, object]]:
    """All rows, with cells of the first one changed."""
    rows = care_rows.edited(care_rows.frame(table.rows))
    return [rows[0] | cells, *rows[1:]]


def test_every_row_is_in_one_of_the_two_editors() -> None:
    assert sorted((*care_rows.HOURS, *care_rows.TOOL)) == sorted(KEYS)


def test_what_is_not_edited_comes_back_as_it_was(table: CareTable) -> None:
    assert CareTable.from_rows(_rows(table)) == table
    assert care_rows.changes(table, _rows(table)) == []


def test_a_change_is_named(table: CareTable) -> None:
    was = table.rows[0].nurse
    assert care_rows.changes(table, _rows(table, nurse=6.25)) == [f"Ward – Nurse: {was} → 6.25"]


def test_an_empty_cell_is_none(table: CareTable) -> None:
    frame = care_rows.frame(table.rows)
    frame.loc[KEYS[0], "nurse"] = pd.NA
    assert care_rows.edited(frame)[0]["nurse"] is None


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"nurse": 49.5}, "Ward – Nurse: 49.5. Right would be: a number from 0 to 48."),
        ({"assistant": None}, "Ward – Assistant: –. Right would be: a number from 0 to 48."),
    ],
)
def test_a_fault_names_the_row_and_what_would_be_right(table: CareTable, cells: dict[str, object], says: str) -> None:
    with pytest.raises(DataError) as caught:
        CareTable.from_rows(_rows(table, **cells))
    assert [care_rows.fault(issue) for issue in caught.value.issues] == [says]


def test_a_tool_filled_in_by_half_is_refused_in_words(table: CareTable) -> None:
    rows = _rows(table)
    rows[-1] |= {"nurse": 1.5, "assistant": 0.5}
    with pytest.raises(DataError) as caught:
        CareTable.from_rows(rows)
    said = [care_rows.fault(issue) for issue in caught.value.issues]
    assert said[0].startswith("Level 0, whole-time equivalents a bed – Nurse: –.")
    assert said[0].endswith("all levels of the tool, or none of them.")
