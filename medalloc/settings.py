"""Settings from the environment or a `.env` file, each with the prefix MEDALLOC_."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an operator may set; every field has a default that works on one machine."""

    model_config = SettingsConfigDict(env_prefix="MEDALLOC_", env_file=".env", extra="ignore", frozen=True)

    state_dir: Path = Path("data")
    """Folder for the database, the cache key and the files of running jobs."""
    database_url: str = ""
    """SQLAlchemy URL; empty: `medalloc.sqlite3` in `state_dir`."""
    demo: bool = False
    """True: the shipped sample hospital is offered as one's own and marked by a banner on every page."""
    sample_dir: Path = Path("sample_data/hospital")
    encoder: str = ""
    """Folder of another sentence-transformers model; empty: the all-MiniLM-L6-v2 that a package carries."""
    threads: int = Field(default=2, ge=1, le=64)
    """For the encoder and the solver."""
    processes: int = Field(default=2, ge=1, le=64)
    """That search for a bed plan side by side."""
    bed_time_limit_s: float = Field(default=20.0, gt=0)
    upload_mb: int = Field(default=200, ge=1, le=2000)
    """Largest upload, and largest unpacked zip."""
    cache_key: SecretStr = SecretStr("")
    """Key of the hash under which embeddings are cached; empty: made once and kept in `state_dir`."""

    @property
    def url(self) -> str:
        """The database URL in force."""
        return self.database_url or f"sqlite:///{(self.state_dir / 'medalloc.sqlite3').absolute()}"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
