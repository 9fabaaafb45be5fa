"""What sentences state of bed needs: "value | sentence", or "- | sentence" where they state nothing of the need."""

CASES = {
    "oxygen": """
yes | On 2L via nasal specs, sats 93%
yes | Sats 91% on 4 L/min O2
yes | 28% venturi, target 88-92
yes | FiO2 0.4 on HFNC 50L
yes | Requires supplemental oxygen overnight
yes | Weaned from 6L to 2L NC
yes | SpO2 84% on air
yes | 15L non-rebreathe mask applied
yes | LTOT at home, continues 1 L
no | Weaned off oxygen, sats 96 % RA
no | Sats 97% on room air
no | SVIA, comfortable
no | Nil oxygen requirement
no | HFNC discontinued this morning
no | Not on oxygen
no | Oxygen stopped at 0600
- | May need oxygen overnight
- | O2 sats 94%
- | FiO2 0.21
- | Nursed on air mattress
- | Drained 2 L of ascites
- | 1.5L fluid restriction
- | Mother on home oxygen
- | Desaturates to 86% on air when walking
- | Wound left open to air
yes | O2 @ 3L/min NC, SpO2 92%
yes | now on 60% humidified via trachy mask
yes | Sats drop to 85% RA, put on 2 litres
yes | O2 requirement up from 2L to 6L
no | RR 16 sats 98 RA
no | managing without O2 since this morning
no | obs: T 36.8 P 72 BP 130/70 RR 14 SpO2 97% (RA)
""",
    "niv": """
yes | Continues on BiPAP 14/5 overnight
yes | CPAP 10 cmH2O, tolerating well
yes | NIV day 2, pH 7.31
yes | Nocturnal NIV
no | NIV weaned off
no | Not for NIV, not for ICU
no | Off BiPAP since Tuesday
no | Patient refusing CPAP
no | No longer requires NIV
- | Would need NIV if pCO2 rises
- | Low threshold for CPAP
- | Previously on NIV in 2021
- | Father uses CPAP
- | Chest clear, sats stable
yes | Uses own CPAP machine at night for OSA
yes | NIV mask on 16 hrs a day, IPAP 20 EPAP 5
""",
    "ventilator": """
yes | Intubated and ventilated, sedated on propofol
yes | Remains on the ventilator, SIMV 14, PEEP 8
yes | ETT in situ 22 cm at teeth
yes | Mechanically ventilated day 4
yes | Ventilator dependent via tracheostomy
no | Extubated at 11:20, on 2L
no | Self ventilating in air
no | Not intubated
no | Off the ventilator since noon
no | Weaned from ventilator
- | For extubation tomorrow
- | Not for intubation
- | May require intubation
- | Non-invasively ventilated overnight
- | Was ventilated in 2020
- | Well ventilation area
yes | Day 5 vent, FiO2 50%, PEEP 10
yes | pt remains I+V, RASS -3
no | Extubated yesterday to HFNC
""",
    "dialysis": """
yes | Haemodialysis MWF via fistula
yes | On CRRT, citrate running
yes | ESRF on HD
yes | Dialysed today, 2.1 kg removed
yes | CAPD four exchanges a day
no | Dialysis not required today
no | CVVH stopped
no | No need for haemodialysis
no | No longer on dialysis
- | May need dialysis if K rises
- | CKD 4, pre-dialysis clinic
- | Brother on dialysis
- | HD stable overnight
- | Admitted 12/3, on HD 4 of stay
- | AV fistula left arm
yes | Last HD session Tuesday, next due Thursday
yes | AKI 3 on RRT via vascath
yes | for haemodialysis today
""",
    "suction": """
yes | Needs oral suction 2 hourly
yes | Tracheal suctioning, thick secretions
yes | Tracheostomy in situ, inner tube changed
yes | Chest drain on suction -20
yes | Yankauer suction by patient
no | No longer needs suction
no | Suction not required overnight
no | Not requiring suctioning
no | Off suction, drain on underwater seal
- | Suction checked and working
- | Suction if needed
- | Suction evacuation under GA
- | May need suction post extubation
- | Chest clear
yes | requires frequent oropharyngeal suctioning
yes | trache pt, suctioned x4 overnight
""",
    "telemetry": """
yes | On telemetry for AF with pauses
yes | Continuous cardiac monitoring
yes | Tele: SR 70s with PVCs
yes | Needs ECG monitoring 24 h
yes | Cardiac monitored bed please
no | Telemetry discontinued
no | Off tele
no | Does not need telemetry
no | Cardiac monitoring no longer required
- | Consider telemetry
- | Tele-health follow up
- | Telemetry if palpitations recur
- | Telephone call to daughter
- | Was on telemetry in resus
yes | keep on cardiac monitor overnight
yes | remains on tele, occasional ectopics
""",
    "bariatric": """
yes | Needs bariatric bed and hoist
yes | Bariatric commode ordered
yes | Extra-wide chair in use
yes | Heavy duty frame provided
no | Bariatric bed not needed
no | Non bariatric bed fine
no | Standard bed is suitable
no | Does not need bariatric equipment
- | Bariatric surgery in 2012
- | Referred to bariatric clinic
- | Obese, BMI 34
- | May need bariatric bed
- | Mother had bariatric bed at home
yes | nursed on bariatric low bed
""",
    "visible": """
yes | Please nurse near nurses' station
yes | Moved opposite the nurses station
yes | High visibility bed
yes | In direct sight of staff
- | Husband near the station
- | Station 3 called
- | Would need high visibility bed
- | Nurse in charge informed
yes | Bed by the nurses' station please
yes | Nursed in a high-vis bay
yes | Keep within view of nurses
- | Lost sight in left eye
- | Drove to the petrol station
- | No longer in high visibility bed
""",
    "isolation": """
contact | Contact precautions
contact | Barrier nursed for C diff
contact | MRSA positive
contact | CPE confirmed on rectal swab
droplet | Droplet precautions
droplet | Isolated in side room with flu A
droplet | Covid positive
airborne | Negative pressure room
airborne | Airborne isolation for TB
protective | Protective isolation, neutropenic
protective | Reverse barrier nursing
none | Isolation no longer required
none | Barrier nursing stopped
none | No precautions needed
- | MRSA screen negative
- | Socially isolated
- | Isolated fracture
- | Negative pressure wound therapy
- | Wife is Covid positive
- | Isolate if diarrhoea
- | Previous MRSA
contact | In SR for MRSA
contact | CDT positive, isolate
droplet | Resp isolation, influenza A detected
airborne | SR neg pressure, smear pos TB
none | Out of isolation, screens clear
protective | Neutropenic, reverse barrier
""",
    "organism": """
C. difficile | C diff toxin positive
C. difficile | Clostridioides difficile colitis
MRSA | MRSA bacteraemia
CPE | CPE positive
influenza A | Flu A positive
M. tuberculosis | Smear positive TB
norovirus | Norovirus confirmed
SARS-CoV-2 | COVID-19 positive
VRE | VRE in urine
RSV | RSV positive bronchiolitis
varicella zoster | Chickenpox, day 3 of rash
measles | Measles confirmed
- | MRSA screen sent
- | C diff negative
- | Flu jab given
- | Mother has TB
- | Covid vaccinated
- | Previous VRE
- | Influenza B positive
VRE | colonised with VRE
CPE | known CPE carrier
""",
    "level": """
icu | For ICU admission
icu | Transfer to ITU
icu | Level 3 care
hdu | HDU step down bed
hdu | Needs level 2 care
hdu | Step down from ICU to HDU
ward | Ward-based ceiling of care
ward | Fit for the ward
ward | Stepped down to the ward
ward | Wardable
- | ICU outreach review
- | Discussed with ITU registrar
- | Not for ICU
- | For HDU if deteriorates
- | Recent ICU stay
- | Level 3 enhanced obs
icu | ICU bed requested
hdu | accepted to HDU for NIV
hdu | Level 2 bed needed post op
icu | needs critical care, d/w ITU cons who accepts
ward | Step down to ward when bed available
""",
    "acuity": """
2 | ESI 2
1 | Triage category 1
4 | KTAS level 4
2 | Triaged orange
5 | Triage category blue
2 | NEWS2 8
2 | NEWS score 9
1 | Peri-arrest
- | NEWS2 4
- | Escalate if NEWS > 7
- | Good news 7 days on
- | Triaged at 10:40
- | ESI 12
2 | ESI level 2
2 | NEWS 10
""",
}
