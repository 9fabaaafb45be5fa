import pytest

from medalloc.errors import DataError
from medalloc.ingest import load, pack, read_zip
from medalloc.ingest.specs import SPECS
from medalloc.ingest.template import columns, template
from tests.tiny import tiny_files


def test_a_template_loads_as_an_empty_hospital_without_a_remark() -> None:
    loaded = load(read_zip(pack(template())))
    assert (loaded.snapshot.beds, loaded.issues) == ((), ())


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.file)
def test_every_column_that_is_read_is_offered(spec) -> None:  # type: ignore[no-untyped-def]
    assert set(columns(spec)) == spec.columns
    assert set(spec.keys) <= set(columns(spec))


def test_the_template_has_every_file_of_a_full_hospital() -> None:
    assert template().keys() == tiny_files().keys()


def test_a_template_without_its_key_files_is_refused() -> None:
    files = template()
    del files["beds.csv"]
    with pytest.raises(DataError, match=r"beds\.csv"):
        load(files)
