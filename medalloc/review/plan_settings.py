"""A set of weights and limits, with what the operator of the machine has set, as the settings of a bed plan."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from medalloc.optimise.beds import BedSettings
from medalloc.review.weight_sets import WeightSet
from medalloc.settings import settings


def bed_settings(
    chosen: WeightSet | None = None,
    *,
    time_limit_s: float | None = None,
    seed: int = 0,
    processes: int | None = None,
) -> BedSettings:
    """Settings of a bed plan: a set of weights and limits, and for the rest the operator's.

    Parameters
    ----------
    chosen
        None: the standard set.
    time_limit_s, processes
        Count more than those of the set or of the operator.
    """
    options, chosen = settings(), chosen or WeightSet()
    limits = chosen.limits
    return BedSettings(
        weights=chosen.weights,
        horizon_days=limits.horizon_days,
        escalation=limits.open_escalation,
        max_transfers=limits.max_transfers,
        max_moves=limits.max_moves,
        gap=limits.gap,
        time_limit_s=time_limit_s or limits.time_limit_s or options.bed_time_limit_s,
        seed=seed,
        threads=options.threads,
        processes=processes or options.processes,
    )


def made_with(chosen: WeightSet, wanted: BedSettings) -> dict[str, Any]:
    """What is kept with a plan of the set and the limits that it was made with."""
    limits = replace(chosen.limits, time_limit_s=wanted.time_limit_s)
    return {"set": chosen.name, "version": chosen.version, "limits": limits.to_mapping()}
