"""Measure the sentence encoder: `python -m benchmarks.encoder [DIR] [--threads N] [--json]`.

DIR is a data folder; its distinct sentences are encoded as `read_needs` would encode them, with nothing cached.
Seconds of a processor are counted too: on a machine that does other work they say more than those of the clock.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from medalloc.ingest import load, read_folder
from medalloc.needs.context import asserted, read
from medalloc.needs.corpus import NUMBER
from medalloc.needs.embed import MiniLmEncoder, number_type
from medalloc.needs.encoder import Encoder
from medalloc.needs.sentences import split_sentences

SAMPLE = Path(__file__).parent.parent / "sample_data" / "hospital"
RUNS = 3
MOST = 2048
"""Sentences of one run."""


def sentences_of(folder: Path) -> list[str]:
    """The distinct sentences of a folder's notes, as they are given to the encoder."""
    found: dict[str, None] = {}
    for note in load(read_folder(folder)).snapshot.notes:
        for sentence in split_sentences(note.text):
            said = NUMBER.sub("0", asserted(sentence.text, read(sentence.text, sentence.section)))
            if any(mark.isalpha() for mark in said):
                found[said] = None
    return list(found)


def measure(encoder: Encoder, texts: list[str], clock: Callable[[], float] = time.perf_counter) -> dict[str, float]:
    """Sentences a second, of the clock (best of the runs) and of a processor (all runs)."""
    encoder.encode(texts[:1])
    seconds, used = [], time.process_time()
    for _ in range(RUNS):
        started = clock()
        encoder.encode(texts)
        seconds.append(clock() - started)
    used = time.process_time() - used
    return {
        "sentences": len(texts),
        "per_second": len(texts) / min(seconds),
        "per_processor_second": RUNS * len(texts) / used,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the sentence encoder.")
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLE, metavar="DIR")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found: dict[str, Any] = dict(measure(MiniLmEncoder(threads=options.threads), sentences_of(options.folder)[:MOST]))
    found |= {"number_type": number_type(), "load": round(os.getloadavg()[0], 2)}
    if options.json:
        print(json.dumps(found))
        return
    print(
        f"{found['sentences']} sentences in {found['number_type']}: {found['per_second']:.0f} a second, "
        f"{found['per_processor_second']:.0f} a processor second (load {found['load']})"
    )


if __name__ == "__main__":
    main()
