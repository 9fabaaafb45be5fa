"""What clinicians said of needs, as labels beside what the heads see of the same patients.

A label hangs on the snapshot on which it was given: the notes of that moment are what the clinician judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from medalloc.domain.corrections import Correction, CorrectionKind, CorrectionReason
from medalloc.domain.needs import NeedName
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.needs.corpus import gather
from medalloc.needs.encoder import Encoder
from medalloc.needs.facts import Facts, facts_of
from medalloc.needs.heads import Heads
from medalloc.needs.layout import LAYOUT
from medalloc.needs.pool import Floats, pool

ABOUT_THE_TEXT = frozenset({CorrectionReason.MISREAD, CorrectionReason.OTHER_PERSON})
"""Reasons that speak of what the note says."""
BEYOND_THE_TEXT = 0.5
"""Weight of a change for another reason: what was seen at the bedside need not stand in the notes."""


@dataclass(frozen=True, slots=True)
class Label:
    """What is right for one need of one patient."""

    value: str
    weight: float


@dataclass(frozen=True)
class Lessons:
    """Patients of kept snapshots, one row for each snapshot in which they were."""

    groups: tuple[str, ...]
    """The patient of each row: rows of one patient are never split between fit and test, (n,)."""
    pooled: Floats
    """(n, n_outputs)."""
    facts: Facts
    labels: Mapping[NeedName, Mapping[int, Label]]
    """By need and row."""

    @property
    def n_labels(self) -> int:
        """Over all needs."""
        return sum(map(len, self.labels.values()))


def labels_of(corrections: Iterable[tuple[Correction, bool]]) -> dict[tuple[str, NeedName], Label]:
    """The labels that the corrections made on one snapshot give, by patient_id and need.

    Parameters
    ----------
    corrections
        Oldest first, each with whether it was taken back: that takes the earlier ones of the need back with it.
    """
    known = {target.name: target.values for target in LAYOUT}
    found: dict[tuple[str, NeedName], Label] = {}
    for correction, undone in corrections:
        place = (correction.patient_id, correction.name)
        if undone or correction.value not in known.get(correction.name, ()):
            found.pop(place, None)
        else:
            found[place] = Label(correction.value, _weight(correction))
    return found


def lesson(
    snapshot: HospitalSnapshot,
    labels: Mapping[tuple[str, NeedName], Label],
    heads: Heads,
    encoder: Encoder,
) -> Lessons:
    """What the heads see of the patients of one snapshot, beside the labels; patients without notes are left out.

    Parameters
    ----------
    labels
        By patient_id and need, as `labels_of` gives them.
    """
    corpus = gather(snapshot, encoder, heads.known)
    pooled = pool(heads.score(corpus, encoder.name), corpus.starts)
    rows = np.flatnonzero(np.diff(corpus.starts) > 0)
    row_of = {corpus.patient_ids[place]: row for row, place in enumerate(rows.tolist())}
    by_need: dict[NeedName, dict[int, Label]] = {}
    for (patient_id, name), label in labels.items():
        if patient_id in row_of:
            by_need.setdefault(name, {})[row_of[patient_id]] = label
    groups = tuple(f"{snapshot.name}\0{patient_id}" for patient_id in row_of)
    return Lessons(groups, pooled[rows], picked(facts_of(snapshot, corpus), rows), by_need)


def joined(parts: Sequence[Lessons]) -> Lessons:
    """Lessons of several snapshots as one."""
    first = np.cumsum([0, *(len(part.groups) for part in parts)]).tolist()
    labels: dict[NeedName, dict[int, Label]] = {}
    for start, part in zip(first, parts, strict=False):
        for name, by_row in part.labels.items():
            labels.setdefault(name, {}).update({start + row: label for row, label in by_row.items()})
    facts = [part.facts for part in parts]
    return Lessons(
        groups=tuple(group for part in parts for group in part.groups),
        pooled=np.vstack([part.pooled for part in parts]),
        facts=Facts(
            vitals=np.vstack([one.vitals for one in facts]),
            measured=np.vstack([one.measured for one in facts]),
            said={name: np.vstack([one.said[name] for one in facts]) for name in facts[0].said},
            verdicts=tuple(verdict for one in facts for verdict in one.verdicts),
        ),
        labels=labels,
    )


def picked(facts: Facts, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Facts:
    """The facts of some patients."""
    said = {name: table[rows] for name, table in facts.said.items()}
    return Facts(facts.vitals[rows], facts.measured[rows], said, tuple(facts.verdicts[row] for row in rows))


def _weight(correction: Correction) -> float:
    told = correction.kind is CorrectionKind.CONFIRM or correction.reason in ABOUT_THE_TEXT
    return 1.0 if told else BEYOND_THE_TEXT
