"""Who may share a bay: the hard rules bay_sex and isolation where they depend on the company.

A bay that takes anybody new is *open* to one kind of company: a sex (where the ward asks for one) and either
nobody isolated or one organism. Everybody in it must then be of that kind, those who stay included. So a bay
left mixed, or with a broken isolation, is open to nobody, until those who break it have left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from medalloc.domain.people import Isolation, Sex
from medalloc.domain.places import SexRule
from medalloc.optimise.beds.situation import Situation
from medalloc.optimise.rules import COHORTED, Person
from medalloc.optimise.stays.problem import Ints, Mask

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

    cells: tuple[int, ...]
    rule: SexRule
    lying: tuple[int, ...]
    """Rows of the people who lie there."""


def bays_of(situation: Situation) -> tuple[Bay, ...]:
    """Every bay of several beds, by its number."""
    cells: defaultdict[int, list[int]] = defaultdict(list)
    for j, number in enumerate(situation.bay.tolist()):
        cells[number].append(j)
    return tuple(
        Bay(
            tuple(members),
            situation.cells[members[0]].ward.sex_rule,
            tuple(sorted(i for j in members for i in situation.cells[j].lying)),
        )
        for number, members in cells.items()
        if number >= 0
    )


def all_kinds(situation: Situation) -> tuple[Company, ...]:
    """Every kind of company that a bay could have."""
    sexes = (Sex.FEMALE, Sex.MALE, None)
    return tuple(Company(sex, organism) for sex, organism in product(sexes, ("", *situation.organisms)))


def taken_by(kinds: Sequence[Company], people: Sequence[Person]) -> Mask:
    """Who is of each kind. (k, n)."""
    return np.array([[kind.takes(person) for person in people] for kind in kinds], dtype=bool)


def kinds_for(rule: SexRule, kinds: Sequence[Company], takes: Mask, coming: Ints) -> tuple[int, ...]:
    """The kinds, by number, to which a bay under a rule could be open for some of those who might come.

    Parameters
    ----------
    takes : who is of each kind. (k, n).
    coming : rows of those who might come.
    """
    wanted = np.asarray(takes[:, coming].any(axis=1))
    return tuple(k for k, kind in enumerate(kinds) if wanted[k] and kind.sex in _SEXES[rule])


def mixed_sexes(situation: Situation, bay: Bay) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The women and the men, by row, who lie in a bay that should hold one sex; twice nobody where it does."""
    women, men = (
        tuple(i for i in bay.lying if situation.people[i].patient.sex is sex) for sex in (Sex.FEMALE, Sex.MALE)
    )
    return (women, men) if bay.rule is SexRule.SAME_BAY and women and men else ((), ())


def strangers(situation: Situation, bay: Bay, i: int) -> tuple[int, ...]:
    """Those in the bay who break the cohort of an isolated person: they do not share the organism."""
    needs = situation.people[i].needs
    if needs.isolation not in COHORTED or not needs.organism:
        return ()
    return tuple(k for k in bay.lying if situation.people[k].needs.organism != needs.organism)
