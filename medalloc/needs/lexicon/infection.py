"""How notes speak of isolation and organisms (data only).

Where only the organism is stated, its precautions are those of CDC 2007, appendix A (RSV contact, influenza
droplet, measles, tuberculosis and varicella airborne); SARS-CoV-2, which it does not know, is droplet as in the
English national manual of infection prevention and control.
"""

from __future__ import annotations

from medalloc.needs.lexicon.entry import SILENT, Entry

_ORGANISMS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "c_difficile",
        "C. difficile",
        "contact",
        "difficile diff cdiff cdi cdt gdh",
        r"clostridi\w+ diffic?ile|c\.? ?diff(?:icile)?|cdiff|cdi|cdt",
    ),
    (
        "cpe",
        "CPE",
        "contact",
        "cpe cro cre carbapenemase kpc ndm",
        r"cpe|cre|cro|carbapenemase\w*(?: producing \w+)?|kpc|ndm-?1?",
    ),
    ("influenza", "influenza A", "droplet", "influenza flu fluA", r"influenza(?: a)?(?! ?b\b)|flu(?: ?a)?(?! ?b\b)"),
    (
        "tuberculosis",
        "M. tuberculosis",
        "airborne",
        "tb tuberculosis mtb afb",
        r"(?:pulmonary |open |active |miliary |smear[- ]positive )*(?:tb|tuberculosis|mtb)|"
        r"afb(?: smear)?(?= ?(?:positive|pos|\+))",
    ),
    ("measles", "measles", "airborne", "measles", r"measles"),
    ("mrsa", "MRSA", "contact", "mrsa", r"mrsa"),
    ("norovirus", "norovirus", "contact", "norovirus noro", r"noro(?:virus)?"),
    ("rotavirus", "rotavirus", "contact", "rotavirus", r"rotavirus"),
    ("rsv", "RSV", "contact", "rsv bronchiolitis", r"rsv"),
    ("covid", "SARS-CoV-2", "droplet", "covid sars coronavirus cov", r"covid(?:-? ?19)?|sars-?cov-?2|coronavirus"),
    ("vre", "VRE", "contact", "vre gre", r"vre|gre"),
    (
        "varicella",
        "varicella zoster",
        "airborne",
        "varicella chickenpox vzv zoster",
        r"varicella|chicken ?pox|vzv|disseminated (?:zoster|shingles)",
    ),
)
_FOUND = r"(?:positive|\+ve|pos|detected|confirmed|isolated|grown|\+{1,3})"
_TEST = (
    r"(?:screens?|swabs?|status|tests?|pcr|serology|vaccin\w*|jabs?|booster|immuni[sz]\w+|antibod\w+|"
    r"decoloni[sz]\w+|clear\w*|toxin|stool|sample|antigen|eradication|protocol|prophylaxis|"
    r"guidelines?|policy|contacts?|exposure|lft|risk|ward|season|pandemic|crisis|evaluation|shots?|"
    r"dose|restrictions|cent(?:er|re)s?)"
)
_FOR = (
    r"(?:positive for|\+ve for|confirmed|active|open|known|isolat(?:ed|ion|e)(?: \w+){0,4}? (?:for|"
    r"with|due to|as|\?)|(?:side ?room|sr)(?: \w+)? (?:for|due to|with|as|\?)|barrier nurs\w+ (?:for|"
    r"due to|as)|(?:contact|droplet|airborne|enteric|neg(?:ative)? pressure)(?: \w+)? (?:for|due to|"
    r"with|as)|precautions (?:for|due to|as))"
)


def _organism(key: str, value: str, triggers: str, term: str) -> tuple[Entry, ...]:
    return (
        Entry(
            f"organism.{key}_tested",
            SILENT,
            triggers,
            rf"(?:{term})(?:\W+\w+)? {_TEST}(?! \w*? ?(?:is |was |came back )?{_FOUND})",
        ),
        Entry(
            f"organism.{key}_past",
            SILENT,
            triggers,
            r"(?:vaccinated|immunised|jab|screened|swabbed|contact|exposed|exposure|start|during|since|before|"
            rf"risk) (?:\w+ )?(?:(?:against|for|to|of|with|the) )+(?:{term})|(?:screen\w*|swab\w*|test(?:s|"
            r"ed)?|samples?)(?: \w+){0,2} (?:for|re) (?:\w+(?:,| and| \+| &|"
            rf"/)\s?){{0,2}}(?:{term})(?! (?:is |was )?{_FOUND})",
        ),
        Entry(f"organism.{key}", value, triggers, rf"(?:{term})"),
    )


def _precautions(key: str, value: str, triggers: str, term: str) -> Entry:
    found = rf"(?:{term})(?: {_TEST})?(?: \w+){{0,2}}?[\s:=-]*{_FOUND}|{_FOR}\W+(?:\w+\W+){{0,2}}?(?:{term})"
    return Entry(f"isolation.{key}", value, triggers, found)


ORGANISM = tuple(
    e for key, value, _, triggers, term in _ORGANISMS for e in _organism(key, value, triggers.lower(), term)
)

ISOLATION = (
    Entry(
        "isolation.none",
        "none",
        "isolation isolated isolate precautions deisolate deisolated side room barrier",
        r"(?:no|nil|without)(?: need for| requirement for)? (?:isolation|(?:infection control |ipc |"
        r"contact |droplet |airborne )?precautions)(?: (?:needed|required|necessary))?|(?:isolation|"
        r"(?:contact |droplet |airborne |enteric )?precautions|barrier nurs\w+) (?:has been |have been |"
        r"was |were |now |can be )*(?:lifted|discontinued|stepped down|stopped|removed|ended|(?:no longer|"
        r"not) (?:required|needed|indicated|necessary))|(?:out of|come out of|off|taken out of|"
        r"released from|no longer (?:needs|requires|requiring|in)|does not (?:need|require)|doesn't need|"
        r"not requiring) (?:isolation|side ?room|precautions)|de-?isolat\w+|"
        r"isolation(?: precautions)?\W{1,3}(?:none|nil)|side ?room (?:not|no longer) (?:needed|required)",
    ),
    Entry(
        "isolation.social", SILENT, "isolated isolation", r"social(?:ly)? isolat\w+|feel\w* isolated|self[- ]?isolat\w+"
    ),
    Entry(
        "isolation.protective_stated",
        "protective",
        "protective reverse neutropenic positive",
        r"protective isolation|reverse[- ](?:barrier|isolation)\w*(?: nurs\w+)?|"
        r"neutropenic (?:precautions|isolation)|positive[- ]pressure (?:side ?)?(?:room|isolation|bed)",
    ),
    Entry(
        "isolation.airborne_stated",
        "airborne",
        "airborne negative neg aiir",
        r"airborne(?: infection)? (?:precautions?|isolation|room)|"
        r"neg(?:ative)?[- ]pressure(?: (?:side ?)?(?:room|isolation|bed|cubicle|ventilated room|"
        r"suite))?(?! (?:wound|dressing|therapy|test))|aiir",
    ),
    Entry(
        "isolation.negative_wound",
        SILENT,
        "negative neg",
        r"neg(?:ative)?[- ]pressure (?:wound|dressing|therapy)\w*|negative pressure test",
    ),
    Entry(
        "isolation.droplet_stated",
        "droplet",
        "droplet",
        r"(?:resp(?:iratory)? )?droplet(?: (?:and|\+|&|/) ?contact)?(?: (?:precautions?|isolation))?",
    ),
    Entry(
        "isolation.contact_stated",
        "contact",
        "contact enteric barrier",
        r"(?:contact|enteric)(?: plus)? (?:precautions?|isolation)|barrier[- ]nurs\w+",
    ),
    *(_precautions(key, value, triggers.lower(), term) for key, _, value, triggers, term in _ORGANISMS),
)
