"""A small phrase grammar.

A phrase is text with slots: `{name}` (a fact about the patient, or else a rule of the lexicon), `{hhmm}` (a
time of day before the note), `{2-9}` or `{1.2-3.4}` (a number; `{00-59}` keeps its zeros), `{this|that}` (one
of these; slots may stand inside).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from sample_data.simulate.chance import stream

_FEW = 5
_SELDOM_SHARE = 0.2
"""Share of the turns of phrase of a long list that a hospital hardly ever uses."""
_RANGE = re.compile(r"(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class _Number:
    low: float
    high: float
    decimals: int
    width: int


@dataclass(frozen=True, slots=True)
class _Choice:
    options: tuple[tuple[_Node, ...], ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str


_Node = str | _Number | _Choice | _Rule


@cache
def parse(text: str) -> tuple[_Node, ...]:
    """The pieces of a phrase."""
    nodes: list[_Node] = []
    start = 0
    while (opening := text.find("{", start)) >= 0:
        closing = _closing(text, opening)
        if opening > start:
            nodes.append(text[start:opening])
        nodes.append(_slot(text[opening + 1 : closing]))
        start = closing + 1
    if start < len(text):
        nodes.append(text[start:])
    return tuple(nodes)


def _closing(text: str, opening: int) -> int:
    depth = 0
    for position in range(opening, len(text)):
        depth += {"{": 1, "}": -1}.get(text[position], 0)
        if depth == 0:
            return position
    raise ValueError(f"a slot is never closed: {text!r}")


def _slot(inside: str) -> _Node:
    options = _options(inside)
    if len(options) > 1:
        return _Choice(tuple(parse(option) for option in options))
    if match := _RANGE.fullmatch(inside):
        low, high = match.groups()
        padded = len(low) > 1 and low[0] == "0" and "." not in low
        decimals = len(low.partition(".")[2])
        return _Number(float(low), float(high), decimals, len(low) if padded else 0)
    return _Rule(inside)


def _options(inside: str) -> list[str]:
    """Split at the bars that stand outside inner slots."""
    options, depth = [""], 0
    for letter in inside:
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if letter == "|" and depth == 0:
            options.append("")
        else:
            options[-1] += letter
    return options


@cache
def phrase_table() -> dict[str, tuple[str, ...]]:
    """Every rule of the phrase files: `oxygen.nurse`, `nursing.open`; the lexicon's own without a prefix."""
    table: dict[str, tuple[str, ...]] = {}
    for path in sorted((Path(__file__).parent / "phrases").glob("*.toml")):
        _collect(tomllib.loads(path.read_text(encoding="utf-8")), "", table)
    return table


def _collect(part: Mapping[str, Any], prefix: str, table: dict[str, tuple[str, ...]]) -> None:
    for name, value in part.items():
        if isinstance(value, str):
            table[prefix + name] = tuple(line.strip() for line in value.splitlines() if line.strip())
        else:
            _collect(value, f"{prefix}{name}.", table)


class Grammar:
    """The phrases as one hospital uses them: each hospital prefers some turns of phrase to others."""

    def __init__(self, seed: int) -> None:
        self._weights: dict[str, list[float]] = {}
        for name, options in phrase_table().items():
            rng = stream(seed, "wording", name)
            seldom = _SELDOM_SHARE if len(options) > _FEW else 0.0
            weights = [0.04 if rng.random() < seldom else 0.35 + rng.random() for _ in options]
            self._weights[name] = list(accumulate(weights))

    def say(self, rule: str, facts: Mapping[str, str], rng: Random) -> str:
        """One phrase of the rule, with its slots filled."""
        return self.expand(self.pick(rule, rng), facts, rng)

    def pick(self, rule: str, rng: Random) -> str:
        """One phrase of the rule."""
        return rng.choices(phrase_table()[rule], cum_weights=self._weights[rule])[0]

    def expand(self, text: str, facts: Mapping[str, str], rng: Random) -> str:
        """The phrase with its slots filled."""
        return "".join(self._fill(node, facts, rng) for node in parse(text))

    def _fill(self, node: _Node, facts: Mapping[str, str], rng: Random) -> str:
        if isinstance(node, str):
            return node
        if isinstance(node, _Choice):
            return "".join(self._fill(part, facts, rng) for part in rng.choice(node.options))
        if isinstance(node, _Number):
            scale = 10**node.decimals
            value = rng.randint(round(node.low * scale), round(node.high * scale))
            return f"{value / scale:.{node.decimals}f}" if node.decimals else str(value).zfill(node.width)
        if node.name == "hhmm":
            return _clock(int(facts["clock"]) - rng.randint(5, 460), rng)
        if node.name in facts:
            return self.expand(facts[node.name], facts, rng) if "{" in facts[node.name] else facts[node.name]
        return self.say(node.name, facts, rng)


def _clock(minute: int, rng: Random) -> str:
    """A time of day as one of several people would write it."""
    hours, minutes = divmod(minute % 1440, 60)
    plain = f"{hours:02d}{minutes:02d}"
    return rng.choice((plain, f"{hours:02d}:{minutes:02d}", f"{hours}.{minutes:02d}" if hours else plain))


def time_facts(clock: int, rng: Random) -> dict[str, str]:
    """The slots that depend on when a note is written, `clock` minutes after midnight."""
    shift = "early" if 420 <= clock < 840 else "late" if 840 <= clock < 1260 else "night"
    return {"clock": str(clock), "now": _clock(clock - rng.randint(0, 12), rng), "shift": shift}
