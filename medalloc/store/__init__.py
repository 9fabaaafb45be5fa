"""What is kept between runs: SQLite by default, PostgreSQL by URL."""

from medalloc.store.backup import backup, restore
from medalloc.store.migrate import migrate
from medalloc.store.records import (
    AuditAction,
    AuditEntry,
    AuditHead,
    BrokenRow,
    Document,
    KeptCorrection,
    PlanInfo,
    Publication,
    SnapshotInfo,
    SnapshotSource,
    StoredPlan,
)
from medalloc.store.store import Store, open_store

__all__ = [
    "AuditAction",
    "AuditEntry",
    "AuditHead",
    "BrokenRow",
    "Document",
    "KeptCorrection",
    "PlanInfo",
    "Publication",
    "SnapshotInfo",
    "SnapshotSource",
    "Store",
    "StoredPlan",
    "backup",
    "migrate",
    "open_store",
    "restore",
]
