from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from medalloc.store import Store
from medalloc.store.engine import make_engine, writing
from tests.store.examples import decision, loaded

COPY = """
INSERT INTO decisions (snapshot_id, plan_id, patient_id, version, verdict, bed_id, comment, decided_by, role,
                       decided_at, undone, ended_at)
SELECT snapshot_id, plan_id, patient_id, {version}, verdict, bed_id, comment, decided_by, role,
       decided_at, undone, {ended_at} FROM decisions
"""


@pytest.fixture
def connection(store: Store, url: str) -> Iterator[Connection]:
    """A connection to a database with one decision in it."""
    snapshot_id, plan_id = loaded(store)
    store.decide(snapshot_id, decision(plan_id), saw=0)
    engine = make_engine(url)
    with writing(engine).connect() as opened:
        yield opened
    engine.dispose()


@pytest.mark.parametrize(
    "statement",
    [
        COPY.format(version=2, ended_at="NULL"),  # a second one in force
        COPY.format(version=1, ended_at="decided_at"),  # a second one of the same version
        "UPDATE decisions SET plan_id = 41",
        "DELETE FROM plans",
        "DELETE FROM snapshots",
        "INSERT INTO needs VALUES (1, 'P3', '')",  # needs of which nobody says who read them
    ],
)
def test_database_itself_refuses(connection: Connection, statement: str) -> None:
    with pytest.raises(IntegrityError):
        connection.execute(text(statement))


def test_ended_decision_of_another_version_may_stand_beside(connection: Connection) -> None:
    connection.execute(text(COPY.format(version=2, ended_at="decided_at")))
    assert connection.scalar(text("SELECT count(*) FROM decisions")) == 2
