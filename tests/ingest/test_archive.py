import io
import stat
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.errors import DataError
from medalloc.ingest.archive import pack, read_zip
from medalloc.ingest.limits import Limits
from medalloc.ingest.names import KNOWN_FILES
from tests.tiny import tiny_files


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_files_come_back():
    assert read_zip(zipped(tiny_files())) == tiny_files()


@pytest.mark.parametrize("folder", ["hospital/", "a/b/c/", "C\\"], ids=["one", "three", "Windows"])
def test_folder_around_all_files_is_taken_off(folder):
    files = {folder + name: content for name, content in tiny_files().items()}
    assert read_zip(zipped(files)) == tiny_files()


def test_litter_of_operating_systems_is_passed_over():
    litter = {"__MACOSX/h/._wards.csv": b"x", "h/.DS_Store": b"x", "h/Thumbs.db": b"x", "h/~$notes.csv": b"x"}
    files = {f"h/{name}": content for name, content in tiny_files().items()}
    assert read_zip(zipped({**litter, **files})) == tiny_files()


def test_truth_is_never_read():
    assert read_zip(zipped({"wards.csv": b"w", "truth.csv": b"t", "Truth.CSV": b"t"})) == {"wards.csv": b"w"}


def test_file_of_another_kind_is_named_and_not_opened():
    assert read_zip(zipped({"wards.csv": b"w", "letters/secret.docx": b"s"})) == {
        "wards.csv": b"w",
        "letters/secret.docx": b"",
    }


@pytest.mark.parametrize(
    "name", ["../wards.csv", "a/../../wards.csv", "/etc/wards.csv", "..\\wards.csv", "C:\\wards.csv"]
)
def test_path_that_leads_out_is_refused(name):
    with pytest.raises(DataError, match="a path that leads out of it"):
        read_zip(zipped({name: b"x", "beds.csv": b"y"}))


def test_link_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        entry = zipfile.ZipInfo("wards.csv")
        entry.create_system = 3
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    with pytest.raises(DataError, match=r"holds a link \(wards.csv\)"):
        read_zip(buffer.getvalue())


def test_bomb_is_refused_by_its_ratio():
    with pytest.raises(DataError, match="more than 100 times its size"):
        read_zip(zipped({"notes.csv": b"0" * 5_000_000}))


def test_bomb_is_refused_by_its_size():
    limits = Limits(max_bytes=3_000_000)
    with pytest.raises(DataError, match="unpacks to more than 3 MB"):
        read_zip(zipped({"notes.csv": b"0" * 2_000_000, "usage.csv": b"1" * 1_000_001}), limits)


def test_too_many_files_are_refused():
    with pytest.raises(DataError, match="holds 7 files: at most 5"):
        read_zip(zipped({f"{number}.csv": b"" for number in range(7)}), Limits(max_files=5))


def test_far_too_many_files_are_refused_before_they_are_listed():
    with pytest.raises(DataError, match="far more than the 2 files"):
        read_zip(zipped({f"{number}.csv": b"" for number in range(41)}), Limits(max_files=2))


def test_same_file_twice_is_refused():
    with pytest.raises(DataError, match=r"holds wards.csv twice"):
        read_zip(zipped({"wards.csv": b"x", "Wards.csv": b"y"}))


def test_unusual_packing_is_refused():
    with pytest.raises(DataError, match="pack it as a plain zip"):
        read_zip(zipped({"wards.csv": b"x"}, zipfile.ZIP_BZIP2))


def test_encrypted_zip_is_refused():
    data = bytearray(zipped({"wards.csv": b"x"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(DataError, match="encrypted"):
        read_zip(bytes(data))


@pytest.mark.parametrize("data", [b"", b"wards", b"PK\x03\x04" + bytes(40)])
def test_no_zip_is_refused(data):
    with pytest.raises(DataError, match="not a zip, or it is damaged"):
        read_zip(data)


def test_size_that_lies_is_refused():
    data = bytearray(zipped({"notes.csv": b"0" * 900_000}))
    place = data.index(b"PK\x01\x02") + 24
    data[place : place + 4] = (700_000).to_bytes(4, "little")
    with pytest.raises(DataError, match="damaged"):
        read_zip(bytes(data))


DAMAGED_FILES = {"h/wards.csv": b"ward_id\nW1\n" * 20, "h/beds.csv": b"bed_id,ward_id\n1,W1\n"}


@given(place=st.integers(0, 10_000), byte=st.integers(0, 255))
def test_damaged_zip_gives_files_or_an_error(place, byte):
    data = bytearray(zipped(DAMAGED_FILES))
    data[place % len(data)] = byte
    try:
        files = read_zip(bytes(data))
    except DataError:
        pass
    else:
        assert all(content in (b"", *DAMAGED_FILES.values()) for content in files.values())


def test_pack_is_the_same_for_any_order():
    files = tiny_files()
    assert pack(files) == pack(dict(reversed(files.items())))


@given(st.dictionaries(st.sampled_from(KNOWN_FILES), st.binary(max_size=300)))
def test_pack_is_undone_by_read_zip(files):
    assert read_zip(pack(files)) == files


def test_pack_of_a_file_that_looks_like_a_bomb_can_be_read():
    files = {"notes.csv": b"a,b\n" * 1_000_000, "wards.csv": b"ward_id\n"}
    assert read_zip(pack(files)) == files
