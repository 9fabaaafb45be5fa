"""Commands on a data folder: check it, read needs, plan beds."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict, replace
from typing import Any

from medalloc import pipeline
from medalloc.cli.output import report, show
from medalloc.domain.needs import Needs
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.errors import DataError
from medalloc.export import provenance, write_bed_plan, write_needs
from medalloc.ingest import Loaded
from medalloc.planned import PlannedBeds, plan
from medalloc.review.plan_settings import bed_settings, made_with
from medalloc.review.weight_files import file_or_set
from medalloc.review.weight_sets import WeightSet, in_force
from medalloc.settings import settings
from medalloc.store import open_store

FOR_MACHINES = ("weights", "provenance")
"""Parts of a summary that are not printed for people."""


def check(options: argparse.Namespace) -> int:
    """Load the data and say what is wrong with it."""
    loaded = pipeline.load_source(options.data)
    faults = [issue for issue in loaded.issues if issue.rejected]
    if options.out:
        options.out.write_text(loaded.rejects_csv(), encoding="utf-8")
    show(
        options,
        {"loaded": dict(loaded.loaded), "issues": [asdict(issue) for issue in loaded.issues]},
        [f"{file}: {rows} rows" for file, rows in loaded.loaded.items()]
        + [f"remark: {issue}" for issue in loaded.issues if not issue.rejected],
    )
    return report(faults)


def needs(options: argparse.Namespace) -> int:
    """Read what each patient needs."""
    loaded = _load(options)
    needs = _read(loaded.snapshot)
    known = [need for found in needs.values() for need in found.by_name.values()]
    if options.out:
        write_needs(options.out, needs, loaded.snapshot, settings=pipeline.public_settings())
    summary = {
        "patients": len(needs),
        "needs": len(known),
        "abstained": sum(need.abstained for need in known),
        "to_confirm": sum(need.confirm is not None for need in known),
    }
    show(options, summary, [f"{name}: {value}" for name, value in summary.items()])
    return report(issue for issue in loaded.issues if issue.rejected)


def beds(options: argparse.Namespace) -> int:
    """Propose who goes to which bed."""
    try:
        chosen = _weights(options)
    except DataError as error:
        print(f"--weights {options.weights}: {error}", file=sys.stderr)
        return 2
    loaded = _load(options)
    needs = _read(loaded.snapshot)
    wanted = bed_settings(chosen, time_limit_s=options.time_limit, seed=options.seed, processes=options.processes)
    planned = plan(loaded.snapshot, needs, wanted)
    given = pipeline.public_settings() | {"made_with": made_with(chosen, wanted)}
    if options.out:
        write_bed_plan(options.out, planned.plan, {}, loaded.snapshot, settings=given)
    facts = provenance(loaded.snapshot, planned.plan, settings=given)
    summary = _summary(planned, facts) | {"weight_set": chosen.name, "horizon_days": wanted.horizon_days}
    show(options, summary, [f"{name}: {value}" for name, value in summary.items() if name not in FOR_MACHINES])
    return report(issue for issue in loaded.issues if issue.rejected)


def _weights(options: argparse.Namespace) -> WeightSet:
    """The set of weights asked for, else the one in force, with what else the command line says."""
    with open_store(settings().url) as store:
        chosen = file_or_set(store, options.weights) if options.weights is not None else in_force(store).chosen
    days = options.horizon_days or chosen.limits.horizon_days
    opened = chosen.limits.open_escalation and not options.no_escalation
    return replace(chosen, limits=replace(chosen.limits, horizon_days=days, open_escalation=opened))


def _summary(planned: PlannedBeds, facts: dict[str, Any]) -> dict[str, Any]:
    plan = planned.plan
    actions = [str(placement.action) for placement in plan.placements]
    return {
        "status": str(plan.status),
        "objective": plan.objective,
        "bound": plan.bound,
        "gap": plan.gap,
        "runtime_s": plan.runtime_s,
        "kpis": {action: actions.count(action) for action in sorted(set(actions))}
        | {"objective_before": planned.before.objective},
        "penalties": plan.penalties,
        "weights": dict(plan.weights),
        "provenance": facts,
    }


def _load(options: argparse.Namespace) -> Loaded:
    loaded = pipeline.load_source(options.data)
    return replace(loaded, snapshot=replace(loaded.snapshot, at=options.at)) if options.at else loaded


def _read(snapshot: HospitalSnapshot) -> dict[str, Needs]:
    with open_store(settings().url) as store:
        return pipeline.counted(store, snapshot, pipeline.read_all_needs(store, snapshot)[0])
