# ruff: noqa: E501
"""A hospital of seven beds as files, for any test that needs one: every file, no fault, no remark."""

from __future__ import annotations

import csv
import io

FILES = {
    "hospital.toml": """
name = "Tiny General"
at = 2026-03-05T08:00:00
timezone = "Europe/London"
""",
    "wards.csv": """
ward_id,name,site,specialties,level,min_age,max_age,sex_rule,care_hours,open
W1,Ash,Main,respiratory; general_medicine,ward,16,130,same_bay,72.5,true
W2,Beech,Main,paediatrics,ward,0,17,mixed,48,true
ICU,Critical Care,Main,critical_care,icu,0,130,mixed,144,true
""",
    "beds.csv": """
bed_id,ward_id,bay_id,features,status,available_at
01,W1,A,oxygen; suction,occupied,
02,W1,A,oxygen,available,
03,W1,A,,cleaning,2026-03-05T11:30
04,W1,S1,oxygen;negative_pressure;ensuite,occupied,
05,W2,B,oxygen,available,
06,W2,B,,closed,
07,ICU,C,oxygen;suction;ventilator,occupied,
""",
    "patients.csv": (
        "\npatient_id,name,sex,age,status,bed_id,source,waiting_since,expected_at,admitted_at,edd,readiness,barrier,"
        "specialty,level,isolation,organism,features,moves,fixed,ethnicity,deprivation"
        """
007,Ada Aspen,female,71,inpatient,01,ed,,,2026-03-02T22:10,2026-03-06T15:00,review,transport,respiratory,ward,none,,oxygen,1,false,white,2
NA,Ben Birch,male,54,inpatient,04,ed,,,2026-03-04T03:20,,not_ready,,,,airborne,tuberculosis,,0,true,,
P3,Cy Cedar,male,66,inpatient,07,transfer,,,2026-03-03T12:00,,not_ready,,critical_care,icu,,,oxygen;ventilator,2,,black,1
P4,Di Dogwood,female,83,waiting,,ed,2026-03-05T01:45,,,,,,,,,,,0,,asian,4
P5,Ed Elm,male,9,waiting,,ed,2026-03-05T06:05,,,,,,paediatrics,,,,,0,,,3
P6,Fay Fir,female,48,expected,,elective,,2026-03-05T16:30,,,,,general_medicine,ward,none,,,0,,,5
"""
    ),
    "notes.csv": """
note_id,patient_id,written_at,kind,text
n1,007,2026-03-02T22:40,clerking,"COPD exac, on 2L via nasal cannulae.
No chest pain, ""much better"" than last week."
n2,NA,2026-03-04T04:00,clerking,"Cough 6/52, night sweats. Sputum AFB positive."
n3,P3,2026-03-05T07:10,ward_round,"Intubated and ventilated, FiO2 0.5."
n4,P4,2026-03-05T02:15,triage,"Fall from standing, confused ++, wandering."
""",
    "vitals.csv": """
patient_id,taken_at,resp_rate,spo2,scale2,on_oxygen,systolic_bp,pulse,consciousness,temperature
007,2026-03-05T06:00,22,91,true,true,132,96,A,37.1
P4,2026-03-05T02:00,18,96,false,false,118,88,C,36.4
P5,2026-03-05T06:20,24,,false,false,,112,A,38.6
""",
    "staff.csv": """
staff_id,name,role,grade,skills,home_ward,contract_hours,max_consecutive,min_rest_hours,max_weekends
S1,Gil Gorse,nurse,band6,charge; iv,W1,37.5,5,11,2
S2,Hal Hazel,healthcare_assistant,band3,,W2,30,4,11,3
""",
    "shifts.csv": """
shift_id,name,start,hours,role
D,Long day,07:00,12.5,nurse
N,Night,19:30,11.5,nurse
""",
    "cover.csv": """
ward_id,date,shift_id,skill,minimum,target
W1,2026-03-05,D,iv,2,3
""",
    "availability.csv": """
staff_id,date,shift_id,kind,weight
S1,2026-03-07,,leave,
S2,2026-03-08,N,request_off,2.5
""",
    "roster.csv": """
staff_id,date,shift_id,ward_id
S1,2026-03-05,D,W1
""",
    "drugs.csv": (
        "\ndrug_id,name,atc,form,unit,pack_size,unit_cost,ven,storage,volume,shelf_life_days,lead_time_days,"
        "lead_time_sd,min_order,supplier"
        """
0012,Amoxicillin 500 mg,J01CA04,capsule,capsule,21,0.07,V,ambient,,720,3,1.5,42,Northmed
0034,Insulin aspart,A10AB05,injection,pen,5,6.1,V,cold,,540,5,2,10,Northmed
"""
    ),
    "lots.csv": """
drug_id,lot_id,units,expires,location,quarantined
0012,L1,630,2027-01-31,pharmacy,false
0034,L2,35,2026-04-15,W1,true
""",
    "usage.csv": """
date,drug_id,ward_id,requested,issued
2026-03-03,0012,W1,63,42
2026-03-04,0012,W1,21,21
2026-03-04,0034,W1,,5
""",
    "orders.csv": """
order_id,drug_id,units,due
O1,0034,50,2026-03-09
""",
    "substitutes.csv": """
drug_id,substitute_id,ratio,needs_approval
0012,0034,1.5,false
""",
    "regimens.csv": """
drug_id,condition,level,units_per_day,share
0012,pneumonia,ward,3,0.35
""",
    "events.csv": """
case_id,patient_id,activity,at,ward_id,resource
c1,007,ed_arrival,2026-03-02T19:05,,
c1,007,bed_requested,2026-03-02T20:30,,porter 4
c1,007,admitted,2026-03-02T22:10,W1,
""",
    "outcomes.csv": """
case_id,los_days,readmitted_30d,died,expected_los_days
c0,4.25,true,false,3.5
""",
}


def tiny_files(**changes: str) -> dict[str, bytes]:
    """The files of the tiny hospital.

    Parameters
    ----------
    changes
        Text by file name without its ending (`beds="bed_id,…"`) that takes the place of a file.
    """
    texts = {name: changes.get(name.partition(".")[0], text) for name, text in FILES.items()}
    return {name: text.lstrip("\n").encode() for name, text in texts.items()}


def with_row(file: str, **cells: str) -> dict[str, bytes]:
    """The files of the tiny hospital, one of them with a further row at its end."""
    files = tiny_files()
    header = next(csv.reader(io.StringIO(files[file].decode())))
    line = io.StringIO()
    csv.DictWriter(line, header, lineterminator="\n").writerow(cells)
    files[file] += line.getvalue().encode()
    return files


def with_change(file: str, old: str, new: str) -> dict[str, bytes]:
    """The files of the tiny hospital, with a piece of text of one of them replaced."""
    files = tiny_files()
    text = files[file].decode()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    files[file] = text.replace(old, new).encode()
    return files
