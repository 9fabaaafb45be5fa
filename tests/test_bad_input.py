"""Bad input on its whole way, from the files to the plan: a clear error, or a wait with its reason; nobody is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from medalloc.domain.plan import Action, BedPlan, Locks, SolveStatus
from medalloc.errors import DataError, DecisionError
from medalloc.ingest import load
from medalloc.optimise.beds import BedSettings, BedWeights, plan_beds
from medalloc.optimise.beds.weights import DESCRIBED, most_of
from medalloc.optimise.check import check_bed_plan
from medalloc.review.plan_settings import bed_settings
from medalloc.review.weight_files import read_toml
from tests.tiny import tiny_files, with_change, with_row

BEDS = "bed_id,ward_id,bay_id,features,status,available_at\n"


def planned(
    files: dict[str, bytes], settings: BedSettings | None = None, locks: Locks | None = None
) -> tuple[BedPlan, list[str]]:
    """A checked plan in which everybody who was loaded stands once, and what was said of the patients' rows."""
    loaded = load(files)
    plan = plan_beds(loaded.snapshot, {}, settings, locks)
    lines = sorted(line.patient_id for line in plan.placements)
    assert lines == sorted(patient.patient_id for patient in loaded.snapshot.patients)
    assert check_bed_plan(loaded.snapshot, {}, plan, locks) == ()
    return plan, [str(issue) for issue in loaded.issues if issue.file == "patients.csv"]


@pytest.mark.parametrize(
    ("locks", "told"),
    [
        (Locks(pins={"P4": "06"}), "P4 06 breaks usable_bed: the bed is not ready in time"),
        (Locks(pins={"P4": "06"}), "P4 06 breaks age: aged 83, the ward takes 0 to 17"),
        (Locks(pins={"P4": "99"}), "P4 99 breaks usable_bed: there is no such bed"),
        (Locks(pins={"P4": "07"}), "P4 07 breaks locked: no place was found for those in the way, among P3"),
        (Locks(pins={"P4": "02"}, keep=frozenset({"P4"})), "P4 02 breaks locked: is to stay, or to go on waiting"),
        (
            Locks(pins={"P4": "02"}, forbidden=frozenset({("P4", "02")})),
            "P4 02 breaks rejected: a person has refused this bed",
        ),
        (Locks(pins={"P4": "02", "P6": "02"}), "P4 02 breaks one_patient_per_bed: the bed is kept by P6"),
    ],
)
def test_a_lock_that_breaks_a_rule_is_refused_with_patient_bed_and_rule(locks: Locks, told: str) -> None:
    with pytest.raises(DecisionError) as refused:
        planned(tiny_files(), locks=locks)
    assert told in str(refused.value)
    assert refused.value.violations


def test_a_lock_that_keeps_the_rules_is_kept() -> None:
    plan, _ = planned(tiny_files(), locks=Locks(pins={"P4": "03"}))
    assert plan.placement_of["P4"].to_bed_id == "03"


def test_a_bay_whose_beds_are_all_shut_takes_nobody() -> None:
    files = with_change("beds.csv", "02,W1,A,oxygen,available,", "02,W1,A,oxygen,closed,")
    files["beds.csv"] = files["beds.csv"].replace(b"03,W1,A,,cleaning,2026-03-05T11:30", b"03,W1,A,,closed,")
    line = planned(files)[0].placement_of["P4"]
    assert line.action is Action.WAIT
    assert {reason.code for reason in line.reasons} & {"blocked", "no_free_bed"}


@pytest.mark.parametrize("beds", ["", "01,W1,A,,closed,\n"])
def test_without_a_bed_to_give_everybody_waits_with_the_reason(beds: str) -> None:
    plan, _ = planned(tiny_files(beds=BEDS + beds))
    assert plan.status is SolveStatus.OPTIMAL
    for patient_id in ("P4", "P5", "P6"):
        line = plan.placement_of[patient_id]
        assert (line.action, [reason.code for reason in line.reasons]) == (Action.WAIT, ["no_free_bed"])


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("2026-03-06T15:00", "2026-03-01T15:00", "should not be before admitted_at, 2026-03-02T22:10"),
        ("16:30,,,", "16:30,,2026-03-05T12:00,", "should not be before expected_at, 2026-03-05T16:30"),
        ("01:45,,,,", "01:45,,,2026-03-04T12:00,", "should not be before waiting_since, 2026-03-05T01:45"),
    ],
)
def test_a_discharge_before_admission_is_told_and_the_patient_is_planned(old: str, new: str, told: str) -> None:
    usual, _ = planned(tiny_files())
    plan, (issue,) = planned(with_change("patients.csv", old, new))
    assert issue.startswith("patients.csv:")
    assert " edd " in issue
    assert issue.endswith(told)
    assert [line.to_bed_id for line in plan.placements] == [line.to_bed_id for line in usual.placements]


@pytest.mark.parametrize("feature", ["dialysis", "hyperbaric"])
def test_a_feature_that_no_bed_has_is_a_wait_with_the_rule(feature: str) -> None:
    cells = {"status": "waiting", "waiting_since": "2026-03-05T03:00", "features": feature}
    plan, _ = planned(with_row("patients.csv", patient_id="P9", sex="female", age="40", **cells))
    line = plan.placement_of["P9"]
    assert line.action is Action.WAIT
    assert ("rule", "features") in [value for reason in line.reasons for value in reason.values]
    assert plan.placement_of["P4"].to_bed_id == "02"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[limits]\nhorizon_days = 0\n", "the limit horizon_days must be a whole number from 1 to 14, not 0"),
        ("[weights]\nwaiting = -1\n", "the weight waiting must be a number from 0 to 1,000,000, not -1"),
        ("[weights]\nbreach = 1e7\n", "the weight breach must be a number from 0 to 1,000,000, not 10000000.0"),
        ("[weights]\nacuity_1 = 1e6\n", "the weight acuity_1 must be a number from 0 to 1,000, not 1000000.0"),
        ("[weights]\nflip = nan\n", "the weight flip must be a number from 0 to 1,000,000, not nan"),
    ],
)
def test_weights_and_limits_out_of_range_are_refused_with_what_would_be_right(
    text: str, told: str, tmp_path: Path
) -> None:
    path = tmp_path / "winter.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as refused:
        bed_settings(read_toml(path))
    assert str(refused.value) == f"winter.toml: {told}"


@pytest.mark.parametrize("share", [0.0, 1e-12, 1.0])
def test_the_least_and_the_highest_weights_make_a_plan(share: float) -> None:
    weights = BedWeights.from_mapping({name: share * most_of(name) for name in DESCRIBED})
    plan, _ = planned(tiny_files(), BedSettings(weights))
    assert plan.status is SolveStatus.OPTIMAL
    assert sum(plan.penalties.values()) == pytest.approx(plan.objective)
    assert plan.bound <= plan.objective * (1 + 1e-6) + 1e-6
    assert (plan.placement_of["P5"].to_bed_id == "05") is (share == 1.0)
