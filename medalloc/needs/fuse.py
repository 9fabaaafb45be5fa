"""From record, notes and vital signs to one need: who decides, how strongly it binds, and whether to ask a person.

| record | notes                                   | result                                            |
|--------|-----------------------------------------|---------------------------------------------------|
| says x | say x, or nothing surely                | x, hard, from the record                          |
| says x | surely say y, which is safer            | y, hard, from the note; x overruled; conflict     |
| says x | may well say y, which is safer          | y, soft, from the note; x stays hard              |
| says x | surely say y, which is not safer        | x, hard, from the record; y overruled; conflict   |
| blank  | surely say y                            | y, hard, from the note; to be confirmed if y binds a bed |
| blank  | may well say y                          | y, soft, from the note; to be confirmed           |
| blank  | may say y                               | abstained; a person is asked                      |
| blank  | say nothing                             | the default: ward, none, no                       |
| blank  | cannot be read                          | the default, abstained                            |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from medalloc.domain.needs import FEATURE_NEEDS, Basis, Binding, Confirm, Evidence, Need, NeedName, NeedSource
from medalloc.needs.claims import DEFAULTS, Claim, Cuts, safer

MATTERS_UNREAD = frozenset((NeedName.SPECIALTY, NeedName.LEVEL, NeedName.ISOLATION))
"""Needs that a person is asked for where the notes cannot be read."""
BINDS_BED = frozenset((*FEATURE_NEEDS, NeedName.SPECIALTY, NeedName.LEVEL, NeedName.ISOLATION, NeedName.ORGANISM))
"""Needs that a person is asked for however sure the note is, because they decide who may lie where."""

Quotes = Callable[[str], tuple[Evidence, ...]]
"""The sentences that speak for a value."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What notes and vital signs say of one need of one patient."""

    claim: Claim
    chances: Mapping[str, float]
    """Probability of every value."""
    quotes: Quotes
    manner: Callable[[str], tuple[NeedSource, Basis]]
    """Which of them speaks for a value, and how it was read."""
    cuts: Cuts
    """From which strength the claim is acted on."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of one need of one patient."""

    name: NeedName
    recorded: str | None
    """None: the record does not say."""
    voice: Voice | None
    """None: there is no note that can be read."""
    unread: bool = False
    """True: a note of the patient cannot be read."""


def fuse(said: Said) -> Need:
    """The need that follows from what is known of it."""
    if said.recorded is None:
        return _from_note(said)
    if said.voice is None:
        return _from_record(said)
    return _against_record(said, said.recorded, said.voice)


def _from_record(said: Said, **more: Any) -> Need:
    return Need(said.name, said.recorded or "", 1.0, NeedSource.RECORD, Binding.HARD, basis=Basis.STATED, **more)


def _against_record(said: Said, recorded: str, voice: Voice) -> Need:
    claim, cuts = voice.claim, voice.cuts
    if claim.strength < cuts.soft:
        return _from_record(said)
    quotes = voice.quotes(claim.value)
    if claim.value == recorded:
        return _from_record(said, evidence=quotes)
    sure = claim.strength >= cuts.hard
    if safer(said.name, claim.value, recorded):
        binding = Binding.HARD if sure else Binding.SOFT
        confirm = Confirm.CONFLICT if sure else Confirm.FROM_NOTE
        return _noted(said, voice, binding, confirm=confirm, other=recorded, evidence=quotes)
    if claim.probability >= cuts.hard:
        return _from_record(said, confirm=Confirm.CONFLICT, other=claim.value, evidence=quotes)
    return _from_record(said)


def _from_note(said: Said) -> Need:
    voice = said.voice
    if voice is None or (said.unread and voice.claim.strength < voice.cuts.soft):
        return _unread(said)
    claim, cuts = voice.claim, voice.cuts
    if claim.strength >= cuts.soft:
        binding = Binding.HARD if claim.strength >= cuts.hard else Binding.SOFT
        asks = said.name in BINDS_BED or binding is Binding.SOFT
        confirm = Confirm.FROM_NOTE if asks else None
        return _noted(said, voice, binding, confirm=confirm, evidence=voice.quotes(claim.value))
    default = DEFAULTS[said.name]
    if claim.strength < cuts.near:
        return Need(said.name, default, 1.0 - claim.strength, NeedSource.NOTE, Binding.NONE)
    return _unsure(said, voice, default)


def _unsure(said: Said, voice: Voice, default: str) -> Need:
    """The likelier of the claim and the default, abstained."""
    claim = voice.claim
    guess, probability = claim.value, claim.probability
    if default and claim.strength < 1.0 - claim.strength:
        guess, probability = default, 1.0 - claim.strength
    return Need(
        said.name,
        guess,
        probability,
        NeedSource.NOTE,
        Binding.NONE,
        abstained=True,
        confirm=Confirm.UNSURE,
        evidence=voice.quotes(claim.value),
        candidates=_candidates(voice),
    )


def _noted(said: Said, voice: Voice, binding: Binding, **more: Any) -> Need:
    claim = voice.claim
    source, basis = voice.manner(claim.value)
    kept = _candidates(voice)
    return Need(said.name, claim.value, claim.probability, source, binding, basis=basis, candidates=kept, **more)


def _candidates(voice: Voice) -> tuple[str, ...]:
    kept = [value for value, chance in voice.chances.items() if chance >= voice.cuts.kept]
    return tuple(sorted(kept, key=lambda value: -voice.chances[value]))


def _unread(said: Said) -> Need:
    """The default, abstained: nobody has said anything that can be read."""
    asks = said.name is NeedName.SPECIALTY or (said.unread and said.name in MATTERS_UNREAD)
    return Need(
        said.name,
        DEFAULTS[said.name],
        0.0,
        NeedSource.NOTE,
        Binding.NONE,
        abstained=True,
        confirm=Confirm.UNSURE if asks else None,
        basis=Basis.UNREAD,
    )
