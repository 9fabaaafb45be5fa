"""Answers to questions about a plan as tables: pure functions from an answer to a frame, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from medalloc.domain.answers import Alternative, Change, Relaxation, Scarce, WhyNot
from medalloc.domain.plan import Placement, SolveStatus, Violation
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.locale import gettext as _
from medalloc.optimise.beds.relaxations import parts_of
from medalloc.review import explain
from medalloc.ui.names import patient_label
from medalloc.ui.times import clock
from medalloc.ui.words import sentence

LITTLE = 0.05
"""Fewer points than these read as none [points]."""

TERMS_SHOWN = 3
"""Of the soft rules that make up a difference so many are named, the largest first."""


def other_bed(snapshot: HospitalSnapshot, one: Alternative) -> str:
    """Another bed on one line: what it costs more and what makes the difference, or the rules it breaks; from when.

    A bed that is not allowed has no price: what it would save cannot be had.
    """
    label = bed_label(snapshot, one.bed_id)
    if one.starts_at > snapshot.at:
        label += " " + _("from %(time)s") % {"time": clock(one.starts_at, snapshot.at)}
    if one.broken:
        rules = dict.fromkeys(explain.rule_words(each.rule, _) for each in one.broken)
        return f"**–** {label}: " + _("not allowed (%(rules)s)") % {"rules": _("; ").join(rules)}
    return f"**{one.difference:+.1f}** {label}: {terms_words(one.terms)}"


def would_help(snapshot: HospitalSnapshot, found: Iterable[Relaxation]) -> pd.DataFrame:
    """What would have to give for a waiting patient to get a bed, the least first."""
    return pd.DataFrame(
        {
            _("What would have to give"): gives_words(one),
            _("Bed"): bed_label(snapshot, one.bed_id),
            _("From"): clock(one.starts_at, snapshot.at),
            _("Points against waiting"): f"{one.points:+.1f}",
        }
        for one in found
    )


def scarce(snapshot: HospitalSnapshot, found: Iterable[Scarce]) -> pd.DataFrame:
    """Types of bed of which one more would help, the dearest first."""
    return pd.DataFrame(
        {
            _("Ward"): snapshot.ward_of[one.ward_id].name or one.ward_id,
            _("Type"): _("single room") if one.single else _("bed in a bay"),
            _("Features"): ", ".join(sorted(explain.value_words(each, _) for each in one.features)) or "–",
            _("There are"): one.beds,
            _("Short from"): clock(one.starts_at, snapshot.at),
            _("One more saves"): round(one.points, 1),
        }
        for one in found
    )


def changes(snapshot: HospitalSnapshot, found: Iterable[Change], *, show_names: bool) -> pd.DataFrame:
    """Who is placed otherwise than in another plan, and why."""
    return pd.DataFrame(
        {
            _("Patient"): _label(snapshot, one.patient_id, show_names=show_names),
            _("Was"): line_words(snapshot, one.before),
            _("Is"): line_words(snapshot, one.after),
            _("Why"): sentence(_("; ").join(explain.reason_words(reason, _) for reason in one.why)),
        }
        for one in found
    )


def price_words(answer: WhyNot) -> str:
    """The answer to "why not this bed" in one sentence."""
    if answer.forbidden:
        rules = _("; ").join(_against(each) for each in answer.forbidden)
        return _("Ruled out: %(rules)s.") % {"rules": rules}
    if answer.price is None:
        if answer.status is SolveStatus.INFEASIBLE:
            return _("Ruled out: those who are in the way cannot be placed elsewhere.")
        return _("No plan with this bed was found in time.")
    return f"{_cost_words(answer.price, answer.least_price or 0.0)} {_moved_words(len(answer.changes) - 1)}"


def is_open(answer: WhyNot) -> bool:
    """Whether a longer search could say more: no plan is found yet, or the bound is below the price."""
    if answer.forbidden or answer.status is SolveStatus.INFEASIBLE:
        return False
    return answer.price is None or answer.price - max(0.0, answer.least_price or 0.0) >= LITTLE


def _against(broken: Violation) -> str:
    """A hard rule, and what breaks it."""
    return f"{explain.rule_words(broken.rule, _)} ({explain.violation_words(broken, _)})"


def _cost_words(price: float, least: float) -> str:
    """What a bed costs more: a number where the bound proves it, a range where it does not."""
    told = {"price": price, "least": least}
    if price < LITTLE:
        return _("It could be had at no extra cost.")
    if least <= LITTLE:
        return _("It costs at most %(price).1f points more.") % told
    if price - least < LITTLE:
        return _("It costs %(price).1f points more.") % told
    return _("It costs %(least).1f to %(price).1f points more.") % told


def _moved_words(others: int) -> str:
    """How many other patients would be placed otherwise."""
    if others < 1:
        return _("Nobody else would be placed otherwise.")
    return _("Others who would be placed otherwise: %(others)d.") % {"others": others}


def gives_words(one: Relaxation) -> str:
    """What would have to give; the price alone where no rule stands against the bed."""
    if one.detail is None:
        return _("Nothing but the price: to wait is cheaper")
    return sentence(_("; ").join(explain.reason_words(part, _) for part in parts_of(one.detail)))


def terms_words(terms: Mapping[str, float]) -> str:
    """The soft rules that differ most, each with its points."""
    largest = sorted(terms.items(), key=lambda term: -abs(term[1]))[:TERMS_SHOWN]
    return _("; ").join(f"{explain.term_words(name, _)} {points:+.1f}" for name, points in largest) or "–"


def line_words(snapshot: HospitalSnapshot, line: Placement | None) -> str:
    """What a plan does with a patient, on one line."""
    if line is None:
        return "–"
    words = explain.action_words(line.action, _)
    if line.to_bed_id:
        words += f" {line.to_bed_id}"
    later = line.starts_at is not None and line.starts_at > snapshot.at
    return f"{words} {clock(line.starts_at, snapshot.at)}" if later else words


def bed_label(snapshot: HospitalSnapshot, bed_id: str) -> str:
    """A bed with its ward."""
    return f"{bed_id} · {ward_name(snapshot, bed_id)}"


def ward_name(snapshot: HospitalSnapshot, bed_id: str) -> str:
    """Name of the ward of a bed."""
    ward = snapshot.ward_of[snapshot.bed_of[bed_id].ward_id]
    return ward.name or ward.ward_id


def _label(snapshot: HospitalSnapshot, patient_id: str, *, show_names: bool) -> str:
    patient = snapshot.patient_of.get(patient_id)
    return patient_label(patient, show_names=show_names) if patient else patient_id
