"""The file of what could not be read: a JSON object a line, with the place, the reason and what stood there."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from app.errors import StartError


class Rejects:
    """Lines are added at the end, so that a run that is taken up again loses nothing; no file without a line."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._file: IO[str] | None = None

    def add(self, where: str, reason: str, given: bytes | None = None) -> None:
        """Writes one line. Raises StartError where it cannot be written."""
        if self.path is None:
            return
        try:
            if self._file is None:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self._file = self.path.open("a", encoding="utf-8", errors="backslashreplace")
            line = {"source": where, "reason": reason, "at": datetime.now(UTC).isoformat(timespec="seconds")}
            if given is not None:
                line["given"] = given.decode("utf-8", "backslashreplace")
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._file.flush()
        except OSError as error:
            raise StartError(f"{self.path} cannot be written: {error.strerror}") from None

    def close(self) -> None:
        """Closes the file."""
        if self._file:
            self._file.close()
