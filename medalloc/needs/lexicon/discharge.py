"""How notes speak of readiness for discharge and of what stands in its way (data only)."""

from __future__ import annotations

from medalloc.domain.needs import Barrier
from medalloc.needs.cues import Modifier
from medalloc.needs.lexicon.entry import SILENT, Entry

_HYPOTHETICAL = (Modifier.HYPOTHETICAL,)
_EITHER = (Modifier.HYPOTHETICAL, Modifier.NEGATED)
_DAY = r"(?:today|this (?:am|pm|morning|afternoon|evening)|later today|now)"
_SOON = (
    r"(?:tomorrow|tmrw|tomo|tom|mane|over (?:the )?weekend|(?:in )?(?:24|48|24-48|1-2|2-3|"
    r"next few) ?(?:h|hrs?|hours|days|/7)|mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thurs?(?:day)?|"
    r"fri(?:day)?|sat(?:urday)?|sun(?:day)?|next week|this week)"
)
_HOME = r"(?:home|discharged?|dc|d/c|dch)"
_FIT = (
    r"(?:mffd|mofd|mfft|mfd|medically (?:fit|optimi[sz]ed|ready|cleared)(?: for (?:discharge|transfer|"
    r"home|dc|d/c))?|(?:fit|ready|cleared|safe|optimi[sz]ed|stable) for (?:discharge|home|dc|d/c))"
)
_WORDS = "mffd mofd mfft mfd medically fit ready cleared safe optimised optimized stable"

READINESS = (
    Entry(
        "readiness.not_fit",
        "not_ready",
        _WORDS + " unfit unwell",
        rf"(?:not(?: yet| currently)?|never|isn't|nor|no longer|far from)(?: \w+)? ?{_FIT}|"
        r"not (?:yet )?(?:medically )?fit(?! for)|unfit for (?:discharge|home)|(?:too|remains?|"
        r"still) (?:acutely )?unwell(?: for (?:home|discharge))?|not (?:yet )?ready (?:for|to) (?:go |"
        rf"be )?{_HOME}",
    ),
    Entry(
        "readiness.meets_criteria",
        "not_ready",
        "criteria ctr",
        r"(?<!not\s)(?<!longer\s)(?:meets|meeting|met|still meets)(?: the)? (?:criteria to reside|ctr)|"
        r"(?:criteria to reside|ctr)\W{0,3}(?:met|yes|y\b)",
    ),
    Entry(
        "readiness.on_hold",
        "not_ready",
        "discharge home dc",
        rf"{_HOME} (?:is |now )?(?:on hold|postponed|cancelled|deferred|not (?:appropriate|safe|planned))|"
        r"(?:no plans? for|not for|not safe for) (?:discharge|home)(?! (?:oxygen|care|visit))|(?:not|"
        rf"no) {_HOME} (?:today|yet)",
    ),
    Entry(
        "readiness.conditional",
        "review",
        "home discharge discharged dc d",
        rf"{_HOME} (?:{_DAY}|{_SOON})?,? ?(?:if|once|when|pending|subject to|provided|after|as long as|"
        r"depending)(?: [\w']+){1,3}",
        ignores=_HYPOTHETICAL,
    ),
    Entry(
        "readiness.soon",
        "review",
        "home discharge discharged dc d edd",
        r"(?:for |aim(?:ing)?(?: for)? |plan(?:ned)?(?: for)? |hopeful(?:ly)?(?: for)? |likely |possible |"
        rf"potential |\? ?)*{_HOME} {_SOON}|(?:aim(?:ing)?(?: for)?|plan(?:ning)?(?: for)?|"
        rf"hopeful(?:ly)?(?: for)?|likely|possible|potential|\?|\? for) {_HOME}(?: {_DAY})?|edd tomorrow",
        ignores=_HYPOTHETICAL,
    ),
    Entry(
        "readiness.no_criteria",
        "ready",
        "criteria ctr nctr",
        r"nctr|(?:no longer|does not|doesn't|not) (?:meet(?:s|ing)?)?(?: the)? ?(?:criteria to reside|"
        r"ctr)|no (?:criteria to reside|ctr)|(?:criteria to reside|ctr)\W{0,3}(?:not met|no\b|n\b)",
    ),
    Entry("readiness.fit", "ready", _WORDS, rf"{_FIT}(?! if)"),
    Entry(
        "readiness.today",
        "ready",
        "home discharge discharged dc d",
        rf"{_HOME} {_DAY}|for home(?= ?(?:$|[.,;]))|discharge home(?= ?(?:$|[.,;]))|"
        rf"discharge letter (?:done|completed|written)|going home {_DAY}",
    ),
    Entry(
        "readiness.home_things",
        SILENT,
        "home",
        r"home (?:visit|oxygen|care|help|team|situation|meds|medications?|bp|environment|"
        r"ward)(?! (?:today|tomorrow))|nursing home|care home|residential home",
    ),
)

TERMS: dict[Barrier, str] = {
    Barrier.PACKAGE_OF_CARE: (
        r"package of care|poc|care package|(?:(?:qds|tds|bd|od|double[- ]handed|new|social) )*(?:carers|"
        r"care calls)|reablement|re-ablement|home ?care|domiciliary care|pathway 1|p1|home health|hha"
    ),
    Barrier.CARE_HOME: (
        r"(?:nursing|care|residential|rest|emi) home|"
        r"(?<!tube\s)(?<!line\s)(?<!port\s)(?<!stent\s)(?<!drain\s)(?<!peg\s)(?<!vest\s)(?<!catheter\s)placement|"
        r"(?:nh|rh|emi|respite|care home|nursing home|residential) (?:bed|place)|snf|"
        r"skilled nursing(?: facility)?|long[- ]term care|ltc|24[- ]?hour care|pathway 3|p3|"
        r"residential care"
    ),
    Barrier.COMMUNITY_BED: (
        r"community (?:hospital|bed)(?: bed)?|rehab(?:ilitation)? (?:bed|unit|place)|(?:inpatient|acute|"
        r"neuro|stroke) rehab(?:ilitation)?|intermediate care(?: bed)?|ic bed|step[- ]?down rehab|"
        r"d2a(?: bed)?(?! ?(?:pathway |p)[13])|discharge to assess(?: bed)?(?! ?(?:pathway |p)[13])|"
        r"pathway 2|p2|sub-?acute(?: bed)?|ltach?|hospice bed|"
        r"arf|irf"
    ),
    Barrier.EQUIPMENT: (
        r"equipment|(?:hospital|profiling) bed|commode|key ?safe|hoist|pressure (?:relieving )?mattress|"
        r"ramps?|stair ?lift|home oxygen|dme|oxygen concentrator|concentrator|grab rails?|rails|"
        r"perching stool|wheelchair"
    ),
    Barrier.HOUSING: (
        r"hous(?:ing|e)|homeless\w*|no fixed abode|nfa|eviction|evicted|accommodation|re-?hous\w+|"
        r"deep clean|shelter|heating|boiler|hostel"
    ),
    Barrier.SOCIAL_WORK: (
        r"social work(?:er)?s?|sw|social services|adult social care|social care assessment|safeguarding|"
        r"best[- ]interests?(?: (?:meeting|decision))?|court of protection|dols|(?:chc|"
        r"continuing healthcare)(?: (?:checklist|assessment|funding|decision))?|care act assessment|"
        r"funding|guardianship|s(?:ection )?2|s(?:ection )?5"
    ),
    Barrier.THERAPY: (
        r"physio\w*|ot|o\.t\.|occupational therap\w+|therap(?:y|ies|ists?)|salt|slt|stairs? (?:assessment|"
        r"assess|practice)|home visit|access visit|pt|pt/ot|mobility assessment|kitchen assessment"
    ),
    Barrier.MEDICINES: (
        r"tto['’]?s?|tta['’]?s?|discharge (?:meds|medications?|prescriptions?|drugs)|"
        r"medicines? to take (?:home|out)|meds to (?:go|beds)|pharmacy|dosette(?: box)?|blister pack|"
        r"nomad|compliance aid|opat|medications? to (?:take )?home|scripts?|medicines|medication"
    ),
    Barrier.TRANSPORT: (
        r"(?:patient |hospital |ambulance )?transport|ambulance(?: home)?|pts|(?:a )?(?:ride|"
        r"lift)(?: home)?|taxi(?: home)?|stretcher crew"
    ),
    Barrier.TESTS: (
        r"(?:repeat )?(?:ct|mri|scan|echo\w*|angio\w*|mrcp|ercp|ogd|endoscopy|colonoscopy|bloods?|"
        r"blood (?:tests?|results?)|results?|biopsy|uss?|ultrasound|dopplers?|troponin|inr|cultures?|"
        r"x-?ray|cxr|investigations?|stress test|imaging|tests?|eeg|24 ?h(?:r|our)? tape)(?: (?:report|"
        r"results?|scan))?"
    ),
    Barrier.FAMILY: (
        r"(?:family|nok|next of kin|relatives?|daughter|son|wife|husband)(?:['’]s)? (?:meeting|choice|"
        r"decision|training|to (?:choose|decide|view|agree|visit|find|confirm|collect|accept)|choosing|"
        r"viewing|deciding|disput\w+|disagree\w*|reluctant|unhappy)|family"
    ),
}
"""How each barrier is named; a sentence must also say that it is waited for."""

_NAMED = {
    Barrier.PACKAGE_OF_CARE: "care poc package carers reablement ablement homecare domiciliary pathway health hha p",
    Barrier.CARE_HOME: "home placement nh rh emi snf skilled care ltc pathway residential p respite",
    Barrier.COMMUNITY_BED: "community rehab rehabilitation intermediate ic stepdown step d discharge pathway acute "
    "subacute ltac ltach hospice arf irf p",
    Barrier.EQUIPMENT: "equipment bed commode key keysafe hoist mattress ramp ramps stair stairlift oxygen dme "
    "concentrator rail rails stool wheelchair",
    Barrier.HOUSING: "housing house homeless homelessness abode nfa eviction evicted accommodation rehousing rehoused "
    "clean shelter heating boiler hostel",
    Barrier.SOCIAL_WORK: "social sw safeguarding interests interest protection dols chc healthcare funding "
    "guardianship section s",
    Barrier.THERAPY: "physio physiotherapy physiotherapist ot occupational therapy therapies therapist therapists "
    "salt slt stairs stair visit pt pt/ot mobility kitchen",
    Barrier.MEDICINES: "tto ttos tto's tto’s tta ttas tta's tta’s meds medication medications prescription "
    "prescriptions drugs medicines medicine pharmacy dosette blister nomad aid opat script scripts",
    Barrier.TRANSPORT: "transport ambulance pts ride lift taxi stretcher",
    Barrier.TESTS: "ct mri scan echo echocardiogram angio angiogram mrcp ercp ogd endoscopy colonoscopy blood "
    "bloods result results biopsy us uss ultrasound doppler dopplers troponin inr culture cultures x "
    "xray cxr investigation investigations stress imaging test tests eeg tape",
    Barrier.FAMILY: "family nok kin relative relatives daughter son wife husband family's daughter's son's",
}
_WAIT = (
    r"(?:await(?:ing|s)?|waiting (?:for|on)|waits? (?:for|on)|pending|delay(?:ed)?(?: (?:by|due to|"
    r"for|awaiting))?|held up by|due to lack of|sourcing|sourced|needs?|requires?|"
    r"requested|referred (?:for|to)|referral (?:for|to)|until|barrier[s:]* ?(?:is|to discharge|to dc|"
    r"-|:)*|outstanding|arrange|arranging|chase|chasing|to organise|organising|restart(?: of)?|"
    r"apply(?:ing)? for|application for|discharge pending|hold(?:ing)? for)"
)
_AFTER = (
    r"(?:(?:is |are |still |to be |being )*(?:not (?:yet )?(?:in place|available|booked|ready|done|"
    r"agreed|started|delivered|sourced|confirmed|complete[d]?)|pending|awaited|outstanding|delayed|"
    r"unavailable|to be (?:arranged|sourced|sorted|delivered|completed|done|agreed|booked|restarted)|"
    r"being sourced|sourced|requested|referral (?:sent|made|completed)|application (?:sent|submitted)|"
    r"booked for|arranged for))"
)
_GOING = (
    r"\b(?:home|discharge\w*|dc|d/c|mffd|mofd|medically (?:fit|optimi[sz]ed|ready|stable)|nctr|"
    r"fit for|edd|barriers?)\b"
)
_WARD_WORK = frozenset({Barrier.THERAPY, Barrier.TESTS, Barrier.FAMILY, Barrier.EQUIPMENT, Barrier.MEDICINES})
"""Waited for on every ward: a barrier only where the sentence speaks of going home."""


_LACKS = r"no(?! (?:longer|carers|lift|family|house|stairs|hoist|rails|equipment|results?|physio\w*|ot|pt)\b)"
"""Not of what many simply do not have: "lives alone, no carers, no lift" keeps nobody."""


def _waits(barrier: Barrier) -> Entry:
    term = rf"(?:{TERMS[barrier]})"
    return Entry(
        f"barrier.{barrier}",
        str(barrier),
        _NAMED[barrier],
        rf"{_WAIT}\W+(?:(?!and\b)[\w'’/-]+\W+){{0,4}}?{term}|{_LACKS} {term}|{term} {_AFTER}|"
        rf"{term}(?: \w+){{0,2}} {_AFTER}",
        ignores=_EITHER,
        beside=_GOING if barrier in _WARD_WORK else "",
    )


BARRIER = (
    Entry(
        "barrier.none",
        str(Barrier.NONE),
        "barrier barriers delay delays delayed",
        r"(?:no|nil|without)(?: known| identified| further)* (?:barriers?|delays?)(?: to (?:discharge|dc|"
        r"home))?|barriers?(?: to (?:discharge|dc|home))?\W{0,3}(?:none|nil)",
        ignores=(Modifier.NEGATED,),
    ),
    *(_waits(barrier) for barrier in TERMS),
)
