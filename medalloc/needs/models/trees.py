"""Gradient-boosted trees as plain arrays: raw scores, and what each feature adds to them.

scikit-learn grows the trees; nothing of it is needed to read them. The contribution of a feature is the sum, over
the splits on it that a row passes, of the change of the node's mean value (Saabas 2014); with the mean of the roots
they sum to the raw score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medalloc.needs.models.tfidf import Floats

Places = NDArray[np.int64]


class Link(StrEnum):
    """How raw scores become what is predicted."""

    IDENTITY = "identity"
    LOGIT = "logit"
    """The log-odds of the second class; of several ensembles stacked, each its own."""
    SOFTMAX = "softmax"


@dataclass(frozen=True)
class Trees:
    """An ensemble of trees; nodes of all trees stand one after another, a leaf is its own child."""

    feature: NDArray[np.int16]
    """Feature that a node splits on; -1 for a leaf, (n_nodes,)."""
    threshold: Floats
    """Rows at or below it go left."""
    missing_left: NDArray[np.bool_]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: Floats
    """Of a leaf: what it adds; of another node: the mean of the leaves below, by rows of the fit."""
    roots: NDArray[np.int32]
    """First node of every tree, (n_trees,)."""
    outputs: NDArray[np.int16]
    """Raw score that every tree adds to, (n_trees,)."""
    baseline: Floats
    """Where raw scores start, (n_outputs,)."""
    link: Link

    @property
    def bias(self) -> Floats:
        """Raw scores before any feature is known, (n_outputs,)."""
        return np.asarray(self._by_output(self.value[self.roots][None, :])[0])

    def raw(self, rows: Floats) -> Floats:
        """Raw scores of rows of features, NaN where a value is missing.

        Returns
        -------
        (n_rows, n_outputs) float64
        """
        nodes = self._start(rows)
        while (self.feature[nodes] >= 0).any():
            nodes = self._step(rows, nodes)
        return self._by_output(self.value[nodes])

    def predict(self, rows: Floats) -> Floats:
        """What the rows make of it: (n_rows, n_classes) probabilities, or (n_rows,) values."""
        raw = self.raw(rows)
        if self.link is Link.IDENTITY:
            return np.asarray(raw[:, 0])
        if self.link is Link.LOGIT:
            raw = np.hstack([np.zeros_like(raw), raw])
        odds = np.exp(raw - raw.max(axis=1, keepdims=True))
        return np.asarray(odds / odds.sum(axis=1, keepdims=True))

    def contributions(self, rows: Floats) -> Floats:
        """What each feature adds to the raw scores; with `bias` they sum to `raw`.

        Returns
        -------
        (n_rows, n_features, n_outputs) float64
        """
        n_rows, n_features = rows.shape
        n_outputs = len(self.baseline)
        found = np.zeros(n_rows * n_features * n_outputs)
        offset = np.arange(n_rows)[:, None] * n_features * n_outputs + self.outputs[None, :]
        nodes = self._start(rows)
        while (inner := self.feature[nodes] >= 0).any():
            after = self._step(rows, nodes)
            cell = offset + self.feature[nodes].astype(np.int64) * n_outputs
            change = self.value[after] - self.value[nodes]
            found += np.bincount(cell[inner], weights=change[inner], minlength=len(found))
            nodes = after
        return found.reshape(n_rows, n_features, n_outputs)

    def arrays(self, prefix: str = "") -> dict[str, NDArray[Any]]:
        """As arrays for `np.savez`; names start with `prefix`."""
        named = {name: value for name, value in vars(self).items() if name != "link"}
        return {f"{prefix}{name}": value for name, value in named.items()} | {f"{prefix}link": np.asarray(self.link)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]], prefix: str = "") -> Trees:
        """What `arrays` gave."""
        named = {name: arrays[f"{prefix}{name}"] for name in cls.__dataclass_fields__ if name != "link"}
        return cls(**named, link=Link(str(arrays[f"{prefix}link"])))

    def _start(self, rows: Floats) -> Places:
        return np.tile(self.roots.astype(np.int64), (len(rows), 1))

    def _step(self, rows: Floats, nodes: Places) -> Places:
        """The next node of every row in every tree."""
        value = np.take_along_axis(rows, np.maximum(self.feature[nodes], 0).astype(np.int64), axis=1)
        goes_left = np.where(np.isnan(value), self.missing_left[nodes], value <= self.threshold[nodes])
        return np.where(goes_left, self.left[nodes], self.right[nodes]).astype(np.int64)

    def _by_output(self, values: Floats) -> Floats:
        """Sums of the trees' values by output, on top of the baseline."""
        found = np.tile(self.baseline, (len(values), 1))
        for output in range(len(self.baseline)):
            found[:, output] += values[:, self.outputs == output].sum(axis=1)
        return found


def export_trees(model: Any) -> Trees:
    """The arrays of a fitted `HistGradientBoostingClassifier` or `…Regressor` without categorical features.

    Raises
    ------
    ValueError
        The loss of the regressor has another link than the identity.
    """
    grown = [(output, tree.nodes) for step in model._predictors for output, tree in enumerate(step)]
    sizes = [len(nodes) for _, nodes in grown]
    roots = np.cumsum([0, *sizes[:-1]])
    parts = [_tree(nodes, int(root)) for (_, nodes), root in zip(grown, roots, strict=True)]
    joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return Trees(
        **joined,
        roots=roots.astype(np.int32),
        outputs=np.asarray([output for output, _ in grown], dtype=np.int16),
        baseline=np.asarray(model._baseline_prediction, dtype=np.float64).ravel(),
        link=_link(model),
    )


def stack_trees(members: Sequence[Trees]) -> Trees:
    """One ensemble with the raw scores of all members side by side (of one link, on the same features)."""
    scores = np.cumsum([0, *(len(member.baseline) for member in members)])
    outputs = [member.outputs + score for member, score in zip(members, scores, strict=False)]
    return replace(
        _forest(members),
        outputs=np.concatenate(outputs).astype(np.int16),
        baseline=np.concatenate([member.baseline for member in members]),
    )


def join_trees(members: Sequence[Trees]) -> Trees:
    """One ensemble whose raw scores are the mean of the members' (of one kind, on the same features)."""
    forest, share = _forest(members), 1.0 / len(members)
    baseline = share * np.sum([member.baseline for member in members], axis=0)
    return replace(forest, value=forest.value * share, baseline=np.asarray(baseline))


def _forest(members: Sequence[Trees]) -> Trees:
    """The trees of all members; scores start where the first member's do."""
    shifts = np.cumsum([0, *(len(member.feature) for member in members)])

    def moved(name: str) -> NDArray[np.int32]:
        parts = [getattr(member, name) + shift for member, shift in zip(members, shifts, strict=False)]
        return np.concatenate(parts).astype(np.int32)

    joined = ("feature", "threshold", "missing_left", "value", "outputs")
    kept: dict[str, Any] = {name: np.concatenate([getattr(member, name) for member in members]) for name in joined}
    kept |= {name: moved(name) for name in ("left", "right", "roots")}
    return replace(members[0], **kept)


def _tree(nodes: NDArray[Any], root: int) -> dict[str, NDArray[Any]]:
    """The arrays of one tree whose first node stands at `root`."""
    leaf = nodes["is_leaf"].astype(bool)
    itself = np.arange(len(nodes))
    left = np.where(leaf, itself, nodes["left"])
    right = np.where(leaf, itself, nodes["right"])
    return {
        "feature": np.where(leaf, -1, nodes["feature_idx"]).astype(np.int16),
        "threshold": nodes["num_threshold"].astype(np.float64),
        "missing_left": nodes["missing_go_to_left"].astype(bool),
        "left": (left + root).astype(np.int32),
        "right": (right + root).astype(np.int32),
        "value": _means(nodes, leaf),
    }


def _means(nodes: NDArray[Any], leaf: NDArray[np.bool_]) -> Floats:
    """Values of leaves, and above them means weighted by the rows of the fit; children stand after their parent."""
    value = np.where(leaf, nodes["value"], 0.0)
    count = nodes["count"].astype(np.float64)
    for node in range(len(nodes) - 1, -1, -1):
        if not leaf[node]:
            below = [int(nodes["left"][node]), int(nodes["right"][node])]
            value[node] = (value[below] * count[below]).sum() / count[below].sum()
    return np.asarray(value)


def _link(model: Any) -> Link:
    if not hasattr(model, "classes_"):
        if model.loss in ("squared_error", "absolute_error", "quantile"):
            return Link.IDENTITY
        raise ValueError(f"trees of the loss {model.loss!r} are not read")
    return Link.LOGIT if len(model.classes_) == 2 else Link.SOFTMAX
