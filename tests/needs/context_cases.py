"""Cue cases: the mention in square brackets, and what turns it ("" where it is so, now, of this patient)."""

from tests.needs.context_cases_blind import FIRST, SECOND, THIRD

TURNED = """
negated|No [fever] overnight
negated|Denies [chest pain], SOB or palpitations
negated|Denies chest pain, [SOB] or palpitations
negated|Nil [oxygen] requirement
negated|Afebrile, no [cough], eating well
negated|Pt is not [confused] this morning
negated|Mobile without [oxygen]
negated|On screening, [MRSA] not detected
negated|[MRSA] screen negative
negated|[C diff] toxin -ve
negated|[TB] ruled out by ID team
negated|PE and [pneumothorax] excluded on CT
negated|[Isolation] no longer required
negated|[Telemetry] discontinued today
negated|Came off [oxygen] at 0400
negated|Weaned off [high flow] overnight
negated|Not for [ICU], ward-based care
negated|No longer needs [suction]
negated|No evidence of [sepsis]
negated|Does not require [dialysis] today, doesn't need [filtration]
negated|[Dialysis] not indicated
negated|Swab shows no growth, [influenza] not detected
negated|Never [intubated]
negated|Lines free of [infection]
negated|Neither [stridor] nor drooling
negated|Neither stridor nor [drooling]
negated|Unlikely [meningitis]
negated|[Norovirus] PCR neg
negated|Declined [telemetry]
negated|[Bariatric bed] not needed as wt 92 kg
negated|Can't see any [rash]
negated|Contact precautions lifted, [barrier nursing] stopped
hypothetical|For [ICU] if deteriorates
hypothetical|If spikes, start [oxygen]
hypothetical|Escalate to [HDU] if NEWS > 7
hypothetical|May need [dialysis] if K rises
hypothetical|Would need [ventilation] in the event of fatigue
hypothetical|Might require [HFNC] later
hypothetical|Monitor for [confusion]
hypothetical|At risk of [falls]
hypothetical|Low threshold for [intubation]
hypothetical|Consider [telemetry]
hypothetical|[Suction] available if needed
hypothetical|[Oxygen] prn
hypothetical|Watch for [delirium] overnight
hypothetical|[NIV] to be considered
hypothetical|Should he tire, [NIV] trial
hypothetical|Warned about [bleeding]
hypothetical|[Side room] unless cleared
hypothetical|Call if [breathless] at rest
hypothetical|Risk of [aspiration] discussed
historical|History of [MRSA] in wound
historical|h/o [C diff] after clindamycin
historical|Hx of [delirium]
historical|Previous [intubation] for status
historical|Previously on [dialysis]
historical|[C diff] 2 years ago
historical|[TB] as a child, fully treated
historical|Known previous [MRSA]
historical|PMH: [COPD], AF
historical|s/p [tracheostomy] closed
historical|[Influenza] last winter
historical|[Delirium] on previous admission
historical|Was on [HFNC] in resus
historical|Initially [ventilated]
historical|Treated for [tuberculosis]
historical|[Confusion] has resolved
historical|Past [falls]
historical|Used to need [home oxygen]
historical|[Ventilated] last admission
other_person|Mother has [MRSA]
other_person|Family history of [renal failure]
other_person|FHx: [stroke], IHD
other_person|His wife has [influenza]
other_person|Father on [dialysis]
other_person|[TB] in her mother
other_person|Patient opposite has [norovirus]
other_person|Sister died of [leukaemia]
other_person|Brother needed [ventilator] in the same year
other_person|Daughter recently had [covid]
other_person|[Haemophilia] runs in the family
other_person|Cares for husband with [dementia]
other_person|Pt in bed next door has [C diff]
other_person|Grandson off school with [chickenpox]
other_person|Husband [positive for flu]
"""

PLAIN = """
|No fever but needs [oxygen]
|Denies chest pain, on [2L nasal cannula]
|No SOB, needs [telemetry] for AF
|Afebrile, no cough, requires [suction] hourly
|Not only [hypoxic], also septic
|No change in [oxygen] requirement
|Unable to wean off [oxygen]
|Not improving on [HFNC]
|Cannot be left [alone]
|[Confused] and cannot be left
|Does not fit a standard bed: needs [bariatric] frame
|No improvement, remains [septic]
|Negative for flu; [norovirus] positive
|MRSA negative but [C diff] positive
|Nil by mouth, [suction] at bedside
|Apyrexial. [Isolated] in side room
|Denies pain; [confused]
|No rash (but [febrile] 39.2)
|Was not sleeping, now [agitated]
|No longer on ward, currently in [HDU]
|[Ventilated] day 3, no new issues
|[Telemetry] continues, no arrhythmia overnight
|On [haemodialysis] Mon/Wed/Fri, not due today
|[Isolate] in side room until 48 h clear
|Keep in [isolation] if not already there
|NEWS 8 therefore [HDU]
|Requires [one to one] because she is not safe alone
|History of presenting complaint: [breathless] 3 days
|82 year old lady with [delirium]
|Old age and [frailty]
|Past few days more [breathless]
|Wife reports he is [confused]
|Daughter says she [falls] daily
|Husband worried: [drowsy] since last night
|Discussed with son, needs [dialysis] tonight
|Lives with wife, [falls] frequently
|Found by neighbour, [hypothermic]
|Mother of two, on [telemetry]
|Son visiting, pt [agitated] throughout
|h/o COPD, now on [NIV]
|Previous stroke, admitted with [pneumonia]
|Prior MI, currently on [telemetry]
|Was confused; [delirious] again today
|Known AF which requires [telemetry]
|Previously well but [septic] at present
|History of falls, remains [high falls risk]
|Treated for sepsis, still [hypotensive]
|Resolved AKI, needs [oxygen]
|If K rises call renal. On [telemetry]
|May mobilise; [oxygen] 4L
|Consider discharge tomorrow, has [delirium]
|Monitor K, on [cardiac monitor]
|Suspected [C diff], sample sent
|Possible [pulmonary TB], airborne precautions
|?[flu], droplet precautions
|Family updated, pt [intubated]
|Patient not weaned, [tracheostomy] suction
|No visitors, [protective isolation]
|Tested for covid, [positive] today
|Off legs and [delirious]
|No doubt about [sepsis]
|Without difficulty walking, on [2 L oxygen]
|Not tolerating [CPAP mask]
|Not maintaining sats, [15L NRB]
|Nil acute, [haemodialysis] today
|Refuses food, [weight 190 kg]
|Alert, [on 28% venturi]
|Swabs sent, [barrier nurse]
|No allergies, needs [negative pressure room]
|Neutropenic, [protective isolation] started
|Visited by sister, [hallucinating]
|BP stable without inotropes, still [ventilated]
|Brother agrees, move to [high visibility bed]
|Stroke excluded, has [hypoglycaemia]
"""


def cases(block: str) -> list[tuple[str, str, str]]:
    """(what turns it or "", sentence with its brackets, and without)."""
    rows = (line.split("|", 1) for line in block.strip().splitlines())
    return [(kind, text, text.replace("[", "").replace("]", "")) for kind, text in rows]


def blind_cases(written: dict[str, str]) -> list[tuple[str, str, str]]:
    """The same of a list that was written blind; what is affirmed, or suspected, is turned by nothing."""
    kinds = {"affirmed": "", "suspected": ""}
    blocks = "\n".join(
        f"{kinds.get(kind, kind)}|{line}" for kind, block in written.items() for line in block.split("\n") if line
    )
    return cases(blocks)


def every_case() -> list[tuple[str, str, str]]:
    """All cases that are committed."""
    return [case for block in (TURNED, PLAIN) for case in cases(block)] + [
        case for written in (FIRST, SECOND, THIRD) for case in blind_cases(written)
    ]
