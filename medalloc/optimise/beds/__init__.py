"""Bed plans: who goes to which bed and when, with the reasons and the bound."""

from medalloc.optimise.beds.situation import Background
from medalloc.optimise.beds.solve import keep_as_is, plan_beds
from medalloc.optimise.beds.weights import BedSettings, BedWeights

__all__ = ["Background", "BedSettings", "BedWeights", "keep_as_is", "plan_beds"]
