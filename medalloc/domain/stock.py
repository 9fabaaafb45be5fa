"""Drugs, lots, use and orders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from medalloc.domain.places import Level


class Ven(StrEnum):
    """Vital, essential or necessary."""

    VITAL = "V"
    ESSENTIAL = "E"
    NECESSARY = "N"


class Storage(StrEnum):
    """Where a drug must be kept."""

    AMBIENT = "ambient"
    COLD = "cold"
    FROZEN = "frozen"
    CONTROLLED = "controlled"


@dataclass(frozen=True, slots=True)
class Drug:
    """A drug as the pharmacy stocks it."""

    drug_id: str
    name: str = ""
    atc: str = ""
    form: str = ""
    unit: str = ""
    pack_size: int = 1
    """Units in a pack."""
    unit_cost: float = 0.0
    ven: Ven = Ven.ESSENTIAL
    storage: Storage = Storage.AMBIENT
    volume: float | None = None
    """Litres per unit."""
    shelf_life_days: int | None = None
    lead_time_days: float | None = None
    lead_time_sd: float | None = None
    """Standard deviation of the lead time [days]."""
    min_order: int = 0
    """Smallest order [units]."""
    supplier: str = ""


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot on hand."""

    drug_id: str
    lot_id: str
    units: float
    expires: date | None = None
    location: str = ""
    quarantined: bool = False


@dataclass(frozen=True, slots=True)
class Usage:
    """What a ward asked for and got on a day [units]."""

    date: date
    drug_id: str
    ward_id: str
    requested: float
    issued: float


@dataclass(frozen=True, slots=True)
class Order:
    """An order under way."""

    order_id: str
    drug_id: str
    units: float
    due: date


@dataclass(frozen=True, slots=True)
class Substitute:
    """`ratio` units of the substitute replace one unit of the drug."""

    drug_id: str
    substitute_id: str
    ratio: float = 1.0
    needs_approval: bool = True


@dataclass(frozen=True, slots=True)
class Regimen:
    """Use of a drug by a kind of patient."""

    drug_id: str
    condition: str
    level: Level | None
    units_per_day: float
    share: float
    """Share of such patients who get it, 0–1."""
