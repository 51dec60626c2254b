"""Reads `data/kb`; the only module that does. Checks what it reads and says where it is wrong.

Parsing megabytes of YAML costs seconds, so the parsed records are kept (`app/kept.py`).
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import orjson
from pydantic import TypeAdapter, ValidationError

from app.errors import KnowledgeError
from app.kept import fingerprint, kept
from app.knowledge.lookup import Knowledge
from app.knowledge.models import (
    Chair,
    Country,
    Fact,
    Numbering,
    Office,
    Organization,
    Period,
    Person,
    Place,
    Relation,
    Series,
    Travels,
)

F = TypeVar("F", bound=Fact)

_HERE = Path(__file__).resolve()


def data_folder(name: str) -> Path:
    """A folder of shipped data: `data/<name>` of a checkout, else the copy inside the installed package."""
    checkout = _HERE.parents[2] / "data" / name
    return checkout if checkout.is_dir() else _HERE.parents[1] / "_data" / name


@dataclass(frozen=True)
class _Table:
    """A kind of record and the files that hold it."""

    model: type[Fact]
    pattern: str


TABLES: dict[str, _Table] = {
    "countries": _Table(Country, "countries.yaml"),
    "offices": _Table(Office, "offices.yaml"),
    "people": _Table(Person, "people/*.yaml"),
    "organizations": _Table(Organization, "organizations.yaml"),
    "occasions": _Table(Series, "occasions*.yaml"),
    "places": _Table(Place, "places*.yaml"),
    "relations": _Table(Relation, "relations.yaml"),
    "numberings": _Table(Numbering, "numbering.yaml"),
    "travels": _Table(Travels, "travels.yaml"),
    "periods": _Table(Period, "periods.yaml"),
    "chairs": _Table(Chair, "chairs.yaml"),
}


def _sources(folder: Path) -> list[Path]:
    return sorted(path for table in TABLES.values() for path in folder.glob(table.pattern))


def _with_defaults(row: dict[str, Any], path: Path) -> dict[str, Any]:
    """People in `people/VN.yaml` and their terms belong to VN unless they say otherwise."""
    if path.parent.name != "people":
        return row
    home = path.stem if len(path.stem) == 2 else None
    row.setdefault("country", home)
    for term in row.get("terms") or ():
        if not term.get("organization"):
            term.setdefault("country", row["country"])
    return row


def _rows(path: Path) -> list[dict[str, Any]]:
    import yaml  # noqa: PLC0415  not needed where the records are kept

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        rows = yaml.load(path.read_text(encoding="utf-8"), loader) or []  # noqa: S506  a safe loader
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date such as 2021-02-30
        raise KnowledgeError(f"{path.name}: {' '.join(str(error).split())}") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise KnowledgeError(f"{path.name}: a list of records is expected")
    return [_with_defaults(row, path) for row in rows]


def raw_records(folder: Path) -> Iterator[tuple[str, Path, dict[str, Any]]]:
    """Every record as written, not yet validated: its table, its file, its fields."""
    for name, table in TABLES.items():
        for path in sorted(folder.glob(table.pattern)):
            for row in orjson.loads(orjson.dumps(_rows(path))):
                yield name, path, row


def _parse(folder: Path) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for name, _, row in raw_records(folder):
        rows[name].append(row)
    return rows


def _validated(name: str, rows: list[dict[str, Any]]) -> list[Any]:
    adapter: TypeAdapter[list[Any]] = TypeAdapter(list[TABLES[name].model])  # type: ignore[arg-type, misc]
    try:
        return adapter.validate_python(rows)
    except ValidationError as error:
        first = error.errors()[0]
        row = rows[first["loc"][0]] if first["loc"] and isinstance(first["loc"][0], int) else {}
        where = f"{name}: record {row.get('id', first['loc'][:1])}, {'.'.join(map(str, first['loc'][1:]))}"
        raise KnowledgeError(f"{where}: {first['msg']} ({error.error_count()} problems)") from error


@lru_cache
def load_knowledge(folder: Path | None = None) -> Knowledge:
    """The knowledge base. Raises KnowledgeError, naming the record, where a file is wrong."""
    folder = folder or data_folder("kb")
    contents = [part for path in _sources(folder) for part in (path.name.encode(), path.read_bytes())]
    made_from = fingerprint([*contents, (_HERE.parent / "models.py").read_bytes(), _HERE.read_bytes()])
    collecting = gc.isenabled()
    gc.disable()  # nothing made here is garbage: looking for some takes longer than the loading itself
    try:
        rows = kept("kb", [made_from.encode()], lambda: _parse(folder))
        tables = {name: tuple(_validated(name, rows[name])) for name in TABLES}
    finally:
        if collecting:
            gc.enable()
    gc.freeze()  # it stays to the end, and need not be walked again and again
    return Knowledge(**tables, fingerprint=made_from)
