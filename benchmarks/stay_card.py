"""The model card of the stay model, written from a fit run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

TEXT = """# Length of stay

Written by `python -m benchmarks.fit_stay`; not edited by hand.

**For**: the days that each patient will still stay, as 10, 50 and 90 % quantiles, in bed plans and forecasts.
**Not for**: setting a date for a patient, judging a ward, or any decision about one person's care.

## Data

Simulated stays of {patients} patients in {n_folders} hospitals ({folders}), written by
`sample_data/generate.py`. No real patient is among them. The numbers below come from {tests}, which the fit has not
seen, but which the same generator wrote: **fit it again on a hospital's own stays before use.**

## How

A discrete-time hazard model: for each interval from now on, the probability to leave of those still in; the mean
log-odds of a ridge logistic model and of gradient-boosted trees. Features: age, source, specialty, level, acuity,
readiness, barrier, mobility, cognition, isolation, oxygen, end of life, moves, days already spent, and the recorded
date of discharge. All may be missing. The day of the week is not used: all generated snapshots are of one weekday.

Stays that go on (censored) count as far as they were seen: they lower the hazard of the days they lasted and say
nothing of later ones. In the generated folders all stays are known to their end.

A snapshot holds long stays more often than admissions do (length bias). The clock therefore starts at the snapshot and
the days already spent are a feature: the model is fitted on, and gives, the remaining days *of those who are in at a
snapshot*, which needs no assumption on how admissions come. Patients still to come have spent none, are marked as not
here, and are learnt from patients still to come. Its numbers are not lengths of stay of all admissions.

The recorded date of discharge is used, though it is recorded with error; patients without one have a model of their
own. Those who have one, in hospitals left out in turn: mean absolute error {with_mae:.2f} days with it,
{without_mae:.2f} with it withheld; coverage {with_coverage:.3f} and {without_coverage:.3f}.

## Measured on unseen hospitals

Days. *Baseline*: the median of all fitted patients. *Inside*: share between the 10 and 90 % quantiles, .80 being right;
below and above, .10 each.

{measured}

## Known failures

- The distribution is the generator's; a real hospital has longer tails and waits that nobody records.
- Deaths end a stay like discharges.
- Needs come from the truth, one in ten forgotten; as read from notes they are somewhat worse.
"""


def write_card(path: Path, described: Mapping[str, Any], groups: Mapping[str, Any], tests: Sequence[str]) -> None:
    """Write the card from what the fit run described and measured."""
    path.parent.mkdir(parents=True, exist_ok=True)
    inner = described["left_out_in_turn"]
    text = TEXT.format(
        patients=described["patients"],
        n_folders=len(described["folders"]),
        folders=", ".join(described["folders"]),
        tests=", ".join(tests),
        measured=_table(groups),
        **{f"{which}_{name}": inner[which][name] for which in ("with", "without") for name in ("mae", "coverage")},
    )
    path.write_text(text, encoding="utf-8")


def _table(groups: Mapping[str, Mapping[str, float]]) -> str:
    lines = [
        "| patients | number | error of the median | baseline | inside | below | above | mean width |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, row in groups.items():
        days = f"{row['mae']:.2f} | {row['mae_baseline']:.2f}"
        shares = " | ".join(f"{row[key]:.3f}" for key in ("coverage", "below", "above"))
        lines.append(f"| {name} | {row['patients']:.0f} | {days} | {shares} | {row['width']:.1f} |")
    return "\n".join(lines)
