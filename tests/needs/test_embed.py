import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.errors import EncoderError
from medalloc.needs import embed
from medalloc.needs.embed import BATCH_TOKENS, SHIPPED_SHA256, WEIGHTS, MiniLmEncoder, batches, number_type


def test_altered_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / WEIGHTS).write_bytes(b"not the model")
    monkeypatch.setattr(embed, "_shipped_folder", lambda: tmp_path)
    with pytest.raises(EncoderError, match=r"altered.*pip install --force-reinstall"):
        MiniLmEncoder().encode(["on 2 L"])


def test_missing_weights_are_told(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=WEIGHTS):
        _ = MiniLmEncoder(tmp_path).name


def test_a_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embed, "PACKAGE", "no_such_package_at_all")
    with pytest.raises(EncoderError, match="pip install"):
        MiniLmEncoder()


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    (tmp_path / WEIGHTS).write_bytes(b"")
    with pytest.raises(EncoderError, match="no sentence-transformers model"):
        MiniLmEncoder(tmp_path).encode(["on 2 L"])


@pytest.mark.parametrize(
    ("flags", "expected"),
    [("avx2 avx512_bf16 amx", "bfloat16"), ("avx2 avx512_vnni", "float32"), ("amx_bf16", "bfloat16")],
)
def test_bfloat16_only_where_the_processor_has_it(
    flags: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cpuinfo").write_text(f"flags : {flags}\n")
    monkeypatch.setattr(embed, "CPU_FLAGS", tmp_path / "cpuinfo")
    assert number_type() == expected


def test_where_the_processor_is_not_known_it_is_float32(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embed, "CPU_FLAGS", tmp_path / "none")
    assert number_type() == "float32"


def test_the_name_holds_the_hash_of_the_weights() -> None:
    assert MiniLmEncoder().name == f"{SHIPPED_SHA256}:{number_type()}"


def test_to_make_and_name_one_imports_no_torch() -> None:
    code = (
        "import sys; from medalloc.needs.embed import MiniLmEncoder; encoder = MiniLmEncoder();"
        "encoder.name, encoder.dim; sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_model_knows_words() -> None:
    assert {"oxygen", "the", "patient"} <= MiniLmEncoder().words()


@given(st.lists(st.integers(1, 700), max_size=200))
def test_every_text_stands_in_one_batch_and_no_batch_is_too_big(lengths: list[int]) -> None:
    found = list(batches(lengths))
    assert sorted(place for batch in found for place in batch) == list(range(len(lengths)))
    sizes = [len(batch) * max(lengths[place] for place in batch) for batch in found]
    assert all(size <= BATCH_TOKENS or len(batch) == 1 for size, batch in zip(sizes, found, strict=True))


def test_batches_hold_texts_of_like_length() -> None:
    assert [len(batch) for batch in batches([5] * 300 + [256] * 3)] == [2, 2, 102, 102, 95]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_model_encodes(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    texts = ["needs oxygen", "requires supplemental O2 via mask", "", "eats well"]
    rows = MiniLmEncoder().encode(texts)
    assert capfd.readouterr() == ("", "")
    assert rows.shape == (4, 384)
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1.0] * 4, abs=1e-3)
    assert rows[0] @ rows[1] > rows[0] @ rows[3]
    together = MiniLmEncoder(threads=3).encode([*texts, "a long one " * 300])[:4]
    assert (together * rows).sum(axis=1) == pytest.approx([1.0] * 4, abs=1e-5)
    shutil.copytree(embed._shipped_folder(), tmp_path / "model")
    own = MiniLmEncoder(tmp_path / "model")
    assert own.name == MiniLmEncoder().name
    assert own.dim == 384
