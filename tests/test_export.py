from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc import __version__
from medalloc.domain.needs import Binding, Evidence, Need, NeedName, Needs, NeedSource
from medalloc.domain.plan import Action, BedPlan, Placement, Reason, SolveStatus
from medalloc.domain.requirements import CareHours, StayDays
from medalloc.domain.review import Decision, RejectReason, UserRole, Verdict
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.export import (
    bed_plan_csv,
    needs_csv,
    provenance,
    read_bed_plan,
    versions,
    write_bed_plan,
    write_needs,
)
from medalloc.needs.corrected import with_value

AT = datetime(2026, 3, 5, 8, 0)
SNAPSHOT = HospitalSnapshot(
    "Tiny General", AT, "Europe/London", (), (), (), sha256={"beds.csv": "ab" * 32, "notes.csv": "cd" * 32}
)

PLAN = BedPlan(
    AT,
    (
        Placement("007", Action.STAY, "01", "01", AT, AT + timedelta(days=2)),
        Placement("NA", Action.TRANSFER, "04", "09", AT, None, {"transfer": 15.0, "preferred": 0.1 + 0.2}),
        Placement("P4", Action.HOLD, "", "03", AT + timedelta(hours=3.5), None, {"waiting": 2 / 3}),
        Placement("P6", Action.WAIT, terms={"waiting": 9.25}, reasons=(Reason("no_free_bed"), Reason("kept"))),
    ),
    SolveStatus.FEASIBLE,
    bound=20.0,
    runtime_s=1.5,
    solver="HiGHS",
    seed=11,
    weights={"waiting": 1.0, "transfer": 15.0},
)
DECIDED = datetime(2026, 3, 5, 8, 17, 30, 250_000, tzinfo=UTC)


def decision(patient_id: str, bed_id: str, **changes: object) -> Decision:
    made = Decision(patient_id, Verdict.ACCEPT, bed_id, None, "", "Ada", UserRole.BED_MANAGER, DECIDED, 5, 1)
    return replace(made, **changes)  # type: ignore[arg-type]


def row_of(patient_id: str, plan: BedPlan = PLAN, **decisions: Decision) -> dict[str, str]:
    rows = read_bed_plan(bed_plan_csv(plan, decisions))
    return next(row for row in rows if row["patient_id"] == patient_id)


def test_columns_are_those_of_the_contract() -> None:
    assert bed_plan_csv(PLAN, {}).splitlines()[0] == (
        "patient_id,action,from_bed_id,to_bed_id,starts_at,ends_at,penalty,terms,reason,decision,decided_by,decided_at"
    )


def test_every_patient_stands_in_it_once_in_the_order_of_the_plan() -> None:
    assert [row["patient_id"] for row in read_bed_plan(bed_plan_csv(PLAN, {}))] == ["007", "NA", "P4", "P6"]


def test_row_in_full() -> None:
    assert row_of("NA", NA=decision("NA", "09")) == {
        "patient_id": "NA",
        "action": "transfer",
        "from_bed_id": "04",
        "to_bed_id": "09",
        "starts_at": "2026-03-05T08:00:00",
        "ends_at": "",
        "penalty": "15.3",
        "terms": "transfer=15;preferred=0.3",
        "reason": "",
        "decision": "accept",
        "decided_by": "Ada",
        "decided_at": "2026-03-05T08:17:30+00:00",
    }


def test_hold_says_from_when() -> None:
    row = row_of("P4")
    assert (row["to_bed_id"], row["starts_at"], row["terms"]) == (
        "03",
        "2026-03-05T11:30:00",
        "waiting=0.666667",
    )


def test_wait_says_why() -> None:
    assert row_of("P6")["reason"] == "every usable bed is taken; a person wants this patient to remain"


def test_decision_about_another_bed_is_not_shown_beside_this_one() -> None:
    refused = decision("NA", "08", verdict=Verdict.REJECT, reason=RejectReason.NOT_THIS_BED)
    assert [row_of("NA", NA=refused)[name] for name in ("decision", "decided_by", "decided_at")] == [
        "",
        "",
        "",
    ]


def test_refused_move_is_shown_where_the_plan_leaves_the_patient() -> None:
    refused = decision("P6", "02", verdict=Verdict.REJECT, reason=RejectReason.DO_NOT_MOVE)
    assert row_of("P6", P6=refused)["decision"] == "reject"


def test_penalties_sum_to_the_objective() -> None:
    rows = read_bed_plan(bed_plan_csv(PLAN, {}))
    assert sum(float(row["penalty"]) for row in rows) == pytest.approx(PLAN.objective, abs=1e-5)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=1", "''-2"])
def test_cell_that_a_spreadsheet_would_run_is_made_safe_and_comes_back(text: str) -> None:
    plan = replace(PLAN, placements=(Placement(text, Action.STAY, text, text, AT),))
    written = list(csv.reader(io.StringIO(bed_plan_csv(plan, {}), newline="")))[1]
    assert [written[0], written[2], written[3]] == [f"'{text}"] * 3
    row = row_of(text, plan)
    assert (row["patient_id"], row["from_bed_id"], row["to_bed_id"]) == (text, text, text)


@pytest.mark.parametrize("text", ["007", "O'Neill", "'quoted'", "a=b", ""])
def test_harmless_cell_is_left_alone(text: str) -> None:
    plan = replace(PLAN, placements=(Placement(text, Action.WAIT),))
    assert list(csv.reader(io.StringIO(bed_plan_csv(plan, {}))))[1][0] == text


def test_negative_number_stays_a_number() -> None:
    plan = replace(PLAN, placements=(Placement("P1", Action.STAY, terms={"outlier": -1.5}),))
    assert bed_plan_csv(plan, {}).splitlines()[1].split(",")[6] == "-1.5"


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
times = st.datetimes(min_value=datetime(1990, 1, 1)).map(lambda at: at.replace(microsecond=0))
placements = st.builds(
    Placement,
    patient_id=texts,
    action=st.sampled_from(Action),
    from_bed_id=texts,
    to_bed_id=texts,
    starts_at=st.none() | times,
    ends_at=st.none() | times,
    terms=st.dictionaries(st.sampled_from(["waiting", "outlier"]), st.integers(-99, 99).map(lambda n: n / 4)),
)


@given(st.lists(placements, max_size=3), texts)
def test_plan_can_be_read_back_from_its_export(found: list[Placement], who: str) -> None:
    plan = replace(PLAN, placements=tuple(found))
    decisions = {one.patient_id: decision(one.patient_id, one.to_bed_id, decided_by=who) for one in found}
    rows = read_bed_plan(bed_plan_csv(plan, decisions))
    assert len(rows) == len(found)
    for row, placement in zip(rows, found, strict=True):
        given_ids = (placement.patient_id, placement.from_bed_id, placement.to_bed_id)
        assert (row["patient_id"], row["from_bed_id"], row["to_bed_id"]) == given_ids
        assert Action(row["action"]) is placement.action
        for name, at in (("starts_at", placement.starts_at), ("ends_at", placement.ends_at)):
            assert (datetime.fromisoformat(row[name]) if row[name] else None) == at
        terms = dict(term.split("=") for term in row["terms"].split(";") if term)
        assert {name: float(value) for name, value in terms.items()} == placement.terms
        assert float(row["penalty"]) == placement.penalty
        if placement.to_bed_id == decisions[placement.patient_id].bed_id:
            assert row["decided_by"] == who


def test_export_of_what_was_read_is_the_same_file() -> None:
    text = bed_plan_csv(PLAN, {"NA": decision("NA", "09")})
    out = io.StringIO(newline="")
    rows = read_bed_plan(text)
    writer = csv.DictWriter(out, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    assert out.getvalue() == text


def needs() -> dict[str, Needs]:
    weak = Evidence("n1", 0, 7, "Cough x", 0.5)
    strong = Evidence("n2", 4, 17, "on 2 L,\n-stat", 2.5)
    oxygen = Need(NeedName.OXYGEN, "yes", 0.9345678, NeedSource.NOTE, Binding.HARD, evidence=(weak, strong))
    level = Need(NeedName.LEVEL, "hdu", 0.41, NeedSource.VITALS, Binding.NONE, abstained=True)
    return {"007": Needs("007", {NeedName.OXYGEN: oxygen, NeedName.LEVEL: level}), "NA": Needs("NA", {})}


def test_needs_stand_with_the_sentence_that_weighs_most() -> None:
    rows = list(csv.DictReader(io.StringIO(needs_csv(needs()), newline="")))
    assert rows == [
        {
            "patient_id": "007",
            "need": "oxygen",
            "value": "yes",
            "probability": "0.934568",
            "abstained": "false",
            "source": "note",
            "note_id": "n2",
            "start": "4",
            "end": "17",
            "quote": "on 2 L,\n-stat",
        },
        {
            "patient_id": "007",
            "need": "level",
            "value": "hdu",
            "probability": "0.41",
            "abstained": "true",
            "source": "vitals",
            "note_id": "",
            "start": "",
            "end": "",
            "quote": "",
        },
    ]


def test_need_that_a_clinician_stated_says_so() -> None:
    stated = {"007": with_value(needs()["007"], NeedName.LEVEL, "icu")}
    rows = list(csv.DictReader(io.StringIO(needs_csv(stated), newline="")))
    level = next(row for row in rows if row["need"] == "level")
    assert (level["value"], level["probability"], level["abstained"], level["source"]) == (
        "icu",
        "1",
        "false",
        "clinician",
    )


def test_provenance_says_what_the_plan_was_made_from() -> None:
    facts = provenance(SNAPSHOT, PLAN, settings={"time_limit_s": 20.0}, files={"bed_plan.csv": "x"})
    assert facts["inputs"] == {"beds.csv": "ab" * 32, "notes.csv": "cd" * 32}
    assert facts["settings"] == {"time_limit_s": 20.0}
    assert facts["weights"] == {"waiting": 1.0, "transfer": 15.0}
    assert facts["seed"] == 11
    assert facts["outputs"] == {"bed_plan.csv": hashlib.sha256(b"x").hexdigest()}
    assert facts["solve"] == {
        "solver": "HiGHS",
        "status": "feasible",
        "objective": pytest.approx(25.2166667),
        "bound": 20.0,
        "gap": pytest.approx(0.2068737),
        "runtime_s": 1.5,
    }


def test_bound_that_is_no_number_is_left_blank() -> None:
    facts = provenance(SNAPSHOT, replace(PLAN, bound=float("-inf")))
    assert (facts["solve"]["bound"], facts["solve"]["gap"]) == (None, None)
    json.dumps(facts, allow_nan=False)


def test_versions_name_what_can_change_a_result() -> None:
    found = versions()
    assert found["medalloc"] == __version__
    assert {"python", "pulp", "highspy", "numpy"} <= set(found)


def test_package_that_is_not_there_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("medalloc.export.PACKAGES", ("pulp", "no-such-package-of-medalloc"))
    assert set(versions()) == {"medalloc", "python", "pulp"}


def test_folder_gets_both_files(tmp_path: Path) -> None:
    path = write_bed_plan(tmp_path, PLAN, {}, SNAPSHOT)
    assert path == tmp_path / "bed_plan.csv"
    facts = json.loads((tmp_path / "provenance.json").read_text())
    assert facts["outputs"]["bed_plan.csv"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_file_gets_its_provenance_beside_it(tmp_path: Path) -> None:
    path = write_bed_plan(tmp_path / "new" / "monday.csv", PLAN, {}, SNAPSHOT)
    assert path.read_text() == bed_plan_csv(PLAN, {})
    assert {found.name for found in (tmp_path / "new").iterdir()} == {"monday.csv", "provenance.json"}


def test_two_exports_of_the_same_data_share_their_provenance(tmp_path: Path) -> None:
    write_bed_plan(tmp_path, PLAN, {}, SNAPSHOT)
    write_needs(tmp_path, needs(), SNAPSHOT)
    facts = json.loads((tmp_path / "provenance.json").read_text())
    assert set(facts["outputs"]) == {"bed_plan.csv", "needs.csv"}
    assert facts["seed"] == 11


@pytest.mark.parametrize("known", ['{"inputs": {"beds.csv": "00"}, "seed": 99}', "not json", "[]", ""])
def test_provenance_of_other_data_is_replaced(tmp_path: Path, known: str) -> None:
    (tmp_path / "provenance.json").write_text(known)
    write_needs(tmp_path, needs(), SNAPSHOT)
    facts = json.loads((tmp_path / "provenance.json").read_text())
    assert set(facts["outputs"]) == {"needs.csv"}
    assert "seed" not in facts


def test_needs_end_with_the_expected_stay_and_hours_of_care() -> None:
    found = Needs("007", {}, stay=StayDays(0.5, 2.25, 9.0), care=CareHours(4.8, 2.4))
    rows = list(csv.DictReader(io.StringIO(needs_csv({"007": found}), newline="")))
    assert [(row["patient_id"], row["need"], row["value"]) for row in rows] == [
        ("007", "los_days", "0.5;2.25;9"),
        ("007", "nurse_hours", "4.8"),
        ("007", "assistant_hours", "2.4"),
    ]
