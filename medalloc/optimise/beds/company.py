"""Who may share a bay: the hard rules bay_sex and isolation where they depend on the company.

A bay that takes anybody new is *open* to one kind of company: a sex (where the ward asks for one) and either
nobody isolated or one organism. Everybody in it must then be of that kind, those who stay included. So a bay
left mixed, or with a broken isolation, is open to nobody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from medalloc.domain.people import Isolation, Sex
from medalloc.domain.places import SexRule
from medalloc.optimise.beds.problem import BedProblem
from medalloc.optimise.rules import COHORTED, Person

_SEXES: dict[SexRule, tuple[Sex | None, ...]] = {
    SexRule.SAME_BAY: (Sex.FEMALE, Sex.MALE),
    SexRule.FEMALE: (Sex.FEMALE,),
    SexRule.MALE: (Sex.MALE,),
    SexRule.MIXED: (None,),
}


@dataclass(frozen=True, slots=True)
class Company:
    """A kind of company."""

    sex: Sex | None
    """None: any."""
    organism: str
    """"" for nobody isolated."""

    def takes(self, person: Person) -> bool:
        """Whether a person is of this kind."""
        if self.sex not in (None, person.patient.sex):
            return False
        if not self.organism:
            return person.needs.isolation is Isolation.NONE
        cohorted = person.needs.isolation in (Isolation.NONE, *COHORTED)
        return cohorted and person.needs.organism == self.organism


@dataclass(frozen=True)
class Bay:
    """A bay of several beds and those who lie in it now."""

    number: int
    cells: tuple[int, ...]
    rule: SexRule
    lying: tuple[int, ...]
    """Rows of the people who lie there."""


def bays_of(problem: BedProblem) -> tuple[Bay, ...]:
    """Every bay of several beds."""
    cells: defaultdict[int, list[int]] = defaultdict(list)
    for j, number in enumerate(problem.bay):
        cells[int(number)].append(j)
    lying: defaultdict[int, list[int]] = defaultdict(list)
    for i, j in enumerate(problem.home):
        if j >= 0:
            lying[int(problem.bay[j])].append(i)
    return tuple(
        Bay(number, tuple(members), problem.cells[members[0]].ward.sex_rule, tuple(lying[number]))
        for number, members in cells.items()
        if number >= 0
    )


def all_kinds(problem: BedProblem, bay: Bay) -> list[Company]:
    """Every kind of company that a bay could ever have."""
    return [Company(sex, organism) for sex in _SEXES[bay.rule] for organism in ("", *problem.organisms)]


def only_of(problem: BedProblem, kind: Company) -> NDArray[np.bool_]:
    """Who can share a bay of this kind and, among kinds of one sex, of no other. (n_people,)."""
    if kind.organism:
        return np.array([p.needs.isolation is not Isolation.NONE for p in problem.people], dtype=bool)
    return np.array([not p.needs.organism for p in problem.people], dtype=bool)


def bay_size(problem: BedProblem, bay: Bay) -> int:
    """Most people who can be in a bay: its beds that can be used or are in use, shared beds more than once."""
    lying = Counter(int(problem.home[i]) for i in bay.lying)
    usable = {j: len(problem.cells[j].beds) if isfinite(problem.ready_hours[j]) else 0 for j in bay.cells}
    return sum(max(usable[j], lying[j]) for j in bay.cells)


def is_mixed(problem: BedProblem, bay: Bay) -> bool:
    """Whether women and men lie in a bay that should hold one sex."""
    sexes = {problem.people[i].patient.sex for i in bay.lying}
    return bay.rule is SexRule.SAME_BAY and {Sex.FEMALE, Sex.MALE} <= sexes


def strangers(problem: BedProblem, bay: Bay, i: int) -> list[int]:
    """Those in the bay who break the cohort of an isolated person: they do not share the organism."""
    needs = problem.people[i].needs
    if needs.isolation not in COHORTED or not needs.organism:
        return []
    return [k for k in bay.lying if problem.people[k].needs.organism != needs.organism]


def companies(problem: BedProblem, bay: Bay, newcomers: Iterable[int]) -> list[Company]:
    """The kinds of company to which a bay could be open for these newcomers."""
    coming = [problem.people[i] for i in newcomers]
    around = (*coming, *(problem.people[i] for i in bay.lying))
    organisms = {p.needs.organism for p in around if p.needs.isolation is not Isolation.NONE}
    kinds = {Company(sex, organism) for sex in _SEXES[bay.rule] for organism in {"", *organisms}}
    wanted = [kind for kind in kinds if any(kind.takes(person) for person in coming)]
    return sorted(wanted, key=lambda kind: (kind.sex or "", kind.organism))
