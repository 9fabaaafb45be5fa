"""From record, notes and vital signs to one need: who decides, how strongly it binds, and whether to ask a person.

| record | notes                                   | result                                            |
|--------|-----------------------------------------|---------------------------------------------------|
| says x | say x, or nothing surely                | x, hard, from the record                          |
| says x | surely say y, which is safer            | y, hard, from the note; x overruled; conflict     |
| says x | may well say y, which is safer          | y, soft, from the note; x stays hard              |
| says x | surely say y, which is not safer        | x, hard, from the record; y overruled; conflict   |
| blank  | surely say y                            | y, hard, from the note; to be confirmed           |
| blank  | may well say y                          | y, soft, from the note; to be confirmed           |
| blank  | may say y                               | abstained; a person is asked                      |
| blank  | say nothing                             | the default: ward, none, no                       |
| blank  | cannot be read                          | the default, abstained                            |
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from medalloc.domain.needs import Binding, Confirm, Evidence, Need, NeedName, NeedSource
from medalloc.needs.claims import CUTS, DEFAULTS, Claim, safer

MATTERS_UNREAD = frozenset((NeedName.SPECIALTY, NeedName.LEVEL, NeedName.ISOLATION))
"""Needs that a person is asked for where the notes cannot be read."""

Quotes = Callable[[str], tuple[Evidence, ...]]
"""The sentences that speak for a value."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of one need of one patient."""

    name: NeedName
    recorded: str | None
    """None: the record does not say."""
    claim: Claim | None
    """None: there is no note that can be read."""
    quotes: Quotes
    unread: bool = False
    """True: a note of the patient cannot be read."""


def fuse(said: Said) -> Need:
    """The need that follows from what is known of it."""
    if said.recorded is None:
        return _from_note(said)
    if said.claim is None:
        return _from_record(said)
    return _against_record(said, said.recorded, said.claim)


def _from_record(said: Said, **more: Confirm | str | tuple[Evidence, ...]) -> Need:
    value = said.recorded or ""
    return Need(said.name, value, 1.0, NeedSource.RECORD, Binding.HARD, **more)  # type: ignore[arg-type]


def _against_record(said: Said, recorded: str, claim: Claim) -> Need:
    cuts = CUTS[said.name]
    if claim.strength < cuts.soft:
        return _from_record(said)
    quotes = said.quotes(claim.value)
    if claim.value == recorded:
        return _from_record(said, evidence=quotes)
    sure = claim.strength >= cuts.hard
    if safer(said.name, claim.value, recorded):
        binding = Binding.HARD if sure else Binding.SOFT
        confirm = Confirm.CONFLICT if sure else Confirm.FROM_NOTE
        return _noted(said, claim, binding, confirm, other=recorded, evidence=quotes)
    if claim.probability >= cuts.hard:
        return _from_record(said, confirm=Confirm.CONFLICT, other=claim.value, evidence=quotes)
    return _from_record(said)


def _from_note(said: Said) -> Need:
    claim, cuts = said.claim, CUTS[said.name]
    if claim is None or (said.unread and claim.strength < cuts.soft):
        return _unread(said)
    if claim.strength >= cuts.soft:
        binding = Binding.HARD if claim.strength >= cuts.hard else Binding.SOFT
        return _noted(said, claim, binding, Confirm.FROM_NOTE, evidence=said.quotes(claim.value))
    default = DEFAULTS[said.name]
    if claim.strength < cuts.near:
        return Need(said.name, default, 1.0 - claim.strength, NeedSource.NOTE, Binding.NONE)
    guess, probability = claim.value, claim.probability
    if default and claim.strength < 1.0 - claim.strength:
        guess, probability = default, 1.0 - claim.strength
    quotes = said.quotes(claim.value)
    return Need(said.name, guess, probability, NeedSource.NOTE, Binding.NONE, True, Confirm.UNSURE, evidence=quotes)


def _unread(said: Said) -> Need:
    """The default, abstained: nobody has said anything that can be read."""
    asks = said.name is NeedName.SPECIALTY or (said.unread and said.name in MATTERS_UNREAD)
    confirm = Confirm.UNSURE if asks else None
    return Need(said.name, DEFAULTS[said.name], 0.0, NeedSource.NOTE, Binding.NONE, True, confirm)


def _noted(
    said: Said,
    claim: Claim,
    binding: Binding,
    confirm: Confirm,
    *,
    other: str = "",
    evidence: tuple[Evidence, ...] = (),
) -> Need:
    return Need(
        said.name,
        claim.value,
        claim.probability,
        NeedSource.NOTE,
        binding,
        confirm=confirm,
        other=other,
        evidence=evidence,
    )
