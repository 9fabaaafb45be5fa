"""Public patient admission scheduling instances as bed problems.

A night is a slot, a room a cell. The variant without transfers: a patient has one room for the whole stay; age limits,
needed properties and rooms for one sex are hard; a room for both (policy `D`) pays for each night of each patient of
the smaller sex. A patient may be left without a room, at a price far above that of any room.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from medalloc.errors import DataError
from medalloc.optimise.stays.problem import REMAINS, Bay, BedProblem, Berths, Costs, Ints, Mask, People

MIXING = 5.0
"""Points per night of each patient of the smaller sex."""

ROOM_LARGER_THAN_PREFERRED = 0.8
"""Points per night."""

WANTED_PROPERTY = 2.0
"""Points per night and property that is wanted and missing."""

NOT_IN_DEPARTMENT = 1.0
"""Points per night for a specialism that the department does not have."""

NOT_IN_ROOM = 2.0
"""Points per night for a specialism that the room does not have; one that it has: its rank less 1."""

NO_ROOM = 100.0
"""Points per night without a room."""


@dataclass(frozen=True)
class Department:
    """Whom a department takes."""

    min_age: int
    max_age: int
    """0: no limit, as for `min_age`."""
    ranks: Mapping[int, int]
    """Rank by specialism."""


@dataclass(frozen=True)
class Room:
    """A room."""

    id: int
    beds: int
    department: int
    policy: str
    """`F`, `M`: for one sex; `D`: should not be mixed; `N`: may be."""
    ranks: Mapping[int, int]
    """Rank by specialism, 1 being the best."""
    properties: tuple[bool, ...]


@dataclass(frozen=True)
class PasPatient:
    """A patient and what they need and want."""

    id: int
    age: int
    sex: str
    first: int
    last: int
    """First and last night."""
    specialisms: tuple[int, ...]
    """Of each night."""
    preferred_beds: int
    """Largest room wanted; 0: any."""
    needed: tuple[bool, ...]
    wanted: tuple[bool, ...]


@dataclass(frozen=True)
class Instance:
    """An instance; only patients with at least one night within the horizon."""

    nights: int
    departments: Mapping[int, Department]
    rooms: tuple[Room, ...]
    patients: tuple[PasPatient, ...]

    @cached_property
    def properties(self) -> Mask:
        """What each room has. (rooms, properties)."""
        return np.array([room.properties for room in self.rooms], dtype=bool)

    def rank_points(self, specialism: int) -> Costs:
        """Points of a night of a specialism in each room. (rooms,)."""
        if specialism not in self._points:
            self._points[specialism] = np.array(
                [
                    NOT_IN_DEPARTMENT * (specialism not in self.departments[room.department].ranks)
                    + (room.ranks[specialism] - 1 if specialism in room.ranks else NOT_IN_ROOM)
                    for room in self.rooms
                ]
            )
        return self._points[specialism]

    @cached_property
    def _points(self) -> dict[int, Costs]:
        return {}


def read_instance(path: Path) -> Instance:
    """Read an instance file.

    Raises DataError where it has no horizon, or a line that cannot be read.
    """
    text = path.read_text(encoding="latin-1")
    horizon = re.search(r"Planning horizon:\s*(\d+)", text)
    if horizon is None:
        raise DataError(f"{path.name} has no planning horizon")
    nights = int(horizon[1])
    try:
        departments = dict(_department(parts) for parts in _section(text, "DEPARTMENTS"))
        rooms = tuple(_room(parts) for parts in _section(text, "ROOMS"))
        patients = [_patient(parts, nights) for parts in _section(text, "PATIENTS")]
    except (ValueError, IndexError) as error:
        raise DataError(f"{path.name} cannot be read: {error}") from error
    return Instance(nights, departments, rooms, tuple(p for p in patients if p.first <= p.last))


def bed_problem(instance: Instance) -> BedProblem:
    """The bed problem of an instance: berth q is room q, from any night on."""
    patients, rooms = instance.patients, instance.rooms
    n, m = len(patients), len(rooms)
    first = np.array([p.first for p in patients], dtype=int)
    end = np.array([p.last + 1 for p in patients], dtype=int)
    cost = np.array([_costs(instance, p) for p in patients]).reshape(n, m)
    people = People(first, end, np.full(n, -1), NO_ROOM * (end - first), np.zeros(n, dtype=bool))
    shared = [q for q, room in enumerate(rooms) if room.policy == "D" and room.beds > 1]
    return BedProblem(
        instance.nights,
        people,
        Berths(np.arange(m), np.zeros(m, dtype=int), cost),
        np.repeat(np.array([room.beds for room in rooms], dtype=int)[:, None], instance.nights, axis=1),
        bays=tuple(Bay((q,), (0, 1), MIXING) for q in shared),
        takes=np.array([[p.sex == sex for p in patients] for sex in "FM"], dtype=bool),
    )


def solution_lines(instance: Instance, berth: Ints) -> list[str]:
    """`patient first_night last_night room` of each patient, room -1 for those without one."""
    return [
        f"{p.id} {p.first} {p.last} {-1 if q == REMAINS else instance.rooms[q].id}"
        for p, q in zip(instance.patients, berth.tolist(), strict=True)
    ]


def possible(instance: Instance, patient: PasPatient) -> Mask:
    """Which rooms keep the hard rules: age, needed properties, and sex where a room is for one. (rooms,)."""
    takes = np.array([_takes(instance.departments[room.department], patient.age) for room in instance.rooms])
    missing = (np.array(patient.needed, dtype=bool) & ~instance.properties).any(axis=1)
    wrong_sex = [room.policy in ("F", "M") and room.policy != patient.sex for room in instance.rooms]
    return np.asarray(takes & ~missing & ~np.array(wrong_sex))


def outlier(instance: Instance, patient: PasPatient) -> Costs:
    """Points of a stay outside the departments and rooms of the specialism. (rooms,)."""
    return np.asarray(np.sum([instance.rank_points(each) for each in patient.specialisms], axis=0))


def preferred(instance: Instance, patient: PasPatient) -> Costs:
    """Points of a stay without what is wanted and not also needed. (rooms,)."""
    wanted = np.array(patient.wanted, dtype=bool) & ~np.array(patient.needed, dtype=bool)
    missing = (wanted & ~instance.properties).sum(axis=1)
    return np.asarray(WANTED_PROPERTY * missing * len(patient.specialisms))


def room_size(instance: Instance, patient: PasPatient) -> Costs:
    """Points of a stay in a room larger than preferred. (rooms,)."""
    larger = np.array([0 < patient.preferred_beds < room.beds for room in instance.rooms])
    return np.asarray(ROOM_LARGER_THAN_PREFERRED * larger * len(patient.specialisms))


RULES: tuple[Callable[[Instance, PasPatient], Costs], ...] = (outlier, preferred, room_size)


def _costs(instance: Instance, patient: PasPatient) -> Costs:
    """Points of a whole stay in each room; infinite where a hard rule is broken. (rooms,)."""
    points = np.sum([rule(instance, patient) for rule in RULES], axis=0)
    return np.where(possible(instance, patient), points, np.inf)


def _takes(department: Department, age: int) -> bool:
    return not (0 < department.max_age < age or age < department.min_age)


def _section(text: str, name: str) -> Iterator[list[list[str]]]:
    """The lines of a section: words by part."""
    found = re.search(rf"^\s*{name}:\s*\n(.*?)(?:\n\s*\n|\n\s*END|\Z)", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise ValueError(f"there is no section {name}")
    for line in found[1].splitlines():
        yield [part.split() for part in line.split("|")]


def _ranks(words: list[str]) -> dict[int, int]:
    """Rank by specialism from `rank specialism …`; a rank or specialism 0 says nothing."""
    numbers = [int(word) for word in words]
    return {numbers[k + 1]: numbers[k] for k in range(0, len(numbers), 2) if numbers[k] and numbers[k + 1]}


def _flags(words: list[str]) -> tuple[bool, ...]:
    return tuple(int(word) != 0 for word in words)


def _department(parts: list[list[str]]) -> tuple[int, Department]:
    number, _, low, high = parts[0]
    return int(number), Department(int(low), int(high), _ranks(parts[1]))


def _room(parts: list[list[str]]) -> Room:
    (number, *_), (beds,), (department,), (policy,), ranks, properties = parts
    return Room(int(number), int(beds), int(department), policy, _ranks(ranks), _flags(properties))


def _patient(parts: list[list[str]], horizon: int) -> PasPatient:
    (number, _, age, sex), (first, leaves), stay, (preferred_beds,), needed, wanted = parts
    by_part = [(int(stay[k]), int(stay[k + 1])) for k in range(1, len(stay), 2)]
    of_night = [specialism for specialism, length in by_part for _ in range(length)]
    last = min(int(leaves), horizon) - 1
    return PasPatient(
        int(number),
        int(age),
        sex,
        int(first),
        last,
        tuple(of_night[: max(0, last - int(first) + 1)]),
        int(preferred_beds),
        _flags(needed),
        _flags(wanted),
    )
