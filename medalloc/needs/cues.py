"""The words that turn a statement: cue lists of the context rules (data only).

Own lists in the manner of ConText (Harkema et al. 2009, J Biomed Inform 42:839): a cue changes what stands
after it (`FORWARD`) or before it (`BACKWARD`) up to a terminator; a pseudo cue looks like one and changes
nothing.
"""

from __future__ import annotations

from enum import StrEnum


class Modifier(StrEnum):
    """Why a mention does not say that the patient has it now."""

    NEGATED = "negated"
    HYPOTHETICAL = "hypothetical"
    HISTORICAL = "historical"
    OTHER_PERSON = "other_person"


def _phrases(block: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in block.split(";"))


_RELATIVES = (
    "wife husband daughter son mother father mum dad partner carer carers neighbour friend relatives parents "
    "family sister brother spouse grandson granddaughter niece nephew aunt uncle grandmother grandfather"
).split()

FORWARD: dict[Modifier, tuple[str, ...]] = {
    Modifier.NEGATED: _phrases(
        """
        no; not; nil; without; denies; denied; denying; none; never; neither; nor; absence of; absent;
        negative for; neg for; w/o; (-); no evidence of; no sign of; no signs of; no need for; no
        requirement for;
        free of; free from; clear of; cannot; can't; didn't; doesn't; don't; isn't; wasn't; hasn't;
        haven't; won't; doesnt; didnt; isnt; hasnt; nad; lack of; lacks; unlikely; unlikely to be; ruled
        out; rules out; excluded; excludes; not for; no longer; no further; not currently; not
        requiring; not needing; off; weaned off; weaned from; declined; declines; stopped; discontinued;
        stepped down from; came off; taken off; removed from; out of; instead of; rather than; non;
        de-escalated from; has not needed; have not needed; has not required; have not required; did not
        need; did not require; never needed; never required; does not need; does not require; nor any;
        failed to show; failed to demonstrate; did not show; no more; no other
        """
    ),
    Modifier.HYPOTHETICAL: _phrases(
        """
        if; should he; should she; should they; should pt; should the patient; in case of; in case; in
        the event of; unless; would need; would require; would be for; would benefit from; would; may
        need; may require; might need; might require; could need; may be; might; return if; watch for;
        watch out for; look out for; monitor for; observe for; at risk of; at risk for; risk of;
        consider; considering; low threshold for; threshold for; escalate to; escalate if; in future;
        when ready for; until; prn; as required; as needed; potential; potentially; possible need for;
        contingency; call if; inform if; await decision on; to prevent; awaiting decision re; discussed
        risks of; risks of; risks include; possibility of; decision re; decision regarding; to come back
        for; come back for; come back if; consent for; warned about; advised about; educated about;
        screening for; screen for; for consideration of; whether; were to; plan b; ceiling of; should
        the; should his; should her; advised re; advice re; safety netted re; safety net advice re;
        aware of signs of; may progress to; may develop; may become; might progress to; might develop;
        may go on to; may benefit from; may end up
        """
    ),
    Modifier.HISTORICAL: _phrases(
        """
        history of; hx of; h/o; ho; pmh; pmhx; pmh of; past history of; past medical history; previous;
        previously; prev; prior; past; old; last year; last month; last admission; in childhood; as a
        child; years ago; months ago; s/p; status post; known previous; former; formerly; earlier this
        year; on last admission; during last admission; during previous admission; recent admission
        with; discharged last; treated for; recovered from; had been; used to; was on; was in; were on;
        initially; originally; at presentation; background of; bg of; bg; in ed; in theatre; overnight
        on itu; in recovery; pre-op; preop; resolved; childhood; remote history of; old history of
        """
    ),
    Modifier.OTHER_PERSON: _phrases(
        """
        family history of; fhx; fhx of; fh; fh of; family history; mother; mum; father; dad; brother;
        sister; wife; husband; son; daughter; grandson; granddaughter; grandmother; grandfather; aunt;
        uncle; cousin; niece; nephew; partner; spouse; parent; parents; sibling; siblings; neighbour;
        friend; roommate; flatmate; relative; relatives; colleague; carer; other patient; another
        patient; patient opposite; lady opposite; man opposite;
        gentleman opposite; bed opposite; patient in bed; patient in the next bed; contact of; bay contact of;
        exposed to; exposure to; pt in bed; next bed; bay neighbour; fellow patient;
        maternal; paternal; son's; wife's; husband's; mother's; father's; daughter's; sister's;
        brother's; girlfriend; boyfriend; fiance; fiancee; mother in law; father in law; mother-in-law;
        father-in-law; twin; stepfather; stepmother; ex-husband; ex-wife; housemate
        """
    )
    + tuple(
        f"{person} {verb}"
        for person in _RELATIVES
        for verb in (
            "was admitted with",
            "admitted with",
            "currently",
            "is currently",
            "now",
            "is now",
            "has now",
        )
    ),
}

BACKWARD: dict[Modifier, tuple[str, ...]] = {
    Modifier.NEGATED: _phrases(
        """
        negative; neg; -ve; ruled out; excluded; unlikely; absent; nil; denied; declined; not required;
        not needed; not indicated; not seen; not present; not detected; not isolated; not suspected; not
        necessary; not felt necessary; not grown; not appropriate; not warranted; not be appropriate;
        not be suitable; not suitable; not currently
        required; not currently needed; not currently indicated; inappropriate; contraindicated; no
        longer required; no
        longer needed; no longer indicated; no longer necessary; no longer; was stopped; stopped;
        discontinued; removed; weaned; weaned off; weaned to room air; off; lifted; stepped down; came
        down; taken down; has been ruled out; never required; isn't; stood down; withdrawn;
        not this pt; not this patient; screens clear; swabs clear; all
        clear; no growth; none; down now; has gone; not raised; not elevated; not reported; not noted;
        not observed; not witnessed; not found; not documented; not identified; not given; not started;
        not evident; not apparent; denied throughout; taken out; was never; were never; never; avoided;
        was avoided; has now been stopped; has now been discontinued; has now been removed; has now been
        lifted; has now been weaned; has now been excluded; has now been ruled out; now stopped; now
        discontinued; now removed; now off; is now off; now lifted; now weaned; now negative; now
        excluded; now ruled out; now down; settled overnight
        """
    ),
    Modifier.HYPOTHETICAL: _phrases(
        """
        if needed; if required; if necessary; if deteriorates; if worsens; if he deteriorates; if she
        deteriorates; if any concerns; if; would be considered; may be needed; may be required; might be
        needed; might be required; could be considered; prn; as required; as needed; unless; should be
        considered; in case; to be considered; on standby; available if
        """
    ),
    Modifier.HISTORICAL: _phrases(
        """
        in the past; years ago; yrs ago; year ago; months ago; weeks ago; ago; last year; last month;
        last admission; last winter; last summer; previously; as a child; in childhood; resolved; now
        resolved; has resolved; historically; on previous admission; on last admission; during last
        admission; during previous admission; in the recent past; at last admission; treated
        previously; since resolved; since cleared; now cleared; completed treatment; before admission;
        as a teenager; as a young man; as a young woman; as an infant; as a baby; in her teens; in his
        teens; in her youth; in his youth; in her twenties; in his twenties; settled since; cleared
        since; fully recovered; full recovery; fully resolved; now settled; since settled
        """
    )
    + tuple(f"{before}{year}" for before in ("", "in ") for year in range(1950, 2026)),
    Modifier.OTHER_PERSON: _phrases(
        """
        in mother; in father; in her mother; in his mother; in her father; in his father; in sister; in
        brother; in family; in the family; runs in the family; in wife; in husband; in relatives; in her
        sister; in his brother; in household; in next bed;
        at next bed; by next bed; of next bed; of bed; is for bed; is for neighbour;
        in bed opposite; on her mother's side; on his father's side;
        on paternal side; on maternal side; in both parents; in parents; in an uncle; in an aunt; in
        siblings; in his sister; in her brother; in her daughter; in his daughter; in her son; in his
        son
        """
    ),
}

_TELLING = (
    "reports report says say states state worried concerned present visiting informed updated aware called "
    "phoned noticed found asking asked agrees at attending attended"
).split()
_WITH = _phrases(
    "discussed with; d/w; spoke to; spoke with; lives with; found by; brought in by; accompanied by; "
    "visited by; update; inform"
)

PSEUDO: tuple[str, ...] = (
    *_phrases(
        """
        negative pressure; no increase; no change; no change in; no changes to; not only; not certain;
        not certain if; not certain whether; not sure; not necessarily; no doubt; no improvement in; no
        improvement; not just; without difficulty; without further delay; not drained; no better; not
        improving; not resolving; not resolved; not settling; not controlled; not tolerating; not
        responding; not alone; not to be left; not to be moved; not safe; not be left; not maintaining;
        not compliant with; non-compliant with; not himself; not herself; not weight bearing; not eating
        unless; not sleeping; non-invasive; non invasive; non-weight bearing; non weight bearing; no
        english; without doubt; could not tolerate; did not tolerate; high risk of; high risk for;
        increased risk of; at high risk of; at high risk for; at increased risk of; despite no; had been
        refusing; to be ruled out;  day history of; week history of; month history of; hour history of;
        /7 history of; /52 history of;
        not coping; not able to; not well; not weaned; not yet weaned; not keeping; unable to wean off;
        cannot be left; cannot be weaned; cannot lie; cannot wean; cannot maintain; cannot mobilise;
        cannot fit; can't lie; does not fit; failed to wean off; nil by mouth; nil acute; no sooner; not
        before; unable to come off; do not move; not orientated; not oriented; no insight; no safety
        awareness; not aware; no visitors; off legs; off feet; off baseline; off food; history of
        presenting; history of present; history from; history unobtainable; no history available; past
        few hours; past few days; past 24; past day; past hour; past two; past three; past week; year
        old; years old; yr old; month old; months old; week old; old age; old man; old lady; old woman;
        old gentleman; y old; yo old; as previously; as previous; if not already; as if; even if; mother
        of; father of; mum of; despite absence of; l off; ml off; litres off; litre off; kg off; doesn't
        tolerate; does not tolerate; cannot tolerate; can't tolerate; unable to tolerate; not tolerate;
        no chance of; day off; days off; drop off; drops off; dropping off; no evidence of improvement;
        no sign of improvement; no signs of improvement; no sign of recovery; never without
        """
    ),
    *(f"{person} in {place}" for person in _RELATIVES for place in ("attendance", "room")),
    *(f"{person} {verb}" for person in _RELATIVES for verb in _TELLING),
    *(f"{verb} {person}" for person in _RELATIVES for verb in _WITH),
)
"""Relatives who tell, or are told, are not those who are ill."""

TERMINATORS = _phrases(
    """
    but; however; although; though; except; except for; apart from; aside from; other than; yet;
    nevertheless; still; secondary to; due to; because of; because; as; since; which; who; presents
    with; presented with; presenting with; admitted with; came in with; currently; now; today; at
    present; presently; requiring; requires; therefore; so; hence; then; and now; and is; and has; and
    on; remains; continues; instead; while; whilst; despite
    """
)

FRESH_STARTS = frozenset(
    """
    agitated alert are await awaiting bp comfortable commenced confused continue continues currently
    drinking eating for gcs had has have he hr increase increased is isolate isolated keep mobilises
    mobilising move needing needs news now nurse nursed nursing obs on orientated patient plan please pt
    remain remains requires requiring rr sats settled she spo2 stable started still temp they to transfer
    up using ward was wears with
    """.split()
)
"""Words that open a new statement after a comma: what stood before the comma no longer holds."""

TRAILING = frozenset(
    "by on at after with from in today this overnight yesterday via per following throughout , then and".split()
)
"""After a cue of both directions, these say that what it turns stood before it ("TB ruled out by ID")."""

NEGATORS = frozenset("cannot can't cant won't wont unable not never couldn't".split())
UNABLE = frozenset("cannot can't cant unable couldn't".split())
"""What undoes "without", before and after it."""

BEFORE_TIMES = frozenset("at @ by until till from since ~ / - . : and of".split())
AFTER_TIMES = frozenset("h hr hrs hours ml mls mg mcg kcal units iu / - %".split())
"""Beside these, four digits are no year: "off oxygen at 2010"."""

NARROW = frozenset(
    """
    not cannot can't didn't doesn't don't isn't wasn't hasn't haven't won't doesnt didnt isnt hasnt never stopped
    discontinued declined declines off weaned came taken removed stepped has have does did
    """.split()
)
"""First words of negations of one statement: they end at a comma, unless an "or" carries them on."""
