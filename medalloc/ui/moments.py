"""Moments of a plan as a ward reads them: the day, the time, and how far off that is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from medalloc.ui.times import MONTHS

Translate = Callable[[str], str]
N_ = str

DAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
HOURS_AS_DAYS = 48
"""From here on whole days are said in days."""


def moment_words(moment: datetime, at: datetime, translate: Translate) -> str:
    """`Thu 5 Mar 16:00, in 8 h`; `now, Thu 5 Mar 08:00` for the moment of the snapshot.

    >>> moment_words(datetime(2026, 3, 5, 16), datetime(2026, 3, 5, 8), str)
    'Thu 5 Mar 16:00, in 8 h'
    """
    day = day_words(moment, translate)
    if moment <= at:
        return translate("now, %(day)s %(time)s") % {"day": day, "time": f"{moment:%H:%M}"}
    away = away_words(moment - at, translate)
    return translate("%(day)s %(time)s, in %(away)s") % {"day": day, "time": f"{moment:%H:%M}", "away": away}


def day_words(moment: datetime, translate: Translate) -> str:
    """`Thu 5 Mar`."""
    month, weekday = translate(MONTHS[moment.month - 1]), translate(DAYS[moment.weekday()])
    return translate("%(weekday)s %(day)d %(month)s") % {"weekday": weekday, "day": moment.day, "month": month}


def away_words(away: timedelta, translate: Translate) -> str:
    """How far off a moment is, in hours or whole days."""
    hours = round(away / timedelta(hours=1))
    if hours >= HOURS_AS_DAYS and hours % 24 == 0:
        return translate("%(days)d days") % {"days": hours // 24}
    return translate("%(hours)d h") % {"hours": hours}
