"""What the simulated hospital is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

WARD_NEEDS = ("oxygen", "suction", "telemetry", "ventilator", "dialysis", "bariatric", "visible")
"""The features that a patient can need; the other bed features serve isolation or comfort."""


@dataclass(frozen=True, slots=True)
class WardPlan:
    """A kind of ward, as wards.toml describes it."""

    code: str
    name: str
    specialties: tuple[str, ...]
    level: str
    ages: tuple[int, int]
    sex_rule: str
    single_share: float
    care_hours_per_bed: float
    vacancy: float
    """Weight of this ward in the draw of empty beds."""
    features: dict[str, float]
    """Share of the ward's beds that have the feature."""
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class SimWard:
    """A ward of this hospital."""

    ward_id: str
    name: str
    site: str
    plan: WardPlan
    care_hours: float


@dataclass(slots=True)
class SimBed:
    """A bed of this hospital."""

    bed_id: str
    ward: SimWard
    bay_id: str
    is_single: bool
    features: frozenset[str]
    status: str = "available"
    available_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """Why a patient is in hospital: what it does to them, and how it is written about."""

    key: str
    specialty: str
    also: tuple[str, ...]
    """Other specialties that look after some such patients."""
    weight: float
    ages: tuple[int, int, int]
    """Youngest, most common, oldest."""
    los_days: float
    """Median length of stay."""
    acuity: tuple[float, float, float, float, float]
    """Weights of acuity 1 (most ill) to 5."""
    needs: dict[str, float]
    """Probability of each feature need."""
    hdu: float
    icu: float
    sex: str
    routes: tuple[str, ...]
    """`ed`, `elective`, `transfer`: how such patients come."""
    isolation: str
    organisms: tuple[str, ...]
    names: tuple[str, ...]
    presenting: tuple[str, ...]
    findings: tuple[str, ...]
    plan: tuple[str, ...]


@dataclass(slots=True)
class Stay:
    """The hidden truth about one patient; every file is drawn from it."""

    patient_id: str
    name: str
    sex: str
    age: int
    ethnicity: str
    deprivation: int
    condition: Condition
    specialty: str
    acuity: int
    level: str
    isolation: str
    organism: str
    features: set[str]
    cognition: str
    mobility: str
    falls: bool
    frailty: int
    """Clinical Frailty Scale, 1–9."""
    weight_kg: int
    history: tuple[str, ...]
    scale2: bool
    los_days: float = 0.0
    """Length of the whole stay."""
    remaining_days: float = 0.0
    end_of_life: bool = False
    niv: bool = False
    one_to_one: str = ""
    """Why somebody must be there at all times: `muddled`, `watch`, `airway`, `learning`; "" where nobody must."""
    feeding: bool = False
    interpreter: bool = False
    language: str = ""
    """The first language, where it is not English."""
    status: str = "inpatient"
    source: str = "ed"
    bed_id: str = ""
    waiting_since: datetime | None = None
    expected_at: datetime | None = None
    admitted_at: datetime | None = None
    readiness: str = "not_ready"
    barrier: str = ""
    """A code of the domain; the record has it in somebody's words."""
    moves: int = 0
    fixed: bool = False
    planted: set[str] = field(default_factory=set)
    """What was arranged on purpose: `mixed_sex`, `isolation_unmet`, `outlier`, `stale_…`, `dialogue`, `chinese`."""

    @property
    def is_child(self) -> bool:
        """Whether the adult scales do not apply."""
        return self.age < 16

    @property
    def is_ventilated(self) -> bool:
        """Whether a tube, not a mask, does the work."""
        return self.level == "icu" and "ventilator" in self.features
