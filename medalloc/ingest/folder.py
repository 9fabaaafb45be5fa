"""A folder on this machine → its files."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from medalloc.errors import DataError
from medalloc.ingest.limits import DEFAULT_LIMITS, MEGABYTE, Limits
from medalloc.ingest.names import KNOWN_FILES, NEVER_READ, canonical, is_litter


def read_folder(path: Path, limits: Limits = DEFAULT_LIMITS) -> dict[str, bytes]:
    """Read the files of a data folder.

    Parameters
    ----------
    path
        The folder.
    limits
        Bounds on number and size.

    Returns
    -------
    dict
        Content by file name. A file that is not part of a data folder stands in it with no content:
        `load` names it in a remark, and nobody has opened it.

    Raises
    ------
    DataError
        The folder is missing or cannot be read, or it is beyond the limits.
    """
    if not path.is_dir():
        raise DataError(f"{path}: there is no such folder")
    try:
        found = sorted(entry for entry in path.iterdir() if entry.is_file())
        return _read(found, limits)
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror})") from error


def _read(found: list[Path], limits: Limits) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    left = limits.max_bytes
    for entry in found:
        name = canonical(entry.name)
        if name == NEVER_READ or is_litter(PurePosixPath(entry.name)):
            continue
        if name in files:
            raise DataError(f"{name}: is there twice, in capital and in small letters")
        files[name] = b""
        if len(files) > limits.max_files:
            raise DataError(f"the folder holds more than {limits.max_files} files: is it a data folder?")
        if name in KNOWN_FILES:
            left -= entry.stat().st_size
            if left < 0:
                raise DataError(f"the files hold more than {limits.max_bytes / MEGABYTE:.0f} MB together")
            files[name] = entry.read_bytes()
    return files
