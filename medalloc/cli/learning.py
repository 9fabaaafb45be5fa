"""Commands that learn: heads from corrections, and the encoder from the hospital's own notes."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import Any

from medalloc import pipeline
from medalloc.cli.output import show
from medalloc.domain.progress import Progress
from medalloc.domain.review import User, UserRole
from medalloc.learn import heads as learn
from medalloc.learn.encoder import adapt_encoder
from medalloc.needs.adapt import Schedule
from medalloc.settings import settings
from medalloc.store import open_store


def train(options: argparse.Namespace) -> int:
    """Refit the heads, or train the encoder further."""
    if options.adapt:
        return _adapt(options)
    user = User(getpass.getuser(), UserRole.ADMIN)
    with open_store(settings().url) as store:
        if options.revert:
            version = learn.go_back(store, user, settings()) or "shipped"
            show(options, {"status": "reverted", "version": version}, [f"The notes are read with: {version}."])
            return 0
        learnt = learn.learn(store, pipeline.base_heads(settings()), pipeline.encoder(store))
        found = learn.told(learnt) | {"status": "refused" if learnt.trial.refusal else "dry run"}
        if not options.dry_run and not learnt.trial.refusal:
            version = learn.put_in_use(store, learnt, user, settings())
            found |= {"status": "in use", "version": version}
    show(options, found, _compared(found))
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
    show(
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
