"""A PostgreSQL server of one test run, on a port and in a folder of its own."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """Where `initdb` and `pg_ctl` are; Debian keeps them off the path."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve().parent] if on_path else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in found if (place / "pg_ctl").exists()), None)


def why_not() -> str:
    """Why no server can be started here; "" where it can."""
    if binaries() is None:
        return "no PostgreSQL server found: apt-get install postgresql"
    if importlib.util.find_spec("psycopg") is None:
        return "no driver found: pip install 'psycopg[binary]'"
    return ""


@contextmanager
def server() -> Iterator[str]:
    """A running server; gives the URL of its first database, without the name at the end."""
    place, port = Path(tempfile.mkdtemp(prefix="medalloc-pg-")), _free_port()
    if os.geteuid() == 0:  # the server refuses to run as root
        nobody = pwd.getpwnam("nobody")
        os.chown(place, nobody.pw_uid, nobody.pw_gid)
    options = f"-p {port} -k {place} -c listen_addresses=127.0.0.1 -c fsync=off"
    _run(
        "initdb",
        "-D",
        f"{place}/data",
        "-A",
        "trust",
        "-U",
        "medalloc",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
    )
    _run("pg_ctl", "-D", f"{place}/data", "-l", f"{place}/log", "-o", options, "-w", "start")
    try:
        yield f"postgresql://medalloc@127.0.0.1:{port}/"
    finally:
        _run("pg_ctl", "-D", f"{place}/data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(place, ignore_errors=True)


def _run(name: str, *arguments: str) -> None:
    folder = binaries()
    assert folder is not None
    user = "nobody" if os.geteuid() == 0 else None
    subprocess.run(
        [str(folder / name), *arguments],
        user=user,
        cwd="/",
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=60,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
