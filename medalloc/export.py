"""Plans and needs as CSV, each with a provenance.json beside it that says what it was made from."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import platform
import re
from collections.abc import Iterable, Mapping
from dataclasses import astuple, fields
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import medalloc
from medalloc.domain.needs import Evidence, Need, Needs
from medalloc.domain.plan import BedPlan, Placement
from medalloc.domain.review import Decision
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.review.explain import placement_words
from medalloc.review.suggestions import is_about
from medalloc.store import AuditEntry

BED_PLAN_COLUMNS = (
    "patient_id action from_bed_id to_bed_id starts_at ends_at penalty terms reason decision decided_by decided_at"
).split()
NEEDS_COLUMNS = "patient_id need value probability abstained source note_id start end quote".split()

PACKAGES = ("pulp", "highspy", "numpy", "scikit-learn", "sentence-transformers", "torch", "SQLAlchemy")
"""Packages whose version can change a result."""

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""What a spreadsheet would run instead of show, whether or not it was made safe before."""


def bed_plan_csv(plan: BedPlan, decisions: Mapping[str, Decision]) -> str:
    """bed_plan.csv: one row per patient; a decision stands beside the very move that it is about."""
    return _csv(BED_PLAN_COLUMNS, [_bed_row(row, decisions.get(row.patient_id)) for row in plan.placements])


def read_bed_plan(text: str) -> list[dict[str, str]]:
    """The rows of a bed_plan.csv, as they were before they were made safe for a spreadsheet."""
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return [{name: _unsafe(value) for name, value in row.items()} for row in rows]


def needs_csv(needs: Mapping[str, Needs]) -> str:
    """needs.csv: one row per need, with the sentence that weighs most; then the expected stay and hours of care."""
    rows = [row for found in needs.values() for row in (*_need_rows(found), *_following_rows(found))]
    return _csv(NEEDS_COLUMNS, rows)


def provenance(
    snapshot: HospitalSnapshot,
    plan: BedPlan | None = None,
    *,
    settings: Mapping[str, Any] | None = None,
    files: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """What an export was made from: inputs, versions, settings, and how the solve ended.

    Parameters
    ----------
    settings
        Of the run, as plain values; no secrets, they are written as they are.
    files
        Content of the exported files by name; their SHA-256 is kept.
    """
    facts: dict[str, Any] = {
        "hospital": snapshot.name,
        "at": snapshot.at.isoformat(),
        "timezone": snapshot.timezone,
        "inputs": dict(snapshot.sha256),
        "versions": versions(),
        "settings": dict(settings or {}),
        "outputs": {name: hashlib.sha256(text.encode()).hexdigest() for name, text in (files or {}).items()},
    }
    if plan is not None:
        facts |= {"weights": dict(plan.weights), "seed": plan.seed, "solve": _solve_facts(plan)}
    return facts


def write_bed_plan(
    target: Path,
    plan: BedPlan,
    decisions: Mapping[str, Decision],
    snapshot: HospitalSnapshot,
    *,
    settings: Mapping[str, Any] | None = None,
) -> Path:
    """Write a bed plan and its provenance.json; returns where the plan went.

    Parameters
    ----------
    target
        A file, or a folder that gets a bed_plan.csv.
    """
    path = _file(target, "bed_plan.csv")
    text = bed_plan_csv(plan, decisions)
    _write(path, text, provenance(snapshot, plan, settings=settings, files={path.name: text}))
    return path


def write_needs(
    target: Path,
    needs: Mapping[str, Needs],
    snapshot: HospitalSnapshot,
    *,
    settings: Mapping[str, Any] | None = None,
) -> Path:
    """Write needs and their provenance.json; `target` as for `write_bed_plan`."""
    path = _file(target, "needs.csv")
    text = needs_csv(needs)
    _write(path, text, provenance(snapshot, settings=settings, files={path.name: text}))
    return path


def write_audit(path: Path, entries: Iterable[AuditEntry]) -> int:
    """Write the record as CSV, oldest line first; returns how many lines it has.

    Cells that a spreadsheet would run get a quote in front; hashes are over the text without it.
    """
    columns = [field.name for field in fields(AuditEntry)]
    rows = [["" if value is None else _safe(str(value)) for value in astuple(entry)] for entry in entries]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_csv(columns, rows), encoding="utf-8", newline="")
    return len(rows)


def versions() -> dict[str, str]:
    """Versions of medalloc, Python, and the packages that can change a result."""
    found = {"medalloc": medalloc.__version__, "python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:  # an optional one
            continue
    return found


def _bed_row(placement: Placement, decision: Decision | None) -> list[str]:
    about = decision if decision is not None and is_about(decision, placement) else None
    return [
        _safe(placement.patient_id),
        str(placement.action),
        _safe(placement.from_bed_id),
        _safe(placement.to_bed_id),
        _time(placement.starts_at),
        _time(placement.ends_at),
        _number(placement.penalty),
        ";".join(f"{name}={_number(value)}" for name, value in placement.terms.items()),
        _safe(placement_words(placement)),
        str(about.verdict) if about else "",
        _safe(about.decided_by) if about else "",
        _time(about.decided_at) if about else "",
    ]


def _need_rows(found: Needs) -> list[list[str]]:
    return [_need_row(found.patient_id, need) for need in found.by_name.values()]


def _following_rows(found: Needs) -> list[list[str]]:
    """Remaining days (10, 50, 90 %) and hours of care per day; they follow from the needs."""
    values: dict[str, str] = {}
    if found.stay is not None:
        values["los_days"] = ";".join(map(_number, (found.stay.p10, found.stay.p50, found.stay.p90)))
    if found.care is not None:
        values |= {"nurse_hours": _number(found.care.nurse), "assistant_hours": _number(found.care.assistant)}
    blank = [""] * (len(NEEDS_COLUMNS) - 3)
    return [[_safe(found.patient_id), name, value, *blank] for name, value in values.items()]


def _need_row(patient_id: str, need: Need) -> list[str]:
    proof = max(need.evidence, key=lambda piece: piece.contribution, default=None)
    return [
        _safe(patient_id),
        str(need.name),
        _safe(need.value),
        _number(need.probability),
        str(need.abstained).lower(),
        str(need.source),
        *_proof(proof),
    ]


def _proof(proof: Evidence | None) -> list[str]:
    if proof is None:
        return ["", "", "", ""]
    return [_safe(proof.note_id), str(proof.start), str(proof.end), _safe(proof.quote)]


def _solve_facts(plan: BedPlan) -> dict[str, Any]:
    numbers = {"objective": plan.objective, "bound": plan.bound, "gap": plan.gap, "runtime_s": plan.runtime_s}
    finite = {name: value if math.isfinite(value) else None for name, value in numbers.items()}
    return {"solver": plan.solver, "status": str(plan.status)} | finite


def _safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula; `_unsafe` gives the text back."""
    return f"'{text}" if _FORMULA.match(text) else text


def _unsafe(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def _time(at: datetime | None) -> str:
    return "" if at is None else at.isoformat(timespec="seconds")


def _number(value: float) -> str:
    """Six decimals at most, and no more than it takes."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _csv(columns: Iterable[str], rows: Iterable[list[str]]) -> str:
    lines = _Lines()
    writer = csv.writer(lines)
    writer.writerow(columns)
    writer.writerows(rows)
    return "".join(lines)


class _Lines(list[str]):
    """Rows that end in a line feed alone, written with the dialect that quotes every kind of line end."""

    def write(self, row: str) -> None:
        """Take a row."""
        self.append(row.removesuffix("\r\n") + "\n")


def _file(target: Path, name: str) -> Path:
    return target / name if target.is_dir() or not target.suffix else target


def _write(path: Path, text: str, facts: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    beside = path.with_name("provenance.json")
    text = json.dumps(_joined(beside, facts), indent=2, ensure_ascii=False)
    beside.write_text(f"{text}\n", encoding="utf-8")


def _joined(beside: Path, facts: Mapping[str, Any]) -> dict[str, Any]:
    """With what is known of other exports of the same data in the same folder."""
    try:
        known = json.loads(beside.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return dict(facts)
    if not isinstance(known, dict) or known.get("inputs") != facts["inputs"]:
        return dict(facts)
    return known | dict(facts) | {"outputs": known.get("outputs", {}) | facts["outputs"]}
