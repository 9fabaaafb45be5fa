"""Ward sentences with everything that they state: "sentence | need=value;...", nothing after the stroke for nothing."""

NOTES = """
0300 pt found sat on floor beside commode, nil injuries | falls=yes
Obs stable on 4L O2 via face mask, productive cough | oxygen=yes
BiPAP off for breaks, back on at 2200 | niv=yes
Trial off O2 failed, back on 2L | oxygen=yes
Family feel he is not himself, disorientated to place | cognition=delirium
Lives alone with QDS POC, independent with frame | mobility=independent
Needs Romanian interpreter for consent | interpreter=yes
Reviewed by ITU outreach, no escalation needed |
Aiming to wean O2 |
NIV would not be appropriate |
Remains for full active treatment, not for CPR | end_of_life=no
Patient dying, family at bedside, mouth care given | end_of_life=yes
Hx of dementia, nursing home resident | cognition=dementia
T2DM, CKD3, dialysis not currently required | dialysis=no
Screening swabs for CPE and MRSA taken |
Loose stools x4, C diff sample sent, isolated in SR |
C diff GDH positive toxin negative |
Flu A positive, droplet precautions, bay 4 | organism=influenza A;isolation=droplet
TB treatment day 10, remains in negative pressure | organism=M. tuberculosis;isolation=airborne
Assist x 1 to commode, red tray, falls sensor | mobility=one;feeding=yes;falls=yes
Bed rest till seen by neurosurgeons | mobility=bed_bound
Sat out for 2 hours, hoisted back | mobility=hoist
Rolled with 2, all care given | mobility=two
Walked to the bathroom with nurse | mobility=one
Mobility at baseline |
PT: min assist bed to chair with RW | mobility=one
Ambulated 50 ft with SBA | mobility=supervision
Pt A&Ox3, room air, up ad lib | cognition=intact;oxygen=no;mobility=independent
2L NC, tele NSR, NPO after midnight | oxygen=yes;telemetry=yes
SNF accepted, ride at 3 pm |
Dispo: pending SNF placement | barrier=care_home
Discharge home today with home health | readiness=ready
Medically ready, awaiting insurance auth for rehab | readiness=ready
MFFD from medical POV but awaits SW | readiness=ready;barrier=social_work
Not medically optimised, CRP 180 | readiness=not_ready
If INR in range home tomorrow | readiness=review
Daughter confused about plan |
Son is an interpreter for the NHS |
Feeds stopped for 4 h pre procedure |
Took her own diet, no assistance needed with meals | feeding=no
Ate half of lunch with assistance of HCA | feeding=yes
Sips only, encourage oral fluids |
PEG feed via pump 65 ml/h |
Constant supervision by RMN, sectioned under 5(2) | one_to_one=yes
Tailored 1:1 not needed at night | one_to_one=no
Close obs q15min |
BMI 52, bariatric bed in situ | bariatric=yes
Previous gastric band, bariatric team |
Intubated in ED for airway protection, now on propofol | ventilator=yes
Trachy capped, self ventilating on RA | ventilator=no;oxygen=no
CVVHDF running, fluid removal 100 ml/h | dialysis=yes
HD line removed |
On continuous telemetry, no events | telemetry=yes
Stepdown to level 1 | level=ward
ICU consultant happy for ward |
Needs HDU for arterial line and metaraminol | level=hdu
Fall from ladder, L1 fracture |
Low risk for falls per Morse of 20 | falls=no
Morse fall scale = 75 | falls=yes
4AT = 0, AMT 10/10 | cognition=intact
CAM -ve |
No delirium |
COVID swab neg, isolation discontinued | isolation=none
Contact plus precautions, MDRO | isolation=contact
Wife is main carer and has MS |
Chest drain on -20 suction, swinging | suction=yes
Oral suction at bedside | suction=yes
ESI 3 | acuity=3
"""
