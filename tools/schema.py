"""Sends made-up requests to each operation of the API, with all checks of Schemathesis, and tells of each what came
of it: `make test-schema`. The server runs beside it, on a database of its own. Fails where an answer is not as
described."""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from app.knowledge.load import load_knowledge  # noqa: E402
from tests import live  # noqa: E402

_LONGEST_LINE = 2000
"""Characters of a line that is shown: addresses have tens of thousands, of which the ends say what they are."""

_COUNTED = re.compile(r"(\d+) generated(?:, (\d+) found (\d+) unique failures)?")


def operations(url: str) -> list[str]:
    """The ids of all operations that a server describes; the first time it takes a moment."""
    paths = httpx.get(f"{url}/openapi.json", timeout=120).json()["paths"]
    return [one["operationId"] for methods in paths.values() for one in methods.values()]


def shown(printed: str) -> str:
    """What was printed, with the middle of long lines left out."""
    half = _LONGEST_LINE // 2
    return "\n".join(
        line if len(line) <= _LONGEST_LINE else f"{line[:half]} … {len(line):,} characters … {line[-half:]}"
        for line in printed.splitlines()
    )


def main() -> int:
    """How many operations fail."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("operations", nargs="*", help="ids of operations; all where none is named")
    parser.add_argument("-n", type=int, default=500, help="examples an operation")
    parser.add_argument("--seed", help="that of an earlier run, to make its requests again")
    parser.add_argument("--report", type=Path, help="a file for one line of JSON an operation")
    asked = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as folder, live.server(Path(folder), load_knowledge(), stream_seconds=0) as url:
        known = operations(url)
        if strange := set(asked.operations) - set(known):
            parser.error(f"There is no {', '.join(strange)}. One of: {', '.join(known)}.")
        for one in asked.operations or known:
            began = time.monotonic()
            done = subprocess.run(  # noqa: S603  a program of ours
                [
                    str(Path(sys.executable).with_name("schemathesis")), "run", f"{url}/openapi.json",
                    "--checks", "all", "--request-timeout", "60", "--include-operation-id", one, "-n", str(asked.n),
                    "--phases", "examples,coverage,fuzzing", "--continue-on-failure", "--no-color",
                    *(["--seed", asked.seed] if asked.seed else []),
                ],
                cwd=ROOT, capture_output=True, text=True, check=False,
            )  # fmt: skip
            found = _COUNTED.search(done.stdout)
            cases = int(found[1]) if found else 0
            seconds = time.monotonic() - began
            print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {one}: {cases} requests, {seconds:.0f} s", flush=True)
            if done.returncode:
                failed += 1
                print(shown(done.stdout), shown(done.stderr), flush=True)
            if asked.report:
                with asked.report.open("a") as lines:
                    said = {"operation": one, "requests": cases, "seconds": round(seconds), "ok": not done.returncode}
                    lines.write(json.dumps(said) + "\n")
    return failed


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
