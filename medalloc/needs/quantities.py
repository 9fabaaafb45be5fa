"""Quantities that n-grams cannot weigh: a body weight or body-mass index that asks for a bariatric bed."""

from __future__ import annotations

import re

HEAVY_KG = 130.0
HEAVY_BMI = 45.0
HEAVY = "heavy"
NOT_HEAVY = "not_heavy"

_WEIGHT = re.compile(r"(?<![\d.])(\d{2,3}(?:\.\d)?)\s?kgs?\b|\b(?:wt|weight|weighs)\D{0,4}(\d{2,3}(?:\.\d)?)\b")
_BMI = re.compile(r"\bbmi\D{0,4}(\d{2}(?:\.\d)?)\b")


def quantity_of(sentence: str) -> tuple[str, int, int] | None:
    """What a body weight or body-mass index in a sentence means, and where it stands; None where there is none.

    >>> quantity_of("hoist SWL checked (171 kg)")
    ('heavy', 19, 25)
    """
    text = sentence.lower()
    if "kg" not in text and "bmi" not in text and "w" not in text:
        return None
    found: tuple[str, int, int] | None = None
    for pattern, cut in ((_WEIGHT, HEAVY_KG), (_BMI, HEAVY_BMI)):
        for match in pattern.finditer(text):
            value = float(next(part for part in match.groups() if part))
            if value >= cut:
                return HEAVY, match.start(), match.end()
            found = (NOT_HEAVY, match.start(), match.end())
    return found
