from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.domain.corrections import Correction, CorrectionKind, CorrectionReason
from medalloc.domain.needs import NeedName
from medalloc.domain.review import UserRole
from medalloc.governance.local import Share, local_quality
from medalloc.store import KeptCorrection

CONFIRM, CHANGE = CorrectionKind.CONFIRM, CorrectionKind.CHANGE
MISREAD = CorrectionReason.MISREAD


def kept(name: NeedName, kind: CorrectionKind, probability: float, *, undone: bool = False) -> KeptCorrection:
    reason = None if kind is CONFIRM else MISREAD
    at = datetime(2026, 3, 5, 8)
    correction = Correction(
        *("P1", name, kind, "yes", "no", probability, reason, "", "Ada", UserRole.CLINICIAN),
        *(at.replace(tzinfo=UTC), at),
    )
    return KeptCorrection(1, "Tiny", correction, undone=undone)


HISTORY = (
    kept(NeedName.FALLS, CONFIRM, 0.91),
    kept(NeedName.FALLS, CONFIRM, 0.62),
    kept(NeedName.FALLS, CHANGE, 0.62),
    kept(NeedName.LEVEL, CHANGE, 1.0),
    kept(NeedName.LEVEL, CHANGE, 0.3, undone=True),
)


def test_what_was_confirmed_was_right_and_what_was_taken_back_does_not_count() -> None:
    assert local_quality(HISTORY).total == Share(2, 4)


def test_needs_stand_by_number_of_corrections() -> None:
    found = local_quality(HISTORY).by_need
    assert list(found.items()) == [(NeedName.FALLS, Share(2, 3)), (NeedName.LEVEL, Share(0, 1))]


def test_bands_follow_the_probability_that_was_shown() -> None:
    assert local_quality(HISTORY).by_band == {0.5: Share(1, 2), 0.9: Share(1, 1), 1.0: Share(0, 1)}


def test_reasons_are_counted() -> None:
    assert local_quality(HISTORY).reasons == {MISREAD: 2}


def test_nothing_said_is_nothing_counted() -> None:
    found = local_quality(())
    assert (found.total, found.by_need, found.reasons) == (Share(0, 0), {}, {})
    assert found.total.interval == (0.0, 1.0)


@given(st.integers(0, 400), st.integers(0, 400))
def test_the_interval_holds_the_share(right: int, wrong: int) -> None:
    share = Share(right, right + wrong)
    low, high = share.interval
    assert 0.0 <= low <= high <= 1.0
    if share.n:
        assert low - 1e-9 <= share.share <= high + 1e-9


def test_the_interval_is_wilsons() -> None:
    assert Share(9, 10).interval == pytest.approx((0.5958, 0.9821), abs=1e-4)
