"""A small hospital in plain words, and heads fitted on it, for tests of what reads notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import product

import numpy as np

from medalloc.domain.needs import FEATURE_NEEDS, NeedName
from medalloc.domain.people import Consciousness, Isolation, Note, NoteKind, Patient, Vitals
from medalloc.domain.places import Level
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.needs.claims import DEFAULTS
from medalloc.needs.corpus import gather
from medalloc.needs.encoder import HashEncoder
from medalloc.needs.facts import facts_of
from medalloc.needs.fit_head import fit_head
from medalloc.needs.heads import Heads
from medalloc.needs.layout import LAYOUT
from medalloc.needs.pool import pool
from medalloc.needs.readable import KnownWords
from medalloc.needs.train import Labelled, Ridge, fit_grams, fit_vectors

AT = datetime(2026, 3, 5, 8)
ENCODER = HashEncoder(16)
FILLER = ("Slept well.", "Ate breakfast.", "Family updated by phone.", "Bloods sent this morning.")


def patient(patient_id: str, **record: object) -> Patient:
    return Patient(patient_id, **record)  # type: ignore[arg-type]


def note(patient_id: str, text: str, hours_ago: int = 1, kind: NoteKind = NoteKind.NURSING) -> Note:
    return Note(f"{patient_id}-{hours_ago}", patient_id, AT - timedelta(hours=hours_ago), kind, text)


def vitals(patient_id: str, **changes: object) -> Vitals:
    usual: dict[str, object] = {
        "resp_rate": 16,
        "spo2": 97,
        "systolic_bp": 124,
        "pulse": 72,
        "consciousness": Consciousness.ALERT,
        "temperature": 36.8,
    }
    return Vitals(patient_id, AT, **{**usual, **changes})  # type: ignore[arg-type]


def hospital(
    patients: Sequence[Patient], notes: Sequence[Note] = (), measured: Sequence[Vitals] = ()
) -> HospitalSnapshot:
    return HospitalSnapshot("Small", AT, "Europe/London", (), (), tuple(patients), tuple(notes), tuple(measured))


def lesson(copies: int) -> Labelled:
    """Patients of every mix of oxygen, level, isolation and specialty, in a sentence each."""
    patients, notes = [], []
    values: dict[NeedName, list[str]] = {target.name: [] for target in LAYOUT}
    mixes = product(range(copies), (False, True), ("ward", "icu"), ("none", "droplet"), ("renal", "stroke"))
    for place, (copy, oxygen, level, isolation, specialty) in enumerate(mixes):
        text = [FILLER[(place + copy) % 4]]
        text.append("Wearing nasal cannulae 2 L." if oxygen else "No cannulae, breathing room air.")
        text.append("Noradrenaline running, arterial line." if level == "icu" else "Mobile to bathroom.")
        text.append("Influenza swab positive, masks worn." if isolation == "droplet" else "Swabs negative.")
        text.append("Creatinine climbing, fistula." if specialty == "renal" else "Left arm weak, dysphasia.")
        patients.append(patient(f"p{place}"))
        notes.append(note(f"p{place}", " ".join(text)))
        said = {
            NeedName.SPECIALTY: specialty,
            NeedName.LEVEL: level,
            NeedName.ISOLATION: isolation,
            NeedName.ORGANISM: "influenza A" if isolation == "droplet" else "",
            NeedName.ACUITY: "1" if level == "icu" else "4",
            NeedName.OXYGEN: "yes" if oxygen else "no",
        }
        for name, found in values.items():
            found.append(said.get(name, DEFAULTS.get(name, "no")))
    snapshot = hospital(patients, notes)
    corpus = gather(snapshot, ENCODER)
    return Labelled(corpus, values, facts_of(snapshot, corpus))


@cache
def heads() -> Heads:
    """Heads fitted on the lesson."""
    labelled, ridge = lesson(3), Ridge(grams=0.1, vectors=1.0, heads=0.1, iterations=15)
    grams = fit_grams(labelled, ridge)
    words = {word for piece in labelled.corpus.pieces for word in piece.sentence.text.lower().rstrip(".").split()}
    none = np.zeros((ENCODER.dim, grams.shape[1]), dtype=np.float32)
    found = Heads(ENCODER.name, grams[:-1], none, {}, KnownWords.of(words | set("the and on in a".split())))
    vectors = fit_vectors(labelled, found.score(labelled.corpus, ENCODER.name), ridge)
    found = Heads(ENCODER.name, grams[:-1], vectors[:-1], {}, found.known)
    pooled = pool(found.score(labelled.corpus, ENCODER.name), labelled.corpus.starts)
    prior = vectors[-1].astype(float)
    by_name = {target.name: fit_head(target, labelled, pooled, prior, ridge.heads) for target in LAYOUT}
    return Heads(ENCODER.name, grams[:-1], vectors[:-1], by_name, found.known)


__all__ = [
    "AT",
    "ENCODER",
    "FEATURE_NEEDS",
    "Isolation",
    "Level",
    "heads",
    "hospital",
    "lesson",
    "note",
    "patient",
    "vitals",
]
