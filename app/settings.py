"""The settings: read once at the start from the environment, never changed after."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What can be set, each by the environment variable `DRAGOMAN_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix="DRAGOMAN_", frozen=True, use_attribute_docstrings=True)

    database_url: str = "sqlite:///var/dragoman.db"
    """SQLAlchemy URL of the database; a relative SQLite path counts from the working folder."""
    host: str = "127.0.0.1"
    """Address to listen on."""
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    """Port to listen on; 0 takes any free one."""
    public_url: str | None = None
    """Start of the absolute URLs in answers, for a server behind a proxy; by default the address asked."""
    max_body: Annotated[int, Field(gt=0)] = 1_000_000
    """Longest request body in bytes."""
    extraction_threads: Annotated[int, Field(gt=0)] = 2
    """How many posted articles are read at the same time; reading is CPU work."""
