"""The mean of a linear and a boosted model on the scale of log-odds, where what each part adds stays exact.

Both give a logit for every step of an ordered outcome: reaching the second level, the third, …
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medalloc.needs.models.logistic import Features, Logistic, Outcome, Scaling, probabilities_of
from medalloc.needs.models.tfidf import Floats
from medalloc.needs.models.trees import Trees

Columns = dict[str, tuple[slice, ...]]
"""Blocks of columns by part."""


@dataclass(frozen=True)
class Inputs:
    """The same rows as either model takes them, and which columns belong to which part."""

    linear: Features
    boosted: Floats
    linear_columns: Columns
    boosted_columns: Columns


@dataclass(frozen=True)
class Blend:
    """A linear and a boosted model that count alike, and the calibration of their mean."""

    linear: Logistic
    trees: Trees
    scaling: Scaling

    @property
    def bias(self) -> Floats:
        """Logits before any part is known, (n_steps,)."""
        return self.scaling.apply(0.5 * (self.linear.intercepts + self.trees.bias))

    def logits(self, inputs: Inputs) -> Floats:
        """Calibrated logits of reaching each step, (n_rows, n_steps)."""
        mean = 0.5 * (self.linear.logits(inputs.linear) + self.trees.raw(inputs.boosted))
        return self.scaling.apply(mean)

    def probabilities(self, inputs: Inputs) -> Floats:
        """Probability of every level, (n_rows, n_steps + 1)."""
        return probabilities_of(Outcome.ORDERED, self.logits(inputs))

    def parts(self, inputs: Inputs) -> dict[str, Floats]:
        """What each part adds to the logits, each (n_rows, n_steps); with `bias` they sum to `logits`."""
        boosted = self.trees.contributions(inputs.boosted)
        found = {}
        for name, columns in inputs.linear_columns.items():
            by_block = self.linear.parts(inputs.linear, {str(block): block for block in columns})
            added = np.sum(list(by_block.values()), axis=0)
            for block in inputs.boosted_columns[name]:
                added = added + boosted[:, block].sum(axis=1)
            found[name] = np.asarray(0.5 * self.scaling.factor * added)
        return found

    def arrays(self, prefix: str = "") -> dict[str, NDArray[Any]]:
        """As arrays for `np.savez`; names start with `prefix`."""
        return {
            **self.linear.arrays(f"{prefix}linear_"),
            **self.trees.arrays(f"{prefix}trees_"),
            f"{prefix}factor": np.asarray(self.scaling.factor),
            f"{prefix}shifts": self.scaling.shifts,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], prefix: str = "") -> Blend:
        """What `arrays` gave."""
        return cls(
            Logistic.from_arrays(arrays, f"{prefix}linear_"),
            Trees.from_arrays(arrays, f"{prefix}trees_"),
            Scaling(float(arrays[f"{prefix}factor"]), np.asarray(arrays[f"{prefix}shifts"])),
        )
