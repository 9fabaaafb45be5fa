"""What sentences state of each need: "value | sentence", or "- | sentence" where they state nothing of it."""

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
""",
    "falls": """
yes | High risk of falls
yes | Falls risk, sensor mat in place
yes | Morse 55
yes | Morse Fall Score of 60
yes | STRATIFY 3
yes | Unwitnessed fall overnight
yes | Found on the floor next to bed
yes | Low bed, crash mats both sides
yes | Recurrent falls at home
yes | Climbing out of bed repeatedly
yes | Fall precautions in place
yes | Patient fell on the ward
no | Not at risk of falls
no | Low falls risk
no | Morse 15
no | Falls risk: low
- | Falls risk assessment completed
- | Morse 30
- | STRATIFY 1
- | No falls this admission
- | Bed in lowest position
- | Fall in haemoglobin
- | Mother has recurrent falls
- | BP falls on standing
""",
    "cognition": """
delirium | 4AT 7
delirium | Acutely confused, pulling at lines
delirium | CAM-ICU positive
delirium | Hypoactive delirium, drowsy
delirium | Disorientated in time and place
dementia | PMH: Alzheimer's disease, T2DM
dementia | Known vascular dementia
dementia | Lewy body dementia with falls
dementia | BPSD, wandering
intact | No cognitive impairment
intact | 4AT 0
intact | AMTS 9/10
intact | Alert and orientated
intact | A&O x4
intact | Not confused
- | AMTS 5/10
- | Delirium screen sent
- | Mother has dementia
- | Monitor for delirium
- | 4AT 2
- | Obs 4 at 10:00
- | Delirium has resolved
- | Confused at baseline
""",
    "one_to_one": """
yes | 1:1 specialing overnight
yes | Needs one-to-one nursing
yes | RMN special in place
yes | Enhanced care level 4
yes | Arm's length observation
yes | Within eyesight at all times
yes | Sitter at bedside
yes | Cannot be left alone
yes | 2:1 observation with security
no | 1:1 stepped down this morning
no | No longer requires 1:1
no | Specialing discontinued
- | Flutter with 1:1 conduction
- | 1:1 physio session
- | Consider 1:1 if agitated
- | Enhanced care level 2
- | Level 3 care
- | Was on 1:1 last admission
""",
    "mobility": """
independent | Independently mobile on the ward
independent | Mobilises with stick
independent | Self caring
independent | Up ad lib
supervision | Walks with supervision
supervision | Needs close supervision
one | Ax1 to transfer
one | Assist of one with zimmer
one | Transfers with 1
one | Sara Stedy for transfers
one | Minimal assist
two | A x 2
two | Assistance of two with stedy
two | Needs two staff to stand
hoist | Hoist transfers only
hoist | Hoisted out to chair
bed_bound | Strict bed rest
bed_bound | Bedbound
bed_bound | Log roll with four
bed_bound | Unable to sit out
- | Normally independent
- | Hoist ordered for home
- | A1 pulley release
- | a 2 to 3 mm nodule
- | Previously mobile with stick
- | Bed 2 cleaned
""",
    "end_of_life": """
yes | End of life care, family present
yes | Last days of life
yes | Actively dying
yes | Comfort care only
yes | Syringe driver with midazolam and morphine
yes | Fast track discharge submitted
yes | Awaiting hospice bed
yes | Active treatment withdrawn
no | For full escalation
no | Not end of life
- | DNACPR in place
- | ReSPECT form completed
- | Palliative chemotherapy cycle 3
- | Syringe driver with ondansetron
- | Father died in a hospice
- | A sling for comfort
- | End of life discussion planned
- | Anticipatory meds prescribed
""",
    "feeding": """
yes | Needs help with meals
yes | Red tray
yes | Requires full assistance with eating and drinking
yes | Fed by staff
yes | Unable to feed himself
yes | Spoon fed puree
yes | Feeding assistance required
no | Feeding himself
no | Eating and drinking independently
no | Independent with meals
no | Self-feeding with left hand
- | NG feed 50 ml/h
- | PEG feeds overnight
- | Needs feeding via NG
- | Needs encouragement to eat
- | May need help with meals
- | Breast feeding well
""",
    "interpreter": """
yes | Interpreter booked for 14:00
yes | Speaks no English
yes | Polish speaking only
yes | Needs Urdu interpreter
yes | Language line used
yes | Limited English, daughter translating
yes | BSL user
yes | Non-English speaking
no | No interpreter needed
no | Speaks good English
no | Interpreter not required
- | Speaks Polish and English
- | Mother needs interpreter
- | French manicure
- | Wife speaks English
- | German measles
""",
    "readiness": """
ready | MFFD
ready | Medically optimised for discharge
ready | No longer meets criteria to reside
ready | Home today
ready | Ready for discharge
review | Aim home tomorrow
review | Home tomorrow if bloods ok
review | Likely discharge Friday
review | Discharge pending CT result
not_ready | Not MFFD
not_ready | Not medically fit
not_ready | Meets criteria to reside
not_ready | Not for discharge
not_ready | Discharge postponed
not_ready | Too unwell for home
- | Not fit for theatre
- | Home visit done
- | Home oxygen assessment
- | Lives in nursing home
- | Discharge from wound
- | Previously MFFD
""",
    "barrier": """
package_of_care | MFFD awaiting POC
package_of_care | Package of care not in place
package_of_care | Needs QDS package of care
care_home | Awaiting nursing home placement
care_home | Needs 24 hour care
community_bed | Waiting for community hospital bed
community_bed | Referred to inpatient rehab
equipment | Discharge delayed, awaiting hospital bed
housing | Homeless, no accommodation
social_work | Awaiting social work assessment
social_work | Pending court of protection
therapy | Needs OT home visit before discharge
medicines | Home once TTOs ready, awaiting pharmacy
transport | No transport until tomorrow
tests | Home pending echo
family | MFFD, awaiting family meeting
 | No barriers to discharge
- | Awaiting CT head
- | Carers QDS at home
- | Lives in a care home
- | Awaiting chest physio
- | Awaiting PEG tube placement
- | Daughter visiting
- | Hoist transfers
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
""",
}
