"""`python -m medalloc COMMAND DATA`: the pipeline without a browser.

Exit status: 0 done; 1 the data or the plan breaks a hard rule, one line per fault on stderr; 2 wrong usage.
"""

from __future__ import annotations

import argparse
import getpass
import json
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from medalloc import pipeline
from medalloc.domain.needs import Needs
from medalloc.domain.progress import Progress
from medalloc.domain.review import User, UserRole
from medalloc.domain.snapshot import HospitalSnapshot
from medalloc.errors import DataError, MedallocError
from medalloc.export import provenance, write_bed_plan, write_needs
from medalloc.ingest import Loaded
from medalloc.learn import heads as learn
from medalloc.learn.encoder import adapt_encoder
from medalloc.needs.adapt import Schedule
from medalloc.planned import PlannedBeds, plan
from medalloc.review.plan_settings import bed_settings, made_with
from medalloc.review.set_limits import RANGES
from medalloc.review.weight_files import file_or_set
from medalloc.review.weight_sets import WeightSet, in_force
from medalloc.settings import settings
from medalloc.store import migrate, open_store

FOR_MACHINES = ("weights", "provenance")
"""Parts of a summary that are not printed for people."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if getattr(options, "adapt", False) and options.out is None:
        parser.error("--adapt needs --out DIR")
    try:
        return int(options.run(options))
    except DataError as error:
        for line in [str(issue) for issue in error.issues] or [str(error)]:
            print(line, file=sys.stderr)
    except MedallocError as error:
        print(error, file=sys.stderr)
    return 1


def _check(options: argparse.Namespace) -> int:
    loaded = pipeline.load_source(options.data)
    faults = [issue for issue in loaded.issues if issue.rejected]
    if options.out:
        options.out.write_text(loaded.rejects_csv(), encoding="utf-8")
    _print(
        options,
        {"loaded": dict(loaded.loaded), "issues": [asdict(issue) for issue in loaded.issues]},
        [f"{file}: {rows} rows" for file, rows in loaded.loaded.items()]
        + [f"remark: {issue}" for issue in loaded.issues if not issue.rejected],
    )
    return _report(faults)


def _needs(options: argparse.Namespace) -> int:
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
    _print(options, summary, [f"{name}: {value}" for name, value in summary.items()])
    return _report(issue for issue in loaded.issues if issue.rejected)


def _beds(options: argparse.Namespace) -> int:
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
    _print(options, summary, [f"{name}: {value}" for name, value in summary.items() if name not in FOR_MACHINES])
    return _report(issue for issue in loaded.issues if issue.rejected)


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


def _migrate(options: argparse.Namespace) -> int:
    migrate(settings().url)
    _print(options, {"status": "migrated"}, ["The database is up to date."])
    return 0


def _train(options: argparse.Namespace) -> int:
    if options.adapt:
        return _adapt(options)
    user = User(getpass.getuser(), UserRole.ADMIN)
    with open_store(settings().url) as store:
        if options.revert:
            version = learn.go_back(store, user, settings()) or "shipped"
            _print(options, {"status": "reverted", "version": version}, [f"The notes are read with: {version}."])
            return 0
        learnt = learn.learn(store, pipeline.base_heads(settings()), pipeline.encoder(store))
        found = learn.told(learnt) | {"status": "refused" if learnt.trial.refusal else "dry run"}
        if not options.dry_run and not learnt.trial.refusal:
            version = learn.put_in_use(store, learnt, user, settings())
            found |= {"status": "in use", "version": version}
    _print(options, found, _compared(found))
    if learnt.trial.refusal:
        print(f"Not put in use: {learnt.trial.refusal}. Nothing was changed.", file=sys.stderr)
    return 1 if learnt.trial.refusal else 0


def _adapt(options: argparse.Namespace) -> int:
    """Train the encoder on the hospital's own sentences; progress goes to stderr, one line for each checkpoint."""
    schedule = Schedule(epochs=options.epochs, every=options.every, threads=settings().threads)

    def tell(progress: Progress) -> bool:
        share = progress.share or 0.0
        if not options.json and int(100 * share) > told[-1]:
            told.append(int(100 * share))
            print(f"{told[-1]} %", file=sys.stderr, flush=True)
        return True

    told = [0]
    with open_store(settings().url) as store:
        found = adapt_encoder(store, options.out, schedule, settings(), tell)
    _print(
        options,
        found,
        [f"{name}: {found[name]}" for name in ("steps", "sentences", "seconds")]
        + [f"{name}, {when}: {found[name][when]}" for name in ("retrieval", "heads") for when in ("before", "after")]
        + [f"To use it, set MEDALLOC_ENCODER={options.out.absolute()} and read the notes again. Its vectors are not"]
        + ["those of the encoder before: heads for it lie beside it; fit them to your corrections with: train"],
    )
    return 0


def _compared(found: dict[str, Any]) -> list[str]:
    """A table of before and after, one line for each need."""
    head = f"{'need':<18}{'n':>5}{'log loss':>17}{'accuracy':>17}{'abstained':>17}"
    rows = [*found["by_need"].items(), ("all", found["overall"])]
    return (
        [f"{found['patients']} patients, cross-validated by patient: before → after", head]
        + [
            f"{name:<18}{one['before']['n']:>5}"
            + "".join(
                f"{one['before'][measure]:>8.3f} → {one['after'][measure]:<6.3f}"
                for measure in ("log_loss", "accuracy", "abstention")
            )
            for name, one in rows
        ]
        + [f"status: {found['status']}"]
    )


def _load(options: argparse.Namespace) -> Loaded:
    loaded = pipeline.load_source(options.data)
    return replace(loaded, snapshot=replace(loaded.snapshot, at=options.at)) if options.at else loaded


def _read(snapshot: HospitalSnapshot) -> dict[str, Needs]:
    with open_store(settings().url) as store:
        return pipeline.counted(store, snapshot, pipeline.read_all_needs(store, snapshot)[0])


def _report(faults: Any) -> int:
    lines = [str(fault) for fault in faults]
    for line in lines:
        print(line, file=sys.stderr)
    return 1 if lines else 0


def _print(options: argparse.Namespace, result: dict[str, Any], lines: Sequence[str]) -> None:
    if options.json:
        lines = [json.dumps(_finite(result), default=str, ensure_ascii=False, allow_nan=False)]
    print("\n".join(lines))


def _finite(value: Any) -> Any:
    """The same with null for numbers that JSON does not know: nan and infinity."""
    if isinstance(value, Mapping):
        return {str(key): _finite(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="medalloc", description="Plan a hospital's beds from its ward data.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = _command(commands, "check", _check, "load the data and say what is wrong with it")
    needs = _command(commands, "needs", _needs, "read what each patient needs from notes and vital signs")
    beds = _command(commands, "beds", _beds, "propose who goes to which bed")
    for command, out in ((check, "CSV of rejected rows"), (needs, "needs.csv"), (beds, "bed_plan.csv")):
        command.add_argument("data", type=Path, metavar="DATA", help="data folder, or a zip of one")
        command.add_argument("--out", type=Path, metavar="FILE", help=out)
    for command in (needs, beds):
        command.add_argument("--at", type=datetime.fromisoformat, metavar="TIME", help="the moment to plan for")
    beds.add_argument("--time-limit", type=_positive, metavar="S", help="seconds for the solver")
    beds.add_argument("--seed", type=int, default=0, metavar="N")
    beds.add_argument("--weights", metavar="FILE.toml|NAME", help="weights and limits: a file, or a set kept here")
    beds.add_argument("--horizon-days", type=_days, metavar="N", help="how far to look ahead")
    beds.add_argument("--no-escalation", action="store_true", help="open no bed in a closed ward")
    beds.add_argument("--processes", type=_whole, metavar="N", help="that search side by side")
    train = _command(commands, "train", _train, "learn from the corrections that clinicians have made")
    what = train.add_mutually_exclusive_group()
    what.add_argument("--dry-run", action="store_true", help="try it out, and change nothing")
    what.add_argument("--revert", action="store_true", help="go back to the heads that were in use before")
    what.add_argument("--adapt", action="store_true", help="train the encoder further on the notes that are kept")
    train.add_argument(
        "--epochs", type=_whole, default=1, metavar="N", help="with --adapt: times through all sentences"
    )
    train.add_argument("--every", type=_whole, default=100, metavar="K", help="with --adapt: steps between checkpoints")
    train.add_argument(
        "--out", type=Path, metavar="DIR", help="with --adapt: where the encoder goes; a run goes on there"
    )
    _command(commands, "migrate", _migrate, "create the database, or bring it up to date")
    return parser


def _command(commands: Any, name: str, run: Any, words: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.set_defaults(run=run)
    return command


def _days(text: str) -> int:
    low, high = RANGES["horizon_days"]
    value = int(text)
    if not low <= value <= high:
        raise argparse.ArgumentTypeError(f"must be {low} to {high} days")
    return value


def _whole(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return value


def _positive(text: str) -> float:
    value = float(text)
    if not value > 0:
        raise argparse.ArgumentTypeError("must be more than 0 seconds")
    return value
