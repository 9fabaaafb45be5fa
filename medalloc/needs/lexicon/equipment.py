"""How notes speak of dialysis, telemetry, bariatric equipment, a bed in sight, level and acuity (data only)."""

from __future__ import annotations

from medalloc.domain.needs import NeedName
from medalloc.needs.lexicon.entry import SILENT, Entry, device

_DIALYSIS = (
    r"(?:ha?emo|peritoneal )?dialysis|ha?emodial\w+|dialys(?:ed|ing|es)|dialyzed|dialyze|crrt|cvvh\w*|"
    r"cvvhdf|sled|ha?emo(?:dia)?filtration|capd|(?<!stable\s)on hd(?! ?#?\d)|hd (?:mwf|tts|m/w/f|"
    r"t/t/s|today|session|via|mon|tues?|wed)|(?:esrd|esrf|ckd ?5d?) on hd|(?:on|for|via|receiving|"
    r"requiring|continues) rrt|rrt (?:via|continues|running|day)"
)
_ICU = (
    r"(?:icu|itu|micu|sicu|ccu/icu|intensive care(?: unit)?|critical care(?: unit)?|"
    r"intensive therapy unit)"
)
_HDU = (
    r"(?:hdu|imcu|pcu|sdu|high dependency(?: unit| care)?|step-?\s?down unit|intermediate care unit|"
    r"progressive care(?: unit)?)"
)
_TO = (
    r"(?:for|to|needs?|requires?|requiring|accepted (?:by|to|for|on)|admit(?:ted)?(?: to)?|"
    r"transfer(?:red|ring)? to|moved? to|escalated? to|remains (?:on|in)|refer\w* (?:for|to)|book\w*)"
)
_UNITS = "icu itu micu sicu hdu imcu pcu sdu intensive critical dependency stepdown step progressive intermediate"

ORGANS = (
    Entry(
        "dialysis.not_this",
        SILENT,
        "dialysis",
        r"pre-?\s?dialysis|dialysis (?:nurse|ward|unit) (?:called|rang|informed)|post-?dialysis weight",
    ),
    *device(
        NeedName.DIALYSIS,
        "dialysis haemodialysis hemodialysis hemodialyzed dialysed dialysing dialyses dialyzed dialyze "
        "rrt crrt cvvh cvvhd cvvhdf sled haemofiltration hemofiltration haemodiafiltration capd hd",
        _DIALYSIS,
    ),
    Entry("telemetry.not_this", SILENT, "tele telemetry", r"tele-(?:health|med\w*|visit|icu)"),
    *device(
        NeedName.TELEMETRY,
        "telemetry tele cardiac ecg ekg rhythm monitored",
        r"telemetry|tele|cardiac[- ]monitor\w*|continuous (?:ecg|ekg|cardiac|rhythm) monitor\w*|(?:ecg|"
        r"ekg|rhythm) monitoring|cardiac[- ]monitored bed",
    ),
    Entry(
        "bariatric.surgery",
        SILENT,
        "bariatric",
        r"bariatric (?:surg\w+|clinic|service|medicine|procedure|operation|bypass|team|referral|"
        r"assessment)",
    ),
    *device(
        NeedName.BARIATRIC,
        "bariatric wide wider heavy plus",
        r"bariatric(?: (?:bed|chair|commode|equipment|frame|hoist|mattress))?|(?:extra[- ]?wide|wider|"
        r"plus[- ]?size|heavy[- ]?duty) (?:bed|chair|commode|frame|hoist|mattress|wheelchair)",
    ),
    Entry(
        "bariatric.standard_bed",
        "no",
        "standard",
        r"standard (?:bed|frame|equipment)(?: is| will be)? (?:ok|fine|suitable|adequate|suffic\w+)",
    ),
    Entry(
        "visible.station",
        "yes",
        "station stn sight view visibility vis",
        r"(?:near|close to|opposite|beside|next to|by|outside|"
        r"in front of) (?:the )?nurs\w*['’]? ?(?:station|stn|desk)|(?:in|within) (?:direct |"
        r"full )?(?:sight|view) of (?:the )?(?:nurs\w*|staff|station)|high[- ]?vis(?:ibility)?(?: (?:bed|"
        r"bay))",
    ),
)

LEVEL = (
    Entry(
        "level.talk",
        SILENT,
        _UNITS,
        r"(?:d/w|discussed (?:with|by)|seen by|reviewed by|review by|rv by|post|previous|from|left|"
        rf"discharged from|after|ex|since) <1>(?:{_ICU}|{_HDU})|(?:{_ICU}|{_HDU})(?: ?/ ?\w+)? (?:outreach|"
        r"reg\w*|consultant|team|review|r/v|rv|follow[- ]?up|stay|delirium|acquired|discharge|opinion|"
        r"aware|informed|nurse|doctor|physician|spr|referral declined)",
    ),
    Entry(
        "level.not_for",
        SILENT,
        _UNITS + " level",
        rf"(?:not|no) (?:a candidate )?(?:for|appropriate for|suitable for|need(?:ing)?) <2>(?:{_ICU}|"
        rf"{_HDU}|level [23])(?: ?(?:/|or|nor) ?(?:{_ICU}|{_HDU}))*",
    ),
    Entry(
        "level.ward_ceiling",
        "ward",
        "ward",
        r"ward[- ](?:level|based)(?: care| ceiling(?: of care)?| management)?|ward (?:is |"
        r"as )?(?:the )?ceiling|ceiling(?: of care)?(?: is|:)? ward",
    ),
    Entry(
        "level.down_to_ward",
        "ward",
        "ward floor wardable level",
        r"(?:step(?:ped|ping)?[- ]?down|stepdown|transfer|moved?|fit|ready|suitable|ok|okay) (?:to|"
        r"for) (?:the )?<1>(?:ward|floor)(?! ?round)|wardable|ward[- ](?:fit|ready)|floor bed|"
        r"(?:to )?level [01] care|to level [01]",
    ),
    Entry(
        "level.down_to_hdu",
        "hdu",
        _UNITS + " stepped",
        rf"(?:step(?:ped|ping)?[- ]?down|stepdown) (?:from <2>)?to <1>{_HDU}",
    ),
    Entry(
        "level.icu",
        "icu",
        _UNITS + " level",
        rf"{_TO} <1>{_ICU}|{_ICU} (?:admission|bed|level|patient|care|transfer)|level (?:3|three) (?:care|"
        r"bed|patient|unit|support)",
    ),
    Entry(
        "level.hdu",
        "hdu",
        _UNITS + " level",
        rf"{_TO} <1>{_HDU}|{_HDU} (?:admission|bed|level|patient|care|transfer|step[- ]?down)|level (?:2|"
        r"two) (?:care|bed|patient|unit|support)",
    ),
)

_ONE_TO_FIVE = (*((float(level), str(level)) for level in range(1, 6)), (6.0, SILENT))
ACUITY = (
    Entry(
        "acuity.triage_scale",
        SILENT,
        "esi ktas ctas mts ats triage triaged acuity",
        r"(?:esi|ktas|ctas|mts|ats|triaged?(?: as)?|acuity)(?: (?:level|category|cat|"
        r"score))?\W{0,3}(?P<n>[1-5])(?![\d/.:])",
        _ONE_TO_FIVE,
    ),
    *(
        Entry(
            f"acuity.triage_{colour}",
            str(level),
            "triage triaged mts manchester",
            rf"(?:triaged?|mts|manchester)(?: (?:category|cat|as))?\W{{0,3}}{colour}",
        )
        for level, colour in enumerate(("red", "orange", "yellow", "green", "blue"), start=1)
    ),
    Entry(
        "acuity.news",
        SILENT,
        "news",
        r"news(?: ?2(?= ?(?:score|of|=|:|is|now|\d)))?\W{0,3}(?:score )?(?:of |now |is |up to |"
        r"= ?)?(?P<n>\d{1,2})(?![\d/.:]| ?(?:days|hours|weeks))",
        ((0, SILENT), (7, "2"), (21, SILENT)),
    ),
    Entry("acuity.arrest", "1", "peri arrest periarrest", r"peri-?\s?arrest"),
)
