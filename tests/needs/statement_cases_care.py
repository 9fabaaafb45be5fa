"""What sentences state of care and discharge, in the form of `statement_cases`."""

CASES = {
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
yes | ++ falls risk, cohort bay
yes | Slipped off commode this morning, no injury
yes | sensor alarm on chair
yes | history of multiple falls, unsteady
yes | Pt had a fall in the bathroom
yes | Falls: high risk, bed rails not appropriate
no | Falls risk assessed as low
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
delirium | muddled overnight, thinks he is at home
delirium | hallucinating, picking at the air
delirium | more confused than yesterday
dementia | Mixed Alzheimer's / vascular dementia, lives with daughter
dementia | advanced dementia, non verbal
intact | Alert, orientated to time place and person
intact | GCS 15, A+O x3
intact | nil confusion
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
yes | HCA sitting with pt at all times
yes | one to one obs as absconding risk
yes | EPO level 4, 1:1
no | 1:1 no longer required
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
two | AO2 with ZF to chair
two | transfers with 2 and Zimmer frame
two | Needs x2 to stand
one | mobilising with zimmer and A of 1
one | Min A x1 with RW
hoist | full hoist for all transfers
hoist | Hoisted into chair for lunch
bed_bound | cared for in bed
bed_bound | on bedrest post angio until 18:00
bed_bound | spinal precautions, log rolling
independent | up and about independently
independent | mobile and self caring
supervision | mobilises with s/v of 1
supervision | S/B supervision for stairs
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
yes | EOLC, SD running
yes | For TLC, family at bedside
yes | patient is now in the dying phase
yes | Palliative approach, comfort focused care only
yes | Medication via syringe driver for symptom control
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
yes | assisted with breakfast and lunch
yes | needs full help to eat and drink
yes | All meals fed by HCA, on puree
yes | Assistance required at mealtimes
no | Managed own breakfast independently
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
yes | Mandarin speaking, interpreter on phone used
yes | Pt does not speak English, son helps
yes | ESL, needs Farsi interpreter
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
ready | MOFD since 12/3
- | Stays, r/v EDD Fri
ready | Medically stable for d/c
ready | Fit for discharge from surgical point of view
review | ?home tomorrow
- | EDD Friday
review | plan home in 48 hours
not_ready | not for home today
not_ready | Remains unwell, continue IV abx
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
- | SHx lives alone, no carers, 3rd floor flat, no lift
package_of_care | D2A P1 referral sent, waiting for slot
- | Awaiting CT head
- | Carers QDS at home
- | Lives in a care home
- | Awaiting chest physio
- | Awaiting PEG tube placement
- | Daughter visiting
- | Hoist transfers
package_of_care | Waiting for restart of POC
package_of_care | Needs increase in package of care, referred
care_home | MOFD, sourcing nursing home
care_home | SNF placement pending
community_bed | awaiting rehab bed at community hospital
equipment | Home delayed as commode and hospital bed not delivered
social_work | Referred to social services, allocation awaited
transport | Transport booked for 10am tomorrow, home after
medicines | for home, waiting for TTOs
tests | home if echo ok, awaiting echo
""",
}
