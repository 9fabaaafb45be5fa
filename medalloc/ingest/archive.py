"""A zip → the files of a data folder, and back."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath

from medalloc.errors import DataError
from medalloc.ingest.limits import DEFAULT_LIMITS, MEGABYTE, Limits
from medalloc.ingest.names import KNOWN_FILES, NEVER_READ, canonical, is_litter

_DIRECTORY_ENTRY = b"PK\x01\x02"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNREADABLE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError)
"""What `zipfile` raises on a damaged archive; RuntimeError: cannot be unpacked, ValueError: bad names."""


def read_zip(data: bytes, limits: Limits = DEFAULT_LIMITS) -> dict[str, bytes]:
    """Read the files of a zipped data folder; nothing is written to disk.

    Parameters
    ----------
    data
        The zip.
    limits
        Bounds on number, size and packing.

    Returns
    -------
    dict
        Content by file name; one folder around all the files is taken off. A file that is not part of a
        data folder stands in it with no content, as in `read_folder`.

    Raises
    ------
    DataError
        It is no zip, it is damaged or encrypted, a path leads out of it, an entry is a link,
        or it is beyond the limits.
    """
    if data.count(_DIRECTORY_ENTRY) > 20 * limits.max_files:
        # Counted before `zipfile` builds an object for each; 20 leaves room for spreadsheets packed whole.
        raise DataError(f"the zip holds far more than the {limits.max_files} files that are taken")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = _entries(archive, limits)
            _check_sizes(list(entries.values()), limits)
            return {name: _content(archive, name, entry) for name, entry in entries.items()}
    except DataError:
        raise
    except _UNREADABLE as error:
        raise DataError("the upload is not a zip, or it is damaged: pack the CSV files again") from error


def pack(files: Mapping[str, bytes]) -> bytes:
    """The files as a zip that is the same, byte for byte, for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.create_system = 3
            entry.external_attr = (stat.S_IFREG | 0o600) << 16
            entry.compress_type = zipfile.ZIP_STORED if _looks_like_a_bomb(content) else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def _looks_like_a_bomb(content: bytes) -> bool:
    """Whether `read_zip` might refuse the content if it were packed; half the limit leaves a margin."""
    if len(content) <= DEFAULT_LIMITS.ratio_from_bytes:
        return False
    return len(content) > DEFAULT_LIMITS.max_ratio / 2 * len(zlib.compress(content))


def _entries(archive: zipfile.ZipFile, limits: Limits) -> dict[str, zipfile.ZipInfo]:
    """Entry by file name, without folders, litter and the folder around all of them."""
    infos = archive.infolist()
    if len(infos) > limits.max_files:
        raise DataError(f"the zip holds {len(infos)} files: at most {limits.max_files} are taken")
    paths = [(_safe_path(info), info) for info in infos if not info.filename.endswith("/")]
    paths = [(path, info) for path, info in paths if not is_litter(path)]
    while _share_a_folder([path for path, _ in paths]):
        paths = [(PurePosixPath(*path.parts[1:]), info) for path, info in paths]
    entries: dict[str, zipfile.ZipInfo] = {}
    for path, info in paths:
        name = canonical(str(path))
        if name in entries:
            raise DataError(f"the zip holds {name} twice")
        if name != NEVER_READ:
            entries[name] = info
    return entries


def _share_a_folder(paths: list[PurePosixPath]) -> bool:
    return len({path.parts[0] for path in paths}) == 1 and all(len(path.parts) > 1 for path in paths)


def _safe_path(info: zipfile.ZipInfo) -> PurePosixPath:
    """The path of an entry, refused where it is not a plain file inside the zip."""
    name = info.filename.replace("\\", "/")
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or name[1:2] == ":" or not path.parts:
        raise DataError("the zip holds a path that leads out of it: pack the CSV files alone")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise DataError(f"the zip holds a link ({path.name}): pack the file itself")
    if info.flag_bits & 0x1:
        raise DataError("the zip is encrypted: pack it without a password")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise DataError(f"the zip packs {path.name} in an unusual way: pack it as a plain zip")
    return path


def _check_sizes(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if sum(entry.file_size for entry in entries) > limits.max_bytes:
        raise DataError(f"the zip unpacks to more than {limits.max_bytes / MEGABYTE:.0f} MB")
    for entry in entries:
        large = entry.file_size > limits.ratio_from_bytes
        if large and entry.file_size > limits.max_ratio * entry.compress_size:
            raise DataError(f"the zip unpacks to more than {limits.max_ratio:.0f} times its size: is it a data folder?")


def _content(archive: zipfile.ZipFile, name: str, entry: zipfile.ZipInfo) -> bytes:
    """The content of a known file; `zipfile` never gives more than the size that was checked."""
    return archive.read(entry) if name in KNOWN_FILES else b""
