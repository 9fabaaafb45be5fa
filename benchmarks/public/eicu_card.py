"""The model card of organ support, written from a fit run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from benchmarks.public.eicu_data import EicuStays
from medalloc.needs.models.tfidf import Floats

DRAWS = 500
BINS = 5
FEWEST = 5
"""Cases with and without, under which no figure is given."""
TEXT = """# Organ support

Written by `python -m benchmarks.public.eicu DIR --fit`; not edited by hand.

**For**: a second opinion, beside the notes' own words, on how likely a patient of an intensive-care or step-down unit
is to be ventilated through a tube, to get non-invasive ventilation or vasopressors, or to have treatment limited, at
any time of the stay; with what each word and measure adds. A person confirms.
**Not for**: ward patients, children, decisions to start, withhold or end a treatment, or use where nobody confirms.
That limits of treatment are likely is never a reason for them.

## Data

eICU Collaborative Research Database Demo 2.0.1 (Johnson, Pollard, Badawi, Raffa; PhysioNet), made available under the
Open Database License 1.0 (ODbL). {stays} unit stays in {hospitals} hospitals of the United States, 2014–2015. No
record of it is in this repository; the vocabulary is single words and pairs of words of structured entries.

Inputs, as entered in the first six hours in the unit: source of admission, admission diagnosis, problems, past
history, complaints and what is looked after, as words; age, sex, weight, pulse, blood pressure, breathing rate, oxygen
saturation, Glasgow Coma Scale. Words that say an outcome outright (ventilation, intubation, CPAP, pressor dependence,
resuscitation orders) are taken out; treatments, care plans and ventilator settings are no input. Which hospital it is,
is no input. The admission diagnosis is also that of the APACHE form, which has no time in the demo; where the demo
dates it, one in twelve was entered after the six hours.

Outcomes, any time of the stay: care plan says intubated or ventilated; care plan says non-invasive ventilation;
treatment names vasopressors; care plan limits care. What was not recorded counts as not given.

## How

The mean log-odds of a ridge logistic model on words and measures, and of gradient-boosted trees on the telling words
and the measures; scaled to be calibrated on hospitals that neither had seen.

## Measured on hospitals left out in turn

Area under the curve, with 95 % intervals from {draws} draws of hospitals with replacement. The cases are folded by
hospital, never by stay.

{auc}

## Calibration

Fifths of the patients by foretold probability: foretold / met share.

{reliability}

## Known failures

- Intensive and step-down care only: everybody here is ill, and probabilities are too high for a ward.
- One country and one decade, before present practice of high-flow oxygen; no British or Chinese hospital.
- Entries were words of menus. Free notes hold other words, and negated ones: pass what is asserted only.
- Part of the signal is the patient's state once support has begun (a low coma score under sedation).
- Intubated through a tracheostomy counts as ventilated. Hospitals differ in what they record, and so do the labels.
- Few had vasopressors: see the intervals. Small groups have wide ones.
"""


def write_card(path: Path, described: Mapping[str, Any], stays: EicuStays, chances: Floats) -> None:
    """Write the card from what was foretold of stays whose hospital was left out."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = TEXT.format(
        **described, draws=DRAWS, auc=_auc_table(stays, chances), reliability=_reliability(stays, chances)
    )
    path.write_text(text, encoding="utf-8")


def _auc_table(stays: EicuStays, chances: Floats) -> str:
    groups = {
        "all": np.ones(len(stays.age), dtype=bool),
        "women": stays.female,
        "men": ~stays.female,
        "under 50": stays.age < 50,
        "50 to 69": (stays.age >= 50) & (stays.age < 70),
        "70 and more": stays.age >= 70,
    }
    names = list(stays.cases.outcomes)
    lines = ["| patients | number | " + " | ".join(map(str, names)) + " |", "|---|---|" + "---|" * len(names)]
    for group, mask in groups.items():
        cells = [
            _interval(stays.cases.outcomes[name][mask], chances[mask, column], stays.cases.hospitals[mask])
            for column, name in enumerate(names)
        ]
        lines.append(f"| {group} | {mask.sum()} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _interval(outcomes: NDArray[np.int64], chances: Floats, hospitals: NDArray[np.int64]) -> str:
    """The area under the curve and its interval, or that there are too few."""
    if min(outcomes.sum(), (1 - outcomes).sum()) < FEWEST:
        return "too few"
    rng = np.random.default_rng(3)
    rows_of = [np.flatnonzero(hospitals == one) for one in np.unique(hospitals)]
    drawn = []
    for _ in range(DRAWS):
        rows = np.concatenate([rows_of[one] for one in rng.integers(0, len(rows_of), len(rows_of))])
        if 0 < outcomes[rows].sum() < len(rows):
            drawn.append(roc_auc_score(outcomes[rows], chances[rows]))
    low, high = np.quantile(drawn, (0.025, 0.975))
    return f"{roc_auc_score(outcomes, chances):.3f} ({low:.3f}–{high:.3f}), {outcomes.sum()} with"


def _reliability(stays: EicuStays, chances: Floats) -> str:
    lines = [
        "| outcome | " + " | ".join(f"fifth {one}" for one in range(1, BINS + 1)) + " |",
        "|---" * (BINS + 1) + "|",
    ]
    for column, (name, outcomes) in enumerate(stays.cases.outcomes.items()):
        order = np.array_split(np.argsort(chances[:, column], kind="stable"), BINS)
        cells = [f"{chances[one, column].mean():.3f} / {outcomes[one].mean():.3f}" for one in order]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)
