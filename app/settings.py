"""Every setting of the service, typed, each with its reason. Environment: `SYNERGIES_<NAME>`."""

from pathlib import Path

from pydantic import AliasChoices, Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_HERE = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Read from the environment once, by `main`, `cli` or a test; passed down, never imported."""

    model_config = SettingsConfigDict(env_prefix="SYNERGIES_", populate_by_name=True)

    database_url: str = Field(
        default="sqlite:///data/synergies.sqlite3",
        validation_alias=AliasChoices("SYNERGIES_DATABASE_URL", "DATABASE_URL"),
        description="SQLite by default, so that one command starts it; PostgreSQL when it grows.",
    )
    host: str = Field(
        default="127.0.0.1",
        validation_alias=AliasChoices("SYNERGIES_HOST", "HOST"),
        description="Loopback by default: publishing a service is a decision, not a default.",
    )
    port: int = Field(
        default=8000,
        ge=0,
        le=65535,
        validation_alias=AliasChoices("SYNERGIES_PORT", "PORT"),
        description="TCP port of `synergies serve`.",
    )
    seed_folder: Path = Field(
        default=_HERE / "seed_data",
        description="Data loaded into an empty database; any folder of the same form will do.",
    )
    threads: int = Field(
        default=4,
        ge=1,
        le=64,
        description="Threads that answer reads. Few: they contend for one interpreter.",
    )
    cache_megabytes: int = Field(
        default=32, ge=0, description="Bound of the answers kept ready in memory; 0 keeps none."
    )
    revision_poll_seconds: float = Field(
        default=0.2,
        ge=0,
        description="How old the revision of a cached answer may be on PostgreSQL (SQLite: 0).",
    )
    log_level: str = Field(default="INFO", description="DEBUG, INFO, WARNING or ERROR.")

    @field_validator("database_url")
    @classmethod
    def _driver(cls, url: str) -> str:
        """`postgres://` and `postgresql://` both mean psycopg 3."""
        for prefix in ("postgres://", "postgresql://"):
            if url.startswith(prefix):
                return "postgresql+psycopg://" + url.removeprefix(prefix)
        return url
