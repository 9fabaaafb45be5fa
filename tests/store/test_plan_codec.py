from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from medalloc.domain.answers import Scarce
from medalloc.domain.plan import Action, BedPlan, Placement, Reason, SolveStatus
from medalloc.store.plan_codec import dump_plan, load_plan, load_reasons, reason_fields

texts = st.text(max_size=8)
times = st.datetimes()
numbers = st.floats(allow_nan=False, allow_infinity=False)
reasons = st.lists(st.builds(Reason, texts, st.lists(st.tuples(texts, texts), max_size=3).map(tuple)), max_size=3).map(
    tuple
)
placements = st.builds(
    Placement,
    patient_id=texts,
    action=st.sampled_from(Action),
    from_bed_id=texts,
    to_bed_id=texts,
    starts_at=st.none() | times,
    ends_at=st.none() | times,
    terms=st.dictionaries(texts, numbers, max_size=3),
    reasons=reasons,
)
scarce = st.builds(
    Scarce,
    ward_id=texts,
    single=st.booleans(),
    features=st.frozensets(texts, max_size=3),
    starts_at=times,
    beds=st.integers(0, 40),
    points=numbers,
)
plans = st.builds(
    BedPlan,
    at=times,
    placements=st.lists(placements, max_size=4).map(tuple),
    status=st.sampled_from(SolveStatus),
    bound=st.floats(allow_nan=False),
    runtime_s=numbers,
    solver=texts,
    seed=st.integers(0, 2**31),
    weights=st.dictionaries(texts, numbers, max_size=3),
    horizon_days=st.integers(1, 14),
    scarce=st.lists(scarce, max_size=2).map(tuple),
)


@given(plans)
def test_plan_comes_back_as_it_was(plan: BedPlan) -> None:
    assert load_plan(dump_plan(plan)) == plan


def test_a_plan_from_before_plans_looked_ahead_still_loads() -> None:
    stored = (
        '{"at": "2026-03-05T10:00:00", "placements": [], "status": "feasible", "bound": 2.5, "runtime_s": 0.5, '
        '"solver": "HiGHS", "seed": 3, "weights": {"waiting": 1.0}}'
    )
    plan = load_plan(stored)
    assert (plan.bound, plan.horizon_days, plan.scarce) == (2.5, 1, ())


@given(reasons)
def test_reasons_come_back_as_they_were(found: tuple[Reason, ...]) -> None:
    assert load_reasons(reason_fields(found)) == found
