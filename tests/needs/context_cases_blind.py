"""Sentences written before the cues were looked at: an honest measure of how the reading of context carries over.

The phrase that counts stands in brackets; the heading says how it must be read.
"""

from __future__ import annotations

FIRST = {
    "negated": """
Denies [chest pain] on exertion.
Pt denies any SOB, cough or [fever].
No [oxygen] required overnight.
Nil [evidence of delirium] this am.
Chest clear, no [wheeze], no creps.
Not requiring [suction] since extubation.
Not for [NIV].
Not on [dialysis].
No longer on [telemetry].
Has no [falls] in the last year.
4AT 0, no [delirium].
CT head: no [intracranial haemorrhage].
MRSA screen [MRSA] negative.
[C. diff] toxin negative x2.
[Covid] PCR neg.
[Flu] A/B not detected.
[Pulmonary embolism] ruled out on CTPA.
[Tuberculosis] has been excluded.
TB excluded so [airborne precautions] stepped down.
No need for [1:1] at present.
Nil [isolation] precautions needed.
Doesn't need [hoist] transfers any more.
[Oxygen] weaned off at 06:00.
[High flow] discontinued yesterday evening.
[Telemetry] no longer needed, d/w cardiology.
Abdo soft, without [guarding] or rebound.
Patient is free of [pain].
Not known to have [dementia].
No known [cognitive impairment].
Neither [confused] nor agitated.
Never been [ventilated].
Does not appear [agitated].
Unlikely to be [sepsis].
ECG shows no [ST elevation] and no arrhythmia.
There is no indication for [haemodialysis] today.
Family report no [wandering] overnight.
Declined [NIV], capacity documented.
[Fall] not witnessed, denies [head injury].
Sats 97% on air with no [supplemental O2].
No c/o [N+V].
w/o [fever] or rigors.
(-) [chest pain], (-) SOB.
Non [bariatric] bed is fine.
No s/s of [infection] at line site.
Barrier nursing stopped, [isolation] lifted by IPC.
[Side room] not required.
[Syringe driver] not needed.
She did not [fall] overnight.
Was not [confused] on review.
[Delirium]: nil.
""",
    "hypothetical": """
If sats drop below 88% start [NIV].
For [HDU] review if lactate rises.
[ICU] if deteriorates.
May need [dialysis] if K+ stays high.
Consider [telemetry] if palpitations recur.
Might require [intubation] later today.
Monitor for [seizures].
Watch for signs of [delirium].
Please escalate if [new confusion].
Return if [fever], rash or neck stiffness.
Low threshold for [CPAP].
Could be [TB], sputum x3 sent.
?[PE], CTPA booked.
? [sepsis] of unknown source.
Query [C diff], sample sent.
Rule out [meningitis].
To r/o [ACS].
At risk of [alcohol withdrawal].
Suspected [influenza], swab awaited.
[Covid] swab pending.
Plan: if becomes agitated, [1:1] specialing overnight.
[Norovirus] to be ruled out.
Would be for [ventilation] in the event of arrest.
Discussed the possibility of [dialysis] in the longer term.
In case of [haemorrhage], call surgical reg.
Unless [hypoxic], keep on air.
Oxygen PRN, give [oxygen] only if sats <92%.
Should he [fall] again, CT head.
Not yet on [BiPAP], would benefit if pCO2 climbs.
[Hoist] may be needed if legs remain weak.
[Intubation] if GCS <8.
Prophylactic clexane to prevent [DVT].
Advised to come back for [bleeding] or worsening pain.
Potential for [bed rest] depending on MRI spine.
Await micro to see whether [MRSA].
Await decision re [level 2 care].
""",
    "historical": """
History of [MRSA] in 2016, screens clear since.
PMH: previous [DVT].
Hx of [falls] prior to hip replacement in 2019.
Had [C. diff] two years ago.
Previously on [home oxygen] for 3 months in 2021.
[Delirium] on last admission.
[TB] treated in childhood.
Past [alcohol excess], dry for 10 years.
Was [ventilated] for covid in 2020.
S/p [intubation] at another hospital last year.
[Stroke] 2014 with full recovery.
During a previous admission she needed [1:1].
[Isolated] for influenza last winter.
Remote history of [seizures].
H/O [VRE] 2018.
Used to need [dialysis] before the transplant.
Childhood [asthma].
[Fell] several times last summer.
Old [TB] scarring at the apices.
[ICU] stay in March 2022.
""",
    "other_person": """
Mother had [dementia].
Father died of [MI] at 56.
FHx: [stroke], T2DM.
Family history of [bowel cancer].
Wife has [MRSA].
Brother is on [dialysis].
Husband tested positive for [Covid].
Patient in the next bed has [C diff].
Her son is [ventilated] on ICU.
Daughter was admitted with [influenza] last week.
Grandmother with [TB].
Sister uses [home oxygen].
Neighbour in bay 3 has [norovirus].
Visiting mum in the [hospice].
Wife is [wheelchair] bound and he is her carer.
Bay contact of a patient with [CPE].
His carer has [shingles].
Partner recently treated for [scabies].
""",
    "affirmed": """
On 2L [oxygen] via nasal specs.
Remains on [NIV] overnight, settled.
[Confused] ++ overnight, pulling at lines.
Known [dementia], lives in care home.
Pt had unwitnessed [fall] at 03:10.
No change, still on [oxygen].
No pain but remains [confused].
Denies pain; [short of breath] on minimal exertion.
Not improving on [high flow].
[MRSA] positive, side room.
[C. diff] toxin positive, contact precautions.
Dialysis TTS, last [dialysis] yesterday without complication.
Assist of 2 for all [transfers].
Without the [hoist] she cannot transfer.
Not sleeping, [agitated] and climbing out of bed.
If able, sit out; currently [bed bound].
Family aware that he is [dying].
Mother at bedside, child on [CPAP].
Wife reports he has been [confused] for three days.
Daughter says she [fell] in the kitchen.
Son concerned about her [delirium].
No doubt this is [delirium].
Not only [hypoxic] but tachycardic.
Cannot mobilise without [assistance].
No improvement in [wheeze].
[Sepsis] not improving on tazocin.
Nil by mouth, on [TPN].
Unable to rule out [TB], remains in neg pressure room.
Could not tolerate [mask], pulled off twice.
No further fevers, [MRSA] bacteraemia day 5 of treatment.
Admitted with [pneumonia], previously well.
History of COPD, now on [BiPAP].
PMH stroke. [Hemiplegic] left side.
Came in after [fall] last night.
Presented with 3/7 history of [cough].
2 day history of [diarrhoea] and vomiting.
Had [NG tube] sited this morning.
[Hoist] transfers only.
Mobilising with [zimmer] and supervision.
Needs [red tray].
Requires [interpreter], Polish speaking.
Speaks no English, [interpreter] booked.
No English spoken, [Urdu] only.
Not weight bearing, [bed rest] for now.
[1:1] continues as high risk of absconding.
High risk of [falls], sensor mat in place.
[Falls] risk: high.
Tele shows [AF] rate 110.
Continuous cardiac [monitoring] in progress.
[Intubated] and sedated on propofol.
Trachy, needs [suction] every 2 hours.
Weaning [oxygen], now 1L.
O2 not weaned, [4L] ongoing.
[Isolation] continues until 48h clear.
Is in a [side room] for flu A.
For [end of life] care, syringe driver running.
[Syringe driver] commenced 14:00.
Family meeting held, [comfort care] only.
DNACPR in place; [palliative] team involved.
[MFFD], awaiting package of care.
Medically fit but [package of care] not in place.
Ready for home, no [transport] until tomorrow.
Seen by OT, [hoist] ordered.
Bedside [swallow] failed.
Allergic to penicillin; [rash] present on trunk.
Not MFFD yet as still needs [IV antibiotics].
No bed on HDU so kept here on [high flow].
Despite no fever, [septic] clinically.
[Delirium] persists although family feel he is better.
Denies falls although [fell] in ED.
Not for ICU, ward-based [NIV] is the ceiling.
Not for resus; continue [oxygen].
No previous MI. [Chest pain] ongoing now.
Mother denies fever but child has [rash].
No cough. [Wheeze] bilaterally.
No fever; [productive cough] green sputum.
Sats dropped to 84%, so put on [15L].
[Confusion] resolving but still present.
Continues to deny pain though [tender] RIF.
Without doubt [frail].
[Oxygen] increased to 6L at 0400.
Negative pressure room for [TB].
Gram negative [bacteraemia].
Non-invasive [ventilation] continues.
Not eating unless [fed].
Won't settle without [one to one].
Patient prev independent, now [A x 2].
As per last admission, [dementia] with BPSD.
Was on air, now on [2L].
Yesterday stable, today [drowsy].
Had been refusing [dialysis] but accepted today.
Lives with wife who has dementia; he himself is [confused] today.
Father present, patient [agitated].
Pending CT, [GCS] 13.
Await echo; on [telemetry] for runs of VT.
Swab sent for flu, [isolated] meanwhile.
Prevention of pressure damage: [bed bound], 2 hourly turns.
If pain continues give paracetamol; [vomiting] x3 today.
Please note: needs [bariatric] bed, 182 kg.
Weight 165kg, [bariatric] chair ordered.
[Dialysis] patient, fistula left arm.
ITU step down, [tracheostomy] in situ.
Day 2 post op, [epidural] running.
No concerns overnight apart from [wandering].
Nil new; [delirium] unchanged.
Unchanged: [oxygen] 3L.
Not himself, [hallucinating].
Was [confused] overnight, needed reassurance.
Absconded x1, now [1:1].
Not compliant with [CPAP], wearing it 2 h only.
""",
}
"""Committed first: measured, then learnt from."""
