"""The store: every call is a short transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from medalloc.domain.needs import Needs
from medalloc.domain.plan import BedPlan, Placement
from medalloc.domain.review import Decision, User
from medalloc.review.permissions import Permission, require
from medalloc.store import audit, decisions, needs, plans, publications, snapshots
from medalloc.store.audit import Actor
from medalloc.store.edits import Edits
from medalloc.store.embeddings import Embeddings
from medalloc.store.migrate import migrate
from medalloc.store.needs_codec import dump_needs
from medalloc.store.plans import Made
from medalloc.store.readings import Readings
from medalloc.store.records import (
    AuditEntry,
    AuditHead,
    BrokenRow,
    PlanInfo,
    Publication,
    SnapshotInfo,
    SnapshotSource,
    StoredPlan,
)
from medalloc.store.snapshots import Upload, content_hash
from medalloc.store.times import utc_now


class Store(Edits):
    """What is kept: snapshots, needs, plans, decisions, edits, the record, and caches of vectors and of needs.

    Safe to share between threads. `migrate` must have been run on the database; `open_store` does both.
    """

    def __init__(self, url: str, *, clock: Callable[[], datetime] = utc_now) -> None:
        super().__init__(url, clock=clock)
        self.embeddings = Embeddings(self._engine)
        self.readings = Readings(self._engine)

    def save_snapshot(self, data: bytes, *, name: str, at: datetime, source: SnapshotSource | str, user: User) -> int:
        """Keep a zip of a data folder and make it the current snapshot; the same data keeps its id.

        Raises
        ------
        AccessError
            The role may not load data.
        """
        require(user, Permission.LOAD_DATA)
        upload = Upload(data, content_hash(data), name, at, SnapshotSource(source))
        with self._write() as session:
            return snapshots.save(session, upload, user, self._clock())

    def current_snapshot(self) -> SnapshotInfo | None:
        """The snapshot that was loaded last; None in an empty database."""
        with self._read() as session:
            return snapshots.current(session)

    def snapshots(self) -> tuple[SnapshotInfo, ...]:
        """All snapshots, the one loaded last first."""
        with self._read() as session:
            return snapshots.listed(session)

    def snapshot_data(self, snapshot_id: int) -> bytes:
        """The zip of the data folder; DataError where there is no such snapshot."""
        with self._read() as session:
            return snapshots.data(session, snapshot_id)

    def revision(self, snapshot_id: int) -> int:
        """A number that grows with every change to needs, plans or decisions; cheap to ask."""
        with self._read() as session:
            return snapshots.revision(session, snapshot_id)

    def save_needs(self, snapshot_id: int, model: str, found: Mapping[str, Needs]) -> None:
        """Keep the needs that a model read, in place of those that were there."""
        texts = {patient_id: dump_needs(theirs) for patient_id, theirs in found.items()}
        with self._write() as session:
            needs.save(session, snapshot_id, model, texts, self._clock())

    def needs(self, snapshot_id: int) -> dict[str, Needs] | None:
        """Needs by patient_id; None where the notes of the snapshot were never read."""
        with self._read() as session:
            return needs.load(session, snapshot_id)

    def needs_model(self, snapshot_id: int) -> str | None:
        """The model that read them; None where the notes of the snapshot were never read."""
        with self._read() as session:
            return needs.model(session, snapshot_id)

    def save_plan(
        self,
        snapshot_id: int,
        plan: BedPlan,
        before: BedPlan,
        *,
        user: User,
        asked: Mapping[str, str] | None = None,
        made_with: Mapping[str, Any] | None = None,
    ) -> int:
        """Keep a plan beside the do-nothing plan; returns its number.

        Parameters
        ----------
        asked
            Digest of what each patient was taken to need, by patient_id: by it a plan is known to be out of date.
        made_with
            `set` and `version` of the weights, and the `limits`.

        Raises
        ------
        AccessError
            The role may not plan beds.
        """
        require(user, Permission.PLAN_BEDS)
        with self._write() as session:
            return plans.save(
                session, snapshot_id, Made(plan, before, asked or {}, made_with or {}), user, self._clock()
            )

    def latest_plan(self, snapshot_id: int) -> StoredPlan | None:
        """The plan that was made last; None where there is none."""
        with self._read() as session:
            return plans.latest(session, snapshot_id)

    def plan(self, plan_id: int) -> StoredPlan | None:
        """A plan by its number; None where there is none."""
        with self._read() as session:
            return plans.load(session, plan_id)

    def plans(self, snapshot_id: int) -> tuple[PlanInfo, ...]:
        """Heads of all plans of a snapshot, the latest first."""
        with self._read() as session:
            return plans.listed(session, snapshot_id)

    def proposal(self, snapshot_id: int, plan_id: int, patient_id: str) -> Placement | None:
        """What a plan of a snapshot proposes for a patient; None where it says nothing of them."""
        with self._read() as session:
            return plans.suggestion(session, snapshot_id, plan_id, patient_id)

    def publish_plan(self, plan_id: int, *, saw: int, user: User) -> Publication:
        """Give out the latest plan, numbered within its hospital, for later plans to keep to.

        Parameters
        ----------
        saw
            Number of the published plan that the person saw to stand, 0 for none.

        Raises
        ------
        AccessError
            The role may not publish plans.
        DecisionError
            There is a newer plan, or somebody has published or withdrawn one since: `changed` says what.
        """
        require(user, Permission.PUBLISH_PLAN)
        with self._write() as session:
            return publications.publish(session, plan_id, saw, Actor(user, self._clock()))

    def withdraw_plan(self, hospital: str, number: int, *, user: User) -> None:
        """Take the published plan back, so that the one before it stands; raises as `publish_plan` does."""
        require(user, Permission.PUBLISH_PLAN)
        with self._write() as session:
            publications.withdraw(session, hospital, number, Actor(user, self._clock()))

    def published_plan(self, hospital: str) -> Publication | None:
        """The plan that stands; None where none is published."""
        with self._read() as session:
            return publications.standing(session, hospital)

    def published_plans(self, hospital: str) -> tuple[Publication, ...]:
        """All that were ever published, withdrawn ones included, the last one first."""
        with self._read() as session:
            return publications.listed(session, hospital)

    def decide(self, snapshot_id: int, decision: Decision, *, saw: int) -> Decision:
        """Put a decision in force, and on record, in one transaction; returns it with its version.

        Parameters
        ----------
        decision
            What is wanted; its `version` is not read.
        saw
            Version of the decision in force that the person saw, 0 where there was none.

        Raises
        ------
        AccessError
            The role may not decide about beds.
        DecisionError
            Somebody has decided since: `changed` says who, when and what.
        """
        require(User(decision.decided_by, decision.role), Permission.DECIDE_BEDS)
        with self._write() as session:
            return decisions.decide(session, snapshot_id, decision, saw)

    def undo(self, snapshot_id: int, patient_id: str, *, saw: int, user: User) -> None:
        """Take the decision in force back; raises as `decide` does."""
        require(user, Permission.DECIDE_BEDS)
        with self._write() as session:
            decisions.undo(session, snapshot_id, patient_id, saw, user, self._clock())

    def decisions(self, snapshot_id: int) -> dict[str, Decision]:
        """The decision in force by patient_id."""
        with self._read() as session:
            return decisions.in_force(session, snapshot_id)

    def standing_decisions(self, snapshot_id: int) -> tuple[Decision, ...]:
        """Every decision that was not taken back, replaced ones included: what later plans must heed."""
        with self._read() as session:
            return decisions.standing(session, snapshot_id)

    def audit_rows(
        self, *, after: int = 0, limit: int = 1_000, patient_id: str | None = None
    ) -> tuple[AuditEntry, ...]:
        """Lines of the record behind number `after`, oldest first."""
        with self._read() as session:
            return audit.rows(session, after=after, limit=limit, patient_id=patient_id)

    def audit_head(self) -> AuditHead:
        """The end of the record."""
        with self._read() as session:
            return audit.head(session)

    def verify_audit(self) -> BrokenRow | None:
        """The first line at which the record contradicts itself; None where it is whole."""
        with self._read() as session:
            return audit.verify(session)


def open_store(url: str) -> Store:
    """The store, its tables brought up to date."""
    migrate(url)
    return Store(url)
