"""The encoder trained further on the hospital's own notes, and what that changes, measured.

Nothing is put in use: the operator names the folder in `MEDALLOC_ENCODER`. Heads know the encoder whose vectors they
were fitted with, so that heads for the new one are written beside it: the weights of sentence vectors carried over,
and all else as it was. `train` then fits them again from corrections.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medalloc import pipeline
from medalloc.domain.needs import NeedName
from medalloc.domain.progress import OnProgress
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.errors import DecisionError
from medalloc.learn.heads import lessons_of
from medalloc.needs import Encoder, Heads
from medalloc.needs.active import shipped_hash
from medalloc.needs.adapt import CHECKPOINT, Schedule, adapt
from medalloc.needs.claims import DEFAULTS, claim_of
from medalloc.needs.corpus import NUMBER, gather
from medalloc.needs.effect import carried_over, retrieval
from medalloc.needs.embed import MiniLmEncoder
from medalloc.needs.estimate import Estimates, estimate
from medalloc.needs.facts import facts_of
from medalloc.needs.heads import save_heads
from medalloc.needs.lessons import Label, Lessons, joined, lesson
from medalloc.needs.trial import FEWEST, try_out
from medalloc.settings import Settings
from medalloc.store import Store

METRICS = "metrics.json"
SURE = 0.95
"""Probability from which what the heads say counts as right, where no clinician has said anything."""
MOST_SOUGHT = 2_000
"""Sentences that retrieval is measured on, at most."""


class _Listener:
    """An encoder that only writes down what it is given."""

    name = "listener"
    dim = 1

    def __init__(self) -> None:
        self.heard: set[str] = set()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows of 0."""
        self.heard.update(texts)
        return np.zeros((len(texts), self.dim), dtype=np.float32)


def sentences_of(store: Store, heads: Heads) -> list[str]:
    """Every sentence of the notes of all kept snapshots as the encoder sees it, each once."""
    listener = _Listener()
    for info in store.snapshots():
        gather(pipeline.bed_snapshot(store, info.snapshot_id), listener, heads.known)
    return sorted(listener.heard)


def adapt_encoder(
    store: Store, out: Path, schedule: Schedule, options: Settings, on_progress: OnProgress | None = None
) -> dict[str, Any]:
    """Train the encoder further, write it with heads and metrics to a folder, and return the metrics.

    Raises
    ------
    DecisionError
        The run was stopped; the same call goes on from the last checkpoint.
    EncoderError
        There are too few sentences, or the folder holds another run.
    """
    present, heads = pipeline.encoder(store, options), pipeline.base_heads(options)
    texts = sentences_of(store, heads)
    started = time.perf_counter()
    steps = adapt(MiniLmEncoder(options.encoder).folder, texts, out, schedule, on_progress)
    if (out / CHECKPOINT).exists():
        raise DecisionError(f"Stopped after {steps} steps; the same command goes on from there.")
    seconds = time.perf_counter() - started
    fresh = pipeline.encoder(store, options.model_copy(update={"encoder": str(out)}))
    carried = carried_over(heads, present.encode(texts), fresh.encode(texts), fresh.name)
    save_heads(carried, out, {"shipped": shipped_hash()})
    found = {"steps": steps, "sentences": len(texts), "seconds": round(seconds, 1), "schedule": asdict(schedule)}
    found |= _measured(store, (heads, present), (carried, fresh))
    (out / METRICS).write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return found


def _measured(store: Store, before: tuple[Heads, Encoder], after: tuple[Heads, Encoder]) -> dict[str, Any]:
    """Retrieval of sentences of the same need, and refitted heads on patients held out, before and after."""
    lessons = [lessons_of(store, *pair) for pair in (before, after)]
    told = lessons[0] is not None and lessons[0].n_labels >= FEWEST
    sought = _sought(store, *before)
    texts, labels = list(sought), list(sought.values())
    if not told:
        lessons = [_own_lessons(store, before, pair) for pair in (before, after)]
    trials = [None if one is None or not one.n_labels else asdict(try_out(pair[0], one).overall.after)
              for one, pair in zip(lessons, (before, after), strict=True)]  # fmt: skip
    found = [asdict(retrieval(encoder.encode(texts), labels)) for _, encoder in (before, after)]
    return {
        "retrieval": {"before": found[0], "after": found[1]},
        "heads": {"before": trials[0], "after": trials[1], "labels": "corrections" if told else "shipped heads"},
    }


def _sought(store: Store, heads: Heads, encoder: Encoder) -> dict[str, str]:
    """Sentences that prove a need, each with the need and value that it proves."""
    found: dict[str, str] = {}
    for info in store.snapshots():
        snapshot = pipeline.bed_snapshot(store, info.snapshot_id)
        read = _estimated(snapshot, heads, encoder)
        said = store.corrections(info.name)
        for place, patient in enumerate(snapshot.patients):
            words = {name: one.value for name, one in said.get(patient.patient_id, {}).items()}
            for name, value in (_stated(read, place) | words).items():
                proof = read.evidence(name, place, value) if value in heads.by_name[name].values else ()
                if proof and value != DEFAULTS.get(name):
                    found[NUMBER.sub("0", proof[0].quote)] = f"{name} {value}"
    picked = sorted(found)
    np.random.default_rng(0).shuffle(picked)
    return {text: found[text] for text in picked[:MOST_SOUGHT]}


def _own_lessons(store: Store, teacher: tuple[Heads, Encoder], pupil: tuple[Heads, Encoder]) -> Lessons | None:
    """What the teacher is sure of, as labels for the pupil: where no clinician has said anything."""
    parts = []
    for info in store.snapshots():
        snapshot = pipeline.bed_snapshot(store, info.snapshot_id)
        read = _estimated(snapshot, *teacher)
        labels = {
            (patient.patient_id, name): Label(value, 1.0)
            for place, patient in enumerate(snapshot.patients)
            for name in read.heads.by_name
            for value, chance in read.chances(name, place).items()
            if chance >= SURE
        }
        parts.append(lesson(snapshot, labels, *pupil))
    return joined(parts) if parts else None


def _estimated(snapshot: HospitalSnapshot, heads: Heads, encoder: Encoder) -> Estimates:
    corpus = gather(snapshot, encoder, heads.known)
    return estimate(corpus, heads, encoder.name, facts_of(snapshot, corpus))


def _stated(read: Estimates, place: int) -> dict[NeedName, str]:
    """The needs that the notes of a patient state surely enough to be acted on."""
    if not read.has_notes(place):
        return {}
    claims = {
        name: claim_of(name, read.chances(name, place), cuts)
        for name, cuts in read.heads.cuts.items()
        if name in read.heads.by_name and name in DEFAULTS
    }
    return {name: one.value for name, one in claims.items() if one.strength >= read.heads.cuts[name].soft}
