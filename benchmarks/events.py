"""Time planning again after an event: `python -m benchmarks.events [--beds 300] [--seeds 1-3]`.

Events: a new arrival, a discharge, a bed closed, a need corrected. Each is planned around the plan before it, and
anew for comparison. Needs come from the generator's truth, as in `benchmarks.sample_beds`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from benchmarks.sample_beds import hospital, seeds
from medalloc.domain.needs import Binding, Need, NeedName, Needs, NeedSource
from medalloc.domain.people import Patient, PatientStatus, Source
from medalloc.domain.places import BedStatus
from medalloc.domain.plan import Action, BedPlan
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.optimise.beds import BedSettings, plan_beds
from medalloc.optimise.beds.changes import changes
from medalloc.optimise.beds.situation import Background
from medalloc.optimise.check import check_bed_plan
from medalloc.planned import plan

State = tuple[HospitalSnapshot, Mapping[str, Needs]]

HEAD = "  seed event           seconds  changed objective   gap | anew: seconds objective  checker"


def events(state: State, first: BedPlan) -> Iterator[tuple[str, State]]:
    """What may happen after a plan, by name."""
    snapshot, needs = state
    arrival = Patient("NEW-1", sex=snapshot.patients[0].sex, age=71, status=PatientStatus.WAITING, source=Source.ED)
    arrival = replace(arrival, waiting_since=snapshot.at, specialty="general_medicine")
    yield "arrival", (replace(snapshot, patients=(*snapshot.patients, arrival)), needs)
    stay = next(one for one in first.placements if one.action is Action.STAY)
    left = tuple(patient for patient in snapshot.patients if patient.patient_id != stay.patient_id)
    yield "discharge", (replace(snapshot, patients=left), needs)
    given = next(one for one in first.placements if one.action is Action.ADMIT)
    beds = tuple(
        replace(bed, status=BedStatus.CLOSED) if bed.bed_id == given.to_bed_id else bed for bed in snapshot.beds
    )
    yield "bed closed", (replace(snapshot, beds=beds), needs)
    yield "need corrected", (snapshot, {**needs, given.patient_id: _isolated(needs[given.patient_id])})


def _isolated(known: Needs) -> Needs:
    """The same patient, now known to need contact precautions for an organism that nobody has named."""
    need = Need(NeedName.ISOLATION, "contact", 1.0, NeedSource.CLINICIAN, Binding.HARD)
    return replace(known, by_name={**known.by_name, NeedName.ISOLATION: need})


def timed(state: State, settings: BedSettings, background: Background) -> tuple[BedPlan, float]:
    """A plan and the seconds that it took, with the checker and the cost of doing nothing."""
    started = time.perf_counter()
    made = plan(*state, settings, background=background).plan
    return made, time.perf_counter() - started


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; exit status 1 where the checker finds a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--beds", type=int, default=300)
    parser.add_argument("--seeds", type=seeds, default=[1, 2, 3])
    parser.add_argument("--time-limit", type=float, default=20.0)
    options = parser.parse_args(arguments)
    settings, broken = BedSettings(time_limit_s=options.time_limit), 0
    print(HEAD)
    for seed in options.seeds:
        state = hospital(options.beds, seed)
        first = plan_beds(*state, settings)
        reference = {one.patient_id: one.to_bed_id for one in first.placements}
        for name, after in events(state, first):
            near, near_s = timed(after, settings, Background(reference, start=first, around=True))
            anew, anew_s = timed(after, settings, Background(reference, start=first))
            faults = len(check_bed_plan(*after, near))
            broken += faults
            moved = len(changes(first, near))
            told = f"{seed:6d} {name:15s} {near_s:7.2f} {moved:8d} {near.objective:9.1f} {near.gap:5.2%}"
            checked = "ok" if not faults else f"{faults} BROKEN"
            print(f"{told} | {anew_s:13.2f} {anew.objective:9.1f}  {checked}", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
