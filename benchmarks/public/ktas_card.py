"""The model card of the triage model, written from a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.public.ktas_measures import Floats, KtasSet, Predicted, confusion, scores
from medalloc.domain.people import Sex
from medalloc.needs.models.complaints import GROUPS, groups_of, spelt_out
from medalloc.needs.models.triage import TriageModel

DRAWS = 400
FEWEST = 15
"""Cases that a group must have to stand in a table."""
EDGES = (0.0, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 1.0)
SHOWN = ("qwk", "recall_1_2", "under_triage", "over_triage", "accuracy", "macro_f1", "within_one", "ece")

TEXT = """# Triage acuity from complaint and vital signs

Written by `python -m benchmarks.public.ktas DATA --fit`; not edited by hand.

**For**: a second opinion on how urgent an emergency patient is (1 most urgent, 5 least), shown with its probability
and with what the complaint and each vital sign add, for a clinician to confirm.
**Not for**: triage without a clinician, sending anybody away, children ({children} of the {rows} cases are under 16),
patients already on a ward, or making a patient less urgent than NEWS2 or a clinician says.

## Data

{rows} patients of two emergency departments in the Republic of Korea, with the level that triage experts agreed on
afterwards: Moon SH, Shim JL, Park KS, Park CS (2019), *Triage accuracy and causes of mistriage using the
Korean Triage and Acuity Scale*, PLOS ONE 14(9):e0216972, CC BY 4.0. Levels 1 to 5: {levels}. Complaints are short
(median {words:.0f} words) and written in English by nurses. No row of it is kept here; fitted coefficients are.
Read: complaint, age, sex, ambulance or on foot, injury, consciousness, pain score, systolic pressure, pulse,
respiratory rate, temperature, SpO2. Not read: the nurse's level, diagnosis, disposition, stay, hospital, crowding.

## How

Word and character TF-IDF, all-MiniLM-L6-v2 vectors and a lexicon of complaint groups with their usual urgency stand
beside the numbers and their NEWS2 points. Half of the log-odds of each step between levels comes from ridge logistic
models (half one common slope, half a slope for each step), half from boosted trees. Scale and shifts are calibrated,
and the safety cut is set, on inner folds grouped by complaint: where P(level 1 or 2) > {cut:.2f}, the level is at
most 2; else it is the median. A saturation that was not taken counts as normal.

## Measured

Five folds, {seeds} times; every choice on inner folds. 95 % intervals: bootstrap of the cases, {draws} draws.

{measured}

## By sex and age, new wording

{by_group}

## Reliability: probability of level 1 or 2, new wording

{reliability}

## Levels: experts' (rows) against the model's (columns), new wording, share of the row

{confusion}

## Known failures

- Levels 1 and 5 are rare and mostly read as 2 and 4.
- Under-triage by group of complaints, worst first (new wording):

{failures}

- Two hospitals of one country: in another, measure and calibrate before use. What a hospital calls level 3 differs.
- Long notes are cut to the complaint; what is not recorded (pain score, arrival, injury) adds little or nothing.
- Complaints in another language are read by vital signs and age alone, though nothing marks them here.
"""


def card(known: KtasSet, model: TriageModel, grouped: Sequence[Predicted], random: Sequence[Predicted]) -> str:
    """The card.

    Parameters
    ----------
    grouped, random
        One prediction of every case for each seed.
    """
    ages = np.asarray([case.age or 0.0 for case in known.cases])
    counts = np.bincount(known.levels, minlength=6)[1:]
    return TEXT.format(
        rows=len(known.cases),
        children=int((ages < 16).sum()),
        levels=", ".join(map(str, counts)),
        words=np.median([len(case.complaint.split()) for case in known.cases]),
        cut=model.cut,
        seeds=len(grouped),
        draws=DRAWS,
        measured=_measured(known, {"new wording": grouped, "random folds": random}),
        by_group=_by_group(known, grouped),
        reliability=_reliability(known, grouped),
        confusion=_confusion(known, grouped),
        failures=_failures(known, grouped),
    )


def intervals(known: KtasSet, runs: Sequence[Predicted], draws: int = DRAWS) -> dict[str, tuple[float, float, float]]:
    """Mean over the runs of every measure, and its 95 % interval over draws of the cases."""
    rng = np.random.default_rng(0)
    found = _mean_scores(known, runs, np.arange(len(known.cases)))
    drawn = [_mean_scores(known, runs, rng.integers(0, len(known.cases), len(known.cases))) for _ in range(draws)]
    low, high = np.percentile([[one[name] for name in SHOWN] for one in drawn], [2.5, 97.5], axis=0)
    return {name: (found[name], low[place], high[place]) for place, name in enumerate(SHOWN)}


def _mean_scores(known: KtasSet, runs: Sequence[Predicted], rows: NDArray[np.int64]) -> dict[str, float]:
    each = [scores(known.levels[rows], run.part(rows)) for run in runs]
    return {name: float(np.mean([one[name] for one in each])) for name in SHOWN}


def _measured(known: KtasSet, protocols: Mapping[str, Sequence[Predicted]]) -> str:
    found = {name: intervals(known, runs) for name, runs in protocols.items()}
    rows = [[name, *(_interval(by[name]) for by in found.values())] for name in SHOWN]
    return _table(["measure", *found], rows)


def _by_group(known: KtasSet, runs: Sequence[Predicted]) -> str:
    ages = np.asarray([case.age or 0.0 for case in known.cases])
    sexes = np.asarray([case.sex for case in known.cases])
    groups = {
        "women": sexes == Sex.FEMALE,
        "men": sexes == Sex.MALE,
        "under 40": ages < 40,
        "40 to 64": (ages >= 40) & (ages < 65),
        "65 and over": ages >= 65,
    }
    names = ("qwk", "recall_1_2", "under_triage", "over_triage", "ece")
    rows = []
    for group, chosen in groups.items():
        places = np.flatnonzero(chosen)
        if len(places) < FEWEST:
            continue
        part = intervals(known.part(places), [run.part(places) for run in runs])
        rows.append([group, str(len(places)), *(_interval(part[name]) for name in names)])
    return _table(["group", "cases", *names], rows)


def _reliability(known: KtasSet, runs: Sequence[Predicted]) -> str:
    said = np.concatenate([run.chances[:, :2].sum(axis=1) for run in runs])
    so = np.tile(known.levels <= 2, len(runs))
    place = np.clip(np.digitize(said, EDGES) - 1, 0, len(EDGES) - 2)
    rows = [
        [f"{low:.2f} to {high:.2f}", f"{(chosen).sum() / len(runs):.0f}", _share(said[chosen]), _share(so[chosen])]
        for low, high, chosen in ((EDGES[bin_], EDGES[bin_ + 1], place == bin_) for bin_ in range(len(EDGES) - 1))
    ]
    return _table(["said", "cases", "mean said", "were 1 or 2"], rows)


def _confusion(known: KtasSet, runs: Sequence[Predicted]) -> str:
    found = np.sum([confusion(known.levels, run.levels) for run in runs], axis=0)
    shares = found / np.maximum(found.sum(axis=1, keepdims=True), 1.0)
    return _table(
        ["", *"12345"], [[str(level + 1), *(f"{share:.2f}" for share in shares[level])] for level in range(5)]
    )


def _failures(known: KtasSet, runs: Sequence[Predicted]) -> str:
    named = [{group.name for group in groups_of(spelt_out(case.complaint))} for case in known.cases]
    under = np.mean([run.levels > known.levels for run in runs], axis=0)
    rows = []
    for group in GROUPS:
        chosen = np.asarray([group.name in names for names in named])
        if chosen.sum() >= FEWEST:
            rows.append([group.name.replace("_", " "), str(chosen.sum()), f"{under[chosen].mean():.2f}"])
    rows.sort(key=lambda row: -float(row[2]))
    return _table(["group", "cases", "under-triage"], rows[:6])


def _share(values: Floats | NDArray[np.bool_]) -> str:
    return f"{values.mean():.2f}" if len(values) else "–"


def _interval(found: tuple[float, float, float]) -> str:
    return "{:.3f} ({:.3f} to {:.3f})".format(*found)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
