"""Whether refitted heads are better than those they grew from, on patients that they have not learnt from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

import numpy as np

from medalloc.domain.needs import NeedName
from medalloc.needs.acuity import read_acuity
from medalloc.needs.claims import DEFAULTS, Cuts, claim_of
from medalloc.needs.heads import Heads
from medalloc.needs.lessons import Lessons
from medalloc.needs.pool import Floats
from medalloc.needs.refit import held_out, probabilities

FEWEST = 20
"""Labels from which a need can stop heads that are worse for it, and below which nothing is learnt at all."""
NOISE = 1.64
"""Standard errors by which a need must be worse (one-sided, 95 %)."""
LEAST = 1e-6
"""Least probability that a log loss is taken of."""


@dataclass(frozen=True, slots=True)
class Score:
    """How well labels were met."""

    n: int
    log_loss: float
    accuracy: float
    """Of the values that were acted on, 0–1; nan where all abstained."""
    abstention: float
    """Share that was put to a person, 0–1."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One need, or all together, before and after."""

    before: Score
    after: Score
    noise: float
    """Standard error of the difference in log loss."""

    @property
    def worse(self) -> bool:
        """Whether the log loss has grown by more than noise."""
        return self.after.log_loss - self.before.log_loss > NOISE * self.noise


@dataclass(frozen=True)
class Trial:
    """All needs with labels, and all of them together."""

    by_need: Mapping[NeedName, Compared]
    overall: Compared

    @property
    def refusal(self) -> str:
        """Why the heads are not to be replaced; "" where they are better."""
        if self.overall.before.n < FEWEST:
            return f"there are {self.overall.before.n} corrections to learn from; {FEWEST} are needed"
        if self.overall.after.log_loss >= self.overall.before.log_loss:
            return "the refitted heads are no better on patients that they have not learnt from"
        worse = [name for name, one in self.by_need.items() if one.before.n >= FEWEST and one.worse]
        return f"the refitted heads are worse for: {', '.join(worse)}" if worse else ""


@dataclass(frozen=True, slots=True)
class _Met:
    """How one label was met."""

    loss: float
    acted: str | None
    """None: put to a person."""
    right: bool


def try_out(heads: Heads, lessons: Lessons, number: int = 5) -> Trial:
    """The heads against the same heads refitted, in cross-validation by patient."""
    before: dict[NeedName, list[_Met]] = {}
    after: dict[NeedName, list[_Met]] = {}
    learnt = held_out(heads, lessons, number)
    for name, labels in lessons.labels.items():
        rows = np.asarray(list(labels), dtype=np.int64)
        now = probabilities(heads.by_name[name], lessons, rows)
        values = [label.value for label in labels.values()]
        before[name] = [_met(heads, name, rated, value) for rated, value in zip(now, values, strict=True)]
        after[name] = [_met(heads, name, learnt[name][row], label.value) for row, label in labels.items()]
    by_need = {name: _compared(before[name], after[name]) for name in NeedName if name in before}
    return Trial(by_need, _compared(*(list(chain(*found.values())) for found in (before, after))))


def acted_on(name: NeedName, chances: Mapping[str, float], cuts: Cuts | None) -> str | None:
    """The value that is acted on where the record is blank; None where a person is asked."""
    if name is NeedName.ACUITY or cuts is None:
        return str(read_acuity(chances))
    claim = claim_of(name, chances, cuts)
    if claim.strength >= cuts.soft:
        return claim.value
    return DEFAULTS[name] if claim.strength < cuts.near else None


def _met(heads: Heads, name: NeedName, rated: Floats, value: str) -> _Met:
    chances = dict(zip(heads.by_name[name].values, rated.tolist(), strict=True))
    acted = acted_on(name, chances, heads.cuts.get(name))
    return _Met(-float(np.log(max(chances[value], LEAST))), acted, acted == value)


def _compared(before: list[_Met], after: list[_Met]) -> Compared:
    apart = np.asarray([new.loss - old.loss for old, new in zip(before, after, strict=True)])
    noise = float(apart.std(ddof=1) / np.sqrt(len(apart))) if len(apart) > 1 else float("inf")
    return Compared(_score(before), _score(after), noise)


def _score(met: list[_Met]) -> Score:
    acted = [one for one in met if one.acted is not None]
    return Score(
        n=len(met),
        log_loss=float(np.mean([one.loss for one in met])) if met else float("nan"),
        accuracy=sum(one.right for one in acted) / len(acted) if acted else float("nan"),
        abstention=1.0 - len(acted) / len(met) if met else float("nan"),
    )
