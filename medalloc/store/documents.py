"""Named tables and sets of weights that people may edit; every version is kept, and the last one counts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from medalloc.errors import DecisionError
from medalloc.store import audit, snapshots
from medalloc.store.audit import Actor, Deed
from medalloc.store.records import AuditAction, Document
from medalloc.store.tables import DocumentRow


def save(session: Session, key: tuple[str, str], content: Any, saw: int, by: Actor) -> Document:
    """Keep a further version of a document, and write it down.

    The content that is there already (a double click) makes no new version.

    Parameters
    ----------
    key
        Kind and name.

    Raises
    ------
    DecisionError
        Somebody has saved it since: `changed` says who and when.
    """
    kind, name = key
    text = json.dumps(content, sort_keys=True)
    head, last = audit.lock(session), _last(session, kind, name)
    if last is not None and last.content == text:
        return _document(last)
    version = 0 if last is None else last.version
    if saw != version:
        changed = "The version that you saw is not known here." if last is None else _what_changed(last)
        raise DecisionError(f"Somebody else has changed {kind} {name} in the meantime.", changed=changed)
    row = DocumentRow(
        kind=kind,
        name=name,
        version=version + 1,
        content=text,
        made_by=by.user.name,
        role=by.user.role.value,
        made_at=by.at,
    )
    session.add(row)
    snapshots.touch_all(session)
    detail = {"kind": kind, "name": name, "version": row.version, "was": _changes(last, content), "content": content}
    audit.append(session, head, Deed(by.user, by.at, AuditAction.SAVE_DOCUMENT, detail=detail))
    return _document(row)


def load(session: Session, kind: str, name: str) -> Document | None:
    """The version that counts; None where there is none."""
    last = _last(session, kind, name)
    return None if last is None else _document(last)


def versions(session: Session, kind: str, name: str) -> tuple[Document, ...]:
    """All versions of a document, the latest first."""
    query = select(DocumentRow).where(DocumentRow.kind == kind, DocumentRow.name == name)
    return tuple(_document(row) for row in session.scalars(query.order_by(DocumentRow.version.desc())))


def listed(session: Session, kind: str) -> tuple[Document, ...]:
    """The version that counts of every document of a kind, by name."""
    query = select(DocumentRow).where(DocumentRow.kind == kind)
    latest = {row.name: row for row in session.scalars(query.order_by(DocumentRow.version))}
    return tuple(_document(latest[name]) for name in sorted(latest))


def _last(session: Session, kind: str, name: str) -> DocumentRow | None:
    query = select(DocumentRow).where(DocumentRow.kind == kind, DocumentRow.name == name)
    return session.scalars(query.order_by(DocumentRow.version.desc()).limit(1)).one_or_none()


def _changes(last: DocumentRow | None, content: Any) -> Any:
    """What stood there before: of a table only the entries that change."""
    if last is None:
        return None
    before = json.loads(last.content)
    if not isinstance(before, Mapping) or not isinstance(content, Mapping):
        return before
    return {key: value for key, value in before.items() if key not in content or content[key] != value}


def _what_changed(row: DocumentRow) -> str:
    return f"{row.made_by} ({row.role}) saved version {row.version} at {row.made_at:%Y-%m-%d %H:%M} UTC."


def _document(row: DocumentRow) -> Document:
    return Document(row.kind, row.name, json.loads(row.content), row.version, row.made_by, row.made_at)
