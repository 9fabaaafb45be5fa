"""The eICU demo as cases: what was known six hours after admission to the unit, and what came of it.

Nothing that was entered later is read, except the labels. The diagnosis on admission of the APACHE form has no time:
it is read, since a diagnosis on admission is what its name says, though where the demo dates it, one in twelve was
entered after the six hours. Words of the inputs that say a label outright
(ventilation, tubes, CPAP, pressor dependence, orders not to resuscitate) are taken out, and so are ventilator settings:
treatments and care plans are never an input.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.needs.models.organ_support import MEASURES, Measure, Support
from medalloc.needs.models.organ_support_fit import LabelledCases
from medalloc.needs.models.tfidf import Floats

Texts: TypeAlias = "pd.Series[str]"
KNOWN_BY_MINUTES = 360
"""After admission to the unit."""
SAYS_A_LABEL = re.compile(
    r"\b(?:non-?invasive |mechanical )?ventilat\w*|\bintubat\w*|\bcpap\b|\bbi-?pap\b|pressor dependent|\bdnr\b"
    r"|do not resuscitate|comfort measures|airway management|end of life|care limitation\w*|code management",
    re.IGNORECASE,
)
SAYS_NOTHING = re.compile(
    r"organ systems?|past history obtain options|all diagnosis|admission diagnosis\||notes/progress notes/past history/"
    r"|notes/progress notes/|review of systems/systems/|/print \"negative\""
    r"|was the patient admitted from the o\.?r\.? or went to the o\.?r\.? within 4 hours of admission\?",
    re.IGNORECASE,
)
SAYS_A_PROBLEM = re.compile("Progress Notes/(?:Interventions|Review Of Systems|Social History)")
"""Of a note's path: what is looked after, complaints, habits; not procedures."""
EXAM = {
    Measure.WEIGHT_KG: "/Weight (kg)/Admission",
    Measure.PULSE: "/HR/HR Current",
    Measure.PULSE_HIGHEST: "/HR/HR Highest",
    Measure.SYSTOLIC_BP: "/BP (systolic)/BP (systolic) Current",
    Measure.SYSTOLIC_BP_LOWEST: "/BP (systolic)/BP (systolic) Lowest",
    Measure.RESP_RATE: "/Resp Rate/Resp Current",
    Measure.RESP_RATE_HIGHEST: "/Resp Rate/Resp Highest",
    Measure.SPO2: "/O2 Sat%/O2 Sat% Current",
    Measure.SPO2_LOWEST: "/O2 Sat%/O2 Sat% Lowest",
}
"""How the path of each measure ends."""
GCS_PARTS = ("Eyes", "Verbal", "Motor")


@dataclass(frozen=True)
class EicuStays:
    """Stays in a unit."""

    cases: LabelledCases
    remaining_days: Floats
    """In hospital, from admission to the unit on."""
    elapsed_days: Floats
    """In hospital, before admission to the unit."""
    female: NDArray[np.bool_]
    age: Floats


def read_eicu(folder: Path) -> EicuStays:
    """The stays of a folder with the demo's tables as `*.csv.gz`."""
    stays = _table(folder, "patient").set_index("patientunitstayid").sort_index()
    measures = _measures(folder, stays)
    texts = _texts(folder, stays)
    cases = LabelledCases(
        texts=tuple(texts),
        measures=measures,
        outcomes=_outcomes(folder, stays.index),
        hospitals=stays["hospitalid"].to_numpy(dtype=np.int64),
    )
    return EicuStays(
        cases=cases,
        remaining_days=stays["hospitaldischargeoffset"].to_numpy(dtype=np.float64) / 1440,
        elapsed_days=np.maximum(0.0, -stays["hospitaladmitoffset"].to_numpy(dtype=np.float64) / 1440),
        female=(stays["gender"] == "Female").to_numpy(),
        age=measures[:, MEASURES.index(Measure.AGE)],
    )


def _table(folder: Path, name: str, known_by: str = "") -> pd.DataFrame:
    """A table, or of it what stood there in time."""
    table = pd.read_csv(folder / f"{name}.csv.gz", low_memory=False)
    return table[table[known_by] <= KNOWN_BY_MINUTES].sort_values(known_by) if known_by else table


def _outcomes(folder: Path, stays: pd.Index[int]) -> dict[Support, NDArray[np.int64]]:
    """Any time in the stay; a stay of which nothing is recorded counts as not."""
    plan, treatment = _table(folder, "carePlanGeneral"), _table(folder, "treatment")
    item = plan["cplitemvalue"].fillna("")
    limited = (plan["cplgroup"] == "Care Limitation") & (item != "Full therapy")
    found = {
        Support.VENTILATED: plan[item.str.startswith(("Intubated", "Ventilated"))],
        Support.NIV: plan[item == "Non-invasive ventilation"],
        Support.VASOPRESSOR: treatment[treatment["treatmentstring"].str.contains("|vasopressors", regex=False)],
        Support.DNR: plan[limited],
    }
    return {support: stays.isin(rows["patientunitstayid"]).astype(np.int64) for support, rows in found.items()}


def _texts(folder: Path, stays: pd.DataFrame) -> Texts:
    """Source, reason for admission, problems and history as one text for each stay."""
    notes = _table(folder, "note", "noteenteredoffset")
    parts = [
        stays["unitadmitsource"].fillna(""),
        stays["apacheadmissiondx"].astype(object).fillna("").map(_said),
        _paths(_table(folder, "admissionDx", "admitdxenteredoffset"), "admitdxpath", stays.index),
        _paths(_table(folder, "diagnosis", "diagnosisoffset"), "diagnosisstring", stays.index),
        _paths(_table(folder, "pastHistory", "pasthistoryenteredoffset"), "pasthistorypath", stays.index),
        _paths(notes[notes["notepath"].str.contains(SAYS_A_PROBLEM)], "notepath", stays.index),
    ]
    return pd.Series([". ".join(filter(None, row)) for row in zip(*parts, strict=True)], index=stays.index)


def _paths(table: pd.DataFrame, column: str, stays: pd.Index[int]) -> Texts:
    said = table[column].map(_said)
    joined = said.groupby(table["patientunitstayid"]).agg(lambda paths: ". ".join(dict.fromkeys(paths)))
    return joined.reindex(stays).fillna("")


def _said(path: str) -> str:
    """A path as words, without those that say a label or nothing.

    >>> _said("cardiovascular|shock / hypotension|hypotension / pressor dependent")
    'cardiovascular shock hypotension hypotension'
    """
    kept = SAYS_A_LABEL.sub(" ", SAYS_NOTHING.sub(" ", path))
    return " ".join(re.sub(r"[|/_]", " ", kept).split())


def _measures(folder: Path, stays: pd.DataFrame) -> Floats:
    exam = _table(folder, "physicalExam", "physicalexamoffset")
    found = pd.DataFrame(np.nan, index=stays.index, columns=[str(name) for name in MEASURES])
    found["age"] = pd.to_numeric(stays["age"].replace("> 89", "90"))
    found["female"] = (stays["gender"] == "Female").astype(float)
    path, number = exam["physicalexampath"], exam["physicalexamtext"].astype(str).str.extract(r"(-?\d+\.?\d*)")[0]
    for name, end in EXAM.items():
        found[str(name)] = _first(exam[path.str.endswith(end)], number, stays.index)
    value = exam["physicalexamvalue"]
    parts = [
        _first(exam[path.str.contains(f"/GCS/{part} Score/", regex=False)], value, stays.index) for part in GCS_PARTS
    ]
    found["gcs"] = parts[0] + parts[1] + parts[2]
    return found.to_numpy(dtype=np.float64)


def _first(rows: pd.DataFrame, values: pd.Series[str], stays: pd.Index[int]) -> pd.Series[float]:
    """The earliest number of each stay."""
    numbers = pd.to_numeric(values.loc[rows.index], errors="coerce")
    return numbers.groupby(rows["patientunitstayid"]).first().reindex(stays)
