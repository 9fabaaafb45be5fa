"""Time answers about a bed plan: `python -m benchmarks.answers [--beds 300] [--seeds 1-3] [--json]`.

Each hospital is planned and kept in a database of its own; then other beds, and why not this bed, are asked through
`medalloc.inquiry`, as a page asks. Asked about are patients who get a bed, who wait, who lie in a wrong ward and who
are well where they are; and beds of the same ward, of other wards, taken ones, and ones that a rule forbids.
Every price is held against its bound and against the other beds. Needs come from the generator's truth.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np

from benchmarks.sample_beds import hospital, seeds
from medalloc import inquiry
from medalloc.domain.answers import Alternative, WhyNot
from medalloc.domain.places import Bed
from medalloc.domain.plan import SolveStatus
from medalloc.domain.review import User, UserRole
from medalloc.optimise.beds import BedSettings
from medalloc.optimise.beds.obstacles import of_bed, of_use
from medalloc.optimise.beds.placements import Outcome
from medalloc.planned import plan
from medalloc.store import SnapshotSource, Store, open_store

T = TypeVar("T")

HEAD = "  seed question                     asked  median     p95     max  what came out"
EACH = 3
"""Patients of each kind who are asked about."""
NOTHING = 1e-6
"""Points that are a matter of rounding."""


@dataclass
class Tally:
    """Answers to one kind of question."""

    seconds: list[float] = field(default_factory=list)
    came_out: Counter[str] = field(default_factory=Counter)

    def add(self, seconds: float, came_out: str = "answered") -> None:
        """One more answer."""
        self.seconds.append(seconds)
        self.came_out[came_out] += 1

    def row(self) -> dict[str, object]:
        """Numbers to print."""
        median, high, most = np.quantile(self.seconds, [0.5, 0.95, 1.0]).tolist()
        asked = len(self.seconds)
        return {"asked": asked, "median_s": median, "p95_s": high, "max_s": most, "came_out": dict(self.came_out)}


Tallies = defaultdict[str, Tally]


def asked_of(seed: int, beds: int, settings: BedSettings) -> tuple[Tallies, list[str]]:
    """All answers about one hospital by question, and what is wrong with them."""
    tallies: Tallies = defaultdict(Tally)
    with tempfile.TemporaryDirectory(prefix="medalloc-answers-") as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'answers.db'}")
        outcome = _kept(store, seed, beds, settings, tallies)
        rng = np.random.default_rng(seed)
        wrong = [one for who in _patients(outcome, rng) for one in _ask(outcome, who, rng, tallies)]
        store.close()
    return tallies, wrong


def _kept(store: Store, seed: int, beds: int, settings: BedSettings, tallies: Tallies) -> Outcome:
    """A hospital planned and kept, and what a page makes of it for the first question."""
    snapshot, needs = hospital(beds, seed)
    user = User("benchmark", UserRole.BED_MANAGER)
    number = store.save_snapshot(b"", name=snapshot.name, at=snapshot.at, source=SnapshotSource.SAMPLE, user=user)
    made = plan(snapshot, needs, settings)
    store.save_needs(number, "truth", needs)
    store.save_plan(number, made.plan, made.before, user=user)
    stored, seconds = _timed(lambda: store.latest_plan(number))
    assert stored is not None
    outcome, more = _timed(lambda: inquiry.outcome_of_plan(store, stored, snapshot, needs))
    tallies["make ready"].add(seconds + more)
    return outcome


def _patients(outcome: Outcome, rng: np.random.Generator) -> Iterator[str]:
    """Some of each kind: who get a bed, who wait, who lie in a wrong ward, who are well where they are."""
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for i, person in enumerate(outcome.situation.people):
        if i in outcome.arrivals:
            kinds["placed"].append(person.patient_id)
        elif not person.bed_id:
            kinds["waits"].append(person.patient_id)
        else:
            kinds["wrong ward" if "outlier" in outcome.terms[i] else "well"].append(person.patient_id)
    for kind in sorted(kinds):
        yield from rng.permutation(kinds[kind])[:EACH].tolist()


def _beds(outcome: Outcome, i: int, rng: np.random.Generator) -> Iterator[tuple[str, str]]:
    """A bed of each kind, with the kind: of the same ward, of another ward, taken, forbidden."""
    snapshot, present = outcome.situation.snapshot, outcome.bed_ids[i]
    ward = snapshot.bed_of[present].ward_id if present else ""
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for bed in snapshot.beds:
        if bed.bed_id != present:
            kinds[_kind(outcome, i, bed, ward)].append(bed.bed_id)
    for kind in sorted(kinds):
        yield kind, str(rng.choice(kinds[kind]))


def _kind(outcome: Outcome, i: int, bed: Bed, ward_id: str) -> str:
    if any(of_bed(outcome, i, bed)) or any(of_use(outcome, bed)):
        return "forbidden bed"
    if bed.bed_id in outcome.in_bed:
        return "taken bed"
    return "bed of the ward" if bed.ward_id == ward_id else "bed elsewhere"


def _ask(outcome: Outcome, patient_id: str, rng: np.random.Generator, tallies: Tallies) -> Iterator[str]:
    """Ask for the other beds of a patient, and for the price of some and of one bed of each kind."""
    others, seconds = _timed(lambda: inquiry.other_beds(outcome, patient_id))
    tallies["other beds"].add(seconds, "none" if not others else "some can be had" if _allowed(others) else "forbidden")
    i = next(i for i, person in enumerate(outcome.situation.people) if person.patient_id == patient_id)
    asked = [*_beds(outcome, i, rng), *(("one of the other beds", one.bed_id) for one in _allowed(others)[:1])]
    known = {one.bed_id: one.difference for one in _allowed(others) if not _given_to_others(outcome, i, one.bed_id)}
    for kind, bed_id in asked:
        answer, seconds = _timed(partial(inquiry.price_of, outcome, patient_id, bed_id))
        tallies[f"why not: {kind}"].add(seconds, _came_out(answer))
        tallies["why not"].add(seconds, _came_out(answer))
        wrong = _wrong(answer, known.get(bed_id))
        if wrong:
            yield f"{patient_id} in {bed_id}: {wrong}"


def _given_to_others(outcome: Outcome, i: int, bed_id: str) -> bool:
    """Whether the plan lets somebody else newly into a bed: a bed that is asked about is kept for the patient alone."""
    return any(span.newly and span.row != i for span in outcome.in_bed.get(bed_id, ()))


def _allowed(others: Sequence[Alternative]) -> list[Alternative]:
    return [one for one in others if not one.broken]


def _came_out(answer: WhyNot) -> str:
    if answer.forbidden:
        return "forbidden"
    if answer.price is None:
        return "nobody can make way" if answer.status is SolveStatus.INFEASIBLE else "no plan found"
    assert answer.least_price is not None
    return "exact price" if answer.price - answer.least_price < 0.05 else "price within bounds"


def _wrong(answer: WhyNot, alone: float | None) -> str:
    """What contradicts an answer. `alone`: what the bed costs if everybody else stays as planned, if it can be so."""
    if answer.price is None:
        return "no price, yet the bed can be had with everybody else as planned" if alone is not None else ""
    if answer.least_price is None or answer.least_price > answer.price + NOTHING:
        return "the bound is above the price"
    if abs(sum(answer.terms.values()) - answer.price) > NOTHING:
        return "the terms do not sum to the price"
    if alone is not None and answer.price > alone + NOTHING:
        return "dearer than with everybody else as planned"
    if alone is not None and answer.least_price > alone + NOTHING:
        return "the bound is above the price of another plan"
    after = answer.changes[0].after if answer.changes else None
    return "" if after is not None and after.to_bed_id == answer.bed_id else "the plan does not give the bed"


def _timed(make: Callable[[], T]) -> tuple[T, float]:
    started = time.perf_counter()
    made = make()
    return made, time.perf_counter() - started


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; exit status 1 where answers contradict one another."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--beds", type=int, default=300)
    parser.add_argument("--seeds", type=seeds, default=[1, 2, 3])
    parser.add_argument("--time-limit", type=float, default=20.0, help="for the plan that is asked about [s]")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    settings = BedSettings(time_limit_s=options.time_limit)
    whole: Tallies = defaultdict(Tally)
    wrong: list[str] = []
    for seed in options.seeds:
        tallies, faults = asked_of(seed, options.beds, settings)
        wrong += faults
        for name, tally in tallies.items():
            whole[name].seconds += tally.seconds
            whole[name].came_out += tally.came_out
        if not options.json:
            _print(str(seed), tallies)
    if options.json:
        print(json.dumps({"beds": options.beds, "wrong": wrong, **{n: t.row() for n, t in whole.items()}}, indent=1))
    else:
        _print("all", whole)
        print("\n".join(wrong) or "no answer contradicts another")
    return 1 if wrong else 0


def _print(seed: str, tallies: Tallies) -> None:
    print(HEAD)
    for name, tally in sorted(tallies.items()):
        row, came_out = tally.row(), ", ".join(f"{count} {what}" for what, count in tally.came_out.most_common())
        times = " ".join(f"{row[key]:7.2f}" for key in ("median_s", "p95_s", "max_s"))
        print(f"{seed:>6s} {name:26s} {row['asked']:7d} {times}  {came_out}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
