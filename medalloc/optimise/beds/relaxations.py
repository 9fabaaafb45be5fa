"""What would have to give for a waiting patient to get a bed: the fewest rules, then the fewest points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from medalloc.domain.answers import Relaxation
from medalloc.domain.places import Bed, BedStatus
from medalloc.domain.plan import Reason, Rule
from medalloc.optimise.beds.alternatives import row_of
from medalloc.optimise.beds.carried import carried, compiled_again
from medalloc.optimise.beds.obstacles import Obstacle, not_clean, of_use
from medalloc.optimise.beds.options import Option, options_for
from medalloc.optimise.beds.placements import Outcome
from medalloc.optimise.beds.tried import Trial
from medalloc.optimise.rules import hold_until, moves_now, ready_at

PRICED = 20
"""Of so many of the likeliest beds the exact points are worked out at most, by number of rules."""

MOST_RULES = 2
"""More rules than these are named only where nothing less would do."""

ALL_OF = "all_of"
"""Code of a reason that joins several, all of which would have to give; see `parts_of`."""


def relaxations(outcome: Outcome, patient_id: str, count: int = 5) -> tuple[Relaxation, ...]:
    """The least that would have to give for a patient to get a bed, the likeliest first.

    Looked at are the beds that the plan leaves free, the closed, reserved and uncleaned ones, and those in closed
    wards. Single rules come first; pairs only where fewer than `count` single rules would do. Of beds for which the
    same would have to give the cheapest is named. Empty for a patient who has or gets a bed, and where none is planned
    yet; a patient who waits in one bed for another is looked at.

    Raises DataError for a patient whom the plan does not know.
    """
    i = row_of(outcome, patient_id)
    waits = i not in outcome.arrivals and not moves_now(outcome.situation.people[i])
    if not waits or not np.isfinite(outcome.situation.first_hours[i]):
        return ()
    lifted = _lifted(outcome, i)
    trial = Trial(lifted.outcome, i)
    found = [_Would(lifted, trial, option) for option in options_for(lifted.outcome, i)]
    found = [would for would in found if Rule.ONE_PATIENT_PER_BED not in would.rules]
    fewest = min((len(would.rules) for would in found), default=0)
    most = max(fewest, MOST_RULES)
    found = [would for would in found if len(would.rules) <= most]
    return tuple(would.relaxation for would in _ranked(found, count))


def parts_of(detail: Reason) -> tuple[Reason, ...]:
    """What a detail joins: itself, or the parts of `all_of`.

    >>> [part.code for part in parts_of(joined([Reason("kept"), Reason("refused", (("bed_id", "B-2"),))]))]
    ['kept', 'refused']
    """
    if detail.code != ALL_OF:
        return (detail,)
    parts: list[Reason] = []
    for name, value in detail.values:
        if name == "code":
            parts.append(Reason(value))
        else:
            parts[-1] = replace(parts[-1], values=(*parts[-1].values, (name, value)))
    return tuple(parts)


def joined(reasons: Iterable[Reason]) -> Reason:
    """One reason that names several, each by its `code` and then its values; a single one is itself."""
    parts = tuple(dict.fromkeys(reasons))
    if len(parts) == 1:
        return parts[0]
    return Reason(ALL_OF, tuple(pair for part in parts for pair in (("code", part.code), *part.values)))


@dataclass(frozen=True)
class _Lifted:
    """A plan in a hospital in which beds can be used that cannot."""

    outcome: Outcome
    obstacles: dict[str, Obstacle]
    """What stands against the use of a bed."""


@dataclass(frozen=True)
class _Would:
    """A bed that a patient would get."""

    lifted: _Lifted
    trial: Trial
    option: Option

    @property
    def obstacles(self) -> tuple[Obstacle, ...]:
        unusable = self.lifted.obstacles.get(self.option.bed_id)
        return (*self.option.obstacles, *((unusable,) if unusable else ()))

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(sorted({obstacle.rule for obstacle in self.obstacles}))

    @property
    def detail(self) -> Reason | None:
        return joined(obstacle.gives for obstacle in self.obstacles) if self.obstacles else None

    @property
    def floor(self) -> float:
        return self.trial.floor(self.option.berth) - self.trial.before

    @property
    def relaxation(self) -> Relaxation:
        tried = self.trial.at(self.option.berth, self.option.bed_id)
        starts_at = self.lifted.outcome.situation.slots.moment(tried.hours)
        return Relaxation(self.rules, self.option.bed_id, starts_at, tried.difference, self.detail)


def _ranked(found: list[_Would], count: int) -> list[_Would]:
    """The best by number of rules and exact points; of those that ask for the same the best."""
    order = sorted(found, key=lambda would: (len(would.rules), would.floor, would.option.bed_id))
    best: dict[tuple[object, ...], tuple[tuple[int, float, str], _Would]] = {}
    for would in order:
        ranks = sorted(rank for rank, _ in best.values())
        least = (len(would.rules), would.floor - 1e-9, "")
        if len(best) >= count and least > ranks[count - 1]:
            break
        rank = (len(would.rules), would.relaxation.points, would.option.bed_id)
        same = (would.rules, _asks_for(would))
        if same not in best or rank < best[same][0]:
            best[same] = rank, would
    return [would for _, would in sorted(best.values(), key=lambda item: item[0])[:count]]


def _asks_for(would: _Would) -> tuple[Reason, ...]:
    """What would have to give, whichever of alike beds it is."""
    return tuple(
        replace(o.gives, values=tuple(pair for pair in o.gives.values if pair[0] != "bed_id")) for o in would.obstacles
    )


def _lifted(outcome: Outcome, i: int) -> _Lifted:
    """The plan where every bed can be used that it leaves empty, with what stands against it."""
    snapshot, given = outcome.situation.snapshot, outcome.situation.given
    against = dict(_unusable(outcome, i))
    if not against:
        return _Lifted(outcome, {})
    beds = tuple(replace(bed, status=BedStatus.AVAILABLE) if bed.bed_id in against else bed for bed in snapshot.beds)
    lifted = compiled_again(
        outcome,
        replace(snapshot, beds=beds),
        replace(given, settings=replace(given.settings, escalation=True)),
    )
    return _Lifted(carried(outcome, lifted), against)


def _unusable(outcome: Outcome, i: int) -> Iterator[tuple[str, Obstacle]]:
    """The empty beds that nobody, or not this patient, could use, with what stands against it."""
    for bed in outcome.situation.snapshot.beds:
        if bed.bed_id not in outcome.in_bed:
            for obstacle in (*of_use(outcome, bed), *_unclean(outcome, i, bed)):
                if obstacle.gives.code != "unknown_patient":
                    yield bed.bed_id, obstacle


def _unclean(outcome: Outcome, i: int, bed: Bed) -> Iterator[Obstacle]:
    """A bed that will be clean, but too late for the patient."""
    situation, person = outcome.situation, outcome.situation.people[i]
    ward = situation.snapshot.ward_of[bed.ward_id]
    ready = ready_at(bed, ward, situation.at, occupied=False, escalation=situation.settings.escalation)
    latest = hold_until(person, situation.at, situation.settings.horizon_days)
    if bed.status is BedStatus.CLEANING and ready is not None and latest is not None and ready > latest:
        yield not_clean(bed)
