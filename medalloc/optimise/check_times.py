"""Who is in which bed from when until when, if a plan is carried out and everybody leaves as expected.

Times are exact, not slots: a patient is in their present bed until the plan takes them elsewhere or their stay is
expected to end, and in the bed of the plan from its start on. A stay whose end nobody knows has none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from medalloc.domain.places import Ward
from medalloc.domain.plan import BedPlan, Placement, Rule, Violation
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.optimise.rules import Person, bay_rules, bed_ready_after, leaves_at

FOREVER = datetime.max


@dataclass(frozen=True, slots=True)
class InBed:
    """A patient in a bed, from `start` up to and not including `end`."""

    person: Person
    bed_id: str
    start: datetime
    end: datetime
    newly: bool = False
    """Whether the plan puts them there."""
    goes_home: bool = True
    """Whether the hospital is left at the end; else another bed is entered."""

    def meets(self, other: InBed) -> bool:
        """Whether both are in their beds at some moment."""
        return max(self.start, other.start) < min(self.end, other.end)


@dataclass(frozen=True)
class Course:
    """The hospital from the moment of a plan on."""

    snapshot: HospitalSnapshot
    people: tuple[Person, ...]
    plan: BedPlan

    @cached_property
    def placed(self) -> tuple[tuple[Person, Placement], ...]:
        """Everybody who is in the plan, with their (first) line."""
        lines: dict[str, Placement] = {}
        for placement in self.plan.placements:
            lines.setdefault(placement.patient_id, placement)
        return tuple((p, lines[p.patient_id]) for p in self.people if p.patient_id in lines)

    @cached_property
    def newcomers(self) -> tuple[tuple[Person, Placement], ...]:
        """Those who come into a bed that they do not lie in now; only into beds that exist."""
        return tuple(
            (person, line)
            for person, line in self.placed
            if line.to_bed_id in self.snapshot.bed_of and line.to_bed_id != person.bed_id
        )

    @cached_property
    def ends(self) -> dict[str, datetime]:
        """When each stay is expected to end, by patient_id."""
        return {person.patient_id: leaves_at(person, self.snapshot.at) or FOREVER for person in self.people}

    @cached_property
    def spans(self) -> tuple[InBed, ...]:
        """Everybody's time in every bed."""
        at, line_of = self.snapshot.at, {person.patient_id: line for person, line in self.newcomers}
        found = []
        for person in self.people:
            end, line = self.ends[person.patient_id], line_of.get(person.patient_id)
            if line is None:
                found.append(InBed(person, person.bed_id, at, end))
                continue
            start = max(at, line.starts_at or at)
            found.append(InBed(person, person.bed_id, at, min(start, end), goes_home=end <= start))
            found.append(InBed(person, line.to_bed_id, start, end, newly=True))
        return tuple(span for span in found if span.bed_id and span.start < span.end)

    @cached_property
    def in_bed(self) -> dict[str, list[InBed]]:
        """The same by bed."""
        beds: defaultdict[str, list[InBed]] = defaultdict(list)
        for span in self.spans:
            beds[span.bed_id].append(span)
        return dict(beds)


def one_per_bed(course: Course) -> Iterator[Violation]:
    """Nobody is put into a bed while somebody else lies in it."""
    for spans in course.in_bed.values():
        for span in spans if len(spans) > 1 else ():
            others = [other for other in spans if span.newly and other is not span and span.meets(other)]
            if others:
                names = ", ".join(other.person.patient_id for other in others)
                clash = max(span.start, min(other.start for other in others))
                detail = f"the bed also holds {names} at {clock(clash)}"
                yield Violation(Rule.ONE_PATIENT_PER_BED, span.person.patient_id, span.bed_id, detail)


def clean_from(course: Course, bed_id: str, start: datetime) -> datetime:
    """When a bed is clean after those who have gone home from it by `start`; `start` itself if it is by then.

    The bed of a patient whom the plan takes elsewhere can be had as soon as they have left it.
    """
    spans = course.in_bed.get(bed_id, ())
    return max((start, *(bed_ready_after(span.end) for span in spans if span.goes_home and span.end <= start)))


def good_company(course: Course) -> Iterator[Violation]:
    """Nobody is put into a bay that is, or comes to be, of two sexes or of a broken isolation while they are there.

    The company is at its largest whenever somebody has just come: those are the moments looked at.
    """
    for (ward_id, bay_id), beds in course.snapshot.bay_beds.items():
        spans = [span for bed in beds for span in course.in_bed.get(bed.bed_id, ())]
        if len(beds) > 1 and any(span.newly for span in spans):
            yield from _clashes(spans, bay_id, course.snapshot.ward_of[ward_id])


def _clashes(spans: list[InBed], bay_id: str, ward: Ward) -> Iterator[Violation]:
    """Of one bay: each newcomer and rule once, the first time."""
    told: set[tuple[str, Rule]] = set()
    for moment in sorted({span.start for span in spans}):
        present = [span for span in spans if span.start <= moment < span.end]
        coming = [span for span in present if span.newly]
        if not coming:
            continue
        mates = [span.person for span in present if span is not coming[0]]
        broken = bay_rules(coming[0].person, mates, ward)
        for rule, detail in broken.items():
            for span in coming:
                if (span.person.patient_id, rule) not in told:
                    told.add((span.person.patient_id, rule))
                    detail_then = f"{detail} (bay {bay_id} at {clock(moment)})"
                    yield Violation(rule, span.person.patient_id, span.bed_id, detail_then)


def clock(moment: datetime) -> str:
    """A moment as messages give it."""
    return f"{moment:%Y-%m-%d %H:%M}"
