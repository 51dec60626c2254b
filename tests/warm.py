"""What takes long to import, for a process that is copied for each command: see `command`."""

from __future__ import annotations

import app.export
import app.loading.local
import app.main
import app.reextract
import app.serve
import app.terminal_progress  # noqa: F401
