"""From ward data to a reviewed plan, as a handful of plain functions.

    load → keep → read_all_needs → plan → (review) → plan again with the locks → export

Whatever takes over a second is also a job (`JOBS`), so that a page can start it in a child process.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from medalloc.domain.needs import Needs, requirements_of
from medalloc.domain.progress import OnProgress, Progress
from medalloc.domain.requirements import Requirements
from medalloc.domain.review import User, UserRole
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.ingest import Limits, Loaded, load, pack, read_folder, read_zip
from medalloc.ingest.limits import MEGABYTE
from medalloc.needs import CachedEncoder, Encoder, Heads, load_heads, read_needs
from medalloc.needs.active import HOME, active_heads, heads_beside
from medalloc.needs.care import CareTable, load_care_table
from medalloc.needs.complete import completed
from medalloc.needs.corrected import all_corrected
from medalloc.needs.known import reading_keys
from medalloc.planned import FOLLOWS, background_of, last_plan, plan, plan_to_keep_to
from medalloc.review.locks import locks_of
from medalloc.review.plan_settings import bed_settings, made_with
from medalloc.review.weight_sets import in_force
from medalloc.settings import Settings, settings
from medalloc.store import Store

BED_FILES = frozenset("hospital.toml wards.csv beds.csv patients.csv notes.csv vitals.csv".split())
"""What needs and bed plans are made from."""
CARE_HOURS = "care_hours"
"""Kind and name of the document that holds the hospital's own hours of care."""


def read_source(source: Path) -> dict[str, bytes]:
    """The files of a data folder or of a zip of one."""
    if source.is_file():
        return read_zip(source.read_bytes(), limits())
    return read_folder(source)


def limits() -> Limits:
    """How large an upload may be."""
    return Limits(max_bytes=settings().upload_mb * MEGABYTE)


def load_source(source: Path) -> Loaded:
    """Load a data folder or zip; DataError where a key file or key column is missing."""
    return load(read_source(source))


def keep(store: Store, files: Mapping[str, bytes], loaded: Loaded, *, source: str, user: User) -> int:
    """Keep a loaded hospital as the current snapshot; returns its id."""
    snapshot = loaded.snapshot
    return store.save_snapshot(pack(files), name=snapshot.name, at=snapshot.at, source=source, user=user)


def bed_snapshot(store: Store, snapshot_id: int) -> HospitalSnapshot:
    """A kept snapshot with what bed plans need: no stock, staff or event rows."""
    files = read_zip(store.snapshot_data(snapshot_id), limits())
    return load({name: content for name, content in files.items() if name in BED_FILES}).snapshot


def kept(store: Store, snapshot_id: int) -> Loaded:
    """A kept snapshot in full, with what was said of its rows."""
    return load(read_zip(store.snapshot_data(snapshot_id), limits()))


def encoder(store: Store, options: Settings | None = None) -> Encoder:
    """The sentence encoder, its vectors cached in the store; the model is loaded only when one is missing."""
    options = options or settings()

    def make() -> Encoder:
        from medalloc.needs.embed import MiniLmEncoder

        return MiniLmEncoder(options.encoder, threads=options.threads)

    return CachedEncoder(make, store.embeddings, key=cache_key(options))


def heads_in_use(options: Settings | None = None) -> Heads:
    """The heads that read the notes: those that learnt from local corrections, or those that they grow from."""
    options = options or settings()
    return active_heads(options.state_dir / HOME, base_heads(options))


def base_heads(options: Settings) -> Heads:
    """The heads that local ones grow from: the shipped ones, or those that lie beside an adapted encoder."""
    return heads_beside(Path(options.encoder)) if options.encoder else load_heads()


def cache_key(options: Settings) -> bytes:
    """Key of the hash under which vectors are cached; made once, readable by its owner alone."""
    given = options.cache_key.get_secret_value()
    if given:
        return given.encode()
    path = options.state_dir / "cache.key"
    if not path.exists():
        options.state_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as fresh:  # readable by its owner alone
            fresh.write(secrets.token_bytes(32))
        os.replace(fresh.name, path)  # no process ever finds an empty key
    return path.read_bytes()


def current_needs(
    store: Store, snapshot_id: int, snapshot: HospitalSnapshot, read: Mapping[str, Needs] | None = None
) -> dict[str, Needs]:
    """The needs that count, by patient_id: as they were read, with clinicians' corrections in force.

    Parameters
    ----------
    read
        The needs as they were read, where the caller has them; None: those that are kept.
    """
    known = (store.needs(snapshot_id) or {}) if read is None else read
    return counted(store, snapshot, known)


def counted(store: Store, snapshot: HospitalSnapshot, read: Mapping[str, Needs]) -> dict[str, Needs]:
    """Needs as they were read, with clinicians' corrections, and the stays and hours of care that follow."""
    said = all_corrected(read, store.corrections(snapshot.name), snapshot)
    return completed(said, snapshot, care_table(store))


def care_table(store: Store) -> CareTable:
    """The hospital's own hours of care; the shipped ones where it has none."""
    own = store.document(CARE_HOURS, CARE_HOURS)
    return CareTable.from_rows(own.content) if own is not None else load_care_table()


def read_all_needs(
    store: Store, snapshot: HospitalSnapshot, on_progress: OnProgress | None = None
) -> tuple[dict[str, Needs], str]:
    """Needs of a snapshot by patient_id as they are read, and the name of what read them.

    A patient of whom nothing has changed since the last time is not read again.
    """
    reader, heads, stopped = encoder(store), heads_in_use(), False

    def report(progress: Progress) -> bool:
        nonlocal stopped
        goes_on = on_progress is None or on_progress(progress)
        stopped = stopped or not goes_on
        return goes_on

    keys = reading_keys(snapshot, reader.name, heads, cache_key(settings()))
    known = store.readings.get_many(keys.values())
    unread = tuple(patient for patient in snapshot.patients if keys[patient.patient_id] not in known)
    fresh = read_needs(replace(snapshot, patients=unread), reader, heads=heads, on_progress=report) if unread else {}
    if not stopped:
        store.readings.put_many({keys[patient_id]: found for patient_id, found in fresh.items()})
        store.readings.keep_only(keys.values())
    found = {patient_id: fresh[patient_id] if patient_id in fresh else known[key] for patient_id, key in keys.items()}
    return found, f"{reader.name} {heads.version}".strip()


def asked_of(snapshot: HospitalSnapshot, needs: Mapping[str, Needs]) -> dict[str, str]:
    """Digest of what a plan must take each patient to need, by patient_id; equal needs give equal digests."""
    return {patient.patient_id: _digest(requirements_of(patient, needs)) for patient in snapshot.patients}


def needs_changed(asked: Mapping[str, str], snapshot: HospitalSnapshot, needs: Mapping[str, Needs]) -> frozenset[str]:
    """Patients who are now taken to need something else than when a plan was made.

    Parameters
    ----------
    asked
        As `asked_of` gave it then (`StoredPlan.asked`); empty where it was not kept: then nobody is named.
    """
    now = asked_of(snapshot, needs) if asked else {}
    return frozenset(patient_id for patient_id, digest in now.items() if asked.get(patient_id) != digest)


def _digest(required: Requirements) -> str:
    plain = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in asdict(required).items()}
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:16]


def public_settings() -> dict[str, Any]:
    """The operator's settings that can change a result, for the provenance of an export."""
    return settings().model_dump(include={"encoder", "threads", "processes", "bed_time_limit_s"})


def _prepare(arguments: dict[str, Any], on_progress: OnProgress) -> dict[str, Any]:
    """Job: read the needs of a snapshot, then plan its beds."""
    store, snapshot_id = Store(settings().url), int(arguments["snapshot_id"])
    snapshot = bed_snapshot(store, snapshot_id)
    needs, model = read_all_needs(store, snapshot, _within(on_progress, 0.0, 0.8))
    store.save_needs(snapshot_id, model, needs)
    return _plan_and_save(store, snapshot_id, snapshot, arguments, _within(on_progress, 0.8, 1.0))


def _beds(arguments: dict[str, Any], on_progress: OnProgress) -> dict[str, Any]:
    """Job: plan the beds of a snapshot anew, with the decisions kept."""
    store, snapshot_id = Store(settings().url), int(arguments["snapshot_id"])
    return _plan_and_save(store, snapshot_id, bed_snapshot(store, snapshot_id), arguments, on_progress)


def _replan(arguments: dict[str, Any], on_progress: OnProgress) -> dict[str, Any]:
    """Job: plan the beds around what has changed since the last plan."""
    return _beds(arguments | {"around": True}, on_progress)


def _plan_and_save(
    store: Store,
    snapshot_id: int,
    snapshot: HospitalSnapshot,
    arguments: dict[str, Any],
    on_progress: OnProgress,
) -> dict[str, Any]:
    needs = current_needs(store, snapshot_id, snapshot)
    locks = locks_of(store.standing_decisions(snapshot_id), snapshot)
    chosen = in_force(store).chosen
    wanted = bed_settings(chosen, seed=int(arguments.get("seed", 0)))
    last = last_plan(store, snapshot_id, snapshot)
    kept_to = plan_to_keep_to(store, snapshot, last)
    around = bool(arguments.get("around"))
    background = background_of(last.plan if last else None, kept_to.plan if kept_to else None, around=around)
    planned = plan(snapshot, needs, wanted, locks, on_progress, background)
    plan_id = store.save_plan(
        snapshot_id,
        planned.plan,
        planned.before,
        user=User(str(arguments["user"]), UserRole(arguments["role"])),
        asked=asked_of(snapshot, needs),
        made_with=made_with(chosen, wanted) | ({FOLLOWS: kept_to.plan_id} if kept_to else {}),
    )
    return {"plan_id": plan_id}


def _within(on_progress: OnProgress, low: float, high: float) -> OnProgress:
    """Progress of a part, as progress of the whole."""

    def report(progress: Progress) -> bool:
        share = low if progress.share is None else low + (high - low) * progress.share
        return on_progress(Progress(progress.step, share, progress.incumbent, progress.bound))

    return report


JOBS: dict[str, Callable[[dict[str, Any], OnProgress], dict[str, Any]]] = {
    "prepare": _prepare,
    "beds": _beds,
    "replan": _replan,
}
"""Long work by name, for `medalloc.jobs`; every argument and result is plain JSON."""
