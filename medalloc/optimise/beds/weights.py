"""What each soft rule of a bed plan costs, and how to solve: every weight with its unit, source and sensible range.

One point is about what a bed manager gives for an hour's wait of a patient of middling urgency. docs/rules.md
shows each formula with an example.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from types import MappingProxyType

from medalloc.domain.people import Source
from medalloc.errors import DataError
from medalloc.optimise.beds.described import N_, WeightInfo, factor, weight

LOOK_AHEAD_HOURS = 12.0
"""Whoever gets no bed in a plan is taken to wait this much longer [hours]."""

COUNTED_DAYS = 3.0
"""Days in a bed that are priced: what lies further off is planned anew many times before it comes [days]."""

FURTHEST_RANK = 6
"""The rank of a specialty in a ward's list goes no further: a long list makes nobody more of an outlier."""

FRAIL_AGE = 80
"""Age from which a move counts as one of a frail patient [years]."""

MANY_MOVES = 3
"""The move of a stay from which on it costs more."""

NIGHT = (21, 7)
"""Hours of the day between which moving a patient costs more: from, to."""

MOST_POINTS, MOST_FACTOR = 1e6, 1e3
"""No weight is higher, and no factor of one: an hour's wait is multiplied by two of them."""


@dataclass(frozen=True, slots=True)
class BedWeights:
    """Points per unit of each soft rule, and how much the wait of each kind of patient counts."""

    waiting: float = weight(
        1.0,
        N_("priority-hour"),
        "waiting",
        10.0,
        N_("Hours waited so far and 12 more, for whoever gets no bed in the plan."),
        N_("medalloc's default: the unit of all others"),
    )
    priority_ed: float = factor(1.5, N_("An hour of waiting of patients from the emergency department."))
    priority_step_down: float = factor(1.2, N_("An hour of waiting of patients who wait to step down."))
    priority_transfer: float = factor(1.0, N_("An hour of waiting of patients from another hospital."))
    priority_repatriation: float = factor(
        0.8, N_("An hour of waiting of patients who come back from another hospital.")
    )
    priority_elective: float = factor(0.6, N_("An hour of waiting of planned admissions."))
    priority_unknown: float = factor(
        1.0, N_("An hour of waiting of patients of whom nobody says where they come from.")
    )
    acuity_1: float = factor(3.0, N_("An hour of waiting of patients of acuity 1 (most ill)."))
    acuity_2: float = factor(2.0, N_("An hour of waiting of patients of acuity 2."))
    acuity_3: float = factor(1.25, N_("An hour of waiting of patients of acuity 3, or whose acuity is not known."))
    acuity_4: float = factor(1.0, N_("An hour of waiting of patients of acuity 4."))
    acuity_5: float = factor(0.8, N_("An hour of waiting of patients of acuity 5."))
    outlier: float = weight(
        0.5,
        N_("step down the ward's list, per day"),
        "place",
        10.0,
        N_("How far down a ward's list the specialty stands."),
    )
    preferred: float = weight(
        0.7,
        N_("thing missing, per day"),
        "place",
        10.0,
        N_("Wanted level, isolation, room or feature that the bed lacks."),
    )
    unsuited: float = weight(
        2.0,
        N_("restriction, per day"),
        "place",
        20.0,
        N_("A patient of a sort that the ward would rather not have in this bed."),
        N_("the ward's own restrictions"),
    )
    room_size: float = weight(
        0.5, N_("day"), "place", 10.0, N_("A bay with more beds than the patient would like."), N_("patients' wishes")
    )
    side_room: float = weight(
        1.0,
        N_("day"),
        "place",
        10.0,
        N_("A single room for whoever needs none."),
        N_("side rooms are kept for isolation"),
    )
    over_level: float = weight(
        3.5,
        N_("level, per day"),
        "place",
        50.0,
        N_("An ICU or HDU bed below its level."),
        N_("they are kept for the ill"),
    )
    enter_over_level: float = weight(
        100.0,
        N_("level, once"),
        "place",
        500.0,
        N_("A newcomer to an ICU or HDU bed who is not that ill."),
        N_("nobody who is not that ill is put there"),
    )
    out_of_sight: float = weight(
        1.0,
        N_("day"),
        "place",
        20.0,
        N_("High risk of falling, or one-to-one, in a bed out of sight."),
        N_("falls out of sight"),
    )
    distance: float = weight(
        2.0, N_("placement, once"), "place", 50.0, N_("Another site than every ward of the patient's specialty.")
    )
    escalation: float = weight(
        10.0, N_("bed-day"), "ward", 100.0, N_("A bed in use in a ward that is closed but for escalation.")
    )
    care_hours: float = weight(
        0.2,
        N_("care hour, per day"),
        "ward",
        10.0,
        N_("Hours of care that a plan adds to a ward above what is staffed, or needed there already."),
    )
    flip: float = weight(4.0, N_("bay, once"), "ward", 100.0, N_("A bay of women given to men, or of men to women."))
    transfer: float = weight(
        15.0,
        N_("move"),
        "moves",
        100.0,
        N_("An inpatient who is moved."),
        N_("medalloc's default: a move adds to the stay"),
    )
    transfer_frail: float = weight(
        10.0,
        N_("move"),
        "moves",
        100.0,
        N_("More, for who is 80 or over, in sight, confused or dying."),
        N_("moves and delirium"),
    )
    transfer_again: float = weight(
        15.0,
        N_("move"),
        "moves",
        100.0,
        N_("More, for the third move of a stay or a later one."),
        N_("moves are kept below 3"),
    )
    transfer_soon: float = weight(
        15.0,
        N_("move × chance"),
        "moves",
        100.0,
        N_("More, by the chance to leave within a day."),
        N_("it is then for little"),
    )
    transfer_night: float = weight(
        5.0,
        N_("move"),
        "moves",
        100.0,
        N_("More, out of a bed from 21:00 to 07:00."),
        N_("NHS guidance against night moves"),
    )
    change: float = weight(
        3.0,
        N_("patient"),
        "moves",
        50.0,
        N_("Another bed than the last published plan says."),
        N_("medalloc's default: told once, kept"),
    )
    breach: float = weight(
        70.0,
        N_("rule, per day"),
        "breach",
        500.0,
        N_("A hard rule broken now that stays so."),
        N_("medalloc's default: above all else"),
    )

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            if fault := _fault(name, value):
                raise DataError(fault)

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, object]) -> BedWeights:
        """Weights by name, as `to_mapping` gives them; those that are missing keep their default.

        Raises
        ------
        DataError
            With every unknown name, and every value that is no number or out of range.
        """
        unknown = [f"there is no weight {name}" for name in mapping if name not in DESCRIBED]
        faults = unknown + [_fault(name, value) for name, value in mapping.items() if name in DESCRIBED]
        if any(faults):
            raise DataError("; ".join(filter(None, faults)))
        return cls(**{name: float(value) for name, value in mapping.items() if isinstance(value, int | float)})

    def to_mapping(self) -> dict[str, float]:
        """Weight by name."""
        return {name: float(value) for name, value in asdict(self).items()}

    def priority(self, source: Source | None, acuity: int) -> float:
        """How much an hour of waiting counts: by source × by acuity (1–5).

        >>> BedWeights().priority(Source.ED, 2)
        3.0
        """
        by_source: float = getattr(self, f"priority_{source or 'unknown'}")
        by_acuity: float = getattr(self, f"acuity_{acuity}")
        return by_source * by_acuity


DESCRIBED: Mapping[str, WeightInfo] = MappingProxyType(
    {each.name: each.metadata["info"] for each in fields(BedWeights)}
)
"""What each weight counts, by name, in the order of `BedWeights`."""


def most_of(name: str) -> float:
    """The highest that a weight can be."""
    return MOST_FACTOR if DESCRIBED[name].group == "priority" else MOST_POINTS


def _fault(name: str, value: object) -> str:
    """What is wrong with a weight; "" for nothing."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= most_of(name):
        return ""
    return f"the weight {name} must be a number from 0 to {most_of(name):,.0f}, not {value!r}"


@dataclass(frozen=True, slots=True)
class BedSettings:
    """How to plan beds."""

    weights: BedWeights = field(default_factory=BedWeights)
    horizon_days: int = 3
    """How far a plan looks ahead [days], 1–14."""
    escalation: bool = True
    """Whether a plan may open beds in a ward that is closed."""
    max_transfers: int = 20
    """Most inpatients that one plan moves; step-downs who asked to move do not count."""
    max_moves: int = 5
    """Most moves of one inpatient in a stay, those of the plan included."""
    time_limit_s: float = 20.0
    gap: float = 0.005
    """Stop once no plan can be better by more than this share of the cost."""
    seed: int = 0
    threads: int = 1
    processes: int = 1
    """That search side by side."""

    def __post_init__(self) -> None:
        if not isinstance(self.weights, BedWeights):
            raise DataError("bed settings: weights must be a BedWeights")
        if not isinstance(self.escalation, bool):
            raise DataError(f"bed settings: escalation must be true or false, not {self.escalation!r}")
        for name, (low, high) in SETTING_RANGES.items():
            value = getattr(self, name)
            whole = name not in _REAL
            number = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
            if not (number and low <= value <= high):
                kind = "a whole number" if whole else "a number"
                raise DataError(f"bed settings: {name} must be {kind} from {low:,} to {high:,}, not {value!r}")


SETTING_RANGES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "horizon_days": (1, 14),
        "max_transfers": (0, 1_000_000),
        "max_moves": (0, 1_000),
        "time_limit_s": (0.001, 604_800),
        "gap": (0, 0.999),
        "seed": (0, 2**31 - 1),
        "threads": (1, 64),
        "processes": (1, 64),
    }
)
"""Lowest and highest value of each setting that is a number, both included."""

_REAL = ("time_limit_s", "gap")
