"""The needs of a patient as JSON, and back, with nothing lost."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from medalloc.domain.needs import Binding, Confirm, Evidence, Need, NeedName, Needs, NeedSource


def dump_needs(needs: Needs) -> str:
    """JSON of one patient's needs."""
    listed = [asdict(need) for need in needs.by_name.values()]
    return json.dumps({"patient_id": needs.patient_id, "news2": needs.news2, "needs": listed})


def load_needs(text: str) -> Needs:
    """The needs that `dump_needs` wrote."""
    fields = json.loads(text)
    listed = [_need(entry) for entry in fields["needs"]]
    return Needs(fields["patient_id"], {need.name: need for need in listed}, fields["news2"])


def _need(fields: dict[str, Any]) -> Need:
    confirm = fields["confirm"]
    return Need(
        **{
            **fields,
            "name": NeedName(fields["name"]),
            "source": NeedSource(fields["source"]),
            "binding": Binding(fields["binding"]),
            "confirm": None if confirm is None else Confirm(confirm),
            "evidence": tuple(Evidence(**piece) for piece in fields["evidence"]),
        }
    )
