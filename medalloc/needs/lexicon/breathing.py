"""How notes speak of oxygen, non-invasive and invasive ventilation, and suction (data only)."""

from __future__ import annotations

from medalloc.domain.needs import NeedName
from medalloc.needs.lexicon.entry import SILENT, Entry, device

_O2 = r"(?:oxygen|o2)(?! ?(?:sat|stat|delivery|extraction))"
_HIGH_FLOW = r"hfnc|hfno|hfnp|airvo|optiflow|vapotherm|hi(?:gh)?[- ]?flow(?: nasal)?(?: oxygen| o2| cannula)?"
_MASK = (
    r"nasal (?:cannulae?|specs?|spectacles|prongs?)|non-? ?re-?breath\w*(?: mask)?|nrbm?|"
    r"hudson(?: mask)?|venturi(?: mask)?|trach(?:eostomy|y)? (?:mask|collar)|simple (?:face ?)?mask|"
    r"humidified (?:oxygen|o2)|aerosol mask"
)
_FLOW = (
    r"\d{1,2}(?:\.\d{1,2})? ?(?:l|lpm|lit(?:re|er)s?)(?:/min| per min(?:ute)?|pm)?(?! ?(?:fluid|fr\b|"
    r"restrict|ns\b|saline|normal|hartmann|iv\b|of |drain|urine|bolus|crystalloid|/24|/day|/d\b|in ))"
)
_SATS = (
    r"(?:o2 |oxygen )?(?:sats?|spo ?2|sp02|sao2|saturations?|saturating|saturation|"
    r"pulse ox(?:imetry)?)"
)
_OXYGEN = "oxygen o"

OXYGEN = (
    Entry(
        "oxygen.sats_on_air",
        SILENT,
        "ra air",
        rf"(?:{_SATS}(?: \w+){{0,2}}?\W{{0,4}})?(?P<n>\d{{2,3}}) ?%?,? ?\(?(?:on |in |r/a|@ ?)?(?:ra|r/a|"
        r"room air|air)(?! ?(?:mattress|flow|bed|entry|cushion))",
        ((50, "yes"), (88, SILENT), (92, "no")),
    ),
    Entry(
        "oxygen.on_air",
        "no",
        "ra air svia",
        r"svia|(?<!on\s)(?<!off\s)room air(?= ?(?:$|[.,;]))|self[- ]?ventilating(?: (?:on|"
        r"in))?(?: room)? air|(?:on|in|breathing|tolerating|maintaining|now|to on) (?:room air|ra|"
        r"air)(?! ?(?:mattress|flow|bed|entry|cushion))",
    ),
    Entry(
        "oxygen.needs_off_air",
        SILENT,
        "ra air",
        r"(?:desat\w*|unable to maintain|drops?|dropped|dropping|falls?|fell|hypoxic|"
        r"not maintaining)(?:\W+[\w%]+){0,5}?\W+(?:on|in) (?:room )?(?:air|ra)",
    ),
    Entry(
        "oxygen.lowered",
        "yes",
        "weaned weaning reduced titrated",
        rf"(?:weaned|weaning|reduced|titrated)(?: down)?(?: (?:from|off)(?: \S+){{1,4}}?)? to {_FLOW}",
    ),
    Entry(
        "oxygen.flow",
        "yes",
        "l lpm litres litre liters liter",
        rf"(?:{_O2}|on|via|{_MASK}|{_HIGH_FLOW})\W{{0,3}}(?:now |at |up to |increased to |remains |"
        rf"ongoing )?{_FLOW}|{_FLOW}(?: of)?,? ?(?:/|via |by |on |humidified )?(?:{_O2}|nc|n/c|np|nasal|"
        rf"specs|cannulae?|fm|face ?mask|mask|{_MASK}|{_HIGH_FLOW})|{_FLOW} (?:ongoing|continues)",
    ),
    Entry(
        "oxygen.fio2",
        SILENT,
        "fio",
        r"fio ?2\W{0,3}(?:of |at |is |now )?(?P<n>0?\.\d{1,2}|1\.0|\d{2,3})",
        ((0, SILENT), (0.22, "yes"), (1.01, SILENT), (22, "yes"), (101, SILENT)),
    ),
    Entry(
        "oxygen.venturi",
        "yes",
        "24 28 31 35 40 50 60",
        rf"(?:24|28|31|35|40|50|60) ?% (?:venturi|vm|fm|mask|humidified|{_O2})",
    ),
    *device(
        NeedName.OXYGEN,
        "nasal nrb nrbm hudson venturi trach trachy tracheostomy mask humidified rebreathe rebreather "
        "breathe breather breathing hfnc hfno hfnp airvo optiflow vapotherm high hi flow",
        rf"{_MASK}|{_HIGH_FLOW}",
    ),
    Entry(
        "oxygen.none",
        "no",
        _OXYGEN,
        r"(?:no|nil|without|off|weaned (?:off|from)|came off|taken off|not (?:currently )?(?:on|requiring|"
        r"needing)|(?:does not|doesn't) (?:need|require)|no longer (?:on|needs|needing|requires|"
        rf"requiring)|no need for) <2>{_O2}(?: requirements?)?",
    ),
    Entry(
        "oxygen.ended",
        "no",
        _OXYGEN,
        rf"{_O2} (?:has been |was |now )?(?:weaned off|weaned to (?:room )?(?:air|ra)|discontinued|stopped|"
        r"removed|(?:no longer|not) (?:required|needed|indicated|necessary)|turned off)",
    ),
    Entry(
        "oxygen.target",
        SILENT,
        _OXYGEN,
        rf"(?:failed )?trial (?:off|without) <1>{_O2}|{_O2} (?:prn|to keep|to maintain|if|as required)|"
        rf"target {_O2}",
    ),
    Entry(
        "oxygen.needed",
        "yes",
        _OXYGEN + " ltot",
        r"(?:on|needs?|needing|requires?|requiring|receiving|commenced(?: on)?|started(?: on)?|given|"
        r"continues(?: on)?|remains on|placed on|put on|supplement\w*|continuous|controlled|increased|"
        rf"increasing|weaning|home) <2>{_O2}|{_O2}[ -](?:depend\w+|requirements?|therapy|at|via|continues|"
        r"in situ|ongoing|increased|increasing|required|needed|running)|ltot",
    ),
)

NIV = (
    Entry(
        "niv.not_tolerated",
        "no",
        "niv cpap bipap",
        r"(?:refus\w+|declin\w+|failed|not for|unsuitable for|contraindicat\w+) <1>(?:niv|cpap|bipap)",
    ),
    *device(
        NeedName.NIV,
        "niv cpap bipap bilevel nippv avaps nippy invasive noninvasive ipap epap",
        r"niv|cpap|bi-?pap|bi-?level|nippv|nippy|avaps|non-?\s?invasive (?:ventilation|"
        r"ventilatory support)|ipap|epap",
    ),
)

VENTILATOR = (
    Entry(
        "ventilator.niv",
        SILENT,
        "invasive noninvasive niv",
        r"mechanical ventilation\W{1,3}non-?\s?invasive ventilation|"
        r"non-?\s?invasive(?:ly)? <1>ventilat\w+|niv",
    ),
    Entry(
        "ventilator.intubation_limit",
        SILENT,
        "intubate intubation",
        r"(?:not for|do not|no|avoid|difficult) <1>intubat(?:e|ion)|intubation (?:grade|drugs?|trolley|"
        r"kit)|(?:post|after|since) <1>(?:ex|in)tubation",
    ),
    Entry("ventilator.extubated", "no", "extubated", r"(?<!be\s)(?:self-)?extubated"),
    Entry(
        "ventilator.spontaneous",
        "no",
        "ventilating spontaneous intubated ventilated svia invasive ventilator vent trach liberated "
        "ventilatory mechanical",
        r"self-?\s?ventilat(?:ing|ed)|spontaneous(?:ly)? (?:breathing|ventilat\w+)|"
        r"breathing spontaneously|not (?:currently )?(?:intubated|ventilated)|svia|(?:off|weaned (?:off|"
        r"from)|liberated from|no longer on) (?:the |mechanical )*(?:ventilator|vent|ventilation)|"
        r"no (?:perceived )?need for (?:further )?(?:mechanical )?(?:ventilat\w+)(?: support)?",
    ),
    Entry(
        "ventilator.mode",
        "yes",
        "simv prvc peep apvcmv assist bilevel pressure acvc",
        r"simv|prvc|(?<!cpap/)peep|ac/vc|assist[- ]control|pressure support (?:ventilation|of \d+|\d+)|psv",
    ),
    Entry(
        "ventilator.on",
        "yes",
        "ventilator vent ventilated ventilation intubated mechanical mechanically ett et tube tracheostomy psv v",
        r"i ?(?:\+|&|and) ?v(?:['’]?d)?|(?:on|via|remains on|full) <1>(?:ventilator|vent)|"
        r"ventilator[- ]depend\w+|(?:vent|ventilator) (?:settings|day|bundle|wean\w*)|"
        r"mechanical(?:ly)? ventilat\w+|invasive(?:ly)? ventilat\w+|intubated|ventilated(?! (?:room|bay))|"
        r"(?:ett|et tube|endotracheal tube) (?:in situ|secured?|size|\d|@|at|tied|patent)|oral ett|"
        r"nasal ett",
    ),
)

SUCTION = (
    Entry(
        "suction.checks",
        SILENT,
        "suction",
        r"suction (?:equipment |unit |machine )?(?:checked|working|available|to hand)",
    ),
    Entry(
        "suction.surgical",
        SILENT,
        "suction",
        r"(?:liposuction|suction (?:curett\w+|evacuation|dilat\w+|cautery|irrigat\w+))",
    ),
    *device(
        NeedName.SUCTION,
        "suction suctioning suctioned suctions yankauer tracheostomy trachy trache",
        r"suction(?:ing|ed|s)?|yankauer|(?:tracheostomy|trachy?|trache)(?: tube)? (?:in situ|size|tube|"
        r"care|patient|day)",
    ),
)
