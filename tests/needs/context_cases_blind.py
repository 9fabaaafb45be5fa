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
Fall witnessed, denies [head injury].
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
At risk of [alcohol withdrawal].
Plan: if becomes agitated, [1:1] specialing overnight.
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
    "suspected": """
Could be [TB], sputum x3 sent.
?[PE], CTPA booked.
? [sepsis] of unknown source.
Query [C diff], sample sent.
Rule out [meningitis].
To r/o [ACS].
Suspected [influenza], swab awaited.
[Covid] swab pending.
[Norovirus] to be ruled out.
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
"""Measured first, then learnt from; a suspicion is kept, for precautions begin with it."""

SECOND = {
    "negated": """
Bloods back, [troponin] not raised.
Not febrile or [tachycardic] since theatre.
Nursed flat, no [agitation] noted overnight.
[Pneumothorax] not seen on repeat film.
GI team happy that there is no [active bleeding].
She isn't [breathless] when talking.
Drain out, [suction] turned off.
Has not needed [bipap] for 48 hours.
Walks to toilet, doesn't use a [frame].
[Catheter] removed, TWOC passed.
Neuro: GCS 15, nil [focal deficit].
Stool negative for [C. diff].
[VRE] swab came back negative.
CXR shows no [consolidation].
Hasn't had any [seizures] on the ward.
[Restraints] discontinued at 0800.
Patient denied [suicidal ideation].
No clinical signs of [DVT].
[Contact precautions] can be discontinued.
Absence of [stridor].
Never needed [home O2].
[Haemofiltration] stopped yesterday, passing urine.
Without [tremor], no signs of withdrawal.
""",
    "hypothetical": """
If his GCS falls call for [intubation].
[HDU] bed may be needed post op.
Plan to start [CPAP] should the gases worsen.
Observe for [haematuria].
Could be moved to [side room] if diarrhoea recurs.
Would consider [dialysis] when potassium exceeds 6.5.
[Lorazepam] if agitated.
Will need [hoist] if unable to stand with physio.
At risk of [refeeding syndrome].
Patient to be placed on [telemetry] if syncope recurs.
Suction available in case of [vomiting].
Advised re signs of [infection].
[Transfusion] if Hb under 70.
To prevent [pressure sores] turn 3 hourly.
[ITU] to be informed if lactate above 4.
""",
    "historical": """
[Pneumonia] in 2018, fully recovered.
Had [TB] as a teenager, completed treatment.
Prior [cardiac arrest], ICD in situ.
[Delirium] after her hip operation last year.
Required [ventilation] during her 2021 admission.
Previous [falls], none for a year.
Was on [dialysis] until her transplant.
[Norovirus] last month, now clear.
Past history of [alcohol misuse].
[Confused] in ED, settled since.
Old [MRSA] alert on system.
Ex-[smoker], stopped 1998.
""",
    "other_person": """
Grandfather suffered with [Parkinson's].
His mother has recently been diagnosed with [C diff].
Two siblings with [cystic fibrosis].
Wife currently an inpatient with [influenza].
Son has [autism] and lives at home.
Family hx: [epilepsy] in an uncle.
Roommate diagnosed with [scabies].
[Sickle cell] trait in both parents.
Mum on [oxygen] at home, he helps her.
Patient in bed 4 is [MRSA] positive.
""",
    "affirmed": """
Tolerating [NIV] well, no leak.
[Nebulisers] given with good effect, no further wheeze.
Remains [disorientated] despite no sedation.
Not coping at home, [unkempt] on arrival.
No PR bleed today but [melaena] overnight.
Cannot stand without [two staff].
Known to have [COPD], no home oxygen.
[Confusion] worse at night.
Son and daughter present; [sedated] and comfortable.
Husband says he was more [confused] than usual.
Needs [suction] every hour, secretions not thick.
[CPAP] since 2 am, no vomiting.
Fall from bed at 2015, [haematoma] to forehead.
Not yet weaned from [high flow].
Spouse reports [seizure] lasting 3 min.
[Dialysed] this morning, 2 L off.
No chance of going home, [palliative] care only.
Family understand [end of life] care has begun.
Remains on [droplet precautions], swabs not back.
Denies alcohol. [Jaundiced] ++.
[Isolated] as C diff cannot be excluded.
Has [delirium]; no infection found.
In [side room] 3 with door closed.
Despite absence of fever [WCC] 22.
NBM, [NG feed] running at 50 ml/h.
Doesn't tolerate lying flat, [orthopnoeic].
Ongoing [oxygen] via venturi 28%.
Still needs [assistance of 2] to transfer.
No response to voice, [GCS] 6.
Carers report [wandering] at night.
""",
}
"""Written after the rules had been mended: 77 of 90 right before anything else was changed."""

THIRD = {
    "negated": """
Haemodynamically fine, [inotropes] weaned off.
Patient and family report no [allergies].
[Chest pain] denied throughout.
Pain team: [epidural] taken out this morning.
No more [vomiting] since ondansetron.
[Sepsis] felt unlikely by micro.
Obs stable, [oxygen] off since 10:00.
[Meningism] absent.
Sputum AFB x3 negative, [airborne isolation] lifted.
Mobile to bathroom without [assistance].
Failed to show any [arrhythmia] on 24 h tape.
Does not meet criteria for [sepsis].
[RSV] not detected on respiratory panel.
[Restraint] was never applied.
[Hypoglycaemia]: none overnight.
[Haematemesis] or melaena not reported.
[Pacing wires] removed without incident.
[Intubation] avoided.
[Covid] swab came back negative.
[Telemetry] has now been stopped by cardiology.
""",
    "hypothetical": """
Please call if [stridor] develops.
[Antiemetic] as needed.
May progress to [dialysis].
For [bipap] if CO2 retaining.
Keep [suction] on standby.
[CT head] if GCS drops.
Discussed risk of [stroke] with AF.
[Rehab] to be considered once stable.
[Isolation] may be required depending on result.
[Laxatives] PRN.
[Intubation] would not be appropriate unless reversible cause.
[Bariatric bed] if weight over 150 kg.
""",
    "historical": """
[DVT] following flight in 2009.
[Intubated] for status epilepticus years ago.
[Bronchiolitis] as an infant.
[Stroke] previously, no residual weakness.
[MRSA] 2019 decolonised.
Used [CPAP] in the past, gave it back.
[Delirium] has now resolved.
Previously [bed bound] for 3 months.
[C. diff] treated previously with vancomycin.
[Confusion] resolved with fluids.
[Hip fracture] three years ago.
""",
    "other_person": """
Strong family history of [breast cancer].
[Diabetes] runs in family.
Girlfriend has [chlamydia].
Her husband has [dementia] and cannot be left.
[Covid] in household.
Cousin with [TB] visited last month.
[Huntington's] in his father.
Paternal uncle had [MI] at 40.
""",
    "affirmed": """
No evidence of improvement in [delirium].
Patient cannot stand, needs [hoist].
[Hypoxic] on exertion, no distress.
Not drinking, [dehydrated].
Nil changes: [BiPAP] 14/5 overnight.
Off baseline, [drowsy].
[MRSA] isolated from sputum.
[Febrile] 38.9, cultures taken, no rash.
Mother in attendance, baby on [high flow].
No falls but [unsteady] on feet.
[Weak] all over, denies vertigo.
Without family; [interpreter] used for consent.
Had an episode of [VT] at 0430, now sinus.
[Diarrhoea] x6, C diff sent.
[Assist x2] with stand aid, previously mobile with stick.
Refused breakfast, [needs feeding].
[Septic shock], on noradrenaline.
[Delirious] since admission.
No longer for full escalation, [end of life] care.
Declining since Friday, [comatose].
[Agitated], daughter sitting with her.
Stopped eating, [cachectic].
Came off the trolley, [head laceration].
Wife unable to cope: patient [doubly incontinent].
[Oxygen] 2 L, target 88-92.
""",
}
"""Written after the second mending, and harder: 61 of 76 right before anything else was changed."""
