"""The steps joined: what is kept, what is read again, and that no unchecked plan comes out."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from medalloc import pipeline
from medalloc.domain.corrections import CorrectionReason
from medalloc.domain.needs import Binding, Need, NeedName, Needs, NeedSource
from medalloc.domain.progress import OnProgress, Progress
from medalloc.domain.requirements import CareHours
from medalloc.domain.review import User, UserRole
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.errors import DataError
from medalloc.ingest import load, pack
from medalloc.needs import HashEncoder, load_heads
from medalloc.needs.care import load_care_table
from medalloc.needs.corrected import with_value
from medalloc.optimise.beds import BedWeights
from medalloc.review import corrections, weight_sets
from medalloc.review.set_limits import SetLimits
from medalloc.review.weight_sets import WeightSet
from medalloc.settings import Settings, settings
from medalloc.store import Store
from tests.conftest import MANAGER
from tests.tiny import tiny_files


def test_a_kept_snapshot_reads_back_as_it_was(kept: tuple[Store, int], tiny: HospitalSnapshot) -> None:
    assert pipeline.kept(*kept).snapshot == tiny


def test_bed_plans_need_no_stock_staff_or_events(kept: tuple[Store, int], tiny: HospitalSnapshot) -> None:
    lean = pipeline.bed_snapshot(*kept)
    assert (lean.beds, lean.patients, lean.notes) == (tiny.beds, tiny.patients, tiny.notes)
    assert (lean.usage, lean.staff, lean.events) == ((), (), ())


def test_the_same_files_are_the_same_snapshot(kept: tuple[Store, int]) -> None:
    store, snapshot_id = kept
    files = tiny_files()
    assert pipeline.keep(store, files, load(files), source="upload", user=MANAGER) == snapshot_id


def test_prepare_reads_the_notes_and_plans(
    monkeypatch: pytest.MonkeyPatch, kept: tuple[Store, int], tiny_needs: dict[str, Needs]
) -> None:
    store, snapshot_id = kept
    all_needs = {patient.patient_id: Needs(patient.patient_id, {}) for patient in load(tiny_files()).snapshot.patients}
    all_needs |= tiny_needs
    monkeypatch.setattr(pipeline, "encoder", lambda store: HashEncoder())
    monkeypatch.setattr(pipeline, "read_needs", lambda snapshot, encoder, heads, on_progress: all_needs)
    arguments = {"snapshot_id": snapshot_id, "user": "Ada", "role": "bed_manager"}
    result = pipeline.JOBS["prepare"](arguments, lambda progress: True)
    stored = store.latest_plan(snapshot_id)
    assert stored is not None
    assert (result["plan_id"], stored.made_by) == (stored.plan_id, "Ada")
    assert store.needs(snapshot_id) == all_needs


class Reader:
    """Stands in for what reads notes, and counts whom it reads."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(
        self, snapshot: HospitalSnapshot, encoder: object, heads: object, on_progress: OnProgress
    ) -> dict[str, Needs]:
        on_progress(Progress("encode"))
        self.read = [patient.patient_id for patient in snapshot.patients]
        return {patient_id: Needs(patient_id, {}, 3) for patient_id in self.read}


def test_only_patients_of_whom_something_changed_are_read_again(
    monkeypatch: pytest.MonkeyPatch, kept: tuple[Store, int], tiny: HospitalSnapshot
) -> None:
    store, reader = kept[0], Reader()
    monkeypatch.setattr(pipeline, "encoder", lambda store: HashEncoder())
    monkeypatch.setattr(pipeline, "read_needs", reader)
    first, model = pipeline.read_all_needs(store, tiny)
    assert reader.read == list(first) == [patient.patient_id for patient in tiny.patients]
    assert model == f"{HashEncoder().name} {load_heads().version}".strip()
    added = replace(tiny.notes[0], note_id="new", text="Weaned off oxygen.")
    second, _ = pipeline.read_all_needs(store, replace(tiny, notes=(*tiny.notes, added)))
    assert reader.read == [added.patient_id]
    assert second == first


def test_what_was_read_of_those_who_have_left_is_forgotten_though_nobody_is_read_again(
    monkeypatch: pytest.MonkeyPatch, kept: tuple[Store, int], tiny: HospitalSnapshot
) -> None:
    store, reader = kept[0], Reader()
    monkeypatch.setattr(pipeline, "encoder", lambda store: HashEncoder())
    monkeypatch.setattr(pipeline, "read_needs", reader)
    pipeline.read_all_needs(store, tiny)
    pipeline.read_all_needs(store, replace(tiny, patients=tiny.patients[1:]))
    pipeline.read_all_needs(store, tiny)
    assert reader.read == [tiny.patients[0].patient_id]


def test_needs_that_were_stopped_half_way_are_not_kept_for_later(
    monkeypatch: pytest.MonkeyPatch, kept: tuple[Store, int], tiny: HospitalSnapshot
) -> None:
    store, reader = kept[0], Reader()
    monkeypatch.setattr(pipeline, "encoder", lambda store: HashEncoder())
    monkeypatch.setattr(pipeline, "read_needs", reader)
    pipeline.read_all_needs(store, tiny, lambda progress: False)
    reader.read = []
    pipeline.read_all_needs(store, tiny)
    assert reader.read == [patient.patient_id for patient in tiny.patients]


def test_hours_of_care_follow_the_hospital_s_own_table(kept: tuple[Store, int], tiny: HospitalSnapshot) -> None:
    store = kept[0]
    rows = [{**row, "nurse": 3.0} if row["key"] == "level.ward" else row for row in load_care_table().as_rows()]
    read = {"007": Needs("007", {})}
    assert pipeline.counted(store, tiny, read)["007"].care == CareHours(4.8, 2.4)
    planner = User("Grace", UserRole.PLANNER)
    store.save_document(pipeline.CARE_HOURS, pipeline.CARE_HOURS, rows, saw=0, user=planner)
    assert pipeline.counted(store, tiny, read)["007"].care == CareHours(3.0, 2.4)


def test_plans_are_made_with_the_set_in_force_and_say_so(planned: tuple[Store, int]) -> None:
    store, snapshot_id = planned
    grace = User("Grace", UserRole.ADMIN)
    winter = WeightSet("winter", BedWeights(outlier=4.25), SetLimits(horizon_days=5, time_limit_s=7.0))
    weight_sets.save_set(store, winter, saw=0, user=grace)
    arguments = {"snapshot_id": snapshot_id, "user": "Ada", "role": "bed_manager"}
    made = []
    for chosen in ("winter", weight_sets.STANDARD):
        weight_sets.activate(store, chosen, saw=len(made), user=grace)
        pipeline.JOBS["beds"](arguments, lambda progress: True)
        stored = store.latest_plan(snapshot_id)
        assert stored is not None
        limits = stored.made_with["limits"]
        made.append((stored.plan.weights["outlier"], stored.made_with["set"], stored.made_with["version"], limits))
    assert made[0][:3] == (4.25, "winter", 1)
    assert (made[0][3]["horizon_days"], made[0][3]["time_limit_s"]) == (5, 7.0)
    assert made[1][:3] == (BedWeights().outlier, "standard", 0)
    assert made[1][3]["time_limit_s"] == settings().bed_time_limit_s


def test_planning_again_keeps_what_was_decided(planned: tuple[Store, int]) -> None:
    from medalloc.review import decisions
    from medalloc.review.suggestions import suggestions

    store, snapshot_id = planned
    stored = store.latest_plan(snapshot_id)
    assert stored is not None
    first = suggestions(stored.plan, stored.before, {})[0]
    target = decisions.Target(snapshot_id, stored.plan_id, first.patient_id)
    decisions.reject(store, MANAGER, target, decisions.RejectReason.NOT_THIS_WARD)
    pipeline.JOBS["beds"]({"snapshot_id": snapshot_id, "user": "Ada", "role": "bed_manager"}, lambda progress: True)
    again = store.latest_plan(snapshot_id)
    assert again is not None
    assert again.plan_id > stored.plan_id
    assert again.plan.placement_of[first.patient_id].to_bed_id != first.to_bed_id


def test_progress_of_a_part_is_progress_of_the_whole() -> None:
    seen: list[Progress] = []
    report = pipeline._within(lambda progress: not seen.append(progress), 0.8, 1.0)
    assert report(Progress("solve", 0.25, 42.0, 40.0))
    assert seen == [Progress("solve", pytest.approx(0.85), 42.0, 40.0)]


def test_the_cache_key_is_made_once_and_private(tmp_path: Path) -> None:
    options = Settings(state_dir=tmp_path / "state")
    key = pipeline.cache_key(options)
    assert len(key) == 32
    assert pipeline.cache_key(options) == key
    assert stat.S_IMODE((tmp_path / "state" / "cache.key").stat().st_mode) == 0o600


def test_no_process_finds_an_empty_cache_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    def slowly(size: int) -> bytes:
        seen.append((tmp_path / "cache.key").exists())
        return b"7" * size

    monkeypatch.setattr(pipeline.secrets, "token_bytes", slowly)
    assert pipeline.cache_key(Settings(state_dir=tmp_path)) == b"7" * 32
    assert seen == [False]
    assert [path.name for path in tmp_path.iterdir()] == ["cache.key"]


def test_a_given_cache_key_is_used(tmp_path: Path) -> None:
    assert pipeline.cache_key(Settings(state_dir=tmp_path, cache_key="secret")) == b"secret"


def test_a_zip_over_the_limit_is_refused(state_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDALLOC_UPLOAD_MB", "1")
    settings.cache_clear()
    path = tmp_path / "big.zip"
    path.write_bytes(pack(tiny_files() | {"notes.csv": bytes(range(32, 127)) * 12_000}))
    with pytest.raises(DataError):
        pipeline.read_source(path)


def _correct(store: Store, snapshot_id: int, need: Need, value: str) -> None:
    """Ada changes a need of P4."""
    at = store.snapshots()[0].at
    target = corrections.NeedTarget(snapshot_id, at, "P4", need)
    corrections.change_need(store, MANAGER, target, value, corrections.Why(CorrectionReason.SEEN))


def test_corrections_are_in_the_needs_that_count(planned: tuple[Store, int], tiny: HospitalSnapshot) -> None:
    store, snapshot_id = planned
    read = store.needs(snapshot_id) or {}
    _correct(store, snapshot_id, read["P4"].by_name[NeedName.VISIBLE], "no")
    found = pipeline.current_needs(store, snapshot_id, tiny)["P4"].by_name[NeedName.VISIBLE]
    assert (found.value, found.source, found.other) == ("no", NeedSource.CLINICIAN, "yes")
    assert pipeline.current_needs(store, snapshot_id, tiny, read) == pipeline.current_needs(store, snapshot_id, tiny)


def test_plan_is_out_of_date_for_those_whose_needs_have_changed(
    planned: tuple[Store, int], tiny: HospitalSnapshot
) -> None:
    store, snapshot_id = planned
    arguments = {"snapshot_id": snapshot_id, "user": "Ada", "role": "bed_manager"}

    def changed() -> frozenset[str]:
        stored = store.latest_plan(snapshot_id)
        assert stored is not None
        return pipeline.needs_changed(stored.asked, tiny, pipeline.current_needs(store, snapshot_id, tiny))

    pipeline.JOBS["beds"](arguments, lambda progress: True)
    assert changed() == frozenset()
    _correct(store, snapshot_id, Need(NeedName.VENTILATOR, "no", 0.9, NeedSource.NOTE, Binding.NONE), "yes")
    assert changed() == {"P4"}
    pipeline.JOBS["beds"](arguments, lambda progress: True)
    assert changed() == frozenset()


def test_nobody_is_named_where_a_plan_did_not_keep_what_it_asked(
    tiny: HospitalSnapshot, tiny_needs: dict[str, Needs]
) -> None:
    assert pipeline.needs_changed({}, tiny, tiny_needs) == frozenset()


def test_digest_hangs_on_what_a_bed_must_and_should_have(tiny: HospitalSnapshot, tiny_needs: dict[str, Needs]) -> None:
    asked = pipeline.asked_of(tiny, tiny_needs)
    assert asked.keys() == tiny.patient_of.keys()
    spoken = with_value(tiny_needs["P4"], NeedName.INTERPRETER, "yes")
    assert pipeline.asked_of(tiny, tiny_needs | {"P4": spoken}) == asked
    oxygen = with_value(tiny_needs["P4"], NeedName.OXYGEN, "yes")
    assert pipeline.needs_changed(asked, tiny, tiny_needs | {"P4": oxygen}) == {"P4"}
