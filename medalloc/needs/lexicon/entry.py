"""What an entry of the lexicon is."""

from __future__ import annotations

from dataclasses import dataclass

from medalloc.domain.needs import NeedName
from medalloc.needs.cues import Modifier

SILENT = "silent"
"""Value of an entry that only keeps others from matching there: "bariatric surgery" asks for no bed."""

Bands = tuple[tuple[float, str], ...]
"""(lowest number, value), rising: what a score or a measurement means."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A way of saying a need.

    In `pattern` (upper and lower case alike, whole words) a space stands for any blank and `<n>` for up to n
    words; with `bands` the group `n` holds the number that decides.
    """

    rule: str
    """The need, a full stop, a name: "falls.morse"."""
    value: str
    triggers: str
    """Words of which the sentence must hold one; a pattern is not tried without."""
    pattern: str
    bands: Bands = ()
    ignores: tuple[Modifier, ...] = ()
    """What does not turn it: dementia in the history is dementia still."""
    beside: str = ""
    """A pattern that the sentence must hold as well, anywhere."""

    @property
    def name(self) -> NeedName:
        """The need that it speaks of."""
        return NeedName(self.rule.partition(".")[0])


def device(need: NeedName, triggers: str, term: str) -> tuple[Entry, ...]:
    """Entries of something that is used or not: stopped, not in use, in use.

    A term that is turned otherwise ("may need dialysis") says nothing.
    """
    gone = (
        "(?:has been |have been |was |were |is |now |can be )?(?:weaned off|weaned|discontinued|stopped|removed|"
        "(?:no longer|not)(?: currently| presently| yet)? (?:required|needed|indicated|necessary)|dc'?d|d/c'?d|d/c)"
    )
    without = (
        "(?:weaned (?:off|from)|came off|come off|coming off|taken off|off|no longer (?:on|needs|needing|requires|"
        "requiring)|not (?:currently )?(?:on|requiring|needing)|(?:does not|doesn't|did not|didn't) (?:need|require)|"
        "no need for|no requirement for|nil|no|non|not for|never (?:needed|required))"
    )
    return (
        Entry(f"{need}.stopped", "no", triggers, f"(?:{term}) {gone}"),
        Entry(f"{need}.without", "no", triggers, f"{without}[ -]<1>(?:{term})"),
        Entry(f"{need}.in_use", "yes", triggers, f"(?:{term})"),
    )
