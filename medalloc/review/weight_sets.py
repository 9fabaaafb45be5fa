"""Named sets of weights and limits: kept in every version, one of them in force, the standard one always there.

load_set → (edit) → save_set or save_as → activate → every plan from then on
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from medalloc.domain.review import User
from medalloc.errors import DataError, DecisionError
from medalloc.optimise.beds import BedWeights
from medalloc.review.permissions import Permission, require
from medalloc.review.set_limits import SetLimits
from medalloc.store import Document, Store

STANDARD = "standard"
"""The set that medalloc comes with; it can be copied, not changed."""
SETS, IN_FORCE = "bed_weights", "bed_weights_in_force"
"""Kinds of the documents that hold the sets, and the name of the one in force."""
NAME_LENGTH = 40
"""Longest name of a set."""


@dataclass(frozen=True, slots=True)
class WeightSet:
    """A set of weights and limits under a name."""

    name: str = STANDARD
    weights: BedWeights = field(default_factory=BedWeights)
    limits: SetLimits = field(default_factory=SetLimits)
    version: int = 0
    """From 1; 0 for the standard set, and for one that is not kept."""
    by: str = ""
    made_at: datetime | None = None
    """UTC."""
    retired: bool = False
    """Kept, but no longer offered."""
    left_out: tuple[str, ...] = ()
    """Names that were kept with it and that no plan knows any more."""

    @property
    def fixed(self) -> bool:
        """Whether it is the standard set."""
        return self.name == STANDARD

    def to_mapping(self) -> dict[str, Any]:
        """Weights and limits by name, as JSON and TOML have them."""
        return {"weights": self.weights.to_mapping(), "limits": self.limits.to_mapping()}


@dataclass(frozen=True, slots=True)
class InForce:
    """The set that plans are made with, and who said so."""

    chosen: WeightSet
    version: int = 0
    """Of the choice: it is what a person has seen of it; 0: nobody has chosen."""
    by: str = ""
    made_at: datetime | None = None
    """UTC."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A weight or limit that two sets have otherwise."""

    name: str
    was: float | bool | None
    now: float | bool | None

    def __str__(self) -> str:
        return f"{self.name} {_plain(self.was)} → {_plain(self.now)}"


def all_sets(store: Store) -> tuple[WeightSet, ...]:
    """The standard set, then all others by name, those out of use included."""
    return (WeightSet(), *(_from_document(one) for one in store.documents(SETS)))


def load_set(store: Store, name: str) -> WeightSet:
    """A set by its name; DataError where there is none."""
    if name == STANDARD:
        return WeightSet()
    kept = store.document(SETS, name)
    if kept is None:
        known = ", ".join(one.name for one in all_sets(store) if not one.retired)
        raise DataError(f"There is no set of weights named {name}; there are: {known}.")
    return _from_document(kept)


def versions(store: Store, name: str) -> tuple[WeightSet, ...]:
    """Every version of a set, the latest first."""
    return tuple(_from_document(one) for one in store.document_versions(SETS, name))


def in_force(store: Store) -> InForce:
    """The set that plans are made with; the standard one where nobody has chosen."""
    choice = store.document(IN_FORCE, IN_FORCE)
    if choice is None:
        return InForce(WeightSet())
    return InForce(load_set(store, choice.content["name"]), choice.version, choice.by, choice.made_at)


def save_set(store: Store, wanted: WeightSet, *, saw: int, user: User) -> WeightSet:
    """Keep a further version of a set; where it is in force, plans use it from now on.

    Parameters
    ----------
    saw
        Version that the person saw, 0 for a new set.

    Raises
    ------
    AccessError
        The role may not edit settings.
    DecisionError
        Somebody has saved it since, `changed` says who, when and what; or the set or its name is not to be changed.
    """
    require(user, Permission.EDIT_SETTINGS)
    if wanted.fixed:
        raise DecisionError("The standard set cannot be changed: save it under another name.")
    content = wanted.to_mapping() | {"retired": wanted.retired}
    try:
        return _from_document(store.save_document(SETS, wanted.name, content, saw=saw, user=user))
    except DecisionError as refused:
        message = f"The set {wanted.name} has been changed in the meantime; nothing was saved."
        raise DecisionError(message, changed=_changed(store, wanted.name, saw, refused.changed)) from refused


def save_as(store: Store, name: str, wanted: WeightSet, *, user: User) -> WeightSet:
    """Keep weights and limits as a new set; raises as `save_set` does, and where the name is taken or no name."""
    require(user, Permission.EDIT_SETTINGS)
    name = proper_name(name)
    taken = {one.name.casefold(): one.name for one in all_sets(store)}
    if name.casefold() in taken:
        raise DecisionError(f"There is a set named {taken[name.casefold()]} already: choose another name.")
    return save_set(store, replace(wanted, name=name, retired=False), saw=0, user=user)


def retire(store: Store, name: str, *, saw: int, user: User) -> WeightSet:
    """Offer a set no longer; it stays kept, and can be brought back. The one in force cannot be retired."""
    require(user, Permission.EDIT_SETTINGS)
    if in_force(store).chosen.name == name:
        raise DecisionError(f"The set {name} is in force: choose another one first.")
    return save_set(store, replace(load_set(store, name), retired=True), saw=saw, user=user)


def bring_back(store: Store, name: str, *, saw: int, user: User) -> WeightSet:
    """Offer a retired set again."""
    return save_set(store, replace(load_set(store, name), retired=False), saw=saw, user=user)


def activate(store: Store, name: str, *, saw: int, user: User) -> InForce:
    """Make plans with this set from now on.

    Parameters
    ----------
    saw
        `InForce.version` that the person saw.

    Raises
    ------
    AccessError
        The role may not edit settings.
    DataError
        There is no such set.
    DecisionError
        The set is retired; or somebody has chosen since: `changed` says who, when and what.
    """
    require(user, Permission.EDIT_SETTINGS)
    if load_set(store, name).retired:
        raise DecisionError(f"The set {name} is retired: bring it back first.")
    try:
        store.save_document(IN_FORCE, IN_FORCE, {"name": name}, saw=saw, user=user)
    except DecisionError as refused:
        now = in_force(store).chosen.name
        message = "Another set has been put in force in the meantime; nothing was changed."
        raise DecisionError(message, changed=f"{refused.changed} In force now: {now}.") from refused
    return in_force(store)


def differences(one: WeightSet, other: WeightSet) -> tuple[Difference, ...]:
    """What the other set has otherwise, weights first."""
    before, now = ({**each.weights.to_mapping(), **each.limits.to_mapping()} for each in (one, other))
    return tuple(Difference(name, was, now[name]) for name, was in before.items() if now[name] != was)


def proper_name(name: str) -> str:
    """A name as it is kept; DecisionError for one that a set cannot have."""
    tidy = " ".join(unicodedata.normalize("NFC", name).split())
    if not tidy or len(tidy) > NAME_LENGTH or not tidy.isprintable():
        raise DecisionError(f"A set needs a name of 1 to {NAME_LENGTH} letters.")
    if "/" in tidy or "\\" in tidy or tidy.casefold().endswith(".toml"):
        raise DecisionError("The name of a set holds no slash and does not end in .toml, so that no file is meant.")
    return tidy


def _from_document(kept: Document) -> WeightSet:
    """A set as it is kept; what no plan knows any more is left out, what is new is as it is by default."""
    weights, odd = _known(kept.content["weights"], BedWeights().to_mapping())
    limits, odd_limits = _known(kept.content["limits"], SetLimits().to_mapping())
    return WeightSet(
        name=kept.name,
        weights=BedWeights.from_mapping(weights),
        limits=SetLimits.from_mapping(limits),
        version=kept.version,
        by=kept.by,
        made_at=kept.made_at,
        retired=bool(kept.content.get("retired")),
        left_out=(*odd, *odd_limits),
    )


def _known(given: Mapping[str, Any], names: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    known = {name: value for name, value in given.items() if name in names}
    return known, tuple(name for name in given if name not in names)


def _changed(store: Store, name: str, saw: int, told: str) -> str:
    """Who has saved a set and when, and what is otherwise than in the version that was seen."""
    kept = {one.version: one for one in versions(store, name)}
    if saw not in kept:
        return told
    seen, last = kept[saw], kept[max(kept)]
    found = [str(each) for each in differences(seen, last)]
    if seen.retired != last.retired:
        found.append("retired" if last.retired else "brought back")
    return f"{told} {'; '.join(found)}".strip()


def _plain(value: float | bool | None) -> str:
    if value is None:
        return "–"
    return ("no", "yes")[value] if isinstance(value, bool) else f"{value:g}"
