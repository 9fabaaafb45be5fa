"""What the bed Gantt of a ward shows: a row a bed, and a bar for everything that fills it for a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from medalloc.domain.people import Patient, PatientStatus
from medalloc.domain.places import Bed, BedStatus
from medalloc.domain.plan import Action
from medalloc.optimise.rules import bed_ready_after
from medalloc.review import explain
from medalloc.ui.beds_at import BedTimes, Stay
from medalloc.ui.board import words
from medalloc.ui.board.scene import bay_label, bed_label, short_name
from medalloc.ui.names import patient_label
from medalloc.ui.times import clock

Translate = Callable[[str], str]
Kind = Literal["now", "arrives", "held", "cleaning", "reserved", "closed"]

N_ = str
SIGNS: Mapping[Kind, words.Sign] = {
    "now": words.Sign(words.STATES[BedStatus.OCCUPIED].short, N_("lies there now")),
    "arrives": words.Sign(words.ARRIVES.short, N_("arrives now")),
    "held": words.Sign(words.HELD.short, N_("held for later")),
    "cleaning": words.Sign(words.STATES[BedStatus.CLEANING].short, N_("being cleaned")),
    "reserved": words.Sign(words.STATES[BedStatus.RESERVED].short, N_("reserved")),
    "closed": words.Sign(words.STATES[BedStatus.CLOSED].short, N_("closed")),
}
"""Glyph and words of every kind of bar."""
_OF_ACTION: Mapping[Action, Kind] = {
    Action.STAY: "now",
    Action.ADMIT: "arrives",
    Action.TRANSFER: "arrives",
    Action.HOLD: "held",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A bed."""

    bed_id: str
    label: str
    """The last part of the bed id."""
    bay: str
    """Label of its bay, in the first row of the bay alone."""
    single: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """What fills a bed for a time."""

    bed_id: str
    kind: Kind
    starts_at: datetime
    ends_at: datetime | None
    """None: beyond what is known."""
    who: str = ""
    """The patient in a few letters; "" where it is about nobody."""
    patient_id: str = ""
    leaves: tuple[datetime, datetime] | None = None
    """Four of five such patients leave between these (p10, p90), where they leave the hospital from here."""
    lines: tuple[str, ...] = ()
    """All of it in words."""


@dataclass(frozen=True)
class WardPlan:
    """A ward over the time that the plan looks ahead."""

    name: str
    at: datetime
    until: datetime
    rows: tuple[Row, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class _Teller:
    """Puts stays into words."""

    times: BedTimes
    show_names: bool
    translate: Translate

    @property
    def until(self) -> datetime:
        """End of the time that is shown."""
        return self.times.moments[-1]

    def say(self, message: str, **values: object) -> str:
        return self.translate(message).format(**values)

    def when(self, moment: datetime | None) -> str:
        return clock(moment, self.times.at, self.translate)

    def patient(self, patient_id: str) -> Patient:
        return self.times.snapshot.patient_of[patient_id]

    def called(self, patient_id: str) -> str:
        return patient_label(self.patient(patient_id), show_names=self.show_names)


def ward_plan(times: BedTimes, ward_id: str, *, show_names: bool, translate: Translate) -> WardPlan:
    """Rows and bars of a ward, beds in file order, from now on until the plan ends.

    Parameters
    ----------
    times
        When everybody comes and goes: as planned, or with nobody moved.
    show_names
        False: initials and id.
    """
    tell = _Teller(times, show_names, translate)
    ward = times.snapshot.ward_of[ward_id]
    bays = {bay_id: beds for (owner, bay_id), beds in times.snapshot.bay_beds.items() if owner == ward_id}
    rows = [row for bay_id, beds in bays.items() for row in _rows(ward_id, bay_id, beds)]
    bars = [bar for beds in bays.values() for bed in beds for bar in _bars(tell, bed)]
    return WardPlan(ward.name or ward_id, times.at, tell.until, tuple(rows), tuple(bars))


def _rows(ward_id: str, bay_id: str, beds: tuple[Bed, ...]) -> Iterator[Row]:
    for place, bed in enumerate(beds):
        yield Row(bed.bed_id, bed_label(bed.bed_id), "" if place else bay_label(bay_id, ward_id), len(beds) == 1)


def _bars(tell: _Teller, bed: Bed) -> Iterator[Bar]:
    """What fills a bed, in order of time."""
    stays = [stay for stay in tell.times.stays_in.get(bed.bed_id, ()) if stay.starts_at < tell.until]
    if not stays or stays[0].starts_at > tell.times.at:
        yield from _standing(tell, bed, stays[0].starts_at if stays else None)
    for place, stay in enumerate(stays):
        if stay.ends_at is None or stay.starts_at < stay.ends_at:
            yield _stay_bar(tell, stay)
        yield from _turnaround(tell, stay, stays[place + 1].starts_at if place + 1 < len(stays) else None)


def _standing(tell: _Teller, bed: Bed, until: datetime | None) -> Iterator[Bar]:
    """What the ward says of a bed in which nobody is known to lie."""
    now = tell.times.at_moment(tell.times.at)[bed.bed_id]
    kinds: dict[BedStatus, Kind] = {
        BedStatus.CLEANING: "cleaning",
        BedStatus.RESERVED: "reserved",
        BedStatus.CLOSED: "closed",
        BedStatus.OCCUPIED: "now",
    }
    if now.lying or now.state not in kinds:
        return
    ends_at = now.ready_at if now.state is BedStatus.CLEANING else until
    word = tell.translate(words.STATES[now.state].words)
    if now.state is BedStatus.OCCUPIED:
        word = tell.translate("no record")
    lines = (tell.say("Bed {bed}: {state}", bed=bed.bed_id, state=word), _span(tell, tell.times.at, ends_at))
    yield Bar(bed.bed_id, kinds[now.state], tell.times.at, ends_at, word, lines=lines)


def _turnaround(tell: _Teller, stay: Stay, until: datetime | None) -> Iterator[Bar]:
    """The cleaning after a stay that ends in the time that is shown, unless somebody comes at once."""
    if stay.ends_at is None or stay.ends_at >= tell.until:
        return
    ready_at = min(bed_ready_after(stay.ends_at), until or tell.until)
    if ready_at > stay.ends_at:
        word = tell.translate(words.STATES[BedStatus.CLEANING].words)
        lines = (tell.say("Bed {bed}: {state}", bed=stay.bed_id, state=word), _span(tell, stay.ends_at, ready_at))
        yield Bar(stay.bed_id, "cleaning", stay.ends_at, ready_at, lines=lines)


def _stay_bar(tell: _Teller, stay: Stay) -> Bar:
    return Bar(
        bed_id=stay.bed_id,
        kind=_OF_ACTION[stay.action],
        starts_at=stay.starts_at,
        ends_at=stay.ends_at,
        who=short_name(tell.patient(stay.patient_id), show_names=tell.show_names),
        patient_id=stay.patient_id,
        leaves=_leaves(tell, stay),
        lines=tuple(_lines(tell, stay)),
    )


def _leaves(tell: _Teller, stay: Stay) -> tuple[datetime, datetime] | None:
    """Between when four of five such patients leave the hospital (p10, p90); None where nothing is known of it."""
    needs = tell.times.needs.get(stay.patient_id)
    if stay.to_bed_id or needs is None or needs.stay is None:
        return None
    expected = tell.patient(stay.patient_id).status is PatientStatus.EXPECTED
    begins = stay.starts_at if expected else tell.times.at
    return begins + timedelta(days=needs.stay.p10), begins + timedelta(days=needs.stay.p90)


def _lines(tell: _Teller, stay: Stay) -> Iterator[str]:
    yield tell.called(stay.patient_id)
    place = tell.times.snapshot.bed_of[stay.bed_id]
    kind = tell.translate(SIGNS[_OF_ACTION[stay.action]].words)
    yield tell.say("Bed {bed}: {state}", bed=place.bed_id, state=kind)
    yield _span(tell, stay.starts_at, stay.ends_at)
    leaves = _leaves(tell, stay)
    if leaves:
        yield tell.say(
            "four in five such patients leave between {first} and {last}",
            first=tell.when(leaves[0]),
            last=tell.when(leaves[1]),
        )
    if stay.to_bed_id:
        yield tell.say("then to bed {bed}", bed=stay.to_bed_id)
    if stay.action is Action.HOLD:
        yield from _hold_lines(tell, stay)
    plan = tell.times.plan if tell.times.proposed else None
    placement = plan.placement_of.get(stay.patient_id) if plan else None
    if placement is not None and stay.bed_id == placement.to_bed_id:
        yield from (explain.reason_words(reason, tell.translate) for reason in placement.reasons)


def _hold_lines(tell: _Teller, stay: Stay) -> Iterator[str]:
    """After whom a bed is held, and how likely it is free by then."""
    hold = next(one for one in tell.times.holds if (one.patient_id, one.bed_id) == (stay.patient_id, stay.bed_id))
    yield from (tell.say("after {who}", who=tell.called(patient_id)) for patient_id in hold.if_left)
    if hold.free_share is not None and hold.free_share < 1:
        yield tell.say("likely to be free by then: {share} %", share=round(100 * hold.free_share))


def _span(tell: _Teller, starts_at: datetime, ends_at: datetime | None) -> str:
    if ends_at is None:
        return tell.say("from {start}, end not known", start=tell.when(starts_at))
    return tell.say("{start} to {end}", start=tell.when(starts_at), end=tell.when(ends_at))
