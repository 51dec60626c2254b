"""The figures of bench/store.py and bench/serve.py on PostgreSQL: a server of the tests, filled and asked.

`python bench/postgresql.py [--events 100000] [--folder FOLDER]`, with `wrk` on the path. In a folder that is given the
server keeps its data, which a later run asks and does not make again.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.store import MIX  # noqa: E402
from tests.postgres import SETTINGS, Server  # noqa: E402


def main() -> None:
    """Prints everything."""
    parser = argparse.ArgumentParser(description="How the store bears size on PostgreSQL.")
    parser.add_argument("--events", default="100000")
    parser.add_argument("--questions", default=str(MIX))
    parser.add_argument("--seconds", default="5")
    parser.add_argument("--folder", type=Path, help="keeps the data here, and measures those that are there")
    given = parser.parse_args()
    SETTINGS["shared_buffers"] = "1GB"
    server = Server(given.folder)
    try:
        url, filled = server.named("dragoman")
        asked = ["--events", given.events, "--questions", given.questions, "--database", url]
        asked += ["--filled"] if filled else []
        subprocess.run([sys.executable, str(ROOT / "bench/store.py"), *asked], check=True)
        asked = ["--seconds", given.seconds, "--database", url]
        subprocess.run([sys.executable, str(ROOT / "bench/serve.py"), *asked], check=True)
    finally:
        server.stop()


if __name__ == "__main__":
    main()
