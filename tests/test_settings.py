from pathlib import Path

import pytest
from pydantic import ValidationError

from medalloc.settings import Settings, settings


@pytest.fixture(autouse=True)
def _alone(monkeypatch, tmp_path):
    """Neither the environment nor a `.env` of this machine counts."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"MEDALLOC_{name.upper()}", raising=False)


def test_defaults_work_on_one_machine():
    defaults = Settings()
    assert (defaults.demo, defaults.encoder, defaults.threads) == (False, "", 2)


def test_environment_counts(monkeypatch):
    monkeypatch.setenv("MEDALLOC_UPLOAD_MB", "35")
    assert Settings().upload_mb == 35


def test_env_file_counts(tmp_path):
    (tmp_path / ".env").write_text("MEDALLOC_DEMO=true\nOTHER=1\n")
    assert Settings().demo is True


def test_url_is_a_file_in_the_state_folder(tmp_path):
    assert Settings(state_dir=Path("state")).url == f"sqlite:///{tmp_path / 'state' / 'medalloc.sqlite3'}"


def test_given_url_holds():
    assert Settings(database_url="postgresql+psycopg://db/medalloc").url == "postgresql+psycopg://db/medalloc"


@pytest.mark.parametrize(
    ("name", "value"), [("threads", 0), ("threads", 65), ("processes", 0), ("bed_time_limit_s", 0), ("upload_mb", 2001)]
)
def test_bounds(name, value):
    with pytest.raises(ValidationError):
        Settings.model_validate({name: value})


def test_settings_cannot_be_changed():
    with pytest.raises(ValidationError):
        Settings().threads = 3


def test_key_is_not_shown():
    assert "s3cret" not in repr(Settings.model_validate({"cache_key": "s3cret"}))


def test_settings_of_a_process_are_read_once(monkeypatch):
    settings.cache_clear()
    first = settings()
    monkeypatch.setenv("MEDALLOC_THREADS", "7")
    assert settings() is first
    settings.cache_clear()
    assert settings().threads == 7
    settings.cache_clear()
