"""What clinicians' corrections on this machine say of the needs that were shown to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from medalloc.domain.corrections import Correction, CorrectionKind, CorrectionReason
from medalloc.domain.needs import NeedName
from medalloc.store.records import KeptCorrection

BANDS = (0.0, 0.5, 0.7, 0.9, 1.0)
"""Lower ends of the bands of probability; the last one is what was certain: the record, or a clinician before."""
Z = 1.959964
"""Of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Share:
    """How often what was shown was right."""

    right: int
    n: int

    @property
    def share(self) -> float:
        """0–1; nan of none."""
        return self.right / self.n if self.n else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the share (Wilson 1927); (0, 1) of none.

        >>> [round(end, 3) for end in Share(9, 10).interval]
        [0.596, 0.982]
        """
        if not self.n:
            return 0.0, 1.0
        spread = Z * sqrt(self.share * (1 - self.share) / self.n + Z**2 / (4 * self.n**2))
        middle, scale = self.share + Z**2 / (2 * self.n), 1 + Z**2 / self.n
        return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


@dataclass(frozen=True, slots=True)
class LocalQuality:
    """The corrections of this machine, counted."""

    total: Share
    by_need: dict[NeedName, Share]
    """Needs that were corrected at least once, the most corrected first."""
    by_band: dict[float, Share]
    """By lower end of the band of probability that was shown."""
    reasons: dict[CorrectionReason, int]
    """Why what was shown was not right, the most frequent first."""


def local_quality(history: Iterable[KeptCorrection]) -> LocalQuality:
    """How often what was shown was right, as far as clinicians said so; what was taken back does not count."""
    said = [kept.correction for kept in history if not kept.undone]
    names = Counter(correction.name for correction in said)
    reasons = Counter(correction.reason for correction in said if correction.reason)
    return LocalQuality(
        total=_share(said),
        by_need={name: _share([one for one in said if one.name is name]) for name, _ in names.most_common()},
        by_band={
            band: _share(found) for band in BANDS if (found := [one for one in said if _band(one.probability) == band])
        },
        reasons=dict(reasons.most_common()),
    )


def _band(probability: float) -> float:
    return max(band for band in BANDS if band <= probability)


def _share(said: Sequence[Correction]) -> Share:
    return Share(sum(one.kind is CorrectionKind.CONFIRM for one in said), len(said))
