"""Language packs: one folder a language, words as YAML data, and where it is needed a `hooks.py`.

A pack holds words and templates, never code paths; the steps of the extraction do not know which language
they run. Each step reads its own file of the pack (`dates.yaml`, `commitments.yaml`, …) through `Pack.data`
and compiles it once a pack.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = Path(__file__).parent / "languages"

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Files(Mapping[str, Any]):
    """The YAML files of a folder by name, each parsed when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._paths = {path.stem: path for path in sorted(folder.glob("*.yaml"))}
        self._parsed: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._parsed:
            words = yaml.load(self._paths[name].read_text(encoding="utf-8"), _LOADER)  # noqa: S506  a safe loader
            self._parsed[name] = words or {}
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
    return Pack(code=code, fold=_hook(code, "fold"), files=_Files(folder))
