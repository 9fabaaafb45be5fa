"""The whole simulated hospital, and the one function that makes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from random import Random

from sample_data.simulate import writing
from sample_data.simulate.arrivals import draw_arrivals
from sample_data.simulate.care import set_care
from sample_data.simulate.chance import stream
from sample_data.simulate.model import SimBed, SimWard, Stay
from sample_data.simulate.placing import fill
from sample_data.simulate.timing import set_times
from sample_data.simulate.wards import build

MIN_BEDS, MAX_BEDS = 30, 4000
AT = datetime(2026, 3, 10, 7, 30)


@dataclass(frozen=True)
class SimulatedHospital:
    """An invented hospital with its hidden truth."""

    name: str
    at: datetime
    seed: int
    wards: tuple[SimWard, ...]
    beds: tuple[SimBed, ...]
    stays: tuple[Stay, ...]
    """Patients in bed, waiting and expected, in order of patient_id."""

    @cached_property
    def bed_of(self) -> dict[str, SimBed]:
        """Bed by bed_id."""
        return {bed.bed_id: bed for bed in self.beds}

    def write(self, folder: Path | str) -> None:
        """Write every file of the data folder, and truth.csv."""
        writing.write(self, Path(folder))


def simulate(beds: int, seed: int, at: datetime = AT, *, chinese_share: float = 0.0) -> SimulatedHospital:
    """A hospital of exactly so many beds; the same arguments give the same hospital.

    Parameters
    ----------
    chinese_share : share of the patients whose notes are in Chinese, 0–1; all of them are adults.
    """
    wards, all_beds = build(beds, stream(seed, "wards", beds))
    stays = fill(all_beds, at, stream(seed, "beds", beds))
    step_downs = sum(stay.status == "waiting" for stay in stays)
    plans = [ward.plan for ward in wards]
    stays += draw_arrivals(beds, plans, step_downs, stream(seed, "arrivals", beds))
    _number(stays, seed)
    for stay in stays:
        set_care(stay, stream(seed, "care", stay.patient_id))
        set_times(stay, at, stream(seed, "times", stay.patient_id))
    stays.sort(key=lambda stay: stay.patient_id)
    _write_chinese(stays, chinese_share, stream(seed, "chinese"))
    name = f"{wards[0].site} Hospital"
    return SimulatedHospital(name, at, seed, tuple(wards), tuple(all_beds), tuple(stays))


def _write_chinese(stays: list[Stay], share: float, rng: Random) -> None:
    """Mark those whose notes are in Chinese; nothing else about them changes."""
    adults = [stay for stay in stays if not stay.is_child]
    for stay in rng.sample(adults, min(len(adults), round(share * len(stays)))):
        stay.planted.discard("dialogue")
        stay.planted.add("chinese")


def _number(stays: list[Stay], seed: int) -> None:
    """Hospital numbers, in no order that would give the ward away."""
    rng = stream(seed, "numbers")
    for stay, number in zip(stays, rng.sample(range(100, 100_000), len(stays)), strict=True):
        stay.patient_id = f"P{number:06d}" if rng.random() < 0.7 else f"{number:07d}"
