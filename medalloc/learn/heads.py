"""What clinicians said of needs, learnt: the heads fitted again, tried out, and put in use or not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from medalloc import pipeline
from medalloc.domain.corrections import Correction
from medalloc.domain.review import User
from medalloc.errors import DecisionError
from medalloc.needs import Encoder, Heads
from medalloc.needs.active import HOME, active_version, put_aside, use, version_before
from medalloc.needs.lessons import Lessons, joined, labels_of, lesson
from medalloc.needs.refit import refit
from medalloc.needs.trial import Trial, try_out
from medalloc.review.permissions import Permission, require
from medalloc.settings import Settings
from medalloc.store import Store


@dataclass(frozen=True)
class Learnt:
    """Heads that have learnt from all corrections, and how such heads did on patients held out."""

    heads: Heads
    trial: Trial
    n_patients: int
    """Patients of whom something was said."""


def lessons_of(store: Store, heads: Heads, encoder: Encoder) -> Lessons | None:
    """Everything that clinicians have said, of all kept snapshots; None where they have said nothing."""
    made: defaultdict[int, list[tuple[Correction, bool]]] = defaultdict(list)
    for kept in store.correction_history():
        made[kept.snapshot_id].append((kept.correction, kept.undone))
    parts = [
        lesson(pipeline.bed_snapshot(store, snapshot_id), labels, heads, encoder)
        for snapshot_id, corrections in sorted(made.items())
        if (labels := labels_of(corrections))
    ]
    return joined(parts) if parts else None


def learn(store: Store, heads: Heads, encoder: Encoder) -> Learnt:
    """Fit the heads again from all corrections; nothing is put in use.

    Parameters
    ----------
    heads
        Those that the new ones grow from: the shipped ones, so that the order of corrections does not matter.

    Raises
    ------
    DecisionError
        Nobody has corrected or confirmed anything that can be learnt from.
    """
    lessons = lessons_of(store, heads, encoder)
    if lessons is None or not lessons.n_labels:
        raise DecisionError("There are no corrections to learn from: nothing was changed.")
    told = {lessons.groups[row] for labels in lessons.labels.values() for row in labels}
    return Learnt(refit(heads, lessons), try_out(heads, lessons), len(told))


def put_in_use(store: Store, learnt: Learnt, user: User, options: Settings) -> str:
    """Read with the new heads from now on, and write it down; returns their version.

    Raises
    ------
    AccessError
        The role may not edit settings.
    DecisionError
        The trial speaks against them: nothing was changed.
    """
    require(user, Permission.EDIT_SETTINGS)
    if learnt.trial.refusal:
        raise DecisionError(f"Not put in use: {learnt.trial.refusal}. Nothing was changed.")
    home = options.state_dir / HOME
    version = put_aside(home, learnt.heads, datetime.now(UTC), {"trial": told(learnt)})
    store.note_heads({"version": version, "instead_of": active_version(home), **told(learnt)["overall"]}, user=user)
    use(home, version)
    return version


def go_back(store: Store, user: User, options: Settings) -> str:
    """Read with the heads of before again, and write it down; returns their version, "" for the shipped ones.

    Raises
    ------
    AccessError
        The role may not edit settings.
    DecisionError
        The shipped heads are in use already.
    """
    require(user, Permission.EDIT_SETTINGS)
    home = options.state_dir / HOME
    before = version_before(home)
    if before is None:
        raise DecisionError("The shipped heads are in use: there is nothing to go back to.")
    store.note_heads({"version": before, "reverted": True}, user=user)
    use(home, before)
    return before


def told(learnt: Learnt) -> dict[str, Any]:
    """The trial as plain values: before and after by need, and overall."""
    trial = learnt.trial
    return {
        "patients": learnt.n_patients,
        "overall": asdict(trial.overall),
        "by_need": {str(name): asdict(one) for name, one in trial.by_need.items()},
        "refusal": trial.refusal,
    }
