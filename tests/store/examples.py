"""A plan of seven patients and the people who decide about it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from medalloc.domain.plan import Action, BedPlan, Placement, Reason, SolveStatus
from medalloc.domain.review import Decision, RejectReason, User, UserRole, Verdict
from medalloc.store import Store

AT = datetime(2026, 3, 5, 8, 0)
NOW = datetime(2026, 3, 5, 8, 17, 30, 250_000, tzinfo=UTC)
ADA = User("Ada", UserRole.BED_MANAGER)
BO = User("Bo", UserRole.BED_MANAGER)
VIV = User("Viv", UserRole.VIEWER)

PLACEMENTS = (
    Placement("007", Action.STAY, "01", "01", AT, AT + timedelta(days=2), {"outlier": 1.5}),
    Placement("NA", Action.TRANSFER, "04", "09", AT, None, {"transfer": 15.0, "preferred": 0.1}),
    Placement("P3", Action.ADMIT, "", "02", AT, AT + timedelta(hours=30), {"waiting": 2 / 3}),
    Placement(
        "P4",
        Action.HOLD,
        "",
        "03",
        AT + timedelta(hours=3),
        None,
        {},
        (Reason("hold", (("until", "11:30"),)),),
    ),
    Placement("P5", Action.ADMIT, "", "05", AT, None, {"side_room": 3.0}),
    Placement(
        "P6",
        Action.WAIT,
        "",
        "",
        None,
        None,
        {"waiting": 9.25},
        (Reason("blocked"), Reason("x", (("a", "b"), ("a", "c")))),
    ),
    Placement("P7", Action.ADMIT, "", "06", AT),
)


def plan(**changes: object) -> BedPlan:
    """The plan, or a variant of it."""
    fields: dict[str, object] = {
        "at": AT,
        "placements": PLACEMENTS,
        "status": SolveStatus.FEASIBLE,
        "bound": 27.0,
        "runtime_s": 1.25,
        "solver": "HiGHS",
        "seed": 11,
        "weights": {"outlier": 1.5, "waiting": 1.0},
    }
    return BedPlan(**{**fields, **changes})  # type: ignore[arg-type]


def before() -> BedPlan:
    """Doing nothing: nobody is placed, and it was never solved."""
    waits = tuple(Placement(one.patient_id, Action.WAIT, terms={"waiting": 12.5}) for one in PLACEMENTS)
    return plan(placements=waits, bound=float("-inf"), solver="", status=SolveStatus.NO_PLAN)


def zipped(files: Mapping[str, str], *, year: int = 2020) -> bytes:
    """A zip of files, all of one date."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, (year, 1, 1, 0, 0, 0)), text)
    return out.getvalue()


def loaded(store: Store, data: bytes = b"the data") -> tuple[int, int]:
    """Numbers of a snapshot and of a plan for it, fresh in the store."""
    snapshot_id = store.save_snapshot(data, name="Tiny General", at=AT, source="sample", user=ADA)
    return snapshot_id, store.save_plan(snapshot_id, plan(), before(), user=ADA)


def decision(plan_id: int, patient_id: str = "P3", *, by: User = ADA, **changes: object) -> Decision:
    """An acceptance of what the plan proposes, or a variant of it."""
    bed_id = plan().placement_of[patient_id].to_bed_id
    fields: dict[str, object] = {
        "patient_id": patient_id,
        "verdict": Verdict.ACCEPT,
        "bed_id": bed_id,
        "reason": None,
        "comment": "",
        "decided_by": by.name,
        "role": by.role,
        "decided_at": NOW,
        "plan_id": plan_id,
        "version": 1,
    }
    return Decision(**{**fields, **changes})  # type: ignore[arg-type]


def refusal(plan_id: int, patient_id: str = "P3", *, by: User = ADA, **changes: object) -> Decision:
    """A refusal of what the plan proposes."""
    fields: dict[str, object] = {"verdict": Verdict.REJECT, "reason": RejectReason.NOT_THIS_BED}
    return decision(plan_id, patient_id, by=by, **{**fields, **changes})
