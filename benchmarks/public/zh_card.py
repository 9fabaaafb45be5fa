"""Fit the model of Chinese notes on all questions, and write it with its card."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.metrics import precision_recall_fscore_support

from benchmarks.public.zh import (
    ALIKE,
    LEAST_CHANCE,
    LEAST_KNOWN,
    SPECIALTY_OF,
    STRENGTH,
    Guesses,
    Questions,
    cross_validated,
    figures,
    fit,
    folds,
    reliability,
)
from medalloc.needs.chinese import SHIPPED, read_chinese, save_chinese

CARD = Path(__file__).parent.parent.parent / "docs" / "models" / "chinese-specialty.md"
DRAWS = 1000
MOST_LEFT_OUT = 200

TEXT = """# Specialty of Chinese notes

Written by `python -m benchmarks.public.zh DIR --fit`; not edited by hand.

**For**: proposing the medical specialty of a note in simplified Chinese, with what each sentence adds to it, for a
person to confirm. What else a Chinese note states is read by rules (`medalloc/needs/chinese_lexicon.py`).
**Not for**: diagnosis; surgery, obstetrics, paediatrics and other specialties that the data do not hold.

## Data

{n} distinct questions to eleven departments of internal medicine, asked by the public in a forum: Chinese medical
dialogue data by Toyhom, MIT licence. Title (taken twice) and question are read, the answer never is. No clinical note
is among them. N-grams are kept as 32-bit hashes.

## How

Runs of one and two marks, (1 + ln n) idf, rows of unit length; ridge logistic regression (C = {strength:g}, departments
weighted alike), its temperature set on questions held back. The contributions of the sentences and the intercept sum
to the log-odds of a department. A specialty's probability is the sum of its departments'.

## Measured

Five folds, stratified; near-duplicates (a share of {alike:g} of their runs of three marks in common) stay together.

| measure | value | 95 % interval |
|---|---|---|
{figures}

`macro_f1` is over departments with five questions or more in every fold, `macro_f1_all` over all.

| department | specialty | questions | precision | recall | F1 |
|---|---|---|---|---|---|
{departments}

| probability | share right | share of questions |
|---|---|---|
{reliability}

## Doubt

The specialty is said from a probability of {chance:g} on, where {known:.0%} or more of the runs of two marks are known.
Of questions like those of the fit, in the first fold, it is said of {said:.1%}, and of these {right:.1%} are right.
Where a specialty is left out of the fit, it is said, wrongly, of this share of its questions:

| left out | questions | said |
|---|---|---|
{left_out}

## Known failures

- Infections and general medicine are taken for the organ that they trouble, and surely so: few questions, and no
  words of their own.
- Written by lay people: terse notes full of abbreviations share fewer n-grams, and abstain more often.
- Traditional script, and specialties that the data do not hold, abstain mostly and not always (table above).
"""


@dataclass(frozen=True)
class Doubt:
    """How often the specialty is said."""

    said: float
    right: float
    left_out: tuple[tuple[str, int, float], ...]
    """Specialty, questions, and the share of which something, wrong by necessity, is said."""


def ship(questions: Questions, folder: Path = SHIPPED, card: Path = CARD) -> dict[str, float]:
    """Fit on all questions; write the model to `folder` and the card. The measures of the card."""
    save_chinese(fit(questions), folder, {"questions": len(questions.texts), "source": "Toyhom, MIT licence"})
    guesses = cross_validated(questions)
    card.parent.mkdir(parents=True, exist_ok=True)
    card.write_text(card_text(guesses, doubt_of(questions)), encoding="utf-8")
    return figures(guesses)


def card_text(guesses: Guesses, doubt: Doubt) -> str:
    """The card."""
    found, spans = figures(guesses), intervals(guesses)
    return TEXT.format(
        n=len(guesses.truth),
        strength=STRENGTH,
        alike=ALIKE,
        figures="\n".join(
            f"| {key} | {found[key]:.3f} | {low:.3f} – {high:.3f} |" for key, (low, high) in spans.items()
        ),
        departments="\n".join(_departments(guesses)),
        reliability="\n".join(
            f"| {chance:.2f} | {right:.2f} | {share:.3f} |" for chance, right, share in reliability(guesses)
        ),
        chance=LEAST_CHANCE,
        known=LEAST_KNOWN,
        said=doubt.said,
        right=doubt.right,
        left_out="\n".join(f"| {name} | {n} | {share:.2f} |" for name, n, share in doubt.left_out),
    )


def intervals(guesses: Guesses, draws: int = DRAWS) -> dict[str, tuple[float, float]]:
    """95 % bootstrap intervals of the measures, over questions."""
    chooser = np.random.default_rng(0)
    drawn: dict[str, list[float]] = {}
    for _ in range(draws):
        places = chooser.integers(0, len(guesses.truth), len(guesses.truth))
        part = Guesses(guesses.names, guesses.truth[places], guesses.chances[places], guesses.counted)
        for key, value in figures(part).items():
            drawn.setdefault(key, []).append(value)
    low, high = 2.5, 97.5
    return {
        key: (float(np.percentile(values, low)), float(np.percentile(values, high)))
        for key, values in drawn.items()
        if key != "n"
    }


def doubt_of(questions: Questions) -> Doubt:
    """How often something is said of questions like the fit's, and of specialties left out of it."""
    train, test = folds(questions)[0]
    model = fit(questions.take(train))
    read = [read_chinese(model, questions.texts[at]).specialty for at in test]
    true = [SPECIALTY_OF[questions.departments[at]] for at in test]
    right = [one == other for one, other in zip(read, true, strict=True) if one]
    specialties = np.asarray([SPECIALTY_OF[name] for name in questions.departments])
    left_out = tuple(_without(questions, specialties, name) for name in sorted(set(specialties.tolist())))
    return Doubt(len(right) / len(read), sum(right) / max(len(right), 1), left_out)


def _without(questions: Questions, specialties: np.ndarray, name: str) -> tuple[str, int, float]:
    model = fit(questions.take(np.flatnonzero(specialties != name)))
    places = np.flatnonzero(specialties == name)[:MOST_LEFT_OUT]
    said = [bool(read_chinese(model, questions.texts[at]).specialty) for at in places]
    return name, len(places), sum(said) / len(said)


def _departments(guesses: Guesses) -> list[str]:
    sizes = Counter(guesses.truth.tolist())
    names = sorted(sizes, key=lambda name: -sizes[name])
    rows = precision_recall_fscore_support(guesses.truth, guesses.said, labels=names, zero_division=0)
    return [
        f"| {name} | {SPECIALTY_OF[name]} | {sizes[name]} | {precision:.3f} | {recall:.3f} | {f1:.3f} |"
        for name, precision, recall, f1 in zip(names, *rows[:3], strict=True)
    ]
