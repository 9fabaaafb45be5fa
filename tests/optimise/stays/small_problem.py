"""Bed problems of a few people, spelled out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from medalloc.optimise.stays.problem import Bay, BedProblem, Berths, Costs, People

INF = float("inf")

WOMEN, MEN = 0, 1
"""Kinds of company in `sexes`."""


def someone(
    first: int = 0, end: int = 3, *, home: int = -1, remaining: float = 20.0, capped: bool = False
) -> tuple[int, int, int, float, bool]:
    """Somebody who needs a bed from one slot to another."""
    return first, end, home, remaining, capped


def small_problem(
    people: Sequence[tuple[int, int, int, float, bool]],
    cost: Sequence[Sequence[float]] | Costs,
    *,
    beds: Sequence[int],
    n_slots: int = 3,
    berths: Sequence[tuple[int, int]] | None = None,
    **fields: Any,
) -> BedProblem:
    """A problem of people (see `someone`), and a berth from the first slot on in every cell unless spelled out."""
    first, end, home, remaining, capped = zip(*people, strict=True)
    places = [(cell, 0) for cell in range(len(beds))] if berths is None else berths
    cell, opens = zip(*places, strict=True) if places else ((), ())
    return BedProblem(
        n_slots,
        People(
            np.array(first), np.array(end), np.array(home), np.array(remaining, dtype=float), np.array(capped, bool)
        ),
        Berths(np.array(cell, int), np.array(opens, int), np.array(cost, float).reshape(len(people), len(places))),
        np.repeat(np.array(beds)[:, None], n_slots, axis=1),
        **fields,
    )


def sexes(women: Sequence[bool]) -> np.ndarray:
    """Kinds of company: women, men. (2, n)."""
    female = np.array(women, dtype=bool)
    return np.array([female, ~female])


def bay(*cells: int, **fields: Any) -> Bay:
    """A bay open to women or to men."""
    return Bay(cells, (WOMEN, MEN), **fields)
