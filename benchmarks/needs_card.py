"""The model card of the heads that read needs, written from a fit run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

TEXT = """# Heads that read needs from notes

Written by `python -m benchmarks.fit_needs`; not edited by hand.

**For**: proposing specialty, level of care, isolation, organism, acuity and bed features of a hospital patient from
English notes and vital signs, with the sentences behind each, for a person to confirm.
**Not for**: diagnosis, triage without a clinician, or any use in which nobody confirms.

## Data

Simulated notes of {patients} patients in {n_folders} hospitals ({folders}), written by `sample_data/generate.py` with
their truth. No real patient is among them. The numbers below come from {tests}, which no step of the fit has seen,
but which the same generator wrote: on notes of a real hospital, expect less, and measure before use.

Patients who have the need, in the data of the fit:

{support}

## How

Sentences are split and read for negation, hypotheticals, history and other persons (rules, own). Hashed word and
character n-grams and all-MiniLM-L6-v2 vectors of what is asserted give a score by sentence and value; scores are
pooled by patient (log-sum-exp), so that each sentence's share is exact; ridge logistic heads on pooled scores and
NEWS2 points, fitted on patients held back, give the probabilities. Penalties: {ridge}; {iterations} iterations.

## Measured on unseen hospitals

{measured}

## Known failures

- Wording that the generator never uses is read through the sentence vectors alone.
- Needs with few examples (above) are read worst: see their recall.
- Notes in another language or script, and boilerplate without known words, are not read; the need abstains.
- A note that is out of date counts less than the last one, but it counts.
"""


def write_card(path: Path, described: Mapping[str, Any], measured: Mapping[str, Any], tests: Sequence[str]) -> None:
    """Write the card from what the fit run described and measured."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [f"| {name} | {_counts(counts)} |" for name, counts in described["support"].items()]
    text = TEXT.format(
        patients=described["patients"],
        n_folders=len(described["folders"]),
        folders=", ".join(described["folders"]),
        tests=", ".join(tests),
        support="\n".join(["| need | patients |", "|---|---|", *rows]),
        ridge=", ".join(f"{name} {value}" for name, value in described["ridge"].items()),
        iterations=described["iterations"],
        measured="\n\n".join(
            [
                "From notes and vital signs alone:\n\n" + _table(measured["notes"]),
                "With the record's own fields as they are:\n\n" + _table(measured["as_recorded"]),
            ]
        ),
    )
    path.write_text(text, encoding="utf-8")


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{value or 'none'} {count}" for value, count in counts.items() if count)


def _table(measured: Mapping[str, Any]) -> str:
    lines = [
        "| need | precision | recall | F1 | patients | bound hard | of these right |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, row in measured["needs"].items():
        figures = " | ".join(f"{row[key]:.3f}" for key in ("precision", "recall", "f1"))
        lines.append(f"| {name} | {figures} | {row['support']} | {row['hard']} | {row['hard_precision']:.3f} |")
    lines += ["", "| measure | value |", "|---|---|"]
    lines += [f"| {key} | {value:.3f} |" for key, value in measured.items() if isinstance(value, float)]
    return "\n".join(lines)
