"""An empty data folder to fill in: every file with its header and no row."""

from __future__ import annotations

from medalloc.ingest.names import HOSPITAL
from medalloc.ingest.specs import SPECS, FileSpec

_HOSPITAL = """# The moment that the data show, local to the hospital.
at = 2026-01-31T07:30:00
name = "Name of the hospital"
timezone = "Europe/London"
"""


def template() -> dict[str, bytes]:
    """Every file of a data folder, without rows: content by file name."""
    return {HOSPITAL: _HOSPITAL.encode()} | {spec.file: (",".join(columns(spec)) + "\n").encode() for spec in SPECS}


def columns(spec: FileSpec) -> list[str]:
    """The columns of a file, in the order of the data dictionary."""
    return [name for name in spec.model.model_fields if name in spec.columns]
