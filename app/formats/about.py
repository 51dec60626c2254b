"""What a format must know besides the records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.formats.events import EVENTS
from app.formats.table import Table


@dataclass(frozen=True, slots=True)
class About:
    """What the records are and where they come from."""

    title: str = "Dragoman: diplomatic events"
    """Name of the feed or calendar."""
    url: str = "urn:dragoman:events"
    """Address of this very list, or a name for it."""
    table: Table = EVENTS
    """The flat form of its records."""
    country: Callable[[str], str] = str
    """ISO 3166-1 alpha-2 code to the name of the country."""
    organization: Callable[[str], str] = str
    """Id of a body to its name."""
