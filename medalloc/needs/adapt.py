"""Continues the encoder's pre-training on the hospital's own sentences; nothing leaves the machine.

The objective is SimCSE (Gao et al. 2021) as sentence-transformers has it: `MultipleNegativesRankingLoss` with each
sentence as its own pair. Drop-out makes two vectors of one sentence; they are pulled together, and away from those
of the other sentences of the batch. TSDAE, the library's other unsupervised loss, needs a decoder as large as the
encoder, which two cores cannot train beside a hospital's work.

A run can be killed at any moment. Every random choice hangs on the seed and the number of the step alone, so that a
run that is taken up again ends with the same weights as one that was never stopped.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from medalloc.domain.progress import OnProgress, Progress
from medalloc.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch.optim import Optimizer

CHECKPOINT = "checkpoint.pt"
VOCABULARY = "vocab.txt"


@dataclass(frozen=True, slots=True)
class Schedule:
    """How to train."""

    epochs: int = 1
    batch: int = 32
    """Sentences in a batch: each is told from this many less one others."""
    rate: float = 2e-5
    """Largest learning rate; it rises over the first tenth of the steps and falls to 0 over the rest."""
    every: int = 100
    """Steps between two checkpoints."""
    seed: int = 0
    threads: int = 2

    def steps(self, n_texts: int) -> int:
        """Steps of the whole run; what is left over at the end of an epoch is dropped."""
        return self.epochs * (n_texts // self.batch)


def adapt(
    folder: Path, texts: Sequence[str], out: Path, schedule: Schedule, on_progress: OnProgress | None = None
) -> int:
    """Train the encoder of a folder on sentences and write it to another; returns the number of steps made.

    Where `out` holds the checkpoint of the same run, the run goes on from there.

    Parameters
    ----------
    texts
        Sentences; each counts once.
    on_progress
        Told of the step `adapt`; when it asks to stop, a checkpoint is written, and no model.

    Raises
    ------
    EncoderError
        There is no model in the folder, there are too few sentences, or `out` is the same folder or holds another run.
    """
    if out.resolve() == folder.resolve():
        raise EncoderError("the encoder that is trained further lies in this folder: name another folder")
    known = sorted(set(texts))
    total = schedule.steps(len(known))
    if not total:
        raise EncoderError(f"there are {len(known)} sentences to learn from; {schedule.batch} are needed")
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    run = _Run(folder, out, schedule, _fingerprint(folder, known, schedule), total)
    model, optimizer, done = run.begin()
    step = _stepper(model, optimizer, schedule, total)
    while done < total:
        step(done, _batch(known, done, schedule))
        done += 1
        stop = on_progress is not None and not on_progress(Progress("adapt", share=done / total))
        if done % schedule.every == 0 or done == total or stop:
            run.keep(model, optimizer, done)
        if stop:
            return done
    run.finish(model)
    return done


@dataclass(frozen=True)
class _Run:
    """Where a run begins, what it leaves behind, and by what it is known."""

    folder: Path
    out: Path
    schedule: Schedule
    fingerprint: str
    total: int

    def begin(self) -> tuple[SentenceTransformer, Optimizer, int]:
        """The model, its optimizer, and how many steps are done already."""
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        import torch

        torch.set_num_threads(self.schedule.threads)
        model = _loaded(self.folder)
        optimizer = torch.optim.AdamW(model.parameters(), lr=self.schedule.rate, weight_decay=0.01)
        path = self.out / CHECKPOINT
        if not path.exists():
            return model, optimizer, 0
        kept: dict[str, Any] = torch.load(path, weights_only=True)  # arrays and numbers, never code
        if kept["fingerprint"] != self.fingerprint:
            raise EncoderError("the folder holds another run: other sentences, model or settings; name another folder")
        model.load_state_dict(kept["model"])
        optimizer.load_state_dict(kept["optimizer"])
        return model, optimizer, int(kept["done"])

    def keep(self, model: SentenceTransformer, optimizer: Optimizer, done: int) -> None:
        """Write a checkpoint in place of the one before."""
        import torch

        kept = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "done": done}
        fresh = self.out / f"{CHECKPOINT}.new"
        torch.save(kept | {"fingerprint": self.fingerprint}, fresh)
        os.replace(fresh, self.out / CHECKPOINT)

    def finish(self, model: SentenceTransformer) -> None:
        """Write the model, and take the checkpoint away."""
        model.save(str(self.out), create_model_card=False, safe_serialization=True)
        if (self.folder / VOCABULARY).exists():
            shutil.copyfile(self.folder / VOCABULARY, self.out / VOCABULARY)
        (self.out / CHECKPOINT).unlink()


def _loaded(folder: Path) -> SentenceTransformer:
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # it would stand among the faults on stderr
    try:
        return SentenceTransformer(
            str(folder),
            device="cpu",
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"dtype": torch.float32, "use_safetensors": True},
        )
    except (OSError, ValueError) as error:
        raise EncoderError("the folder of the encoder holds no sentence-transformers model") from error


def _stepper(
    model: SentenceTransformer, optimizer: Optimizer, schedule: Schedule, total: int
) -> Callable[[int, list[str]], float]:
    """One step of training; the number of the step and the sentences are all that it hangs on."""
    import torch
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss

    loss_of = MultipleNegativesRankingLoss(model)
    nobody = torch.empty(0)

    def step(number: int, texts: list[str]) -> float:
        torch.manual_seed(schedule.seed * 1_000_003 + number)
        model.train()
        for group in optimizer.param_groups:
            group["lr"] = schedule.rate * _warmth(number, total)
        columns = [model.preprocess(texts) for _ in range(2)]
        loss = loss_of(columns, nobody)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        return float(loss.detach())

    return step


def _warmth(number: int, total: int) -> float:
    """Share of the largest learning rate at a step."""
    rise = max(total // 10, 1)
    return (number + 1) / rise if number < rise else (total - number) / max(total - rise, 1)


def _batch(texts: Sequence[str], number: int, schedule: Schedule) -> list[str]:
    """The sentences of a step; every epoch has an order of its own."""
    epoch, place = divmod(number, len(texts) // schedule.batch)
    order = np.random.default_rng([schedule.seed, epoch]).permutation(len(texts))
    return [texts[one] for one in order[place * schedule.batch : (place + 1) * schedule.batch]]


def _fingerprint(folder: Path, texts: Sequence[str], schedule: Schedule) -> str:
    """What a run is known by: model, sentences and settings; no sentence can be read from it."""
    found = hashlib.sha256()
    for path in sorted(folder.glob("*.safetensors")):
        with path.open("rb") as file:
            found.update(hashlib.file_digest(file, "sha256").digest())
    settings = {name: value for name, value in asdict(schedule).items() if name not in ("every", "threads")}
    found.update(repr(sorted(settings.items())).encode())
    for text in texts:
        found.update(hashlib.sha256(text.encode(errors="surrogatepass")).digest())
    return found.hexdigest()
