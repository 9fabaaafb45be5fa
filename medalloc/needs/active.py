"""Which heads read the notes: those that are shipped, or those that learnt from the hospital's own corrections.

Local heads lie in a folder for each version; a file beside them names the one in use. Heads that grew from other
shipped ones than those of this release are not used: they may lack needs that it reads.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from medalloc.errors import EncoderError
from medalloc.needs.heads import ARRAYS, METADATA, SHIPPED, Heads, heads_metadata, load_heads, save_heads

HOME = "heads"
"""Folder of local heads in the state folder."""
POINTER = "active"
_VERSION = re.compile(r"[0-9A-Za-z-]{1,40}")


def active_heads(home: Path, base: Heads) -> Heads:
    """The heads in use.

    Parameters
    ----------
    home
        Folder of local heads; it need not be there.
    base
        Those to use where there are none that grew from them: heads of another encoder cannot read its vectors.
    """
    version = active_version(home)
    local = load_heads(home / version) if version else base
    return local if local.encoder == base.encoder else base


def heads_beside(encoder: Path) -> Heads:
    """The heads that lie in an encoder's folder; the shipped ones where none do, or where they are outdated."""
    known = (encoder / METADATA).exists() and heads_metadata(encoder).get("shipped") == shipped_hash()
    return load_heads(encoder) if known else load_heads()


def active_version(home: Path) -> str:
    """The version of the local heads in use; "" where the shipped ones are.

    Raises
    ------
    EncoderError
        The version that is to be used is not there.
    """
    version = _pointed(home)
    if version and not (home / version / METADATA).exists():
        raise EncoderError(f"the heads {version} are missing; go back to earlier ones with: train --revert")
    if version and heads_metadata(home / version).get("shipped") != shipped_hash():
        return ""
    return version


def put_aside(home: Path, heads: Heads, now: datetime, metadata: Mapping[str, Any]) -> str:
    """Keep local heads beside those in use; returns their version."""
    version = f"{now:%Y%m%dT%H%M%S}"
    folder, grown = home / version, {"shipped": shipped_hash(), "before": active_version(home)}
    folder.mkdir(parents=True, mode=0o700)
    save_heads(replace(heads, version=version), folder, {**metadata, **grown, "version": version})
    return version


def use(home: Path, version: str) -> None:
    """Read with these heads from now on; "": with the shipped ones."""
    if not version:
        (home / POINTER).unlink(missing_ok=True)
        return
    fresh = home / f"{POINTER}.new"
    fresh.write_text(version + "\n", encoding="utf-8")
    os.replace(fresh, home / POINTER)  # readers see the old name or the new one


def version_before(home: Path) -> str | None:
    """The version that was in use before the present one, "" for the shipped heads; None where these are in use."""
    version = _pointed(home)
    if not version:
        return None
    if not (home / version / METADATA).exists():
        return ""
    before = str(heads_metadata(home / version).get("before", ""))
    return before if before and (home / before / METADATA).exists() else ""


@lru_cache(maxsize=1)
def shipped_hash() -> str:
    """SHA-256 of the shipped heads."""
    with (SHIPPED / ARRAYS).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pointed(home: Path) -> str:
    try:
        version = (home / POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""
    if not _VERSION.fullmatch(version):
        raise EncoderError(f"the file {POINTER} names no version of heads; delete it to use the shipped ones")
    return version
