"""A model of stays while it is being built: its variables, rows and penalties."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
import pulp

from medalloc.optimise.solver import Pairs, add_row
from medalloc.optimise.stays.around import Around
from medalloc.optimise.stays.pieces import Pieces
from medalloc.optimise.stays.problem import REMAINS, BedProblem, Costs, Ints, Mask

Terms = list[tuple[pulp.LpVariable, float]]

CLOSED = -1
"""Instead of a kind of company: a bay that is open to nobody new."""


@dataclass(frozen=True)
class Build:
    """What kind of model to build."""

    priced: bool = False
    """Whether rows must hold for columns that are left out too, so that their duals price them."""
    tight: Mask | None = None
    """Bays and slots with a row for each person beside those for all who are not of a kind; None: none. (b, s)."""
    may_mix: Mask | None = None
    """Bays that may be mixed where they have a price for it; None: all. (b,)."""

    def mixes(self, problem: BedProblem, bay: int) -> bool:
        """Whether a bay may be mixed, at a price."""
        return bool(np.isfinite(problem.bays[bay].mixing) and (self.may_mix is None or self.may_mix[bay]))


@dataclass(frozen=True)
class Counts:
    """Who counts how much in a row of a slot."""

    cells: tuple[int, ...]
    """Those who lie in these cells …"""
    slot: int
    who: Ints | None = None
    """… and are among these people; None: all."""
    weight: Costs | None = None
    """Coefficient of each of them; None: 1. (who,)."""
    coming: float = 1.0
    """Factor of the coefficient of those who have come …"""
    staying: float = 1.0
    """… and of those at home, who are so in the slots before they come."""
    at_home: int | None = None
    """The only person who counts while at home; None: all do."""


@dataclass(frozen=True)
class SlotRow:
    """A row of a slot, for pricing."""

    row: pulp.LpConstraint
    counts: Counts


@dataclass(frozen=True)
class RemainRow:
    """A row in which somebody's remaining counts 1."""

    row: pulp.LpConstraint
    within: bool
    """Whether coming to a berth of the same bay in slot 0 counts as well."""


@dataclass(frozen=True)
class Choice:
    """The kinds of company among which a bay chooses in a slot; with each, who is not of it."""

    options: dict[int, pulp.LpVariable]
    others: dict[int, list[pulp.LpVariable]]
    fixed_others: dict[int, int]
    flipped: frozenset[int]


@dataclass
class StayModel:
    """A model, its variables, and the rows whose duals price further columns."""

    lp: pulp.LpProblem
    problem: BedProblem
    around: Around
    how: Build
    columns: list[pulp.LpVariable] = field(default_factory=list)
    """`come` and `remain`, as the pieces number them."""
    come: dict[tuple[int, int], pulp.LpVariable] = field(default_factory=dict)
    remain: dict[int, pulp.LpVariable] = field(default_factory=dict)
    open_to: dict[tuple[int, int, int], pulp.LpVariable] = field(default_factory=dict)
    """By bay, slot and kind (or `CLOSED`)."""
    penalties: dict[str, Terms] = field(default_factory=lambda: defaultdict(list))
    place_rows: dict[int, pulp.LpConstraint] = field(default_factory=dict)
    slot_rows: list[SlotRow] = field(default_factory=list)
    capacity_rows: list[SlotRow] = field(default_factory=list)
    """Those of the slot rows that limit the people in one cell."""
    remain_rows: dict[int, list[RemainRow]] = field(default_factory=lambda: defaultdict(list))
    """By person."""
    shifts: dict[int, list[pulp.LpVariable]] = field(default_factory=lambda: defaultdict(list))
    """Of each person at home in a bay the columns that come to another berth of it in slot 0."""
    moves_row: pulp.LpConstraint | None = None
    excess: dict[pulp.LpVariable, list[pulp.LpConstraint]] = field(default_factory=lambda: defaultdict(list))
    """Variables that take what rows have too much, with these rows."""
    choices: list[Choice] = field(default_factory=list)
    kept: list[tuple[pulp.LpVariable, tuple[Terms, Terms]]] = field(default_factory=list)
    """Of mixed pairs: 1 if the first group is the one kept, and what each group would pay."""

    def slot_row(self, name: str, pieces: Pieces, counts: Counts, others: Pairs, rhs: float) -> SlotRow:
        """Add a row `those who count + others <= rhs`; the pieces are those of the people counted, in that slot."""
        row = SlotRow(add_row(self.lp, name, [*self.terms(pieces, counts), *others], "<=", rhs), counts)
        self.slot_rows.append(row)
        return row

    def terms(self, pieces: Pieces, counts: Counts) -> Terms:
        """Columns with their coefficients in such a row."""
        factor = np.where(pieces.coming, counts.coming, counts.staying)
        if counts.weight is not None and counts.who is not None:
            of_person = np.zeros(len(self.problem.people.first))
            of_person[counts.who] = counts.weight
            factor = factor * of_person[pieces.person]
        return [(self.columns[j], c) for j, c in zip(pieces.column.tolist(), factor.tolist(), strict=True) if c]

    def over(self, name: str, rule: str, points: float) -> pulp.LpVariable:
        """A variable for what is too much, priced."""
        variable = self.lp.add_variable(name, 0)
        self.penalties[rule].append((variable, points))
        return variable

    def berths(self) -> Ints:
        """The solution that the variables hold, the fixed people in it. (n,)."""
        berth = np.where(self.around.free, REMAINS, self.around.fixed)
        for (i, q), variable in self.come.items():
            if (variable.varValue or 0.0) > 0.5:
                berth[i] = q
        return berth
