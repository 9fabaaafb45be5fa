"""The coefficients that turn sentences into probabilities, kept as plain arrays.

Every part of a probability can be named: sentences are scored (`Heads.score`) and pooled by patient (`pool`);
pooled scores, vital signs and what the reading rules found then give the logits of each need (`Head`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medalloc.domain.needs import NeedName
from medalloc.needs.claims import CUTS, Cuts
from medalloc.needs.corpus import Corpus
from medalloc.needs.head import Head
from medalloc.needs.layout import Kind
from medalloc.needs.models.trees import Trees
from medalloc.needs.pool import SILENT, Floats
from medalloc.needs.readable import KnownWords

SHIPPED = Path(__file__).parent
ARRAYS, METADATA = "heads.npz", "heads.json"


@dataclass(frozen=True)
class Heads:
    """All heads, and the sentence scores that they share."""

    encoder: str
    """Name of the encoder they were fitted with, without the number type."""
    gram_weights: NDArray[np.float32]
    """(BUCKETS, n_outputs)."""
    vector_weights: NDArray[np.float32]
    """(dim, n_outputs)."""
    by_name: Mapping[NeedName, Head]
    known: KnownWords
    cuts: Mapping[NeedName, Cuts] = field(default_factory=lambda: CUTS)
    """From which strength a claim is acted on, as measured on patients held back."""
    version: str = ""
    """"" for those that are shipped; else of the local fit."""

    def score(self, corpus: Corpus, encoder: str) -> Floats:
        """z of every sentence, (n_sentences, n_outputs); vectors of another encoder than the heads' say nothing."""
        scores = corpus.grams.score(self.gram_weights) + SILENT
        if model_of(encoder) == self.encoder:
            scores += corpus.vectors @ self.vector_weights
        return np.asarray(scores, dtype=np.float64)


def model_of(encoder: str) -> str:
    """Name of an encoder without its number type: 16 and 32 bits give the same to within rounding."""
    return encoder.partition(":")[0]


def save_heads(heads: Heads, folder: Path, metadata: Mapping[str, Any]) -> None:
    """Write the heads as arrays and JSON; sentence weights as whole numbers of a scale by column."""
    arrays: dict[str, Any] = {"known": heads.known.bits}
    arrays["grams"], arrays["gram_scale"] = _pack(heads.gram_weights)
    arrays["vectors"] = heads.vector_weights.astype(np.float16)
    described = {}
    for name, head in heads.by_name.items():
        arrays[f"{name}_coefficients"], arrays[f"{name}_intercepts"] = head.coefficients, head.intercepts
        for logit, trees in enumerate(head.boosted):
            arrays.update(trees.arrays(f"{name}_{logit}_"))
        described[str(name)] = {
            "kind": str(head.kind),
            "values": list(head.values),
            "columns": [head.columns.start, head.columns.stop],
            "boosted": len(head.boosted),
            "cuts": asdict(heads.cuts[name]) if name in heads.cuts else None,
        }
    np.savez_compressed(folder / ARRAYS, **arrays)
    text = json.dumps({"encoder": heads.encoder, "version": heads.version, "heads": described, **metadata}, indent=2)
    (folder / METADATA).write_text(text + "\n", encoding="utf-8")


@lru_cache(maxsize=4)
def load_heads(folder: Path = SHIPPED) -> Heads:
    """The heads kept in a folder; those that are shipped unless another is named."""
    described = heads_metadata(folder)
    with np.load(folder / ARRAYS, allow_pickle=False) as arrays:
        return Heads(
            encoder=described["encoder"],
            gram_weights=arrays["grams"].astype(np.float32) * arrays["gram_scale"],
            vector_weights=arrays["vectors"].astype(np.float32),
            by_name={NeedName(name): _head(NeedName(name), head, arrays) for name, head in described["heads"].items()},
            known=KnownWords(arrays["known"]),
            cuts={NeedName(name): Cuts(**head["cuts"]) for name, head in described["heads"].items() if head["cuts"]},
            version=described.get("version", ""),
        )


def heads_metadata(folder: Path = SHIPPED) -> dict[str, Any]:
    """What is known of the fit of the heads in a folder: data, settings, measures."""
    found: dict[str, Any] = json.loads((folder / METADATA).read_text(encoding="utf-8"))
    return found


def _head(name: NeedName, described: Mapping[str, Any], arrays: Any) -> Head:
    return Head(
        name,
        Kind(described["kind"]),
        tuple(described["values"]),
        slice(*described["columns"]),
        arrays[f"{name}_coefficients"],
        arrays[f"{name}_intercepts"],
        tuple(Trees.from_arrays(arrays, f"{name}_{logit}_") for logit in range(described["boosted"])),
    )


def _pack(weights: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Weights as 8-bit whole numbers and the size of one step by column."""
    step = np.maximum(np.abs(weights).max(axis=0) / 127, 1e-12).astype(np.float32)
    return np.rint(weights / step).astype(np.int8), step
