"""How many requests a client may make: as many at once as the quota, then as they are filled up again.

The headers are those of draft-ietf-httpapi-ratelimit-headers: `RateLimit-Policy` says what holds, `RateLimit` what is
left of it (`r`) and in how many seconds all of it is there again (`t`).
"""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass

WINDOW = 60
"""Seconds in which a quota is filled."""

_MOST = 100_000
"""Clients that are remembered; the longest unseen are forgotten first."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a client has left."""

    name: str
    quota: int
    left: int
    full_in: int
    """Seconds until the quota is whole."""
    wait: int
    """Seconds until the next request is let through; 0 where this one is."""

    def headers(self) -> dict[str, str]:
        """As the answer says it."""
        said = {
            "ratelimit-policy": f'"{self.name}";q={self.quota};w={WINDOW}',
            "ratelimit": f'"{self.name}";r={self.left};t={self.full_in}',
        }
        return said | ({"retry-after": str(self.wait)} if self.wait else {})


class Rates:
    """The quotas of one kind of request."""

    def __init__(self, name: str, quota: int) -> None:
        self._name = name
        self._quota = quota
        self._spent: OrderedDict[str, float] = OrderedDict()

    def take(self, client: str, now: float) -> Standing | None:
        """Counts a request of a client at a time in seconds; None where there is no limit."""
        if not self._quota:
            return None
        each = WINDOW / self._quota
        # The moment at which the quota is whole again: the generic cell rate algorithm.
        whole = max(self._spent.pop(client, now), now)
        fits = whole + each - now <= WINDOW
        if fits:
            whole += each
        self._spent[client] = whole
        if len(self._spent) > _MOST:
            self._spent.popitem(last=False)
        left = max(0, int((WINDOW - (whole - now)) / each + 1e-9))
        wait = 0 if fits else max(1, math.ceil(whole + each - now - WINDOW))
        return Standing(self._name, self._quota, left, math.ceil(whole - now), wait)
