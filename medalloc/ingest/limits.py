"""How much a data folder or an upload may hold."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep a wrong or hostile upload from filling the memory."""

    max_files: int = 64
    max_bytes: int = 200 * MEGABYTE
    """Unpacked size of all files together."""
    max_ratio: float = 100.0
    """Unpacked over packed size of one file; CSV seldom passes 30, a zip bomb reaches 1,000."""
    ratio_from_bytes: int = MEGABYTE
    """Smaller files may be packed as tightly as they like."""


DEFAULT_LIMITS = Limits()
