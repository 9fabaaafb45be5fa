import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from sample_data.simulate import SimulatedHospital, simulate

SHIPPED = Path(__file__).parents[2] / "sample_data"
Rows = list[dict[str, str]]


def read(folder: Path, name: str) -> Rows:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def hospital() -> SimulatedHospital:
    return simulate(beds=300, seed=7)


@pytest.fixture(scope="session")
def shipped() -> Callable[[str], Rows]:
    """Tables of the shipped 300-bed hospital by name."""
    return lambda name: read(SHIPPED / "hospital", name)
