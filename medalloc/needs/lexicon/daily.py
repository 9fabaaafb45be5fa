"""How notes speak of mobility, help with meals, language and the end of life (data only)."""

from __future__ import annotations

from medalloc.needs.lexicon.entry import SILENT, Entry

_AID = (
    r"(?:sticks?|walking stick|zimmer(?: frame)?|zf|wzf|rollator|(?:wheeled |walking |gutter )?frame|"
    r"walker|rw|fww|crutch(?:es)?|cane|quad stick)"
)
_HELP = (
    r"(?:a(?= of)|ass?is?t\w*|help|a\.?o|aof|rolled|rolls|stood|stands|turned|mobilises|transfers?|"
    r"transferring|mobilising|ao|(?:min|mod|max)(?:imal|imum|erate)?[- ]?a(?:ssist\w*)?|asst|support)"
)
_BY = r"(?: ?(?:of|x|×|with|by|\+) ?| )"
_STAFF = r"(?: (?:people|persons?|staff|nurses?|carers?|hcas?|to (?:transfer|stand|mobilise|wash)))?"
_WALKS = r"(?:mobil\w+|walk\w*|transfer\w*|ambulat\w*)"

MOBILITY = (
    Entry(
        "mobility.usual",
        SILENT,
        "usually normally baseline premorbid premorbidly home pta admission",
        r"(?:usually|normally|baseline|pre-?morbid(?:ly)?|at home|"
        r"prior to admission)\W+(?:\w+\W+){0,3}?(?:independent(?:ly)?(?: \w+)?|mobil\w+(?: with \w+|"
        r" independently)?)|independent(?:ly)?(?: \w+){0,2} (?:at (?:home|baseline)|pta|"
        r"prior to admission|normally|usually|before)",
    ),
    Entry(
        "mobility.independent",
        "independent",
        "independent independently unaided indep mobile lib walks self caring about",
        r"indep(?:endent(?:ly)?)?(?: and safe)? (?:mobil\w+|with (?:all )?(?:mobility|transfers|walking|"
        rf"ambulation|adls|{_AID})|transfers?|ambulat\w+|on (?:the ward|feet|stairs))|"
        rf"{_WALKS}(?: on (?:the )?ward)? (?:indep(?:endently)?|unaided|freely|without (?:help|assist\w*|"
        r"aids?))|(?:up )?ad lib|up and about|fully (?:mobile|independent)|"
        r"self[- ]?caring(?: and mobile)?|independent(?= ?(?:$|[.,;]))",
    ),
    Entry(
        "mobility.with_aid",
        "independent",
        "stick sticks zimmer zf wzf rollator frame walker rw fww crutch crutches cane",
        rf"{_WALKS} with (?:a |his |her |their |own |one |two |2 )*{_AID}(?!.*(?:supervis|assist|s/v|"
        r"a ?(?:of|o|x)? ?[12]\b|x ?[12]\b))",
    ),
    Entry(
        "mobility.supervision",
        "supervision",
        "supervision supervised standby sba guard prompting s/v",
        r"s/v of (?:1|one)|(?:with|needs?) s/v|(?:with|needs?|requires?|close|distant|verbal|standby|"
        r"stand-by) <1>(?:supervision|prompting)(?! (?:with (?:meals|eating)|of\b))|"
        rf"supervision (?:of (?:1|one)|x ?1|only|for|to|when|with) ?<1>(?:{_WALKS})?|"
        rf"supervised <1>{_WALKS}|(?:with|needs|\+) sba|sba (?:for|to|with|only)|stand-?by assist\w*|"
        r"contact guard(?: assist\w*)?",
    ),
    Entry(
        "mobility.two",
        "two",
        "2 two second stedy",
        rf"{_HELP}{_BY}(?:2|two){_STAFF}(?! ?(?:years|weeks|months|days|hours|[:/.]\d))(?: (?:with|using|"
        r"and|\+) (?:the |a )?(?:sara )?stedy)?|a ?[x×] ?2|ax2|ao2|a ?2 (?:with|transfers?|mobil\w+|stedy|"
        rf"zf|frame)|{_WALKS} (?:with )?a ?2|(?:2|two)[- ](?:person|people|staff|nurse)s? (?:assist\w*|"
        r"transfers?|to)|(?:with|needs|requires) <1>(?:2|two) (?:people|staff|nurses|carers|hcas|persons)|"
        r"x ?2 (?:assist\w*|staff|nurses|to (?:transfer|stand))|stedy (?:with|\+|and) <2>(?:2|two)",
    ),
    Entry(
        "mobility.one",
        "one",
        "1 one stedy assist assistance nurse hca",
        rf"{_HELP}{_BY}(?:1|one){_STAFF}(?! ?(?:year|week|month|day|hour|of\b|[:/.]\d))|a ?[x×] ?1|ax1|ao1|"
        rf"a ?1 (?:with|transfers?|mobil\w+|stedy|zf|frame)|{_WALKS} (?:with )?a ?1|(?:1|one|"
        r"single)[- ](?:person|staff|nurse) (?:assist\w*|transfers?|to)|(?:with|needs|requires) <1>(?:1|"
        r"one) (?:person|staff|nurse|carer|hca)|x ?1 (?:assist\w*|staff|to (?:transfer|stand))|"
        r"(?:sara )?stedy|(?:min|mod|max)(?:imal|imum|erate)? assist(?! ?x ?2)|"
        rf"{_WALKS}(?: \w+){{0,4}}? with (?:assist\w*|(?:a |the |one |1 )?(?:nurse|hca|physio|carer)\b|"
        r"help)",
    ),
    Entry(
        "mobility.hoist",
        "hoist",
        "hoist hoisted hoyer lift hoisting",
        r"(?:full[- ]body |full |ceiling |gantry )?hoist(?:ed|ing)?(?: (?:transfers?|only))?|"
        r"hoyer(?: lift)?|mechanical lift",
    ),
    Entry(
        "mobility.hoist_other",
        SILENT,
        "hoist",
        r"(?:stand(?:ing)?[- ](?:aid|up) hoist|hoist (?:ordered|delivery|delivered|to be delivered|"
        r"at home|for home|provision)|car hoist)",
    ),
    Entry("mobility.privileges", "one", "bedrest rest", r"bed ?-?rest with <1>(?:bathroom|toilet|commode) privileges"),
    Entry(
        "mobility.bed_bound",
        "bed_bound",
        "bed bedbound bedrest bedfast bedridden ambulatory nonambulatory log logroll logrolled immobile sit mobilise",
        r"bed-?\s?bound|bedfast|bed-?\s?rest(?:ing)?|bedridden|(?:confined to|nursed in|cared for in|"
        r"remains? in|kept in) bed(?! ?\d)|non-?\s?ambulat\w+|log-?\s?roll\w*|immobile|(?:unable to|"
        r"cannot|not able to|has not|hasn't) (?:sit out|get out of bed|been out of bed|leave (?:the )?bed|"
        r"mobilise at all)",
    ),
)

FEEDING = (
    Entry(
        "feeding.tube",
        SILENT,
        "feed feeds feeding fed",
        r"(?:feed(?:s|ing)?|fed)(?: \w+){0,2} (?:via|by|through|per) (?:the |an? )?(?:ng\w*|nj\w*|peg\w*|"
        r"rig|jej\w*|tube)|(?:ng|nj|peg|rig|tube|enteral|trophic|bolus|breast|bottle|"
        r"demand)[- ]?(?:feed(?:s|ing)?|fed)|feeding (?:tube|regime\w*|pump|plan)",
    ),
    Entry(
        "feeding.self",
        "no",
        "feeds feeding feed fed self eating eats ate meals meal breakfast lunch dinner diet",
        r"(?:feeds?|feeding|fed|feed) (?:him|her|them)?sel(?:f|ves)|self[- ]?feed(?:s|ing)?|"
        r"indep(?:endent(?:ly)?)? (?:with |at |in )?(?:meals?|eating(?: and drinking)?|feeding|diet)|"
        r"eat(?:s|ing)(?: and drinking)? independently|no (?:help|assistance) (?:needed|required) (?:with|"
        r"at|for) (?:meals?|eating|feeding)|(?:manag\w+|ate|eats) (?:own |all )?(?:meals?|breakfast|lunch|"
        r"dinner|diet|food) (?:independently|unaided|well alone)|(?:no|not requiring|does not (?:need|"
        r"require)|no longer (?:needs|requires)) <1>(?:help|assistance|support|feeding) (?:with|at|"
        r"to) (?:meals?|eat\w*|diet|feed\w*)",
    ),
    Entry(
        "feeding.unable",
        "yes",
        "feed unable",
        r"(?:unable to|cannot|can't|not able to|will not|won't) feed (?:him|her|them)?sel(?:f|ves)|"
        r"not eating unless (?:fed|helped|assisted)|only eats (?:if|when) (?:fed|helped)",
    ),
    Entry(
        "feeding.help",
        "yes",
        "meals meal feeding eating eat drinking diet feed mealtimes mealtime lunch breakfast oral fed",
        r"(?:assist\w*|help(?:ed|ing)?|support(?:ed)?|prompt\w*|supervis\w+|"
        r"dependent)(?: \w+){0,3}? (?:with|at|to|for|during|on)(?: all| his| her| their|"
        r" oral)* (?:meal(?:s|times?)?|feed(?:ing)?|eat(?:ing)?|drink(?:ing)?|diet(?: and fluids)?|lunch|"
        r"breakfast|oral intake|food|nutrition)|(?:needs?|requires?|requiring|"
        r"needing) <2>(?:feeding(?! (?:via|by|through|per)\b)|to be fed|(?:meal|feeding) (?:assist\w*|"
        r"support|help))|(?:feeding|meal(?:time)?) (?:assist\w*|help|support)|assist\w* feed(?:ing)?|"
        r"(?:meal|breakfast|lunch|dinner|supper|diet|ate|eats)(?: \w+){0,3} with (?:assist\w*|help|"
        r"support)|fed (?:by|with help|breakfast|lunch|dinner|supper|all meals)|1:1 feed\w*",
    ),
    Entry(
        "feeding.signs",
        "yes",
        "red spoon feeder",
        r"red (?:tray|jug|lid|mat|napkin)|spoon[- ]?fed|(?:total|assisted|is a) feeder",
    ),
)

_LANGUAGE = (
    r"(?:polish|romanian|urdu|punjabi|panjabi|bengali|sylheti|gujarati|hindi|tamil|arabic|somali|"
    r"tigrinya|amharic|farsi|persian|dari|pashto|kurdish|sorani|turkish|spanish|portuguese|french|"
    r"italian|german|greek|russian|ukrainian|lithuanian|latvian|bulgarian|hungarian|czech|slovak|"
    r"albanian|serbian|croatian|bosnian|mandarin|cantonese|chinese|vietnamese|korean|japanese|thai|"
    r"tagalog|burmese|nepali|swahili|yoruba|igbo|hausa|twi|haitian creole|creole|hmong|khmer|lao|bsl|"
    r"asl|welsh)"
)
_LANGUAGES = " ".join(_LANGUAGE.strip("(?:)").split("|"))
INTERPRETER = (
    Entry(
        "interpreter.not_needed",
        "no",
        "interpreter interpreters translator",
        r"(?:no|without|not requiring|not needing|does not (?:need|require)|doesn't need|"
        r"declin\w+) <1>(?:interpreters?|translator)(?: (?:needed|required|necessary))?|(?:interpreter|"
        r"translator) (?:is |was )?(?:not (?:needed|required|necessary)|no longer (?:needed|required)|"
        r"declined)",
    ),
    Entry(
        "interpreter.no_english",
        "yes",
        "english",
        r"(?:no|little|limited|poor|minimal|broken|basic|non|very little|not much|(?:does not|doesn't|"
        r"do not|unable to|cannot|can't|not) (?:speak|understand|able to speak)(?: any|"
        r" much)?)[- ]english(?:[- ]spe?a?o?k\w+)?|not english[- ]speaking|english (?:is |"
        rf"very )*(?:limited|poor|minimal|(?:not|a second) <3>language)|{_LANGUAGE} (?:only|and no english)",
    ),
    Entry(
        "interpreter.speaks_english",
        "no",
        "english",
        r"(?:good|fluent|excellent|understands|adequate|functional) english|english[- ]speaking|"
        r"speaks (?:good |fluent |excellent )?english|(?:fluent|conversant) in english|"
        r"english (?:is )?(?:good|fluent|excellent)",
    ),
    Entry(
        "interpreter.both",
        SILENT,
        _LANGUAGES,
        rf"(?:speaks?|speaking|spoken) {_LANGUAGE} (?:and|&|\+|as well as|but) (?:good |some |"
        r"fluent )?english",
    ),
    Entry(
        "interpreter.stated",
        "yes",
        "interpreter interpreters interpreting interprets translator translating translates language languageline bsl",
        r"(?:interpreters?|translator)|language[- ]?line|big ?word|(?:family|son|daughter|wife|husband|"
        r"relative|nephew|niece|staff nurse)\w* (?:\w+ )?(?:translat\w+|interpret\w+)|language barrier|"
        r"british sign language|bsl(?: user)?",
    ),
    Entry(
        "interpreter.language",
        "yes",
        _LANGUAGES,
        rf"(?:speaks?|speaking|understands) (?:only|mainly|just) {_LANGUAGE}|{_LANGUAGE}[- ](?:only|"
        rf"speaking(?: only)?|speaker)|only (?:speaks|understands) {_LANGUAGE}|speaks {_LANGUAGE}(?= ?(?:$|"
        r"[.,;]))",
    ),
)

END_OF_LIFE = (
    Entry(
        "end_of_life.full",
        "no",
        "full active dying life",
        r"(?:for )?full (?:escalation|active (?:treatment|management)|treatment)|(?:not|"
        r"isn't) (?:actively |currently )*(?:dying|end[- ]of[- ]life|eol)",
    ),
    Entry(
        "end_of_life.talk",
        SILENT,
        "life eol hospice dying palliative",
        r"(?:end[- ]of[- ]life|eol)(?: ?(?:/|and) ?\w+ limitation)? (?:discussion|conversation|wishes|"
        r"preferences|planning|decisions?|nurse|team)|fear of dying|hospice (?:volunteer|shop|nurse)",
    ),
    Entry(
        "end_of_life.stated",
        "yes",
        "life eol eolc dying comfort days terminal terminally tlc",
        r"end[- ]of[- ]life(?: care| pathway)?|eolc?|last (?:days|hours)(?: (?:or|to) (?:days|hours|"
        r"weeks))? of life|(?:actively |imminently |is |now )?dying(?! (?:of|from) (?:pain|thirst|to))|"
        r"comfort[- ](?:care|cares|measures|focus\w*|obs)(?: only)?|terminal (?:phase|care|agitation|"
        r"secretions|restlessness)|(?:days|hours) to live|(?:for )tlc|tlc only",
    ),
    Entry(
        "end_of_life.driver",
        "yes",
        "syringe driver csci t34",
        r"(?:syringe driver|csci|t34)(?:\W+\w+){0,8}?\W+(?:comfort|symptoms?|midazolam|glyco\w*|morphine|"
        r"oxycodone|alfentanil|levomepromazine|hyoscine|eol|dying|diamorphine)|(?:midazolam|glyco\w*|"
        r"morphine|oxycodone|alfentanil|levomepromazine|hyoscine|"
        r"comfort)(?:\W+\w+){0,5}?\W+(?:syringe driver|csci|t34)",
    ),
    Entry(
        "end_of_life.fast_track",
        "yes",
        "fast fasttrack",
        r"(?:chc )?fast[- ]?track(?:ed)?(?: (?:discharge|chc|application|funding|form|paperwork|home|"
        r"submitted|completed|for))",
    ),
    Entry(
        "end_of_life.withdrawn",
        "yes",
        "treatment care support active withdrawn withdrawal",
        r"(?:active )?(?:treatment|life support|care|support) (?:has been |was |to be )?withdrawn|"
        r"withdrawal of (?:active |life[- ]sustaining |life )*(?:treatment|care|support)|"
        r"not for (?:any )?(?:further )?active (?:treatment|management)",
    ),
    Entry(
        "end_of_life.hospice",
        "yes",
        "hospice",
        r"(?:for|to|awaiting|accepted (?:by|to|for)|referred to|transfer to|inpatient|home|"
        r"under) <1>hospice(?: (?:bed|care|transfer))?|hospice (?:bed|care|referral|placement|transfer)",
    ),
    Entry(
        "end_of_life.care_plan",
        "yes",
        "dying individualised individualized priorities",
        r"(?:individuali[sz]ed )?(?:care plan|pathway|priorities of care|care) (?:for|"
        r"of) the dying(?: (?:person|patient|adult))?",
    ),
)
