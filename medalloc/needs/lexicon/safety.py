"""How notes speak of falls, cognition and one-to-one observation (data only).

Cut-offs: Morse Fall Scale 45 and over high, under 25 low (Morse 1989); STRATIFY 2 and over (Oliver 1997);
Hendrich II 5 and over (Hendrich 2003); Johns Hopkins over 13 high, under 6 low (Poe 2007); 4AT 4 and over
delirium, 0 neither (MacLullich, the4at.com); AMTS 8 and over intact (Hodkinson 1972); MoCA 26 and over (Nasreddine
2005); MMSE 24 and over (Folstein 1975). A low AMTS, MoCA or MMSE does not tell dementia from delirium and says
nothing here.
"""

from __future__ import annotations

from medalloc.needs.cues import Modifier
from medalloc.needs.lexicon.entry import SILENT, Entry

_SCORE = (
    r"(?: \((?:\w+ ?)+\))?\W{0,3}(?:falls?(?: risk)?)?\W{0,3}(?:scale|score|tool)?\W{0,3}(?:of |is |"
    r"now |= ?|: ?)?"
)
_LASTING = (Modifier.HISTORICAL,)
_RISK = "risk"
_FALL = r"fall(?:s|ing)?"

FALLS = (
    Entry(
        "falls.assessed",
        SILENT,
        _RISK,
        rf"{_FALL}[- ]risk (?:assessment|assess\w*|screen\w*|review\w*|tool|form|score (?:done|completed))|"
        rf"assess <1>{_FALL} risk|{_FALL} risk (?:discussed|reviewed)",
    ),
    Entry(
        "falls.low_risk",
        "no",
        "risk",
        r"(?:low|minimal|no|nil|not an?|not at|not a high|no increased|not at (?:high|"
        rf"increased))(?: (?:increased|known|significant|current))? (?:risk (?:of|for) {_FALL}|"
        rf"{_FALL} risk)|{_FALL} risk\W{{0,3}}(?:is |remains |score |assessed as )?(?:low|minimal|nil|no\b|"
        rf"none|green)|risk of {_FALL}\W{{1,3}}(?:is |remains )?(?:low|nil|none)",
    ),
    Entry(
        "falls.risk",
        "yes",
        "risk faller",
        r"(?:at|high|higher|very high|increased|significant|ongoing|known|a|remains) (?:high |increased |"
        rf"significant )?risk (?:of|for) {_FALL}|{_FALL}[- ]risk\W{{0,3}}(?:is |remains |score |"
        rf"assessed as )?(?:high|very high|red|yes|increased|\+)|high[- ]{_FALL}[- ]risk|"
        rf"risk of {_FALL}\W{{1,3}}(?:is |remains )?(?:high|yes)|(?:high[- ]risk|recurrent|frequent|"
        rf"known) (?:faller|{_FALL})|{_FALL}\W{{1,3}}(?:at )?high risk|(?<!morse\s){_FALL}[- ]risk(?! ?:)",
    ),
    Entry(
        "falls.recurrent",
        "yes",
        "falls faller",
        r"(?:recurrent|frequent|multiple|repeated|several|numerous) (?:falls|faller)|falls x ?[2-9]|"
        r"(?:two|three|four|[2-9]) (?:recent )?falls|falls (?:daily|weekly|frequently|often|regularly)",
        ignores=_LASTING,
    ),
    Entry(
        "falls.inpatient",
        "yes",
        "fall fell falls floor slipped slid",
        r"(?:inpatient|in-patient|unwitnessed|witnessed|ward|in-?hospital) fall|(?:fell|fall|falls|"
        r"slipped|slid)(?: (?:on|off|out|from|in|over|onto|to))+ (?:of )?(?:the |his |her |"
        r"their )?(?:ward|bed|chair|commode|bathroom|toilet|bedside|floor|bay|corridor|shower)(?!ly)|"
        r"(?:found|lying|discovered|sat|sitting)(?: \w+)? on (?:the )?<1>floor|(?:fall|"
        r"fell) (?:this (?:admission|am|pm|morning|afternoon)|overnight|last night|on (?:ward|nights?))",
    ),
    Entry(
        "falls.measures",
        "yes",
        "sensor alarm alarms crash bed falling yellow baywatch bay mat mats fall falls precautions bundle",
        rf"(?:sensor|{_FALL}|floor|crash|pressure|movement) (?:mats?|pads?|sensors?)|(?:sensor|{_FALL}|"
        r"bed(?:[- ]exit)?|chair|tab|pad|movement) alarms?|ultra[- ]?low bed|low[- ](?:low |rise |level |"
        r"profile |entry )?bed|floor[- ]level bed|hi-?lo bed|falling (?:star|leaf)|yellow (?:socks|"
        rf"slippers|wrist ?band|band)|bay ?watch|{_FALL} (?:precautions?|bundle|care ?plan|protocol)|"
        rf"high {_FALL} risk <2>measures|crash ?mats?",
    ),
    Entry(
        "falls.climbs_out",
        "yes",
        "climbing climb climbs climbed",
        r"(?:climb(?:ing|s|ed)?|trying to climb) (?:out(?: of)?|over) (?:the )?(?:bed|rails?|bedrails?|"
        r"side ?rails?|chair|cot ?sides?)",
    ),
    Entry(
        "falls.morse",
        SILENT,
        "morse mfs",
        rf"(?:morse|mfs){_SCORE}(?P<n>\d{{1,3}})(?!\d)",
        ((0, "no"), (25, SILENT), (45, "yes"), (126, SILENT)),
    ),
    Entry(
        "falls.stratify",
        SILENT,
        "stratify",
        rf"stratify{_SCORE}(?P<n>\d)(?![\d.])",
        ((0, SILENT), (2, "yes"), (6, SILENT)),
    ),
    Entry(
        "falls.hendrich",
        SILENT,
        "hendrich",
        rf"hendrich(?: (?:ii|2))?{_SCORE}(?P<n>\d{{1,2}})(?!\d)",
        ((0, SILENT), (5, "yes"), (17, SILENT)),
    ),
    Entry(
        "falls.johns_hopkins",
        SILENT,
        "hopkins jhfrat",
        rf"(?:johns hopkins|jhfrat){_SCORE}(?P<n>\d{{1,2}})(?!\d)",
        ((0, "no"), (6, SILENT), (14, "yes"), (36, SILENT)),
    ),
)

COGNITION = (
    Entry(
        "cognition.screens",
        SILENT,
        "dementia delirium confusion",
        r"(?:dementia|delirium|confusion) (?:screen\w*|bloods|assessment|pathway|nurse|team|leaflet|"
        r"friendly|risk|prevention|unit|ward)(?! ?(?:positive|\+))|confusion screen",
    ),
    Entry(
        "cognition.dementia",
        "dementia",
        "dementia alzheimer alzheimers alzheimer's alzheimer’s lewy lbd dlb bpsd frontotemporal ftd "
        "korsakoff korsakoff's demented",
        r"dementia|alzheimer['’]?s?(?: disease)?|lewy body(?: disease)?|lbd|dlb|bpsd|fronto-?temporal|ftd|"
        r"korsakoff['’]?s?|demented",
        ignores=_LASTING,
    ),
    Entry(
        "cognition.usual",
        SILENT,
        "confused confusion",
        r"(?:usual|baseline|chronic|longstanding|long-standing) <2>confus(?:ed|ion)|confus(?:ed|"
        r"ion) (?:is |at |as per )(?:usual|baseline|normal|longstanding)",
    ),
    Entry(
        "cognition.delirium",
        "delirium",
        "delirium delirious confused confusion disorientated disoriented hallucinating hallucinations "
        "hallucination sundowning encephalopathic encephalopathy muddled",
        r"(?:hyper|hypo)active delirium|delirium(?! tremens)|delirious|(?:acute|new|newly|acutely|more|"
        r"increased|increasingly) confus(?:ion(?:al state)?|ed)|confused|confusion|disorient(?:at)?ed|"
        r"(?:visual )?hallucinat(?:ing|ions?)|sundown\w*|(?:acutely )?encephalopath(?:ic|y)|muddled",
    ),
    Entry(
        "cognition.cam_positive",
        "delirium",
        "cam",
        r"(?:s-?|b-?|n-?)?cam(?:-icu| icu)?\W{0,3}(?:is |screen |score )?(?:positive|pos|\+ve|\+)",
    ),
    Entry(
        "cognition.4at",
        SILENT,
        "4",
        rf"4(?:-?at| at(?= ?score)){_SCORE}(?:\d{{1,2}} ?(?:→|->) ?)?(?P<n>\d{{1,2}})(?!\d)",
        ((0, "intact"), (1, SILENT), (4, "delirium"), (13, SILENT)),
    ),
    Entry(
        "cognition.amts",
        SILENT,
        "amts amt",
        rf"(?:amts?){_SCORE}(?P<n>\d{{1,2}}) ?/ ?10",
        ((0, SILENT), (8, "intact"), (11, SILENT)),
    ),
    Entry(
        "cognition.amt4", SILENT, "amt", rf"amt-?4{_SCORE}(?P<n>\d) ?/ ?4", ((0, SILENT), (4, "intact"), (5, SILENT))
    ),
    Entry(
        "cognition.moca",
        SILENT,
        "moca",
        rf"moca{_SCORE}(?P<n>\d{{1,2}})(?: ?/ ?30)?(?!\d)",
        ((0, SILENT), (26, "intact"), (31, SILENT)),
    ),
    Entry(
        "cognition.mmse",
        SILENT,
        "mmse",
        rf"mmse{_SCORE}(?P<n>\d{{1,2}})(?: ?/ ?30)?(?!\d)",
        ((0, SILENT), (24, "intact"), (31, SILENT)),
    ),
    Entry(
        "cognition.oriented",
        "intact",
        "oriented orientated orient o ox ao aox aao alert",
        r"(?:alert|awake)(?:,? (?:and|&) |, ?|/)(?:fully )?orient(?:at)?ed(?! (?:only|to (?:person|self|"
        r"name)\b(?!.*\b(?:place|time)\b)| ?x ?[12]))|(?:a ?(?:&|\+|and|/) ?o|aox|aao|ao|a&ox)(?: ?x ?|"
        r" )[34]|(?:fully |well )orient(?:at)?ed|orient(?:at)?ed (?:x ?[34]|to (?:time|person),? (?:place|"
        r"time))",
    ),
    Entry(
        "cognition.intact",
        "intact",
        "cognitively cognition cognitive confusion confused impairment",
        r"cognitive(?:ly)? (?:intact|normal|well|function(?:ing)? (?:intact|normal))|"
        r"cognition (?:is )?(?:intact|normal|nad|good)|(?:no|nil|without)(?: known| evidence of|"
        r" signs? of)* (?:cognitive (?:impairment|deficits?|decline|issues|concerns)|confusion)|"
        r"not (?:at all )?confused",
    ),
)

ONE_TO_ONE = (
    Entry(
        "one_to_one.ratio",
        SILENT,
        "1 2 one",
        r"(?:1:1|1-1|1 to 1|one[- ]to[- ]one) (?:conduct\w*|ratio|av|mix\w*|dilut\w*|physio\w*|therap\w*|"
        r"session|counsel\w*|teaching|chat|conversation|with (?:dietit\w+|therap\w+|physio))|[12]:1 (?:a?v? ?)?"
        r"(?:flutter|block|conduct\w*)|(?:flutter|conduct\w+|mixed|ratio) <2>1:1",
    ),
    Entry(
        "one_to_one.ended",
        "no",
        "1 one special specialing specialling sitter enhanced",
        r"(?:1:1|1-1|1 to 1|one[- ]to[- ]one|special(?:l?ing)?|sitter|enhanced (?:care|"
        r"obs\w*))(?: (?:care|nursing|obs\w*|supervision|support|special(?:l?ing)?|sitter))? (?:has been |"
        r"was |now |can be )?(?:stopped|discontinued|stood down|stepped down|withdrawn|removed|ended|lifted|"
        r"(?:no longer|not) (?:required|needed|indicated|necessary))",
    ),
    Entry(
        "one_to_one.not_needed",
        "no",
        "1 one special specialing specialling sitter",
        r"(?:no need for|no longer (?:needs|needing|requires|requiring|on)|(?:does not|doesn't) (?:need|"
        r"require)|not requiring|not needing|not on|stepped down from|off) <1>(?:1:1|1-1|1 to 1|"
        r"one[- ]to[- ]one|special(?:l?ing)|a sitter|sitter)",
    ),
    Entry(
        "one_to_one.stated",
        "yes",
        "1 2 one",
        r"(?:[12]:1|1-1|1 to 1|2 to 1|(?:one|two)[- ]to[- ]one|one[- ]on[- ]one)(?! ?[:/]?\d)",
    ),
    Entry(
        "one_to_one.special",
        "yes",
        "special specialing specialling specialed specialled sitter sitting sat times",
        r"special(?:l?ing|l?ed)(?! ?(?:in|care))|(?:rmn|nurse|hca|night|day) special|sitter|(?:hca|nurse|"
        r"staff|rmn|somebody|someone) (?:sitting|sat|present|to (?:sit|stay)) with (?:pt|patient|him|her|"
        r"them)|with (?:the )?(?:pt|patient|him|her|them) at all times",
    ),
    Entry(
        "one_to_one.enhanced",
        "yes",
        "enhanced level",
        r"enhanced (?:care|obs\w*|supervision|therapeutic obs\w*)\W{0,3}(?:level |lvl |l)?[34]|"
        r"level [34] (?:enhanced|eto|therapeutic)? ?(?:obs\w*|observation\w*|enhanced \w+|supervision)",
    ),
    Entry(
        "one_to_one.eyesight",
        "yes",
        "arm arms arm's arm’s eyesight sight constant continuous never alone unattended",
        r"arm['’]?s?[- ]?length|within eye-?sight|(?:in|within) (?:line of sight|eyesight)|"
        r"eye-?sight obs\w*|(?:constant|continuous visual) (?:obs\w*|supervision|observation)|"
        r"not to be left (?:alone|unattended)|(?:cannot|must not|can't) be left (?:alone|unattended)",
    ),
)
