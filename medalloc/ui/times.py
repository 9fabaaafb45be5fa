"""Times and spans as a ward reads them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from medalloc.locale import gettext

N_ = str

MONTHS = (
    *(N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun")),
    *(N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")),
)


def clock(moment: datetime | None, today: datetime | None = None, translate: Callable[[str], str] = gettext) -> str:
    """`07:30` on the day of `today`, else `07:30 10 Mar`, in the reader's order; "–" for none."""
    if moment is None:
        return "–"
    if today is not None and moment.date() == today.date():
        return f"{moment:%H:%M}"
    pattern = N_("%(time)s %(day)d %(month)s")
    if today is None or moment.year != today.year:
        pattern = N_("%(time)s %(day)d %(month)s %(year)d")
    month = translate(MONTHS[moment.month - 1])
    return translate(pattern) % {
        "time": f"{moment:%H:%M}",
        "day": moment.day,
        "month": month,
        "year": moment.year,
    }


def hours_between(start: datetime | None, end: datetime) -> float | None:
    """Hours from start to end [h], not below 0; None for no start."""
    return None if start is None else max(0.0, (end - start) / timedelta(hours=1))


def span(hours: float | None, translate: Callable[[str], str]) -> str:
    """`45 min`, `6 h 10 min` or `3 d 4 h`; "–" for none."""
    if hours is None:
        return "–"
    minutes = round(hours * 60)
    if minutes < 60:
        return translate("%(minutes)d min") % {"minutes": minutes}
    if minutes < 48 * 60:
        return translate("%(hours)d h %(minutes)02d min") % {"hours": minutes // 60, "minutes": minutes % 60}
    return translate("%(days)d d %(hours)d h") % {"days": minutes // 1440, "hours": minutes % 1440 // 60}
