"""How fast extraction is, as ratios of figures measured in one run: machines differ, ratios less so.

`make bench`, or `python bench/extract.py [--quick]`. Articles of 4,000 characters are made from whole sample articles,
which tell of little else than events, and from articles about other things (`bench/general`: sport, business, crime,
culture, politics at home, with foreign names in them), as most of a newspaper or of CC-NEWS are: they give no event. At
which step those are told to have none is counted too.
The baseline is one Aho-Corasick scan of the same text for 60,000 patterns: what reading it once costs at least.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from ahocorasick_rs import AhoCorasick, MatchKind  # noqa: E402

from app.extract.clean import sort_zones  # noqa: E402
from app.extract.mentions import find_mentions  # noqa: E402
from app.extract.pack import load_pack  # noqa: E402
from app.extract.pipeline import extract  # noqa: E402
from app.extract.requirements import event_words  # noqa: E402
from app.extract.sufficiency import may_be_event  # noqa: E402
from app.extract.text import read  # noqa: E402
from app.knowledge.load import load_knowledge  # noqa: E402
from app.knowledge.lookup import Knowledge  # noqa: E402
from app.records import Article  # noqa: E402

LENGTH = 4_000
GENERAL = "bench/general"
PATTERNS = 60_000
LANGUAGES = ("vi", "zh", "en")
GROWTH = (4_000, 16_000, 64_000, 256_000, 1_000_000)


def samples(language: str, folder: str = "data/samples") -> list[str]:
    """The sample articles of a language."""
    return [p.read_text(encoding="utf-8").strip() for p in sorted((ROOT / folder).glob(f"{language}-*.txt"))]


def text_of(articles: Sequence[str], first: int, length: int) -> str:
    """Whole articles from one on, one after the other, until a length is reached; the last is cut at a line."""
    parts: list[str] = []
    size = 0
    for article in cycle(articles[first:] + articles[:first]):
        parts.append(article)
        size += len(article) + 2
        if size >= length:
            break
    text = "\n\n".join(parts)
    cut = text.rfind("\n", 0, length)
    return text[: cut if cut > length * 0.9 else length]


def patterns(knowledge: Knowledge) -> list[str]:
    """So many phrases as automata of this kind hold: names of the knowledge base, then names that are made up."""
    names = dict.fromkeys(p.name for p in (*knowledge.people, *knowledge.places) if p.name)
    syllables = ("ba", "đen", "gô", "kim", "lâm", "nam", "phu", "rô", "sơn", "tư", "vinh", "xu", "明", "国", "海", "安")
    made_up = (f"{a} {b}{c} {d}" for a in syllables for b in syllables for c in syllables for d in syllables)
    for name in made_up:
        if len(names) >= PATTERNS:
            break
        names[name] = None
    return list(names)[:PATTERNS]


def seconds(work: Callable[[], object], repeat: int) -> float:
    """The shortest CPU time of some runs: what else the machine does only makes one longer."""
    gc.collect()
    best = float("inf")
    for _ in range(repeat):
        begin = time.process_time()
        work()
        best = min(best, time.process_time() - begin)
    return best


def speed(knowledge: Knowledge, repeat: int) -> None:
    """Articles a second, alone and against the scan: those that tell of events, and those that tell of none."""
    automaton = AhoCorasick(patterns(knowledge), matchkind=MatchKind.Standard)
    for kind, folder in (("that tell of events", "data/samples"), ("about other things", GENERAL)):
        print(f"articles {kind}, counted by {LENGTH:,} characters, on one core, by CPU time")
        of_folder(folder, automaton, knowledge, repeat)
    print("\nat which step articles about other things are told to have no event")
    for language in LANGUAGES:
        steps = Counter(last_step(text, language, knowledge) for text in samples(language, GENERAL))
        print(f"{language:8} " + ", ".join(f"{step}: {count}" for step, count in steps.most_common()))


def last_step(given: str, language: str, knowledge: Knowledge) -> str:
    """How far an article is read."""
    pack = load_pack(language)
    text = sort_zones(read(given, pack), pack)
    words = tuple(event_words(text, pack))
    if not words:
        return "no word for an event"
    if not may_be_event(text, words, find_mentions(text, pack, knowledge, None)):
        return "such words, and no two parties near them"
    return "an event" if extract(Article(source="x", text=given), knowledge).events else "who did what with whom"


def of_folder(folder: str, automaton: AhoCorasick, knowledge: Knowledge, repeat: int) -> None:
    """The lines of one table."""
    print("language   a second   times the scan   microseconds a character")
    for language in LANGUAGES:
        own = samples(language, folder)
        # Several articles put together have the event words of one and the parties of another: those that give no event
        # are read as they are, as they come in a newspaper.
        texts = own if folder == GENERAL else [text_of(own, i, LENGTH) for i in range(len(own))]
        articles = [Article(source=str(i), text=text) for i, text in enumerate(texts)]
        for article in articles:
            extract(article, knowledge)
        size = sum(map(len, texts))
        took = seconds(lambda articles=articles: [extract(a, knowledge) for a in articles], repeat)  # type: ignore[misc]
        scan = seconds(
            lambda texts=texts: [
                automaton.find_matches_as_indexes(t, overlapping=True) for _ in range(20) for t in texts
            ],  # type: ignore[misc]
            repeat,
        )
        print(f"{language:8} {size / LENGTH / took:10.0f} {took / (scan / 20):16.0f} {took / size * 1e6:26.2f}")


def growth(knowledge: Knowledge, repeat: int) -> None:
    """Time a character against length: 1.0 throughout where time grows as length does."""
    print("\ntime a character against that of the shortest text")
    print("language " + "".join(f"{n:>12,}" for n in GROWTH))
    for language in LANGUAGES:
        own = samples(language)
        each = []
        for length in GROWTH:
            article = Article(source="x", text=text_of(own, 0, length))
            took = seconds(lambda article=article: extract(article, knowledge), repeat if length < 100_000 else 1)  # type: ignore[misc]
            each.append(took / len(article.text))
        print(f"{language:9}" + "".join(f"{one / each[0]:12.2f}" for one in each))


def spent(work: Callable[[], object]) -> float:
    """CPU seconds of the processes that some work starts and waits for."""
    begin = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    end = resource.getrusage(resource.RUSAGE_CHILDREN)
    return end.ru_utime + end.ru_stime - begin.ru_utime - begin.ru_stime


def command(cache: str) -> None:
    """Reads one short article with the command; byte code is kept, as it is where the command is installed."""
    article = ROOT / "data/samples/en-01-biden-hanoi.txt"
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(
        [sys.executable, "-m", "app.cli", "extract", str(article)],
        cwd=ROOT,
        env=kept | {"XDG_CACHE_HOME": cache},
        stdout=subprocess.DEVNULL,
        check=True,
    )


def start_up(repeat: int) -> None:
    """`dragoman extract` of one article: with an empty cache of the knowledge base, and with a full one."""
    with tempfile.TemporaryDirectory() as cache:
        cold = spent(lambda: command(cache))
        warm = min(spent(lambda: command(cache)) for _ in range(repeat))
    bare = min(spent(python) for _ in range(repeat))
    print(f"\nCPU time of the command for one article: {cold:.2f} s with an empty cache, {warm:.2f} s with a full one")
    print(f"against Python that does nothing ({bare:.3f} s): {cold / bare:.0f} and {warm / bare:.0f} times")


def python() -> None:
    """Starts the interpreter for nothing."""
    subprocess.run([sys.executable, "-c", ""], check=True)


def main() -> None:
    """Prints everything."""
    parser = argparse.ArgumentParser(description="Speed of extraction, as ratios measured in one run.")
    parser.add_argument("--quick", action="store_true", help="measure each figure once or twice")
    repeat = 2 if parser.parse_args().quick else 7
    knowledge = load_knowledge()
    speed(knowledge, repeat)
    usual = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    growth(knowledge, min(repeat, 3))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start_up(min(repeat, 3))
    print(f"\npeak memory: {usual:.0f} MB after the articles, {most:.0f} MB after a text of {GROWTH[-1]:,} characters")


if __name__ == "__main__":
    main()
