"""`python -m medalloc COMMAND`: the pipeline without a browser.

Exit status: 0 done; 1 the data, the plan or the record breaks a rule, one line per fault on stderr; 2 wrong usage.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from medalloc.cli import data, keeping, learning, record
from medalloc.errors import DataError, MedallocError
from medalloc.review.set_limits import RANGES


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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="medalloc", description="Plan a hospital's beds from its ward data.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = _command(commands, "check", data.check, "load the data and say what is wrong with it")
    needs = _command(commands, "needs", data.needs, "read what each patient needs from notes and vital signs")
    beds = _command(commands, "beds", data.beds, "propose who goes to which bed")
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
    train = _command(commands, "train", learning.train, "learn from the corrections that clinicians have made")
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
    record.add_commands(commands, _command)
    keeping.add_commands(commands, _command)
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
