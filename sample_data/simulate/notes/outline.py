"""Which notes a patient has, and when they were written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sample_data.simulate.chance import weighted
from sample_data.simulate.model import Stay

DAYTIME = {"ward_round": (8, 13), "consultation": (9, 18)}
_LATER = {"nursing": 44, "ward_round": 38, "consultation": 18}


@dataclass(frozen=True, slots=True)
class NoteSlot:
    """A note to be written."""

    kind: str
    written_at: datetime


def outline(stay: Stay, at: datetime, rng: Random) -> list[NoteSlot]:
    """Two to six notes, oldest first, none later than `at`."""
    if stay.bed_id:
        kinds = _inpatient_kinds(stay, rng)
        start = stay.admitted_at or at
    elif stay.status == "waiting":
        kinds = _waiting_kinds(stay, rng)
        start = stay.waiting_since or at
    else:
        kinds = ["consultation", rng.choice(("clerking", "nursing", "consultation"))]
        start = at - timedelta(days=rng.uniform(1.5, 9))
    times = _times(start, at, len(kinds), rng)
    slots: list[NoteSlot] = []
    for index, (kind, time) in enumerate(zip(kinds, times, strict=True)):
        if kind == "clerking" and index == 1:
            time = min(time, times[0] + timedelta(minutes=rng.uniform(35, 420)))
        if kind in DAYTIME and index > 0 and stay.bed_id:
            moved = by_day(time, slots[-1].written_at, at, DAYTIME[kind], rng)
            kind, time = (kind, moved) if moved else ("nursing", time)
        slots.append(NoteSlot(kind, time))
    return sorted(slots, key=lambda slot: slot.written_at)


def by_day(
    time: datetime, earliest: datetime, latest: datetime, hours: tuple[int, int], rng: Random
) -> datetime | None:
    """The hour at which such notes are written, on the same day or shortly before; None where there is none."""
    for back in (0, 1, 2):
        moved = (time - timedelta(days=back)).replace(hour=rng.randrange(*hours), minute=rng.randrange(60))
        if earliest < moved <= latest:
            return moved
    return None


def _inpatient_kinds(stay: Stay, rng: Random) -> list[str]:
    kinds = ["triage"] if stay.source == "ed" and rng.random() < 0.5 else []
    kinds.append("clerking")
    elapsed = stay.los_days - stay.remaining_days
    extra = min(4, 1 + int(rng.random() * 2.2 + min(2.0, elapsed / 4)))
    later = [weighted(rng, _LATER) for _ in range(min(extra, 6 - len(kinds)))]
    if "nursing" not in later and "ward_round" not in later:
        later[-1] = rng.choice(("nursing", "ward_round"))
    return kinds + later


def _waiting_kinds(stay: Stay, rng: Random) -> list[str]:
    if stay.source == "ed":
        later = rng.choices(("nursing", "consultation", "ward_round"), (50, 35, 15), k=rng.randint(0, 2))
        return ["triage", "clerking", *later]
    if stay.source == "elective":
        return [
            "consultation",
            rng.choice(("clerking", "nursing")),
            *(["nursing"] if rng.random() < 0.4 else []),
        ]
    return ["consultation", "clerking", *(["nursing"] if rng.random() < 0.6 else [])]


def _times(start: datetime, at: datetime, count: int, rng: Random) -> list[datetime]:
    """The first within two hours of the start, the last within a shift of `at`."""
    minutes = max(4.0, (at - start).total_seconds() / 60)
    first = min(minutes * 0.3, rng.uniform(4, 110))
    last = max(first, minutes - min(minutes * 0.35, rng.uniform(10, 600)))
    middle = sorted(rng.uniform(first, last) for _ in range(count - 2))
    return [(start + timedelta(minutes=offset)).replace(second=0) for offset in (first, *middle, last)]
