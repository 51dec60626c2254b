"""What is dear to work out, kept as files in the user's cache folder.

A file is named after what its content was made from, and holds the digest of that content before it. It is written
beside and renamed, so that a reader sees a whole file or none; a damaged one is as good as none. The content is in
the `marshal` format: plain values (strings, numbers, lists, tuples, dicts), read many times as fast as YAML, and never
run. Without a folder that can be written to everything works, only slower.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

_DIGEST = 32
_NEWEST = 20
"""So many files of one name are left when another is written: those of other checkouts and versions."""


def fingerprint(parts: Iterable[bytes]) -> str:
    """What some contents are known by; any change of one of them changes it."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:_DIGEST]


@lru_cache
def _folder() -> Path:
    import platformdirs  # noqa: PLC0415  as dear to import as all else here together

    return Path(platformdirs.user_cache_dir("dragoman"))


def kept(name: str, made_from: Iterable[bytes], make: Callable[[], T]) -> T:
    """What `make` gives: read, where it was made before from the same things, else made and written.

    `made_from` is all that the result hangs on; a result that holds anything but plain values is made each time.
    """
    # The format of `marshal` may change with each version of Python.
    path = _folder() / f"{name}-{fingerprint([sys.implementation.cache_tag.encode(), *made_from])}"
    try:
        content = path.read_bytes()
        if hashlib.sha256(memoryview(content)[_DIGEST:]).digest() == content[:_DIGEST]:
            found: T = marshal.loads(memoryview(content)[_DIGEST:])  # noqa: S302  our own digest stands before it
            return found
    except (OSError, ValueError, EOFError, TypeError):
        pass
    made = make()
    _write(path, name, made)
    return made


def _write(path: Path, name: str, made: Any) -> None:
    import tempfile  # noqa: PLC0415  only for what was not there yet

    try:
        content = marshal.dumps(made)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as out:
            out.write(hashlib.sha256(content).digest() + content)
        Path(temporary).replace(path)
        others = [p for p in path.parent.glob(f"{name}-*") if len(p.name) == len(path.name)]
        for old in sorted(others, key=lambda p: p.stat().st_mtime, reverse=True)[_NEWEST:]:
            old.unlink()
    except (OSError, ValueError):
        return
