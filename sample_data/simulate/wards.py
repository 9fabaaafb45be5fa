"""Wards, bays and beds of a hospital of a given size."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from sample_data.simulate.chance import split
from sample_data.simulate.model import SimBed, SimWard, WardPlan

_SITES = ("Alder Park", "Heron Bank", "Slate Hill", "Juniper Green")
_BEDS_PER_SITE = 500
_MEDIUM, _LARGE = 90, 220
_WARD_BEDS = 34
"""The largest ward; above it a kind of ward is split in two."""
_STAFFED = 0.78
"""Vacancies and sickness take about a fifth of the care hours that were planned."""


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads((Path(__file__).parent / "wards.toml").read_text(encoding="utf-8"))


def _plan(code: str, row: dict[str, Any]) -> WardPlan:
    fields = {name: value for name, value in row.items() if name != "share"}
    fields |= {"specialties": tuple(row["specialties"].split()), "ages": tuple(row["ages"])}
    return WardPlan(code=code, **fields)


def build(beds: int, rng: Random) -> tuple[list[SimWard], list[SimBed]]:
    """Wards and exactly `beds` beds, all still empty; the closed escalation ward is among them."""
    size = 0 if beds < _MEDIUM else 1 if beds < _LARGE else 2
    shares = {code: float(row["share"][size]) for code, row in _table().items() if row["share"][size]}
    wards: list[SimWard] = []
    all_beds: list[SimBed] = []
    for code, ward_beds in split(beds, shares).items():
        plan = _plan(code, _table()[code])
        for number, count in enumerate(_split_ward(ward_beds, at_least=_copies(code, beds)), start=1):
            ward = _ward(plan, number, count, beds, len(wards))
            wards.append(ward)
            all_beds += _beds(ward, count, rng)
    return wards, all_beds


def _copies(code: str, beds: int) -> int:
    return 2 if code == "GER" and beds >= _LARGE else 1


def _split_ward(beds: int, at_least: int) -> list[int]:
    copies = max(at_least, -(-beds // _WARD_BEDS))
    return [beds // copies + (number < beds % copies) for number in range(copies)]


def _ward(plan: WardPlan, number: int, count: int, beds: int, position: int) -> SimWard:
    if plan.code == "GER" and beds >= _LARGE:  # the long-stay wards come in pairs
        plan = replace(plan, sex_rule="female" if number % 2 else "male")
    sites = _SITES[: max(1, min(len(_SITES), round(beds / _BEDS_PER_SITE)))]
    numbered = (plan.code == "GER" and beds >= _LARGE) or beds > 450
    name = f"{plan.name} {number}" if numbered else plan.name
    ward_id = f"{plan.code}{number}" if numbered else plan.code
    hours = round(plan.care_hours_per_bed * count * _STAFFED, 1)
    return SimWard(ward_id, name, sites[position % len(sites)], plan, hours)


def bay_sizes(beds: int, single_share: float) -> list[int]:
    """Sizes of the bays of a ward: bays of four to six, then single rooms.

    >>> bay_sizes(26, 0.27)
    [5, 5, 5, 4, 1, 1, 1, 1, 1, 1, 1]
    """
    wanted = beds - round(beds * single_share)
    possible = [size for size in range(beds + 1) if size not in {1, 2, 3, 7}]  # these make no bays of four to six
    shared = min(possible, key=lambda size: (abs(size - wanted), size))
    bays = max(round(shared / 5), -(-shared // 6))
    sizes = [shared // bays + (number < shared % bays) for number in range(bays)]
    return sizes + [1] * (beds - shared)


def _beds(ward: SimWard, count: int, rng: Random) -> list[SimBed]:
    sizes = bay_sizes(count, ward.plan.single_share)
    spots = [(bay, size, place) for bay, size in enumerate(sizes) for place in range(size)]
    features = _features(ward.plan, spots, rng)
    beds = []
    for number, ((bay, size, _place), has) in enumerate(zip(spots, features, strict=True), start=1):
        prefix = "S" if size == 1 else "B"
        bay_id = f"{ward.ward_id}-{prefix}{bay + 1}"
        beds.append(SimBed(f"{ward.ward_id}-{number:02d}", ward, bay_id, size == 1, frozenset(has)))
    return beds


_Spot = tuple[int, int, int]
"""Bay, its size, and the place within it."""


def _features(plan: WardPlan, spots: list[_Spot], rng: Random) -> list[set[str]]:
    """Features by bed; where they go follows how wards are built."""
    has: list[set[str]] = [{"ensuite"} if size == 1 else set() for _, size, _ in spots]
    for feature, share in plan.features.items():
        count = max(round(share * len(spots)), 1)
        ranked = sorted(range(len(spots)), key=lambda index: (*_order(feature, spots[index]), rng.random()))
        for index in ranked[:count]:
            has[index].add(feature)
    for own in has:  # an air lock either pushes or pulls
        if {"negative_pressure", "positive_pressure"} <= own:
            own.discard("positive_pressure")
    return has


def _order(feature: str, spot: _Spot) -> tuple[bool, int]:
    """Which spots get the feature first."""
    bay, size, place = spot
    if feature == "visible":  # the beds next to the door of each bay
        return place > 1, bay
    if feature in {"bariatric", "positive_pressure"}:  # wide doors and air locks are those of single rooms
        return size != 1, -bay
    if feature == "negative_pressure":
        return size != 1, bay
    return False, bay
