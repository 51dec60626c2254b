"""The `dragoman` command with the toy reader, in a process of its own.

What is tested is the command, not how long Python takes to start and to import: `dragoman` has a process that imported
everything once make a copy of itself for each command. `started` starts a Python, for what depends on that.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]

# The command with the toy reader in place of the rules and an empty knowledge base.
TOY = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
import tests.toy_rules
from app.cli import main
main()
"""

ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("DRAGOMAN_")}

# Python has one such process: who wants copies of it takes them here, so that it is the same whoever comes first.
COPIES = multiprocessing.get_context("forkserver")
COPIES.set_forkserver_preload(["__main__", "tests.toy_rules", "tests.warm"])


def _command(folder: Path, streams: Path, arguments: tuple[str, ...], environment: dict[str, str], before: str) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    given = os.open(streams / "in", os.O_RDONLY)
    written = [os.open(streams / name, os.O_WRONLY | os.O_CREAT) for name in ("out", "err")]
    for number, opened in enumerate([given, *written]):
        os.dup2(opened, number)
    modes = enumerate(["r", "w", "w"])
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(number, mode, encoding="utf-8") for number, mode in modes)
    sys.argv = ["dragoman", *arguments]
    assert "tests.toy_rules" in sys.modules
    exec(before, {})
    from app.cli import main

    main()


def dragoman(
    folder: Path, *arguments: str, given: str | bytes = b"", before: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Runs the command in a folder, after the statements of `before`."""
    with tempfile.TemporaryDirectory() as temporary:
        streams = Path(temporary)
        (streams / "in").write_bytes(given.encode() if isinstance(given, str) else given)
        made: Any = (folder, streams, arguments, ENVIRONMENT | environment, before)
        process = COPIES.Process(target=_command, args=made)
        process.start()
        process.join()
        said, complained = ((streams / name).read_text(encoding="utf-8") for name in ("out", "err"))
    assert process.exitcode is not None
    return subprocess.CompletedProcess(arguments, process.exitcode, said, complained)


def started(folder: Path, *arguments: str, given: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Starts Python for the command, in a folder."""
    return subprocess.run(
        [sys.executable, "-c", TOY, *arguments],
        cwd=folder, input=given, capture_output=True, env=ENVIRONMENT | environment, check=False, encoding="utf-8",
    )  # fmt: skip
