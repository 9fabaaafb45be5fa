"""Tables of how well needs are read: as measured on hospitals that the heads never saw, and as corrected here."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from medalloc.domain.needs import NeedName
from medalloc.governance.local import BANDS, LocalQuality, Share
from medalloc.locale import gettext as _
from medalloc.ui.words import CORRECTION_REASONS, NEEDS, sentence

N_ = str
ATTRIBUTES = {"sex": N_("Sex"), "age": N_("Age"), "ethnicity": N_("Ethnicity")}
Measured = Mapping[str, Any]
"""What the fit of the heads has measured, as their metadata keep it."""


def overall(measured: Measured) -> dict[str, str]:
    """The measures over all needs, in words."""
    found = measured.get("overall", {})
    return {
        _("Mean F1 of all needs"): number(found.get("macro_f1")),
        _("Left to a person"): percent(found.get("abstained_share")),
        _("Right where it was not left"): percent(found.get("decided_accuracy")),
        _("Calibration error"): number(found.get("ece"), 3),
        _("Acuity: agreement"): number(found.get("acuity_qwk")),
        _("Acuity: taken for less ill"): percent(found.get("acuity_under_triage")),
    }


def by_need(measured: Measured) -> pd.DataFrame:
    """One row a need, with the 95 % interval of F1; shares as numbers, so that columns sort."""
    return pd.DataFrame(
        {
            _("Need"): _(NEEDS[name]),
            _("Patients who have it"): found.get("support"),
            _("F1"): found.get("f1"),
            _("Interval (95 %)"): between(found.get("f1_low"), found.get("f1_high")),
            _("Precision"): found.get("precision"),
            _("Recall"): found.get("recall"),
            _("Left to a person"): found.get("abstained_share"),
            _("Right where it was not left"): found.get("decided_accuracy"),
            _("Binds the plan"): found.get("hard"),
            _("Right where it binds"): found.get("hard_precision"),
            _("Calibration error"): found.get("ece"),
        }
        for name, found in needs_of(measured).items()
    )


def by_need_formats() -> dict[str, str]:
    """How the numbers of `by_need` are shown, by column."""
    return {
        **dict.fromkeys((_("F1"), _("Precision"), _("Recall")), "%.2f"),
        **dict.fromkeys(
            (_("Left to a person"), _("Right where it was not left"), _("Right where it binds")), "percent"
        ),
        _("Calibration error"): "%.3f",
    }


def groups(measured: Measured, name: NeedName | None) -> dict[str, tuple[Any, ...]]:
    """F1, number of patients and, where it was measured, the 95 % interval: by group of patients, or by need."""
    found = needs_of(measured)
    if name is None:
        ends = ("f1", "support", "f1_low", "f1_high")
        return {_(NEEDS[each]): tuple(values.get(end) for end in ends) for each, values in found.items()}
    return {
        f"{_(ATTRIBUTES[attribute]) if attribute in ATTRIBUTES else attribute}: {group}": tuple(values)
        for attribute, by_group in found[name].get("groups", {}).items()
        for group, values in by_group.items()
    }


def needs_of(measured: Measured) -> dict[NeedName, Mapping[str, Any]]:
    """What was measured by need, in the order of the needs."""
    found = measured.get("needs", {})
    return {name: found[str(name)] for name in NeedName if str(name) in found}


def local_needs(local: LocalQuality) -> pd.DataFrame:
    """How often what was shown was right, by need."""
    return _shares(_("Need"), {_(NEEDS[name]): share for name, share in local.by_need.items()})


def local_bands(local: LocalQuality) -> pd.DataFrame:
    """The same by the probability that was shown."""
    return _shares(_("Probability shown"), {_band(low): share for low, share in local.by_band.items()})


def local_reasons(local: LocalQuality) -> pd.DataFrame:
    """Why what was shown was not right."""
    return pd.DataFrame(
        {_("Reason"): sentence(_(CORRECTION_REASONS[reason])), _("Corrections"): count}
        for reason, count in local.reasons.items()
    )


def _shares(heading: str, shares: Mapping[str, Share]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            heading: words,
            _("Corrections"): share.n,
            _("Shown was right"): percent(share.share),
            _("Interval (95 %)"): "{:.0%} – {:.0%}".format(*share.interval),
        }
        for words, share in shares.items()
    )


def _band(low: float) -> str:
    if low >= BANDS[-1]:
        return _("certain: record or clinician")
    return f"{low:.0%} – {BANDS[BANDS.index(low) + 1]:.0%}"


def number(value: float | None, digits: int = 2) -> str:
    """A number as it is shown; "–" for none."""
    return "–" if value is None or math.isnan(value) else f"{value:.{digits}f}"


def percent(value: float | None) -> str:
    """A share as it is shown; "–" for none."""
    return "–" if value is None or math.isnan(value) else f"{value:.0%}"


def between(low: float | None, high: float | None) -> str:
    """An interval as it is shown; "–" for none."""
    return "–" if number(low) == "–" or number(high) == "–" else f"{number(low)} – {number(high)}"
