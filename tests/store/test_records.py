from dataclasses import FrozenInstanceError, fields

import pytest

from medalloc.store import records

HANDED_OUT = (
    records.SnapshotInfo,
    records.PlanInfo,
    records.StoredPlan,
    records.AuditEntry,
    records.BrokenRow,
    records.AuditHead,
)


@pytest.mark.parametrize("record", HANDED_OUT)
def test_nothing_that_is_handed_out_can_be_changed(record: type) -> None:
    made = object.__new__(record)
    with pytest.raises(FrozenInstanceError):
        setattr(made, fields(record)[0].name, 7)


def test_a_source_is_written_as_the_word_itself() -> None:
    assert [str(source) for source in records.SnapshotSource] == ["sample", "upload", "folder"]
