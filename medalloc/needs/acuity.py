"""Acuity: what notes and vital signs make likely, with two rules that lean to the safe side."""

from __future__ import annotations

from collections.abc import Mapping

from medalloc.domain.needs import Basis, Binding, Need, NeedName, NeedSource
from medalloc.needs.fuse import Quotes
from medalloc.needs.news2 import NewsScore

MIDDLE = 3
VERY_ILL = 2
SAFETY_CUT = 0.25
"""From this probability of acuity 1 or 2 on, a patient counts as 2 at the least (notes: under-triage .158 → .126)."""


def fuse_acuity(chances: Mapping[str, float] | None, news: NewsScore | None, quotes: Quotes) -> Need:
    """The acuity of a patient, 1 (most ill) to 5.

    The median of the probabilities; at most 2 where acuity 1 or 2 is more likely than `SAFETY_CUT`; and never less
    ill than NEWS2 says: 7 or more: at most 2; 5 or 6, or a single 3: at most 3.

    Parameters
    ----------
    chances
        Probability of every acuity; None: neither a note nor vital signs can be read.
    """
    if chances is None:
        return Need(NeedName.ACUITY, str(MIDDLE), 0.0, NeedSource.NOTE, Binding.NONE, True, basis=Basis.UNREAD)
    read = read_acuity(chances)
    if news is not None and news.acuity_floor < read:
        value = news.acuity_floor
        at_least = sum(chance for acuity, chance in chances.items() if int(acuity) <= value)
        return Need(
            NeedName.ACUITY,
            str(value),
            at_least,
            NeedSource.VITALS,
            Binding.HARD,
            other=str(read),
            basis=Basis.SCORE,
        )
    evidence = quotes(str(read))
    return Need(NeedName.ACUITY, str(read), chances[str(read)], NeedSource.NOTE, Binding.SOFT, evidence=evidence)


def read_acuity(chances: Mapping[str, float]) -> int:
    """The median acuity, moved to 2 by the safety rule.

    >>> read_acuity({"5": 0.1, "4": 0.3, "3": 0.33, "2": 0.2, "1": 0.07})
    2
    """
    reached = 0.0
    by_illness = sorted((int(acuity), chance) for acuity, chance in chances.items())
    median = by_illness[-1][0]
    for acuity, chance in by_illness:
        reached += chance
        if reached >= 0.5:
            median = acuity
            break
    very_ill = sum(chance for acuity, chance in by_illness if acuity <= VERY_ILL)
    return min(median, VERY_ILL) if very_ill > SAFETY_CUT else median
