"""A process that decides: `python -m tests.store.deciding URL SNAPSHOT PLAN NAME PATIENT…`.

Prints `won PATIENT` once a decision has been acknowledged, `lost PATIENT` where somebody else came first.
"""

from __future__ import annotations

import sys
from dataclasses import replace

from medalloc.domain.review import User, UserRole
from medalloc.errors import DecisionError
from medalloc.store import Store
from tests.store.examples import decision


def main(url: str, snapshot_id: str, plan_id: str, name: str, *patients: str) -> None:
    """Accept for each patient in turn."""
    by = User(name, UserRole.BED_MANAGER)
    with Store(url) as store:
        for patient_id in patients:
            wanted = replace(decision(int(plan_id), by=by), patient_id=patient_id)
            try:
                store.decide(int(snapshot_id), wanted, saw=0)
            except DecisionError:
                _say(f"lost {patient_id}")
            else:
                _say(f"won {patient_id}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
