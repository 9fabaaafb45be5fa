"""The rules that make up the body of each kind of note."""

from __future__ import annotations

from random import Random

from sample_data.simulate.model import Stay

_CARE = ("line", "diet", "output", "skin", "sleep", "pain", "family", "safety", "safety", "safety")


def body(kind: str, stay: Stay, rng: Random) -> tuple[list[str], list[str]]:
    """The rules that come before and after the mentions of needs; some are the condition's own."""
    writers = {
        "triage": _triage,
        "clerking": _clerking,
        "nursing": _nursing,
        "ward_round": _ward_round,
        "consultation": _consultation,
    }
    return writers[kind](stay, rng)


def _triage(stay: Stay, rng: Random) -> tuple[list[str], list[str]]:
    after = [f"look{stay.acuity}"] if rng.random() < 0.75 else []
    if not stay.is_child:
        after.append("triage.end")
    return ["triage.open", "presenting", "obs"], after


def _clerking(stay: Stay, rng: Random) -> tuple[list[str], list[str]]:
    before = ["clerking.open", "presenting"]
    if stay.is_child:
        before += ["child.birth", "child.social"]
    else:
        before.append("clerking.pmh" if stay.history else "clerking.pmh_none")
        before += [rule for rule in ("clerking.drugs", "clerking.social") if rng.random() < 0.75]
        before += ["clerking.family"] if rng.random() < 0.35 else []
    before += [
        _looked_at(stay),
        *(["obs"] if rng.random() < 0.6 else []),
        *([_looked_at(stay)] if rng.random() < 0.5 else []),
    ]
    after = ["clerking.imp"] if rng.random() < 0.7 else []
    return before, [*after, "plan", *(["plan"] if rng.random() < 0.6 else [])]


def _nursing(stay: Stay, rng: Random) -> tuple[list[str], list[str]]:
    before = ["nursing.open"]
    if rng.random() < 0.8 and stay.level != "icu":
        before.append(f"look{stay.acuity}")
    if stay.is_child:
        return [*before, "child.care", "child.care"], ["obs"] if rng.random() < 0.5 else ["child.care"]
    if stay.is_ventilated:
        care = rng.sample(("line", "output", "skin", "family"), 2)
        return [*before, *(f"care.{name}" for name in care)], ["obs"] if rng.random() < 0.4 else []
    if rng.random() < 0.85:
        seen = f"cognition.{stay.cognition}" if rng.random() < 0.5 else f"mobility.{stay.mobility}"
        before.append(f"{seen}.nurse")
    before += [f"care.{name}" for name in rng.sample(_CARE, rng.randint(1, 3))]
    after = ["obs"] if rng.random() < 0.5 else []
    return before, [*after, *([f"care.{rng.choice(_CARE)}"] if rng.random() < 0.6 else [])]


def _ward_round(stay: Stay, rng: Random) -> tuple[list[str], list[str]]:
    before = ["ward_round.open"]
    if stay.level != "icu" and not stay.is_child:
        before.append("ward_round.feels")
    before += ["findings", *([f"look{stay.acuity}"] if rng.random() < 0.5 else [])]
    after = ["plan", *(["plan"] if rng.random() < 0.5 else [])]
    if stay.level == "icu":
        return before, after
    after.append("child.jobs" if stay.is_child else "ward_round.jobs")
    return before, after


def _looked_at(stay: Stay) -> str:
    """Before an operation there is nothing to find but what the pre-assessment found."""
    return "consultation.poa" if stay.source == "elective" and not stay.bed_id else "findings"


def _consultation(stay: Stay, rng: Random) -> tuple[list[str], list[str]]:
    if not stay.bed_id and stay.source != "ed":
        letter = "consultation.letter" if stay.source == "elective" else "consultation.transfer"
        return [letter, "presenting", _looked_at(stay)], ["plan"]
    before = ["consultation.open", "presenting" if rng.random() < 0.5 else _looked_at(stay), _looked_at(stay)]
    return before, ["plan", *(["consultation.advice"] if rng.random() < 0.8 else [])]
