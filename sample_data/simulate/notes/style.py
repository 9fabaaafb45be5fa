"""How a particular hand puts lines on paper."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

_SLIPS = {
    "diarrhoea": "diarrhoe", "catheter": "cathether", "infusion": "infuson", "discharge": "dischage",
    "tomorrow": "tommorow", "sputum": "sputem", "confusion": "confussion", "received": "recieved",
    "breathless": "breathles", "yesterday": "yesturday", "monitor": "moniter",
    "secretions": "secreations", "physio": "phsyio", "unsteady": "unsteedy", "mobilise": "mobalise",
    "swollen": "swolen", "appetite": "apetite", "vomiting": "vomitting", "review": "reveiw",
    "settled": "setled", "definitely": "definately", "slept": "sleapt", "cellulitis": "celulitis",
    "pleuritic": "pluritic", "haematuria": "hematuria", "breakfast": "brekfast", "bathroom": "bathrm",
    "improving": "imporving", "needs": "nees", "positive": "postive",
}  # fmt: skip
_SLIP_SHARE = 0.09
_JOINS = {"prose": ". ", "lines": "\n", "dashes": "\n- ", "numbers": "\n"}


@dataclass(frozen=True, slots=True)
class Hand:
    """One writer's habits."""

    layout: str
    capitals: bool

    @classmethod
    def draw(cls, kind: str, rng: Random) -> Hand:
        """A hand such as writes notes of this kind."""
        odds = {"prose": 55, "lines": 25, "dashes": 8, "numbers": 0}
        if kind in {"ward_round", "clerking"}:
            odds = {"prose": 34, "lines": 28, "dashes": 12, "numbers": 26}
        return cls(rng.choices(list(odds), list(odds.values()))[0], rng.random() < 0.6)


def lay_out(sentences: list[str], plan_from: int, hand: Hand, rng: Random) -> str:
    """The text of a note; what stands from `plan_from` on is the plan."""
    lines = [_finish(sentence, hand, rng) for sentence in sentences]
    if hand.layout == "numbers":
        plan = [f"{number}) {line}" for number, line in enumerate(lines[plan_from:], start=1)]
        head = ". ".join(lines[:plan_from])
        return "\n".join([head, *plan]) if head else "\n".join(plan)
    text = _JOINS[hand.layout].join(lines)
    return f"{text}." if hand.layout == "prose" and rng.random() < 0.7 else text


def _finish(sentence: str, hand: Hand, rng: Random) -> str:
    sentence = sentence.strip()
    if rng.random() < _SLIP_SHARE:
        sentence = _slip(sentence)
    return sentence[:1].upper() + sentence[1:] if hand.capitals else sentence


def _slip(sentence: str) -> str:
    """The sentence with the first word that is often misspelt, misspelt."""
    for right, wrong in _SLIPS.items():
        if right in sentence:
            return sentence.replace(right, wrong, 1)
    return sentence
