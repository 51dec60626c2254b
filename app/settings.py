"""The settings: read once at the start from the environment, never changed after."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Annotated, Literal

from pydantic import Field, field_validator
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
    max_batch: Annotated[int, Field(gt=0)] = 32_000_000
    """Longest batch of articles in bytes."""
    reading: Literal["open", "key"] = "open"
    """Whether everybody may read, or only who has a key."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses or networks of proxies whose `X-Forwarded-For` counts, as a JSON list: `["10.0.0.0/8"]`. Without it
    what comes through a proxy on this machine is not taken for local."""
    fetch_private: bool = False
    """Whether `POST /fetch` may ask this machine itself and its own network for pages."""
    cors_origins: tuple[str, ...] = ()
    """Origins whose pages may use the API from a browser, as a JSON list; `["*"]` lets all of them read. Pages served
    by this machine itself always may."""
    answer_cache: Annotated[int, Field(ge=0)] = 64_000_000
    """Bytes of memory for answers that are kept until something is written; 0 keeps none."""
    streams: Annotated[int, Field(ge=0)] = 200
    """How many may follow `/events/stream` at the same time, in each process."""
    stream_seconds: Annotated[int, Field(ge=0)] = 3600
    """How long a stream stays open; the client comes again by itself and misses nothing. 0 ends it when all there is
    has been sent."""
    rate_limit: Annotated[int, Field(ge=0)] = 1200
    """Requests a minute for each client of another machine; 0 for no limit."""
    write_limit: Annotated[int, Field(ge=0)] = 120
    """Of these, how many may write or have an article read; 0 for no limit."""

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, written: tuple[str, ...]) -> tuple[str, ...]:
        for one in written:
            ip_network(one, strict=False)
        return written
