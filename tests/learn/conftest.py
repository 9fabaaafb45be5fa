"""A store with a hospital of a hundred patients whose clinicians have said something of oxygen."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from medalloc import pipeline
from medalloc.domain.corrections import CorrectionReason
from medalloc.domain.needs import Binding, Need, NeedName, Needs, NeedSource
from medalloc.domain.review import User, UserRole
from medalloc.ingest import load
from medalloc.review.corrections import NeedTarget, Why, change_need, confirm_need
from medalloc.settings import Settings
from medalloc.store import Store, open_store
from tests.needs.local import AIR, CANNULAE
from tests.tiny import tiny_files

SAM = User("Sam", UserRole.ADMIN)
CAL = User("Cal", UserRole.CLINICIAN)
SHOWN = Need(NeedName.OXYGEN, "yes", 0.97, NeedSource.NOTE, Binding.HARD)


@pytest.fixture
def options(tmp_path: Path) -> Settings:
    return Settings(state_dir=tmp_path / "state", cache_key="secret", encoder="", database_url="")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite3'}") as opened:
        yield opened


def keep(store: Store, n_patients: int, *, name: str = "Tiny General") -> int:
    """Keep a hospital of waiting patients, half of whom wear cannulae; returns its snapshot."""
    names = [f"P{number}" for number in range(n_patients)]
    people = _csv(["patient_id", "name", "sex", "age", "status"], [[one, "", "male", "61", "waiting"] for one in names])
    notes = _csv(
        ["note_id", "patient_id", "written_at", "kind", "text"],
        [
            [f"n{place}", one, "2026-03-05T07:00", "nursing", f"Slept well. {AIR if place % 2 else CANNULAE}"]
            for place, one in enumerate(names)
        ],
    )
    text = tiny_files()["hospital.toml"].decode().replace("Tiny General", name)
    files = tiny_files(hospital=text, patients=people, notes=notes)
    files = {file: files[file] for file in ("hospital.toml", "wards.csv", "beds.csv", "patients.csv", "notes.csv")}
    snapshot_id = pipeline.keep(store, files, load(files), source="upload", user=SAM)
    found = {one: Needs(one, {NeedName.OXYGEN: SHOWN}) for one in names}
    store.save_needs(snapshot_id, "tiny", found)
    return snapshot_id


def say(store: Store, snapshot_id: int, patients: range, *, wrong: bool) -> None:
    """Cal says of every second patient of a range, who wear cannulae, whether they need oxygen."""
    for number in patients[::2]:
        target = NeedTarget(snapshot_id, datetime(2026, 3, 5, 8), f"P{number}", SHOWN)
        if wrong:
            change_need(store, CAL, target, "no", Why(CorrectionReason.MISREAD))
        else:
            confirm_need(store, CAL, target)


def _csv(header: list[str], rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()
