"""Rows of drugs.csv, lots.csv, usage.csv, orders.csv, substitutes.csv and regimens.csv."""

from __future__ import annotations

from medalloc.domain.stock import Storage, Ven
from medalloc.ingest.fields import Day, LevelWord, StorageWord, VenWord, number, whole
from medalloc.ingest.rows.base import RowModel


class DrugRow(RowModel):
    """A row of drugs.csv."""

    drug_id: str
    name: str = ""
    atc: str = ""
    form: str = ""
    unit: str = ""
    pack_size: int = whole(1, default=1, of="units")
    unit_cost: float = number(default=0.0)
    ven: VenWord = Ven.ESSENTIAL
    storage: StorageWord = Storage.AMBIENT
    volume: float | None = number(default=None, of="litres per unit")
    shelf_life_days: int | None = whole(default=None, of="days")
    lead_time_days: float | None = number(default=None, of="days")
    lead_time_sd: float | None = number(default=None, of="days")
    min_order: int = whole(default=0, of="units")
    supplier: str = ""


class LotRow(RowModel):
    """A row of lots.csv."""

    drug_id: str
    lot_id: str
    units: float = number(of="units")
    expires: Day | None = None
    location: str = ""
    quarantined: bool = False


class UsageRow(RowModel):
    """A row of usage.csv."""

    date: Day
    drug_id: str
    ward_id: str = ""
    requested: float | None = number(default=None, of="units")
    """Blank: as much as was issued."""
    issued: float = number(of="units")


class OrderRow(RowModel):
    """A row of orders.csv."""

    order_id: str
    drug_id: str
    units: float = number(of="units")
    due: Day


class SubstituteRow(RowModel):
    """A row of substitutes.csv."""

    drug_id: str
    substitute_id: str
    ratio: float = number(1e-6, default=1.0)
    needs_approval: bool = True


class RegimenRow(RowModel):
    """A row of regimens.csv."""

    drug_id: str
    condition: str = ""
    level: LevelWord | None = None
    units_per_day: float = number(of="units per day")
    share: float = number(0, 1)
