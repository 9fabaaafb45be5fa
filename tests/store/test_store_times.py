from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.dialects import sqlite

from medalloc.store.times import HospitalTime, Moment, utc_now

DIALECT = sqlite.dialect()


def test_moment_is_kept_in_utc_and_handed_out_with_its_zone() -> None:
    shanghai = datetime(2026, 3, 5, 16, 17, tzinfo=timezone(timedelta(hours=8)))
    kept = Moment().process_bind_param(shanghai, DIALECT)
    assert kept == datetime(2026, 3, 5, 8, 17)
    assert Moment().process_result_value(kept, DIALECT) == shanghai


def test_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        Moment().process_bind_param(datetime(2026, 3, 5), DIALECT)


def test_hospital_time_is_kept_as_it_was_given() -> None:
    local = datetime(2026, 3, 29, 1, 30)  # an hour that the clocks skip in Europe/London
    assert HospitalTime().process_bind_param(local, DIALECT) == local


def test_hospital_time_with_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="carry no zone"):
        HospitalTime().process_bind_param(datetime(2026, 3, 5, tzinfo=UTC), DIALECT)


def test_nothing_stays_nothing() -> None:
    assert Moment().process_bind_param(None, DIALECT) is None
    assert Moment().process_result_value(None, DIALECT) is None


def test_now_has_a_zone() -> None:
    assert utc_now().tzinfo is UTC
