import pytest

from medalloc.errors import DataError
from medalloc.ingest.folder import read_folder
from medalloc.ingest.limits import Limits
from tests.tiny import tiny_files


def test_files_are_read(tmp_path):
    for name, content in tiny_files().items():
        (tmp_path / name).write_bytes(content)
    assert read_folder(tmp_path) == tiny_files()


def test_missing_folder(tmp_path):
    with pytest.raises(DataError, match="there is no such folder"):
        read_folder(tmp_path / "nowhere")


def test_name_in_capitals_is_known(tmp_path):
    (tmp_path / "Wards.CSV").write_bytes(b"w")
    assert read_folder(tmp_path) == {"wards.csv": b"w"}


def test_name_in_capital_and_in_small_letters(tmp_path):
    (tmp_path / "Wards.csv").write_bytes(b"w")
    (tmp_path / "wards.csv").write_bytes(b"w")
    with pytest.raises(DataError, match=r"wards.csv: is there twice"):
        read_folder(tmp_path)


def test_other_file_is_named_and_not_opened(tmp_path):
    (tmp_path / "README.md").write_bytes(b"r")
    (tmp_path / ".DS_Store").write_bytes(b"d")
    (tmp_path / "old").mkdir()
    assert read_folder(tmp_path) == {"README.md": b""}


def test_truth_is_never_read(tmp_path):
    (tmp_path / "truth.csv").write_bytes(b"t")
    (tmp_path / "beds.csv").write_bytes(b"b")
    assert read_folder(tmp_path) == {"beds.csv": b"b"}


def test_size_limit_counts_all_files(tmp_path):
    (tmp_path / "beds.csv").write_bytes(b"b" * 1_200_000)
    (tmp_path / "wards.csv").write_bytes(b"w" * 900_000)
    with pytest.raises(DataError, match="more than 2 MB together"):
        read_folder(tmp_path, Limits(max_bytes=2_000_000))
    assert len(read_folder(tmp_path, Limits(max_bytes=2_100_000))) == 2


def test_too_many_files(tmp_path):
    for number in range(4):
        (tmp_path / f"{number}.txt").touch()
    with pytest.raises(DataError, match="more than 3 files"):
        read_folder(tmp_path, Limits(max_files=3))
