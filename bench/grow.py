"""Stores of any size: up to `BY_ARTICLES` events by the road that all articles take, beyond that doubled in place.

To double, each record is copied with an id and a key of its own, on the same day, with the same words. So words,
parties and topics are as frequent in a million events as in a hundred thousand. What only merging looks at
(`readout_block`) is not copied: a store that was doubled is for reading.
"""

from __future__ import annotations

import resource
import time
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, create_engine

from app.ingest import ingest
from app.store.dialect import Noun
from app.store.engine import Store, open_store
from bench import made

BY_ARTICLES = 100_000
AT_ONCE = 2_000
"""Articles that are made before the clock runs."""

_KEY = "({0} - ({0} & 16777215) + ((({0} & 16777215) + (1000003 << {step})) & 16777215))"
"""The key of a copy: the same day, elsewhere in it, and where no other step puts a copy."""
_ID = "substr({0}, 1, 3 + {step}) || '0' || substr({0}, 5 + {step})"
"""The id of a copy: no other id has this digit there."""
_PAST = {name: f"{{0}} + (SELECT max({column}) FROM {name})" for name, column in
         (("article", "key"), ("readout", "key"), ("event", "updated"))}  # fmt: skip

_SAME = {
    "readout": "position, document",
    "article": "source, url, language, headline, publisher, published, published_basis, text, added",
    "event": "date_end, confidence, latitude, longitude, revision, at, document",
    "article_words": "names, words, tags",
    "event_words": "names, words, tags",
    "commitment": "position, deadline, document",
    "amount": "position, unit, value",
    "commitment_words": "names, words, tags",
    "article_search": "lexemes",
    "event_search": "lexemes",
    "commitment_search": "lexemes",
}
_OWN = (
    {
        "article": {"key": _PAST["article"], "id": _ID, "sha256": "{0} || '{step}'", "url_key": "{0} || '?{step}'"},
        "event": {"key": _KEY, "id": _ID, "updated": _PAST["event"]},
        "commitment": {"key": _KEY, "id": _ID, "event_key": _KEY},
        "readout": {"key": _PAST["readout"], "id": _ID, "article_key": _PAST["article"], "event_key": _KEY},
        "amount": {"commitment_key": _KEY},
    }
    | {f"article_{of}": {"article_key": _PAST["article"]} for of in ("words", "search")}
    | {f"{noun}_{of}": {f"{noun}_key": _KEY} for noun in ("event", "commitment") for of in ("words", "search")}
)
"""How the columns that tell records apart are made; the others are the same."""


def kept(folder: Path, events: int) -> Path:
    """The SQLite file of a store of that size, made where it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    file, under_way = folder / f"d{events}.db", folder / f"d{events}.under-way"
    if not file.exists():
        for rest in folder.glob(f"{under_way.name}*"):
            rest.unlink()
        fill(f"sqlite:///{under_way}", events)
        under_way.rename(file)
    return file


def fill(url: str, events: int) -> None:
    """Makes a store with about that many events, and prints how fast."""
    doublings, begin = 0, time.monotonic()
    while events >> doublings > BY_ARTICLES:
        doublings += 1
    store = open_store(url)
    rate = load(store, events >> doublings)
    store.close()
    if doublings:
        _grow(url, doublings)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{events:,} events: {events >> doublings:,} loaded at {rate:,.0f} articles a second of CPU time,", end=" ")
    print(f"memory at most {memory:.0f} MB; doubled {doublings} times; {time.monotonic() - begin:.0f} s", flush=True)


def load(store: Store, events: int) -> float:
    """Fills a store. Articles a second of CPU time, without the time to make them up."""
    reports, took, number = made.reports(events), 0.0, 0
    while some := list(islice(reports, AT_ONCE)):
        found = {article.source: extraction for article, extraction in some}
        begin = time.process_time()
        for _ in ingest(store, lambda article, found=found: found[article.source], [one for one, _ in some]):  # type: ignore[misc]
            pass
        took += time.process_time() - begin
        number += len(some)
    return number / took


def _grow(url: str, doublings: int) -> None:
    engine = create_engine(url)
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        searched = [name for name in _SAME if name.endswith("search")]
        if sqlite:
            for pragma in ("foreign_keys = OFF", "cache_size = -1000000", "synchronous = OFF"):
                connection.exec_driver_sql(f"PRAGMA {pragma}")
            steps = ("rebuild", "optimize")
            again = [f"INSERT INTO {one}_search ({one}_search) VALUES ('{step}')" for one in Noun for step in steps]
        else:
            again = [one for noun in Noun for one in _without_index(connection, noun)]
        for step in range(1, doublings + 1):
            for name in _SAME:
                if not sqlite or name not in searched:
                    connection.exec_driver_sql(_doubling(name, step))
        connection.exec_driver_sql(f"UPDATE counter SET value = value * {1 << doublings} WHERE name = 'updated'")
        for statement in (*again, "VACUUM ANALYZE" if not sqlite else "PRAGMA wal_checkpoint(TRUNCATE)"):
            connection.exec_driver_sql(statement)
    engine.dispose()


def _doubling(table: str, step: int) -> str:
    own = {column: made.format(column, step=step) for column, made in _OWN[table].items()}
    into = ", ".join((*own, _SAME[table]))
    # The few whose wished key is taken are left out.
    return (
        f"INSERT INTO {table} ({into}) SELECT {', '.join(own.values())}, {_SAME[table]} FROM {table}"
        " WHERE true ON CONFLICT DO NOTHING"
    )


def _without_index(connection: Connection, noun: Noun) -> list[str]:
    """Takes away what is quicker made at the end, and the checks of references. What makes it again."""
    for setting in ("session_replication_role = replica", "maintenance_work_mem = '1GB'", "statement_timeout = 0"):
        connection.exec_driver_sql(f"SET {setting}")
    facet, key = f"{noun}_facet", f"{noun}_key"
    indexes = f"SELECT indexdef FROM pg_indexes WHERE indexname IN ('ix_{noun}_search_lexemes', 'ix_{facet}_{key}')"
    made = list(connection.exec_driver_sql(indexes).scalars())
    for name in (f"ix_{noun}_search_lexemes", f"ix_{facet}_{key}"):
        connection.exec_driver_sql(f"DROP INDEX {name}")
    connection.exec_driver_sql(f"ALTER TABLE {facet} DROP CONSTRAINT {facet}_pkey")
    connection.exec_driver_sql(f"TRUNCATE {facet}")
    facets = f"SELECT unnest(string_to_array(tags, ' ')) COLLATE \"C\", {key} FROM {noun}_words ORDER BY 1, 2"
    return [
        f"INSERT INTO {facet} (facet, {key}) {facets}",
        f"ALTER TABLE {facet} ADD PRIMARY KEY (facet, {key})",
        *made,
    ]
