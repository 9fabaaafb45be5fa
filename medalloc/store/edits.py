"""What people change by hand, as the store offers it: needs, tables, and which heads read the notes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from medalloc.domain.corrections import Correction
from medalloc.domain.needs import NeedName
from medalloc.domain.review import User
from medalloc.review.permissions import Permission, require
from medalloc.store import audit, corrections, documents
from medalloc.store.audit import Actor, Deed
from medalloc.store.records import AuditAction, Document, KeptCorrection
from medalloc.store.transactions import Transactions


class Edits(Transactions):
    """Corrections and documents; every call is a short transaction of its own."""

    def correct(self, snapshot_id: int, correction: Correction, *, saw: int) -> Correction:
        """Put a correction in force, and on record, in one transaction; returns it with its version.

        Parameters
        ----------
        snapshot_id
            The snapshot that the clinician saw.
        correction
            What is wanted; `version` and `at` are not read.
        saw
            Version of the correction in force that the person saw, 0 where there was none.

        Raises
        ------
        AccessError
            The role may not correct needs.
        DecisionError
            Somebody has corrected the need since: `changed` says who, when and what.
        """
        require(User(correction.by, correction.role), Permission.CORRECT_NEEDS)
        with self._write() as session:
            return corrections.correct(session, snapshot_id, correction, saw)

    def undo_correction(self, snapshot_id: int, patient_id: str, name: NeedName, *, saw: int, user: User) -> None:
        """Take the correction in force back; raises as `correct` does."""
        require(user, Permission.CORRECT_NEEDS)
        with self._write() as session:
            corrections.undo(session, snapshot_id, patient_id, name, saw, Actor(user, self._clock()))

    def corrections(self, hospital: str) -> dict[str, dict[NeedName, Correction]]:
        """The corrections in force in a hospital, by patient_id and need."""
        with self._read() as session:
            return corrections.in_force(session, hospital)

    def corrections_of(self, hospital: str, patient_ids: Collection[str]) -> dict[str, dict[NeedName, Correction]]:
        """The corrections in force of some patients, by patient_id and need."""
        with self._read() as session:
            return corrections.in_force(session, hospital, patient_ids)

    def correction_history(self) -> tuple[KeptCorrection, ...]:
        """Every correction that was ever made, oldest first: what heads learn from."""
        with self._read() as session:
            return corrections.history(session)

    def save_document(self, kind: str, name: str, content: Any, *, saw: int, user: User) -> Document:
        """Keep a further version of a table or set of weights, and write it down.

        Parameters
        ----------
        content
            Anything that JSON can hold.
        saw
            Version that the person saw, 0 where there was none.

        Raises
        ------
        AccessError
            The role may not edit settings.
        DecisionError
            Somebody has saved it since: `changed` says who and when.
        """
        require(user, Permission.EDIT_SETTINGS)
        with self._write() as session:
            return documents.save(session, (kind, name), content, saw, Actor(user, self._clock()))

    def document(self, kind: str, name: str) -> Document | None:
        """The version that counts; None where there is none."""
        with self._read() as session:
            return documents.load(session, kind, name)

    def documents(self, kind: str) -> tuple[Document, ...]:
        """The version that counts of every document of a kind, by name."""
        with self._read() as session:
            return documents.listed(session, kind)

    def document_versions(self, kind: str, name: str) -> tuple[Document, ...]:
        """All versions of a document, the latest first."""
        with self._read() as session:
            return documents.versions(session, kind, name)

    def note_heads(self, detail: Mapping[str, Any], *, user: User) -> None:
        """Write down that other heads read the notes from here on.

        Raises
        ------
        AccessError
            The role may not edit settings.
        """
        require(user, Permission.EDIT_SETTINGS)
        with self._write() as session:
            head = audit.lock(session)
            audit.append(session, head, Deed(user, self._clock(), AuditAction.USE_HEADS, detail=detail))
