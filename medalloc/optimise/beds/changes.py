"""Who is placed otherwise in one plan than in another, and why.

================  ==========================================================================================
own causes        arrived, left, moved since, a decision, another need or expected discharge
the bed's causes  closed, opened, clean at another time, its patient leaves at another time
other people      takes the bed that another leaves, gives way to another who gets the bed or comes to the bay
none of these     a better plan was found
================  ==========================================================================================
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

from medalloc.domain.answers import Change
from medalloc.domain.plan import BedPlan, Placement, Reason
from medalloc.optimise.beds.causes import Bases, Basis
from medalloc.optimise.gives import reason
from medalloc.optimise.rules import bay_rules

CHANGES: Mapping[str, str] = MappingProxyType(
    {
        "arrived": "The first plan did not know the patient.",
        "left": "The patient has left.",
        "moved_since": "The patient lies elsewhere than before. Values: bed_id.",
        "locked": "A person has locked this patient to this bed. Values: bed_id.",
        "released": "A person has taken back the lock to this bed. Values: bed_id.",
        "kept": "A person wants this patient to remain.",
        "may_move": "A person no longer wants this patient to remain.",
        "refused": "A person has refused this bed for the patient. Values: bed_id.",
        "no_longer_refused": "A person has taken back the refusal of this bed. Values: bed_id.",
        "kept_for": "A person keeps the bed for somebody else. Values: bed_id, patient_id.",
        "need_changed": "A need has changed. Values: need, before, after.",
        "discharge_changed": "A discharge is expected at another time. Values: patient_id, before, after.",
        "bed_gone": "The bed given before can no longer be used. Values: bed_id.",
        "bed_opened": "The bed given now could not be used before. Values: bed_id.",
        "bed_ready": "The bed is clean at another time. Values: bed_id, before, after.",
        "takes_bed_of": "Somebody else no longer has the bed. Values: bed_id, patient_id.",
        "gives_way_to": "Somebody else gets the bed. Values: bed_id, patient_id.",
        "bay_goes_to": "Somebody comes to the bay who may not share it. Values: bay_id, patient_id.",
        "bay_left_by": "Somebody is no longer in the bay who may not share it. Values: bay_id, patient_id.",
        "better_plan": "Nothing that concerns the patient has changed: a better plan was found.",
    }
)
"""Every code of a reason for a change, with its meaning."""

FOLLOWS = frozenset({"takes_bed_of", "gives_way_to", "bay_goes_to", "bay_left_by"})
"""The reasons that lie with other people who are placed otherwise."""


def changes(
    before: BedPlan, after: BedPlan, bases: tuple[Basis, Basis] | None = None, first: str = ""
) -> tuple[Change, ...]:
    """Everybody who is placed otherwise, with the reasons: those with causes of their own, then those who follow.

    A bed that could be had at once, and still can, is no change.

    Parameters
    ----------
    bases : what was known when each plan was made; None: only what the plans themselves say.
    first : the patient to name first.
    """
    pair = _Pair(before, after, Bases(*bases) if bases else None)
    found = [Change(who, pair.old.get(who), pair.new.get(who), tuple(pair.why(who))) for who in pair.changed]
    return tuple(sorted(found, key=lambda change: (change.patient_id != first, _order(change))))


def _order(change: Change) -> int:
    codes = {each.code for each in change.why}
    return 0 if codes - FOLLOWS - {"better_plan"} else 1 if codes & FOLLOWS else 2


class _Pair:
    """Two plans, with what was known."""

    def __init__(self, before: BedPlan, after: BedPlan, bases: Bases | None) -> None:
        self._at, self._bases = after.at, bases
        self.old, self.new = before.placement_of, after.placement_of

    @cached_property
    def changed(self) -> tuple[str, ...]:
        """Everybody who is placed otherwise."""
        return tuple(who for who in {**self.old, **self.new} if self._otherwise(who))

    def why(self, who: str) -> Iterator[Reason]:
        """The reasons for one of them."""
        own = tuple(dict.fromkeys(self._own(who)))
        kept_for = {dict(each.values)["patient_id"] for each in own if each.code == "kept_for"}
        others = [
            each
            for each in dict.fromkeys(self._of_others(who))
            if each.code != "gives_way_to" or dict(each.values)["patient_id"] not in kept_for
        ]
        yield from (*own, *others) or (Reason("better_plan"),)

    def _otherwise(self, who: str) -> bool:
        old, new = self.old.get(who), self.new.get(who)
        if old is None or new is None:
            return True
        return old.to_bed_id != new.to_bed_id or self._start(old) != self._start(new)

    def _start(self, line: Placement) -> str:
        """When a bed is to be had by the later plan's clock; "" for at once, or for nothing to be had."""
        if line.starts_at is None or not line.action.moves or line.starts_at <= self._at:
            return ""
        return line.starts_at.isoformat()

    def _own(self, who: str) -> Iterator[Reason]:
        old, new = self.old.get(who), self.new.get(who)
        if old is None or new is None:
            yield Reason("left" if new is None else "arrived")
            return
        if new.from_bed_id != old.from_bed_id:
            yield reason("moved_since", bed_id=new.from_bed_id)
        if self._bases is not None:
            yield from self._bases.decisions(old, new)
            yield from self._bases.needs(who)
            yield from self._bases.discharge(who)
            yield from self._bases.beds(old, new)

    def _of_others(self, who: str) -> Iterator[Reason]:
        """Who else is placed otherwise and has to do with it; nobody where the patient has come or left."""
        was, now = _bed(self.old.get(who)), _bed(self.new.get(who))
        if who not in self.old or who not in self.new or was == now:
            return
        for other in self._near(was, now):
            before, after = _bed(self.old.get(other)), _bed(self.new.get(other))
            if other == who:
                continue
            if now and before == now != after:
                yield reason("takes_bed_of", bed_id=now, patient_id=other)
            if was and after == was != before:
                yield reason("gives_way_to", bed_id=was, patient_id=other)
            if self._bases is None:
                continue
            first, second = self._bases.before, self._bases.after
            if _apart(second, (who, was), (other, after)) and not _apart(first, (who, was), (other, before)):
                yield reason("bay_goes_to", bay_id=second.snapshot.bed_of[was].bay_id, patient_id=other)
            if _apart(first, (who, now), (other, before)) and not _apart(second, (who, now), (other, after)):
                yield reason("bay_left_by", bay_id=first.snapshot.bed_of[now].bay_id, patient_id=other)

    def _near(self, *bed_ids: str) -> list[str]:
        """Who else is placed otherwise from, or to, one of some beds or its bay."""
        beds = {bed_id for bed_id in bed_ids if bed_id}
        for bed_id in tuple(beds):
            for basis in self._bases.both if self._bases else ():
                bed = basis.snapshot.bed_of.get(bed_id)
                bay = basis.snapshot.bay_beds[bed.ward_id, bed.bay_id] if bed else ()
                beds |= {each.bed_id for each in bay}
        found = {who for bed_id in beds for who in self._by_bed.get(bed_id, ())}
        return sorted(found, key=self._order.__getitem__)

    @cached_property
    def _by_bed(self) -> Mapping[str, list[str]]:
        """Everybody who is placed otherwise, by the beds of both plans."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for who in self.changed:
            for bed_id in {_bed(self.old.get(who)), _bed(self.new.get(who))}:
                found[bed_id].append(who)
        return found

    @cached_property
    def _order(self) -> Mapping[str, int]:
        return {who: number for number, who in enumerate(self.changed)}


def _bed(line: Placement | None) -> str:
    """Where a plan leaves a patient; "" for no bed."""
    return line.to_bed_id if line else ""


def _apart(basis: Basis, one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two patients, each with a bed, would be in one bay that they may not share."""
    snapshot = basis.snapshot
    pair = [basis.people.get(who) for who, _ in (one, other)]
    beds = [snapshot.bed_of.get(bed_id) for _, bed_id in (one, other)]
    if pair[0] is None or pair[1] is None or beds[0] is None or beds[1] is None or beds[0] == beds[1]:
        return False
    same = (beds[0].ward_id, beds[0].bay_id) == (beds[1].ward_id, beds[1].bay_id)
    return same and bool(bay_rules(pair[0], [pair[1]], snapshot.ward_of[beds[0].ward_id]))
