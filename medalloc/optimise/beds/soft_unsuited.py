"""The soft rule unsuited: patients of a sort that a ward would rather not have in a bed.

A hospital says so by a feature of the bed that begins with `no_`; `RESTRICTIONS` says who is meant by each. Beds of
one ward may differ. Restrictions to do with infection do not count in single rooms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from medalloc.domain.people import Isolation, Source
from medalloc.optimise.beds.situation import Situation
from medalloc.optimise.beds.soft_lying import looked_up, numbered
from medalloc.optimise.rules import Person
from medalloc.optimise.stays.problem import Costs

SURGICAL = frozenset("general_surgery vascular urology orthopaedics ent gynaecology".split())
"""Specialties of surgery."""

MEDICAL = frozenset(
    "general_medicine acute_medicine respiratory cardiology gastroenterology renal endocrinology neurology stroke "
    "geriatrics haematology_oncology infectious_diseases".split()
)
"""Specialties of medicine."""

HIGH_ACUITY = 2
"""Patients of this acuity or more ill are of high acuity."""

INFECTED = (Isolation.CONTACT, Isolation.DROPLET, Isolation.AIRBORNE)
"""Precautions against something that the patient has."""


def unsuited(situation: Situation) -> Costs:
    """Restrictions of each cell that mean each person. (n, c)."""
    sorts, sort = numbered([meant_by(person) for person in situation.people])
    beds = [
        frozenset(cell.features & RESTRICTIONS.keys()) - (IN_BAYS if cell.single else set()) for cell in situation.cells
    ]
    kinds, kind = numbered(beds)
    table = [[len(meant & kept) for kept in kinds] for meant in sorts]
    return looked_up(table, (len(sorts), len(kinds)), sort, kind)


def meant_by(person: Person) -> frozenset[str]:
    """The restrictions that mean a person, wherever they lie."""
    return frozenset(name for name, means in RESTRICTIONS.items() if means(person))


def _surgical(person: Person) -> bool:
    return person.needs.specialty in SURGICAL


def _unplanned(person: Person) -> bool:
    return person.patient.source not in (None, Source.ELECTIVE)


def _infected(person: Person) -> bool:
    return person.needs.isolation in INFECTED


def _suspected(person: Person) -> bool:
    return not _infected(person) and person.needs.wanted_isolation in INFECTED


RESTRICTIONS: Mapping[str, Callable[[Person], bool]] = MappingProxyType(
    {
        "no_surgical": _surgical,
        "no_acute_surgical": lambda person: _surgical(person) and _unplanned(person),
        "no_medical": lambda person: person.needs.specialty in MEDICAL,
        "no_unplanned": _unplanned,
        "no_high_acuity": lambda person: person.needs.acuity <= HIGH_ACUITY,
        "no_confused": lambda person: person.needs.confused,
        "no_mobility_help": lambda person: person.needs.moves_with_help,
        "no_bariatric": lambda person: "bariatric" in person.needs.features | person.needs.wanted_features,
        "no_infected": _infected,
        "no_suspected": _suspected,
        "no_uninfected": lambda person: not _infected(person) and not _suspected(person),
    }
)
"""Whom each feature of a bed that begins with `no_` means."""

IN_BAYS = frozenset({"no_infected", "no_suspected", "no_uninfected"})
"""Restrictions that do not count in single rooms."""
