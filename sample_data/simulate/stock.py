"""Drugs, lots, orders and use, tied to the patients who are in and the conditions that they have."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from sample_data.simulate.chance import poisson
from sample_data.simulate.conditions import conditions

if TYPE_CHECKING:
    from sample_data.simulate.hospital import SimulatedHospital

Row = dict[str, object]

USAGE_DAYS = 180
_LEAST_PER_DAY = 0.05
"""A ward that would use less keeps none: it borrows from its neighbour."""
_STOCK_OUTS = (
    ("Piperacillin/tazobactam 4.5 g", 61, 7),
    ("Levetiracetam 500 mg", 34, 5),
    ("Human albumin 20 % 100 ml", 17, 9),
)
"""Planted: drug, days before the snapshot, length in days."""
SHORT = (
    "Salbutamol 5 mg nebules",
    "Co-amoxiclav 1.2 g",
    "Oseltamivir 75 mg",
    "Noradrenaline 4 mg/4 ml",
    "Vancomycin 125 mg",
)
"""Planted: hardly any left."""
_SUBSTITUTES = (
    ("Co-amoxiclav 1.2 g", "Cefuroxime 1.5 g", 1.0, True),
    ("Piperacillin/tazobactam 4.5 g", "Meropenem 1 g", 0.85, True),
    ("Clarithromycin 500 mg", "Doxycycline 100 mg", 0.6, True),
    ("Omeprazole 20 mg", "Pantoprazole 40 mg", 0.5, True),
    ("Noradrenaline 4 mg/4 ml", "Metaraminol 10 mg/ml", 1.5, True),
    ("Propofol 1 % 50 ml", "Midazolam 10 mg/2 ml", 2.5, True),
    ("Alfentanil 500 mcg/ml", "Fentanyl 50 mcg/ml", 1.2, True),
    ("Atracurium 50 mg/5 ml", "Rocuronium 50 mg/5 ml", 0.9, False),
    ("Oxycodone 5 mg", "Morphine sulfate oral 10 mg/5 ml", 5.0, True),
    ("Enoxaparin 80 mg", "Enoxaparin 40 mg", 2.0, False),
    ("Apixaban 5 mg", "Rivaroxaban 20 mg", 0.5, True),
    ("Ticagrelor 90 mg", "Clopidogrel 75 mg", 0.5, True),
    ("Salbutamol 5 mg nebules", "Salbutamol 100 mcg inhaler", 0.05, False),
    ("Compound sodium lactate 1 L", "Sodium chloride 0.9 % 1 L", 1.0, False),
    ("Flucloxacillin 1 g", "Vancomycin 1 g", 0.25, True),
    ("Vancomycin 1 g", "Teicoplanin 400 mg", 0.8, True),
    ("Lorazepam 4 mg/ml", "Midazolam 10 mg/2 ml", 1.0, True),
    ("Levetiracetam 500 mg", "Levetiracetam 500 mg/5 ml", 1.0, True),
    ("Ondansetron 4 mg", "Cyclizine 50 mg/ml", 1.0, False),
    ("Macrogol compound", "Senna 7.5 mg", 2.0, False),
    ("Furosemide 20 mg/2 ml", "Furosemide 40 mg", 0.75, True),
    ("Hydrocortisone 100 mg", "Dexamethasone 2 mg", 2.0, True),
    ("Paracetamol 1 g", "Paracetamol 500 mg", 2.0, False),
    ("Trimethoprim 200 mg", "Nitrofurantoin 100 mg", 1.0, False),
)


@cache
def _read(name: str) -> tuple[dict[str, str], ...]:
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def drug_ids() -> dict[str, str]:
    """drug_id by name."""
    return {row["name"]: f"D{number:04d}" for number, row in enumerate(_read("catalogue"), start=1)}


def drug_rows() -> Iterable[Row]:
    """The rows of drugs.csv."""
    for row in _read("catalogue"):
        listed = {name: value for name, value in row.items() if name != "per_100_beds"}
        supplier = listed.pop("supplier")
        smallest = int(row["pack_size"]) * (1 if float(row["unit_cost"]) > 5 else 5)
        yield {"drug_id": drug_ids()[row["name"]], **listed, "min_order": smallest, "supplier": supplier}


@cache
def regimens() -> tuple[Row, ...]:
    """The rows of regimens.csv: what patients of a specialty get, over all its conditions by bed-days."""
    days: defaultdict[str, float] = defaultdict(float)
    for condition in conditions():
        days[condition.specialty] += condition.weight * condition.los_days
    given: defaultdict[tuple[str, str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    by_key = {condition.key: condition for condition in conditions()}
    for row in _read("formulary"):
        for key in row["conditions"].split(";"):
            condition = by_key[key]
            share = float(row["share"]) * condition.weight * condition.los_days / days[condition.specialty]
            total = given[row["drug"], condition.specialty, row["level"]]
            total[0] += share
            total[1] += share * float(row["units_per_day"])
    return tuple(
        {
            "drug_id": drug_ids()[drug],
            "condition": specialty,
            "level": level,
            "units_per_day": round(units / share, 2),
            "share": round(share, 4),
        }
        for (drug, specialty, level), (share, units) in sorted(given.items())
    )


def ward_demand(hospital: SimulatedHospital, rng: Random) -> dict[tuple[str, str], float]:
    """Mean use [units/day] by (drug_id, ward_id), from today's patients and the wards' own habits."""
    census: defaultdict[tuple[str, str, str], int] = defaultdict(int)
    for stay in hospital.stays:
        if stay.bed_id:
            census[hospital.bed_of[stay.bed_id].ward.ward_id, stay.specialty, stay.level] += 1
    beds_of = Counter(bed.ward.ward_id for bed in hospital.beds)
    demand: defaultdict[tuple[str, str], float] = defaultdict(float)
    for (ward_id, specialty, level), patients in census.items():
        for regimen in regimens():
            if regimen["condition"] == specialty and regimen["level"] in {"", level}:
                units = float(str(regimen["units_per_day"])) * float(str(regimen["share"]))
                demand[str(regimen["drug_id"]), ward_id] += patients * units
    for row in _read("catalogue"):
        base = float(row["per_100_beds"]) / 100
        for ward in hospital.wards:
            if ward.plan.is_open and base and rng.random() < min(1.0, 0.25 + base * 4):
                demand[drug_ids()[row["name"]], ward.ward_id] += base * beds_of[ward.ward_id] * rng.uniform(0.6, 1.4)
    return {pair: units for pair, units in sorted(demand.items()) if units >= _LEAST_PER_DAY}


def draw_usage(demand: dict[tuple[str, str], float], last: date, rng: Random) -> Iterable[Row]:
    """The rows of usage.csv: wards are topped up once or twice a week; a few stock-outs."""
    first = last - timedelta(days=USAGE_DAYS - 1)
    short = {
        (drug_ids()[name], last - timedelta(days=ago - offset))
        for name, ago, length in _STOCK_OUTS
        for offset in range(length)
    }
    rounds = {pair: _round(units, rng) for pair, units in demand.items()}
    for offset in range(USAGE_DAYS):
        day = first + timedelta(days=offset)
        season = 1 + 0.12 * (offset / USAGE_DAYS) + (0.08 if 90 < offset < 150 else 0)
        for (drug_id, ward_id), units in demand.items():
            every, phase = rounds[drug_id, ward_id]
            if (offset + phase) % every:
                continue
            requested = poisson(rng, units * every * season / 1.1 * rng.uniform(0.75, 1.25))
            if requested:
                issued = int(requested * rng.choice((0, 0, 0.25, 0.5))) if (drug_id, day) in short else requested
                yield {
                    "date": day,
                    "drug_id": drug_id,
                    "ward_id": ward_id,
                    "requested": requested,
                    "issued": issued,
                }


def _round(units: float, rng: Random) -> tuple[int, int]:
    """Days between two top-ups, and where in the cycle the first falls."""
    every = 2 if units > 60 else 4 if units > 6 else 7 if units > 1 else 14
    return every, rng.randrange(every)


def draw_lots(demand: dict[tuple[str, str], float], today: date, rng: Random) -> list[Row]:
    """The rows of lots.csv: two or three weeks' stock, some of it expired, held back, or nearly gone."""
    daily: defaultdict[str, float] = defaultdict(float)
    for (drug_id, _), units in demand.items():
        daily[drug_id] += units
    rows: list[Row] = []
    for row in _read("catalogue"):
        drug_id, pack = drug_ids()[row["name"]], int(row["pack_size"])
        cover = rng.uniform(0.6, 3.0) if row["name"] in SHORT else rng.uniform(11, 34)
        packs = max(1, round(max(daily[drug_id], 0.05) * cover / pack))
        for share in _shares(min(packs, rng.randint(1, 3))):
            units = max(1, round(packs * share)) * pack
            rows.append(
                _lot(
                    drug_id,
                    len(rows),
                    units,
                    _expiry(int(row["shelf_life_days"]), today, rng),
                    row["storage"],
                )
            )
    second = [lot for before, lot in pairwise(rows) if lot["drug_id"] == before["drug_id"]]
    spoilt = rng.sample(second, 8)  # each of them has another lot beside it
    for lot in spoilt[:5]:
        lot["expires"] = today - timedelta(days=rng.randint(1, 40))
    for lot in spoilt[5:]:
        lot["quarantined"] = "true"
    return rows


def _shares(lots: int) -> list[float]:
    return {1: [1.0], 2: [0.3, 0.7], 3: [0.15, 0.35, 0.5]}[lots]


def _expiry(shelf_life_days: int, today: date, rng: Random) -> date:
    left = rng.uniform(0.03, 0.12) if rng.random() < 0.12 else rng.uniform(0.2, 0.95)
    return today + timedelta(days=max(4, int(left * shelf_life_days)))


def _lot(drug_id: str, number: int, units: int, expires: date, storage: str) -> Row:
    place = {
        "ambient": "Main store",
        "cold": "Fridge 1",
        "frozen": "Freezer",
        "controlled": "Controlled cabinet",
    }[storage]
    return {
        "drug_id": drug_id,
        "lot_id": f"L{number + 1:05d}",
        "units": units,
        "expires": expires,
        "location": place,
        "quarantined": "false",
    }


def draw_orders(today: date, rng: Random) -> list[Row]:
    """The rows of orders.csv: what is on its way."""
    rows: list[Row] = []
    for row in _read("catalogue"):
        if rng.random() > (0.6 if row["name"] in SHORT else 0.17):
            continue
        units = int(row["pack_size"]) * rng.choice((5, 10, 20, 40))
        due = today + timedelta(days=max(1, round(rng.gauss(float(row["lead_time_days"]), float(row["lead_time_sd"])))))
        rows.append(
            {
                "order_id": f"O{len(rows) + 1:04d}",
                "drug_id": drug_ids()[row["name"]],
                "units": units,
                "due": due,
            }
        )
    return rows


def substitute_rows() -> Iterable[Row]:
    """The rows of substitutes.csv."""
    ids = drug_ids()
    for drug, substitute, ratio, approval in _SUBSTITUTES:
        yield {
            "drug_id": ids[drug],
            "substitute_id": ids[substitute],
            "ratio": ratio,
            "needs_approval": "true" if approval else "false",
        }
