"""The hard rules of a bed plan in plain words, and what each stands in the way of today."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from medalloc.domain.needs import Needs
from medalloc.domain.people import PatientStatus
from medalloc.domain.places import Bed
from medalloc.domain.plan import Rule, Violation
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.locale import gettext as _
from medalloc.optimise.rules import Person, bay_rules, own_rules, people_of, ready_at, usable
from medalloc.review.explain import rule_words
from medalloc.ui.words import sentence

N_ = str
ASKS = {
    Rule.ONE_PATIENT_PER_BED: N_("A bed holds one patient at a time."),
    Rule.USABLE_BED: N_(
        "The bed is neither closed nor reserved, and clean in time; beds of closed wards only where they may be opened."
    ),
    Rule.BAY_SEX: N_("Everybody in a bay is of one sex, or of the ward's; single rooms and mixed wards are exempt."),
    Rule.ISOLATION: N_(
        "Airborne: a single room with negative pressure. Protective: a single room. Contact and droplet: a single "
        "room, or a bay in which all share the organism."
    ),
    Rule.LEVEL: N_("The ward gives at least the level of care needed."),
    Rule.AGE: N_("The age lies in the range of the ward."),
    Rule.FEATURES: N_("The bed has everything that is required."),
    Rule.FIXED: N_("Whom the record says not to move stays."),
    Rule.LOCKED: N_("What a person has locked or accepted is kept."),
    Rule.REJECTED: N_("What a person has refused is not proposed again."),
    Rule.MOVES: N_("Nobody is moved more often in a stay, and no plan moves more inpatients, than the limits say."),
}
"""What each rule asks."""
OF_PAIRS = (Rule.USABLE_BED, Rule.BAY_SEX, Rule.ISOLATION, Rule.LEVEL, Rule.AGE, Rule.FEATURES)
"""Rules that rule a bed out for a patient, whatever else is planned."""


@dataclass(frozen=True)
class RuledOut:
    """Which beds without a patient each rule keeps from those who wait."""

    pairs: int = 0
    """A patient who waits without a bed, and a bed in which nobody lies."""
    by_rule: Counter[Rule] = field(default_factory=Counter)
    """Pairs that each rule forbids; a pair counts for every rule that it breaks."""
    alone: Counter[Rule] = field(default_factory=Counter)
    """Pairs that no other rule forbids."""
    shut_out: Counter[Rule] = field(default_factory=Counter)
    """Patients who could have none of these beds, and could have one but for this rule."""


def ruled_out(snapshot: HospitalSnapshot, needs: Mapping[str, Needs], *, escalation: bool) -> RuledOut:
    """What each rule forbids today.

    Parameters
    ----------
    escalation
        Whether beds of closed wards may be opened.
    """
    everybody = people_of(snapshot, needs)
    mates: defaultdict[tuple[str, str], list[Person]] = defaultdict(list)
    for person in everybody:
        if person.bed_id:
            bed = snapshot.bed_of[person.bed_id]
            mates[bed.ward_id, bed.bay_id].append(person)
    beds = [bed for bed in snapshot.beds if bed.bed_id not in snapshot.occupant_of]
    wait = [person for person in everybody if person.patient.status is PatientStatus.WAITING and not person.bed_id]
    found = RuledOut(len(beds) * len(wait))
    for person in wait:
        broken = [_broken(snapshot, person, bed, mates[bed.ward_id, bed.bay_id], escalation) for bed in beds]
        _count(found, broken)
    return found


def _broken(
    snapshot: HospitalSnapshot, person: Person, bed: Bed, mates: Iterable[Person], escalation: bool
) -> frozenset[Rule]:
    ward, single = snapshot.ward_of[bed.ward_id], snapshot.is_single_room(bed)
    broken = set(own_rules(person, bed, ward, single=single))
    if not single:
        broken |= set(bay_rules(person, mates, ward))
    ready = ready_at(bed, ward, snapshot.at, occupied=False, escalation=escalation)
    if usable(person, ready, snapshot.at):
        broken.add(Rule.USABLE_BED)
    return frozenset(broken)


def _count(found: RuledOut, broken: Iterable[frozenset[Rule]]) -> None:
    """Add the beds of one patient."""
    alone: set[Rule] = set()
    can_have_one = False
    for rules in broken:
        found.by_rule.update(rules)
        if len(rules) == 1:
            found.alone.update(rules)
            alone |= rules
        can_have_one = can_have_one or not rules
    if not can_have_one:
        found.shut_out.update(alone)


def frame(now: Iterable[Violation], left: Iterable[Violation], found: RuledOut) -> pd.DataFrame:
    """The hard rules, one a line; the index is the rule.

    Parameters
    ----------
    now, left
        Breaches as the hospital stands, and those that the plan leaves.
    """
    broken, still = (Counter(one.rule for one in breaches) for breaches in (now, left))
    return pd.DataFrame(
        {
            _("Rule"): [sentence(rule_words(rule, _)) for rule in Rule],
            _("What it asks"): [_(ASKS[rule]) for rule in Rule],
            _("Broken now"): [_count_words(broken[rule]) for rule in Rule],
            _("Left in the plan"): [_count_words(still[rule]) for rule in Rule],
            _("Pairs it forbids"): _column(found.by_rule),
            _("It alone"): _column(found.alone),
            _("Patients shut out"): _column(found.shut_out),
        },
        index=[str(rule) for rule in Rule],
    )


def _column(counts: Counter[Rule]) -> list[str]:
    return [_count_words(counts[rule]) if rule in OF_PAIRS else "" for rule in Rule]


def _count_words(count: int) -> str:
    return f"{count:,}" if count else "–"
