"""Reads `data/kb`; the only module that does. Checks what it reads and says where it is wrong.

Parsing megabytes of YAML costs a second, so the parsed records are kept as one file in the user's cache folder,
named after the content of the sources; without a writable cache everything works, only slower.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import orjson
import platformdirs
import yaml
from pydantic import TypeAdapter, ValidationError

from app.errors import KnowledgeError
from app.knowledge.lookup import Knowledge
from app.knowledge.models import (
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

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
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
}


def _sources(folder: Path) -> list[Path]:
    return sorted(path for table in TABLES.values() for path in folder.glob(table.pattern))


def _fingerprint(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256((_HERE.parent / "models.py").read_bytes())
    for path in paths:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:32]


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
    try:
        rows = yaml.load(path.read_text(encoding="utf-8"), _LOADER) or []  # noqa: S506  a safe loader
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


def _cache_file(fingerprint: str) -> Path:
    return Path(platformdirs.user_cache_dir("dragoman")) / f"kb-{fingerprint}.json"


def _write_cache(path: Path, rows: dict[str, list[dict[str, Any]]]) -> None:
    """Writes beside and renames, so that a reader never sees half a file. A read-only cache is no error."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as out:
            out.write(orjson.dumps(rows))
        Path(temporary).replace(path)
    except OSError:
        return


def _read(folder: Path) -> dict[str, list[dict[str, Any]]]:
    cache = _cache_file(_fingerprint(_sources(folder)))
    try:
        cached: dict[str, list[dict[str, Any]]] = orjson.loads(cache.read_bytes())
        return cached
    except (OSError, orjson.JSONDecodeError):
        rows = _parse(folder)
        _write_cache(cache, rows)
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
    rows = _read(folder or data_folder("kb"))
    return Knowledge(**{name: tuple(_validated(name, rows[name])) for name in TABLES})
