"""Which patients and needs are listed, and in which order they are gone through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from medalloc.domain.needs import Need, NeedName
from medalloc.domain.people import Patient
from medalloc.ui.hospital import HospitalView

Item = tuple[str, NeedName]
"""A need of a patient: patient_id and name."""


class Doubt(StrEnum):
    """What a list of needs can be narrowed down to."""

    ANY = "any"
    """Every need that a person is asked to confirm."""
    CONFLICT = "conflict"
    UNSURE = "unsure"
    FROM_NOTE = "from_note"
    CORRECTED = "corrected"
    """A clinician's word is in force."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed down to; what is not set lets everything through."""

    search: str = ""
    """Part of a patient_id or bed_id."""
    ward_id: str | None = None
    need: NeedName | None = None
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """The need that is looked at, and the list that it was come to by."""

    item: Item
    items: tuple[Item, ...] = ()
    """Empty where it was picked from the table of patients."""

    @property
    def place(self) -> int:
        """Where in the list a person is."""
        return place_in(self.items, self.item)


def need_of(view: HospitalView, item: Item) -> Need | None:
    """The need as it counts now; None where it was not read."""
    found = view.needs.get(item[0])
    return found.by_name.get(item[1]) if found else None


def is_corrected(view: HospitalView, item: Item) -> bool:
    """Whether a clinician's word on it is in force."""
    return item[1] in view.corrections.get(item[0], {})


def people(view: HospitalView, filters: Filters) -> list[Patient]:
    """Patients with at least one need that the filters ask for, those with the most pressing question first."""
    last = len(view.to_confirm)
    ranked = sorted(view.snapshot.patients, key=lambda one: view.confirm_rank.get(one.patient_id, last))
    return [patient for patient in ranked if _placed(view, filters, patient) and _has(view, filters, patient)]


def queue(view: HospitalView, filters: Filters, before: Sequence[Item] = ()) -> list[Item]:
    """The needs to go through, the one first whose answer would change the plan most.

    Parameters
    ----------
    before
        The list as it stood: what is in it keeps its place, decided or not, and what is new comes last.
    """
    if filters.doubt is Doubt.CORRECTED:
        listed: Iterable[Item] = _corrected(view)
    else:
        listed = merged(view, before)
    known = view.snapshot.patient_of
    return [
        item
        for item in listed
        if item[0] in known
        and _placed(view, filters, known[item[0]])
        and filters.need in (None, item[1])
        and _doubted(view, item, filters.doubt)
    ]


def merged(view: HospitalView, before: Sequence[Item]) -> list[Item]:
    """The list as it stood without what nobody asks any more, and with what is new at its end."""
    asked = [(one.patient_id, one.need.name) for one in view.to_confirm]
    kept = [item for item in before if item in set(asked) or is_corrected(view, item)]
    return kept + [item for item in asked if item not in set(kept)]


def place_in(items: Sequence[Item], item: Item | None) -> int:
    """Where in a list a person is: at the need, else at another of the same patient, else at the start."""
    if item in items:
        return items.index(item)
    patient_id = item[0] if item else ""
    return next((place for place, one in enumerate(items) if one[0] == patient_id), 0)


def next_open(view: HospitalView, items: Sequence[Item], done: Item) -> Item:
    """The next need that nobody has decided about, from the one just decided on round to it."""
    start = place_in(items, done)
    behind = [*items[start + 1 :], *items[:start]]
    return next((item for item in behind if is_asked(view, item)), done)


def is_asked(view: HospitalView, item: Item) -> bool:
    """Whether a person is asked to confirm it."""
    need = need_of(view, item)
    return need is not None and need.confirm is not None


def _corrected(view: HospitalView) -> list[Item]:
    """What clinicians have corrected, the latest first."""
    made = [(one.made_at, (one.patient_id, name)) for by in view.corrections.values() for name, one in by.items()]
    return [item for _, item in sorted(made, reverse=True)]


def _placed(view: HospitalView, filters: Filters, patient: Patient) -> bool:
    bed = view.snapshot.bed_of.get(patient.bed_id)
    here = filters.ward_id is None or (bed.ward_id if bed else "") == filters.ward_id
    return here and filters.search.strip().lower() in f"{patient.patient_id} {patient.bed_id}".lower()


def _has(view: HospitalView, filters: Filters, patient: Patient) -> bool:
    if filters.need is None and filters.doubt is None:
        return True
    found = view.needs.get(patient.patient_id)
    names = (filters.need,) if filters.need else tuple(found.by_name if found else ())
    items = [(patient.patient_id, name) for name in names]
    if filters.doubt is None:
        return any(_present(need_of(view, item)) for item in items)
    return any(
        is_asked(view, item) if filters.doubt is Doubt.ANY else _doubted(view, item, filters.doubt) for item in items
    )


def _present(need: Need | None) -> bool:
    return need is not None and not need.abstained and not need.is_default


def _doubted(view: HospitalView, item: Item, doubt: Doubt | None) -> bool:
    """Whether a need is of this doubt; what was decided on stays where no single doubt is asked for."""
    if doubt in (None, Doubt.ANY):
        return True
    if doubt is Doubt.CORRECTED:
        return is_corrected(view, item)
    need = need_of(view, item)
    return need is not None and need.confirm is not None and str(need.confirm) == str(doubt)
