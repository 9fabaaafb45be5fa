"""The file names of a data folder."""

from __future__ import annotations

from pathlib import PurePosixPath

HOSPITAL = "hospital.toml"
KEY_FILES = (HOSPITAL, "wards.csv", "beds.csv", "patients.csv")
"""Without these nothing can be loaded."""

OPTIONAL_FILES = (
    "notes.csv",
    "vitals.csv",
    "staff.csv",
    "shifts.csv",
    "cover.csv",
    "availability.csv",
    "roster.csv",
    "drugs.csv",
    "lots.csv",
    "usage.csv",
    "orders.csv",
    "substitutes.csv",
    "regimens.csv",
    "events.csv",
    "outcomes.csv",
)
KNOWN_FILES = KEY_FILES + OPTIONAL_FILES

NEVER_READ = "truth.csv"
"""What a generated hospital is truly like: for scoring alone, so no product code reads it."""


def canonical(name: str) -> str:
    """The name under which a file is known: `Wards.CSV` is `wards.csv`; other names stay as they are."""
    lowered = name.strip().lower()
    return lowered if lowered in KNOWN_FILES or lowered == NEVER_READ else name


def is_litter(path: PurePosixPath) -> bool:
    """Whether an operating system or an office program left this behind."""
    return (
        path.parts[:1] == ("__MACOSX",)
        or path.name.startswith((".", "~$"))
        or path.name.lower() in ("thumbs.db", "desktop.ini")
    )
