"""Two checkouts against each other: whether they read the same records, and how much CPU time each takes.

`python bench/compare.py [--rounds 12] OLD NEW [FILE.jsonl ...]`: OLD and NEW are folders with a checkout, the files
hold one article a line (`text`, and `url` and `published` where known); without a file the texts are the samples and
the hostile texts of the tests. The two read each article in turns, and the least of some rounds counts, so that the
ratio also holds on a machine that others use. Exit code 1 where a record differs.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_HOSTILE = 8_000
_WORKER = """
import json, sys, time
sys.path.insert(0, sys.argv[1])
from app.extract.pipeline import extract
from app.knowledge.load import load_knowledge
from app.records import Article
knowledge = load_knowledge()
for line in sys.stdin:
    article = Article(source="x", **json.loads(line))
    begin = time.process_time()
    found = extract(article, knowledge)
    print(json.dumps([time.process_time() - begin, found.model_dump_json()]), flush=True)
"""


class Reader:
    """One checkout at work."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-c", _WORKER, str(folder.resolve())]
        self._at_work = subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def read(self, article: str) -> tuple[float, str]:
        """CPU seconds, and the records as JSON."""
        assert self._at_work.stdin is not None
        assert self._at_work.stdout is not None
        self._at_work.stdin.write(article + "\n")
        self._at_work.stdin.flush()
        took, records = json.loads(self._at_work.stdout.readline())
        return took, records


def articles(files: list[Path]) -> list[str]:
    """The articles to read, as lines of JSON."""
    if files:
        lines = [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines() if line]
        return [json.dumps({k: a[k] for k in ("text", "url", "published") if a.get(k)}) for a in lines]
    sys.path.insert(0, str(ROOT))
    from tests.extract.hostile import TEXTS  # noqa: PLC0415

    samples = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "data/samples").glob("*.txt"))]
    return [json.dumps({"text": text}) for text in (*samples, *(make(_HOSTILE) for make in TEXTS.values()))]


def main() -> int:
    """Prints which articles differ, and the ratio."""
    parser = argparse.ArgumentParser(description="Records and CPU time of two checkouts.")
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--rounds", type=int, default=12)
    asked = parser.parse_args()
    readers = [Reader(asked.old), Reader(asked.new)]
    texts = articles(asked.files)
    least = [[float("inf")] * len(texts), [float("inf")] * len(texts)]
    different = set()
    for turn in range(asked.rounds + 1):  # the first fills what is kept
        for at, text in enumerate(texts):
            (old, one), (new, other) = (reader.read(text) for reader in readers)
            if one != other:
                different.add(at)
            if turn:
                least[0][at], least[1][at] = min(least[0][at], old), min(least[1][at], new)
    for at in sorted(different):
        print(f"article {at + 1} differs: {json.loads(texts[at])['text'][:60]!r}")
    old_time, new_time = map(sum, least)
    print(
        f"{len(texts)} articles, {len(different)} differ; {old_time:.3f} s and {new_time:.3f} s of CPU time: ", end=""
    )
    print(f"the new one is {old_time / new_time:.3f} times as fast")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
