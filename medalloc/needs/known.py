"""Under which key the needs of a patient are kept: equal keys mean that reading again would give the same."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from medalloc.domain.people import Note, Patient, Vitals
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.needs.heads import Heads

PACKAGE = Path(__file__).parent
READ_BY = frozenset({".py", ".toml", ".npz", ".json"})


def reading_keys(snapshot: HospitalSnapshot, encoder: str, heads: Heads, secret: bytes) -> dict[str, str]:
    """Keyed hash, by patient_id, of all that a patient's needs are read from.

    That is the record, the notes, the vital signs, and what reads them: rules, coefficients, encoder. Without the
    secret nobody can test whether a note has been read.

    Parameters
    ----------
    encoder
        Name of the sentence encoder.
    """
    reader = f"{code_digest()}\0{encoder}\0{heads.encoder}\0{heads.version}"
    return {
        patient.patient_id: _key(
            secret,
            reader,
            patient,
            snapshot.notes_of.get(patient.patient_id, ()),
            snapshot.vitals_of.get(patient.patient_id, ()),
        )
        for patient in snapshot.patients
    }


@lru_cache(maxsize=1)
def code_digest() -> str:
    """Hash of the rules and coefficients of this package: after an update everything is read again."""
    digest = hashlib.sha256()
    for path in sorted(path for path in PACKAGE.rglob("*") if path.suffix in READ_BY):
        digest.update(path.relative_to(PACKAGE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _key(secret: bytes, reader: str, patient: Patient, notes: Sequence[Note], vitals: Sequence[Vitals]) -> str:
    features = "?" if patient.features is None else ";".join(sorted(patient.features))
    record = (
        patient.patient_id, patient.age, patient.sex, patient.specialty, patient.level, patient.isolation,
        patient.organism, features, patient.readiness, patient.barrier, patient.source, patient.status,
    )  # fmt: skip
    said = [f"{note.note_id}\0{note.written_at}\0{note.kind}\0{note.text}" for note in notes]
    text = "\0\0".join([reader, repr(record), *said, *map(repr, vitals)])
    return hmac.digest(secret, text.encode("utf-8", "surrogatepass"), "sha256").hex()
