"""Invented tables in the form of the eICU demo."""

from pathlib import Path

import numpy as np
import pandas as pd

EXAM = "notes/Progress Notes/Physical Exam/Physical Exam/"
PULSE = EXAM + "Constitutional/Vital Sign and Physiological Data/HR/HR Current"
GCS = EXAM + "Neurologic/GCS/{part} Score/{value}"


def save(folder: Path, name: str, columns: str, rows: list[tuple[object, ...]]) -> None:
    """A table as the demo keeps it."""
    folder.mkdir(parents=True, exist_ok=True)
    pd.DataFrame(rows, columns=columns.split()).to_csv(folder / f"{name}.csv.gz", index=False)


def write_two_stays(folder: Path) -> None:
    """Stay 11 was ventilated and is known well; of stay 12 little is known, and most of that late."""
    save(
        folder,
        "patient",
        "patientunitstayid gender age hospitalid hospitaladmitoffset hospitaldischargeoffset unitadmitsource "
        "apacheadmissiondx",
        [
            (12, "Male", "> 89", 70, 30, 2160, "Floor", None),
            (11, "Female", "64", 60, -720, 7200, "Emergency Department", "Pneumonia, bacterial"),
        ],
    )
    save(
        folder,
        "admissionDx",
        "patientunitstayid admitdxenteredoffset admitdxpath",
        [(11, 20, "admission diagnosis|All Diagnosis|Non-operative|Diagnosis|Respiratory|Pneumonia, bacterial")],
    )
    save(
        folder,
        "diagnosis",
        "patientunitstayid diagnosisoffset diagnosisstring",
        [
            (11, 60, "cardiovascular|shock / hypotension|hypotension / pressor dependent"),
            (12, 361, "renal|disorder of kidney|acute renal failure"),
        ],
    )
    save(
        folder,
        "pastHistory",
        "patientunitstayid pasthistoryenteredoffset pasthistorypath",
        [(12, 5, "notes/Progress Notes/Past History/Organ Systems/Pulmonary/COPD/COPD - severe")],
    )
    save(
        folder,
        "physicalExam",
        "patientunitstayid physicalexamoffset physicalexampath physicalexamvalue physicalexamtext",
        [
            (11, 90, PULSE, "HR Current", "88"),
            (11, 30, PULSE, "HR Current", "121"),
            *((11, 30, GCS.format(part=part, value=3), "3", "3") for part in ("Eyes", "Verbal", "Motor")),
            (12, 400, PULSE, "HR Current", "75"),
        ],
    )
    save(
        folder,
        "carePlanGeneral",
        "patientunitstayid cplgroup cplitemvalue",
        [
            (11, "Airway", "Intubated/oral ETT"),
            (11, "Care Limitation", "Full therapy"),
            (12, "Ventilation", "Non-invasive ventilation"),
            (12, "Airway", "Not intubated/normal airway"),
            (12, "Care Limitation", "Do not resuscitate"),
        ],
    )
    save(
        folder,
        "treatment",
        "patientunitstayid treatmentstring",
        [
            (11, "cardiovascular|shock|vasopressors|norepinephrine > 0.1 micrograms/kg/min"),
            (12, "renal|electrolyte correction|treatment of hypernatremia|vasopressin"),
        ],
    )
    save(
        folder,
        "note",
        "patientunitstayid noteenteredoffset notepath",
        [
            (12, 40, "notes/Progress Notes/Interventions/Major/Hypotension - evaluation and management"),
            (12, 40, "notes/Progress Notes/Interventions/Major/Airway management"),
            (11, 40, "notes/Procedure Notes/Intubation/Indication/respiratory failure"),
        ],
    )


def write_many_stays(folder: Path, n: int, first_hospital: int) -> None:
    """Stays of six hospitals; septic ones are ventilated and stay longer."""
    rng = np.random.default_rng(first_hospital)
    septic, ids = rng.random(n) < 0.5, range(1, n + 1)
    days = rng.exponential(np.where(septic, 9.0, 3.0)) + 0.1
    save(
        folder,
        "patient",
        "patientunitstayid gender age hospitalid hospitaladmitoffset hospitaldischargeoffset unitadmitsource "
        "apacheadmissiondx",
        [
            (one, "Male", str(40 + one % 50), first_hospital + one % 6, -60, days[one - 1] * 1440, "Floor", None)
            for one in ids
        ],
    )
    said = {one: "cardiovascular|sepsis" if septic[one - 1] else "toxicology|overdose" for one in ids}
    save(
        folder,
        "diagnosis",
        "patientunitstayid diagnosisoffset diagnosisstring",
        [(one, 10, said[one]) for one in ids],
    )
    save(folder, "admissionDx", "patientunitstayid admitdxenteredoffset admitdxpath", [(1, 5, "x|Sepsis")])
    save(folder, "note", "patientunitstayid noteenteredoffset notepath", [(1, 5, "x/Review")])
    save(folder, "pastHistory", "patientunitstayid pasthistoryenteredoffset pasthistorypath", [(1, 5, "x/COPD")])
    save(
        folder,
        "physicalExam",
        "patientunitstayid physicalexamoffset physicalexampath physicalexamvalue physicalexamtext",
        [(one, 30, PULSE, "HR Current", str(60 + one % 40)) for one in ids],
    )
    ventilated = septic & (rng.random(n) < 0.8)
    plan = [(one, "Airway", "Intubated/oral ETT" if ventilated[one - 1] else "Not intubated") for one in ids]
    plan += [(one, "Ventilation", "Non-invasive ventilation") for one in ids if one % 3 == 0]
    plan += [(one, "Care Limitation", "Do not resuscitate") for one in ids if one % 4 == 0]
    save(folder, "carePlanGeneral", "patientunitstayid cplgroup cplitemvalue", plan)
    treated = [(one, "cardiovascular|shock|vasopressors") for one in ids if one % 5 == 0]
    save(folder, "treatment", "patientunitstayid treatmentstring", treated)
