"""What follows from a patient's needs: the expected stay, and the hours of care."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from medalloc.domain.needs import Needs
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.needs.care import CareTable, care_hours, load_care_table
from medalloc.needs.models.stay import load_stays
from medalloc.needs.models.stay_reader import read_stay


def completed(
    needs: Mapping[str, Needs], snapshot: HospitalSnapshot, table: CareTable | None = None
) -> dict[str, Needs]:
    """Needs by patient_id with the expected stay and the hours of care that follow from them.

    Parameters
    ----------
    table
        Hours of care by need; None: the shipped one.
    """
    table = table or load_care_table()
    stays = read_stay(load_stays(), snapshot, needs)
    return {
        patient_id: replace(found, stay=stays.get(patient_id), care=care_hours(table, found))
        for patient_id, found in needs.items()
    }
