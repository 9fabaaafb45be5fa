"""The model card of the heads that read needs, written from a fit run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

TEXT = """# Heads that read needs from notes

Written by `python -m benchmarks.fit_needs`; not edited by hand.

**For**: proposing what a hospital patient needs (docs/needs.md) from English notes and vital signs, with the sentences
behind each, for a person to confirm.
**Not for**: diagnosis, triage without a clinician, or any use in which nobody confirms.

## Data

Simulated notes of {patients} patients in {n_folders} hospitals ({folders}), written by `sample_data/generate.py` with
their truth. No real patient is among them. The numbers below come from {tests}, which no step of the fit has seen,
but which the same generator wrote: on notes of a real hospital, expect less, and measure before use. What was measured
on real clinical text stands in the cards of triage acuity, organ support and Chinese specialties beside this one.

Patients who have the need, in the data of the fit:

{support}

## How

Sentences are split and read for negation, hypotheticals, history and other persons (rules, own). Hashed word and
character n-grams and all-MiniLM-L6-v2 vectors of what is asserted give a score by sentence and value; scores are
pooled by patient (log-sum-exp), so that each sentence's share is exact. Ridge logistic heads on pooled scores, NEWS2
points and what the reading rules found give the log-odds; for level, acuity, oxygen and NIV of patients with vital
signs they are averaged with boosted trees, whose parts are exact as well. Sentence scores, vectors, heads and cuts are
each fitted on other patients. Penalties: {ridge}; {iterations} iterations.

A claim binds hard from the cut on, 0.8 at the least, from which 96 % of claims are right (1: it never does), softly
from 80 % on (ten claims that are right as often as their probability says are counted in), and is put to a person
below that down to the cut that 95 % of those who have the need pass. Values less probable than the last cut are ruled
out (split conformal: the right one is kept nine times in ten):

{cuts}

## Measured on unseen hospitals

F1 is that of "yes", or the mean over values that at least five patients have; abstained counts as not found. Intervals
are 95 %, from bootstrap samples of patients.

### From notes and vital signs alone

{notes}

### With the record's own fields as they are

{recorded}

### By group, from notes and vital signs alone (F1 with its interval; patients)

{groups}

### Calibration, from notes and vital signs alone

{reliability}

## Known failures

- Wording that the generator never uses is read through rules and sentence vectors alone.
- Needs with few examples (above) are read worst: see their recall and interval.
- Notes in a script or language that is not covered, and boilerplate without known words, are not read; the need
  abstains. Chinese notes go another way (chinese-specialty.md).
- A note that is out of date counts less than the last one, but it counts.
"""
COLUMNS = (
    "precision", "recall", "f1", "support", "abstained_share", "decided_accuracy", "ece", "hard", "hard_precision",
)  # fmt: skip


def write_card(path: Path, described: Mapping[str, Any], measured: Mapping[str, Any], tests: Sequence[str]) -> None:
    """Write the card from what the fit run described and measured."""
    path.parent.mkdir(parents=True, exist_ok=True)
    support = [[name, _counts(counts)] for name, counts in described["support"].items()]
    cuts = [
        [name, *(f"{cut[key]:.2f}" for key in ("hard", "soft", "near", "kept"))]
        for name, cut in described["cuts"].items()
    ]
    text = TEXT.format(
        patients=described["patients"],
        n_folders=len(described["folders"]),
        folders=", ".join(described["folders"]),
        tests=", ".join(tests),
        support=table(["need", "patients"], support),
        ridge=", ".join(f"{name} {value}" for name, value in described["ridge"].items()),
        iterations=described["iterations"],
        cuts=table(["need", "hard", "soft", "asked", "ruled out"], cuts),
        notes=_measures(measured["notes"]),
        recorded=_measures(measured["as_recorded"]),
        groups=_groups(measured["notes"]["needs"]),
        reliability=_reliability(measured["notes"]["needs"]),
    )
    path.write_text(text, encoding="utf-8")


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{value or 'none'} {count}" for value, count in counts.items() if count)


def _measures(measured: Mapping[str, Any]) -> str:
    rows = [[name, *(_cell(name, row, column) for column in COLUMNS)] for name, row in measured["needs"].items()]
    overall = [[name, _figure(value)] for name, value in measured["overall"].items()]
    return table(["need", *COLUMNS], rows) + "\n\n" + table(["all needs", "value"], overall)


def _cell(name: str, row: Mapping[str, Any], column: str) -> str:
    if column == "f1" and row["f1_low"] is not None:
        return f"{row['f1']:.3f} ({row['f1_low']:.3f}–{row['f1_high']:.3f})"
    return _figure(row[column])


def _figure(value: float | int | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def _groups(needs: Mapping[str, Any]) -> str:
    kinds = list(dict.fromkeys(kind for row in needs.values() for kind in row["groups"]))
    parts = []
    for kind in kinds:
        groups = list(dict.fromkeys(group for row in needs.values() for group in row["groups"][kind]))
        rows = [[name, *(_group(row["groups"][kind].get(group)) for group in groups)] for name, row in needs.items()]
        parts.append(table([f"by {kind}", *groups], rows))
    return "\n\n".join(parts)


def _group(found: Sequence[float | None] | None) -> str:
    if found is None or found[0] is None:
        return "–" if found is None else f"– ({found[1]})"
    return f"{found[0]:.2f} ({found[2]:.2f}–{found[3]:.2f}; {found[1]})"


def _reliability(needs: Mapping[str, Any]) -> str:
    rows = [
        [name, "; ".join(f"{chance:.2f} → {right:.2f} ({n})" for chance, right, n in row["reliability"])]
        for name, row in needs.items()
    ]
    return table(["need", "mean probability → share right (needs), by tenth"], rows)
