"""A database of one's own, and the tiny hospital in it, for every test that needs one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from medalloc import pipeline
from medalloc.domain.needs import Binding, Confirm, Evidence, Need, NeedName, Needs, NeedSource
from medalloc.domain.plan import BedPlan
from medalloc.domain.review import User, UserRole
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.ingest import load
from medalloc.optimise.beds import BedSettings, keep_as_is, plan_beds
from medalloc.settings import settings
from medalloc.store import SnapshotInfo, SnapshotSource, Store, StoredPlan
from medalloc.ui import state
from medalloc.ui.hospital import HospitalView
from tests.tiny import tiny_files

ROOT = Path(__file__).parents[1]
MANAGER = User("Ada", UserRole.BED_MANAGER)


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """The same `__main__` after each test: Streamlit's own tests leave a page there, and new processes import it."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture
def state_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Settings that point at an empty folder, and at the small hospital as the sample."""
    monkeypatch.setenv("MEDALLOC_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("MEDALLOC_SAMPLE_DIR", str(ROOT / "sample_data" / "small"))
    monkeypatch.setenv("MEDALLOC_DEMO", "false")
    settings.cache_clear()
    state.store.clear()
    yield tmp_path / "state"
    state.store.clear()
    settings.cache_clear()


@pytest.fixture(scope="session")
def tiny() -> HospitalSnapshot:
    """The hospital of seven beds."""
    return load(tiny_files()).snapshot


@pytest.fixture(scope="session")
def tiny_needs(tiny: HospitalSnapshot) -> dict[str, Needs]:
    """Needs of two of its patients, one of them to be confirmed."""
    note = tiny.notes_of["P4"][0]
    quote = "confused ++, wandering"
    start = note.text.index(quote)
    proof = Evidence("n4", start, start + len(quote), quote, 2.5)
    return {
        "P4": _needs(
            "P4",
            Need(
                NeedName.SPECIALTY,
                "geriatrics",
                0.81,
                NeedSource.NOTE,
                Binding.SOFT,
                confirm=Confirm.FROM_NOTE,
            ),
            Need(
                NeedName.VISIBLE,
                "yes",
                0.93,
                NeedSource.NOTE,
                Binding.SOFT,
                confirm=Confirm.FROM_NOTE,
                evidence=(proof,),
            ),
            Need(NeedName.OXYGEN, "yes", 0.4, NeedSource.NOTE, Binding.NONE, True, Confirm.UNSURE),
        ),
        "007": _needs(
            "007",
            Need(
                NeedName.ISOLATION,
                "contact",
                0.97,
                NeedSource.NOTE,
                Binding.HARD,
                False,
                Confirm.CONFLICT,
                "none",
            ),
        ),
    }


def _needs(patient_id: str, *found: Need) -> Needs:
    return Needs(patient_id, {need.name: need for need in found}, news2=4)


@pytest.fixture(scope="session")
def tiny_plan(tiny: HospitalSnapshot, tiny_needs: dict[str, Needs]) -> tuple[BedPlan, BedPlan]:
    """A bed plan for it, and the cost of doing nothing."""
    options = BedSettings()
    return plan_beds(tiny, tiny_needs, options), keep_as_is(tiny, tiny_needs, options)


@pytest.fixture
def view(tiny: HospitalSnapshot, tiny_needs: dict[str, Needs], tiny_plan: tuple[BedPlan, BedPlan]) -> HospitalView:
    """What a page sees of it."""
    now = datetime(2026, 3, 5, 8, 1)
    info = SnapshotInfo(1, "0" * 64, tiny.name, tiny.at, now, "Ada", SnapshotSource.UPLOAD)
    return HospitalView(info, tiny, tiny_needs, StoredPlan(1, 1, *tiny_plan, now, "Ada"))


@pytest.fixture
def kept(state_dir: Path) -> Iterator[tuple[Store, int]]:
    """The tiny hospital in the database, its notes not read yet."""
    yield from _kept(tiny_files(), "upload")


@pytest.fixture
def planned(
    kept: tuple[Store, int], tiny_needs: dict[str, Needs], tiny_plan: tuple[BedPlan, BedPlan]
) -> tuple[Store, int]:
    """The same with needs and a bed plan."""
    return _with_plan(kept, tiny_needs, tiny_plan)


@pytest.fixture
def planned_sample(
    state_dir: Path, tiny_needs: dict[str, Needs], tiny_plan: tuple[BedPlan, BedPlan]
) -> Iterator[tuple[Store, int]]:
    """The same, loaded as a sample."""
    for made in _kept(tiny_files(), "sample"):
        yield _with_plan(made, tiny_needs, tiny_plan)


def _kept(files: dict[str, bytes], source: str) -> Iterator[tuple[Store, int]]:
    store = state.store()
    yield store, pipeline.keep(store, files, load(files), source=source, user=MANAGER)
    store.close()


def _with_plan(made: tuple[Store, int], needs: dict[str, Needs], plan: tuple[BedPlan, BedPlan]) -> tuple[Store, int]:
    store, snapshot_id = made
    store.save_needs(snapshot_id, "test", needs)
    store.save_plan(snapshot_id, *plan, user=MANAGER)
    return made
