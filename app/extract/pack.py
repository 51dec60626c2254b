"""Language packs: one folder a language, words as YAML data, and where it is needed a `hooks.py`.

A pack holds words and templates, never code paths; the steps of the extraction do not know which language
they run. Each step reads its own file of the pack (`dates.yaml`, `commitments.yaml`, …) through `Pack.data`
and compiles it once a pack. What was parsed, and what takes long to compile, is kept (`app/kept.py`).
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from app.kept import fingerprint, kept
from app.knowledge.lookup import Knowledge

T = TypeVar("T")

LANGUAGES = Path(__file__).parent / "languages"
KNOWLEDGE = Path(__file__).parents[1] / "knowledge"


def _parsed(content: bytes) -> Any:
    import yaml  # noqa: PLC0415  not needed where the words are kept

    return yaml.load(content, getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or {}  # noqa: S506  a safe loader


class _Files(Mapping[str, Any]):
    """The YAML files of a folder by name, each parsed when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._paths = {path.stem: path for path in sorted(folder.glob("*.yaml"))}
        self._parsed: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._parsed:
            content = self._paths[name].read_bytes()
            self._parsed[name] = kept(f"pack-{name}", [content], lambda: _parsed(content))
        return self._parsed[name]

    def get(self, name: str, default: Any = None) -> Any:
        """The same as of any mapping, without an error on the way: steps ask for words at every turn."""
        found = self._parsed.get(name)
        if found is None and name in self._paths:
            return self[name]
        return default if found is None else found

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


@dataclass(frozen=True, eq=False)
class Pack:
    """The words of one language. Compared by identity, so that steps can cache what they compile from it."""

    code: str
    """BCP 47 primary tag, the name of the folder."""
    fold: Callable[[str], str]
    """Folds spelling variants without changing the length; the identity where the pack has no `hooks.py`."""
    files: Mapping[str, Any] = field(repr=False)

    fingerprint: str = ""
    """Of the files; empty where the words come from elsewhere."""

    def data(self, name: str) -> Any:
        """The parsed YAML of `<name>.yaml`; an empty mapping where the pack has no such file."""
        return self.files.get(name, {})


def _same(text: str) -> str:
    return text


def _hook(code: str, name: str) -> Callable[[str], str]:
    module = f"app.extract.languages.{code}.hooks"
    if importlib.util.find_spec(module) is None:
        return _same
    hook: Callable[[str], str] = getattr(import_module(module), name, _same)
    return hook


@lru_cache
def codes() -> tuple[str, ...]:
    """The languages there are packs for."""
    return tuple(sorted(p.parent.name for p in LANGUAGES.glob("*/language.yaml")))


@lru_cache
def load_pack(code: str) -> Pack:
    """The pack of a language. Raises KeyError where there is none."""
    folder = LANGUAGES / code
    if code not in codes():
        raise KeyError(code)
    made_from = [path.read_bytes() for path in sorted(folder.glob("*.yaml"))]
    return Pack(code, _hook(code, "fold"), _Files(folder), fingerprint(made_from))


@lru_cache
def _code() -> tuple[bytes, ...]:
    """What changes whenever the code does that compiles words: the name, size and time of each of its files."""
    files = [path for folder in (LANGUAGES.parent, KNOWLEDGE) for path in sorted(folder.rglob("*.py"))]
    return tuple(f"{path.name} {path.stat().st_size} {path.stat().st_mtime_ns}".encode() for path in files)


def compiled(name: str, made_from: tuple[Pack | Knowledge, ...], make: Callable[[], T]) -> T:
    """What `make` compiles from a pack or the knowledge base, as plain values; kept from one run to the next."""
    if not all(source.fingerprint for source in made_from):
        return make()
    return kept(name, [*(source.fingerprint.encode() for source in made_from), *_code()], make)
